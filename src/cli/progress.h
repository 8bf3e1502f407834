// What is going on, on stderr: one line that is rewritten, one line per solve, or JSON lines. Keeps the seconds and
// iterations of each solve for the run log, the only place where times are written.
#ifndef SR_CLI_PROGRESS_H
#define SR_CLI_PROGRESS_H
#include <stdio.h>

#include "course/course.h"

typedef enum sr_progress_style { SR_PROGRESS_LINES, SR_PROGRESS_LIVE, SR_PROGRESS_JSON } sr_progress_style;

typedef struct sr_step {
  double week;
  char when[24], task[64], stage[40];
  double seconds;
  int iterations;
  double peak_MB;  // of the process up to the end of the step
} sr_step;

enum { SR_MAX_STEP = 4096 };  // solves whose times are kept; later ones are shown but not logged

typedef struct sr_progress {
  FILE *err;
  sr_progress_style style;
  sr_arena *keep;
  double start, step_start, shown;  // monotonic [s]
  bool is_open;                     // a step has begun
  int done, total, nstep;
  int finished, last;  // iterations of the step's earlier solves, and of the one that runs
  sr_step now, *step;  // (nstep)
} sr_progress;

sr_progress sr_progress_new(FILE *err, sr_progress_style style, sr_arena *keep);
void sr_progress_tell(void *who, const sr_course_progress *p);  // who: the sr_progress
void sr_progress_end(sr_progress *p);                           // closes the last step and the rewritten line

double sr_clock_seconds(void);                     // monotonic [s]
double sr_peak_memory_MB(void);                    // largest resident size of the process so far
void sr_json_line(FILE *out, const char *pretty);  // a pretty-printed JSON text on one line
#endif
