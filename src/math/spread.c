#include "math/spread.h"

#include <math.h>

#include "base/constants.h"
#include "base/error.h"

sr_spread sr_spread_none(double value)
{
  return (sr_spread){.kind = SR_SPREAD_NONE, .a = value};
}

sr_spread sr_spread_normal(double mean, double sd)
{
  SR_ASSERT(sd > 0.0);
  return (sr_spread){.kind = SR_SPREAD_NORMAL, .a = mean, .b = sd};
}

sr_spread sr_spread_lognormal(double median, double sdlog)
{
  SR_ASSERT(median > 0.0 && sdlog > 0.0);
  return (sr_spread){.kind = SR_SPREAD_LOGNORMAL, .a = log(median), .b = sdlog};
}

sr_spread sr_spread_uniform(double low, double high)
{
  SR_ASSERT(low < high);
  return (sr_spread){.kind = SR_SPREAD_UNIFORM, .low = low, .high = high};
}

static double normal_below(double x)
{
  return 0.5 * erfc(-x / sqrt(2.0));
}

// First guess of -Phi^-1(u), u <= 1/2, good to 4.5e-4.
// Source: Abramowitz & Stegun 1964, 26.2.23.
static double normal_guess(double u)
{
  const double t = sqrt(-2.0 * log(u));
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

// The guess, then Halley's steps on Phi(x) = u:  x <- x - e / (1 + x e / 2),  e = (Phi(x) - u) / Phi'(x).
// Cubic: 4.5e-4 becomes 1e-11 and then nothing. The lower half alone, where Phi keeps all its digits.
double sr_normal_value(double u)
{
  SR_ASSERT(u > 0.0 && u < 1.0);
  if (u > 0.5) return -sr_normal_value(1.0 - u);
  double x = -normal_guess(u);
  for (int k = 0; k < 2; k++) {
    const double e = (normal_below(x) - u) * sqrt(2.0 * SR_PI) * exp(0.5 * x * x);
    x -= e / (1.0 + 0.5 * x * e);
  }
  return x;
}

double sr_spread_value(const sr_spread *s, double u)
{
  SR_ASSERT(u > 0.0 && u < 1.0);
  switch (s->kind) {
    case SR_SPREAD_NONE:
      return s->a;
    case SR_SPREAD_NORMAL:
      return s->a + s->b * sr_normal_value(u);
    case SR_SPREAD_LOGNORMAL:
      return exp(s->a + s->b * sr_normal_value(u));
    case SR_SPREAD_UNIFORM:
      break;
  }
  return s->low + u * (s->high - s->low);
}

int sr_spread_nunknown(const sr_spread *list, int n)
{
  int count = 0;
  for (int k = 0; k < n; k++) count += list[k].kind != SR_SPREAD_NONE;
  return count;
}

int sr_spread_unknown(const sr_spread *list, int n, int unknown)
{
  for (int k = 0; k < n; k++)
    if (list[k].kind != SR_SPREAD_NONE && unknown-- == 0) return k;
  SR_ASSERT(false);
  return n;
}

void sr_spread_draw(const sr_spread *list, int n, const double *u, double *value)
{
  for (int k = 0, next = 0; k < n; k++)
    if (list[k].kind != SR_SPREAD_NONE) value[k] = sr_spread_value(&list[k], u[next++]);
}
