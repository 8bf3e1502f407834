// predict: a life and its control, epoch by epoch; solve: one body of one week, some tasks.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "course/bands.h"
#include "course/bodies.h"
#include "course/epoch.h"
#include "course/slips.h"

static const char *const notes[] = {
    "The model is planar: balance to the side, turning and twisting of the foot are not in it. The summed moment of "
    "the deep "
    "flexors about the locked subtalar axis is held to a small passive torque instead.",
    "Movement is predicted by least effort, within what pain and old habits of the first weeks allow: fear is not in "
    "it, nor are reflexes, proprioception and sway.",
    "Pain, soreness and old habits of the first weeks are assumptions: how strong they are, and how fast they fade.",
    "Over weeks the body follows the load of its movements: standing and walking are predicted anew at fixed weeks "
    "after every change, whatever weeks are listed; stairs, running, jumps and heel raises stand in with the forces of "
    "walking times a ratio (an assumption).",
    "Age is frozen: nothing gets older or weaker by itself in these years.",
    "The bands are the spread of the slow model's constants, not of people; loads are those found with the middle of "
    "the constants.",
    "Not modelled: the venous pump of the calf, thrombosis, neuroma pain, lost proprioception, knee recurvatum by "
    "laxity.",
};
static const char spastic[] =
    "Spasticity is not modelled: a selective neurotomy is shown on a healthy muscle, not on a spastic one.";

// A nerve is cut or burnt in part.
static bool is_selective(const sr_scenario *s)
{
  for (int i = 0; i < s->nintervention; i++) {
    const sr_intervention *x = &s->intervention[i];
    if ((x->kind == SR_TRANSECT || x->kind == SR_ABLATE) && x->fraction < 1.0) return true;
  }
  return false;
}

static void describe_interventions(const sr_scenario *s, const sr_nerve_tree *tree, sr_arena *keep, sr_result *out)
{
  static const char *const kind[] = {"transect", "repair", "block", "toxin", "ablate", "resect", "immobilise"};
  static const char *const side[] = {"", "left", "right", "both"};
  out->nintervention = s->nintervention;
  out->intervention = sr_alloc(keep, sr_intervention_result, s->nintervention);
  for (int i = 0; i < s->nintervention; i++) {
    const sr_intervention *x = &s->intervention[i];
    sr_intervention_result *r = &out->intervention[i];
    *r = (sr_intervention_result){.week = x->week,
                                  .kind = kind[x->kind],
                                  .side = side[x->side],
                                  .ntarget = x->ntarget,
                                  .target = sr_alloc(keep, const char *, x->ntarget),
                                  .target_zh = sr_alloc(keep, const char *, x->ntarget),
                                  .fraction = x->fraction};
    for (int k = 0; k < x->ntarget; k++) {
      const int node = sr_nerve_find(tree, x->target[k]);
      r->target[k] = x->target[k];
      r->target_zh[k] = node >= 0 ? tree->node[node].name_zh : x->target[k];
    }
  }
}

static void ask_nerves(const sr_scenario *s, sr_text *t)
{
  for (int leg = 0; leg < 2; leg++) {
    sr_text_print(t, "%s leg:", leg == 0 ? "left" : "right");
    for (int i = 0; i < s->nvariant[leg]; i++) sr_text_print(t, " %s", s->variant[leg][i]);
    sr_text_print(t, "\n");
  }
  for (int i = 0; i < s->nintervention; i++) {
    const sr_intervention *x = &s->intervention[i];
    sr_text_print(t, "week %.17g: kind %d, side %d, %.17g, %.17g U, %.17g g, %.17g weeks,", x->week, (int)x->kind,
                  (int)x->side, x->fraction, x->dose_U, x->mass_g, x->duration_weeks);
    for (int k = 0; k < x->ntarget; k++) sr_text_print(t, " %s", x->target[k]);
    sr_text_print(t, "\n");
  }
}

// Numbers with 17 digits: every bit of them.
const char *sr_course_question(const sr_scenario *s, const sr_course_options *o, sr_arena *keep)
{
  const sr_person *p = &s->person;
  sr_text t = sr_text_new(keep);
  sr_text_print(&t, "surae %s, %s, %s\n", o->version, o->kernel, sr_nlp_solver_name());
  sr_text_print(&t, "sex %d, %.17g yr, %.17g m, %.17g kg, girth %.17g cm, fat %.17g %%\n", (int)p->sex, p->age_yr,
                p->height_m, p->mass_kg, p->calf_girth_cm, p->body_fat_percent);
  for (int i = 0; i < s->nhabits; i++) {
    const sr_habits *h = &s->habits[i];
    sr_text_print(&t, "habits %.17g: %.17g %.17g %.17g %.17g %.17g %.17g %.17g %.17g\n", h->week, h->standing_h_per_day,
                  h->steps_per_day, h->walking_speed_m_s, h->stairs_per_day, h->running_km_per_week, h->jumps_per_week,
                  h->heel_raises_per_week, h->energy_intake_kcal_per_day);
  }
  ask_nerves(s, &t);
  return t.at;
}

static void start_result(const sr_scenario *s, const sr_nerve_tree *tree, const sr_course_options *o, sr_arena *keep,
                         sr_result *out)
{
  *out = (sr_result){.version = o->version,
                     .kernel = o->kernel,
                     .lang = s->lang,
                     .sex = s->person.sex == SR_FEMALE ? "female" : "male",
                     .age_yr = s->person.age_yr,
                     .height_m = s->person.height_m,
                     .mass_kg = s->person.mass_kg};
  for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) sr_result_note(out, keep, "%s", notes[i]);
  if (is_selective(s)) sr_result_note(out, keep, "%s", spastic);
  describe_interventions(s, tree, keep, out);
}

// The nerves that each leg has.
static void tell_trees(const sr_life_plan *p, sr_arena *keep, sr_result *out)
{
  const sr_leg_nerves nerves[2] = {{.tree = *sr_life_tree(p, SR_LEG_LEFT)}, {.tree = *sr_life_tree(p, SR_LEG_RIGHT)}};
  sr_course_nerves(nerves, keep, out);
}

// A result names tasks by their full text, so each may stand once only, however it is written.
static bool parse_tasks(const sr_scenario *s, sr_arena *keep, sr_task **out, sr_error *err)
{
  sr_task *task = *out = sr_alloc(keep, sr_task, s->ntask);
  for (int i = 0; i < s->ntask; i++) {
    const char *where = s->task_line ? sr_arena_printf(keep, "%s:%d", s->path, s->task_line[i]) : "--tasks";
    sr_error why;
    if (!sr_task_parse(s->task[i], &task[i], &why)) return sr_fail(err, SR_BAD_VALUE, "%s: %s", where, why.text);
    for (int k = 0; k < i; k++)
      if (strcmp(task[k].key, task[i].key) == 0)
        return sr_fail(err, SR_BAD_VALUE, "%s: '%s' and '%s' are the same task; each may stand once", where, s->task[k],
                       s->task[i]);
  }
  return true;
}

// An epoch without answers.
static sr_epoch blank(double week, const char *when, const sr_task *task, int ntask, sr_arena *keep)
{
  sr_epoch e = {.week = week, .when = when, .ntask = ntask, .task = sr_alloc(keep, sr_task_result, ntask)};
  for (int i = 0; i < ntask; i++)
    e.task[i] = (sr_task_result){
        .task = sr_arena_strdup(keep, task[i].key), .status = SR_TASK_INTERRUPTED, .why = sr_search_stopped};
  return e;
}

// --- epochs

// A run: the life of the scenario and the same life without its interventions.
typedef struct course {
  const sr_scenario *scenario;
  const sr_course_options *options;
  sr_arena *keep;
  sr_result *out;
  sr_weights weights;
  sr_life_tables tables;
  sr_body_table bodies;
  sr_model healthy;
  sr_life_plan *plan, *plan_of_control;
  sr_search search;
} course;

static bool begin(const sr_scenario *s, const sr_nerve_tree *tree, const sr_course_options *o, sr_arena *keep,
                  sr_result *out, course *c, sr_error *err)
{
  *c = (course){.scenario = s, .options = o, .keep = keep, .out = out};
  if (!sr_weights_load(&c->weights, err) || !sr_life_tables_load(&c->tables, err) ||
      !sr_body_table_load(&c->bodies, err) || !sr_model_load(&s->person, &c->healthy, err))
    return false;
  c->plan = sr_life_plan_new(&c->tables, s, tree, &c->healthy, true, keep, err);
  c->plan_of_control = c->plan == NULL ? NULL : sr_life_plan_new(&c->tables, s, tree, &c->healthy, false, keep, err);
  if (c->plan_of_control == NULL) return false;
  start_result(s, tree, o, keep, out);
  tell_trees(c->plan, keep, out);
  c->search = (sr_search){
      .weights = &c->weights, .options = o, .keep = keep, .is_mirrored = sr_life_is_worse_on_the_left(c->plan)};
  return true;
}

static bool has_event_at(const sr_scenario *s, double week)
{
  for (int i = 0; i < s->nintervention; i++)
    if (s->intervention[i].week == week) return true;
  return false;
}

// The first week after `week` that is asked for or has an intervention; infinite where there is none.
static double next_epoch(const sr_scenario *s, double week)
{
  double next = (double)INFINITY;
  for (int i = 0; i < s->nweek; i++)
    if (s->week[i] > week) next = fmin(next, s->week[i]);
  for (int i = 0; i < s->nintervention; i++)
    if (s->intervention[i].week > week) next = fmin(next, s->intervention[i].week);
  return next;
}

// How many of the tasks are done in a week: all, or those of every week.
static int tasks_in(const sr_scenario *s, double week)
{
  for (int i = 0; i < s->nmore_week; i++)
    if (s->more_week[i] == week) return s->ntask;
  return s->nalways;
}

// Epochs without answers: week 0, the weeks asked for and those of interventions, which have two.
static void lay_out(course *c, const sr_task *task)
{
  const sr_scenario *s = c->scenario;
  sr_result *r = c->out;
  const int room = s->nweek + s->nintervention + 1;
  r->epoch = sr_alloc(c->keep, sr_epoch, 2 * room);
  r->control = sr_alloc(c->keep, sr_epoch, room);
  for (double week = 0.0; isfinite(week); week = next_epoch(s, week)) {
    static const char *const when[] = {"before", "after", "course"};
    const bool is_event = has_event_at(s, week);
    const int ntask = tasks_in(s, week);
    for (int k = is_event ? 0 : 2; k < (is_event ? 2 : 3); k++)
      r->epoch[r->nepoch++] = blank(week, when[k], task, ntask, c->keep);
    r->control[r->ncontrol++] = blank(week, "course", task, ntask, c->keep);
  }
  c->search.state.total = r->nepoch + r->ncontrol;
}

static sr_epoch *find_epoch(sr_epoch *list, int n, double week, const char *when)
{
  for (int i = 0; i < n; i++)
    if (list[i].week == week && strcmp(list[i].when, when) == 0) return &list[i];
  return NULL;
}

// The track of the life or of its control, with the epochs that are read on it.
typedef struct following {
  course *c;
  sr_track *track;
  sr_epoch *epoch;
  int nepoch, nreading;
  sr_reading *reading;
  int nseat;
  sr_seat *seat;  // epochs whose tasks are tried by other bodies too
  bool is_control;
  double outside;  // the first week that was read at which the body is none that the model of weight knows
  sr_life life;    // what was read last
  sr_model body;
} following;

static void describe(following *f, const sr_track *t, sr_epoch *e)
{
  if (!sr_life_weight(&t->life).is_in_range) f->outside = fmin(f->outside, t->life.week);
  f->life = t->life;
  f->body = t->body;
  sr_epoch_describe(&t->life, &t->body, f->c->keep, e);
  if (!f->is_control) sr_epoch_draw(&t->life, f->c->keep, e);
  f->reading[f->nreading++] = (sr_reading){e, strcmp(e->when, "before") == 0};
}

// Keeps what other bodies need to try the tasks of an epoch of the life.
static void add_seat(following *f, const sr_track *t, const sr_model *body, const sr_answer *answer, sr_epoch *e)
{
  if (f->is_control) return;
  const bool is_before = strcmp(e->when, "before") == 0;  // answered with least effort, whatever the habits were
  sr_arena *keep = f->c->keep;
  sr_seat *s = &f->seat[f->nseat++];
  *s = (sr_seat){.epoch = e,
                 .body = *body,
                 .answer = sr_alloc(keep, sr_answer, e->ntask),
                 .habit = sr_alloc(keep, sr_solution, e->ntask),
                 .habit_weight = sr_alloc(keep, double, e->ntask)};
  for (int i = 0; i < e->ntask; i++) {
    s->answer[i] = answer[i];
    if (is_before || !(t->answered_weight[i] > 0.0)) continue;
    s->habit[i] = t->old[i].solution;
    s->habit_weight[i] = t->answered_weight[i];
  }
}

// Answers into an epoch. A movement of the control that is that of another epoch is not written twice.
static void take_answers(following *f, const sr_track *t, const sr_model *body, const sr_answer *answer, sr_epoch *e)
{
  static const char in_cast[] = "a joint is immobilised: what a leg in a cast does is not predicted";
  const bool is_held = strcmp(e->when, "before") != 0 && sr_life_is_in_cast(t->plan, t->life.week);
  for (int i = 0; i < e->ntask; i++) {
    sr_task_result *r = &e->task[i];
    if (is_held)
      *r = (sr_task_result){.task = r->task, .status = SR_TASK_NOT_RUN, .why = in_cast};
    else if (answer[i].result.task != NULL)
      *r = answer[i].result;
    if (f->is_control && sr_model_is_same_body(&t->body, &f->c->healthy)) r->curves = (sr_curves){0};
  }
  if (!is_held) add_seat(f, t, body, answer, e);
  f->c->search.state.done++;
  if (f->c->options->finished != NULL) f->c->options->finished(f->c->options->keeper, f->c->out);
}

// A body and what it does.
static void read_epoch(following *f, sr_track *t, const char *when, sr_epoch *e)
{
  describe(f, t, e);
  if (!sr_life_is_in_cast(t->plan, t->life.week)) sr_track_solve(t, when, e->ntask);
  take_answers(f, t, &t->body, t->answer, e);
}

// A week without interventions: what changes by itself (a block or a cast ends, other habits begin), then the tasks. At
// the start their answers stay on the track, later they are found on the side.
static void pass_week(following *f)
{
  sr_track *t = f->track;
  sr_epoch *e = find_epoch(f->epoch, f->nepoch, t->life.week, "course");
  sr_track_do_events(t);
  if (e == NULL) return;
  if (t->life.week == 0.0) {
    read_epoch(f, t, "course", e);
    return;
  }
  sr_arena *work = sr_arena_new();
  if (!sr_life_is_in_cast(t->plan, t->life.week)) sr_track_solve_load(t, "course");
  sr_track side = sr_track_copy(t, work);
  read_epoch(f, &side, "course", e);
  sr_arena_free(work);
}

// Weeks that are asked for within the last leg of the track, each from the begin of it along its loads.
static void read_between(following *f, const sr_track *begin, sr_arena *keep)
{
  const sr_track *t = f->track;
  const sr_week_line *line = &t->leg[t->nleg - 1];
  for (int i = 0; i < f->nepoch && !sr_track_is_stopped(t); i++) {
    sr_epoch *e = &f->epoch[i];
    if (!(e->week > line->from && e->week < line->to)) continue;
    sr_track side = sr_track_copy(begin, keep);
    sr_track_go_along(&side, e->week, line);
    read_epoch(f, &side, "reading", e);
  }
}

// The next leg of the track, and what is read on it.
static void pass_leg(following *f)
{
  sr_arena *work = sr_arena_new();
  sr_track *t = f->track, begin;
  sr_track_advance(t, &begin, work);
  if (!sr_track_is_stopped(t)) read_between(f, &begin, work);
  sr_arena_free(work);
}

// What is done this week: the epochs before and after it. `was` (room): the answers before.
static void pass_event(following *f, sr_answer *was)
{
  sr_track *t = f->track;
  sr_epoch *before = find_epoch(f->epoch, f->nepoch, t->life.week, "before");
  sr_epoch *after = find_epoch(f->epoch, f->nepoch, t->life.week, "after");
  const sr_model body = t->body;
  describe(f, t, before);
  sr_track_solve_pair(t, was, before->ntask);
  take_answers(f, t, &body, was, before);
  describe(f, t, after);
  take_answers(f, t, &t->body, t->answer, after);
  if (t->life.week == 0.0) sr_track_set_healthy(t, was);
  sr_life_wounds(&t->life);
}

static double last_week(const sr_scenario *s)
{
  double last = 0.0;
  for (double week = 0.0; isfinite(week); week = next_epoch(s, week)) last = week;
  return last;
}

// From week 0 to the first week of the grid at or after the last that is read. `was` (room): the healthy answers of
// week 0, for the control.
static void follow(following *f, double last, sr_answer *was)
{
  const sr_scenario *s = f->c->scenario;
  sr_track *t = f->track;
  if (!f->is_control && has_event_at(s, 0.0)) {
    pass_event(f, was);
  } else {
    pass_week(f);
    if (!f->is_control) sr_track_set_healthy(t, NULL);
    memcpy(was, t->answer, (size_t)t->room * sizeof *was);
  }
  while (t->life.week < last && !sr_track_is_stopped(t)) {
    pass_leg(f);
    if (t->life.week > last || sr_track_is_stopped(t)) break;
    if (!f->is_control && has_event_at(s, t->life.week))
      pass_event(f, sr_alloc(f->c->keep, sr_answer, t->room));
    else
      pass_week(f);
  }
}

static following new_following(course *c, sr_track *t, sr_epoch *epoch, int n, bool is_control)
{
  return (following){.c = c,
                     .track = t,
                     .epoch = epoch,
                     .nepoch = n,
                     .reading = sr_alloc(c->keep, sr_reading, n),
                     .seat = sr_alloc(c->keep, sr_seat, is_control ? 0 : n),
                     .outside = (double)INFINITY,
                     .is_control = is_control};
}

// A slip of the knife at the first intervention on nerves, where that week was reached.
static void try_slips(const following *f, const sr_task *task)
{
  course *c = f->c;
  const sr_intervention *cut = sr_slips_intervention(c->scenario);
  for (int i = 0; cut != NULL && i < f->nseat; i++)
    if (f->seat[i].epoch->week == cut->week && strcmp(f->seat[i].epoch->when, "after") == 0)
      sr_slips_fill(&c->search, c->plan, cut, task, &f->seat[i], c->out);
}

static void tell_outside(const course *c, double week)
{
  if (isfinite(week))
    sr_result_note(c->out, c->keep,
                   "From week %g on the body is outside of those that the model of weight was made on: its weight, and "
                   "what follows from it, is an extrapolation.",
                   week);
}

bool sr_course_predict(const sr_scenario *s, const sr_nerve_tree *tree, const sr_course_options *o, sr_arena *keep,
                       sr_result *out, sr_error *err)
{
  course c;
  sr_task *task;
  sr_track life, control;
  if (!parse_tasks(s, keep, &task, err) || !begin(s, tree, o, keep, out, &c, err)) return false;
  lay_out(&c, task);
  const bool has_load = last_week(s) > 0.0;
  if (!sr_track_new(c.plan, &c.tables, &c.search, "", task, s->ntask, has_load, &life, err) ||
      !sr_track_new(c.plan_of_control, &c.tables, &c.search, "control, ", task, s->ntask, has_load, &control, err))
    return false;
  following main = new_following(&c, &life, out->epoch, out->nepoch, false);
  following beside = new_following(&c, &control, out->control, out->ncontrol, true);
  sr_answer *was = sr_alloc(keep, sr_answer, life.room);
  follow(&main, last_week(s), was);
  sr_track_start_from(&control, &life, was);
  follow(&beside, last_week(s), was);
  if (!sr_track_is_stopped(&life) && !o->without_slips) try_slips(&main, task);
  if (!sr_track_is_stopped(&life))
    sr_bodies_fill(&c.search, &c.bodies, task, main.seat, main.nseat, s->bodies, s->seed);
  sr_search_tell(&c.search, "all", "", "other constants");
  sr_bands_fill(&life, main.reading, main.nreading, s->samples, s->seed, keep, out);
  sr_bands_fill(&control, beside.reading, beside.nreading, s->samples, s->seed, keep, NULL);
  if (life.nlost + control.nlost > 0)
    sr_result_note(out, keep,
                   "At %d times no walk was found from which to take the load of the muscles: the load before went on.",
                   life.nlost + control.nlost);
  tell_outside(&c, fmin(main.outside, beside.outside));
  if (sr_track_is_stopped(&life))
    sr_result_note(out, keep,
                   "Stopped before all was computed: what is missing is not impossible, and bands may be absent.");
  if (o->finished != NULL) o->finished(o->keeper, out);
  sr_search_tell(&c.search, "done", "", "");
  return true;
}

// What the body of a week is called by itself.
static const char *when_of(const sr_scenario *s, double week)
{
  if (s->nintervention == 0) return "course";
  return s->intervention[0].week <= week ? "after" : "before";
}

// A life up to a week and no further; below week 0 only what is done by then.
typedef struct visit {
  sr_scenario scenario;
  double week;
  course course;
  sr_track track;
  sr_life life;  // at that week
  sr_model body;
} visit;

static bool set_out(visit *v, const sr_scenario *s, const sr_nerve_tree *tree, double week, const sr_task *task,
                    int ntask, const sr_course_options *o, sr_arena *keep, sr_result *out, sr_error *err)
{
  v->week = fmax(week, 0.0);
  v->scenario = *s;
  v->scenario.nweek = 1;
  v->scenario.week = &v->week;
  v->scenario.ntask = v->scenario.nalways = ntask;
  v->scenario.nmore_week = 0;
  if (week < 0.0) {
    v->scenario.intervention = sr_alloc(keep, sr_intervention, s->nintervention + 1);
    v->scenario.nintervention = 0;
    for (int i = 0; i < s->nintervention; i++)
      if (s->intervention[i].week <= week) v->scenario.intervention[v->scenario.nintervention++] = s->intervention[i];
  }
  course *c = &v->course;
  return begin(&v->scenario, tree, o, keep, out, c, err) &&
         sr_track_new(c->plan, &c->tables, &c->search, "", task, ntask, v->week > 0.0, &v->track, err);
}

// Lives up to there, and does the tasks.
static void go(visit *v, const sr_task *task)
{
  course *c = &v->course;
  sr_result *r = c->out;
  lay_out(c, task);
  c->search.state.total = r->nepoch;  // it has no control
  following f = new_following(c, &v->track, r->epoch, r->nepoch, false);
  follow(&f, v->week, sr_alloc(c->keep, sr_answer, v->track.room));
  tell_outside(c, f.outside);
  v->life = f.life;
  v->body = f.body;
  sr_search_tell(&c->search, "done", "", "");
}

bool sr_course_solve(const sr_scenario *s, const sr_nerve_tree *tree, double week, const sr_task *task, int ntask,
                     const sr_course_options *o, sr_arena *keep, sr_result *out, sr_error *err)
{
  visit *v = sr_alloc(keep, visit, 1);
  if (!set_out(v, s, tree, week, task, ntask, o, keep, out, err)) return false;
  go(v, task);
  sr_epoch *e = find_epoch(out->epoch, out->nepoch, v->week, "after");
  if (e == NULL) e = find_epoch(out->epoch, out->nepoch, v->week, "course");
  out->epoch[0] = *e;
  out->epoch[0].when = when_of(s, week);
  out->nepoch = 1;
  out->ncontrol = 0;
  return true;
}

// The life at a week without any task of its own. Nothing is solved for week 0 and before.
static bool live_to(visit *v, const sr_scenario *s, const sr_nerve_tree *tree, double week, const sr_course_options *o,
                    sr_arena *keep, sr_error *err)
{
  sr_result *unused = sr_alloc(keep, sr_result, 1);
  if (!set_out(v, s, tree, week, NULL, 0, o, keep, unused, err)) return false;
  if (v->week > 0.0) {
    go(v, NULL);
    return true;
  }
  sr_track_do_events(&v->track);
  v->life = v->track.life;
  v->body = v->track.body;
  return true;
}

bool sr_course_body(const sr_scenario *s, const sr_nerve_tree *tree, double week, const sr_course_options *o,
                    sr_arena *keep, sr_model *out, sr_error *err)
{
  visit *v = sr_alloc(keep, visit, 1);
  if (!live_to(v, s, tree, week, o, keep, err)) return false;
  *out = v->body;
  return true;
}

bool sr_course_legs(const sr_scenario *s, const sr_nerve_tree *tree, double week, double tiptoe,
                    const sr_course_options *o, sr_arena *keep, sr_surface out[2][SR_MESHES], sr_error *err)
{
  visit *v = sr_alloc(keep, visit, 1);
  if (!live_to(v, s, tree, week, o, keep, err)) return false;
  for (int leg = 0; leg < 2; leg++) {
    sr_shape_state shape = sr_life_shape(&v->life, (sr_leg)leg);
    shape.ankle = -tiptoe;
    shape.is_on_toes = tiptoe > 0.0;
    sr_shape_meshes(sr_life_leg(v->track.plan, (sr_leg)leg), &shape, keep, out[leg]);
  }
  return true;
}

int sr_course_exit_code(const sr_result *r)
{
  int code = 0;
  for (int e = 0; e < r->nepoch; e++)
    for (int i = 0; i < r->epoch[e].ntask; i++) {
      const sr_task_status s = r->epoch[e].task[i].status;
      if (s == SR_TASK_INTERRUPTED) return 130;
      if (s == SR_TASK_NOT_CONVERGED) code = 1;
    }
  return code;
}
