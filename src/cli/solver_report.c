#include "cli/solver_report.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "text/json.h"

static sr_json_writer begin_line(sr_solver_report *r, const char *event)
{
  sr_json_writer w = sr_json_writer_new(r->work);
  sr_json_begin_object(&w, NULL);
  sr_json_string(&w, "event", event);
  return w;
}

static void end_line(sr_solver_report *r, sr_json_writer *w)
{
  sr_json_end_object(w);
  sr_json_line(r->json, w->text.at);
}

static void write_mesh(sr_json_writer *w, int intervals, int degree)
{
  sr_json_begin_object(w, "mesh");
  sr_json_integer(w, "intervals", intervals);
  sr_json_integer(w, "degree", degree);
  sr_json_end_object(w);
}

// Parts of the time of solves [s]; the line search is the rest.
static void write_seconds(sr_json_writer *w, const sr_nlp_seconds *s)
{
  sr_json_number(w, "derivatives", s->derivatives);
  sr_json_number(w, "functions", s->functions);
  sr_json_number(w, "ordering", s->ordering);
  sr_json_number(w, "factorisation", s->factorising);
  sr_json_number(w, "linear_solves", s->refining);
  sr_json_number(w, "line_search_and_other",
                 s->all - s->derivatives - s->functions - s->ordering - s->factorising - s->refining);
}

static void write_problem(sr_solver_report *r, const sr_nlp_size *s)
{
  sr_json_writer w = begin_line(r, "problem");
  sr_json_integer(&w, "solve", r->nsolve);
  sr_json_number(&w, "week", r->at->now.week);
  sr_json_string(&w, "when", r->at->now.when);
  sr_json_string(&w, "task", r->at->now.task);
  sr_json_string(&w, "stage", r->at->now.stage);
  sr_json_bool(&w, "is_warm", s->is_warm);
  write_mesh(&w, s->mesh_intervals, s->mesh_degree);
  sr_json_integer(&w, "unknowns", s->unknowns);
  sr_json_integer(&w, "rows", s->rows);
  sr_json_integer(&w, "jacobian_entries", s->njac);
  sr_json_integer(&w, "hessian_entries", s->nhes);
  sr_json_integer(&w, "system_rows", s->system_rows);
  sr_json_integer(&w, "supernodes", s->supernodes);
  sr_json_number(&w, "factor_entries", s->factor_entries);
  sr_json_number(&w, "factor_multiplications", s->factor_flops);
  sr_json_number(&w, "unknown_scale_least", s->x_scale_least);
  sr_json_number(&w, "unknown_scale_most", s->x_scale_most);
  sr_json_number(&w, "row_scale_least", s->g_scale_least);
  sr_json_number(&w, "row_scale_most", s->g_scale_most);
  end_line(r, &w);
}

static void begin(void *who, const sr_nlp_size *s)
{
  sr_solver_report *r = who;
  const sr_mark top = sr_arena_mark(r->work);
  r->nsolve++;
  r->rows_of_log = 0;
  if (r->json != NULL) write_problem(r, s);
  if (r->log != NULL) {
    fprintf(r->log, "\nsolve %d, %s: %d unknowns, %d rows, %.3g entries in L, %.3g multiplications", r->nsolve,
            s->is_warm ? "from a start near it" : "cold", s->unknowns, s->rows, s->factor_entries, s->factor_flops);
    if (s->mesh_intervals > 0) fprintf(r->log, "; %d intervals of degree %d", s->mesh_intervals, s->mesh_degree);
    fputc('\n', r->log);
  }
  sr_arena_release(r->work, top);
}

static void log_iteration(sr_solver_report *r, const sr_nlp_progress *p)
{
  enum { ROWS = 25 };  // between two headings
  if (r->rows_of_log++ % ROWS == 0)
    fprintf(r->log, " %5s %14s %9s %9s %8s %8s %8s %6s\n", "iter", "objective", "violation", "dual", "mu", "perturb",
            "step", "factor");
  fprintf(r->log, "%c%5d %14.7e %9.2e %9.2e %8.1e %8.1e %8.1e %6d\n", p->is_restoration ? 'r' : ' ', p->iteration,
          p->objective, p->violation, p->dual, p->mu, p->perturbation, p->step, p->factorisations);
}

static void write_iteration(sr_solver_report *r, const sr_nlp_progress *p)
{
  sr_json_writer w = begin_line(r, "iteration");
  sr_json_integer(&w, "solve", r->nsolve);
  sr_json_integer(&w, "iteration", p->iteration);
  sr_json_number(&w, "objective", p->objective);
  sr_json_number(&w, "violation", p->violation);
  sr_json_number(&w, "dual_error", p->dual);
  sr_json_number(&w, "mu", p->mu);
  sr_json_number(&w, "perturbation", p->perturbation);
  sr_json_number(&w, "step", p->step);
  sr_json_integer(&w, "factorisations", p->factorisations);
  sr_json_bool(&w, "is_restoration", p->is_restoration);
  end_line(r, &w);
}

static void iteration(void *who, const sr_nlp_progress *p)
{
  sr_solver_report *r = who;
  const sr_mark top = sr_arena_mark(r->work);
  if (r->json != NULL) write_iteration(r, p);
  if (r->log != NULL) log_iteration(r, p);
  sr_arena_release(r->work, top);
}

static void add_seconds(sr_nlp_seconds *sum, const sr_nlp_seconds *s)
{
  sum->all += s->all;
  sum->derivatives += s->derivatives;
  sum->functions += s->functions;
  sum->ordering += s->ordering;
  sum->factorising += s->factorising;
  sum->refining += s->refining;
}

static void end(void *who, const sr_nlp_result *x)
{
  sr_solver_report *r = who;
  const sr_mark top = sr_arena_mark(r->work);
  r->iterations += x->iterations;
  r->factorisations += x->factorisations;
  r->refinements += x->solves;
  add_seconds(&r->seconds, &x->part);
  if (r->json != NULL) {
    sr_json_writer w = begin_line(r, "end");
    sr_json_integer(&w, "solve", r->nsolve);
    sr_json_string(&w, "status", sr_nlp_status_text(x->status));
    sr_json_integer(&w, "iterations", x->iterations);
    sr_json_integer(&w, "factorisations", x->factorisations);
    sr_json_integer(&w, "linear_solves", x->solves);
    sr_json_number(&w, "objective", x->objective);
    sr_json_number(&w, "violation_unscaled", x->violation);
    sr_json_begin_object(&w, "seconds");
    sr_json_number(&w, "total", x->part.all);
    write_seconds(&w, &x->part);
    sr_json_end_object(&w);
    end_line(r, &w);
  }
  if (r->log != NULL)
    fprintf(r->log, "%s: %d iterations, %d factorisations, %d linear solves, %.2f s\n", sr_nlp_status_text(x->status),
            x->iterations, x->factorisations, x->solves, x->part.all);
  sr_arena_release(r->work, top);
}

bool sr_solver_report_open(sr_solver_report *r, const char *path, FILE *log, const sr_progress *at, sr_arena *work,
                           sr_error *err)
{
  *r = (sr_solver_report){.log = log, .at = at, .work = work, .start = sr_clock_seconds()};
  r->reporter = (sr_nlp_reporter){.who = r, .begin = begin, .iteration = iteration, .end = end};
  if (path == NULL) return true;
  r->json = fopen(path, "w");
  return r->json != NULL || sr_fail(err, SR_BAD_FILE, "%s: cannot be opened: %s", path, strerror(errno));
}

static void write_summary(sr_solver_report *r, const sr_task_result *t)
{
  double error = (double)NAN;
  sr_json_writer w = begin_line(r, "summary");
  if (t != NULL) {
    sr_json_string(&w, "task", t->task);
    sr_json_string(&w, "status", sr_task_status_text(t->status));
    write_mesh(&w, t->mesh_intervals, t->mesh_degree);
    sr_result_metric(t, "mesh_error_1", &error);
  }
  sr_json_number(&w, "mesh_error", error);  // null where there is no mesh or no answer
  sr_json_integer(&w, "solves", r->nsolve);
  sr_json_integer(&w, "iterations", r->iterations);
  sr_json_integer(&w, "factorisations", r->factorisations);
  sr_json_integer(&w, "linear_solves", r->refinements);
  sr_json_begin_object(&w, "seconds");
  const double all = sr_clock_seconds() - r->start;
  sr_json_number(&w, "total", all);
  write_seconds(&w, &r->seconds);
  sr_json_number(&w, "outside_the_solver", all - r->seconds.all);
  sr_json_end_object(&w);
  end_line(r, &w);
}

bool sr_solver_report_close(sr_solver_report *r, const char *path, const sr_task_result *t, sr_error *err)
{
  if (r->json == NULL) return true;
  write_summary(r, t);
  const bool is_written = !ferror(r->json);
  return (fclose(r->json) == 0 && is_written) || sr_fail(err, SR_BAD_FILE, "%s: cannot be written", path);
}
