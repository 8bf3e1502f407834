// A life followed through its movements: what the tasks ask of the muscles, week by week, and what becomes of them.
#ifndef SR_COURSE_TRACK_H
#define SR_COURSE_TRACK_H
#include "course/life.h"
#include "course/search.h"

// What is asked for (course/agenda.h) never changes the track: movement and tissue meet at weeks that the scenario
// alone decides, and its load comes from tasks of its own.
typedef struct sr_track {
  const sr_life_plan *plan;
  const sr_life_tables *tables;
  sr_search *search;
  const char *prefix;  // before the names of epochs in keys of the journal and on the screen: "", "control, "
  int ntask;           // that make the load: standing, and a walk at each speed of the habits so far
  sr_task *task;
  sr_answer *answer;   // (ntask) of the last solve ...
  sr_model *answered;  // (ntask) ... and its body
  bool has_load;       // it goes on to later weeks, so the load is needed
  int stand, walk;     // the two tasks that make it now
  // The coordination of before, which fades: the answers before the last intervention and its week (below 0: none), and
  // the weight of it with which each task was answered last.
  sr_answer *old;
  double old_week, *answered_weight;
  int room;                 // of these lists
  const sr_habits *habits;  // of now
  sr_life life;             // with the tables' own constants
  sr_model body;            // of now
  sr_week_load healthy, load;
  int nleg;
  sr_week_line *leg;  // all that was passed
  int nlost;          // times at which no new load could be found and the old one went on
} sr_track;

// At week 0, before anything is done. Legs and answers live in search->keep. Without has_load it stays at week 0.
bool sr_track_new(const sr_life_plan *plan, const sr_life_tables *tables, sr_search *search, const char *prefix,
                  bool has_load, sr_track *out, sr_error *err);
// A second track of the same healthy body: its answers (other->room) and its load need not be found again.
void sr_track_start_from(sr_track *t, const sr_track *other, const sr_answer *healthy);
// A track on the side: what is solved or lived there stays there.
sr_track sr_track_copy(const sr_track *t, sr_arena *keep);

// Which of the two tasks that make the load now this one is: its place among the answers; -1: neither.
int sr_track_place(const sr_track *t, const sr_task *task);
// Of these tasks, solves those that make the load, with the body and the habits of now; what was solved for the same
// body is kept. `when`: course, reading.
void sr_track_solve(sr_track *t, const char *when, const sr_task *task, int n);
// What makes the load, of the body before (answers into `before`, room) and after what is done this week, each searched
// from the other; on a track that stays at week 0 only as far as it is one of these tasks, or leads to a walk of them.
void sr_track_solve_pair(sr_track *t, sr_answer *before, const sr_task *task, int n);
// How much the coordination of before the last event still counts in gaits, of its weight in the cost.
double sr_track_old_weight(const sr_track *t);
// The load over which all others are: that of the healthy body of week 0 with these answers (room), or, NULL, with its
// answers of now.
void sr_track_set_healthy(sr_track *t, const sr_answer *answer);

// The next week at which movement and tissue meet: on a fixed grid of weeks from the last event, or at the next one.
double sr_track_next(const sr_track *t);
// On to that week: with the load that the body of now asks of its muscles under the habits of now, then with a straight
// line from it to what the body there does. NULL or `begin`: a copy of the track before it goes on.
void sr_track_advance(sr_track *t, sr_track *begin, sr_arena *keep);
// On to a week along a line of loads that is known.
void sr_track_go_along(sr_track *t, double week, const sr_week_line *line);
// What is done this week.
void sr_track_do_events(sr_track *t);
bool sr_track_is_stopped(const sr_track *t);
#endif
