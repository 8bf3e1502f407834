#include <string.h>

#include "base/error.h"
#include "ocp/transcription.h"

void sr_mesh_times(sr_mesh mesh, double *tau)
{
  const sr_radau r = sr_radau_make(mesh.degree);
  tau[0] = 0.0;
  for (int k = 0; k < mesh.nint; k++)
    for (int i = 1; i <= r.s; i++) tau[k * r.s + i] = (k + r.node[i]) / mesh.nint;
}

sr_traj sr_traj_new(sr_mesh mesh, int nx, int nu, int np, sr_arena *keep)
{
  const int npoint = mesh.nint * mesh.degree + 1;
  sr_traj t = {.mesh = mesh,
               .npoint = npoint,
               .tau = sr_alloc(keep, double, npoint),
               .x = sr_alloc(keep, double, npoint *nx),
               .u = sr_alloc(keep, double, npoint *nu),
               .p = sr_alloc(keep, double, np),
               .keep = keep};
  sr_mesh_times(mesh, t.tau);
  return t;
}

// y (n) = sum_j l_j row_j, with the rows of one interval lying one after the other
static void combine(int nnode, const double *l, const double *row, int n, double *y)
{
  for (int i = 0; i < n; i++) {
    y[i] = 0.0;
    for (int j = 0; j < nnode; j++) y[i] += l[j] * row[j * n + i];
  }
}

// The interval that a time belongs to, ]start, end], and the place in it, 0..1. A time within rounding of an end
// counts as that end.
static int locate(sr_mesh mesh, double tau, double *place)
{
  const double s = tau * mesh.nint, rounding = 1e-12 * mesh.nint;
  int k = (int)s;
  if (k > 0 && s - k <= rounding) k--;
  if (k > mesh.nint - 1) k = mesh.nint - 1;
  *place = s - k;
  return k;
}

// States by the polynomial through the start and the collocation points of the old interval, controls by the one
// through the collocation points alone.
sr_traj sr_traj_resample(const sr_traj *from, sr_mesh mesh, int nx, int nu, int np, sr_arena *keep)
{
  const sr_radau r = sr_radau_make(from->mesh.degree);
  sr_traj t = sr_traj_new(mesh, nx, nu, np, keep);
  for (int i = 0; i < t.npoint; i++) {
    double place, l[SR_RADAU_MAX + 1];
    const int k = locate(from->mesh, t.tau[i], &place);
    sr_lagrange(r.s + 1, r.node, place, l);
    combine(r.s + 1, l, from->x + k * r.s * nx, nx, t.x + i * nx);
    sr_lagrange(r.s, r.node + 1, place, l);
    combine(r.s, l, from->u + (k * r.s + 1) * nu, nu, t.u + i * nu);
  }
  if (nu) memcpy(t.u, t.u + nu, (size_t)nu * sizeof *t.u);
  if (np) memcpy(t.p, from->p, (size_t)np * sizeof *t.p);
  return t;
}
