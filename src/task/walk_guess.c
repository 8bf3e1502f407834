// A cold start for walking: a hip swing, a knee bump in swing, forward travel. No recorded motion.
#include <math.h>
#include <string.h>

#include "task/walk_problem.h"

#define SR_PI 3.14159265358979323846

// Shape of the guess, in radians of joint angle; all are assumptions that only have to be near a walk.
typedef struct shape {
  double hip_middle, hip_swing, knee_stance, knee_bump, duration_half, lean;
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
             .duration_half = 0.55 / root,
             .lean = -3.0 * deg};
  if (seed == 0) return s;
  unsigned long long state = (unsigned long long)seed;
  s.hip_swing *= 1.0 + 0.3 * spread(&state);
  s.knee_bump *= 1.0 + 0.3 * spread(&state);
  s.duration_half *= 1.0 + 0.3 * spread(&state);
  s.hip_middle += 4.0 * deg * spread(&state);
  s.lean += 3.0 * deg * spread(&state);
  return s;
}

// Height of the pelvis origin over level ground when the leg hangs straight under it.
static double standing_height(const sr_model *m)
{
  const int foot = m->contact[0].body;
  double y = m->contact[0].radius - m->contact[0].centre[1];
  for (int i = foot; m->skeleton.body[i].parent >= 0; i = m->skeleton.body[i].parent) y -= m->skeleton.body[i].pos[1];
  return y;
}

static double bump(double phase)
{
  const double centred = remainder(phase + 0.15 * SR_PI, 2.0 * SR_PI) / (0.3 * SR_PI);
  return exp(-centred * centred);
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
  set(m, q, "pelvis_ty", standing_height(m) - 0.02);
  set(m, q, "lumbar_extension", s->lean);
  set(m, q, "hip_flexion_r", s->hip_middle + s->hip_swing * sin(phase));
  set(m, q, "hip_flexion_l", s->hip_middle - s->hip_swing * sin(phase));
  set(m, q, "knee_angle_r", -s->knee_stance - s->knee_bump * bump(phase));
  set(m, q, "knee_angle_l", -s->knee_stance - s->knee_bump * bump(phase + SR_PI));
}

sr_traj sr_walk_guess(const sr_walk_problem *p, const sr_model *m, double speed, bool is_full_cycle, sr_mesh mesh,
                      int seed, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  const shape s = shape_of(speed, seed);
  const double span = is_full_cycle ? 2.0 * SR_PI : SR_PI, duration = s.duration_half * span / SR_PI, dt = 1e-4;
  sr_traj t = sr_traj_new(mesh, l->nx, l->nu, 2, keep);
  t.p[0] = duration;
  t.p[1] = speed;
  for (int i = 0; i < t.npoint; i++) {
    double *x = t.x + i * l->nx, *u = t.u + i * l->nu, before[SR_MAX_COORD], after[SR_MAX_COORD];
    const double time = t.tau[i] * duration, rate = span / duration;
    pose(m, &s, speed, time * rate, time, x + l->q);
    pose(m, &s, speed, (time - dt) * rate, time - dt, before);
    pose(m, &s, speed, (time + dt) * rate, time + dt, after);
    for (int j = 0; j < l->nq; j++) {
      x[l->qd + j] = (after[j] - before[j]) / (2.0 * dt);
      u[l->qdd + j] = (after[j] - 2.0 * x[l->q + j] + before[j]) / (dt * dt);
    }
    for (int k = 0; k < l->nm; k++) x[l->act + k] = x[l->force + k] = 0.1;
  }
  return t;
}
