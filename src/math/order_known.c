// Orders of the last structures: the solves of one process ask for the same few over and over, and dissection takes as
// long as several factorisations. The one memory that solves share: an order is a function of the structure alone, so
// that no bit depends on what was solved before.
#include <string.h>
#include <threads.h>

#include "base/digest.h"
#include "base/error.h"
#include "math/order.h"

enum { KNOWN = 16, SMALL = 1000 };  // structures that are remembered; rows below which nothing is gained

// One that is remembered, in memory of its own. Which it is: n, nnz and 64 bits of its entries (the entries themselves
// would be megabytes each).
typedef struct known {
  sr_arena *keep;
  int n, nnz;
  uint64_t digest;
  unsigned long used;  // when it was last asked for
  sr_tree tree;
} known;

static mtx_t lock;
static void make_lock(void)
{
  SR_ASSERT(mtx_init(&lock, mtx_plain) == thrd_success);
}

static int *copy_of(const int *from, int n, sr_arena *keep)
{
  return memcpy(sr_alloc(keep, int, n), from, (size_t)n * sizeof *from);
}

static sr_tree copy_tree(const sr_tree *t, sr_arena *keep)
{
  return (sr_tree){.n = t->n,
                   .nsuper = t->nsuper,
                   .place = copy_of(t->place, t->n, keep),
                   .index = copy_of(t->index, t->n, keep),
                   .first = copy_of(t->first, t->nsuper + 1, keep),
                   .parent = copy_of(t->parent, t->nsuper, keep),
                   .row_start = copy_of(t->row_start, t->nsuper + 1, keep),
                   .row = copy_of(t->row, t->row_start[t->nsuper], keep)};
}

// The place of a structure in the table: where it stands, or else the one that was asked for least recently.
static known *find(known *table, int n, int nnz, uint64_t digest)
{
  known *oldest = table;
  for (known *k = table; k < table + KNOWN; k++) {
    if (k->keep != NULL && k->n == n && k->nnz == nnz && k->digest == digest) return k;
    if (k->used < oldest->used) oldest = k;
  }
  return oldest;
}

sr_tree sr_tree_of(int n, int nnz, const int *row, const int *col, sr_arena *keep)
{
  static once_flag once = ONCE_FLAG_INIT;
  static known table[KNOWN];
  static unsigned long asked;
  if (n < SMALL) return sr_tree_new(n, nnz, row, col, keep);
  const size_t size = (size_t)nnz * sizeof *row;
  const uint64_t digest = sr_digest(sr_digest(sr_digest_start, row, size), col, size);
  call_once(&once, make_lock);
  mtx_lock(&lock);  // all wait while one is made: whoever asks then mostly wants the same
  known *k = find(table, n, nnz, digest);
  if (k->keep == NULL || k->n != n || k->nnz != nnz || k->digest != digest) {
    if (k->keep != NULL) sr_arena_free(k->keep);
    *k = (known){.keep = sr_arena_new(), .n = n, .nnz = nnz, .digest = digest};
    k->tree = sr_tree_new(n, nnz, row, col, k->keep);
  }
  k->used = ++asked;
  const sr_tree t = copy_tree(&k->tree, keep);
  mtx_unlock(&lock);
  return t;
}
