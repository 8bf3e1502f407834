// A sparse symmetric matrix whose simple parts are eliminated ahead of its factorisation (static condensation): small
// ones by lists that are made once, what is left by L D L'.
//
//   alone   a row whose diagonal entry is its pivot
//   a pair  an equation, whose diagonal entry is zero, and an unknown that it gives: (a b; b 0)
#ifndef SR_MATH_CONDENSED_H
#define SR_MATH_CONDENSED_H
#include "math/ldl.h"

// A part: `row` alone (unknown = -1), or `row` as the equation that gives `unknown`. No index stands in two.
typedef struct sr_part {
  int row, unknown;
} sr_part;

typedef struct sr_condensed sr_condensed;
// A as in sr_ldl_new; parts in the order in which they are eliminated, none: all is left to L D L'. row, col and part
// must live as long as the matrix.
sr_condensed *sr_condensed_new(int n, int nnz, const int *row, const int *col, int npart, const sr_part *part,
                               sr_isa isa, sr_arena *keep);
// As sr_ldl_factor; *in counts all signs. False where a part's pivot is too small beside its row to be eliminated:
// nothing is factorised then.
bool sr_condensed_factor(sr_condensed *c, const double *value, double threshold, sr_inertia *in);
void sr_condensed_solve(sr_condensed *c, double *x);
sr_ldl_size sr_condensed_size(const sr_condensed *c);  // of what is left
#endif
