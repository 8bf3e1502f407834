#include "task/cycle.h"

#include <string.h>

// Index in u of the same control of the other leg.
static int mirror_control(const sr_layout *l, const sr_model *m, int i)
{
  if (i < l->act_rate) return m->coord[i].mirror;
  if (i < l->force_rate) return l->act_rate + m->mirror_muscle[i - l->act_rate];
  if (i < l->drive) return l->force_rate + m->mirror_muscle[i - l->force_rate];
  return i;
}

sr_traj sr_cycle_start(const sr_solution *from, const sr_model *m, const sr_layout *l, bool is_full_cycle,
                       sr_arena *keep)
{
  if (from->is_full_cycle == is_full_cycle) return from->traj;
  const sr_traj *a = &from->traj;
  if (from->is_full_cycle) {
    sr_traj half = sr_traj_new((sr_mesh){a->mesh.nint / 2, a->mesh.degree}, l->nx, l->nu, a->np, keep);
    memcpy(half.x, a->x, (size_t)(half.npoint * l->nx) * sizeof(double));
    memcpy(half.u, a->u, (size_t)(half.npoint * l->nu) * sizeof(double));
    memcpy(half.p, a->p, (size_t)a->np * sizeof(double));
    half.p[0] *= 0.5;
    return half;
  }
  const sr_mesh mesh = {2 * a->mesh.nint, a->mesh.degree};
  sr_traj t = sr_traj_new(mesh, l->nx, l->nu, a->np, keep);
  const int tx = l->q + sr_coord_find(&m->skeleton, "pelvis_tx"), n = a->npoint - 1;
  memcpy(t.p, a->p, (size_t)a->np * sizeof(double));
  t.p[0] *= 2.0;
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

sr_model *sr_cycle_equal_legs(const sr_model *m, sr_arena *keep)
{
  sr_model *equal = sr_alloc(keep, sr_model, 1);
  *equal = sr_model_mirrored(m);
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].leg == SR_LEG_RIGHT) equal->muscle[k] = m->muscle[k];
  return equal;
}
