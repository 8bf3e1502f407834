// The program: one function per command. Data goes to `out`, progress and messages to `err`; each gives the exit code.
#ifndef SR_CLI_CLI_H
#define SR_CLI_CLI_H
#include <stdio.h>

#include "cli/args.h"
#include "cli/progress.h"
#include "course/course.h"

typedef struct sr_cli {
  FILE *out, *err;
  bool is_live;                       // err is a terminal that can rewrite a line
  const volatile sig_atomic_t *stop;  // nonzero once the user has asked to stop
} sr_cli;

// The whole program; argv as main gets it.
int sr_cli_run(const sr_cli *c, int argc, char *const *argv);

int sr_cli_predict(const sr_cli *c, const sr_args *a, sr_arena *keep);
int sr_cli_course(const sr_cli *c, const sr_args *a, sr_arena *keep);
int sr_cli_solve(const sr_cli *c, const sr_args *a, sr_arena *keep);
int sr_cli_nerves(const sr_cli *c, const sr_args *a, sr_arena *keep);
int sr_cli_export(const sr_cli *c, const sr_args *a, sr_arena *keep);
int sr_cli_validate(const sr_cli *c, const sr_args *a, sr_arena *keep);
int sr_cli_sensitivity(const sr_cli *c, const sr_args *a, sr_arena *keep);  // validate --sensitivity
int sr_cli_report(const sr_cli *c, const sr_args *a, sr_arena *keep);

// Prints "surae: <the error>" and gives its exit code.
int sr_cli_fail(const sr_cli *c, const sr_error *err);
// The scenario that a command works on (path NULL: the default person), with the nerve tree.
bool sr_cli_scenario(const char *path, sr_arena *keep, sr_nerve_tree *tree, sr_scenario *out, sr_error *err);
// "0.1.0 (build)": what results are stamped with.
const char *sr_cli_version(sr_arena *keep);

int sr_cli_threads(const sr_args *a);  // that may be at work at once: as asked for, else one for each core
sr_progress_style sr_cli_progress_style(const sr_cli *c, const sr_args *a);
// How a command solves: it may be stopped, and tells `p` how far it is.
sr_course_options sr_cli_course_options(const sr_cli *c, sr_progress *p, sr_arena *keep);

void sr_cli_help(FILE *out, sr_command c);  // SR_COMMAND_NONE: of the program

// Before and after side by side, the numbers that matter most; all numbers of one epoch.
void sr_cli_print_pair(FILE *out, const sr_result *r);
void sr_cli_print_epoch(FILE *out, const sr_epoch *e);
#endif
