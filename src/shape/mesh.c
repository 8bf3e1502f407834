// Closed surfaces: rings of points from top to bottom, joined by triangles, with a lid at both ends.
#include <math.h>

#include "base/constants.h"
#include "shape/leg.h"

enum { SKIN_POINTS = SR_RAYS / 2, BONE_POINTS = 24, BONE_RINGS = 28, LAYER_RINGS = 25, FOOT_MAX = SR_PROFILE_MAX };
enum { SHANK_RINGS = 33 };  // levels -0.30 to 0.98 in steps of 0.04

typedef struct sr_space {
  double x, y, z;
} sr_space;

// Turns a point about an axis across the leg through (x, y); angle from x to y.
static sr_space turned(sr_space p, double x, double y, double angle)
{
  const double c = cos(angle), s = sin(angle), dx = p.x - x, dy = p.y - y;
  return (sr_space){x + c * dx - s * dy, y + s * dx + c * dy, p.z};
}

static double smooth_step(double t)
{
  const double x = fmin(1.0, fmax(0.0, t));
  return x * x * (3.0 - 2.0 * x);
}

// From the plane of a section into space; y from the ankle. Above the knee and at the ankle flesh follows the bend.
static sr_space placed(const sr_shape_leg *leg, const sr_shape_state *s, sr_point p, double level)
{
  const sr_space at = {p.x, (1.0 - level) * leg->length, p.z};
  if (level < 0.0) return turned(at, 0.0, leg->length, -s->knee * smooth_step(-level / 0.16));
  return turned(at, 0.0, 0.0, s->ankle * smooth_step((level - 0.82) / 0.22));
}

// A mesh being written: nring rings of npoint, then the two centres of the lids.
typedef struct writer {
  sr_surface *mesh;
  int npoint, nring, ring;
  bool is_left;
  double lowest;
} writer;

static void put(writer *w, int vertex, sr_space p)
{
  float *at = &w->mesh->position[3 * vertex];
  at[0] = (float)p.x;
  at[1] = (float)p.y;
  at[2] = (float)(w->is_left ? -p.z : p.z);
}

static void put_triangle(writer *w, int a, int b, int c)
{
  int *t = &w->mesh->triangle[3 * w->mesh->ntriangle++];
  t[0] = a;
  t[1] = w->is_left ? c : b;
  t[2] = w->is_left ? b : c;
}

static writer begin(sr_surface *mesh, const char *name, int npoint, int nring, bool is_left, sr_arena *keep)
{
  *mesh = (sr_surface){.name = name, .nring = nring, .npoint = npoint, .nvertex = npoint * nring + 2};
  mesh->position = sr_alloc(keep, float, 3 * mesh->nvertex);
  mesh->triangle = sr_alloc(keep, int, 3 * (2 * npoint * (nring - 1) + 2 * npoint));
  return (writer){.mesh = mesh, .npoint = npoint, .nring = nring, .is_left = is_left};
}

static void put_ring(writer *w, const sr_space *p)
{
  for (int i = 0; i < w->npoint; i++) put(w, w->ring * w->npoint + i, p[i]);
  if (w->ring == 0 || w->ring == w->nring - 1) {
    sr_space middle = {0};
    for (int i = 0; i < w->npoint; i++) {
      middle.x += p[i].x / w->npoint;
      middle.y += p[i].y / w->npoint;
      middle.z += p[i].z / w->npoint;
    }
    put(w, w->nring * w->npoint + (w->ring > 0), middle);
  }
  w->ring++;
}

// Points of a ring run from forward to the outside of a right leg, which is clockwise from above; rings run down.
static void join(writer *w)
{
  const int n = w->npoint, top = w->nring * n, bottom = top + 1, last = (w->nring - 1) * n;
  for (int r = 0; r + 1 < w->nring; r++)
    for (int i = 0; i < n; i++) {
      const int a = r * n + i, b = r * n + (i + 1) % n, c = a + n, d = b + n;
      put_triangle(w, a, b, d);
      put_triangle(w, a, d, c);
    }
  for (int i = 0; i < n; i++) {
    put_triangle(w, top, (i + 1) % n, i);
    put_triangle(w, bottom, last + i, last + (i + 1) % n);
  }
}

static void bone_mesh(const sr_shape_leg *leg, const sr_shape_state *s, int bone, const char *name, sr_arena *keep,
                      sr_surface *out)
{
  const sr_profile *c = &leg->table->bone[bone].radius;
  const double top = c->at[0], bottom = c->at[c->n - 1];
  const sr_shape_state straight = {.knee = s->knee};  // bones do not bend at the ankle
  writer w = begin(out, name, BONE_POINTS, BONE_RINGS, leg->is_left, keep);
  for (int r = 0; r < BONE_RINGS; r++) {
    const double level = top + (bottom - top) * r / (BONE_RINGS - 1);
    sr_point p[BONE_POINTS];
    sr_space ring[BONE_POINTS];
    sr_bone_outline(leg, bone, level, BONE_POINTS, p);
    for (int i = 0; i < BONE_POINTS; i++) ring[i] = placed(leg, &straight, p[i], level);
    put_ring(&w, ring);
  }
  join(&w);
}

// Rings closer at the ends, where a belly changes most.
static void layer_mesh(const sr_shape_leg *leg, const sr_shape_state *s, const sr_stack *grid, sr_layer layer,
                       sr_arena *keep, sr_surface *out)
{
  const sr_profile *tendon = &leg->table->achilles_area;
  const bool is_muscle = sr_layer_is_muscle(layer);
  const double top = is_muscle ? leg->table->layer[layer].begin : tendon->at[0];
  const double bottom = is_muscle ? sr_belly_end(leg, s, layer) : tendon->at[tendon->n - 1];
  writer w = begin(out, sr_layer_name(layer), SR_LAYER_POINTS, LAYER_RINGS, leg->is_left, keep);
  for (int r = 0; r < LAYER_RINGS; r++) {
    const double level = top + (bottom - top) * 0.5 * (1.0 - cos(SR_PI * r / (LAYER_RINGS - 1)));
    const sr_between b = sr_level_find(level);
    const sr_stack stack = sr_stack_between(&grid[b.index], &grid[b.weight > 0.0 ? b.index + 1 : b.index], b.weight);
    sr_point p[SR_LAYER_POINTS];
    sr_space ring[SR_LAYER_POINTS];
    sr_layer_outline(leg, &stack, layer, level, p);
    for (int i = 0; i < SR_LAYER_POINTS; i++) ring[i] = placed(leg, s, p[i], level);
    put_ring(&w, ring);
  }
  join(&w);
}

// A ring of the foot: from its back (top) over the outside to the sole and the inside. Toes turn back at their joint.
static void foot_ring(const sr_shape_leg *leg, const sr_shape_state *s, double ring_at, sr_space *out)
{
  const sr_shape_table *t = leg->table;
  const double k = leg->scale, tx = k * sr_profile_at(&t->foot_top_x, ring_at),
               ty = k * sr_profile_at(&t->foot_top_y, ring_at);
  const double sx = k * sr_profile_at(&t->foot_sole_x, ring_at), sy = k * sr_profile_at(&t->foot_sole_y, ring_at);
  const double power = sr_profile_at(&t->foot_power, ring_at), aside = k * sr_profile_at(&t->foot_aside, ring_at);
  const double joint_x = k * t->toe_joint[0], joint_y = k * t->toe_joint[1];
  for (int i = 0; i < SKIN_POINTS; i++) {
    const double c = cos(2.0 * SR_PI * i / SKIN_POINTS), z = sin(2.0 * SR_PI * i / SKIN_POINTS);
    const double r = sr_superellipse(c, z, 1.0, 1.0, power);
    const double half = k * sr_profile_at(z > 0.0 ? &t->foot_lateral : &t->foot_medial, ring_at);
    sr_space p = {0.5 * (tx + sx) + 0.5 * (tx - sx) * r * c, 0.5 * (ty + sy) + 0.5 * (ty - sy) * r * c,
                  aside + half * r * z};
    const double toes = s->is_on_toes && s->ankle < 0.0 ? -s->ankle : 0.0;
    p = turned(p, joint_x, joint_y, toes * smooth_step(0.5 + (p.x - joint_x) / (k * 0.04)));
    out[i] = turned(p, 0.0, 0.0, s->ankle);
  }
}

static void skin_mesh(const sr_shape_leg *leg, const sr_shape_state *s, const sr_stack *grid, sr_arena *keep,
                      sr_surface *out)
{
  const int nfoot = leg->table->foot_top_x.n;
  writer w = begin(out, "skin", SKIN_POINTS, SHANK_RINGS + nfoot, leg->is_left, keep);
  sr_space ring[SKIN_POINTS];
  for (int r = 0; r < SHANK_RINGS; r++) {
    const double level = sr_level(2 * r);
    sr_point p[SR_RAYS];
    sr_skin_outline(leg, s, level, &grid[2 * r], p);
    for (int i = 0; i < SKIN_POINTS; i++) ring[i] = placed(leg, s, p[2 * i], level);
    put_ring(&w, ring);
  }
  for (int r = 0; r < nfoot; r++) {
    foot_ring(leg, s, leg->table->foot_top_x.at[r], ring);
    put_ring(&w, ring);
  }
  join(&w);
}

double sr_shape_meshes(const sr_shape_leg *leg, const sr_shape_state *s, sr_arena *keep, sr_surface out[SR_MESHES])
{
  int n = 0;
  sr_arena *work = sr_arena_new();
  sr_stack *grid = sr_alloc(work, sr_stack, SR_LEVELS);
  for (int i = 0; i < SR_LEVELS; i++) sr_stack_grid(leg, s, i, &grid[i]);
  skin_mesh(leg, s, grid, keep, &out[n++]);
  bone_mesh(leg, s, SR_TIBIA, "tibia", keep, &out[n++]);
  bone_mesh(leg, s, SR_FIBULA, "fibula", keep, &out[n++]);
  for (int l = 0; l < SR_LAYERS; l++)
    if (l != SR_REST) layer_mesh(leg, s, grid, (sr_layer)l, keep, &out[n++]);
  sr_arena_free(work);
  // the sole stands on the ground
  float lowest = out[0].position[1];
  for (int i = 0; i < out[0].nvertex; i++) lowest = fminf(lowest, out[0].position[3 * i + 1]);
  for (int k = 0; k < n; k++)
    for (int i = 0; i < out[k].nvertex; i++) out[k].position[3 * i + 1] -= lowest;
  return -(double)lowest;
}

// Sum of the tetrahedra from the origin.
double sr_surface_volume(const sr_surface *m)
{
  double sum = 0.0;
  for (int t = 0; t < m->ntriangle; t++) {
    const float *a = &m->position[3 * m->triangle[3 * t]], *b = &m->position[3 * m->triangle[3 * t + 1]],
                *c = &m->position[3 * m->triangle[3 * t + 2]];
    const double ax = (double)a[0], ay = (double)a[1], az = (double)a[2], bx = (double)b[0], by = (double)b[1],
                 bz = (double)b[2], cx = (double)c[0], cy = (double)c[1], cz = (double)c[2];
    sum += (ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)) / 6.0;
  }
  return sum;
}
