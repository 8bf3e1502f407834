#include <math.h>

#include "cohort/cohort.h"

enum { PHASES = SR_CURVE_SAMPLES - 1 };  // 100% is 0%

static double mean_of(const double *y)
{
  double sum = 0.0;
  for (int i = 0; i < PHASES; i++) sum += y[i];
  return sum / PHASES;
}

// r(lag) = sum (ours(t + lag) - mean) (measured(t) - mean) / (n SD SD), round the cycle; 0 where a curve is flat.
static double correlation(const double *ours, const double *measured, int lag)
{
  const double a = mean_of(ours), b = mean_of(measured);
  double ab = 0.0, aa = 0.0, bb = 0.0;
  for (int i = 0; i < PHASES; i++) {
    const double x = ours[(i + lag + PHASES) % PHASES] - a, y = measured[i] - b;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0.0 && bb > 0.0 ? ab / sqrt(aa * bb) : 0.0;
}

sr_curve_score sr_curve_score_of(const double ours[SR_CURVE_SAMPLES], const double measured[SR_CURVE_SAMPLES],
                                 const double *sd)
{
  sr_curve_score s = {.rmse_in_sd = (double)NAN, .r_most = -1.0};
  double square = 0.0, spread = 0.0;
  for (int i = 0; i < PHASES; i++) {
    square += (ours[i] - measured[i]) * (ours[i] - measured[i]);
    if (sd != NULL) spread += sd[i] * sd[i];
  }
  s.rmse = sqrt(square / PHASES);
  if (spread > 0.0) s.rmse_in_sd = sqrt(square / spread);
  s.r = correlation(ours, measured, 0);
  for (int lag = -PHASES / 2; lag < PHASES / 2; lag++) {
    const double r = correlation(ours, measured, lag);
    if (r > s.r_most) s.r_most = r, s.lag = lag;
  }
  return s;
}
