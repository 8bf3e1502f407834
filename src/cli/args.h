// The command line as data: what was asked for, checked as far as it can be without reading a file.
#ifndef SR_CLI_ARGS_H
#define SR_CLI_ARGS_H
#include "course/course.h"
#include "math/front.h"

// Commands: name as typed (one or two words), what it works on, as help calls it (NULL: nothing).
#define SR_COMMANDS(ROW)                              \
  ROW(SR_COMMAND_PREDICT, "predict", "SCENARIO.toml") \
  ROW(SR_COMMAND_COURSE, "course", "SCENARIO.toml")   \
  ROW(SR_COMMAND_SOLVE, "solve", "TASK")              \
  ROW(SR_COMMAND_NERVES, "nerves", NULL)              \
  ROW(SR_COMMAND_EXPORT, "model export", NULL)        \
  ROW(SR_COMMAND_VALIDATE, "validate", NULL)          \
  ROW(SR_COMMAND_REPORT, "report", "DIR")
#define SR_COMMAND_ENUM(id, name, operand) id,
typedef enum sr_command { SR_COMMANDS(SR_COMMAND_ENUM) SR_COMMAND_NONE } sr_command;
#undef SR_COMMAND_ENUM
const char *sr_command_name(sr_command c);

enum { SR_MAX_CUT = 64 };

typedef struct sr_args {
  sr_command command;
  bool wants_help, wants_version;            // help of the command, or of the program where there is none
  const char *operand;                       // scenario, task or folder
  const char *out, *scenario, *lang, *area;  // NULL: not given
  bool has_seed, has_speed, has_bodies, has_no_slips;
  long seed, bodies;
  long threads;  // 0: not given
  long pairs;    // 0: not given
  sr_isa isa;    // SR_ISA_COUNT: not given
  double week, speed_m_s;
  int nweek;  // 0: not given
  double *weeks;
  int ntask;  // 0: not given
  const char **tasks;
  int ncut;
  sr_cut cut[SR_MAX_CUT];
  const char *solver_report;  // NULL: not given
  bool is_tiptoe, is_verified, is_verbose, is_resume, is_json, is_json_progress, is_quick, is_sensitivity;
} sr_args;

// Every error is one sentence for "surae: ".
bool sr_args_parse(int argc, char *const *argv, sr_arena *keep, sr_args *out, sr_error *err);
#endif
