// The answer in plain words: one card per task, then the table "what the legs can do".
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
     {"greatest_speed", "ankle_work_positive", "ankle_power_peak", "plantarflexor_margin", "ankle_moment_peak",
      "achilles_force_peak", "soleus:activation_peak", "gasmed:activation_peak", "gaslat:activation_peak",
      "stride_length", "cadence", "stance", "cost_of_transport"}},
    {"run",
     {"greatest_speed", "ankle_power_peak", "plantarflexor_margin", "stride_length", "cadence",
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

// Of the lines that tell the same as the first one: where left and right differ, the leg that is worse off.
static const sr_metric_row *worse_leg(const sr_metric_row *rows, int n)
{
  const sr_metric_row *worst = &rows[0];
  for (int i = 1; i < n; i++) {
    const bool is_same = strcmp(rows[i].name.stem, rows[0].name.stem) == 0 && rows[i].name.muscle == NULL;
    if (is_same) worst = sr_worse_of(worst, &rows[i]);
  }
  return worst;
}

// A change in percent of before means something where the unit is not itself a share or an angle.
static bool has_percent(const sr_metric_row *row)
{
  const char *unit = row->name.unit;
  return row->before != NULL && row->after != NULL && fabs(row->before->value) > 1e-9 && strcmp(unit, "%") != 0 &&
         strcmp(unit, "°") != 0;
}

static const char *with_unit(sr_page *p, const sr_metric_row *row, const sr_metric *m)
{
  return sr_arena_printf(p->keep, "%s%s%s", sr_number(p, m->value, sr_metric_decimals(row)),
                         row->name.unit[0] != '\0' ? " " : "", row->name.unit);
}

// The large figure of a card: the change in percent, "unchanged" below half a percent, else the number itself.
static void card_figure(sr_page *p, const sr_metric_row *row)
{
  const sr_metric *now = row->after != NULL ? row->after : row->before;
  const double percent = has_percent(row) ? 100.0 * (now->value / row->before->value - 1.0) : 0.0;
  if (!has_percent(row))
    sr_text_print(&p->out, "<p class=big>%s<small> %s</small></p>", sr_number(p, now->value, sr_metric_decimals(row)),
                  row->name.unit);
  else if (fabs(percent) < 0.5)
    sr_text_print(&p->out, "<p class=\"big word\">%s</p>", sr_say(p, "card.same"));
  else
    sr_text_print(&p->out, "<p class=big>%s<small> %%</small></p>", sr_signed(p, percent, 0));
}

// The same number two years on, and then without the change.
static void card_later(sr_page *p, const sr_metric_row *row)
{
  if (row->later == NULL) return;
  const char *now = with_unit(p, row, row->later);
  const char *all = row->without == NULL ? now : sr_say_with(p, "card.without", now, with_unit(p, row, row->without));
  sr_text_print(&p->out, "<p class=was>%s</p>", sr_say_with(p, "card.later", sr_time_words(p, p->later->week), all));
}

static void card_line(sr_page *p, const sr_metric_row *row)
{
  sr_text_print(&p->out, "<p>%s</p>", sr_metric_label(p, row));
  if (row->before != NULL && row->after != NULL)
    sr_text_print(&p->out, "<p class=was>%s</p>",
                  sr_say_with(p, "card.change", with_unit(p, row, row->after), with_unit(p, row, row->before)));
  card_later(p, row);
}

// Of the bodies that can do it: their range, and how many they are.
static void card_bodies(sr_page *p, const sr_task_result *t, const sr_metric_row *row)
{
  const sr_metric *m = row->after != NULL ? row->after : row->before;
  const int decimals = sr_metric_decimals(row);
  if (t == NULL || t->nbody == 0) return;
  sr_text_print(&p->out, "<p class=was>");
  if (sr_has_range(p, m, decimals))
    sr_text_print(&p->out, "%s%s%s%s",
                  sr_say_with(p, "card.bodies", sr_number(p, m->p05, decimals), sr_number(p, m->p95, decimals)),
                  row->name.unit[0] != '\0' ? " " : "", row->name.unit, sr_say(p, "semicolon"));
  sr_text_print(&p->out, "%s</p>",
                sr_say_with(p, "able.bodies", sr_number(p, t->nbody_solved, 0), sr_number(p, t->nbody, 0)));
}

static bool is_solved(const sr_task_result *t)
{
  return t != NULL && t->status == SR_TASK_SOLVED;
}

// The leading number of the task and, of standing, what it costs.
static void card_number(sr_page *p, const sr_pair *t, const sr_metric_row *rows, int n)
{
  const sr_metric_row *row = worse_leg(rows, n);
  card_figure(p, row);
  card_line(p, row);
  card_bodies(p, p->after != NULL && t->after != NULL ? t->after : t->before, row);
  if (sr_is_task(t->task, "stand") && n > 1 && strstr(rows[1].name.stem, "over_available") != NULL)
    card_line(p, worse_leg(rows + 1, n - 1));
  if (p->after != NULL && t->before != NULL && !sr_is_answer(t->before))
    sr_text_print(&p->out, "<p class=was>%s</p>", sr_say(p, "card.unknown"));
  if (is_solved(t->before) && is_solved(t->after)) sr_text_print(&p->out, "<p class=can>%s</p>", sr_say(p, "card.can"));
}

static void status_chip(sr_page *p, const sr_task_result *t)
{
  if (t != NULL && t->status != SR_TASK_SOLVED) sr_text_print(&p->out, "<p class=chip>%s</p>", sr_status_name(p, t));
}

static void card(sr_page *p, const sr_pair *t)
{
  const sr_task_result *now = p->after != NULL && t->after != NULL ? t->after : t->before;
  sr_metric_row *rows;
  const int n = sr_answer_rows(p, t, &rows);
  sr_text_print(&p->out, "<article class=card><h3>%s</h3>", sr_task_name(p, t->task));
  status_chip(p, now);
  if (sr_is_answer(now) && n > 0)
    card_number(p, t, rows, n);
  else
    sr_text_print(&p->out, "<p>%s</p>", sr_say(p, sr_is_answer(now) ? "card.nothing" : "card.failed"));
  sr_text_print(&p->out, "</article>\n");
}

// True if one leg alone cannot rise as high as before, or not be told to.
static bool is_lower(sr_page *p, const sr_pair *t)
{
  sr_metric_row *rows;
  if (!is_solved(t->after)) return true;
  if (sr_answer_rows(p, t, &rows) == 0 || rows[0].before == NULL || rows[0].after == NULL) return false;
  return harm(&rows[0]) > 0.005 * fabs(rows[0].before->value);
}

// Cards come in the order of what a cut calf shows first: tiptoe on a leg that lost, a gait, the rest as asked for.
static int rank(sr_page *p, const sr_pair *t)
{
  if (sr_is_task(t->task, "heel_raise") && strstr(t->task, "legs=both") == NULL && is_lower(p, t)) return 0;
  return sr_is_task(t->task, "walk") || sr_is_task(t->task, "run") ? 1 : 2;
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

// What the legs can do, and beside it what they look like.
static void cards(sr_page *p)
{
  const sr_text page = p->out;
  p->out = sr_text_new(p->keep);
  sr_text_append(&p->out, "", 0);
  sr_page_look(p);
  const sr_text look = p->out;
  p->out = page;
  sr_text_print(&p->out, "<div class=\"first%s\"><div class=cards>", look.size > 0 ? " both" : "");
  for (int r = 0; r < 3; r++)
    for (int i = 0; i < p->npair; i++)
      if (rank(p, &p->pair[i]) == r) card(p, &p->pair[i]);
  sr_text_print(&p->out, "</div>\n%s</div>\n", look.at);
}

void sr_page_answer(sr_page *p)
{
  sr_text_print(&p->out, "<section><h2>%s</h2>", sr_say(p, "answer.title"));
  lead(p);
  cards(p);
  sr_page_weeks_not_run(p);
  sr_page_abilities(p);
  sr_text_print(&p->out, "<details><summary>%s</summary>", sr_say(p, "answer.more"));
  sr_metric_head(p, sr_say(p, "answer.caption"));
  for (int i = 0; i < p->npair; i++) table_part(p, &p->pair[i]);
  sr_text_print(&p->out, "</table></div><p class=note>%s</p>", sr_say(p, "grade.legend"));
  if (p->after != NULL)
    sr_text_print(&p->out, "<p class=note>%s</p>", sr_say(p, sr_has_spread(p) ? "counts.rule" : "counts.none"));
  sr_text_print(&p->out, "</details></section>\n");
}
