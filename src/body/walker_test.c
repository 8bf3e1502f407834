// Passive walkers with known gaits: a rimless wheel and the simplest walker. Each swings on a pinned skeleton and meets
// the ground by the momentum balance of a floating one.
#include "body/body.h"
#include "mechanism.h"
#include "test.h"

// A floating skeleton whose point `foot` of body `on` is stopped by the ground: the mass matrix at q and the slopes of
// the point's place.
enum { MOST = 4 };
typedef struct strike {
  sr_mechanism m;
  const sr_tape *slope;  // of x and y of the foot over q: 2 * ncoord outputs
  double *work;
} strike;

static strike strike_new(const sr_skeleton *s, int on, const double foot[3], sr_arena *a)
{
  strike k = {.m = sr_mechanism_of_skeleton(s, a)};
  const int n = s->ncoord;
  sr_graph *g = sr_graph_new(a);
  sr_ex in[3 * MOST], slope[2 * MOST];
  for (int j = 0; j < 3 * n; j++) in[j] = sr_input(g);
  sr_body_motion motion[3];
  sr_body_motions(s, g, in, in + n, in + 2 * n, motion);
  const sr_xvec at = sr_body_point(&motion[on], foot);
  sr_gradient(at.x, in, n, slope);
  sr_gradient(at.y, in, n, slope + n);
  k.slope = sr_tape_new(g, slope, 2 * n, a);
  k.work = sr_alloc(a, double, sr_tape_work(k.slope));
  return k;
}

// Speeds after the foot has come to rest without bouncing or slipping, by the impulse p at the foot alone:
//   M (v+ - v-) = J' p,   J v+ = 0
static void strike_stop(const strike *k, const double *q, double *v)
{
  const int n = k->m.n, all = n + 2;
  double x[3 * MOST] = {0}, M[MOST * MOST], h[MOST], J[2 * MOST], A[(MOST + 2) * (MOST + 2)] = {0}, b[MOST + 2] = {0};
  memcpy(x, q, (size_t)n * sizeof *x);
  sr_mechanism_linear(&k->m, x, M, h);
  sr_tape_eval1(k->slope, x, J, k->work);
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) {
      A[i * all + j] = M[i * n + j];
      b[i] += M[i * n + j] * v[j];
    }
    for (int c = 0; c < 2; c++) A[i * all + n + c] = A[(n + c) * all + i] = J[c * n + i];
  }
  sr_solve_linear(all, A, b);
  memcpy(v, b, (size_t)n * sizeof *v);
}

// Gravity on a slope that falls by gamma in the direction of walking, x along it and y away from it.
static void set_slope(sr_skeleton *s, double gamma, double g)
{
  s->gravity[0] = g * sin(gamma);
  s->gravity[1] = -g * cos(gamma);
}

// Event of a walker: a weighted sum of the coordinates plus a constant.
static const sr_tape *sum_of_coordinates(int n, const double *weight, double shift, sr_arena *a)
{
  sr_graph *g = sr_graph_new(a);
  sr_ex in[3 * MOST];
  for (int j = 0; j < 3 * n; j++) in[j] = sr_input(g);
  sr_ex sum = sr_scale(in[0], weight[0]);
  for (int j = 1; j < n; j++) sum = sr_add(sum, sr_scale(in[j], weight[j]));
  sum = sr_shift(sum, shift);
  return sr_tape_new(g, &sum, 1, a);
}

// A point mass on eight massless spokes of length 1, g = 1, on a slope of 0.08 rad. The coordinate of the pinned wheel
// is the turn of its supporting spoke from the slope's normal, forward (clockwise) negative.
typedef struct wheel {
  sr_mechanism stance;
  const sr_tape *next_spoke;  // down on the ground
  strike ground;
  double half;  // half the angle between spokes
} wheel;

static wheel wheel_new(sr_arena *a)
{
  wheel w = {.half = acos(-1.0) / 8.0};
  sr_skeleton pinned = {.nbody = 1, .ncoord = 1}, floating = {.nbody = 1, .ncoord = 3};
  pinned.body[0] = (sr_body){.parent = -1, .naxis = 1, .mass = 1.0, .com = {0.0, 1.0, 0.0}};
  pinned.body[0].axis[0] = sr_axis_turn(0, 0.0, 0.0, 1.0);
  floating.body[0] = (sr_body){.parent = -1, .naxis = 3, .mass = 1.0};
  floating.body[0].axis[0] = sr_axis_slide(0, 1.0, 0.0, 0.0);
  floating.body[0].axis[1] = sr_axis_slide(1, 0.0, 1.0, 0.0);
  floating.body[0].axis[2] = sr_axis_turn(2, 0.0, 0.0, 1.0);
  set_slope(&pinned, 0.08, 1.0);
  w.stance = sr_mechanism_of_skeleton(&pinned, a);
  w.next_spoke = sum_of_coordinates(1, (const double[]){-1.0}, -w.half, a);
  // the spoke ahead, in the frame of the one that supports
  w.ground = strike_new(&floating, 0, (const double[]){sin(2.0 * w.half), -cos(2.0 * w.half), 0.0}, a);
  return w;
}

// From one speed after a strike to the next; *before is the speed right before that strike.
static double wheel_step(const wheel *w, double after, double *before)
{
  double x[2] = {w->half, after};
  sr_mechanism_until(&w->stance, w->next_spoke, 20.0, 1e-12, x);
  *before = x[1];
  // the hub, 1 ahead of the foot, moves with w x r
  const double q[3] = {0.0, 0.0, x[0]};
  double v[3] = {-x[1] * cos(x[0]), -x[1] * sin(x[0]), x[1]};
  strike_stop(&w->ground, q, v);
  return v[2];
}

// Known gait (McGeer 1990; Coleman et al. 1997), a = pi/8: speed before a strike sqrt(4 sin a sin gamma) / sin 2a,
// after it cos 2a of that; a disturbance of it shrinks by cos^2 2a in each step. 1e-7: the last printed digit.
TEST(rimless_wheel_rolls_at_the_known_speed)
{
  sr_arena *a = sr_arena_new();
  const wheel w = wheel_new(a);
  double after = -0.4, before;
  for (int step = 0; step < 40; step++) after = wheel_step(&w, after, &before);  // 0.5^40 = 1e-12
  NEAR(-before, 0.4946274, 1e-7);
  NEAR(-after, 0.3497544, 1e-7);
  const double h = 1e-4, ahead = wheel_step(&w, after + h, &before), behind = wheel_step(&w, after - h, &before);
  NEAR((ahead - behind) / (2.0 * h), 0.5, 1e-7);  // differences: h^2 times a third derivative of some 10
  sr_arena_free(a);
}

// The simplest walker (Garcia, Chatterjee, Ruina & Coleman 1998, J Biomech Eng 120:281): mass 1 at the hip, legs of
// length 1, g = 1, and feet whose mass vanishes. theta: turn of the supporting leg from the slope's normal, forward
// negative. phi: angle between the legs, the swinging leg stands at theta - phi. Feet of 1e-8 change it by
// as much.
typedef struct walker {
  sr_mechanism stance;         // (theta, phi)
  const sr_tape *heel_strike;  // phi - 2 theta: both feet on the slope
  strike ground;               // (x and y of the hip, turns of the old and of the new supporting leg)
} walker;

static const double foot_mass = 1e-8;

static walker walker_new(double gamma, sr_arena *a)
{
  walker w;
  sr_skeleton pinned = {.nbody = 2, .ncoord = 2}, floating = {.nbody = 3, .ncoord = 4};
  sr_body *b = pinned.body;
  b[0] = (sr_body){.parent = -1, .naxis = 1, .mass = 1.0, .com = {0.0, 1.0, 0.0}};
  b[1] = (sr_body){.parent = 0, .pos = {0.0, 1.0, 0.0}, .naxis = 1, .mass = foot_mass, .com = {0.0, -1.0, 0.0}};
  b[0].axis[0] = sr_axis_turn(0, 0.0, 0.0, 1.0);
  b[1].axis[0] = sr_axis_turn(1, 0.0, 0.0, -1.0);
  set_slope(&pinned, gamma, 1.0);
  b = floating.body;
  b[0] = (sr_body){.parent = -1, .naxis = 2, .mass = 1.0};
  b[0].axis[0] = sr_axis_slide(0, 1.0, 0.0, 0.0);
  b[0].axis[1] = sr_axis_slide(1, 0.0, 1.0, 0.0);
  for (int leg = 1; leg <= 2; leg++) {
    b[leg] = (sr_body){.parent = 0, .naxis = 1, .mass = foot_mass, .com = {0.0, -1.0, 0.0}};
    b[leg].axis[0] = sr_axis_turn(1 + leg, 0.0, 0.0, 1.0);
  }
  w.stance = sr_mechanism_of_skeleton(&pinned, a);
  // passing legs touch the slope on their way down through zero: only the way up is a strike
  w.heel_strike = sum_of_coordinates(2, (const double[]){-2.0, 1.0}, 0.0, a);
  w.ground = strike_new(&floating, 2, (const double[]){0.0, -1.0, 0.0}, a);
  return w;
}

// From right after a strike, z = (theta, theta', phi') with phi = 2 theta, to right after the next; gives the time.
static double walker_step(const walker *w, double *z)
{
  double x[4] = {z[0], 2.0 * z[0], z[1], z[2]};
  const double time = sr_mechanism_until(&w->stance, w->heel_strike, 10.0, 1e-13, x);
  const double swing = x[0] - x[1], q[4] = {0.0, 0.0, x[0], swing};
  // the hip at (-sin, cos) theta of the supporting foot
  double v[4] = {-x[2] * cos(x[0]), -x[2] * sin(x[0]), x[2], x[2] - x[3]};
  strike_stop(&w->ground, q, v);
  z[0] = swing;  // the legs change their parts
  z[1] = v[3];
  z[2] = v[3] - v[2];
  return time;
}

// Slopes of a step by central differences, (3*3) row by row: error about h^2 f''' + 1e-12 / h.
static void walker_slopes(const walker *w, const double *z, double *S)
{
  const double h = 1e-5;
  for (int j = 0; j < 3; j++) {
    double up[3] = {z[0], z[1], z[2]}, down[3] = {z[0], z[1], z[2]};
    up[j] += h;
    down[j] -= h;
    walker_step(w, up);
    walker_step(w, down);
    for (int i = 0; i < 3; i++) S[3 * i + j] = (up[i] - down[i]) / (2.0 * h);
  }
}

// Newton's method for the step that repeats itself.
static void walker_fixed_point(const walker *w, double *z)
{
  for (int it = 0; it < 5; it++) {
    double S[9], next[3] = {z[0], z[1], z[2]}, move[3];
    walker_step(w, next);
    walker_slopes(w, z, S);
    for (int i = 0; i < 3; i++) {
      S[4 * i] -= 1.0;
      move[i] = z[i] - next[i];
    }
    sr_solve_linear(3, S, move);
    for (int i = 0; i < 3; i++) z[i] += move[i];
  }
}

// What the supporting leg's strike leaves is a surface, so that one eigenvalue of the three is zero; the other two
// follow from the sums of the principal minors: l^2 - trace l + minors = 0.
static void walker_eigenvalues(const double *S, double *real, double *size)
{
  const double minors = S[0] * S[4] - S[1] * S[3] + S[0] * S[8] - S[2] * S[6] + S[4] * S[8] - S[5] * S[7];
  *real = 0.5 * (S[0] + S[4] + S[8]);
  *size = sqrt(minors);
}

// Known: the paper's fixed point, 12 digits; step time and eigenvalues from the paper's equations in the limit of
// massless feet, integrated with 22 digits. 1e-8: the mass of the feet. 2e-6: differences, whose h^2 leaves 5e-7.
TEST(simplest_walker_has_the_known_gaits)
{
  sr_arena *a = sr_arena_new();
  double z[3] = {0.2, -0.2, -0.016}, S[9], real, size;
  walker w = walker_new(0.009, a);
  walker_fixed_point(&w, z);
  NEAR(z[0], 0.200310900544, 1e-8);
  NEAR(z[1], -0.199832473005, 1e-8);
  NEAR(z[2], -0.0158229999, 1e-8);
  NEAR(walker_step(&w, z), 3.88246375, 1e-8);
  walker_slopes(&w, z, S);
  walker_eigenvalues(S, &real, &size);
  NEAR(real, -0.1900998, 2e-6);
  NEAR(sqrt(size * size - real * real), 0.5575988, 2e-6);
  NEAR(size, 0.5891132, 2e-6);

  w = walker_new(0.004, a);
  double slow[3] = {0.153, -0.156, -0.0073};
  walker_fixed_point(&w, slow);
  NEAR(slow[0], 0.153389565, 1e-8);
  NEAR(slow[1], -0.156080147, 1e-8);
  walker_slopes(&w, slow, S);
  walker_eigenvalues(S, &real, &size);
  NEAR(size, 0.6339204, 2e-6);
  sr_arena_free(a);
}
