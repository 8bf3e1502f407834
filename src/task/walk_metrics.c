// Numbers of a gait cycle.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/constants.h"
#include "task/walk_cycle.h"

// What the metrics are made from: a column of one leg, its grid, and where the numbers go.
typedef struct book {
  const sr_walk_cycle *c;
  const sr_model *m;
  sr_task_result *r;
  sr_arena *keep;
} book;

static const double *column(const book *b, const char *format, const char *side)
{
  char label[64];
  snprintf(label, sizeof label, "%s", format);
  char *mark = strchr(label, '@');
  if (mark != NULL) *mark = side[0];
  return sr_walk_cycle_column(b->c, label, b->keep);
}

static void put(const book *b, double value, const char *format, const char *side)
{
  char *name = sr_arena_printf(b->keep, "%s", format), *mark = strchr(name, '@');
  if (mark != NULL) name = sr_arena_printf(b->keep, "%.*s%s%s", (int)(mark - name), name, side, mark + 1);
  sr_task_metric(b->r, b->keep, name, value, "predicted");
}

static double peak(const double *y, int n)
{
  double best = y[0];
  for (int i = 1; i < n; i++) best = fmax(best, y[i]);
  return best;
}

// Integral over the cycle of f's positive part (sign > 0), negative part (sign < 0) or all of it (sign = 0).
static double integral(const double *y, int n, double duration, int sign)
{
  double sum = 0.0;
  for (int i = 0; i + 1 < n; i++) {
    double a = y[i], b = y[i + 1];
    if (sign > 0) a = fmax(a, 0.0), b = fmax(b, 0.0);
    if (sign < 0) a = fmin(a, 0.0), b = fmin(b, 0.0);
    sum += 0.5 * (a + b);
  }
  return sum * duration / (n - 1);
}

// First row after row `from` (cyclic) at which the vertical force rises through (or falls below) 20 N.
static int crossing(const double *force, int n, int from, bool rises)
{
  for (int s = 1; s < n; s++) {
    const int i = (from + s) % (n - 1), before = (from + s - 1) % (n - 1);
    if (rises ? force[before] < 20.0 && force[i] >= 20.0 : force[before] >= 20.0 && force[i] < 20.0) return i;
  }
  return from;
}

// Percent of the cycle with more than 20 N under the foot.
static double stance_percent(const double *force, int n)
{
  int on = 0;
  for (int i = 0; i < n - 1; i++) on += force[i] >= 20.0;
  return 100.0 * on / (n - 1);
}

// The two peaks of the vertical force: the largest values before and after the middle of stance.
static void vertical_peaks(const book *b, const double *force, const char *side)
{
  const int n = b->c->nrow, start = crossing(force, n, (n - 1) / 2, true), end = crossing(force, n, start, false);
  const int length = (end - start + n - 1) % (n - 1);
  const double weight = b->m->mass * SR_GRAVITY;
  double first = 0.0, second = 0.0, trough = (double)INFINITY;
  for (int s = 0; s < length; s++) {
    const double f = force[(start + s) % (n - 1)] / weight;
    if (2 * s < length)
      first = fmax(first, f);
    else
      second = fmax(second, f);
    if (s > length / 4 && s < 3 * length / 4) trough = fmin(trough, f);
  }
  put(b, first, "grf_vertical_first_peak_@_bw", side);
  put(b, trough, "grf_vertical_trough_@_bw", side);
  put(b, second, "grf_vertical_second_peak_@_bw", side);
}

static void joint_numbers(const book *b, const char *side, const char *s)
{
  static const char *joint[] = {"hip_flexion", "knee_angle", "ankle_angle"}, *name[] = {"hip", "knee", "ankle"};
  const int n = b->c->nrow;
  for (int j = 0; j < 3; j++) {
    char label[64], metric[64];
    snprintf(label, sizeof label, "%s_@_power", joint[j]);
    const double *power = column(b, label, s);
    snprintf(metric, sizeof metric, "%s_work_positive_@_J_kg", name[j]);
    put(b, integral(power, n, b->c->duration, 1) / b->m->mass, metric, side);
    snprintf(metric, sizeof metric, "%s_power_peak_@_W_kg", name[j]);
    put(b, peak(power, n) / b->m->mass, metric, side);
    snprintf(label, sizeof label, "%s_@", joint[j]);
    const double *angle = column(b, label, s);
    double lo = angle[0], hi = angle[0];
    for (int i = 1; i < n; i++) lo = fmin(lo, angle[i]), hi = fmax(hi, angle[i]);
    snprintf(metric, sizeof metric, "%s_angle_min_@_deg", name[j]);
    put(b, lo, metric, side);
    snprintf(metric, sizeof metric, "%s_angle_max_@_deg", name[j]);
    put(b, hi, metric, side);
  }
  const double *moment = column(b, "ankle_angle_@_moment", s);
  double plantar = 0.0;
  for (int i = 0; i < n; i++) plantar = fmax(plantar, -moment[i]);
  put(b, plantar / b->m->mass, "ankle_moment_peak_@_N_m_kg", side);
}

// Force in the Achilles tendon: soleus and both heads of the gastrocnemius.
static void achilles(const book *b, const char *side, const char *s)
{
  const double *sol = column(b, "soleus_@/tendon_force", s), *med = column(b, "gasmed_@/tendon_force", s);
  const double *lat = column(b, "gaslat_@/tendon_force", s);
  double best = 0.0;
  for (int i = 0; i < b->c->nrow; i++) best = fmax(best, sol[i] + med[i] + lat[i]);
  put(b, best, "achilles_force_peak_@_N", side);
}

static void muscle_numbers(const book *b, const char *side, const char *s)
{
  static const char *calf[] = {"soleus",  "gasmed",     "gaslat", "tibpost", "fdl", "fhl",
                               "perlong", "perbrev",    "tibant", "edl",     "ehl", "iliopsoas",
                               "glutmax", "hamstrings", "recfem", "vasti",   "bfsh"};
  const int n = b->c->nrow;
  for (size_t k = 0; k < sizeof calf / sizeof calf[0]; k++) {
    char label[64], metric[64];
    snprintf(label, sizeof label, "%s_@/activation", calf[k]);
    const double *act = column(b, label, s);
    snprintf(metric, sizeof metric, "%s_activation_peak_@_1", calf[k]);
    put(b, peak(act, n), metric, side);
    if (k >= 11) continue;
    snprintf(label, sizeof label, "%s_@/tendon_force", calf[k]);
    snprintf(metric, sizeof metric, "%s_force_peak_@_N", calf[k]);
    put(b, peak(column(b, label, s), n), metric, side);
    if (k >= 3) continue;
    int at = 0;
    for (int i = 1; i < n; i++)
      if (act[i] > act[at]) at = i;
    const double *grf = column(b, "grf_@_vy", s);
    const int contact = crossing(grf, n, (n - 1) / 2, true);
    snprintf(metric, sizeof metric, "%s_activation_peak_at_@_percent", calf[k]);
    put(b, 100.0 * ((at - contact + n - 1) % (n - 1)) / (n - 1), metric, side);
  }
}

static void leg_numbers(const book *b, sr_leg leg)
{
  const char *side = leg == SR_LEG_LEFT ? "left" : "right", *s = leg == SR_LEG_LEFT ? "l" : "r";
  const char *other = leg == SR_LEG_LEFT ? "r" : "l";
  const int n = b->c->nrow;
  const double *force = column(b, "grf_@_vy", s), *along = column(b, "grf_@_vx", s);
  const double weight = b->m->mass * SR_GRAVITY;
  // step length: how far this heel lands ahead of the other
  const int contact = crossing(force, n, (n - 1) / 2, true);
  const double *own = column(b, "heel_@_px", s), *far = column(b, "heel_@_px", other);
  put(b, own[contact] - far[contact], "step_length_@_m", side);
  put(b, stance_percent(force, n), "stance_@_percent", side);
  vertical_peaks(b, force, side);
  put(b, integral(along, n, b->c->duration, 1) / weight, "propulsive_impulse_@_bw_s", side);
  put(b, integral(along, n, b->c->duration, -1) / weight, "braking_impulse_@_bw_s", side);
  joint_numbers(b, side, s);
  achilles(b, side, s);
  muscle_numbers(b, side, s);
}

// Gross metabolic cost: all muscles' rates and the basal rate, per body mass and distance.
static double cost_of_transport(const book *b)
{
  double energy = sr_model_basal_rate(b->m) * b->c->duration;
  for (int k = 0; k < b->m->nmuscle; k++) {
    char label[64];
    snprintf(label, sizeof label, "%s/metabolic_rate", b->m->muscle[k].par.name);
    energy += integral(column(b, label, ""), b->c->nrow, b->c->duration, 0);
  }
  return energy / (b->m->mass * b->c->distance);
}

void sr_walk_metrics(const sr_walk_cycle *c, const sr_model *m, sr_task_result *r, sr_arena *keep)
{
  const book b = {c, m, r, keep};
  put(&b, c->distance / c->duration, "speed_m_s", "");
  put(&b, c->distance, "stride_length_m", "");
  put(&b, c->duration, "stride_time_s", "");
  put(&b, 120.0 / c->duration, "cadence_per_min", "");
  put(&b, cost_of_transport(&b), "cost_of_transport_J_kg_m", "");
  for (int i = 0; i < SR_WALK_COSTS; i++) {
    char label[32];
    snprintf(label, sizeof label, "cost/%s", sr_walk_cost_name[i]);
    const double mean = integral(column(&b, label, ""), c->nrow, 1.0, 0);
    put(&b, mean, sr_arena_printf(keep, "cost_of_%s_per_m", sr_walk_cost_name[i]), "");
  }
  leg_numbers(&b, SR_LEG_LEFT);
  leg_numbers(&b, SR_LEG_RIGHT);
}
