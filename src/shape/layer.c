#include <math.h>
#include <string.h>

#include "shape/shape.h"

#define SR_SHAPE_NAME(id, name, compartment) name,
static const char *const layer_name[SR_LAYERS] = {SR_SHAPE_LAYERS(SR_SHAPE_NAME)};
#undef SR_SHAPE_NAME
#define SR_SHAPE_WHERE(id, name, compartment) compartment,
static const sr_compartment layer_compartment[SR_LAYERS] = {SR_SHAPE_LAYERS(SR_SHAPE_WHERE)};
#undef SR_SHAPE_WHERE

const char *sr_layer_name(sr_layer layer)
{
  return layer_name[layer];
}

sr_layer sr_layer_find(const char *name)
{
  int i = 0;
  while (i < SR_LAYERS && strcmp(layer_name[i], name) != 0) i++;
  return (sr_layer)i;
}

sr_compartment sr_layer_compartment(sr_layer layer)
{
  return layer_compartment[layer];
}

bool sr_layer_is_muscle(sr_layer layer)
{
  return layer != SR_LAYERS && layer_compartment[layer] != SR_NOWHERE;
}

// Slope at a knot: none at an end or where the values turn, else the harmonic mean of the slopes on both sides,
// weighted by the widths, so that the cubic is monotone between knots. Source: Fritsch & Butland 1984, SIAM J Sci Stat
// Comput 5:300. Changed: level ends.
static double slope(const sr_profile *c, int i)
{
  if (i == 0 || i == c->n - 1) return 0.0;
  const double h0 = c->at[i] - c->at[i - 1], h1 = c->at[i + 1] - c->at[i];
  const double d0 = (c->value[i] - c->value[i - 1]) / h0, d1 = (c->value[i + 1] - c->value[i]) / h1;
  if (d0 * d1 <= 0.0) return 0.0;
  const double w0 = 2.0 * h1 + h0, w1 = h1 + 2.0 * h0;
  return (w0 + w1) / (w0 / d0 + w1 / d1);
}

double sr_profile_at(const sr_profile *c, double at)
{
  if (at <= c->at[0]) return c->value[0];
  if (at >= c->at[c->n - 1]) return c->value[c->n - 1];
  int i = 0;
  while (at > c->at[i + 1]) i++;
  const double h = c->at[i + 1] - c->at[i], t = (at - c->at[i]) / h, t2 = t * t, t3 = t2 * t;
  return (2 * t3 - 3 * t2 + 1) * c->value[i] + (t3 - 2 * t2 + t) * h * slope(c, i) +
         (3 * t2 - 2 * t3) * c->value[i + 1] + (t3 - t2) * h * slope(c, i + 1);
}
