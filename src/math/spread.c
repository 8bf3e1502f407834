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

sr_spread sr_spread_triangular(double low, double mode, double high)
{
  SR_ASSERT(low < high && mode >= low && mode <= high);
  return (sr_spread){.kind = SR_SPREAD_TRIANGULAR, .a = mode, .low = low, .high = high};
}

sr_spread sr_spread_beta(double p, double q, double low, double high)
{
  SR_ASSERT(p > 0.0 && q > 0.0 && low < high);
  return (sr_spread){.kind = SR_SPREAD_BETA, .a = p, .b = q, .low = low, .high = high};
}

double sr_normal_below(double x)
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
    const double e = (sr_normal_below(x) - u) * sqrt(2.0 * SR_PI) * exp(0.5 * x * x);
    x -= e / (1.0 + 0.5 * x * e);
  }
  return x;
}

// Continued fraction of I_t(p, q) by Lentz's method, for t < (p + 1) / (p + q + 2).
// Source: DLMF 8.17.22; Press et al., Numerical Recipes, 6.4.
static double beta_fraction(double p, double q, double t)
{
  const double tiny = 1e-300;
  double c = 1.0, d = 1.0 / fmax(tiny, 1.0 - (p + q) * t / (p + 1.0)), f = d;
  for (int m = 1; m < 10000; m++) {
    const double even = m * (q - m) * t / ((p + 2 * m - 1) * (p + 2 * m));
    const double odd = -(p + m) * (p + q + m) * t / ((p + 2 * m) * (p + 2 * m + 1));
    double change = 1.0;
    for (int k = 0; k < 2; k++) {
      const double a = k == 0 ? even : odd;
      d = 1.0 + a * d;
      c = 1.0 + a / c;
      if (fabs(d) < tiny) d = tiny;
      if (fabs(c) < tiny) c = tiny;
      d = 1.0 / d;
      change = c * d;
      f *= change;
    }
    if (fabs(change - 1.0) < 1e-16) break;
  }
  return f;
}

double sr_beta_below(double p, double q, double t)
{
  if (t <= 0.0) return 0.0;
  if (t >= 1.0) return 1.0;
  const double front = exp(lgamma(p + q) - lgamma(p) - lgamma(q) + p * log(t) + q * log1p(-t));
  return t < (p + 1.0) / (p + q + 2.0) ? front * beta_fraction(p, q, t) / p
                                       : 1.0 - front * beta_fraction(q, p, 1.0 - t) / q;
}

// By halving: I_t rises with t, and 60 halves are all digits of t.
static double beta_value(double p, double q, double u)
{
  double low = 0.0, high = 1.0;
  for (int k = 0; k < 60; k++) {
    const double t = 0.5 * (low + high);
    if (sr_beta_below(p, q, t) < u)
      low = t;
    else
      high = t;
  }
  return 0.5 * (low + high);
}

// u = (x - low)^2 / (w (mode - low)) below the mode, 1 - u = (high - x)^2 / (w (high - mode)) above; w = high - low
static double triangular_value(const sr_spread *s, double u)
{
  const double w = s->high - s->low;
  return u * w < s->a - s->low ? s->low + sqrt(u * w * (s->a - s->low))
                               : s->high - sqrt((1.0 - u) * w * (s->high - s->a));
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
      return s->low + u * (s->high - s->low);
    case SR_SPREAD_TRIANGULAR:
      return triangular_value(s, u);
    case SR_SPREAD_BETA:
      break;
  }
  return s->low + (s->high - s->low) * beta_value(s->a, s->b, u);
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
