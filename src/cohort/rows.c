#include "cohort/rows.h"

#include <math.h>
#include <string.h>

#include "load/data.h"
#include "load/scenario_read.h"
#include "task/task.h"

static const char *const needs_word[] = {"tissue", "body", "task", "shape", "leg", "nothing"};
static const char *const tissue_measure[] = {
    "total",         "total_share", "section",         "strength",   "drive", "length", "strength_over_size",
    "without_nerve", "fat",         "return_constant", "half_return"};
static const char *const body_measure[] = {"volume", "girth", "torque", "torque_bent", "dorsiflexion"};
static const char *const life_measure[] = {"girth", "girth_share", "girth_against", "girth_held", "dorsiflexion"};
#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

static bool is_number(const sr_toml *v)
{
  return v->kind == SR_TOML_FLOAT || v->kind == SR_TOML_INTEGER;
}

static int find_story(const sr_validation *v, const char *name)
{
  for (int i = 0; i < v->nstory; i++)
    if (strcmp(v->story[i].name, name) == 0) return i;
  return -1;
}

// --- stories

static bool read_step(const sr_scenario_reader *r, const sr_toml *v, sr_story *s)
{
  const bool is_triple = v->kind == SR_TOML_ARRAY && v->n == 3 && is_number(&v->child[0]) &&
                         v->child[1].kind == SR_TOML_STRING && is_number(&v->child[2]);
  if (!is_triple) return sr_scenario_bad(r, v->line, "a step is [week, \"what\", value]");
  if (s->nstep == SR_STORY_STEPS) return sr_scenario_bad(r, v->line, "at most %d steps", SR_STORY_STEPS);
  int word = 0;
  while (word < SR_STORY_NWORD && strcmp(sr_story_word_text((sr_story_word)word), v->child[1].string) != 0) word++;
  if (word == SR_STORY_NWORD) return sr_scenario_bad(r, v->line, "a step knows no '%s'", v->child[1].string);
  if (s->nstep > 0 && v->child[0].number < s->step[s->nstep - 1].week)
    return sr_scenario_bad(r, v->line, "steps stand in the order of their weeks");
  s->step[s->nstep++] = (sr_story_step){v->child[0].number, (sr_story_word)word, v->child[2].number};
  return true;
}

static bool read_story(const sr_scenario_reader *r, const sr_toml *at, sr_validation *out)
{
  const sr_scenario_table t = {"[life]", at};
  sr_story *s = &out->story[out->nstory];
  *s = (sr_story){.name = at->key};
  const char *note, *beside;
  if (!sr_scenario_keys(r, t, SR_NAMES("note", "steps", "beside", "share")) || !sr_scenario_text(r, t, "note", &note) ||
      !sr_scenario_text_or_none(r, t, "beside", &beside))
    return false;
  if (beside != NULL) {
    const int other = find_story(out, beside);
    if (other < 0) return sr_scenario_bad(r, at->line, "'%s' is no life above this one", beside);
    *s = out->story[other];
    s->name = at->key;
    if (!sr_scenario_number(r, t, (sr_scenario_row){"share", 0.01, 0.99, "of the force", &s->beside}, true))
      return false;
  }
  const sr_toml *steps = sr_toml_get(at, "steps");
  if (steps == NULL || steps->kind != SR_TOML_ARRAY) return sr_scenario_bad(r, at->line, "[life]: 'steps' is a list");
  for (int i = 0; i < steps->n; i++)
    if (!read_step(r, &steps->child[i], s)) return false;
  out->nstory++;
  return true;
}

// --- people

static bool read_people(const sr_scenario_reader *r, const sr_toml *at, sr_validation *out)
{
  const sr_scenario_table t = {"[people]", at};
  sr_people *p = &out->people[out->npeople];
  *p = (sr_people){.name = at->key};
  double persons = 0.0;
  if (!sr_scenario_keys(r, t, SR_NAMES("women", "age", "height_cm", "mass_index", "girth_cm", "persons", "source")) ||
      !sr_scenario_text(r, t, "source", &p->source) ||
      !sr_scenario_number(r, t, (sr_scenario_row){"women", 0, 1, "share", &p->women}, true) ||
      !sr_scenario_numbers(r, t, "age", true, 2, p->age) ||
      !sr_scenario_numbers(r, t, "height_cm", true, 2, p->height) ||
      !sr_scenario_numbers(r, t, "mass_index", true, 2, p->mass_index) ||
      !sr_scenario_number(r, t, (sr_scenario_row){"girth_cm", 20, 60, "cm", &p->girth}, false) ||
      !sr_scenario_number(r, t, (sr_scenario_row){"persons", 1, 1000, "people", &persons}, true))
    return false;
  p->persons = (int)persons;
  const double *const all[] = {p->age, p->height, p->mass_index};
  static const double lo[] = {18, 120, 12}, hi[] = {90, 220, 60};
  for (int i = 0; i < 3; i++)
    if (!(all[i][0] >= lo[i] && all[i][0] <= hi[i] && all[i][1] >= 0.0 && all[i][1] < 0.3 * all[i][0]))
      return sr_scenario_bad(r, at->line,
                             "[people]: age is 18 to 90, height_cm 120 to 220, mass_index 12 to 60; each "
                             "with an SD of 0 to 30%% of it");
  out->npeople++;
  return true;
}

static bool find_people(const sr_scenario_reader *r, sr_scenario_table t, const char *key, const sr_validation *v,
                        bool is_required, int *out)
{
  const char *name;
  *out = -1;
  if (is_required ? !sr_scenario_text(r, t, key, &name) : !sr_scenario_text_or_none(r, t, key, &name)) return false;
  for (int i = 0; name != NULL && i < v->npeople; i++)
    if (strcmp(v->people[i].name, name) == 0) *out = i;
  return name == NULL || *out >= 0 || sr_scenario_bad(r, t.at->line, "%s: '%s' are no [people]", t.title, name);
}

// --- rows

static bool read_part(const sr_scenario_reader *r, int line, const char *life, double weight, const sr_validation *v,
                      sr_row *x)
{
  const int found = find_story(v, life);
  if (found < 0) return sr_scenario_bad(r, line, "row '%s': there is no life '%s'", x->id, life);
  x->part[x->npart] = found;
  x->weight[x->npart++] = weight;
  return true;
}

static bool read_parts(const sr_scenario_reader *r, sr_scenario_table t, const sr_validation *v, sr_row *x)
{
  const char *life, *over;
  if (!sr_scenario_text_or_none(r, t, "life", &life) || !sr_scenario_text_or_none(r, t, "over", &over)) return false;
  const sr_toml *of = sr_toml_get(t.at, "of");
  if ((of == NULL) == (life == NULL))
    return sr_scenario_bad(r, t.at->line, "row '%s': one of 'life' and 'of' is wanted", x->id);
  if (life != NULL && !read_part(r, t.at->line, life, 1.0, v, x)) return false;
  for (int i = 0; of != NULL && i < of->n; i++) {
    const sr_toml *pair = &of->child[i];
    if (i == SR_ROW_PARTS || pair->kind != SR_TOML_ARRAY || pair->n != 2 || pair->child[0].kind != SR_TOML_STRING ||
        !is_number(&pair->child[1]))
      return sr_scenario_bad(r, pair->line, "row '%s': 'of' is a list of up to %d [life, weight]", x->id, SR_ROW_PARTS);
    if (!read_part(r, pair->line, pair->child[0].string, pair->child[1].number, v, x)) return false;
  }
  x->over = over == NULL ? -1 : find_story(v, over);
  if (over != NULL && x->over < 0) return sr_scenario_bad(r, t.at->line, "row '%s': no life '%s'", x->id, over);
  return true;
}

static bool read_measure(const sr_scenario_reader *r, sr_scenario_table t, sr_names allowed, sr_row *x)
{
  int which = 0;
  if (!sr_scenario_choice(r, t, "measure", allowed, true, &which)) return false;
  x->measure = allowed.at[which];
  return true;
}

static bool read_body(const sr_scenario_reader *r, sr_scenario_table t, sr_row *x)
{
  int muscle = 0;
  if (!read_measure(r, t, (sr_names){COUNT(body_measure), body_measure}, x)) return false;
  const bool is_volume = strcmp(x->measure, "volume") == 0;
  if (!sr_scenario_choice(r, t, "muscle", SR_NAMES("soleus", "gasmed", "gaslat"), is_volume, &muscle)) return false;
  x->muscle = ((const char *const[]){"soleus", "gasmed", "gaslat"})[muscle];
  return sr_scenario_number(r, t, (sr_scenario_row){"knee_deg", 0, 120, "deg", &x->knee_deg}, false) &&
         sr_scenario_number(r, t, (sr_scenario_row){"torque_N_m", 0, 50, "N m", &x->torque},
                            strcmp(x->measure, "dorsiflexion") == 0);
}

static bool read_task(const sr_scenario_reader *r, sr_scenario_table t, sr_row *x)
{
  sr_task task;
  sr_error why = {0};
  if (!sr_scenario_text(r, t, "task", &x->task) || !sr_scenario_text(r, t, "metric", &x->metric)) return false;
  if (!sr_task_parse(x->task, &task, &why)) return sr_scenario_bad(r, t.at->line, "row '%s': %s", x->id, why.text);
  return sr_scenario_number(r, t, (sr_scenario_row){"factor", -1e6, 1e6, "", &x->factor}, false);
}

static bool read_life(const sr_scenario_reader *r, sr_scenario_table t, sr_row *x)
{
  const sr_names measures = {COUNT(life_measure), life_measure};
  if (!sr_scenario_text(r, t, "scenario", &x->scenario) || !sr_scenario_text_or_none(r, t, "against", &x->against) ||
      !read_measure(r, t, measures, x) ||
      !sr_scenario_number(r, t, (sr_scenario_row){"factor", -1e6, 1e6, "", &x->factor}, false))
    return false;
  if ((strcmp(x->measure, "girth_against") == 0) != (x->against != NULL))
    return sr_scenario_bad(r, t.at->line, "row '%s': 'against' belongs to measure 'girth_against'", x->id);
  return sr_scenario_number(r, t, (sr_scenario_row){"final", 0, 1000, "weeks", &x->final},
                            strcmp(x->measure, "girth_share") == 0);
}

// What ours is, by what it needs.
static bool read_ours(const sr_scenario_reader *r, sr_scenario_table t, const sr_validation *v, sr_row *x)
{
  int needs = 0;
  if (!sr_scenario_choice(r, t, "needs", (sr_names){COUNT(needs_word), needs_word}, true, &needs)) return false;
  x->needs = (sr_row_needs)needs;
  const bool is_people = x->needs != SR_NEEDS_TISSUE && x->needs != SR_NEEDS_NOTHING;
  if (!find_people(r, t, "people", v, is_people, &x->people) || !find_people(r, t, "than", v, false, &x->than))
    return false;
  switch (x->needs) {
    case SR_NEEDS_TISSUE:
      return read_measure(r, t, (sr_names){COUNT(tissue_measure), tissue_measure}, x) && read_parts(r, t, v, x);
    case SR_NEEDS_BODY:
      return read_body(r, t, x);
    case SR_NEEDS_TASK:
      return read_task(r, t, x);
    case SR_NEEDS_NOTHING:
      return x->why != NULL || sr_scenario_bad(r, t.at->line, "row '%s' is not compared: 'why' is missing", x->id);
    case SR_NEEDS_SHAPE:
    case SR_NEEDS_LEG:
      return read_life(r, t, x);
  }
  return true;
}

static bool read_row(const sr_scenario_reader *r, const sr_toml *at, sr_validation *out)
{
  const sr_scenario_table t = {"[[row]]", at};
  sr_row *x = &out->row[out->nrow];
  *x = (sr_row){.line = at->line,
                .published = (double)NAN,
                .sd = (double)NAN,
                .band = {(double)NAN, (double)NAN},
                .over = -1,
                .factor = 1.0};
  double n = 0.0;
  int used = 0;
  if (!sr_scenario_keys(r, t,
                        SR_NAMES("id", "area", "quantity", "population", "intervention", "week", "since", "published",
                                 "spread", "sd", "n", "unit", "band", "band_source", "source", "used", "needs", "why",
                                 "life", "of", "over", "measure", "people", "than", "muscle", "knee_deg", "torque_N_m",
                                 "task", "metric", "factor", "scenario", "against", "final", "cause")) ||
      !sr_scenario_text(r, t, "id", &x->id) || !sr_scenario_text(r, t, "area", &x->area) ||
      !sr_scenario_text(r, t, "quantity", &x->quantity) || !sr_scenario_text(r, t, "population", &x->population) ||
      !sr_scenario_text(r, t, "intervention", &x->intervention) || !sr_scenario_text(r, t, "unit", &x->unit) ||
      !sr_scenario_text(r, t, "spread", &x->spread) || !sr_scenario_text(r, t, "source", &x->source) ||
      !sr_scenario_text_or_none(r, t, "band_source", &x->band_source) ||
      !sr_scenario_text_or_none(r, t, "why", &x->why) || !sr_scenario_text_or_none(r, t, "cause", &x->cause) ||
      !sr_scenario_number(r, t, (sr_scenario_row){"published", -1e6, 1e6, "", &x->published}, false) ||
      !sr_scenario_number(r, t, (sr_scenario_row){"sd", 1e-9, 1e6, "", &x->sd}, false) ||
      !sr_scenario_number(r, t, (sr_scenario_row){"n", 0, 1e6, "people", &n}, true) ||
      !sr_scenario_number(r, t, (sr_scenario_row){"week", 0, 1000, "weeks", &x->week}, false) ||
      !sr_scenario_number(r, t, (sr_scenario_row){"since", 0, 1000, "weeks", &x->since}, false) ||
      !sr_scenario_numbers(r, t, "band", false, 2, x->band) ||
      !sr_scenario_choice(r, t, "used", SR_NAMES("check", "calibration"), true, &used) || !read_ours(r, t, out, x))
    return false;
  if (x->band[0] > x->band[1] || isnan(x->band[0]) != (x->band_source == NULL))
    return sr_scenario_bad(r, at->line, "row '%s': a band rises, and has a 'band_source'", x->id);
  if (isnan(x->published) && x->needs != SR_NEEDS_NOTHING)
    return sr_scenario_bad(r, at->line, "row '%s': 'published' is missing", x->id);
  for (int i = 0; i < out->nrow; i++)
    if (strcmp(out->row[i].id, x->id) == 0) return sr_scenario_bad(r, at->line, "row '%s' is there twice", x->id);
  x->n = (int)n;
  x->is_calibrated = used == 1;
  out->nrow++;
  return true;
}

// Room for n more behind what is there.
static void *grown(sr_arena *keep, const void *old, int nold, int n, size_t size)
{
  void *all = sr_arena_alloc(keep, (size_t)(nold + n + 1), size);
  if (nold > 0) memcpy(all, old, (size_t)nold * size);
  return all;
}

static bool read_tables(const sr_scenario_reader *r, const sr_toml *root, const char *key,
                        bool (*read)(const sr_scenario_reader *r, const sr_toml *at, sr_validation *out),
                        sr_validation *out)
{
  const sr_toml *list = sr_toml_get(root, key);
  for (int i = 0; list != NULL && i < list->n; i++) {
    if (list->child[i].kind != SR_TOML_TABLE)
      return sr_scenario_bad(r, list->line, "'%s' holds tables, each with a name", key);
    if (!read(r, &list->child[i], out)) return false;
  }
  return true;
}

static int count(const sr_toml *root, const char *key)
{
  const sr_toml *list = sr_toml_get(root, key);
  return list != NULL ? list->n : 0;
}

bool sr_validation_parse(const char *path, const char *contents, size_t size, sr_arena *keep, sr_validation *out,
                         sr_error *err)
{
  sr_toml *root = sr_alloc(keep, sr_toml, 1);
  if (!sr_toml_parse(path, contents, size, keep, root, err)) return false;
  const sr_scenario_reader r = {.path = path, .keep = keep, .work = keep, .err = err};
  const sr_scenario_table t = {"the file", root};
  const sr_toml *rows;
  const char *schema;
  if (!sr_scenario_keys(&r, t, SR_NAMES("schema", "life", "people", "row", "study", "curve")) ||
      !sr_scenario_text(&r, t, "schema", &schema) || !sr_scenario_tables(&r, root, "row", &rows))
    return false;
  if (strcmp(schema, "surae-validation/1") != 0)
    return sr_scenario_bad(&r, 1, "schema '%s', \"surae-validation/1\" is wanted", schema);
  if (sr_toml_get(root, "curve") != NULL && !sr_curve_set_read(&r, root, &out->curves)) return false;
  out->story = grown(keep, out->story, out->nstory, count(root, "life"), sizeof *out->story);
  out->people = grown(keep, out->people, out->npeople, count(root, "people"), sizeof *out->people);
  out->row = grown(keep, out->row, out->nrow, count(root, "row"), sizeof *out->row);
  return read_tables(&r, root, "life", read_story, out) && read_tables(&r, root, "people", read_people, out) &&
         read_tables(&r, root, "row", read_row, out);
}

static bool find_walkers(sr_arena *keep, sr_validation *v, sr_error *err)
{
  v->walkers = sr_alloc(keep, int, v->curves.nstudy);
  for (int i = 0; i < v->curves.nstudy; i++) {
    const sr_curve_study *s = &v->curves.study[i];
    sr_task task;
    int k = 0;
    while (k < v->npeople && strcmp(v->people[k].name, s->people) != 0) k++;
    if (k == v->npeople) return sr_fail(err, SR_BAD_VALUE, "study '%s': '%s' are no [people]", s->name, s->people);
    if (!sr_task_parse(s->task, &task, err)) return false;
    v->walkers[i] = k;
  }
  return true;
}

bool sr_validation_load(sr_arena *keep, sr_validation *out, sr_error *err)
{
  *out = (sr_validation){0};
  for (int i = 0; sr_data_name(i) != NULL; i++) {
    const char *name = sr_data_name(i);
    size_t size;
    if (strncmp(name, "validation/", strlen("validation/")) != 0) continue;
    const char *contents = sr_data_find(name, &size);
    if (!sr_validation_parse(sr_arena_printf(keep, "data/%s", name), contents, size, keep, out, err)) return false;
  }
  return find_walkers(keep, out, err);
}
