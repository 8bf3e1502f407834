#include "task/task.h"

#include "load/model.h"
#include "test.h"

static void expect_key(const char *text, const char *key)
{
  sr_task t;
  sr_error err = {0};
  CHECK(sr_task_parse(text, &t, &err));
  SAME(t.key, key);
}

TEST(tasks_have_a_canonical_name)
{
  expect_key("walk", "walk:speed_m_s=1.33");
  expect_key("walk:speed_m_s=1.10", "walk:speed_m_s=1.1");
  expect_key("walk:speed=preferred", "walk:speed=preferred");
  expect_key("walk:slope_percent=-5,speed=fastest", "walk:speed=fastest,slope_percent=-5");
  expect_key("run", "run:speed_m_s=3");
  expect_key("run:slope_percent=0", "run:speed_m_s=3");
  expect_key("stand", "stand");
  expect_key("stand:knee_deg=45", "stand:knee_deg=45");
  expect_key("heel_raise", "heel_raise:legs=both,knee_deg=0");
  expect_key("hop", "hop:legs=both,rate_hz=2.2");
  expect_key("hop:height=greatest,legs=left", "hop:legs=left,height=greatest");
  expect_key("jump", "jump:legs=both");
  expect_key("jump:legs=left", "jump:legs=left");
  expect_key("heel_raise:knee_deg=45,legs=left", "heel_raise:legs=left,knee_deg=45");
  expect_key("heel_raise:repeat=yes,legs=left", "heel_raise:legs=left,knee_deg=0,repeat=yes");
  expect_key("kick", "kick:leg=right");
  expect_key("kick:leg=left", "kick:leg=left");
  expect_key("heel_raise:repeat=no", "heel_raise:legs=both,knee_deg=0");
}

// Each is refused with words that say why.
TEST(bad_tasks_are_refused)
{
  static const struct {
    const char *text, *says;
  } bad[] = {{"fly", "unknown task 'fly'"},
             {"", "unknown task ''"},
             {"walk:speed_m_s=fast", "from 0.3 to 2.5"},
             {"walk:speed_m_s=0", "from 0.3 to 2.5"},
             {"walk:speed_m_s=nan", "must be a number"},
             {"walk:speed_m_s= 1.3", "must be a number"},
             {"walk:speed_m_s=1.3 ", "must be a number"},
             {"walk:speed_m_s=", "must be a number"},
             {"heel_raise:knee_deg=0x10", "must be a number"},
             {"stand:legs=left", "unknown key 'legs'; allowed: knee_deg"},
             {"walk:knee_deg=0", "unknown key 'knee_deg'; allowed: speed_m_s, speed, slope_percent"},
             {"walk:speed=fast", "preferred or fastest"},
             {"walk:speed=fastest,speed_m_s=2", "only one of"},
             {"walk:slope_percent=25", "from -20 to 20"},
             {"run:speed=preferred", "run has no preferred speed"},
             {"run:speed_m_s=1", "from 1.5 to 8"},
             {"hop:rate_hz=2,height=greatest", "only one of rate_hz, height may be given"},
             {"hop:rate_hz=0.5", "from 1 to 4"},
             {"jump:rate_hz=2", "unknown key 'rate_hz'; allowed: legs"},
             {"heel_raise:legs=three", "left, right or both"},
             {"heel_raise:legs=left,legs=right", "legs is given twice"},
             {"heel_raise:legs=left,legs=left", "legs is given twice"},
             {"heel_raise:knee_deg=0,legs=left,knee_deg=0", "knee_deg is given twice"},
             {"heel_raise:repeat=10", "yes or no"},
             {"kick:leg=both", "left or right"},
             {"kick:legs=left", "unknown key 'legs'; allowed: leg"},
             {"walk:speed_m_s=1,speed_m_s=1", "speed_m_s is given twice"},
             {"walk:", "must be key=value"},
             {"walk:,", "must be key=value"},
             {"walk:speed_m_s=1,", "must be key=value"},
             {"walk:speed_m_s", "must be key=value"}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    sr_task t;
    sr_error err = {0};
    if (sr_task_parse(bad[i].text, &t, &err) || err.code != SR_BAD_VALUE || strstr(err.text, bad[i].says) == NULL)
      sr_test_fail(__FILE__, __LINE__, "'%s': '%s'", bad[i].text, err.text);
  }
}

// What the contract has and this version has not is told apart from what nobody knows.
TEST(tasks_that_are_not_built_say_so)
{
  static const char *const later[] = {"turn"};
  for (size_t i = 0; i < sizeof later / sizeof later[0]; i++) {
    sr_task t;
    sr_error err = {0};
    if (sr_task_parse(later[i], &t, &err) || err.code != SR_BAD_VALUE || strstr(err.text, "not built yet") == NULL)
      sr_test_fail(__FILE__, __LINE__, "'%s': '%s'", later[i], err.text);
  }
}

// Two speeds are two tasks, however close, and a key is itself a task with that key.
TEST(keys_of_tasks_are_unique_and_short)
{
  sr_task a, b, again;
  sr_error err = {0};
  CHECK(sr_task_parse("walk:speed_m_s=1.3300001", &a, &err) && sr_task_parse("walk:speed_m_s=1.3300002", &b, &err));
  SAME(a.key, "walk:speed_m_s=1.3300001");
  CHECK(strcmp(a.key, b.key) != 0);
  CHECK(sr_task_parse("walk:speed_m_s=1.3300000000000003", &a, &err) && sr_task_parse(a.key, &again, &err));
  CHECK(again.speed_m_s == a.speed_m_s);
  SAME(again.key, a.key);
  CHECK(sr_task_parse("heel_raise:legs=right,knee_deg=12.345678901234567", &a, &err) && sr_task_parse(a.key, &b, &err));
  CHECK(a.knee_deg == b.knee_deg);
  CHECK(sr_task_parse("stand:knee_deg=-0", &a, &err));
  SAME(a.key, "stand");
}

// A leg that is lifted carries nothing: wherever its foot hangs, that limits nobody.
TEST(limits_of_a_posture_are_those_of_the_legs_that_stand)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = sr_alloc(a, sr_model, 1);
  sr_weights w;
  sr_task task;
  sr_task_result r;
  sr_solution unused;
  sr_error err = {0};
  const sr_person person = {.sex = SR_FEMALE, .age_yr = 25, .height_m = 1.6, .mass_kg = 52};
  CHECK(sr_model_load(&person, m, &err) && sr_weights_load(&w, &err) &&
        sr_task_parse("heel_raise:legs=left", &task, &err));
  const sr_task_run run = {.model = m, .weights = &w};
  sr_task_solve(&task, &run, a, &r, &unused);
  CHECK(r.status == SR_TASK_SOLVED && r.nlimit > 0);
  for (int i = 0; i < r.nlimit; i++)
    if (strstr(r.limit[i], "_r ") != NULL) sr_test_fail(__FILE__, __LINE__, "'%s'", r.limit[i]);
  sr_arena_free(a);
}
