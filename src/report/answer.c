// The answer in numbers: every movement in a line, then the table "what the legs can do".
#include "report/answer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/weeks.h"

#define NPATTERN 14

// Names (sr_metric_key) that answer for a kind of task, in this order; where none is found, all that is of no single
// muscle is shown.
static const struct {
  const char *kind, *pattern[NPATTERN];
} answers_of[] = {
    {"stand",
     {"lean_forward_pressure_ahead_of_ankle", "lean_forward_required_over_available", "quiet_required_over_available",
      "one_leg_forward_pressure_ahead_of_ankle", "one_leg_forward_required_over_available",
      "one_leg_required_over_available", "quiet_available_torque", "missing_torque"}},
    {"heel_raise", {"heel_raises", "heel_rise", "plantarflexion", "missing_torque"}},
    {"walk",
     {"greatest_speed", "ankle_push_off_work", "ankle_work_positive", "ankle_power_peak", "plantarflexor_margin",
      "ankle_moment_peak", "achilles_force_peak", "soleus:activation_peak", "gasmed:activation_peak",
      "gaslat:activation_peak", "stride_length", "cadence", "stance", "cost_of_transport"}},
    {"run",
     {"greatest_speed", "ankle_push_off_work", "ankle_power_peak", "plantarflexor_margin", "stride_length", "cadence",
      "soleus:activation_peak", "gasmed:activation_peak", "gaslat:activation_peak", "ankle_work_positive",
      "cost_of_transport"}},
    {"kick",
     {"foot_speed", "duration", "knee_extension_speed_peak", "ankle_moment_peak", "soleus:activation_peak",
      "gasmed:activation_peak", "gaslat:activation_peak"}},
    {"jump",
     {"greatest_clearance", "jump_height", "flight_height", "takeoff_speed", "power_peak", "ankle_work_share",
      "grf_vertical_peak", "achilles_force_peak", "soleus:activation_peak", "gasmed:activation_peak",
      "gaslat:activation_peak"}},
    {"hop",
     {"greatest_flight", "metabolic_power", "hop_height", "plantarflexor_margin", "flight_height", "contact_time",
      "rate", "ankle_work_share", "grf_vertical_peak", "achilles_force_peak", "soleus:activation_peak",
      "gasmed:activation_peak", "gaslat:activation_peak"}},
};

static int rows_without_muscle(sr_metric_row *all, int n, sr_metric_row *rows)
{
  int nrow = 0;
  for (int i = 0; i < n; i++)
    if (all[i].name.muscle == NULL) rows[nrow++] = all[i];
  return nrow;
}

int sr_answer_rows(sr_page *p, const sr_pair *t, sr_metric_row **rows)
{
  sr_metric_row *all;
  const int n = sr_metric_rows(p, t, &all);
  int nrow = 0;
  *rows = sr_alloc(p->keep, sr_metric_row, n + 1);
  for (size_t k = 0; k < sizeof answers_of / sizeof *answers_of; k++) {
    if (!sr_is_task(t->task, answers_of[k].kind)) continue;
    for (int j = 0; j < NPATTERN && answers_of[k].pattern[j] != NULL; j++)
      for (int i = 0; i < n; i++) {
        const bool is_new = all[i].before != NULL || all[i].after != NULL;
        if (!is_new || !sr_matches(answers_of[k].pattern[j], sr_metric_key(p, &all[i].name))) continue;
        (*rows)[nrow++] = all[i];
        all[i].before = all[i].after = NULL;  // taken
      }
  }
  return nrow > 0 ? nrow : rows_without_muscle(all, n, *rows);
}

// How much a change is for the worse: less of what can be done, or more of what it takes.
static double harm(const sr_metric_row *row)
{
  static const char *const load[] = {"*over_available", "*missing_torque", "*activation*",
                                     "cost*",           "*required*",      "metabolic*"};
  const double more = row->after->value - row->before->value;
  for (size_t i = 0; i < sizeof load / sizeof *load; i++)
    if (sr_matches(load[i], row->name.stem)) return more;
  return -more;
}

const sr_metric_row *sr_worse_of(const sr_metric_row *a, const sr_metric_row *b)
{
  const bool is_known = a->before != NULL && a->after != NULL && b->before != NULL && b->after != NULL;
  return is_known && harm(b) > harm(a) ? b : a;
}

// One line of the whole width for a side of a task that has no answer, or that is proven impossible.
static void remark_line(sr_page *p, const sr_task_result *t, const char *when)
{
  if (t == NULL || t->status == SR_TASK_SOLVED) return;
  sr_text_print(&p->out, "<tr class=remark><td colspan=%d><b>%s%s%s</b>%s%s</td></tr>", sr_metric_columns(p), when,
                sr_say(p, "colon"), sr_status_name(p, t), sr_say(p, "stop"), sr_told(p, t->why));
}

static void table_part(sr_page *p, const sr_pair *t)
{
  sr_metric_row *rows;
  const int n = sr_answer_rows(p, t, &rows);
  sr_text_print(&p->out, "<tbody><tr class=group><th scope=rowgroup colspan=%d>%s</th></tr>", sr_metric_columns(p),
                sr_task_name(p, t->task));
  remark_line(p, t->before, sr_say(p, p->after != NULL ? "col.before" : "col.value"));
  if (p->after != NULL) remark_line(p, t->after, sr_say(p, "col.after"));
  if (p->later != NULL)
    remark_line(p, sr_result_find_task(p->later, t->task),
                sr_say_with(p, "col.later", sr_time_words(p, p->later->week), ""));
  for (int i = 0; i < n; i++) {
    sr_text_print(&p->out, "<tr><th scope=row>%s <span class=unit>%s</span></th>", sr_metric_label(p, &rows[i]),
                  rows[i].name.unit);
    sr_metric_cells(p, &rows[i]);
    sr_text_print(&p->out, "</tr>\n");
  }
  sr_text_print(&p->out, "</tbody>");
}

// What is compared, and when the body is meant.
static void lead(sr_page *p)
{
  const char *later = sr_control_of(p, p->later) != NULL ? "answer.later" : "answer.later1";
  sr_text_print(&p->out, "<p class=lead>%s", sr_say(p, p->after != NULL ? "answer.lead" : "answer.lead1"));
  if (p->later != NULL)
    sr_text_print(&p->out, "%s%s", p->lang == SR_ZH ? "" : " ",
                  sr_say_with(p, later, sr_time_words(p, p->later->week), ""));
  sr_text_print(&p->out, "</p>");
}

void sr_page_answer(sr_page *p)
{
  sr_text_print(&p->out, "<section id=numbers><h2>%s</h2>", sr_say(p, "answer.title"));
  lead(p);
  sr_page_weeks_not_run(p);
  sr_page_abilities(p);
  sr_text_print(&p->out, "<details class=deep><summary>%s</summary>", sr_say(p, "answer.more"));
  sr_metric_head(p, sr_say(p, "answer.caption"));
  for (int i = 0; i < p->npair; i++) table_part(p, &p->pair[i]);
  sr_text_print(&p->out, "</table></div><p class=note>%s</p>", sr_say(p, "grade.legend"));
  if (p->after != NULL)
    sr_text_print(&p->out, "<p class=note>%s</p>", sr_say(p, sr_has_spread(p) ? "counts.rule" : "counts.none"));
  sr_text_print(&p->out, "</details></section>\n");
}
