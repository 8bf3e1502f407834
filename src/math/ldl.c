// Multifrontal factorisation: each supernode's columns are gathered in a dense front together with what its children
// left, its pivots are eliminated, and the rest goes to its parent (Duff & Reid 1983, ACM Trans Math Softw 9:302).
#include "math/ldl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "base/error.h"
#include "base/parallel.h"
#include "math/order.h"

enum { FIRST_SWEEPS = 3 };                // of the scaling; later factorisations continue from the last one
static const double least_pivot = 1e-20;  // of the scaled matrix
// Below so many multiplications threads cost more than they bring (docs/theory/math.md), and into how many subtrees
// the rest is cut at most.
static const double least_flops = 1e9;
enum { MOST_SUBTREES = 32 };

// What a supernode left behind: its part of L and D.
typedef struct factor {
  int n, npivot, ld;
  double *l;           // (ld * npivot)
  double *diag, *off;  // (npivot) inverse of D: see invert_pivots
  int *index;          // (n) places of its rows
} factor;

// The Schur complement that waits for the parent: columns one behind the other, each from its diagonal down.
typedef struct rest {
  int n, ndelayed;
  double *a;
  int *index;  // (n) places, the delayed ones first
} rest;

// Memory in blocks that are kept from one factorisation to the next.
typedef struct block {
  struct block *next;
  size_t size, used;  // doubles
  double *at;
} block;

// What one thread at a time works on: a subtree, or the top of the tree with all that is in no subtree.
typedef struct area {
  int first, last;          // supernodes of a subtree
  block *blocks, *current;  // fronts: those eliminated stay
  block *stack;             // what waits for a parent of this area, last in first out
  size_t stack_top;
  block *scratch;  // of the kernels
  sr_inertia sum;
} area;

struct sr_ldl {
  int n, nnz;
  const int *row, *col;
  const sr_kernel *kernel;
  sr_arena *keep;
  sr_tree tree;
  int *entry_start, *entry;    // (nsuper + 1) (nnz) which entries start in a supernode,
  int *entry_row, *entry_col;  // (nnz) and where in its front without delayed columns
  int *position;               // (rows of the tree) place of a row in the parent's front without delayed columns
  int *run;                    // (likewise) how many rows from here on stand one behind the other there
  int *child, *sibling;        // (nsuper) first child, next child of the same parent
  double *scale, *scaled;      // (n) S, (nnz) S A S
  bool has_scale;
  factor *factor;          // (nsuper)
  rest *rest;              // (nsuper)
  int nsubtree, *area_of;  // (nsuper)
  area *area;              // (nsubtree + 1) the subtrees, those with most work first, and last the top
  double threshold;
  mtx_t lock;
  double *x, *w;  // (n) (largest front) of the solve
};

// Threads may run out of room at the same time.
static block *block_new(sr_ldl *f, size_t size)
{
  mtx_lock(&f->lock);
  block *b = sr_alloc(f->keep, block, 1);
  *b = (block){.size = size, .at = sr_alloc(f->keep, double, size)};
  mtx_unlock(&f->lock);
  return b;
}

// Room for `size` doubles behind the fronts that are done, aligned to a vector.
static double *front_room(sr_ldl *f, area *a, size_t size)
{
  while (a->current->size - a->current->used < size) {
    if (!a->current->next) a->current->next = block_new(f, size > a->current->size ? size : a->current->size);
    a->current = a->current->next;
    a->current->used = 0;
  }
  return a->current->at + a->current->used;
}

static size_t triangle(int n)
{
  return (size_t)n * ((size_t)n + 1) / 2;
}

static int columns_of(const sr_tree *t, int s)
{
  return t->first[s + 1] - t->first[s];
}

static int rows_of(const sr_tree *t, int s)
{
  return t->row_start[s + 1] - t->row_start[s];
}

// Notes in at (n) where the rows of supernode s stand in its front: for position_in.
static void note_rows(const sr_tree *t, int s, int *at)
{
  for (int r = t->row_start[s]; r < t->row_start[s + 1]; r++) at[t->row[r]] = columns_of(t, s) + r - t->row_start[s];
}

// Position of a place in the front of supernode s: its own columns, then its rows.
static int position_in(const sr_tree *t, int s, const int *at, int place)
{
  return place < t->first[s + 1] ? place - t->first[s] : at[place];
}

static void place_entries(sr_ldl *f)
{
  const sr_tree *t = &f->tree;
  sr_arena *work = sr_arena_new();
  int *super = sr_alloc(work, int, f->n), *owner = sr_alloc(work, int, f->nnz), *at = sr_alloc(work, int, f->n);
  for (int s = 0; s < t->nsuper; s++)
    for (int p = t->first[s]; p < t->first[s + 1]; p++) super[p] = s;
  f->entry_start = sr_alloc(f->keep, int, t->nsuper + 2);
  f->entry = sr_alloc(f->keep, int, f->nnz);
  f->entry_row = sr_alloc(f->keep, int, f->nnz);
  f->entry_col = sr_alloc(f->keep, int, f->nnz);
  for (int e = 0; e < f->nnz; e++) {
    const int a = t->place[f->row[e]], b = t->place[f->col[e]];
    owner[e] = super[a < b ? a : b];
    f->entry_start[owner[e] + 2]++;
  }
  for (int s = 0; s < t->nsuper; s++) f->entry_start[s + 2] += f->entry_start[s + 1];
  for (int e = 0; e < f->nnz; e++) f->entry[f->entry_start[owner[e] + 1]++] = e;
  for (int s = 0; s < t->nsuper; s++) {
    note_rows(t, s, at);
    for (int k = f->entry_start[s]; k < f->entry_start[s + 1]; k++) {
      const int a = t->place[f->row[f->entry[k]]], b = t->place[f->col[f->entry[k]]];
      f->entry_row[k] = position_in(t, s, at, a < b ? b : a);
      f->entry_col[k] = (a < b ? a : b) - t->first[s];
    }
  }
  sr_arena_free(work);
}

// How the rows that a child of supernode s leaves stand in the front of s.
static void place_child(sr_ldl *f, int s, int c, const int *at)
{
  const sr_tree *t = &f->tree;
  const int own = columns_of(t, s), first = t->row_start[c], end = t->row_start[c + 1];
  for (int r = first; r < end; r++) f->position[r] = position_in(t, s, at, t->row[r]);
  for (int r = end - 1; r >= first; r--) {
    // delayed columns come between the parent's own columns and its rows, so that no run crosses from one to the other
    const bool goes_on = r + 1 < end && f->position[r + 1] == f->position[r] + 1 && f->position[r + 1] != own;
    f->run[r] = goes_on ? f->run[r + 1] + 1 : 1;
  }
}

static void link_tree(sr_ldl *f)
{
  const sr_tree *t = &f->tree;
  sr_arena *work = sr_arena_new();
  int *at = sr_alloc(work, int, f->n);
  f->child = sr_alloc(f->keep, int, t->nsuper);
  f->sibling = sr_alloc(f->keep, int, t->nsuper);
  f->position = sr_alloc(f->keep, int, t->row_start[t->nsuper]);
  f->run = sr_alloc(f->keep, int, t->row_start[t->nsuper]);
  for (int s = 0; s < t->nsuper; s++) f->child[s] = -1;
  for (int s = 0; s < t->nsuper; s++)  // the last child first: it lies on top of the stack
    if (t->parent[s] >= 0) {
      f->sibling[s] = f->child[t->parent[s]];
      f->child[t->parent[s]] = s;
    }
  for (int s = 0; s < t->nsuper; s++) {
    note_rows(t, s, at);
    for (int c = f->child[s]; c >= 0; c = f->sibling[c]) place_child(f, s, c, at);
  }
  sr_arena_free(work);
}

// A subtree, with the work in it.
typedef struct subtree {
  int root;
  double flops;
} subtree;

static int by_work(const void *a, const void *b)
{
  const subtree *x = a, *y = b;
  if (x->flops != y->flops) return x->flops > y->flops ? -1 : 1;
  return (x->root > y->root) - (x->root < y->root);
}

// Cuts the tree: the subtree with most work is replaced by those of its children until there are enough. Gives their
// number, 0 where the work is too little to be shared.
static int choose_subtrees(const sr_ldl *f, const double *flops, subtree *at)
{
  const sr_tree *t = &f->tree;
  int n = 0;
  double total = 0.0;
  for (int s = 0; s < t->nsuper; s++)
    if (t->parent[s] < 0) {
      at[n++] = (subtree){s, flops[s]};
      total += flops[s];
    }
  if (total < least_flops || sr_parallel_allowed() < 2) return 0;
  while (n < MOST_SUBTREES) {
    qsort(at, (size_t)n, sizeof *at, by_work);
    const int root = at[0].root;
    if (f->child[root] < 0 || at[0].flops < total / MOST_SUBTREES) break;
    at[0] = at[--n];
    for (int c = f->child[root]; c >= 0; c = f->sibling[c]) at[n++] = (subtree){c, flops[c]};
  }
  qsort(at, (size_t)n, sizeof *at, by_work);
  return n;
}

static void cut_tree(sr_ldl *f)
{
  const sr_tree *t = &f->tree;
  sr_arena *work = sr_arena_new();
  double *flops = sr_alloc(work, double, t->nsuper);  // of each subtree
  int *first = sr_alloc(work, int, t->nsuper);        // its first supernode
  subtree *at = sr_alloc(work, subtree, t->nsuper);
  for (int s = 0; s < t->nsuper; s++) {
    flops[s] = sr_tree_flops(t, s);
    first[s] = s;
    for (int c = f->child[s]; c >= 0; c = f->sibling[c]) {
      flops[s] += flops[c];
      if (first[c] < first[s]) first[s] = first[c];
    }
  }
  f->nsubtree = choose_subtrees(f, flops, at);
  f->area = sr_alloc(f->keep, area, f->nsubtree + 1);
  f->area_of = sr_alloc(f->keep, int, t->nsuper);
  f->area[f->nsubtree] = (area){.first = 0, .last = t->nsuper - 1};
  for (int s = 0; s < t->nsuper; s++) f->area_of[s] = f->nsubtree;
  for (int i = 0; i < f->nsubtree; i++) {
    f->area[i] = (area){.first = first[at[i].root], .last = at[i].root};
    for (int s = f->area[i].first; s <= f->area[i].last; s++) f->area_of[s] = i;
  }
  sr_arena_free(work);
}

// Room for the fronts of an area and for what waits at most at one time, without delayed columns.
static void make_room(sr_ldl *f, int i)
{
  const sr_tree *t = &f->tree;
  area *a = &f->area[i];
  size_t fronts = 0, now = 0, most = 0;
  for (int s = a->first; s <= a->last; s++) {
    if (f->area_of[s] != i) continue;
    fronts += (size_t)sr_front_pad(columns_of(t, s) + rows_of(t, s)) * (size_t)(columns_of(t, s) + 3);
    for (int c = f->child[s]; c >= 0; c = f->sibling[c])
      if (f->area_of[c] == i) now -= triangle(rows_of(t, c));
    now += triangle(rows_of(t, s));
    if (now > most) most = now;
  }
  a->blocks = a->current = block_new(f, fronts + fronts / 4);
  a->stack = block_new(f, most * 5 / 4 + 64);
  a->scratch = block_new(f, 64);
}

sr_ldl *sr_ldl_new(int n, int nnz, const int *row, const int *col, sr_isa isa, sr_arena *keep)
{
  sr_ldl *f = sr_alloc(keep, sr_ldl, 1);
  *f = (sr_ldl){.n = n, .nnz = nnz, .row = row, .col = col, .kernel = sr_kernel_of(isa), .keep = keep};
  SR_ASSERT(mtx_init(&f->lock, mtx_plain) == thrd_success);
  f->tree = sr_tree_of(n, nnz, row, col, keep);
  const sr_tree *t = &f->tree;
  place_entries(f);
  link_tree(f);
  f->scale = sr_alloc(keep, double, n);
  f->scaled = sr_alloc(keep, double, nnz);
  f->factor = sr_alloc(keep, factor, t->nsuper);
  f->rest = sr_alloc(keep, rest, t->nsuper);
  cut_tree(f);
  for (int i = 0; i <= f->nsubtree; i++) make_room(f, i);
  f->x = sr_alloc(keep, double, n);
  f->w = sr_alloc(keep, double, n);
  return f;
}

// Divides every row by the square root of its largest entry (Ruiz 2001, RAL-TR-2001-034); a few sweeps bring all
// largest entries near one. The matrices of one solve change slowly, so that one sweep from the last scaling will do.
static void equilibrate(sr_ldl *f, const double *value)
{
  double *largest = f->x;
  for (int i = 0; !f->has_scale && i < f->n; i++) f->scale[i] = 1.0;
  for (int sweep = f->has_scale ? FIRST_SWEEPS - 1 : 0; sweep < FIRST_SWEEPS; sweep++) {
    memset(largest, 0, (size_t)f->n * sizeof *largest);
    for (int e = 0; e < f->nnz; e++) {
      const int i = f->row[e], j = f->col[e];
      const double v = fabs(value[e]) * f->scale[i] * f->scale[j];
      if (v > largest[i]) largest[i] = v;
      if (v > largest[j]) largest[j] = v;
    }
    for (int i = 0; i < f->n; i++)
      if (largest[i] > 0.0) f->scale[i] /= sqrt(largest[i]);
  }
  f->has_scale = true;
  for (int e = 0; e < f->nnz; e++) f->scaled[e] = value[e] * f->scale[f->row[e]] * f->scale[f->col[e]];
}

// The front of supernode s: its entries of A and what its children left. Delayed columns of the children stand
// behind its own.
static void assemble(sr_ldl *f, int s, sr_front *front, int *index)
{
  const sr_tree *t = &f->tree;
  const int own = columns_of(t, s), ndelayed = front->ncandidate - own;
  const size_t ld = (size_t)front->ld;
  double *a = front->a;
  for (int i = 0; i < own; i++) index[i] = t->first[s] + i;
  memcpy(index + front->ncandidate, t->row + t->row_start[s], (size_t)rows_of(t, s) * sizeof *index);
  for (int k = f->entry_start[s]; k < f->entry_start[s + 1]; k++) {
    const int e = f->entry[k], i = f->entry_row[k] + (f->entry_row[k] >= own ? ndelayed : 0);
    a[(size_t)i + (size_t)f->entry_col[k] * ld] += f->scaled[e];
  }
  int at = own;  // of the next delayed column
  for (int c = f->child[s]; c >= 0; c = f->sibling[c]) {
    const rest *r = &f->rest[c];
    const int *position = f->position + t->row_start[c];
    const double *x = r->a;
    for (int j = 0; j < r->ndelayed; j++) {  // may stand behind columns of their own rows
      const int pj = at + j;
      index[pj] = r->index[j];
      for (int i = j; i < r->n; i++, x++) {
        const int p = i < r->ndelayed ? at + i : position[i - r->ndelayed];
        const int pi = i >= r->ndelayed && p >= own ? p + ndelayed : p;
        a[(size_t)(pi > pj ? pi : pj) + (size_t)(pi > pj ? pj : pi) * ld] += *x;
      }
    }
    at += r->ndelayed;
    f->kernel->add(r->n - r->ndelayed, position, f->run + t->row_start[c], own, ndelayed, x, a, front->ld);
  }
}

// D^-1 in place: for a pivot of two (a b; b c) the entries (c -b; -b a) / (a c - b^2).
static void invert_pivots(int n, double *diag, double *off)
{
  for (int k = 0; k < n; k++) {
    if (off[k] == 0.0) {
      diag[k] = 1.0 / diag[k];
      continue;
    }
    const double a = diag[k], b = off[k], c = diag[k + 1], scale = 1.0 / (b * (a / b * (c / b) - 1.0));
    diag[k] = c / b * scale;
    diag[k + 1] = a / b * scale;
    off[k] = -scale;
    k++;
  }
}

// Keeps L and D of an eliminated front and lays the rest on the stack.
static void keep_factor(sr_ldl *f, area *a, int s, const sr_front *front, double *diag, double *off, int *index)
{
  factor *x = &f->factor[s];
  *x = (factor){
      .n = front->n, .npivot = front->npivot, .ld = front->ld, .l = front->a, .diag = diag, .off = off, .index = index};
  invert_pivots(x->npivot, diag, off);
  rest *r = &f->rest[s];
  *r = (rest){
      .n = front->n - front->npivot, .ndelayed = front->ncandidate - front->npivot, .index = index + front->npivot};
  const size_t need = a->stack_top + triangle(r->n);
  if (need > a->stack->size) {  // delayed columns made it larger: the old one is copied
    block *larger = block_new(f, need + need / 4);
    memcpy(larger->at, a->stack->at, a->stack_top * sizeof(double));
    for (int c = a->first; c < s; c++)
      if (f->rest[c].a && f->area_of[c] == f->area_of[s]) f->rest[c].a = larger->at + (f->rest[c].a - a->stack->at);
    a->stack = larger;
  }
  r->a = a->stack->at + a->stack_top;
  a->stack_top = need;
  double *to = r->a;
  for (int j = front->npivot; j < front->n; j++) {
    memcpy(to, front->a + (size_t)j + (size_t)j * (size_t)front->ld, (size_t)(front->n - j) * sizeof(double));
    to += front->n - j;
  }
}

// The children of this area lie on top of its stack; those of others leave theirs to the next factorisation.
static void pop_children(sr_ldl *f, area *a, int s)
{
  for (int c = f->child[s]; c >= 0; c = f->sibling[c]) {
    if (f->area_of[c] == f->area_of[s]) a->stack_top -= triangle(f->rest[c].n);
    f->rest[c].a = NULL;
  }
}

static void eliminate(sr_ldl *f, area *a, int s)
{
  const sr_tree *t = &f->tree;
  int ndelayed = 0;
  for (int c = f->child[s]; c >= 0; c = f->sibling[c]) ndelayed += f->rest[c].ndelayed;
  sr_front front = {.ncandidate = columns_of(t, s) + ndelayed,
                    .n = columns_of(t, s) + ndelayed + rows_of(t, s),
                    .threshold = f->threshold,
                    .least = least_pivot,
                    .is_root = t->parent[s] < 0};
  front.ld = sr_front_pad(front.n);
  const size_t ld = (size_t)front.ld, nc = (size_t)front.ncandidate;
  // index and D in front of L, in one piece of memory
  const size_t head = (size_t)sr_front_pad((front.n + 1) / 2) + 2 * (size_t)sr_front_pad(front.ncandidate);
  double *at = front_room(f, a, head + ld * ld), *diag = at, *off = diag + sr_front_pad(front.ncandidate);
  int *index = (int *)(off + sr_front_pad(front.ncandidate));
  front.a = at + head;
  for (size_t j = 0; j < ld; j++) {  // the strict upper triangle is scratch, but for a part of a vector at its edge
    const size_t top = j / SR_FRONT_ALIGN * SR_FRONT_ALIGN;
    memset(front.a + top + j * ld, 0, (ld - top) * sizeof(double));
  }
  if (ld * (nc + 4) > a->scratch->size) a->scratch = block_new(f, ld * (nc + 4) * 5 / 4);
  front.w = a->scratch->at;
  front.spare = front.w + ld * nc;
  front.order = index;
  front.diag = diag;
  front.off = off;
  assemble(f, s, &front, index);
  pop_children(f, a, s);
  f->kernel->factor(&front);
  keep_factor(f, a, s, &front, diag, off, index);
  a->current->used += head + ld * (size_t)front.npivot;
  a->sum.positive += front.npositive;
  a->sum.negative += front.nnegative;
  a->sum.zero += front.nzero;
  a->sum.delayed += f->rest[s].ndelayed;
}

static void factor_area(void *who, int i)
{
  sr_ldl *f = who;
  area *a = &f->area[i];
  a->current = a->blocks;
  a->current->used = 0;
  a->stack_top = 0;
  a->sum = (sr_inertia){0};
  for (int s = a->first; s <= a->last; s++)
    if (f->area_of[s] == i) eliminate(f, a, s);
}

sr_inertia sr_ldl_factor(sr_ldl *f, const double *value, double threshold)
{
  sr_inertia sum = {0};
  equilibrate(f, value);
  f->threshold = threshold;
  for (int s = 0; s < f->tree.nsuper; s++) f->rest[s].a = NULL;
  sr_parallel_spare(f->nsubtree, factor_area, f);
  factor_area(f, f->nsubtree);
  for (int i = 0; i <= f->nsubtree; i++) {
    const sr_inertia *part = &f->area[i].sum;
    sum.positive += part->positive;
    sum.negative += part->negative;
    sum.zero += part->zero;
    sum.delayed += part->delayed;
  }
  return sum;
}

void sr_ldl_solve(const sr_ldl *f, double *b)
{
  double *x = f->x, *w = f->w;
  const sr_tree *t = &f->tree;
  for (int p = 0; p < f->n; p++) x[p] = b[t->index[p]] * f->scale[t->index[p]];
  for (int s = 0; s < t->nsuper; s++) {
    const factor *g = &f->factor[s];
    for (int i = 0; i < g->n; i++) w[i] = x[g->index[i]];
    f->kernel->forward(g->n, g->npivot, g->l, g->ld, w);
    for (int k = 0; k < g->npivot; k++) {
      if (g->off[k] == 0.0) {
        x[g->index[k]] = w[k] * g->diag[k];
        continue;
      }
      x[g->index[k]] = w[k] * g->diag[k] + w[k + 1] * g->off[k];
      x[g->index[k + 1]] = w[k] * g->off[k] + w[k + 1] * g->diag[k + 1];
      k++;
    }
    for (int i = g->npivot; i < g->n; i++) x[g->index[i]] = w[i];
  }
  for (int s = t->nsuper - 1; s >= 0; s--) {
    const factor *g = &f->factor[s];
    for (int i = 0; i < g->n; i++) w[i] = x[g->index[i]];
    f->kernel->backward(g->n, g->npivot, g->l, g->ld, w);
    for (int k = 0; k < g->npivot; k++) x[g->index[k]] = w[k];
  }
  for (int p = 0; p < f->n; p++) b[t->index[p]] = x[p] * f->scale[t->index[p]];
}

sr_ldl_size sr_ldl_size_of(const sr_ldl *f)
{
  sr_ldl_size size = {.supernodes = f->tree.nsuper};
  sr_tree_cost(&f->tree, &size.entries, &size.flops);
  return size;
}
