// Measured walking: mean +- one standard deviation of one person, as the band behind predicted curves
// (data/validation/curves.toml).
#ifndef SR_REPORT_MEASURED_H
#define SR_REPORT_MEASURED_H
#include "report/cycle.h"

// The task is a walk on level ground at about the speed of a study that has a spread.
bool sr_is_measured(sr_arena *keep, const char *task);
// The band of a column in printed units (deg, N m/kg, W/kg, % of body weight), over the cycle of that foot; false where
// none was measured in such a walk.
bool sr_measured_band(sr_arena *keep, const char *task, const char *base, const char *rest, double lo[SR_NPHASE],
                      double hi[SR_NPHASE]);
#endif
