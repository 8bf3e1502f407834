// Slips of the knife: what one more branch near those that are cut would take, how often anatomy invites it, and what
// the movements of daily life then are, against the intended cut.
#include <math.h>
#include <string.h>

#include "report/answer.h"
#include "report/weeks.h"

// The number that is shown of a movement of daily life.
static const char *number_of(const char *task)
{
  if (sr_is_task(task, "stand")) return "quiet_required_over_available";
  if (strstr(task, "repeat=yes") != NULL) return "heel_raises";
  return sr_is_task(task, "heel_raise") ? "heel_rise" : "cost_of_transport";
}

// That number of the worse leg: most effort, least rise. NULL where there is none.
static const sr_metric *worst_number(sr_page *p, const sr_task_result *t, sr_metric_name *name)
{
  const sr_metric *worst = NULL;
  for (int i = 0; sr_is_answer(t) && i < t->nmetric; i++) {
    const sr_metric_name n = sr_metric_parse(p, t->metric[i].name);
    if (n.muscle != NULL || strcmp(n.stem, number_of(t->task)) != 0) continue;
    const sr_metric *m = sr_metric_printed(p, t, t->metric[i].name);
    const bool is_less_worse = sr_is_task(t->task, "heel_raise");
    if (worst == NULL || (is_less_worse ? m->value < worst->value : m->value > worst->value)) worst = m, *name = n;
  }
  return worst;
}

static const sr_task_result *find_task(const sr_slip_result *s, const char *task)
{
  for (int i = 0; i < s->ntask; i++)
    if (strcmp(s->task[i].task, task) == 0) return &s->task[i];
  return NULL;
}

// Columns: the movements of the intended cut that some slip tried.
static bool is_column(const sr_page *p, const char *task)
{
  for (int i = 0; i < p->r->nslip; i++)
    if (find_task(&p->r->slip[i], task) != NULL) return true;
  return false;
}

static void cell(sr_page *p, const sr_task_result *t, const sr_task_result *intended)
{
  sr_metric_name name = {0}, same = {0};
  const sr_metric *m = worst_number(p, t, &name), *was = worst_number(p, intended, &same);
  sr_text_print(&p->out, "<td class=num>");
  if (t == NULL) {
    sr_text_print(&p->out, "<span class=unfound>%s</span></td>", sr_say(p, "slip.as_intended"));
    return;
  }
  if (t->status == SR_TASK_IMPOSSIBLE)
    sr_text_print(&p->out, "<span class=cross>%s</span>", sr_say(p, "able.cannot"));
  else if (t->status != SR_TASK_SOLVED)
    sr_text_print(&p->out, "<span class=unfound>%s</span>", sr_say(p, "able.not_found"));
  // the cost of the fastest walk answers nothing where the one that was asked for is impossible
  const bool is_number = m != NULL && (t->status == SR_TASK_SOLVED || sr_is_task(t->task, "heel_raise"));
  if (is_number) {
    const char *style = t->status == SR_TASK_SOLVED ? "" : " class=band", *unit = name.unit;
    const bool is_count = strcmp(name.stem, "heel_raises") == 0;
    const int digits = sr_decimals(m->value, was != NULL ? was->value : 0.0);
    const int decimals = is_count ? 0 : sr_unit_decimals(unit, digits);
    sr_text_print(&p->out, "<span%s>%s</span>", style, sr_number(p, m->value, decimals));
    const bool has_change = was != NULL && t != intended && t->status == SR_TASK_SOLVED;
    const double change = !has_change               ? 0.0
                          : strcmp(unit, "%") == 0  ? m->value - was->value
                          : fabs(was->value) > 1e-9 ? 100.0 * (m->value / was->value - 1.0)
                                                    : 0.0;
    if (fabs(change) >= 0.5)
      sr_text_print(&p->out, "<span class=band>%s</span>",
                    sr_say_with(p, strcmp(unit, "%") == 0 ? "able.points" : "able.percent",
                                sr_signed(p, change, fabs(change) < 9.95 ? 1 : 0), ""));
  }
  sr_text_print(&p->out, "</td>");
}

// Skin in the reader's language: the nerve tree knows both names.
static const char *skin(sr_page *p, const char *words)
{
  for (int leg = 0; p->lang == SR_ZH && leg < 2; leg++)
    for (int i = 0; i < p->r->nnerve[leg]; i++) {
      const sr_nerve_result *n = &p->r->nerve[leg][i];
      if (n->supplies != NULL && n->supplies_zh != NULL && strcmp(n->supplies, words) == 0)
        return sr_html(p, n->supplies_zh);
    }
  return sr_html(p, words);
}

static void takes(sr_page *p, const sr_slip_result *s)
{
  sr_text_print(&p->out, "<td>");
  for (int i = 0; i < s->nmuscle; i++)
    sr_text_print(&p->out, "%s%s", i > 0 ? sr_say(p, "semicolon") : "", sr_muscle_name(p, s->muscle[i]));
  if (s->nnumb > 0) {
    sr_text list = sr_text_new(p->keep);
    for (int i = 0; i < s->nnumb; i++)
      sr_text_print(&list, "%s%s", i > 0 ? sr_say(p, "semicolon") : "", skin(p, s->numb[i]));
    sr_text_print(&p->out, "<span class=band>%s</span>", sr_say_with(p, "slip.numb", list.at, ""));
  }
  sr_text_print(&p->out, "</td>");
}

static void invitation(sr_page *p, const sr_slip_result *s)
{
  if (s->variant == NULL) {
    sr_text_print(&p->out, "<td class=num><span class=unfound>%s</span></td>", sr_say(p, "slip.no_variant"));
    return;
  }
  sr_text_print(&p->out, "<td class=num>%s %%", sr_number(p, 100.0 * s->frequency, 0));
  if (s->frequency_hi > s->frequency_lo)
    sr_text_print(&p->out, "<span class=band>%s…%s %%</span>", sr_number(p, 100.0 * s->frequency_lo, 0),
                  sr_number(p, 100.0 * s->frequency_hi, 0));
  const char *variant = sr_string_find(p->lang, sr_arena_printf(p->keep, "variant.%s", s->variant));
  sr_text_print(&p->out, "<span class=\"band wrap\">%s</span></td>",
                variant != NULL ? variant : sr_html(p, s->variant));
}

static void slip_line(sr_page *p, const sr_slip_result *s)
{
  const char *zh = sr_html(p, s->name_zh), *en = sr_capital(p, s->name_en);
  sr_text_print(&p->out, "<tr><th scope=row><b>%s</b><span class=band lang=%s>%s</span></th>",
                p->lang == SR_ZH ? zh : en, p->lang == SR_ZH ? "en" : "zh-Hans", p->lang == SR_ZH ? en : zh);
  takes(p, s);
  invitation(p, s);
  for (int i = 0; i < p->after->ntask; i++)
    if (is_column(p, p->after->task[i].task)) cell(p, find_task(s, p->after->task[i].task), &p->after->task[i]);
  sr_text_print(&p->out, "</tr>\n");
}

static void head(sr_page *p)
{
  sr_text_print(&p->out, "<thead><tr><th scope=col>%s</th><th scope=col>%s</th><th scope=col class=num>%s</th>",
                sr_say(p, "slip.branch"), sr_say(p, "slip.takes"), sr_say(p, "slip.invited"));
  for (int i = 0; i < p->after->ntask; i++) {
    const sr_task_result *t = &p->after->task[i];
    sr_metric_name name = {.stem = number_of(t->task), .side = -1, .unit = ""};
    if (!is_column(p, t->task)) continue;
    worst_number(p, t, &name);
    sr_metric_row row = {.name = name};
    row.name.side = -1;
    sr_text_print(&p->out, "<th scope=col class=num>%s<span class=band>%s%s%s</span></th>", sr_task_name(p, t->task),
                  sr_metric_label(p, &row), name.unit[0] != '\0' ? sr_say(p, "comma") : "", name.unit);
  }
  sr_text_print(&p->out, "</tr></thead>");
}

static void intended_line(sr_page *p)
{
  sr_text_print(&p->out, "<tr class=of><th scope=row><b>%s</b></th><td>–</td><td class=num>–</td>",
                sr_say(p, "slip.intended"));
  for (int i = 0; i < p->after->ntask; i++)
    if (is_column(p, p->after->task[i].task)) cell(p, &p->after->task[i], &p->after->task[i]);
  sr_text_print(&p->out, "</tr>\n");
}

void sr_page_slips(sr_page *p)
{
  if (p->after == NULL || p->r->nslip == 0) return;
  const char *side = sr_string_find(p->lang, sr_arena_printf(p->keep, "legs.%s", p->r->slip[0].side));
  sr_text_print(&p->out, "<section><h2>%s</h2><p class=lead>%s</p>", sr_say(p, "slip.title"),
                sr_say_with(p, "slip.lead", side != NULL ? side : sr_html(p, p->r->slip[0].side), ""));
  sr_text_print(&p->out, "<div class=scroll tabindex=0><table class=slips><caption>%s</caption>",
                sr_say(p, "slip.caption"));
  head(p);
  sr_text_print(&p->out, "<tbody>");
  intended_line(p);
  for (int pass = 0; pass < 2; pass++)  // those that take a muscle first
    for (int i = 0; i < p->r->nslip; i++)
      if ((p->r->slip[i].nmuscle > 0) == (pass == 0)) slip_line(p, &p->r->slip[i]);
  sr_text_print(&p->out, "</tbody></table></div>");
  sr_csv_of_table(p, "slips.csv");
  sr_text_print(&p->out, "<p class=note>%s</p></section>\n", sr_say(p, "slip.note"));
}
