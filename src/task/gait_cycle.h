// One whole gait cycle in named columns, from initial contact of the `first` leg, whatever part of it was solved.
#ifndef SR_TASK_GAIT_CYCLE_H
#define SR_TASK_GAIT_CYCLE_H
#include "task/gait_events.h"
#include "task/recording.h"

typedef struct sr_gait_cycle {
  sr_recording rec;  // the first and the last row are one cycle apart
  double distance;   // per cycle [m]
  sr_gait_events events;
} sr_gait_cycle;
sr_gait_cycle sr_gait_cycle_of(const sr_movement *p, const sr_traj *t, bool is_full_cycle, sr_leg first, int nrow,
                               sr_arena *keep);
// The metrics of walking, and those an operation may change: see gait_metrics.c.
void sr_gait_metrics(const sr_gait_cycle *c, const sr_model *m, bool is_run, const char *grade, sr_task_result *r,
                     sr_arena *keep);
#endif
