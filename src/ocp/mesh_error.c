// What a mesh leaves undone: each interval is integrated again from its start with the found controls, on a finer
// Radau IIA scheme, and compared with the found states.
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "math/dense.h"
#include "ocp/transcription.h"

// One interval on the finer scheme. Unknowns: the states y (s * nx) of its s points.
typedef struct interval {
  const sr_transcription *t;
  sr_radau fine;
  double length;        // h = 1 / nint
  const double *start;  // states at its start                     (nx)
  int nin;              // inputs of a point: x, u, p, d
  double *z;            // all of them, of every point              (s * nin)
  double *y, *step;     // states, Newton residual and step        (s * nx)
  double *matrix;       // Newton matrix, row by row               (s nx * s nx)
  int *swap;            // its pivots                              (s nx)
  double *in, *out, *scratch;
} interval;

// Evaluates a tape of the point at every point of the interval (at most SR_RADAU_MAX).
static void evaluate(interval *v, const sr_tape *tape)
{
  const int nx = v->t->o.nx, s = v->fine.s;
  for (int i = 0; i < v->nin; i++)
    for (int k = 0; k < s; k++) v->in[i * SR_BATCH + k] = i < nx ? v->y[k * nx + i] : v->z[k * v->nin + i];
  sr_tape_eval(tape, s, SR_BATCH, v->in, v->out, v->scratch);
}

// step = -(D y - h T f(y)), the negative residual of the collocation equations.
static void residual(interval *v, const sr_piece *piece)
{
  const int nx = v->t->o.nx, s = v->fine.s;
  evaluate(v, piece->con);
  for (int k = 0; k < s; k++)
    for (int i = 0; i < nx; i++) {
      double r = v->fine.diff[k + 1][0] * v->start[i] - v->length * v->out[i * SR_BATCH + k];
      for (int j = 0; j < s; j++) r += v->fine.diff[k + 1][j + 1] * v->y[j * nx + i];
      v->step[k * nx + i] = -r;
    }
}

// matrix = D (x) 1 - h T df/dx
static void newton_matrix(interval *v, const sr_piece *piece)
{
  const int nx = v->t->o.nx, s = v->fine.s, n = s * nx;
  memset(v->matrix, 0, (size_t)n * (size_t)n * sizeof *v->matrix);
  for (int k = 0; k < s; k++)
    for (int j = 0; j < s; j++)
      for (int i = 0; i < nx; i++) v->matrix[(k * nx + i) * n + j * nx + i] = v->fine.diff[k + 1][j + 1];
  if (!piece->jac) return;
  evaluate(v, piece->jac);
  for (int e = 0; e < piece->njac; e++)
    if (piece->jac_row[e] < nx && piece->jac_col[e] < nx)
      for (int k = 0; k < s; k++)
        v->matrix[(k * nx + piece->jac_row[e]) * n + k * nx + piece->jac_col[e]] -=
            v->length * v->out[e * SR_BATCH + k];
}

// Newton's method from the found states; converged when a step is below rounding of the largest state.
static bool integrate(interval *v, const sr_piece *piece)
{
  const int n = v->fine.s * v->t->o.nx;
  for (int it = 0; it < 25; it++) {
    residual(v, piece);
    newton_matrix(v, piece);
    if (!sr_dense_factor(n, v->matrix, v->swap)) return false;
    sr_dense_solve(n, v->matrix, v->swap, v->step);
    double step = 0.0, size = 1.0;
    for (int i = 0; i < n; i++) {
      v->y[i] += v->step[i];
      step = fmax(step, fabs(v->step[i]));
      size = fmax(size, fabs(v->y[i]));
    }
    if (step <= 1e-11 * size) return true;
  }
  return false;
}

// Puts the found solution of interval k on the points of the finer scheme: y, and u, p and d inside z.
static void load_interval(interval *v, const sr_traj *traj, int k)
{
  const sr_ocp *o = &v->t->o;
  const sr_radau *coarse = &v->t->radau;
  const double *x = traj->x + k * coarse->s * o->nx, *u = traj->u + (k * coarse->s + 1) * o->nu;
  const double *d = sr_data_of(v->t, traj);
  v->start = x;
  for (int q = 0; q < v->fine.s; q++) {
    double l[SR_RADAU_MAX + 1];
    double *z = v->z + q * v->nin + o->nx;
    sr_lagrange(coarse->s + 1, coarse->node, v->fine.node[q + 1], l);
    sr_combine(coarse->s + 1, l, x, o->nx, v->y + q * o->nx);
    sr_lagrange(coarse->s, coarse->node + 1, v->fine.node[q + 1], l);
    sr_combine(coarse->s, l, u, o->nu, z);
    for (int i = 0; i < o->np; i++) z[o->nu + i] = traj->p[i];
    if (d != NULL) sr_combine(coarse->s, l, d + k * coarse->s * o->nd, o->nd, z + o->nu + o->np);
  }
}

// max over states and points of |y - polynomial of the found states| / scale
static double interval_error(interval *v, const sr_traj *traj, int k, double *found)
{
  const sr_ocp *o = &v->t->o;
  const int n = v->fine.s * o->nx;
  load_interval(v, traj, k);
  memcpy(found, v->y, (size_t)n * sizeof *found);
  if (!integrate(v, v->t->blocks.block[SR_BLOCK_POINT].piece)) return HUGE_VAL;
  double error = 0.0;
  for (int i = 0; i < n; i++) error = fmax(error, fabs(v->y[i] - found[i]) / o->x[i % o->nx].scale);
  return error;
}

double sr_ocp_mesh_error(const sr_transcription *t, const sr_traj *traj, sr_arena *work)
{
  SR_ASSERT(traj->mesh.nint == t->mesh.nint && traj->mesh.degree == t->mesh.degree);
  const sr_mark top = sr_arena_mark(work);
  const sr_ocp *o = &t->o;
  const int s = t->mesh.degree + 2, n = s * o->nx, nin = o->nx + o->nu + o->np + o->nd;
  const sr_blocks_eval e = sr_blocks_eval_new(&t->blocks, work);
  interval v = {.t = t,
                .fine = sr_radau_make(s),
                .length = 1.0 / t->mesh.nint,
                .nin = nin,
                .z = sr_alloc(work, double, s *nin),
                .y = sr_alloc(work, double, n),
                .step = sr_alloc(work, double, n),
                .matrix = sr_alloc(work, double, (size_t)n *(size_t)n),
                .swap = sr_alloc(work, int, n),
                .in = e.in,
                .out = e.out,
                .scratch = e.scratch};
  double *found = sr_alloc(work, double, n), error = 0.0;
  for (int k = 0; k < t->mesh.nint; k++) error = fmax(error, interval_error(&v, traj, k, found));
  sr_arena_release(work, top);
  return error;
}
