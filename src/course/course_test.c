#include "course/course.h"

#include "test.h"

TEST(a_cut_takes_the_muscles_below_it_and_no_others)
{
  sr_arena *a = sr_arena_new();
  sr_nerve_tree tree;
  sr_error err = {0};
  sr_scenario s = sr_scenario_default(a);
  sr_model *m = sr_alloc(a, sr_model, 1);
  const sr_cut cut = {.node = "tibial", .fraction = 1.0, .side = SR_RIGHT};
  CHECK(sr_nerve_tree_load(a, &tree, &err));
  CHECK(sr_scenario_cut(&s, &tree, 0.0, &cut, 1, a, &err) && sr_course_body(&s, &tree, 0.0, true, m, &err));
  CHECK(!sr_model_is_symmetric(m));
  static const struct {
    const char *muscle;
    double capacity;
  } want[] = {{"soleus_r", 0.0},  {"gasmed_r", 0.0},     {"tibpost_r", 0.0}, {"tibant_r", 1.0},
              {"perlong_r", 1.0}, {"hamstrings_r", 1.0}, {"soleus_l", 1.0}};
  for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
    NEAR(m->muscle[sr_model_find_muscle(m, want[i].muscle)].par.capacity, want[i].capacity, 0.0);
  sr_arena_free(a);
}
