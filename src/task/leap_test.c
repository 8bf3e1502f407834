// Jump and hop: the law of flight, left and right, and healthy ones within published bands.
#include "task/leap.h"

#include "base/constants.h"
#include "load/model.h"
#include "test.h"

static sr_model *load_person(sr_arena *a)
{
  static const sr_person woman = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.70, .mass_kg = 62.0};
  sr_model *m = sr_alloc(a, sr_model, 1);
  CHECK(sr_model_load(&woman, m, NULL));
  return m;
}

static double metric(const sr_task_result *r, const char *name)
{
  double x = (double)NAN;
  CHECK(sr_result_metric(r, name, &x));
  return x;
}

static sr_task_result leap_of(const char *text, const sr_model *m, const sr_solution *start, sr_arena *a,
                              sr_solution *s)
{
  sr_weights w;
  sr_task t;
  sr_task_result r;
  CHECK(sr_weights_load(&w, NULL) && sr_task_parse(text, &t, NULL));
  const sr_task_run run = {.model = m, .weights = &w, .start = start};
  sr_task_solve(&t, &run, a, &r, s);
  CHECK(r.status == SR_TASK_SOLVED);
  return r;
}

static void weaken_calves(sr_model *m, double share)
{
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].group == SR_TRICEPS) m->muscle[k].par.capacity *= share;
}

// Both legs straight, the pelvis upright, all speeds zero but that of the pelvis upward: 2.5 m/s fly 0.3186 m high.
TEST(flight_rises_by_the_square_of_its_speed)
{
  sr_arena *a = sr_arena_new();
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  const sr_model *m = load_person(a);
  const sr_task_run run = {.model = m, .weights = &w};
  const sr_leap_stance stance = {.x = NULL};
  sr_movement *p = sr_leap_new(&run, 3, &stance, SR_LEAP_PARAMETERS, 0.01, SR_LEAP_AS_ASKED, a);
  const sr_leap_end e = sr_leap_in_flight(p, p->x0, p->end_par[SR_LEAP_FLIGHT], a);
  const sr_ex out[2] = {sr_sub(sr_leap_apex(&e), e.com.y), e.com_velocity.y};
  const sr_tape *tape = sr_tape_new(p->ocp.ends, out, 2, a);
  double *in = sr_alloc(a, double, sr_graph_inputs(p->ocp.ends)), *work = sr_alloc(a, double, sr_tape_work(tape)),
         at[2];
  const int ty = sr_coord_find(&m->skeleton, "pelvis_ty");
  in[p->layout.q + ty] = 1.0;
  in[p->layout.qd + ty] = 2.5;
  sr_tape_eval1(tape, in, at, work);
  NEAR(at[1], 2.5, 1e-12);
  NEAR(at[0], 0.3186614, 1e-7);  // v^2 / 2g
  sr_arena_free(a);
}

// A free leg is no counterweight: its thigh and shank have bounds of pitch and its foot stays off the ground; legs that
// leap have none of these, and only equal ones are made to move alike.
TEST(free_legs_are_carried_and_equal_ones_move_alike)
{
  sr_arena *a = sr_arena_new();
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  sr_model *m = load_person(a);
  const sr_task_run run = {.model = m, .weights = &w};
  const sr_leap_stance stance = {.x = sr_alloc(a, double, sr_layout_of(m).nx)};
  const int base = sr_movement_new(m, 0.01, SR_LEAP_PARAMETERS, 0, a)->ocp.npath;
  CHECK(sr_leap_new(&run, 1, &stance, SR_LEAP_PARAMETERS, 0.01, SR_LEAP_AS_ASKED, a)->ocp.npath == base + 2 + 3);
  CHECK(sr_leap_new(&run, 3, &stance, SR_LEAP_PARAMETERS, 0.01, SR_LEAP_AS_ASKED, a)->ocp.npath == base + 4);
  m->muscle[sr_model_find_muscle(m, "soleus_r")].par.capacity = 0.5;
  CHECK(!sr_leap_is_alike(m, 3));
  CHECK(sr_leap_new(&run, 3, &stance, SR_LEAP_PARAMETERS, 0.01, SR_LEAP_AS_ASKED, a)->ocp.npath == base);
  sr_arena_free(a);
}

// Bands: published countermovement jumps of young women and men are 0.2 to 0.45 m of flight; who has half a calf jumps
// less high, from the solution of the healthy one.
TEST_SLOW(a_healthy_person_jumps_and_a_weak_calf_less)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = load_person(a);
  sr_solution s, s2;
  const sr_task_result r = leap_of("jump", m, NULL, a, &s);
  const double v = metric(&r, "takeoff_speed_m_s"), flight = metric(&r, "flight_height_m");
  CHECK(flight > 0.2 && flight < 0.45);
  NEAR(flight, v * v / (2.0 * SR_GRAVITY), 0.02);  // the last 20 N still push while the feet leave the ground
  NEAR(metric(&r, "grf_vertical_peak_left_bw"), metric(&r, "grf_vertical_peak_right_bw"), 1e-6);
  CHECK(metric(&r, "grf_vertical_peak_left_bw") > 0.9 && metric(&r, "grf_vertical_peak_left_bw") < 1.6);
  weaken_calves(m, 0.5);
  const sr_task_result weak = leap_of("jump", m, &s, a, &s2);
  CHECK(metric(&weak, "jump_height_m") < metric(&r, "jump_height_m") - 0.01);
  sr_arena_free(a);
}

// A hop returns to where it began; over it the ground carries the weight, and the flight is as high as its time says.
TEST_SLOW(a_healthy_person_hops)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = load_person(a);
  sr_solution s;
  const sr_task_result r = leap_of("hop", m, NULL, a, &s);
  NEAR(metric(&r, "rate_hz"), 2.2, 1e-9);
  double *l = sr_alloc(a, double, r.curves.nrow), *g = sr_alloc(a, double, r.curves.nrow);
  CHECK(sr_result_column(&r.curves, "grf_l_vy", l) && sr_result_column(&r.curves, "grf_r_vy", g));
  double mean = 0.0;
  const int n = r.curves.nrow - 1;
  for (int i = 0; i < n; i++) mean += (l[i] + g[i]) / n;
  NEAR(mean / sr_model_weight(m), 1.0, 0.005);  // of 100 samples
  const double half = 0.5 * metric(&r, "flight_time_s");
  NEAR(metric(&r, "flight_height_m"), 0.5 * SR_GRAVITY * half * half, 0.005);
  CHECK(metric(&r, "contact_time_s") > 0.2 && metric(&r, "contact_time_s") < 0.35);
  CHECK(metric(&r, "grf_vertical_peak_left_bw") > 1.2 && metric(&r, "grf_vertical_peak_left_bw") < 2.2);
  NEAR(metric(&r, "grf_vertical_peak_left_bw"), metric(&r, "grf_vertical_peak_right_bw"), 1e-6);
  sr_arena_free(a);
}
