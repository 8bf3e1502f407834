// Progress on stderr.
#include "cli/progress.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "text/json.h"

static const double redraw = 0.1;  // iterations are shown at most every so many seconds

double sr_clock_seconds(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double sr_peak_memory_MB(void)
{
  struct rusage usage = {0};
  getrusage(RUSAGE_SELF, &usage);
  return (double)usage.ru_maxrss / 1024.0;  // KiB on Linux
}

// Line breaks of the writer are always followed by indentation; those inside strings are written as \u000a.
void sr_json_line(FILE *out, const char *pretty)
{
  bool is_indent = false;
  for (const char *s = pretty; *s; s++) {
    if (*s == '\n') {
      if (is_indent) continue;
      is_indent = true;
      if (s != pretty && s[-1] == ',') fputc(' ', out);
      continue;
    }
    if (is_indent && *s == ' ') continue;
    is_indent = false;
    fputc(*s, out);
  }
  fputc('\n', out);
}

sr_progress sr_progress_new(FILE *err, sr_progress_style style, sr_arena *keep)
{
  sr_progress p = {.err = err, .style = style, .keep = keep, .start = sr_clock_seconds()};
  p.step = sr_alloc(keep, sr_step, SR_MAX_STEP);
  return p;
}

static void json_event(sr_progress *p, const char *event, const sr_nlp_progress *solve, bool is_end)
{
  const sr_mark top = sr_arena_mark(p->keep);
  sr_json_writer w = sr_json_writer_new(p->keep);
  sr_json_begin_object(&w, NULL);
  sr_json_string(&w, "event", event);
  sr_json_number(&w, "week", p->now.week);
  sr_json_string(&w, "when", p->now.when);
  sr_json_string(&w, "task", p->now.task);
  sr_json_string(&w, "stage", p->now.stage);
  sr_json_integer(&w, "done", p->done);
  sr_json_integer(&w, "total", p->total);
  if (solve != NULL) {
    sr_json_integer(&w, "iteration", solve->iteration);
    sr_json_number(&w, "objective", solve->objective);
    sr_json_number(&w, "violation", solve->violation);
  }
  if (is_end) sr_json_integer(&w, "iterations", p->now.iterations);
  if (is_end) sr_json_number(&w, "seconds", p->now.seconds);
  sr_json_end_object(&w);
  sr_json_line(p->err, w.text.at);
  fflush(p->err);
  sr_arena_release(p->keep, top);
}

// "[3/19] week 26 course walk:speed_m_s=1.33: solving"
static const char *print_step(const sr_progress *p, char *out, size_t size)
{
  const int now = p->done < p->total ? p->done + 1 : p->total;
  snprintf(out, size, "[%d/%d] week %g %s %s: %s", now, p->total, p->now.week, p->now.when, p->now.task, p->now.stage);
  return out;
}

// One line in place of the last one: where the solve stands, and before it as much of its name as 79 columns leave.
static void live_line(sr_progress *p, const sr_nlp_progress *solve)
{
  enum { WIDTH = 79 };
  char name[160], numbers[80] = "";
  print_step(p, name, sizeof name);
  if (solve != NULL)
    snprintf(numbers, sizeof numbers, "  %d  cost %.4g  violation %.1e  %.0f s", p->now.iterations, solve->objective,
             solve->violation, sr_clock_seconds() - p->step_start);
  const int room = WIDTH - (int)strlen(numbers);
  fprintf(p->err, "\r%.*s%s\033[K", room > 0 ? room : 0, name, numbers);
  fflush(p->err);
}

static void begin_step(sr_progress *p, const sr_course_progress *at)
{
  char name[160];
  p->step_start = p->shown = sr_clock_seconds();
  p->is_open = true;
  p->finished = p->last = 0;
  p->done = at->done;
  p->total = at->total;
  p->now = (sr_step){0};
  p->now.week = at->week;
  snprintf(p->now.when, sizeof p->now.when, "%s", at->when);
  snprintf(p->now.task, sizeof p->now.task, "%s", at->task);
  snprintf(p->now.stage, sizeof p->now.stage, "%s", at->stage);
  if (p->style == SR_PROGRESS_JSON) json_event(p, "start", NULL, false);
  if (p->style == SR_PROGRESS_LIVE) live_line(p, NULL);
  if (p->style == SR_PROGRESS_LINES) fprintf(p->err, "%s\n", print_step(p, name, sizeof name));
}

static void end_step(sr_progress *p)
{
  char name[160];
  if (!p->is_open) return;
  p->is_open = false;
  p->now.seconds = sr_clock_seconds() - p->step_start;
  p->now.peak_MB = sr_peak_memory_MB();
  if (p->nstep < SR_MAX_STEP) p->step[p->nstep++] = p->now;
  if (p->style == SR_PROGRESS_JSON) json_event(p, "end", NULL, true);
  if (p->style == SR_PROGRESS_LINES && p->now.iterations > 0)
    fprintf(p->err, "%s: %d iterations, %.1f s\n", print_step(p, name, sizeof name), p->now.iterations, p->now.seconds);
}

static void iteration(sr_progress *p, const sr_nlp_progress *solve)
{
  if (solve->iteration < p->last) p->finished += p->last;  // a task may take several solves
  p->last = solve->iteration;
  p->now.iterations = p->finished + p->last;
  const double now = sr_clock_seconds();
  if (p->style == SR_PROGRESS_LINES || now - p->shown < redraw) return;
  p->shown = now;
  if (p->style == SR_PROGRESS_JSON)
    json_event(p, "iteration", solve, false);
  else
    live_line(p, solve);
}

void sr_progress_tell(void *who, const sr_course_progress *at)
{
  sr_progress *p = who;
  if (at->solve != NULL) {
    iteration(p, at->solve);
    return;
  }
  end_step(p);
  if (at->stage[0] != '\0') begin_step(p, at);
}

void sr_progress_end(sr_progress *p)
{
  end_step(p);
  if (p->style == SR_PROGRESS_LIVE) fprintf(p->err, "\r\033[K");
  fflush(p->err);
}
