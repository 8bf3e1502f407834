// walk: predicts a gait at a given speed.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "task/solve.h"
#include "task/walk_cycle.h"

enum { CYCLE_ROWS = 401, SAVED_STEP = 4 };  // metrics on 0.25% of the cycle, curves saved at every 1%

// Rows of a cycle that are kept in the result.
static void save_curves(const sr_walk_cycle *c, sr_task_result *r, sr_arena *keep)
{
  const int n = c->columns.n, rows = (c->nrow - 1) / SAVED_STEP + 1;
  sr_curves *out = &r->curves;
  *out = (sr_curves){.nrow = rows, .ncol = n + 1};
  out->label = sr_alloc(keep, const char *, n + 1);
  out->unit = sr_alloc(keep, const char *, n + 1);
  out->at = sr_alloc(keep, double, rows *(n + 1));
  out->label[0] = "time_s";
  out->unit[0] = "s";
  for (int k = 0; k < n; k++) {
    out->label[k + 1] = c->columns.at[k].label;
    out->unit[k + 1] = c->columns.at[k].unit;
  }
  for (int i = 0; i < rows; i++) {
    out->at[i * (n + 1)] = c->duration * i / (rows - 1);
    memcpy(out->at + i * (n + 1) + 1, c->at + i * SAVED_STEP * n, (size_t)n * sizeof(double));
  }
}

// In words: which muscles and joints are at the end of what they can do, and for how much of the cycle.
static void find_limits(const sr_walk_problem *p, const sr_model *m, const sr_traj *t, sr_task_result *r,
                        sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  for (int i = 0; i < l->nx; i++) {
    const sr_bound *b = &p->ocp.x[i];
    const bool is_activation = i >= l->act && i < l->force;
    if (i >= l->qd && !is_activation) continue;
    if (b->lo == b->hi || (is_activation && m->muscle[i - l->act].par.capacity <= 0.0)) continue;
    int at_top = 0, at_bottom = 0;
    for (int k = 1; k < t->npoint; k++) {
      const double x = t->x[k * l->nx + i], near = 0.005 * (b->hi - b->lo);
      at_top += x > b->hi - near;
      at_bottom += x < b->lo + near && !is_activation;
    }
    const int n = t->npoint - 1;
    if (at_top > 0)
      sr_task_limit(r, keep, "%s at its upper bound for %.0f%% of the cycle", b->name, 100.0 * at_top / n);
    if (at_bottom > 0)
      sr_task_limit(r, keep, "%s at its lower bound for %.0f%% of the cycle", b->name, 100.0 * at_bottom / n);
  }
}

// Weight of the habit in the cost; 0 without one.
static double habit_weight(const sr_task_run *run)
{
  return run->habit != NULL && run->habit->traj.npoint > 0 ? run->habit_weight : 0.0;
}

// The known data of a problem with a habit: its activations at the points of a mesh.
static const double *habit_on(const sr_walk_problem *p, const sr_task_run *run, sr_mesh mesh, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  if (p->ocp.nd == 0) return NULL;
  const sr_traj given = sr_walk_start(run->habit, run->model, l, p->is_full_cycle, keep);
  const sr_traj t = sr_traj_resample(&given, mesh, l->nx, l->nu, 2, keep);
  double *d = sr_alloc(keep, double, t.npoint * l->nm);
  for (int i = 0; i < t.npoint; i++) memcpy(d + i * l->nm, t.x + i * l->nx + l->act, (size_t)l->nm * sizeof *d);
  return d;
}

// One solve on one mesh; a rough one only leads the way to another.
static sr_ocp_result solve_on(const sr_walk_problem *p, const sr_task_run *run, sr_mesh mesh, bool is_warm,
                              bool is_rough, int *iterations, sr_traj *t, sr_arena *keep)
{
  const sr_transcription *tr = sr_ocp_transcribe(&p->ocp, mesh, keep);
  sr_nlp_options o = sr_task_nlp_options(run, is_warm);
  o.max_iterations = 600;  // a walk that is found takes 20 (warm) to 150; what runs longer is lost
  if (is_rough) {
    o.tol = 0.1;  // the barrier parameter stays so large that the next solve begins well inside its bounds
    o.constraint_tol = 1e-3;
  }
  t->d = habit_on(p, run, mesh, keep);
  const sr_ocp_result r = sr_ocp_solve(tr, &o, t, keep);
  *iterations += r.nlp.iterations;
  return r;
}

// A body whose calves have this share of their strength.
static sr_model *with_weak_calves(const sr_model *m, double share, sr_arena *keep)
{
  static const char *const triceps[] = {"soleus", "gasmed", "gaslat"};
  sr_model *weak = sr_alloc(keep, sr_model, 1);
  *weak = *m;
  for (int k = 0; k < m->nmuscle; k++)
    for (int i = 0; i < 3; i++)
      if (strcmp(m->muscle[k].base, triceps[i]) == 0) weak->muscle[k].par.capacity *= share;
  return weak;
}

// One cold start, all of it on the coarse mesh: the analytic guess for a body with weak calves and without habits (it
// cannot walk on its toes, and nearly every guess leads it to the same walk), and from there this body.
static sr_ocp_result cold_start(const sr_walk_problem *p, const sr_task_run *run, const sr_task *task, double share,
                                sr_mesh coarse, int *iterations, sr_traj *t, sr_arena *keep)
{
  const sr_walk_weights *w = &run->weights->walk;
  const sr_model *body = with_weak_calves(run->model, share, keep);
  const sr_walk_problem *weak = sr_walk_problem_new(body, w, 0.0, task->speed_m_s, SR_WALK_AT_SPEED, false, keep);
  *t = sr_walk_guess(weak, body, task->speed_m_s, false, coarse, run->seed, keep);
  const sr_ocp_result r = solve_on(weak, run, coarse, false, true, iterations, t, keep);
  if (r.nlp.status == SR_NLP_INTERRUPTED) return r;
  return solve_on(p, run, coarse, true, false, iterations, t, keep);
}

// The better of several cold starts, on the fine mesh. A coarse mesh smooths the landings, whose ripples are what most
// local minima differ in.
static sr_ocp_result solve_cold(const sr_walk_problem *p, const sr_task_run *run, const sr_task *task, sr_mesh mesh,
                                int *iterations, sr_traj *t, sr_arena *keep)
{
  static const double share[] = {0.5, 0.1};
  const sr_walk_weights *w = &run->weights->walk;
  const sr_layout *l = &p->layout;
  const sr_mesh coarse = {w->coarse_intervals, w->coarse_degree};
  sr_ocp_result best = cold_start(p, run, task, share[0], coarse, iterations, t, keep);
  for (size_t i = 1; i < sizeof share / sizeof *share && best.nlp.status != SR_NLP_INTERRUPTED; i++) {
    sr_traj other;
    const sr_ocp_result r = cold_start(p, run, task, share[i], coarse, iterations, &other, keep);
    const bool is_better =
        r.nlp.status == SR_NLP_SOLVED && (best.nlp.status != SR_NLP_SOLVED || r.nlp.objective < best.nlp.objective);
    if (!is_better && r.nlp.status != SR_NLP_INTERRUPTED) continue;
    best = r;
    *t = other;
  }
  if (best.nlp.status == SR_NLP_INTERRUPTED) return best;
  *t = sr_traj_resample(t, mesh, l->nx, l->nu, 2, keep);
  return solve_on(p, run, mesh, true, false, iterations, t, keep);
}

// The body with both legs like the right one, which is the worse: its half cycle leads to the whole one.
static sr_model *with_equal_legs(const sr_model *m, sr_arena *keep)
{
  sr_model *equal = sr_alloc(keep, sr_model, 1);
  *equal = sr_model_mirrored(m);
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].leg == SR_LEG_RIGHT) equal->muscle[k] = m->muscle[k];
  return equal;
}

static sr_ocp_result from_start(const sr_walk_problem *p, const sr_task_run *run, const sr_solution *from, bool is_full,
                                sr_mesh mesh, int *iterations, sr_traj *t, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  const sr_traj given = sr_walk_start(from, run->model, l, is_full, keep);
  *t = sr_traj_resample(&given, mesh, l->nx, l->nu, 2, keep);
  return solve_on(p, run, mesh, true, false, iterations, t, keep);
}

// From the given solution; or cold. A whole cycle begins from half of one of a body whose legs are equal.
static sr_ocp_result solve_walk(const sr_walk_problem *p, const sr_task_run *run, const sr_task *task, bool is_full,
                                sr_mesh mesh, int *iterations, sr_traj *t, sr_arena *keep)
{
  if (run->start != NULL && run->start->traj.npoint > 0)
    return from_start(p, run, run->start, is_full, mesh, iterations, t, keep);
  if (!is_full) return solve_cold(p, run, task, mesh, iterations, t, keep);
  sr_task_run half = *run;
  half.model = with_equal_legs(run->model, keep);
  const sr_mesh half_mesh = {mesh.nint / 2, mesh.degree};
  const sr_walk_problem *equal = sr_walk_problem_new(half.model, &run->weights->walk, habit_weight(run),
                                                     task->speed_m_s, SR_WALK_AT_SPEED, false, keep);
  sr_solution s = {.is_full_cycle = false};
  const sr_ocp_result r = solve_cold(equal, &half, task, half_mesh, iterations, &s.traj, keep);
  if (r.nlp.status == SR_NLP_INTERRUPTED) {
    *t = s.traj;
    return r;
  }
  return from_start(p, run, &s, is_full, mesh, iterations, t, keep);
}

static double mesh_error(const sr_walk_problem *p, const sr_traj *t, sr_arena *keep)
{
  return sr_ocp_mesh_error(sr_ocp_transcribe(&p->ocp, t->mesh, keep), t, keep);
}

// A walk that its mesh does not resolve is solved again on a finer one, which begins from it; twice at most. Returns
// the error that the last mesh leaves.
static double refine(const sr_walk_problem *p, const sr_task_run *run, int *iterations, sr_ocp_result *o, sr_traj *t,
                     sr_arena *keep)
{
  enum { ROUNDS = 2 };
  const sr_layout *l = &p->layout;
  double error = 0.0;
  for (int round = 0; o->nlp.status == SR_NLP_SOLVED; round++) {
    error = mesh_error(p, t, keep);
    if (error <= run->weights->walk.mesh_error || round == ROUNDS) break;
    const sr_mesh finer = {t->mesh.nint + t->mesh.nint / 2, t->mesh.degree};
    *t = sr_traj_resample(t, finer, l->nx, l->nu, 2, keep);
    *o = solve_on(p, run, finer, true, false, iterations, t, keep);
  }
  return error;
}

// A healthy walk near the speed at which the weights were chosen is what they were chosen for; any other is predicted.
static const char *grade_of(const sr_walk_cycle *c, const sr_task_run *run)
{
  const double chosen = run->weights->walk.chosen_speed;
  const bool is_near = fabs(c->distance / c->duration - chosen) < 0.05 * chosen;
  return is_near && sr_model_is_healthy(run->model) ? "calibrated" : "predicted";
}

static void fill_result(const sr_walk_problem *p, const sr_task_run *run, const sr_ocp_result *o, const sr_traj *t,
                        double error, bool is_full, sr_task_result *r, sr_arena *keep)
{
  // numbers are those of the sides as solved, so that they have the same bits in the mirror; curves begin at the
  // contact of the person's own right foot
  const sr_walk_cycle c = sr_walk_cycle_of(p, run->model, t, is_full, SR_LEG_RIGHT, CYCLE_ROWS, keep);
  const sr_walk_cycle drawn =
      run->is_mirrored ? sr_walk_cycle_of(p, run->model, t, is_full, SR_LEG_LEFT, CYCLE_ROWS, keep) : c;
  r->objective = o->nlp.objective;
  r->mesh_intervals = t->mesh.nint;
  r->mesh_degree = t->mesh.degree;
  sr_task_metric(r, keep, "mesh_error_1", error, "predicted");
  sr_walk_metrics(&c, run->model, grade_of(&c, run), r, keep);
  save_curves(&drawn, r, keep);
  find_limits(p, run->model, t, r, keep);
}

// The proof of `impossible`: with the speed free up to the one asked for, the greatest speed that is possible.
static bool prove_impossible(const sr_task *task, const sr_task_run *run, bool is_full, sr_mesh mesh, int *iterations,
                             sr_task_result *r, sr_solution *s, sr_arena *keep)
{
  sr_walk_problem *p = sr_walk_problem_new(run->model, &run->weights->walk, habit_weight(run), task->speed_m_s,
                                           SR_WALK_FASTEST, is_full, keep);
  sr_traj t;
  const sr_ocp_result o = solve_walk(p, run, task, is_full, mesh, iterations, &t, keep);
  if (o.nlp.status != SR_NLP_SOLVED || t.p[1] > 0.99 * task->speed_m_s) return false;
  r->status = SR_TASK_IMPOSSIBLE;
  r->why = sr_arena_printf(keep, "with the speed free the greatest that is possible is %.2f m/s (asked for: %.2f m/s)",
                           t.p[1], task->speed_m_s);
  sr_task_metric(r, keep, "greatest_speed_m_s", t.p[1], "predicted");
  fill_result(p, run, &o, &t, mesh_error(p, &t, keep), is_full, r, keep);
  *s = (sr_solution){.is_full_cycle = is_full, .traj = t};
  return true;
}

void sr_walk_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *s)
{
  *s = (sr_solution){0};
  const bool is_full = run->needs_full_cycle || !sr_model_is_symmetric(run->model);
  const sr_walk_weights *w = &run->weights->walk;
  sr_mesh mesh = run->mesh.nint > 0 ? run->mesh : (sr_mesh){w->intervals, w->degree};
  mesh.nint *= is_full ? 2 : 1;
  *r = (sr_task_result){
      .task = sr_arena_strdup(keep, task->key), .why = "", .mesh_intervals = mesh.nint, .mesh_degree = mesh.degree};
  const sr_walk_problem *p =
      sr_walk_problem_new(run->model, w, habit_weight(run), task->speed_m_s, SR_WALK_AT_SPEED, is_full, keep);
  sr_traj t = {0};
  int iterations = 0;
  sr_ocp_result o = solve_walk(p, run, task, is_full, mesh, &iterations, &t, keep);
  sr_task_run retry = *run;
  if (run->start != NULL && o.nlp.status != SR_NLP_SOLVED && o.nlp.status != SR_NLP_INTERRUPTED) {
    retry.start = NULL;  // a failed start is not yet a failed task: once more, cold
    o = solve_walk(p, &retry, task, is_full, mesh, &iterations, &t, keep);
  }
  const double error = refine(p, run, &iterations, &o, &t, keep);
  r->status = sr_task_status_of(o.nlp.status);
  if (r->status == SR_TASK_SOLVED && error > w->mesh_error) {
    r->status = SR_TASK_NOT_CONVERGED;
    r->why = sr_arena_printf(keep, "a mesh of %d intervals leaves an error of %.2g in the movement (allowed: %.2g)",
                             t.mesh.nint, error, w->mesh_error);
  } else if (r->status == SR_TASK_SOLVED) {
    fill_result(p, run, &o, &t, error, is_full, r, keep);
  } else if (r->status == SR_TASK_INTERRUPTED ||
             !prove_impossible(task, &retry, is_full, mesh, &iterations, r, s, keep)) {
    r->why = sr_arena_printf(keep, "%s; largest violated: %s", sr_nlp_status_text(o.nlp.status),
                             o.worst[0] != '\0' ? o.worst : "none");
  }
  r->iterations = iterations;
  if (r->status == SR_TASK_SOLVED) *s = (sr_solution){.is_full_cycle = is_full, .traj = t};
}
