// The course of a life: epochs at which bodies and movements meet, and the slow change between them.
#ifndef SR_COURSE_COURSE_H
#define SR_COURSE_COURSE_H
#include "course/journal.h"
#include "load/model.h"
#include "shape/shape.h"
#include "task/task.h"

// What is going on, for the caller to show: which epoch and task, and where its solve stands (NULL between solves).
typedef struct sr_course_progress {
  double week;
  const char *when, *task, *stage;  // stage "" where nothing goes on any more
  int done, total;                  // epochs, those of the control too
  const sr_nlp_progress *solve;
} sr_course_progress;

typedef struct sr_course_options {
  const volatile sig_atomic_t *stop;  // may be NULL
  void (*progress)(void *who, const sr_course_progress *p);
  void *who;
  const sr_nlp_reporter *reporter;  // of every solve, where they do not run side by side; may be NULL
  void (*finished)(void *keeper, const sr_result *so_far);  // after each task, the rest "interrupted"; may be NULL
  void *keeper;
  bool is_verified;     // movements are followed forward in time as well (task/drift.h)
  bool without_slips;   // no slip of the knife is tried (course/slips.h)
  int threads;          // that solve side by side; 0 counts as 1. No number changes a bit
  sr_journal *journal;  // what is solved is added, what is in it need not be solved; may be NULL
  const char *version, *kernel;
} sr_course_options;

// The body of any week, with what is done by then and what the weeks have made of it: above week 0 the life up to there
// is lived, with its loads; below week 0 only what is done before.
bool sr_course_body(const sr_scenario *s, const sr_nerve_tree *tree, double week, const sr_course_options *o,
                    sr_arena *keep, sr_model *out, sr_error *err);
// The surfaces of both legs (left, right) of any week: skin, bones, muscles; standing, or on tiptoe with the ankle
// turned by that much [rad].
bool sr_course_legs(const sr_scenario *s, const sr_nerve_tree *tree, double week, double tiptoe,
                    const sr_course_options *o, sr_arena *keep, sr_surface out[2][SR_MESHES], sr_error *err);
// What is read of a leg of somebody who lives a life.
typedef struct sr_person_leg {
  double girth, girth_before;  // greatest of the calf, of now and of week 0 [m]; NaN: no such leg
  double dorsiflexion;         // as an examiner finds it, knee straight [rad]
} sr_person_leg;
// The same life of other people, under the loads that the scenario's own person gives them: both legs (n * nweek * 2:
// person, week, left and right) at rising weeks, before what is done then.
bool sr_course_people(const sr_scenario *s, const sr_nerve_tree *tree, const sr_person *who, int n, const double *week,
                      int nweek, const sr_course_options *o, sr_arena *keep, sr_person_leg *out, sr_error *err);
// A life that was found, to be lived again with other constants under the loads of its own: what a study of many draws
// needs. Told from several threads at once.
typedef struct sr_course_draws sr_course_draws;
enum { SR_DRAW_GIRTH, SR_DRAW_SOLEUS, SR_DRAW_GASMED, SR_DRAW_OUTCOMES };
const sr_course_draws *sr_course_draws_new(const sr_scenario *s, const sr_nerve_tree *tree, double weeks,
                                           const sr_course_options *o, sr_arena *keep, sr_error *err);
int sr_course_draws_nunknown(const sr_course_draws *d);
const char *sr_course_draws_name(const sr_course_draws *d, int unknown);
const char *sr_course_draws_about(const sr_course_draws *d, int unknown);
// At rising weeks, none beyond those of the life, before what is done then: out (nweek * SR_DRAW_OUTCOMES), changes of
// the right leg's greatest girth [m], and of its soleus and medial head over their volume before [-]. u: probabilities
// of the unknowns; NULL: the tables' own constants. False: no such life.
bool sr_course_draws_tell(const sr_course_draws *d, const double *u, const double *week, int nweek, double *out);
// Everything `predict` computes. Tasks that fail say so in the result; false only for bad input.
bool sr_course_predict(const sr_scenario *s, const sr_nerve_tree *tree, const sr_course_options *o, sr_arena *keep,
                       sr_result *out, sr_error *err);
// All that the solves of a scenario depend on, its tasks apart: the question of its journal.
const char *sr_course_question(const sr_scenario *s, const sr_course_options *o, sr_arena *keep);
// One epoch: the body of that week (with cuts) does the tasks.
bool sr_course_solve(const sr_scenario *s, const sr_nerve_tree *tree, double week, const sr_task *task, int ntask,
                     const sr_course_options *o, sr_arena *keep, sr_result *out, sr_error *err);
// Exit code that a result deserves: 0 solved or proven impossible, 1 not converged, 130 interrupted.
int sr_course_exit_code(const sr_result *r);
#endif
