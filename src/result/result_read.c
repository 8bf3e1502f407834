// Reads result.json back. What a result must have is checked; a null number is NaN.
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "result/list.h"
#include "result/result.h"
#include "text/json.h"

// What the readers share: the file for messages, and where the result lives.
typedef struct reader {
  const char *path;
  sr_arena *keep;
  sr_error *err;
} reader;

static bool bad(const reader *r, const char *key, const char *what)
{
  return sr_fail(r->err, SR_BAD_VALUE, "%s: '%s' must be %s", r->path, key, what);
}

// Child `key` of the wanted kind.
static bool get(const reader *r, const sr_json *o, const char *key, sr_json_kind kind, const sr_json **out)
{
  *out = o->kind == SR_JSON_OBJECT ? sr_json_get(o, key) : NULL;
  if (*out && (*out)->kind == kind) return true;
  return bad(r, key, kind == SR_JSON_OBJECT ? "an object" : "an array");
}

static bool as_number(const sr_json *v, double *out)
{
  *out = v->kind == SR_JSON_NUMBER ? v->number : (double)NAN;
  return v->kind == SR_JSON_NUMBER || v->kind == SR_JSON_NULL;
}

static bool get_number(const reader *r, const sr_json *o, const char *key, double *out)
{
  const sr_json *v = o->kind == SR_JSON_OBJECT ? sr_json_get(o, key) : NULL;
  return (v && as_number(v, out)) || bad(r, key, "a number");
}

static bool get_integer(const reader *r, const sr_json *o, const char *key, int *out)
{
  double x = 0.0;
  if (!get_number(r, o, key, &x)) return false;
  if (!(x >= INT_MIN && x <= INT_MAX && x == floor(x))) return bad(r, key, "a whole number");
  *out = (int)x;
  return true;
}

// A text or null.
static bool get_text(const reader *r, const sr_json *o, const char *key, const char **out)
{
  const sr_json *v = o->kind == SR_JSON_OBJECT ? sr_json_get(o, key) : NULL;
  if (!v || (v->kind != SR_JSON_STRING && v->kind != SR_JSON_NULL)) return bad(r, key, "a text");
  *out = v->kind == SR_JSON_STRING ? v->string : NULL;
  return true;
}

static bool get_texts(const reader *r, const sr_json *o, const char *key, const char ***out, int *n)
{
  const sr_json *list;
  if (!get(r, o, key, SR_JSON_ARRAY, &list)) return false;
  *out = sr_alloc(r->keep, const char *, sr_list_room(list->n));
  for (int i = 0; i < list->n; i++) {
    if (list->child[i].kind != SR_JSON_STRING && list->child[i].kind != SR_JSON_NULL)
      return bad(r, key, "a list of texts");
    (*out)[i] = list->child[i].kind == SR_JSON_STRING ? list->child[i].string : NULL;
  }
  *n = list->n;
  return true;
}

static bool get_numbers(const reader *r, const sr_json *list, const char *key, double *out)
{
  for (int i = 0; i < list->n; i++)
    if (!as_number(&list->child[i], &out[i])) return bad(r, key, "a list of numbers");
  return true;
}

// True if key is `name` with "_p05" or "_p95" behind it.
static bool is_band_of(const char *key, const char *name, const char *ending)
{
  const size_t n = strlen(name);
  return strncmp(key, name, n) == 0 && strcmp(key + n, ending) == 0;
}

// The numbers of an object are metrics; x_p05 and x_p95 right behind x are its band. Other children are skipped.
static bool get_metrics(const reader *r, const sr_json *o, const sr_json *grades, sr_metric **out, int *n)
{
  *out = sr_alloc(r->keep, sr_metric, sr_list_room(o->n));
  *n = 0;
  for (int i = 0; i < o->n; i++) {
    const sr_json *v = &o->child[i];
    sr_metric *last = *n > 0 ? &(*out)[*n - 1] : NULL;
    double x = 0.0;
    if (!as_number(v, &x)) continue;
    if (last && is_band_of(v->key, last->name, "_p05")) {
      last->has_band = true;
      last->p05 = x;
    } else if (last && is_band_of(v->key, last->name, "_p95")) {
      last->p95 = x;
    } else {
      const sr_json *grade = sr_json_get(grades, v->key);
      (*out)[(*n)++] = (sr_metric){
          .name = v->key, .value = x, .grade = grade && grade->kind == SR_JSON_STRING ? grade->string : NULL};
    }
  }
  return true;
}

static bool read_person(const reader *r, const sr_json *root, sr_result *out)
{
  const sr_json *o;
  return get(r, root, "person", SR_JSON_OBJECT, &o) && get_text(r, o, "sex", &out->sex) &&
         get_number(r, o, "age_yr", &out->age_yr) && get_number(r, o, "height_m", &out->height_m) &&
         get_number(r, o, "mass_kg", &out->mass_kg);
}

static bool read_intervention(const reader *r, const sr_json *o, sr_intervention_result *v)
{
  int nzh;
  if (!get_number(r, o, "week", &v->week) || !get_text(r, o, "kind", &v->kind) || !get_text(r, o, "side", &v->side) ||
      !get_texts(r, o, "target", &v->target, &v->ntarget) || !get_texts(r, o, "target_zh", &v->target_zh, &nzh) ||
      !get_number(r, o, "fraction", &v->fraction))
    return false;
  if (nzh == 0) v->target_zh = NULL;
  return nzh == 0 || nzh == v->ntarget || bad(r, "target_zh", "as long as target");
}

static bool read_interventions(const reader *r, const sr_json *root, sr_result *out)
{
  const sr_json *list;
  if (!get(r, root, "interventions", SR_JSON_ARRAY, &list)) return false;
  out->nintervention = list->n;
  out->intervention = sr_alloc(r->keep, sr_intervention_result, list->n + 1);
  for (int i = 0; i < list->n; i++)
    if (!read_intervention(r, &list->child[i], &out->intervention[i])) return false;
  return true;
}

// The index of the nerve with the id in `key` among those that stand before it, -1 where that is null.
static bool find_before(const reader *r, const sr_nerve_result *tree, int before, const sr_json *o, const char *key,
                        int *out)
{
  const char *id = NULL;
  *out = -1;
  if (!get_text(r, o, key, &id)) return false;
  for (int i = 0; id && i < before; i++)
    if (strcmp(tree[i].id, id) == 0) *out = i;
  return !id || *out >= 0 || bad(r, key, "a nerve that stands before its branch");
}

static bool read_nerve(const reader *r, sr_nerve_result *tree, int i, const sr_json *o)
{
  sr_nerve_result *n = &tree[i];
  return get_text(r, o, "id", &n->id) && (n->id || bad(r, "id", "a text")) && get_text(r, o, "name_en", &n->name_en) &&
         get_text(r, o, "name_zh", &n->name_zh) && get_text(r, o, "kind", &n->kind) &&
         (n->kind || bad(r, "kind", "a text")) && get_text(r, o, "supplies", &n->supplies) &&
         get_text(r, o, "supplies_zh", &n->supplies_zh) && get_number(r, o, "share", &n->share) &&
         find_before(r, tree, i, o, "parent", &n->parent) &&
         find_before(r, tree, i, o, "second_parent", &n->second_parent) &&
         get_number(r, o, "second_share", &n->second_share);
}

static const char *const leg_name[2] = {"left", "right"};

static bool read_nerves(const reader *r, const sr_json *root, sr_result *out)
{
  const sr_json *trees, *list;
  if (!get(r, root, "nerve_tree", SR_JSON_OBJECT, &trees)) return false;
  for (int leg = 0; leg < 2; leg++) {
    if (!get(r, trees, leg_name[leg], SR_JSON_ARRAY, &list)) return false;
    out->nnerve[leg] = list->n;
    out->nerve[leg] = sr_alloc(r->keep, sr_nerve_result, list->n + 1);
    for (int i = 0; i < list->n; i++)
      if (!read_nerve(r, out->nerve[leg], i, &list->child[i])) return false;
  }
  return true;
}

// What is left of each node, in the order of the leg's tree; an empty object where nothing was run.
static bool read_intact(const reader *r, const sr_result *out, int leg, const sr_json *o, sr_leg_result *l)
{
  const sr_json *nerves;
  if (!get(r, o, "nerves", SR_JSON_OBJECT, &nerves)) return false;
  l->nnerve = nerves->n;
  l->nerve_intact = sr_alloc(r->keep, double, nerves->n + 1);
  bool is_same = nerves->n == 0 || nerves->n == out->nnerve[leg];
  for (int i = 0; is_same && i < nerves->n; i++)
    is_same =
        strcmp(nerves->child[i].key, out->nerve[leg][i].id) == 0 && as_number(&nerves->child[i], &l->nerve_intact[i]);
  return is_same || bad(r, "nerves", "one number for each nerve of nerve_tree");
}

// The siblings of a banded number, where they are.
static bool get_band(const reader *r, const sr_json *o, const char *name, sr_band *out)
{
  char low[64], high[64];
  snprintf(low, sizeof low, "%s_p05", name);
  snprintf(high, sizeof high, "%s_p95", name);
  out->is_known = sr_json_get(o, low) != NULL;
  return !out->is_known || (get_number(r, o, low, &out->p05) && get_number(r, o, high, &out->p95));
}

static bool read_muscles(const reader *r, const sr_json *leg, sr_leg_result *l)
{
  const sr_json *all;
  if (!get(r, leg, "muscles", SR_JSON_OBJECT, &all)) return false;
  l->nmuscle = all->n;
  l->muscle = sr_alloc(r->keep, sr_muscle_result, all->n + 1);
  for (int i = 0; i < all->n; i++) {
    const sr_json *o = &all->child[i];
    sr_muscle_result *m = &l->muscle[i];
    m->muscle = o->key;
    if (!get_number(r, o, "innervated", &m->innervated) ||
        !get_number(r, o, "contractile_volume_ml", &m->contractile_volume_ml) ||
        !get_number(r, o, "total_volume_ml", &m->total_volume_ml) ||
        !get_number(r, o, "max_force_N", &m->max_force_N) ||
        !get_number(r, o, "optimal_fibre_length_m", &m->optimal_fibre_length_m) ||
        !get_band(r, o, "contractile_volume_ml", &m->contractile_band) ||
        !get_band(r, o, "total_volume_ml", &m->total_band) || !get_band(r, o, "max_force_N", &m->force_band))
      return false;
  }
  return true;
}

// The girth along the shank, where the leg has one.
static bool read_profile(const reader *r, const sr_json *leg, sr_leg_result *l)
{
  const sr_json *girth, *height;
  if (!sr_json_get(leg, "girth_profile")) return true;
  if (!get(r, leg, "girth_profile", SR_JSON_ARRAY, &girth) ||
      !get(r, leg, "girth_profile_height_cm", SR_JSON_ARRAY, &height))
    return false;
  if (girth->n != height->n) return bad(r, "girth_profile", "as long as girth_profile_height_cm");
  l->nprofile = girth->n;
  l->profile_girth_cm = sr_alloc(r->keep, double, girth->n + 1);
  l->profile_height_cm = sr_alloc(r->keep, double, girth->n + 1);
  return get_numbers(r, girth, "girth_profile", l->profile_girth_cm) &&
         get_numbers(r, height, "girth_profile_height_cm", l->profile_height_cm);
}

static bool read_rings(const reader *r, const sr_json *o, sr_rings *x)
{
  const sr_json *at;
  x->name = o->key;
  if (!get_integer(r, o, "rings", &x->nring) || !get_integer(r, o, "points", &x->npoint) ||
      !get(r, o, "at", SR_JSON_ARRAY, &at))
    return false;
  // no more than a list can hold, so that the product cannot overflow
  const bool is_whole =
      x->nring > 1 && x->npoint > 2 && x->nring <= at->n && x->npoint <= at->n && 3LL * x->nring * x->npoint == at->n;
  if (!is_whole) return bad(r, "at", "three numbers for each point of each ring");
  x->at = sr_alloc(r->keep, int, at->n);
  for (int i = 0; i < at->n; i++) {
    const double v = at->child[i].kind == SR_JSON_NUMBER ? at->child[i].number : (double)NAN;
    if (!(fabs(v) <= SR_RINGS_MOST && v == floor(v))) return bad(r, "at", "whole numbers up to 32767");
    x->at[i] = (int)v;
  }
  return true;
}

// The surfaces of the leg, where it has some.
static bool read_shape(const reader *r, const sr_json *leg, sr_leg_shape *s)
{
  const sr_json *o, *all;
  double unit = 0.0;
  if (!sr_json_get(leg, "shape")) return true;
  if (!get(r, leg, "shape", SR_JSON_OBJECT, &o) || !get_number(r, o, "unit_m", &unit) ||
      !get_integer(r, o, "ankle_height", &s->ankle_height) || !get_integer(r, o, "shank_length", &s->shank_length) ||
      !get(r, o, "surfaces", SR_JSON_OBJECT, &all))
    return false;
  if (unit != 1e-4) return bad(r, "unit_m", "0.0001");
  s->nsurface = all->n;
  s->surface = sr_alloc(r->keep, sr_rings, all->n + 1);
  for (int i = 0; i < all->n; i++)
    if (!read_rings(r, &all->child[i], &s->surface[i])) return false;
  return true;
}

static bool read_leg(const reader *r, const sr_result *out, int leg, const sr_json *epoch, sr_leg_result *l)
{
  const sr_json *o, *grades;
  return get(r, epoch, leg_name[leg], SR_JSON_OBJECT, &o) && get(r, o, "grades", SR_JSON_OBJECT, &grades) &&
         get_metrics(r, o, grades, &l->metric, &l->nmetric) && read_profile(r, o, l) && read_shape(r, o, &l->shape) &&
         read_muscles(r, o, l) && read_intact(r, out, leg, o, l) && get_texts(r, o, "numb", &l->numb, &l->nnumb) &&
         get_texts(r, o, "partly_numb", &l->partly_numb, &l->npartly_numb);
}

static bool read_curves(const reader *r, const sr_json *task, sr_curves *c)
{
  const sr_json *o, *data;
  int nunit;
  if (!sr_json_get(task, "trajectory")) return true;
  if (!get(r, task, "trajectory", SR_JSON_OBJECT, &o) || !get_texts(r, o, "columns", &c->label, &c->ncol) ||
      !get_texts(r, o, "units", &c->unit, &nunit) || !get(r, o, "data", SR_JSON_ARRAY, &data))
    return false;
  if (nunit != c->ncol) return bad(r, "units", "as long as columns");
  for (int k = 0; k < c->ncol; k++)
    if (!c->label[k]) return bad(r, "columns", "a list of texts");
  c->nrow = data->n;
  c->at = sr_alloc(r->keep, double, (size_t)data->n *(size_t)c->ncol + 1);
  for (int i = 0; i < data->n; i++) {
    const sr_json *row = &data->child[i];
    if (row->kind != SR_JSON_ARRAY || row->n != c->ncol) return bad(r, "data", "rows with one number per column");
    if (!get_numbers(r, row, "data", &c->at[(size_t)i * (size_t)c->ncol])) return false;
  }
  return true;
}

static bool read_status(const reader *r, const sr_json *o, sr_task_status *out)
{
  const char *text = NULL;
  if (!get_text(r, o, "status", &text)) return false;
  for (int s = SR_TASK_SOLVED; text && s <= SR_TASK_NOT_RUN; s++) {
    *out = (sr_task_status)s;
    if (strcmp(text, sr_task_status_text(*out)) == 0) return true;
  }
  return bad(r, "status", "solved, impossible, not_converged, interrupted or not_run");
}

// How many other bodies can do it, where some were tried.
static bool read_bodies(const reader *r, const sr_json *task, sr_task_result *t)
{
  const sr_json *o;
  if (!sr_json_get(task, "bodies")) return true;
  return get(r, task, "bodies", SR_JSON_OBJECT, &o) && get_integer(r, o, "tried", &t->nbody) &&
         get_integer(r, o, "solved", &t->nbody_solved);
}

static bool read_task(const reader *r, const sr_json *o, sr_task_result *t)
{
  const sr_json *mesh, *metrics, *grades;
  t->task = o->key;
  return read_status(r, o, &t->status) && get_text(r, o, "why", &t->why) &&
         get_integer(r, o, "iterations", &t->iterations) && get(r, o, "mesh", SR_JSON_OBJECT, &mesh) &&
         get_integer(r, mesh, "intervals", &t->mesh_intervals) && get_integer(r, mesh, "degree", &t->mesh_degree) &&
         get_number(r, o, "objective", &t->objective) && get(r, o, "metrics", SR_JSON_OBJECT, &metrics) &&
         get(r, o, "grades", SR_JSON_OBJECT, &grades) && get_metrics(r, metrics, grades, &t->metric, &t->nmetric) &&
         get_texts(r, o, "limits", &t->limit, &t->nlimit) && read_bodies(r, o, t) && read_curves(r, o, &t->curves);
}

static bool read_tasks(const reader *r, const sr_json *o, sr_task_result **out, int *n)
{
  const sr_json *tasks;
  if (!get(r, o, "tasks", SR_JSON_OBJECT, &tasks)) return false;
  *n = tasks->n;
  *out = sr_alloc(r->keep, sr_task_result, tasks->n + 1);
  for (int i = 0; i < tasks->n; i++)
    if (!read_task(r, &tasks->child[i], &(*out)[i])) return false;
  return true;
}

static bool read_epoch(const reader *r, const sr_result *out, const sr_json *o, sr_epoch *e)
{
  const sr_json *body, *grades;
  return get_number(r, o, "week", &e->week) && get_text(r, o, "when", &e->when) &&
         get(r, o, "body", SR_JSON_OBJECT, &body) && get(r, body, "grades", SR_JSON_OBJECT, &grades) &&
         get_metrics(r, body, grades, &e->metric, &e->nmetric) && read_leg(r, out, 0, o, &e->leg[0]) &&
         read_leg(r, out, 1, o, &e->leg[1]) && read_tasks(r, o, &e->task, &e->ntask);
}

static bool read_epochs(const reader *r, const sr_result *of, const sr_json *root, const char *key, sr_epoch **out,
                        int *n)
{
  const sr_json *list;
  if (!get(r, root, key, SR_JSON_ARRAY, &list)) return false;
  *n = list->n;
  *out = sr_alloc(r->keep, sr_epoch, list->n + 1);
  for (int i = 0; i < list->n; i++)
    if (!read_epoch(r, of, &list->child[i], &(*out)[i])) return false;
  return true;
}

static bool read_influences(const reader *r, const sr_json *root, sr_result *out)
{
  const sr_json *list;
  if (!get(r, root, "influences", SR_JSON_ARRAY, &list)) return false;
  out->ninfluence = list->n;
  out->influence = sr_alloc(r->keep, sr_influence_result, list->n + 1);
  for (int i = 0; i < list->n; i++) {
    const sr_json *o = &list->child[i];
    sr_influence_result *x = &out->influence[i];
    if (!get_text(r, o, "outcome", &x->outcome) || !get_text(r, o, "unknown", &x->unknown) ||
        !get_text(r, o, "about", &x->about) || !get_number(r, o, "rank_correlation", &x->rank_correlation) ||
        !get_number(r, o, "share", &x->share))
      return false;
    if (!x->outcome || !x->unknown || !x->about) return bad(r, "influences", "outcomes and unknowns with names");
  }
  return true;
}

static bool read_slip(const reader *r, const sr_json *o, sr_slip_result *x)
{
  return get_text(r, o, "node", &x->node) && (x->node || bad(r, "node", "a text")) &&
         get_text(r, o, "name_en", &x->name_en) && get_text(r, o, "name_zh", &x->name_zh) &&
         get_text(r, o, "kind", &x->kind) && get_number(r, o, "week", &x->week) && get_text(r, o, "side", &x->side) &&
         get_text(r, o, "variant", &x->variant) && get_number(r, o, "frequency", &x->frequency) &&
         get_number(r, o, "frequency_lo", &x->frequency_lo) && get_number(r, o, "frequency_hi", &x->frequency_hi) &&
         get_texts(r, o, "muscles", &x->muscle, &x->nmuscle) && get_texts(r, o, "numb", &x->numb, &x->nnumb) &&
         read_tasks(r, o, &x->task, &x->ntask);
}

static bool read_slips(const reader *r, const sr_json *root, sr_result *out)
{
  const sr_json *list;
  if (!get(r, root, "slips", SR_JSON_ARRAY, &list)) return false;
  out->nslip = list->n;
  out->slip = sr_alloc(r->keep, sr_slip_result, list->n + 1);
  for (int i = 0; i < list->n; i++)
    if (!read_slip(r, &list->child[i], &out->slip[i])) return false;
  return true;
}

bool sr_task_result_from_json(const char *path, const char *text, size_t size, sr_arena *keep, sr_task_result *out,
                              sr_error *err)
{
  const reader r = {path, keep, err};
  sr_json root;
  *out = (sr_task_result){0};
  if (!sr_json_parse(path, text, size, keep, &root, err)) return false;
  if (root.kind != SR_JSON_OBJECT || root.n != 1) return bad(&r, "task", "an object with one task");
  return read_task(&r, &root.child[0], out);
}

bool sr_result_from_json(const char *path, const char *text, size_t size, sr_arena *keep, sr_result *out, sr_error *err)
{
  const reader r = {path, keep, err};
  const char *schema = NULL;
  sr_json root;
  *out = (sr_result){0};
  if (!sr_json_parse(path, text, size, keep, &root, err) || !get_text(&r, &root, "schema", &schema)) return false;
  if (!schema || strcmp(schema, "surae-result/1") != 0) return bad(&r, "schema", "surae-result/1");
  return get_text(&r, &root, "version", &out->version) && get_text(&r, &root, "kernel", &out->kernel) &&
         get_text(&r, &root, "lang", &out->lang) && read_person(&r, &root, out) && read_interventions(&r, &root, out) &&
         read_nerves(&r, &root, out) && get_texts(&r, &root, "notes", &out->note, &out->nnote) &&
         read_epochs(&r, out, &root, "epochs", &out->epoch, &out->nepoch) &&
         read_epochs(&r, out, &root, "control", &out->control, &out->ncontrol) && read_influences(&r, &root, out) &&
         read_slips(&r, &root, out);
}
