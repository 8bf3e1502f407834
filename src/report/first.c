// The first screen: all of it in two or three sentences, then how the calf looks beside what the legs can do.
#include <math.h>
#include <string.h>

#include "report/measure.h"
#include "report/weeks.h"

// "calf", or "right calf" where the legs differ.
static const char *calf(sr_page *p)
{
  const sr_what girth = {.source = SR_OF_LEG, .name = "girth_change_cm"};
  return sr_say(p, sr_legs_agree(p, &girth) ? "calf.each" : sr_changed_leg(p) == 0 ? "calf.left" : "calf.right");
}

// --- what the legs can do

static const char *verdict_style(sr_verdict v)
{
  return v == SR_GONE || v == SR_NEVER ? "gone" : v == SR_OPEN ? "open" : sr_is_worse(v) ? "worse" : "same";
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

// How high a jump flies, beside how high it rises over standing.
static void flight(sr_page *p, const sr_pair *t)
{
  const sr_measure f = sr_measure_by(p, t, "flight_height");
  const char *words = f.now != NULL && f.task->status == SR_TASK_SOLVED ? sr_measure_instead(p, &f) : "";
  if (words[0] != '\0') sr_text_print(&p->out, "<span class=band>%s</span>", sr_say_with(p, "first.flight", words, ""));
}

static void movement(sr_page *p, const sr_measure *m, bool has_two)
{
  sr_text_print(&p->out, "<tr class=%s><th scope=row>%s%s%s%s</th>", verdict_style(m->verdict),
                sr_task_name(p, m->pair->task), m->label[0] != '\0' ? "<span class=unit>" : "",
                m->label[0] != '\0' ? sr_say(p, m->label) : "", m->label[0] != '\0' ? "</span>" : "");
  sr_text_print(&p->out, "<td><b>%s</b></td>", sr_verdict_words(p, m->verdict));
  if (has_two) bar(p, m);
  sr_text_print(&p->out, "<td>%s", sr_measure_instead(p, m));
  if (m->is_right_after && m->now != NULL)
    sr_text_print(&p->out, "<span class=band>%s</span>", sr_say(p, "able.after"));
  if (sr_measure_of_ten(p, m)[0] != '\0') sr_text_print(&p->out, "<span class=band>%s</span>", sr_measure_of_ten(p, m));
  if (sr_measure_count(p, m)[0] != '\0') sr_text_print(&p->out, "<span class=band>%s</span>", sr_measure_count(p, m));
  if (sr_is_task(m->pair->task, "jump")) flight(p, m->pair);
  if (m->task != NULL && m->task->nbody > 0)
    sr_text_print(
        &p->out, "<span class=band>%s</span>",
        sr_say_with3(p, "first.bodies", sr_number(p, m->task->nbody_solved, 0), sr_number(p, m->task->nbody, 0),
                     sr_number(p, m->task->nbody - m->task->nbody_solved, 0)));
  sr_text_print(&p->out, "</td></tr>\n");
}

static void count(sr_page *p, const sr_measure *m, int n)
{
  const int nworse = sr_count_worse(m, n);
  sr_text_print(&p->out, "<p class=big>%d<small> %s</small></p><p>%s</p><p class=was>%s</p>", nworse,
                sr_say_with(p, "first.of_all", sr_number(p, n, 0), ""),
                sr_say(p, nworse > 0 ? "first.of_movements" : "first.none_worse"),
                sr_say_with3(p, "first.counts", sr_number(p, sr_count_verdicts(m, n, SR_GONE), 0),
                             sr_number(p, sr_count_verdicts(m, n, SR_AS_BEFORE), 0),
                             sr_number(p, sr_count_verdicts(m, n, SR_OPEN), 0)));
}

static const char *caption(sr_page *p)
{
  if (p->later != NULL) return sr_say_with(p, "first.caption", sr_time_words(p, p->later->week), "");
  return sr_say(p, p->after != NULL ? "first.caption_now" : "first.caption1");
}

// A field of a CSV file that may hold commas.
static void quoted(sr_text *csv, const char *words)
{
  sr_text_print(csv, ",\"%s\"", words);
}

// Number, unit, what it is compared with and the words, each in a field of its own.
static void movements_csv(sr_page *p, const sr_measure *m, int n)
{
  sr_text csv = sr_text_new(p->keep);
  sr_text_print(&csv, "movement,week,quantity,unit,value,without,change,verdict,in_words");
  for (int i = 0; i < n; i++) {
    const sr_epoch *e = m[i].is_right_after || p->later == NULL ? (p->after != NULL ? p->after : p->before) : p->later;
    sr_text_print(&csv, "\n\"%s\",%g", m[i].pair->task, e->week);
    quoted(&csv, m[i].label[0] != '\0' ? sr_say(p, m[i].label) : "");
    quoted(&csv, m[i].row.name.unit);
    sr_text_print(&csv, ",");
    if (m[i].now != NULL) sr_text_print(&csv, "%.6g", m[i].now->value);
    sr_text_print(&csv, ",");
    if (m[i].without != NULL) sr_text_print(&csv, "%.6g", m[i].without->value);
    sr_text_print(&csv, ",");
    if (isfinite(m[i].change)) sr_text_print(&csv, "%.3g", m[i].change);
    quoted(&csv, sr_verdict_words(p, m[i].verdict));
    quoted(&csv, sr_measure_of_ten(p, &m[i]));
  }
  sr_csv_button(p, &csv, "movements.csv");
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
  sr_text_print(&p->out, "</tbody></table></div><p class=note>");
  movements_csv(p, m, n);
  sr_text_print(&p->out, "</p>");
  if (has_two) sr_text_print(&p->out, "<p class=note><i class=\"swatch lost\"></i> %s</p>", sr_say(p, "first.legend"));
  sr_text_print(&p->out, "</article>\n");
}

// "2.6 cm (in 9 of 10 computations 2.0 to 3.0)"
static const char *centimetres(sr_page *p, const sr_metric *m)
{
  const char *by = sr_number(p, fabs(m->value), 1);
  if (!sr_has_range(p, m, 1) || m->p05 * m->p95 <= 0.0) return sr_say_with(p, "sum.cm", by, "");
  return sr_say_with3(p, "sum.cm_range", by, sr_number(p, fmin(fabs(m->p05), fabs(m->p95)), 1),
                      sr_number(p, fmax(fabs(m->p05), fabs(m->p95)), 1));
}

// What is lost where the branch that some anatomy puts in the way is cut as well.
static const char *slip_words(sr_page *p, const sr_slip_result *s)
{
  const char *lo = sr_number(p, 100.0 * s->frequency_lo, 0), *hi = sr_number(p, 100.0 * s->frequency_hi, 0);
  const char *range = strcmp(lo, hi) == 0 ? lo
                      : p->lang == SR_ZH  ? sr_arena_printf(p->keep, "%s 至 %s", lo, hi)
                                          : sr_arena_printf(p->keep, "%s to %s", lo, hi);
  return sr_say_with3(p, "sum.slip", range, sr_html(p, p->lang == SR_ZH ? s->name_zh : s->name_en), sr_lost_by(p, s));
}

// All of it in two or three sentences.
static void summary(sr_page *p, const sr_measure *m, int n)
{
  const int nworse = sr_count_worse(m, n), ngone = sr_count_verdicts(m, n, SR_GONE),
            nopen = sr_count_verdicts(m, n, SR_OPEN);
  const bool is_all_told = nopen + sr_count_verdicts(m, n, SR_NEVER) == 0;
  const char *space = sr_say(p, "space");
  const sr_metric *change = p->later != NULL ? sr_changed_number(p, p->later, "girth_change_cm") : NULL;
  const sr_slip_result *slip = sr_invited_slip(p);
  sr_text_print(&p->out, "<p class=sum>");
  if (change != NULL)
    sr_text_print(&p->out, "%s%s",
                  sr_say_with3(p,
                               change->value < -0.05  ? "sum.thinner"
                               : change->value > 0.05 ? "sum.thicker"
                                                      : "sum.same",
                               sr_time_words(p, p->later->week), centimetres(p, change), calf(p)),
                  space);
  if (n > 0)
    sr_text_print(&p->out, "%s%s",
                  sr_say_with3(p,
                               nworse == 0                 ? "sum.none"
                               : ngone == 0 && is_all_told ? (slip != NULL ? "sum.worse_if" : "sum.worse")
                                                           : "sum.lost",
                               sr_number(p, nworse, 0), sr_number(p, n, 0), sr_number(p, ngone, 0)),
                  space);
  if (nopen > 0) sr_text_print(&p->out, "%s%s", sr_say_with(p, "sum.open", sr_number(p, nopen, 0), ""), space);
  if (slip != NULL) sr_text_print(&p->out, "%s%s", slip_words(p, slip), space);
  sr_text_print(&p->out, "%s</p>", sr_is_cut(p->r) ? sr_say(p, "sum.stays") : "");
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
  if (has_two) sr_page_boxes(p, m, p->npair);
  sr_text_print(&p->out, "<p class=advice>%s <a href=#ask>%s</a></p></section>\n", sr_say(p, "first.advice"),
                sr_say(p, "first.questions"));
}
