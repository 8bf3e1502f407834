// Plane geometry of sections. For the files of this folder only. Angles: from x (forward) towards z (outwards).
#ifndef SR_SHAPE_PLANE_H
#define SR_SHAPE_PLANE_H

typedef struct sr_point {
  double x, z;
} sr_point;

// Convex hull of a closed outline whose points follow one another around a point within, angles growing; n of it are
// written to `hull` (room for n). Gives their number.
int sr_hull(const sr_point *outline, int n, sr_point *hull);
double sr_perimeter(const sr_point *p, int n);
double sr_polygon_area(const sr_point *p, int n);  // > 0 if its angles grow
// Distance from `from` to where the ray at an angle leaves a convex polygon; 0 if it misses it.
double sr_ray_exit(const sr_point *p, int n, sr_point from, double cosine, double sine);
// A superellipse around the origin: distance of its edge at an angle, half axes along x and z.
double sr_superellipse(double cosine, double sine, double axis_x, double axis_z, double power);
// A triangle rounded by a circle that rolls around it: the points of its edge where the normal has n even angles.
void sr_rounded_triangle(const sr_point corner[3], double radius, int n, sr_point *out);
// Moves every point of a closed outline (angles growing) outwards along its normal.
void sr_offset(sr_point *p, int n, double by);
#endif
