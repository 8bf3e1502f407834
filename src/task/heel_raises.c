// heel_raise:repeat=yes: raises as high as one can, one after the other, until one falls short of half of what the
// healthy body reaches (docs/theory/task.md, section 8).
#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "task/endurance.h"
#include "task/heel_raise.h"

// Instants of a raise, the first on the ground and the middle one at the top; heights of the fresh body's postures.
enum { INSTANTS = 12, HEIGHTS = 9 };

// A set of raises.
typedef struct set {
  sr_climb climb;       // of the fresh body
  double least, fresh;  // what a raise has to reach; nearly what the fresh body reaches at rest [m]
  double goal;          // the highest that is possible now [m]
  double period;        // [s]
  double *at[HEIGHTS];  // fresh postures at rest, equally spaced from the ground to that height
  int nz, force, nq, nm;
  double act[INSTANTS * SR_MAX_MUSCLE];    // activations of a raise ...
  double first[INSTANTS * SR_MAX_MUSCLE];  // ... and of the first one
  double first_goal;                       // [m]
  sr_tiring tiring;
} set;

// h(t) = goal (1 - cos(2 pi t / T)) / 2
static double height_of(const set *s, int instant)
{
  return 0.5 * s->goal * (1.0 - cos(2.0 * SR_PI * instant / INSTANTS));
}

// The fresh posture at a height, linear between those that are known.
static double *posture_at(const set *s, double height, sr_arena *keep)
{
  const double rows = fmin(height / s->fresh, 1.0) * (HEIGHTS - 1);
  const int below = rows < HEIGHTS - 2 ? (int)rows : HEIGHTS - 2;
  const double *lo = s->at[below], *hi = s->at[below + 1];
  double *z = sr_alloc(keep, double, s->nz);
  for (int i = 0; i < s->nz; i++) z[i] = lo[i] + (rows - below) * (hi[i] - lo[i]);
  return z;
}

// Only muscles that plantarflex a standing leg tire here: a set is a test of the calf.
static sr_tiring fresh_calf(const sr_task_run *run, int legs)
{
  sr_tiring t = sr_tiring_fresh(run->model, run->weights);
  for (int k = 0; k < run->model->nmuscle; k++) {
    const sr_model_muscle *m = &run->model->muscle[k];
    const bool stands = m->leg != SR_LEG_NONE && (legs >> (int)m->leg & 1) != 0;
    t.never[k] = !stands || (m->group != SR_TRICEPS && m->group != SR_DEEP);
  }
  return t;
}

// Why a posture is no answer: torque is missing, the solver failed, or it was stopped.
typedef enum verdict { HELD, LACKS_TORQUE, LOST } verdict;

static verdict verdict_of(const set *s, const sr_held *h)
{
  if (sr_held_is(h)) return HELD;
  if (h->solve.nlp.status == SR_NLP_SOLVED) return LACKS_TORQUE;
  sr_task_result *r = s->climb.r;
  r->status = sr_task_status_of(h->solve.nlp.status);
  r->why =
      sr_arena_printf(s->climb.keep, "a posture of a raise: %s; largest violated: %s",
                      sr_nlp_status_text(h->solve.nlp.status), h->solve.worst[0] != '\0' ? h->solve.worst : "none");
  return LOST;
}

// The fresh postures at rest, from the ground to the greatest rise; the first is found from the second, in which the
// heel is off the ground.
static verdict climb_to_top(set *s)
{
  const sr_climb *c = &s->climb;
  const double step = s->fresh / (HEIGHTS - 1);
  sr_held first = sr_climb_hold_first(c, step), last = first;
  verdict v = verdict_of(s, &first);
  s->at[1] = first.z;
  for (int i = 0; i < HEIGHTS && v == HELD; i++) {
    if (i == 1) continue;
    const sr_held h = sr_climb_hold(c, i * step, &last);
    v = verdict_of(s, &h);
    s->at[i] = h.z;
    last = i == 0 ? first : h;
  }
  const sr_posture *p = first.posture;
  s->nz = p->nz;
  s->force = p->force;
  s->nq = p->nq;
  s->nm = p->nm;
  return v;
}

// How an instant is passed: the posture follows the height, x(h(t)), its rate by central differences over the instants.
static sr_posture_motion pass(const set *s, int instant, sr_arena *keep)
{
  const double *before = posture_at(s, height_of(s, instant - 1), keep),
               *after = posture_at(s, height_of(s, instant + 1), keep);
  const double span = 2.0 * s->period / INSTANTS;
  double *qd = sr_alloc(keep, double, s->nq), *rate = sr_alloc(keep, double, s->nm);
  for (int j = 0; j < s->nq; j++) qd[j] = (after[j] - before[j]) / span;
  for (int k = 0; k < s->nm; k++) rate[k] = (after[s->force + k] - before[s->force + k]) / span;
  return (sr_posture_motion){qd, rate};
}

// The body at one instant of a raise, as tired as it is.
static sr_held pass_instant(const set *s, const sr_model *tired, int instant, sr_arena *work)
{
  sr_task_run run = *s->climb.run;
  run.model = tired;
  sr_climb c = s->climb;
  c.run = &run;
  c.motion = pass(s, instant, work);
  c.keep = work;
  const double height = height_of(s, instant);
  return sr_climb_hold(&c, height, &(sr_held){.z = posture_at(s, height, work)});
}

// One row of the curves of a raise.
static void save_instant(const set *s, const sr_held *h, int instant, sr_arena *work)
{
  sr_curves *to = &s->climb.r->curves;
  const bool is_new = to->nrow != INSTANTS + 1;
  sr_task_result row = {0};
  sr_posture_save(h->posture, h->z, &row, is_new ? s->climb.keep : work);
  if (is_new) {
    *to = row.curves;
    to->nrow = INSTANTS + 1;
    to->at = sr_alloc(s->climb.keep, double, (INSTANTS + 1) * to->ncol);
  }
  for (int i = instant; i <= INSTANTS; i += INSTANTS) {  // the last row is the first again
    memcpy(to->at + i * to->ncol, row.curves.at, (size_t)to->ncol * sizeof(double));
    to->at[i * to->ncol] = s->period * i / INSTANTS;
  }
}

// Shares the load of a raise to the goal among the muscles as they are now.
static verdict share(set *s, bool is_first)
{
  // the way up first, which is harder than the way down: a raise that is not possible is soon known
  static const int order[INSTANTS] = {4, 3, 5, 6, 2, 1, 0, 7, 8, 9, 10, 11};
  sr_arena *work = sr_arena_new();
  const sr_model *tired = sr_tiring_model(&s->tiring, work);
  verdict v = HELD;
  for (int i = 0; i < INSTANTS && v == HELD; i++) {
    const sr_mark mark = sr_arena_mark(work);
    const sr_held h = pass_instant(s, tired, order[i], work);
    v = verdict_of(s, &h);
    if (v == HELD) memcpy(s->act + order[i] * s->nm, h.z + h.posture->act, (size_t)s->nm * sizeof(double));
    if (v == HELD && is_first) save_instant(s, &h, order[i], work);
    sr_arena_release(work, mark);
  }
  sr_arena_free(work);
  return v;
}

// The highest raise that is found now, down from the last one; a height whose postures are not solved is passed over.
static verdict raise_heel(set *s, bool is_first)
{
  const double step = s->climb.run->weights->heel_raises.step * s->climb.run->model->length_ratio;
  sr_task_result *r = s->climb.r;
  verdict v = LACKS_TORQUE;
  for (; s->goal >= s->least; s->goal -= step) {
    v = share(s, is_first);
    if (r->status == SR_TASK_INTERRUPTED) return LOST;
    if (v != HELD) continue;
    r->status = SR_TASK_SOLVED;
    r->why = "";
    return HELD;
  }
  return v;
}

// Raises until one is missed, the load shared anew as the muscles tire; the number of whole ones.
static int count(set *s, verdict *end)
{
  const sr_repeat_weights *w = &s->climb.run->weights->heel_raises;
  int raises = 0;
  while (raises < w->most) {
    *end = raise_heel(s, raises == 0);
    if (*end != HELD) return raises;
    if (raises == 0) {
      memcpy(s->first, s->act, sizeof s->first);
      s->first_goal = s->goal;
    }
    const sr_tiring before = s->tiring;
    while (raises < w->most && sr_tiring_lost(&before, &s->tiring) < w->share) {
      sr_tiring_cycle(&s->tiring, s->act, INSTANTS, s->period);
      raises++;
    }
  }
  return raises;
}

// How long the least height is held without moving [s], as far as it is found before so many raises would be over; the
// load shared anew as the muscles tire.
static double hold(const set *s, verdict *end)
{
  const sr_repeat_weights *w = &s->climb.run->weights->heel_raises;
  const double step = 0.5, most = w->most * w->period;  // [s]
  sr_tiring tiring = fresh_calf(s->climb.run, s->climb.task->legs);
  sr_arena *work = sr_arena_new();
  double seconds = 0.0;
  *end = HELD;
  while (seconds < most) {
    const sr_mark mark = sr_arena_mark(work);
    sr_task_run run = *s->climb.run;
    run.model = sr_tiring_model(&tiring, work);
    sr_climb c = s->climb;
    c.run = &run;
    c.keep = work;
    const sr_held h = sr_climb_hold(&c, s->least, &(sr_held){.z = posture_at(s, s->least, work)});
    *end = verdict_of(s, &h);
    if (*end != HELD) break;
    const sr_tiring before = tiring;
    for (; seconds < most && sr_tiring_lost(&before, &tiring) < w->share; seconds += step)
      sr_tiring_cycle(&tiring, h.z + h.posture->act, 1, step);
    sr_arena_release(work, mark);
  }
  sr_arena_free(work);
  return seconds;
}

static void put(const set *s, const char *name, double value)
{
  sr_task_metric(s->climb.r, s->climb.keep, name, value, "predicted");
}

// What each muscle of the calf does in the first raise, and what is left of it after the last.
static void report_muscles(const set *s)
{
  static const char *const side[2] = {"left", "right"};
  const sr_model *m = s->climb.run->model;
  for (int k = 0; k < m->nmuscle; k++) {
    const sr_model_muscle *x = &m->muscle[k];
    if (s->tiring.never[k] || x->par.capacity <= 0.0) continue;
    double peak = 0.0;
    for (int i = 0; i < INSTANTS; i++) peak = fmax(peak, s->first[i * m->nmuscle + k]);
    put(s, sr_arena_printf(s->climb.keep, "%s_activation_peak_%s_1", x->base, side[x->leg]), peak);
    put(s, sr_arena_printf(s->climb.keep, "%s_strength_left_%s_1", x->base, side[x->leg]),
        sr_pools_left(&s->tiring.pool[k]));
  }
  const int k = sr_tiring_weakest(&s->tiring);
  if (k >= 0)
    sr_task_limit(s->climb.r, s->climb.keep, "at the end of the set %s is tired most: %.0f%% of its strength is left",
                  m->muscle[k].par.name, 100.0 * sr_pools_left(&s->tiring.pool[k]));
}

// The greatest rise of another body at rest [m]; NAN if it is not found.
static double rise_of_body(const set *s, const sr_model *m, sr_arena *work)
{
  sr_task_run run = *s->climb.run;
  run.model = m;
  sr_task_result unused = {0};
  sr_climb c = sr_climb_new(s->climb.task, &run, &unused, work);
  sr_held above;
  const sr_held best = sr_climb_best(&c, &above);
  s->climb.r->iterations += unused.iterations;
  return best.solve.nlp.status == SR_NLP_SOLVED ? sr_climb_rise(&best) : (double)NAN;
}

static double rise_at_end(const set *s)
{
  sr_arena *work = sr_arena_new();
  const double rise = rise_of_body(s, sr_tiring_model(&s->tiring, work), work);
  sr_arena_free(work);
  return rise;
}

static void do_set(set *s)
{
  const sr_repeat_weights *w = &s->climb.run->weights->heel_raises;
  verdict end = climb_to_top(s);
  if (end != HELD) return;
  const int raises = count(s, &end);
  if (end == LOST) return;
  const double seconds = hold(s, &end);
  if (end == LOST) return;
  put(s, "heel_raises_1", raises);
  put(s, "set_duration_s", raises * s->period);
  put(s, "first_raise_cm", 100.0 * s->first_goal);
  put(s, "greatest_rise_at_end_cm", 100.0 * rise_at_end(s));
  put(s, "least_raise_hold_s", seconds);
  report_muscles(s);
  if (raises >= w->most) sr_task_limit(s->climb.r, s->climb.keep, "%d raises do not exhaust the calf", raises);
}

// The greatest rise of the same body with all its nerves and without pain [m].
static double healthy_rise(const set *s)
{
  sr_arena *work = sr_arena_new();
  sr_model *m = sr_alloc(work, sr_model, 1);
  *m = *s->climb.run->model;
  for (int k = 0; k < m->nmuscle; k++) m->muscle[k].par.capacity = m->muscle[k].act_max = 1.0;
  const double rise = rise_of_body(s, m, work);
  sr_arena_free(work);
  return rise;
}

void sr_heel_raises_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r,
                          sr_solution *solution)
{
  const sr_repeat_weights *w = &run->weights->heel_raises;
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = "", .status = SR_TASK_SOLVED};
  *solution = (sr_solution){0};
  set *s = sr_alloc(keep, set, 1);
  *s = (set){.climb = sr_climb_new(task, run, r, keep), .period = w->period, .tiring = fresh_calf(run, task->legs)};
  sr_held above;
  const sr_held best = sr_climb_best(&s->climb, &above);
  if (!sr_climb_report(&s->climb, &best, &above) && r->status != SR_TASK_IMPOSSIBLE) return;
  const double most = sr_climb_rise(&best), healthy = sr_model_is_healthy(run->model) ? most : healthy_rise(s);
  s->least = w->height_share * healthy;
  if (!isfinite(s->least)) {
    r->status = run->stop != NULL && *run->stop ? SR_TASK_INTERRUPTED : SR_TASK_NOT_CONVERGED;
    r->why = "the greatest rise of the healthy body, half of which a raise has to reach, is not found";
    return;
  }
  put(s, "least_raise_cm", 100.0 * s->least);
  s->fresh = s->goal = most - w->step * run->model->length_ratio;  // at the very top a solver has no room
  if (s->fresh >= s->least && r->status == SR_TASK_SOLVED) {
    do_set(s);
    return;
  }
  put(s, "heel_raises_1", 0.0);
  if (r->status == SR_TASK_IMPOSSIBLE) return;  // the heel does not leave the ground at all
  r->status = SR_TASK_IMPOSSIBLE;
  r->why = sr_arena_printf(keep, "a raise has to reach %.1f cm, the greatest rise that is possible is %.1f cm",
                           100.0 * s->least, 100.0 * most);
}
