// Answers to tasks: what a body does, solved once and found again, and which of several local minima counts.
#ifndef SR_COURSE_SEARCH_H
#define SR_COURSE_SEARCH_H
#include "course/course.h"

// Where a run stands.
typedef struct sr_search {
  const sr_weights *weights;
  const sr_course_options *options;
  sr_arena *keep;    // of the answers
  bool is_mirrored;  // tasks are solved with left and right exchanged
  // of the walks that one changed body does: what it is used to, the solution of an answer of this search (or of one
  // with the same is_mirrored: solutions are kept as the solver saw them), NULL for nothing, and its weight by now
  const sr_solution *habit;
  double habit_weight;
  bool without_proof;  // as in sr_task_run
  double week;         // of the epoch ...
  const char *when;    // ... and which of that week's
  sr_course_progress state;
} sr_search;

typedef struct sr_answer {
  sr_task_result result;
  sr_solution solution;  // empty where there is none
} sr_answer;

extern const char *const sr_search_stopped;  // why a task was not begun
// Shows a stage of the work.
void sr_search_tell(sr_search *s, const char *when, const char *task, const char *stage);

// One body from nothing (`from` NULL or unsolved), or from the answer of another.
sr_answer sr_search_from(sr_search *s, const sr_task *t, const sr_model *m, const sr_answer *from);
// Two bodies, before and after (docs/theory/course.md, equations 3 and 4): the walk after may show a better one before.
// Both move with the least effort, whatever the habit of the search.
void sr_search_pair(sr_search *s, const sr_task *t, const sr_model *healthy, const sr_model *hurt, sr_answer *before,
                    sr_answer *after);

// What needs nothing of the others of its list: a solve of one body, from the answer of another, or of two.
typedef struct sr_errand {
  double week;
  const char *when;  // names it, with the week and the task, in the journal
  const sr_task *task;
  const sr_model *body;
  const sr_answer *from;     // may be NULL
  const sr_solution *habit;  // and its weight, as those of the search
  double habit_weight;
  bool without_proof;
  // a pair of bodies, `body` before and `hurt` after: `when` is that of before, `from` leads to the walk before, the
  // habit is that of after. is_known: `answer` is given. NULL: one body only
  const sr_model *hurt;
  bool is_known;
  sr_answer answer, after;  // out
} sr_errand;
// One of them; its answers live in `own`. is_quiet: nothing of it is shown.
void sr_search_errand(const sr_search *s, sr_errand *x, bool is_quiet, sr_arena *own);
// Copies an answer of a body of this model to `keep`.
void sr_answer_keep(sr_answer *a, const sr_model *m, sr_arena *keep);
// All of them, side by side on the threads of the options. `what`: of the whole list, for the screen.
void sr_search_errands(sr_search *s, const char *what, sr_errand *list, int n);
#endif
