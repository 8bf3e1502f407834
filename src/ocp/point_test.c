// One-point problems: two of W. Hock, K. Schittkowski, "Test examples for nonlinear programming codes", LNEMS 187, 1981
// (the others stand in src/nlp/hs_problems.c), and the static distribution of a joint moment over two muscles.
#include "ocp/ocp.h"
#include "test.h"

typedef struct point {
  sr_arena *arena;
  sr_point_problem q;
  sr_ex x[4], con[3];
  sr_bound z[4], con_bound[3];
  double at[4];
} point;

static void point_open(point *p, int n, const double *start)
{
  *p = (point){.arena = sr_arena_new()};
  p->q =
      (sr_point_problem){.graph = sr_graph_new(p->arena), .nz = n, .z = p->z, .con = p->con, .con_bound = p->con_bound};
  for (int i = 0; i < n; i++) {
    p->x[i] = sr_input(p->q.graph);
    p->z[i] = (sr_bound){.name = "x", .lo = -SR_NLP_INF, .hi = SR_NLP_INF, .scale = 1.0};
    p->at[i] = start[i];
  }
}

static void within(point *p, int i, double lo, double hi)
{
  p->z[i].lo = lo;
  p->z[i].hi = hi;
}

static void subject_to(point *p, sr_ex con, double lo, double hi)
{
  p->con[p->q.ncon] = con;
  p->con_bound[p->q.ncon++] = (sr_bound){.name = "c", .lo = lo, .hi = hi, .scale = 1.0};
}

// Solves and closes. 1e-6: printed values have seven to ten digits, the solver is asked for 1e-9.
static void expect(point *p, sr_ex cost, double answer)
{
  sr_nlp_options o = sr_nlp_options_default();
  o.tol = o.constraint_tol = 1e-9;
  p->q.cost = cost;
  const sr_ocp_result r = sr_point_solve(&p->q, &o, p->at, p->arena);
  CHECK(r.nlp.status == SR_NLP_SOLVED);
  CHECK(r.worst[0] == '\0');
  NEAR(r.running_cost, answer, 1e-6);
  sr_arena_free(p->arena);
}

static sr_ex weighted(const sr_ex *x, const double *k, int n)  // sum k_i x_i
{
  sr_ex y = sr_scale(x[0], k[0]);
  for (int i = 1; i < n; i++) y = sr_add(y, sr_scale(x[i], k[i]));
  return y;
}

static sr_ex weighted_squares(const sr_ex *x, const double *k, int n)  // sum k_i x_i^2
{
  sr_ex y = sr_scale(sr_sq(x[0]), k[0]);
  for (int i = 1; i < n; i++) y = sr_add(y, sr_scale(sr_sq(x[i]), k[i]));
  return y;
}

TEST(point_hs4_cubic_at_its_bounds)
{
  point p;
  point_open(&p, 2, (const double[]){1.125, 0.125});
  within(&p, 0, 1, SR_NLP_INF);
  within(&p, 1, 0, SR_NLP_INF);
  const sr_ex s = sr_shift(p.x[0], 1.0);
  expect(&p, sr_add(sr_scale(sr_mul(s, sr_sq(s)), 1.0 / 3.0), p.x[1]), 8.0 / 3.0);
}

TEST(point_hs43_rosen_suzuki)
{
  point p;
  point_open(&p, 4, (const double[]){0, 0, 0, 0});
  const double square[4][4] = {{1, 1, 1, 1}, {1, 2, 1, 2}, {2, 1, 1, 0}, {1, 1, 2, 1}};
  const double linear[4][4] = {{1, -1, 1, -1}, {-1, 0, 0, -1}, {2, -1, 0, -1}, {-5, -5, -21, 7}};
  const double hi[3] = {8, 10, 5};
  sr_ex y[4];
  for (int i = 0; i < 4; i++) y[i] = sr_add(weighted_squares(p.x, square[i], 4), weighted(p.x, linear[i], 4));
  for (int i = 0; i < 3; i++) subject_to(&p, y[i], -SR_NLP_INF, hi[i]);
  expect(&p, y[3], -44.0);
}

TEST(point_infeasible_constraint_is_named)
{
  point p;
  point_open(&p, 1, (const double[]){0.5});
  subject_to(&p, sr_sq(p.x[0]), -2, -1);
  p.con_bound[0].name = "square below zero";
  p.q.cost = p.x[0];
  const sr_nlp_options o = sr_nlp_options_default();
  const sr_ocp_result r = sr_point_solve(&p.q, &o, p.at, p.arena);
  CHECK(r.nlp.status != SR_NLP_SOLVED);
  CHECK(strstr(r.worst, "square below zero") != NULL);
  sr_arena_free(p.arena);
}

// Two muscles hold a joint moment M with r F = (10, 30) N m at full activation. Lagrange: min sum a^2 makes a
// proportional to r F, min sum a^3 to its square root; M = 12 keeps both below 1.
//   a_i = M (rF)_i / sum (rF)^2,      a_i = M sqrt((rF)_i) / sum (rF)^(3/2)
static void share_moment(int power)
{
  const double strength[] = {10, 30}, moment = 12;
  double norm = 0.0;
  for (int i = 0; i < 2; i++) norm += strength[i] * pow(strength[i], 1.0 / (power - 1));
  point p;
  point_open(&p, 2, (const double[]){0.5, 0.5});
  for (int i = 0; i < 2; i++) within(&p, i, 0, 1);
  subject_to(&p, weighted(p.x, strength, 2), moment, moment);
  sr_ex cost = sr_const(p.q.graph, 0.0);
  for (int i = 0; i < 2; i++) cost = sr_add(cost, power == 2 ? sr_sq(p.x[i]) : sr_mul(p.x[i], sr_sq(p.x[i])));
  p.q.cost = cost;
  sr_nlp_options o = sr_nlp_options_default();
  o.tol = o.constraint_tol = 1e-9;
  // twice on one graph: the multipliers of the first solve are not unknowns of the second
  for (int time = 0; time < 2; time++) CHECK(sr_point_solve(&p.q, &o, p.at, p.arena).nlp.status == SR_NLP_SOLVED);
  for (int i = 0; i < 2; i++) NEAR(p.at[i], moment * pow(strength[i], 1.0 / (power - 1)) / norm, 1e-7);
  sr_arena_free(p.arena);
}

TEST(point_two_muscles_share_a_moment)
{
  share_moment(2);
  share_moment(3);
}
