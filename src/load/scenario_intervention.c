// The [[intervention]] tables of a scenario: seven kinds, what each acts on and which numbers it takes.
#include <string.h>

#include "load/scenario_read.h"

typedef enum target_kind { ON_NODES, ON_MUSCLES, ON_JOINTS } target_kind;

// One row per kind: name, what `target` lists, and the keys the kind takes.
static const struct {
  const char *name;
  target_kind on;
  bool has_fraction, has_dose, has_mass, has_duration;
} kinds[] = {[SR_TRANSECT] = {"transect", ON_NODES, true, false, false, false},
             [SR_REPAIR] = {"repair", ON_NODES, true, false, false, false},
             [SR_BLOCK] = {"block", ON_NODES, true, false, false, true},
             [SR_TOXIN] = {"toxin", ON_MUSCLES, false, true, false, false},
             [SR_ABLATE] = {"ablate", ON_NODES, true, false, false, false},
             [SR_RESECT] = {"resect", ON_MUSCLES, false, false, true, false},
             [SR_IMMOBILISE] = {"immobilise", ON_JOINTS, false, false, false, true}};
enum { NKIND = sizeof kinds / sizeof *kinds };

static const char title[] = "[[intervention]]";

// Muscles that the nodes supply (each once), or joints.
static sr_names target_names(const sr_scenario_reader *r, target_kind on)
{
  if (on == ON_JOINTS) {
    static const char *const joint[] = {"hip", "knee", "ankle", "toe"};
    return (sr_names){4, joint};
  }
  const char **name = sr_alloc(r->work, const char *, r->tree->nnode);
  sr_names list = {0, name};
  for (int i = 0; i < r->tree->nnode; i++) {
    const char *muscle = r->tree->node[i].muscle;
    if (muscle && sr_names_find(list, muscle) < 0) name[list.n++] = muscle;
  }
  return list;
}

// "; did you mean 'x'?" or nothing.
static const char *guess(sr_names list, const char *name, sr_arena *work)
{
  const char *near = sr_names_nearest(list, name);
  return near ? sr_arena_printf(work, "; did you mean '%s'?", near) : "";
}

// A name that is no nerve of this leg: one that legs of another anatomy have, or no nerve at all.
static const char *no_nerve(const sr_nerve_tree *tree, const sr_nerve_tree *own, const char *id, const char *leg,
                            sr_arena *work)
{
  const int variant = sr_nerve_find_variant(tree, id);
  if (variant >= 0 && tree->variant[variant].twig_muscle)
    return sr_arena_printf(work,
                           "belongs to a variant that the %s leg does not have; [anatomy] of a scenario lists those "
                           "that it has",
                           leg);
  const char **name = sr_alloc(work, const char *, own->nnode);
  for (int i = 0; i < own->nnode; i++) name[i] = own->node[i].id;
  return sr_arena_printf(work, "is no nerve; `surae nerves` lists them%s",
                         guess((sr_names){own->nnode, name}, id, work));
}

// Why nothing can be done to this nerve on these sides, in words that follow its name; NULL if something can.
static const char *why_not(const sr_scenario *s, const sr_nerve_tree *tree, const char *id, sr_side side,
                           sr_arena *work)
{
  static const char *const leg[2] = {"left", "right"};
  for (int k = 0; k < 2; k++) {
    if (!((int)side & (k == 0 ? SR_LEFT : SR_RIGHT))) continue;
    sr_nerve_tree own;
    const bool is_leg = sr_nerve_apply_variants(tree, s->variant[k], s->nvariant[k], work, &own, NULL);
    SR_ASSERT(is_leg);  // who read the scenario saw to it
    const int node = sr_nerve_find(&own, id);
    if (node < 0) return no_nerve(tree, &own, id, leg[k], work);
    if (own.node[node].is_absent)
      return sr_arena_printf(work, "is missing in the %s leg, as [anatomy] %s says", leg[k], leg[k]);
  }
  return NULL;
}

static bool check_target(const sr_scenario_reader *r, const sr_scenario *s, const sr_toml *v, const sr_intervention *x)
{
  static const char *const what[] = {"", "no muscle; `surae nerves` lists them",
                                     "no joint; allowed are hip, knee, ankle, toe"};
  const target_kind on = kinds[x->kind].on;
  const char *why = NULL;
  if (on == ON_NODES) {
    why = why_not(s, r->tree, v->string, x->side, r->work);
  } else {
    const sr_names list = target_names(r, on);
    if (sr_names_find(list, v->string) < 0)
      why = sr_arena_printf(r->work, "is %s%s", what[on], guess(list, v->string, r->work));
  }
  return why == NULL ||
         sr_scenario_bad(r, v->line, "target '%.60s' of kind '%s' %s", v->string, kinds[x->kind].name, why);
}

static bool read_targets(const sr_scenario_reader *r, sr_scenario_table t, const sr_scenario *s, sr_intervention *out)
{
  if (!sr_scenario_words(r, t, "target", &out->ntarget, &out->target)) return false;
  if (out->ntarget == 0)
    return sr_scenario_bad(r, t.at->line, "%s has no target; a list of %s is required", title,
                           ((const char *[]){"nerves", "muscles", "joints"})[kinds[out->kind].on]);
  const sr_toml *list = sr_toml_get(t.at, "target");
  for (int i = 0; i < list->n; i++)
    if (!check_target(r, s, &list->child[i], out)) return false;
  return true;
}

// One number that some kinds need and the others do not take; `lo` > 0 keeps "nothing" out.
static bool read_amount(const sr_scenario_reader *r, sr_scenario_table t, sr_intervention_kind kind, bool is_taken,
                        bool is_required, sr_scenario_row row)
{
  const sr_toml *v = sr_toml_get(t.at, row.key);
  if (v && !is_taken) {
    const char *instead = kinds[kind].has_dose   ? "dose_U"
                          : kinds[kind].has_mass ? "mass_g"
                          : kinds[kind].has_duration
                              ? (kinds[kind].has_fraction ? "duration_weeks and fraction" : "duration_weeks")
                              : "fraction";
    return sr_scenario_bad(r, v->line, "%s of kind '%s' takes no %s, it takes %s", title, kinds[kind].name, row.key,
                           instead);
  }
  return sr_scenario_number(r, t, row, is_taken && is_required);
}

static bool read_amounts(const sr_scenario_reader *r, sr_scenario_table t, sr_intervention *v)
{
  v->fraction = 1.0;
  return read_amount(r, t, v->kind, kinds[v->kind].has_fraction, false,
                     (sr_scenario_row){"fraction", 0, 1, "of the fibres", &v->fraction}) &&
         read_amount(r, t, v->kind, kinds[v->kind].has_dose, true,
                     (sr_scenario_row){"dose_U", 0.1, 1000, "units per leg", &v->dose_U}) &&
         read_amount(r, t, v->kind, kinds[v->kind].has_mass, true,
                     (sr_scenario_row){"mass_g", 0.1, 1000, "g per leg", &v->mass_g}) &&
         read_amount(r, t, v->kind, kinds[v->kind].has_duration, true,
                     (sr_scenario_row){"duration_weeks", 0.001, 520, "weeks", &v->duration_weeks});
}

// Sides on which earlier interventions have transected this node.
static unsigned transected_sides(const sr_scenario *s, int before, const char *node)
{
  unsigned sides = 0;
  for (int i = 0; i < before; i++) {
    const sr_intervention *v = &s->intervention[i];
    if (v->kind != SR_TRANSECT) continue;
    for (int k = 0; k < v->ntarget; k++)
      if (strcmp(v->target[k], node) == 0) sides |= (unsigned)v->side;
  }
  return sides;
}

static bool check_repair(const sr_scenario_reader *r, const sr_scenario *s, int index)
{
  const sr_intervention *v = &s->intervention[index];
  for (int k = 0; v->kind == SR_REPAIR && k < v->ntarget; k++)
    if ((unsigned)v->side & ~transected_sides(s, index, v->target[k]))
      return sr_scenario_bad(r, v->line, "'%s' is repaired, but no earlier %s transects it on that side", v->target[k],
                             title);
  return true;
}

static bool read_one(const sr_scenario_reader *r, const sr_toml *table, sr_scenario *s, int index)
{
  const sr_scenario_table t = {title, table};
  sr_intervention *v = &s->intervention[index];
  const char *name[NKIND];
  for (int i = 0; i < NKIND; i++) name[i] = kinds[i].name;
  int kind = 0, side = 0;
  v->line = table->line;
  if (!sr_scenario_keys(r, t,
                        SR_NAMES("week", "kind", "target", "side", "fraction", "dose_U", "mass_g", "duration_weeks")))
    return false;
  if (!sr_scenario_number(r, t, (sr_scenario_row){"week", 0, 520, "weeks", &v->week}, true)) return false;
  if (!sr_scenario_choice(r, t, "kind", (sr_names){NKIND, name}, true, &kind)) return false;
  if (!sr_scenario_choice(r, t, "side", SR_NAMES("left", "right", "both"), true, &side)) return false;
  v->kind = (sr_intervention_kind)kind;
  v->side = (sr_side)(side + SR_LEFT);
  if (!read_targets(r, t, s, v) || !read_amounts(r, t, v)) return false;
  if (index > 0 && v->week < v[-1].week)
    return sr_scenario_bad(r, sr_toml_get(table, "week")->line,
                           "week %g comes after week %g; interventions stand in time order", v->week, v[-1].week);
  return check_repair(r, s, index);
}

bool sr_scenario_read_interventions(const sr_scenario_reader *r, const sr_toml *root, sr_scenario *out)
{
  const sr_toml *array = NULL;
  if (!sr_scenario_tables(r, root, "intervention", &array)) return false;
  out->nintervention = array->n;
  out->intervention = sr_alloc(r->keep, sr_intervention, array->n);
  for (int i = 0; i < array->n; i++)
    if (!read_one(r, &array->child[i], out, i)) return false;
  return true;
}

bool sr_scenario_cut(sr_scenario *s, const sr_nerve_tree *tree, double week, const sr_cut *cut, int ncut,
                     sr_arena *keep, sr_error *err)
{
  sr_intervention *all = sr_alloc(keep, sr_intervention, s->nintervention + ncut);
  int n = 0, later = 0;
  while (later < s->nintervention && s->intervention[later].week <= week) all[n++] = s->intervention[later++];
  for (int i = 0; i < ncut; i++) {
    SR_ASSERT(cut[i].fraction >= 0.0 && cut[i].fraction <= 1.0);
    const char *why = why_not(s, tree, cut[i].node, cut[i].side, keep);
    if (why != NULL) return sr_fail(err, SR_BAD_VALUE, "--cut: '%.60s' %s", cut[i].node, why);
    const char **target = sr_alloc(keep, const char *, 1);
    target[0] = cut[i].node;
    all[n++] = (sr_intervention){.week = week,
                                 .kind = SR_TRANSECT,
                                 .ntarget = 1,
                                 .target = target,
                                 .side = cut[i].side,
                                 .fraction = cut[i].fraction};
  }
  while (later < s->nintervention) all[n++] = s->intervention[later++];
  s->intervention = all;
  s->nintervention = n;
  return true;
}
