// walk and run: predict a gait at a given speed.
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "task/cycle.h"
#include "task/drift.h"
#include "task/gait_cycle.h"
#include "task/gait_problem.h"

enum { CYCLE_ROWS = 401, SAVED_STEP = 4 };  // metrics on 0.25% of the cycle, curves saved at every 1%

// What is looked for, on which mesh, and what it has taken so far.
typedef struct search {
  const sr_task_run *run;
  sr_gait gait;
  double cold_speed;  // that of cold starts, from which the way leads to the one asked for [m/s]
  sr_mesh mesh;
  int iterations;
  sr_arena *keep;
} search;

// A gait of a body (that of the run, or one that leads to it) with the habit of the run, if it has any.
static sr_movement *problem_of(const search *s, const sr_gait *gait, const sr_model *m)
{
  sr_movement *p = sr_gait_problem_new(m, s->run->weights, gait, s->keep);
  if (!(gait->habit > 0.0)) return p;
  sr_traj *known = sr_alloc(s->keep, sr_traj, 1);
  *known = sr_cycle_start(s->run->habit, m, &p->layout, gait->is_full_cycle, s->keep);
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

// Several cold starts of one movement, each with its own memory and count of iterations.
enum { STARTS = 2 };
typedef struct cold_starts {
  const sr_movement *p;
  const sr_gait *gait;
  const double *share;  // (STARTS) of the strength of the calves that is left to the weaker body
  sr_task_run run[STARTS];
  search way[STARTS];
  sr_ocp_result result[STARTS];
  sr_traj found[STARTS];
  bool is_followed[STARTS];
} cold_starts;

// The first half of a cold start, on the coarse mesh: the analytic guess for a body with weaker calves and without
// habits (it cannot walk on its toes, and nearly every guess leads it to the same walk). Nothing else of it is kept.
static void walk_weaker(cold_starts *c, int i)
{
  search *s = &c->way[i], way = *s;
  const sr_walk_weights *w = &s->run->weights->walk;
  const sr_mesh coarse = {w->coarse_intervals, w->coarse_degree};
  const sr_gait plain = {.is_run = c->gait->is_run, .speed = s->cold_speed};
  way.keep = sr_arena_new();
  const sr_movement *weak = problem_of(&way, &plain, with_weak_calves(c->p->model, c->share[i], way.keep));
  sr_traj t = sr_gait_guess(weak, &plain, coarse, s->run->seed, way.keep);
  c->result[i] = sr_movement_solve(weak, s->run, SR_START_GUESS, true, &s->iterations, &t, way.keep);
  c->found[i] = sr_traj_copy(&t, c->p->layout.nx, c->p->layout.nu, s->keep);
  sr_arena_free(way.keep);
}

// The second: from there this body.
static void follow(cold_starts *c, int i)
{
  search *s = &c->way[i];
  c->is_followed[i] = true;
  c->result[i] = sr_movement_solve(c->p, s->run, SR_START_WEAKER, true, &s->iterations, &c->found[i], s->keep);
}

static sr_nlp_status status_of(const cold_starts *c, int i)
{
  return c->result[i].nlp.status;
}

// Where the first half is lost the second seldom is not; only the first start goes on from there at once.
static void start_cold(void *who, int i)
{
  cold_starts *c = who;
  walk_weaker(c, i);
  if (status_of(c, i) == SR_NLP_SOLVED || (i == 0 && status_of(c, i) != SR_NLP_INTERRUPTED)) follow(c, i);
}

// All of them, side by side where threads are idle: then the first alone tells how far it is. A report of every
// iteration wants them one after the other. If nothing else was found the last goes on from a lost first half too.
static void start_all(search *s, cold_starts *c)
{
  const sr_walk_weights *w = &s->run->weights->walk;
  sr_movement_transcribe(c->p, (sr_mesh){w->coarse_intervals, w->coarse_degree}, s->keep);
  const bool is_reported = s->run->reporter != NULL;
  for (int i = 0; i < STARTS; i++) {
    c->run[i] = *s->run;
    if (i > 0 && !is_reported) c->run[i].progress = NULL;
    c->way[i] = *s;
    c->way[i].run = &c->run[i];
    c->way[i].keep = sr_arena_new();
    c->way[i].iterations = 0;
  }
  if (is_reported)
    for (int i = 0; i < STARTS; i++) start_cold(c, i);
  else
    sr_parallel_spare(STARTS, start_cold, c);
  bool is_lost = true;
  for (int i = 0; i < STARTS; i++)
    is_lost = is_lost && status_of(c, i) != SR_NLP_SOLVED && status_of(c, i) != SR_NLP_INTERRUPTED;
  if (is_lost && !c->is_followed[STARTS - 1]) follow(c, STARTS - 1);
}

// The best of the cold starts, on the coarse mesh; one that was interrupted, if any was. Nothing of the others stays.
static sr_ocp_result best_cold_start(search *s, const sr_movement *p, const sr_gait *gait, sr_traj *t)
{
  static const double walkers[STARTS] = {0.5, 0.1}, runners[STARTS] = {1.0, 0.7};  // calves too weak cannot run
  cold_starts c = {.p = p, .gait = gait, .share = gait->is_run ? runners : walkers};
  start_all(s, &c);
  int best = 0;
  for (int i = 1; i < STARTS && c.result[best].nlp.status != SR_NLP_INTERRUPTED; i++) {
    const sr_nlp_result *x = &c.result[i].nlp, *y = &c.result[best].nlp;
    const bool is_better = x->status == SR_NLP_SOLVED && (y->status != SR_NLP_SOLVED || x->objective < y->objective);
    if (is_better || x->status == SR_NLP_INTERRUPTED) best = i;
  }
  *t = sr_traj_copy(&c.found[best], p->layout.nx, p->layout.nu, s->keep);
  for (int i = 0; i < STARTS; i++) {
    s->iterations += c.way[i].iterations;
    sr_arena_free(c.way[i].keep);
  }
  return c.result[best];
}

// From nothing, half a cycle on the fine mesh. A coarse mesh smooths the landings, whose ripples are what most local
// minima differ in.
static sr_ocp_result solve_cold(search *s, const sr_movement *p, const sr_gait *gait, sr_mesh mesh, sr_traj *t)
{
  sr_traj found;
  const sr_ocp_result best = best_cold_start(s, p, gait, &found);
  *t = found;
  if (best.nlp.status == SR_NLP_INTERRUPTED) return best;
  // a mesh much finer than usual is reached by way of the usual one
  const sr_walk_weights *w = &s->run->weights->walk;
  const sr_mesh usual = {w->intervals, w->degree};
  if (mesh.nint * mesh.degree > 2 * usual.nint * usual.degree) {
    const sr_traj coarse = found;
    const sr_ocp_result r = sr_movement_solve_from(p, s->run, &coarse, usual, true, &s->iterations, &found, s->keep);
    if (r.nlp.status == SR_NLP_INTERRUPTED) return r;
    if (r.nlp.status != SR_NLP_SOLVED) found = coarse;
  }
  return sr_movement_solve_from(p, s->run, &found, mesh, false, &s->iterations, t, s->keep);
}

// The start of a whole cycle: half of one of a body whose legs are equal, from a cold start, and its mirror image. Of
// the way there nothing else is kept.
static sr_ocp_result solve_half(search *s, const sr_movement *p, const sr_gait *gait, sr_traj *start)
{
  search way = *s;
  way.keep = sr_arena_new();
  sr_gait half = *gait;
  half.is_full_cycle = false;
  half.demand = SR_GAIT_AT_SPEED;
  half.speed = s->gait.demand == SR_GAIT_FASTEST ? s->cold_speed : half.speed;
  const sr_movement *equal = problem_of(&way, &half, sr_cycle_equal_legs(s->run->model, way.keep));
  const sr_mesh mesh = {s->mesh.nint / 2, s->mesh.degree};
  sr_solution found = {0};
  const sr_ocp_result r = solve_cold(&way, equal, &half, mesh, &found.traj);
  s->iterations = way.iterations;
  *start = sr_cycle_start(&found, s->run->model, &p->layout, true, s->keep);
  sr_arena_free(way.keep);
  return r;
}

// From the given solution; or cold. A whole cycle begins from half of one of a body whose legs are equal.
static sr_ocp_result solve_gait(search *s, const sr_movement *p, const sr_gait *gait, const sr_solution *start,
                                sr_traj *t)
{
  const bool is_given = start != NULL && start->traj.npoint > 0;
  if (is_given && start->is_full_cycle == gait->is_full_cycle)
    return sr_movement_solve_from(p, s->run, &start->traj, s->mesh, false, &s->iterations, t, s->keep);
  if (!is_given && !gait->is_full_cycle) return solve_cold(s, p, gait, s->mesh, t);
  if (is_given) {
    *t = sr_cycle_start(start, s->run->model, &p->layout, gait->is_full_cycle, s->keep);
  } else {
    const sr_ocp_result r = solve_half(s, p, gait, t);
    if (r.nlp.status == SR_NLP_INTERRUPTED) return r;
  }
  *t = sr_traj_resample(t, s->mesh, p->layout.nx, p->layout.nu, p->ocp.np, s->keep);
  return sr_movement_solve(p, s->run, SR_START_OTHER_HALF, false, &s->iterations, t, s->keep);
}

// A healthy walk near the speed at which the weights were chosen is what they were chosen for; all else is predicted.
static const char *grade_of(const sr_gait_cycle *c, const search *s)
{
  const double chosen = s->run->weights->walk.chosen_speed;
  const bool is_near = fabs(c->distance / c->rec.duration - chosen) < 0.05 * chosen;
  return !s->gait.is_run && sr_gait_slope(s->run->model) == 0.0 && is_near && sr_model_is_healthy(s->run->model)
             ? "calibrated"
             : "predicted";
}

static void fill_result(const search *s, const sr_movement *p, const sr_traj *t, double error, sr_task_result *r)
{
  // numbers are those of the sides as solved, so that they have the same bits in the mirror; curves begin at the
  // contact of the person's own right foot
  const bool is_full = s->gait.is_full_cycle;
  const sr_gait_cycle c = sr_gait_cycle_of(p, t, is_full, SR_LEG_RIGHT, CYCLE_ROWS, s->keep);
  const sr_gait_cycle drawn =
      s->run->is_mirrored ? sr_gait_cycle_of(p, t, is_full, SR_LEG_LEFT, CYCLE_ROWS, s->keep) : c;
  sr_task_metric(r, s->keep, "mesh_error_1", error, "predicted");
  sr_gait_metrics(&c, s->run->model, s->gait.is_run, grade_of(&c, s), r, s->keep);
  sr_recording_save(&drawn.rec, SAVED_STEP, &r->curves, s->keep);
  sr_movement_limits(p, t, "cycle", r, s->keep);
  if (s->run->is_verified) sr_movement_drift(p, t, r, s->keep);
}

// The proof of `impossible`: with the speed free up to the one asked for, the greatest speed that is possible.
static bool prove_impossible(search *s, const sr_solution *start, sr_task_result *r, sr_solution *found)
{
  sr_gait fastest = s->gait;
  fastest.demand = SR_GAIT_FASTEST;
  const sr_movement *p = problem_of(s, &fastest, s->run->model);
  sr_traj t;
  const sr_ocp_result o = solve_gait(s, p, &fastest, start, &t);
  if (o.nlp.status != SR_NLP_SOLVED || t.p[1] > 0.99 * s->gait.speed) return false;
  *r = (sr_task_result){.task = r->task, .why = ""};
  sr_movement_judge(p, &o, &t, s->iterations, 0.0, 0.0, r, s->keep);
  r->status = SR_TASK_IMPOSSIBLE;
  r->why =
      sr_arena_printf(s->keep, "with the speed free the greatest that is possible is %.2f m/s (asked for: %.2f m/s)",
                      t.p[1], s->gait.speed);
  sr_task_metric(r, s->keep, "greatest_speed_m_s", t.p[1], "predicted");
  fill_result(s, p, &t, sr_movement_mesh_error(p, &t, s->keep), r);
  *found = (sr_solution){.is_full_cycle = s->gait.is_full_cycle, .traj = t};
  return true;
}

// The search of a task.
static search search_of(const sr_task *task, const sr_task_run *run, sr_arena *keep)
{
  const sr_walk_weights *w = &run->weights->walk;
  const bool has_habit = run->habit != NULL && run->habit->traj.npoint > 0;
  search s = {.run = run, .mesh = run->mesh.nint > 0 ? run->mesh : (sr_mesh){w->intervals, w->degree}, .keep = keep};
  const bool is_run = task->family == SR_TASK_RUN, is_fastest = task->speed == SR_SPEED_FASTEST;
  const double beyond = is_run ? 12.0 : 4.0;  // [m/s] nobody is as fast
  s.gait = (sr_gait){.is_run = is_run,
                     .demand = is_fastest ? SR_GAIT_FASTEST : SR_GAIT_AT_SPEED,
                     .speed = is_fastest ? beyond : task->speed_m_s,
                     .habit = has_habit ? run->habit_weight : 0.0,
                     .is_full_cycle = run->needs_full_cycle || !sr_model_is_symmetric(run->model)};
  s.cold_speed = is_run                          ? fmin(s.gait.speed, run->weights->run.easy_speed)
                 : task->speed == SR_SPEED_GIVEN ? s.gait.speed
                                                 : w->chosen_speed;
  s.mesh.nint *= s.gait.is_full_cycle ? 2 : 1;
  return s;
}

// The gait of a search at its speed: from the given solution, cold where that leads nowhere, on finer meshes where the
// mesh is too coarse. *start: what it began from in the end.
static sr_ocp_result solve_refined(search *s, const sr_movement *p, const sr_solution **start, sr_traj *t,
                                   double *error)
{
  sr_ocp_result o = solve_gait(s, p, &s->gait, *start, t);
  if (*start != NULL && o.nlp.status != SR_NLP_SOLVED && o.nlp.status != SR_NLP_INTERRUPTED) {
    *start = NULL;  // a failed start is not yet a failed task: once more, cold
    o = solve_gait(s, p, &s->gait, NULL, t);
  }
  *error = sr_movement_refine(p, s->run, s->run->weights->walk.mesh_error, &s->iterations, &o, t, s->keep);
  return o;
}

// Solves a search for a speed that is given or the greatest.
static void solve_search(search *s, sr_task_result *r, sr_solution *found)
{
  const sr_movement *p = problem_of(s, &s->gait, s->run->model);
  const sr_solution *start = s->run->start;
  double error;
  sr_traj t = {0};
  const sr_ocp_result o = solve_refined(s, p, &start, &t, &error);
  sr_movement_judge(p, &o, &t, s->iterations, error, s->run->weights->walk.mesh_error, r, s->keep);
  if (r->status == SR_TASK_SOLVED) {
    fill_result(s, p, &t, error, r);
    *found = (sr_solution){.is_full_cycle = s->gait.is_full_cycle, .traj = t};
  } else if (s->gait.demand == SR_GAIT_AT_SPEED && o.nlp.status != SR_NLP_SOLVED && r->status != SR_TASK_INTERRUPTED &&
             !s->run->without_proof) {
    prove_impossible(s, start, r, found);
    r->iterations = s->iterations;
  }
}

// Walks of one body at several speeds, in the order in which they were solved.
enum { SPEEDS = 7, TERMS = 3 };
typedef struct walks {
  int n;
  double speed[SPEEDS + 1], cost[SPEEDS + 1];  // [m/s], metabolic energy per mass and metre [J/kg/m]
  sr_solution found[SPEEDS + 1];
} walks;

// A walk at a speed, from a start (NULL: cold). Multipliers are left behind: those of another speed cost three times
// the iterations. Of what it takes nothing stays but the answer.
static void walk_at(search *s, double speed, const sr_solution *start, sr_task_result *r, sr_solution *found)
{
  sr_arena *work = sr_arena_new();
  sr_solution from = {0}, walk = {0};
  sr_task_run run = *s->run;
  if (start != NULL) from = sr_solution_copy(start, run.model, work);
  run.start = start != NULL ? &from : NULL;
  search at = *s;
  at.run = &run;
  at.gait.speed = at.cold_speed = speed;
  at.keep = work;
  sr_task_result result = {.task = r->task, .why = ""};
  solve_search(&at, &result, &walk);
  s->iterations = result.iterations = at.iterations;
  *r = sr_task_result_copy(&result, s->keep);
  *found = sr_solution_copy(&walk, run.model, s->keep);
  sr_arena_free(work);
}

// One more walk, the cheaper of that of its neighbour and a cold one: a neighbour's way of walking may be dearer by a
// tenth at the next speed, and a cold one lands in another minimum. False where there is none.
static bool add_walk(search *s, walks *w, double speed, const sr_solution *neighbour, sr_task_result *r)
{
  sr_solution *found = &w->found[w->n], cold = {0};
  walk_at(s, speed, neighbour, r, found);
  if (neighbour != NULL && r->status != SR_TASK_INTERRUPTED) {
    sr_task_result again = {.task = r->task};
    walk_at(s, speed, NULL, &again, &cold);
    const bool is_solved = again.status == SR_TASK_SOLVED;
    if (again.status == SR_TASK_INTERRUPTED ||
        (is_solved && (r->status != SR_TASK_SOLVED || again.objective < r->objective))) {
      *r = again;
      *found = cold;
    }
    r->iterations = s->iterations;
  }
  if (r->status != SR_TASK_SOLVED) return false;
  w->speed[w->n] = speed;
  sr_result_metric(r, "cost_of_transport_J_kg_m", &w->cost[w->n]);
  w->n++;
  return true;
}

// Walks from the middle of the range to its ends, each from its neighbour; false if one was interrupted or there is
// none at all. Ends that are not solved are left out.
static bool explore(search *s, walks *w, const sr_solution *start, sr_task_result *r)
{
  const double middle = 1.3, step = 0.2;  // [m/s] 0.7 to 1.9, around what people choose
  if (!add_walk(s, w, middle, start, r)) return false;
  for (int by = 1; by >= -1; by -= 2)
    for (int i = 1, last = 0; i <= SPEEDS / 2; i++, last = w->n - 1)
      if (!add_walk(s, w, middle + by * i * step, &w->found[last], r)) {
        if (r->status == SR_TASK_INTERRUPTED) return false;
        break;
      }
  return true;
}

// Least squares of C(v) = a / v + b + c v: what a second costs even at rest, and what speed adds (Ralston 1958, from
// memory, without b). Local minima are a noise of 2% on a curve that is flat; a fit over the whole range evens it out,
// the lowest of the points does not.
static void fit(const walks *w, double out[TERMS])
{
  double a[TERMS][TERMS + 1] = {{0.0}};
  for (int k = 0; k < w->n; k++) {
    const double term[TERMS] = {1.0 / w->speed[k], 1.0, w->speed[k]};
    for (int i = 0; i < TERMS; i++) {
      for (int j = 0; j < TERMS; j++) a[i][j] += term[i] * term[j];
      a[i][TERMS] += term[i] * w->cost[k];
    }
  }
  for (int i = 0; i < TERMS; i++)
    for (int row = 0; row < TERMS; row++) {
      const double factor = row == i ? 0.0 : a[row][i] / a[i][i];
      for (int j = i; j <= TERMS; j++) a[row][j] -= factor * a[i][j];
    }
  for (int i = 0; i < TERMS; i++) out[i] = a[i][TERMS] / a[i][i];
}

// The speed at which a metre costs least metabolic energy, each walk being the task's own optimum at its speed: that of
// the fitted curve, sqrt(a / c), within the speeds that were solved. from, to: where the curve is 1% above its least,
//   c v^2 + (b - 1.01 C) v + a = 0.
static void solve_preferred(search *s, sr_task_result *r, sr_solution *found)
{
  walks *w = sr_alloc(s->keep, walks, 1);
  const sr_solution *start = s->run->start;
  if (!explore(s, w, start != NULL && start->traj.npoint > 0 ? start : NULL, r)) return;
  double curve[TERMS] = {0.0}, lo = w->speed[0], hi = lo;
  for (int k = 0; k < w->n; k++) lo = fmin(lo, w->speed[k]), hi = fmax(hi, w->speed[k]);
  if (w->n > TERMS) fit(w, curve);
  const double a = curve[0], b = curve[1], c = curve[2];
  if (!(a > 0.0 && c > 0.0)) {
    r->status = SR_TASK_NOT_CONVERGED;
    r->why = sr_arena_printf(s->keep, "the cost of a metre has no least from %.1f to %.1f m/s", lo, hi);
    return;
  }
  const double speed = fmin(hi, fmax(lo, sqrt(a / c)));
  int near = 0;
  for (int k = 1; k < w->n; k++)
    if (fabs(w->speed[k] - speed) < fabs(w->speed[near] - speed)) near = k;
  if (!add_walk(s, w, speed, &w->found[near], r)) return;
  *found = w->found[w->n - 1];
  const double middle = (1.01 * (2.0 * sqrt(a * c) + b) - b) / (2.0 * c),
               half = sqrt(fmax(0.0, middle * middle - a / c));
  sr_task_metric(r, s->keep, "preferred_speed_from_m_s", middle - half, "predicted");
  sr_task_metric(r, s->keep, "preferred_speed_to_m_s", middle + half, "predicted");
}

void sr_gait_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *found)
{
  *found = (sr_solution){0};
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = ""};
  sr_task_run on = *run;
  if (task->slope_percent != 0.0) on.model = sr_gait_on_slope(run->model, atan(0.01 * task->slope_percent), keep);
  search s = search_of(task, &on, keep);
  if (task->speed == SR_SPEED_PREFERRED)
    solve_preferred(&s, r, found);
  else
    solve_search(&s, r, found);
}
