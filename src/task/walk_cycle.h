// One whole gait cycle in named columns, from initial contact of the `first` leg, whatever part of it was solved.
#ifndef SR_TASK_WALK_CYCLE_H
#define SR_TASK_WALK_CYCLE_H
#include "task/columns.h"
#include "task/walk_problem.h"

typedef struct sr_walk_cycle {
  int nrow;         // rows equally spaced in time, the first and the last one cycle apart
  double duration;  // of the whole cycle [s]
  double distance;  // per cycle [m]
  sr_columns columns;
  double *at;  // (nrow * columns.n) row by row
} sr_walk_cycle;
sr_walk_cycle sr_walk_cycle_of(const sr_walk_problem *p, const sr_model *m, const sr_traj *t, bool is_full_cycle,
                               sr_leg first, int nrow, sr_arena *keep);
const double *sr_walk_cycle_column(const sr_walk_cycle *c, const char *label, sr_arena *keep);  // (nrow)
// The metrics of walking, and those an operation may change: see walk_metrics.c.
void sr_walk_metrics(const sr_walk_cycle *c, const sr_model *m, sr_task_result *r, sr_arena *keep);
#endif
