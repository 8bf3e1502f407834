// The data are those of result/measured.h.
#include "report/measured.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "result/measured.h"

// Speed of a walk on level ground [m/s]; NaN of any other task.
static double level_speed(const char *task)
{
  static const char at[] = "walk:speed_m_s=";
  const bool is_level = strncmp(task, at, sizeof at - 1) == 0 && strchr(task, ',') == NULL;
  return is_level ? atof(task + sizeof at - 1) : (double)NAN;
}

// A curve with a spread, of a walk at about the speed of the task.
static bool is_like(const sr_curve_set *set, const sr_measured_curve *c, const char *task)
{
  const double near = 0.1;  // [m/s] less than twice the SD of the speeds of one person, 0.06
  return c->has_sd && fabs(level_speed(task) - level_speed(set->study[c->study].task)) <= near;
}

bool sr_is_measured(sr_arena *keep, const char *task)
{
  sr_curve_set set;
  if (!sr_curve_set_load(keep, &set, NULL)) return false;
  for (int c = 0; c < set.ncurve; c++)
    if (is_like(&set, &set.curve[c], task)) return true;
  return false;
}

bool sr_measured_band(sr_arena *keep, const char *task, const char *base, const char *rest, double lo[SR_NPHASE],
                      double hi[SR_NPHASE])
{
  sr_curve_set set;
  if (!sr_curve_set_load(keep, &set, NULL)) return false;
  for (int c = 0; c < set.ncurve; c++) {
    const sr_measured_curve *k = &set.curve[c];
    if (!is_like(&set, k, task) || strcmp(k->column, base) != 0 || strcmp(k->rest, rest) != 0) continue;
    double mean[SR_NPHASE], sd[SR_NPHASE];
    sr_curve_resample(k->mean, SR_NPHASE, mean);
    sr_curve_resample(k->sd, SR_NPHASE, sd);
    for (int i = 0; i < SR_NPHASE; i++) {
      lo[i] = mean[i] - sd[i];
      hi[i] = mean[i] + sd[i];
    }
    return true;
  }
  return false;
}
