// What no layer below can hold together: the constants of the slow model and the words that the report has for them.
#include "load/energy.h"
#include "load/tissue.h"
#include "report/page.h"
#include "test.h"

// Number k of all constants that may be drawn: the person's own (course/life.c), of tissue, of energy; NULL: no more.
enum { OWN = 3 };
static const char *constant(int k)
{
  static const char *const own[OWN] = {"body_fat", "fat_exponent", "softness"};
  if (k < OWN) return own[k];
  if (k < OWN + SR_TISSUE_NPARAM) return sr_tissue_param_name(k - OWN);
  k -= OWN + SR_TISSUE_NPARAM;
  return k < SR_ENERGY_NPARAM ? sr_energy_param_name(k) : NULL;
}

TEST(report_has_words_for_every_constant)
{
  sr_arena *a = sr_arena_new();
  for (int k = 0; constant(k) != NULL; k++)
    for (sr_lang lang = SR_EN; lang <= SR_ZH; lang++) {
      const char *words = sr_string_find(lang, sr_arena_printf(a, "unknown.%s", constant(k)));
      if (words == NULL || words[0] == '\0') sr_test_fail(__FILE__, __LINE__, "'%s' has no words", constant(k));
    }
  sr_arena_free(a);
}

TEST(report_has_no_words_for_a_constant_that_is_none)
{
  static const char start[] = "unknown.";
  int nword = 0;
  for (int i = 0; i < sr_string_count(); i++) {
    const char *id = sr_string_id(i);
    if (strncmp(id, start, strlen(start)) != 0) continue;
    int k = 0;
    while (constant(k) != NULL && strcmp(constant(k), id + strlen(start)) != 0) k++;
    if (constant(k) == NULL) sr_test_fail(__FILE__, __LINE__, "'%s' is no constant", id);
    nword++;
  }
  CHECK(nword == OWN + SR_TISSUE_NPARAM + SR_ENERGY_NPARAM);
}
