// Walking at a given speed as an optimal control problem.
#ifndef SR_TASK_WALK_PROBLEM_H
#define SR_TASK_WALK_PROBLEM_H
#include "task/layout.h"
#include "task/task.h"

// What is asked of the walk: a fixed speed, or the greatest speed there is (the speed is then an unknown).
typedef enum sr_walk_demand { SR_WALK_AT_SPEED, SR_WALK_FASTEST } sr_walk_demand;

// Parts of the cost. The last one, habit, is there only where it is asked for.
enum { SR_WALK_HABIT = 8, SR_WALK_COSTS };

// The walk's parameters p: 0 duration [s] of the half or full cycle, 1 speed [m/s] (fixed by its bounds unless free).
typedef struct sr_walk_problem {
  sr_layout layout;
  bool is_full_cycle;
  sr_ocp ocp;    // known data, with a habit: the activation of every muscle that one is used to
  sr_ex *input;  // x, u, p and known data of the point graph
  sr_instant now;
  sr_physics physics;
  int ncost;                       // parts of the cost: all, or all but habit
  sr_ex cost_part[SR_WALK_COSTS];  // energy, activation, acceleration, limit, trunk, smooth, upright, level, habit;
                                   // their sum is the running cost
} sr_walk_problem;
extern const char *const sr_walk_cost_name[SR_WALK_COSTS];
// habit: weight of leaving the known activations, 0 for none.
sr_walk_problem *sr_walk_problem_new(const sr_model *m, const sr_walk_weights *w, double habit, double speed,
                                     sr_walk_demand demand, bool is_full_cycle, sr_arena *keep);
// A crude analytic guess: a hip swing, a knee bump in swing, forward travel. seed 0 is the plain one; others vary the
// swing, the bump, the lean and the duration (uniform in +-30%, from a fixed generator).
sr_traj sr_walk_guess(const sr_walk_problem *p, const sr_model *m, double speed, bool is_full_cycle, sr_mesh mesh,
                      int seed, sr_arena *keep);
#endif
