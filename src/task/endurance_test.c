#include "task/endurance.h"

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

static sr_weights weights(void)
{
  sr_weights w;
  CHECK(sr_weights_load(&w, NULL));
  return w;
}

// A cycle in which one muscle always does the same is that load, held.
TEST(a_steady_cycle_lasts_as_long_as_its_load_is_held)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = woman(a);
  const sr_weights w = weights();
  const int soleus = sr_model_find_muscle(m, "soleus_r"), n = m->nmuscle;
  double *act = sr_alloc(a, double, 4 * n);
  for (int i = 0; i < 4 * n; i++) act[i] = w.still.rest;
  for (int i = 0; i < 4; i++) act[i * n + soleus] = 0.5;
  const sr_endurance e = sr_endurance_of(m, &w, act, 4, 0.4, 10000);
  CHECK(e.muscle == soleus);
  NEAR(e.seconds, sr_fatigue_endurance(&w.calf, 0.5), 0.5);
  NEAR(e.cycles * 0.4, e.seconds, 1e-9);
  // with half of every cycle at rest it goes on for longer, and a light load for ever
  act[soleus] = act[n + soleus] = w.still.rest;
  CHECK(sr_endurance_of(m, &w, act, 4, 0.4, 10000).cycles > 2.0 * e.cycles);
  for (int i = 0; i < 4; i++) act[i * n + soleus] = 0.05;
  CHECK(sr_endurance_of(m, &w, act, 4, 0.4, 3000).muscle == -1);
  sr_arena_free(a);
}

// A tired muscle can be asked for what is left of it; one that never tires for all; a sore one for no more than before.
TEST(a_tired_body_is_weaker)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = woman(a);
  const sr_weights w = weights();
  const int n = m->nmuscle, sore = sr_model_find_muscle(m, "soleus_l"), spared = sr_model_find_muscle(m, "soleus_r");
  m->muscle[sore].act_max = 0.3;
  sr_tiring t = sr_tiring_fresh(m, &w);
  t.never[spared] = true;
  const sr_tiring before = t;
  double *act = sr_alloc(a, double, n);
  for (int k = 0; k < n; k++) act[k] = 0.8;
  sr_tiring_cycle(&t, act, 1, 30.0);
  const sr_model *tired = sr_tiring_model(&t, a);
  for (int k = 0; k < n; k++)
    NEAR(tired->muscle[k].act_max, k == sore ? 0.3 : k == spared ? 1.0 : 1.0 - t.pool[k].tired, 1e-15);
  CHECK(m->muscle[sr_tiring_weakest(&t)].group == SR_THIGH);
  NEAR(sr_tiring_lost(&before, &t), t.pool[sr_tiring_weakest(&t)].tired, 1e-15);
  sr_arena_free(a);
}

static sr_task_result solve(const sr_model *m, const char *text, sr_arena *a)
{
  const sr_weights w = weights();
  sr_task t;
  sr_task_result r;
  sr_solution s;
  CHECK(sr_task_parse(text, &t, NULL));
  const sr_task_run run = {.model = m, .weights = &w};
  sr_task_solve(&t, &run, a, &r, &s);
  return r;
}

static double metric(const sr_task_result *r, const char *name)
{
  double v = (double)NAN;
  if (!sr_result_metric(r, name, &v)) sr_test_fail(__FILE__, __LINE__, "%s has no %s", r->task, name);
  return v;
}

// A whole calf does more raises than one without its medial head; one that does not reach half the healthy height does
// none, and its best is said.
TEST_SLOW(raises_end_when_the_calf_is_tired)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = woman(a), *hurt = sr_alloc(a, sr_model, 1);
  const char *const task = "heel_raise:legs=right,repeat=yes";
  const sr_task_result whole = solve(m, task, a);
  CHECK(whole.status == SR_TASK_SOLVED);
  const double raises = metric(&whole, "heel_raises_1");
  CHECK(raises >= 20.0 && raises <= 120.0);
  NEAR(metric(&whole, "set_duration_s"), 2.0 * raises, 1e-9);
  NEAR(metric(&whole, "least_raise_cm"), 0.5 * metric(&whole, "right_heel_rise_cm"), 1e-9);
  CHECK(metric(&whole, "greatest_rise_at_end_cm") < 0.8 * metric(&whole, "right_heel_rise_cm"));
  CHECK(metric(&whole, "soleus_strength_left_right_1") < 0.7);
  *hurt = *m;
  hurt->muscle[sr_model_find_muscle(m, "gasmed_r")].par.capacity = 0.0;
  const sr_task_result less = solve(hurt, task, a);
  CHECK(less.status == SR_TASK_SOLVED && metric(&less, "heel_raises_1") < 0.8 * raises);
  NEAR(metric(&less, "least_raise_cm"), metric(&whole, "least_raise_cm"), 1e-3);
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].group == SR_TRICEPS) hurt->muscle[k].par.capacity = 0.3;
  const sr_task_result none = solve(hurt, task, a);
  CHECK(none.status == SR_TASK_IMPOSSIBLE && metric(&none, "heel_raises_1") == 0.0);
  CHECK(metric(&none, "right_heel_rise_cm") < metric(&none, "least_raise_cm"));
  sr_arena_free(a);
}
