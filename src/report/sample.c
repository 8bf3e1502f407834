#include "report/sample.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/constants.h"

#define NROW 81

enum { NMUSCLE = 17 };
static const char *const muscle_name[NMUSCLE] = {"gasmed",  "gaslat",     "soleus", "tibpost", "fdl", "fhl",
                                                 "perlong", "perbrev",    "tibant", "edl",     "ehl", "iliopsoas",
                                                 "glutmax", "hamstrings", "recfem", "vasti",   "bfsh"};
static const double muscle_force[NMUSCLE] = {1420, 690, 3460, 1210, 310,  420,  880,  370, 980,
                                             420,  150, 2700, 1900, 2600, 1100, 5000, 550};

// A bump of height 1 and width w round phase c, periodic in 1.
static double bump(double phase, double c, double w)
{
  double d = phase - c - floor(phase - c + 0.5);
  return exp(-0.5 * d * d / (w * w));
}

// Angles [deg] of a walking cycle in the shape that text books print.
static double hip(double s)
{
  return 12.0 + 21.0 * cos(2.0 * SR_PI * (s + 0.05)) + 2.0 * cos(4.0 * SR_PI * s);
}
static double knee(double s)
{
  return -5.0 - 13.0 * bump(s, 0.14, 0.06) - 57.0 * bump(s, 0.73, 0.085);
}
static double ankle(double s, double cut)
{
  return 1.0 - 7.0 * bump(s, 0.07, 0.04) + (9.0 + 4.0 * cut) * bump(s, 0.44, 0.11) -
         (19.0 - 7.0 * cut) * bump(s, 0.63, 0.05);
}
static double toes(double s)
{
  return 26.0 * bump(s, 0.59, 0.05) + 4.0 * bump(s, 0.95, 0.06);
}
static double ankle_moment(double s, double cut)
{
  return 0.12 * bump(s, 0.05, 0.03) - (0.5 + 0.05 * cut) * bump(s, 0.28, 0.1) -
         (1.25 - 0.38 * cut) * bump(s, 0.48, 0.07);
}
static double vertical(double s)
{
  const double stance = 1.0 / (1.0 + exp(-(s - 0.03) / 0.006)) / (1.0 + exp((s - 0.6) / 0.012));
  return stance * (0.74 + 0.4 * bump(s, 0.14, 0.07) + 0.36 * bump(s, 0.48, 0.08));
}

static double activation(int m, double s, double cut)
{
  static const double at[NMUSCLE] = {0.42, 0.43, 0.40, 0.35, 0.4,  0.48, 0.36, 0.34, 0.98,
                                     0.94, 0.9,  0.6,  0.05, 0.95, 0.62, 0.08, 0.7};
  static const double height[NMUSCLE] = {0.55, 0.42, 0.5, 0.3, 0.22, 0.3, 0.24, 0.2, 0.34,
                                         0.3,  0.26, 0.5, 0.4, 0.3,  0.2, 0.4,  0.2};
  const double more = m < 2 ? -1.0 : m == 2 ? 0.62 : m < 8 ? 0.5 : 0.05;
  return fmax(0.01 * (m >= 2 || cut < 0.5), height[m] * (1.0 + more * cut) * bump(s, at[m], 0.09));
}

typedef struct sr_builder {
  sr_arena *keep;
  sr_curves *c;
} sr_builder;

static double *add(sr_builder *b, const char *unit, const char *label)
{
  b->c->label[b->c->ncol] = sr_arena_strdup(b->keep, label);
  b->c->unit[b->c->ncol] = unit;
  return b->c->at + b->c->ncol++;
}

// Columns are stored row by row; `stride` is the room that was taken for columns.
enum { STRIDE = 240 };
static void put(double *column, int row, double value)
{
  column[row * STRIDE] = value;
}

static void add_points(sr_builder *b, int side, double cut)
{
  static const char *const name[] = {"hip", "knee", "ankle", "heel", "toejoint", "toetip"};
  double *x[6], *y[6];
  char label[64];
  for (int k = 0; k < 6; k++) {
    snprintf(label, sizeof label, "%s_%c_px", name[k], side == 1 ? 'r' : 'l');
    x[k] = add(b, "m", label);
    snprintf(label, sizeof label, "%s_%c_py", name[k], side == 1 ? 'r' : 'l');
    y[k] = add(b, "m", label);
  }
  for (int i = 0; i < NROW; i++) {
    const double t = i / (NROW - 1.0), s = side == 1 ? t : t + 0.5 - floor(t + 0.5), rad = SR_DEGREE;
    const double th = hip(s) * rad, sh = th + knee(s) * rad, ft = sh + ankle(s, cut) * rad, toe = ft + toes(s) * rad;
    double px[6], py[6];
    px[0] = 1.4 * t, py[0] = 0.86 + 0.015 * cos(4.0 * SR_PI * (t - 0.3));
    px[1] = px[0] + 0.40 * sin(th), py[1] = py[0] - 0.40 * cos(th);
    px[2] = px[1] + 0.39 * sin(sh), py[2] = py[1] - 0.39 * cos(sh);
    px[3] = px[2] - 0.05 * cos(ft) + 0.05 * sin(ft), py[3] = py[2] - 0.05 * cos(ft) - 0.05 * sin(ft);
    px[4] = px[2] + 0.13 * cos(ft) + 0.06 * sin(ft), py[4] = py[2] - 0.06 * cos(ft) + 0.13 * sin(ft);
    px[5] = px[4] + 0.06 * cos(toe), py[5] = py[4] + 0.06 * sin(toe);
    for (int k = 0; k < 6; k++) put(x[k], i, px[k]), put(y[k], i, py[k]);
  }
}

static void add_trunk(sr_builder *b)
{
  double *c[4] = {add(b, "m", "pelvis_px"), add(b, "m", "pelvis_py"), add(b, "m", "head_px"), add(b, "m", "head_py")};
  for (int i = 0; i < NROW; i++) {
    const double t = i / (NROW - 1.0), y = 0.86 + 0.015 * cos(4.0 * SR_PI * (t - 0.3));
    put(c[0], i, 1.4 * t);
    put(c[1], i, y + 0.09);
    put(c[2], i, 1.4 * t + 0.05);
    put(c[3], i, y + 0.64);
  }
}

static void add_joint(sr_builder *b, const char *coordinate, int side, int which, double cut, double mass)
{
  char label[64];
  snprintf(label, sizeof label, "%s_%c", coordinate, side == 1 ? 'r' : 'l');
  double *q = add(b, "deg", label);
  snprintf(label, sizeof label, "%s_%c_moment", coordinate, side == 1 ? 'r' : 'l');
  double *m = add(b, "N_m", label);
  snprintf(label, sizeof label, "%s_%c_power", coordinate, side == 1 ? 'r' : 'l');
  double *w = add(b, "W", label);
  for (int i = 0; i < NROW; i++) {
    const double t = i / (NROW - 1.0), s = side == 1 ? t : t + 0.5 - floor(t + 0.5), h = 1e-3;
    const double angle[2] = {which == 0   ? hip(s)
                             : which == 1 ? knee(s)
                             : which == 2 ? ankle(s, cut)
                                          : toes(s),
                             which == 0   ? hip(s + h)
                             : which == 1 ? knee(s + h)
                             : which == 2 ? ankle(s + h, cut)
                                          : toes(s + h)};
    const double moment = which == 0 ? -0.8 * bump(s, 0.1, 0.08) + (0.7 + 0.25 * cut) * bump(s, 0.55, 0.09)
                          : which == 1
                              ? 0.6 * bump(s, 0.14, 0.05) - 0.3 * bump(s, 0.42, 0.08) + 0.15 * bump(s, 0.62, 0.04)
                          : which == 2 ? ankle_moment(s, cut)
                                       : -0.1 * bump(s, 0.55, 0.05);
    put(q, i, angle[0]);
    put(m, i, mass * moment);
    put(w, i, mass * moment * (angle[1] - angle[0]) / h * SR_PI / 180.0 / 1.05);
  }
}

static void add_ground(sr_builder *b, int side, double mass, double cut)
{
  char label[32];
  double *c[3];
  for (int k = 0; k < 3; k++) {
    snprintf(label, sizeof label, k == 0 ? "grf_%c_vx" : k == 1 ? "grf_%c_vy" : "cop_%c_px", side == 1 ? 'r' : 'l');
    c[k] = add(b, k < 2 ? "N" : "m", label);
  }
  for (int i = 0; i < NROW; i++) {
    const double t = i / (NROW - 1.0), s = side == 1 ? t : t + 0.5 - floor(t + 0.5), w = mass * 9.81;
    const double foot = side == 1 ? 0.3 : t < 0.5 ? -0.4 : 1.0;
    put(c[0], i, w * (-0.17 * bump(s, 0.13, 0.06) + (0.2 - 0.05 * cut) * bump(s, 0.51, 0.05)) * (s < 0.61));
    put(c[1], i, w * vertical(s) * (1.0 - 0.05 * cut * bump(s, 0.48, 0.08)));
    put(c[2], i, foot - 0.02 + 0.28 * fmin(s / 0.6, 1.0));
  }
}

static void add_muscles(sr_builder *b, int side, double cut)
{
  char label[64];
  for (int m = 0; m < NMUSCLE; m++) {
    static const char *const part[] = {"activation", "tendon_force", "fibre_length"};
    double *c[3];
    for (int k = 0; k < 3; k++) {
      snprintf(label, sizeof label, "%s_%c/%s", muscle_name[m], side == 1 ? 'r' : 'l', part[k]);
      c[k] = add(b, k == 1 ? "N" : k == 0 ? "-" : "len_opt", label);
    }
    for (int i = 0; i < NROW; i++) {
      const double t = i / (NROW - 1.0), s = side == 1 ? t : t + 0.5 - floor(t + 0.5);
      const double a = activation(m, s - 0.03, cut), stretch = m < 8 ? bump(s, 0.45, 0.12) : bump(s, 0.62, 0.1);
      put(c[0], i, activation(m, s, cut));
      put(c[1], i, muscle_force[m] * (0.9 * a + 0.04 * stretch));
      put(c[2], i, 0.86 + 0.16 * stretch - 0.12 * a);
    }
  }
}

static void walk_curves(sr_arena *keep, sr_curves *c, double cut, double mass)
{
  static const char *const coordinate[] = {"hip_flexion", "knee_angle", "ankle_angle", "mtp_angle"};
  sr_builder b = {keep, c};
  *c = (sr_curves){
      .nrow = NROW, .label = sr_alloc(keep, const char *, STRIDE), .unit = sr_alloc(keep, const char *, STRIDE)};
  double *wide = c->at = sr_alloc(keep, double, NROW *STRIDE);
  double *time = add(&b, "s", "time_s");
  for (int i = 0; i < NROW; i++) put(time, i, (1.05 + 0.03 * cut) * i / (NROW - 1.0));
  add_trunk(&b);
  for (int side = 0; side < 2; side++) {
    for (int j = 0; j < 4; j++) add_joint(&b, coordinate[j], side, j, cut, mass);
    add_ground(&b, side, mass, cut);
    add_muscles(&b, side, cut);
    add_points(&b, side, cut);
  }
  c->at = sr_alloc(keep, double, NROW * c->ncol);
  for (int i = 0; i < NROW; i++) memcpy(c->at + i * c->ncol, wide + i * STRIDE, (size_t)c->ncol * sizeof(double));
}

typedef struct sr_number_row {
  const char *name;
  double value[2];
  const char *grade;
  double spread;  // 0: no band
} sr_number_row;

static void fill_metrics(sr_arena *keep, sr_task_result *t, const sr_number_row *row, int n, int e)
{
  t->nmetric = n;
  t->metric = sr_alloc(keep, sr_metric, n);
  for (int i = 0; i < n; i++)
    t->metric[i] = (sr_metric){.name = row[i].name,
                               .value = row[i].value[e],
                               .grade = row[i].grade,
                               .has_band = row[i].spread > 0.0,
                               .p05 = row[i].value[e] - row[i].spread,
                               .p95 = row[i].value[e] + row[i].spread};
}
#define FILL(t, rows) fill_metrics(keep, (t), (rows), (int)(sizeof(rows) / sizeof *(rows)), e)

static void fill_walk(sr_arena *keep, sr_task_result *t, int e, double mass)
{
  static const sr_number_row row[] = {
      {"speed_m_s", {1.33, 1.33}, "assumed", 0},
      {"stride_length_m", {1.40, 1.36}, "predicted", 0},
      {"cadence_per_min", {114.0, 117.4}, "predicted", 0},
      {"stance_left_percent", {61.2, 62.0}, "predicted", 0},
      {"stance_right_percent", {61.2, 62.0}, "predicted", 0},
      {"cost_of_transport_J_kg_m", {3.42, 3.71}, "predicted", 0},
      {"ankle_moment_peak_left_N_m_kg", {1.46, 1.12}, "predicted", 0},
      {"ankle_moment_peak_right_N_m_kg", {1.46, 1.12}, "predicted", 0},
      {"ankle_power_peak_left_W_kg", {3.31, 1.94}, "predicted", 0},
      {"ankle_power_peak_right_W_kg", {3.31, 1.94}, "predicted", 0},
      {"ankle_work_positive_left_J_kg", {0.312, 0.205}, "predicted", 0},
      {"ankle_work_positive_right_J_kg", {0.312, 0.205}, "predicted", 0},
      {"achilles_force_peak_left_N", {1962, 1380}, "predicted", 0},
      {"achilles_force_peak_right_N", {1962, 1380}, "predicted", 0},
      {"soleus_activation_peak_left_1", {0.50, 0.81}, "predicted", 0},
      {"soleus_activation_peak_right_1", {0.50, 0.81}, "predicted", 0},
      {"gasmed_activation_peak_left_1", {0.55, 0.0}, "predicted", 0},
      {"gasmed_activation_peak_right_1", {0.55, 0.0}, "predicted", 0},
      {"grf_vertical_second_peak_left_bw", {1.08, 1.03}, "predicted", 0},
      {"propulsive_impulse_left_bw_s", {0.031, 0.026}, "predicted", 0},
  };
  FILL(t, row);
  t->iterations = e == 0 ? 212 : 87;
  t->mesh_intervals = 50, t->mesh_degree = 2, t->objective = e == 0 ? 3.912 : 4.377;
  walk_curves(keep, &t->curves, e, mass);
}

// A held posture: the first instant of the walk stands in for it.
static void hold(sr_arena *keep, sr_task_result *t, int e, double mass)
{
  walk_curves(keep, &t->curves, e, mass);
  t->curves.nrow = 1;
}

static void fill_stand(sr_arena *keep, sr_task_result *t, int e)
{
  static const sr_number_row row[] = {
      {"quiet_required_torque_left_N_m", {10.2, 10.2}, "predicted", 0.6},
      {"quiet_required_torque_right_N_m", {10.2, 10.2}, "predicted", 0.6},
      {"quiet_available_torque_left_N_m", {118.4, 71.0}, "calibrated", 9.0},
      {"quiet_available_torque_right_N_m", {118.4, 71.0}, "calibrated", 9.0},
      {"quiet_required_over_available_left_1", {0.086, 0.144}, "predicted", 0.01},
      {"quiet_required_over_available_right_1", {0.086, 0.144}, "predicted", 0.01},
      {"lean_forward_pressure_ahead_of_ankle_cm", {11.8, 11.7}, "predicted", 0.5},
      {"gasmed_activation_left_1", {0.08, 0.0}, "predicted", 0},
      {"gaslat_activation_left_1", {0.05, 0.0}, "predicted", 0},
      {"soleus_activation_left_1", {0.11, 0.16}, "predicted", 0},
      {"tibpost_activation_left_1", {0.04, 0.07}, "predicted", 0},
  };
  FILL(t, row);
}

static void fill_heel(sr_arena *keep, sr_task_result *t, int e, double before, double after)
{
  const sr_number_row row[] = {{"right_heel_rise_cm", {before, after}, "predicted", 0},
                               {"soleus_activation_right_1", {0.52, 1.0}, "predicted", 0},
                               {"gasmed_activation_right_1", {0.48, 0.0}, "predicted", 0}};
  FILL(t, row);
  static const char *limit[] = {"soleus_r activation at its upper bound for 12% of the cycle"};
  if (e == 1) t->nlimit = 1, t->limit = limit;
}

static void fill_leg(sr_arena *keep, sr_leg_result *leg, int e)
{
  leg->nmuscle = NMUSCLE;
  leg->muscle = sr_alloc(keep, sr_muscle_result, NMUSCLE);
  for (int m = 0; m < NMUSCLE; m++) {
    const bool is_cut = e == 1 && m < 2;
    leg->muscle[m] = (sr_muscle_result){.muscle = muscle_name[m],
                                        .innervated = is_cut ? 0.0 : 1.0,
                                        .max_force_N = is_cut ? 0.0 : muscle_force[m],
                                        .contractile_volume_ml = 200.0};
  }
}

static void fill_epoch(sr_arena *keep, sr_epoch *epoch, int e, double mass)
{
  *epoch =
      (sr_epoch){.week = 0, .when = e == 0 ? "before" : "after", .ntask = 5, .task = sr_alloc(keep, sr_task_result, 5)};
  static const char *const task[] = {"stand", "heel_raise:legs=both,knee_deg=0", "heel_raise:legs=right,knee_deg=0",
                                     "walk:speed_m_s=1.33", "run:speed_m_s=3"};
  for (int i = 0; i < 5; i++) epoch->task[i].task = task[i], epoch->task[i].why = "";
  fill_stand(keep, &epoch->task[0], e);
  fill_heel(keep, &epoch->task[1], e, 10.6, 9.1);
  fill_heel(keep, &epoch->task[2], e, 9.4, 3.2);
  if (e == 1)
    epoch->task[2].status = SR_TASK_IMPOSSIBLE,
    epoch->task[2].why = "The calf of one leg lifts the heel by 3.2 cm at most; 5 cm were asked for.";
  hold(keep, &epoch->task[1], e, mass);
  fill_walk(keep, &epoch->task[3], e, mass);
  static const sr_number_row run[] = {{"cost_of_transport_J_kg_m", {4.02, 98765.0}, "predicted", 0}};
  FILL(&epoch->task[4], run);
  if (e == 1) {
    epoch->task[4].status = SR_TASK_NOT_CONVERGED;
    epoch->task[4].why =
        "Stopped after 1000 iterations: defect of ankle_angle_r speed at 43% of the movement is 0.02 (allowed 1e-6).";
  }
  for (int side = 0; side < 2; side++) fill_leg(keep, &epoch->leg[side], e);
}

static void fill_nerves(sr_arena *keep, sr_result *r)
{
  static const sr_nerve_result nerve[] = {
      {"femoral", "Femoral nerve", "股神经", "trunk", NULL, NULL, 0, -1, -1, 0},
      {"nerve_to_vasti", "Branches to the vasti", "股肌群肌支", "motor", "vasti", NULL, 1, 0, -1, 0},
      {"nerve_to_recfem", "Branch to rectus femoris", "股直肌肌支", "motor", "recfem", NULL, 1, 0, -1, 0},
      {"saphenous", "Saphenous nerve", "隐神经", "sensory", "inner side of the leg", NULL, 0, 0, -1, 0},
      {"sciatic", "Sciatic nerve", "坐骨神经", "trunk", NULL, NULL, 0, -1, -1, 0},
      {"nerve_to_hamstrings", "Branches to the hamstrings", "腘绳肌肌支", "motor", "hamstrings", NULL, 1, 4, -1, 0},
      {"tibial", "Tibial nerve", "胫神经", "trunk", NULL, NULL, 0, 4, -1, 0},
      {"nerve_to_gasmed", "Nerve to the medial head of gastrocnemius", "腓肠肌内侧头肌支", "motor", "gasmed", NULL, 1,
       6, -1, 0},
      {"nerve_to_gaslat", "Nerve to the lateral head of gastrocnemius", "腓肠肌外侧头肌支", "motor", "gaslat", NULL, 1,
       6, -1, 0},
      {"nerve_to_soleus", "Nerve to soleus", "比目鱼肌肌支", "motor", "soleus", NULL, 1, 6, -1, 0},
      {"nerve_to_tibpost", "Nerve to tibialis posterior", "胫骨后肌肌支", "motor", "tibpost", NULL, 1, 6, -1, 0},
      {"medial_sural_cutaneous", "Medial sural cutaneous nerve", "腓肠内侧皮神经", "sensory", "back of the calf", NULL,
       0, 6, -1, 0},
      {"sural", "Sural nerve", "腓肠神经", "sensory", "outer edge of the foot <test & check>", NULL, 0, 11, -1, 0},
      {"common_fibular", "Common fibular nerve", "腓总神经", "trunk", NULL, NULL, 0, 4, -1, 0},
      {"lateral_sural_cutaneous", "Lateral sural cutaneous nerve", "腓肠外侧皮神经", "sensory", "outer calf", NULL, 0,
       13, -1, 0},
      {"superficial_fibular", "Superficial fibular nerve", "腓浅神经", "trunk", NULL, NULL, 0, 13, -1, 0},
      {"nerve_to_perlong", "Nerve to fibularis longus", "腓骨长肌肌支", "motor", "perlong", NULL, 1, 15, -1, 0},
      {"deep_fibular", "Deep fibular nerve", "腓深神经", "trunk", NULL, NULL, 0, 13, -1, 0},
      {"nerve_to_tibant", "Nerve to tibialis anterior", "胫骨前肌肌支", "motor", "tibant", NULL, 1, 17, -1, 0},
  };
  for (int leg = 0; leg < 2; leg++) {
    r->nnerve[leg] = (int)(sizeof nerve / sizeof *nerve);
    r->nerve[leg] = sr_alloc(keep, sr_nerve_result, r->nnerve[leg]);
    memcpy(r->nerve[leg], nerve, sizeof nerve);
  }
}

// Both motor branches are gone after, and half of the sural nerve.
static void fill_intact(sr_arena *keep, const sr_result *r, int leg, sr_leg_result *l, int e)
{
  l->nnerve = r->nnerve[leg];
  l->nerve_intact = sr_alloc(keep, double, l->nnerve);
  for (int i = 0; i < l->nnerve; i++) {
    const char *id = r->nerve[leg][i].id;
    l->nerve_intact[i] = e == 0                                 ? 1.0
                         : strncmp(id, "nerve_to_gas", 12) == 0 ? 0.0
                         : strcmp(id, "sural") == 0             ? 0.5
                                                                : 1.0;
  }
}

sr_result *sr_report_sample(sr_arena *keep)
{
  static const char *target[] = {"nerve_to_gasmed", "nerve_to_gaslat"},
                    *zh[] = {"腓肠肌内侧头肌支", "腓肠肌外侧头肌支"};
  static const char *note[] = {"The planar model has no balance sideways, no arms and no turning.",
                               "Pain, swelling and habit of the first weeks are not modelled."};
  sr_result *r = sr_alloc(keep, sr_result, 1);
  *r = (sr_result){.version = "0.1.0",
                   .kernel = "generic",
                   .lang = "en",
                   .sex = "female",
                   .age_yr = 25,
                   .height_m = 1.6,
                   .mass_kg = 52,
                   .nintervention = 1,
                   .intervention = sr_alloc(keep, sr_intervention_result, 1),
                   .nepoch = 2,
                   .epoch = sr_alloc(keep, sr_epoch, 2),
                   .nnote = 2,
                   .note = note};
  r->intervention[0] = (sr_intervention_result){
      .kind = "transect", .side = "both", .ntarget = 2, .target = target, .target_zh = zh, .fraction = 1.0};
  fill_nerves(keep, r);
  for (int e = 0; e < 2; e++) fill_epoch(keep, &r->epoch[e], e, r->mass_kg);
  for (int e = 0; e < 2; e++)
    for (int leg = 0; leg < 2; leg++) fill_intact(keep, r, leg, &r->epoch[e].leg[leg], e);
  return r;
}

static void add_metric(sr_arena *keep, sr_leg_result *l, const char *name, double value, double spread)
{
  sr_leg_metric(l, keep, name, value, "predicted");
  sr_metric *m = &l->metric[l->nmetric - 1];
  m->has_band = spread >= 0.0;
  m->p05 = value - spread;
  m->p95 = value + spread;
}

// Round surfaces from `top` to `bottom` above the ground [m]; `thick` is their radius at the middle of their height.
static sr_rings barrel(sr_arena *keep, const char *name, int side, double top, double bottom, double behind,
                       double thick, double thin)
{
  enum { RINGS = 9, POINTS = 8 };
  sr_rings out = {.name = name, .nring = RINGS, .npoint = POINTS, .at = sr_alloc(keep, int, 3 * RINGS * POINTS)};
  for (int r = 0, n = 0; r < RINGS; r++)
    for (int i = 0; i < POINTS; i++) {
      const double s = r / (RINGS - 1.0), angle = 2.0 * SR_PI * i / POINTS;
      const double radius = thin + (thick - thin) * sin(SR_PI * s);
      out.at[n++] = (int)lround(1e4 * (radius * cos(angle) - behind));
      out.at[n++] = (int)lround(1e4 * (top + s * (bottom - top)));
      out.at[n++] = (int)lround((side == 1 ? 1e4 : -1e4) * radius * sin(angle));
    }
  return out;
}

// Skin, a bone, the muscle that is lost and the one that stays.
static void fill_shape(sr_arena *keep, sr_leg_shape *s, int side, double lost_cm)
{
  const double lost = 0.01 * lost_cm / (2.0 * SR_PI);
  *s = (sr_leg_shape){.ankle_height = 700, .shank_length = 3900, .nsurface = 4};
  s->surface = sr_alloc(keep, sr_rings, 4);
  s->surface[0] = barrel(keep, "skin", side, 0.57, 0.01, 0.01, 0.054 - lost, 0.036);
  s->surface[1] = barrel(keep, "tibia", side, 0.46, 0.06, -0.015, 0.012, 0.012);
  s->surface[2] = barrel(keep, "soleus", side, 0.42, 0.20, 0.010, 0.026, 0.004);
  s->surface[3] = barrel(keep, "gasmed", side, 0.46, 0.25, 0.025, 0.022 - 3.0 * lost, 0.004);
}

// A leg of which so much of the girth is lost.
static void fill_look(sr_arena *keep, sr_leg_result *l, double lost_cm)
{
  enum { LEVELS = 9 };
  const double spread = 0.2 * lost_cm;
  l->nmetric = 0;
  add_metric(keep, l, "girth_max_cm", 33.7 - lost_cm, spread);
  add_metric(keep, l, "girth_max_height_cm", 27.4 - 0.6 * lost_cm, -1.0);
  add_metric(keep, l, "girth_at_old_level_cm", 33.7 - 1.05 * lost_cm, spread);
  add_metric(keep, l, "girth_change_cm", -lost_cm, spread);
  add_metric(keep, l, "calf_fat_mm", 7.2, 0.0);
  add_metric(keep, l, "skin_reserve_percent", 0.0, -1.0);
  add_metric(keep, l, "dorsiflexion_deg", 20.4 - 2.0 * lost_cm, -1.0);
  add_metric(keep, l, "achilles_stiffness_percent", 100.0, -1.0);
  add_metric(keep, l, "calf_soreness_percent", 0.0, -1.0);
  add_metric(keep, l, "effort_that_pain_allows_percent", 100.0, -1.0);
  l->nprofile = LEVELS;
  l->profile_height_cm = sr_alloc(keep, double, LEVELS);
  l->profile_girth_cm = sr_alloc(keep, double, LEVELS);
  for (int i = 0; i < LEVELS; i++) {
    const double s = i / (LEVELS - 1.0), belly = bump(s, 0.3, 0.16);
    l->profile_height_cm[i] = 39.0 * (1.0 - s);
    l->profile_girth_cm[i] = 21.5 + (12.2 - lost_cm) * belly;
  }
  sr_muscle_result *old = l->muscle;
  l->muscle = sr_alloc(keep, sr_muscle_result, l->nmuscle);
  for (int m = 0; m < l->nmuscle; m++) {
    l->muscle[m] = old[m];
    const double total = m < 2 ? 200.0 - 50.0 * lost_cm : 200.0 + (m == 2 ? 10.0 * lost_cm : 0.0);
    l->muscle[m].total_volume_ml = total;
    l->muscle[m].contractile_volume_ml = l->muscle[m].innervated * total;
    l->muscle[m].total_band = (sr_band){true, total - 20.0 * lost_cm, total + 20.0 * lost_cm};
    l->muscle[m].contractile_band = l->muscle[m].force_band = (sr_band){0};
  }
}

// A later week: the tasks of the epoch it is made from, without their curves.
static sr_epoch at_week(sr_arena *keep, const sr_epoch *from, double week, double lost_cm)
{
  sr_epoch e = *from;
  e.week = week;
  if (week > 0.0) e.when = "course";
  e.task = sr_alloc(keep, sr_task_result, e.ntask);
  for (int i = 0; i < e.ntask; i++) {
    e.task[i] = sr_task_result_copy(&from->task[i], keep);
    if (week > 0.0) e.task[i].curves = (sr_curves){0};
  }
  e.nmetric = 0;
  sr_epoch_metric(&e, keep, "mass_kg", 52.0, "predicted");
  sr_epoch_metric(&e, keep, "fat_percent", 21.8, "predicted");
  for (int leg = 0; leg < 2; leg++) {
    fill_look(keep, &e.leg[leg], lost_cm);
    fill_shape(keep, &e.leg[leg].shape, leg, lost_cm);
  }
  return e;
}

// Eleven other bodies walk too: all of them before, eight after.
static void add_bodies(sr_task_result *t)
{
  if (t->status != SR_TASK_SOLVED) return;
  t->nbody = 11;
  t->nbody_solved = t->iterations > 100 ? 11 : 8;
  for (int i = 0; i < t->nmetric; i++) {
    sr_metric *m = &t->metric[i];
    m->has_band = true;
    m->p05 = 0.9 * m->value;
    m->p95 = 1.12 * m->value;
  }
}

// A slip that takes a muscle and a walk, and one that takes skin alone.
static void add_slips(sr_arena *keep, sr_result *r, const sr_epoch *after)
{
  static const char *muscle[] = {"soleus"}, *numb[] = {"back of the calf"};
  r->nslip = 2;
  r->slip = sr_alloc(keep, sr_slip_result, 2);
  sr_task_result *task = sr_alloc(keep, sr_task_result, 3);
  for (int i = 0; i < 3; i++) task[i] = sr_task_result_copy(&after->task[i == 0 ? 0 : i + 1], keep);
  task[1].metric[0].value = 0.4;
  task[2].status = SR_TASK_NOT_CONVERGED;
  r->slip[0] = (sr_slip_result){"nerve_to_soleus",
                                "nerve to soleus",
                                "比目鱼肌肌支",
                                "motor",
                                0,
                                "both",
                                "soleus_from_gaslat",
                                0.64,
                                0.3,
                                1.0,
                                1,
                                muscle,
                                0,
                                NULL,
                                3,
                                task};
  r->slip[1] = (sr_slip_result){.node = "medial_sural_cutaneous",
                                .name_en = "medial sural cutaneous nerve",
                                .name_zh = "腓肠内侧皮神经",
                                .kind = "sensory",
                                .side = "both",
                                .nnumb = 1,
                                .numb = numb};
}

sr_result *sr_report_sample_weeks(sr_arena *keep)
{
  enum { EPOCHS = 6 };
  static const double week[EPOCHS] = {0, 0, 2, 26, 104, 260}, lost[EPOCHS] = {0, 0, 0.6, 2.4, 2.5, 2.6};
  static const sr_influence_result influence[] = {
      {"girth_change_cm_right_week_26", "denervated_time", "time constant [wk]", 0.5, 0.31},
      {"girth_change_cm_right_week_26", "something_new", "a constant that no catalogue knows [-]", -0.3, 0.12},
      {"girth_change_cm_right_week_104", "denervated_fat", "fat in the long run [-]", 0.8, 0.57},
      {"mass_kg_week_104", "rest_scale", "resting expenditure [-]", 0.9, 0.83}};
  sr_result *r = sr_report_sample(keep);
  sr_epoch *e = sr_alloc(keep, sr_epoch, EPOCHS), *control = sr_alloc(keep, sr_epoch, EPOCHS - 1);
  for (int i = 0; i < EPOCHS; i++) e[i] = at_week(keep, &r->epoch[i == 0 ? 0 : 1], week[i], lost[i]);
  for (int i = 1; i < EPOCHS; i++) {
    control[i - 1] = at_week(keep, &r->epoch[0], week[i], 0.0);
    control[i - 1].when = "course";
  }
  for (int i = 0; i < e[2].ntask; i++)
    e[2].task[i] = (sr_task_result){.task = e[2].task[i].task,
                                    .status = SR_TASK_NOT_RUN,
                                    .why = "a joint is immobilised: what a leg in a cast does is not predicted"};
  for (int i = 4; i < EPOCHS; i++) e[i].task[4] = r->epoch[0].task[4];
  for (int i = 0; i < EPOCHS; i++) add_bodies(&e[i].task[3]);
  r->epoch = e;
  r->nepoch = EPOCHS;
  add_slips(keep, r, &e[1]);
  r->control = control;
  r->ncontrol = EPOCHS - 1;
  r->ninfluence = (int)(sizeof influence / sizeof *influence);
  r->influence = sr_alloc(keep, sr_influence_result, r->ninfluence);
  memcpy(r->influence, influence, sizeof influence);
  return r;
}
