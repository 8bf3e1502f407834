#include "task/solve.h"

#include <string.h>

sr_nlp_options sr_task_nlp_options(const sr_task_run *run, bool is_warm)
{
  sr_nlp_options o = sr_nlp_options_default();
  o.is_warm = is_warm;
  o.mu_start = is_warm ? 1e-2 : 0.1;  // a warm start is near its solution already
  o.stop = run->stop;
  o.progress = run->progress;
  o.who = run->who;
  return o;
}

sr_task_status sr_task_status_of(sr_nlp_status s)
{
  if (s == SR_NLP_SOLVED) return SR_TASK_SOLVED;
  return s == SR_NLP_INTERRUPTED ? SR_TASK_INTERRUPTED : SR_TASK_NOT_CONVERGED;
}

// Index in u of the same control of the other leg.
static int mirror_control(const sr_layout *l, const sr_model *m, int i)
{
  if (i < l->act_rate) return m->coord[i].mirror;
  if (i < l->force_rate) return l->act_rate + m->mirror_muscle[i - l->act_rate];
  if (i < l->drive) return l->force_rate + m->mirror_muscle[i - l->force_rate];
  return i;
}

sr_traj sr_walk_start(const sr_solution *from, const sr_model *m, const sr_layout *l, bool is_full_cycle,
                      sr_arena *keep)
{
  if (from->is_full_cycle == is_full_cycle) return from->traj;
  const sr_traj *a = &from->traj;
  if (from->is_full_cycle) {
    sr_traj half = sr_traj_new((sr_mesh){a->mesh.nint / 2, a->mesh.degree}, l->nx, l->nu, 2, keep);
    memcpy(half.x, a->x, (size_t)(half.npoint * l->nx) * sizeof(double));
    memcpy(half.u, a->u, (size_t)(half.npoint * l->nu) * sizeof(double));
    half.p[0] = 0.5 * a->p[0];
    half.p[1] = a->p[1];
    return half;
  }
  const sr_mesh mesh = {2 * a->mesh.nint, a->mesh.degree};
  sr_traj t = sr_traj_new(mesh, l->nx, l->nu, 2, keep);
  const int tx = l->q + sr_coord_find(&m->skeleton, "pelvis_tx"), n = a->npoint - 1;
  memcpy(t.p, a->p, 2 * sizeof(double));
  t.p[0] = 2.0 * a->p[0];
  for (int i = 0; i < t.npoint; i++) {
    const bool is_second = i > n;
    const int row = is_second ? i - n : i;
    for (int k = 0; k < l->nx; k++)
      t.x[i * l->nx + k] = a->x[row * l->nx + (is_second ? sr_layout_mirror(l, m, k) : k)];
    for (int k = 0; k < l->nu; k++) t.u[i * l->nu + k] = a->u[row * l->nu + (is_second ? mirror_control(l, m, k) : k)];
    if (is_second) t.x[i * l->nx + tx] += a->p[0] * a->p[1];
  }
  return t;
}

sr_solution sr_solution_copy(const sr_solution *from, const sr_model *m, sr_arena *keep)
{
  if (from->traj.npoint == 0) return (sr_solution){0};
  const sr_layout l = sr_layout_of(m);
  const sr_traj *a = &from->traj;
  sr_solution to = {.is_full_cycle = from->is_full_cycle, .traj = sr_traj_new(a->mesh, l.nx, l.nu, 2, keep)};
  memcpy(to.traj.x, a->x, (size_t)(a->npoint * l.nx) * sizeof(double));
  memcpy(to.traj.u, a->u, (size_t)(a->npoint * l.nu) * sizeof(double));
  memcpy(to.traj.p, a->p, 2 * sizeof(double));
  return to;
}

void sr_task_solve(const sr_task *t, const sr_task_run *run, sr_arena *keep, sr_task_result *result,
                   sr_solution *solution)
{
  switch (t->family) {
    case SR_TASK_STAND:
      sr_stand_solve(t, run, keep, result, solution);
      break;
    case SR_TASK_HEEL_RAISE:
      sr_heel_raise_solve(t, run, keep, result, solution);
      break;
    case SR_TASK_WALK:
      sr_walk_solve(t, run, keep, result, solution);
      break;
  }
}
