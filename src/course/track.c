#include "course/track.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool sr_track_is_stopped(const sr_track *t)
{
  const volatile sig_atomic_t *stop = t->search->options->stop;
  return stop != NULL && *stop != 0;
}

// The place of a task in the list, which is added to it where it is not there.
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
  sr_task stand, walk;
  t->habits = sr_life_habits(t->plan, t->life.week);
  snprintf(text, sizeof text, "walk:speed_m_s=%g", t->habits->walking_speed_m_s);
  if (!sr_task_parse("stand", &stand, err) || !sr_task_parse(text, &walk, err)) return false;
  t->stand = place_of(t, &stand);
  t->walk = place_of(t, &walk);
  return true;
}

bool sr_track_new(const sr_life_plan *plan, const sr_life_tables *tables, sr_search *search, const char *prefix,
                  const sr_task *tasks, int n, bool has_load, sr_track *out, sr_error *err)
{
  const int room = n + 1 + sr_life_nhabits(plan);  // standing, and a walk at each speed of the habits
  sr_arena *keep = search->keep;
  const sr_life_constants own = sr_life_constants_own(plan);
  *out = (sr_track){.plan = plan,
                    .tables = tables,
                    .search = search,
                    .prefix = prefix,
                    .nasked = n,
                    .ntask = n,
                    .has_load = has_load,
                    .room = room};
  out->task = sr_alloc(keep, sr_task, room);
  out->answer = sr_alloc(keep, sr_answer, room);
  out->answered = sr_alloc(keep, sr_model, room);
  out->old = sr_alloc(keep, sr_answer, room);
  out->answered_weight = sr_alloc(keep, double, room);
  out->old_week = -1.0;
  if (n > 0) memcpy(out->task, tasks, (size_t)n * sizeof *tasks);
  if (!sr_life_new(plan, &own, &out->life, err)) return false;
  sr_life_model(&out->life, &out->body);
  return !has_load || name_load_tasks(out, err);
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

// How much the coordination of before an intervention still counts for a task; nothing on the day itself.
static double weight_of_old(const sr_track *t, int i)
{
  const double least = 0.01;  // of the whole weight; below it is forgotten
  const double weeks = t->life.week - t->old_week;
  if (t->task[i].family != SR_TASK_WALK || t->old_week < 0.0 || !(weeks > 0.0)) return 0.0;
  if (t->old[i].result.task == NULL || t->old[i].result.status != SR_TASK_SOLVED) return 0.0;
  const double left = sr_tissue_habit(&t->life.par.tissue, weeks);
  return left < least ? 0.0 : left * t->search->weights->walk.habit;
}

static bool is_answered(const sr_track *t, int i)
{
  const sr_task_result *r = &t->answer[i].result;
  return r->task != NULL && r->status != SR_TASK_INTERRUPTED && r->status != SR_TASK_NOT_RUN &&
         t->answered_weight[i] == weight_of_old(t, i) && sr_model_is_same_body(&t->answered[i], &t->body);
}

// A walk at another speed that this body, or the one before, has solved; NULL if there is none.
static const sr_answer *start_of(const sr_track *t, int i)
{
  if (t->answer[i].result.status == SR_TASK_SOLVED && t->answer[i].result.task != NULL) return &t->answer[i];
  for (int k = 0; t->task[i].family == SR_TASK_WALK && k < t->ntask; k++)
    if (t->task[k].family == SR_TASK_WALK && t->answer[k].result.task != NULL &&
        t->answer[k].result.status == SR_TASK_SOLVED)
      return &t->answer[k];
  return NULL;
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

void sr_track_solve(sr_track *t, const char *when)
{
  for (int i = 0; i < t->nasked; i++) solve(t, i, when);
}

// What a leg in a cast does is not predicted: its load is that of before, of which the slow model takes a small share.
static bool can_move(const sr_track *t)
{
  return !sr_life_is_in_cast(t->plan, t->life.week);
}

// The load of now from the answers of now; solves its tasks first where they are not.
static void find_load(sr_track *t, const char *when)
{
  sr_week_load found;
  if (!can_move(t)) return;
  solve(t, t->stand, when);
  solve(t, t->walk, when);
  if (sr_week_load_of(&t->tables->loads, t->habits, &t->body, &t->answer[t->stand].result, &t->answer[t->walk].result,
                      &found))
    t->load = found;
  else if (!sr_track_is_stopped(t))
    t->nlost++;
}

void sr_track_set_healthy(sr_track *t, const sr_answer *answer)
{
  if (!t->has_load) return;
  if (answer == NULL)
    find_load(t, "course");
  else if (!sr_week_load_of(&t->tables->loads, t->habits, sr_life_healthy(t->plan), &answer[t->stand].result,
                            &answer[t->walk].result, &t->load) &&
           !sr_track_is_stopped(t))
    t->nlost++;
  t->healthy = t->load;
}

// Where the body before starts: its own last answer, or another walk of that body; not one of the body after.
static const sr_answer *other_before(const sr_track *t, int i, const sr_answer *before)
{
  if (t->answer[i].result.task != NULL) return &t->answer[i];
  for (int k = 0; t->task[i].family == SR_TASK_WALK && k < i; k++)
    if (t->task[k].family == SR_TASK_WALK && before[k].result.status == SR_TASK_SOLVED) return &before[k];
  return NULL;
}

void sr_track_solve_pair(sr_track *t, sr_answer *before)
{
  sr_model healthy = t->body;
  sr_track_do_events(t);
  const sr_model hurt = t->body;
  for (int i = 0; i < t->ntask; i++) {
    const bool is_walk = t->task[i].family == SR_TASK_WALK, is_first = start_of(t, i) == NULL;
    t->search->week = t->life.week;
    t->body = healthy;
    if (is_walk && is_first) {
      sr_answer now;
      sr_search_pair(t->search, &t->task[i], &healthy, &hurt, &before[i], &now);
      t->body = hurt;
      keep_answer(t, i, &now);
      continue;
    }
    if (!is_answered(t, i)) {
      name_epoch(t, "before");
      const sr_answer a = sr_search_from(t->search, &t->task[i], &healthy, other_before(t, i, before));
      keep_answer(t, i, &a);
    }
    before[i] = t->answer[i];
    t->body = hurt;
    solve(t, i, "after");
  }
  memcpy(t->old, before, (size_t)t->ntask * sizeof *before);
  t->old_week = t->life.week;
}

static void add_leg(sr_track *t, double from, double to, const sr_week_load *begin, const sr_week_load *end)
{
  enum { FIRST = 16 };
  const bool is_full = (t->nleg & (t->nleg - 1)) == 0 && (t->nleg == 0 || t->nleg >= FIRST);
  if (is_full) {
    sr_track_leg *more = sr_alloc(t->search->keep, sr_track_leg, t->nleg < FIRST ? FIRST : 2 * t->nleg);
    if (t->nleg > 0) memcpy(more, t->leg, (size_t)t->nleg * sizeof *more);
    t->leg = more;
  }
  t->leg[t->nleg++] = (sr_track_leg){from, to, *begin, *end};
}

void sr_track_advance(sr_track *t, double week)
{
  name_load_tasks(t, NULL);
  find_load(t, "course");
  if (sr_track_is_stopped(t)) return;
  const sr_life before = t->life;
  const sr_model body = t->body;
  const sr_week_load begin = t->load;
  sr_life_advance(&t->life, week, &begin, &begin, &t->healthy);
  sr_life_model(&t->life, &t->body);
  if (!sr_model_is_same_body(&body, &t->body)) {
    find_load(t, "course, first");
    if (sr_track_is_stopped(t)) return;
    t->life = before;
    sr_life_advance(&t->life, week, &begin, &t->load, &t->healthy);
    sr_life_model(&t->life, &t->body);
  }
  add_leg(t, before.week, week, &begin, &t->load);
}

void sr_track_do_events(sr_track *t)
{
  sr_life_events(&t->life);
  sr_life_model(&t->life, &t->body);
}
