// result.json, report.html, sto/, run_log.jsonl
#include "cli/save.h"

#include <errno.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/version.h"
#include "report/report.h"
#include "text/json.h"

char *sr_movement_name(const sr_epoch *e, const char *task, sr_arena *keep)
{
  const char *week = e->week > 0.0 ? sr_arena_printf(keep, "week%g_", e->week) : "";
  char *name = sr_arena_printf(keep, "%s%s_%s", week, e->when, task);
  for (char *s = name; *s; s++)
    if (strchr("0123456789.-_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", *s) == NULL) *s = '_';
  return name;
}

bool sr_save_result(const char *dir, const sr_result *r, sr_arena *keep, sr_error *err)
{
  size_t size;
  const char *text = sr_result_to_json(r, keep, &size);
  return sr_file_write(sr_arena_printf(keep, "%s/result.json", dir), text, size, err);
}

// The movement of a task as .mot (coordinates) and .sto (everything); files of an earlier run that this run has no
// answer for are removed, so that none is taken for an answer.
static bool save_movement(const char *dir, const sr_epoch *e, const sr_task_result *t, sr_arena *keep, sr_error *err)
{
  const char *name = sr_movement_name(e, t->task, keep);
  const char *mot = sr_arena_printf(keep, "%s/sto/%s.mot", dir, name);
  const char *sto = sr_arena_printf(keep, "%s/sto/%s.sto", dir, name);
  const bool is_answer = t->status == SR_TASK_SOLVED || t->status == SR_TASK_IMPOSSIBLE;
  if (is_answer && t->curves.nrow > 0)
    return sr_result_write_mot(mot, &t->curves, name, err) && sr_result_write_sto(sto, &t->curves, name, err);
  unlink(mot);
  unlink(sto);
  return true;
}

bool sr_save_views(const char *dir, const sr_result *r, const char *lang, sr_arena *keep, sr_error *err)
{
  char *html;
  size_t size;
  if (!sr_report_html(r, lang, keep, &html, &size, err) ||
      !sr_file_write(sr_arena_printf(keep, "%s/report.html", dir), html, size, err))
    return false;
  for (int e = 0; e < r->nepoch; e++)
    for (int i = 0; i < r->epoch[e].ntask; i++)
      if (!save_movement(dir, &r->epoch[e], &r->epoch[e].task[i], keep, err)) return false;
  return true;
}

static void log_start(FILE *log, const sr_result *r, const sr_progress *p, sr_arena *keep)
{
  struct utsname host;
  char when[32] = "";
  const time_t start = time(NULL) - (time_t)(sr_clock_seconds() - p->start);
  struct tm utc;
  if (gmtime_r(&start, &utc) != NULL) strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
  sr_json_writer w = sr_json_writer_new(keep);
  sr_json_begin_object(&w, NULL);
  sr_json_string(&w, "event", "run");
  sr_json_string(&w, "start", when);
  sr_json_string(&w, "host", uname(&host) == 0 ? host.nodename : NULL);
  sr_json_string(&w, "version", sr_version());
  sr_json_string(&w, "build", sr_version_build());
  sr_json_string(&w, "kernel", r->kernel);
  sr_json_string(&w, "solver", sr_nlp_solver_name());
  sr_json_end_object(&w);
  sr_json_line(log, w.text.at);
}

static void log_step(FILE *log, const sr_step *s, sr_arena *keep)
{
  sr_json_writer w = sr_json_writer_new(keep);
  sr_json_begin_object(&w, NULL);
  sr_json_string(&w, "event", "solve");
  sr_json_number(&w, "week", s->week);
  sr_json_string(&w, "when", s->when);
  sr_json_string(&w, "task", s->task);
  sr_json_string(&w, "stage", s->stage);
  sr_json_integer(&w, "iterations", s->iterations);
  sr_json_number(&w, "seconds", s->seconds);
  sr_json_number(&w, "peak_memory_MB", s->peak_MB);
  sr_json_end_object(&w);
  sr_json_line(log, w.text.at);
}

static void log_end(FILE *log, const sr_progress *p, int exit_code, sr_arena *keep)
{
  sr_json_writer w = sr_json_writer_new(keep);
  sr_json_begin_object(&w, NULL);
  sr_json_string(&w, "event", "end");
  sr_json_integer(&w, "exit", exit_code);
  sr_json_number(&w, "seconds", sr_clock_seconds() - p->start);
  sr_json_number(&w, "peak_memory_MB", sr_peak_memory_MB());
  sr_json_end_object(&w);
  sr_json_line(log, w.text.at);
}

bool sr_save_log(const char *dir, const sr_result *r, const sr_progress *p, int exit_code, sr_arena *keep,
                 sr_error *err)
{
  const char *path = sr_arena_printf(keep, "%s/run_log.jsonl", dir);
  FILE *log = fopen(path, "a");
  if (log == NULL) return sr_fail(err, SR_BAD_FILE, "%s: cannot be opened: %s", path, strerror(errno));
  log_start(log, r, p, keep);
  for (int i = 0; i < p->nstep; i++) log_step(log, &p->step[i], keep);
  log_end(log, p, exit_code, keep);
  const bool is_written = !ferror(log);
  return fclose(log) == 0 && is_written ? true : sr_fail(err, SR_BAD_FILE, "%s: cannot be written", path);
}
