// In plain words what gets better, what gets worse, what is uncertain and what cannot be undone. Each statement carries
// how good its evidence is.
#include <math.h>
#include <string.h>

#include "report/measure.h"
#include "report/weeks.h"

enum { MOST_SAID = 4 };  // movements that are told in a sentence; the others stand in the table

// A name, with the leg where it holds for one alone.
static const char *on_leg(sr_page *p, const char *name, bool left, bool right)
{
  if (left && right) return name;
  return sr_arena_printf(p->keep, "%s%s%s", name, sr_say(p, "comma"), sr_say(p, left ? "side.left" : "side.right"));
}

// The sign and the name of a grade: of a number of the result, or of what was measured in people.
static const char *evidence(sr_page *p, const char *grade)
{
  static const char *const sign[][2] = {{"calibrated", "●"}, {"predicted", "◐"}, {"assumed", "○"}};
  for (int i = 0; i < 3; i++)
    if (grade != NULL && strcmp(grade, sign[i][0]) == 0)
      return sr_arena_printf(p->keep, "%s %s", sign[i][1], sr_say(p, sr_arena_printf(p->keep, "grade.%s", grade)));
  return grade == NULL ? "" : sr_say(p, grade);
}

static void say(sr_page *p, const char *words, const char *grade)
{
  sr_text_print(&p->out, "<li>%s <span class=ev>%s</span></li>\n", words, evidence(p, grade));
}

static bool cuts_motor_of_calf(const sr_page *p)
{
  for (int i = 0; i < p->r->nintervention; i++)
    for (int k = 0; k < p->r->intervention[i].ntarget; k++)
      if (strncmp(p->r->intervention[i].target[k], "nerve_to_gas", 12) == 0) return true;
  return false;
}

// Of the thinning what comes within the first three months.
static void say_early(sr_page *p)
{
  const sr_epoch *early = NULL;
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    if (e->week > 0.0 && e->week <= 13.1 && e->week < p->later->week && sr_is_described(e)) early = e;
  }
  const sr_metric *m = early != NULL ? sr_changed_number(p, early, "girth_change_cm") : NULL;
  if (m != NULL && m->value < -0.05)
    say(p, sr_say_with(p, "box.soon", sr_number(p, -m->value, 1), sr_time_words(p, early->week)), m->grade);
}

static void better(sr_page *p, const sr_measure *m, int n)
{
  int nsaid = 0;
  const sr_metric *change = p->later != NULL ? sr_changed_number(p, p->later, "girth_change_cm") : NULL;
  if (change != NULL && change->value < -0.05) {
    const sr_metric *now = sr_changed_number(p, p->later, "girth_max_cm"),
                    *control = sr_changed_number(p, sr_control_of(p, p->later), "girth_max_cm");
    const sr_metric *without = control != NULL ? control : sr_changed_number(p, p->before, "girth_max_cm");
    const char *girth = sr_say_with(p, "box.girth", sr_number(p, now != NULL ? now->value : (double)NAN, 1),
                                    sr_number(p, without != NULL ? without->value : (double)NAN, 1));
    say(p, sr_say_with3(p, "box.thinner", sr_number(p, -change->value, 1), sr_time_words(p, p->later->week), girth),
        change->grade);
    say_early(p);
    nsaid++;
  }
  for (int i = 0; i < n; i++) {
    if (m[i].verdict != SR_STRONGER) continue;
    say(p, sr_say_with(p, "box.more_of", sr_task_name(p, m[i].pair->task), sr_measure_instead(p, &m[i])),
        m[i].now->grade);
    nsaid++;
  }
  if (nsaid == 0) say(p, sr_say(p, "box.nothing_better"), NULL);
}

// How much is lost, to tell the worst first.
static double loss(const sr_measure *m)
{
  const double counts = 0.01;  // raises in a row come last: their number is the least like people
  return m->verdict == SR_GONE ? 1e9 : (sr_is_count(m) ? counts : 1.0) * fabs(m->change);
}

// Parts of ten say more than joules per kilogram.
static const char *loss_words(sr_page *p, const sr_measure *m)
{
  const char *parts = sr_measure_of_ten(p, m);
  if (m->verdict == SR_GONE) return sr_verdict_words(p, SR_GONE);
  if (sr_is_count(m))
    return sr_arena_printf(p->keep, "%s%s%s%s%s", sr_say(p, m->label), sr_say(p, "colon"), sr_measure_instead(p, m),
                           sr_say(p, "semicolon"), sr_measure_count(p, m));
  const bool is_energy = strcmp(m->row.name.unit, "J/kg") == 0 && parts[0] != '\0';
  if (is_energy) return sr_arena_printf(p->keep, "%s%s%s", sr_say(p, m->label), sr_say(p, "comma"), parts);
  return sr_arena_printf(p->keep, "%s %s%s%s", sr_say(p, m->label), sr_measure_instead(p, m),
                         parts[0] != '\0' ? sr_say(p, "semicolon") : "", parts);
}

// The soleus at its peak in walking has less than 5 % left, and had more without the change.
static void reserve_lost(sr_page *p, const sr_measure *m, int n)
{
  const double full = 95.0;
  for (int i = 0; i < n; i++) {
    if (!sr_is_task(m[i].pair->task, "walk")) continue;
    const sr_measure a = sr_measure_by(p, m[i].pair, "soleus:activation_peak");
    if (a.now == NULL || a.without == NULL || a.task->status != SR_TASK_SOLVED) continue;
    const double scale = strcmp(a.row.name.unit, "%") == 0 ? 1.0 : 100.0;
    if (scale * a.now->value < full || scale * a.without->value >= full) continue;
    say(p,
        sr_say_with3(p, "box.reserve", sr_task_name(p, m[i].pair->task), sr_number(p, scale * a.now->value, 0),
                     sr_number(p, scale * a.without->value, 0)),
        a.now->grade);
  }
}

static void movements_lost(sr_page *p, const sr_measure *m, int n)
{
  const int nworse = sr_count_worse(m, n);
  if (nworse == 0) say(p, sr_say(p, "box.no_worse"), "predicted");
  double last = (double)INFINITY;
  for (int said = 0; said < nworse && said < MOST_SAID; said++) {
    const sr_measure *most = NULL;
    for (int i = 0; i < n; i++)
      if (sr_is_worse(m[i].verdict) && loss(&m[i]) < last && (most == NULL || loss(&m[i]) > loss(most))) most = &m[i];
    if (most == NULL) break;
    last = loss(most);
    say(p, sr_say_with(p, "box.more_of", sr_task_name(p, most->pair->task), loss_words(p, most)),
        most->now != NULL ? most->now->grade : "predicted");
  }
  if (nworse > MOST_SAID)
    sr_text_print(&p->out, "<li>%s</li>", sr_say_with(p, "box.also", sr_number(p, nworse - MOST_SAID, 0), ""));
}

// Muscles without any nerve at the epoch that is told of.
static void muscles_lost(sr_page *p, const sr_epoch *e)
{
  sr_text list = sr_text_new(p->keep);
  for (int m = 0; m < e->leg[1].nmuscle; m++) {
    const char *muscle = e->leg[1].muscle[m].muscle;
    bool is_lost[2] = {false, false};
    for (int leg = 0; leg < 2; leg++)
      for (int k = 0; k < e->leg[leg].nmuscle; k++)
        is_lost[leg] |= strcmp(e->leg[leg].muscle[k].muscle, muscle) == 0 && e->leg[leg].muscle[k].innervated <= 0.0;
    if (is_lost[0] || is_lost[1])
      sr_text_print(&list, "%s%s", list.size > 0 ? sr_say(p, "semicolon") : "",
                    on_leg(p, sr_small_start(p, sr_muscle_name(p, muscle)), is_lost[0], is_lost[1]));
  }
  if (list.size > 0) say(p, sr_say_with(p, "box.no_tension", list.at, ""), "predicted");
}

static bool feels_nothing(const sr_page *p, const sr_epoch *e, int leg, const char *id)
{
  for (int i = 0; i < p->r->nnerve[leg] && i < e->leg[leg].nnerve; i++)
    if (strcmp(p->r->nerve[leg][i].id, id) == 0) return e->leg[leg].nerve_intact[i] <= 0.0;
  return false;
}

static void skin_lost(sr_page *p)
{
  const sr_epoch *e = p->after != NULL ? p->after : p->before;
  sr_text list = sr_text_new(p->keep);
  for (int i = 0; i < p->r->nnerve[1]; i++) {
    const sr_nerve_result *n = &p->r->nerve[1][i];
    const bool left = feels_nothing(p, e, 0, n->id), right = feels_nothing(p, e, 1, n->id);
    if (strcmp(n->kind, "sensory") != 0 || !(left || right) || n->supplies == NULL) continue;
    const char *skin = sr_html(p, p->lang == SR_ZH && n->supplies_zh != NULL ? n->supplies_zh : n->supplies);
    sr_text_print(&list, "%s%s", list.size > 0 ? sr_say(p, "semicolon") : "", on_leg(p, skin, left, right));
  }
  if (list.size > 0) say(p, sr_say_with(p, "box.numb", list.at, ""), "predicted");
}

static void worse(sr_page *p, const sr_measure *m, int n)
{
  const sr_epoch *then = p->later != NULL && p->later->leg[1].nmuscle > 0 ? p->later
                         : p->after != NULL                               ? p->after
                                                                          : p->before;
  muscles_lost(p, then);
  movements_lost(p, m, n);
  reserve_lost(p, m, n);
  const sr_metric *up = p->later != NULL ? sr_changed_number(p, p->later, "dorsiflexion_deg") : NULL;
  const sr_metric *control = up != NULL ? sr_changed_number(p, sr_control_of(p, p->later), "dorsiflexion_deg") : NULL;
  if (up != NULL && control != NULL && up->value < control->value - 1.0)
    say(p,
        sr_say_with3(p, "box.foot_up", sr_number(p, up->value, 0), sr_number(p, control->value, 0),
                     sr_time_words(p, p->later->week)),
        up->grade);
  skin_lost(p);
  const sr_metric *girth = p->later != NULL ? sr_changed_number(p, p->later, "girth_change_cm") : NULL;
  if (girth != NULL && girth->value > 0.3)
    say(p, sr_say_with(p, "box.thicker", sr_number(p, girth->value, 1), sr_time_words(p, p->later->week)),
        girth->grade);
}

// The constant with the greatest share at the last week that is told.
static const char *greatest_unknown(sr_page *p)
{
  const sr_influence_result *most = NULL;
  for (int i = 0; i < p->r->ninfluence; i++) {
    const sr_influence_result *x = &p->r->influence[i];
    if (strncmp(x->outcome, "girth_change", 12) != 0) continue;
    if (most == NULL || strcmp(most->outcome, x->outcome) != 0 || x->share > most->share) most = x;
  }
  if (most == NULL) return NULL;
  const char *known = sr_string_find(p->lang, sr_arena_printf(p->keep, "unknown.%s", most->unknown));
  return known != NULL ? sr_small_start(p, known) : sr_html(p, most->about);
}

const char *sr_lost_by(sr_page *p, const sr_slip_result *s)
{
  sr_text list = sr_text_new(p->keep);
  sr_text_append(&list, "", 0);
  for (int i = 0; i < s->ntask; i++)
    if (s->task[i].status == SR_TASK_IMPOSSIBLE)
      sr_text_print(&list, "%s%s", list.size > 0 ? sr_say(p, "semicolon") : "",
                    sr_small_start(p, sr_task_name(p, s->task[i].task)));
  return list.at;
}

const sr_slip_result *sr_invited_slip(sr_page *p)
{
  for (int i = 0; i < p->r->nslip; i++) {
    const sr_slip_result *s = &p->r->slip[i];
    if (s->variant != NULL && s->nmuscle > 0 && sr_lost_by(p, s)[0] != '\0') return s;
  }
  return NULL;
}

// Volume of the medial head of the leg that changes more, in percent of before.
static double medial_volume(sr_page *p, const sr_epoch *e, double *least)
{
  const sr_what w = {.source = SR_OF_TOTAL, .name = "gasmed", .side = sr_changed_leg(p)};
  const sr_metric *m = sr_epoch_number(p, e, &w), *was = sr_epoch_number(p, p->before, &w);
  if (m == NULL || was == NULL || !(was->value > 0.0)) return (double)NAN;
  *least = 100.0 * (m->has_band ? m->p05 : m->value) / was->value;
  return 100.0 * m->value / was->value;
}

// What flaps without a nerve kept of their volume (10 people: 30 % after 6 months, 19 % after 12) lies below the band.
static void flaps(sr_page *p)
{
  static const struct {
    double week, kept;
  } flap[] = {{26.0, 30.0}, {52.0, 19.0}};
  sr_text known = sr_text_new(p->keep), here = sr_text_new(p->keep);
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < p->r->nepoch; i++) {
      double least = 0.0;
      if (fabs(p->r->epoch[i].week - flap[k].week) > 1.5) continue;
      const double left = medial_volume(p, &p->r->epoch[i], &least);
      if (!isfinite(left) || least <= flap[k].kept) continue;
      const char *when = sr_time_words(p, p->r->epoch[i].week), *comma = known.size > 0 ? sr_say(p, "comma") : "";
      sr_text_print(&known, "%s%s", comma, sr_say_with(p, "box.flap_at", sr_number(p, flap[k].kept, 0), when));
      sr_text_print(&here, "%s%s", comma, sr_say_with(p, "box.flap_at", sr_number(p, left, 0), when));
    }
  if (known.size > 0) say(p, sr_say_with(p, "box.flaps", known.at, here.at), "ev.measured");
}

// Branches of muscles that hang below one that is cut in some legs.
static void variants(sr_page *p)
{
  for (int i = 0; i < p->r->nslip; i++) {
    const sr_slip_result *s = &p->r->slip[i];
    if (s->variant == NULL || s->nmuscle == 0) continue;
    const char *words = sr_string_find(p->lang, sr_arena_printf(p->keep, "variant.%s", s->variant));
    const char *range = sr_arena_printf(p->keep, "%s…%s", sr_number(p, 100.0 * s->frequency_lo, 0),
                                        sr_number(p, 100.0 * s->frequency_hi, 0));
    say(p,
        sr_say_with3(p, "box.variant", sr_number(p, 100.0 * s->frequency, 0), range,
                     words != NULL ? words : sr_html(p, s->variant)),
        "ev.measured");
    const char *lost = sr_lost_by(p, s);
    if (lost[0] != '\0') say(p, sr_say_with(p, "box.slip", lost, ""), "predicted");
  }
}

static void unsure(sr_page *p, const sr_measure *m, int n)
{
  int nopen = 0, nbody = 0;
  const sr_metric *change = p->later != NULL ? sr_changed_number(p, p->later, "girth_change_cm") : NULL;
  if (change != NULL && change->has_band && change->p95 - change->p05 > 0.1)
    say(p, sr_say_with(p, "box.range", sr_number(p, change->p05, 1), sr_number(p, change->p95, 1)), change->grade);
  const char *unknown = greatest_unknown(p);
  if (unknown != NULL) say(p, sr_say_with(p, "box.unknown", unknown, ""), "assumed");
  for (int i = 0; i < n; i++) {
    nopen += m[i].verdict == SR_OPEN;
    nbody += m[i].task != NULL && m[i].task->nbody > 0;
  }
  for (int i = 0; i < n; i++) {
    const sr_task_result *t = m[i].task;
    if (t != NULL && t->nbody_solved < t->nbody)
      say(p,
          sr_say_with3(p, "first.of_bodies", sr_task_name(p, m[i].pair->task), sr_number(p, t->nbody, 0),
                       sr_say_with(p, "first.can_cannot", sr_number(p, t->nbody_solved, 0),
                                   sr_number(p, t->nbody - t->nbody_solved, 0))),
          "predicted");
  }
  if (n > 0 && nbody == 0) say(p, sr_say(p, "box.one_body"), NULL);
  variants(p);
  if (cuts_motor_of_calf(p) && sr_is_cut(p->r)) flaps(p);
  if (cuts_motor_of_calf(p)) say(p, sr_say(p, "box.contracture"), "ev.none");
  if (p->r->nintervention > 0) say(p, sr_say(p, "box.first_weeks"), "assumed");
  if (nopen > 0)
    sr_text_print(&p->out, "<li class=no>%s</li>", sr_say_with(p, "box.failed", sr_number(p, nopen, 0), ""));
}

static bool is_kind(const sr_intervention_result *v, const char *kind)
{
  return strcmp(v->kind, kind) == 0;
}

static void undone(sr_page *p)
{
  bool is_cut = false, is_part = false, is_burnt = false, is_out = false;
  sr_text passes = sr_text_new(p->keep);
  for (int i = 0; i < p->r->nintervention; i++) {
    const sr_intervention_result *v = &p->r->intervention[i];
    is_cut |= is_kind(v, "transect") && v->fraction >= 1.0;
    is_part |= is_kind(v, "transect") && v->fraction < 1.0;
    is_burnt |= is_kind(v, "ablate");
    is_out |= is_kind(v, "resect");
    if (is_kind(v, "toxin") || is_kind(v, "block") || is_kind(v, "immobilise"))
      sr_text_print(&passes, "%s%s", passes.size > 0 ? sr_say(p, "semicolon") : "",
                    sr_small_start(p, sr_say(p, sr_arena_printf(p->keep, "kind.%s", v->kind))));
  }
  if (is_cut) say(p, sr_say(p, "undo.cut"), "ev.measured");
  if (is_part) say(p, sr_say(p, "undo.part"), "ev.animals");
  if (is_cut) say(p, sr_say(p, "undo.muscle"), "ev.animals");
  if (is_burnt) say(p, sr_say(p, "undo.ablate"), "ev.none");
  if (is_out) say(p, sr_say(p, "undo.resect"), "ev.measured");
  if (passes.size > 0) say(p, sr_say_with(p, "undo.passes", passes.at, ""), "ev.measured");
  if (p->r->nintervention == 0) say(p, sr_say(p, "undo.nothing"), NULL);
}

static void box(sr_page *p, const char *id)
{
  sr_text_print(&p->out, "<div class=\"box %s\"><h3>%s</h3><ul>", id,
                sr_say(p, sr_arena_printf(p->keep, "box.%s", id)));
}

void sr_page_boxes(sr_page *p, const sr_measure *m, int n)
{
  sr_text_print(&p->out, "<div class=boxes>");
  box(p, "better");
  better(p, m, n);
  sr_text_print(&p->out, "</ul></div>\n");
  box(p, "worse");
  worse(p, m, n);
  sr_text_print(&p->out, "</ul></div>\n");
  box(p, "unsure");
  unsure(p, m, n);
  sr_text_print(&p->out, "</ul></div>\n");
  box(p, "undo");
  undone(p);
  sr_text_print(&p->out, "</ul></div></div>\n<p class=note>%s <a href=#sure>%s</a></p>\n", sr_say(p, "first.grades"),
                sr_say(p, "sure.title"));
}
