// The kernels of front.h for one set of instructions; included once by each front_*.c, which defines
//   KERNEL            name of the sr_kernel
//   LANES             doubles in a vector
//   TILE_ROWS         vectors in a column of the tile of S that is held in registers; it has TILE_COLS columns
//   vec, load(p), store(p, v), all(x), less_product(c, a, b) = c - a b, absolute(v), larger(a, b)
// No result depends on how S is cut into tiles: each entry is c - a_1 b_1 - a_2 b_2 - ... in this order.
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "math/front.h"

enum {
  PANEL = 16,   // columns between two updates of the candidates that are left
  DEPTH = 256,  // columns of L that one pass of the update of S reads
  SHARE = 32,   // columns that one thread updates at a time
};
static const double least_shared = 2e7;  // multiplications of an update below which starting threads costs more
static const double good_pivot = 1e-2;   // relative to its column: taken without a look at another

#define INLINE static inline __attribute__((always_inline))
#ifdef __clang__
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif

// A tile of `rows` vectors x `cols` columns:  c -= L W',  L and W of `depth` columns.
INLINE void tile(int rows, int cols, int depth, const double *l, const double *w, size_t ld, double *c)
{
  vec sum[TILE_COLS][TILE_ROWS];
  UNROLL for (int q = 0; q < cols; q++) UNROLL for (int p = 0; p < rows; p++) sum[q][p] =
      load(c + (size_t)q * ld + p * LANES);
  for (int k = 0; k < depth; k++, l += ld, w += ld) {
    vec a[TILE_ROWS];
    UNROLL for (int p = 0; p < rows; p++) a[p] = load(l + p * LANES);
    UNROLL for (int q = 0; q < cols; q++)
    {
      const vec b = all(w[q]);
      UNROLL for (int p = 0; p < rows; p++) sum[q][p] = less_product(sum[q][p], a[p], b);
    }
  }
  UNROLL for (int q = 0; q < cols; q++) UNROLL for (int p = 0; p < rows; p++)
      store(c + (size_t)q * ld + p * LANES, sum[q][p]);
}

// `cols` columns of c, rows from `row` to n, both multiples of LANES.
INLINE void strip(int cols, int row, int n, int depth, const double *l, const double *w, size_t ld, double *c)
{
  int i = row;
  for (; i + TILE_ROWS * LANES <= n; i += TILE_ROWS * LANES) tile(TILE_ROWS, cols, depth, l + i, w, ld, c + i);
  for (; i < n; i += LANES) tile(1, cols, depth, l + i, w, ld, c + i);
}

// Lower triangle of columns from .. to, all rows: a -= L W', L and W the `depth` columns at l and w.
static void update(int n, int from, int to, int depth, const double *l, const double *w, size_t ld, double *a)
{
  int j = from;
  for (; j + TILE_COLS <= to; j += TILE_COLS)
    strip(TILE_COLS, j / LANES * LANES, n, depth, l, w + j, ld, a + (size_t)j * ld);
  for (; j + 2 <= to; j += 2) strip(2, j / LANES * LANES, n, depth, l, w + j, ld, a + (size_t)j * ld);
  if (j < to) strip(1, j / LANES * LANES, n, depth, l, w + j, ld, a + (size_t)j * ld);
}

// The same by as many threads as are idle, of the `depth` columns of L and W from `panel` on, where there is enough to
// do.
typedef struct shared {
  sr_front *f;
  int rows, from, to, panel, depth;
} shared;

static void update_share(void *who, int i)
{
  const shared *x = who;
  const size_t ld = (size_t)x->f->ld;
  const int from = x->from + i * SHARE, to = from + SHARE < x->to ? from + SHARE : x->to, end = x->panel + x->depth;
  for (int k = x->panel; k < end; k += DEPTH)
    update(x->rows, from, to, end - k < DEPTH ? end - k : DEPTH, x->f->a + (size_t)k * ld, x->f->w + (size_t)k * ld, ld,
           x->f->a);
}

static void update_shared(sr_front *f, int rows, int from, int to, int panel, int depth)
{
  const size_t ld = (size_t)f->ld;
  const double work = (double)depth * (to - from) * (rows - 0.5 * (from + to));
  shared x = {f, rows, from, to, panel, depth};
  if (work > least_shared) {
    sr_parallel_spare((to - from + SHARE - 1) / SHARE, update_share, &x);
    return;
  }
  for (int k = panel; k < panel + depth; k += DEPTH)
    update(rows, from, to, panel + depth - k < DEPTH ? panel + depth - k : DEPTH, f->a + (size_t)k * ld,
           f->w + (size_t)k * ld, ld, f->a);
}

// Column j of what is left after the `depth` pivots at l and w, rows from k to n, into x (ld).
static void current_column(const sr_front *f, int k, int j, int depth, const double *l, const double *w, double *x)
{
  const size_t ld = (size_t)f->ld;
  const int start = k / LANES * LANES;
  for (int i = start; i < k; i++) x[i] = 0.0;
  for (int i = k; i < j; i++) x[i] = f->a[(size_t)j + (size_t)i * ld];
  const double *a = f->a + (size_t)j * ld;
  int i = j;
  for (; i % LANES != 0; i++) x[i] = a[i];
  for (; i < f->ld; i += LANES) store(x + i, load(a + i));
  strip(1, start, f->ld, depth, l, w + j, ld, x);
}

// max |x_i|, from <= i < ld, besides rows `not_this` and `nor_this`, which may be -1.
static double largest(double *x, int from, int ld, int not_this, int nor_this)
{
  const double a = not_this >= 0 ? x[not_this] : 0.0, b = nor_this >= 0 ? x[nor_this] : 0.0;
  if (not_this >= 0) x[not_this] = 0.0;
  if (nor_this >= 0) x[nor_this] = 0.0;
  double most = 0.0, lane[LANES] __attribute__((aligned(sizeof(vec))));
  int i = from;
  for (; i % LANES != 0; i++) most = fabs(x[i]) > most ? fabs(x[i]) : most;
  vec all_most = all(most);
  for (; i < ld; i += LANES) all_most = larger(all_most, absolute(load(x + i)));
  store(lane, all_most);
  for (int q = 0; q < LANES; q++) most = lane[q] > most ? lane[q] : most;
  if (nor_this >= 0) x[nor_this] = b;
  if (not_this >= 0) x[not_this] = a;
  return most;
}

// Row of the largest entry among the candidates besides row j, -1 if all are zero.
static int find_partner(const sr_front *f, int k, const double *x, int j)
{
  int at = -1;
  double most = 0.0;
  for (int i = k; i < f->ncandidate; i++)
    if (i != j && fabs(x[i]) > most) most = fabs(x[i]), at = i;
  return at;
}

static void swap(double *a, double *b)
{
  const double t = *a;
  *a = *b;
  *b = t;
}

// Exchanges rows and columns p < q of what is left, and the rows of L (all columns before k) and W (from `panel` on).
static void exchange(sr_front *f, int panel, int k, int p, int q, double *x, double *y)
{
  if (p == q) return;
  const size_t ld = (size_t)f->ld, up = (size_t)p, uq = (size_t)q;
  double *a = f->a;
  for (int c = 0; c < p; c++) swap(&a[up + (size_t)c * ld], &a[uq + (size_t)c * ld]);
  for (int c = panel; c < k; c++) swap(&f->w[up + (size_t)c * ld], &f->w[uq + (size_t)c * ld]);
  swap(&a[up + up * ld], &a[uq + uq * ld]);
  for (size_t i = up + 1; i < uq; i++) swap(&a[i + up * ld], &a[uq + i * ld]);
  for (size_t i = uq + 1; i < (size_t)f->n; i++) swap(&a[i + up * ld], &a[i + uq * ld]);
  const int t = f->order[p];
  f->order[p] = f->order[q];
  f->order[q] = t;
  swap(&x[p], &x[q]);
  if (y) swap(&y[p], &y[q]);
}

static void count_sign(sr_front *f, double d)
{
  if (d > 0.0)
    f->npositive++;
  else
    f->nnegative++;
}

// Column k becomes a pivot: x its current entries.
static void take_single(sr_front *f, int k, const double *x)
{
  const size_t ld = (size_t)f->ld;
  double *l = f->a + (size_t)k * ld, *w = f->w + (size_t)k * ld;
  const double d = x[k], inverse = 1.0 / d;
  for (int i = k + 1; i < f->n; i++) {
    w[i] = x[i];
    l[i] = x[i] * inverse;
  }
  for (int i = f->n; i < f->ld; i++) l[i] = 0.0;
  f->diag[k] = d;
  f->off[k] = 0.0;
  count_sign(f, d);
}

// Columns k and k + 1 become a pivot of two: (l m) = (x y) D^-1.
static void take_double(sr_front *f, int k, const double *x, const double *y)
{
  const size_t ld = (size_t)f->ld;
  double *l = f->a + (size_t)k * ld, *m = l + ld, *w = f->w + (size_t)k * ld, *v = w + ld;
  const double a = x[k], b = x[k + 1], c = y[k + 1];
  // D^-1 = (c/b -1; -1 a/b) / (b (a c / b^2 - 1)): no overflow where b is large
  const double ab = a / b, cb = c / b, scale = 1.0 / (b * (ab * cb - 1.0));
  l[k + 1] = 0.0;
  for (int i = k + 2; i < f->n; i++) {
    w[i] = x[i];
    v[i] = y[i];
    l[i] = (x[i] * cb - y[i]) * scale;
    m[i] = (y[i] * ab - x[i]) * scale;
  }
  for (int i = f->n; i < f->ld; i++) l[i] = m[i] = 0.0;
  f->diag[k] = a;
  f->off[k] = b;
  f->diag[k + 1] = c;
  f->off[k + 1] = 0.0;
  if (ab * cb < 1.0) {  // determinant < 0: one of each sign
    f->npositive++;
    f->nnegative++;
  } else {
    count_sign(f, a);
    count_sign(f, a);
  }
}

// By how much entries may grow with a pivot of two (a b; b c), |b| > 0, above entries up to x and y in its columns.
static double growth_of_pair(double a, double b, double c, double x, double y)
{
  const double det = fabs(a / b * c - b) * fabs(b), p = fabs(c) * x + fabs(b) * y, q = fabs(b) * x + fabs(a) * y;
  return (p > q ? p : q) / det;
}

// Tries candidate j as the next pivot, alone or with the candidate that it is coupled to most; gives how many columns
// were taken (0, 1, 2).
static int try_candidate(sr_front *f, int panel, int k, int j)
{
  const size_t ld = (size_t)f->ld;
  const double *l = f->a + (size_t)panel * ld, *w = f->w + (size_t)panel * ld;
  const int depth = k - panel;
  double *x = f->spare, *y = x + ld;
  current_column(f, k, j, depth, l, w, x);
  const double d = fabs(x[j]), most = largest(x, k, f->ld, j, -1);
  const bool is_large = d > f->least;
  if (!is_large || d < good_pivot * most) {
    const double single = is_large ? most / d : HUGE_VAL;
    const int r = find_partner(f, k, x, j);
    if (r >= 0 && fabs(x[r]) > f->least) {
      current_column(f, k, r, depth, l, w, y);
      const double pair = growth_of_pair(x[j], x[r], y[r], largest(x, k, f->ld, j, r), largest(y, k, f->ld, j, r));
      if (pair < single && pair * f->threshold <= 1.0) {
        exchange(f, panel, k, k, j, x, y);
        exchange(f, panel, k, k + 1, r == k ? j : r, x, y);
        take_double(f, k, x, y);
        return 2;
      }
    }
    if (!(single * f->threshold <= 1.0)) return 0;
  }
  exchange(f, panel, k, k, j, x, NULL);
  take_single(f, k, x);
  return 1;
}

// At a root nothing can be left over: the candidate becomes a pivot of size `least`, and counts as zero.
static void force(sr_front *f, int panel, int k)
{
  const size_t ld = (size_t)f->ld;
  double *x = f->spare;
  current_column(f, k, k, k - panel, f->a + (size_t)panel * ld, f->w + (size_t)panel * ld, x);
  if (!(fabs(x[k]) > f->least)) x[k] = f->least;
  for (int i = k + 1; i < f->n; i++) x[i] = 0.0;
  take_single(f, k, x);
  f->npositive -= f->diag[k] > 0.0;
  f->nnegative -= !(f->diag[k] > 0.0);
  f->nzero++;
}

static void factor(sr_front *f)
{
  int k = 0;
  f->npositive = f->nnegative = f->nzero = 0;
  while (k < f->ncandidate) {
    const int panel = k;
    for (int j = k; j < f->ncandidate && k - panel < PANEL;) {
      const int taken = try_candidate(f, panel, k, j);
      k += taken;
      j = taken > 0 && j < k ? k : j + (taken == 0);
    }
    if (k == panel) {
      if (!f->is_root) break;
      force(f, panel, k++);
    }
    update_shared(f, f->ld, k, f->ncandidate, panel, k - panel);
  }
  f->npivot = k;
  update_shared(f, f->ld, f->ncandidate, f->n, 0, k);
}

static void add(int n, const int *at, const int *run, int own, int shift, const double *restrict x, double *restrict a,
                int ld)
{
  for (int j = 0; j < n; j++) {
    double *restrict column = a + (size_t)(at[j] + (at[j] >= own ? shift : 0)) * (size_t)ld;
    for (int i = j; i < n;) {
      const int length = run[i];
      double *restrict to = column + at[i] + (at[i] >= own ? shift : 0);
      for (int k = 0; k < length; k++) to[k] += x[k];
      x += length;
      i += length;
    }
  }
}

static void forward(int n, int npivot, const double *l, int ld, double *x)
{
  for (int j = 0; j < npivot; j++) {
    const double *c = l + (size_t)j * (size_t)ld, xj = x[j];
    for (int i = j + 1; i < n; i++) x[i] -= c[i] * xj;
  }
}

static void backward(int n, int npivot, const double *l, int ld, double *x)
{
  for (int j = npivot - 1; j >= 0; j--) {
    const double *c = l + (size_t)j * (size_t)ld;
    double sum[8] = {0.0};  // eight partial sums, so that the loop runs in vectors
    int i = j + 1;
    for (; i + 8 <= n; i += 8)
      for (int q = 0; q < 8; q++) sum[q] += c[i + q] * x[i + q];
    for (int q = 0; i < n; i++, q++) sum[q] += c[i] * x[i];
    x[j] -= ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
  }
}

const sr_kernel KERNEL = {factor, add, forward, backward};
