// walk: predicts a gait at a given speed.
#include <math.h>
#include <string.h>

#include "task/cycle.h"
#include "task/drift.h"
#include "task/walk_cycle.h"
#include "task/walk_problem.h"

enum { CYCLE_ROWS = 401, SAVED_STEP = 4 };  // metrics on 0.25% of the cycle, curves saved at every 1%

// Weight of the habit in the cost; 0 without one.
static double habit_weight(const sr_task_run *run)
{
  return run->habit != NULL && run->habit->traj.npoint > 0 ? run->habit_weight : 0.0;
}

// The walk of a body (that of the run, or one that leads to it) with the habit of the run.
static sr_movement *problem_of(const sr_task *task, const sr_task_run *run, const sr_model *m, sr_walk_demand demand,
                               bool is_full, sr_arena *keep)
{
  const double habit = habit_weight(run);
  sr_movement *p = sr_walk_problem_new(m, &run->weights->walk, habit, task->speed_m_s, demand, is_full, keep);
  if (!(habit > 0.0)) return p;
  sr_traj *known = sr_alloc(keep, sr_traj, 1);
  *known = sr_cycle_start(run->habit, m, &p->layout, is_full, keep);
  p->habit = known;
  return p;
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
static sr_ocp_result cold_start(const sr_movement *p, const sr_task_run *run, const sr_task *task, double share,
                                int *iterations, sr_traj *t, sr_arena *keep)
{
  const sr_walk_weights *w = &run->weights->walk;
  const sr_mesh coarse = {w->coarse_intervals, w->coarse_degree};
  const sr_model *body = with_weak_calves(p->model, share, keep);
  const sr_movement *weak = sr_walk_problem_new(body, w, 0.0, task->speed_m_s, SR_WALK_AT_SPEED, false, keep);
  *t = sr_walk_guess(weak, task->speed_m_s, false, coarse, run->seed, keep);
  const sr_ocp_result r = sr_movement_solve(weak, run, false, true, iterations, t, keep);
  if (r.nlp.status == SR_NLP_INTERRUPTED) return r;
  return sr_movement_solve(p, run, true, false, iterations, t, keep);
}

// The better of several cold starts of half a cycle, on the fine mesh. A coarse mesh smooths the landings, whose
// ripples are what most local minima differ in.
static sr_ocp_result solve_cold(const sr_movement *p, const sr_task_run *run, const sr_task *task, sr_mesh mesh,
                                int *iterations, sr_traj *t, sr_arena *keep)
{
  static const double share[] = {0.5, 0.1};
  sr_traj found;
  sr_ocp_result best = cold_start(p, run, task, share[0], iterations, &found, keep);
  for (size_t i = 1; i < sizeof share / sizeof *share && best.nlp.status != SR_NLP_INTERRUPTED; i++) {
    sr_traj other;
    const sr_ocp_result r = cold_start(p, run, task, share[i], iterations, &other, keep);
    const bool is_better =
        r.nlp.status == SR_NLP_SOLVED && (best.nlp.status != SR_NLP_SOLVED || r.nlp.objective < best.nlp.objective);
    if (!is_better && r.nlp.status != SR_NLP_INTERRUPTED) continue;
    best = r;
    found = other;
  }
  *t = found;
  if (best.nlp.status == SR_NLP_INTERRUPTED) return best;
  return sr_movement_solve_from(p, run, &found, mesh, iterations, t, keep);
}

// From the given solution; or cold. A whole cycle begins from half of one of a body whose legs are equal.
static sr_ocp_result solve_walk(const sr_movement *p, const sr_task_run *run, const sr_task *task, bool is_full,
                                sr_mesh mesh, int *iterations, sr_traj *t, sr_arena *keep)
{
  sr_solution from = {0};
  if (run->start != NULL && run->start->traj.npoint > 0) {
    from = *run->start;
  } else if (!is_full) {
    return solve_cold(p, run, task, mesh, iterations, t, keep);
  } else {
    const sr_model *equal = sr_cycle_equal_legs(run->model, keep);
    const sr_movement *half = problem_of(task, run, equal, SR_WALK_AT_SPEED, false, keep);
    const sr_mesh half_mesh = {mesh.nint / 2, mesh.degree};
    const sr_ocp_result r = solve_cold(half, run, task, half_mesh, iterations, &from.traj, keep);
    *t = from.traj;
    if (r.nlp.status == SR_NLP_INTERRUPTED) return r;
  }
  const sr_traj given = sr_cycle_start(&from, run->model, &p->layout, is_full, keep);
  return sr_movement_solve_from(p, run, &given, mesh, iterations, t, keep);
}

// A healthy walk near the speed at which the weights were chosen is what they were chosen for; any other is predicted.
static const char *grade_of(const sr_walk_cycle *c, const sr_task_run *run)
{
  const double chosen = run->weights->walk.chosen_speed;
  const bool is_near = fabs(c->distance / c->rec.duration - chosen) < 0.05 * chosen;
  return is_near && sr_model_is_healthy(run->model) ? "calibrated" : "predicted";
}

static void fill_result(const sr_movement *p, const sr_task_run *run, const sr_traj *t, double error, bool is_full,
                        sr_task_result *r, sr_arena *keep)
{
  // numbers are those of the sides as solved, so that they have the same bits in the mirror; curves begin at the
  // contact of the person's own right foot
  const sr_walk_cycle c = sr_walk_cycle_of(p, t, is_full, SR_LEG_RIGHT, CYCLE_ROWS, keep);
  const sr_walk_cycle drawn = run->is_mirrored ? sr_walk_cycle_of(p, t, is_full, SR_LEG_LEFT, CYCLE_ROWS, keep) : c;
  sr_task_metric(r, keep, "mesh_error_1", error, "predicted");
  sr_walk_metrics(&c, run->model, grade_of(&c, run), r, keep);
  sr_recording_save(&drawn.rec, SAVED_STEP, &r->curves, keep);
  sr_movement_limits(p, t, "cycle", r, keep);
  if (run->is_verified) sr_movement_drift(p, t, r, keep);
}

// The proof of `impossible`: with the speed free up to the one asked for, the greatest speed that is possible.
static bool prove_impossible(const sr_task *task, const sr_task_run *run, bool is_full, sr_mesh mesh, int *iterations,
                             sr_task_result *r, sr_solution *s, sr_arena *keep)
{
  const sr_movement *p = problem_of(task, run, run->model, SR_WALK_FASTEST, is_full, keep);
  sr_traj t;
  const sr_ocp_result o = solve_walk(p, run, task, is_full, mesh, iterations, &t, keep);
  if (o.nlp.status != SR_NLP_SOLVED || t.p[1] > 0.99 * task->speed_m_s) return false;
  sr_movement_judge(p, &o, &t, *iterations, 0.0, 0.0, r, keep);
  r->status = SR_TASK_IMPOSSIBLE;
  r->why = sr_arena_printf(keep, "with the speed free the greatest that is possible is %.2f m/s (asked for: %.2f m/s)",
                           t.p[1], task->speed_m_s);
  sr_task_metric(r, keep, "greatest_speed_m_s", t.p[1], "predicted");
  fill_result(p, run, &t, sr_movement_mesh_error(p, &t, keep), is_full, r, keep);
  *s = (sr_solution){.is_full_cycle = is_full, .traj = t};
  return true;
}

void sr_walk_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *s)
{
  *s = (sr_solution){0};
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = ""};
  const bool is_full = run->needs_full_cycle || !sr_model_is_symmetric(run->model);
  const sr_walk_weights *w = &run->weights->walk;
  sr_mesh mesh = run->mesh.nint > 0 ? run->mesh : (sr_mesh){w->intervals, w->degree};
  mesh.nint *= is_full ? 2 : 1;
  const sr_movement *p = problem_of(task, run, run->model, SR_WALK_AT_SPEED, is_full, keep);
  sr_traj t = {0};
  int iterations = 0;
  sr_ocp_result o = solve_walk(p, run, task, is_full, mesh, &iterations, &t, keep);
  sr_task_run retry = *run;
  if (run->start != NULL && o.nlp.status != SR_NLP_SOLVED && o.nlp.status != SR_NLP_INTERRUPTED) {
    retry.start = NULL;  // a failed start is not yet a failed task: once more, cold
    o = solve_walk(p, &retry, task, is_full, mesh, &iterations, &t, keep);
  }
  const double error = sr_movement_refine(p, run, w->mesh_error, &iterations, &o, &t, keep);
  sr_movement_judge(p, &o, &t, iterations, error, w->mesh_error, r, keep);
  if (r->status == SR_TASK_SOLVED) {
    fill_result(p, run, &t, error, is_full, r, keep);
    *s = (sr_solution){.is_full_cycle = is_full, .traj = t};
  } else if (o.nlp.status != SR_NLP_SOLVED && r->status != SR_TASK_INTERRUPTED && !run->without_proof) {
    prove_impossible(task, &retry, is_full, mesh, &iterations, r, s, keep);
    r->iterations = iterations;
  }
}
