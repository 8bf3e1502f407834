// One whole gait cycle in named columns, from initial contact of the `first` leg, whatever part of it was solved.
#ifndef SR_TASK_WALK_CYCLE_H
#define SR_TASK_WALK_CYCLE_H
#include "task/columns.h"
#include "task/walk_events.h"
#include "task/walk_problem.h"

typedef struct sr_walk_cycle {
  int nrow;         // rows equally spaced in time, the first and the last one cycle apart
  double duration;  // of the whole cycle [s]
  double distance;  // per cycle [m]
  sr_gait_events events;
  sr_columns columns;
  int ncost, cost[SR_WALK_COSTS];  // columns of the parts of the cost
  double *at;                      // (nrow * columns.n) row by row
} sr_walk_cycle;
sr_walk_cycle sr_walk_cycle_of(const sr_walk_problem *p, const sr_model *m, const sr_traj *t, bool is_full_cycle,
                               sr_leg first, int nrow, sr_arena *keep);
double sr_walk_cycle_row(const sr_walk_cycle *c, int column, int row);
double sr_walk_cycle_at(const sr_walk_cycle *c, int column, double time);  // 0 <= time <= duration, linear between rows
// The metrics of walking, and those an operation may change: see walk_metrics.c.
void sr_walk_metrics(const sr_walk_cycle *c, const sr_model *m, const char *grade, sr_task_result *r, sr_arena *keep);
#endif
