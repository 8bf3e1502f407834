// A gait, walking or running, as an optimal control problem.
#ifndef SR_TASK_GAIT_PROBLEM_H
#define SR_TASK_GAIT_PROBLEM_H
#include "task/movement.h"

// What is asked of it: a fixed speed, or the greatest speed there is (the speed is then an unknown).
typedef enum sr_gait_demand { SR_GAIT_AT_SPEED, SR_GAIT_FASTEST } sr_gait_demand;

typedef struct sr_gait {
  bool is_run;  // with a flight after each stance; a walk always has a foot on the ground
  sr_gait_demand demand;
  double speed;  // that is asked for, or beyond which no greater one is looked for [m/s]
  double habit;  // weight of leaving the known activations, 0 for none
  bool is_full_cycle;
} sr_gait;

// The slope of the ground on which a body stands [rad], > 0 uphill; and the body on such ground.
double sr_gait_slope(const sr_model *m);
sr_model *sr_gait_on_slope(const sr_model *m, double slope, sr_arena *keep);
// Parameters: 0 duration [s] of the half or full cycle, 1 speed [m/s] (fixed by its bounds unless free).
sr_movement *sr_gait_problem_new(const sr_model *m, const sr_weights *w, const sr_gait *gait, sr_arena *keep);
// A crude analytic guess: a hip swing, a knee bump in swing, forward travel. seed 0 is the plain one; others vary the
// swing, the bump, the lean and the duration (uniform in +-30%, from a fixed generator).
sr_traj sr_gait_guess(const sr_movement *p, const sr_gait *gait, sr_mesh mesh, int seed, sr_arena *keep);
#endif
