// Fatigue of a muscle over minutes: three pools of motor units (3CC), resting, active and tired, as shares of what it
// can do fresh. Knows no movement: the load comes in, what is left comes out.
#ifndef SR_MUSCLE_FATIGUE_H
#define SR_MUSCLE_FATIGUE_H
#include <stdbool.h>

typedef struct sr_fatigue {
  double tire;         // F: active units tire at this rate                         [1/s]
  double recover;      // R: tired units recover at this rate                       [1/s]
  double rest_factor;  // r: ... times this while the muscle rests (Looft 2018)     [-]
  double follow;       // L: rate at which active units follow the load             [1/s]
} sr_fatigue;

typedef struct sr_pools {
  double resting, active, tired;  // sum 1
} sr_pools;
sr_pools sr_pools_fresh(void);
// The largest load that can still be carried, over that of the fresh muscle.
double sr_pools_left(const sr_pools *p);
// Some time under a constant load [-], or at rest.
void sr_fatigue_pass(const sr_fatigue *f, double load, bool is_resting, double seconds, sr_pools *p);
// How long a fresh muscle carries a constant load until less than it is left [s]; infinite if for ever.
double sr_fatigue_endurance(const sr_fatigue *f, double load);
#endif
