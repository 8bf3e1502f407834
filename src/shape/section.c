// Cross sections: skin, taut outline, bones and layers as polygons.
#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "shape/leg.h"

// The layers as they give way to one another: from where they lie in the healthy leg to where they fill the outline.
void sr_stack_grid(const sr_shape_leg *leg, const sr_shape_state *s, int i, sr_stack *out)
{
  double w[SR_LAYERS][SR_RAYS], area[SR_LAYERS], space[SR_RAYS];
  sr_areas(leg, s, i, area);
  sr_outline_at(leg, s, i, area, out->outline);
  for (int k = 0; k < SR_RAYS; k++) space[k] = out->outline[k] - leg->core[i][k];
  memcpy(w, leg->spread[i], sizeof w);
  sr_fill(w, area, space, 10);
  out->centre = (sr_point){leg->centre_x[i], leg->centre_z[i]};
  for (int k = 0; k < SR_RAYS; k++) out->u[0][k] = leg->core[i][k];
  for (int l = 0; l < SR_LAYERS; l++)
    for (int k = 0; k < SR_RAYS; k++) out->u[l + 1][k] = out->u[l][k] + area[l] * w[l][k];
}

sr_stack sr_stack_between(const sr_stack *above, const sr_stack *below, double weight)
{
  const double a = 1.0 - weight, b = weight;
  sr_stack out;
  out.centre = (sr_point){a * above->centre.x + b * below->centre.x, a * above->centre.z + b * below->centre.z};
  for (int k = 0; k < SR_RAYS; k++) {
    out.outline[k] = a * above->outline[k] + b * below->outline[k];
    for (int l = 0; l <= SR_LAYERS; l++) out.u[l][k] = a * above->u[l][k] + b * below->u[l][k];
  }
  return out;
}

void sr_stack_outline(const sr_shape_leg *leg, const sr_stack *stack, sr_point *out)
{
  for (int k = 0; k < SR_RAYS; k++) {
    const double r = sqrt(2.0 * stack->outline[k]);
    out[k] = (sr_point){stack->centre.x + r * leg->cosine[k], stack->centre.z + r * leg->sine[k]};
  }
}

// Rounds what varies from ray to ray: weights 1/4, 1/2, 1/4, twice.
static void smooth(double *r)
{
  for (int n = 0; n < 2; n++) {
    const double first = r[0];
    double before = r[SR_RAYS - 1];
    for (int k = 0; k < SR_RAYS; k++) {
      const double here = r[k], after = k + 1 < SR_RAYS ? r[k + 1] : first;
      r[k] = 0.25 * before + 0.5 * here + 0.25 * after;
      before = here;
    }
  }
}

// The taut outline, sunk into its hollows by a share, rounded, and outside of it fat and skin.
void sr_skin_outline(const sr_shape_leg *leg, const sr_shape_state *s, double level, const sr_stack *stack,
                     sr_point *out)
{
  sr_point hull[SR_RAYS];
  double drawn[SR_RAYS];
  const double sink = sr_profile_at(&leg->table->sink, level);
  sr_stack_outline(leg, stack, out);
  const int nhull = sr_hull(out, SR_RAYS, hull);
  for (int k = 0; k < SR_RAYS; k++) {
    const double r = sqrt(2.0 * stack->outline[k]);
    // rays through a corner may miss by rounding; the hull is never inside the outline
    const double bridged = fmax(r, sr_ray_exit(hull, nhull, stack->centre, leg->cosine[k], leg->sine[k]));
    drawn[k] = bridged - sink * (bridged - r);
  }
  smooth(drawn);
  for (int k = 0; k < SR_RAYS; k++)
    out[k] = (sr_point){stack->centre.x + drawn[k] * leg->cosine[k], stack->centre.z + drawn[k] * leg->sine[k]};
  sr_offset(out, SR_RAYS, s->fat * sr_profile_at(&leg->table->fat_profile, level) + leg->table->skin_thickness);
}

// u at any angle, linear between rays.
static double at_angle(const double *u, double angle)
{
  const double at = angle / (2.0 * SR_PI) * SR_RAYS;
  const int floor_at = (int)floor(at), k = ((floor_at % SR_RAYS) + SR_RAYS) % SR_RAYS;
  const double w = at - floor_at;
  return u[k] * (1.0 - w) + u[(k + 1) % SR_RAYS] * w;
}

// Outwards along the angles of the layer and back along its inner side; both ends lie on that. A polygon of few points
// cuts corners: its thickness is corrected until it has the area of the layer.
void sr_layer_outline(const sr_shape_leg *leg, const sr_stack *stack, sr_layer layer, double level, sr_point *out)
{
  const sr_layer_shape *m = &leg->table->layer[layer];
  const double direction = sr_profile_at(&m->direction, level), spread = sr_profile_at(&m->spread, level);
  const double *inner = stack->u[layer], *outer = stack->u[layer + 1];
  double area = 0.0, thicker = 1.0;
  for (int k = 0; k < SR_RAYS; k++) area += (outer[k] - inner[k]) * 2.0 * SR_PI / SR_RAYS;
  for (int round = 0; round < 3; round++) {
    for (int n = 0; n < SR_LAYER_POINTS; n++) {
      const int step = n < SR_LAYER_ANGLES ? n : SR_LAYER_POINTS - n;
      const bool is_outer = n > 0 && n < SR_LAYER_ANGLES - 1;
      const double angle = direction + spread * (2.0 * step / (SR_LAYER_ANGLES - 1) - 1.0);
      const double base = at_angle(inner, angle), top = at_angle(outer, angle);
      const double r = sqrt(2.0 * (is_outer ? base + thicker * (top - base) : base));
      out[n] = (sr_point){stack->centre.x + r * cos(angle), stack->centre.z + r * sin(angle)};
    }
    const double drawn = sr_polygon_area(out, SR_LAYER_POINTS);
    if (!(drawn > 0.2 * area && area > 0.0)) return;  // a leaf too thin to be drawn
    thicker *= area / drawn;
  }
}

static sr_polygon polygon(const sr_shape_leg *leg, const char *name, int n, const sr_point *p)
{
  sr_polygon out = {.name = name, .n = n};
  for (int i = 0; i < n; i++) {
    out.at[i][0] = p[i].x;
    out.at[i][1] = leg->is_left ? -p[i].z : p[i].z;
  }
  return out;
}

static bool has_bone(const sr_shape_leg *leg, int bone, double level)
{
  const sr_profile *c = &leg->table->bone[bone].radius;
  return level >= c->at[0] && level <= c->at[c->n - 1];
}

void sr_shape_section(const sr_shape_leg *leg, const sr_shape_state *s, double level, sr_polygon out[SR_POLYGONS])
{
  static const char *const bone_name[SR_BONES] = {"tibia", "fibula"};
  enum { NBONE = 48 };
  sr_stack above, below;
  sr_point p[SR_RAYS], hull[SR_RAYS];
  const sr_between b = sr_level_find(level);
  sr_stack_grid(leg, s, b.index, &above);
  sr_stack_grid(leg, s, b.weight > 0.0 ? b.index + 1 : b.index, &below);
  const sr_stack stack = sr_stack_between(&above, &below, b.weight);
  sr_skin_outline(leg, s, level, &stack, p);
  out[SR_POLYGON_SKIN] = polygon(leg, "skin", SR_RAYS, p);
  sr_stack_outline(leg, &stack, p);
  out[SR_POLYGON_FASCIA] = polygon(leg, "fascia", sr_hull(p, SR_RAYS, hull), hull);
  for (int bone = 0; bone < SR_BONES; bone++) {
    sr_bone_outline(leg, bone, level, NBONE, p);
    out[SR_POLYGON_BONE + bone] = polygon(leg, bone_name[bone], has_bone(leg, bone, level) ? NBONE : 0, p);
  }
  int n = SR_POLYGON_LAYER;
  for (int l = 0; l < SR_LAYERS; l++) {
    if (l == SR_REST) continue;
    sr_layer_outline(leg, &stack, (sr_layer)l, level, p);
    const bool is_here = sr_shape_area(leg, s, (sr_layer)l, level) > 0.0;
    out[n++] = polygon(leg, sr_layer_name((sr_layer)l), is_here ? SR_LAYER_POINTS : 0, p);
  }
}
