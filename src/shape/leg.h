// A leg as it is laid out, and its layers at a level. For the files of this folder only.
#ifndef SR_SHAPE_LEG_H
#define SR_SHAPE_LEG_H
#include "shape/plane.h"
#include "shape/shape.h"

enum { SR_RAYS = 96, SR_LEVELS = 69 };
#define SR_LEVEL_TOP (-0.30)  // level of index 0
#define SR_LEVEL_STEP 0.02

struct sr_shape_leg {
  const sr_shape_table *table;
  bool is_left;
  double length, scale;                   // of the shank [m], and over that of the table
  double volume[SR_LAYERS];               // healthy muscles                               [m3]
  double cosine[SR_RAYS], sine[SR_RAYS];  // of the rays
  double fixed[SR_LEVELS][SR_LAYERS];     // sections of what is no muscle                 [m2]
  double belly[SR_LEVELS][SR_LAYERS];     // section of a muscle over its volume, at rest  [1/m]
  double centre_x[SR_LEVELS], centre_z[SR_LEVELS];
  double fat_profile[SR_LEVELS];
  double core[SR_LEVELS][SR_RAYS];     // r^2 / 2 of the bones' far side                [m2]
  double healthy[SR_LEVELS][SR_RAYS];  // the same of the outline of the healthy leg    [m2]
  // of a section over angle: of a layer, and of all muscle in a compartment                    [1/rad]
  double spread[SR_LEVELS][SR_LAYERS][SR_RAYS];
  double flow[SR_LEVELS][SR_COMPARTMENTS][SR_RAYS];
};

static inline double sr_level(int index)
{
  return SR_LEVEL_TOP + SR_LEVEL_STEP * index;
}

// Place between two levels of the grid: index of the upper one and weight of the lower one.
typedef struct sr_between {
  int index;
  double weight;
} sr_between;
sr_between sr_level_find(double level);

// Edge of a bone at a level: n points                                                           [m]
void sr_bone_outline(const sr_shape_leg *leg, int bone, double level, int n, sr_point *out);
// Level at which a belly ends in the pose of a state; where it begins it is held.
double sr_belly_end(const sr_shape_leg *leg, const sr_shape_state *s, sr_layer layer);
// r^2 / 2 of the outline at a level of the grid (SR_RAYS), given the sections of its layers      [m2]
void sr_outline_at(const sr_shape_leg *leg, const sr_shape_state *s, int i, const double area[SR_LAYERS], double *u);
// Fits densities of layers over the rays (each of integral 1) so that together they fill `space` (SR_RAYS).
void sr_fill(double w[SR_LAYERS][SR_RAYS], const double area[SR_LAYERS], const double *space, int rounds);
void sr_areas(const sr_shape_leg *leg, const sr_shape_state *s, int i, double area[SR_LAYERS]);

// r^2 / 2 along the rays at a level: [0] of the bones, [1 + layer] with every layer up to this one, and of the outline
// [m2]
typedef struct sr_stack {
  sr_point centre;
  double u[1 + SR_LAYERS][SR_RAYS], outline[SR_RAYS];
} sr_stack;
// For every level of the grid (SR_LEVELS), and between two of them.
void sr_stack_grid(const sr_shape_leg *leg, const sr_shape_state *s, int i, sr_stack *out);
sr_stack sr_stack_between(const sr_stack *above, const sr_stack *below, double weight);
// Outline under the fascia, hollows included (SR_RAYS)                                          [m]
void sr_stack_outline(const sr_shape_leg *leg, const sr_stack *stack, sr_point *out);
// Outline of the skin as it is drawn (SR_RAYS)                                                  [m]
void sr_skin_outline(const sr_shape_leg *leg, const sr_shape_state *s, double level, const sr_stack *stack,
                     sr_point *out);
// Edge of a layer at a level: SR_LAYER_POINTS points, the same places in every state             [m]
enum { SR_LAYER_ANGLES = 17, SR_LAYER_POINTS = 2 * SR_LAYER_ANGLES - 2 };
void sr_layer_outline(const sr_shape_leg *leg, const sr_stack *stack, sr_layer layer, double level, sr_point *out);
#endif
