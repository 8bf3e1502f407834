// A life followed through its movements: what the tasks ask of the muscles, week by week, and what becomes of them.
#ifndef SR_COURSE_TRACK_H
#define SR_COURSE_TRACK_H
#include "course/life.h"
#include "course/search.h"

// The load between two weeks, straight from one to the other.
typedef struct sr_track_leg {
  double from, to;
  sr_week_load begin, end;
} sr_track_leg;

typedef struct sr_track {
  const sr_life_plan *plan;
  const sr_life_tables *tables;
  sr_search *search;
  const char *prefix;  // before the names of epochs in keys of the journal and on the screen: "", "control, "
  // Tasks: those asked for, then those that only make the load.
  int nasked, ntask;
  sr_task *task;
  sr_answer *answer;   // (ntask) of the last solve ...
  sr_model *answered;  // (ntask) ... and its body
  bool has_load;       // it goes on to later weeks, so the load is needed: two tasks make it
  int stand, walk;
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
  sr_track_leg *leg;  // all that was passed
  int nlost;          // times at which no new load could be found and the old one went on
} sr_track;

// At week 0, before anything is done. `tasks` asked for; legs and answers live in search->keep. Without has_load it
// stays at week 0.
bool sr_track_new(const sr_life_plan *plan, const sr_life_tables *tables, sr_search *search, const char *prefix,
                  const sr_task *tasks, int n, bool has_load, sr_track *out, sr_error *err);
// A second track of the same healthy body: its answers (other->ntask) and its load need not be found again.
void sr_track_start_from(sr_track *t, const sr_track *other, const sr_answer *healthy);
// Solves what is asked for with the body of now; what was solved for the same body is kept. `when`: before, after,
// course.
void sr_track_solve(sr_track *t, const char *when);
// The same of a body before and after what is done this week, each searched from the other.
void sr_track_solve_pair(sr_track *t, sr_answer *before);
// The load over which all others are: that of the healthy body of week 0 with these answers (ntask), or, NULL, with its
// answers of now.
void sr_track_set_healthy(sr_track *t, const sr_answer *answer);
// On to a week, with no event between: with the load that the body of now asks of its muscles under the habits of now,
// then with a straight line from it to what the body there does.
void sr_track_advance(sr_track *t, double week);
// What is done this week.
void sr_track_do_events(sr_track *t);
bool sr_track_is_stopped(const sr_track *t);
#endif
