#include "math/sample.h"

#include <math.h>

#include "base/constants.h"
#include "base/error.h"
#include "math/random.h"

// Indices of x in rising order, equal ones in the order of their indices: merging runs of 1, 2, 4 ...
static int *rising(const double *x, int n, sr_arena *work)
{
  int *from = sr_alloc(work, int, n), *to = sr_alloc(work, int, n);
  for (int i = 0; i < n; i++) from[i] = i;
  for (int run = 1; run < n; run *= 2) {
    for (int start = 0; start < n; start += 2 * run) {
      const int middle = start + run < n ? start + run : n, end = start + 2 * run < n ? start + 2 * run : n;
      for (int k = start, a = start, b = middle; k < end; k++)
        to[k] = b >= end || (a < middle && x[from[a]] <= x[from[b]]) ? from[a++] : from[b++];
    }
    int *swap = from;
    from = to;
    to = swap;
  }
  return from;
}

static bool is_prime(int n)
{
  for (int k = 2; k * k <= n; k++)
    if (n % k == 0) return false;
  return n > 1;
}

static int number_of_points(int at_least, int dim)
{
  int n = at_least;
  if (n < 2 * dim + 1) n = 2 * dim + 1;
  if (n < 11) n = 11;
  while (!is_prime(n)) n++;
  return n;
}

// 2 pi^2 (x^2 - x + 1/6) at x = i / n: how two points at this distance along one unknown add to the error of a mean
static double kernel(int i, int n)
{
  const double x = (double)i / n;
  return 2.0 * SR_PI * SR_PI * (x * (x - 1.0) + 1.0 / 6.0);
}

static int after(int k, int step, int n)  // k + step mod n, both below n
{
  return k + step < n ? k + step : k + step - n;
}

// sum_i w(i z) w(i c) over i = 1 .. n/2: 0 by chance, below 0 if the two lie more evenly
static double pair_error(int n, const double *w, int z, int c)
{
  double sum = 0.0;
  for (int i = 1, k = z, l = c; i <= n / 2; i++, k = after(k, z, n), l = after(l, c, n)) sum += w[k] * w[l];
  return sum;
}

// Directions z of the lattice, one unknown after the other: the least error with all before it,
//   e(c) = sum_i  w(i c) prod_k (1 + WEIGHT w(i z_k)),   k over the unknowns so far,
// among those that lie more evenly than chance with each of them; 0 once there is none. i and n - i add the same, z and
// n - z are the same but for mirroring: half of both is enough.
// Source: Sloan, Kuo & Joe 2002, Math Comp 71:1609 (component by component). Changed: equal weights, since which
// unknown matters differs from outcome to outcome; no bad pairs; some 500 candidates, spaced evenly, where there are
// more.
static void choose_directions(int n, int dim, int *z, sr_arena *work)
{
  const double WEIGHT = 0.1;
  const int half = n / 2, spacing = half / 500 + 1;
  double *w = sr_alloc(work, double, n), *product = sr_alloc(work, double, half + 1);
  bool *is_bad = sr_alloc(work, bool, half + 1);
  for (int i = 0; i < n; i++) w[i] = kernel(i, n);
  for (int i = 1; i <= half; i++) product[i] = 1.0;
  for (int j = 0; j < dim; j++) {
    double least = 0.0;
    z[j] = 0;
    for (int c = 1; c <= half; c += spacing) {
      if (j > 0 && z[j - 1] != 0 && pair_error(n, w, z[j - 1], c) > 0.0) is_bad[c] = true;
      if (is_bad[c]) continue;
      double sum = 0.0;
      for (int i = 1, k = c; i <= half; i++, k = after(k, c, n)) sum += product[i] * w[k];
      if (z[j] == 0 || sum < least) {
        z[j] = c;
        least = sum;
      }
    }
    for (int i = 1; i <= half && z[j] != 0; i++) product[i] *= 1.0 + WEIGHT * w[(int64_t)i * z[j] % n];
  }
}

// What the seed does to an unknown: a shift, whether it is mirrored, or its order.
enum { SHIFT = 1, MIRROR = 2, ORDER = 3 };

// Ranks of unknown j over the points, centred and doubled, 2 r - (n - 1): those of the lattice, r = z i + shift mod n
// ...
static void lattice_ranks(int n, int z, int j, uint64_t seed, double *out)
{
  const int shift = sr_random_below(seed, SHIFT, (uint64_t)j, n),
            mirror = sr_random_below(seed, MIRROR, (uint64_t)j, 2);
  for (int i = 0; i < n; i++) {
    const int r = (int)(((int64_t)z * i + shift) % n);
    out[i] = 2.0 * (mirror ? n - 1 - r : r) - (n - 1);
  }
}

// ... or in an order drawn by chance, where the lattice has no direction left.
static void random_ranks(int n, int j, uint64_t seed, double *out)
{
  for (int i = 0; i < n; i++) {
    const int k = sr_random_below(seed, ORDER + (uint64_t)j, (uint64_t)i, i + 1);
    out[i] = out[k];
    out[k] = 2.0 * i - (n - 1);
  }
}

// Takes out of x what is along y:  x - y (y.x) / (y.y)
static void take_out(int n, const double *y, double *x)
{
  double yx = 0.0, yy = 0.0;
  for (int i = 0; i < n; i++) {
    yx += y[i] * x[i];
    yy += y[i] * y[i];
  }
  for (int i = 0; i < n; i++) x[i] -= y[i] * (yx / yy);
}

// Column j without what is along the columns from `first` to `last`, as ranks again.
static void decorrelate(int n, double *column, int j, int first, int last, sr_arena *work)
{
  double *x = column + (size_t)j * (size_t)n;
  for (int k = first; k <= last; k++) take_out(n, column + (size_t)k * (size_t)n, x);
  const sr_mark top = sr_arena_mark(work);
  const int *order = rising(x, n, work);
  for (int r = 0; r < n; r++) x[order[r]] = 2.0 * r - (n - 1);
  sr_arena_release(work, top);
}

sr_sample_set sr_sample_set_new(int at_least, int dim, uint64_t seed, sr_arena *keep)
{
  SR_ASSERT(dim > 0);
  const int n = number_of_points(at_least, dim);
  sr_sample_set s = {.n = n, .dim = dim, .u = sr_alloc(keep, double, (size_t)n *(size_t)dim)};
  sr_arena *work = sr_arena_new();
  int *z = sr_alloc(work, int, dim);
  double *column = sr_alloc(work, double, (size_t)n *(size_t)dim);
  choose_directions(n, dim, z, work);
  for (int j = 0; j < dim; j++) {
    if (z[j] != 0)
      lattice_ranks(n, z[j], j, seed, column + (size_t)j * (size_t)n);
    else
      random_ranks(n, j, seed, column + (size_t)j * (size_t)n);
  }
  for (int j = 1; j < dim; j++) decorrelate(n, column, j, 0, j - 1, work);
  for (int j = dim - 2; j >= 0; j--) decorrelate(n, column, j, j + 1, dim - 1, work);
  for (int j = 0; j < dim; j++)
    for (int i = 0; i < n; i++) {
      const double r = 0.5 * (column[(size_t)j * (size_t)n + (size_t)i] + (n - 1));
      s.u[(size_t)i * (size_t)dim + (size_t)j] = (r + 0.5) / n;
    }
  sr_arena_free(work);
  return s;
}

// Both from the first outcome on: exact where all are the same.
sr_moments sr_sample_moments(const double *y, int n)
{
  SR_ASSERT(n > 0);
  double mean = 0.0, square = 0.0;
  for (int i = 0; i < n; i++) mean += (y[i] - y[0]) / n;
  for (int i = 0; i < n; i++) square += (y[i] - y[0] - mean) * (y[i] - y[0] - mean);
  return (sr_moments){y[0] + mean, sqrt(square / n)};
}

static void check_finite(const double *y, int n)
{
  for (int i = 0; i < n; i++) SR_ASSERT(isfinite(y[i]));
}

void sr_sample_quantiles(const double *y, int n, const double *p, int np, double *out, sr_arena *work)
{
  SR_ASSERT(n > 0);
  check_finite(y, n);
  const sr_mark top = sr_arena_mark(work);
  const int *order = rising(y, n, work);
  for (int k = 0; k < np; k++) {
    const double place = fmin(fmax(n * p[k] - 0.5, 0.0), n - 1.0);  // 0 at the least, n - 1 at the greatest
    const int below = (int)place, above = below + 1 < n ? below + 1 : below;
    out[k] = y[order[below]] + (place - below) * (y[order[above]] - y[order[below]]);
  }
  sr_arena_release(work, top);
}

// Rank of every x, 0 .. n - 1, equal ones at the mean of their ranks.
static double *ranks(const double *x, int n, sr_arena *work)
{
  check_finite(x, n);
  double *out = sr_alloc(work, double, n);
  const int *order = rising(x, n, work);
  for (int first = 0, next; first < n; first = next) {
    for (next = first + 1; next < n && x[order[next]] <= x[order[first]];) next++;
    for (int k = first; k < next; k++) out[order[k]] = 0.5 * (first + next - 1);
  }
  return out;
}

// Of two sets of ranks, whose mean is (n - 1) / 2.
static double correlation(const double *x, const double *y, int n)
{
  const double mean = 0.5 * (n - 1);
  double xx = 0.0, yy = 0.0, xy = 0.0;
  for (int i = 0; i < n; i++) {
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
    xy += (x[i] - mean) * (y[i] - mean);
  }
  return xx > 0.0 && yy > 0.0 ? xy / sqrt(xx * yy) : 0.0;
}

double sr_spearman(const double *x, const double *y, int n, sr_arena *work)
{
  const sr_mark top = sr_arena_mark(work);
  const double out = correlation(ranks(x, n, work), ranks(y, n, work), n);
  sr_arena_release(work, top);
  return out;
}

enum { DEGREE = 4 };

// Polynomials of degree 1 .. DEGREE in the rank, orthonormal over the ranks 0 .. n - 1 (and to a constant).
static double *rank_polynomials(int n, sr_arena *work)
{
  double *g = sr_alloc(work, double, (DEGREE + 1) * (size_t)n);
  for (int k = 0; k <= DEGREE; k++) {
    double *x = g + (size_t)k * (size_t)n, norm = 0.0;
    for (int r = 0; r < n; r++) x[r] = k == 0 ? 1.0 : x[r - n] * (2.0 * r - (n - 1)) / n;
    for (int twice = 0; twice < 2; twice++)
      for (int l = 0; l < k; l++) take_out(n, g + (size_t)l * (size_t)n, x);
    for (int r = 0; r < n; r++) norm += x[r] * x[r];
    for (int r = 0; r < n; r++) x[r] /= sqrt(norm);
  }
  return g + n;
}

// R^2 of y by the polynomials in the ranks of an unknown, corrected for their number (Ezekiel 1930):
//   1 - (1 - R^2) (n - 1) / (n - 1 - DEGREE)
// Source: Li et al. 2001, J Phys Chem A 105:7765 (doi:10.1021/jp010450t): terms of one variable from one set of points.
static double share_of(const double *rank, const double *y, int n, const double *polynomial)
{
  const sr_moments m = sr_sample_moments(y, n);
  const double all = n * m.sd * m.sd;
  if (!(all > 0.0)) return 0.0;
  double explained = 0.0;
  for (int k = 0; k < DEGREE; k++) {
    double part = 0.0;
    for (int i = 0; i < n; i++) part += polynomial[(size_t)k * (size_t)n + (size_t)rank[i]] * (y[i] - m.mean);
    explained += part * part;
  }
  return 1.0 - (1.0 - explained / all) * (n - 1.0) / (n - 1.0 - DEGREE);
}

void sr_sample_influences(const sr_sample_set *s, const double *y, sr_influence *out, sr_arena *work)
{
  const sr_mark top = sr_arena_mark(work);
  const double *polynomial = rank_polynomials(s->n, work), *rank_y = ranks(y, s->n, work);
  double *rank = sr_alloc(work, double, s->n), *less = sr_alloc(work, double, s->dim);
  sr_influence *all = sr_alloc(work, sr_influence, s->dim);
  for (int j = 0; j < s->dim; j++) {
    for (int i = 0; i < s->n; i++) rank[i] = floor(s->u[(size_t)i * (size_t)s->dim + (size_t)j] * s->n);
    all[j] = (sr_influence){j, correlation(rank, rank_y, s->n), share_of(rank, y, s->n, polynomial)};
    less[j] = -all[j].share;
  }
  const int *order = rising(less, s->dim, work);
  for (int j = 0; j < s->dim; j++) out[j] = all[order[j]];
  sr_arena_release(work, top);
}
