// The sparse factorisation against what it must do: A x = b, inertia, delayed pivots, the same answer on every set of
// instructions.
#include "math/ldl.h"

#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "test.h"

static double random_number(unsigned long long *state)  // -1..1
{
  *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (double)(*state >> 11) / 4503599627370496.0 - 1.0;
}

typedef struct matrix {
  int n, nnz, *row, *col;
  double *value;
} matrix;

static void add(matrix *m, int i, int j, double v)
{
  m->row[m->nnz] = i;
  m->col[m->nnz] = j;
  m->value[m->nnz++] = v;
}

// A saddle point like that of a collocated problem: stages of `nx` unknowns and `nx` multipliers that couple with the
// next stage, a zero block, and two unknowns that meet all stages. Its inertia is (stages nx + 2, stages nx).
static matrix saddle(int stages, int nx, unsigned seed, sr_arena *a)
{
  matrix m = {.n = 2 * stages * nx + 2};
  const int room = stages * nx * (3 * nx + 8) + 10;
  m.row = sr_alloc(a, int, room);
  m.col = sr_alloc(a, int, room);
  m.value = sr_alloc(a, double, room);
  unsigned long long state = seed;
  for (int k = 0; k < stages; k++) {
    const int x = 2 * k * nx, y = x + nx;
    for (int i = 0; i < nx; i++) {
      add(&m, x + i, x + i, 1.0 + 1e-3 * fabs(random_number(&state)));
      add(&m, y + i, x + i, 2.0);
      add(&m, y + i, m.n - 1 - i % 2, random_number(&state));
      for (int j = 0; j < nx; j++) {
        if (random_number(&state) > 0.5) add(&m, y + i, x + j, 0.3 * random_number(&state));
        if (k + 1 < stages && random_number(&state) > 0.5) add(&m, x + 2 * nx + j, y + i, random_number(&state));
      }
    }
  }
  add(&m, m.n - 1, m.n - 1, 1.0);
  add(&m, m.n - 2, m.n - 2, 1.0);
  return m;
}

// |b - A x| / (|b| + |A| |x|) in the largest entry: the size of the error of A and b of which x is the exact answer
static double backward_error(const matrix *m, const double *x, const double *b, sr_arena *a)
{
  double *r = sr_alloc(a, double, m->n), worst = 0.0, size_b = 0.0, size_x = 0.0;
  for (int i = 0; i < m->n; i++) {
    r[i] = b[i];
    size_b = fmax(size_b, fabs(b[i]));
    size_x = fmax(size_x, fabs(x[i]));
  }
  for (int e = 0; e < m->nnz; e++) {
    r[m->row[e]] -= m->value[e] * x[m->col[e]];
    if (m->row[e] != m->col[e]) r[m->col[e]] -= m->value[e] * x[m->row[e]];
  }
  for (int i = 0; i < m->n; i++) worst = fmax(worst, fabs(r[i]));
  return worst / (size_b + 2.0 * size_x);  // rows of A add up to about 2 and more
}

static void check_solves(const matrix *m, sr_isa isa, int positive, double *x, sr_arena *a)
{
  sr_ldl *f = sr_ldl_new(m->n, m->nnz, m->row, m->col, isa, a);
  const sr_inertia in = sr_ldl_factor(f, m->value, 0.01);
  CHECK(in.positive == positive && in.negative == m->n - positive && in.zero == 0);
  double *b = sr_alloc(a, double, m->n);
  for (int i = 0; i < m->n; i++) b[i] = x[i] = 1.0 + i % 7;
  sr_ldl_solve(f, x);
  NEAR(backward_error(m, x, b, a), 0.0, 1e-10);  // each pivot may let entries grow a hundredfold; seen: 3e-12
}

TEST(ldl_solves_saddle_points_and_knows_their_inertia)
{
  for (unsigned seed = 1; seed <= 20; seed++) {
    sr_arena *a = sr_arena_new();
    const int nx = 1 + (int)seed, stages = 30 - (int)seed;
    const matrix m = saddle(stages, nx, seed, a);
    double *x = sr_alloc(a, double, m.n);
    check_solves(&m, SR_ISA_GENERIC, stages * nx + 2, x, a);
    sr_arena_free(a);
  }
}

TEST(ldl_answers_the_same_on_every_set_of_instructions)
{
  sr_arena *a = sr_arena_new();
  const matrix m = saddle(12, 37, 5, a);
  double *x = sr_alloc(a, double, m.n), *y = sr_alloc(a, double, m.n);
  check_solves(&m, SR_ISA_GENERIC, 12 * 37 + 2, x, a);
  for (int isa = 0; isa < SR_ISA_COUNT; isa++) {
    if (!sr_isa_works((sr_isa)isa)) continue;
    check_solves(&m, (sr_isa)isa, 12 * 37 + 2, y, a);
    for (int i = 0; i < m.n; i++) NEAR(y[i], x[i], 1e-8 * (1.0 + fabs(x[i])));
  }
  sr_arena_free(a);
}

// Dense, indefinite, with a zero diagonal: every pivot is one of two.
TEST(ldl_takes_pivots_of_two)
{
  sr_arena *a = sr_arena_new();
  const int n = 70;
  matrix m = {.n = n, .row = sr_alloc(a, int, n *n), .col = sr_alloc(a, int, n *n), .value = sr_alloc(a, double, n *n)};
  unsigned long long state = 3;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < i; j++) add(&m, i, j, (i == j + 1 && i % 2 == 1 ? 20.0 : 0.0) + random_number(&state));
  double *x = sr_alloc(a, double, n);
  for (int isa = 0; isa < SR_ISA_COUNT; isa++)
    if (sr_isa_works((sr_isa)isa)) check_solves(&m, (sr_isa)isa, n / 2, x, a);
  sr_arena_free(a);
}

TEST(ldl_tells_a_singular_matrix)
{
  sr_arena *a = sr_arena_new();
  // two equal constraints: (1 0 1 1; 0 1 1 1; 1 1 0 0; 1 1 0 0)
  const int row[] = {0, 1, 2, 2, 3, 3}, col[] = {0, 1, 0, 1, 0, 1};
  const double value[] = {1, 1, 1, 1, 1, 1};
  sr_ldl *f = sr_ldl_new(4, 6, row, col, SR_ISA_GENERIC, a);
  const sr_inertia in = sr_ldl_factor(f, value, 0.01);
  CHECK(in.positive == 2 && in.negative == 1 && in.zero == 1);
  // the same structure with other numbers is regular again
  const double regular[] = {1, 1, 1, 2, 2, 1};
  const sr_inertia again = sr_ldl_factor(f, regular, 0.01);
  CHECK(again.positive == 2 && again.negative == 2 && again.zero == 0);
  sr_arena_free(a);
}

// A multiplier alone in a leaf, before the unknowns that could give it a pivot: it is left to the parent.
TEST(ldl_delays_what_has_no_stable_pivot)
{
  sr_arena *a = sr_arena_new();
  const matrix m = saddle(40, 6, 9, a);
  matrix bare = m;  // without the diagonal of the unknowns: pivots exist in pairs only
  bare.nnz = 0;
  bare.row = sr_alloc(a, int, m.nnz);
  bare.col = sr_alloc(a, int, m.nnz);
  bare.value = sr_alloc(a, double, m.nnz);
  for (int e = 0; e < m.nnz; e++) add(&bare, m.row[e], m.col[e], m.row[e] == m.col[e] ? 1e-14 : m.value[e]);
  sr_ldl *f = sr_ldl_new(bare.n, bare.nnz, bare.row, bare.col, SR_ISA_GENERIC, a);
  const sr_inertia in = sr_ldl_factor(f, bare.value, 0.01);
  CHECK(in.delayed > 0);
  CHECK(in.positive + in.negative + in.zero == bare.n);
  sr_arena_free(a);
}

// Every bit of a solution, whatever the number of threads: a matrix whose tree is cut into subtrees, and whose top
// fronts are large enough to be shared, with few and with many delayed pivots.
TEST(ldl_gives_the_same_bits_on_any_number_of_threads)
{
  static const int threads[] = {1, 2, 4};
  sr_arena *a = sr_arena_new();
  const matrix m = saddle(6, 400, 11, a);
  double *first = sr_alloc(a, double, 2 * m.n), *x = sr_alloc(a, double, 2 * m.n), *loose = sr_alloc(a, double, m.nnz);
  for (int e = 0; e < m.nnz; e++) loose[e] = m.row[e] == m.col[e] && e % 3 == 0 ? 1e-9 : m.value[e];
  for (int t = 0; t < 3; t++) {
    sr_parallel_allow(threads[t]);
    sr_ldl *f = sr_ldl_new(m.n, m.nnz, m.row, m.col, sr_isa_best(), a);
    CHECK(sr_ldl_size_of(f).flops > 1e9);
    for (int kind = 0; kind < 2; kind++) {
      const sr_inertia in = sr_ldl_factor(f, kind == 0 ? m.value : loose, 0.01);
      CHECK(in.positive + in.negative == m.n && (kind == 0 || in.delayed > 100));
      for (int i = 0; i < m.n; i++) x[kind * m.n + i] = 1.0 + i % 7;
      sr_ldl_solve(f, x + kind * m.n);
    }
    sr_parallel_allow(1);
    if (t == 0) memcpy(first, x, 2 * (size_t)m.n * sizeof *x);
    CHECK(memcmp(first, x, 2 * (size_t)m.n * sizeof *x) == 0);
  }
  sr_arena_free(a);
}

// An order is remembered by the structure alone: again after other structures of the same size, and after so many that
// it was forgotten, it is the one that was made first.
TEST(ldl_gives_the_same_bits_with_an_order_that_is_remembered)
{
  enum { OTHERS = 20 };
  sr_arena *a = sr_arena_new();
  const matrix m = saddle(30, 20, 1, a);
  double *first = NULL;
  for (int again = 0; again < 3; again++) {
    sr_ldl *f = sr_ldl_new(m.n, m.nnz, m.row, m.col, SR_ISA_GENERIC, a);
    double *x = sr_alloc(a, double, m.n);
    for (int i = 0; i < m.n; i++) x[i] = i % 7 - 3;
    sr_ldl_factor(f, m.value, 1e-6);
    sr_ldl_solve(f, x);
    if (first != NULL) CHECK(memcmp(x, first, (size_t)m.n * sizeof *x) == 0);
    first = x;
    for (int k = 0; again == 1 && k < OTHERS; k++) {
      const matrix other = saddle(30, 20, 2 + (unsigned)k, a);
      double *y = sr_alloc(a, double, m.n), *b = sr_alloc(a, double, m.n);
      for (int i = 0; i < m.n; i++) b[i] = y[i] = i % 5 - 2;
      sr_ldl *g = sr_ldl_new(other.n, other.nnz, other.row, other.col, SR_ISA_GENERIC, a);
      sr_ldl_factor(g, other.value, 0.01);
      sr_ldl_solve(g, y);
      CHECK(backward_error(&other, y, b, a) < 1e-9);
    }
  }
  sr_arena_free(a);
}
