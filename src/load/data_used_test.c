// Nothing in data/*.toml is there for nothing: whatever word or number of person.toml, planar_model.toml, muscles.toml,
// tasks.toml, energy.toml, shape.toml, loads.toml and bodies.toml is changed, some person's model, the weights, the
// balance of energy or the shape change, or the file is refused, or a tool reads it. nerves.toml needs no such test:
// its reader refuses keys that it does not know (nerve/nerve_test.c).
#include "base/files.h"
#include "load/bodies.h"
#include "load/data.h"
#include "load/energy.h"
#include "load/loads.h"
#include "load/model.h"
#include "load/shape.h"
#include "load/weights.h"
#include "test.h"

// People for whom every rule counts: an ordinary woman, a man whose fat is given, one with as little fat as there is,
// a woman with as much.
static const sr_person people[] = {
    {.sex = SR_FEMALE, .age_yr = 30.0, .height_m = 1.60, .mass_kg = 52.0},
    {.sex = SR_MALE, .age_yr = 50.0, .height_m = 1.80, .mass_kg = 80.0},
    {.sex = SR_MALE, .age_yr = 18.0, .height_m = 1.90, .mass_kg = 50.0},
    {.sex = SR_FEMALE, .age_yr = 80.0, .height_m = 1.50, .mass_kg = 190.0},
};
enum { PEOPLE = sizeof people / sizeof people[0] };

// What comes out of the tables.
typedef struct outcome {
  bool is_good;
  sr_model model[PEOPLE];
  sr_weights weights;
  sr_energy_table energy;
  sr_shape_data shape;
  sr_load_table loads;
  sr_body_table bodies;
} outcome;

enum { PERSON, BODY, MUSCLE, TASKS, ENERGY, SHAPE, LOADS, BODIES, FILES };
static const char *const file_name[FILES] = {"person.toml", "planar_model.toml", "muscles.toml", "tasks.toml",
                                             "energy.toml", "shape.toml",        "loads.toml",   "bodies.toml"};

typedef struct tables {
  sr_toml *root[FILES];
} tables;

static void compute(const tables *t, outcome *out)
{
  memset(out, 0, sizeof *out);
  const sr_model_tables m = {
      {file_name[PERSON], t->root[PERSON]}, {file_name[BODY], t->root[BODY]}, {file_name[MUSCLE], t->root[MUSCLE]}};
  out->is_good = sr_weights_read((sr_rows){file_name[TASKS], t->root[TASKS]}, &out->weights, NULL) &&
                 sr_energy_table_read((sr_rows){file_name[ENERGY], t->root[ENERGY]}, &out->energy, NULL) &&
                 sr_shape_data_read((sr_rows){file_name[SHAPE], t->root[SHAPE]}, &out->shape, NULL) &&
                 sr_load_table_read((sr_rows){file_name[LOADS], t->root[LOADS]}, &out->loads, NULL) &&
                 sr_body_table_read((sr_rows){file_name[BODIES], t->root[BODIES]}, &out->bodies, NULL);
  for (int i = 0; i < PEOPLE && out->is_good; i++) out->is_good = sr_model_build(&m, &people[i], &out->model[i], NULL);
}

static bool is_same(const outcome *a, const outcome *b)
{
  return a->is_good == b->is_good && memcmp(a, b, sizeof *a) == 0;
}

// The text of every tool that reads data files.
static const char *tools_text(sr_arena *a)
{
  static const char *const tool[] = {"tools/robustness.py", "tools/validation_static.py"};
  const char *all = "";
  for (size_t i = 0; i < sizeof tool / sizeof tool[0]; i++) {
    char *text = NULL;
    size_t size;
    CHECK(sr_file_read(sr_test_path(tool[i]), a, &text, &size, NULL));
    all = sr_arena_printf(a, "%s%s", all, text != NULL ? text : "");
  }
  return all;
}

// One search: where it is, what there is without a change, and where changed tables are tried.
typedef struct search {
  tables *t;
  const outcome *base;
  outcome *now;
  const char *tools;
  sr_arena *a;
  int nleaf, nunused;
} search;

// A tool names the table and the row.
static bool is_read_by_a_tool(const search *s, const char *top, const char *row)
{
  return strstr(s->tools, sr_arena_printf(s->a, "\"%s\"", top)) != NULL &&
         strstr(s->tools, sr_arena_printf(s->a, "\"%s\"", row)) != NULL;
}

// Changes a word or number, computes, and puts it back.
static void try_leaf(search *s, sr_toml *leaf, const char *file, const char *top, const char *row)
{
  const sr_toml before = *leaf;
  if (leaf->kind == SR_TOML_STRING) leaf->string = sr_arena_printf(s->a, "%sx", before.string);
  leaf->number = before.number + 0.25 * fabs(before.number) + 1.0;
  leaf->boolean = !before.boolean;
  compute(s->t, s->now);
  *leaf = before;
  s->nleaf++;
  if (!is_same(s->now, s->base) || is_read_by_a_tool(s, top, row)) return;
  s->nunused++;
  if (file != NULL) sr_test_fail(file, leaf->line, "[%s] '%s' is read by nothing", top, row);
}

// `row`: the nearest key around a value that is not itself a part of a row.
static void walk(search *s, sr_toml *node, const char *file, const char *top, const char *row)
{
  for (int i = 0; i < node->n; i++) {
    sr_toml *child = &node->child[i];
    const char *key = child->key;
    if (key != NULL && (strcmp(key, "source") == 0 || strcmp(key, "schema") == 0)) continue;
    const char *own = key == NULL || strcmp(key, "value") == 0 || strcmp(key, "unit") == 0 ? row : key;
    if (child->kind == SR_TOML_TABLE || child->kind == SR_TOML_ARRAY)
      walk(s, child, file, top != NULL ? top : key, own);
    else
      try_leaf(s, child, file, top != NULL ? top : key, own);
  }
}

static search new_search(tables *t, sr_arena *a)
{
  search s = {.t = t, .now = sr_alloc(a, outcome, 1), .a = a};
  outcome *base = sr_alloc(a, outcome, 1);
  for (int f = 0; f < FILES; f++) {
    size_t size;
    const char *text = sr_data_find(file_name[f], &size);
    t->root[f] = sr_alloc(a, sr_toml, 1);
    CHECK(text != NULL && sr_toml_parse(file_name[f], text, size, a, t->root[f], NULL));
  }
  compute(t, base);
  compute(t, s.now);
  CHECK(base->is_good && is_same(base, s.now));  // the comparison finds no difference where there is none
  s.base = base;
  s.tools = tools_text(a);
  return s;
}

TEST(every_word_and_number_of_the_data_is_read)
{
  sr_arena *a = sr_arena_new();
  tables t;
  search s = new_search(&t, a);
  for (int f = 0; f < FILES; f++) walk(&s, t.root[f], file_name[f], NULL, NULL);
  CHECK(s.nleaf > 1000 && s.nunused == 0);
  sr_arena_free(a);
}

TEST(what_is_read_by_nothing_is_found)
{
  sr_arena *a = sr_arena_new();
  tables t;
  search s = new_search(&t, a);
  static const char text[] =
      "[calf]\nspread = {value = 15.0, unit = \"%\", source = \"s\"}\n"
      "[population.male]\nmass_index = {value = [1.0], unit = \"-\"}\n";
  sr_toml more;
  CHECK(sr_toml_parse("more.toml", text, strlen(text), a, &more, NULL));
  walk(&s, &more, NULL, NULL, NULL);  // a table that nothing looks at, but for the population, which tools draw from
  CHECK(s.nleaf == 4 && s.nunused == 2);
  sr_arena_free(a);
}
