// Greatest isometric and passive plantarflexion torque of one leg of two women, by ankle and knee angle, as JSON: what
// tools/validation_static.py tabulates in docs/validation.md.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/constants.h"
#include "course/course.h"

static const char *const cut_name[] = {"whole", "nerve_to_gasmed nerve_to_gaslat", "nerve_to_soleus", "tibial"};

// The right leg with these nodes cut, names separated by one space; "whole" for none.
static void load(const sr_person *person, const char *nodes, sr_model *m)
{
  sr_arena *work = sr_arena_new();
  sr_scenario s = sr_scenario_default(work);
  s.person = *person;
  sr_nerve_tree tree;
  sr_error err = {0};
  sr_cut cut[2];
  char name[2][64];
  int n = strcmp(nodes, "whole") == 0 ? 0 : sscanf(nodes, "%63s %63s", name[0], name[1]);
  for (int i = 0; i < n; i++) cut[i] = (sr_cut){.node = name[i], .fraction = 1.0, .side = SR_BOTH};
  if (!sr_nerve_tree_load(work, &tree, &err) || !sr_scenario_cut(&s, &tree, 0.0, cut, n, work, &err) ||
      !sr_course_body(&s, &tree, 0.0, true, m, &err)) {
    fprintf(stderr, "isometric: %s\n", err.text);
    exit(3);
  }
  sr_arena_free(work);
}

static void row(const char *person, const char *nodes, const sr_model *m, double knee, double ankle, double act,
                const char *end)
{
  const sr_isometric t = sr_task_isometric(m, SR_LEG_RIGHT, 0.0, -knee * SR_DEGREE, ankle * SR_DEGREE, act);
  printf(
      "  {\"person\": \"%s\", \"cut\": \"%s\", \"knee_flexion_deg\": %g, \"ankle_deg\": %g, \"act\": %g, "
      "\"total_N_m\": %.6g, \"triceps_N_m\": %.6g, \"soleus_N_m\": %.6g, \"gasmed_N_m\": %.6g, "
      "\"gaslat_N_m\": %.6g, \"deep_N_m\": %.6g}%s\n",
      person, nodes, knee, ankle, act, t.total, t.triceps, t.soleus, t.gasmed, t.gaslat, t.deep, end);
}

int main(void)
{
  static const double ankle[] = {-30.0, -15.0, 0.0, 15.0}, passive[] = {0.0, 10.0, 20.0},
                      knee[] = {0.0, 45.0, 75.0, 90.0};
  const sr_person person[] = {{.sex = SR_FEMALE, .age_yr = 30.0, .height_m = 1.70, .mass_kg = 62.0},
                              {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.60, .mass_kg = 52.0}};
  static const char *const person_name[] = {"reference", "demo"};
  static sr_model m;
  printf("[\n");
  for (int p = 0; p < 2; p++)
    for (int c = 0; c < 4; c++) {
      load(&person[p], cut_name[c], &m);
      for (int k = 0; k < 4; k++) {
        for (int a = 0; a < 4; a++) row(person_name[p], cut_name[c], &m, knee[k], ankle[a], 1.0, ",");
        for (int a = 0; a < 3; a++)
          row(person_name[p], cut_name[c], &m, knee[k], passive[a], 0.0, p + c + k + a == 9 ? "" : ",");
      }
    }
  printf("]\n");
  return 0;
}
