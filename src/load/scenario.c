// A scenario file: person, anatomy, habits, interventions and what to run. Absent parts take the values of
// sr_scenario_default; absent keys of a later [[habits]] keep the values of the one before.
#include "load/scenario.h"

#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "load/scenario_read.h"

#define SR_SCENARIO_MAX ((size_t)1 << 20)  // a longer file is no scenario  [bytes]

// A day of a healthy adult who walks some 8000 steps; energy intake 0 keeps the weight.
static const sr_habits usual_habits = {
    .standing_h_per_day = 4, .steps_per_day = 8000, .walking_speed_m_s = 1.3, .stairs_per_day = 10};

sr_scenario sr_scenario_default(sr_arena *keep)
{
  static const double week[] = {0, 0.14, 2, 6, 13, 26, 52, 104, 260};
  static const char *const task[] = {"stand", "heel_raise", "walk"};
  sr_scenario s = {.path = "default person",
                   .person = {.sex = SR_FEMALE, .age_yr = 25, .height_m = 1.60, .mass_kg = 52},
                   .nhabits = 1,
                   .nweek = sizeof week / sizeof *week,
                   .ntask = sizeof task / sizeof *task,
                   .samples = 300,
                   .bodies = 0,
                   .seed = 1,
                   .lang = "en"};
  s.habits = sr_alloc(keep, sr_habits, 1);
  s.habits[0] = usual_habits;
  s.week = memcpy(sr_alloc(keep, double, s.nweek), week, sizeof week);
  s.task = memcpy(sr_alloc(keep, const char *, s.ntask), task, sizeof task);
  s.nalways = s.ntask;
  return s;
}

// The table [key], or an empty one where it is absent.
static bool find_table(const sr_scenario_reader *r, const sr_toml *root, const char *key, const char *title,
                       sr_scenario_table *out)
{
  static const sr_toml none = {.kind = SR_TOML_TABLE, .line = 1};
  const sr_toml *found = sr_toml_get(root, key);
  *out = (sr_scenario_table){title, found ? found : &none};
  if (out->at->kind != SR_TOML_TABLE) return sr_scenario_bad(r, found->line, "'%s' is a table, written %s", key, title);
  return true;
}

static bool read_person(const sr_scenario_reader *r, const sr_toml *root, sr_person *p)
{
  sr_scenario_table t;
  if (!find_table(r, root, "person", "[person]", &t)) return false;
  if (!sr_toml_get(root, "person"))
    return sr_scenario_bad(r, 1, "[person] is missing; it holds sex, age_yr, height_cm and mass_kg");
  if (!sr_scenario_keys(r, t, SR_NAMES("sex", "age_yr", "height_cm", "mass_kg", "calf_girth_cm", "body_fat_percent")))
    return false;
  int sex = 0;
  double height_cm = 0.0;
  if (!sr_scenario_choice(r, t, "sex", SR_NAMES("female", "male"), true, &sex)) return false;
  const sr_scenario_row row[] = {{"age_yr", 18, 90, "years", &p->age_yr},
                                 {"height_cm", 120, 220, "cm", &height_cm},
                                 {"mass_kg", 30, 200, "kg", &p->mass_kg},
                                 {"calf_girth_cm", 20, 60, "cm", &p->calf_girth_cm},
                                 {"body_fat_percent", 3, 60, "percent", &p->body_fat_percent}};
  for (int i = 0; i < 5; i++)
    if (!sr_scenario_number(r, t, row[i], i < 3)) return false;
  p->sex = sex == 0 ? SR_FEMALE : SR_MALE;
  p->height_m = height_cm / 100.0;
  return true;
}

// Ids of nerve variants, per leg.
static bool read_anatomy(const sr_scenario_reader *r, const sr_toml *root, sr_scenario *out)
{
  sr_scenario_table t;
  static const char *const leg[2] = {"left", "right"};
  if (!find_table(r, root, "anatomy", "[anatomy]", &t) || !sr_scenario_keys(r, t, SR_NAMES("left", "right")))
    return false;
  const char **id = sr_alloc(r->work, const char *, r->tree->nvariant);
  for (int i = 0; i < r->tree->nvariant; i++) id[i] = r->tree->variant[i].id;
  const sr_names known = {r->tree->nvariant, id};
  for (int k = 0; k < 2; k++) {
    if (!sr_scenario_words(r, t, leg[k], &out->nvariant[k], &out->variant[k])) return false;
    for (int i = 0; i < out->nvariant[k]; i++) {
      const char *near = sr_names_nearest(known, out->variant[k][i]);
      if (sr_names_find(known, out->variant[k][i]) < 0)
        return sr_scenario_bad(r, sr_toml_get(t.at, leg[k])->child[i].line,
                               "'%.60s' is no nerve variant; `surae nerves` lists them%s%s%s", out->variant[k][i],
                               near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    }
    sr_nerve_tree own;
    sr_error why = {0};
    if (!sr_nerve_apply_variants(r->tree, out->variant[k], out->nvariant[k], r->work, &own, &why))
      return sr_scenario_bad(r, sr_toml_get(t.at, leg[k])->line, "[anatomy] %s: %s", leg[k], why.text);
  }
  return true;
}

// Keys that are absent keep what *h holds.
static bool read_habit(const sr_scenario_reader *r, const sr_toml *table, sr_habits *h)
{
  const sr_scenario_table t = {"[[habits]]", table};
  const sr_scenario_row row[] = {{"week", 0, 520, "weeks", &h->week},
                                 {"standing_h_per_day", 0, 24, "h", &h->standing_h_per_day},
                                 {"steps_per_day", 0, 100000, "steps", &h->steps_per_day},
                                 {"walking_speed_m_s", 0.2, 2.5, "m/s", &h->walking_speed_m_s},
                                 {"stairs_per_day", 0, 5000, "steps of stairs", &h->stairs_per_day},
                                 {"running_km_per_week", 0, 300, "km", &h->running_km_per_week},
                                 {"jumps_per_week", 0, 20000, "jumps", &h->jumps_per_week},
                                 {"heel_raises_per_week", 0, 20000, "heel raises", &h->heel_raises_per_week},
                                 {"energy_intake_kcal_per_day", 500, 10000, "kcal", &h->energy_intake_kcal_per_day}};
  enum { NROW = sizeof row / sizeof *row };
  const char *key[NROW];
  for (int i = 0; i < NROW; i++) key[i] = row[i].key;
  if (!sr_scenario_keys(r, t, (sr_names){NROW, key})) return false;
  for (int i = 0; i < NROW; i++)
    if (!sr_scenario_number(r, t, row[i], false)) return false;
  return true;
}

// The first habits count from week 0: where the file starts later, the usual ones stand before.
static bool read_habits(const sr_scenario_reader *r, const sr_toml *root, sr_scenario *out)
{
  const sr_toml *array = NULL;
  if (!sr_scenario_tables(r, root, "habits", &array)) return false;
  sr_habits *h = out->habits = sr_alloc(r->keep, sr_habits, array->n + 1);
  h[0] = usual_habits;
  out->nhabits = 1;
  for (int i = 0; i < array->n; i++) {
    const sr_toml *table = &array->child[i];
    sr_habits next = h[out->nhabits - 1];
    if (i > 0 && !sr_toml_get(table, "week"))
      return sr_scenario_bad(r, table->line, "[[habits]] has no week; from the second on it is required");
    if (!read_habit(r, table, &next)) return false;
    if (i > 0 && !(next.week > h[out->nhabits - 1].week))
      return sr_scenario_bad(r, table->line,
                             "week %g of [[habits]] comes after week %g; they stand in time order, each later",
                             next.week, h[out->nhabits - 1].week);
    if (next.week > 0.0) out->nhabits++;
    h[out->nhabits - 1] = next;
  }
  return true;
}

// Weeks in time order; a list that is absent leaves *n alone.
static bool read_weeks(const sr_scenario_reader *r, sr_scenario_table t, const char *key, int *n, double **out)
{
  const sr_toml *list = sr_toml_get(t.at, key);
  if (!list) return true;
  if (list->kind != SR_TOML_ARRAY || list->n == 0 || list->n > 500)
    return sr_scenario_bad(r, list->line, "[run] %s is a list of 1 to 500 numbers, such as [0, 2, 26]", key);
  *n = list->n;
  *out = sr_alloc(r->keep, double, list->n);
  for (int i = 0; i < list->n; i++) {
    const sr_toml *v = &list->child[i];
    const bool is_number = v->kind == SR_TOML_INTEGER || v->kind == SR_TOML_FLOAT;
    if (!is_number || !(v->number >= 0.0 && v->number <= 520.0))
      return sr_scenario_bad(r, v->line, "[run] %s, item %d: numbers from 0 to 520 are wanted", key, i + 1);
    if (i > 0 && !(v->number > (*out)[i - 1]))
      return sr_scenario_bad(r, v->line, "[run] %s, item %d: %g does not come after %g; they stand in time order", key,
                             i + 1, v->number, (*out)[i - 1]);
    (*out)[i] = v->number;
  }
  return true;
}

static void lines_of(const sr_toml *list, int *out)
{
  for (int i = 0; list != NULL && i < list->n; i++) out[i] = list->child[i].line;
}

// tasks, of every week, then more_tasks, of the more_weeks.
static bool read_tasks(const sr_scenario_reader *r, sr_scenario_table t, sr_scenario *out)
{
  const sr_toml *list = sr_toml_get(t.at, "tasks"), *more = sr_toml_get(t.at, "more_tasks");
  if (!sr_scenario_words(r, t, "tasks", &out->ntask, &out->task)) return false;
  if (out->ntask == 0)
    return sr_scenario_bad(r, list->line, "[run] tasks is empty; such as [\"stand\", \"walk\"] is wanted");
  out->nalways = out->ntask;
  int nmore = 0;
  const char **task = NULL;
  if (!sr_scenario_words(r, t, "more_tasks", &nmore, &task) ||
      !read_weeks(r, t, "more_weeks", &out->nmore_week, &out->more_week))
    return false;
  const sr_toml *weeks = sr_toml_get(t.at, "more_weeks");
  if ((nmore > 0) != (weeks != NULL))
    return sr_scenario_bad(
        r, nmore > 0 ? more->line : weeks->line,
        "[run] more_tasks and more_weeks belong together: the tasks that are done in some weeks only");
  for (int i = 0; i < out->nmore_week; i++) {
    bool is_there = false;
    for (int k = 0; k < out->nweek; k++) is_there = is_there || out->week[k] == out->more_week[i];
    if (!is_there)
      return sr_scenario_bad(r, weeks->line, "[run] more_weeks, item %d: %g is not among the weeks", i + 1,
                             out->more_week[i]);
  }
  const char **all = sr_alloc(r->keep, const char *, out->ntask + nmore);
  int *line = sr_alloc(r->keep, int, out->ntask + nmore);
  memcpy(all, out->task, (size_t)out->ntask * sizeof *all);
  if (nmore > 0) memcpy(all + out->ntask, task, (size_t)nmore * sizeof *all);
  lines_of(list, line);
  lines_of(more, line + out->ntask);
  if (list != NULL) out->task_line = line;
  out->task = all;
  out->ntask += nmore;
  return true;
}

static bool read_run(const sr_scenario_reader *r, const sr_toml *root, sr_scenario *out)
{
  static const char *const lang[] = {"en", "zh"};
  sr_scenario_table t;
  if (!find_table(r, root, "run", "[run]", &t)) return false;
  if (!sr_scenario_keys(r, t,
                        SR_NAMES("weeks", "tasks", "more_tasks", "more_weeks", "samples", "bodies", "seed", "lang")) ||
      !read_weeks(r, t, "weeks", &out->nweek, &out->week))
    return false;
  if (!read_tasks(r, t, out)) return false;
  int which = 0;
  long samples = out->samples, bodies = out->bodies;
  if (!sr_scenario_whole(r, t, (sr_scenario_row){"samples", 1, 100000, "virtual persons", NULL}, &samples))
    return false;
  if (!sr_scenario_whole(r, t, (sr_scenario_row){"bodies", 0, 1000, "other bodies", NULL}, &bodies)) return false;
  if (!sr_scenario_whole(r, t, (sr_scenario_row){"seed", 0, 2147483647.0, "(a whole number)", NULL}, &out->seed))
    return false;
  if (!sr_scenario_choice(r, t, "lang", (sr_names){2, lang}, false, &which)) return false;
  out->samples = (int)samples;
  out->bodies = (int)bodies;
  out->lang = lang[which];
  return true;
}

static bool read_schema(const sr_scenario_reader *r, const sr_toml *root)
{
  const sr_toml *v = sr_toml_get(root, "schema");
  if (!v || (v->kind == SR_TOML_STRING && strcmp(v->string, "surae-scenario/1") == 0)) return true;
  return sr_scenario_bad(r, v->line, "schema must be \"surae-scenario/1\"");
}

static bool read_root(const sr_scenario_reader *r, const sr_toml *root, sr_scenario *out)
{
  return read_schema(r, root) &&
         sr_scenario_keys(r, (sr_scenario_table){"the scenario", root},
                          SR_NAMES("schema", "person", "anatomy", "habits", "intervention", "run")) &&
         read_person(r, root, &out->person) && read_anatomy(r, root, out) && read_habits(r, root, out) &&
         sr_scenario_read_interventions(r, root, out) && read_run(r, root, out);
}

static bool is_blank(const char *text, size_t size)
{
  for (size_t i = 0; i < size; i++)
    if (!strchr(" \t\r\n", text[i]) || !text[i]) return false;
  return true;
}

bool sr_scenario_parse(const char *path, const char *text, size_t size, const sr_nerve_tree *tree, sr_arena *keep,
                       sr_scenario *out, sr_error *err)
{
  if (is_blank(text, size))
    return sr_fail(err, SR_BAD_VALUE,
                   "%s:1: the file is empty; [person] with sex, age_yr, height_cm, mass_kg is required", path);
  if (size > SR_SCENARIO_MAX)
    return sr_fail(err, SR_BAD_VALUE, "%s:1: the file has %zu bytes; a scenario has at most %zu", path, size,
                   SR_SCENARIO_MAX);
  sr_toml root = {0};
  if (!sr_toml_parse(path, text, size, keep, &root, err)) return false;
  sr_arena *work = sr_arena_new();
  const sr_scenario_reader r = {.path = path, .tree = tree, .keep = keep, .work = work, .err = err};
  sr_scenario s = sr_scenario_default(keep);
  s.path = sr_arena_strdup(keep, path);
  s.person = (sr_person){0};
  const bool is_good = read_root(&r, &root, &s);
  if (is_good) *out = s;
  sr_arena_free(work);
  return is_good;
}

bool sr_scenario_read(const char *path, const sr_nerve_tree *tree, sr_arena *keep, sr_scenario *out, sr_error *err)
{
  char *text = NULL;
  size_t size = 0;
  if (!sr_file_read(path, keep, &text, &size, err)) return false;
  return sr_scenario_parse(path, text, size, tree, keep, out, err);
}
