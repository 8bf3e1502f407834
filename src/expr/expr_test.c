#include <stdint.h>

#include "base/arena.h"
#include "expr/vec.h"
#include "test.h"

// Pseudo-random numbers in (0, 1): the high bits of a 64-bit linear congruence (Knuth, MMIX).
static double draw(uint64_t *seed)
{
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return ((double)(*seed >> 12) + 0.5) / 4503599627370496.0;
}

static int draw_int(uint64_t *seed, int n)
{
  return (int)(draw(seed) * n);
}

static bool same(sr_ex a, sr_ex b)
{
  return a.g == b.g && a.id == b.id;
}

static double value1(sr_ex f, const double *x)
{
  sr_arena *a = sr_arena_new();
  const sr_tape *t = sr_tape_new(f.g, &f, 1, a);
  double y;
  sr_tape_eval1(t, x, &y, sr_alloc(a, double, sr_tape_work(t)));
  sr_arena_free(a);
  return y;
}

TEST(expr_folds_sums)
{
  sr_arena *m = sr_arena_new();
  sr_graph *g = sr_graph_new(m);
  const sr_ex x = sr_input(g), y = sr_input(g), zero = sr_const(g, 0.0);
  double k = 0.0;
  CHECK(same(sr_add(x, zero), x) && same(sr_add(zero, x), x) && same(sr_sub(x, zero), x));
  CHECK(same(sr_sub(zero, x), sr_neg(x)) && same(sr_neg(sr_neg(x)), x));
  CHECK(same(sr_add(x, x), sr_scale(x, 2.0)) && sr_is_zero(sr_sub(x, x)));
  CHECK(same(sr_add(x, y), sr_add(y, x)));
  CHECK(same(sr_add(x, sr_neg(y)), sr_sub(x, y)) && same(sr_sub(x, sr_neg(y)), sr_add(x, y)));
  CHECK(same(sr_neg(sr_sub(x, y)), sr_sub(y, x)) && same(sr_add(sr_neg(x), y), sr_sub(y, x)));
  CHECK(same(sr_sub(sr_neg(x), y), sr_neg(sr_add(x, y))) && same(sr_sub(sr_neg(x), sr_neg(y)), sr_sub(y, x)));
  CHECK(same(sr_add(sr_scale(x, 2.0), sr_scale(x, 3.0)), sr_scale(x, 5.0)));
  CHECK(same(sr_shift(sr_shift(x, 2.0), 3.0), sr_shift(x, 5.0)) && same(sr_shift(sr_shift(x, 2.0), -2.0), x));
  CHECK(same(sr_neg(sr_shift(x, 2.0)), sr_sub(sr_const(g, -2.0), x)));
  CHECK(sr_is_const(sr_sub(sr_shift(x, 5.0), sr_shift(x, 2.0)), &k) && k == 3.0);
  CHECK(sr_is_const(sr_sub(x, sr_shift(x, 2.0)), &k) && k == -2.0);
  CHECK(same(sr_add(sr_shift(x, 1.0), sr_shift(y, 2.0)), sr_shift(sr_add(x, y), 3.0)));
  CHECK(!same(sr_sub(x, y), sr_sub(y, x)) && !same(x, y) && !sr_is_const(x, NULL));
  sr_arena_free(m);
}

TEST(expr_folds_products)
{
  sr_arena *m = sr_arena_new();
  sr_graph *g = sr_graph_new(m);
  const sr_ex x = sr_input(g), y = sr_input(g), zero = sr_const(g, 0.0), one = sr_const(g, 1.0);
  double k = 0.0;
  CHECK(sr_is_zero(sr_mul(x, zero)) && sr_is_zero(sr_scale(x, 0.0)) && same(sr_mul(one, x), x));
  CHECK(same(sr_mul(x, y), sr_mul(y, x)) && same(sr_mul(x, x), sr_sq(x)));
  CHECK(same(sr_scale(sr_scale(x, 2.0), 3.0), sr_scale(x, 6.0)) && same(sr_scale(sr_scale(x, 2.0), 0.5), x));
  CHECK(same(sr_mul(sr_scale(x, 2.0), sr_scale(y, 3.0)), sr_scale(sr_mul(x, y), 6.0)));
  CHECK(same(sr_mul(sr_neg(x), sr_neg(y)), sr_mul(x, y)) && same(sr_sq(sr_neg(x)), sr_sq(x)));
  CHECK(same(sr_mul(x, sr_const(g, 2.0)), sr_scale(x, 2.0)) && same(sr_sq(sr_sqrt(x)), x));
  CHECK(sr_is_const(sr_div(sr_scale(x, 6.0), sr_scale(x, 2.0)), &k) && k == 3.0);
  CHECK(same(sr_inv(sr_inv(x)), x) && same(sr_div(x, sr_const(g, 4.0)), sr_scale(x, 0.25)));
  CHECK(sr_is_const(sr_div(sr_const(g, 1.0), sr_const(g, 3.0)), &k) && k == 1.0 / 3.0);
  CHECK(sr_is_const(sr_exp(sr_const(g, 1.5)), &k) && k == exp(1.5));
  CHECK(same(sr_sin(sr_neg(x)), sr_neg(sr_sin(x))) && same(sr_cos(sr_scale(x, -2.0)), sr_cos(sr_scale(x, 2.0))));
  CHECK(same(sr_tanh(sr_neg(x)), sr_neg(sr_tanh(x))));
  sr_arena_free(m);
}

TEST(expr_equal_expressions_are_one_node)
{
  sr_arena *m = sr_arena_new();
  sr_graph *g = sr_graph_new(m);
  sr_ex x[10];
  for (int i = 0; i < 10; i++) x[i] = sr_input(g);
  CHECK(sr_graph_inputs(g) == 10);
  int n = 0;
  for (int pass = 0; pass < 3; pass++) {
    for (int i = 0; i < 1000; i++) {
      const sr_ex e = sr_sin(sr_scale(sr_mul(x[i % 10], x[(i / 10) % 10]), 1.0 + i));
      CHECK(same(sr_add(e, x[i % 3]), sr_add(x[i % 3], e)));
    }
    if (pass == 0) n = sr_graph_nodes(g);
  }
  CHECK(sr_graph_nodes(g) == n);
  sr_arena_free(m);
}

typedef sr_ex (*unary)(sr_ex);
static sr_ex cube_of_shift(sr_ex x)
{
  return sr_poly(x, (const double[]){2.0, -1.0, 0.5, 3.0}, 4);
}
static sr_ex rational(sr_ex x)
{
  return sr_div(sr_shift(sr_scale(x, 3.0), 1.0), sr_add(sr_sq(x), sr_shift(x, 2.0)));
}

// First and second derivatives of every operation, at points inside its domain. Central differences: the error is
// about h^2 f''' + 1e-16 / h for the slope.
TEST(expr_derivatives_of_every_operation)
{
  const struct {
    unary f;
    double lo, hi;
  } op[] = {{sr_neg, -2, 2},  {sr_sq, -2, 2},         {sr_inv, 0.5, 2}, {sr_sqrt, 0.5, 2}, {sr_exp, -2, 2},
            {sr_log, 0.5, 3}, {sr_sin, -4, 4},        {sr_cos, -4, 4},  {sr_tanh, -2, 2},  {sr_asinh, -3, 3},
            {sr_atan, -3, 3}, {cube_of_shift, -2, 2}, {rational, -2, 2}};
  for (int i = 0; i < (int)(sizeof op / sizeof op[0]); i++) {
    sr_arena *m = sr_arena_new();
    sr_graph *g = sr_graph_new(m);
    const sr_ex x = sr_input(g), y = op[i].f(x);
    sr_ex d;
    sr_gradient(y, &x, 1, &d);
    const sr_sparse h = sr_hessian(y, m);
    const double step = 1e-5;
    for (int n = 0; n <= 8; n++) {
      const double at = op[i].lo + (op[i].hi - op[i].lo) * n / 8.0, up = at + step, down = at - step;
      NEAR(value1(d, &at), (value1(y, &up) - value1(y, &down)) / (2.0 * step), 2e-8);
      NEAR(h.nnz > 0 ? value1(h.at[0].value, &at) : 0.0, (value1(d, &up) - value1(d, &down)) / (2.0 * step), 4e-8);
    }
    const sr_ex one = sr_const(g, 1.0);
    const double at = 0.5 * (op[i].lo + op[i].hi) + 0.1, slope = value1(d, &at);
    NEAR(value1(sr_directional(y, &x, &one, 1), &at), slope, 1e-14 * (1.0 + fabs(slope)));
    sr_arena_free(m);
  }
}

// A random expression of nodes that stay within a few units for inputs within (-1, 1).
static void random_graph(sr_graph *g, int ninput, int nnode, int nout, sr_ex *out, uint64_t seed)
{
  sr_arena *work = sr_arena_new();
  sr_ex *e = sr_alloc(work, sr_ex, ninput + nnode);
  for (int i = 0; i < ninput; i++) e[i] = sr_input(g);
  for (int i = ninput; i < ninput + nnode; i++) {
    const int reach = i < 60 ? i : 60;  // recent nodes, so that the graph is deep
    const sr_ex a = e[i - 1 - draw_int(&seed, reach)],
                b = e[draw_int(&seed, 4) == 0 ? draw_int(&seed, ninput) : i - 1 - draw_int(&seed, reach)];
    switch (draw_int(&seed, 10)) {
      case 0:
        e[i] = sr_tanh(sr_add(a, b));
        break;
      case 1:
        e[i] = sr_sin(sr_sub(a, b));
        break;
      case 2:
        e[i] = sr_inv(sr_shift(sr_sq(a), 1.5));
        break;
      case 3:
        e[i] = sr_sqrt(sr_shift(sr_sq(sr_sin(a)), 0.5));
        break;
      case 4:
        e[i] = sr_asinh(sr_mul(a, b));
        break;
      case 5:
        e[i] = sr_exp(sr_scale(sr_tanh(a), 0.5));
        break;
      case 6:
        e[i] = sr_atan(sr_mul(a, sr_cos(b)));
        break;
      case 7:
        e[i] = sr_log(sr_shift(sr_sq(sr_tanh(b)), 1.0));
        break;
      default:
        e[i] = sr_scale(sr_sub(sr_mul(sr_tanh(a), sr_cos(b)), b), 0.7);
        break;
    }
  }
  for (int i = 0; i < nout; i++) out[i] = e[ninput + nnode - nout + i];
  sr_arena_free(work);
}

// The values of a matrix at a point, dense.
static void dense(const sr_graph *g, sr_sparse s, const double *x, double *to)
{
  sr_arena *a = sr_arena_new();
  sr_ex *e = sr_alloc(a, sr_ex, s.nnz + 1);
  double *v = sr_alloc(a, double, s.nnz + 1);
  for (int i = 0; i < s.nnz; i++) e[i] = s.at[i].value;
  const sr_tape *t = sr_tape_new(g, e, s.nnz, a);
  sr_tape_eval1(t, x, v, sr_alloc(a, double, sr_tape_work(t)));
  for (int i = 0; i < s.nrow * s.ncol; i++) to[i] = 0.0;
  for (int i = 0; i < s.nnz; i++) to[s.at[i].row * s.ncol + s.at[i].col] = v[i];
  sr_arena_free(a);
}

enum { NIN = 7, NOUT = 5 };

// J against differences of the outputs, H of sum_i (i + 1) out_i against differences of (weights)' J.
TEST(expr_random_jacobians_and_hessians)
{
  for (uint64_t seed = 1; seed <= 12; seed++) {
    sr_arena *m = sr_arena_new();
    sr_graph *g = sr_graph_new(m);
    sr_ex out[NOUT], weighted[NOUT];
    random_graph(g, NIN, 20 + 10 * (int)seed, NOUT, out, seed);
    for (int i = 0; i < NOUT; i++) weighted[i] = sr_scale(out[i], 1.0 + i);
    const sr_sparse j = sr_jacobian(g, out, NOUT, m), h = sr_hessian(sr_sum(weighted, NOUT), m);
    CHECK(j.nrow == NOUT && j.ncol == NIN && h.nrow == NIN && h.ncol == NIN);
    double x[NIN], J[NOUT * NIN], H[NIN * NIN], J_up[NOUT * NIN], J_down[NOUT * NIN];
    uint64_t s = seed + 100;
    for (int i = 0; i < NIN; i++) x[i] = 2.0 * draw(&s) - 1.0;
    dense(g, j, x, J);
    dense(g, h, x, H);
    for (int c = 0; c < NIN; c++) {
      const double step = 1e-5, at = x[c];
      double up[NOUT], down[NOUT];
      x[c] = at + step;
      for (int i = 0; i < NOUT; i++) up[i] = value1(out[i], x);
      dense(g, j, x, J_up);
      x[c] = at - step;
      for (int i = 0; i < NOUT; i++) down[i] = value1(out[i], x);
      dense(g, j, x, J_down);
      x[c] = at;
      for (int i = 0; i < NOUT; i++) {
        const double difference = (up[i] - down[i]) / (2.0 * step);
        NEAR(J[i * NIN + c], difference, 1e-6 * (1.0 + fabs(difference)));
      }
      for (int r = c; r < NIN; r++) {
        double difference = 0.0;
        for (int i = 0; i < NOUT; i++)
          difference += (1.0 + i) * (J_up[i * NIN + r] - J_down[i * NIN + r]) / (2.0 * step);
        NEAR(H[r * NIN + c], difference, 1e-5 * (1.0 + fabs(difference)));
      }
    }
    sr_arena_free(m);
  }
}

// Entries are sorted, and only there where an expression depends on an input (J) or on a pair of them (H).
TEST(expr_sparsity_is_exact)
{
  sr_arena *m = sr_arena_new();
  sr_graph *g = sr_graph_new(m);
  sr_ex x[5];
  for (int i = 0; i < 5; i++) x[i] = sr_input(g);
  const sr_ex out[4] = {sr_mul(x[3], x[1]), x[2], sr_const(g, 4.0), sr_add(sr_sin(x[4]), sr_scale(x[0], 3.0))};
  const sr_sparse j = sr_jacobian(g, out, 4, m);
  const int want[5][2] = {{0, 1}, {0, 3}, {1, 2}, {3, 0}, {3, 4}};
  CHECK(j.nnz == 5);
  for (int i = 0; i < j.nnz && i < 5; i++) CHECK(j.at[i].row == want[i][0] && j.at[i].col == want[i][1]);
  const sr_sparse h = sr_hessian(sr_sum(out, 4), m);
  CHECK(h.nnz == 2);
  CHECK(h.at[0].row == 3 && h.at[0].col == 1 && h.at[1].row == 4 && h.at[1].col == 4);
  sr_arena_free(m);
}

// With later inputs as constants, the Hessian is the leading block of the full one.
TEST(expr_hessian_of_first_inputs_is_the_leading_block)
{
  enum { FIRST = 4 };
  sr_arena *m = sr_arena_new();
  sr_graph *g = sr_graph_new(m);
  sr_ex out[NOUT];
  random_graph(g, NIN, 90, NOUT, out, 21);
  const sr_sparse all = sr_hessian(out[NOUT - 1], m), first = sr_hessian_first(out[NOUT - 1], FIRST, m);
  double x[NIN], H[NIN * NIN], block[FIRST * FIRST];
  uint64_t s = 5;
  for (int i = 0; i < NIN; i++) x[i] = 2.0 * draw(&s) - 1.0;
  dense(g, all, x, H);
  dense(g, first, x, block);
  CHECK(first.nrow == FIRST && first.ncol == FIRST && first.nnz > 0);
  for (int r = 0; r < FIRST; r++)
    for (int c = 0; c <= r; c++) NEAR(block[r * FIRST + c], H[r * NIN + c], 1e-11 * (1.0 + fabs(H[r * NIN + c])));
  sr_arena_free(m);
}

TEST(expr_directional_is_jacobian_times_direction)
{
  sr_arena *m = sr_arena_new();
  sr_graph *g = sr_graph_new(m);
  sr_ex out[NOUT], x[NIN], v[NIN];
  random_graph(g, NIN, 80, NOUT, out, 42);
  const sr_sparse j = sr_jacobian(g, out, NOUT, m);
  double at[2 * NIN], J[NOUT * 2 * NIN];
  uint64_t s = 9;
  for (int i = 0; i < 2 * NIN; i++) at[i] = 2.0 * draw(&s) - 1.0;
  dense(g, j, at, J);
  for (int i = 0; i < NIN; i++) {
    v[i] = sr_input(g);
    x[i] = (sr_ex){g, i};
  }
  for (int i = 0; i < NOUT; i++) {
    double expected = 0.0;
    for (int c = 0; c < NIN; c++) expected += J[i * NIN + c] * at[NIN + c];
    NEAR(value1(sr_directional(out[i], x, v, NIN), at), expected, 1e-12 * (1.0 + fabs(expected)));
  }
  sr_arena_free(m);
}

// Any number of points and any stride give the bits of the single point, and nothing is read or written beyond.
TEST(expr_batches_have_the_bits_of_single_points)
{
  enum { STRIDE = 101 };
  sr_arena *m = sr_arena_new();
  sr_graph *g = sr_graph_new(m);
  sr_ex out[NOUT + 2];
  random_graph(g, NIN, 300, NOUT, out, 7);
  out[NOUT] = sr_const(g, 2.5);
  out[NOUT + 1] = out[0];
  const int nout = NOUT + 2;
  const sr_tape *t = sr_tape_new(g, out, nout, m);
  CHECK(sr_tape_length(t) > 300);
  double *work = sr_alloc(m, double, sr_tape_work(t) + 1) + 1;
  double in[NIN * STRIDE], to[(NOUT + 2) * STRIDE];
  uint64_t seed = 3;
  for (int i = 0; i < NIN * STRIDE; i++) in[i] = 4.0 * draw(&seed) - 2.0;
  const int count[] = {1, 2, 31, 32, 33, 50, 64, 65, 97, 101};
  for (int c = 0; c < 10; c++) {
    for (int i = 0; i < nout * STRIDE; i++) to[i] = -99.0;
    sr_tape_eval(t, count[c], STRIDE, in, to, work);
    for (int p = 0; p < STRIDE; p++) {
      double x[NIN], y[NOUT + 2];
      for (int i = 0; i < NIN; i++) x[i] = in[i * STRIDE + p];
      sr_tape_eval1(t, x, y, work);
      for (int i = 0; i < nout; i++) CHECK(to[i * STRIDE + p] == (p < count[c] ? y[i] : -99.0));
    }
  }
  sr_arena_free(m);
}

// Rotation about an axis: orthonormal, keeps the axis, turns by the angle; about z it costs two rows only.
TEST(expr_rotation)
{
  sr_arena *m = sr_arena_new();
  sr_graph *g = sr_graph_new(m);
  const sr_ex q = sr_input(g);
  const double axis[3] = {2.0 / 7.0, -3.0 / 7.0, 6.0 / 7.0}, angle = 0.83;
  const sr_xmat R = sr_xmat_rotation(axis, q), R2 = sr_xmat_mul(R, R), twice = sr_xmat_rotation(axis, sr_scale(q, 2.0));
  NEAR(value1(R2.row[0].y, &angle), value1(twice.row[0].y, &angle), 1e-15);
  NEAR(value1(R2.row[2].x, &angle), value1(twice.row[2].x, &angle), 1e-15);
  const sr_xvec n = sr_xvec_const(g, axis), Rn = sr_xmat_apply(R, n);
  NEAR(value1(Rn.x, &angle), axis[0], 1e-15);
  NEAR(value1(Rn.y, &angle), axis[1], 1e-15);
  NEAR(value1(Rn.z, &angle), axis[2], 1e-15);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) NEAR(value1(sr_xvec_dot(R.row[i], R.row[j]), &angle), i == j ? 1.0 : 0.0, 1e-15);
  const double trace = value1(sr_add(sr_add(R.row[0].x, R.row[1].y), R.row[2].z), &angle);
  NEAR(trace, 1.0 + 2.0 * cos(angle), 1e-15);
  const sr_xmat Z = sr_xmat_rotation((double[]){0, 0, 1}, q);
  CHECK(same(Z.row[0].x, sr_cos(q)) && same(Z.row[1].x, sr_sin(q)) && same(Z.row[0].y, sr_neg(sr_sin(q))));
  CHECK(sr_is_zero(Z.row[0].z) && sr_is_zero(Z.row[2].x) && same(Z.row[2].z, sr_const(g, 1.0)));
  const sr_xvec v = sr_xvec_cross(sr_xvec_const(g, (double[]){1, 2, 3}), sr_xvec_const(g, (double[]){4, 5, 6}));
  CHECK(value1(v.x, &angle) == -3.0 && value1(v.y, &angle) == 6.0 && value1(v.z, &angle) == -3.0);
  sr_arena_free(m);
}

// A chain of 1000 groups that all share one input: the work of J and H grows with the size of the graph (well under a
// second here), and the result has the sparsity of the chain and the values that it has for a short one.
static sr_ex chain(sr_graph *g, int ngroup, sr_ex *f)
{
  const sr_ex shared = sr_input(g);
  sr_ex first = {g, 0}, x = first, next;
  for (int i = 0; i < ngroup; i++, x = next) {
    if (i == 0) first = x = sr_input(g);
    next = i + 1 < ngroup ? sr_input(g) : first;
    f[i] = x;
    for (int n = 0; n < 5; n++)
      f[i] = sr_tanh(sr_add(sr_mul(f[i], next), sr_sin(sr_mul(shared, sr_scale(f[i], 1.0 + n)))));
  }
  return sr_sum(f, ngroup);
}

static double first_entry_of_hessian(int ngroup, int *nnz)
{
  sr_arena *m = sr_arena_new();
  sr_graph *g = sr_graph_new(m);
  sr_ex *f = sr_alloc(m, sr_ex, ngroup);
  double *x = sr_alloc(m, double, ngroup + 1);
  for (int i = 0; i <= ngroup; i++) x[i] = 0.3;
  const sr_ex sum = chain(g, ngroup, f);
  CHECK(sr_jacobian(g, f, ngroup, m).nnz == 3 * ngroup);
  const sr_sparse h = sr_hessian(sum, m);
  *nnz = h.nnz;
  const double value = value1(h.at[0].value, x);
  sr_arena_free(m);
  return value;
}

TEST(expr_large_graph)
{
  int nnz;
  const double of_ten = first_entry_of_hessian(10, &nnz) / 10.0;
  NEAR(first_entry_of_hessian(1000, &nnz) / 1000.0, of_ten, 1e-10 * fabs(of_ten));
  CHECK(nnz == 1 + 3 * 1000);
}
