// The rise of the heel as a climb, posture by posture: what the greatest rise and repeated raises share.
#ifndef SR_TASK_HEEL_RAISE_H
#define SR_TASK_HEEL_RAISE_H
#include "task/posture.h"

// What is climbed, and where the work is counted.
typedef struct sr_climb {
  const sr_task_run *run;
  const sr_task *task;
  sr_static_weights weights;
  sr_posture_motion motion;  // with which the postures are passed; none at rest
  double step;               // [m]
  sr_task_result *r;
  sr_arena *keep;
} sr_climb;
sr_climb sr_climb_new(const sr_task *task, const sr_task_run *run, sr_task_result *r, sr_arena *keep);
// The posture of least effort at a height of the heels [m], torque from outside allowed: from nothing, and from the
// posture of another height.
sr_held sr_climb_hold_first(const sr_climb *c, double height);
sr_held sr_climb_hold(const sr_climb *c, double height, const sr_held *from);
double sr_climb_rise(const sr_held *h);  // mean height of the standing heels [m]
// The greatest rise, and the first step above it that cannot be held. The lifted leg goes elsewhere (c->weights) where
// the heel does not leave the ground otherwise.
sr_held sr_climb_best(sr_climb *c, sr_held *above);
// What the greatest rise says: status, metrics, limits, curves; false if there is none.
bool sr_climb_report(const sr_climb *c, const sr_held *best, const sr_held *above);

void sr_heel_raises_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r,
                          sr_solution *solution);
#endif
