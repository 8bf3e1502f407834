#include "math/dense.h"

#include <math.h>

static void exchange(double *x, double *y)
{
  const double t = *x;
  *x = *y;
  *y = t;
}

bool sr_dense_factor(int n, double *a, int *swap)
{
  for (int k = 0; k < n; k++) {
    int top = k;
    for (int i = k + 1; i < n; i++)
      if (fabs(a[i * n + k]) > fabs(a[top * n + k])) top = i;
    if (!(fabs(a[top * n + k]) > 0.0) || !isfinite(a[top * n + k])) return false;
    swap[k] = top;
    for (int j = 0; j < n && top != k; j++) exchange(&a[k * n + j], &a[top * n + j]);
    for (int i = k + 1; i < n; i++) {
      const double f = a[i * n + k] /= a[k * n + k];
      if (f == 0.0) continue;
      for (int j = k + 1; j < n; j++) a[i * n + j] -= f * a[k * n + j];
    }
  }
  return true;
}

void sr_dense_solve(int n, const double *a, const int *swap, double *b)
{
  for (int k = 0; k < n; k++)
    if (swap[k] != k) exchange(&b[k], &b[swap[k]]);
  for (int k = 0; k < n; k++)
    for (int j = 0; j < k; j++) b[k] -= a[k * n + j] * b[j];
  for (int k = n - 1; k >= 0; k--) {
    for (int j = k + 1; j < n; j++) b[k] -= a[k * n + j] * b[j];
    b[k] /= a[k * n + k];
  }
}
