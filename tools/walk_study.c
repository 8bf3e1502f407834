// How far the walk's numbers may be trusted, as CSV: what tools/validation_walk.py tabulates in docs/validation.md.
//   walk_study spread    one woman, five cold starts and two meshes: the numerical spread
//   walk_study weights   each weight of [walk] halved and doubled, warm from the walk of the chosen weights
//   walk_study cuts      three cuts on both sides, each warm from the whole woman's walk; and that walk anew from each
//   walk_study habit     the same cuts right away, for several weights of the habit of the whole woman's walk
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cut_body.h"

enum { SEEDS = 5, RUNS_MAX = 2 * SEEDS, FINE = 40 };

static const sr_person reference = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.70, .mass_kg = 62.0};
static const sr_person demo = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.60, .mass_kg = 52.0};

static const char *const column[] = {"speed_m_s",
                                     "greatest_speed_m_s",
                                     "stride_length_m",
                                     "cost_of_transport_J_kg_m",
                                     "stance_right_percent",
                                     "grf_vertical_first_peak_right_bw",
                                     "grf_vertical_trough_right_bw",
                                     "grf_vertical_second_peak_right_bw",
                                     "propulsive_impulse_right_bw_s",
                                     "hip_work_positive_right_J_kg",
                                     "hip_power_peak_right_W_kg",
                                     "hip_angle_min_right_deg",
                                     "hip_angle_max_right_deg",
                                     "knee_angle_min_right_deg",
                                     "knee_angle_max_right_deg",
                                     "ankle_angle_min_right_deg",
                                     "ankle_angle_max_right_deg",
                                     "ankle_work_positive_right_J_kg",
                                     "ankle_power_peak_right_W_kg",
                                     "ankle_moment_peak_right_N_m_kg",
                                     "achilles_force_peak_right_N",
                                     "soleus_activation_peak_right_1",
                                     "gasmed_activation_peak_right_1",
                                     "gaslat_activation_peak_right_1",
                                     "iliopsoas_activation_peak_right_1",
                                     "glutmax_activation_peak_right_1",
                                     "hamstrings_activation_peak_right_1",
                                     "vasti_activation_peak_right_1"};
enum { COLUMNS = sizeof column / sizeof column[0] };

static void head(void)
{
  printf("run,intervals,status,iterations,objective");
  for (int j = 0; j < COLUMNS; j++) printf(",%s", column[j]);
  printf("\n");
}

static double metric(const sr_task_result *r, const char *name)
{
  for (int i = 0; i < r->nmetric; i++)
    if (strcmp(r->metric[i].name, name) == 0) return r->metric[i].value;
  return (double)NAN;
}

// One row, at once: a study takes minutes. value: objective, then the columns.
static void row(const char *name, const sr_task_result *r, double value[1 + COLUMNS])
{
  value[0] = r->status == SR_TASK_SOLVED || r->status == SR_TASK_IMPOSSIBLE ? r->objective : (double)NAN;
  for (int j = 0; j < COLUMNS; j++) value[1 + j] = metric(r, column[j]);
  printf("%s,%d,%s,%d", name, r->mesh_intervals, sr_task_status_text(r->status), r->iterations);
  for (int j = 0; j <= COLUMNS; j++) printf(",%.6g", value[j]);
  printf("\n");
  fflush(stdout);
}

static bool fail(const sr_error *err)
{
  fprintf(stderr, "walk_study: %s\n", err->text);
  return false;
}

// Walks at 1.33 m/s.
static bool solve(const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *found)
{
  sr_task task;
  sr_error err = {0};
  if (!sr_task_parse("walk", &task, &err)) return fail(&err);
  sr_task_solve(&task, run, keep, r, found);
  return true;
}

// A walk from a solution or (NULL) cold; prints the row.
static sr_task_status walk(const char *name, const sr_model *m, const sr_weights *w, const sr_solution *start, int seed,
                           int intervals, sr_arena *keep, sr_solution *found, double value[1 + COLUMNS])
{
  sr_task_result r;
  const sr_mesh mesh = {intervals, w->walk.degree};
  const sr_task_run run = {.model = m, .weights = w, .start = start, .seed = seed, .mesh = mesh};
  *found = (sr_solution){0};
  if (!solve(&run, keep, &r, found)) return SR_TASK_NOT_RUN;
  row(name, &r, value);
  return r.status;
}

// The person with these nodes cut on both sides.
static bool body(const sr_person *person, const sr_cut *cut, int ncut, sr_model *m)
{
  sr_error err = {0};
  return sr_cut_body(person, cut, ncut, m, &err) || fail(&err);
}

// Least, greatest and standard deviation (n - 1) of every column over n runs.
static void summary(const char *name, double value[][1 + COLUMNS], int n)
{
  static const char *const what[] = {"min", "max", "sd"};
  for (int k = 0; k < 3 && n > 1; k++) {
    printf("%s %s,,,", what[k], name);
    for (int j = 0; j <= COLUMNS; j++) {
      double lo = value[0][j], hi = lo, mean = 0.0, square = 0.0;
      for (int i = 0; i < n; i++) {
        lo = fmin(lo, value[i][j]);
        hi = fmax(hi, value[i][j]);
        mean += value[i][j] / n;
      }
      for (int i = 0; i < n; i++) square += (value[i][j] - mean) * (value[i][j] - mean);
      printf(",%.6g", k == 0 ? lo : k == 1 ? hi : sqrt(square / (n - 1)));
    }
    printf("\n");
  }
}

// Cold starts on the usual mesh; each solution then on a finer one.
static bool spread(const sr_weights *w, sr_model *m, sr_arena *keep)
{
  static double value[RUNS_MAX][1 + COLUMNS];
  int n = 0;
  head();
  if (!body(&demo, NULL, 0, m)) return false;
  for (int seed = 0; seed < SEEDS; seed++) {
    char name[32];
    snprintf(name, sizeof name, "seed %d", seed);
    sr_solution found, fine;
    if (walk(name, m, w, NULL, seed, w->walk.intervals, keep, &found, value[n]) != SR_TASK_SOLVED) continue;
    n++;
    snprintf(name, sizeof name, "seed %d fine", seed);
    n += walk(name, m, w, &found, seed, FINE, keep, &fine, value[n]) == SR_TASK_SOLVED;
  }
  summary("all", value, n);
  return n > 1;
}

static bool weights(const sr_weights *w, sr_model *m, sr_arena *keep)
{
  sr_weights other = *w;
  sr_walk_weights *o = &other.walk;
  const struct {
    const char *name;
    double *at;
  } weight[] = {{"energy", &o->effort.energy},   {"activation", &o->effort.activation}, {"exponent", &o->effort.exponent},
                {"limit", &o->effort.limit},     {"acceleration", &o->effort.acceleration}, {"trunk", &o->effort.trunk},
                {"upright", &o->upright}, {"level", &o->level},           {"smooth", &o->effort.smooth}};
  double value[1 + COLUMNS];
  sr_solution base, found;
  head();
  if (!body(&reference, NULL, 0, m) ||
      walk("base", m, w, NULL, 0, w->walk.intervals, keep, &base, value) != SR_TASK_SOLVED)
    return false;
  for (size_t i = 0; i < sizeof weight / sizeof weight[0]; i++)
    for (int twice = 0; twice < 2; twice++) {
      char name[64];
      const double usual = *weight[i].at;
      *weight[i].at = twice ? 2.0 * usual : 0.5 * usual;
      snprintf(name, sizeof name, "%s %s", weight[i].name, twice ? "doubled" : "halved");
      walk(name, m, &other, &base, 0, w->walk.intervals, keep, &found, value);
      *weight[i].at = usual;
    }
  return true;
}

typedef struct lesion {
  const char *name, *node[2];
  int n;
} lesion;
static const lesion lesions[] = {{"gastrocnemius", {"nerve_to_gasmed", "nerve_to_gaslat"}, 2},
                                 {"soleus", {"nerve_to_soleus", NULL}, 1},
                                 {"tibial", {"tibial", NULL}, 1}};
enum { LESIONS = sizeof lesions / sizeof lesions[0] };

static bool hurt_body(const lesion *x, sr_side side, sr_model *m)
{
  sr_cut c[2];
  for (int k = 0; k < x->n; k++) c[k] = (sr_cut){.node = x->node[k], .fraction = 1.0, .side = side};
  return body(&demo, c, x->n, m);
}

// The injured walk starts from the healthy one, and the healthy one anew from it: a gap between the two healthy
// objectives would mean different basins.
static bool cuts(const sr_weights *w, sr_model *m, sr_arena *keep)
{
  sr_model *hurt = sr_alloc(keep, sr_model, 1);
  double value[1 + COLUMNS];
  sr_solution base, found, cold, again;
  head();
  if (!body(&demo, NULL, 0, m) || walk("whole", m, w, NULL, 0, w->walk.intervals, keep, &base, value) != SR_TASK_SOLVED)
    return false;
  for (int i = 0; i < LESIONS; i++) {
    char name[64];
    if (!hurt_body(&lesions[i], SR_BOTH, hurt)) return false;
    snprintf(name, sizeof name, "%s cold", lesions[i].name);
    walk(name, hurt, w, NULL, 0, w->walk.intervals, keep, &cold, value);
    const sr_task_status status = walk(lesions[i].name, hurt, w, &base, 0, w->walk.intervals, keep, &found, value);
    if (status != SR_TASK_SOLVED) continue;
    snprintf(name, sizeof name, "whole from %s", lesions[i].name);
    walk(name, m, w, &found, 0, w->walk.intervals, keep, &again, value);
  }
  return true;
}

// How far activations of innervated muscles are from the habit: root of their mean square, out of the part of the cost.
static double away_from_habit(const sr_task_result *r, const sr_model *m, double weight)
{
  int left = 0;
  for (int k = 0; k < m->nmuscle; k++) left += m->muscle[k].par.capacity > 0.0;
  return sqrt(metric(r, "cost_of_habit_per_m") * metric(r, "speed_m_s") * m->nmuscle / (weight * left));
}

// Weights over the one of data/tasks.toml; the first is as good as none.
static bool habit(const sr_weights *w, sr_model *m, sr_arena *keep)
{
  static const double share[] = {1e-9, 0.5, 1.0, 2.0};
  static const char *const told[] = {"objective", "cost_of_habit_per_m", "cost_of_transport_J_kg_m", "stride_length_m",
                                     "soleus_activation_peak_right_1", "hamstrings_activation_peak_right_1",
                                     "ankle_power_peak_right_W_kg"};
  enum { TOLD = sizeof told / sizeof told[0] };
  sr_model *hurt = sr_alloc(keep, sr_model, 1);
  sr_task_result r;
  sr_solution base, found;
  const sr_task_run whole = {.model = m, .weights = w};
  if (!body(&demo, NULL, 0, m) || !solve(&whole, keep, &r, &base) || r.status != SR_TASK_SOLVED) return false;
  printf("lesion,side,weight,status,iterations,away_from_habit_1");
  for (int j = 0; j < TOLD; j++) printf(",%s", told[j]);
  printf("\n");
  for (int i = 0; i < 2 * LESIONS; i++) {
    if (!hurt_body(&lesions[i / 2], i % 2 == 0 ? SR_BOTH : SR_RIGHT, hurt)) return false;
    for (size_t k = 0; k < sizeof share / sizeof share[0]; k++) {
      const double weight = share[k] * w->walk.habit;
      const sr_task_run run = {.model = hurt, .weights = w, .start = &base, .habit = &base, .habit_weight = weight};
      if (!solve(&run, keep, &r, &found)) return false;
      printf("%s,%s,%g,%s,%d,%.4g,%.6g", lesions[i / 2].name, i % 2 == 0 ? "both" : "right", weight,
             sr_task_status_text(r.status), r.iterations, away_from_habit(&r, hurt, weight), r.objective);
      for (int j = 1; j < TOLD; j++) printf(",%.6g", metric(&r, told[j]));
      printf("\n");
      fflush(stdout);
    }
  }
  return true;
}

int main(int argc, char **argv)
{
  sr_arena *keep = sr_arena_new();
  sr_model *m = sr_alloc(keep, sr_model, 1);
  sr_weights w;
  sr_error err = {0};
  const char *mode = argc == 2 ? argv[1] : "";
  if (!sr_weights_load(&w, &err)) return fail(&err) ? 0 : 3;
  if (strcmp(mode, "spread") == 0) return spread(&w, m, keep) ? 0 : 1;
  if (strcmp(mode, "weights") == 0) return weights(&w, m, keep) ? 0 : 1;
  if (strcmp(mode, "cuts") == 0) return cuts(&w, m, keep) ? 0 : 1;
  if (strcmp(mode, "habit") == 0) return habit(&w, m, keep) ? 0 : 1;
  fprintf(stderr, "usage: walk_study spread | weights | cuts | habit\n");
  return 2;
}
