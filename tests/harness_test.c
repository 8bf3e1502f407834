// The harness itself, and what the build puts into the program.
#include "base/version.h"
#include "load/data.h"
#include "test.h"

TEST(harness_near_and_same_accept_what_is_equal)
{
  NEAR(1.0, 1.0 + 1e-12, 1e-11);
  SAME("soleus", "soleus");
  CHECK(true);
}

TEST(harness_path_reaches_the_repository)
{
  FILE *f = fopen(sr_test_path("tests/test.h"), "r");
  CHECK(f != NULL);
  if (f) fclose(f);
}

TEST(version_is_three_numbers)
{
  int major = -1, minor = -1, patch = -1;
  CHECK(sscanf(sr_version(), "%d.%d.%d", &major, &minor, &patch) == 3);
  CHECK(major >= 0 && minor >= 0 && patch >= 0);
  CHECK(strlen(sr_version_build()) > 0);
}

TEST(data_unknown_name_gives_null)
{
  size_t size = 7;
  CHECK(sr_data_find("no_such_file.toml", &size) == NULL);
  CHECK(size == 0);
}

// Every embedded file is the file on disk, byte for byte, with a NUL behind the last byte.
TEST(data_embedded_files_equal_those_on_disk)
{
  for (int i = 0; sr_data_name(i); i++) {
    char relative[256], disk[512];
    snprintf(relative, sizeof relative, "data/%s", sr_data_name(i));
    size_t size = 0, at = 0;
    const char *text = sr_data_find(sr_data_name(i), &size);
    FILE *f = fopen(sr_test_path(relative), "rb");
    CHECK(text && f);
    if (!text || !f) return;
    for (size_t n; (n = fread(disk, 1, sizeof disk, f)) > 0; at += n)
      if (at + n > size || memcmp(text + at, disk, n) != 0) sr_test_fail(__FILE__, __LINE__, "%s differs", relative);
    CHECK(at == size && text[size] == '\0');
    fclose(f);
  }
}
