#include "course/track.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool sr_track_is_stopped(const sr_track *t)
{
  const volatile sig_atomic_t *stop = t->search->options->stop;
  return stop != NULL && *stop != 0;
}

// The place of a task, which is added where it is not there.
static int place_of(sr_track *t, const sr_task *task)
{
  for (int i = 0; i < t->ntask; i++)
    if (strcmp(t->task[i].key, task->key) == 0) return i;
  t->task[t->ntask] = *task;
  return t->ntask++;
}

// Quiet standing, and walking at the speed of the habits of now.
static bool name_load_tasks(sr_track *t, sr_error *err)
{
  char text[64];
  sr_task stand = {0}, walk = {0};
  t->habits = sr_life_habits(t->plan, t->life.week);
  snprintf(text, sizeof text, "walk:speed_m_s=%g", t->habits->walking_speed_m_s);
  if (!sr_task_parse("stand", &stand, err) || !sr_task_parse(text, &walk, err)) return false;
  t->stand = place_of(t, &stand);
  t->walk = place_of(t, &walk);
  return true;
}

bool sr_track_new(const sr_life_plan *plan, const sr_life_tables *tables, sr_search *search, const char *prefix,
                  bool has_load, sr_track *out, sr_error *err)
{
  const int room = 1 + sr_life_nhabits(plan);  // standing, and a walk at each speed of the habits
  sr_arena *keep = search->keep;
  const sr_life_constants own = sr_life_constants_own(plan);
  *out = (sr_track){
      .plan = plan, .tables = tables, .search = search, .prefix = prefix, .has_load = has_load, .room = room};
  out->task = sr_alloc(keep, sr_task, room);
  out->answer = sr_alloc(keep, sr_answer, room);
  out->answered = sr_alloc(keep, sr_model, room);
  out->old = sr_alloc(keep, sr_answer, room);
  out->answered_weight = sr_alloc(keep, double, room);
  out->old_week = -1.0;
  if (!sr_life_new(plan, &own, &out->life, err)) return false;
  sr_life_model(&out->life, &out->body);
  return name_load_tasks(out, err);
}

void sr_track_start_from(sr_track *t, const sr_track *other, const sr_answer *healthy)
{
  t->ntask = other->ntask;
  t->stand = other->stand;
  t->walk = other->walk;
  memcpy(t->task, other->task, (size_t)t->ntask * sizeof *t->task);
  memcpy(t->answer, healthy, (size_t)t->ntask * sizeof *t->answer);
  for (int i = 0; i < t->ntask; i++) t->answered[i] = t->body;
  t->healthy = t->load = other->healthy;
}

sr_track sr_track_copy(const sr_track *t, sr_arena *keep)
{
  sr_track c = *t;
  const size_t n = (size_t)t->room;
  c.task = sr_alloc(keep, sr_task, t->room);
  c.answer = sr_alloc(keep, sr_answer, t->room);
  c.answered = sr_alloc(keep, sr_model, t->room);
  c.answered_weight = sr_alloc(keep, double, t->room);
  memcpy(c.task, t->task, n * sizeof *c.task);
  memcpy(c.answer, t->answer, n * sizeof *c.answer);
  memcpy(c.answered, t->answered, n * sizeof *c.answered);
  memcpy(c.answered_weight, t->answered_weight, n * sizeof *c.answered_weight);
  return c;
}

double sr_track_old_weight(const sr_track *t)
{
  const double least = 0.01;  // of the whole weight; below it is forgotten
  const double weeks = t->life.week - t->old_week;
  if (t->old_week < 0.0 || !(weeks > 0.0)) return 0.0;  // nothing on the day itself
  const double left = sr_tissue_habit(&t->life.par.tissue, weeks);
  return left < least ? 0.0 : left * t->search->weights->walk.habit;
}

// The same for one task.
static double weight_of_old(const sr_track *t, int i)
{
  if (!sr_task_is_gait(&t->task[i]) || t->old_week < 0.0) return 0.0;
  if (t->old[i].result.task == NULL || t->old[i].result.status != SR_TASK_SOLVED) return 0.0;
  return sr_track_old_weight(t);
}

static bool is_answered(const sr_track *t, int i)
{
  const sr_task_result *r = &t->answer[i].result;
  return r->task != NULL && r->status != SR_TASK_INTERRUPTED && r->status != SR_TASK_NOT_RUN &&
         t->answered_weight[i] == weight_of_old(t, i) && sr_model_is_same_body(&t->answered[i], &t->body);
}

static bool is_solved(const sr_answer *a)
{
  return a->result.task != NULL && a->result.status == SR_TASK_SOLVED;
}

// What a task starts from: its own last answer; a walk also that at other habits; NULL: nothing.
static const sr_answer *start_of(const sr_track *t, int i)
{
  if (is_solved(&t->answer[i])) return &t->answer[i];
  if (t->task[i].family != SR_TASK_WALK) return NULL;
  for (int k = 0; k < t->ntask; k++)
    if (t->task[k].family == SR_TASK_WALK && is_solved(&t->answer[k])) return &t->answer[k];
  return NULL;
}

int sr_track_place(const sr_track *t, const sr_task *task)
{
  const int now[2] = {t->stand, t->walk};
  for (int k = 0; k < 2; k++)
    if (strcmp(t->task[now[k]].key, task->key) == 0) return now[k];
  return -1;
}

static void name_epoch(sr_track *t, const char *when)
{
  t->search->week = t->life.week;
  t->search->when = sr_arena_printf(t->search->keep, "%s%s", t->prefix, when);
}

static void keep_answer(sr_track *t, int i, const sr_answer *a)
{
  t->answer[i] = *a;
  t->answered[i] = t->body;
  t->answered_weight[i] = weight_of_old(t, i);
}

static void solve(sr_track *t, int i, const char *when)
{
  if (is_answered(t, i)) return;
  name_epoch(t, when);
  t->search->habit_weight = weight_of_old(t, i);
  t->search->habit = t->search->habit_weight > 0.0 ? &t->old[i].solution : NULL;
  const sr_answer a = sr_search_from(t->search, &t->task[i], &t->body, start_of(t, i));
  t->search->habit = NULL;
  keep_answer(t, i, &a);
}

void sr_track_solve(sr_track *t, const char *when, const sr_task *task, int n)
{
  name_load_tasks(t, NULL);
  for (int i = 0; i < n; i++) {
    const int place = sr_track_place(t, &task[i]);
    if (place >= 0) solve(t, place, when);
  }
}

// What a leg in a cast does is not predicted: its load is that of before, of which the slow model takes a small share.
static bool can_move(const sr_track *t)
{
  return !sr_life_is_in_cast(t->plan, t->life.week);
}

// The load that a body asks for with its answers; false: there is none.
static bool is_load_of(const sr_track *t, const sr_model *body, const sr_answer *answer, sr_week_load *out)
{
  return sr_week_load_of(&t->tables->loads, t->habits, body, &answer[t->stand].result.curves, &answer[t->walk].solution,
                         t->search->is_mirrored, out);
}

// The load of now from the answers of now; solves its tasks first where they are not.
static void find_load(sr_track *t, const char *when)
{
  sr_week_load found;
  if (!can_move(t)) return;
  solve(t, t->stand, when);
  solve(t, t->walk, when);
  if (is_load_of(t, &t->body, t->answer, &found))
    t->load = found;
  else if (!sr_track_is_stopped(t))
    t->nlost++;
}

void sr_track_set_healthy(sr_track *t, const sr_answer *answer)
{
  if (!t->has_load) return;
  if (answer == NULL)
    find_load(t, "course");
  else if (!is_load_of(t, sr_life_healthy(t->plan), answer, &t->load) && !sr_track_is_stopped(t))
    t->nlost++;
  t->healthy = t->load;
}

// One task before and after what is done.
static void solve_pair(sr_track *t, int i, const sr_model *healthy, const sr_model *hurt, sr_answer *before)
{
  const double weight = weight_of_old(t, i);
  sr_errand e = {.week = t->life.week,
                 .when = "before",
                 .task = &t->task[i],
                 .body = healthy,
                 .hurt = hurt,
                 .from = start_of(t, i),
                 .habit = weight > 0.0 ? &t->old[i].solution : NULL,
                 .habit_weight = weight};
  t->body = *healthy;
  e.is_known = is_answered(t, i);
  if (e.is_known) e.answer = t->answer[i];
  t->body = *hurt;
  sr_search_errands(t->search, "before and after", &e, 1);
  *before = e.answer;
  keep_answer(t, i, &e.after);
}

void sr_track_solve_pair(sr_track *t, sr_answer *before, const sr_task *task, int n)
{
  const sr_model healthy = t->body;
  name_load_tasks(t, NULL);
  bool has_stand = t->has_load, has_walk = t->has_load;
  for (int i = 0; i < n; i++) {
    has_stand = has_stand || sr_track_place(t, &task[i]) == t->stand;
    has_walk = has_walk || task[i].family == SR_TASK_WALK;
  }
  sr_track_do_events(t);
  const sr_model hurt = t->body;
  if (has_stand) solve_pair(t, t->stand, &healthy, &hurt, &before[t->stand]);
  if (has_walk) solve_pair(t, t->walk, &healthy, &hurt, &before[t->walk]);
  memcpy(t->old, before, (size_t)t->room * sizeof *before);
  t->old_week = t->life.week;
}

static void add_leg(sr_track *t, const sr_week_line *line)
{
  enum { FIRST = 16 };
  const bool is_full = (t->nleg & (t->nleg - 1)) == 0 && (t->nleg == 0 || t->nleg >= FIRST);
  if (is_full) {
    sr_week_line *more = sr_alloc(t->search->keep, sr_week_line, t->nleg < FIRST ? FIRST : 2 * t->nleg);
    if (t->nleg > 0) memcpy(more, t->leg, (size_t)t->nleg * sizeof *more);
    t->leg = more;
  }
  t->leg[t->nleg++] = *line;
}

double sr_track_next(const sr_track *t)
{
  const sr_load_table *table = &t->tables->loads;
  const double week = t->life.week;
  const int last = table->ngrid - 1;
  double event = 0.0, next = sr_life_next_event(t->plan, event);
  for (; next <= week; next = sr_life_next_event(t->plan, event)) event = next;
  for (int k = 0;; k++) {
    const double at = event + table->grid[k < last ? k : last] + (k > last ? k - last : 0) * table->far_apart;
    if (at > week) return fmin(at, next);
  }
}

void sr_track_advance(sr_track *t, sr_track *begin, sr_arena *keep)
{
  name_load_tasks(t, NULL);
  find_load(t, "course");
  if (begin != NULL) *begin = sr_track_copy(t, keep);
  if (sr_track_is_stopped(t)) return;
  const sr_life before = t->life;
  const sr_model body = t->body;
  sr_week_line line = {t->life.week, sr_track_next(t), t->load, t->load};
  sr_track_go_along(t, line.to, &line);
  if (!sr_model_is_same_body(&body, &t->body)) {
    find_load(t, "course, first");
    if (sr_track_is_stopped(t)) return;
    line.end = t->load;
    t->life = before;
    sr_track_go_along(t, line.to, &line);
  }
  add_leg(t, &line);
}

void sr_track_go_along(sr_track *t, double week, const sr_week_line *line)
{
  sr_life_advance(&t->life, week, line, &t->healthy);
  sr_life_model(&t->life, &t->body);
}

void sr_track_do_events(sr_track *t)
{
  sr_life_events(&t->life);
  sr_life_model(&t->life, &t->body);
}
