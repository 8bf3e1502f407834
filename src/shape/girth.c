// What a tape reads (docs/theory/shape.md, equations 5 to 8).
#include <math.h>

#include "base/constants.h"
#include "shape/leg.h"

enum { CALF_FIRST = 22, CALF_LAST = 47 };                    // levels 0.14 and 0.64
enum { SKIN_FIRST = 20, SKIN_STEPS = 10, SKIN_STRIDE = 4 };  // levels 0.1 to 0.9 in steps of 0.08

sr_shape_state sr_shape_standing(const sr_shape_leg *leg, double fat)
{
  sr_shape_state s = {.fat = fat, .softness = leg->table->softness};
  for (int l = 0; l < SR_LAYERS; l++) s.volume[l] = leg->volume[l];
  return s;
}

sr_between sr_level_find(double level)
{
  const double at = fmin(SR_LEVELS - 1, fmax(0.0, (level - SR_LEVEL_TOP) / SR_LEVEL_STEP));
  const int nearest = (int)lround(at);
  if (fabs(at - nearest) < 1e-9) return (sr_between){nearest, 0.0};
  return (sr_between){(int)at, at - floor(at)};
}

double sr_belly_end(const sr_shape_leg *leg, const sr_shape_state *s, sr_layer layer)
{
  const sr_layer_shape *m = &leg->table->layer[layer];
  const bool is_triceps = layer == SR_SOLEUS || layer == SR_GASLAT || layer == SR_GASMED;
  const double longer =
      m->ankle_arm * s->ankle + m->knee_arm * s->knee - (s->is_on_toes && is_triceps ? leg->table->tendon_give : 0.0);
  return m->end + longer * leg->scale / leg->length;
}

// Section of a belly over its volume: the belly at rest, stretched or shortened evenly below its begin     [1/m]
static double belly_at(const sr_shape_leg *leg, const sr_shape_state *s, sr_layer l, double level)
{
  const sr_layer_shape *m = &leg->table->layer[l];
  const double ratio = (sr_belly_end(leg, s, l) - m->begin) / (m->end - m->begin);
  const double at_rest = m->begin + (level - m->begin) / ratio;
  if (at_rest <= m->begin || at_rest >= m->end) return 0.0;
  const sr_between b = sr_level_find(at_rest);
  if (b.weight == 0.0) return leg->belly[b.index][l] / ratio;
  return (leg->belly[b.index][l] * (1.0 - b.weight) + leg->belly[b.index + 1][l] * b.weight) / ratio;
}

double sr_shape_area(const sr_shape_leg *leg, const sr_shape_state *s, sr_layer layer, double level)
{
  if (sr_layer_is_muscle(layer)) return s->volume[layer] * belly_at(leg, s, layer, level);
  const sr_between b = sr_level_find(level);
  const double below = b.weight > 0.0 ? leg->fixed[b.index + 1][layer] : 0.0;
  return leg->fixed[b.index][layer] * (1.0 - b.weight) + below * b.weight;
}

void sr_areas(const sr_shape_leg *leg, const sr_shape_state *s, int i, double area[SR_LAYERS])
{
  const bool is_at_rest = s->knee == 0.0 && s->ankle == 0.0 && !s->is_on_toes;
  for (int l = 0; l < SR_LAYERS; l++)
    area[l] = is_at_rest ? leg->fixed[i][l] + s->volume[l] * leg->belly[i][l]
                         : sr_shape_area(leg, s, (sr_layer)l, sr_level(i));
}

// What a muscle has more or less than in the healthy leg lies where the muscle lies, but for the share `softness`,
// which spreads over its compartment as the muscle there does.
void sr_outline_at(const sr_shape_leg *leg, const sr_shape_state *s, int i, const double area[SR_LAYERS], double *u)
{
  double flow[SR_COMPARTMENTS] = {0};
  for (int k = 0; k < SR_RAYS; k++) u[k] = leg->healthy[i][k];
  for (int l = 0; l < SR_LAYERS; l++) {
    const sr_compartment c = sr_layer_compartment((sr_layer)l);
    const double change = c == SR_NOWHERE ? 0.0 : area[l] - leg->volume[l] * leg->belly[i][l];
    if (change == 0.0) continue;
    const double *w = leg->spread[i][l], own = (1.0 - s->softness) * change;
    for (int k = 0; k < SR_RAYS; k++) u[k] += own * w[k];
    flow[c] += s->softness * change;
  }
  for (int c = 0; c < SR_COMPARTMENTS; c++)
    for (int k = 0; k < SR_RAYS; k++) u[k] += flow[c] * leg->flow[i][c][k];
}

// Perimeter of the taut outline at a level of the grid: r = sqrt(2 u), convex hull.
static double taut(const sr_shape_leg *leg, const sr_shape_state *s, int i)
{
  double u[SR_RAYS], area[SR_LAYERS];
  sr_point outline[SR_RAYS], hull[SR_RAYS];
  sr_areas(leg, s, i, area);
  sr_outline_at(leg, s, i, area, u);
  for (int k = 0; k < SR_RAYS; k++) {
    const double r = sqrt(2.0 * u[k]);
    outline[k] = (sr_point){r * leg->cosine[k], r * leg->sine[k]};
  }
  return sr_perimeter(hull, sr_hull(outline, SR_RAYS, hull));
}

// Even layers outside a convex outline: P + 2 pi t.
static double girth_at(const sr_shape_leg *leg, const sr_shape_state *s, int i)
{
  return taut(leg, s, i) + 2.0 * SR_PI * (s->fat * leg->fat_profile[i] + leg->table->skin_thickness);
}

double sr_shape_girth(const sr_shape_leg *leg, const sr_shape_state *s, double level)
{
  const sr_between b = sr_level_find(level);
  const double above = girth_at(leg, s, b.index);
  return b.weight > 0.0 ? above + b.weight * (girth_at(leg, s, b.index + 1) - above) : above;
}

// Every fourth level, then what lies between two of which one is nearly the greatest.
sr_girth sr_shape_calf(const sr_shape_leg *leg, const sr_shape_state *s)
{
  // how much a girth may exceed both of its neighbours, by their distance: twice what the hump of a calf does [m]
  static const double hump[] = {[1] = 1e-3, [2] = 4e-3};
  double girth[CALF_LAST + 3] = {0};
  int best = CALF_FIRST;
  for (int i = CALF_FIRST; i <= CALF_LAST; i += 4) {
    girth[i] = girth_at(leg, s, i);
    if (girth[i] > girth[best]) best = i;
  }
  for (int step = 2; step >= 1; step--)
    for (int i = CALF_FIRST + step; i <= CALF_LAST; i += 2 * step) {
      if (fmax(girth[i - step], girth[i + step]) + hump[step] < girth[best]) continue;
      girth[i] = girth_at(leg, s, i);
      if (girth[i] > girth[best]) best = i;
    }
  return (sr_girth){girth[best], sr_level(best)};
}

// The greatest of taut + 2 pi (fat profile + skin) is the girth: every level bounds the fat, the tightest one counts.
double sr_shape_fat_at_girth(const sr_shape_leg *leg, const sr_shape_state *s, double girth)
{
  double fat = HUGE_VAL;
  for (int i = CALF_FIRST; i <= CALF_LAST; i++)
    fat = fmin(fat, ((girth - taut(leg, s, i)) / (2.0 * SR_PI) - leg->table->skin_thickness) / leg->fat_profile[i]);
  return fat;
}

double sr_shape_fat_at_ratio(const sr_shape_table *t, double before, double ratio)
{
  return before * pow(ratio, t->fat_exponent);
}

// Simpson's rule over the levels.
double sr_shape_skin(const sr_shape_leg *leg, const sr_shape_state *s)
{
  double sum = 0.0;
  for (int n = 0; n <= SKIN_STEPS; n++) {
    const double weight = n == 0 || n == SKIN_STEPS ? 1.0 : n % 2 == 1 ? 4.0 : 2.0;
    sum += weight * girth_at(leg, s, SKIN_FIRST + SKIN_STRIDE * n);
  }
  return sum * SKIN_STRIDE * SR_LEVEL_STEP * leg->length / 3.0;
}

double sr_shape_skin_reserve(const sr_shape_table *t, double skin_before, double skin_now)
{
  return fmax(0.0, skin_before * (1.0 - t->skin_elastic) / skin_now - 1.0);
}
