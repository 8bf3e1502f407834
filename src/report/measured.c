// The data are those of result/measured.h.
#include "report/measured.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "result/measured.h"

// A walk at about the speed that was measured (within 0.1 m/s), on level ground.
bool sr_is_measured(const char *task)
{
  static const char at[] = "walk:speed_m_s=";
  return strncmp(task, at, sizeof at - 1) == 0 && strchr(task, ',') == NULL &&
         fabs(atof(task + sizeof at - 1) - 1.33) <= 0.1;
}

bool sr_measured_band(sr_arena *keep, const char *base, const char *rest, double lo[SR_NPHASE], double hi[SR_NPHASE])
{
  sr_curve_set set;
  if (!sr_curve_set_load(keep, &set, NULL)) return false;
  for (int c = 0; c < set.ncurve; c++) {
    const sr_measured_curve *k = &set.curve[c];
    if (!k->has_sd || strcmp(k->column, base) != 0 || strcmp(k->rest, rest) != 0) continue;
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
