// The first screen: how the calf looks beside what the legs can do, and in plain words what gets better, what gets
// worse, what is uncertain and what cannot be undone. Each statement carries how good its evidence is.
#include <math.h>
#include <string.h>

#include "report/measure.h"
#include "report/weeks.h"

enum { MOST_SAID = 4 };  // movements that are told in a sentence; the others stand in the table

static const char *time_later(sr_page *p)
{
  return sr_time_words(p, p->later->week);
}

// Of the leg that changes more.
static const sr_metric *of_leg(sr_page *p, const sr_epoch *e, const char *name)
{
  const sr_what w = {.source = SR_OF_LEG, .name = name, .side = sr_changed_leg(p)};
  return sr_epoch_number(p, e, &w);
}

// "calf", or "right calf" where the legs differ.
static const char *calf(sr_page *p)
{
  const sr_what girth = {.source = SR_OF_LEG, .name = "girth_change_cm"};
  return sr_say(p, sr_legs_agree(p, &girth) ? "calf.each" : sr_changed_leg(p) == 0 ? "calf.left" : "calf.right");
}

// A name, with the leg where it holds for one alone.
static const char *on_leg(sr_page *p, const char *name, bool left, bool right)
{
  if (left && right) return name;
  return sr_arena_printf(p->keep, "%s%s%s", name, sr_say(p, "comma"), sr_say(p, left ? "side.left" : "side.right"));
}

// --- what the legs can do

static const char *verdict_words(const sr_page *p, sr_verdict v)
{
  static const char *const id[] = {"first.gone",      "first.never",    "first.open",   "first.weaker",  "first.harder",
                                   "first.as_before", "first.stronger", "first.easier", "first.possible"};
  return sr_say(p, id[v]);
}

static const char *verdict_style(sr_verdict v)
{
  return v == SR_GONE || v == SR_NEVER ? "gone" : v == SR_OPEN ? "open" : sr_is_worse(v) ? "worse" : "same";
}

// "5.2 instead of 7.9 cm"
static const char *instead(sr_page *p, const sr_measure *m)
{
  const int decimals = sr_measure_decimals(m);
  const char *unit = m->row.name.unit;
  const char *behind = unit[0] != '\0' ? sr_arena_printf(p->keep, " %s", unit) : "";
  if (m->now == NULL) return "";
  if (m->task->status == SR_TASK_IMPOSSIBLE) {
    const char *most = sr_most_reached(p, m->task);
    const bool is_ability = !m->is_load && strcmp(unit, "J/kg") != 0;
    return most[0] != '\0' || !is_ability ? most
                                          : sr_say_with(p, "able.most", sr_number(p, m->now->value, decimals), unit);
  }
  if (m->without == NULL) return sr_arena_printf(p->keep, "%s%s", sr_number(p, m->now->value, decimals), behind);
  return sr_say_with3(p, "first.instead", sr_number(p, m->now->value, decimals),
                      sr_number(p, m->without->value, decimals), behind);
}

// What is kept and what is lost of ten parts; a loss that was seen is never told as none.
static const char *of_ten(sr_page *p, const sr_measure *m)
{
  if (m->verdict != SR_WEAKER || !(m->without->value > 0.0)) return "";
  const double kept = fmin(9.0, fmax(m->now->value > 0.0 ? 1.0 : 0.0, round(10.0 * m->now->value / m->without->value)));
  return sr_say_with(p, "first.ten", sr_number(p, kept, 0), sr_number(p, 10.0 - kept, 0));
}

// A bar: of an ability what is kept and what is lost, of a load (a share) what it takes and what that is more.
static void bar(sr_page *p, const sr_measure *m)
{
  double full = 0.0, striped = 0.0;
  if (m->now != NULL && m->without != NULL && m->without->value > 0.0) {
    const double scale = m->is_load ? 1.0 : 100.0 / m->without->value;
    full = fmin(100.0, scale * fmin(m->now->value, m->without->value));
    striped = fmin(100.0 - full, scale * fabs(m->now->value - m->without->value));
    if (!m->is_load && m->now->value > m->without->value) striped = 0.0;
  }
  if (m->verdict == SR_GONE) full = 0.0, striped = 100.0;
  sr_text_print(&p->out, "<td class=bar2 aria-hidden=true><span>");
  if (m->verdict == SR_GONE || (m->now != NULL && m->without != NULL))
    sr_text_print(&p->out, "<i style=\"width:%.0f%%\"></i><i class=lost style=\"width:%.0f%%\"></i>", fmax(full, 0.0),
                  fmax(striped, 0.0));
  sr_text_print(&p->out, "</span></td>");
}

static void movement(sr_page *p, const sr_measure *m, bool has_two)
{
  sr_text_print(&p->out, "<tr class=%s><th scope=row>%s%s%s%s</th>", verdict_style(m->verdict),
                sr_task_name(p, m->pair->task), m->label[0] != '\0' ? "<span class=unit>" : "",
                m->label[0] != '\0' ? sr_say(p, m->label) : "", m->label[0] != '\0' ? "</span>" : "");
  sr_text_print(&p->out, "<td><b>%s</b></td>", verdict_words(p, m->verdict));
  if (has_two) bar(p, m);
  sr_text_print(&p->out, "<td>%s", instead(p, m));
  if (m->is_right_after && m->now != NULL)
    sr_text_print(&p->out, "<span class=band>%s</span>", sr_say(p, "able.after"));
  if (of_ten(p, m)[0] != '\0') sr_text_print(&p->out, "<span class=band>%s</span>", of_ten(p, m));
  if (m->task != NULL && m->task->nbody > 0)
    sr_text_print(
        &p->out, "<span class=band>%s</span>",
        sr_say_with3(p, "first.bodies", sr_number(p, m->task->nbody_solved, 0), sr_number(p, m->task->nbody, 0),
                     sr_number(p, m->task->nbody - m->task->nbody_solved, 0)));
  sr_text_print(&p->out, "</td></tr>\n");
}

static int count_verdicts(const sr_measure *m, int n, sr_verdict v)
{
  int sum = 0;
  for (int i = 0; i < n; i++) sum += m[i].verdict == v;
  return sum;
}

static int count_worse(const sr_measure *m, int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++) sum += sr_is_worse(m[i].verdict);
  return sum;
}

static void count(sr_page *p, const sr_measure *m, int n)
{
  const int nworse = count_worse(m, n);
  sr_text_print(&p->out, "<p class=big>%d<small> %s</small></p><p>%s</p><p class=was>%s</p>", nworse,
                sr_say_with(p, "first.of_all", sr_number(p, n, 0), ""),
                sr_say(p, nworse > 0 ? "first.of_movements" : "first.none_worse"),
                sr_say_with3(p, "first.counts", sr_number(p, count_verdicts(m, n, SR_GONE), 0),
                             sr_number(p, count_verdicts(m, n, SR_AS_BEFORE), 0),
                             sr_number(p, count_verdicts(m, n, SR_OPEN), 0)));
}

static const char *caption(sr_page *p)
{
  if (p->later != NULL) return sr_say_with(p, "first.caption", time_later(p), "");
  return sr_say(p, p->after != NULL ? "first.caption_now" : "first.caption1");
}

static void use(sr_page *p, const sr_measure *m, int n)
{
  const bool has_two = p->after != NULL || p->later != NULL;
  sr_text_print(&p->out, "<article class=use><h3>%s</h3>", sr_say(p, "first.use"));
  if (has_two) count(p, m, n);
  sr_text_print(&p->out,
                "<div class=scroll tabindex=0><table class=moves><caption>%s</caption><thead><tr><th scope=col>%s</th>"
                "<th scope=col>%s</th>%s<th scope=col>%s</th></tr></thead><tbody>",
                caption(p), sr_say(p, "able.movement"), sr_say(p, "first.verdict"),
                has_two ? "<td aria-hidden=true></td>" : "", sr_say(p, has_two ? "first.kept" : "col.value"));
  for (int i = 0; i < n; i++) movement(p, &m[i], has_two);
  sr_text_print(&p->out, "</tbody></table></div>");
  sr_csv_of_table(p, "movements.csv");
  if (has_two) sr_text_print(&p->out, "<p class=note><i class=\"swatch lost\"></i> %s</p>", sr_say(p, "first.legend"));
  sr_text_print(&p->out, "</article>\n");
}

// --- in plain words

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
  const sr_metric *m = early != NULL ? of_leg(p, early, "girth_change_cm") : NULL;
  if (m != NULL && m->value < -0.05)
    say(p, sr_say_with(p, "box.soon", sr_number(p, -m->value, 1), sr_time_words(p, early->week)), m->grade);
}

static void better(sr_page *p, const sr_measure *m, int n)
{
  int nsaid = 0;
  const sr_metric *change = p->later != NULL ? of_leg(p, p->later, "girth_change_cm") : NULL;
  if (change != NULL && change->value < -0.05) {
    const sr_metric *now = of_leg(p, p->later, "girth_max_cm"),
                    *control = of_leg(p, sr_control_of(p, p->later), "girth_max_cm");
    const sr_metric *without = control != NULL ? control : of_leg(p, p->before, "girth_max_cm");
    const char *girth = sr_say_with(p, "box.girth", sr_number(p, now != NULL ? now->value : (double)NAN, 1),
                                    sr_number(p, without != NULL ? without->value : (double)NAN, 1));
    say(p, sr_say_with3(p, "box.thinner", sr_number(p, -change->value, 1), time_later(p), girth), change->grade);
    say_early(p);
    nsaid++;
  }
  for (int i = 0; i < n; i++) {
    if (m[i].verdict != SR_STRONGER) continue;
    say(p, sr_say_with(p, "box.more_of", sr_task_name(p, m[i].pair->task), instead(p, &m[i])), m[i].now->grade);
    nsaid++;
  }
  if (nsaid == 0) say(p, sr_say(p, "box.nothing_better"), NULL);
}

// How much is lost, to tell the worst first.
static double loss(const sr_measure *m)
{
  return m->verdict == SR_GONE ? 1e9 : fabs(m->change);
}

// Parts of ten say more than joules per kilogram.
static const char *loss_words(sr_page *p, const sr_measure *m)
{
  const char *parts = of_ten(p, m);
  if (m->verdict == SR_GONE) return verdict_words(p, SR_GONE);
  const bool is_energy = strcmp(m->row.name.unit, "J/kg") == 0 && parts[0] != '\0';
  if (is_energy) return sr_arena_printf(p->keep, "%s%s%s", sr_say(p, m->label), sr_say(p, "comma"), parts);
  return sr_arena_printf(p->keep, "%s %s%s%s", sr_say(p, m->label), instead(p, m),
                         parts[0] != '\0' ? sr_say(p, "semicolon") : "", parts);
}

static void movements_lost(sr_page *p, const sr_measure *m, int n)
{
  const int nworse = count_worse(m, n);
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
  const sr_metric *up = p->later != NULL ? of_leg(p, p->later, "dorsiflexion_deg") : NULL;
  const sr_metric *control = up != NULL ? of_leg(p, sr_control_of(p, p->later), "dorsiflexion_deg") : NULL;
  if (up != NULL && control != NULL && up->value < control->value - 1.0)
    say(p, sr_say_with3(p, "box.foot_up", sr_number(p, up->value, 0), sr_number(p, control->value, 0), time_later(p)),
        up->grade);
  skin_lost(p);
  const sr_metric *girth = p->later != NULL ? of_leg(p, p->later, "girth_change_cm") : NULL;
  if (girth != NULL && girth->value > 0.3)
    say(p, sr_say_with(p, "box.thicker", sr_number(p, girth->value, 1), time_later(p)), girth->grade);
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
  }
}

static void unsure(sr_page *p, const sr_measure *m, int n)
{
  int nopen = 0, nbody = 0;
  const sr_metric *change = p->later != NULL ? of_leg(p, p->later, "girth_change_cm") : NULL;
  if (change != NULL && change->has_band && change->p95 - change->p05 > 0.1)
    say(p, sr_say_with(p, "box.range", sr_number(p, change->p05, 1), sr_number(p, change->p95, 1)), change->grade);
  const char *unknown = greatest_unknown(p);
  if (unknown != NULL) say(p, sr_say_with(p, "box.unknown", unknown, ""), "assumed");
  for (int i = 0; i < n; i++) {
    nopen += m[i].verdict == SR_OPEN;
    nbody += m[i].task != NULL && m[i].task->nbody > 0;
  }
  if (n > 0 && nbody == 0) say(p, sr_say(p, "box.one_body"), NULL);
  variants(p);
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

static void boxes(sr_page *p, const sr_measure *m, int n)
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

// "2.6 cm (in 9 of 10 computations 2.0 to 3.0)"
static const char *centimetres(sr_page *p, const sr_metric *m)
{
  const char *by = sr_number(p, fabs(m->value), 1);
  if (!sr_has_range(p, m, 1) || m->p05 * m->p95 <= 0.0) return sr_say_with(p, "sum.cm", by, "");
  return sr_say_with3(p, "sum.cm_range", by, sr_number(p, fmin(fabs(m->p05), fabs(m->p95)), 1),
                      sr_number(p, fmax(fabs(m->p05), fabs(m->p95)), 1));
}

// All of it in two or three sentences.
static void summary(sr_page *p, const sr_measure *m, int n)
{
  const int nworse = count_worse(m, n), ngone = count_verdicts(m, n, SR_GONE), nopen = count_verdicts(m, n, SR_OPEN);
  const bool is_all_told = nopen + count_verdicts(m, n, SR_NEVER) == 0;
  const char *space = sr_say(p, "space");
  bool is_cut = false;
  const sr_metric *change = p->later != NULL ? of_leg(p, p->later, "girth_change_cm") : NULL;
  for (int i = 0; i < p->r->nintervention; i++) is_cut |= strcmp(p->r->intervention[i].kind, "transect") == 0;
  sr_text_print(&p->out, "<p class=sum>");
  if (change != NULL)
    sr_text_print(&p->out, "%s%s",
                  sr_say_with3(p,
                               change->value < -0.05  ? "sum.thinner"
                               : change->value > 0.05 ? "sum.thicker"
                                                      : "sum.same",
                               time_later(p), centimetres(p, change), calf(p)),
                  space);
  if (n > 0)
    sr_text_print(&p->out, "%s%s",
                  sr_say_with3(p,
                               nworse == 0                 ? "sum.none"
                               : ngone == 0 && is_all_told ? "sum.worse"
                                                           : "sum.lost",
                               sr_number(p, nworse, 0), sr_number(p, n, 0), sr_number(p, ngone, 0)),
                  space);
  if (nopen > 0) sr_text_print(&p->out, "%s%s", sr_say_with(p, "sum.open", sr_number(p, nopen, 0), ""), space);
  sr_text_print(&p->out, "%s</p>", is_cut ? sr_say(p, "sum.stays") : "");
}

void sr_page_first(sr_page *p)
{
  const bool has_two = p->after != NULL || p->later != NULL;
  sr_measure *m = sr_alloc(p->keep, sr_measure, p->npair + 1);
  for (int i = 0; i < p->npair; i++) m[i] = sr_measure_of(p, &p->pair[i]);
  sr_text_print(&p->out, "<section id=first class=first><h2>%s</h2>", sr_say(p, "first.title"));
  if (has_two) summary(p, m, p->npair);
  sr_text_print(&p->out, "<p class=lead>%s</p><div class=pair>", sr_say(p, has_two ? "first.lead" : "first.lead1"));
  sr_page_look(p);
  use(p, m, p->npair);
  sr_text_print(&p->out, "</div>\n");
  if (has_two) boxes(p, m, p->npair);
  sr_text_print(&p->out, "<p class=advice>%s <a href=#ask>%s</a></p></section>\n", sr_say(p, "first.advice"),
                sr_say(p, "first.questions"));
}
