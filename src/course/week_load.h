// What a week of life asks of every muscle: the movements of the week, as often as the person makes them.
#ifndef SR_COURSE_WEEK_LOAD_H
#define SR_COURSE_WEEK_LOAD_H
#include "load/loads.h"
#include "load/scenario.h"
#include "task/task.h"

// sum over movements of n integral (a c)^p dt [s]: activation times capacity, the force that the muscle would give at
// its optimal length and at rest, over that of the healthy muscle; for powers p of 1.5, 2, ... 4.5: the power is an
// unknown of the slow model. With the active force itself the loop has two ends (docs/theory/course.md).
enum { SR_LOAD_POWERS = 7 };
typedef struct sr_week_load {
  double muscle[SR_MAX_MUSCLE][SR_LOAD_POWERS];
  double command[SR_MAX_MUSCLE][SR_LOAD_POWERS];  // the same of a alone: what is asked of it, whatever it gives
  double achilles[2][SR_LOAD_POWERS];  // of the tendon's force over the sum of f_max of the muscles that pull at it
} sr_week_load;

// The load between two weeks, straight from one to the other.
typedef struct sr_week_line {
  double from, to;
  sr_week_load begin, end;
} sr_week_line;

// From the row of quiet standing and from the solution of a walk, both of this body; is_mirrored: the solution has left
// and right exchanged. Over a stride the points of its collocation count with their quadrature; a half cycle stands for
// both of its halves. A walk that is not possible at the speed asked for counts as fast as it is possible, at the same
// number of strides. False where one of them has no movement.
bool sr_week_load_of(const sr_load_table *t, const sr_habits *h, const sr_model *m, const sr_curves *stand,
                     const sr_solution *walk, bool is_mirrored, sr_week_load *out);
// One of its rows at a power: straight in its logarithm between those above.
double sr_week_load_at(const double *row, double power);
#endif
