#include <math.h>

#include "load/model.h"
#include "task/task.h"
#include "test.h"

static sr_model *woman(sr_arena *a)
{
  sr_model *m = sr_alloc(a, sr_model, 1);
  const sr_person person = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.6, .mass_kg = 52.0};
  CHECK(sr_model_load(&person, m, NULL));
  return m;
}

static sr_task_result kick(const sr_model *m, const sr_solution *start, sr_arena *a, sr_solution *s)
{
  sr_weights w;
  sr_task t;
  sr_task_result r;
  CHECK(sr_weights_load(&w, NULL) && sr_task_parse("kick:leg=right", &t, NULL));
  const sr_task_run run = {.model = m, .weights = &w, .start = start};
  sr_task_solve(&t, &run, a, &r, s);
  return r;
}

static double metric(const sr_task_result *r, const char *name)
{
  double v = (double)NAN;
  if (!sr_result_metric(r, name, &v)) sr_test_fail(__FILE__, __LINE__, "%s has no %s", r->task, name);
  return v;
}

// A column of a result, by its name.
static int column(const sr_task_result *r, const char *name)
{
  for (int k = 0; k < r->curves.ncol; k++)
    if (strcmp(r->curves.label[k], name) == 0) return k;
  sr_test_fail(__FILE__, __LINE__, "%s has no column %s", r->task, name);
  return 0;
}

static double value(const sr_task_result *r, int col, int row)
{
  return r->curves.at[row * r->curves.ncol + col];
}

// Integral over time of a column.
static double integral(const sr_task_result *r, const char *name)
{
  const int col = column(r, name), time = column(r, "time_s");
  double sum = 0.0;
  for (int i = 1; i < r->curves.nrow; i++)
    sum += 0.5 * (value(r, col, i) + value(r, col, i - 1)) * (value(r, time, i) - value(r, time, i - 1));
  return sum;
}

// Who cannot stand on the other leg does not kick.
TEST(without_a_leg_to_stand_on_there_is_no_kick)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = woman(a);
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].leg == SR_LEG_LEFT) m->muscle[k].par.capacity = 0.0;
  sr_solution s;
  const sr_task_result r = kick(m, NULL, a, &s);
  CHECK(r.status == SR_TASK_IMPOSSIBLE && strstr(r.why, "standing on the other leg lacks") != NULL);
  CHECK(s.traj.npoint == 0);
  sr_arena_free(a);
}

TEST_SLOW(a_kick_obeys_its_laws)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = woman(a);
  sr_solution s;
  const sr_task_result r = kick(m, NULL, a, &s);
  CHECK(r.status == SR_TASK_SOLVED);
  // slower than the 18 to 24 m/s of players with a run-up, faster than a leg that swings in a walk
  const double speed = metric(&r, "foot_speed_m_s");
  CHECK(speed > 8.0 && speed < 18.0);
  CHECK(metric(&r, "ball_ahead_cm") > 0.0);
  // the knee extends while it is still bent, slower than any bound
  CHECK(metric(&r, "knee_flexion_at_ball_deg") > 15.0);
  CHECK(metric(&r, "knee_extension_speed_peak_deg_s") < 0.9 * 50.0 * 57.2958);
  // what the ground gives to a body at rest is its momentum; 2%: on the rows that are saved
  const double momentum = m->mass * metric(&r, "body_speed_at_ball_m_s");
  NEAR(integral(&r, "grf_l_vx"), momentum, 0.02 * momentum);
  const int stands = column(&r, "grf_l_vy"), kicks = column(&r, "grf_r_vy"), heel = column(&r, "heel_r_px");
  const int last = r.curves.nrow - 1;
  for (int i = 0; i <= last; i++) {
    CHECK(value(&r, stands, i) > 0.09 * sr_model_weight(m));
    CHECK(value(&r, kicks, i) < 0.01 * sr_model_weight(m));
  }
  // the heel moves with the foot: within what its turning adds
  const double step = value(&r, column(&r, "time_s"), last) / last;
  NEAR((value(&r, heel, last) - value(&r, heel, last - 1)) / step, speed, 0.25 * speed);
  // a kick starts from its own answer
  sr_solution again;
  const sr_task_result r2 = kick(m, &s, a, &again);
  CHECK(r2.status == SR_TASK_SOLVED);
  NEAR(metric(&r2, "foot_speed_m_s"), speed, 0.01 * speed);
  sr_arena_free(a);
}
