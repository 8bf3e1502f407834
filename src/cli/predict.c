// surae predict
#include <string.h>

#include "cli/cli.h"
#include "cli/save.h"

// The scenario with what the command line says instead.
static void override(const sr_args *a, sr_scenario *s)
{
  if (a->nweek > 0) {
    s->nweek = a->nweek;
    s->week = a->weeks;
  }
  if (a->ntask > 0) {
    s->ntask = s->nalways = a->ntask;
    s->task = a->tasks;
    s->task_line = NULL;
  }
  if (a->lang != NULL) s->lang = a->lang;
  if (a->has_seed) s->seed = a->seed;
  if (a->has_bodies) s->bodies = (int)a->bodies;
}

// examples/article.toml -> article-out
static const char *default_folder(const char *scenario, sr_arena *keep)
{
  const char *slash = strrchr(scenario, '/');
  char *base = sr_arena_strdup(keep, slash != NULL ? slash + 1 : scenario);
  char *dot = strrchr(base, '.');
  if (dot != NULL && dot != base && strcmp(dot, ".toml") == 0) *dot = '\0';
  return sr_arena_printf(keep, "%s-out", base);
}

// The result without its answers: what `predict` gives when it is asked to stop before the first solve. It finds bad
// input in no time.
static bool outline(const sr_scenario *s, const sr_nerve_tree *tree, sr_arena *keep, sr_result *out, sr_error *err)
{
  static const volatile sig_atomic_t at_once = 1;
  const sr_course_options o = {.stop = &at_once, .version = sr_cli_version(keep), .kernel = sr_isa_name(sr_isa_best())};
  return sr_course_predict(s, tree, &o, keep, out, err);
}

static void print(const sr_cli *c, const sr_args *a, const char *dir, const sr_result *r, sr_arena *keep)
{
  size_t size;
  if (a->is_json) {
    const char *text = sr_result_to_json(r, keep, &size);
    fwrite(text, 1, size, c->out);
    fprintf(c->err, "report: %s/report.html\n", dir);
    return;
  }
  fprintf(c->out, "report: %s/report.html\n\n", dir);
  sr_cli_print_pair(c->out, r);
}

// Where a run keeps what it has so far.
typedef struct keeper {
  const char *dir;
  sr_arena *work;
  bool is_broken;
  sr_error err;  // of the first write that failed
} keeper;

// After each task the folder holds all answers so far, so that no end of the program loses them.
static void keep_so_far(void *who, const sr_result *r)
{
  keeper *k = who;
  const sr_mark top = sr_arena_mark(k->work);
  if (!k->is_broken) k->is_broken = !sr_save_result(k->dir, r, k->work, &k->err);
  sr_arena_release(k->work, top);
}

// Computes with the journal of the folder: with --resume what an earlier run of the same question solved is taken from
// it.
static bool compute(const sr_cli *c, const sr_args *a, const sr_scenario *s, const sr_nerve_tree *tree, const char *dir,
                    sr_arena *keep, sr_result *r, sr_error *err)
{
  sr_progress p = sr_progress_new(c->err, sr_cli_progress_style(c, a), keep);
  sr_course_options o = sr_cli_course_options(c, &p, keep);
  keeper k = {.dir = dir, .work = sr_arena_new()};
  o.threads = sr_cli_threads(a);
  o.without_slips = a->has_no_slips;
  o.finished = keep_so_far;
  o.keeper = &k;
  o.journal =
      sr_journal_open(sr_arena_printf(keep, "%s/journal.bin", dir), sr_course_question(s, &o, keep), a->is_resume, err);
  bool is_good = o.journal != NULL;
  if (is_good && a->is_resume)
    fprintf(c->err, "surae: %d solves of an earlier run of this scenario, by this build, are in %s\n",
            sr_journal_count(o.journal), dir);
  if (is_good) keep_so_far(&k, r);
  is_good = is_good && sr_course_predict(s, tree, &o, keep, r, err);
  sr_progress_end(&p);
  const char *trouble = is_good ? sr_journal_trouble(o.journal) : NULL;
  if (trouble != NULL) fprintf(c->err, "surae: %s; --resume will find what was written before\n", trouble);
  sr_journal_close(o.journal);
  sr_arena_free(k.work);
  return is_good && sr_save_result(dir, r, keep, err) && sr_save_log(dir, r, &p, sr_course_exit_code(r), keep, err);
}

static bool predict(const sr_cli *c, const sr_args *a, sr_arena *keep, int *code, sr_error *err)
{
  sr_nerve_tree tree;
  sr_scenario s;
  sr_result r;
  if (!sr_cli_scenario(a->operand, keep, &tree, &s, err)) return false;
  override(a, &s);
  const char *dir = a->out != NULL ? a->out : default_folder(a->operand, keep);
  if (!outline(&s, &tree, keep, &r, err) || !sr_directory_make(sr_arena_printf(keep, "%s/sto", dir), err)) return false;
  if (!compute(c, a, &s, &tree, dir, keep, &r, err) || !sr_save_views(dir, &r, s.lang, keep, err)) return false;
  *code = c->stop != NULL && *c->stop != 0 ? 130 : sr_course_exit_code(&r);
  if (*code == 130)
    fprintf(c->err, "surae: interrupted; what was done is in %s, and --resume goes on from there\n", dir);
  print(c, a, dir, &r, keep);
  return true;
}

int sr_cli_predict(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  sr_error err = {0};
  int code = 0;
  return predict(c, a, keep, &code, &err) ? code : sr_cli_fail(c, &err);
}
