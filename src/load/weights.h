// Weights and settings of the tasks: data/tasks.toml. The same for every person, speed, lesion and week.
#ifndef SR_LOAD_WEIGHTS_H
#define SR_LOAD_WEIGHTS_H
#include "base/arena.h"
#include "base/error.h"
#include "load/quantity.h"
#include "muscle/fatigue.h"

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

// A kick from standing on the other leg. Lengths but those of the ball are of the reference person.
typedef struct sr_kick_weights {
  sr_effort_weights effort;
  double speed;                            // of the foot's forward speed at the ball [s/m]
  double ball_height, ball_play;           // where the midfoot meets the ball: its centre, and how far from it [m]
  double ball_near, ball_far;              // in front of the ankle that stands [m]
  double catch_ahead, catch_behind;        // extrapolated centre of mass in front of that ankle, and behind it [m]
  double trunk_most;                       // pitch of the trunk [rad]
  double least_load;                       // under the foot that stands [body weights]
  double clearance;                        // of the foot that kicks [m]
  double lifted_clearance, lifted_thigh;   // before the kick [m], [rad]
  double shortest, longest;                // duration [s]
  double joint_speed, joint_acceleration;  // bounds [rad/s], [rad/s2]
  double rest, mesh_error;                 // [-]
  int intervals, degree;
} sr_kick_weights;

// Heel raises one after the other, until one is missed.
typedef struct sr_repeat_weights {
  double height_share;  // what a raise has to reach, over the greatest rise of the healthy body [-]
  double step;          // by which a raise gets lower, of the reference person [m]
  double period;        // from one raise to the next [s]
  double share;         // fresh strength that a muscle loses before the load is shared anew [-]
  int most;             // raises
} sr_repeat_weights;

// Of jump and hop, which pay for effort as walking does (docs/theory/task.md).
typedef struct sr_leap_weights {
  double clearance;   // of the feet, at the end of a jump and of a free leg all the time [m]
  double hop_flight;  // height of the flight of a hop, at least [m]
  double free_thigh;  // greatest pitch of the thigh of a leg that does not leap [rad]
  double free_shank;  // how far its shank may be raised behind [rad]
  double jump_time;   // longest jump from standing to take-off [s]
  double height;      // price of height, in cost of effort [1/m]
  double mesh_error;  // as in walking [-]
  int intervals, degree, coarse_intervals, coarse_degree;  // mesh, and that of the cold starts
} sr_leap_weights;

typedef struct sr_weights {
  sr_leap_weights leap;
  sr_walk_weights walk;
  sr_run_weights run;
  sr_static_weights still;
  sr_kick_weights kick;
  sr_repeat_weights heel_raises;
  sr_fatigue calf, thigh;  // of muscles that cross the ankle, and of the others
} sr_weights;
bool sr_weights_load(sr_weights *out, sr_error *err);
bool sr_weights_read(sr_rows tasks, sr_weights *out, sr_error *err);  // from an opened table
#endif
