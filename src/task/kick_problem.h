// A kick as an optimal control problem: one foot stands, the other one meets a ball as fast as it can.
#ifndef SR_TASK_KICK_PROBLEM_H
#define SR_TASK_KICK_PROBLEM_H
#include "task/movement.h"

// Parameter 0: duration [s], from quiet standing to the ball. from: the state at the start (nx).
sr_movement *sr_kick_problem_new(const sr_model *m, const sr_kick_weights *w, sr_leg kicks, const double *from,
                                 sr_arena *keep);
// A crude analytic guess: the leg that kicks swings back with a bent knee and then forward, the rest stands. Seeds
// other than 0 vary how far and how long.
sr_traj sr_kick_guess(const sr_movement *p, sr_leg kicks, const double *from, sr_mesh mesh, int seed, sr_arena *keep);
// Where the foot meets the ball, a point of the calcaneus: its centre of mass.
const double *sr_kick_point(const sr_model *m, sr_leg kicks, int *body);
#endif
