// Half and full cycles of a periodic movement: what is solved as half of one where both legs are equal.
#ifndef SR_TASK_CYCLE_H
#define SR_TASK_CYCLE_H
#include "task/layout.h"
#include "task/task.h"

// A given solution as the start of a half or a full cycle: a half is continued by its mirror image, a full one gives
// its first half. p[0] is the duration, p[1] the speed.
sr_traj sr_cycle_start(const sr_solution *from, const sr_model *m, const sr_layout *l, bool is_full_cycle,
                       sr_arena *keep);
// The body with both legs like the right one, which is the worse: its half cycle leads to the whole one.
sr_model *sr_cycle_equal_legs(const sr_model *m, sr_arena *keep);
#endif
