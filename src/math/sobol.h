// How much of the variance of an outcome each unknown explains, alone and with all its interactions, from a set of runs
// made for that. Theory: docs/theory/math.md, third part.
#ifndef SR_MATH_SOBOL_H
#define SR_MATH_SOBOL_H
#include "math/sample.h"

// Two independent points A and B at a time, and dim more: A with one unknown from B. Both are halves of one even set.
typedef struct sr_sobol_set {
  int n, dim;          // pairs, unknowns
  sr_sample_set both;  // (n * 2 dim): A, then B
} sr_sobol_set;
sr_sobol_set sr_sobol_set_new(int at_least, int dim, uint64_t seed, sr_arena *keep);
int sr_sobol_nrun(const sr_sobol_set *s);  // n (dim + 2)
// The point of a run (dim): of pair run / (dim + 2) first A, then B, then A with unknown 0 from B, ...
void sr_sobol_point(const sr_sobol_set *s, int run, double *u);

// Half of a 95% interval stands beside each; the set is more even than the chance that it takes for granted.
typedef struct sr_sobol_index {
  int unknown;
  double first, first_error;  // Var(E(y | x_j)) / Var(y)
  double total, total_error;  // E(Var(y | all but x_j)) / Var(y)
} sr_sobol_index;
// Of the outcomes of all runs, all finite: out (dim), the greatest total first. All 0 if y is constant.
void sr_sobol_indices(const sr_sobol_set *s, const double *y, sr_sobol_index *out, sr_arena *work);
#endif
