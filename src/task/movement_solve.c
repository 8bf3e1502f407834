#include "task/movement_solve.h"

#include <string.h>

// The known data: the activations one is used to, at the points of a mesh.
static const double *habit_on(const sr_movement *p, sr_mesh mesh, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  if (p->ocp.nd == 0) return NULL;
  const sr_traj t = sr_traj_resample(p->habit, mesh, l->nx, l->nu, p->ocp.np, keep);
  double *d = sr_alloc(keep, double, t.npoint * l->nm);
  for (int i = 0; i < t.npoint; i++) memcpy(d + i * l->nm, t.x + i * l->nx + l->act, (size_t)l->nm * sizeof *d);
  return d;
}

static const sr_transcription *transcription_of(const sr_movement *p, sr_mesh mesh, sr_arena *keep)
{
  const sr_transcription *t = sr_ocp_transcribe_again(&p->ocp, *p->transcribed, mesh, keep);
  if (t != *p->transcribed) *p->transcribed = t;  // solves side by side only read it
  return t;
}

void sr_movement_transcribe(const sr_movement *p, sr_mesh mesh, sr_arena *keep)
{
  transcription_of(p, mesh, keep);
}

sr_ocp_result sr_movement_solve(const sr_movement *p, const sr_task_run *run, sr_start start, bool leads_on,
                                int *iterations, sr_traj *t, sr_arena *keep)
{
  // The barrier parameter that a start is begun with, 0: by how well it fulfils its rows. Measured on walks: a mesh
  // moves a movement little, whatever the rows say; from weaker calves 0.1 leads some astray. A half with its mirror
  // image fulfils nearly all rows and is far from the best cycle of unlike legs: by the rows it began with 1e-3
  // (28 starts: 2663 iterations from 0.1, 2777 by the rows, 3951 from 1e-3).
  static const double mu[] = {[SR_START_GUESS] = 0.1,       [SR_START_STANDING] = 0.1,   [SR_START_WEAKER] = 1e-2,
                              [SR_START_OTHER_MESH] = 1e-3, [SR_START_OTHER_HALF] = 0.1, [SR_START_NEAR] = 0.0};
  const sr_transcription *tr = transcription_of(p, t->mesh, keep);
  sr_nlp_options o = sr_task_nlp_options(run);
  o.is_warm = start > SR_START_STANDING;
  // with the curvature of rows that are violated by up to 30 a kick is lost, and jumps and hops take half as long again
  if (start == SR_START_STANDING) o.straight = 3.0;
  o.mu_start = mu[start];
  o.max_iterations = 600;  // a movement that is found takes 20 (warm) to 150; what runs longer is lost
  if (leads_on) {          // the barrier parameter ends where the next solve begins
    o.tol = o.is_warm ? 1e-2 : 0.1;
    o.constraint_tol = 1e-3;
  }
  t->d = habit_on(p, t->mesh, keep);
  const sr_ocp_result r = sr_ocp_solve(tr, &o, t, keep);
  *iterations += r.nlp.iterations;
  return r;
}

sr_ocp_result sr_movement_solve_from(const sr_movement *p, const sr_task_run *run, const sr_traj *from, sr_mesh mesh,
                                     bool leads_on, int *iterations, sr_traj *t, sr_arena *keep)
{
  const bool is_other_mesh = from->mesh.nint != mesh.nint || from->mesh.degree != mesh.degree;
  *t = sr_traj_resample(from, mesh, p->layout.nx, p->layout.nu, p->ocp.np, keep);
  return sr_movement_solve(p, run, is_other_mesh ? SR_START_OTHER_MESH : SR_START_NEAR, leads_on, iterations, t, keep);
}

double sr_movement_mesh_error(const sr_movement *p, const sr_traj *t, sr_arena *keep)
{
  return sr_ocp_mesh_error(transcription_of(p, t->mesh, keep), t, keep);
}

double sr_movement_refine(const sr_movement *p, const sr_task_run *run, double allowed, int *iterations,
                          sr_ocp_result *o, sr_traj *t, sr_arena *keep)
{
  enum { ROUNDS = 2 };
  double error = 0.0;
  for (int round = 0; o->nlp.status == SR_NLP_SOLVED; round++) {
    error = sr_movement_mesh_error(p, t, keep);
    if (error <= allowed || round == ROUNDS) break;
    const sr_traj coarse = *t;
    const sr_ocp_result before = *o;
    const sr_mesh finer = {t->mesh.nint + t->mesh.nint / 2, t->mesh.degree};
    *o = sr_movement_solve_from(p, run, &coarse, finer, false, iterations, t, keep);
    if (o->nlp.status != SR_NLP_SOLVED && o->nlp.status != SR_NLP_INTERRUPTED) {  // once more, from further inside
      *t = sr_traj_resample(&coarse, finer, p->layout.nx, p->layout.nu, p->ocp.np, keep);
      *o = sr_movement_solve(p, run, SR_START_WEAKER, false, iterations, t, keep);
    }
    if (o->nlp.status == SR_NLP_SOLVED || o->nlp.status == SR_NLP_INTERRUPTED) continue;
    *o = before;  // what the coarser mesh leaves undone is the answer then
    *t = coarse;
    break;
  }
  return error;
}

void sr_movement_limits(const sr_movement *p, const sr_traj *t, const char *span, sr_task_result *r, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  for (int i = 0; i < l->nx; i++) {
    const sr_bound *b = &p->ocp.x[i];
    const bool is_activation = i >= l->act && i < l->force;
    if (i >= l->qd && !is_activation) continue;
    if (b->lo == b->hi || (is_activation && p->model->muscle[i - l->act].par.capacity <= 0.0)) continue;
    int at_top = 0, at_bottom = 0;
    for (int k = 1; k < t->npoint; k++) {
      const double x = t->x[k * l->nx + i], near = 0.005 * (b->hi - b->lo);
      at_top += x > b->hi - near;
      at_bottom += x < b->lo + near && !is_activation;
    }
    const int n = t->npoint - 1;
    if (at_top > 0)
      sr_task_limit(r, keep, "%s at its upper bound for %.0f%% of the %s", b->name, 100.0 * at_top / n, span);
    if (at_bottom > 0)
      sr_task_limit(r, keep, "%s at its lower bound for %.0f%% of the %s", b->name, 100.0 * at_bottom / n, span);
  }
}

// What to try where a solve ended so.
static const char *advice(sr_nlp_status s)
{
  if (s == SR_NLP_INFEASIBLE)
    return "try: ask for less (a lower speed, rate or height): no movement near this one does what is asked";
  if (s == SR_NLP_ITERATIONS || s == SR_NLP_TIME)
    return "try: ask for a little less first, or the same of a stronger body: the search was still on its way";
  return "try: a slightly different speed, rate or week: the numbers became too ill to go on";
}

void sr_movement_judge(const sr_movement *p, const sr_ocp_result *o, const sr_traj *t, int iterations, double error,
                       double allowed, sr_task_result *r, sr_arena *keep)
{
  r->status = sr_task_status_of(o->nlp.status);
  r->iterations = iterations;
  r->objective = o->nlp.objective;
  r->mesh_intervals = t->mesh.nint;
  r->mesh_degree = t->mesh.degree;
  if (r->status == SR_TASK_NOT_CONVERGED) {
    r->why = sr_arena_printf(keep, "%s; largest violated: %s", sr_nlp_status_text(o->nlp.status),
                             o->worst[0] != '\0' ? o->worst : "none");
    sr_task_limit(r, keep, "%s", advice(o->nlp.status));
    sr_movement_limits(p, t, "attempt", r, keep);
  } else if (r->status == SR_TASK_INTERRUPTED) {
    r->why = sr_nlp_status_text(o->nlp.status);
  } else if (error > allowed) {
    r->status = SR_TASK_NOT_CONVERGED;
    r->why = sr_arena_printf(keep, "a mesh of %d intervals leaves an error of %.2g in the movement (allowed: %.2g)",
                             t->mesh.nint, error, allowed);
  }
}
