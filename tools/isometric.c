// Greatest isometric and passive plantarflexion torque of the right leg of the people of scenario files, by nerve cut,
// ankle and knee angle, as JSON: what tools/validation_static.py tabulates in docs/validation.md.
//   surae_isometric NAME=SCENARIO.toml...
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/constants.h"
#include "course/course.h"

static const char *const cut_name[] = {"whole", "nerve_to_gasmed nerve_to_gaslat", "nerve_to_soleus", "tibial"};

static void stop(const sr_error *err)
{
  fprintf(stderr, "isometric: %s\n", err->text);
  exit(3);
}

// A person with these nodes cut on both legs, names separated by one space; "whole" for none.
static void load(const sr_scenario *s, const sr_nerve_tree *tree, const char *nodes, sr_model *m)
{
  sr_error err = {0};
  sr_cut cut[2];
  char name[2][64];
  const int n = strcmp(nodes, "whole") == 0 ? 0 : sscanf(nodes, "%63s %63s", name[0], name[1]);
  for (int i = 0; i < n; i++) cut[i] = (sr_cut){.node = name[i], .fraction = 1.0, .side = SR_BOTH};
  const sr_course_options nothing = {.version = "", .kernel = ""};
  sr_arena *work = sr_arena_new();
  sr_scenario hurt = *s;
  if (!sr_scenario_cut(&hurt, tree, 0.0, cut, n, work, &err) || !sr_course_body(&hurt, tree, 0.0, &nothing, work, m, &err))
    stop(&err);
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

static void rows_of(const char *person, const char *nodes, const sr_model *m, bool is_last)
{
  static const double ankle[] = {-30.0, -15.0, 0.0, 15.0}, passive[] = {0.0, 10.0, 20.0},
                      knee[] = {0.0, 45.0, 75.0, 90.0};
  for (int k = 0; k < 4; k++) {
    for (int a = 0; a < 4; a++) row(person, nodes, m, knee[k], ankle[a], 1.0, ",");
    for (int a = 0; a < 3; a++) row(person, nodes, m, knee[k], passive[a], 0.0, is_last && k == 3 && a == 2 ? "" : ",");
  }
}

int main(int argc, char **argv)
{
  static sr_model m;
  sr_arena *keep = sr_arena_new();
  sr_nerve_tree tree;
  sr_error err = {0};
  if (!sr_nerve_tree_load(keep, &tree, &err)) stop(&err);
  printf("[\n");
  for (int p = 1; p < argc; p++) {
    char *file = strchr(argv[p], '=');
    if (file == NULL) continue;
    *file++ = '\0';
    sr_scenario s;
    if (!sr_scenario_read(file, &tree, keep, &s, &err)) stop(&err);
    for (int c = 0; c < 4; c++) {
      load(&s, &tree, cut_name[c], &m);
      rows_of(argv[p], cut_name[c], &m, p == argc - 1 && c == 3);
    }
  }
  printf("]\n");
  sr_arena_free(keep);
  return 0;
}
