// Constants that are known to rule an outcome rule it, on any number of threads; parameters do what they say; a spread
// is of what stays in its local minimum.
#include "cohort/sensitivity.h"

#include "cohort/nudge.h"
#include "load/model.h"
#include "load/scenario.h"
#include "test.h"

static const sr_sensitivity_options quick = {.is_quick = true, .threads = 1, .pairs = 1, .seed = 1};

static const sr_moved_by *find(const sr_slow_sensitivity *s, const char *name)
{
  for (int i = 0; i < s->n; i++)
    if (strcmp(s->by[i].name, name) == 0) return &s->by[i];
  return NULL;
}

TEST_SLOW(slow_outcomes_are_moved_by_what_acts_in_them)
{
  sr_arena *a = sr_arena_new();
  sr_sensitivity s, t;
  size_t size[2];
  CHECK(sr_sensitivity_run(&quick, a, &s, NULL));
  CHECK(s.nslow >= 8 && s.ntask == 0);
  for (int i = 0; i < s.nslow; i++) {
    const sr_slow_sensitivity *o = &s.slow[i];
    double all = 0.0;
    CHECK(o->why == NULL && o->p05 < o->value && o->value < o->p95 && o->pairs > 2 * o->n);
    for (int k = 0; k < o->n; k++) all += o->by[k].first;
    CHECK(all > 0.5 && all < 1.3);
    const sr_moved_by *tendon = find(o, "tendon_time"), *toxin = find(o, "toxin_most");
    CHECK(tendon != NULL && tendon->total == 0.0 && tendon->first == 0.0);  // no volume, no strength hears of it
    CHECK(toxin != NULL && (toxin->total > 0.0) == (strcmp(o->of, "toxin") == 0));
  }
  // no number changes a bit
  sr_sensitivity_options three = quick;
  three.threads = 3;
  CHECK(sr_sensitivity_run(&three, a, &t, NULL));
  SAME(sr_sensitivity_json(&s, "v", a, &size[0]), sr_sensitivity_json(&t, "v", a, &size[1]));
  sr_arena_free(a);
}

TEST(a_stopped_study_says_so)
{
  sr_arena *a = sr_arena_new();
  static const volatile sig_atomic_t stop = 1;
  sr_sensitivity_options o = quick;
  o.stop = &stop;
  sr_sensitivity s;
  CHECK(sr_sensitivity_run(&o, a, &s, NULL));
  for (int i = 0; i < s.nslow; i++) CHECK(s.slow[i].n == 0 && strcmp(s.slow[i].why, "interrupted") == 0);
  sr_arena_free(a);
}

// Stopped while the movements are studied: nothing that was not tried is told as a failure.
TEST(a_study_of_movements_that_is_stopped_says_so)
{
  sr_arena *a = sr_arena_new();
  static const volatile sig_atomic_t stop = 1;
  const sr_sensitivity_options o = {.without_constants = true, .threads = 2, .pairs = 1, .seed = 1, .stop = &stop};
  sr_sensitivity s;
  CHECK(sr_sensitivity_run(&o, a, &s, NULL));
  for (int i = 0; i < s.ntask; i++) {
    CHECK(s.task[i].why != NULL && strcmp(s.task[i].why, "interrupted") == 0);
    CHECK(s.task[i].nnudge == 0 && s.task[i].nnumerics == 0);
  }
  sr_arena_free(a);
}

TEST(nudges_move_what_they_say_and_nothing_else)
{
  sr_arena *a = sr_arena_new();
  sr_nudge nudge[SR_NNUDGE];
  sr_rows data;
  sr_weights before, after;
  sr_model *m = sr_alloc(a, sr_model, 1), *n = sr_alloc(a, sr_model, 1);
  const sr_person who = sr_scenario_default(a).person;
  CHECK(sr_rows_open("sensitivity.toml", a, &data, NULL) && sr_nudges_read(data, a, nudge, NULL));
  CHECK(sr_model_load(&who, m, NULL) && sr_weights_load(&before, NULL));
  for (int i = 0; i < SR_NNUDGE; i++) {
    CHECK(nudge[i].factor[0] < 1.0 && nudge[i].factor[1] > 1.0 && nudge[i].source[0] != '\0');
    memcpy(n, m, sizeof *n);
    memcpy(&after, &before, sizeof after);
    sr_nudge_apply((sr_nudge_id)i, nudge[i].factor[1], n, &after);
    const bool is_body = memcmp(n, m, sizeof *n) != 0, is_weight = memcmp(&after, &before, sizeof after) != 0;
    CHECK(is_body == (i < (int)SR_NUDGE_ENERGY) && is_weight == !is_body);
  }
  memcpy(n, m, sizeof *n);
  sr_nudge_apply(SR_NUDGE_FIBRE_LENGTH, 1.1, n, &after);
  const int k = sr_model_find_muscle(m, "soleus_r");
  NEAR(n->muscle[k].par.len_opt, 1.1 * m->muscle[k].par.len_opt, 1e-12);
  NEAR(sr_muscle_mass(&n->muscle[k].par), sr_muscle_mass(&m->muscle[k].par), 1e-12);
  sr_arena_free(a);
}

// A task of one metric that doubles over a fourfold parameter.
static const sr_moved_metric metric = {"m", 10.0, {5.0, 25.0}};
TEST(changes_are_over_the_healthy_range)
{
  sr_nudge_result n = {.factor = {0.5, 2.0}, .value = {{8.0}, {16.0}}};
  sr_task_sensitivity t = {.nmetric = 1, .metric = {metric}, .nnudge = 1, .nudge = &n};
  NEAR(sr_nudge_change(&t, &n, 0), 0.4, 1e-15);
  NEAR(sr_nudge_elasticity(&n, 0), 0.5, 1e-15);
  n.value[1][0] = (double)NAN;
  CHECK(isnan(sr_nudge_change(&t, &n, 0)) && isnan(sr_nudge_elasticity(&n, 0)));
}

TEST(a_spread_is_of_one_minimum)
{
  sr_numerics_result n[] = {{.name = "mesh", .end = SR_MOVED_WITHIN, .value = {10.3}},
                            {.name = "seed", .end = SR_MOVED_BEYOND, .value = {14.0}},
                            {.name = "tolerance", .end = SR_MOVED_WITHIN, .value = {9.9}},
                            {.name = "lost", .end = SR_MOVED_LOST, .value = {(double)NAN}}};
  const sr_task_sensitivity t = {.nmetric = 1, .metric = {metric}, .nnumerics = 4, .numerics = n};
  NEAR(sr_numerics_spread(&t, 0), 0.02, 1e-12);
}
