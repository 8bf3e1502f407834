// Sparse matrices of derivatives.
#include "expr/node.h"

sr_sparse sr_jacobian(sr_graph *g, const sr_ex *out, int nout, sr_arena *keep)
{
  const int n = g->ninput;
  sr_sparse j = {.nrow = nout, .ncol = n};
  sr_arena *work = sr_arena_new();
  sr_ex *x = sr_alloc(work, sr_ex, n + 1), *row = sr_alloc(work, sr_ex, n + 1);
  sr_entry *at = sr_alloc(work, sr_entry, (size_t)nout * (size_t)n + 1);
  for (int i = 0; i < n; i++) x[i] = (sr_ex){g, g->input[i]};
  for (int i = 0; i < nout; i++) {
    sr_gradient(out[i], x, n, row);
    for (int c = 0; c < n; c++)
      if (!sr_is_zero(row[c])) at[j.nnz++] = (sr_entry){i, c, row[c]};
  }
  j.at = sr_alloc(keep, sr_entry, j.nnz + 1);
  for (int i = 0; i < j.nnz; i++) j.at[i] = at[i];
  sr_arena_free(work);
  return j;
}

sr_sparse sr_hessian(sr_ex f, sr_arena *keep)
{
  sr_graph *g = f.g;
  const int n = g->ninput;
  sr_arena *work = sr_arena_new();
  sr_ex *x = sr_alloc(work, sr_ex, n + 1), *grad = sr_alloc(work, sr_ex, n + 1);
  for (int i = 0; i < n; i++) x[i] = (sr_ex){g, g->input[i]};
  sr_gradient(f, x, n, grad);
  const sr_sparse full = sr_jacobian(g, grad, n, work);
  sr_sparse h = {.nrow = n, .ncol = n, .at = sr_alloc(keep, sr_entry, full.nnz + 1)};
  for (int i = 0; i < full.nnz; i++)
    if (full.at[i].row >= full.at[i].col) h.at[h.nnz++] = full.at[i];
  sr_arena_free(work);
  return h;
}
