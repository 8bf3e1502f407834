// data/validation/curves.toml: measured curves over the gait cycle, and whose they are.
#ifndef SR_RESULT_MEASURED_H
#define SR_RESULT_MEASURED_H
#include "load/scenario_read.h"

enum { SR_CURVE_POINTS = 21 };  // every 5% of the cycle from 0 to 100, right leg, from its contact

typedef struct sr_curve_study {
  const char *name, *area, *population, *people, *task, *spread,
      *source;        // people: of the set, who do the task in their place
  const char *cause;  // of what differs, found by experiment with the model; NULL: none found
  int n;
  bool is_calibrated;  // it set a constant
} sr_curve_study;

typedef struct sr_measured_curve {
  const char *id, *quantity, *column, *rest, *unit;   // <column>_r<rest> of a result, in `unit`
  int study;                                          // its place
  double mean[SR_CURVE_POINTS], sd[SR_CURVE_POINTS];  // sd NaN: none
  bool has_sd;
} sr_measured_curve;

typedef struct sr_curve_set {
  int nstudy, ncurve;
  sr_curve_study *study;
  sr_measured_curve *curve;
} sr_curve_set;

// The tables [study] and [[curve]] of an opened file, whose other tables are others' affair.
bool sr_curve_set_read(const sr_scenario_reader *r, const sr_toml *root, sr_curve_set *out);
bool sr_curve_set_load(sr_arena *keep, sr_curve_set *out, sr_error *err);
// Straight lines between the points: n values from 0 to 100% of the cycle.
void sr_curve_resample(const double y[SR_CURVE_POINTS], int n, double *out);
// The factor from a column of a result to that unit, of a body of this mass [kg]: degrees, per kilogram, percent of its
// weight; 1 for any other unit.
double sr_curve_factor(const char *unit, double mass);
#endif
