// Walking: exact derivatives of every expression of the problem, and a healthy walk from a cold start.
#include <stdlib.h>

#include "load/model.h"
#include "task/walk_problem.h"
#include "test.h"

static const sr_person woman = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.70, .mass_kg = 62.0};

static sr_model *load_woman(sr_arena *a)
{
  sr_model *m = sr_alloc(a, sr_model, 1);
  sr_error err = {0};
  if (!sr_model_load(&woman, m, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return m;
}

// The inputs of the point problem in the middle of the analytic guess, moved a little so that nothing is at zero.
static double *some_point(const sr_walk_problem *p, const sr_model *m, int n, sr_arena *a)
{
  const sr_traj t = sr_walk_guess(p, m, 1.33, false, (sr_mesh){10, 1}, 0, a);
  double *in = sr_alloc(a, double, n);
  memcpy(in, t.x + 5 * p->layout.nx, (size_t)p->layout.nx * sizeof(double));
  memcpy(in + p->layout.nx, t.u + 5 * p->layout.nu, (size_t)p->layout.nu * sizeof(double));
  in[n - 2] = 0.5;
  in[n - 1] = 1.33;
  for (int i = 0; i < n - 2; i++) in[i] += 0.003 * (double)(i % 7 - 3);
  return in;
}

// Every equation of the walk and its cost, in one list.
static int all_outputs(const sr_walk_problem *p, sr_ex *out)
{
  int n = 0;
  for (int i = 0; i < p->ocp.nx; i++) out[n++] = p->ocp.xdot[i];
  for (int i = 0; i < p->ocp.npath; i++) out[n++] = p->ocp.path[i];
  out[n++] = p->ocp.running;
  return n;
}

// Largest difference between a dense matrix (nout x n) of derivatives and central differences of the tape's outputs,
// relative to the size of either.
static double worst_difference(const sr_tape *t, int nout, int n, double *in, const double *dense, double *work,
                               sr_arena *a)
{
  double *lo = sr_alloc(a, double, nout), *hi = sr_alloc(a, double, nout), worst = 0.0;
  for (int c = 0; c < n; c++) {
    const double h = 1e-6, x = in[c];
    in[c] = x - h;
    sr_tape_eval1(t, in, lo, work);
    in[c] = x + h;
    sr_tape_eval1(t, in, hi, work);
    in[c] = x;
    for (int r = 0; r < nout; r++) {
      const double difference = (hi[r] - lo[r]) / (2.0 * h), size = fmax(1.0, fabs(hi[r]) + fabs(difference));
      worst = fmax(worst, fabs(difference - dense[r * n + c]) / size);
    }
  }
  return worst;
}

TEST(first_derivatives_of_the_walk_match_differences)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a);
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  const sr_walk_problem *p = sr_walk_problem_new(m, &w.walk, 1.33, SR_WALK_AT_SPEED, false, a);
  sr_ex out[400];
  const int nout = all_outputs(p, out), n = sr_graph_inputs(p->ocp.point);
  const sr_sparse j = sr_jacobian(p->ocp.point, out, nout, a);
  sr_ex *entry = sr_alloc(a, sr_ex, j.nnz);
  for (int k = 0; k < j.nnz; k++) entry[k] = j.at[k].value;
  const sr_tape *values = sr_tape_new(p->ocp.point, out, nout, a), *slopes = sr_tape_new(p->ocp.point, entry, j.nnz, a);
  double *work = sr_alloc(a, double, sr_tape_work(values) + sr_tape_work(slopes)), *in = some_point(p, m, n, a);
  double *exact = sr_alloc(a, double, j.nnz), *dense = sr_alloc(a, double, nout *n);
  sr_tape_eval1(slopes, in, exact, work);
  for (int k = 0; k < j.nnz; k++) dense[j.at[k].row * n + j.at[k].col] = exact[k];
  const double worst = worst_difference(values, nout, n, in, dense, work, a);
  NEAR(worst, 0.0, 1e-5);  // error of a central difference of forces of several kN over 1e-6
  sr_arena_free(a);
}

TEST(second_derivatives_of_the_walk_match_differences)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a);
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  const sr_walk_problem *p = sr_walk_problem_new(m, &w.walk, 1.33, SR_WALK_AT_SPEED, false, a);
  sr_ex out[400];
  const int nout = all_outputs(p, out), n = sr_graph_inputs(p->ocp.point);
  sr_ex sum = sr_const(p->ocp.point, 0.0);
  for (int r = 0; r < nout; r++) sum = sr_add(sum, sr_scale(out[r], 0.1 + 0.01 * (double)(r % 11)));
  sr_ex *gradient = sr_alloc(a, sr_ex, n);
  sr_gradient(sum, p->input, n, gradient);
  const sr_sparse hess = sr_hessian(sum, a);
  sr_ex *entry = sr_alloc(a, sr_ex, hess.nnz);
  for (int k = 0; k < hess.nnz; k++) entry[k] = hess.at[k].value;
  const sr_tape *slopes = sr_tape_new(p->ocp.point, gradient, n, a),
                *bends = sr_tape_new(p->ocp.point, entry, hess.nnz, a);
  double *work = sr_alloc(a, double, sr_tape_work(slopes) + sr_tape_work(bends)), *in = some_point(p, m, n, a);
  double *exact = sr_alloc(a, double, hess.nnz), *dense = sr_alloc(a, double, n *n);
  sr_tape_eval1(bends, in, exact, work);
  for (int k = 0; k < hess.nnz; k++)
    dense[hess.at[k].row * n + hess.at[k].col] = dense[hess.at[k].col * n + hess.at[k].row] = exact[k];
  const double worst = worst_difference(slopes, n, n, in, dense, work, a);
  NEAR(worst, 0.0, 1e-5);  // as above
  sr_arena_free(a);
}

static double metric(const sr_task_result *r, const char *name)
{
  double x = (double)NAN;
  CHECK(sr_result_metric(r, name, &x));
  return x;
}

// The product's own mesh and cold start; the numbers of this walk against the measured person stand in
// docs/validation.md. Here: it is a walk, and its laws hold.
TEST_SLOW(a_healthy_person_walks_from_a_cold_start)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a);
  sr_weights w;
  sr_task t;
  sr_error err = {0};
  CHECK(sr_weights_load(&w, &err) && sr_task_parse("walk", &t, &err));
  const sr_task_run run = {.model = m, .weights = &w};
  sr_task_result r;
  sr_solution s;
  sr_task_solve(&t, &run, a, &r, &s);
  CHECK(r.status == SR_TASK_SOLVED);
  NEAR(metric(&r, "speed_m_s"), 1.33, 1e-6);
  NEAR(metric(&r, "step_length_left_m"), metric(&r, "step_length_right_m"), 1e-9);
  NEAR(metric(&r, "step_length_left_m") + metric(&r, "step_length_right_m"), metric(&r, "stride_length_m"), 1e-9);
  // over a periodic cycle the braking and the propulsive impulse cancel; 0.5% body weight second: the sampled curve
  NEAR(metric(&r, "propulsive_impulse_left_bw_s"), -metric(&r, "braking_impulse_left_bw_s"), 5e-3);
  // bands of healthy walking (docs/validation.md)
  NEAR(metric(&r, "stride_length_m"), 1.385, 0.135);
  NEAR(metric(&r, "cost_of_transport_J_kg_m"), 3.6, 0.6);
  CHECK(metric(&r, "ankle_power_peak_right_W_kg") > 2.0);
  NEAR(metric(&r, "soleus_activation_peak_at_right_percent"), 45.0, 10.0);
  // the same problem from its own answer stays there
  const sr_task_run again = {.model = m, .weights = &w, .start = &s};
  sr_task_result r2;
  sr_solution s2;
  sr_task_solve(&t, &again, a, &r2, &s2);
  CHECK(r2.status == SR_TASK_SOLVED);
  NEAR(r2.objective, r.objective, 1e-4 * r.objective);
  sr_arena_free(a);
}

static int ascending(const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// Left and right exchanged in body, state and controls: the same cost, the exchanged rates of change, the same path
// constraints in another order. (Tasks are solved in one orientation all the same: the mesh lies otherwise in a cycle
// that begins with the other leg.)
TEST(a_mirrored_body_obeys_mirrored_equations)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a), *other = sr_alloc(a, sr_model, 1);
  sr_weights w;
  sr_error err = {0};
  CHECK(sr_weights_load(&w, &err));
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].leg == SR_LEG_RIGHT) m->muscle[k].par.capacity = 0.2 + 0.01 * k;
  *other = sr_model_mirrored(m);
  enum { MOST = 1000 };
  double in[2][MOST], out[2][MOST];
  sr_ex list[MOST];
  int n[2];
  for (int i = 0; i < 2; i++) {
    const sr_model *body = i == 0 ? m : other;
    sr_walk_problem *p = sr_walk_problem_new(body, &w.walk, 1.33, SR_WALK_AT_SPEED, true, a);
    const sr_layout *l = &p->layout;
    const int nin = l->nx + l->nu + 2;
    double *x = in[i], *u = x + l->nx;
    if (i == 0) {
      memcpy(x, some_point(p, m, nin, a), (size_t)nin * sizeof *x);
      for (int j = 0; j < nin - 2; j++) x[j] *= 1.0 + 0.01 * (j % 5);  // the legs differ
    } else {
      const double *from = in[0], *v = from + l->nx;
      for (int k = 0; k < l->nx; k++) x[k] = from[sr_layout_mirror(l, m, k)];
      memcpy(u, v, ((size_t)l->nu + 2) * sizeof *u);
      for (int j = 0; j < l->nq; j++) u[l->qdd + j] = v[l->qdd + m->coord[j].mirror];
      for (int k = 0; k < l->nm; k++) {
        u[l->act_rate + k] = v[l->act_rate + m->mirror_muscle[k]];
        u[l->force_rate + k] = v[l->force_rate + m->mirror_muscle[k]];
      }
    }
    n[i] = all_outputs(p, list);
    const sr_tape *t = sr_tape_new(p->ocp.point, list, n[i], a);
    sr_tape_eval1(t, x, out[i], sr_alloc(a, double, sr_tape_work(t)));
    if (i == 0) continue;
    for (int k = 0; k < l->nx; k++) NEAR(out[1][k], out[0][sr_layout_mirror(l, m, k)], 1e-12 * (1.0 + fabs(out[1][k])));
    for (int s = 0; s < 2; s++) qsort(out[s] + l->nx, (size_t)(n[s] - l->nx - 1), sizeof(double), ascending);
    for (int k = l->nx; k < n[0]; k++) NEAR(out[1][k], out[0][k], 1e-10 * (1.0 + fabs(out[1][k])));
  }
  CHECK(n[0] == n[1]);
  sr_arena_free(a);
}
