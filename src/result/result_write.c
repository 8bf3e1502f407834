// A result as JSON, schema surae-result/1. The order of the fields is fixed, so equal results give equal bytes.
#include <stdio.h>
#include <stdlib.h>

#include "result/result.h"
#include "text/json.h"

static void write_texts(sr_json_writer *w, const char *key, const char *const *text, int n)
{
  sr_json_begin_array(w, key);
  for (int i = 0; i < n; i++) sr_json_string(w, NULL, text[i]);
  sr_json_end_array(w);
}

// name: value, then the band as name_p05 and name_p95.
static void write_metric(sr_json_writer *w, const sr_metric *m, sr_arena *work)
{
  sr_json_number(w, m->name, m->value);
  if (!m->has_band) return;
  sr_json_number(w, sr_arena_printf(work, "%s_p05", m->name), m->p05);
  sr_json_number(w, sr_arena_printf(work, "%s_p95", m->name), m->p95);
}

// Which of the numbers are predicted, calibrated or assumed.
static void write_grades(sr_json_writer *w, const sr_metric *m, int n)
{
  sr_json_begin_object(w, "grades");
  for (int i = 0; i < n; i++)
    if (m[i].grade) sr_json_string(w, m[i].name, m[i].grade);
  sr_json_end_object(w);
}

static void write_person(sr_json_writer *w, const sr_result *r)
{
  sr_json_begin_object(w, "person");
  sr_json_string(w, "sex", r->sex);
  sr_json_number(w, "age_yr", r->age_yr);
  sr_json_number(w, "height_m", r->height_m);
  sr_json_number(w, "mass_kg", r->mass_kg);
  sr_json_end_object(w);
}

static void write_intervention(sr_json_writer *w, const sr_intervention_result *v)
{
  sr_json_begin_object(w, NULL);
  sr_json_number(w, "week", v->week);
  sr_json_string(w, "kind", v->kind);
  sr_json_string(w, "side", v->side);
  write_texts(w, "target", v->target, v->ntarget);
  write_texts(w, "target_zh", v->target_zh, v->target_zh ? v->ntarget : 0);
  sr_json_number(w, "fraction", v->fraction);
  sr_json_end_object(w);
}

static void write_nerve(sr_json_writer *w, const sr_nerve_result *tree, const sr_nerve_result *n)
{
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "id", n->id);
  sr_json_string(w, "name_en", n->name_en);
  sr_json_string(w, "name_zh", n->name_zh);
  sr_json_string(w, "kind", n->kind);
  sr_json_string(w, "supplies", n->supplies);
  sr_json_string(w, "supplies_zh", n->supplies_zh);
  sr_json_number(w, "share", n->share);
  sr_json_string(w, "parent", n->parent < 0 ? NULL : tree[n->parent].id);
  sr_json_string(w, "second_parent", n->second_parent < 0 ? NULL : tree[n->second_parent].id);
  sr_json_number(w, "second_share", n->second_share);
  sr_json_end_object(w);
}

static const char *const leg_name[2] = {"left", "right"};

static void write_nerves(sr_json_writer *w, const sr_result *r)
{
  sr_json_begin_object(w, "nerve_tree");
  for (int leg = 0; leg < 2; leg++) {
    sr_json_begin_array(w, leg_name[leg]);
    for (int i = 0; i < r->nnerve[leg]; i++) write_nerve(w, r->nerve[leg], &r->nerve[leg][i]);
    sr_json_end_array(w);
  }
  sr_json_end_object(w);
}

static void write_banded(sr_json_writer *w, const char *name, double value, const sr_band *band)
{
  char key[64];
  sr_json_number(w, name, value);
  if (!band->is_known) return;
  snprintf(key, sizeof key, "%s_p05", name);
  sr_json_number(w, key, band->p05);
  snprintf(key, sizeof key, "%s_p95", name);
  sr_json_number(w, key, band->p95);
}

static void write_muscle(sr_json_writer *w, const sr_muscle_result *m)
{
  sr_json_begin_object(w, m->muscle);
  sr_json_number(w, "innervated", m->innervated);
  write_banded(w, "contractile_volume_ml", m->contractile_volume_ml, &m->contractile_band);
  write_banded(w, "total_volume_ml", m->total_volume_ml, &m->total_band);
  write_banded(w, "max_force_N", m->max_force_N, &m->force_band);
  sr_json_number(w, "optimal_fibre_length_m", m->optimal_fibre_length_m);
  sr_json_end_object(w);
}

// The surfaces in whole tenths of a millimetre: enough for a drawing, and small.
static void write_shape(sr_json_writer *w, const sr_leg_shape *s)
{
  sr_json_begin_object(w, "shape");
  sr_json_number(w, "unit_m", 1e-4);
  sr_json_integer(w, "ankle_height", s->ankle_height);
  sr_json_integer(w, "shank_length", s->shank_length);
  sr_json_begin_object(w, "surfaces");
  for (int i = 0; i < s->nsurface; i++) {
    const sr_rings *x = &s->surface[i];
    sr_json_begin_object(w, x->name);
    sr_json_integer(w, "rings", x->nring);
    sr_json_integer(w, "points", x->npoint);
    sr_json_begin_array(w, "at");
    for (int k = 0; k < 3 * x->nring * x->npoint; k++) sr_json_integer(w, NULL, x->at[k]);
    sr_json_end_array(w);
    sr_json_end_object(w);
  }
  sr_json_end_object(w);
  sr_json_end_object(w);
}

static void write_leg(sr_json_writer *w, const sr_result *r, int leg, const sr_leg_result *l, sr_arena *work)
{
  sr_json_begin_object(w, leg_name[leg]);
  for (int i = 0; i < l->nmetric; i++) write_metric(w, &l->metric[i], work);
  if (l->nprofile > 0) {
    sr_json_numbers(w, "girth_profile", l->profile_girth_cm, l->nprofile);
    sr_json_numbers(w, "girth_profile_height_cm", l->profile_height_cm, l->nprofile);
  }
  if (l->shape.nsurface > 0) write_shape(w, &l->shape);
  sr_json_begin_object(w, "muscles");
  for (int i = 0; i < l->nmuscle; i++) write_muscle(w, &l->muscle[i]);
  sr_json_end_object(w);
  SR_ASSERT(l->nnerve == 0 || l->nnerve == r->nnerve[leg]);
  sr_json_begin_object(w, "nerves");
  for (int i = 0; i < l->nnerve; i++) sr_json_number(w, r->nerve[leg][i].id, l->nerve_intact[i]);
  sr_json_end_object(w);
  write_texts(w, "numb", l->numb, l->nnumb);
  write_texts(w, "partly_numb", l->partly_numb, l->npartly_numb);
  write_grades(w, l->metric, l->nmetric);
  sr_json_end_object(w);
}

// The value with 7 significant digits: what a plot or a comparison can use of a trajectory.
static double rounded(double x)
{
  char word[32];
  if (!(x - x == 0.0)) return x;
  snprintf(word, sizeof word, "%.7g", x);
  return strtod(word, NULL);
}

static void write_curves(sr_json_writer *w, const sr_curves *c, sr_arena *work)
{
  const sr_mark top = sr_arena_mark(work);
  double *row = sr_alloc(work, double, c->ncol);
  sr_arena *text = w->text.arena;
  SR_ASSERT(text != work);  // the text grows while the row is in use
  sr_json_begin_object(w, "trajectory");
  write_texts(w, "columns", c->label, c->ncol);
  write_texts(w, "units", c->unit, c->ncol);
  sr_json_begin_array(w, "data");
  for (int i = 0; i < c->nrow; i++) {
    for (int k = 0; k < c->ncol; k++) row[k] = rounded(c->at[(size_t)i * (size_t)c->ncol + (size_t)k]);
    sr_json_numbers(w, NULL, row, c->ncol);
  }
  sr_json_end_array(w);
  sr_json_end_object(w);
  sr_arena_release(work, top);
}

static void write_task(sr_json_writer *w, const sr_task_result *t, sr_arena *work)
{
  sr_json_begin_object(w, t->task);
  sr_json_string(w, "status", sr_task_status_text(t->status));
  sr_json_string(w, "why", t->why);
  sr_json_integer(w, "iterations", t->iterations);
  sr_json_begin_object(w, "mesh");
  sr_json_integer(w, "intervals", t->mesh_intervals);
  sr_json_integer(w, "degree", t->mesh_degree);
  sr_json_end_object(w);
  sr_json_number(w, "objective", t->objective);
  sr_json_begin_object(w, "metrics");
  for (int i = 0; i < t->nmetric; i++) write_metric(w, &t->metric[i], work);
  sr_json_end_object(w);
  write_grades(w, t->metric, t->nmetric);
  write_texts(w, "limits", t->limit, t->nlimit);
  if (t->nbody > 0) {
    sr_json_begin_object(w, "bodies");
    sr_json_integer(w, "tried", t->nbody);
    sr_json_integer(w, "solved", t->nbody_solved);
    sr_json_end_object(w);
  }
  if (t->curves.ncol > 0) write_curves(w, &t->curves, work);
  sr_json_end_object(w);
}

static void write_tasks(sr_json_writer *w, const sr_task_result *task, int n, sr_arena *work)
{
  sr_json_begin_object(w, "tasks");
  for (int k = 0; k < n; k++) write_task(w, &task[k], work);
  sr_json_end_object(w);
}

static void write_epochs(sr_json_writer *w, const sr_result *r, const char *key, const sr_epoch *epoch, int n,
                         sr_arena *work)
{
  sr_json_begin_array(w, key);
  for (int i = 0; i < n; i++) {
    const sr_epoch *e = &epoch[i];
    sr_json_begin_object(w, NULL);
    sr_json_number(w, "week", e->week);
    sr_json_string(w, "when", e->when);
    sr_json_begin_object(w, "body");
    for (int k = 0; k < e->nmetric; k++) write_metric(w, &e->metric[k], work);
    write_grades(w, e->metric, e->nmetric);
    sr_json_end_object(w);
    for (int leg = 0; leg < 2; leg++) write_leg(w, r, leg, &e->leg[leg], work);
    write_tasks(w, e->task, e->ntask, work);
    sr_json_end_object(w);
  }
  sr_json_end_array(w);
}

static void write_influences(sr_json_writer *w, const sr_result *r)
{
  sr_json_begin_array(w, "influences");
  for (int i = 0; i < r->ninfluence; i++) {
    const sr_influence_result *x = &r->influence[i];
    sr_json_begin_object(w, NULL);
    sr_json_string(w, "outcome", x->outcome);
    sr_json_string(w, "unknown", x->unknown);
    sr_json_string(w, "about", x->about);
    sr_json_number(w, "rank_correlation", x->rank_correlation);
    sr_json_number(w, "share", x->share);
    sr_json_end_object(w);
  }
  sr_json_end_array(w);
}

static void write_slips(sr_json_writer *w, const sr_result *r, sr_arena *work)
{
  sr_json_begin_array(w, "slips");
  for (int i = 0; i < r->nslip; i++) {
    const sr_slip_result *x = &r->slip[i];
    sr_json_begin_object(w, NULL);
    sr_json_string(w, "node", x->node);
    sr_json_string(w, "name_en", x->name_en);
    sr_json_string(w, "name_zh", x->name_zh);
    sr_json_string(w, "kind", x->kind);
    sr_json_number(w, "week", x->week);
    sr_json_string(w, "side", x->side);
    sr_json_string(w, "variant", x->variant);
    sr_json_number(w, "frequency", x->frequency);
    sr_json_number(w, "frequency_lo", x->frequency_lo);
    sr_json_number(w, "frequency_hi", x->frequency_hi);
    write_texts(w, "muscles", x->muscle, x->nmuscle);
    write_texts(w, "numb", x->numb, x->nnumb);
    write_tasks(w, x->task, x->ntask, work);
    sr_json_end_object(w);
  }
  sr_json_end_array(w);
}

char *sr_task_result_to_json(const sr_task_result *t, sr_arena *keep, size_t *size)
{
  sr_arena *work = sr_arena_new();
  sr_json_writer w = sr_json_writer_new(keep);
  sr_json_begin_object(&w, NULL);
  write_task(&w, t, work);
  sr_json_end_object(&w);
  sr_arena_free(work);
  *size = w.text.size;
  return w.text.at;
}

char *sr_result_to_json(const sr_result *r, sr_arena *keep, size_t *size)
{
  sr_arena *work = sr_arena_new();
  sr_json_writer w = sr_json_writer_new(keep);
  sr_json_begin_object(&w, NULL);
  sr_json_string(&w, "schema", "surae-result/1");
  sr_json_string(&w, "version", r->version);
  sr_json_string(&w, "kernel", r->kernel);
  sr_json_string(&w, "lang", r->lang);
  write_person(&w, r);
  sr_json_begin_array(&w, "interventions");
  for (int i = 0; i < r->nintervention; i++) write_intervention(&w, &r->intervention[i]);
  sr_json_end_array(&w);
  write_nerves(&w, r);
  write_texts(&w, "notes", r->note, r->nnote);
  write_epochs(&w, r, "epochs", r->epoch, r->nepoch, work);
  write_epochs(&w, r, "control", r->control, r->ncontrol, work);
  write_influences(&w, r);
  write_slips(&w, r, work);
  sr_json_end_object(&w);
  sr_arena_free(work);
  *size = w.text.size;
  return w.text.at;
}
