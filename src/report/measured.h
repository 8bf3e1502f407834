// Measured walking: mean +- one standard deviation of one person, as the band behind predicted curves
// (data/validation/curves.toml).
#ifndef SR_REPORT_MEASURED_H
#define SR_REPORT_MEASURED_H
#include "report/cycle.h"

bool sr_is_measured(const char *task);
// The band of a column in printed units (deg, N m/kg, W/kg, % of body weight), over the cycle of that foot; false where
// none was measured.
bool sr_measured_band(sr_arena *keep, const char *base, const char *rest, double lo[SR_NPHASE], double hi[SR_NPHASE]);
#endif
