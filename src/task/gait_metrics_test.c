// Events of a gait and the numbers that hang on them: forces with known crossings, with a scuff, around the end of the
// cycle; metrics of a made-up cycle whose steps, peaks and impulses are known.
#include "load/model.h"
#include "load/weights.h"
#include "task/gait_cycle.h"
#include "task/gait_problem.h"
#include "test.h"

// ---- events ----

TEST(contact_and_toe_off_lie_between_samples)
{
  // rises by 100 N from 0.1 to 0.3 s, so it passes 20 N at 0.14; falls by 200 N from 0.7 to 0.8 s: 20 N at 0.79
  static const double time[] = {0.0, 0.1, 0.3, 0.5, 0.7, 0.8}, force[] = {0, 0, 100, 300, 200, 0};
  const sr_foot_events e = sr_foot_events_of(time, force, 6, 1.0);
  NEAR(e.contact, 0.14, 1e-15);
  NEAR(e.stance, 0.79 - 0.14, 1e-15);
}

TEST(stance_may_run_over_the_end_of_the_cycle)
{
  // loaded from 0.85 (0 N at 0.8, 40 N at 0.9) through the end to 1.15 (40 N at 0.1, 0 N at 0.2)
  static const double time[] = {0.1, 0.2, 0.8, 0.9}, force[] = {40, 0, 0, 40};
  const sr_foot_events e = sr_foot_events_of(time, force, 4, 1.0);
  NEAR(e.contact, 0.85, 1e-15);
  NEAR(e.stance, 0.30, 1e-15);
  // and when the crossing itself lies between the last sample and the first
  static const double late[] = {0.1, 0.5, 0.6, 0.9}, press[] = {60, 60, 0, -20};
  const sr_foot_events f = sr_foot_events_of(late, press, 4, 1.0);
  NEAR(f.contact, 0.0, 1e-15);
  NEAR(f.stance, 0.5 + 0.1 * 40.0 / 60.0, 1e-15);
}

// A toe that scuffs in swing, before the true contact or after toe-off, is no event.
TEST(a_scuff_is_not_a_contact)
{
  static const double time[] = {0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
  static const double force[] = {0, 40, 0, 0, 400, 800, 400, 0, 40, 0};
  const sr_foot_events e = sr_foot_events_of(time, force, 10, 1.0);
  NEAR(e.contact, 0.3 + 0.1 * 20.0 / 400.0, 1e-15);
  NEAR(e.contact + e.stance, 0.6 + 0.1 * 380.0 / 400.0, 1e-15);
}

TEST(a_foot_that_never_or_always_bears_load_has_no_contact)
{
  static const double time[] = {0.2, 0.6}, none[] = {0, 10}, all[] = {20, 300};
  const sr_foot_events never = sr_foot_events_of(time, none, 2, 1.0), always = sr_foot_events_of(time, all, 2, 1.0);
  CHECK(isnan(never.contact) && isnan(always.contact));
  NEAR(never.stance, 0.0, 0.0);
  NEAR(always.stance, 1.0, 0.0);
  const sr_gait_events e = {.duration = 1.0, .foot = {always, {.contact = 0.3, .stance = 0.6}}},
                       none_left = {.duration = 1.0, .foot = {never, {.contact = 0.3, .stance = 0.6}}};
  NEAR(sr_gait_double_support(&e), 0.6, 1e-15);
  NEAR(sr_gait_double_support(&none_left), 0.0, 0.0);
  CHECK(sr_foot_since_contact(&e, 0, 0.5) < 0.0);
}

TEST(events_of_a_turned_cycle_are_the_same_events)
{
  const sr_gait_events e = {.duration = 1.2, .foot = {{0.1, 0.7}, {0.7, 0.7}}}, t = sr_gait_events_from(&e, 0.7);
  NEAR(t.foot[1].contact, 0.0, 0.0);
  NEAR(t.foot[0].contact, 0.6, 1e-15);
  NEAR(t.foot[0].stance, 0.7, 0.0);
  NEAR(sr_gait_double_support(&e), 0.2, 1e-15);  // twice 0.1 s
  NEAR(sr_gait_double_support(&t), sr_gait_double_support(&e), 1e-15);
  NEAR(sr_foot_since_contact(&t, 0, 0.1), 0.7, 1e-15);  // the last moment of stance
  CHECK(sr_foot_since_contact(&t, 0, 0.15) < 0.0);
}

// ---- metrics ----

static double metric(const sr_task_result *r, const char *name)
{
  double x = (double)NAN;
  if (!sr_result_metric(r, name, &x)) sr_test_fail(__FILE__, __LINE__, "no %s", name);
  return x;
}

enum { ROWS = 401 };

typedef struct made_up {
  sr_model *m;
  sr_gait_cycle c;
  sr_task_result r;
} made_up;

// The columns of the walking problem with the values of its guess, which a test then overwrites.
static made_up cycle_of_the_guess(sr_arena *a)
{
  static const sr_person woman = {.sex = SR_FEMALE, .age_yr = 30.0, .height_m = 1.70, .mass_kg = 62.0};
  made_up x = {.m = sr_alloc(a, sr_model, 1)};
  sr_weights w;
  sr_error err = {0};
  CHECK(sr_model_load(&woman, x.m, &err) && sr_weights_load(&w, &err));
  const sr_movement *p = sr_gait_problem_new(x.m, &w, &(sr_gait){.speed = 1.33, .is_full_cycle = true}, a);
  const sr_traj t = sr_gait_guess(p, &(sr_gait){.speed = 1.33, .is_full_cycle = true}, (sr_mesh){20, 1}, 0, a);
  x.c = sr_gait_cycle_of(p, &t, true, SR_LEG_RIGHT, ROWS, a);
  return x;
}

// What fibres and tendons give is what the joints get, where the fibres are in balance, as they are in a guess.
TEST(powers_of_muscles_add_up_to_those_of_joints)
{
  static const sr_person woman = {.sex = SR_FEMALE, .age_yr = 30.0, .height_m = 1.70, .mass_kg = 62.0};
  sr_arena *a = sr_arena_new();
  sr_model *m = sr_alloc(a, sr_model, 1);
  sr_weights w;
  CHECK(sr_model_load(&woman, m, NULL) && sr_weights_load(&w, NULL));
  const sr_movement *p = sr_gait_problem_new(m, &w, &(sr_gait){.speed = 1.33, .is_full_cycle = true}, a);
  sr_recording r = sr_recording_columns(p, "1/m", a);
  sr_ex of_muscles = sr_const(p->ocp.point, 0.0), of_joints = of_muscles;
  for (int k = 0; k < m->nmuscle; k++)
    of_muscles = sr_add(of_muscles, sr_add(r.columns.at[r.columns.fibre_power[k]].value,
                                           r.columns.at[r.columns.tendon_power[k]].value));
  for (int j = 0; j < m->skeleton.ncoord; j++)
    of_joints = sr_add(of_joints, sr_mul(p->physics.muscle_torque[j], p->now.qd[j]));
  const int given = sr_columns_append(&r.columns, "given", "W", of_muscles),
            taken = sr_columns_append(&r.columns, "taken", "W", of_joints);
  const sr_traj t = sr_gait_guess(p, &(sr_gait){.speed = 1.33, .is_full_cycle = true}, (sr_mesh){20, 1}, 0, a);
  const double *at = sr_recording_points(&r, p, &t, 0, a);
  double size = 0.0;
  for (int i = 0; i < t.npoint; i++) {
    const double *row = at + i * r.columns.n;
    size = fmax(size, fabs(row[taken]));
    NEAR(row[given], row[taken], 1e-6);
  }
  CHECK(size > 10.0);  // [W]
  sr_arena_free(a);
}

static double *cell(made_up *x, int column, int row)
{
  return &x->c.rec.at[row * x->c.rec.columns.n + column];
}

// A right foot with two humps of force from 0 to 60% of the cycle, a left one half a cycle later, and a scuff of the
// right toe at 75%. 1.2 s, 1.5 m; the right heel lands at 0.2 m, the left one at 1.0 m.
static void make_up(made_up *x, double scuff)
{
  x->c.rec.duration = 1.2;
  x->c.distance = 1.5;
  double time[ROWS], force[2][ROWS];
  for (int i = 0; i < ROWS; i++) {
    time[i] = 1.2 * i / (ROWS - 1);
    for (int leg = 0; leg < 2; leg++) {
      const double phase = fmod((double)i / (ROWS - 1) + (leg == SR_LEG_LEFT ? 0.5 : 0.0), 1.0);
      const double stance = phase / 0.6, pi = 3.14159265358979323846;
      force[leg][i] = phase < 0.6 ? 700.0 * sin(pi * stance) + 250.0 * sin(3.0 * pi * stance) : 0.0;
      if (leg == SR_LEG_RIGHT && fabs(phase - 0.75) < 0.02) force[leg][i] = scuff;
      *cell(x, x->c.rec.columns.ground_y[leg], i) = force[leg][i];
      // the heel stays where it landed for half of stance and then moves on by a stride
      const double landed = leg == SR_LEG_RIGHT ? 0.2 : 1.0 - (i < ROWS / 2 ? 1.5 : 0.0);
      *cell(x, x->c.rec.columns.heel_x[leg], i) = landed + 1.5 * fmax(0.0, phase - 0.3) / 0.7;
    }
  }
  x->c.events.duration = 1.2;
  for (int leg = 0; leg < 2; leg++) x->c.events.foot[leg] = sr_foot_events_of(time, force[leg], ROWS - 1, 1.2);
  x->r = (sr_task_result){.task = "walk", .why = ""};
}

TEST(both_steps_add_up_to_the_stride)
{
  sr_arena *a = sr_arena_new();
  made_up x = cycle_of_the_guess(a);
  make_up(&x, 0.0);
  sr_gait_metrics(&x.c, x.m, false, "predicted", &x.r, a);
  const double left = metric(&x.r, "step_length_left_m"), right = metric(&x.r, "step_length_right_m");
  NEAR(left, 0.8, 1e-12);
  NEAR(right, 0.7, 1e-12);
  NEAR(left + right, metric(&x.r, "stride_length_m"), 1e-12);
  sr_arena_free(a);
}

// What a scuff may not change: all but the integrals over the cycle, into which it goes.
TEST(a_scuff_changes_no_number_of_stance)
{
  static const char *const name[] = {"step_length_right_m",
                                     "stance_right_percent",
                                     "stance_left_percent",
                                     "double_support_percent",
                                     "grf_vertical_first_peak_right_bw",
                                     "grf_vertical_trough_right_bw",
                                     "grf_vertical_second_peak_right_bw",
                                     "soleus_activation_peak_at_right_percent"};
  sr_arena *a = sr_arena_new();
  made_up clean = cycle_of_the_guess(a), scuffs = cycle_of_the_guess(a);
  make_up(&clean, 0.0);
  make_up(&scuffs, 45.0);
  sr_gait_metrics(&clean.c, clean.m, false, "predicted", &clean.r, a);
  sr_gait_metrics(&scuffs.c, scuffs.m, false, "predicted", &scuffs.r, a);
  for (size_t i = 0; i < sizeof name / sizeof name[0]; i++)
    NEAR(metric(&scuffs.r, name[i]), metric(&clean.r, name[i]), 0.0);
  const double weight = sr_model_weight(clean.m);
  // with s = sin(pi stance) the force is 1450 s - 1000 s^3: greatest at s^2 = 1450/3000; 1 N: between the rows
  const double most = 2.0 / 3.0 * 1450.0 * sqrt(1450.0 / 3000.0);
  NEAR(metric(&clean.r, "grf_vertical_first_peak_right_bw"), most / weight, 1.0 / weight);
  NEAR(metric(&clean.r, "grf_vertical_second_peak_right_bw"), most / weight, 1.0 / weight);
  NEAR(metric(&clean.r, "grf_vertical_trough_right_bw"), 450.0 / weight, 1e-12);  // 700 - 250 at mid-stance
  NEAR(metric(&clean.r, "stance_right_percent"), 60.0, 0.7);                      // less twice the way to 20 N
  NEAR(metric(&clean.r, "double_support_percent"), 2.0 * metric(&clean.r, "stance_right_percent") - 100.0, 1e-9);
  sr_arena_free(a);
}

TEST(a_foot_in_the_air_gives_no_number_of_stance)
{
  sr_arena *a = sr_arena_new();
  made_up x = cycle_of_the_guess(a);
  make_up(&x, 0.0);
  x.c.events.foot[SR_LEG_LEFT] = (sr_foot_events){.contact = (double)NAN};
  sr_gait_metrics(&x.c, x.m, false, "predicted", &x.r, a);
  CHECK(isnan(metric(&x.r, "step_length_left_m")) && isnan(metric(&x.r, "step_length_right_m")));
  CHECK(isnan(metric(&x.r, "grf_vertical_first_peak_left_bw")));
  NEAR(metric(&x.r, "stance_left_percent"), 0.0, 0.0);
  CHECK(metric(&x.r, "stance_right_percent") > 50.0);
  sr_arena_free(a);
}

// Of two bursts of the ankle in stance the second alone is the push-off: 100 W from 40% to 55% of the leg's cycle; what
// comes before it, and in swing, is work but not push-off. Also where the cycle ends within the burst.
TEST(the_push_off_is_the_last_burst_of_stance)
{
  sr_arena *a = sr_arena_new();
  made_up x = cycle_of_the_guess(a);
  make_up(&x, 0.0);
  for (int leg = 0; leg < 2; leg++) {
    const int power =
        x.c.rec.columns.power[sr_coord_find(&x.m->skeleton, leg == 0 ? "ankle_angle_l" : "ankle_angle_r")];
    for (int i = 0; i < ROWS; i++) {
      const double phase = fmod((double)i / (ROWS - 1) + (leg == SR_LEG_LEFT ? 0.5 : 0.0), 1.0);
      const bool is_burst = phase > 0.40 && phase < 0.55, is_other = (phase > 0.2 && phase < 0.3) || phase > 0.8;
      *cell(&x, power, i) = is_burst ? 100.0 : is_other ? 50.0 : -20.0;
    }
  }
  sr_gait_metrics(&x.c, x.m, false, "predicted", &x.r, a);
  const double work = 100.0 * 0.15 * 1.2 / x.m->mass, row = 100.0 * 1.2 / (ROWS - 1) / x.m->mass;
  NEAR(metric(&x.r, "ankle_push_off_work_right_J_kg"), work, 1.01 * row);
  NEAR(metric(&x.r, "ankle_push_off_work_left_J_kg"), work, 1.01 * row);
  CHECK(metric(&x.r, "ankle_work_positive_right_J_kg") > 1.5 * work);
  sr_arena_free(a);
}

// What scripts rely on: every metric that walking has to report, on both sides.
TEST(walking_reports_the_metrics_that_are_promised)
{
  static const char *const whole[] = {"speed_m_s", "stride_length_m", "cadence_per_min", "double_support_percent",
                                      "cost_of_transport_J_kg_m"};
  static const char *const of_leg[] = {"step_length_%s_m",
                                       "stance_%s_percent",
                                       "grf_vertical_first_peak_%s_bw",
                                       "grf_vertical_second_peak_%s_bw",
                                       "propulsive_impulse_%s_bw_s",
                                       "ankle_moment_peak_%s_N_m_kg",
                                       "ankle_power_peak_%s_W_kg",
                                       "ankle_work_positive_%s_J_kg",
                                       "ankle_push_off_work_%s_J_kg",
                                       "achilles_force_peak_%s_N"};
  static const char *const calf[] = {"soleus",  "gasmed",  "gaslat", "tibpost", "fdl", "fhl",
                                     "perlong", "perbrev", "tibant", "edl",     "ehl"};
  static const char *const side[2] = {"left", "right"};
  sr_arena *a = sr_arena_new();
  made_up x = cycle_of_the_guess(a);
  make_up(&x, 0.0);
  sr_gait_metrics(&x.c, x.m, false, "predicted", &x.r, a);
  for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) CHECK(isfinite(metric(&x.r, whole[i])));
  for (int leg = 0; leg < 2; leg++) {
    for (size_t i = 0; i < sizeof of_leg / sizeof of_leg[0]; i++) {
      char name[64];
      const char *mark = strstr(of_leg[i], "%s");
      snprintf(name, sizeof name, "%.*s%s%s", (int)(mark - of_leg[i]), of_leg[i], side[leg], mark + 2);
      CHECK(isfinite(metric(&x.r, name)));
    }
    for (size_t i = 0; i < sizeof calf / sizeof calf[0]; i++) {
      CHECK(isfinite(metric(&x.r, sr_arena_printf(a, "%s_activation_peak_%s_1", calf[i], side[leg]))));
      CHECK(isfinite(metric(&x.r, sr_arena_printf(a, "%s_force_peak_%s_N", calf[i], side[leg]))));
    }
  }
  sr_arena_free(a);
}
