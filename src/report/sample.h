// A made-up result that looks like a real one, for the tests of the report and of nothing else.
#ifndef SR_REPORT_SAMPLE_H
#define SR_REPORT_SAMPLE_H
#include "result/result.h"

// A woman of 52 kg, both motor branches of the gastrocnemius cut in both legs, before and after; tasks stand,
// heel_raise on both legs (solved) and on one (impossible after), walk (curves) and run (not converged after).
sr_result *sr_report_sample(sr_arena *keep);
// The same over weeks: 2, 26, 104, 260 with a control, bands and influences; running fails at week 26, and at week 2 a
// joint is in a cast.
sr_result *sr_report_sample_weeks(sr_arena *keep);
#endif
