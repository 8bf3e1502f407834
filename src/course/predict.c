// predict: the same person before and after, compared in one basin; solve: one body, some tasks.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "course/parts.h"
#include "course/search.h"

static const char *const notes[] = {
    "Weeks after the operation need the slow model of tissue (wasting, fat, scar, compensation, girth), which this "
    "version "
    "does not have: `after` is the day of the cut, with the body otherwise unchanged.",
    "The model is planar: balance to the side, turning and twisting of the foot are not in it. The summed moment of "
    "the deep "
    "flexors about the locked subtalar axis is held to a small passive torque instead.",
    "Movement is predicted by least effort: pain, fear, habit and relearning are not in it, nor are reflexes, "
    "proprioception and sway.",
    "Not modelled: the venous pump of the calf, thrombosis, neuroma pain, lost proprioception, knee recurvatum by "
    "laxity.",
};

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
  out->nnote = (int)(sizeof notes / sizeof notes[0]);
  out->note = sr_alloc(keep, const char *, out->nnote);
  memcpy(out->note, notes, sizeof notes);
  describe_interventions(s, tree, keep, out);
}

// Only what changes a nerve at once can be computed without the slow model.
static bool check_interventions(const sr_scenario *s, sr_error *err)
{
  for (int i = 0; i < s->nintervention; i++) {
    const sr_intervention_kind k = s->intervention[i].kind;
    if (k == SR_TRANSECT || k == SR_BLOCK || k == SR_ABLATE) continue;
    return sr_fail(err, SR_BAD_VALUE,
                   "%s:%d: interventions of this kind need the slow model, which is not built yet; there are transect, "
                   "block and ablate",
                   s->path, s->intervention[i].line);
  }
  return true;
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

static bool has_cut_at(const sr_scenario *s, double week)
{
  for (int i = 0; i < s->nintervention; i++)
    if (s->intervention[i].week == week) return true;
  return false;
}

// An epoch without answers.
static sr_epoch blank(double week, const char *when, const sr_task *task, int ntask, sr_task_status status,
                      const char *why, sr_arena *keep)
{
  sr_epoch e = {.week = week, .when = when, .ntask = ntask, .task = sr_alloc(keep, sr_task_result, ntask)};
  for (int i = 0; i < ntask; i++)
    e.task[i] = (sr_task_result){.task = sr_arena_strdup(keep, task[i].key), .status = status, .why = why};
  return e;
}

// The first week after `week` that is asked for or has an intervention; infinite where there is none.
static double next_week(const sr_scenario *s, double week)
{
  double next = (double)INFINITY;
  for (int i = 0; i < s->nweek; i++)
    if (s->week[i] > week) next = fmin(next, s->week[i]);
  for (int i = 0; i < s->nintervention; i++)
    if (s->intervention[i].week > week) next = fmin(next, s->intervention[i].week);
  return next;
}

// The epochs after week 0: two where there is an intervention, one elsewhere.
static void later_epochs(const sr_scenario *s, const sr_task *task, sr_arena *keep, sr_result *out)
{
  static const char *const when[] = {"before", "after", "course"};
  for (double week = next_week(s, 0.0); isfinite(week); week = next_week(s, week)) {
    const bool has_cut = has_cut_at(s, week);
    for (int k = has_cut ? 0 : 2; k < (has_cut ? 2 : 3); k++)
      out->epoch[out->nepoch++] =
          blank(week, when[k], task, s->ntask, SR_TASK_NOT_RUN,
                "weeks after the first day need the slow model of tissue, which this version does not have", keep);
  }
}

bool sr_course_predict(const sr_scenario *s, const sr_nerve_tree *tree, const sr_course_options *o, sr_arena *keep,
                       sr_result *out, sr_error *err)
{
  sr_weights weights;
  sr_model *healthy = sr_alloc(keep, sr_model, 1), *hurt = sr_alloc(keep, sr_model, 1);
  sr_leg_nerves whole[2], cut[2];
  sr_task *task;
  if (!check_interventions(s, err) || !parse_tasks(s, keep, &task, err) || !sr_weights_load(&weights, err) ||
      !sr_course_body(s, tree, 0.0, false, healthy, err) || !sr_course_body(s, tree, 0.0, true, hurt, err))
    return false;
  for (int leg = 0; leg < 2; leg++)
    if (!sr_course_leg(s, tree, (sr_leg)leg, 0.0, false, keep, &whole[leg], err) ||
        !sr_course_leg(s, tree, (sr_leg)leg, 0.0, true, keep, &cut[leg], err))
      return false;
  start_result(s, tree, o, keep, out);
  sr_course_nerves(cut, keep, out);
  const bool is_hurt = has_cut_at(s, 0.0);
  out->epoch = sr_alloc(keep, sr_epoch, 2 * (s->nweek + s->nintervention + 1));
  sr_epoch *before = &out->epoch[out->nepoch++], *after = NULL;
  *before = blank(0.0, is_hurt ? "before" : "course", task, s->ntask, SR_TASK_INTERRUPTED, sr_search_stopped, keep);
  sr_course_describe(healthy, whole, keep, before);
  if (is_hurt) {
    after = &out->epoch[out->nepoch++];
    *after = blank(0.0, "after", task, s->ntask, SR_TASK_INTERRUPTED, sr_search_stopped, keep);
    sr_course_describe(hurt, cut, keep, after);
  }
  later_epochs(s, task, keep, out);
  // without the slow model the life without the operation is the body before it
  out->ncontrol = 1;
  out->control = sr_alloc(keep, sr_epoch, 1);
  out->control[0] = blank(0.0, "course", task, s->ntask, SR_TASK_INTERRUPTED, sr_search_stopped, keep);
  memcpy(out->control[0].leg, before->leg, sizeof before->leg);
  sr_search j = {.weights = &weights,
                 .options = o,
                 .keep = keep,
                 .is_mirrored = sr_search_is_worse_on_the_left(hurt),
                 .when = before->when};
  j.state.total = s->ntask;
  for (int i = 0; i < s->ntask; i++) {
    sr_answer first, second;
    j.state.done = i;
    if (after != NULL) {
      sr_search_pair(&j, &task[i], healthy, hurt, &first, &second);
      after->task[i] = second.result;
    } else {
      first = sr_search_from(&j, &task[i], healthy, NULL);
    }
    before->task[i] = first.result;
    out->control[0].task[i] = before->task[i];
    out->control[0].task[i].curves = (sr_curves){0};  // the movement stands in the epoch that it equals
    if (o->finished != NULL) o->finished(o->keeper, out);
  }
  j.state.done = s->ntask;
  sr_search_tell(&j, "done", "", "");
  return true;
}

// What the body of a week is called by itself.
static const char *when_of(const sr_scenario *s, double week)
{
  if (s->nintervention == 0) return "course";
  return s->intervention[0].week <= week ? "after" : "before";
}

bool sr_course_solve(const sr_scenario *s, const sr_nerve_tree *tree, double week, const sr_task *task, int ntask,
                     const sr_course_options *o, sr_arena *keep, sr_result *out, sr_error *err)
{
  sr_weights weights;
  sr_model *m = sr_alloc(keep, sr_model, 1), *whole = sr_alloc(keep, sr_model, 1);
  sr_leg_nerves cut[2];
  if (week > 0.0)
    return sr_fail(
        err, SR_BAD_VALUE,
        "--week %g: weeks after the operation need the slow model of tissue, which is not built yet; only 0 is", week);
  if (!check_interventions(s, err) || !sr_weights_load(&weights, err) ||
      !sr_course_body(s, tree, week, false, whole, err) || !sr_course_body(s, tree, week, true, m, err))
    return false;
  const bool is_hurt = !sr_model_is_healthy(m);
  for (int leg = 0; leg < 2; leg++)
    if (!sr_course_leg(s, tree, (sr_leg)leg, week, true, keep, &cut[leg], err)) return false;
  start_result(s, tree, o, keep, out);
  sr_course_nerves(cut, keep, out);
  out->nepoch = 1;
  sr_epoch *e = out->epoch = sr_alloc(keep, sr_epoch, 1);
  *e =
      (sr_epoch){.week = week, .when = when_of(s, week), .ntask = ntask, .task = sr_alloc(keep, sr_task_result, ntask)};
  sr_course_describe(m, cut, keep, e);
  sr_search j = {
      .weights = &weights, .options = o, .keep = keep, .is_mirrored = sr_search_is_worse_on_the_left(m), .week = week};
  j.state.total = ntask;
  for (int i = 0; i < ntask; i++) {
    sr_answer before, now;
    j.state.done = i;
    j.when = e->when;
    if (is_hurt && task[i].family == SR_TASK_WALK)
      sr_search_pair(&j, &task[i], whole, m, &before, &now);  // as in predict
    else
      now = sr_search_from(&j, &task[i], m, NULL);
    e->task[i] = now.result;
  }
  j.state.done = ntask;
  sr_search_tell(&j, "done", "", "");
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
