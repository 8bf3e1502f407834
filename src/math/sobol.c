#include "math/sobol.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

sr_sobol_set sr_sobol_set_new(int at_least, int dim, uint64_t seed, sr_arena *keep)
{
  const sr_sample_set both = sr_sample_set_new(at_least, 2 * dim, seed, keep);
  return (sr_sobol_set){.n = both.n, .dim = dim, .both = both};
}

int sr_sobol_nrun(const sr_sobol_set *s)
{
  return s->n * (s->dim + 2);
}

void sr_sobol_point(const sr_sobol_set *s, int run, double *u)
{
  const int pair = run / (s->dim + 2), which = run % (s->dim + 2);
  const double *a = s->both.u + (size_t)pair * (size_t)s->both.dim, *b = a + s->dim;
  memcpy(u, which == 1 ? b : a, (size_t)s->dim * sizeof *u);
  if (which > 1) u[which - 2] = b[which - 2];
}

// The outcomes of one pair, and what each adds to the variance.
typedef struct pair {
  double a, b, both;  // f_A - mean, f_B - mean, half of the sum of their squares
} pair;

// A share of the variance: the mean of the terms t over that of v, and half of its 95% interval,
//   R = sum t / sum v,   1.96 sqrt(Var(t - R v) / n) / (sum v / n)
static void ratio(const double *t, const pair *p, int n, double *share, double *error)
{
  double sum_t = 0.0, sum_v = 0.0, square = 0.0;
  for (int k = 0; k < n; k++) {
    sum_t += t[k];
    sum_v += p[k].both;
  }
  *share = sum_t / sum_v;
  for (int k = 0; k < n; k++) square += (t[k] - *share * p[k].both) * (t[k] - *share * p[k].both);
  *error = 1.96 * sqrt(square / n / n) / (sum_v / n);
}

static bool is_before(const sr_sobol_index *a, const sr_sobol_index *b)
{
  return a->total > b->total || (!(a->total < b->total) && a->unknown < b->unknown);
}

static void insert(sr_sobol_index *out, int n, sr_sobol_index x)
{
  for (; n > 0 && is_before(&x, &out[n - 1]); n--) out[n] = out[n - 1];
  out[n] = x;
}

// With f_C that of A with unknown j from B, all outcomes less their mean, v = (f_A^2 + f_B^2) / 2:
//   total  sum (f_A - f_C)^2 / (2 sum v)               Jansen 1999, Comput Phys Commun 117:35
//   first  sum f_B (f_C - f_A) / sum v                 Saltelli et al. 2010, Comput Phys Commun 181:259, table 2 (b)
//     or   sum (v - (f_B - f_C)^2 / 2) / sum v         Jansen 1999
// The former first is good where the unknown does little, the latter where it does nearly all: that with the narrower
// interval is taken.
void sr_sobol_indices(const sr_sobol_set *s, const double *y, sr_sobol_index *out, sr_arena *work)
{
  const sr_mark top = sr_arena_mark(work);
  const int n = s->n, width = s->dim + 2;
  for (int k = 0; k < n * width; k++) SR_ASSERT(isfinite(y[k]));
  pair *p = sr_alloc(work, pair, n);
  double *first = sr_alloc(work, double, n), *rest = sr_alloc(work, double, n), *total = sr_alloc(work, double, n);
  double mean = 0.0, all = 0.0;
  for (int k = 0; k < n; k++) mean += 0.5 * ((y[k * width] - y[0]) + (y[k * width + 1] - y[0])) / n;
  mean += y[0];
  for (int k = 0; k < n; k++) {
    p[k] = (pair){.a = y[k * width] - mean, .b = y[k * width + 1] - mean};
    p[k].both = 0.5 * (p[k].a * p[k].a + p[k].b * p[k].b);
    all += p[k].both;
  }
  for (int j = 0; j < s->dim; j++) {
    sr_sobol_index x = {.unknown = j};
    for (int k = 0; k < n; k++) {
      const double c = y[k * width + 2 + j] - mean, moved = c - p[k].a, kept = c - p[k].b;
      first[k] = p[k].b * moved;
      rest[k] = p[k].both - 0.5 * kept * kept;
      total[k] = 0.5 * moved * moved;
    }
    if (all > 0.0) {
      double other, error;
      ratio(first, p, n, &x.first, &x.first_error);
      ratio(rest, p, n, &other, &error);
      if (error < x.first_error) {
        x.first = other;
        x.first_error = error;
      }
      ratio(total, p, n, &x.total, &x.total_error);
    }
    insert(out, j, x);
  }
  sr_arena_release(work, top);
}
