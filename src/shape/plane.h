// Plane geometry of sections. For the files of this folder only.
#ifndef SR_SHAPE_PLANE_H
#define SR_SHAPE_PLANE_H
#include "shape/shape.h"

typedef struct sr_point {
  double x, z;
} sr_point;

// Convex hull of a closed outline whose points follow one another around `centre` (no matter which way round); n of it
// are written to `hull` (room for n). Gives their number.
int sr_hull(const sr_point *outline, int n, sr_point *hull);
double sr_perimeter(const sr_point *p, int n);
double sr_polygon_area(const sr_point *p, int n);  // > 0 if counter-clockwise as (x, z)
// Distance from `from` to where the ray at an angle leaves a convex polygon; 0 if it misses it.
double sr_ray_exit(const sr_point *p, int n, sr_point from, double cosine, double sine);
// A superellipse of four quarters around the origin: distance of its edge at an angle.
double sr_superellipse(double cosine, double sine, double front, double back, double medial, double lateral,
                       double front_power, double back_power);
// Directions of the rays: index over SR_SHAPE_RAYS of a turn, from x towards z.
double sr_ray_angle(int ray);
double sr_ray_cos(int ray);
double sr_ray_sin(int ray);
#endif
