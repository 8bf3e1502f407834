// A cold start for a gait: a hip swing, a knee bump in swing, forward travel, in a run a flight.
#include <math.h>

#include "base/constants.h"
#include "task/gait_problem.h"
#include "task/guess.h"

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

static shape varied(shape s, int seed)
{
  if (seed == 0) return s;
  const double deg = SR_PI / 180.0;
  unsigned long long state = (unsigned long long)seed;
  s.hip_swing *= 1.0 + 0.3 * spread(&state);
  s.knee_bump *= 1.0 + 0.3 * spread(&state);
  s.knee_loading *= 1.0 + 0.3 * spread(&state);
  s.duration_half *= 1.0 + 0.3 * spread(&state);
  s.hip_middle += 4.0 * deg * spread(&state);
  s.lean += 3.0 * deg * spread(&state);
  return s;
}

static shape walk_shape(double speed, int seed)
{
  const double deg = SR_PI / 180.0;
  // the faster, the longer and the quicker the step: both grow with the square root of the speed
  const double root = sqrt(speed / 1.33);
  const shape s = {.hip_middle = 6.0 * deg,
                   .hip_swing = 22.0 * deg * root,
                   .knee_stance = 8.0 * deg,
                   .knee_bump = 52.0 * deg,
                   .knee_loading = 12.0 * deg,
                   .duration_half = 0.55 / root,
                   .lean = -3.0 * deg};
  return varied(s, seed);
}

static shape run_shape(double speed, int seed)
{
  const double deg = SR_PI / 180.0;
  const shape s = {.hip_middle = 14.0 * deg,
                   .hip_swing = 28.0 * deg * sqrt(speed / 3.0),
                   .knee_stance = 15.0 * deg,
                   .knee_bump = 70.0 * deg,
                   .knee_loading = 25.0 * deg,
                   .duration_half = 0.36,
                   .lean = -6.0 * deg};
  return varied(s, seed);
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

typedef struct stride {
  const sr_model *model;
  shape shape;
  double speed, rate;  // [m/s], phase per time [rad/s]
} stride;

// Phase 0: the thighs pass each other, the right one forward.
static void walk_pose(const void *who, double time, double *q)
{
  const stride *g = who;
  const shape *s = &g->shape;
  const double phase = time * g->rate;
  sr_guess_set(g->model, q, "pelvis_tx", g->speed * time);
  sr_guess_set(g->model, q, "lumbar_extension", s->lean);
  sr_guess_set(g->model, q, "hip_flexion_r", s->hip_middle + s->hip_swing * sin(phase));
  sr_guess_set(g->model, q, "hip_flexion_l", s->hip_middle - s->hip_swing * sin(phase));
  sr_guess_set(g->model, q, "knee_angle_r", knee(s, phase));
  sr_guess_set(g->model, q, "knee_angle_l", knee(s, phase + SR_PI));
}

// The leg's cycle in a run: phase 0 in the middle of the flight before its contact, middle of stance at a quarter.
static void run_pose(const void *who, double time, double *q)
{
  const stride *g = who;
  const shape *s = &g->shape;
  static const char *const hip[2] = {"hip_flexion_r", "hip_flexion_l"}, *const knee_of[2] = {"knee_angle_r",
                                                                                             "knee_angle_l"};
  sr_guess_set(g->model, q, "pelvis_tx", g->speed * time);
  sr_guess_set(g->model, q, "lumbar_extension", s->lean);
  for (int leg = 0; leg < 2; leg++) {
    const double phase = time * g->rate + leg * SR_PI;
    sr_guess_set(g->model, q, hip[leg], s->hip_middle + s->hip_swing * cos(phase + 0.1 * SR_PI));
    sr_guess_set(g->model, q, knee_of[leg],
                 -s->knee_stance - s->knee_loading * bump(phase, 0.5 * SR_PI, 0.3 * SR_PI) -
                     s->knee_bump * bump(phase, 1.45 * SR_PI, 0.25 * SR_PI));
  }
}

// Height of the lowest foot above the ground: that of a flight around the start of each half cycle.
static double run_height(const void *who, double time)
{
  const stride *g = who;
  const double flight = 0.04 * cos(2.0 * time * g->rate);
  return flight > 0.0 ? flight : 0.0;
}

sr_traj sr_gait_guess(const sr_movement *p, const sr_gait *gait, sr_mesh mesh, int seed, sr_arena *keep)
{
  const shape s = gait->is_run ? run_shape(gait->speed, seed) : walk_shape(gait->speed, seed);
  const double span = gait->is_full_cycle ? 2.0 * SR_PI : SR_PI, duration = s.duration_half * span / SR_PI;
  const stride g = {.model = p->model, .shape = s, .speed = gait->speed, .rate = span / duration};
  const sr_guess guess = {.pose = gait->is_run ? run_pose : walk_pose,
                          .who = &g,
                          .is_grounded = true,
                          .above = gait->is_run ? run_height : NULL};
  sr_traj t = sr_guess_make(p, &guess, duration, mesh, keep);
  t.p[1] = gait->speed;
  return t;
}
