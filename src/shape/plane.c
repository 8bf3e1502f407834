#include "shape/plane.h"

#include <math.h>

#include "base/constants.h"
#include "base/error.h"

// > 0 where a, b, c turn towards growing angles
static double turn(sr_point a, sr_point b, sr_point c)
{
  return (b.x - a.x) * (c.z - b.z) - (b.z - a.z) * (c.x - b.x);
}

// Graham's scan; the outline is sorted by angle already, and the point furthest forward is a corner.
int sr_hull(const sr_point *outline, int n, sr_point *hull)
{
  int first = 0, nhull = 0;
  for (int i = 1; i < n; i++)
    if (outline[i].x > outline[first].x) first = i;
  for (int i = 0, at = first; i < n; i++, at = at + 1 < n ? at + 1 : 0) {
    while (nhull > 1 && turn(hull[nhull - 2], hull[nhull - 1], outline[at]) <= 0.0) nhull--;
    hull[nhull++] = outline[at];
  }
  while (nhull > 2 && turn(hull[nhull - 2], hull[nhull - 1], hull[0]) <= 0.0) nhull--;
  return nhull;
}

double sr_perimeter(const sr_point *p, int n)
{
  double sum = 0.0;
  for (int i = 0; i < n; i++) {
    const sr_point a = p[i], b = p[i + 1 < n ? i + 1 : 0];
    sum += sqrt((b.x - a.x) * (b.x - a.x) + (b.z - a.z) * (b.z - a.z));
  }
  return sum;
}

double sr_polygon_area(const sr_point *p, int n)
{
  double sum = 0.0;
  for (int i = 0; i < n; i++) {
    const sr_point a = p[i], b = p[i + 1 < n ? i + 1 : 0];
    sum += 0.5 * (a.x * b.z - a.z * b.x);
  }
  return sum;
}

double sr_ray_exit(const sr_point *p, int n, sr_point from, double cosine, double sine)
{
  double furthest = 0.0;
  for (int i = 0; i < n; i++) {
    const sr_point a = p[i], b = p[i + 1 < n ? i + 1 : 0];
    // across the ray: an edge whose ends lie on both sides meets its line
    const double side_a = (a.z - from.z) * cosine - (a.x - from.x) * sine;
    const double side_b = (b.z - from.z) * cosine - (b.x - from.x) * sine;
    if ((side_a > 0.0) == (side_b > 0.0)) continue;
    const double w = side_a / (side_a - side_b);
    const double along = (a.x + w * (b.x - a.x) - from.x) * cosine + (a.z + w * (b.z - a.z) - from.z) * sine;
    furthest = fmax(furthest, along);
  }
  return furthest;
}

// |r cos / a|^p + |r sin / b|^p = 1
double sr_superellipse(double cosine, double sine, double axis_x, double axis_z, double power)
{
  return pow(pow(fabs(cosine) / axis_x, power) + pow(fabs(sine) / axis_z, power), -1.0 / power);
}

void sr_rounded_triangle(const sr_point corner[3], double radius, int n, sr_point *out)
{
  for (int i = 0; i < n; i++) {
    const double c = cos(2.0 * SR_PI * i / n), s = sin(2.0 * SR_PI * i / n);
    int outer = 0;
    for (int k = 1; k < 3; k++)
      if (corner[k].x * c + corner[k].z * s > corner[outer].x * c + corner[outer].z * s) outer = k;
    out[i] = (sr_point){corner[outer].x + radius * c, corner[outer].z + radius * s};
  }
}

void sr_offset(sr_point *p, int n, double by)
{
  enum { MOST = 128 };
  sr_point normal[MOST];
  SR_ASSERT(n <= MOST);
  for (int i = 0; i < n; i++) {
    const sr_point a = p[i > 0 ? i - 1 : n - 1], b = p[i + 1 < n ? i + 1 : 0];
    const double dx = b.x - a.x, dz = b.z - a.z, length = sqrt(dx * dx + dz * dz);
    normal[i] = (sr_point){dz / length, -dx / length};
  }
  for (int i = 0; i < n; i++) p[i] = (sr_point){p[i].x + by * normal[i].x, p[i].z + by * normal[i].z};
}
