// surae solve
#include <string.h>

#include "base/files.h"
#include "cli/cli.h"
#include "cli/solver_report.h"
#include "text/number.h"

// The task as given, with --speed in its place among the keys.
static bool task_of(const sr_args *a, sr_arena *keep, sr_task *out, sr_error *err)
{
  if (!a->has_speed) return sr_task_parse(a->operand, out, err);
  if (strstr(a->operand, "speed_m_s=") != NULL)
    return sr_fail(err, SR_BAD_VALUE, "--speed: task '%.60s' has a speed already", a->operand);
  const char *joint = strchr(a->operand, ':') != NULL ? "," : ":";
  char speed[32];
  sr_number_print(a->speed_m_s, speed);
  return sr_task_parse(sr_arena_printf(keep, "%s%sspeed_m_s=%s", a->operand, joint, speed), out, err);
}

// Writes the movement, if there is one to write; false only if writing fails.
static bool write_movement(const sr_cli *c, const sr_args *a, const sr_task_result *t, sr_error *err)
{
  if (a->out == NULL) return true;
  if ((t->status != SR_TASK_SOLVED && t->status != SR_TASK_IMPOSSIBLE) || t->curves.nrow == 0) {
    fprintf(c->err, "surae: %s is not written: the task is %s\n", a->out, sr_task_status_text(t->status));
    return true;
  }
  return sr_ends_with(a->out, ".mot") ? sr_result_write_mot(a->out, &t->curves, t->task, err)
                                      : sr_result_write_sto(a->out, &t->curves, t->task, err);
}

static void print(const sr_cli *c, const sr_args *a, const sr_result *r, sr_arena *keep)
{
  size_t size;
  if (a->is_json) {
    const char *text = sr_result_to_json(r, keep, &size);
    fwrite(text, 1, size, c->out);
    return;
  }
  sr_cli_print_epoch(c->out, &r->epoch[0]);
}

int sr_cli_solve(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  sr_nerve_tree tree;
  sr_scenario s;
  sr_task task;
  sr_result r;
  sr_error err = {0};
  if (!task_of(a, keep, &task, &err) || !sr_cli_scenario(a->scenario, keep, &tree, &s, &err) ||
      !sr_scenario_cut(&s, &tree, a->week, a->cut, a->ncut, keep, &err))
    return sr_cli_fail(c, &err);
  sr_progress p = sr_progress_new(c->err, sr_cli_progress_style(c, a), keep);
  sr_course_options o = sr_cli_course_options(c, &p, keep);
  o.is_verified = a->is_verified;
  sr_solver_report report;
  if (!sr_solver_report_open(&report, a->solver_report, a->is_verbose ? c->err : NULL, &p, keep, &err))
    return sr_cli_fail(c, &err);
  if (a->solver_report != NULL || a->is_verbose) o.reporter = &report.reporter;
  const bool is_good = sr_course_solve(&s, &tree, a->week, &task, 1, &o, keep, &r, &err);
  sr_progress_end(&p);
  const sr_task_result *t = is_good ? &r.epoch[0].task[0] : NULL;
  sr_error unwritten = {0};
  const bool is_reported = sr_solver_report_close(&report, a->solver_report, t, &unwritten);
  if (!is_good) return sr_cli_fail(c, &err);
  if (!is_reported) return sr_cli_fail(c, &unwritten);
  print(c, a, &r, keep);
  if (!write_movement(c, a, &r.epoch[0].task[0], &err)) return sr_cli_fail(c, &err);
  return sr_course_exit_code(&r);
}
