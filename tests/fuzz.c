// Hostile input: every reader of text gets the same bytes; none may crash, hang or touch what is not its own.
// Built by `make fuzz` with clang's fuzzer, which brings its own main.
#include <stdint.h>
#include <string.h>

#include "load/data.h"
#include "load/scenario.h"
#include "result/result.h"
#include "task/task.h"
#include "text/json.h"
#include "text/sto.h"
#include "text/toml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

// A refusal is one line that says where: the name of the file comes first.
static bool is_read(bool is_good, const sr_error *err)
{
  if (is_good) return true;
  SR_ASSERT(err->code != SR_OK);
  SR_ASSERT(strncmp(err->text, "fuzz", 4) == 0);
  for (const char *s = err->text; *s; s++) SR_ASSERT((unsigned char)*s >= 0x20 && *s != 0x7F);
  return false;
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

// The nerve tree that scenarios are checked against, read once.
static const sr_nerve_tree *our_tree(void)
{
  static sr_nerve_tree tree;
  static sr_arena *keep;  // held here so that the leak check sees it
  if (tree.nnode > 0) return &tree;
  sr_error err = {0};
  size_t size = 0;
  const char *text = sr_data_find("nerves.toml", &size);
  keep = sr_arena_new();
  SR_ASSERT(text && sr_nerve_load("nerves.toml", text, keep, &tree, &err));
  return &tree;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  sr_arena *keep = sr_arena_new();
  char *text = sr_alloc(keep, char, size + 1);
  if (size > 0) memcpy(text, bytes, size);
  sr_error err = {0};
  sr_toml toml = {0};
  is_read(sr_toml_parse("fuzz", text, size, keep, &toml, &err), &err);
  sr_json json = {0};
  is_read(sr_json_parse("fuzz", text, size, keep, &json, &err), &err);
  sr_result result = {0};
  is_read(sr_result_from_json("fuzz", text, size, keep, &result, &err), &err);
  sr_task task = {0};
  sr_task_parse(text, &task, &err);

  sr_table table = {0};
  if (is_read(sr_table_parse("fuzz", text, size, keep, &table, &err), &err)) check_table(&table);
  sr_scenario scenario = {0};
  if (is_read(sr_scenario_parse("fuzz", text, size, our_tree(), keep, &scenario, &err), &err))
    check_scenario(&scenario);
  sr_arena_free(keep);
  return 0;
}
