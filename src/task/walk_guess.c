// A cold start for walking: a hip swing, a knee bump in swing, forward travel. No recorded motion.
#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "task/walk_problem.h"

// Shape of the guess, in radians of joint angle; all are assumptions that only have to be near a walk.
typedef struct shape {
  double hip_middle, hip_swing, knee_stance, knee_bump, knee_loading, duration_half, lean;
} shape;

// A fixed generator (Steele & Vigna 2014, SplitMix64) that gives a number in -1..1.
static double spread(unsigned long long *state)
{
  *state += 0x9E3779B97F4A7C15ULL;
  unsigned long long z = *state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  z ^= z >> 31;
  return 2.0 * ((double)(z >> 11) / 9007199254740992.0) - 1.0;
}

static shape shape_of(double speed, int seed)
{
  const double deg = SR_PI / 180.0;
  // the faster, the longer and the quicker the step: both grow with the square root of the speed
  const double root = sqrt(speed / 1.33);
  shape s = {.hip_middle = 6.0 * deg,
             .hip_swing = 22.0 * deg * root,
             .knee_stance = 8.0 * deg,
             .knee_bump = 52.0 * deg,
             .knee_loading = 12.0 * deg,
             .duration_half = 0.55 / root,
             .lean = -3.0 * deg};
  if (seed == 0) return s;
  unsigned long long state = (unsigned long long)seed;
  s.hip_swing *= 1.0 + 0.3 * spread(&state);
  s.knee_bump *= 1.0 + 0.3 * spread(&state);
  s.knee_loading *= 1.0 + 0.3 * spread(&state);
  s.duration_half *= 1.0 + 0.3 * spread(&state);
  s.hip_middle += 4.0 * deg * spread(&state);
  s.lean += 3.0 * deg * spread(&state);
  return s;
}

// The lowest points of the contact spheres as a tape of the coordinates.
static const sr_tape *sphere_bottoms(const sr_model *m, sr_arena *keep)
{
  sr_graph *g = sr_graph_new(keep);
  sr_ex q[SR_MAX_COORD], still[SR_MAX_COORD], bottom[SR_MAX_CONTACT];
  for (int j = 0; j < m->skeleton.ncoord; j++) {
    q[j] = sr_input(g);
    still[j] = sr_const(g, 0.0);
  }
  sr_body_motion body[SR_MAX_BODY];
  sr_body_motions(&m->skeleton, g, q, still, still, body);
  for (int c = 0; c < m->ncontact; c++)
    bottom[c] = sr_shift(sr_body_point(&body[m->contact[c].body], m->contact[c].centre).y, -m->contact[c].radius);
  return sr_tape_new(g, bottom, m->ncontact, keep);
}

// Puts the pelvis where the lowest sphere is a few millimetres in the ground.
static void set_on_ground(const sr_model *m, const sr_tape *bottoms, double *q, double *work)
{
  const double depth = 0.004;  // [m] about what a walking load needs
  double y[SR_MAX_CONTACT], lowest = (double)INFINITY;
  sr_tape_eval1(bottoms, q, y, work);
  for (int c = 0; c < m->ncontact; c++) lowest = fmin(lowest, y[c]);
  q[sr_coord_find(&m->skeleton, "pelvis_ty")] -= lowest + depth;
}

// Tendon forces that balance every fibre at a time of the guess: the balance falls with the force, so by bisection.
static void balance_fibres(const sr_layout *l, const sr_tape *residuals, double *in, double *force, double *work,
                           double *residual)
{
  double lo[SR_MAX_MUSCLE], hi[SR_MAX_MUSCLE];
  for (int k = 0; k < l->nm; k++) lo[k] = 0.0, hi[k] = 2.0;
  for (int step = 0; step < 40; step++) {
    for (int k = 0; k < l->nm; k++) in[l->force + k] = 0.5 * (lo[k] + hi[k]);
    sr_tape_eval1(residuals, in, residual, work);
    for (int k = 0; k < l->nm; k++) *(residual[k] > 0.0 ? &lo[k] : &hi[k]) = in[l->force + k];
  }
  for (int k = 0; k < l->nm; k++) force[k] = in[l->force + k];
}

// A bump of the cycle's phase around its centre.
static double bump(double phase, double centre, double width)
{
  const double centred = remainder(phase - centre, 2.0 * SR_PI) / width;
  return exp(-centred * centred);
}

// Knee flexion over the cycle: bent in swing while the thighs pass, and a little while the leg takes the load.
static double knee(const shape *s, double phase)
{
  return -s->knee_stance - s->knee_bump * bump(phase, -0.15 * SR_PI, 0.3 * SR_PI) -
         s->knee_loading * bump(phase, 0.75 * SR_PI, 0.2 * SR_PI);
}

static void set(const sr_model *m, double *q, const char *name, double value)
{
  const int j = sr_coord_find(&m->skeleton, name);
  if (j >= 0) q[j] = value;
}

// Coordinates at a phase of the cycle; phase 0: the thighs pass each other, the right one forward.
static void pose(const sr_model *m, const shape *s, double speed, double phase, double time, double *q)
{
  memset(q, 0, (size_t)m->skeleton.ncoord * sizeof *q);
  set(m, q, "pelvis_tx", speed * time);
  set(m, q, "lumbar_extension", s->lean);
  set(m, q, "hip_flexion_r", s->hip_middle + s->hip_swing * sin(phase));
  set(m, q, "hip_flexion_l", s->hip_middle - s->hip_swing * sin(phase));
  set(m, q, "knee_angle_r", knee(s, phase));
  set(m, q, "knee_angle_l", knee(s, phase + SR_PI));
}

sr_traj sr_walk_guess(const sr_walk_problem *p, const sr_model *m, double speed, bool is_full_cycle, sr_mesh mesh,
                      int seed, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  const shape s = shape_of(speed, seed);
  const double span = is_full_cycle ? 2.0 * SR_PI : SR_PI, duration = s.duration_half * span / SR_PI, dt = 1e-2;
  sr_traj t = sr_traj_new(mesh, l->nx, l->nu, 2, keep);
  t.p[0] = duration;
  t.p[1] = speed;
  const sr_tape *bottoms = sphere_bottoms(m, keep);
  sr_ex *balance = sr_alloc(keep, sr_ex, l->nm);
  for (int k = 0; k < l->nm; k++) balance[k] = p->physics.fibre[k].residual;
  const sr_tape *residuals = sr_tape_new(p->ocp.point, balance, l->nm, keep);
  double *work = sr_alloc(keep, double, sr_tape_work(bottoms) + sr_tape_work(residuals));
  double *in = sr_alloc(keep, double, sr_graph_inputs(p->ocp.point)), *residual = sr_alloc(keep, double, l->nm);
  for (int i = 0; i < t.npoint; i++) {
    double *x = t.x + i * l->nx, *u = t.u + i * l->nu, q[3][SR_MAX_COORD];
    const double time = t.tau[i] * duration, rate = span / duration;
    for (int side = 0; side < 3; side++) {
      const double at = time + (side - 1) * dt;
      pose(m, &s, speed, at * rate, at, q[side]);
      set_on_ground(m, bottoms, q[side], work);
    }
    for (int j = 0; j < l->nq; j++) {
      x[l->q + j] = q[1][j];
      x[l->qd + j] = (q[2][j] - q[0][j]) / (2.0 * dt);
      u[l->qdd + j] = (q[2][j] - 2.0 * q[1][j] + q[0][j]) / (dt * dt);
    }
    for (int k = 0; k < l->nm; k++) x[l->act + k] = 0.1;
    memcpy(in, x, (size_t)l->nx * sizeof *in);
    balance_fibres(l, residuals, in, x + l->force, work, residual);
  }
  return t;
}
