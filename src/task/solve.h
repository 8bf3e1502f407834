// What the tasks share: settings of the nonlinear program, statuses, and the entry of each movement.
#ifndef SR_TASK_SOLVE_H
#define SR_TASK_SOLVE_H
#include "task/layout.h"
#include "task/task.h"

sr_nlp_options sr_task_nlp_options(const sr_task_run *run);
sr_task_status sr_task_status_of(sr_nlp_status s);

void sr_gait_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *s);
void sr_stand_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *s);
void sr_heel_raise_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r,
                         sr_solution *s);
void sr_kick_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *s);
void sr_hop_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *s);
void sr_jump_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *s);
#endif
