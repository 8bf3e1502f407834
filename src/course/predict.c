// predict: a life and its control, epoch by epoch; solve: one body of one week, some tasks.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "course/agenda.h"
#include "course/bands.h"
#include "course/epoch.h"
#include "course/people.h"
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
  sr_search living;         // of the lives, where they go on beside other solves: they show nothing
  sr_course_options quiet;  // its options
  sr_agenda agenda;
  const sr_answer *healthy_answer;  // of the life before week 0 to what makes its load
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

// The search of the lives.
static sr_search *search_of_lives(course *c)
{
  if (c->options->threads <= 1) return &c->search;
  c->quiet = *c->options;
  c->quiet.progress = NULL;
  c->quiet.reporter = NULL;
  c->living = c->search;
  c->living.options = &c->quiet;
  return &c->living;
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
  c->agenda = sr_agenda_new(&c->search, r, task, &c->healthy, r->nepoch + r->ncontrol);
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
  int first, nmoment;  // its moments on the agenda
  bool is_control;
  double outside;  // the first week that was read at which the body is none that the model of weight knows
  sr_life life;    // what was read last
  sr_model body;
} following;

static sr_moment *find_moment(const following *f, double week)
{
  for (int k = f->first; k < f->first + f->nmoment; k++)
    if (f->c->agenda.moment[k].week == week) return &f->c->agenda.moment[k];
  return NULL;
}

static void describe(following *f, const sr_track *t, sr_epoch *e)
{
  if (!sr_life_weight(&t->life).is_in_range) f->outside = fmin(f->outside, t->life.week);
  f->life = t->life;
  f->body = t->body;
  sr_agenda_lock(&f->c->agenda);
  sr_epoch_describe(&t->life, &t->body, f->c->keep, e);
  if (!f->is_control) sr_epoch_draw(&t->life, f->c->keep, e);
  sr_agenda_unlock(&f->c->agenda);
  f->reading[f->nreading++] = (sr_reading){e, strcmp(e->when, "before") == 0};
}

// What the agenda has to know of an epoch whose load is solved: its body, and the answers that made the load.
static void reach(following *f, const sr_track *t, sr_moment *m)
{
  m->body = t->body;
  m->is_in_cast = sr_life_is_in_cast(t->plan, t->life.week);
  m->old_weight = sr_track_old_weight(t);
  for (int i = 0; i < m->ntask; i++) {
    const int place = sr_track_place(t, &f->c->agenda.task[i]);
    m->is_known[i] = place >= 0 && !m->is_in_cast;
    if (m->is_known[i]) m->answer[i] = t->answer[place];
  }
  m->is_reached = true;
}

// A week without interventions: what changes by itself (a block or a cast ends, other habits begin), then the tasks.
static void pass_week(following *f)
{
  sr_track *t = f->track;
  sr_moment *m = find_moment(f, t->life.week);
  sr_track_do_events(t);
  if (m == NULL) return;
  if (!sr_life_is_in_cast(t->plan, t->life.week)) sr_track_solve(t, "course", f->c->agenda.task, m->ntask);
  describe(f, t, m->epoch);
  reach(f, t, m);
}

// Weeks that are asked for within the last leg of the track, each from the begin of it along its loads.
static void read_between(following *f, const sr_track *begin, sr_arena *keep)
{
  const sr_track *t = f->track;
  const sr_week_line *line = &t->leg[t->nleg - 1];
  for (int k = f->first; k < f->first + f->nmoment && !sr_track_is_stopped(t); k++) {
    sr_moment *m = &f->c->agenda.moment[k];
    if (!(m->week > line->from && m->week < line->to)) continue;
    sr_track side = sr_track_copy(begin, keep);
    sr_track_go_along(&side, m->week, line);
    m->when = f->is_control ? "control, reading" : "reading";
    if (!sr_life_is_in_cast(side.plan, side.life.week)) sr_track_solve(&side, "reading", f->c->agenda.task, m->ntask);
    describe(f, &side, m->epoch);
    reach(f, &side, m);
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

// Both bodies of an event, before anything is solved: what is asked for without need of the load can begin.
static void foresee(const following *f, sr_moment *m)
{
  sr_arena *work = sr_arena_new();
  sr_track side = sr_track_copy(f->track, work);
  m->body = side.body;
  m->old_weight = sr_track_old_weight(&side);
  sr_track_do_events(&side);
  if (m->after != NULL)
    m->hurt = side.body;
  else
    m->body = side.body;
  m->is_in_cast = sr_life_is_in_cast(side.plan, side.life.week);
  for (int i = 0; i < m->ntask; i++)
    m->is_known[i] = sr_track_place(&side, &f->c->agenda.task[i]) >= 0 && !(m->is_in_cast && m->after == NULL);
  m->is_reached = true;
  sr_arena_free(work);
}

// What is done this week: the epochs before and after it.
static void pass_event(following *f)
{
  sr_track *t = f->track;
  sr_moment *m = find_moment(f, t->life.week);
  sr_answer *before = sr_alloc(f->c->keep, sr_answer, t->room);
  if (t->life.week > 0.0) foresee(f, m);
  describe(f, t, m->epoch);
  sr_track_solve_pair(t, before, f->c->agenda.task, m->ntask);
  describe(f, t, m->after);
  for (int i = 0; i < m->ntask; i++) {
    const int place = sr_track_place(t, &f->c->agenda.task[i]);
    m->is_known[i] = place >= 0;
    if (place < 0) continue;
    m->answer[i] = before[place];
    m->answer_after[i] = t->answer[place];
  }
  m->lead = &before[t->walk];
  if (t->life.week == 0.0) {
    sr_track_set_healthy(t, before);
    f->c->healthy_answer = before;
  }
  sr_life_wounds(&t->life);
}

static double last_week(const sr_scenario *s)
{
  double last = 0.0;
  for (double week = 0.0; isfinite(week); week = next_epoch(s, week)) last = week;
  return last;
}

static following new_following(course *c, sr_track *t, sr_epoch *epoch, int n, bool is_control)
{
  return (following){.c = c,
                     .track = t,
                     .epoch = epoch,
                     .nepoch = n,
                     .reading = sr_alloc(c->keep, sr_reading, n),
                     .outside = (double)INFINITY,
                     .is_control = is_control};
}

// Week 0 of the life.
static void begin_life(following *f)
{
  sr_track *t = f->track;
  if (has_event_at(f->c->scenario, 0.0)) {
    pass_event(f);
    return;
  }
  pass_week(f);
  sr_track_set_healthy(t, NULL);
  f->c->healthy_answer = t->answer;
}

// From week 0 to the first week of the grid at or after the last that is read.
static void follow(following *f)
{
  const sr_scenario *s = f->c->scenario;
  const double last = last_week(s);
  sr_track *t = f->track;
  while (t->life.week < last && !sr_track_is_stopped(t)) {
    pass_leg(f);
    if (t->life.week > last || sr_track_is_stopped(t)) break;
    if (!f->is_control && has_event_at(s, t->life.week))
      pass_event(f);
    else
      pass_week(f);
  }
}

// Lays out the moments of its epochs. The control goes out from what the life does before week 0.
static void plan_moments(following *f)
{
  sr_agenda *a = &f->c->agenda;
  sr_moment *from = f->is_control ? &a->moment[0] : NULL;
  f->first = a->nmoment;
  for (int i = 0; i < f->nepoch; i++) {
    sr_epoch *e = &f->epoch[i];
    const bool is_event = strcmp(e->when, "before") == 0;
    const char *when = is_event ? "before" : f->is_control ? "control, course" : "course";
    sr_moment *m = sr_agenda_add(a, e->week, when, e, is_event ? &f->epoch[++i] : NULL, from);
    m->is_control = f->is_control;
    if (!f->is_control && (is_event || e->week == 0.0)) from = m;
  }
  f->nmoment = a->nmoment - f->first;
}

// The life, and then its control; each solve of theirs by itself, beside what is asked for.
typedef struct lives {
  following life, control;
} lives;

static void live(void *who, sr_living part)
{
  lives *l = who;
  following *f = &l->control;
  if (part == SR_LIVE_WEEK_0) {
    begin_life(&l->life);
    return;
  }
  follow(&l->life);
  if (f->track == NULL) return;
  sr_track_start_from(f->track, l->life.track, f->c->healthy_answer);
  pass_week(f);
  follow(f);
}

// Lives, with all that is asked for on the way. `control` may be NULL.
static void live_through(course *c, lives *l, sr_track *life, sr_track *control)
{
  sr_result *r = c->out;
  l->life = new_following(c, life, r->epoch, r->nepoch, false);
  l->control = new_following(c, control, r->control, control != NULL ? r->ncontrol : 0, true);
  plan_moments(&l->life);
  plan_moments(&l->control);
  foresee(&l->life, &c->agenda.moment[0]);
  c->agenda.live = live;
  c->agenda.who = l;
  sr_agenda_run(&c->agenda);
}

// What other bodies, and a slip of the knife at the first intervention on nerves, make of the same tasks.
static void try_others(course *c)
{
  sr_agenda *a = &c->agenda;
  const sr_course_options *o = c->options;
  const sr_intervention *cut = o->without_slips ? NULL : sr_slips_intervention(c->scenario);
  sr_seat *seat = sr_alloc(c->keep, sr_seat, 2 * a->nmoment);
  const int n = sr_agenda_seats(a, seat);
  for (int i = 0; cut != NULL && i < n; i++)
    if (seat[i].epoch->week == cut->week && strcmp(seat[i].epoch->when, "after") == 0)
      sr_slips_fill(&c->search, c->plan, cut, a->task, &seat[i], c->out);
  sr_bodies_fill(&c->search, &c->bodies, a->task, seat, n, c->scenario->bodies, c->scenario->seed);
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
  course *c = sr_alloc(keep, course, 1);
  lives *l = sr_alloc(keep, lives, 1);
  sr_task *task;
  sr_track life, control;
  if (!parse_tasks(s, keep, &task, err) || !begin(s, tree, o, keep, out, c, err)) return false;
  lay_out(c, task);
  const bool has_load = last_week(s) > 0.0;
  if (!sr_track_new(c->plan, &c->tables, search_of_lives(c), "", has_load, &life, err) ||
      !sr_track_new(c->plan_of_control, &c->tables, search_of_lives(c), "control, ", has_load, &control, err))
    return false;
  live_through(c, l, &life, &control);
  if (!sr_track_is_stopped(&life)) try_others(c);
  sr_search_tell(&c->search, "all", "", "other constants");
  sr_bands_fill(&life, l->life.reading, l->life.nreading, s->samples, s->seed, keep, out);
  sr_bands_fill(&control, l->control.reading, l->control.nreading, s->samples, s->seed, keep, NULL);
  if (life.nlost + control.nlost > 0)
    sr_result_note(out, keep,
                   "At %d times no walk was found from which to take the load of the muscles: the load before went on.",
                   life.nlost + control.nlost);
  tell_outside(c, fmin(l->life.outside, l->control.outside));
  if (sr_track_is_stopped(&life))
    sr_result_note(out, keep,
                   "Stopped before all was computed: what is missing is not impossible, and bands may be absent.");
  if (o->finished != NULL) o->finished(o->keeper, out);
  sr_search_tell(&c->search, "done", "", "");
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

static bool set_out(visit *v, const sr_scenario *s, const sr_nerve_tree *tree, double week, int ntask,
                    const sr_course_options *o, sr_arena *keep, sr_result *out, sr_error *err)
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
         sr_track_new(c->plan, &c->tables, search_of_lives(c), "", v->week > 0.0, &v->track, err);
}

// Lives up to there, and does the tasks.
static void go(visit *v, const sr_task *task)
{
  course *c = &v->course;
  sr_result *r = c->out;
  lay_out(c, task);
  c->search.state.total = r->nepoch;  // it has no control
  lives *l = sr_alloc(c->keep, lives, 1);
  live_through(c, l, &v->track, NULL);
  tell_outside(c, l->life.outside);
  v->life = l->life.life;
  v->body = l->life.body;
  sr_search_tell(&c->search, "done", "", "");
}

bool sr_course_solve(const sr_scenario *s, const sr_nerve_tree *tree, double week, const sr_task *task, int ntask,
                     const sr_course_options *o, sr_arena *keep, sr_result *out, sr_error *err)
{
  visit *v = sr_alloc(keep, visit, 1);
  if (!set_out(v, s, tree, week, ntask, o, keep, out, err)) return false;
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
  if (!set_out(v, s, tree, week, 0, o, keep, unused, err)) return false;
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

bool sr_course_people(const sr_scenario *s, const sr_nerve_tree *tree, const sr_person *who, int n, const double *week,
                      int nweek, const sr_course_options *o, sr_arena *keep, sr_person_leg *out, sr_error *err)
{
  visit *v = sr_alloc(keep, visit, 1);
  SR_ASSERT(n > 0 && nweek > 0);
  if (!live_to(v, s, tree, week[nweek - 1], o, keep, err)) return false;
  if (sr_track_is_stopped(&v->track)) return sr_fail(err, SR_INTERRUPTED, "interrupted");
  for (int i = 0; i < n; i++) {
    sr_person_leg *own = &out[2 * nweek * i];
    if (sr_people_live(&v->track, s, tree, &who[i], week, nweek, own, NULL)) continue;
    const sr_person_leg none = {(double)NAN, (double)NAN, (double)NAN};
    for (int k = 0; k < 2 * nweek; k++) own[k] = none;
  }
  return true;
}

struct sr_course_draws {
  visit visit;
  int muscle[2];  // of the right leg: soleus, medial head
};

const sr_course_draws *sr_course_draws_new(const sr_scenario *s, const sr_nerve_tree *tree, double weeks,
                                           const sr_course_options *o, sr_arena *keep, sr_error *err)
{
  sr_course_draws *d = sr_alloc(keep, sr_course_draws, 1);
  if (!live_to(&d->visit, s, tree, weeks, o, keep, err)) return NULL;
  if (sr_track_is_stopped(&d->visit.track)) {
    sr_fail(err, SR_INTERRUPTED, "interrupted");
    return NULL;
  }
  const sr_model *healthy = sr_life_healthy(d->visit.track.plan);
  d->muscle[0] = sr_model_find_muscle(healthy, "soleus_r");
  d->muscle[1] = sr_model_find_muscle(healthy, "gasmed_r");
  return d;
}

int sr_course_draws_nunknown(const sr_course_draws *d)
{
  return sr_life_nunknown(d->visit.track.plan);
}

const char *sr_course_draws_name(const sr_course_draws *d, int unknown)
{
  return sr_life_unknown_name(d->visit.track.plan, unknown);
}

const char *sr_course_draws_about(const sr_course_draws *d, int unknown)
{
  return sr_life_unknown_about(d->visit.track.plan, unknown);
}

typedef struct draw {
  const sr_course_draws *of;
  double *out;
} draw;

static void tell_draw(void *who, int which, const sr_life *l)
{
  const draw *w = who;
  double *out = w->out + which * SR_DRAW_OUTCOMES;
  out[SR_DRAW_GIRTH] = sr_life_look(l, SR_LEG_RIGHT).girth_max - sr_life_girth_before(l->plan, SR_LEG_RIGHT);
  for (int i = 0; i < 2; i++)
    out[SR_DRAW_SOLEUS + i] = sr_tissue_read(&l->par.tissue, &l->muscle[w->of->muscle[i]]).total - 1.0;
}

bool sr_course_draws_tell(const sr_course_draws *d, const double *u, const double *week, int nweek, double *out)
{
  const sr_track *t = &d->visit.track;
  const sr_life_constants c = u != NULL ? sr_life_constants_drawn(t->plan, u) : sr_life_constants_own(t->plan);
  sr_arena *work = sr_arena_new();
  sr_life *l = sr_alloc(work, sr_life, 1);
  const bool is_good = sr_life_new(t->plan, &c, l, NULL);
  if (is_good) {
    draw w = {d, out};
    sr_people_along(t, l, week, nweek, tell_draw, &w);
  }
  sr_arena_free(work);
  return is_good;
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
