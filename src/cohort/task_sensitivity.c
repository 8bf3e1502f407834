// Movements with one thing changed at a time, each solved from the movement without the change, so that it stays in its
// local minimum; and back from there, which tells whether it did.
#include <math.h>
#include <stdio.h>

#include "base/parallel.h"
#include "cohort/nudge.h"
#include "cohort/sensitivity_parts.h"
#include "course/course.h"
#include "load/model.h"

// Of the cost: the same local minimum on the same mesh has it again to a thousandth, on a finer one, which changes it
// itself, to half a hundredth. Local minima of a walk lie 1% and more apart.
static const double same_cost = 1e-3, same_cost_finer = 5e-3;

static const struct {
  const char *section, *task;
  int bit;
} asked[SR_MOVED_TASKS] = {{"walk", "walk:speed_m_s=1.33", SR_ON_WALK},
                           {"jump", "jump", SR_ON_JUMP},
                           {"heel_raise", "heel_raise", SR_ON_RISE},
                           {"raises", "heel_raise:legs=right,repeat=yes", SR_ON_RISE},
                           {"stand", "stand", SR_ON_STAND}};

// A number of the solver: another mesh, tolerance or cold guess, or the same from the movement of another body.
typedef enum kind { OTHER_MESH, OTHER_TOLERANCE, OTHER_SEED, OTHER_START, OTHER_STEP } kind;
typedef struct numerics {
  const char *name;
  kind kind;
  double value;  // of the mesh: over the usual one
  sr_nudge_id from;
  int tasks;
} numerics;
static const numerics varied[] = {{"mesh 1.5 times as fine", OTHER_MESH, 1.5, SR_NNUDGE, SR_ON_MOVING},
                                  {"mesh twice as fine", OTHER_MESH, 2.0, SR_NNUDGE, SR_ON_MOVING},
                                  {"tolerance 1e-3", OTHER_TOLERANCE, 1e-3, SR_NUDGE_CALF_TENSION, SR_ON_ALL},
                                  {"tolerance 1e-4", OTHER_TOLERANCE, 1e-4, SR_NUDGE_CALF_TENSION, SR_ON_ALL},
                                  {"tolerance 1e-5", OTHER_TOLERANCE, 1e-5, SR_NUDGE_CALF_TENSION, SR_ON_ALL},
                                  {"tolerance 1e-6", OTHER_TOLERANCE, 1e-6, SR_NUDGE_CALF_TENSION, SR_ON_ALL},
                                  {"seed 1", OTHER_SEED, 1.0, SR_NNUDGE, SR_ON_WALK},
                                  {"seed 2", OTHER_SEED, 2.0, SR_NNUDGE, SR_ON_WALK},
                                  {"seed 3", OTHER_SEED, 3.0, SR_NNUDGE, SR_ON_WALK},
                                  {"seed 4", OTHER_SEED, 4.0, SR_NNUDGE, SR_ON_WALK},
                                  {"from a weak body", OTHER_START, 0.0, SR_NUDGE_STRENGTH, SR_ON_MOVING},
                                  {"from a strong body", OTHER_START, 1.0, SR_NUDGE_STRENGTH, SR_ON_MOVING},
                                  {"from soft tendons", OTHER_START, 0.0, SR_NUDGE_TENDON, SR_ON_MOVING},
                                  {"from stiff tendons", OTHER_START, 1.0, SR_NUDGE_TENDON, SR_ON_MOVING},
                                  {"steps half as high", OTHER_STEP, 0.5, SR_NUDGE_RISE_STEP, SR_ON_RISE},
                                  {"steps twice as high", OTHER_STEP, 2.0, SR_NUDGE_RISE_STEP, SR_ON_RISE}};
enum { VARIED = sizeof varied / sizeof *varied };

typedef struct job {
  int task;
  int nudge, end;  // of the task's list; -1: none
  int varied;
} job;

typedef struct study {
  const sr_sensitivity_options *o;
  sr_teller *teller;
  sr_arena *keep;
  const sr_model *model;
  const sr_weights *weights;
  const sr_nudge *nudge;  // (SR_NNUDGE)
  sr_task_sensitivity *out;
  sr_task task[SR_MOVED_TASKS];
  sr_solution base[SR_MOVED_TASKS];
  sr_mesh mesh[SR_MOVED_TASKS];
  sr_arena *own[SR_MOVED_TASKS];  // of the base, which its thread fills
  int *which[SR_MOVED_TASKS];     // number of each parameter and of each number of the solver
  int *numerics[SR_MOVED_TASKS];
  int njob;
  job *job;
} study;

static bool is_stopped(const study *s)
{
  return s->o->stop != NULL && *s->o->stop != 0;
}

// --- one solve

typedef struct outcome {
  sr_task_result result;
  sr_solution found;
} outcome;

// The task with a parameter moved (SR_NNUDGE: none), from a solution (NULL: cold), with settings of the solver.
static outcome solve(const study *s, int task, sr_nudge_id nudge, double factor, const sr_solution *start,
                     sr_task_run set, sr_arena *work)
{
  sr_model *m = sr_alloc(work, sr_model, 1);
  sr_weights *w = sr_alloc(work, sr_weights, 1);
  *m = *s->model;
  *w = *s->weights;
  if (nudge != SR_NNUDGE) sr_nudge_apply(nudge, factor, m, w);
  set.model = m;
  set.weights = w;
  set.start = start;
  set.without_proof = true;
  set.stop = s->o->stop;
  outcome out;
  sr_task_solve(&s->task[task], &set, work, &out.result, &out.found);
  return out;
}

static void read(const sr_task_sensitivity *t, const sr_task_result *r, double value[SR_MOVED_METRICS])
{
  for (int i = 0; i < t->nmetric; i++) {
    const sr_metric *m = r->status == SR_TASK_SOLVED ? sr_metric_find(r->metric, r->nmetric, t->metric[i].name) : NULL;
    value[i] = m != NULL ? m->value : (double)NAN;
  }
}

// What has no trajectory, a posture, has one start alone.
static sr_moved_end end_of(const study *s, int task, const sr_task_result *r, double same)
{
  if (r->status != SR_TASK_SOLVED) return SR_MOVED_LOST;
  if (s->base[task].traj.npoint == 0) return SR_MOVED_WITHIN;
  const double base = s->out[task].objective;
  return fabs(r->objective - base) <= same * fabs(base) ? SR_MOVED_WITHIN : SR_MOVED_BEYOND;
}

// Whether a body's movement is near the base: the base is solved once more, from there.
static sr_moved_end end_of_way_back(const study *s, int task, const outcome *x, sr_arena *work)
{
  if (x->result.status != SR_TASK_SOLVED) return SR_MOVED_LOST;
  if (s->base[task].traj.npoint == 0) return SR_MOVED_WITHIN;
  const outcome back = solve(s, task, SR_NNUDGE, 1.0, &x->found, (sr_task_run){0}, work);
  return end_of(s, task, &back.result, same_cost) == SR_MOVED_WITHIN ? SR_MOVED_WITHIN : SR_MOVED_BEYOND;
}

// --- jobs

// A cold start, and once more from its answer.
static void do_base(void *who, int task)
{
  study *s = who;
  sr_task_sensitivity *t = &s->out[task];
  sr_arena *work = s->own[task];
  outcome x = solve(s, task, SR_NNUDGE, 1.0, NULL, (sr_task_run){0}, work);
  if (x.result.status == SR_TASK_SOLVED && x.found.traj.npoint > 0)
    x = solve(s, task, SR_NNUDGE, 1.0, &x.found, (sr_task_run){0}, work);
  t->why = x.result.status == SR_TASK_SOLVED ? NULL : is_stopped(s) ? "interrupted" : "the base is not solved";
  t->objective = x.result.objective;
  s->base[task] = x.found;
  s->mesh[task] = (sr_mesh){x.result.mesh_intervals, x.result.mesh_degree};
  double value[SR_MOVED_METRICS];
  read(t, &x.result, value);
  for (int i = 0; i < t->nmetric; i++) t->metric[i].base = value[i];
  sr_teller_done(s->teller, t->task);
}

static void do_nudge(const study *s, const job *j, sr_arena *work)
{
  sr_task_sensitivity *t = &s->out[j->task];
  sr_nudge_result *n = &t->nudge[j->nudge];
  const outcome x = solve(s, j->task, (sr_nudge_id)s->which[j->task][j->nudge], n->factor[j->end], &s->base[j->task],
                          (sr_task_run){0}, work);
  read(t, &x.result, n->value[j->end]);
  n->end[j->end] = end_of_way_back(s, j->task, &x, work);
}

// The way to a changed number: from the movement of another body, where there is one, or from the base.
static outcome vary(const study *s, int task, const numerics *v, sr_arena *work)
{
  const sr_solution *base = &s->base[task];
  sr_task_run set = {0};
  if (v->kind == OTHER_MESH) {
    set.mesh = (sr_mesh){(int)lround(v->value * s->mesh[task].nint), s->mesh[task].degree};
    return solve(s, task, SR_NNUDGE, 1.0, base, set, work);
  }
  if (v->kind == OTHER_SEED) {
    set.seed = (int)v->value;
    return solve(s, task, SR_NNUDGE, 1.0, NULL, set, work);
  }
  if (v->kind == OTHER_STEP) return solve(s, task, v->from, v->value, NULL, set, work);
  if (v->kind == OTHER_TOLERANCE) set.tol = v->value;
  if (base->traj.npoint == 0) return solve(s, task, SR_NNUDGE, 1.0, NULL, set, work);
  const int end = v->kind == OTHER_START ? (int)v->value : 0;
  const outcome there = solve(s, task, v->from, s->nudge[v->from].factor[end], base, (sr_task_run){0}, work);
  if (there.result.status != SR_TASK_SOLVED) return there;
  return solve(s, task, SR_NNUDGE, 1.0, &there.found, set, work);
}

static void do_numerics(const study *s, const job *j, sr_arena *work)
{
  sr_task_sensitivity *t = &s->out[j->task];
  sr_numerics_result *n = &t->numerics[j->varied];
  const numerics *v = &varied[s->numerics[j->task][j->varied]];
  const outcome x = vary(s, j->task, v, work);
  read(t, &x.result, n->value);
  n->objective = x.result.objective;
  n->end = end_of(s, j->task, &x.result, v->kind == OTHER_MESH ? same_cost_finer : same_cost);
}

static void do_job(void *who, int i)
{
  study *s = who;
  const job *j = &s->job[i];
  const sr_task_sensitivity *t = &s->out[j->task];
  sr_arena *work = sr_arena_new();
  if (t->why == NULL && !is_stopped(s)) {
    if (j->nudge >= 0)
      do_nudge(s, j, work);
    else
      do_numerics(s, j, work);
  }
  sr_arena_free(work);
  char what[128];
  snprintf(what, sizeof what, "%s: %s", t->task, j->nudge >= 0 ? t->nudge[j->nudge].name : t->numerics[j->varied].name);
  sr_teller_done(s->teller, what);
}

// --- what is to be done

static bool read_metrics(sr_rows sensitivity, const char *section, sr_arena *keep, sr_task_sensitivity *t,
                         sr_error *err)
{
  sr_rows of;
  if (!sr_rows_find(sensitivity, section, &of, err)) return false;
  if (of.table->n > SR_MOVED_METRICS)
    return sr_fail(err, SR_BAD_VALUE, "%s: [%s] holds more than %d metrics", of.path, section, SR_MOVED_METRICS);
  for (int i = 0; i < of.table->n; i++) {
    sr_moved_metric *m = &t->metric[t->nmetric++];
    double value;
    sr_spread spread;
    m->name = sr_arena_strdup(keep, of.table->child[i].key);
    if (!sr_quantity_spread(of, m->name, &value, &spread, err)) return false;
    if (spread.kind != SR_SPREAD_UNIFORM)
      return sr_fail(err, SR_BAD_VALUE, "%s: [%s] '%s' has no range", of.path, section, m->name);
    m->range[0] = spread.low;
    m->range[1] = spread.high;
  }
  return true;
}

static void plan(study *s, int task)
{
  sr_task_sensitivity *t = &s->out[task];
  t->nudge = sr_alloc(s->keep, sr_nudge_result, SR_NNUDGE);
  t->numerics = sr_alloc(s->keep, sr_numerics_result, VARIED);
  s->which[task] = sr_alloc(s->keep, int, SR_NNUDGE);
  s->numerics[task] = sr_alloc(s->keep, int, VARIED);
  const double none = (double)NAN;
  for (int k = 0; k < SR_NNUDGE; k++) {
    const sr_nudge *n = &s->nudge[k];
    if ((n->tasks & asked[task].bit) == 0) continue;
    sr_nudge_result *r = &t->nudge[t->nnudge];
    *r = (sr_nudge_result){.name = n->name, .source = n->source, .end = {SR_MOVED_LOST, SR_MOVED_LOST}};
    for (int end = 0; end < 2; end++) {
      r->factor[end] = n->factor[end];
      for (int i = 0; i < SR_MOVED_METRICS; i++) r->value[end][i] = none;
      s->job[s->njob++] = (job){.task = task, .nudge = t->nnudge, .end = end};
    }
    s->which[task][t->nnudge++] = k;
  }
  for (int k = 0; k < VARIED; k++) {
    if ((varied[k].tasks & asked[task].bit) == 0) continue;
    sr_numerics_result *r = &t->numerics[t->nnumerics];
    *r = (sr_numerics_result){.name = varied[k].name, .end = SR_MOVED_LOST, .objective = none};
    for (int i = 0; i < SR_MOVED_METRICS; i++) r->value[i] = none;
    s->job[s->njob++] = (job){.task = task, .nudge = -1, .varied = t->nnumerics};
    s->numerics[task][t->nnumerics++] = k;
  }
}

// The demo woman, healthy.
static bool set_out(study *s, sr_error *err)
{
  sr_model *m = sr_alloc(s->keep, sr_model, 1);
  sr_weights *w = sr_alloc(s->keep, sr_weights, 1);
  sr_nudge *n = sr_alloc(s->keep, sr_nudge, SR_NNUDGE);
  sr_arena *work = sr_arena_new();
  sr_rows sensitivity;
  const sr_person demo = sr_scenario_default(work).person;
  bool is_good = sr_model_load(&demo, m, err) && sr_weights_load(w, err) &&
                 sr_rows_open("sensitivity.toml", work, &sensitivity, err) &&
                 sr_nudges_read(sensitivity, s->keep, n, err);
  s->model = m;
  s->weights = w;
  s->nudge = n;
  s->job = sr_alloc(s->keep, job, SR_MOVED_TASKS * (2 * SR_NNUDGE + VARIED));
  for (int i = 0; i < SR_MOVED_TASKS && is_good; i++) {
    is_good = sr_task_parse(asked[i].task, &s->task[i], err) &&
              read_metrics(sensitivity, asked[i].section, s->keep, &s->out[i], err);
    s->out[i].task = sr_arena_strdup(s->keep, s->task[i].key);
    s->own[i] = sr_arena_new();
    if (is_good) plan(s, i);
  }
  sr_arena_free(work);
  return is_good;
}

// Of a study that was stopped: what was not tried must not look as if it had failed.
static void drop(sr_task_sensitivity *t)
{
  t->nnudge = t->nnumerics = 0;
  if (t->why == NULL) t->why = "interrupted";
}

bool sr_task_sensitivity_run(const sr_sensitivity_options *o, sr_teller *teller, sr_arena *keep, sr_sensitivity *out,
                             sr_error *err)
{
  study s = {.o = o, .teller = teller, .keep = keep};
  out->ntask = SR_MOVED_TASKS;
  out->task = s.out = sr_alloc(keep, sr_task_sensitivity, SR_MOVED_TASKS);
  const bool is_good = set_out(&s, err);
  if (is_good) {
    sr_teller_more(teller, SR_MOVED_TASKS + s.njob);
    sr_parallel(o->threads, SR_MOVED_TASKS, do_base, &s);
    sr_parallel(o->threads, s.njob, do_job, &s);
    for (int i = 0; i < SR_MOVED_TASKS && is_stopped(&s); i++) drop(&s.out[i]);
  }
  for (int i = 0; i < SR_MOVED_TASKS; i++) sr_arena_free(s.own[i]);
  return is_good;
}
