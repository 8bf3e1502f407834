#include "course/agenda.h"

#include <stdio.h>
#include <string.h>

#include "base/parallel.h"

sr_agenda sr_agenda_new(sr_search *search, sr_result *out, const sr_task *task, const sr_model *healthy, int room)
{
  return (sr_agenda){.search = search,
                     .out = out,
                     .task = task,
                     .healthy = healthy,
                     .moment = sr_alloc(search->keep, sr_moment, room)};
}

sr_moment *sr_agenda_add(sr_agenda *a, double week, const char *when, sr_epoch *epoch, sr_epoch *after, sr_moment *from)
{
  sr_arena *keep = a->search->keep;
  const int n = epoch->ntask;
  sr_moment *m = &a->moment[a->nmoment++];
  *m = (sr_moment){.week = week, .when = when, .epoch = epoch, .after = after, .from = from, .ntask = n};
  m->is_known = sr_alloc(keep, bool, n);
  m->is_as_before = sr_alloc(keep, bool, n);
  m->answer = m->answer_after = sr_alloc(keep, sr_answer, n);
  if (after != NULL) m->answer_after = sr_alloc(keep, sr_answer, n);
  m->weight = sr_alloc(keep, double, n);
  return m;
}

void sr_agenda_lock(sr_agenda *a)
{
  mtx_lock(&a->lock);
}

void sr_agenda_unlock(sr_agenda *a)
{
  mtx_unlock(&a->lock);
}

static bool is_solved(const sr_answer *a)
{
  return a->result.task != NULL && a->result.status == SR_TASK_SOLVED;
}

static bool is_answered(const sr_answer *a)
{
  return a->result.task != NULL && a->result.status != SR_TASK_INTERRUPTED && a->result.status != SR_TASK_NOT_RUN;
}

// --- one task of one moment

// The last event at which the task was asked for.
static const sr_moment *last_asked(const sr_moment *m, int i)
{
  const sr_moment *from = m->from;
  while (from != NULL && i >= from->ntask) from = from->from;
  return from;
}

// How much of the coordination of before counts: of a gait that was solved before the last event.
static double weight_of_old(const sr_agenda *a, const sr_moment *m, int i)
{
  const sr_moment *old = m->from;
  if (m->is_control || old == NULL || old->after == NULL || i >= old->ntask || !sr_task_is_gait(&a->task[i]))
    return 0.0;
  return is_solved(&old->answer[i]) ? m->old_weight : 0.0;
}

// Solves what is not known yet; answers live in `own`.
static void answer(const sr_agenda *a, sr_moment *m, int i, bool is_quiet, sr_arena *own)
{
  const sr_moment *asked = last_asked(m, i);
  const sr_answer *last = asked == NULL ? NULL : m->is_control ? &asked->answer[i] : &asked->answer_after[i];
  const double weight = m->weight[i] = weight_of_old(a, m, i);
  if (m->is_known[i] || (m->is_in_cast && m->after == NULL)) return;
  const sr_model *then = asked == NULL ? NULL : asked->after != NULL && !m->is_control ? &asked->hurt : &asked->body;
  const double weight_then = asked == NULL || m->is_control ? 0.0 : asked->weight[i];
  const bool is_same =
      last != NULL && is_answered(last) && weight_then == weight && sr_model_is_same_body(then, &m->body);
  sr_errand e = {.week = m->week,
                 .when = m->when,
                 .task = &a->task[i],
                 .body = &m->body,
                 .from = last != NULL && is_solved(last) ? last : NULL,
                 .habit = weight > 0.0 ? &m->from->answer[i].solution : NULL,
                 .habit_weight = weight};
  if (m->after == NULL) {
    m->is_as_before[i] = is_same;
    if (!is_same) sr_search_errand(a->search, &e, is_quiet, own);
    m->answer[i] = is_same ? *last : e.answer;
    return;
  }
  e.hurt = &m->hurt;
  e.is_known = is_same;
  if (is_same) e.answer = *last;
  if (e.from == NULL && a->task[i].family == SR_TASK_WALK && m->lead != NULL && is_solved(m->lead)) e.from = m->lead;
  sr_search_errand(a->search, &e, is_quiet, own);
  m->answer[i] = e.answer;
  m->answer_after[i] = e.after;
}

// An answer into its epoch. A movement of the control that is that of another epoch is not written twice.
static void write_answer(const sr_agenda *a, const sr_moment *m, int i)
{
  static const char in_cast[] = "a joint is immobilised: what a leg in a cast does is not predicted";
  sr_epoch *const epoch[2] = {m->epoch, m->after};
  const sr_answer *const found[2] = {&m->answer[i], &m->answer_after[i]};
  for (int k = 0; k < 2 && epoch[k] != NULL; k++) {
    sr_task_result *r = &epoch[k]->task[i];
    if (m->is_in_cast && (k == 1 || m->after == NULL))
      *r = (sr_task_result){.task = r->task, .status = SR_TASK_NOT_RUN, .why = in_cast};
    else if (found[k]->result.task != NULL)
      *r = found[k]->result;
    if (m->is_control && sr_model_is_same_body(&m->body, a->healthy)) r->curves = (sr_curves){0};
  }
}

// --- all of them

typedef struct job {
  int moment, task;  // moment -1, -2: the lives
} job;

typedef struct work {
  sr_agenda *a;
  int n, done;
  job *job;
  int (*after)[2];
  int **place;       // of the job of [moment][task]
  int *left;         // (nmoment) tasks still to do
  sr_arena **own;    // (n) of its answers
  sr_search screen;  // tells what is done; the agenda's own is copied by jobs and stays as it is
} work;

// With the lock held: what of the whole is done.
static void show(work *w, const sr_moment *m, int i)
{
  char stage[64];
  const sr_agenda *a = w->a;
  snprintf(stage, sizeof stage, "done, %d of %d", ++w->done, w->n - 2);
  w->screen.week = m->week;
  sr_search_tell(&w->screen, m->after != NULL ? "before and after" : m->when, a->task[i].key, stage);
}

// Puts an answer into the result; the last one of its epoch goes on to who keeps the results so far.
static void finish(work *w, int moment, int i, bool is_quiet)
{
  sr_agenda *a = w->a;
  const sr_moment *m = &a->moment[moment];
  const sr_course_options *o = a->search->options;
  sr_agenda_lock(a);
  write_answer(a, m, i);
  if (is_quiet) show(w, m, i);
  if (--w->left[moment] == 0) {
    w->screen.state.done += m->after != NULL ? 2 : 1;
    if (!is_quiet) a->search->state.done = w->screen.state.done;  // one thread: solves tell by themselves
    if (o->finished != NULL) o->finished(o->keeper, a->out);
  }
  sr_agenda_unlock(a);
}

static void run_job(void *who, int i)
{
  work *w = who;
  sr_agenda *a = w->a;
  const job *j = &w->job[i];
  const bool is_quiet = a->search->options->threads > 1;
  if (j->moment < 0) {
    a->live(a->who, i == 0 ? SR_LIVE_WEEK_0 : SR_LIVE_ON);
    return;
  }
  sr_moment *m = &a->moment[j->moment];
  if (!m->is_reached) return;
  w->own[i] = sr_arena_new();
  answer(a, m, j->task, is_quiet, w->own[i]);
  finish(w, j->moment, j->task, is_quiet);
}

// What is asked of a moment waits for the lives, but at week 0 walks for its load alone and other tasks for nothing;
// and for the same task at the last event at which it was asked for.
static void add_jobs(work *w, int moment)
{
  const sr_agenda *a = w->a;
  const sr_moment *m = &a->moment[moment];
  for (int i = 0; i < m->ntask; i++) {
    const sr_moment *asked = last_asked(m, i);
    int(*after)[2] = &w->after[w->n];
    (*after)[0] = m->week > 0.0 || m->is_control ? 1 : m->is_known[i] || a->task[i].family == SR_TASK_WALK ? 0 : -1;
    (*after)[1] = asked == NULL ? -1 : w->place[asked - a->moment][i];
    w->place[moment][i] = w->n;
    w->job[w->n++] = (job){moment, i};
  }
  w->left[moment] = m->ntask;
}

static work plan(sr_agenda *a, sr_arena *keep)
{
  int room = 2;
  for (int k = 0; k < a->nmoment; k++) room += a->moment[k].ntask;
  work w = {.a = a,
            .n = 2,
            .job = sr_alloc(keep, job, room),
            .after = (int(*)[2])sr_alloc(keep, int, 2 * room),
            .place = sr_alloc(keep, int *, a->nmoment),
            .left = sr_alloc(keep, int, a->nmoment),
            .own = sr_alloc(keep, sr_arena *, room),
            .screen = *a->search};
  w.job[0].moment = w.job[1].moment = -1;
  w.after[0][0] = w.after[0][1] = w.after[1][1] = -1;
  for (int k = 0; k < a->nmoment; k++) {
    w.place[k] = sr_alloc(keep, int, a->moment[k].ntask);
    add_jobs(&w, k);
  }
  return w;
}

// Answers out of the arenas of their jobs; what was taken from an earlier moment stays the same as there.
static void keep_answers(const work *w, int moment)
{
  const sr_agenda *a = w->a;
  sr_moment *m = &a->moment[moment];
  for (int i = 0; i < m->ntask && m->is_reached; i++) {
    if (m->is_as_before[i]) {
      const sr_moment *asked = last_asked(m, i);
      m->answer[i] = m->is_control ? asked->answer[i] : asked->answer_after[i];
    } else if (!m->is_known[i]) {
      sr_answer_keep(&m->answer[i], &m->body, a->search->keep);
      if (m->after != NULL) sr_answer_keep(&m->answer_after[i], &m->body, a->search->keep);
    }
    write_answer(a, m, i);
  }
}

void sr_agenda_run(sr_agenda *a)
{
  sr_arena *keep = sr_arena_new();
  work w = plan(a, keep);
  SR_ASSERT(mtx_init(&a->lock, mtx_plain) == thrd_success);
  sr_parallel_after(a->search->options->threads, w.n, (const int(*)[2])w.after, run_job, &w);
  mtx_destroy(&a->lock);
  a->search->state = w.screen.state;
  for (int k = 0; k < a->nmoment; k++) keep_answers(&w, k);
  for (int i = 0; i < w.n; i++) sr_arena_free(w.own[i]);
  sr_arena_free(keep);
}

// --- for others

static void add_seat(const sr_agenda *a, const sr_moment *m, bool is_after, sr_seat *s)
{
  sr_arena *keep = a->search->keep;
  *s = (sr_seat){.epoch = is_after ? m->after : m->epoch,
                 .body = is_after ? m->hurt : m->body,
                 .answer = is_after ? m->answer_after : m->answer,
                 .habit = sr_alloc(keep, sr_solution, m->ntask),
                 .habit_weight = sr_alloc(keep, double, m->ntask)};
  const bool is_before = m->after != NULL && !is_after;  // answered with least effort, whatever the habits were
  for (int i = 0; i < m->ntask; i++) {
    if (is_before || !(m->weight[i] > 0.0)) continue;
    s->habit[i] = m->from->answer[i].solution;
    s->habit_weight[i] = m->weight[i];
  }
}

int sr_agenda_seats(const sr_agenda *a, sr_seat *seat)
{
  int n = 0;
  for (int k = 0; k < a->nmoment; k++) {
    const sr_moment *m = &a->moment[k];
    if (m->is_control || !m->is_reached) continue;
    if (m->after != NULL || !m->is_in_cast) add_seat(a, m, false, &seat[n++]);
    if (m->after != NULL && !m->is_in_cast) add_seat(a, m, true, &seat[n++]);
  }
  return n;
}
