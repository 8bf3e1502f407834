// Jacobian and Hessian: what the elimination leaves between the vertices that are kept.
#include <stdlib.h>

#include "base/error.h"
#include "expr/eliminate.h"

static int by_row_and_column(const void *x, const void *y)
{
  const sr_entry *a = x, *b = y;
  return a->row != b->row ? (a->row > b->row) - (a->row < b->row) : (a->col > b->col) - (a->col < b->col);
}

static void add_entry(sr_sparse *s, int row, int col, sr_ex value)
{
  if (!sr_is_zero(value)) s->at[s->nnz++] = (sr_entry){row, col, value};
}

sr_sparse sr_jacobian(sr_graph *g, const sr_ex *out, int nout, sr_arena *keep)
{
  sr_arena *work = sr_arena_new();
  const sr_live live = sr_live_find(g, out, nout, work);
  const bool *is_active = sr_live_active(g, &live, g->ninput, work);
  sr_linear l = sr_linear_new(g, &live, is_active, nout, work);
  for (int i = 0; i < nout; i++) sr_linear_edge(&l, live.at[out[i].id] - 1, live.n + i, sr_const(g, 1.0));
  sr_linear_eliminate(&l);

  int room = 0;
  for (int i = 0; i < nout; i++) room += l.vertex[live.n + i].nin;
  sr_sparse j = {.nrow = nout, .ncol = g->ninput, .at = sr_alloc(keep, sr_entry, room + 1)};
  for (int e = 0; e < l.nlink; e++) {
    const int input = l.link[e].value < 0 ? -1 : l.vertex[l.link[e].u].input;
    if (input >= 0) add_entry(&j, l.link[e].v - live.n, input, (sr_ex){g, l.link[e].value});
  }
  qsort(j.at, (size_t)j.nnz, sizeof *j.at, by_row_and_column);
  sr_arena_free(work);
  return j;
}

// The links of the second-order problem: W = bar_v d2v at the operands of every node v.
static void add_curvatures(sr_linear *l, const sr_live *live, const bool *is_active, const sr_ex *bar)
{
  for (int v = 0; v < live->n; v++) {
    const sr_node n = l->g->node[live->id[v]];
    if (n.op == SR_OP_INPUT || !is_active[v] || sr_is_zero(bar[v])) continue;
    const int a = live->at[n.a] - 1, b = n.b < 0 ? a : live->at[n.b] - 1;
    if (!is_active[a] || !is_active[b]) continue;
    const sr_ex curvature = sr_node_curvature((sr_ex){l->g, live->id[v]});
    if (!sr_is_zero(curvature)) sr_linear_pair(l, a, b, sr_mul(bar[v], curvature));
  }
}

sr_sparse sr_hessian_first(sr_ex f, int ninput, sr_arena *keep)
{
  sr_graph *g = f.g;
  SR_ASSERT(ninput <= g->ninput);
  sr_arena *work = sr_arena_new();
  const sr_live live = sr_live_find(g, &f, 1, work);
  const bool *is_active = sr_live_active(g, &live, ninput, work);
  const sr_ex *bar = sr_live_adjoints(g, &live, is_active, work);
  sr_linear l = sr_linear_new(g, &live, is_active, 0, work);
  add_curvatures(&l, &live, is_active, bar);
  sr_linear_eliminate(&l);

  int room = 0;
  for (int v = 0; v < l.nvertex; v++) room += l.vertex[v].npair + 1;
  sr_sparse h = {.nrow = ninput, .ncol = ninput, .at = sr_alloc(keep, sr_entry, room)};
  for (int v = 0; v < l.nvertex; v++)
    if (l.vertex[v].input >= 0 && l.vertex[v].self >= 0)
      add_entry(&h, l.vertex[v].input, l.vertex[v].input, (sr_ex){g, l.vertex[v].self});
  for (int e = 0; e < l.nlink; e++) {
    if (l.link[e].value < 0) continue;
    const int i = l.vertex[l.link[e].u].input, j = l.vertex[l.link[e].v].input;
    add_entry(&h, i > j ? i : j, i > j ? j : i, (sr_ex){g, l.link[e].value});
  }
  qsort(h.at, (size_t)h.nnz, sizeof *h.at, by_row_and_column);
  sr_arena_free(work);
  return h;
}

sr_sparse sr_hessian(sr_ex f, sr_arena *keep)
{
  return sr_hessian_first(f, f.g->ninput, keep);
}
