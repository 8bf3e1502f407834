// Weights and settings of the tasks: data/tasks.toml. The same for every person, speed, lesion and week.
#ifndef SR_LOAD_WEIGHTS_H
#define SR_LOAD_WEIGHTS_H
#include "base/arena.h"
#include "base/error.h"
#include "load/quantity.h"

// What every movement pays for, in sums of time averages (sr_movement_effort in task/movement.h).
typedef struct sr_effort_weights {
  double energy;      // of the mean square metabolic rate of a muscle, per body mass
  double activation;  // of the mean activation^exponent
  double exponent;
  double acceleration;  // of the mean square joint acceleration / 100 rad/s2
  double limit;         // of the mean square ligament torque [N m]
  double trunk;         // of the trunk's activation squared
  double smooth;        // of the mean squares of act_rate / 100 and force_rate / 100 (regularisation)
} sr_effort_weights;

// Cost of walking per metre: time averages over the cycle, divided by the speed (docs/theory/task.md).
typedef struct sr_walk_weights {
  sr_effort_weights effort;
  double upright;       // of the trunk's pitch squared [1/rad2]
  double level;         // of the square of the pelvis' vertical acceleration [g]
  double habit;         // of the mean square distance from the activations one is used to, in the first days
  double rest;          // activation of a muscle at rest [-]
  double chosen_speed;  // of the healthy walk on which the weights were chosen [m/s]
  double mesh_error;    // above which a mesh is too coarse, over the scale of each state [-]
  double least_load;    // of both feet together at every instant [body weights]
  int intervals, degree, coarse_intervals, coarse_degree;  // mesh of half a cycle, and of the cold starts
} sr_walk_weights;

// Of running, which costs what walking costs.
typedef struct sr_run_weights {
  double impact;      // of the square of how fast the force under a foot grows [100 body weights/s]
  double clearance;   // of both feet at the middle of a flight, reference person [m]
  double easy_speed;  // at which cold starts begin [m/s]
} sr_run_weights;

// Of standing and tiptoe (docs/theory/task.md, section 6).
typedef struct sr_static_weights {
  double rest;                                // activation of a muscle at rest [-]
  double pressure_ahead;                      // centre of pressure in front of the ankle, quiet standing [m]
  double heel_share;                          // share of a foot's load that the heel keeps at the furthest lean [-]
  double toe_share;                           // the same for the forefoot at the furthest backward lean [-]
  double lifted_clearance;                    // least height of the lifted foot on one leg [m]
  double lifted_thigh, lifted_shank;          // usual pitch of its thigh and shank: raised, and hanging (0) [rad]
  double lifted_behind;                       // pitch of a shank that is raised behind a hanging thigh [rad]
  double lifted_pose;                         // cost of another pitch [1/rad2]
  double trunk_lean;                          // forward lean that is allowed, over knee flexion [-]
  double rise_step, heels_level, small_rise;  // of the reference person [m]
} sr_static_weights;

typedef struct sr_weights {
  sr_walk_weights walk;
  sr_run_weights run;
  sr_static_weights still;
} sr_weights;
bool sr_weights_load(sr_weights *out, sr_error *err);
bool sr_weights_read(sr_rows tasks, sr_weights *out, sr_error *err);  // from an opened table
#endif
