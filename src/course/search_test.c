// The search: what a body is used to goes along, mirrored as the solver saw it, and the journal knows it.
#include "course/search.h"

#include <stdlib.h>
#include <unistd.h>

#include "test.h"

// A small woman with half of one soleus denervated, which also hurts.
typedef struct bodies {
  sr_arena *a;
  sr_model *whole, *hurt[2];  // by leg
  sr_weights weights;         // a mesh that is coarse, but good enough to compare
  sr_task walk;
} bodies;

static bodies bodies_new(void)
{
  bodies b = {.a = sr_arena_new()};
  sr_error err = {0};
  const sr_person person = {.sex = SR_FEMALE, .age_yr = 25, .height_m = 1.6, .mass_kg = 52};
  b.whole = sr_alloc(b.a, sr_model, 1);
  CHECK(sr_model_load(&person, b.whole, &err) && sr_weights_load(&b.weights, &err) &&
        sr_task_parse("walk", &b.walk, &err));
  b.weights.walk.intervals = 12;
  b.weights.walk.coarse_intervals = 12;
  b.weights.walk.mesh_error = 1.0;
  for (int leg = 0; leg < 2; leg++) {
    b.hurt[leg] = sr_alloc(b.a, sr_model, 1);
    *b.hurt[leg] = *b.whole;
    sr_model_muscle *x =
        &b.hurt[leg]->muscle[sr_model_find_muscle(b.whole, leg == SR_LEG_LEFT ? "soleus_l" : "soleus_r")];
    x->par.capacity = 0.5;
    x->act_max = 0.6;
  }
  return b;
}

static double objective(const sr_answer *a)
{
  CHECK(a->result.status == SR_TASK_SOLVED);
  return a->result.objective;
}

static double metric(const sr_answer *a, const char *name)
{
  double x = (double)NAN;
  CHECK(sr_result_metric(&a->result, name, &x));
  return x;
}

// A lesion on the left with the habit of its own first day is the mirror of one on the right.
TEST_SLOW(a_habit_is_mirrored_with_its_body)
{
  bodies b = bodies_new();
  const sr_course_options none = {0};
  sr_answer first[2], second[2];
  for (int leg = 0; leg < 2; leg++) {
    sr_search s = {
        .weights = &b.weights, .options = &none, .keep = b.a, .is_mirrored = leg == SR_LEG_LEFT, .when = "after"};
    const sr_answer before = sr_search_from(&s, &b.walk, b.whole, NULL);
    s.habit = &before.solution;
    s.habit_weight = b.weights.walk.habit;
    first[leg] = sr_search_from(&s, &b.walk, b.hurt[leg], &before);
    s.habit = &first[leg].solution;
    second[leg] = sr_search_from(&s, &b.walk, b.hurt[leg], &first[leg]);
  }
  NEAR(objective(&first[0]), objective(&first[1]), 0.0);
  NEAR(objective(&second[0]), objective(&second[1]), 0.0);
  CHECK(objective(&second[0]) < objective(&first[0]));  // used to it by now
  const char *name[2] = {"soleus_activation_peak_left_1", "soleus_activation_peak_right_1"};
  NEAR(metric(&second[0], name[0]), metric(&second[1], name[1]), 0.0);
  NEAR(metric(&second[0], name[1]), metric(&second[1], name[0]), 0.0);
  CHECK(fabs(metric(&second[0], name[0]) - metric(&second[0], name[1])) > 0.01);
  sr_arena_free(b.a);
}

// What has been solved is found again only with the same body, habit and weight.
TEST_SLOW(the_journal_knows_habit_and_pain)
{
  bodies b = bodies_new();
  char path[] = "/tmp/surae_search_XXXXXX";
  sr_error err = {0};
  const int fd = mkstemp(path);
  CHECK(fd >= 0 && close(fd) == 0);
  sr_answer before, after[2];
  int count[2] = {0};
  for (int run = 0; run < 2; run++) {
    sr_journal *j = sr_journal_open(path, "who", run > 0, &err);
    if (j == NULL) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
    if (j == NULL) break;
    const sr_course_options o = {.journal = j};
    sr_search s = {.weights = &b.weights, .options = &o, .keep = b.a, .when = "after"};
    before = sr_search_from(&s, &b.walk, b.whole, NULL);
    s.habit = &before.solution;
    s.habit_weight = 1000.0;
    after[run] = sr_search_from(&s, &b.walk, b.hurt[SR_LEG_RIGHT], &before);
    count[run] = sr_journal_count(j);
    if (run > 0) {
      const sr_answer *a = &after[run];
      // half the weight, another habit, none, and a muscle that hurts less: each is a question of its own
      s.habit_weight = 500.0;
      const sr_answer half = sr_search_from(&s, &b.walk, b.hurt[SR_LEG_RIGHT], &before);
      CHECK(objective(&half) < objective(a));
      s.habit_weight = 1000.0;
      s.habit = &a->solution;
      const sr_answer own = sr_search_from(&s, &b.walk, b.hurt[SR_LEG_RIGHT], &before);
      CHECK(objective(&own) < objective(a));
      s.habit = NULL;
      const sr_answer least = sr_search_from(&s, &b.walk, b.hurt[SR_LEG_RIGHT], &before);
      CHECK(objective(&least) < objective(a));
      b.hurt[SR_LEG_RIGHT]->muscle[sr_model_find_muscle(b.whole, "soleus_r")].act_max = 0.3;
      s.habit = &before.solution;
      const sr_answer sore = sr_search_from(&s, &b.walk, b.hurt[SR_LEG_RIGHT], &before);
      CHECK(objective(&sore) > objective(a));
    }
    sr_journal_close(j);
  }
  CHECK(count[0] == 0 && count[1] == 2);
  NEAR(objective(&after[1]), objective(&after[0]), 0.0);
  unlink(path);
  sr_arena_free(b.a);
}
