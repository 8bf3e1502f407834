// L D L' of a sparse symmetric indefinite matrix: ordered once per structure, factorised often.
//
//   P S A S P' = L D L'     S brings the largest entry of every row near one, P is nested dissection changed by
//   pivoting
#ifndef SR_MATH_LDL_H
#define SR_MATH_LDL_H
#include "base/arena.h"
#include "math/front.h"

typedef struct sr_ldl sr_ldl;
// A of n rows as entries (row, col) of either triangle, in any order; entries at the same place are added. row and col
// must live as long as the factorisation. A large one is cut for the threads that the process is allowed now.
sr_ldl *sr_ldl_new(int n, int nnz, const int *row, const int *col, sr_isa isa, sr_arena *keep);

typedef struct sr_inertia {
  int positive, negative, zero;  // signs of D; zero: what could not be eliminated stably
  int delayed;                   // columns that a supernode left to its parent, for statistics
} sr_inertia;
// value (nnz), finite. No pivot lets entries grow by more than 1 / threshold (1e-8 fast, 0.1 accurate); what would is
// left to the parent. The same bits for the same values, threshold and set of instructions, on any
// number of threads: what is large enough is shared by those that are idle (base/parallel.h).
sr_inertia sr_ldl_factor(sr_ldl *f, const double *value, double threshold);
// x (n): right-hand side in, solution out.
void sr_ldl_solve(const sr_ldl *f, double *x);

typedef struct sr_ldl_size {
  int supernodes;
  double entries, flops;  // of L, and multiplications with an addition, both without delayed pivots
} sr_ldl_size;
sr_ldl_size sr_ldl_size_of(const sr_ldl *f);
#endif
