// All that the solver tells about a task: JSON lines in a file (--solver-report) and a log of its iterations on stderr
// (--verbose). Holds clock times, so that two runs differ.
#ifndef SR_CLI_SOLVER_REPORT_H
#define SR_CLI_SOLVER_REPORT_H
#include "cli/progress.h"

typedef struct sr_solver_report {
  FILE *json, *log;       // either may be NULL
  const sr_progress *at;  // which task and stage a solve belongs to
  sr_arena *work;
  double start;  // monotonic [s]
  int nsolve, iterations, factorisations, refinements, rows_of_log;
  sr_nlp_seconds seconds;  // of all solves
  sr_nlp_reporter reporter;
} sr_solver_report;

// Fills *r, whose `reporter` then is the one to solve with. path NULL: no file.
bool sr_solver_report_open(sr_solver_report *r, const char *path, FILE *log, const sr_progress *at, sr_arena *work,
                           sr_error *err);
// The last line: where the time went, and what the mesh leaves undone (t NULL: no result). False if a line of the file
// at `path` was not written.
bool sr_solver_report_close(sr_solver_report *r, const char *path, const sr_task_result *t, sr_error *err);
#endif
