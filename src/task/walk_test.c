// Walking: exact derivatives of every expression of the problem, and a healthy walk from a cold start.
#include <stdlib.h>

#include "base/parallel.h"
#include "load/model.h"
#include "task/gait_problem.h"
#include "task/task.h"
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
static double *some_point(const sr_movement *p, int n, sr_arena *a)
{
  const sr_traj t = sr_gait_guess(p, &(sr_gait){.speed = 1.33}, (sr_mesh){10, 1}, 0, a);
  double *in = sr_alloc(a, double, n);
  memcpy(in, t.x + 5 * p->layout.nx, (size_t)p->layout.nx * sizeof(double));
  memcpy(in + p->layout.nx, t.u + 5 * p->layout.nu, (size_t)p->layout.nu * sizeof(double));
  const int np = p->layout.nx + p->layout.nu;
  in[np] = 0.5;
  in[np + 1] = 1.33;
  for (int i = np + 2; i < n; i++) in[i] = 0.4;  // habit
  for (int i = 0; i < n; i++) in[i] += i == np || i == np + 1 ? 0.0 : 0.003 * (double)(i % 7 - 3);
  return in;
}

// Every equation of the walk and its cost, in one list.
static int all_outputs(const sr_movement *p, sr_ex *out)
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

static void expect_exact_first_derivatives(double habit)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a);
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  const sr_movement *p = sr_gait_problem_new(m, &w, &(sr_gait){.speed = 1.33, .habit = habit}, a);
  sr_ex out[400];
  const int nout = all_outputs(p, out), n = sr_graph_inputs(p->ocp.point);
  const sr_sparse j = sr_jacobian(p->ocp.point, out, nout, a);
  sr_ex *entry = sr_alloc(a, sr_ex, j.nnz);
  for (int k = 0; k < j.nnz; k++) entry[k] = j.at[k].value;
  const sr_tape *values = sr_tape_new(p->ocp.point, out, nout, a), *slopes = sr_tape_new(p->ocp.point, entry, j.nnz, a);
  double *work = sr_alloc(a, double, sr_tape_work(values) + sr_tape_work(slopes)), *in = some_point(p, n, a);
  double *exact = sr_alloc(a, double, j.nnz), *dense = sr_alloc(a, double, nout *n);
  sr_tape_eval1(slopes, in, exact, work);
  for (int k = 0; k < j.nnz; k++) dense[j.at[k].row * n + j.at[k].col] = exact[k];
  const double worst = worst_difference(values, nout, n, in, dense, work, a);
  NEAR(worst, 0.0, 1e-5);  // error of a central difference of forces of several kN over 1e-6
  sr_arena_free(a);
}

TEST(first_derivatives_of_the_walk_match_differences)
{
  expect_exact_first_derivatives(0.0);
  expect_exact_first_derivatives(5000.0);
}

static void expect_exact_second_derivatives(double habit)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a);
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  const sr_movement *p = sr_gait_problem_new(m, &w, &(sr_gait){.speed = 1.33, .habit = habit}, a);
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
  double *work = sr_alloc(a, double, sr_tape_work(slopes) + sr_tape_work(bends)), *in = some_point(p, n, a);
  double *exact = sr_alloc(a, double, hess.nnz), *dense = sr_alloc(a, double, n *n);
  sr_tape_eval1(bends, in, exact, work);
  for (int k = 0; k < hess.nnz; k++)
    dense[hess.at[k].row * n + hess.at[k].col] = dense[hess.at[k].col * n + hess.at[k].row] = exact[k];
  const double worst = worst_difference(slopes, n, n, in, dense, work, a);
  NEAR(worst, 0.0, 1e-5);  // as above
  sr_arena_free(a);
}

TEST(second_derivatives_of_the_walk_match_differences)
{
  expect_exact_second_derivatives(0.0);
  expect_exact_second_derivatives(5000.0);
}

static double metric(const sr_task_result *r, const char *name)
{
  double x = (double)NAN;
  CHECK(sr_result_metric(r, name, &x));
  return x;
}

// A denervated muscle has no habit, and without a weight there is none at all.
TEST(only_innervated_muscles_have_a_habit)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a);
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  const int cut = sr_model_find_muscle(m, "gasmed_r");
  m->muscle[cut].par.capacity = 0.0;
  const sr_movement *p =
      sr_gait_problem_new(m, &w, &(sr_gait){.speed = 1.33, .habit = 700.0, .is_full_cycle = true}, a);
  const int n = sr_graph_inputs(p->ocp.point);
  double *in = some_point(p, n, a), cost, want = 0.0, slope[SR_MAX_MUSCLE], work[4096];
  sr_ex gradient[SR_MAX_MUSCLE];
  sr_gradient(p->cost[p->ncost - 1], p->now.act, m->nmuscle, gradient);
  const sr_tape *value = sr_tape_new(p->ocp.point, &p->cost[p->ncost - 1], 1, a),
                *slopes = sr_tape_new(p->ocp.point, gradient, m->nmuscle, a);
  CHECK(sr_tape_work(value) <= 4096 && sr_tape_work(slopes) <= 4096);
  sr_tape_eval1(value, in, &cost, work);
  sr_tape_eval1(slopes, in, slope, work);
  for (int k = 0; k < m->nmuscle; k++) {
    const double away = in[p->layout.act + k] - in[n - m->nmuscle + k];
    if (k != cut) want += 700.0 / m->nmuscle * away * away / 1.33;
    NEAR(slope[k], k == cut ? 0.0 : 2.0 * 700.0 / m->nmuscle * away / 1.33, 1e-10);
  }
  NEAR(cost, want, 1e-10 * want);
  const sr_movement *none = sr_gait_problem_new(m, &w, &(sr_gait){.speed = 1.33, .is_full_cycle = true}, a);
  CHECK(p->ocp.nd == m->nmuscle && p->ncost == none->ncost + 1);
  CHECK(none->ocp.nd == 0);
  sr_arena_free(a);
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

static sr_task_result walk_of(const sr_task_run *run, sr_arena *a, sr_solution *s)
{
  sr_task t;
  sr_task_result r;
  sr_error err = {0};
  CHECK(sr_task_parse("walk", &t, &err));
  sr_task_solve(&t, run, a, &r, s);
  CHECK(r.status == SR_TASK_SOLVED);
  return r;
}

// Cold starts run side by side where threads are idle.
TEST_SLOW(a_walk_has_the_same_bits_on_any_number_of_threads)
{
  sr_arena *a = sr_arena_new();
  sr_weights w;
  sr_error err = {0};
  CHECK(sr_weights_load(&w, &err));
  const sr_task_run run = {.model = load_woman(a), .weights = &w, .mesh = {15, 2}};
  sr_task_result r[2];
  sr_solution found[2];
  for (int k = 0; k < 2; k++) {
    sr_parallel_allow(k == 0 ? 1 : 3);
    r[k] = walk_of(&run, a, &found[k]);
  }
  sr_parallel_allow(1);
  CHECK(r[0].iterations == r[1].iterations);
  CHECK(memcmp(&r[0].objective, &r[1].objective, sizeof(double)) == 0);
  const sr_layout l = sr_layout_of(run.model);
  CHECK(found[0].traj.npoint == found[1].traj.npoint);
  CHECK(memcmp(found[0].traj.x, found[1].traj.x, (size_t)(found[0].traj.npoint * l.nx) * sizeof(double)) == 0);
  sr_arena_free(a);
}

// A muscle that hurts does no more than pain allows; the limits call that its bound, and without any effort it rests.
TEST_SLOW(pain_limits_a_walk)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a), *sore = sr_alloc(a, sr_model, 1);
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  sr_solution whole, s;
  const sr_task_run cold = {.model = m, .weights = &w};
  double last = walk_of(&cold, a, &whole).objective;
  static const double most[] = {0.6, 0.0};
  const sr_layout l = sr_layout_of(m);
  *sore = *m;
  for (int i = 0; i < 2; i++) {
    for (int k = 0; k < m->nmuscle; k++)
      if (strcmp(m->muscle[k].base, "soleus") == 0) sore->muscle[k].act_max = most[i];
    const sr_task_run run = {.model = sore, .weights = &w, .start = &whole};
    const sr_task_result r = walk_of(&run, a, &s);
    CHECK(r.objective > last);
    last = r.objective;
    double peak = 0.0;
    for (int p = 1; p < s.traj.npoint; p++)
      for (int leg = 0; leg < 2; leg++) {
        const int k = sr_model_find_muscle(m, leg == 0 ? "soleus_l" : "soleus_r");
        peak = fmax(peak, s.traj.x[p * l.nx + l.act + k]);
      }
    NEAR(peak, fmax(most[i], w.walk.rest), 1e-3);
    bool is_said = false;
    for (int k = 0; k < r.nlimit; k++)
      is_said = is_said || strstr(r.limit[k], "soleus_l activation at its upper") != NULL;
    CHECK(is_said == (i == 0));
  }
  sr_arena_free(a);
}

// Mean square distance of the activations of innervated muscles from those of another walk of the same kind.
static double square_away(const sr_model *m, const sr_solution *from, const sr_solution *s, sr_arena *a)
{
  const sr_layout l = sr_layout_of(m);
  const sr_traj *t = &s->traj, before = sr_traj_resample(&from->traj, t->mesh, l.nx, l.nu, 2, a);
  double sum = 0.0;
  int n = 0;
  for (int k = 0; k < m->nmuscle; k++) {
    if (m->muscle[k].par.capacity <= 0.0) continue;
    n++;
    for (int i = 1; i < t->npoint; i++) {
      const int at = i * l.nx + l.act + k;
      const double lo = t->x[at - l.nx] - before.x[at - l.nx], hi = t->x[at] - before.x[at];
      sum += (t->tau[i] - t->tau[i - 1]) * (lo * lo + lo * hi + hi * hi) / 3.0;  // a straight line, squared
    }
  }
  return sum / n;
}

// Right after a cut the old pattern is visibly kept: half as far away at the weight of data/tasks.toml.
TEST_SLOW(a_habit_keeps_the_old_activations)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a), *hurt = sr_alloc(a, sr_model, 1);
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  *hurt = *m;
  int left = 0;
  for (int k = 0; k < m->nmuscle; k++) {
    if (strncmp(m->muscle[k].base, "gas", 3) == 0) hurt->muscle[k].par.capacity = 0.0;
    left += hurt->muscle[k].par.capacity > 0.0;
  }
  sr_solution whole, least, used, full, half;
  const sr_task_run cold = {.model = m, .weights = &w};
  const double before = walk_of(&cold, a, &whole).objective;
  // the walk that one is used to costs nothing more
  sr_task_run run = {.model = m, .weights = &w, .start = &whole, .habit = &whole, .habit_weight = w.walk.habit};
  const sr_task_result same = walk_of(&run, a, &used);
  NEAR(same.objective, before, 1e-4 * before);
  NEAR(metric(&same, "cost_of_habit_per_m"), 0.0, 1e-4 * before);
  run.model = hurt;
  run.habit_weight = 0.0;
  double none;
  const sr_task_result without = walk_of(&run, a, &least);
  CHECK(!sr_result_metric(&without, "cost_of_habit_per_m", &none));
  run.habit_weight = w.walk.habit;
  const sr_task_result with = walk_of(&run, a, &used);
  const double far = square_away(hurt, &whole, &least, a), near = square_away(hurt, &whole, &used, a);
  CHECK(sqrt(near) < 0.5 * sqrt(far));
  // 3%: points are not the rows on which metrics stand
  const double cost = w.walk.habit * near * left / (m->nmuscle * 1.33);
  NEAR(metric(&with, "cost_of_habit_per_m"), cost, 0.03 * cost);
  // a whole cycle with the habit of half of one is the same walk, and half a cycle with the habit of that one; 0.5%: a
  // whole one need not be symmetric
  run.start = &used;
  run.needs_full_cycle = true;
  NEAR(walk_of(&run, a, &full).objective, with.objective, 5e-3 * with.objective);
  CHECK(full.is_full_cycle && !used.is_full_cycle);
  run.needs_full_cycle = false;
  run.start = run.habit = &full;
  const sr_task_result by_full = walk_of(&run, a, &half);
  run.start = run.habit = &used;
  const sr_task_result by_half = walk_of(&run, a, &half);
  NEAR(by_full.objective, by_half.objective, 5e-3 * by_half.objective);
  CHECK(by_half.objective < 0.9 * with.objective);  // used to it by now
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
    sr_movement *p = sr_gait_problem_new(body, &w, &(sr_gait){.speed = 1.33, .is_full_cycle = true}, a);
    const sr_layout *l = &p->layout;
    const int nin = l->nx + l->nu + 2;
    double *x = in[i], *u = x + l->nx;
    if (i == 0) {
      memcpy(x, some_point(p, nin, a), (size_t)nin * sizeof *x);
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
