#include <math.h>
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

void sr_mesh_weights(sr_mesh mesh, double *weight)
{
  const sr_radau r = sr_radau_make(mesh.degree);
  weight[0] = 0.0;
  for (int i = 0; i < mesh.nint * r.s; i++) weight[i + 1] = 1.0 / mesh.nint * r.weight[i % r.s + 1];
}

sr_traj sr_traj_new(sr_mesh mesh, int nx, int nu, int np, sr_arena *keep)
{
  const int npoint = mesh.nint * mesh.degree + 1;
  sr_traj t = {.mesh = mesh,
               .npoint = npoint,
               .np = np,
               .tau = sr_alloc(keep, double, npoint),
               .x = sr_alloc(keep, double, npoint *nx),
               .u = sr_alloc(keep, double, npoint *nu),
               .p = sr_alloc(keep, double, np),
               .keep = keep};
  sr_mesh_times(mesh, t.tau);
  return t;
}

static double *copy_of(const double *from, int n, sr_arena *keep)
{
  double *to = sr_alloc(keep, double, n);
  if (n > 0) memcpy(to, from, (size_t)n * sizeof *to);
  return to;
}

sr_traj sr_traj_copy(const sr_traj *from, int nx, int nu, sr_arena *keep)
{
  sr_traj t = *from;
  t.keep = keep;
  t.tau = copy_of(from->tau, t.npoint, keep);
  t.x = copy_of(from->x, t.npoint * nx, keep);
  t.u = copy_of(from->u, t.npoint * nu, keep);
  t.p = copy_of(from->p, t.np, keep);
  t.d = NULL;
  if (from->lambda == NULL) return t;
  t.lambda = copy_of(from->lambda, t.ncon, keep);
  t.zl = copy_of(from->zl, t.nvar, keep);
  t.zu = copy_of(from->zu, t.nvar, keep);
  return t;
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

// Value at tau of n rows that stand at the collocation times of a trajectory, by straight lines between them.
static void sample(const sr_traj *from, double tau, const double *row, int stride, int n, const double *weight,
                   double *out)
{
  const int d = from->mesh.degree;
  int hi = 1;
  while (hi < from->npoint - 1 && from->tau[hi] < tau) hi++;
  const int lo = hi > 1 ? hi - 1 : hi;
  const double span = from->tau[hi] - from->tau[lo],
               share = span > 0.0 ? fmin(fmax((tau - from->tau[lo]) / span, 0.0), 1.0) : 0.0;
  for (int i = 0; i < n; i++) {
    const double a = row[(size_t)(lo - 1) * (size_t)stride + (size_t)i] / weight[(lo - 1) % d + 1];
    const double b = row[(size_t)(hi - 1) * (size_t)stride + (size_t)i] / weight[(hi - 1) % d + 1];
    out[i] = a + share * (b - a);
  }
}

// Multipliers are densities times the weight of their point: that of a defect w_i lambda(t), of a path constraint or
// bound h w_i nu(t).
static void resample_multipliers(const sr_traj *from, sr_traj *t, int nx, int nu, int np)
{
  if (!from->lambda) return;
  const sr_radau a = sr_radau_make(from->mesh.degree), b = sr_radau_make(t->mesh.degree);
  const int ncol = t->npoint - 1, old = from->npoint - 1, nrow_all = from->ncon, nz = nx + nu;
  // rows per point: what is left of the constraints after the ends is not known here; it is stored with the solve
  const int nrow = from->nrow;
  if (nrow == 0) return;
  const int nend = nrow_all - old * nrow;
  t->nvar = nx + ncol * nz + np;
  t->ncon = ncol * nrow + nend;
  t->nrow = nrow;
  t->lambda = sr_alloc(t->keep, double, t->ncon);
  t->zl = sr_alloc(t->keep, double, t->nvar);
  t->zu = sr_alloc(t->keep, double, t->nvar);
  const double h = (double)from->mesh.nint / t->mesh.nint;
  for (int c = 0; c < ncol; c++) {
    double *y = t->lambda + c * nrow;
    const double w = b.weight[c % b.s + 1];
    sample(from, t->tau[c + 1], from->lambda, nrow, nrow, a.weight, y);
    for (int i = 0; i < nrow; i++) y[i] *= i < nx ? w : h * w;
    double *bound[2] = {t->zl, t->zu}, *given[2] = {from->zl, from->zu};
    for (int k = 0; k < 2; k++) {
      double *z = bound[k] + nx + c * nz;
      sample(from, t->tau[c + 1], given[k] + nx, nz, nz, a.weight, z);
      for (int i = 0; i < nz; i++) z[i] *= h * w;
    }
  }
  memcpy(t->lambda + ncol * nrow, from->lambda + old * nrow, (size_t)nend * sizeof(double));
  memcpy(t->zl, from->zl, (size_t)nx * sizeof(double));
  memcpy(t->zu, from->zu, (size_t)nx * sizeof(double));
  memcpy(t->zl + nx + ncol * nz, from->zl + nx + old * nz, (size_t)np * sizeof(double));
  memcpy(t->zu + nx + ncol * nz, from->zu + nx + old * nz, (size_t)np * sizeof(double));
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
    sr_combine(r.s + 1, l, from->x + k * r.s * nx, nx, t.x + i * nx);
    sr_lagrange(r.s, r.node + 1, place, l);
    sr_combine(r.s, l, from->u + (k * r.s + 1) * nu, nu, t.u + i * nu);
  }
  if (nu) memcpy(t.u, t.u + nu, (size_t)nu * sizeof *t.u);
  resample_multipliers(from, &t, nx, nu, np);
  if (np) memcpy(t.p, from->p, (size_t)np * sizeof *t.p);
  return t;
}
