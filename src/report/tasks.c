// One section per task: its outcome, its figures, what limits it, all its numbers.
#include <stdio.h>
#include <string.h>

#include "report/metrics.h"

static bool is_plain(const sr_task_result *t)
{
  return t == NULL || (t->status == SR_TASK_SOLVED && (t->why == NULL || t->why[0] == '\0'));
}

static void outcome(sr_page *p, const sr_task_result *t, const char *when)
{
  if (is_plain(t)) return;
  const char *style = t->status == SR_TASK_SOLVED ? "ok" : sr_is_answer(t) ? "no" : "bad";
  sr_text_print(&p->out, "<p class=\"outcome %s\"><b>%s%s%s</b>", style, sr_say(p, when), sr_say(p, "colon"),
                sr_status_name(p, t));
  if (t->why != NULL && t->why[0] != '\0') sr_text_print(&p->out, "%s%s", sr_say(p, "stop"), sr_told(p, t->why));
  sr_text_print(&p->out, "</p>");
}

// A muscle at rest is at its lower bound too, and limits nothing.
static bool is_limit(const char *limit)
{
  return strstr(limit, "activation at its lower bound") == NULL;
}

static int count_limits(const sr_task_result *t)
{
  int n = 0;
  for (int i = 0; t != NULL && i < t->nlimit; i++) n += is_limit(t->limit[i]);
  return n;
}

// "lean_forward: fdl_r activation at its upper bound": the posture, the muscle, the leg; false for any other sentence.
static bool is_full(const char *limit, char pose[64], char muscle[64], char *leg)
{
  char part[64];
  if (strstr(limit, " activation at its upper bound") == NULL || strstr(limit, "cycle") != NULL) return false;
  if (sscanf(limit, "%63[^:]: %63s", pose, part) != 2) return false;
  const size_t n = strlen(part);
  if (n < 3 || part[n - 2] != '_') return false;
  *leg = part[n - 1];
  memcpy(muscle, part, n - 2);
  muscle[n - 2] = '\0';
  return true;
}

// All muscles of one posture that give all they have, each leg's in one breath; said where the posture comes first.
static void full_muscles(sr_page *p, const sr_task_result *t, int at)
{
  char pose[64], muscle[64], other[64], name[64], leg, now;
  sr_text list = sr_text_new(p->keep);
  is_full(t->limit[at], pose, muscle, &leg);
  for (int i = 0; i < t->nlimit; i++) {
    if (!is_full(t->limit[i], other, name, &now) || strcmp(other, pose) != 0) continue;
    if (i < at) return;  // said before
    bool is_said = false;
    for (int k = at; k < i; k++) {
      char before[64], twin[64], side;
      is_said |= is_full(t->limit[k], before, twin, &side) && strcmp(before, pose) == 0 && strcmp(twin, name) == 0;
    }
    if (!is_said) sr_text_print(&list, "%s%s", list.size > 0 ? sr_say(p, "semicolon") : "", sr_muscle_name(p, name));
  }
  sr_text_print(&p->out, "<li>%s</li>", sr_say_with(p, "limits.full", sr_told(p, pose), list.at));
}

static void limit_line(sr_page *p, const sr_task_result *t, int i)
{
  char pose[64], muscle[64], leg;
  if (is_full(t->limit[i], pose, muscle, &leg))
    full_muscles(p, t, i);
  else
    sr_text_print(&p->out, "<li>%s</li>", sr_told(p, t->limit[i]));
}

static void limits(sr_page *p, const sr_task_result *t, const char *when)
{
  if (t == NULL) return;
  sr_text_print(&p->out, "<div><h4>%s</h4>", sr_say(p, when));
  if (count_limits(t) == 0) sr_text_print(&p->out, "<p>%s</p>", sr_say(p, "limits.none"));
  if (count_limits(t) > 0) sr_text_print(&p->out, "<ul>");
  for (int i = 0; i < t->nlimit; i++)
    if (is_limit(t->limit[i])) limit_line(p, t, i);
  sr_text_print(&p->out, "%s</div>", count_limits(t) > 0 ? "</ul>" : "");
}

static void all_limits(sr_page *p, const sr_pair *t)
{
  if (count_limits(t->before) + count_limits(t->after) == 0) return;
  sr_text_print(&p->out, "<h3>%s</h3><div class=\"grid two limits\">", sr_say(p, "limits.title"));
  limits(p, t->before, p->after != NULL ? "col.before" : "col.value");
  limits(p, t->after, "col.after");
  sr_text_print(&p->out, "</div>");
}

static void csv_value(sr_text *csv, const sr_metric *m)
{
  if (m == NULL)
    sr_text_print(csv, ",,,");
  else if (m->has_band)
    sr_text_print(csv, ",%.6g,%.6g,%.6g", m->value, m->p05, m->p95);
  else
    sr_text_print(csv, ",%.6g,,", m->value);
}

static void metrics_csv(sr_page *p, const sr_pair *t)
{
  sr_text csv = sr_text_new(p->keep);
  sr_text_print(&csv, "metric,before,before_p05,before_p95,after,after_p05,after_p95");
  const sr_task_result *side[2] = {t->before, t->after};
  for (int e = 0; e < 2; e++)
    for (int i = 0; sr_is_answer(side[e]) && i < side[e]->nmetric; i++) {
      const sr_metric *m = &side[e]->metric[i], *pair[2] = {NULL, NULL};
      for (int f = 0; f < 2; f++)
        for (int k = 0; sr_is_answer(side[f]) && k < side[f]->nmetric; k++)
          if (strcmp(side[f]->metric[k].name, m->name) == 0) pair[f] = &side[f]->metric[k];
      if (e == 1 && pair[0] != NULL) continue;
      sr_text_print(&csv, "\n%s", m->name);
      csv_value(&csv, pair[0]);
      csv_value(&csv, pair[1]);
    }
  sr_text_print(&p->out, "<p class=note>");
  sr_csv_button(p, &csv, sr_file_of(p, t->task, "metrics"));
  sr_text_print(&p->out, "</p>");
}

void sr_page_metric_table(sr_page *p, const sr_pair *t)
{
  sr_metric_row *rows;
  const int n = sr_metric_rows(p, t, &rows);
  if (n == 0) return;
  sr_text_print(&p->out, "<details class=deep><summary>%s</summary>", sr_say(p, "metrics.all"));
  sr_metric_head(p, sr_say_with(p, "metrics.caption", sr_task_name(p, t->task), ""));
  sr_text_print(&p->out, "<tbody>");
  for (int i = 0; i < n; i++) {
    sr_text_print(&p->out, "<tr><th scope=row>%s <span class=unit>%s</span></th>", sr_metric_label(p, &rows[i]),
                  rows[i].name.unit);
    sr_metric_cells(p, &rows[i]);
    sr_text_print(&p->out, "</tr>\n");
  }
  sr_text_print(&p->out, "</tbody></table></div>");
  metrics_csv(p, t);
  sr_text_print(&p->out, "</details>\n");
}

static void task(sr_page *p, const sr_pair *t)
{
  sr_text_print(&p->out, "<section class=task><details class=chapter><summary><h2>%s</h2></summary>",
                sr_task_name(p, t->task));
  outcome(p, t->before, p->after != NULL ? "col.before" : "col.value");
  outcome(p, t->after, "col.after");
  sr_page_sticks(p, t);
  sr_page_effort(p, t);
  sr_page_curves(p, t);
  all_limits(p, t);
  sr_page_metric_table(p, t);
  sr_text_print(&p->out, "</details></section>\n");
}

void sr_page_tasks(sr_page *p)
{
  sr_text_print(&p->out, "<section class=read id=tasks><h2>%s</h2><p class=key>", sr_say(p, "key.title"));
  sr_text_print(&p->out,
                "<span><svg class=sample viewBox=\"0 0 28 8\" aria-hidden=true><path class=\"line b\" d=\"M0 "
                "4H28\"/></svg> %s</span>",
                sr_say(p, p->after != NULL ? "key.before" : "key.now"));
  if (p->after != NULL)
    sr_text_print(&p->out,
                  "<span><svg class=sample viewBox=\"0 0 28 8\" aria-hidden=true><path class=\"line a\" d=\"M0 "
                  "4H28\"/></svg> %s</span>",
                  sr_say(p, "key.after"));
  sr_text_print(&p->out, "<span><i class=swatch></i> %s</span></p><p>%s</p></section>\n", sr_say(p, "key.lost"),
                sr_say(p, "key.signs"));
  for (int i = 0; i < p->npair; i++) task(p, &p->pair[i]);
}
