// How a leg is laid out: bones along every ray, and each layer spread over the angles so that the healthy ones fill the
// outline (docs/theory/shape.md, equations 1 to 4).
#include <math.h>

#include "base/constants.h"
#include "shape/leg.h"

static const double ray_width = 2.0 * SR_PI / SR_RAYS;

void sr_bone_outline(const sr_shape_leg *leg, int bone, double level, int n, sr_point *out)
{
  const sr_bone_shape *b = &leg->table->bone[bone];
  sr_point corner[3];
  for (int i = 0; i < 3; i++)
    corner[i] = (sr_point){leg->scale * sr_profile_at(&b->x[i], level), leg->scale * sr_profile_at(&b->z[i], level)};
  sr_rounded_triangle(corner, leg->scale * sr_profile_at(&b->radius, level), n, out);
}

// Bones along the rays; what lies between the centre and a bone counts as bone here and is taken from the rest. Gives
// that area. Beyond its ends a bone stands for its neighbour.
static double lay_bones(sr_shape_leg *leg, int i)
{
  enum { N = 48 };
  const sr_point centre = {leg->centre_x[i], leg->centre_z[i]};
  double area = 0.0;
  for (int bone = 0; bone < SR_BONES; bone++) {
    sr_point p[N];
    sr_bone_outline(leg, bone, sr_level(i), N, p);
    area -= sr_polygon_area(p, N);
    for (int k = 0; k < SR_RAYS; k++) {
      const double r = sr_ray_exit(p, N, centre, leg->cosine[k], leg->sine[k]);
      leg->core[i][k] = fmax(leg->core[i][k], 0.5 * r * r);
    }
  }
  for (int k = 0; k < SR_RAYS; k++) area += leg->core[i][k] * ray_width;
  return fmax(0.0, area);
}

// Profile of a belly: x^a (1 - x)^b, x from its begin (0) to its end (1), greatest at the peak, a + b = fullness.
static double belly_profile(const sr_layer_shape *m, double level)
{
  const double x = (level - m->begin) / (m->end - m->begin), peak = (m->peak - m->begin) / (m->end - m->begin);
  if (x <= 0.0 || x >= 1.0) return 0.0;
  return pow(x / peak, m->fullness * peak) * pow((1.0 - x) / (1.0 - peak), m->fullness * (1.0 - peak));
}

static void lay_bellies(sr_shape_leg *leg)
{
  for (int l = 0; l < SR_LAYERS; l++) {
    if (!sr_layer_is_muscle((sr_layer)l)) continue;
    double sum = 0.0;
    for (int i = 0; i < SR_LEVELS; i++) {
      leg->belly[i][l] = belly_profile(&leg->table->layer[l], sr_level(i));
      sum += leg->belly[i][l] * SR_LEVEL_STEP * leg->length;
    }
    for (int i = 0; i < SR_LEVELS; i++) leg->belly[i][l] /= sum;
  }
}

// The table's outline at a level, before it is stretched.
typedef struct quarters {
  double front, back, medial, lateral, front_medial, front_lateral, both_back;  // half axes, powers
} quarters;

static quarters quarters_at(const sr_shape_leg *leg, double level)
{
  const sr_shape_table *t = leg->table;
  return (quarters){leg->scale * sr_profile_at(&t->front, level),  leg->scale * sr_profile_at(&t->back, level),
                    leg->scale * sr_profile_at(&t->medial, level), leg->scale * sr_profile_at(&t->lateral, level),
                    sr_profile_at(&t->front_medial_power, level),  sr_profile_at(&t->front_lateral_power, level),
                    sr_profile_at(&t->back_power, level)};
}

// Room between bones and outline along the rays, the outline stretched by `size`, its front less; the shin bone may
// reach it. Gives the sum.
static double room(const sr_shape_leg *leg, const quarters *q, double size, const double *core, double *out)
{
  const double least = 1e-7;  // a thin skin of the rest [m2]
  const double front = q->front * pow(size, leg->table->front_follows);
  double sum = 0.0;
  for (int k = 0; k < SR_RAYS; k++) {
    const bool is_front = leg->cosine[k] > 0.0;
    const bool is_lateral = leg->sine[k] > 0.0;
    const double power = !is_front ? q->both_back : is_lateral ? q->front_lateral : q->front_medial;
    const double r = sr_superellipse(leg->cosine[k], leg->sine[k], is_front ? front : size * q->back,
                                     size * (is_lateral ? q->lateral : q->medial), power);
    out[k] = fmax(least, 0.5 * r * r - core[k]);
    sum += out[k] * ray_width;
  }
  return sum;
}

// The outline that holds what has to be in it: room = area. Areas grow nearly with the square of size, so the square
// root of what is missing brings it close, over and over.
static void fit_room(const sr_shape_leg *leg, int i, double area, double *out)
{
  const quarters q = quarters_at(leg, sr_level(i));
  double bone = 0.0, size = 1.0;
  for (int k = 0; k < SR_RAYS; k++) bone += leg->core[i][k] * ray_width;
  for (int n = 0; n < 16; n++) size *= sqrt((area + bone) / (room(leg, &q, size, leg->core[i], out) + bone));
}

// Where a layer would like to lie: (1 - (angle / spread)^2)^2 around its direction; the rest anywhere.
static double wish(const sr_shape_leg *leg, sr_layer l, double level, int k)
{
  if (l == SR_REST) return 1.0;
  const sr_layer_shape *m = &leg->table->layer[l];
  const double away =
      remainder(k * ray_width - sr_profile_at(&m->direction, level), 2.0 * SR_PI) / sr_profile_at(&m->spread, level);
  return fabs(away) < 1.0 ? (1.0 - away * away) * (1.0 - away * away) : 0.0;
}

// Iterative proportional fitting: a factor per ray, so that layers fill its room, then one per layer, so that it has
// all of its area, over and over. Areas come last and are exact; the room is met as far as the layers reach. A layer
// without area gets the factors of the others.
void sr_fill(double w[SR_LAYERS][SR_RAYS], const double area[SR_LAYERS], const double *space, int rounds)
{
  for (int n = 0; n <= rounds; n++) {
    for (int l = 0; l < SR_LAYERS; l++) {
      double sum = 0.0;
      for (int k = 0; k < SR_RAYS; k++) sum += w[l][k] * ray_width;
      for (int k = 0; k < SR_RAYS; k++) w[l][k] /= sum;
    }
    if (n == rounds) break;
    for (int k = 0; k < SR_RAYS; k++) {
      double filled = 0.0;
      for (int l = 0; l < SR_LAYERS; l++) filled += area[l] * w[l][k];
      for (int l = 0; l < SR_LAYERS; l++) w[l][k] *= space[k] / filled;
    }
  }
}

// All muscle of a compartment over angle; where there is none at this level, as the wish of its layers.
static void lay_flow(sr_shape_leg *leg, int i, const double *area)
{
  double sum[SR_COMPARTMENTS] = {0};
  for (int l = 0; l < SR_LAYERS; l++) {
    const sr_compartment c = sr_layer_compartment((sr_layer)l);
    if (c == SR_NOWHERE) continue;
    const double weight = area[l] + 1e-9;  // [m2]
    sum[c] += weight;
    for (int k = 0; k < SR_RAYS; k++) leg->flow[i][c][k] += weight * leg->spread[i][l][k];
  }
  for (int c = 0; c < SR_COMPARTMENTS; c++)
    for (int k = 0; k < SR_RAYS; k++) leg->flow[i][c][k] /= sum[c];
}

static void lay_level(sr_shape_leg *leg, int i, double flesh)
{
  const sr_shape_table *t = leg->table;
  const double level = sr_level(i), square = leg->scale * leg->scale;
  leg->centre_x[i] = leg->scale * sr_profile_at(&t->centre_x, level);
  leg->centre_z[i] = leg->scale * sr_profile_at(&t->centre_z, level);
  leg->fat_profile[i] = sr_profile_at(&t->fat_profile, level);
  const double gap = lay_bones(leg, i);
  const double rest = square * sr_profile_at(&t->rest_frame, level) + flesh * sr_profile_at(&t->rest_flesh, level);
  leg->fixed[i][SR_REST] = fmax(0.1 * rest, rest - gap);
  leg->fixed[i][SR_ACHILLES] = square * sr_profile_at(&t->achilles_area, level);
  double area[SR_LAYERS], space[SR_RAYS], sum = 0.0;
  for (int l = 0; l < SR_LAYERS; l++) {
    area[l] = leg->fixed[i][l] + leg->volume[l] * leg->belly[i][l];
    sum += area[l];
  }
  fit_room(leg, i, sum, space);
  for (int l = 0; l < SR_LAYERS; l++)
    for (int k = 0; k < SR_RAYS; k++) leg->spread[i][l][k] = wish(leg, (sr_layer)l, level, k);
  sr_fill(leg->spread[i], area, space, 60);
  lay_flow(leg, i, area);
  for (int k = 0; k < SR_RAYS; k++) leg->healthy[i][k] = leg->core[i][k];
  for (int l = 0; l < SR_LAYERS; l++)
    for (int k = 0; k < SR_RAYS; k++) leg->healthy[i][k] += area[l] * leg->spread[i][l][k];
}

const sr_shape_leg *sr_shape_build(const sr_shape_table *table, double length, const double *volume, bool is_left,
                                   sr_arena *keep, sr_error *err)
{
  double total = 0.0;
  if (!(length > 0.2 && length < 0.7)) {
    sr_fail(err, SR_BAD_VALUE, "a shank of %g m; allowed are 0.2 to 0.7", length);
    return NULL;
  }
  sr_shape_leg *leg = sr_alloc(keep, sr_shape_leg, 1);
  *leg = (sr_shape_leg){.table = table, .is_left = is_left, .length = length, .scale = length / table->length};
  for (int l = 0; l < SR_LAYERS; l++) {
    if (!sr_layer_is_muscle((sr_layer)l)) continue;
    if (!(volume[l] > 0.0 && volume[l] < 3e-3)) {
      sr_fail(err, SR_BAD_VALUE, "%s of %g ml; allowed are more than 0 and less than 3000", sr_layer_name((sr_layer)l),
              1e6 * volume[l]);
      return NULL;
    }
    leg->volume[l] = volume[l];
    total += volume[l];
  }
  for (int k = 0; k < SR_RAYS; k++) {
    leg->cosine[k] = cos(k * ray_width);
    leg->sine[k] = sin(k * ray_width);
  }
  lay_bellies(leg);
  for (int i = 0; i < SR_LEVELS; i++) lay_level(leg, i, total / table->muscle / leg->scale);
  return leg;
}

double sr_shape_length(const sr_shape_leg *leg)
{
  return leg->length;
}
