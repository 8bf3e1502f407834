// Radau IIA collocation of an optimal control problem: which unknowns and rows each point touches. The equations
// stand in docs/theory/ocp.md.
#include <string.h>

#include "base/error.h"
#include "ocp/transcription.h"

int sr_var_x(const sr_transcription *t, int i)
{
  return i == 0 ? 0 : t->o.nx + (i - 1) * (t->o.nx + t->o.nu);
}

int sr_var_u(const sr_transcription *t, int i)
{
  return sr_var_x(t, i) + t->o.nx;
}

int sr_var_p(const sr_transcription *t)
{
  return sr_var_x(t, t->ncol + 1);
}

int sr_row_point(const sr_transcription *t, int i)
{
  return (i - 1) * (t->o.nx + t->o.npath);
}

int sr_row_end(const sr_transcription *t)
{
  return sr_row_point(t, t->ncol + 1);
}

const double *sr_data_of(const sr_transcription *t, const sr_traj *traj)
{
  if (t->o.nd == 0) return NULL;
  SR_ASSERT(traj->d != NULL);
  return traj->d + t->o.nd;
}

void sr_ocp_size(const sr_transcription *t, int *nvar, int *ncon, int *njac, int *nhes)
{
  *nvar = t->blocks.nvar;
  *ncon = t->blocks.ncon;
  *njac = t->blocks.njac;
  *nhes = t->blocks.nhes;
}

// Linear part of the defects: row (k, i, state) holds sum_j diff[i][j] x_kj.
static void link_differences(sr_transcription *t, sr_arena *keep)
{
  const int d = t->mesh.degree, nx = t->o.nx;
  sr_blocks *b = &t->blocks;
  b->linear = sr_alloc(keep, sr_linear, t->ncol * nx * (d + 1));
  for (int c = 1; c <= t->ncol; c++) {
    const int start = (c - 1) / d * d, i = c - start;
    for (int s = 0; s < nx; s++)
      for (int j = 0; j <= d; j++)
        b->linear[b->nlinear++] =
            (sr_linear){.row = sr_row_point(t, c) + s, .col = sr_var_x(t, start + j) + s, .value = t->radau.diff[i][j]};
  }
}

static const sr_piece *point_piece(const sr_ocp *o, sr_arena *keep)
{
  const int ncon = o->nx + o->npath;
  sr_ex *con = sr_alloc(keep, sr_ex, ncon);
  for (int i = 0; i < o->nx; i++) con[i] = sr_mul(o->duration, o->xdot[i]);
  for (int i = 0; i < o->npath; i++) con[o->nx + i] = o->path[i];
  return sr_piece_new(o->running, o->nx + o->nu + o->np, con, ncon, keep);
}

static const sr_piece *ends_piece(const sr_ocp *o, sr_arena *keep)
{
  return sr_piece_new(o->final, 2 * o->nx + o->np, o->end, o->nend, keep);
}

// Cost L and constraints (T f, path) at every collocation point: the defect holds -h T f, the integral h w_i L.
static sr_block point_block(const sr_transcription *t, const sr_piece *piece, sr_arena *keep)
{
  const sr_ocp *o = &t->o;
  const int nz = o->nx + o->nu + o->np, ncon = o->nx + o->npath;
  const double h = 1.0 / t->mesh.nint;
  sr_block b = sr_block_new(piece, t->ncol, keep);
  b.nd = o->nd;
  for (int i = 0; i < o->nx; i++) b.factor[i] = -h;
  double *weight = sr_alloc(keep, double, t->ncol + 1);
  sr_mesh_weights(t->mesh, weight);
  memcpy(b.weight, weight + 1, (size_t)t->ncol * sizeof *weight);
  for (int c = 0; c < t->ncol; c++) {
    for (int i = 0; i < nz; i++)
      b.var[c * nz + i] = i < o->nx + o->nu ? sr_var_x(t, c + 1) + i : sr_var_p(t) + i - o->nx - o->nu;
    for (int i = 0; i < ncon; i++) b.row[c * ncon + i] = sr_row_point(t, c + 1) + i;
  }
  return b;
}

// Cost M and constraints e at the two ends.
static sr_block ends_block(const sr_transcription *t, const sr_piece *piece, sr_arena *keep)
{
  const sr_ocp *o = &t->o;
  const int nx = o->nx;
  sr_block b = sr_block_new(piece, 1, keep);
  for (int i = 0; i < nx; i++) {
    b.var[i] = sr_var_x(t, 0) + i;
    b.var[nx + i] = sr_var_x(t, t->ncol) + i;
  }
  for (int i = 0; i < o->np; i++) b.var[2 * nx + i] = sr_var_p(t) + i;
  for (int i = 0; i < o->nend; i++) b.row[i] = sr_row_end(t) + i;
  return b;
}

// A control that enters the rate of one state only is given by the defect of that state; each defect gives one.
static void find_given(sr_transcription *t, sr_arena *keep)
{
  enum { NO_STATE = -1, SEVERAL = -2 };
  const sr_ocp *o = &t->o;
  const sr_piece *p = t->blocks.block[SR_BLOCK_POINT].piece;
  sr_arena *work = sr_arena_new();
  int *state = sr_alloc(work, int, o->nu);
  bool *is_taken = sr_alloc(work, bool, o->nx);
  for (int k = 0; k < o->nu; k++) state[k] = NO_STATE;
  for (int e = 0; e < p->njac; e++) {
    const int i = p->jac_row[e], k = p->jac_col[e] - o->nx;
    if (i < o->nx && k >= 0 && k < o->nu) state[k] = state[k] == NO_STATE ? i : SEVERAL;
  }
  t->given_by = sr_alloc(keep, int, t->blocks.nvar);
  for (int i = 0; i < t->blocks.nvar; i++) t->given_by[i] = -1;
  for (int k = 0; k < o->nu; k++) {
    if (state[k] < 0 || is_taken[state[k]]) continue;
    is_taken[state[k]] = true;
    for (int c = 1; c <= t->ncol; c++) t->given_by[sr_var_u(t, c) + k] = sr_row_point(t, c) + state[k];
  }
  sr_arena_free(work);
}

static bool is_same(sr_ex a, sr_ex b)
{
  return a.g == b.g && a.id == b.id;
}

// The arrays of expressions are the same and, by the promise of ocp.h, as they were.
static bool has_same_functions(const sr_ocp *a, const sr_ocp *b)
{
  return a->nx == b->nx && a->nu == b->nu && a->np == b->np && a->point == b->point && a->ends == b->ends &&
         a->npath == b->npath && a->nend == b->nend && a->nd == b->nd && a->xdot == b->xdot && a->path == b->path &&
         a->end == b->end && is_same(a->running, b->running) && is_same(a->final, b->final) &&
         is_same(a->duration, b->duration);
}

static bool has_same_bounds(const sr_ocp *a, const sr_ocp *b)
{
  return a->x == b->x && a->u == b->u && a->p == b->p && a->dynamics == b->dynamics && a->path_bound == b->path_bound &&
         a->end_bound == b->end_bound;
}

const sr_transcription *sr_ocp_transcribe_again(const sr_ocp *o, const sr_transcription *before, sr_mesh mesh,
                                                sr_arena *keep)
{
  SR_ASSERT(mesh.nint >= 1 && mesh.degree >= 1 && mesh.degree <= 4);
  const bool is_known = before != NULL && has_same_functions(o, &before->o);
  const bool is_mesh = is_known && before->mesh.nint == mesh.nint && before->mesh.degree == mesh.degree;
  if (is_mesh && has_same_bounds(o, &before->o)) return before;
  const sr_block *known = is_known ? before->blocks.block : NULL;
  sr_transcription *t = sr_alloc(keep, sr_transcription, 1);
  *t = (sr_transcription){.o = *o, .mesh = mesh, .radau = sr_radau_make(mesh.degree), .ncol = mesh.nint * mesh.degree};
  t->blocks.nvar = sr_var_p(t) + o->np;
  t->blocks.ncon = sr_row_end(t) + o->nend;
  t->blocks.nblock = SR_BLOCKS;
  t->blocks.block = sr_alloc(keep, sr_block, SR_BLOCKS);
  t->blocks.block[SR_BLOCK_POINT] = point_block(t, known ? known[SR_BLOCK_POINT].piece : point_piece(o, keep), keep);
  t->blocks.block[SR_BLOCK_ENDS] = ends_block(t, known ? known[SR_BLOCK_ENDS].piece : ends_piece(o, keep), keep);
  find_given(t, keep);
  link_differences(t, keep);
  sr_blocks_link(&t->blocks, keep);
  return t;
}

const sr_transcription *sr_ocp_transcribe(const sr_ocp *o, sr_mesh mesh, sr_arena *keep)
{
  return sr_ocp_transcribe_again(o, NULL, mesh, keep);
}
