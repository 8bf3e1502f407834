// Laws of the transcription: derivatives, optimality conditions, meshes, warm starts, messages.
#include "ocp/transcription.h"

#include <string.h>

#include "base/parallel.h"
#include "ocp/ocp.h"
#include "test.h"

static const double inf = SR_NLP_INF;

TEST(radau_points_are_those_of_the_book)
{
  const sr_radau two = sr_radau_make(2), three = sr_radau_make(3);
  NEAR(two.node[1], 1.0 / 3.0, 1e-16);
  NEAR(three.node[1], (4.0 - sqrt(6.0)) / 10.0, 1e-16);
  NEAR(three.node[2], (4.0 + sqrt(6.0)) / 10.0, 2e-16);
  NEAR(two.weight[1], 0.75, 1e-15);
  NEAR(two.weight[2], 0.25, 1e-15);
}

// Over the intervals of a mesh: a kink between two of them costs nothing.
TEST(weights_of_a_mesh_integrate_every_interval)
{
  const sr_mesh mesh = {4, 3};
  double weight[13], tau[13], sum = 0.0;
  sr_mesh_weights(mesh, weight);
  sr_mesh_times(mesh, tau);
  for (int i = 0; i < 13; i++) sum += weight[i] * (tau[i] < 0.25 + 1e-9 ? tau[i] : pow(tau[i], 4.0));
  NEAR(weight[0], 0.0, 0.0);
  NEAR(sum, 0.03125 + (1.0 - pow(0.25, 5.0)) / 5.0, 1e-15);
}

// the weights integrate x^k for k <= 2s-2, the matrix differentiates x^k for k <= s; rounding grows with s^2
TEST(radau_integrates_and_differentiates_polynomials)
{
  for (int s = 1; s <= SR_RADAU_MAX; s++) {
    const sr_radau r = sr_radau_make(s);
    for (int k = 0; k <= 2 * s - 2; k++) {
      double sum = 0.0;
      for (int j = 1; j <= s; j++) sum += r.weight[j] * pow(r.node[j], k);
      NEAR(sum, 1.0 / (k + 1), 1e-15);
    }
    for (int k = 1; k <= s; k++)
      for (int i = 0; i <= s; i++) {
        double slope = 0.0;
        for (int j = 0; j <= s; j++) slope += r.diff[i][j] * pow(r.node[j], k);
        NEAR(slope, k * pow(r.node[i], k - 1), 1e-13);
      }
  }
}

// A problem that uses everything: a pendulum with friction, a path constraint, free time, a second parameter, a cost of
// the ends, and end constraints that mix both ends.
typedef struct pendulum {
  sr_arena *arena;
  sr_ocp o;
  sr_ex in[5], xdot[2], path[2], end[4];
  sr_bound x[2], u[1], p[2], dynamics[2], path_bound[2], end_bound[4];
} pendulum;

static void pendulum_open(pendulum *q)
{
  *q = (pendulum){.arena = sr_arena_new(),
                  .x = {{"angle", -4, 4, 1}, {"speed", -20, 20, 5}},
                  .u = {{"torque", -12, 12, 10}},
                  .p = {{"duration", 0.2, 3, 1}, {"friction", 0.1, 2, 0.5}},
                  .dynamics = {{"angle", 0, 0, 1}, {"speed", 0, 0, 5}},
                  .path_bound = {{"power", -60, 60, 10}, {"twice the angle", -8, 8, 1}},
                  .end_bound = {{"angle at the start", 0, 0, 1},
                                {"speed at the start", 0, 0, 1},
                                {"angle at the end", 2, 2, 1},
                                {"speed at both ends", 0, 0, 1}}};
  sr_graph *g = sr_graph_new(q->arena), *e = sr_graph_new(q->arena);
  sr_ex at[6], *in = q->in;
  for (int i = 0; i < 5; i++) in[i] = sr_input(g);
  for (int i = 0; i < 6; i++) at[i] = sr_input(e);
  q->xdot[0] = in[1];
  q->xdot[1] = sr_sub(sr_sub(in[2], sr_scale(sr_sin(in[0]), 9.81)), sr_mul(in[4], sr_tanh(in[1])));
  q->path[0] = sr_mul(in[1], in[2]);
  q->path[1] = sr_scale(in[0], 2.0);
  q->end[0] = at[0];
  q->end[1] = at[1];
  q->end[2] = at[2];
  q->end[3] = sr_add(at[3], sr_scale(sr_mul(at[1], at[5]), 0.5));
  q->o = (sr_ocp){.nx = 2,
                  .nu = 1,
                  .np = 2,
                  .point = g,
                  .xdot = q->xdot,
                  .duration = in[3],
                  .running = sr_mul(in[3], sr_add(sr_scale(sr_sq(in[2]), 0.01), sr_exp(sr_neg(in[4])))),
                  .npath = 2,
                  .path = q->path,
                  .ends = e,
                  .final = sr_add(sr_sq(at[4]), sr_mul(sr_sq(at[5]), sr_sq(at[2]))),
                  .nend = 4,
                  .end = q->end,
                  .x = q->x,
                  .u = q->u,
                  .p = q->p,
                  .dynamics = q->dynamics,
                  .path_bound = q->path_bound,
                  .end_bound = q->end_bound};
}

static sr_traj pendulum_guess(const pendulum *q, sr_mesh mesh)
{
  sr_traj t = sr_traj_new(mesh, 2, 1, 2, q->arena);
  for (int i = 0; i < t.npoint; i++) {
    t.x[2 * i] = 2.0 * t.tau[i];
    t.x[2 * i + 1] = 2.0;
    t.u[i] = 5.0;
  }
  t.p[0] = 1.0;
  t.p[1] = 0.3;
  return t;
}

static sr_nlp_options precise(void)
{
  sr_nlp_options o = sr_nlp_options_default();
  o.tol = o.constraint_tol = 1e-9;
  return o;
}

// A smooth, generic point of n unknowns.
static void generic(int n, double *z)
{
  for (int i = 0; i < n; i++) z[i] = 0.5 + 0.4 * sin(1.7 * i + 0.3);
}

// Gradient of the Lagrangian, grad f + J' lambda.
static void lagrangian_gradient(const sr_nlp *p, const double *z, const double *lambda, double *grad, double *jac)
{
  p->gradient(p->self, z, grad);
  p->jacobian(p->self, z, jac);
  for (int e = 0; e < p->njac; e++) grad[p->jac_col[e]] += jac[e] * lambda[p->jac_row[e]];
}

// Central differences with h = 1e-5: truncation 1e-10, rounding 1e-16 / h = 1e-11, both times values up to 50.
static void expect_exact_derivatives(pendulum *q, const double *data)
{
  const double h = 1e-5, tolerance = 1e-7;
  // 36 collocation points: more than one batch
  const sr_transcription *t = sr_ocp_transcribe(&q->o, (sr_mesh){12, 3}, q->arena);
  sr_blocks_eval e = sr_blocks_eval_new(&t->blocks, q->arena);
  e.data = data;
  const sr_nlp p = sr_blocks_nlp(&e);
  const int n = p.nvar, m = p.ncon;
  double *z = sr_alloc(q->arena, double, n), *lambda = sr_alloc(q->arena, double, m);
  double *jac = sr_alloc(q->arena, double, p.njac), *hes = sr_alloc(q->arena, double, p.nhes);
  double *dense_jac = sr_alloc(q->arena, double, m *n), *dense_hes = sr_alloc(q->arena, double, n *n);
  double *grad = sr_alloc(q->arena, double, n), *ahead = sr_alloc(q->arena, double, n),
         *back = sr_alloc(q->arena, double, n);
  double *g_ahead = sr_alloc(q->arena, double, m), *g_back = sr_alloc(q->arena, double, m);
  generic(n, z);
  generic(m, lambda);
  p.gradient(p.self, z, grad);
  p.jacobian(p.self, z, jac);
  p.hessian(p.self, z, 1.0, lambda, hes);
  for (int k = 0; k < p.njac; k++) dense_jac[p.jac_row[k] * n + p.jac_col[k]] += jac[k];
  for (int k = 0; k < p.nhes; k++) {
    CHECK(p.hes_row[k] >= p.hes_col[k]);
    dense_hes[p.hes_row[k] * n + p.hes_col[k]] = dense_hes[p.hes_col[k] * n + p.hes_row[k]] = hes[k];
  }
  for (int j = 0; j < n; j++) {
    const double middle = z[j];
    z[j] = middle + h;
    const double f_ahead = p.objective(p.self, z);
    p.constraints(p.self, z, g_ahead);
    lagrangian_gradient(&p, z, lambda, ahead, jac);
    z[j] = middle - h;
    const double f_back = p.objective(p.self, z);
    p.constraints(p.self, z, g_back);
    lagrangian_gradient(&p, z, lambda, back, jac);
    z[j] = middle;
    NEAR(grad[j], (f_ahead - f_back) / (2.0 * h), tolerance);
    for (int i = 0; i < m; i++) NEAR(dense_jac[i * n + j], (g_ahead[i] - g_back[i]) / (2.0 * h), tolerance);
    for (int i = 0; i < n; i++) NEAR(dense_hes[i * n + j], (ahead[i] - back[i]) / (2.0 * h), tolerance);
  }
}

TEST(transcription_derivatives_match_differences)
{
  pendulum q;
  pendulum_open(&q);
  expect_exact_derivatives(&q, NULL);
  sr_arena_free(q.arena);
}

// The pendulum with a wind d0, a gear d1 and an angle d0 d1 to stay near, all known: in dynamics, path and cost.
static void add_data(pendulum *q)
{
  const sr_ex *in = q->in, wind = sr_input(q->o.point), gear = sr_input(q->o.point), near = sr_mul(wind, gear);
  q->o.nd = 2;
  q->xdot[1] = sr_add(q->xdot[1], sr_add(wind, sr_mul(gear, sr_sin(in[2]))));
  q->path[1] = sr_add(q->path[1], sr_mul(near, sr_sq(in[1])));
  q->o.running = sr_add(q->o.running, sr_mul(in[3], sr_sq(sr_sub(in[0], near))));
}

TEST(transcription_derivatives_match_differences_with_known_data)
{
  pendulum q;
  pendulum_open(&q);
  add_data(&q);
  double data[2 * 36];
  generic(2 * 36, data);
  expect_exact_derivatives(&q, data);
  expect_exact_derivatives(&q, data);  // again on the same graph: data stand before all multipliers
  sr_arena_free(q.arena);
}

// no place twice in the structure, and the sizes that follow from the layout
TEST(transcription_structure_is_merged)
{
  pendulum q;
  pendulum_open(&q);
  const sr_transcription *t = sr_ocp_transcribe(&q.o, (sr_mesh){5, 2}, q.arena);
  int nvar, ncon, njac, nhes;
  sr_ocp_size(t, &nvar, &ncon, &njac, &nhes);
  CHECK(nvar == 11 * 2 + 10 * 1 + 2);
  CHECK(ncon == 10 * (2 + 2) + 4);
  const sr_blocks *b = &t->blocks;
  for (int e = 1; e < njac; e++)
    CHECK(b->jac_row[e] > b->jac_row[e - 1] ||
          (b->jac_row[e] == b->jac_row[e - 1] && b->jac_col[e] > b->jac_col[e - 1]));
  for (int e = 1; e < nhes; e++)
    CHECK(b->hes_row[e] > b->hes_row[e - 1] ||
          (b->hes_row[e] == b->hes_row[e - 1] && b->hes_col[e] > b->hes_col[e - 1]));
  sr_arena_free(q.arena);
}

// Lagrange condition, signs and complementarity at an answer with active bounds, in scaled terms: tol is 1e-9, and the
// solver divides by the mean size of the multipliers where that is above a hundred.
TEST(ocp_o16_optimality_conditions_hold)
{
  pendulum q;
  pendulum_open(&q);
  sr_traj t = pendulum_guess(&q, (sr_mesh){20, 2});
  const sr_transcription *tr = sr_ocp_transcribe(&q.o, t.mesh, q.arena);
  const sr_nlp_options o = precise();
  CHECK(sr_ocp_solve(tr, &o, &t, q.arena).nlp.status == SR_NLP_SOLVED);

  sr_blocks_eval e = sr_blocks_eval_new(&tr->blocks, q.arena);
  const sr_nlp p = sr_blocks_nlp(&e);
  CHECK(t.nvar == p.nvar && t.ncon == p.ncon);
  double *z = sr_alloc(q.arena, double, p.nvar), *grad = sr_alloc(q.arena, double, p.nvar);
  for (int i = 0; i <= tr->ncol; i++)
    for (int s = 0; s < 2; s++) z[sr_var_x(tr, i) + s] = t.x[2 * i + s];
  for (int i = 1; i <= tr->ncol; i++) z[sr_var_u(tr, i)] = t.u[i];
  for (int i = 0; i < 2; i++) z[sr_var_p(tr) + i] = t.p[i];
  lagrangian_gradient(&p, z, t.lambda, grad, sr_alloc(q.arena, double, p.njac));
  double largest = 0.0;
  for (int i = 0; i < p.nvar; i++) {
    NEAR(grad[i] - t.zl[i] + t.zu[i], 0.0, 1e-6);
    CHECK(t.zl[i] >= 0.0 && t.zu[i] >= 0.0);
    largest = fmax(largest, fmax(t.zl[i], t.zu[i]));
  }
  CHECK(largest > 1e-3);  // some bound is active
  for (int i = 1; i <= tr->ncol; i++) {
    const int v = sr_var_u(tr, i);
    NEAR(t.zl[v] * (z[v] + 12.0), 0.0, 1e-5);
    NEAR(t.zu[v] * (12.0 - z[v]), 0.0, 1e-5);
  }
  sr_arena_free(q.arena);
}

// Values and derivatives of so many points that their batches are shared by threads.
TEST(ocp_derivatives_have_the_same_bits_on_any_number_of_threads)
{
  static const int threads[] = {1, 2, 4};
  pendulum q;
  pendulum_open(&q);
  for (int k = 1; k <= 60; k++) q.o.running = sr_add(q.o.running, sr_sin(sr_scale(sr_mul(q.in[0], q.in[1]), 0.1 * k)));
  const sr_transcription *tr = sr_ocp_transcribe(&q.o, (sr_mesh){7000, 4}, q.arena);
  const sr_blocks *b = &tr->blocks;
  CHECK((double)sr_tape_length(b->block[SR_BLOCK_POINT].piece->hes) * tr->ncol > 1e7);
  const int n = 1 + b->nvar + b->ncon + b->njac + b->nhes;  // cost, gradient, constraints, Jacobian, Hessian
  double *z = sr_alloc(q.arena, double, b->nvar), *lambda = sr_alloc(q.arena, double, b->ncon);
  double *value = sr_alloc(q.arena, double, n), *first = sr_alloc(q.arena, double, n);
  for (int i = 0; i < b->nvar; i++) z[i] = sin(i);
  for (int i = 0; i < b->ncon; i++) lambda[i] = cos(i);
  for (int t = 0; t < 3; t++) {
    sr_parallel_allow(threads[t]);
    sr_blocks_eval e = sr_blocks_eval_new(b, q.arena);
    const sr_nlp p = sr_blocks_nlp(&e);
    double *at = value;
    *at++ = p.objective(p.self, z);
    p.gradient(p.self, z, at);
    p.constraints(p.self, z, at + b->nvar);
    p.jacobian(p.self, z, at + b->nvar + b->ncon);
    p.hessian(p.self, z, 0.7, lambda, at + b->nvar + b->ncon + b->njac);
    sr_parallel_allow(1);
    if (t == 0) memcpy(first, value, (size_t)n * sizeof *value);
    CHECK(memcmp(first, value, (size_t)n * sizeof *value) == 0);
  }
  sr_arena_free(q.arena);
}

// The multiplier of an end constraint is minus the slope of the best cost over its value: moving the angle to reach
// by +-1e-3 changes the cost by central differences, truncation 1e-6 relative.
TEST(ocp_o16_multiplier_is_slope_of_the_best_cost)
{
  pendulum q;
  pendulum_open(&q);
  const sr_mesh mesh = {20, 2};
  const sr_transcription *tr = sr_ocp_transcribe(&q.o, mesh, q.arena);
  const sr_nlp_options o = precise();
  double cost[3], multiplier = 0.0;
  for (int i = 0; i < 3; i++) {
    q.end_bound[2].lo = q.end_bound[2].hi = 2.0 + 1e-3 * (i - 1);  // bounds are read at every solve
    sr_traj t = pendulum_guess(&q, mesh);
    cost[i] = sr_ocp_solve(tr, &o, &t, q.arena).nlp.objective;
    if (i == 1) multiplier = t.lambda[sr_row_end(tr) + 2];
  }
  CHECK(fabs(multiplier) > 1.0);
  NEAR(-multiplier, (cost[2] - cost[0]) / 2e-3, 1e-4 * fabs(multiplier));
  sr_arena_free(q.arena);
}

TEST(ocp_two_runs_give_the_same_bits)
{
  sr_traj t[2];
  pendulum q[2];
  for (int i = 0; i < 2; i++) {
    pendulum_open(&q[i]);
    t[i] = pendulum_guess(&q[i], (sr_mesh){20, 2});
    const sr_nlp_options o = sr_nlp_options_default();
    sr_ocp_solve(sr_ocp_transcribe(&q[i].o, t[i].mesh, q[i].arena), &o, &t[i], q[i].arena);
  }
  CHECK(memcmp(t[0].x, t[1].x, (size_t)(2 * t[0].npoint) * sizeof(double)) == 0);
  CHECK(memcmp(t[0].u, t[1].u, (size_t)t[0].npoint * sizeof(double)) == 0);
  CHECK(memcmp(t[0].p, t[1].p, 2 * sizeof(double)) == 0);
  for (int i = 0; i < 2; i++) sr_arena_free(q[i].arena);
}

// Derivatives that were made for one mesh give the same bits on another as new ones; other functions have their own.
TEST(ocp_derivatives_serve_every_mesh)
{
  pendulum q[2];
  sr_traj t[2];
  for (int i = 0; i < 2; i++) {
    pendulum_open(&q[i]);
    const sr_transcription *coarse = sr_ocp_transcribe(&q[i].o, (sr_mesh){10, 1}, q[i].arena);
    const sr_transcription *fine =
        sr_ocp_transcribe_again(&q[i].o, i == 0 ? NULL : coarse, (sr_mesh){20, 2}, q[i].arena);
    CHECK(sr_ocp_transcribe_again(&q[i].o, fine, (sr_mesh){20, 2}, q[i].arena) == fine);
    t[i] = pendulum_guess(&q[i], (sr_mesh){20, 2});
    const sr_nlp_options o = sr_nlp_options_default();
    CHECK(sr_ocp_solve(fine, &o, &t[i], q[i].arena).nlp.status == SR_NLP_SOLVED);
    q[i].o.running = sr_mul(q[i].o.running, sr_const(q[i].o.point, 2.0));
    CHECK(sr_ocp_transcribe_again(&q[i].o, fine, (sr_mesh){20, 2}, q[i].arena) != fine);
  }
  CHECK(memcmp(t[0].x, t[1].x, (size_t)(2 * t[0].npoint) * sizeof(double)) == 0);
  CHECK(memcmp(t[0].u, t[1].u, (size_t)t[0].npoint * sizeof(double)) == 0);
  for (int i = 0; i < 2; i++) sr_arena_free(q[i].arena);
}

TEST(ocp_warm_start_needs_fewer_iterations)
{
  pendulum q;
  pendulum_open(&q);
  sr_traj coarse = pendulum_guess(&q, (sr_mesh){10, 1});
  sr_nlp_options o = precise();
  const sr_ocp_result cold = sr_ocp_solve(sr_ocp_transcribe(&q.o, coarse.mesh, q.arena), &o, &coarse, q.arena);
  // a finer mesh on the same graphs, from the coarse answer with its multipliers, and without
  sr_traj fine = sr_traj_resample(&coarse, (sr_mesh){20, 2}, 2, 1, 2, q.arena);
  sr_traj bare = fine;
  bare.lambda = bare.zl = bare.zu = NULL;
  CHECK(fine.lambda != NULL);
  const sr_transcription *tr = sr_ocp_transcribe(&q.o, fine.mesh, q.arena);
  o.is_warm = true;
  o.mu_start = 1e-3;
  const sr_ocp_result without = sr_ocp_solve(tr, &o, &bare, q.arena), refined = sr_ocp_solve(tr, &o, &fine, q.arena);
  CHECK(refined.nlp.iterations < without.nlp.iterations);
  NEAR(without.nlp.objective, refined.nlp.objective, 1e-6);
  // again from the answer and its multipliers
  o.mu_start = 1e-9;
  const sr_ocp_result again = sr_ocp_solve(tr, &o, &fine, q.arena);
  CHECK(cold.nlp.status == SR_NLP_SOLVED);
  CHECK(refined.nlp.status == SR_NLP_SOLVED);
  CHECK(again.nlp.status == SR_NLP_SOLVED);
  CHECK(again.nlp.iterations <= 5);
  NEAR(again.nlp.objective, refined.nlp.objective, 1e-6);
  sr_arena_free(q.arena);
}

TEST(ocp_what_cannot_be_met_is_named)
{
  pendulum q;
  pendulum_open(&q);
  q.p[0].hi = 0.21;  // 2 rad in 0.2 s take far more torque
  sr_traj t = pendulum_guess(&q, (sr_mesh){10, 2});
  const sr_nlp_options o = sr_nlp_options_default();
  const sr_ocp_result r = sr_ocp_solve(sr_ocp_transcribe(&q.o, t.mesh, q.arena), &o, &t, q.arena);
  CHECK(r.nlp.status != SR_NLP_SOLVED);
  CHECK(r.nlp.violation > 1e-3);
  const char *at = strstr(r.worst, "% of the movement: ");
  CHECK(strncmp(r.worst, "defect of ", 10) == 0 ? at != NULL : strncmp(r.worst, "end condition ", 14) == 0);
  CHECK(strstr(r.worst, "(allowed 1e-06)") != NULL || strstr(r.worst, "(allowed 5e-06)") != NULL);
  sr_arena_free(q.arena);
}

// States of degree d and controls of degree d-1 survive any change of mesh; 1e-12 is rounding.
TEST(traj_resample_keeps_polynomials)
{
  sr_arena *a = sr_arena_new();
  for (int d = 1; d <= 4; d++) {
    sr_traj from = sr_traj_new((sr_mesh){3, d}, 2, 1, 1, a);
    for (int i = 0; i < from.npoint; i++) {
      from.x[2 * i] = pow(from.tau[i] - 0.3, d);
      from.x[2 * i + 1] = 7.0 - from.tau[i];
      from.u[i] = 1.0 + pow(from.tau[i], d - 1);
    }
    from.p[0] = 42.0;
    for (int e = 1; e <= 4; e++) {
      const sr_traj to = sr_traj_resample(&from, (sr_mesh){7, e}, 2, 1, 1, a);
      CHECK(to.npoint == 7 * e + 1 && to.lambda == NULL);
      for (int i = 0; i < to.npoint; i++) {
        NEAR(to.x[2 * i], pow(to.tau[i] - 0.3, d), 1e-12);
        NEAR(to.x[2 * i + 1], 7.0 - to.tau[i], 1e-12);
        if (i) NEAR(to.u[i], 1.0 + pow(to.tau[i], d - 1), 1e-12);
      }
      NEAR(to.u[0], to.u[1], 0.0);
      NEAR(to.p[0], 42.0, 0.0);
    }
  }
  sr_arena_free(a);
}

// at an end of an interval the control of the interval before it holds, on the same mesh every value is kept
TEST(traj_resample_on_the_same_mesh_changes_nothing)
{
  sr_arena *a = sr_arena_new();
  const sr_mesh mesh = {9, 2};
  sr_traj from = sr_traj_new(mesh, 1, 1, 0, a);
  generic(from.npoint, from.x);
  generic(from.npoint, from.u);
  const sr_traj to = sr_traj_resample(&from, mesh, 1, 1, 0, a);
  for (int i = 1; i < from.npoint; i++) {
    NEAR(to.x[i], from.x[i], 1e-12);
    NEAR(to.u[i], from.u[i], 1e-12);
  }
  sr_arena_free(a);
}

TEST(a_copied_trajectory_outlives_its_arena)
{
  enum { NX = 2, NU = 1, NP = 2, N = 4 * 3, NVAR = NX + N * (NX + NU) + NP, NCON = N * NX + 1 };
  sr_arena *a = sr_arena_new(), *work = sr_arena_new();
  sr_traj from = sr_traj_new((sr_mesh){4, 3}, NX, NU, NP, work);
  CHECK(sr_traj_copy(&from, NX, NU, a).lambda == NULL);
  from.nvar = NVAR, from.ncon = NCON, from.nrow = NX;
  from.lambda = sr_alloc(work, double, NCON), from.zl = sr_alloc(work, double, NVAR);
  from.zu = sr_alloc(work, double, NVAR), from.d = sr_alloc(work, double, from.npoint);
  double *const part[] = {from.x, from.u, from.p, from.lambda, from.zl, from.zu};
  const int size[] = {from.npoint * NX, from.npoint * NU, NP, NCON, NVAR, NVAR};
  for (int i = 0; i < 6; i++) generic(size[i], part[i]);
  const sr_traj to = sr_traj_copy(&from, NX, NU, a);
  sr_arena_free(work);
  CHECK(to.keep == a && to.d == NULL && to.nvar == NVAR && to.ncon == NCON && to.nrow == NX && to.np == NP);
  NEAR(to.tau[to.npoint - 1], 1.0, 0.0);
  const double *const copy[] = {to.x, to.u, to.p, to.lambda, to.zl, to.zu};
  for (int i = 0; i < 6; i++) {
    double *want = sr_alloc(a, double, size[i]);
    generic(size[i], want);
    CHECK(memcmp(copy[i], want, (size_t)size[i] * sizeof *want) == 0);
  }
  sr_arena_free(a);
}

// Decay x' = -3 x without controls: the fine scheme is the exponential to 1e-9, so that the estimate must equal the
// distance of the interval polynomial from it at the fine points.
TEST(mesh_error_is_the_distance_from_the_true_path)
{
  sr_arena *a = sr_arena_new();
  sr_graph *g = sr_graph_new(a), *ends = sr_graph_new(a);
  const sr_ex x = sr_input(g);
  sr_ex xdot = sr_scale(x, -3.0), start = sr_input(ends);
  sr_input(ends);
  sr_bound free = {"x", -inf, inf, 2.0}, one = {"start", 1, 1, 1};
  const sr_ocp o = {.nx = 1,
                    .point = g,
                    .xdot = &xdot,
                    .duration = sr_const(g, 1.0),
                    .running = sr_const(g, 0.0),
                    .ends = ends,
                    .final = sr_const(ends, 0.0),
                    .nend = 1,
                    .end = &start,
                    .x = &free,
                    .dynamics = &free,
                    .end_bound = &one};
  const sr_nlp_options options = precise();
  for (int d = 1; d <= 4; d++) {
    sr_traj t = sr_traj_new((sr_mesh){8, d}, 1, 0, 0, a);
    const sr_transcription *tr = sr_ocp_transcribe(&o, t.mesh, a);
    CHECK(sr_ocp_solve(tr, &options, &t, a).nlp.status == SR_NLP_SOLVED);
    const sr_radau fine = sr_radau_make(d + 2);
    double largest = 0.0;
    for (int k = 0; k < 8; k++)
      for (int i = 1; i <= d + 2; i++) {
        double l[SR_RADAU_MAX + 1], y = 0.0;
        sr_lagrange(d + 1, tr->radau.node, fine.node[i], l);
        for (int j = 0; j <= d; j++) y += l[j] * t.x[k * d + j];
        largest = fmax(largest, fabs(y - t.x[k * d] * exp(-3.0 * fine.node[i] / 8.0)));
      }
    NEAR(sr_ocp_mesh_error(tr, &t, a), largest / 2.0, 1e-9 + 1e-2 * largest);
  }
  sr_arena_free(a);
}

// and it shrinks with the mesh by the order of the interval polynomial, d + 1, of a nonlinear problem
TEST(mesh_error_falls_with_the_mesh)
{
  double error[2];
  pendulum q;
  pendulum_open(&q);
  q.u[0] = (sr_bound){"torque", -inf, inf, 10};  // smooth controls
  q.path_bound[0] = (sr_bound){"power", -inf, inf, 10};
  for (int i = 0; i < 2; i++) {
    sr_traj t = pendulum_guess(&q, (sr_mesh){10 << i, 2});
    const sr_transcription *tr = sr_ocp_transcribe(&q.o, t.mesh, q.arena);
    const sr_nlp_options o = precise();
    CHECK(sr_ocp_solve(tr, &o, &t, q.arena).nlp.status == SR_NLP_SOLVED);
    error[i] = sr_ocp_mesh_error(tr, &t, q.arena);
  }
  NEAR(log2(error[0] / error[1]), 3.0, 0.5);
  sr_arena_free(q.arena);
}

// Data are interpolated as controls are: a force that is known and the same force as a control leave the same error.
TEST(mesh_error_of_known_data_is_that_of_the_same_control)
{
  sr_arena *a = sr_arena_new();
  for (int d = 1; d <= 4; d++) {
    double error[2];
    for (int is_data = 0; is_data < 2; is_data++) {
      sr_graph *g = sr_graph_new(a), *ends = sr_graph_new(a);
      const sr_ex x = sr_input(g), force = sr_input(g);
      sr_ex xdot = sr_add(sr_scale(x, -3.0), force);
      sr_input(ends), sr_input(ends);
      sr_bound free = {"x", -inf, inf, 2.0};
      const sr_ocp o = {.nx = 1,
                        .nu = !is_data,
                        .nd = is_data,
                        .point = g,
                        .xdot = &xdot,
                        .duration = sr_const(g, 1.0),
                        .running = sr_const(g, 0.0),
                        .ends = ends,
                        .final = sr_const(ends, 0.0),
                        .x = &free,
                        .u = &free,
                        .dynamics = &free};
      sr_traj t = sr_traj_new((sr_mesh){8, d}, 1, o.nu, 0, a);
      double *row = is_data ? sr_alloc(a, double, t.npoint) : t.u;
      generic(t.npoint, t.x);
      for (int i = 0; i < t.npoint; i++) row[i] = sin(7.0 * t.tau[i]);
      if (is_data) t.d = row;
      error[is_data] = sr_ocp_mesh_error(sr_ocp_transcribe(&o, t.mesh, a), &t, a);
    }
    CHECK(error[0] > 1e-3 && error[0] < 1.0);
    NEAR(error[1], error[0], 0.0);
  }
  sr_arena_free(a);
}
