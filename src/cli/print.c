// Results as tables on a terminal.
#include <math.h>
#include <string.h>

#include "cli/cli.h"

// The numbers of a task that say most, in the order of print; a task prints those that it has.
static const char *const headline[] = {
    "lean_forward_pressure_ahead_of_ankle_cm",
    "lean_backward_pressure_ahead_of_ankle_cm",
    "quiet_required_over_available_left_1",
    "quiet_required_over_available_right_1",
    "heel_raises_1",
    "foot_speed_m_s",
    "left_heel_rise_cm",
    "right_heel_rise_cm",
    "speed_m_s",
    "greatest_speed_m_s",
    "stride_length_m",
    "ankle_power_peak_left_W_kg",
    "ankle_power_peak_right_W_kg",
    "cost_of_transport_J_kg_m",
    "ankle_push_off_work_left_J_kg",
    "ankle_push_off_work_right_J_kg",
    "ankle_work_positive_left_J_kg",
    "ankle_work_positive_right_J_kg",
    "propulsive_impulse_left_bw_s",
    "propulsive_impulse_right_bw_s",
    "achilles_force_peak_left_N",
    "achilles_force_peak_right_N",
};

// Only an answer has numbers to show; what a solve was left with is none.
static bool is_answer(const sr_task_result *t)
{
  return t != NULL && (t->status == SR_TASK_SOLVED || t->status == SR_TASK_IMPOSSIBLE);
}

static void print_cell(FILE *out, const sr_task_result *t, const char *name)
{
  double value;
  if (is_answer(t) && sr_result_metric(t, name, &value) && isfinite(value))
    fprintf(out, " %14.5g", value);
  else
    fprintf(out, " %14s", "-");
}

static void print_change(FILE *out, const sr_task_result *a, const sr_task_result *b, const char *name)
{
  double x, y;
  if (is_answer(a) && is_answer(b) && sr_result_metric(a, name, &x) && sr_result_metric(b, name, &y) && x != 0.0 &&
      isfinite(y / x))
    fprintf(out, " %+9.1f %%", 100.0 * (y - x) / fabs(x));
}

static void print_why(FILE *out, const char *when, const sr_task_result *t)
{
  if (t != NULL && t->why != NULL && t->why[0] != '\0') fprintf(out, "  (%s: %s)\n", when, t->why);
}

static bool has_metric(const sr_task_result *t, const char *name)
{
  double value;
  return is_answer(t) && sr_result_metric(t, name, &value);
}

static void print_task(FILE *out, const sr_epoch *before, const sr_epoch *after, const sr_task_result *a,
                       const sr_task_result *b)
{
  fprintf(out, "\n%-42s %14s", a->task, sr_task_status_text(a->status));
  if (after != NULL) fprintf(out, " %14s", b != NULL ? sr_task_status_text(b->status) : "-");
  fputc('\n', out);
  print_why(out, before->when, a);
  if (after != NULL) print_why(out, after->when, b);
  for (size_t i = 0; i < sizeof headline / sizeof *headline; i++) {
    if (!has_metric(a, headline[i]) && !has_metric(b, headline[i])) continue;
    fprintf(out, "  %-40s", headline[i]);
    print_cell(out, a, headline[i]);
    if (after != NULL) print_cell(out, b, headline[i]);
    if (after != NULL) print_change(out, a, b, headline[i]);
    fputc('\n', out);
  }
}

void sr_cli_print_pair(FILE *out, const sr_result *r)
{
  if (r->nepoch == 0) return;
  const sr_epoch *before = &r->epoch[0], *after = sr_result_after(r);
  fprintf(out, "%-42s %14s", "", before->when);
  if (after != NULL) fprintf(out, " %14s %11s", after->when, "change");
  fputc('\n', out);
  for (int i = 0; i < before->ntask; i++)
    print_task(out, before, after, &before->task[i],
               after != NULL ? sr_result_find_task(after, before->task[i].task) : NULL);
}

void sr_cli_print_epoch(FILE *out, const sr_epoch *e)
{
  for (int i = 0; i < e->ntask; i++) {
    const sr_task_result *t = &e->task[i];
    fprintf(out, "%-48s %s\n", t->task, sr_task_status_text(t->status));
    print_why(out, e->when, t);
    for (int k = 0; k < t->nmetric && is_answer(t); k++)
      fprintf(out, "  %-46s %14.6g\n", t->metric[k].name, t->metric[k].value);
    for (int k = 0; k < t->nlimit; k++) fprintf(out, "  limit: %s\n", t->limit[k]);
  }
}
