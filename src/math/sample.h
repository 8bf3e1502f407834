// A fixed set of points, more even than chance, in a cube of many unknowns; and what is read off the outcomes there.
// Theory: docs/theory/math.md, second part.
#ifndef SR_MATH_SAMPLE_H
#define SR_MATH_SAMPLE_H
#include <stdint.h>

#include "base/arena.h"

typedef struct sr_sample_set {
  int n, dim;  // points, unknowns
  double *u;   // (n * dim) point by point, 0 < u < 1: probabilities, for sr_spread_value
} sr_sample_set;
// Shifted lattice without correlations: every unknown takes each of (r + 1/2) / n once. n is the least prime that is at
// least `at_least`, 2 dim + 1 and 11. The unknowns that matter most should come first. The seed moves the set.
sr_sample_set sr_sample_set_new(int at_least, int dim, uint64_t seed, sr_arena *keep);

// Of the outcomes y (n), all finite. sd is over n, not n - 1: the points stand for the whole distribution.
typedef struct sr_moments {
  double mean, sd;
} sr_moments;
sr_moments sr_sample_moments(const double *y, int n);

// y at the probabilities p (np): linear between the ordered y_k at (k - 1/2) / n, k = 1 .. n, and constant beyond them.
// Source: Hazen's rule, number 5 of Hyndman & Fan 1996 (doi:10.1080/00031305.1996.10473566).
void sr_sample_quantiles(const double *y, int n, const double *p, int np, double *out, sr_arena *work);

// Spearman's correlation: that of the ranks, ties at their mean rank; 0 if x or y is constant.
double sr_spearman(const double *x, const double *y, int n, sr_arena *work);

// How one unknown of the set acts on an outcome.
typedef struct sr_influence {
  int unknown;
  double spearman;  // -1 .. 1: in which direction, and how monotone
  // Share of the variance of y that this unknown alone explains, as a polynomial of degree 4 in its probability, less
  // what chance would explain: an estimate of the first-order index Var(E(y | x)) / Var(y), about 0.01 uncertain for
  // 300 points, and below 0 by as much where the index is 0. 0 if y is constant.
  double share;
} sr_influence;
// out (dim): all unknowns, the greatest share first.
void sr_sample_influences(const sr_sample_set *s, const double *y, sr_influence *out, sr_arena *work);
#endif
