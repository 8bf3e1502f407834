#include "ocp/radau.h"

#include <math.h>

#include "base/constants.h"
#include "base/error.h"

// Legendre polynomial P_n(x) by the three-term recurrence, n P_n = (2n-1) x P_{n-1} - (n-1) P_{n-2}.
static double legendre(int n, double x)
{
  double before = 0.0, p = 1.0;
  for (int k = 1; k <= n; k++) {
    const double next = ((2 * k - 1) * x * p - (k - 1) * before) / k;
    before = p;
    p = next;
  }
  return p;
}

// Slope of P_n inside (-1, 1):  (1 - x^2) P_n' = n (P_{n-1} - x P_n).
static double legendre_slope(int n, double x)
{
  return n == 0 ? 0.0 : n * (legendre(n - 1, x) - x * legendre(n, x)) / (1.0 - x * x);
}

// Root number j (1 = closest to -1) of P_s - P_{s-1}, by Newton's method from -cos(...), which is close enough for
// every s in use; x = 1 is the last root.
static double radau_root(int s, int j)
{
  double x = cos(2.0 * SR_PI * (s - j) / (2 * s - 1));
  for (int it = 0; it < 20; it++)
    x -= (legendre(s, x) - legendre(s - 1, x)) / (legendre_slope(s, x) - legendre_slope(s - 1, x));
  return x;
}

// Weights on [-1, 1]: 2/s^2 at x = 1, else (1 + x) / (s P_{s-1}(x))^2 (Abramowitz & Stegun 1964, 25.4.31, mirrored).
static double radau_weight(int s, double x)
{
  const double p = s * legendre(s - 1, x);
  return (1.0 + x) / (p * p);
}

// diff[i][j] = w_j / w_i / (x_i - x_j) with the barycentric weights w; the diagonal makes every row sum zero, so that a
// constant has slope zero exactly (Berrut & Trefethen 2004, sec. 9.3).
static void differentiate(sr_radau *r)
{
  double w[SR_RADAU_MAX + 1];
  for (int i = 0; i <= r->s; i++) {
    w[i] = 1.0;
    for (int j = 0; j <= r->s; j++)
      if (j != i) w[i] /= r->node[i] - r->node[j];
  }
  for (int i = 0; i <= r->s; i++)
    for (int j = 0; j <= r->s; j++)
      if (j != i) {
        r->diff[i][j] = w[j] / w[i] / (r->node[i] - r->node[j]);
        r->diff[i][i] -= r->diff[i][j];
      }
}

sr_radau sr_radau_make(int s)
{
  SR_ASSERT(s >= 1 && s <= SR_RADAU_MAX);
  sr_radau r = {.s = s};
  for (int j = 1; j <= s; j++) {
    const double x = j == s ? 1.0 : radau_root(s, j);
    r.node[j] = 0.5 * (1.0 + x);
    r.weight[j] = 0.5 * radau_weight(s, x);
  }
  differentiate(&r);
  return r;
}

void sr_lagrange(int n, const double *node, double x, double *l)
{
  for (int j = 0; j < n; j++) {
    l[j] = 1.0;
    for (int k = 0; k < n; k++)
      if (k != j) l[j] *= (x - node[k]) / (node[j] - node[k]);
  }
}

void sr_combine(int nnode, const double *l, const double *row, int n, double *y)
{
  for (int i = 0; i < n; i++) {
    y[i] = 0.0;
    for (int j = 0; j < nnode; j++) y[i] += l[j] * row[j * n + i];
  }
}
