#include "result/result.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "test.h"
#include "text/sto.h"

// A short walk: time, an angle, a translation, a point, an activation.
static sr_curves make_curves(sr_arena *keep)
{
  static const char *const label[] = {"time_s", "ankle_angle_r", "pelvis_tx", "grf_r_px", "soleus_r/activation"};
  static const char *const unit[] = {"s", "deg", "m", "m", "-"};
  sr_curves c = {.nrow = 3, .ncol = 5};
  c.label = sr_alloc(keep, const char *, 5);
  c.unit = sr_alloc(keep, const char *, 5);
  c.at = sr_alloc(keep, double, 15);
  memcpy(c.label, label, sizeof label);
  memcpy(c.unit, unit, sizeof unit);
  for (int i = 0; i < 15; i++) c.at[i] = (i - 5) / 7.0;
  c.at[14] = (double)NAN;
  return c;
}

// A leg of which two nerves are known, or (the right one) three.
static sr_leg_result make_leg(sr_arena *keep, double girth, int nnerve)
{
  static const char *numb[] = {"back of the calf"}, *less[] = {"outer side of the foot"};
  static double intact[] = {1.0, 0.25, 1.0 / 3.0};
  sr_leg_result l = {.nmuscle = 2,
                     .nnerve = nnerve,
                     .nerve_intact = intact,
                     .nnumb = 1,
                     .numb = numb,
                     .npartly_numb = 1,
                     .partly_numb = less,
                     .nprofile = 3};
  l.muscle = sr_alloc(keep, sr_muscle_result, 2);
  l.muscle[0] = (sr_muscle_result){.muscle = "gasmed",
                                   .innervated = 0.1,
                                   .contractile_volume_ml = 240.0,
                                   .total_volume_ml = 260.0 / 3.0,
                                   .max_force_N = 1500.5,
                                   .optimal_fibre_length_m = 0.055,
                                   .total_band = {true, 80.0, 1000.0 / 7.0}};
  l.muscle[1] = (sr_muscle_result){.muscle = "soleus",
                                   .innervated = 1.0,
                                   .contractile_volume_ml = 420.0,
                                   .total_volume_ml = 450.0,
                                   .max_force_N = 3549.0,
                                   .optimal_fibre_length_m = 0.05};
  l.profile_height_cm = sr_alloc(keep, double, 3);
  l.profile_girth_cm = sr_alloc(keep, double, 3);
  for (int i = 0; i < 3; i++) {
    l.profile_height_cm[i] = 10.0 * i;
    l.profile_girth_cm[i] = girth - 5.0 * (2 - i);
  }
  l.shape = (sr_leg_shape){.ankle_height = 700, .shank_length = 3700, .nsurface = 1};
  l.shape.surface = sr_alloc(keep, sr_rings, 1);
  l.shape.surface[0] = (sr_rings){.name = "skin", .nring = 2, .npoint = 3, .at = sr_alloc(keep, int, 18)};
  for (int i = 0; i < 18; i++) l.shape.surface[0].at[i] = 100 * i - 900;
  sr_metric *m = sr_metric_add(&l.metric, &l.nmetric, keep, "girth_max_cm", girth, "predicted");
  m->has_band = true;
  m->p05 = girth - 0.1;
  m->p95 = girth + 1.0 / 3.0;
  sr_leg_metric(&l, keep, "dorsiflexion_deg", 17.25, NULL);
  return l;
}

// Two tasks: a walk that was solved, a hop that cannot be done.
static sr_epoch make_epoch(sr_arena *keep, double week, const char *when)
{
  sr_epoch e = {.week = week, .when = when, .ntask = 2};
  sr_epoch_metric(&e, keep, "mass_kg", 52.5, "predicted");
  e.leg[0] = make_leg(keep, 34.5, 2);
  e.leg[1] = make_leg(keep, 33.9, 3);
  e.task = sr_alloc(keep, sr_task_result, 2);
  e.task[0] = (sr_task_result){.task = "walk:speed_m_s=1.33",
                               .why = "",
                               .iterations = 131,
                               .mesh_intervals = 50,
                               .mesh_degree = 3,
                               .objective = 1.0 / 3.0,
                               .curves = make_curves(keep)};
  sr_task_metric(&e.task[0], keep, "speed_m_s", 1.33, "predicted");
  sr_task_metric(&e.task[0], keep, "cadence_per_min", (double)NAN, "calibrated");
  sr_task_limit(&e.task[0], keep, "%s activation at its bound %g", "soleus_r", 1.0);
  e.task[1] = (sr_task_result){
      .task = "hop:legs=both,rate_hz=2.2", .status = SR_TASK_IMPOSSIBLE, .why = "the best \"flight\" is\n1 mm"};
  return e;
}

static sr_result make_result(sr_arena *keep)
{
  static const char *target[] = {"nerve_to_gasmed", "nerve_to_gaslat"};
  static const char *target_zh[] = {"腓肠肌内侧头肌支", "腓肠肌外侧头肌支"};
  sr_result r = {.version = "0.1.0",
                 .kernel = "avx2",
                 .lang = "zh",
                 .sex = "female",
                 .age_yr = 25,
                 .height_m = 1.6,
                 .mass_kg = 52,
                 .nintervention = 1,
                 .nnerve = {2, 3},
                 .nepoch = 2,
                 .ncontrol = 1};
  r.intervention = sr_alloc(keep, sr_intervention_result, 1);
  r.intervention[0] = (sr_intervention_result){0, "transect", "both", 2, target, target_zh, 1.0};
  for (int leg = 0; leg < 2; leg++) {
    r.nerve[leg] = sr_alloc(keep, sr_nerve_result, 3);
    r.nerve[leg][0] = (sr_nerve_result){.id = "tibial",
                                        .name_en = "tibial nerve",
                                        .name_zh = "胫神经",
                                        .kind = "trunk",
                                        .parent = -1,
                                        .second_parent = -1};
    r.nerve[leg][1] = (sr_nerve_result){.id = "nerve_to_gasmed",
                                        .name_en = "nerve to the medial head",
                                        .name_zh = "腓肠肌内侧头肌支",
                                        .kind = "motor",
                                        .supplies = "gasmed",
                                        .share = leg == 0 ? 1.0 : 0.7,
                                        .second_parent = -1};
    r.nerve[leg][2] = (sr_nerve_result){.id = "sural",
                                        .kind = "sensory",
                                        .supplies = "back of the calf",
                                        .supplies_zh = "小腿后面",
                                        .parent = 1,
                                        .second_parent = 0,
                                        .second_share = 0.5};
  }
  r.epoch = sr_alloc(keep, sr_epoch, 2);
  r.epoch[0] = make_epoch(keep, 0.0, "before");
  r.epoch[1] = make_epoch(keep, 0.14, "course");
  r.control = sr_alloc(keep, sr_epoch, 1);
  r.control[0] = make_epoch(keep, 0.14, "course");
  r.ninfluence = 1;
  r.influence = sr_alloc(keep, sr_influence_result, 1);
  r.influence[0] = (sr_influence_result){"mass_kg_week_104", "rest_scale", "resting expenditure", -0.5, 1.0 / 3.0};
  sr_result_note(&r, keep, "turn is not built");
  return r;
}

static void expect_read(sr_arena *keep, const char *text, size_t size, sr_result *out)
{
  sr_error err = {0};
  if (!sr_result_from_json("result.json", text, size, keep, out, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
}

static sr_result written_and_read(sr_arena *keep, const sr_result *r)
{
  sr_result back;
  size_t size;
  const char *text = sr_result_to_json(r, keep, &size);
  expect_read(keep, text, size, &back);
  return back;
}

TEST(result_write_read_write_gives_the_same_bytes)
{
  sr_arena *keep = sr_arena_new();
  const sr_result r = make_result(keep);
  sr_result back;
  size_t size[2];
  const char *first = sr_result_to_json(&r, keep, &size[0]);
  expect_read(keep, first, size[0], &back);
  const char *second = sr_result_to_json(&back, keep, &size[1]);
  CHECK(size[0] == size[1] && memcmp(first, second, size[0]) == 0);
  sr_arena_free(keep);
}

TEST(result_read_back_holds_what_was_written)
{
  sr_arena *keep = sr_arena_new();
  const sr_result r = make_result(keep);
  sr_result back = written_and_read(keep, &r);
  SAME(back.kernel, "avx2");
  NEAR(back.height_m, 1.6, 0.0);
  SAME(back.intervention[0].target_zh[1], "腓肠肌外侧头肌支");
  CHECK(back.nnerve[0] == 2 && back.nnerve[1] == 3);
  const sr_nerve_result *n = back.nerve[1];
  CHECK(n[0].parent == -1 && n[1].parent == 0 && n[0].supplies == NULL && n[2].second_parent == 0);
  CHECK(n[1].second_parent == -1 && n[2].second_share == 0.5 && n[1].share == 0.7);
  SAME(n[2].supplies_zh, "小腿后面");
  CHECK(back.nepoch == 2 && back.ncontrol == 1 && back.nnote == 1);
  SAME(back.note[0], "turn is not built");
  const sr_epoch *e = &back.epoch[1];
  SAME(e->when, "course");
  const sr_leg_result *l = &e->leg[1];
  CHECK(l->nmetric == 2 && l->metric[0].has_band && !l->metric[1].has_band && l->metric[1].grade == NULL);
  NEAR(l->metric[0].p95, 33.9 + 1.0 / 3.0, 0.0);  // every bit
  SAME(l->metric[0].grade, "predicted");
  NEAR(l->muscle[0].total_volume_ml, 260.0 / 3.0, 0.0);
  SAME(l->muscle[1].muscle, "soleus");
  NEAR(l->profile_girth_cm[0], 23.9, 1e-12);
  CHECK(l->shape.nsurface == 1 && l->shape.ankle_height == 700 && l->shape.shank_length == 3700);
  const sr_rings *skin = l->shape.surface;
  SAME(skin->name, "skin");
  CHECK(skin->nring == 2 && skin->npoint == 3 && skin->at[0] == -900 && skin->at[17] == 800);
  SAME(l->numb[0], "back of the calf");
  SAME(l->partly_numb[0], "outer side of the foot");
  CHECK(e->leg[0].nnerve == 2 && l->nnerve == 3);
  NEAR(l->nerve_intact[2], 1.0 / 3.0, 0.0);
  sr_arena_free(keep);
}

TEST(result_tasks_keep_status_metrics_and_limits)
{
  sr_arena *keep = sr_arena_new();
  const sr_result r = make_result(keep);
  sr_result back = written_and_read(keep, &r);
  double value = 0.0;
  const sr_task_result *walk = sr_result_find_task(&back.epoch[0], "walk:speed_m_s=1.33");
  const sr_task_result *hop = sr_result_find_task(&back.epoch[0], "hop:legs=both,rate_hz=2.2");
  CHECK(walk && hop && !sr_result_find_task(&back.epoch[0], "stand"));
  CHECK(walk->status == SR_TASK_SOLVED && hop->status == SR_TASK_IMPOSSIBLE);
  SAME(hop->why, "the best \"flight\" is\n1 mm");
  CHECK(walk->iterations == 131 && walk->mesh_intervals == 50 && walk->mesh_degree == 3 && hop->curves.ncol == 0);
  NEAR(walk->objective, 1.0 / 3.0, 0.0);
  CHECK(sr_result_metric(walk, "speed_m_s", &value) && value == 1.33);
  CHECK(sr_result_metric(walk, "cadence_per_min", &value) && isnan(value));
  CHECK(!sr_result_metric(walk, "stride_length_m", &value));
  SAME(walk->limit[0], "soleus_r activation at its bound 1");
  sr_arena_free(keep);
}

TEST(result_trajectories_keep_seven_digits)
{
  sr_arena *keep = sr_arena_new();
  const sr_result r = make_result(keep);
  sr_result back = written_and_read(keep, &r);
  double column[3];
  const sr_curves *c = &back.epoch[0].task[0].curves, *was = &r.epoch[0].task[0].curves;
  CHECK(c->nrow == 3 && c->ncol == 5);
  for (int i = 0; i < 14; i++) NEAR(c->at[i], was->at[i], 5e-7 * fabs(was->at[i]));
  CHECK(isnan(c->at[14]));
  CHECK(sr_result_column(c, "ankle_angle_r", column) == column);
  NEAR(column[2], 6.0 / 7.0, 5e-7);
  CHECK(!sr_result_column(c, "knee_angle_r", column));
  sr_arena_free(keep);
}

TEST(result_lists_grow_also_behind_what_was_read)
{
  sr_arena *keep = sr_arena_new();
  const sr_result r = make_result(keep);
  sr_result back = written_and_read(keep, &r);
  double value = 0.0;
  sr_task_result *walk = &back.epoch[0].task[0];
  for (int i = 0; i < 100; i++) {
    sr_task_metric(walk, keep, sr_arena_printf(keep, "m%d", i), i, "assumed");
    sr_task_limit(walk, keep, "limit %d", i);
  }
  CHECK(walk->nmetric == 102 && walk->nlimit == 101);
  CHECK(sr_result_metric(walk, "m99", &value) && value == 99.0);
  CHECK(sr_result_metric(walk, "speed_m_s", &value) && value == 1.33);
  SAME(walk->limit[100], "limit 99");
  sr_arena_free(keep);
}

TEST(result_status_texts_are_those_of_the_contract)
{
  SAME(sr_task_status_text(SR_TASK_SOLVED), "solved");
  SAME(sr_task_status_text(SR_TASK_NOT_CONVERGED), "not_converged");
  SAME(sr_task_status_text(SR_TASK_NOT_RUN), "not_run");
}

// A result from which one piece is missing or wrong is refused, and cut short at any byte it never crashes.
TEST(result_damaged_files_are_refused)
{
  static const char *const swap[][2] = {{"surae-result/1", "surae-result/2"},
                                        {"\"person\"", "\"persona\""},
                                        {"\"solved\"", "\"maybe\""},
                                        {"\"columns\"", "\"column\""},
                                        {"\"epochs\"", "\"epoch\""},
                                        {"\"tibial\",", "\"sciatic\","},
                                        {"\"tibial\": 1,", "\"sciatic\": 1,"},
                                        {"\"nerve_tree\"", "\"nerves\""},
                                        {"\"points\": 3", "\"points\": 4"},
                                        {"\"at\": [-900,", "\"at\": [-32768,"},
                                        {"\"unit_m\": 0.0001", "\"unit_m\": 0.001"},
                                        {"\"iterations\": 131", "\"iterations\": 1.5"}};
  sr_arena *keep = sr_arena_new();
  const sr_result r = make_result(keep);
  sr_result back;
  size_t size;
  const char *text = sr_result_to_json(&r, keep, &size);
  for (size_t k = 0; k < sizeof swap / sizeof *swap; k++) {
    const char *at = strstr(text, swap[k][0]);
    CHECK(at);
    if (!at) continue;
    const char *other = sr_arena_printf(keep, "%.*s%s%s", (int)(at - text), text, swap[k][1], at + strlen(swap[k][0]));
    sr_error err = {0};
    if (sr_result_from_json("result.json", other, strlen(other), keep, &back, &err) || err.code != SR_BAD_VALUE)
      sr_test_fail(__FILE__, __LINE__, "'%s' was taken", swap[k][1]);
  }
  for (size_t n = 0; n + 2 < size; n += 97) CHECK(!sr_result_from_json("result.json", text, n, keep, &back, NULL));
  sr_arena_free(keep);
}

TEST(result_mot_holds_coordinates_and_sto_everything)
{
  sr_arena *keep = sr_arena_new();
  const sr_curves c = make_curves(keep);
  const char *mot = sr_arena_printf(keep, "surae_test_%ld.mot", (long)getpid());
  const char *sto = sr_arena_printf(keep, "surae_test_%ld.sto", (long)getpid());
  sr_table t;
  sr_error err = {0};
  CHECK(sr_result_write_mot(mot, &c, "walk", &err) && sr_table_read(mot, keep, &t, &err));
  CHECK(t.in_degrees && t.nrow == 3 && t.ncol == 3);
  SAME(t.label[0], "time");
  SAME(t.label[1], "ankle_angle_r");
  SAME(t.label[2], "pelvis_tx");
  NEAR(t.at[1 * 3 + 1], 1.0 / 7.0, 0.0);
  CHECK(sr_result_write_sto(sto, &c, "walk", &err) && sr_table_read(sto, keep, &t, &err));
  CHECK(t.nrow == 3 && t.ncol == 5);
  SAME(t.label[4], "soleus_r/activation");
  const sr_curves none = {0};
  CHECK(!sr_result_write_mot(mot, &none, "stand", &err) && err.code == SR_BAD_VALUE);
  unlink(mot);
  unlink(sto);
  sr_arena_free(keep);
}

TEST(a_result_seen_in_the_mirror_exchanges_the_sides)
{
  sr_arena *a = sr_arena_new();
  const char *label[] = {"time_s", "ankle_angle_l", "grf_r_vy", "soleus_l/activation", "pelvis_ty"};
  const char *unit[] = {"s", "deg", "N", "-", "m"};
  double at[5] = {0.0, 1.0, 2.0, 3.0, 4.0};
  sr_task_result r = {.task = "heel_raise:legs=left,knee_deg=0", .why = ""};
  r.curves = (sr_curves){.nrow = 1, .ncol = 5, .label = label, .unit = unit, .at = at};
  sr_task_metric(&r, a, "step_length_left_m", 0.7, "predicted");
  sr_task_metric(&r, a, "one_leg_right_forward_cm", 0.7, "predicted");
  sr_task_limit(&r, a, "soleus_r activation at its upper bound for 3%% of the cycle");
  sr_task_limit(&r, a, "one_leg_left: not possible: 3.2 N m are missing, most at knee_angle_l");
  r.why = "lacks 2.5 N m, most at ankle_angle_r; the leans say how far it can be";
  sr_task_result m = sr_task_result_copy(&r, a);
  sr_task_result_mirror(&m, a);
  SAME(m.task, "heel_raise:legs=right,knee_deg=0");
  SAME(m.metric[0].name, "step_length_right_m");
  SAME(m.metric[1].name, "one_leg_left_forward_cm");
  SAME(m.limit[0], "soleus_l activation at its upper bound for 3% of the cycle");
  SAME(m.limit[1], "one_leg_right: not possible: 3.2 N m are missing, most at knee_angle_r");
  SAME(m.why, "lacks 2.5 N m, most at ankle_angle_l; the leans say how far it can be");
  SAME(m.curves.label[1], "ankle_angle_r");
  SAME(m.curves.label[2], "grf_l_vy");
  SAME(m.curves.label[3], "soleus_r/activation");
  SAME(m.curves.label[4], "pelvis_ty");
  SAME(r.curves.label[1], "ankle_angle_l");
  sr_arena_free(a);
}
