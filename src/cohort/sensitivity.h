// What moves an outcome: constants of the slow model by their share of its variance, parameters of bodies and tasks one
// at a time, and numbers of the solver, which should move nothing. `surae validate --sensitivity`.
#ifndef SR_COHORT_SENSITIVITY_H
#define SR_COHORT_SENSITIVITY_H
#include <signal.h>

#include "base/error.h"
#include "base/files.h"

// --- weeks to years: first-order and total indices over all constants that are drawn (math/sobol.h)

typedef struct sr_moved_by {
  const char *name, *about;                       // of a constant: its key in the data, and in words
  double first, first_error, total, total_error;  // as sr_sobol_index
} sr_moved_by;

typedef struct sr_slow_sensitivity {
  const char *what, *unit, *of;  // of: of which life it is read
  double week;
  const char *why;             // NULL: known
  double value, sd, p05, p95;  // with the tables' own constants; over all points that are independent
  int pairs, n;
  sr_moved_by *by;  // (n) the greatest total first
} sr_slow_sensitivity;

// --- movements

enum { SR_MOVED_TASKS = 5, SR_MOVED_METRICS = 8 };
// A metric, and between which values most healthy adults have it (data/sensitivity.toml).
typedef struct sr_moved_metric {
  const char *name;
  double base, range[2];
} sr_moved_metric;

typedef enum sr_moved_end {
  SR_MOVED_WITHIN,  // solved, and back from there the base is found again
  SR_MOVED_BEYOND,  // solved, but not near the base any more: the way back ends elsewhere
  SR_MOVED_LOST     // not solved
} sr_moved_end;
const char *sr_moved_end_text(sr_moved_end e);

// One parameter down and up its range, each solved from the base.
typedef struct sr_nudge_result {
  const char *name, *source;
  double factor[2];
  sr_moved_end end[2];
  double value[2][SR_MOVED_METRICS];  // NaN: not solved
} sr_nudge_result;

// One number of the solver changed.
typedef struct sr_numerics_result {
  const char *name;
  sr_moved_end end;  // beyond: solved, in another local minimum
  double objective, value[SR_MOVED_METRICS];
} sr_numerics_result;

typedef struct sr_task_sensitivity {
  const char *task, *why;  // why: no base; NULL
  double objective;
  int nmetric;
  sr_moved_metric metric[SR_MOVED_METRICS];
  int nnudge;
  sr_nudge_result *nudge;
  int nnumerics;
  sr_numerics_result *numerics;
} sr_task_sensitivity;

// Percent of the metric per percent of the parameter: log(m1 / m0) / log(f1 / f0) over the range; NaN where one is not
// solved or the sign of the metric turns.
double sr_nudge_elasticity(const sr_nudge_result *n, int metric);
// Change from the lower end to the upper, over the healthy range; NaN where one is not solved.
double sr_nudge_change(const sr_task_sensitivity *t, const sr_nudge_result *n, int metric);
// Greatest less least of a metric over the base and all changes of numbers that stay in its local minimum, over the
// healthy range.
double sr_numerics_spread(const sr_task_sensitivity *t, int metric);
#define SR_NUMERICS_MOST 0.02  // of the healthy range: above it a spread is flagged

// --- all

typedef struct sr_sensitivity_options {
  bool without_constants;             // movements alone
  bool without_movements;             // weeks to years alone
  bool is_quick;                      // no movement is solved: the slow model of one muscle alone
  int threads;                        // 0 counts as 1. No number changes a bit
  int pairs, life_pairs;              // of points, for one muscle and for whole lives
  unsigned long long seed;            // of the points
  const volatile sig_atomic_t *stop;  // may be NULL
  void (*progress)(void *who, int done, int total, const char *what);  // may be NULL; one call at a time
  void *who;
} sr_sensitivity_options;

typedef struct sr_sensitivity {
  unsigned long long seed;
  int nslow;
  sr_slow_sensitivity *slow;
  int ntask;
  sr_task_sensitivity *task;
} sr_sensitivity;
bool sr_sensitivity_run(const sr_sensitivity_options *o, sr_arena *keep, sr_sensitivity *out, sr_error *err);

// The tables that are read, the page, and the data that scripts read (schema surae-sensitivity/1).
void sr_sensitivity_print(const sr_sensitivity *s, sr_text *out);
sr_text sr_sensitivity_page(const sr_sensitivity *s, const char *version, sr_arena *keep);
const char *sr_sensitivity_json(const sr_sensitivity *s, const char *version, sr_arena *keep, size_t *size);
#endif
