#include "task/solve.h"

#include <string.h>

sr_nlp_options sr_task_nlp_options(const sr_task_run *run)
{
  sr_nlp_options o = sr_nlp_options_default();
  if (run->tol > 0.0) o.tol = run->tol;
  o.stop = run->stop;
  o.progress = run->progress;
  o.who = run->who;
  o.reporter = run->reporter;
  return o;
}

sr_task_status sr_task_status_of(sr_nlp_status s)
{
  if (s == SR_NLP_SOLVED) return SR_TASK_SOLVED;
  return s == SR_NLP_INTERRUPTED ? SR_TASK_INTERRUPTED : SR_TASK_NOT_CONVERGED;
}

sr_solution sr_solution_copy(const sr_solution *from, const sr_model *m, sr_arena *keep)
{
  if (from->traj.npoint == 0) return (sr_solution){0};
  const sr_layout l = sr_layout_of(m);
  const sr_traj *a = &from->traj;
  sr_solution to = {.is_full_cycle = from->is_full_cycle, .traj = sr_traj_new(a->mesh, l.nx, l.nu, a->np, keep)};
  memcpy(to.traj.x, a->x, (size_t)(a->npoint * l.nx) * sizeof(double));
  memcpy(to.traj.u, a->u, (size_t)(a->npoint * l.nu) * sizeof(double));
  memcpy(to.traj.p, a->p, (size_t)a->np * sizeof(double));
  return to;
}

void sr_task_solve(const sr_task *t, const sr_task_run *run, sr_arena *keep, sr_task_result *result,
                   sr_solution *solution)
{
  static void (*const solve[])(const sr_task *, const sr_task_run *, sr_arena *, sr_task_result *, sr_solution *) = {
      [SR_TASK_STAND] = sr_stand_solve, [SR_TASK_HEEL_RAISE] = sr_heel_raise_solve,
      [SR_TASK_WALK] = sr_gait_solve,   [SR_TASK_RUN] = sr_gait_solve,
      [SR_TASK_HOP] = sr_hop_solve,     [SR_TASK_JUMP] = sr_jump_solve,
      [SR_TASK_KICK] = sr_kick_solve};
  // no other task can be written
  SR_ASSERT((size_t)t->family < sizeof solve / sizeof *solve && solve[t->family] != NULL);
  solve[t->family](t, run, keep, result, solution);
}
