// A matrix condensed before its factorisation against the same matrix factorised whole.
#include "math/condensed.h"

#include <string.h>

#include "base/error.h"
#include "math/random.h"
#include "test.h"

enum { STAGES = 12, STATES = 5, ROOM = 4000 };

typedef struct matrix {
  int n, nnz, row[ROOM], col[ROOM];
  double value[ROOM];
  int npart, positive;
  sr_part part[ROOM];
} matrix;

static double number(uint64_t at)  // -1..1
{
  return 2.0 * sr_random_uniform(11, 0, at) - 1.0;
}

static void add(matrix *m, int i, int j, double v)
{
  SR_ASSERT(m->nnz < ROOM);
  m->row[m->nnz] = i;
  m->col[m->nnz] = j;
  m->value[m->nnz++] = v;
}

// Stages of states x, rates r, equations y:  x - x_before - h T r = 0, and a bound on a mix of one state and its rate
// (row s, with a diagonal entry); r couples to all states of its stage and to the next rate, T to all equations. `h`:
// what couples a rate to its equation.
static matrix *staged(double h, double bound, sr_arena *a)
{
  matrix *m = sr_alloc(a, matrix, 1);
  const int per = 4 * STATES;
  uint64_t at = 0;
  m->n = STAGES * per + 1;
  const int t = m->n - 1;
  add(m, t, t, 3.0);
  for (int k = 0; k < STAGES; k++) {
    const int x = k * per, r = x + STATES, y = r + STATES, s = y + STATES;
    for (int i = 0; i < STATES; i++) {
      add(m, x + i, x + i, 2.0 + number(at++));
      add(m, r + i, r + i, 0.5 + 0.1 * number(at++));
      for (int j = 0; j < STATES; j++) add(m, r + i, x + j, 0.1 * number(at++));
      if (i > 0) add(m, r + i, r + i - 1, 0.05);
      add(m, y + i, x + i, 1.0);
      if (k > 0) add(m, y + i, x + i - per, -1.0);
      add(m, y + i, r + i, -h);
      add(m, y + i, t, number(at++));
      add(m, s + i, x + i, number(at++));
      add(m, s + i, r + i, 1.0);
      add(m, s + i, s + i, -0.5 * bound);
      add(m, s + i, s + i, -0.5 * bound);  // entries at one place are added
      m->part[m->npart++] = (sr_part){s + i, -1};
    }
  }
  for (int k = 0; k < STAGES; k++)
    for (int i = 0; i < STATES; i++) m->part[m->npart++] = (sr_part){k * per + 2 * STATES + i, k * per + STATES + i};
  m->positive = STAGES * 2 * STATES + 1;
  return m;
}

static double backward_error(const matrix *m, const double *x, const double *b, sr_arena *a)
{
  double *r = sr_alloc(a, double, m->n), worst = 0.0, size = 0.0, entry = 0.0;
  memcpy(r, b, (size_t)m->n * sizeof *r);
  for (int e = 0; e < m->nnz; e++) {
    r[m->row[e]] -= m->value[e] * x[m->col[e]];
    if (m->row[e] != m->col[e]) r[m->col[e]] -= m->value[e] * x[m->row[e]];
    entry = fmax(entry, fabs(m->value[e]));
  }
  for (int i = 0; i < m->n; i++) worst = fmax(worst, fabs(r[i])), size = fmax(size, fabs(x[i]));
  return worst / (1.0 + entry * size);
}

static sr_inertia solve(const matrix *m, int npart, double threshold, const double *b, double *x, sr_arena *a)
{
  sr_condensed *c = sr_condensed_new(m->n, m->nnz, m->row, m->col, npart, m->part, SR_ISA_GENERIC, a);
  sr_inertia in = {0};
  for (int again = 0; again < 2; again++) CHECK(sr_condensed_factor(c, m->value, threshold, &in));
  memcpy(x, b, (size_t)m->n * sizeof *x);
  sr_condensed_solve(c, x);
  return in;
}

TEST(condensed_and_whole_matrix_have_one_answer_and_one_inertia)
{
  for (int k = 0; k < 2; k++) {
    sr_arena *a = sr_arena_new();
    const matrix *m = staged(0.2, k == 0 ? 1.0 : 1e-6, a);
    double *b = sr_alloc(a, double, m->n), *x = sr_alloc(a, double, m->n), *y = sr_alloc(a, double, m->n);
    for (int i = 0; i < m->n; i++) b[i] = number(5000 + (uint64_t)i);
    const double strict =
        k == 0 ? 1e-6 : 1e-2;  // a bound of 1e-6 itself would be a pivot that lets entries grow by 1e6
    const sr_inertia whole = solve(m, 0, strict, b, x, a), condensed = solve(m, m->npart, 1e-6, b, y, a);
    CHECK(whole.positive == m->positive && condensed.positive == m->positive);
    CHECK(whole.negative == m->n - m->positive && condensed.negative == whole.negative && condensed.zero == 0);
    NEAR(backward_error(m, x, b, a), 0.0, 1e-12);
    NEAR(backward_error(m, y, b, a), 0.0, k == 0 ? 1e-12 : 1e-9);  // a bound of 1e-6 adds 1e6 to what is left
    sr_arena_free(a);
  }
}

TEST(condensed_leaves_only_what_is_in_no_part)
{
  sr_arena *a = sr_arena_new();
  const matrix *m = staged(0.2, 1.0, a);
  sr_condensed *whole = sr_condensed_new(m->n, m->nnz, m->row, m->col, 0, NULL, SR_ISA_GENERIC, a);
  sr_condensed *c = sr_condensed_new(m->n, m->nnz, m->row, m->col, m->npart, m->part, SR_ISA_GENERIC, a);
  CHECK(sr_condensed_size(c).flops < 0.5 * sr_condensed_size(whole).flops);
  sr_arena_free(a);
}

TEST(condensed_tells_a_pivot_that_is_too_small)
{
  sr_arena *a = sr_arena_new();
  const struct {
    double h, bound;
  } bad[] = {{0.0, 1.0}, {1e-10, 1.0}, {0.2, 0.0}, {0.2, 1e-14}};
  for (int k = 0; k < 4; k++) {
    const matrix *m = staged(bad[k].h, bad[k].bound, a);
    sr_condensed *c = sr_condensed_new(m->n, m->nnz, m->row, m->col, m->npart, m->part, SR_ISA_GENERIC, a);
    sr_inertia in;
    CHECK(!sr_condensed_factor(c, m->value, 1e-6, &in));
  }
  sr_arena_free(a);
}
