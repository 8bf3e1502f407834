// How far a movement that was found drifts when it is followed forward in time: its own start, its own activations.
#ifndef SR_TASK_DRIFT_H
#define SR_TASK_DRIFT_H
#include "task/movement_solve.h"

// The accelerations and the rates of tendon forces are found anew at every instant from the equations of motion and the
// muscles' force balance, which a solution fulfils at its points only; activations and the trunk's drive are those of
// the solution (sr_ocp_forward, with `steps` steps in each interval). x: (intervals + 1) rows of states. Returns the
// number of intervals that could be followed.
int sr_movement_forward(const sr_movement *p, const sr_traj *t, int steps, double *x, sr_arena *keep);
// Writes metrics drift_..., and in words how far it lasts where it does not last to the end. Nothing holds a movement
// that drifts (no reflex, no balance), so an error grows as an inverted pendulum's does.
void sr_movement_drift(const sr_movement *p, const sr_traj *t, sr_task_result *r, sr_arena *keep);
#endif
