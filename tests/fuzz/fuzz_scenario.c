// Hostile bytes for the readers of scenarios and of OpenSim tables. With clang's fuzzer: tests/fuzz/run.sh. Built
// with -DSR_REPLAY the program has a main of its own and reads the files it is given once (README.md).
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "load/scenario.h"
#include "text/sto.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

// A few nerves of the calf, enough for every kind of intervention.
static sr_nerve_tree small_tree(void)
{
  static sr_nerve_node node[] = {{.id = "tibial", .kind = SR_NERVE_TRUNK, .parent = -1},
                                 {.id = "nerve_to_gasmed", .kind = SR_NERVE_MOTOR, .muscle = "gasmed"},
                                 {.id = "nerve_to_gaslat", .kind = SR_NERVE_MOTOR, .muscle = "gaslat"},
                                 {.id = "nerve_to_soleus", .kind = SR_NERVE_MOTOR, .muscle = "soleus"},
                                 {.id = "medial_sural_cutaneous", .kind = SR_NERVE_SENSORY}};
  static sr_nerve_variant variant[] = {{.id = "soleus_from_gaslat"}, {.id = "deep_one_trunk"}};
  return (sr_nerve_tree){.nnode = 5, .node = node, .nvariant = 2, .variant = variant};
}

// A refusal is one line that names the place.
static void check_refusal(const sr_error *err)
{
  SR_ASSERT(err->code == SR_BAD_VALUE);
  SR_ASSERT(strncmp(err->text, "fuzz:", 5) == 0);
  for (const char *s = err->text; *s; s++) SR_ASSERT((unsigned char)*s >= 0x20 && *s != 0x7F);
}

// What is accepted holds to the limits that the rest of the program relies on.
static void check_scenario(const sr_scenario *s)
{
  SR_ASSERT(s->person.age_yr >= 18.0 && s->person.age_yr <= 90.0);
  SR_ASSERT(s->person.height_m >= 1.2 && s->person.height_m <= 2.2);
  SR_ASSERT(s->nhabits >= 1 && !(s->habits[0].week > 0.0));
  SR_ASSERT(s->nweek >= 1 && s->ntask >= 1 && s->samples >= 1);
  for (int i = 1; i < s->nhabits; i++) SR_ASSERT(s->habits[i].week > s->habits[i - 1].week);
  for (int i = 1; i < s->nweek; i++) SR_ASSERT(s->week[i] > s->week[i - 1]);
  for (int i = 0; i < s->ntask; i++) SR_ASSERT(*s->task[i]);
  for (int i = 0; i < s->nintervention; i++) {
    const sr_intervention *v = &s->intervention[i];
    SR_ASSERT(v->ntarget >= 1 && v->side >= SR_LEFT && v->side <= SR_BOTH);
    SR_ASSERT(v->fraction >= 0.0 && v->fraction <= 1.0);
    SR_ASSERT((v->dose_U > 0.0) == (v->kind == SR_TOXIN) && (v->mass_g > 0.0) == (v->kind == SR_RESECT));
    SR_ASSERT((v->duration_weeks > 0.0) == (v->kind == SR_BLOCK || v->kind == SR_IMMOBILISE));
    SR_ASSERT(i == 0 || v->week >= v[-1].week);
  }
}

static void check_table(const sr_table *t)
{
  SR_ASSERT(t->ncol >= 1 && t->nrow >= 0 && strcmp(t->label[0], "time") == 0);
  for (int i = 1; i < t->nrow; i++) SR_ASSERT(t->at[(long)i * t->ncol] >= t->at[(long)(i - 1) * t->ncol]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  const sr_nerve_tree tree = small_tree();
  sr_arena *keep = sr_arena_new();
  char *text = sr_alloc(keep, char, size + 1);
  if (size > 0) memcpy(text, bytes, size);
  sr_error err = {0};
  sr_scenario scenario = {0};
  if (sr_scenario_parse("fuzz", text, size, &tree, keep, &scenario, &err))
    check_scenario(&scenario);
  else
    check_refusal(&err);
  sr_table table = {0};
  if (sr_table_parse("fuzz", text, size, keep, &table, &err))
    check_table(&table);
  else
    check_refusal(&err);
  sr_arena_free(keep);
  return 0;
}

#ifdef SR_REPLAY
int main(int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    sr_arena *keep = sr_arena_new();
    sr_error err = {0};
    char *text = NULL;
    size_t size = 0;
    if (!sr_file_read(argv[i], keep, &text, &size, &err)) fprintf(stderr, "%s\n", err.text);
    if (text) LLVMFuzzerTestOneInput((const uint8_t *)text, size);
    sr_arena_free(keep);
  }
  printf("%d files read\n", argc - 1);
  return 0;
}
#endif
