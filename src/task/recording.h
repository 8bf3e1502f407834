// A movement in named columns at equally spaced times, and the numbers that are read from it.
#ifndef SR_TASK_RECORDING_H
#define SR_TASK_RECORDING_H
#include "task/columns.h"
#include "task/movement.h"

typedef struct sr_recording {
  int nrow;         // rows equally spaced in time, the first at its start and the last at its end
  double duration;  // [s]
  sr_columns columns;
  int ncost, cost[SR_MOVEMENT_COSTS];  // columns of the parts of the cost ...
  const char *const *cost_name;        // ... and their names
  double *at;                          // (nrow * columns.n) row by row
} sr_recording;

// The columns of a movement and of the parts of its cost (unit: of the cost), without rows.
sr_recording sr_recording_columns(const sr_movement *p, const char *cost_unit, sr_arena *keep);
// All columns at the points of a solution from `first` on: (npoint - first) rows of columns.n.
double *sr_recording_points(const sr_recording *r, const sr_movement *p, const sr_traj *t, int first, sr_arena *keep);
// The rows of a movement from its start to its end, linear between points.
void sr_recording_fill(sr_recording *r, const sr_movement *p, const sr_traj *t, int nrow, sr_arena *keep);
sr_recording sr_recording_of(const sr_movement *p, const sr_traj *t, const char *cost_unit, int nrow, sr_arena *keep);

double sr_recording_row(const sr_recording *r, int column, int row);
double sr_recording_at(const sr_recording *r, int column, double time);  // linear between rows
double sr_recording_time(const sr_recording *r, int row);                // of a row [s]
int sr_recording_peak(const sr_recording *r, int column);                // row of the largest value
double sr_recording_greatest(const sr_recording *r, int column);
double sr_recording_least(const sr_recording *r, int column);
typedef enum sr_part { SR_ALL, SR_POSITIVE, SR_NEGATIVE } sr_part;
// Integral over time of a column, or of its positive or negative part.
double sr_recording_integral(const sr_recording *r, int column, sr_part part);
// Every `step`-th row, as the curves of a result.
void sr_recording_save(const sr_recording *r, int step, sr_curves *out, sr_arena *keep);
#endif
