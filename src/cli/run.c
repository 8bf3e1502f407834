// From argv to a command, and what the commands share.
#include <string.h>
#include <unistd.h>

#include "base/parallel.h"
#include "base/version.h"
#include "cli/cli.h"
#include "load/model.h"

int sr_cli_fail(const sr_cli *c, const sr_error *err)
{
  fprintf(c->err, "surae: %s\n", err->text);
  return sr_exit_code(err->code);
}

bool sr_cli_scenario(const char *path, sr_arena *keep, sr_nerve_tree *tree, sr_scenario *out, sr_error *err)
{
  if (!sr_nerve_tree_load(keep, tree, err)) return false;
  if (path != NULL) return sr_scenario_read(path, tree, keep, out, err);
  *out = sr_scenario_default(keep);
  return true;
}

const char *sr_cli_version(sr_arena *keep)
{
  return strcmp(sr_version(), sr_version_build()) == 0
             ? sr_version()
             : sr_arena_printf(keep, "%s (%s)", sr_version(), sr_version_build());
}

int sr_cli_threads(const sr_args *a)
{
  const long cores = sysconf(_SC_NPROCESSORS_ONLN);
  return a->threads > 0 ? (int)a->threads : cores > 1 ? (int)cores : 1;
}

sr_progress_style sr_cli_progress_style(const sr_cli *c, const sr_args *a)
{
  if (a->is_verbose && !a->is_json_progress) return SR_PROGRESS_LINES;
  return a->is_json_progress ? SR_PROGRESS_JSON : c->is_live ? SR_PROGRESS_LIVE : SR_PROGRESS_LINES;
}

sr_course_options sr_cli_course_options(const sr_cli *c, sr_progress *p, sr_arena *keep)
{
  return (sr_course_options){.stop = c->stop,
                             .progress = sr_progress_tell,
                             .who = p,
                             .version = sr_cli_version(keep),
                             .kernel = sr_isa_name(sr_isa_best())};
}

static int choose_command(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  switch (a->command) {
    case SR_COMMAND_PREDICT:
      return sr_cli_predict(c, a, keep);
    case SR_COMMAND_COURSE:
      return sr_cli_course(c, a, keep);
    case SR_COMMAND_SOLVE:
      return sr_cli_solve(c, a, keep);
    case SR_COMMAND_NERVES:
      return sr_cli_nerves(c, a, keep);
    case SR_COMMAND_EXPORT:
      return sr_cli_export(c, a, keep);
    case SR_COMMAND_VALIDATE:
      return sr_cli_validate(c, a, keep);
    default:
      return sr_cli_report(c, a, keep);
  }
}

// What a command computes with is set for the process, and set back for the next command of a test.
static int run_command(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  sr_isa_use(a->isa);
  sr_parallel_allow(sr_cli_threads(a));
  const int code = choose_command(c, a, keep);
  sr_parallel_allow(1);
  sr_isa_use(SR_ISA_COUNT);
  return code;
}

static int run(const sr_cli *c, int argc, char *const *argv, sr_arena *keep)
{
  sr_args *a = sr_alloc(keep, sr_args, 1);
  sr_error err = {0};
  if (argc < 2) {
    sr_cli_help(c->err, SR_COMMAND_NONE);
    return 2;
  }
  if (!sr_args_parse(argc, argv, keep, a, &err)) return sr_cli_fail(c, &err);
  if (a->wants_help)
    sr_cli_help(c->out, a->command);
  else if (a->wants_version)
    fprintf(c->out, "surae %s\n", sr_cli_version(keep));
  else
    return run_command(c, a, keep);
  return 0;
}

int sr_cli_run(const sr_cli *c, int argc, char *const *argv)
{
  sr_arena *keep = sr_arena_new();
  int code = run(c, argc, argv, keep);
  if ((fflush(c->out) != 0 || ferror(c->out)) && code < 2) {
    fprintf(c->err, "surae: stdout cannot be written\n");
    code = 3;
  }
  sr_arena_free(keep);
  return code;
}
