#include "report/cycle.h"

#include <math.h>

static const double contact_N =
    20.0;  // foot on the ground above this vertical force, the usual threshold of gait laboratories

bool sr_is_cyclic(const char *task)
{
  return sr_is_task(task, "walk") || sr_is_task(task, "run");
}

bool sr_has_curves(const sr_task_result *t)
{
  return sr_is_answer(t) && t->curves.nrow > 1;
}

static double *column(sr_page *p, const sr_curves *c, const char *label)
{
  double *y = sr_alloc(p->keep, double, c->nrow);
  return sr_result_column(c, label, y) != NULL ? y : NULL;
}

// Straight line between the samples round time t.
static double interpolate(const double *time, const double *y, int n, double t)
{
  int lo = 0, hi = n - 1;
  while (hi - lo > 1) {
    const int mid = (lo + hi) / 2;
    if (time[mid] <= t)
      lo = mid;
    else
      hi = mid;
  }
  const double h = time[hi] - time[lo], s = h > 0.0 ? (t - time[lo]) / h : 0.0;
  return (1.0 - s) * y[lo] + s * y[hi];
}

// Start of a side's cycle in the stored movement, 0..1: where its vertical force rises through the threshold. The right
// foot does so within the first percents, since the movement is stored from its contact on.
static double contact_phase(sr_page *p, const sr_task_result *t, int side)
{
  if (!sr_is_cyclic(t->task)) return 0.0;
  const int n = t->curves.nrow;
  const double *time = column(p, &t->curves, "time_s");
  const double *f = column(p, &t->curves, side == 1 ? "grf_r_vy" : "grf_l_vy");
  for (int i = 1; time != NULL && f != NULL && i < n; i++) {
    if (f[i - 1] >= contact_N || f[i] < contact_N) continue;
    const double at = time[i - 1] + (contact_N - f[i - 1]) / (f[i] - f[i - 1]) * (time[i] - time[i - 1]);
    return (at - time[0]) / (time[n - 1] - time[0]);
  }
  return 0.0;
}

static bool sample(sr_page *p, const sr_task_result *t, const char *label, double shift, double y[SR_NPHASE])
{
  if (!sr_is_answer(t) || t->curves.nrow < 1) return false;
  const int n = t->curves.nrow;
  const double *time = column(p, &t->curves, "time_s"), *at = column(p, &t->curves, label);
  if (time == NULL || at == NULL) return false;
  for (int i = 0; i < SR_NPHASE; i++) {
    double phase = shift + i / (SR_NPHASE - 1.0);
    if (phase > 1.0) phase -= 1.0;
    y[i] = n == 1 ? at[0] : interpolate(time, at, n, time[0] + phase * (time[n - 1] - time[0]));
  }
  return true;
}

bool sr_cycle_column(sr_page *p, const sr_task_result *t, const char *base, const char *rest, int side,
                     double y[SR_NPHASE])
{
  if (!sr_has_curves(t)) return false;
  const char *label = sr_arena_printf(p->keep, "%s_%c%s", base, side == 1 ? 'r' : 'l', rest);
  return sample(p, t, label, contact_phase(p, t, side), y);
}

bool sr_movement_column(sr_page *p, const sr_task_result *t, const char *label, double y[SR_NPHASE])
{
  return sample(p, t, label, 0.0, y);
}

double sr_toe_off(sr_page *p, const sr_task_result *t, int side)
{
  double f[SR_NPHASE];
  if (t == NULL || !sr_is_cyclic(t->task) || !sr_cycle_column(p, t, "grf", "_vy", side, f)) return (double)NAN;
  for (int i = 2; i < SR_NPHASE; i++)  // the first percent may still lie below the threshold
    if (f[i - 1] >= contact_N && f[i] < contact_N) return i - 1 + (f[i - 1] - contact_N) / (f[i - 1] - f[i]);
  return (double)NAN;
}
