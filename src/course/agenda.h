// What is asked of a life and of its control: every task of every epoch, which of them wait for which, and their solves
// side by side with the lives themselves.
//
//   the load of week 0 -- the lives, all weeks ---------.
//            '-- walks of week 0 --.                      '-- every task of every later epoch
//   other tasks of week 0 ---------'-- of later events --'
#ifndef SR_COURSE_AGENDA_H
#define SR_COURSE_AGENDA_H
#include <threads.h>

#include "course/bodies.h"
#include "course/search.h"

// A time at which tasks are asked for: an epoch, or the two of an event. Its tasks start from nothing, or from what the
// same task gave at the last event (week 0 counts as one).
typedef struct sr_moment {
  double week;
  const char *when;         // in the journal: course, reading, control, course; of an event: before
  sr_epoch *epoch, *after;  // of an event the one before and the one after it; else after is NULL
  struct sr_moment *from;   // NULL: none
  bool is_control;          // starts from the answers before that event, and has no coordination to forget
  int ntask;
  // what the life tells when it gets there
  bool is_reached, is_in_cast;
  sr_model body, hurt;    // hurt: of an event, after it
  double old_weight;      // of the coordination of before `from`, in the cost of a gait
  const sr_answer *lead;  // of an event: where a walk starts that has no answer yet; may be NULL
  bool *is_known;         // (ntask) already answered by the life
  // (ntask): answers, of an event before and after; which were those of `from`; how much of the old coordination they
  // had
  sr_answer *answer, *answer_after;
  bool *is_as_before;
  double *weight;
} sr_moment;

typedef enum sr_living { SR_LIVE_WEEK_0, SR_LIVE_ON } sr_living;

typedef struct sr_agenda {
  sr_search *search;
  sr_result *out;
  const sr_task *task;
  const sr_model *healthy;
  int nmoment;
  sr_moment *moment;  // in order of time, those of the life first
  void (*live)(void *who, sr_living part);
  void *who;
  mtx_t lock;  // of `out` and of the screen, while it runs
} sr_agenda;

// room: the most moments.
sr_agenda sr_agenda_new(sr_search *search, sr_result *out, const sr_task *task, const sr_model *healthy, int room);
// Adds one; `from` NULL or one of this agenda. In order of time.
sr_moment *sr_agenda_add(sr_agenda *a, double week, const char *when, sr_epoch *epoch, sr_epoch *after,
                         sr_moment *from);
// Lives, solves all that is asked for, writes it into the epochs; on the threads of the options. The answers live in
// search->keep.
void sr_agenda_run(sr_agenda *a);
// Around what the lives write into the result.
void sr_agenda_lock(sr_agenda *a);
void sr_agenda_unlock(sr_agenda *a);
// The epochs of the life with their bodies, for others to try: seat (2 nmoment), the number of them.
int sr_agenda_seats(const sr_agenda *a, sr_seat *seat);
#endif
