// Static evidence: what a whole and a cut calf can hold, on the reference person (a woman of 62 kg and 1.70 m) and on
// the woman of examples/article.toml (52 kg, 1.60 m).
#include <stdlib.h>

#include "load/model.h"
#include "task/posture.h"
#include "test.h"

static const double degree = 3.14159265358979323846 / 180.0;
static const sr_person reference = {.sex = SR_FEMALE, .age_yr = 30.0, .height_m = 1.70, .mass_kg = 62.0};
static const sr_person demo = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.60, .mass_kg = 52.0};

// A person with a fraction of some nodes (one space between names) cut on a leg; SR_LEG_NONE: on both.
static sr_model *person_cut(const sr_person *person, const char *nodes, double fraction, sr_leg side, sr_arena *a)
{
  sr_model *m = sr_alloc(a, sr_model, 1);
  sr_nerve_tree tree;
  sr_error err = {0};
  CHECK(sr_model_load(person, m, &err) && sr_nerve_tree_load(a, &tree, &err));
  double *cut = sr_alloc(a, double, tree.nnode);
  char *list = sr_arena_strdup(a, nodes);
  for (char *save = NULL, *name = strtok_r(list, " ", &save); name != NULL; name = strtok_r(NULL, " ", &save)) {
    const int node = sr_nerve_find(&tree, name);
    CHECK(node >= 0);
    if (node >= 0) cut[node] = fraction;
  }
  for (int leg = 0; leg < 2; leg++)
    for (int k = 0; k < m->nmuscle; k++)
      if (m->muscle[k].leg == (sr_leg)leg && (side == SR_LEG_NONE || side == (sr_leg)leg))
        m->muscle[k].par.capacity = sr_nerve_innervated(&tree, cut, m->muscle[k].base);
  return m;
}

static const char *const gastrocnemius = "nerve_to_gasmed nerve_to_gaslat";

static sr_task_result run_task(const sr_model *m, const sr_weights *w, const char *text, sr_arena *a)
{
  sr_task t;
  sr_error err = {0};
  sr_task_result r;
  sr_solution s;
  CHECK(sr_task_parse(text, &t, &err));
  const sr_task_run run = {.model = m, .weights = w};
  sr_task_solve(&t, &run, a, &r, &s);
  return r;
}

static sr_weights weights(void)
{
  sr_weights w;
  sr_error err = {0};
  CHECK(sr_weights_load(&w, &err));
  return w;
}

static sr_task_result solve(const sr_model *m, const char *text, sr_arena *a)
{
  const sr_weights w = weights();
  return run_task(m, &w, text, a);
}

static double metric(const sr_task_result *r, const char *name)
{
  double v = (double)NAN;
  if (!sr_result_metric(r, name, &v)) sr_test_fail(__FILE__, __LINE__, "%s has no %s", r->task, name);
  return v;
}

static double column(const sr_task_result *r, const char *name)
{
  for (int k = 0; k < r->curves.ncol; k++)
    if (strcmp(r->curves.label[k], name) == 0) return r->curves.at[k];
  sr_test_fail(__FILE__, __LINE__, "%s has no column %s", r->task, name);
  return (double)NAN;
}

// ---- what the healthy calf can do ----

// The gate before any lesion is looked at.
TEST_SLOW(a_healthy_woman_stands_on_one_toe)
{
  const sr_person *who[2] = {&reference, &demo};
  for (int i = 0; i < 2; i++) {
    sr_arena *a = sr_arena_new();
    const sr_task_result r = solve(person_cut(who[i], "", 0.0, SR_LEG_NONE, a), "heel_raise:legs=right", a);
    CHECK(r.status == SR_TASK_SOLVED);
    CHECK(metric(&r, "right_plantarflexion_deg") >= 25.0);
    CHECK(metric(&r, "right_heel_rise_cm") >= 5.0);
    CHECK(metric(&r, "right_ankle_torque_N_m") <= metric(&r, "right_available_torque_N_m") + 0.1);
    sr_arena_free(a);
  }
}

static double triceps(const sr_model *m, double knee_deg, double ankle_deg, double act)
{
  return sr_task_isometric(m, SR_LEG_RIGHT, 0.0, -knee_deg * degree, ankle_deg * degree, act).triceps;
}

static void within(double value, double lo, double hi, const char *what)
{
  if (!(value >= lo && value <= hi))
    sr_test_fail(__FILE__, __LINE__, "%s is %g, expected %g to %g", what, value, lo, hi);
}

// The bands of tools/calibrate_triceps.py: measured where a source is named there, else its assumption +- 2 widths.
TEST(torque_of_the_healthy_calf_is_in_the_published_bands)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = person_cut(&reference, "", 0.0, SR_LEG_NONE, a);
  const double straight = triceps(m, 0, 0, 1);
  within(triceps(m, 0, -30, 1), 42, 63, "triceps at -30 deg");
  within(triceps(m, 0, -15, 1), 71, 119, "triceps at -15 deg");
  within(straight, 100, 150, "triceps at 0 deg");
  within(triceps(m, 0, 15, 1), 116, 164, "triceps at 15 deg");
  within(triceps(m, 90, 0, 1) / straight, 0.60, 0.94, "knee 90 over knee 0");
  within(triceps(m, 0, 0, 0), 0, 6, "passive at 0 deg");
  within(triceps(m, 0, 10, 0), 5, 15, "passive at 10 deg");
  within(triceps(m, 0, 20, 0), 15, 30, "passive at 20 deg");
  within(triceps(m, 75, 20, 0), triceps(m, 0, 4, 0), triceps(m, 0, 12, 0), "passive at 20 deg, knee 75");
  for (int ankle = -30; ankle <= 15; ankle += 15) CHECK(triceps(m, 90, ankle, 1) < triceps(m, 0, ankle, 1));
  sr_arena_free(a);
}

// Strength follows volume, volume follows size: 52 kg and 1.60 m against 62 kg and 1.70 m.
TEST(a_smaller_person_is_weaker)
{
  sr_arena *a = sr_arena_new();
  const double large = triceps(person_cut(&reference, "", 0.0, SR_LEG_NONE, a), 0, 0, 1);
  within(triceps(person_cut(&demo, "", 0.0, SR_LEG_NONE, a), 0, 0, 1) / large, 0.75, 0.95, "demo over reference");
  sr_arena_free(a);
}

// ---- what a cut takes ----

TEST_SLOW(more_denervation_never_gives_more_torque)
{
  static const char *const nodes[] = {"nerve_to_soleus", "nerve_to_gasmed nerve_to_gaslat", "tibial", "common_fibular"};
  static const double fraction[] = {0.0, 0.25, 0.5, 0.75, 1.0};
  for (size_t n = 0; n < sizeof nodes / sizeof nodes[0]; n++)
    for (int knee = 0; knee <= 90; knee += 90)
      for (int ankle = -20; ankle <= 10; ankle += 30) {
        double before = (double)INFINITY;
        for (int f = 0; f < 5; f++) {
          sr_arena *a = sr_arena_new();
          const sr_model *m = person_cut(&demo, nodes[n], fraction[f], SR_LEG_NONE, a);
          const sr_isometric t = sr_task_isometric(m, SR_LEG_RIGHT, 0.0, -knee * degree, ankle * degree, 1.0);
          CHECK(t.total <= before + 1e-5);  // the solver's tolerance in N m
          before = t.total;
          sr_arena_free(a);
        }
      }
}

TEST(a_cut_leaves_the_passive_torque)
{
  sr_arena *a = sr_arena_new();
  const sr_model *whole = person_cut(&demo, "", 0.0, SR_LEG_NONE, a),
                 *cut = person_cut(&demo, "tibial", 1.0, SR_LEG_NONE, a);
  for (int ankle = 0; ankle <= 20; ankle += 10) {
    NEAR(triceps(cut, 0, ankle, 0), triceps(whole, 0, ankle, 0), 1e-5);
    NEAR(triceps(cut, 0, ankle, 1), triceps(cut, 0, ankle, 0), 1e-5);
  }
  sr_arena_free(a);
}

TEST_SLOW(a_denervated_muscle_pulls_passively_and_burns_nothing)
{
  sr_arena *a = sr_arena_new();
  const sr_task_result r = solve(person_cut(&demo, "nerve_to_soleus", 1.0, SR_LEG_RIGHT, a), "stand", a);
  CHECK(r.status == SR_TASK_SOLVED);
  CHECK(column(&r, "soleus_r/tendon_force") > 20.0);
  NEAR(column(&r, "soleus_r/active_force"), 0.0, 0.0);
  NEAR(column(&r, "soleus_r/metabolic_rate"), 0.0, 0.0);
  NEAR(column(&r, "soleus_r/activation"), 0.0, 0.0);
  CHECK(column(&r, "soleus_l/active_force") > 1.0 && column(&r, "soleus_l/metabolic_rate") > 0.1);
  sr_arena_free(a);
}

// The order of what is lost: nothing, one of the two, both with the deep flexors.
TEST_SLOW(heel_rise_falls_with_the_cut)
{
  static const char *const nodes[] = {"", "nerve_to_gasmed nerve_to_gaslat", "tibial"};
  static const char *const task[] = {"heel_raise:legs=both", "heel_raise:legs=right"};
  for (int t = 0; t < 2; t++) {
    double before = (double)INFINITY;
    for (int n = 0; n < 3; n++) {
      sr_arena *a = sr_arena_new();
      const sr_task_result r = solve(person_cut(&demo, nodes[n], 1.0, SR_LEG_NONE, a), task[t], a);
      const double rise = metric(&r, "right_heel_rise_cm");
      CHECK(rise < before);
      CHECK(r.status == (n < 2 ? SR_TASK_SOLVED : SR_TASK_IMPOSSIBLE));
      if (n == 2) CHECK(rise < 0.5 && strstr(r.why, "ankle_angle_r") != NULL);
      before = rise;
      sr_arena_free(a);
    }
  }
}

// ---- the lifted leg ----

static bool says(const sr_task_result *r, const char *text)
{
  for (int i = 0; i < r->nlimit; i++)
    if (strstr(r->limit[i], text) != NULL) return true;
  return false;
}

// Who cannot raise the other thigh stands and rises on one leg all the same, and that leg's bounds limit nothing.
TEST_SLOW(a_leg_that_cannot_be_raised_is_lifted_otherwise)
{
  static const struct {
    const char *nodes;
    sr_leg side;
  } cut[] = {
      {"nerve_to_iliopsoas", SR_LEG_LEFT}, {"femoral", SR_LEG_LEFT},         {"sciatic", SR_LEG_LEFT},
      {"nerve_to_iliopsoas", SR_LEG_NONE}, {"nerve_to_recfem", SR_LEG_NONE}, {"nerve_to_hamstrings", SR_LEG_NONE}};
  for (size_t i = 0; i < sizeof cut / sizeof cut[0]; i++) {
    sr_arena *a = sr_arena_new();
    const sr_model *m = person_cut(&demo, cut[i].nodes, 1.0, cut[i].side, a);
    const sr_task_result rise = solve(m, "heel_raise:legs=right", a), stand = solve(m, "stand", a);
    CHECK(rise.status == SR_TASK_SOLVED && stand.status == SR_TASK_SOLVED);
    CHECK(metric(&rise, "right_heel_rise_cm") > 2.0);
    CHECK(!says(&rise, "_l ") && !says(&rise, "lifted leg"));
    CHECK(!says(&stand, "one_leg_right: not possible") && !says(&stand, "one_leg_right: the lifted leg"));
    sr_arena_free(a);
  }
}

// No counterweight: what is assumed of the pose does not decide how high a healthy person rises.
TEST_SLOW(the_pose_of_the_lifted_leg_hardly_matters_to_the_healthy)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a);
  const sr_task_result usual = solve(m, "heel_raise:legs=right", a);
  const double pose[] = {300.0, 3000.0}, thigh[] = {45.0, 75.0};
  for (int i = 0; i < 2; i++) {
    sr_weights w = weights();
    w.still.lifted_pose = pose[i];
    const sr_task_result firm = run_task(m, &w, "heel_raise:legs=right", a);
    NEAR(metric(&firm, "right_heel_rise_cm"), metric(&usual, "right_heel_rise_cm"), 0.02);
    w = weights();
    w.still.lifted_thigh = thigh[i] * degree;
    const sr_task_result raised = run_task(m, &w, "heel_raise:legs=right", a);
    NEAR(metric(&raised, "right_heel_rise_cm"), metric(&usual, "right_heel_rise_cm"), 0.5);
  }
  sr_arena_free(a);
}

// Who can stand on neither leg is told what the standing leg lacks, not what the lifted one does.
TEST_SLOW(a_stance_that_is_impossible_lacks_torque_in_the_standing_leg)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = person_cut(&demo, "sciatic", 1.0, SR_LEG_RIGHT, a);
  const sr_task_result r = solve(m, "stand", a), rise = solve(m, "heel_raise:legs=right", a);
  CHECK(says(&r, "one_leg_right: not possible") && !says(&r, "one_leg_left: not possible"));
  for (int i = 0; i < r.nlimit; i++)
    if (strstr(r.limit[i], "one_leg_right: not possible") != NULL) CHECK(strstr(r.limit[i], "_r") != NULL);
  CHECK(rise.status == SR_TASK_IMPOSSIBLE && strstr(rise.why, "_r") != NULL);
  sr_arena_free(a);
}

// Every knee angle that may be asked for has an answer, and one that is impossible has a reason.
TEST_SLOW(bent_knees_are_answered)
{
  static const int knee[] = {60, 70, 75, 85, 100};
  sr_arena *a = sr_arena_new();
  const sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a);
  for (size_t i = 0; i < sizeof knee / sizeof knee[0]; i++) {
    const sr_task_result stand = solve(m, sr_arena_printf(a, "stand:knee_deg=%d", knee[i]), a),
                         both = solve(m, sr_arena_printf(a, "heel_raise:legs=both,knee_deg=%d", knee[i]), a),
                         one = solve(m, sr_arena_printf(a, "heel_raise:legs=right,knee_deg=%d", knee[i]), a);
    CHECK(stand.status == SR_TASK_SOLVED && both.status == SR_TASK_SOLVED);
    CHECK(one.status == (knee[i] <= 75 ? SR_TASK_SOLVED : SR_TASK_IMPOSSIBLE));
    if (one.status == SR_TASK_IMPOSSIBLE) CHECK(strstr(one.why, "N m are missing") != NULL);
    // on one leg a deep bend is beyond hip and knee, and the limits say so
    CHECK(says(&stand, "one_leg_left: not possible") == (knee[i] >= 85));
  }
  sr_arena_free(a);
}

// With bent knees on both legs not strength but the range of the ankle ends the rise.
TEST_SLOW(the_limits_name_the_ankle_where_its_range_ends_the_rise)
{
  static const int knee[] = {15, 45, 75};
  sr_arena *a = sr_arena_new();
  const sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a);
  for (size_t i = 0; i < sizeof knee / sizeof knee[0]; i++) {
    const sr_task_result r = solve(m, sr_arena_printf(a, "heel_raise:legs=both,knee_deg=%d", knee[i]), a);
    NEAR(metric(&r, "right_plantarflexion_deg"), 50.0, 0.005 * 85.0);  // as near as counts as at the bound
    CHECK(says(&r, "ankle_angle_r at its lower bound") && says(&r, "ankle_angle_l at its lower bound"));
    CHECK(says(&r, "soleus_r activation at its upper bound") == (knee[i] < 45));
  }
  sr_arena_free(a);
}

// ---- pain ----

static void let_hurt(sr_model *m, const char *base, sr_leg leg, double act_max)
{
  for (int k = 0; k < m->nmuscle; k++)
    if (strcmp(m->muscle[k].base, base) == 0 && m->muscle[k].leg == leg) m->muscle[k].act_max = act_max;
}

// A leg in pain is a different leg, and another one in the mirror.
TEST(pain_is_part_of_the_body)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a), *mirrored = sr_alloc(a, sr_model, 1);
  CHECK(sr_model_is_symmetric(m) && sr_model_is_healthy(m));
  let_hurt(m, "soleus", SR_LEG_LEFT, 0.4);
  CHECK(!sr_model_is_symmetric(m) && !sr_model_is_healthy(m));
  *mirrored = sr_model_mirrored(m);
  NEAR(mirrored->muscle[sr_model_find_muscle(m, "soleus_r")].act_max, 0.4, 0.0);
  NEAR(mirrored->muscle[sr_model_find_muscle(m, "soleus_l")].act_max, 1.0, 0.0);
  let_hurt(m, "soleus", SR_LEG_RIGHT, 0.4);
  CHECK(sr_model_is_symmetric(m));
  sr_arena_free(a);
}

// A muscle gives at most what pain allows, in between no less than with more pain, and at 0 what it does at rest:
// nothing in a test of strength.
TEST(pain_limits_the_greatest_torque)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a),
           *cut = person_cut(&demo, "nerve_to_soleus", 1.0, SR_LEG_NONE, a);
  double last = sr_task_isometric(m, SR_LEG_RIGHT, 0, 0, 0, 1).total;
  for (int i = 4; i >= 0; i--) {
    let_hurt(m, "soleus", SR_LEG_RIGHT, 0.2 * i);
    const sr_isometric now = sr_task_isometric(m, SR_LEG_RIGHT, 0, 0, 0, 1);
    CHECK(now.total < last - 1.0);
    last = now.total;
  }
  NEAR(last, sr_task_isometric(cut, SR_LEG_RIGHT, 0, 0, 0, 1).total, 1e-6);
  let_hurt(m, "soleus", SR_LEG_RIGHT, 0.5);  // a low activation needs no more than that
  NEAR(sr_task_isometric(m, SR_LEG_RIGHT, 0, 0, 0, 0.4).soleus, sr_task_isometric(m, SR_LEG_LEFT, 0, 0, 0, 0.4).soleus,
       1e-6);
  sr_arena_free(a);
}

// In a posture the bound of pain is the upper bound, and is called that.
TEST_SLOW(pain_limits_a_posture)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a);
  const sr_task_result whole = solve(m, "heel_raise:legs=right", a);
  let_hurt(m, "soleus", SR_LEG_RIGHT, 0.6);
  const sr_task_result sore = solve(m, "heel_raise:legs=right", a);
  CHECK(sore.status == SR_TASK_SOLVED);
  CHECK(metric(&sore, "right_heel_rise_cm") < metric(&whole, "right_heel_rise_cm") - 0.2);
  CHECK(metric(&sore, "right_ankle_torque_N_m") <= metric(&sore, "right_available_torque_N_m") + 0.1);
  NEAR(column(&sore, "soleus_r/activation"), 0.6, 0.003);
  CHECK(says(&sore, "soleus_r activation at its upper bound"));
  let_hurt(m, "soleus", SR_LEG_RIGHT, 0.0);
  const sr_task_result worst = solve(m, "heel_raise:legs=right", a);
  NEAR(column(&worst, "soleus_r/activation"), weights().still.rest, 1e-9);
  CHECK(!says(&worst, "soleus_r activation"));  // it has no choice
  sr_arena_free(a);
}

// A search that fails is no torque: with a lever of a metre about the subtalar axis no balance is left.
TEST(a_torque_that_was_not_found_is_no_number)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a);
  CHECK(sr_task_isometric(m, SR_LEG_RIGHT, 0.0, 0.0, 30.0 * degree, 1.0).total > 10.0);
  m->muscle[sr_model_find_muscle(m, "tibpost_r")].subtalar_arm = 1.0;
  const sr_isometric t = sr_task_isometric(m, SR_LEG_RIGHT, 0.0, 0.0, 30.0 * degree, 1.0);
  CHECK(isnan(t.total) && isnan(t.triceps) && isnan(t.deep) && isnan(t.soleus));
  sr_arena_free(a);
}

// Over the whole range of knee and ankle there is a torque, also where muscles are slack: none there, but for rounding.
TEST_SLOW(a_torque_is_found_at_every_angle)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a);
  for (int knee = 0; knee <= 120; knee += 30)
    for (int ankle = -50; ankle <= 30; ankle += 20) {
      const double q[] = {-knee * degree, ankle * degree};
      const sr_isometric most = sr_task_isometric(m, SR_LEG_RIGHT, 0.0, q[0], q[1], 1.0),
                         least = sr_task_isometric(m, SR_LEG_RIGHT, 0.0, q[0], q[1], 0.0);
      CHECK(isfinite(most.total) && isfinite(least.total) && most.total > least.total - 1e-6);
      if (knee == 120 && ankle <= -30) CHECK(fabs(least.gasmed) < 0.1 && fabs(least.gaslat) < 0.1);
    }
  sr_arena_free(a);
}

// ---- standing ----

// Moment of one ankle on two legs: half the weight at the asked distance, less the weight of the foot in front of it.
TEST_SLOW(quiet_standing_puts_the_pressure_where_it_was_asked_for)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a);
  const sr_weights w = weights();
  const sr_task_result r = solve(m, "stand", a);
  CHECK(r.status == SR_TASK_SOLVED);
  NEAR(metric(&r, "quiet_pressure_ahead_of_ankle_cm"), 100.0 * w.still.pressure_ahead, 1e-6);
  const double g = 9.80665, size = m->length_ratio;
  const double calcn = m->skeleton.body[sr_body_find(&m->skeleton, "calcn_r")].mass,
               toes = m->skeleton.body[sr_body_find(&m->skeleton, "toes_r")].mass;
  const double foot = g * size * (calcn * (-0.04457 + 0.09139) + toes * (-0.04457 + 0.16341 + 0.03162));
  // 0.05 N m: the foot is pitched by some tenths of a degree on its pads
  NEAR(metric(&r, "quiet_required_torque_right_N_m"), 0.5 * g * m->mass * w.still.pressure_ahead - foot, 0.05);
  CHECK(metric(&r, "lean_forward_pressure_ahead_of_ankle_cm") > 8.0);
  CHECK(metric(&r, "lean_backward_pressure_ahead_of_ankle_cm") < 0.0);
  CHECK(metric(&r, "one_leg_right_forward_required_over_available_right_1") < 1.0);
  NEAR(metric(&r, "one_leg_left_forward_pressure_ahead_of_ankle_cm"),
       metric(&r, "one_leg_right_forward_pressure_ahead_of_ankle_cm"), 1e-6);
  sr_arena_free(a);
}

TEST_SLOW(quiet_standing_without_calf_muscles_lacks_torque)
{
  sr_arena *a = sr_arena_new();
  const sr_task_result r = solve(person_cut(&demo, "tibial", 1.0, SR_LEG_NONE, a), "stand", a);
  CHECK(r.status == SR_TASK_IMPOSSIBLE && strstr(r.why, "lacks") != NULL);
  CHECK(metric(&r, "quiet_required_over_available_right_1") > 1.0);
  // the proof: the furthest lean, which is possible, falls short of the distance that was asked for
  CHECK(metric(&r, "lean_forward_pressure_ahead_of_ankle_cm") < metric(&r, "quiet_pressure_ahead_of_ankle_cm"));
  CHECK(metric(&r, "lean_forward_required_over_available_right_1") <= 1.0 + 1e-6);
  sr_arena_free(a);
}

// ---- who carries it ----

static const char *const effort_name[] = {"sum_a2", "sum_v_a2", "energy"};

static double share(const sr_task_result *r, const char *muscle, int effort, sr_arena *a)
{
  return metric(r, sr_arena_printf(a, "%s_share_%s_right_1", muscle, effort_name[effort]));
}

TEST_SLOW(shares_are_given_under_three_measures_of_effort)
{
  static const char *const task[] = {"stand", "heel_raise:legs=both", "heel_raise:legs=right,knee_deg=45"};
  sr_arena *a = sr_arena_new();
  const sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a);
  for (int t = 0; t < 3; t++) {
    const sr_task_result r = solve(m, task[t], a);
    for (int e = 0; e < 3; e++) {
      const double sum = share(&r, "soleus", e, a) + share(&r, "gasmed", e, a) + share(&r, "gaslat", e, a);
      CHECK(sum > 0.5 && sum <= 1.0 + 1e-9);
      CHECK(t == 1 || share(&r, "soleus", e, a) > 0.0);
    }
  }
  sr_arena_free(a);
}

// What holds under all three: in quiet standing the soleus carries most, and bending the knee moves load from the
// gastrocnemius to the soleus (Heroux et al. 2014; Kennedy & Cresswell 2001). The closed form of sharing between two
// muscles is in ocp/point_test.c.
TEST_SLOW(the_soleus_leads_where_all_measures_agree)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a);
  const char *const straight[] = {"stand", "heel_raise:legs=both", "heel_raise:legs=right"};
  const char *const bent[] = {"stand:knee_deg=45", "heel_raise:legs=both,knee_deg=45",
                              "heel_raise:legs=right,knee_deg=45"};
  for (int t = 0; t < 3; t++) {
    const sr_task_result s = solve(m, straight[t], a), b = solve(m, bent[t], a);
    for (int e = 0; e < 3; e++) {
      CHECK(share(&b, "soleus", e, a) > share(&s, "soleus", e, a));
      CHECK(t != 0 || share(&s, "soleus", e, a) > share(&s, "gasmed", e, a));
      CHECK(t != 0 || share(&s, "soleus", e, a) > share(&s, "gaslat", e, a));
    }
  }
  sr_arena_free(a);
}

TEST_SLOW(no_share_of_a_moment_that_is_next_to_nothing)
{
  sr_arena *a = sr_arena_new();
  sr_weights w = weights();
  w.still.pressure_ahead = 0.01;
  const sr_task_result r = run_task(person_cut(&demo, "", 0.0, SR_LEG_NONE, a), &w, "stand", a);
  CHECK(metric(&r, "quiet_required_torque_right_N_m") < 5.0);
  for (int k = 0; k < r.nmetric; k++) CHECK(strstr(r.metric[k].name, "_share_") == NULL);
  sr_arena_free(a);
}

// Energy is concave in activation: the optimum that is found may not cost more than what the other measures give.
TEST_SLOW(least_energy_costs_no_more_than_other_sharings)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = person_cut(&demo, "", 0.0, SR_LEG_NONE, a);
  const sr_task_run run = {.model = m};
  const sr_weights w = weights();
  double energy[3];
  for (int e = 0; e < 3; e++) {
    sr_posture *p = sr_posture_new(m, &w.still, 3, a);
    sr_posture_bend_knees(p, 0.3);
    double *z = sr_alloc(a, double, p->nz);
    int iterations = 0;
    sr_posture_begin(p, &(sr_posture_start){.heel_up = 0.2, .ahead = 0.06, .knee = 0.3}, z);
    sr_posture_constrain(p, p->z[sr_posture_coord(p, "mtp_angle_%s", SR_LEG_RIGHT)], "toes", 0.2, 0.2, 0.1);
    const sr_ocp_result o = sr_posture_least(p, &run, (sr_effort)e, sr_const(p->graph, 0.0), z, &iterations, a);
    CHECK(o.nlp.status == SR_NLP_SOLVED);
    energy[e] = sr_posture_value(p, z, sr_posture_effort(p, SR_EFFORT_ENERGY));
  }
  CHECK(energy[2] <= energy[0] + 1e-6 && energy[2] <= energy[1] + 1e-6);
  sr_arena_free(a);
}

// ---- left and right ----

// A name with left and right, _l and _r exchanged.
static const char *other_side(const char *name, sr_arena *a)
{
  const char *l = strstr(name, "left"), *r = strstr(name, "right");
  if (l == NULL && r == NULL) return name;
  const char *at = l != NULL ? l : r;
  return sr_arena_printf(a, "%.*s%s%s", (int)(at - name), name, l != NULL ? "right" : "left", at + (l != NULL ? 4 : 5));
}

static const char *both_exchanged(const char *name, sr_arena *a)
{
  // a name may carry two sides: one_leg_left_required_torque_left_N_m
  const char *once = other_side(name, a);
  if (strncmp(name, "one_leg_", 8) != 0) return once;
  const char *tail = once + 8 + (strncmp(once + 8, "left", 4) == 0 ? 4 : 5);
  return sr_arena_printf(a, "%.*s%s", (int)(tail - once), once, other_side(tail, a));
}

TEST_SLOW(a_cut_on_the_left_is_the_mirror_of_a_cut_on_the_right)
{
  static const char *const task[][2] = {{"stand", "stand"},
                                        {"heel_raise:legs=left", "heel_raise:legs=right"},
                                        {"heel_raise:legs=right", "heel_raise:legs=left"},
                                        {"heel_raise:legs=both,knee_deg=20", "heel_raise:legs=both,knee_deg=20"}};
  for (size_t t = 0; t < sizeof task / sizeof task[0]; t++) {
    sr_arena *a = sr_arena_new();
    const sr_task_result left = solve(person_cut(&demo, gastrocnemius, 1.0, SR_LEG_LEFT, a), task[t][0], a),
                         right = solve(person_cut(&demo, gastrocnemius, 1.0, SR_LEG_RIGHT, a), task[t][1], a);
    CHECK(left.status == right.status && left.nmetric == right.nmetric && left.nmetric > 5);
    for (int k = 0; k < left.nmetric; k++) {
      const double size = fmax(1.0, fabs(left.metric[k].value));
      NEAR(metric(&right, both_exchanged(left.metric[k].name, a)) / size, left.metric[k].value / size, 1e-6);
    }
    sr_arena_free(a);
  }
}
