// surae predict
#include <string.h>

#include "cli/cli.h"
#include "cli/save.h"

// The scenario with what the command line says instead.
static void override(const sr_args *a, sr_arena *keep, sr_scenario *s)
{
  if (a->nweek > 0) {
    s->nweek = a->nweek;
    s->week = a->weeks;
  }
  if (a->ntask > 0) {
    s->ntask = a->ntask;
    s->task = a->tasks;
    s->task_line = NULL;
  }
  if (a->lang != NULL) s->lang = a->lang;
  if (a->has_seed) {
    const char **idle = sr_alloc(keep, const char *, s->nidle + 1);
    memcpy(idle, s->idle, (size_t)s->nidle * sizeof *idle);
    idle[s->nidle++] = "--seed";
    s->idle = idle;
    s->seed = a->seed;
  }
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
// input in no time, and tells whether an older result answers the same question.
static bool outline(const sr_scenario *s, const sr_nerve_tree *tree, sr_arena *keep, sr_result *out, sr_error *err)
{
  static const volatile sig_atomic_t at_once = 1;
  const sr_course_options o = {.stop = &at_once, .version = sr_cli_version(keep), .kernel = SR_CLI_KERNEL};
  return sr_course_predict(s, tree, &o, keep, out, err);
}

// Puts the tasks of `from` in the place of those of `e`; false unless both list the same tasks, all of `e` answered.
static bool blank_epochs(sr_epoch *e, const sr_epoch *from, int n)
{
  for (int i = 0; i < n; i++) {
    if (e[i].ntask != from[i].ntask) return false;
    for (int k = 0; k < e[i].ntask; k++) {
      const sr_task_status was = e[i].task[k].status, now = from[i].task[k].status;
      const bool is_answered = was == SR_TASK_SOLVED || was == SR_TASK_IMPOSSIBLE;
      if (strcmp(e[i].task[k].task, from[i].task[k].task) != 0) return false;
      if (was == SR_TASK_NOT_RUN ? now != SR_TASK_NOT_RUN : !is_answered) return false;
    }
    e[i].task = from[i].task;
  }
  return true;
}

// True if `old` is an answered result for this scenario: without its answers it is the outline, byte for byte.
static bool is_same_question(const sr_result *old, const sr_scenario *s, const sr_nerve_tree *tree, sr_arena *keep)
{
  sr_scenario same_language = *s;
  same_language.lang = old->lang;
  sr_result want, blank = *old;
  sr_error err;
  if (!outline(&same_language, tree, keep, &want, &err)) return false;
  if (want.nepoch != old->nepoch || want.ncontrol != old->ncontrol) return false;
  blank.epoch = memcpy(sr_alloc(keep, sr_epoch, old->nepoch + 1), old->epoch, sizeof *old->epoch * (size_t)old->nepoch);
  blank.control =
      memcpy(sr_alloc(keep, sr_epoch, old->ncontrol + 1), old->control, sizeof *old->control * (size_t)old->ncontrol);
  if (!blank_epochs(blank.epoch, want.epoch, want.nepoch) || !blank_epochs(blank.control, want.control, want.ncontrol))
    return false;
  size_t na, nb;
  const char *a = sr_result_to_json(&want, keep, &na), *b = sr_result_to_json(&blank, keep, &nb);
  return na == nb && memcmp(a, b, na) == 0;
}

static bool resume(const char *dir, const sr_scenario *s, const sr_nerve_tree *tree, sr_arena *keep, sr_result *out)
{
  const char *path = sr_arena_printf(keep, "%s/result.json", dir);
  char *text;
  size_t size;
  sr_error err;
  return sr_file_read(path, keep, &text, &size, &err) && sr_result_from_json(path, text, size, keep, out, &err) &&
         is_same_question(out, s, tree, keep);
}

// Weeks that this version does not compute, on one line.
static void tell_weeks(const sr_cli *c, const sr_result *r)
{
  int n = 0;
  for (int e = 0; e < r->nepoch; e++) {
    const sr_epoch *x = &r->epoch[e];
    if (sr_epoch_is_run(x) || strcmp(x->when, "after") == 0) continue;  // named by its `before`
    fprintf(c->err, "%s%g%s", n++ > 0 ? ", " : "surae: weeks ", x->week,
            strcmp(x->when, "before") == 0 ? " (with an intervention)" : "");
  }
  if (n > 0)
    fprintf(c->err,
            " not run: they need the slow model of tissue (wasting, girth, fat), which this version does not have\n");
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

static bool compute(const sr_cli *c, const sr_args *a, const sr_scenario *s, const sr_nerve_tree *tree, const char *dir,
                    sr_arena *keep, sr_result *r, sr_error *err)
{
  sr_progress p = sr_progress_new(c->err, sr_cli_progress_style(c, a), keep);
  const sr_course_options o = sr_cli_course_options(c, &p, keep);
  const bool is_good = sr_course_predict(s, tree, &o, keep, r, err);
  sr_progress_end(&p);
  return is_good && sr_save_result(dir, r, keep, err) && sr_save_log(dir, r, &p, sr_course_exit_code(r), keep, err);
}

static bool predict(const sr_cli *c, const sr_args *a, sr_arena *keep, int *code, sr_error *err)
{
  sr_nerve_tree tree;
  sr_scenario s;
  sr_result r;
  if (!sr_cli_scenario(a->operand, keep, &tree, &s, err)) return false;
  override(a, keep, &s);
  const char *dir = a->out != NULL ? a->out : default_folder(a->operand, keep);
  if (!outline(&s, &tree, keep, &r, err) || !sr_directory_make(sr_arena_printf(keep, "%s/sto", dir), err)) return false;
  sr_cli_tell_idle(c, &s);
  tell_weeks(c, &r);
  const bool is_kept = a->is_resume && resume(dir, &s, &tree, keep, &r);
  if (is_kept) fprintf(c->err, "surae: %s/result.json is kept: same question, every task answered\n", dir);
  if (a->is_resume && !is_kept)
    fprintf(c->err, "surae: no result in %s answers every task of this scenario by this build: computing\n", dir);
  if (!is_kept && !compute(c, a, &s, &tree, dir, keep, &r, err)) return false;
  if (!sr_save_views(dir, &r, s.lang, keep, err)) return false;
  *code = sr_course_exit_code(&r);
  if (*code == 130) fprintf(c->err, "surae: interrupted; what was done is in %s\n", dir);
  print(c, a, dir, &r, keep);
  return true;
}

int sr_cli_predict(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  sr_error err = {0};
  int code = 0;
  return predict(c, a, keep, &code, &err) ? code : sr_cli_fail(c, &err);
}
