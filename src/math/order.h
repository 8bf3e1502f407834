// In which order the rows of a sparse symmetric matrix are eliminated, and what each step touches: a tree of
// supernodes (groups of columns eliminated together). For the files of this folder only.
#ifndef SR_MATH_ORDER_H
#define SR_MATH_ORDER_H
#include "base/arena.h"

typedef struct sr_tree {
  int n, nsuper;
  int *place, *index;    // (n) place of an index in the order, and which index stands at a place
  int *first;            // (nsuper + 1) first place of each supernode; children before parents
  int *parent;           // (nsuper) -1: a root
  int *row_start, *row;  // (nsuper + 1) (.) places below the supernode that its columns touch, ascending
} sr_tree;

// Nested dissection (METIS: Karypis & Kumar 1998, SIAM J Sci Comput 20:359), supernodes, and their merging where that
// costs little. Entries (row, col) in any order, either triangle, repeated or not.
sr_tree sr_tree_new(int n, int nnz, const int *row, const int *col, sr_arena *keep);
// The same, taken from memory where the process has ordered this structure before: the same tree.
sr_tree sr_tree_of(int n, int nnz, const int *row, const int *col, sr_arena *keep);
double sr_tree_flops(const sr_tree *t, int s);  // multiplications of eliminating one supernode
// Entries of L and multiplications of a factorisation without delayed pivots.
void sr_tree_cost(const sr_tree *t, double *entries, double *flops);
#endif
