// Curves of a task laid over its cycle: 101 samples from 0 to 100 %.
#ifndef SR_REPORT_CYCLE_H
#define SR_REPORT_CYCLE_H
#include "report/page.h"

#define SR_NPHASE 101

// Samples of `<base>_r<rest>` (side 1) or `<base>_l<rest>` (side 0) over that side's own cycle: for walking and running
// from the initial contact of that foot, for other tasks from the start of the movement. False if the column is absent.
bool sr_cycle_column(sr_page *p, const sr_task_result *t, const char *base, const char *rest, int side,
                     double y[SR_NPHASE]);
// A column by its full name, over the movement as stored (right initial contact first); a held posture is constant.
bool sr_movement_column(sr_page *p, const sr_task_result *t, const char *label, double y[SR_NPHASE]);
// When that foot leaves the ground, in percent of its cycle; NAN if it does not or the task has no cycle.
double sr_toe_off(sr_page *p, const sr_task_result *t, int side);
bool sr_has_curves(const sr_task_result *t);  // answered, with more than one instant
bool sr_is_cyclic(const char *task);
#endif
