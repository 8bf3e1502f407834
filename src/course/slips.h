// What a slip of the knife to a neighbouring branch would do, and how often anatomy invites it.
#ifndef SR_COURSE_SLIPS_H
#define SR_COURSE_SLIPS_H
#include "course/bodies.h"
#include "course/life.h"

// For the first intervention that is done on nerves: each branch near the nerves that are cut is cut as well, on the
// same legs, and the body right after (`seat`, of that week) does the tasks, except running, hopping, jumping and
// kicking. Branches that take nothing more, and those that are cut anyway, are left out.
// Where no movement is found there is no proof that there is none.
void sr_slips_fill(sr_search *s, const sr_life_plan *plan, const sr_intervention *cut, const sr_task *task,
                   const sr_seat *seat, sr_result *out);
// The first intervention on nerves; NULL if there is none.
const sr_intervention *sr_slips_intervention(const sr_scenario *s);
#endif
