// The three studies of sensitivity.h; each counts its jobs before it does them.
#ifndef SR_COHORT_SENSITIVITY_PARTS_H
#define SR_COHORT_SENSITIVITY_PARTS_H
#include "cohort/cohort.h"
#include "cohort/sensitivity.h"

// Who hears of jobs that end, from several threads.
typedef struct sr_teller sr_teller;
void sr_teller_more(sr_teller *t, int jobs);
void sr_teller_done(sr_teller *t, const char *what);

// Outcomes of one muscle, and, unless it has to be quick, of a whole life.
bool sr_slow_sensitivity_run(const sr_sensitivity_options *o, sr_teller *t, sr_arena *keep, sr_sensitivity *out,
                             sr_error *err);
// Movements.
bool sr_task_sensitivity_run(const sr_sensitivity_options *o, sr_teller *t, sr_arena *keep, sr_sensitivity *out,
                             sr_error *err);
// A share below this is not worth a line of a table; the JSON has all.
extern const double sr_share_worth;
#endif
