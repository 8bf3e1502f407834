#include "ocp/blocks.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"

// Below so many operations (instructions times points) threads cost more than they bring.
static const double least_shared = 1e7;

static const sr_tape *tape_or_none(const sr_graph *g, const sr_ex *out, int n, sr_arena *keep)
{
  return n > 0 ? sr_tape_new(g, out, n, keep) : NULL;
}

// The entries with row < nrow and col < ncol of a sparse matrix: their places, and a tape of their values.
static const sr_tape *keep_entries(const sr_graph *g, const sr_sparse *m, int nrow, int ncol, int *n, int **row,
                                   int **col, sr_arena *keep, sr_arena *temporary)
{
  sr_ex *value = sr_alloc(temporary, sr_ex, m->nnz);
  *row = sr_alloc(keep, int, m->nnz);
  *col = sr_alloc(keep, int, m->nnz);
  *n = 0;
  for (int e = 0; e < m->nnz; e++) {
    if (m->at[e].row >= nrow || m->at[e].col >= ncol) continue;
    (*row)[*n] = m->at[e].row;
    (*col)[*n] = m->at[e].col;
    value[(*n)++] = m->at[e].value;
  }
  return tape_or_none(g, value, *n, keep);
}

// Lagrangian of the point, weight L + sum_i mult_i c_i, with its multipliers as new inputs of the graph.
static sr_ex lagrangian(sr_ex cost, const sr_ex *con, int ncon, sr_arena *temporary)
{
  sr_ex *term = sr_alloc(temporary, sr_ex, ncon + 1);
  for (int i = 0; i < ncon; i++) term[i] = sr_mul(sr_input(cost.g), con[i]);
  term[ncon] = sr_mul(sr_input(cost.g), cost);
  return sr_sum(term, ncon + 1);
}

const sr_piece *sr_piece_new(sr_ex cost, int nz, const sr_ex *con, int ncon, sr_arena *keep)
{
  sr_graph *g = cost.g;
  sr_arena *temporary = sr_arena_new();
  sr_piece *p = sr_alloc(keep, sr_piece, 1);
  *p = (sr_piece){.nz = nz, .ncon = ncon, .first = sr_graph_inputs(g)};
  SR_ASSERT(p->first >= nz);

  const sr_sparse grad = sr_jacobian(g, &cost, 1, temporary), jac = sr_jacobian(g, con, ncon, temporary);
  const sr_sparse hes = sr_hessian(lagrangian(cost, con, ncon, temporary), temporary);
  int *unused;
  p->ninput = sr_graph_inputs(g);
  p->cost = sr_tape_new(g, &cost, 1, keep);
  p->con = tape_or_none(g, con, ncon, keep);
  p->grad = keep_entries(g, &grad, 1, nz, &p->ngrad, &unused, &p->grad_col, keep, temporary);
  p->jac = keep_entries(g, &jac, ncon, nz, &p->njac, &p->jac_row, &p->jac_col, keep, temporary);
  p->hes = keep_entries(g, &hes, nz, nz, &p->nhes, &p->hes_row, &p->hes_col, keep, temporary);
  sr_arena_free(temporary);
  return p;
}

sr_block sr_block_new(const sr_piece *piece, int npoint, sr_arena *keep)
{
  sr_block b = {.piece = piece,
                .npoint = npoint,
                .var = sr_alloc(keep, int, npoint * piece->nz),
                .row = sr_alloc(keep, int, npoint * piece->ncon),
                .weight = sr_alloc(keep, double, npoint),
                .factor = sr_alloc(keep, double, piece->ncon),
                .jac_at = sr_alloc(keep, int, npoint * piece->njac),
                .hes_at = sr_alloc(keep, int, npoint * piece->nhes)};
  for (int c = 0; c < npoint; c++) b.weight[c] = 1.0;
  for (int i = 0; i < piece->ncon; i++) b.factor[i] = 1.0;
  return b;
}

// A place of a sparse matrix that wants to know its number in the merged structure.
typedef struct place {
  int row, col;
  int *at;
} place;

static int by_row_and_column(const void *a, const void *b)
{
  const place *p = a, *q = b;
  if (p->row != q->row) return p->row < q->row ? -1 : 1;
  return (p->col > q->col) - (p->col < q->col);
}

// Sorts the places, numbers the different ones, and gives the merged structure: row, col (number of different places).
static int merge(place *at, int n, int **row, int **col, sr_arena *keep)
{
  if (n > 0) qsort(at, (size_t)n, sizeof *at, by_row_and_column);
  int count = 0;
  for (int e = 0; e < n; e++) {
    const bool is_new = e == 0 || by_row_and_column(&at[e], &at[e - 1]) != 0;
    count += is_new;
    *at[e].at = count - 1;
  }
  *row = sr_alloc(keep, int, count);
  *col = sr_alloc(keep, int, count);
  for (int e = 0; e < n; e++) (*row)[*at[e].at] = at[e].row, (*col)[*at[e].at] = at[e].col;
  return count;
}

static void link_jacobian(sr_blocks *b, sr_arena *keep, sr_arena *temporary)
{
  int n = b->nlinear;
  for (int k = 0; k < b->nblock; k++) n += b->block[k].npoint * b->block[k].piece->njac;
  place *at = sr_alloc(temporary, place, n);
  int *linear_at = sr_alloc(temporary, int, b->nlinear);
  n = 0;
  for (int e = 0; e < b->nlinear; e++)
    at[n++] = (place){.row = b->linear[e].row, .col = b->linear[e].col, .at = &linear_at[e]};
  for (int k = 0; k < b->nblock; k++) {
    const sr_block *q = &b->block[k];
    const sr_piece *p = q->piece;
    for (int c = 0; c < q->npoint; c++)
      for (int e = 0; e < p->njac; e++)
        at[n++] = (place){.row = q->row[c * p->ncon + p->jac_row[e]],
                          .col = q->var[c * p->nz + p->jac_col[e]],
                          .at = &q->jac_at[c * p->njac + e]};
  }
  b->njac = merge(at, n, &b->jac_row, &b->jac_col, keep);
  b->jac_linear = sr_alloc(keep, double, b->njac);
  for (int e = 0; e < b->nlinear; e++) b->jac_linear[linear_at[e]] += b->linear[e].value;
}

static void link_hessian(sr_blocks *b, sr_arena *keep, sr_arena *temporary)
{
  int n = 0;
  for (int k = 0; k < b->nblock; k++) n += b->block[k].npoint * b->block[k].piece->nhes;
  place *at = sr_alloc(temporary, place, n);
  n = 0;
  for (int k = 0; k < b->nblock; k++) {
    const sr_block *q = &b->block[k];
    const sr_piece *p = q->piece;
    for (int c = 0; c < q->npoint; c++)
      for (int e = 0; e < p->nhes; e++) {
        const int v = q->var[c * p->nz + p->hes_row[e]], w = q->var[c * p->nz + p->hes_col[e]];
        at[n++] = (place){.row = v > w ? v : w, .col = v > w ? w : v, .at = &q->hes_at[c * p->nhes + e]};
      }
  }
  b->nhes = merge(at, n, &b->hes_row, &b->hes_col, keep);
}

void sr_blocks_link(sr_blocks *b, sr_arena *keep)
{
  sr_arena *temporary = sr_arena_new();
  link_jacobian(b, keep, temporary);
  link_hessian(b, keep, temporary);
  sr_arena_free(temporary);
}

enum { LINE = 8 };  // doubles in a line of the cache: lanes share none

static size_t larger(size_t a, size_t b)
{
  return a > b ? a : b;
}

static int batches_of(const sr_block *q)
{
  return (q->npoint + SR_BATCH - 1) / SR_BATCH;
}

static bool is_shared(const sr_block *q, const sr_tape *t)
{
  return t != NULL && (double)sr_tape_length(t) * q->npoint >= least_shared;
}

sr_blocks_eval sr_blocks_eval_new(const sr_blocks *b, sr_arena *work)
{
  size_t in = 1, out = 1, scratch = 1;
  int nlane = 1;
  for (int k = 0; k < b->nblock; k++) {
    const sr_block *q = &b->block[k];
    const sr_piece *p = q->piece;
    const sr_tape *tape[] = {p->cost, p->con, p->grad, p->jac, p->hes};
    const int count[] = {p->ncon, p->ngrad, p->njac, p->nhes};
    in = larger(in, (size_t)p->ninput);
    for (int i = 0; i < 4; i++) out = larger(out, (size_t)count[i]);
    for (int i = 0; i < 5; i++) {
      scratch = larger(scratch, tape[i] ? sr_tape_work(tape[i]) : 0);
      if (is_shared(q, tape[i]) && sr_parallel_allowed() > 1 && batches_of(q) > nlane) nlane = batches_of(q);
    }
  }
  sr_blocks_eval e = {.b = b, .nlane = nlane, .nin = in * SR_BATCH, .nout = out * SR_BATCH};
  e.nscratch = (scratch + LINE - 1) / LINE * LINE;
  e.in = sr_alloc(work, double, (size_t)nlane *e.nin);
  e.out = sr_alloc(work, double, (size_t)nlane *e.nout);
  e.scratch = sr_alloc(work, double, (size_t)nlane *e.nscratch);
  return e;
}

// Some points of a block, at most one batch in each lane, and what is computed of them.
typedef struct wave {
  sr_blocks_eval *e;
  const sr_block *q;
  const sr_tape *tape;
  int from, npoint;
  const double *z;
  double sigma;
  const double *lambda;  // NULL: the tape knows no multipliers
} wave;

// Gathers the unknowns and known data of a batch of points (structure of arrays: row i holds unknown i of every point).
static void gather(const wave *w, int from, int n, double *in)
{
  const sr_block *q = w->q;
  const int nz = q->piece->nz;
  for (int i = 0; i < nz; i++)
    for (int s = 0; s < n; s++) in[i * SR_BATCH + s] = w->z[q->var[(from + s) * nz + i]];
  for (int i = 0; i < q->nd; i++)
    for (int s = 0; s < n; s++) in[(nz + i) * SR_BATCH + s] = w->e->data[(from + s) * q->nd + i];
}

// Multipliers and weight for the Hessian: the multiplier of factor c(z) is lambda, that of c is factor lambda.
static void gather_multipliers(const wave *w, int from, int n, double *in)
{
  const sr_block *q = w->q;
  const sr_piece *p = q->piece;
  double *mult = in + p->first * SR_BATCH, *weight = mult + p->ncon * SR_BATCH;
  for (int i = 0; i < p->ncon; i++)
    for (int s = 0; s < n; s++) mult[i * SR_BATCH + s] = q->factor[i] * w->lambda[q->row[(from + s) * p->ncon + i]];
  for (int s = 0; s < n; s++) weight[s] = w->sigma * q->weight[from + s];
}

static void evaluate_lane(void *who, int lane)
{
  const wave *w = who;
  sr_blocks_eval *e = w->e;
  const int from = w->from + lane * SR_BATCH, left = w->from + w->npoint - from;
  const int n = left < SR_BATCH ? left : SR_BATCH;
  double *in = e->in + (size_t)lane * e->nin;
  gather(w, from, n, in);
  if (w->lambda != NULL) gather_multipliers(w, from, n, in);
  if (w->tape != NULL)
    sr_tape_eval(w->tape, n, SR_BATCH, in, e->out + (size_t)lane * e->nout, e->scratch + (size_t)lane * e->nscratch);
}

// Evaluates the points from `from` on, as many as there are lanes for; gives their number. What they add to shared
// places is added by the caller, in the order of the points.
static int evaluate(wave w, int from)
{
  const int room = w.e->nlane * SR_BATCH, left = w.q->npoint - from;
  w.from = from;
  w.npoint = left < room ? left : room;
  const int n = (w.npoint + SR_BATCH - 1) / SR_BATCH;
  if (is_shared(w.q, w.tape))
    sr_parallel_spare(n, evaluate_lane, &w);
  else
    for (int lane = 0; lane < n; lane++) evaluate_lane(&w, lane);
  return w.npoint;
}

// Output i of the s-th point of the last wave stands at [i * SR_BATCH] behind this.
static const double *output(const sr_blocks_eval *e, int s)
{
  return e->out + (size_t)(s / SR_BATCH) * e->nout + s % SR_BATCH;
}

double sr_block_cost(sr_blocks_eval *e, const sr_block *q, const double *z)
{
  double f = 0.0;
  for (int from = 0, n; from < q->npoint; from += n) {
    n = evaluate((wave){.e = e, .q = q, .tape = q->piece->cost, .z = z}, from);
    for (int s = 0; s < n; s++) f += q->weight[from + s] * *output(e, s);
  }
  return f;
}

static double objective(void *self, const double *z)
{
  sr_blocks_eval *e = self;
  double f = 0.0;
  for (int k = 0; k < e->b->nblock; k++) f += sr_block_cost(e, &e->b->block[k], z);
  return f;
}

static void gradient(void *self, const double *z, double *grad)
{
  sr_blocks_eval *e = self;
  memset(grad, 0, (size_t)e->b->nvar * sizeof *grad);
  for (int k = 0; k < e->b->nblock; k++) {
    const sr_block *q = &e->b->block[k];
    const sr_piece *p = q->piece;
    for (int from = 0, n; from < q->npoint; from += n) {
      n = evaluate((wave){.e = e, .q = q, .tape = p->grad, .z = z}, from);
      for (int s = 0; s < n; s++)
        for (int i = 0; i < p->ngrad; i++)
          grad[q->var[(from + s) * p->nz + p->grad_col[i]]] += q->weight[from + s] * output(e, s)[i * SR_BATCH];
    }
  }
}

void sr_blocks_constraints(sr_blocks_eval *e, const double *z, double *g)
{
  const sr_blocks *b = e->b;
  memset(g, 0, (size_t)b->ncon * sizeof *g);
  for (int i = 0; i < b->nlinear; i++) g[b->linear[i].row] += b->linear[i].value * z[b->linear[i].col];
  for (int k = 0; k < b->nblock; k++) {
    const sr_block *q = &b->block[k];
    const sr_piece *p = q->piece;
    for (int from = 0, n; from < q->npoint; from += n) {
      n = evaluate((wave){.e = e, .q = q, .tape = p->con, .z = z}, from);
      for (int s = 0; s < n; s++)
        for (int i = 0; i < p->ncon; i++)
          g[q->row[(from + s) * p->ncon + i]] += q->factor[i] * output(e, s)[i * SR_BATCH];
    }
  }
}

static void constraints(void *self, const double *z, double *g)
{
  sr_blocks_constraints(self, z, g);
}

static void jacobian(void *self, const double *z, double *value)
{
  sr_blocks_eval *e = self;
  memcpy(value, e->b->jac_linear, (size_t)e->b->njac * sizeof *value);
  for (int k = 0; k < e->b->nblock; k++) {
    const sr_block *q = &e->b->block[k];
    const sr_piece *p = q->piece;
    for (int from = 0, n; from < q->npoint; from += n) {
      n = evaluate((wave){.e = e, .q = q, .tape = p->jac, .z = z}, from);
      for (int s = 0; s < n; s++)
        for (int i = 0; i < p->njac; i++)
          value[q->jac_at[(from + s) * p->njac + i]] += q->factor[p->jac_row[i]] * output(e, s)[i * SR_BATCH];
    }
  }
}

static void hessian(void *self, const double *z, double sigma, const double *lambda, double *value)
{
  sr_blocks_eval *e = self;
  memset(value, 0, (size_t)e->b->nhes * sizeof *value);
  for (int k = 0; k < e->b->nblock; k++) {
    const sr_block *q = &e->b->block[k];
    const sr_piece *p = q->piece;
    for (int from = 0, n; from < q->npoint; from += n) {
      n = evaluate((wave){.e = e, .q = q, .tape = p->hes, .z = z, .sigma = sigma, .lambda = lambda}, from);
      for (int s = 0; s < n; s++)
        for (int i = 0; i < p->nhes; i++) value[q->hes_at[(from + s) * p->nhes + i]] += output(e, s)[i * SR_BATCH];
    }
  }
}

sr_nlp sr_blocks_nlp(sr_blocks_eval *e)
{
  const sr_blocks *b = e->b;
  return (sr_nlp){.nvar = b->nvar,
                  .ncon = b->ncon,
                  .njac = b->njac,
                  .nhes = b->nhes,
                  .jac_row = b->jac_row,
                  .jac_col = b->jac_col,
                  .hes_row = b->hes_row,
                  .hes_col = b->hes_col,
                  .self = e,
                  .objective = objective,
                  .gradient = gradient,
                  .constraints = constraints,
                  .jacobian = jacobian,
                  .hessian = hessian};
}
