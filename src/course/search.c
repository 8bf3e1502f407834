#include "course/search.h"

#include <math.h>
#include <stdio.h>
#include <threads.h>

#include "base/parallel.h"

const char *const sr_search_stopped = "stopped before it began";

// Two costs that differ by less, relative, are those of one walk: the tolerance of the solver, with some room.
static const double SAME_WALK = 1e-3;

void sr_search_tell(sr_search *s, const char *when, const char *task, const char *stage)
{
  s->state.week = s->week;
  s->state.when = when;
  s->state.task = task;
  s->state.stage = stage;
  s->state.solve = NULL;
  if (s->options->progress != NULL) s->options->progress(s->options->who, &s->state);
}

static void solver_progress(void *who, const sr_nlp_progress *p)
{
  sr_search *s = who;
  s->state.solve = p;
  if (s->options->progress != NULL) s->options->progress(s->options->who, &s->state);
}

static sr_task mirrored_task(const sr_task *t)
{
  sr_task m = *t;
  m.legs = (t->legs & 1) << 1 | (t->legs & 2) >> 1;
  return m;
}

// Two solves of one question with the same key have the same answer: epoch, task, stage, how it is solved, which body,
// from where, with what habit.
static const char *journal_key(const sr_search *s, const sr_task_run *run, const char *task, const char *stage,
                               sr_arena *work)
{
  return sr_arena_printf(work,
                         "week %.17g %s, %s: %s; mirrored %d, seed %d, mesh %d x %d, body %016llx, start "
                         "%016llx, habit %016llx x %.17g",
                         s->week, s->when, task, stage, run->is_mirrored, run->seed, run->mesh.nint, run->mesh.degree,
                         sr_journal_body(run->model), sr_journal_digest(run->model, run->start),
                         sr_journal_digest(run->model, run->habit), run->habit_weight);
}

static bool is_solved(const sr_answer *a)
{
  return a != NULL && a->result.status == SR_TASK_SOLVED;
}

static sr_answer solve(sr_search *s, const sr_task *t, const sr_model *m, const sr_answer *from, const char *stage)
{
  sr_answer a = {.result = {.task = sr_arena_strdup(s->keep, t->key), .status = SR_TASK_INTERRUPTED}};
  a.result.why = sr_search_stopped;
  if (s->options->stop != NULL && *s->options->stop != 0) return a;
  sr_arena *work = sr_arena_new();
  sr_model *seen = sr_alloc(work, sr_model, 1);
  *seen = s->is_mirrored ? sr_model_mirrored(m) : *m;
  const sr_task task = s->is_mirrored ? mirrored_task(t) : *t;
  const bool has_habit = sr_task_is_gait(t) && s->habit != NULL && s->habit_weight > 0.0;
  const sr_task_run run = {.model = seen,
                           .weights = s->weights,
                           .start = is_solved(from) && from->solution.traj.npoint > 0 ? &from->solution : NULL,
                           .habit = has_habit ? s->habit : NULL,
                           .habit_weight = has_habit ? s->habit_weight : 0.0,
                           .is_mirrored = s->is_mirrored,
                           .is_verified = s->options->is_verified,
                           .without_proof = s->without_proof,
                           .stop = s->options->stop,
                           .progress = solver_progress,
                           .who = s,
                           .reporter = s->options->reporter};
  const char *key = s->options->journal == NULL ? NULL : journal_key(s, &run, t->key, stage, work);
  if (key != NULL && sr_journal_find(s->options->journal, key, s->keep, &a.result, &a.solution)) {
    sr_search_tell(s, s->when, t->key, "from the journal");
    sr_arena_free(work);
    return a;
  }
  sr_search_tell(s, s->when, t->key, stage);
  sr_task_result found;
  sr_solution solution = {0};
  sr_task_solve(&task, &run, work, &found, &solution);
  a.result = sr_task_result_copy(&found, s->keep);
  if (s->is_mirrored) sr_task_result_mirror(&a.result, s->keep);
  a.result.task = sr_arena_strdup(s->keep, t->key);
  a.solution = sr_solution_copy(&solution, m, s->keep);
  if (key != NULL && a.result.status != SR_TASK_INTERRUPTED)
    sr_journal_append(s->options->journal, key, m, &a.result, &a.solution);
  sr_arena_free(work);
  return a;
}

sr_answer sr_search_from(sr_search *s, const sr_task *t, const sr_model *m, const sr_answer *from)
{
  return solve(s, t, m, from, "solving");
}

// Clearly cheaper, or solved where the other is not.
static bool is_better(const sr_answer *a, const sr_answer *than)
{
  if (!is_solved(a) || !is_solved(than)) return is_solved(a);
  return a->result.objective < than->result.objective - SAME_WALK * fabs(than->result.objective);
}

// The changed body's walk from nothing; an answer that is not one where the task or the body before leaves nothing to
// compare it with.
static sr_answer from_nothing(sr_search *s, const sr_task *t, const sr_model *m, const sr_answer *before)
{
  if (sr_task_has_rivals(t) && is_solved(before)) return solve(s, t, m, NULL, "from a cold start");
  return (sr_answer){.result = {.status = SR_TASK_NOT_RUN}};
}

// The cheaper of a walk that another body's led to and one from nothing.
static sr_answer cheaper(sr_search *s, const sr_answer *led, const sr_answer *cold)
{
  if (led->result.status == SR_TASK_INTERRUPTED) return *led;
  if (cold->result.status == SR_TASK_INTERRUPTED) return *cold;
  if (!is_better(cold, led)) return *led;
  sr_answer best = *cold;
  if (is_solved(led))
    best.result.why = sr_arena_printf(
        s->keep,
        "another walk than the one before leads to, and %.1f%% cheaper: part of the change is the change of gait",
        100.0 * (1.0 - cold->result.objective / led->result.objective));
  return best;
}

static void find_pair(sr_search *s, const sr_task *t, const sr_model *healthy, const sr_model *hurt, sr_answer *before,
                      sr_answer *after)
{
  enum { ROUNDS = 2 };
  s->when = "before";
  *before = sr_search_from(s, t, healthy, NULL);
  s->when = "after";
  sr_answer led = sr_search_from(s, t, hurt, before);
  const sr_answer cold = from_nothing(s, t, hurt, before);
  *after = cheaper(s, &led, &cold);
  for (int round = 0; sr_task_has_rivals(t) && round < ROUNDS && is_solved(before) && is_solved(after); round++) {
    s->when = "before";
    const sr_answer again = solve(s, t, healthy, after, "from the walk after");
    if (again.result.status == SR_TASK_INTERRUPTED) *after = again;  // the question is not answered yet
    if (!is_better(&again, before)) return;
    *before = again;
    s->when = "after";
    led = sr_search_from(s, t, hurt, before);
    *after = cheaper(s, &led, &cold);
  }
}

void sr_search_pair(sr_search *s, const sr_task *t, const sr_model *healthy, const sr_model *hurt, sr_answer *before,
                    sr_answer *after)
{
  const sr_solution *habit = s->habit;
  s->habit = NULL;
  find_pair(s, t, healthy, hurt, before, after);
  s->habit = habit;
}

// --- side by side

typedef struct errands {
  const sr_search *search;  // stays as it is while jobs take copies of it
  sr_search screen;         // tells what is done
  const char *what;
  sr_errand *list;
  sr_arena **own;  // (n) of each answer
  int n, done;
  mtx_t lock;  // of the screen
} errands;

static void show(errands *e, const sr_errand *x)
{
  char stage[64];
  mtx_lock(&e->lock);
  snprintf(stage, sizeof stage, "done, %d of %d", ++e->done, e->n);
  e->screen.week = x->week;
  sr_search_tell(&e->screen, e->what, x->task->key, stage);
  mtx_unlock(&e->lock);
}

// Before and after: searched from each other where local minima compete and nothing leads there, else one after the
// other.
static void run_pair(sr_search *own, sr_errand *x)
{
  if (sr_task_has_rivals(x->task) && x->from == NULL) {
    sr_search_pair(own, x->task, x->body, x->hurt, &x->answer, &x->after);
    return;
  }
  own->habit = NULL;
  if (!x->is_known) x->answer = sr_search_from(own, x->task, x->body, x->from);
  x->after = x->answer;
  if (sr_model_is_same_body(x->body, x->hurt) && x->habit == NULL) return;
  own->when = "after";
  own->habit = x->habit;
  x->after = sr_search_from(own, x->task, x->hurt, &x->answer);
}

void sr_search_errand(const sr_search *s, sr_errand *x, bool is_quiet, sr_arena *own)
{
  sr_search search = *s;
  sr_course_options options = *s->options;
  if (is_quiet) {
    options.progress = NULL;
    options.reporter = NULL;
  }
  search.options = &options;
  search.keep = own;
  search.week = x->week;
  search.when = x->when;
  search.habit = x->habit;
  search.habit_weight = x->habit_weight;
  search.without_proof = x->without_proof;
  if (x->hurt != NULL)
    run_pair(&search, x);
  else
    x->answer = sr_search_from(&search, x->task, x->body, x->from);
}

static void run_errand(void *who, int i)
{
  errands *e = who;
  const bool is_alone = e->n == 1 || e->search->options->threads <= 1;
  e->own[i] = sr_arena_new();
  sr_search_errand(e->search, &e->list[i], !is_alone, e->own[i]);
  if (!is_alone) show(e, &e->list[i]);
}

void sr_answer_keep(sr_answer *a, const sr_model *m, sr_arena *keep)
{
  if (a->result.task == NULL) return;
  a->result = sr_task_result_copy(&a->result, keep);
  a->solution = sr_solution_copy(&a->solution, m, keep);
}

void sr_search_errands(sr_search *s, const char *what, sr_errand *list, int n)
{
  sr_arena *work = sr_arena_new();
  errands e = {.search = s, .screen = *s, .what = what, .list = list, .own = sr_alloc(work, sr_arena *, n), .n = n};
  SR_ASSERT(mtx_init(&e.lock, mtx_plain) == thrd_success);
  sr_parallel(s->options->threads, n, run_errand, &e);
  mtx_destroy(&e.lock);
  for (int i = 0; i < n; i++) {
    if (!list[i].is_known) sr_answer_keep(&list[i].answer, list[i].body, s->keep);
    sr_answer_keep(&list[i].after, list[i].body, s->keep);
    sr_arena_free(e.own[i]);
  }
  sr_arena_free(work);
}
