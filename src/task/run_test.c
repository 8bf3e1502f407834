// Running, slopes and chosen speeds: laws of mechanics in the answers, a healthy run within published bands, a hurt one
// that is worse, and a whole cycle that is the same run as half of one.
#include <math.h>
#include <string.h>

#include "load/model.h"
#include "task/gait_problem.h"
#include "task/task.h"
#include "test.h"

static sr_model *load_woman(sr_arena *a)
{
  sr_model *m = sr_alloc(a, sr_model, 1);
  const sr_person woman = {.sex = SR_FEMALE, .age_yr = 25, .height_m = 1.70, .mass_kg = 62};
  CHECK(sr_model_load(&woman, m, NULL));
  return m;
}

static sr_task_result gait_of(const char *text, const sr_task_run *run, sr_arena *a, sr_solution *s)
{
  sr_task t;
  sr_task_result r;
  CHECK(sr_task_parse(text, &t, NULL));
  sr_task_solve(&t, run, a, &r, s);
  if (r.status != SR_TASK_SOLVED) sr_test_fail(__FILE__, __LINE__, "%s: %s", text, r.why);
  return r;
}

static double metric(const sr_task_result *r, const char *name)
{
  double x = (double)NAN;
  CHECK(sr_result_metric(r, name, &x));
  return x;
}

static int column(const sr_curves *c, const char *label)
{
  for (int k = 0; k < c->ncol; k++)
    if (strcmp(c->label[k], label) == 0) return k;
  CHECK(false);
  return 0;
}

// Mean of the sum of two columns over a periodic curve.
static double mean_of(const sr_curves *c, const char *one, const char *other)
{
  const int k = column(c, one), l = column(c, other);
  double sum = 0.0;
  for (int i = 0; i < c->nrow - 1; i++) sum += c->at[i * c->ncol + k] + c->at[i * c->ncol + l];
  return sum / (c->nrow - 1);
}

// Both feet off the ground the centre of mass falls freely: its height over three instants in the middle of flights.
static void expect_free_fall(const sr_curves *c)
{
  const int l = column(c, "grf_l_vy"), r = column(c, "grf_r_vy"), y = column(c, "com_py"), t = column(c, "time_s");
  int nflight = 0;
  for (int i = 2; i < c->nrow - 2; i++) {
    bool is_flight = true;
    for (int k = i - 2; k <= i + 2; k++)
      is_flight = is_flight && fabs(c->at[k * c->ncol + l]) + fabs(c->at[k * c->ncol + r]) < 5.0;
    if (!is_flight) continue;
    const double dt = c->at[(i + 2) * c->ncol + t] - c->at[i * c->ncol + t];
    const double bend = c->at[(i + 2) * c->ncol + y] - 2.0 * c->at[i * c->ncol + y] + c->at[(i - 2) * c->ncol + y];
    NEAR(bend / (dt * dt), -9.80665, 1.5);  // rows lie on straight lines between the points of the mesh
    nflight++;
  }
  CHECK(nflight > 0);
}

TEST_SLOW(a_healthy_person_runs_from_a_cold_start)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a), *hurt = sr_alloc(a, sr_model, 1);
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  sr_solution half, s;
  sr_task_run run = {.model = m, .weights = &w};
  const sr_task_result r = gait_of("run", &run, a, &half);
  NEAR(metric(&r, "speed_m_s"), 3.0, 1e-6);
  CHECK(metric(&r, "flight_time_s") > 0.03 && metric(&r, "duty_factor_1") < 0.42);
  NEAR(metric(&r, "double_support_percent"), 0.0, 1e-9);
  CHECK(metric(&r, "grf_vertical_peak_right_bw") > 2.0 && metric(&r, "grf_vertical_peak_right_bw") < 3.0);
  CHECK(metric(&r, "cost_of_transport_J_kg_m") > 3.0 && metric(&r, "cost_of_transport_J_kg_m") < 4.8);
  // over a periodic cycle the ground carries the weight and neither brakes nor drives; 1%, 0.2%: the sampled curve
  const double weight = sr_model_weight(m);
  NEAR(mean_of(&r.curves, "grf_l_vy", "grf_r_vy") / weight, 1.0, 0.01);
  NEAR(mean_of(&r.curves, "grf_l_vx", "grf_r_vx") / weight, 0.0, 0.002);
  expect_free_fall(&r.curves);
  // a whole cycle has two flights and is the same run; 2%: it need not be symmetric
  run.start = &half;
  run.needs_full_cycle = true;
  const sr_task_result full = gait_of("run", &run, a, &s);
  NEAR(full.objective, r.objective, 0.02 * r.objective);
  NEAR(metric(&full, "flight_time_s"), metric(&r, "flight_time_s"), 0.01);
  // without the gastrocnemius it costs more
  *hurt = *m;
  for (int k = 0; k < m->nmuscle; k++)
    if (strncmp(m->muscle[k].base, "gas", 3) == 0) hurt->muscle[k].par.capacity = 0.0;
  run = (sr_task_run){.model = hurt, .weights = &w, .start = &half};
  const sr_task_result worse = gait_of("run", &run, a, &s);
  CHECK(worse.objective > 1.1 * r.objective);
  CHECK(metric(&worse, "cost_of_transport_J_kg_m") > metric(&r, "cost_of_transport_J_kg_m"));
  sr_arena_free(a);
}

// On a slope the ground bears the weight upward and pushes forward: m g cos and m g sin in the frame of the ground.
// Uphill costs more, by no less than the work against gravity.
TEST_SLOW(a_slope_turns_gravity)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = load_woman(a);
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  sr_solution level, s;
  sr_task_run run = {.model = m, .weights = &w};
  const sr_task_result flat = gait_of("walk", &run, a, &level);
  run.start = &level;
  const double slope = atan(0.05), weight = sr_model_weight(m);
  const sr_task_result up = gait_of("walk:slope_percent=5", &run, a, &s);
  const sr_task_result down = gait_of("walk:slope_percent=-5", &run, a, &s);
  NEAR(mean_of(&up.curves, "grf_l_vy", "grf_r_vy") / weight, cos(slope), 0.01);
  NEAR(mean_of(&up.curves, "grf_l_vx", "grf_r_vx") / weight, sin(slope), 0.005);
  NEAR(mean_of(&down.curves, "grf_l_vx", "grf_r_vx") / weight, -sin(slope), 0.005);
  const double cost = metric(&flat, "cost_of_transport_J_kg_m");
  CHECK(metric(&up, "cost_of_transport_J_kg_m") > cost + 9.8 * sin(slope));
  CHECK(metric(&down, "cost_of_transport_J_kg_m") < cost);
  sr_arena_free(a);
}

// The ground's slope and the true vertical of a turned body agree.
TEST(a_body_on_a_slope_keeps_its_weight)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = load_woman(a), *on = sr_gait_on_slope(m, 0.1, a);
  NEAR(sr_model_weight(on), sr_model_weight(m), 1e-10);
  NEAR(sr_gait_slope(on), 0.1, 1e-15);
  CHECK(sr_gait_slope(m) == 0.0);
  CHECK(on->skeleton.gravity[0] < 0.0);  // uphill is forward: it pulls back
  sr_arena_free(a);
}

// The greatest speed: beyond any that is asked for in daily life, and less without the calf.
TEST_SLOW(the_greatest_speed_falls_with_the_calf)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_woman(a), *hurt = sr_alloc(a, sr_model, 1);
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  sr_solution s, other;
  sr_task_run run = {.model = m, .weights = &w};
  const sr_task_result whole = gait_of("run:speed=fastest", &run, a, &s);
  const double best = metric(&whole, "speed_m_s");
  CHECK(best > 4.0 && best < 9.0);
  *hurt = *m;
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].group == SR_TRICEPS) hurt->muscle[k].par.capacity = 0.0;
  run = (sr_task_run){.model = hurt, .weights = &w, .start = &s};
  const sr_task_result worse = gait_of("run:speed=fastest", &run, a, &other);
  CHECK(metric(&worse, "speed_m_s") < 0.95 * best);
  sr_arena_free(a);
}
