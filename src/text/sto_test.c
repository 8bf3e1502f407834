// OpenSim tables: round trip, headers as other programs write them, broken files.
#include "text/sto.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "test.h"

// Writes `text` to a file of its own with this ending and reads it as a table.
static bool read_text(sr_arena *keep, const char *ending, const char *text, sr_table *t, sr_error *err)
{
  char folder[] = "/tmp/surae_sto_XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  const char *path = sr_arena_printf(keep, "%s/t.%s", folder, ending);
  CHECK(sr_file_write(path, text, strlen(text), err));
  const bool is_good = sr_table_read(path, keep, t, err);
  CHECK(unlink(path) == 0 && rmdir(folder) == 0);
  return is_good;
}

TEST(table_comes_back_bit_for_bit)
{
  const char *label[] = {"time", "/jointset/ankle_r/ankle_angle_r/value", "soleus_r"};
  const char *key[] = {"status", "cost"}, *value[] = {"solved", "0.25"};
  double at[6] = {0.0, 0.1 + 0.2, (double)NAN, 0.01, -1e-300, (double)INFINITY};
  const sr_table t = {.name = "walk",
                      .in_degrees = true,
                      .nmeta = 2,
                      .meta_key = key,
                      .meta_value = value,
                      .nrow = 2,
                      .ncol = 3,
                      .label = label,
                      .at = at};
  char folder[] = "/tmp/surae_sto_XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  sr_arena *a = sr_arena_new();
  sr_error err = {0};
  const char *path = sr_arena_printf(a, "%s/t.sto", folder);
  sr_table back = {0};
  CHECK(sr_table_write(path, &t, &err) && sr_table_read(path, a, &back, &err));
  CHECK(back.nrow == 2 && back.ncol == 3 && back.nmeta == 2 && back.in_degrees);
  SAME(back.name, "walk");
  SAME(back.meta_key[1], "cost");
  SAME(back.meta_value[0], "solved");
  for (int i = 0; i < 3; i++) SAME(back.label[i], label[i]);
  for (int i = 0; i < 6; i++) CHECK(back.at[i] == at[i] || (isnan(back.at[i]) && isnan(at[i])));
  char *text = NULL;
  size_t size = 0;
  CHECK(sr_file_read(path, a, &text, &size, &err));
  SAME(text,
       "walk\nversion=1\nnRows=2\nnColumns=3\ninDegrees=yes\nstatus=solved\ncost=0.25\nendheader\n"
       "time\t/jointset/ankle_r/ankle_angle_r/value\tsoleus_r\n0\t0.30000000000000004\tnan\n0.01\t-1e-300\tinf\n");
  CHECK(unlink(path) == 0 && rmdir(folder) == 0);
  sr_arena_free(a);
}

TEST(table_headers_of_other_programs_are_read)
{
  sr_arena *a = sr_arena_new();
  sr_error err = {0};
  sr_table t = {0};
  // opensim-core, Moco solutions: version 3, no name, metadata first
  CHECK(read_text(a, "sto",
                  "inDegrees=no\nobjective=0.039827\nDataType=double\nversion=3\nOpenSimVersion=4.5\n"
                  "endheader\ntime\t/jointset/a/value\n0\t1\n1\t2\n",
                  &t, &err));
  CHECK(t.nrow == 2 && !t.in_degrees && t.nmeta == 2 && t.name == NULL);
  // PredSim: CRLF, labels padded to 20 characters, a trailing tab
  CHECK(read_text(a, "mot",
                  "C:\\x.mot\r\nversion=1\r\nnRows=1\r\nnColumns=2\r\ninDegrees=yes\r\nendheader\r\n"
                  "                time\t         pelvis_tilt\t\r\n  0.00 \t 1.5 \t\r\n",
                  &t, &err));
  SAME(t.label[1], "pelvis_tilt");
  CHECK(t.in_degrees && t.ncol == 2);
  NEAR(t.at[1], 1.5, 0.0);
  // before version 1, a .mot without inDegrees is in degrees (Storage)
  CHECK(read_text(a, "mot", "name x\ndatacolumns 2\nendheader\ntime  a\n0 1\n", &t, &err) && t.in_degrees);
  CHECK(read_text(a, "sto", "name x\nnRows=9\nendheader\ntime\ta\n0 1\n", &t, &err) && !t.in_degrees);
  sr_arena_free(a);
}

TEST(table_broken_files_give_one_line)
{
  static const char *const row[] = {"",
                                    "hello",
                                    "x\nendheader",
                                    "x\ntime\ta\n0\t1\n",
                                    "x\nendheader\nframe\ta\n0\t1\n",
                                    "x\nendheader\ntime\ta\n0\n",
                                    "x\nendheader\ntime\ta\n0\t1\t2\n",
                                    "x\nendheader\ntime\ta\n0\tone\n",
                                    "x\nendheader\ntime\ta\n0\t1x\n",
                                    "x\nendheader\ntime\ta\n1\t1\n0\t1\n",
                                    "x\nendheader\ntime\ta\nnan\t1\n",
                                    "x\nversion=1\nnRows=3\nendheader\ntime\ta\n0\t1\n",
                                    "x\nDataType=Vec3\nendheader\ntime\ta\n0\t1\n",
                                    "x\ninDegrees=maybe\nendheader\ntime\ta\n0\t1\n",
                                    "\xFF\xFE"};
  sr_arena *a = sr_arena_new();
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    sr_table t = {0};
    sr_error err = {0};
    if (read_text(a, "sto", row[i], &t, &err)) sr_test_fail(__FILE__, __LINE__, "accepted: %s", row[i]);
    CHECK(err.code == SR_BAD_VALUE && strstr(err.text, "t.sto:"));
  }
  sr_arena_free(a);
}

TEST(table_with_bad_labels_is_not_written)
{
  const char *label[] = {"Time", "a\tb"};
  double at[2] = {0.0, 1.0};
  sr_table t = {.nrow = 1, .ncol = 2, .label = label, .at = at};
  CHECK(!sr_table_write("/tmp/never.sto", &t, NULL));
  label[0] = "time";
  CHECK(!sr_table_write("/tmp/never.sto", &t, NULL));
}
