// Walking at a given speed as an optimal control problem.
#ifndef SR_TASK_WALK_PROBLEM_H
#define SR_TASK_WALK_PROBLEM_H
#include "task/movement.h"

// What is asked of the walk: a fixed speed, or the greatest speed there is (the speed is then an unknown).
typedef enum sr_walk_demand { SR_WALK_AT_SPEED, SR_WALK_FASTEST } sr_walk_demand;

// Parameters: 0 duration [s] of the half or full cycle, 1 speed [m/s] (fixed by its bounds unless free). habit: weight
// of leaving the known activations, 0 for none.
sr_movement *sr_walk_problem_new(const sr_model *m, const sr_walk_weights *w, double habit, double speed,
                                 sr_walk_demand demand, bool is_full_cycle, sr_arena *keep);
// A crude analytic guess: a hip swing, a knee bump in swing, forward travel. seed 0 is the plain one; others vary the
// swing, the bump, the lean and the duration (uniform in +-30%, from a fixed generator).
sr_traj sr_walk_guess(const sr_movement *p, double speed, bool is_full_cycle, sr_mesh mesh, int seed, sr_arena *keep);
#endif
