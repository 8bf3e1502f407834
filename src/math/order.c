#include "math/order.h"

#include <metis.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "base/error.h"

// An undirected graph without loops: one vertex per index of the matrix.
typedef struct graph {
  int n;
  int *start, *next;  // (n + 1) (start[n]) neighbours
} graph;

static graph build_graph(int n, int nnz, const int *row, const int *col, sr_arena *work)
{
  graph g = {.n = n, .start = sr_alloc(work, int, n + 2)};
  for (int e = 0; e < nnz; e++)
    if (row[e] != col[e]) {
      g.start[row[e] + 2]++;
      g.start[col[e] + 2]++;
    }
  for (int i = 0; i <= n; i++) g.start[i + 1] += g.start[i];
  int *all = sr_alloc(work, int, g.start[n + 1]);
  for (int e = 0; e < nnz; e++) {
    if (row[e] == col[e]) continue;
    all[g.start[row[e] + 1]++] = col[e];
    all[g.start[col[e] + 1]++] = row[e];
  }
  // start[i] .. start[i + 1] now hold the neighbours of i; repeated ones go
  int *seen = sr_alloc(work, int, n), count = 0;
  g.next = all;
  for (int i = 0, from = 0; i < n; i++) {
    const int to = g.start[i + 1];
    g.start[i] = count;
    for (int k = from; k < to; k++)
      if (seen[all[k]] != i + 1) {
        seen[all[k]] = i + 1;
        g.next[count++] = all[k];
      }
    from = to;
  }
  g.start[n] = count;
  return g;
}

// METIS draws from the one generator of the C library, whose state is the process's: one call at a time, each with the
// same seed, gives the same order whatever other threads do.
static mtx_t metis_lock;
static void make_lock(void)
{
  SR_ASSERT(mtx_init(&metis_lock, mtx_plain) == thrd_success);
}

static void dissect_alone(graph *g, idx_t *options, int *at, int *place)
{
  static once_flag once = ONCE_FLAG_INIT;
  call_once(&once, make_lock);
  mtx_lock(&metis_lock);
  const int status = METIS_NodeND(&g->n, g->start, g->next, NULL, options, at, place);
  mtx_unlock(&metis_lock);
  SR_ASSERT(status == METIS_OK);
}

// Order of elimination of the vertices: place (n).
static int *dissect(graph *g, sr_arena *work)
{
  int *place = sr_alloc(work, int, g->n), *at = sr_alloc(work, int, g->n);
  if (g->start[g->n] == 0) {  // METIS wants an edge
    for (int i = 0; i < g->n; i++) place[i] = i;
    return place;
  }
  idx_t options[METIS_NOPTIONS];
  METIS_SetDefaultOptions(options);
  options[METIS_OPTION_SEED] = 1;
  _Static_assert(sizeof(idx_t) == sizeof(int), "METIS is built with 32-bit indices");
  dissect_alone(g, options, at, place);
  return place;
}

// Renumbers the vertices by an order.
static graph permute(const graph *g, const int *place, sr_arena *work)
{
  graph p = {.n = g->n, .start = sr_alloc(work, int, g->n + 1), .next = sr_alloc(work, int, g->start[g->n])};
  int *from = sr_alloc(work, int, g->n);
  for (int i = 0; i < g->n; i++) from[place[i]] = i;
  for (int k = 0; k < g->n; k++) {
    const int i = from[k];
    p.start[k + 1] = p.start[k];
    for (int e = g->start[i]; e < g->start[i + 1]; e++) p.next[p.start[k + 1]++] = place[g->next[e]];
  }
  return p;
}

// Elimination tree of the vertices: parent (n), -1 at roots (Liu 1990, SIAM J Matrix Anal 11:134).
static int *elimination_tree(const graph *g, sr_arena *work)
{
  int *parent = sr_alloc(work, int, g->n), *ancestor = sr_alloc(work, int, g->n);
  for (int k = 0; k < g->n; k++) {
    parent[k] = ancestor[k] = -1;
    for (int e = g->start[k]; e < g->start[k + 1]; e++)
      for (int i = g->next[e]; i >= 0 && i < k;) {
        const int up = ancestor[i];
        ancestor[i] = k;
        if (up < 0) parent[i] = k;
        i = up;
      }
  }
  return parent;
}

// Places of a forest's nodes with every child before its parent and every subtree in one piece; children keep their
// order.
static int *postorder(int n, const int *parent, sr_arena *work)
{
  int *place = sr_alloc(work, int, n), *child = sr_alloc(work, int, n), *sibling = sr_alloc(work, int, n);
  int *stack = sr_alloc(work, int, n + 1), roots = -1, count = 0;
  for (int i = 0; i < n; i++) child[i] = -1;
  for (int i = n - 1; i >= 0; i--) {
    int *head = parent[i] < 0 ? &roots : &child[parent[i]];
    sibling[i] = *head;
    *head = i;
  }
  for (int root = roots; root >= 0; root = sibling[root]) {
    int depth = 0;
    stack[depth++] = root;
    while (depth > 0) {
      const int i = stack[depth - 1];
      if (child[i] >= 0) {
        stack[depth++] = child[i];
        child[i] = sibling[child[i]];
      } else {
        place[i] = count++;
        depth--;
      }
    }
  }
  return place;
}

// Number of vertices in each column of L, diagonal included: every row's subtree is walked once.
static int *count_columns(const graph *g, const int *parent, sr_arena *work)
{
  int *count = sr_alloc(work, int, g->n), *seen = sr_alloc(work, int, g->n);
  for (int k = 0; k < g->n; k++) {
    count[k]++;
    seen[k] = k;
    for (int e = g->start[k]; e < g->start[k + 1]; e++)
      for (int i = g->next[e]; i < k && seen[i] != k; i = parent[i]) {
        count[i]++;
        seen[i] = k;
      }
  }
  return count;
}

// Supernodes while they are merged: `into` points to the one that took it in (itself if none did).
typedef struct super {
  int first, last;  // its own vertices, before merging
  int parent, into;
  int columns;     // in it, with those of the merged ones
  int rows, *row;  // vertices below it
} super;

static int *super_of_vertices(const graph *g, const int *parent, const int *count, int *nsuper, sr_arena *work)
{
  int *of = sr_alloc(work, int, g->n);
  *nsuper = 0;
  for (int k = 0; k < g->n; k++) {
    const bool goes_on = k > 0 && parent[k - 1] == k && count[k - 1] == count[k] + 1;
    of[k] = goes_on ? of[k - 1] : (*nsuper)++;
  }
  return of;
}

// The vertices below each supernode: neighbours of its vertices and what its children leave.
static super *build_supers(const graph *g, const int *parent, const int *of, int nsuper, sr_arena *work)
{
  super *s = sr_alloc(work, super, nsuper);
  int *seen = sr_alloc(work, int, g->n), *list = sr_alloc(work, int, g->n);
  int *child = sr_alloc(work, int, nsuper), *sibling = sr_alloc(work, int, nsuper);
  for (int i = 0; i < nsuper; i++) child[i] = -1;
  for (int k = 0; k < g->n; k++) {
    super *x = &s[of[k]];
    if (x->columns == 0) x->first = k;
    x->last = k;
    x->columns++;
  }
  for (int i = 0; i < nsuper; i++) {
    super *x = &s[i];
    x->into = i;
    x->parent = parent[x->last] < 0 ? -1 : of[parent[x->last]];
    int n = 0;
    for (int k = x->first; k <= x->last; k++)
      for (int e = g->start[k]; e < g->start[k + 1]; e++) {
        const int j = g->next[e];
        if (j > x->last && seen[j] != i + 1) seen[j] = i + 1, list[n++] = j;
      }
    for (int c = child[i]; c >= 0; c = sibling[c])
      for (int r = 0; r < s[c].rows; r++) {
        const int j = s[c].row[r];
        if (j > x->last && seen[j] != i + 1) seen[j] = i + 1, list[n++] = j;
      }
    x->rows = n;
    x->row = memcpy(sr_alloc(work, int, n), list, (size_t)n * sizeof *list);
    if (x->parent >= 0) {
      sibling[i] = child[x->parent];
      child[x->parent] = i;
    }
  }
  return s;
}

// Multiplications of eliminating some columns: sum of squares of the heights.
static double flops_of(double columns, double rows)
{
  const double n = columns + rows;
  return (n * (n + 1.0) * (2.0 * n + 1.0) - rows * (rows + 1.0) * (2.0 * rows + 1.0)) / 6.0;
}

// Merging a supernode into its parent saves a front and the way of what it leaves through memory, and costs arithmetic
// with zeros. The times were chosen on whole factorisations (docs/theory/math.md); only their ratios matter.
static bool is_worth(const super *child, const super *up)
{
  const double per_front = 3e-7, per_entry = 3e-10, per_flop = 2e-11;  // [s]
  const double more = flops_of(child->columns + up->columns, up->rows) - flops_of(child->columns, child->rows) -
                      flops_of(up->columns, up->rows);
  return more * per_flop < per_front + (double)child->rows * child->rows * per_entry;
}

static void merge_supers(super *s, int nsuper)
{
  for (int i = 0; i < nsuper; i++) {
    if (s[i].parent < 0) continue;
    super *up = &s[s[i].parent];
    if (!is_worth(&s[i], up)) continue;
    s[i].into = s[i].parent;
    up->columns += s[i].columns;
  }
}

static int merged_into(super *s, int i)
{
  while (s[i].into != i) i = s[i].into = s[s[i].into].into;
  return i;
}

static int by_value(const void *a, const void *b)
{
  const int x = *(const int *)a, y = *(const int *)b;
  return (x > y) - (x < y);
}

// Lays the merged supernodes out: a new postorder, in it the vertices of each in their old order.
static sr_tree lay_out(const graph *g, super *s, int nsuper, const int *place, sr_arena *keep, sr_arena *work)
{
  int *kept = sr_alloc(work, int, nsuper), count = 0;  // number among the kept ones
  for (int i = 0; i < nsuper; i++)
    if (s[i].into == i) kept[i] = count++;
  int *parent = sr_alloc(work, int, count);
  for (int i = 0; i < nsuper; i++)
    if (s[i].into == i) parent[kept[i]] = s[i].parent < 0 ? -1 : kept[merged_into(s, s[i].parent)];
  const int *at = postorder(count, parent, work);

  sr_tree t = {.n = g->n,
               .nsuper = count,
               .place = sr_alloc(keep, int, g->n),
               .index = sr_alloc(keep, int, g->n),
               .first = sr_alloc(keep, int, count + 1),
               .parent = sr_alloc(keep, int, count),
               .row_start = sr_alloc(keep, int, count + 1)};
  for (int i = 0; i < nsuper; i++) {
    if (s[i].into != i) continue;
    const int k = at[kept[i]];
    t.first[k + 1] = s[i].columns;
    t.row_start[k + 1] = s[i].rows;
    t.parent[k] = parent[kept[i]] < 0 ? -1 : at[parent[kept[i]]];
  }
  int *fill = sr_alloc(work, int, count + 1), *moved = sr_alloc(work, int, g->n);
  for (int i = 0; i < count; i++) {
    t.first[i + 1] += t.first[i];
    t.row_start[i + 1] += t.row_start[i];
    fill[i] = t.first[i];
  }
  for (int i = 0; i < nsuper; i++)
    for (int k = s[i].first; k <= s[i].last; k++) moved[k] = fill[at[kept[merged_into(s, i)]]]++;
  for (int i = 0; i < g->n; i++) {
    t.place[i] = moved[place[i]];
    t.index[t.place[i]] = i;
  }
  t.row = sr_alloc(keep, int, t.row_start[count]);
  for (int i = 0; i < nsuper; i++) {
    if (s[i].into != i) continue;
    int *row = t.row + t.row_start[at[kept[i]]];
    for (int r = 0; r < s[i].rows; r++) row[r] = moved[s[i].row[r]];
    qsort(row, (size_t)s[i].rows, sizeof *row, by_value);
  }
  return t;
}

sr_tree sr_tree_new(int n, int nnz, const int *row, const int *col, sr_arena *keep)
{
  sr_arena *work = sr_arena_new();
  int nsuper;
  graph given = build_graph(n, nnz, row, col, work);
  int *place = dissect(&given, work);
  const graph dissected = permute(&given, place, work);
  const int *before = elimination_tree(&dissected, work), *post = postorder(n, before, work);
  for (int i = 0; i < n; i++) place[i] = post[place[i]];
  const graph g = permute(&given, place, work);
  const int *parent = elimination_tree(&g, work), *count = count_columns(&g, parent, work);
  const int *of = super_of_vertices(&g, parent, count, &nsuper, work);
  super *s = build_supers(&g, parent, of, nsuper, work);
  merge_supers(s, nsuper);
  const sr_tree t = lay_out(&g, s, nsuper, place, keep, work);
  sr_arena_free(work);
  return t;
}

double sr_tree_flops(const sr_tree *t, int s)
{
  return flops_of(t->first[s + 1] - t->first[s], t->row_start[s + 1] - t->row_start[s]);
}

void sr_tree_cost(const sr_tree *t, double *entries, double *flops)
{
  *entries = *flops = 0.0;
  for (int s = 0; s < t->nsuper; s++) {
    const double columns = t->first[s + 1] - t->first[s], rows = t->row_start[s + 1] - t->row_start[s];
    *entries += columns * (columns + 1.0) / 2.0 + columns * rows;
    *flops += sr_tree_flops(t, s);
  }
}
