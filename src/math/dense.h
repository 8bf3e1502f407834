// Small dense linear systems.
#ifndef SR_MATH_DENSE_H
#define SR_MATH_DENSE_H
#include <stdbool.h>

// P A = L U in place, a (n * n) row by row, with row pivoting: the row that came to k stood at swap[k] (n). False where
// A is singular or not finite.
bool sr_dense_factor(int n, double *a, int *swap);
// A x = b with the factors: b (n) becomes x.
void sr_dense_solve(int n, const double *a, const int *swap, double *b);
#endif
