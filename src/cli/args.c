// Command line -> sr_args.
#include "cli/args.h"

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "load/scenario_read.h"
#include "text/number.h"
#include "text/utf8.h"

#define BIT(command) (1u << (unsigned)(command))

// Options: name as typed, whether it takes a value, the commands that know it.
#define OPTIONS(ROW)                                                                                          \
  ROW(OUT, "-o", true,                                                                                        \
      BIT(SR_COMMAND_PREDICT) | BIT(SR_COMMAND_SOLVE) | BIT(SR_COMMAND_EXPORT) | BIT(SR_COMMAND_REPORT) |     \
          BIT(SR_COMMAND_VALIDATE))                                                                           \
  ROW(WEEKS, "--weeks", true, BIT(SR_COMMAND_PREDICT) | BIT(SR_COMMAND_COURSE))                               \
  ROW(TASKS, "--tasks", true, BIT(SR_COMMAND_PREDICT))                                                        \
  ROW(THREADS, "--threads", true, BIT(SR_COMMAND_PREDICT) | BIT(SR_COMMAND_SOLVE) | BIT(SR_COMMAND_VALIDATE)) \
  ROW(AREA, "--area", true, BIT(SR_COMMAND_VALIDATE))                                                         \
  ROW(QUICK, "--quick", false, BIT(SR_COMMAND_VALIDATE))                                                      \
  ROW(ISA, "--isa", true,                                                                                     \
      BIT(SR_COMMAND_PREDICT) | BIT(SR_COMMAND_COURSE) | BIT(SR_COMMAND_SOLVE) | BIT(SR_COMMAND_VALIDATE))    \
  ROW(BODIES, "--bodies", true, BIT(SR_COMMAND_PREDICT))                                                      \
  ROW(NO_SLIPS, "--no-slips", false, BIT(SR_COMMAND_PREDICT))                                                 \
  ROW(SENSITIVITY, "--sensitivity", false, BIT(SR_COMMAND_VALIDATE))                                          \
  ROW(PAIRS, "--pairs", true, BIT(SR_COMMAND_VALIDATE))                                                       \
  ROW(SEED, "--seed", true, BIT(SR_COMMAND_PREDICT) | BIT(SR_COMMAND_COURSE) | BIT(SR_COMMAND_VALIDATE))      \
  ROW(TIPTOE, "--tiptoe", false, BIT(SR_COMMAND_EXPORT))                                                      \
  ROW(RESUME, "--resume", false, BIT(SR_COMMAND_PREDICT))                                                     \
  ROW(LANG, "--lang", true, BIT(SR_COMMAND_PREDICT) | BIT(SR_COMMAND_REPORT))                                 \
  ROW(SCENARIO, "--scenario", true, BIT(SR_COMMAND_SOLVE) | BIT(SR_COMMAND_EXPORT))                           \
  ROW(WEEK, "--week", true, BIT(SR_COMMAND_SOLVE) | BIT(SR_COMMAND_EXPORT))                                   \
  ROW(SPEED, "--speed", true, BIT(SR_COMMAND_SOLVE))                                                          \
  ROW(VERIFY, "--verify", false, BIT(SR_COMMAND_SOLVE))                                                       \
  ROW(SOLVER_REPORT, "--solver-report", true, BIT(SR_COMMAND_SOLVE))                                          \
  ROW(VERBOSE, "--verbose", false, BIT(SR_COMMAND_SOLVE))                                                     \
  ROW(CUT, "--cut", true, BIT(SR_COMMAND_SOLVE))                                                              \
  ROW(JSON, "--json", false,                                                                                  \
      BIT(SR_COMMAND_PREDICT) | BIT(SR_COMMAND_COURSE) | BIT(SR_COMMAND_SOLVE) | BIT(SR_COMMAND_NERVES) |     \
          BIT(SR_COMMAND_VALIDATE))                                                                           \
  ROW(PROGRESS, "--progress", true,                                                                           \
      BIT(SR_COMMAND_PREDICT) | BIT(SR_COMMAND_COURSE) | BIT(SR_COMMAND_SOLVE) | BIT(SR_COMMAND_VALIDATE))    \
  ROW(HELP, "--help", false, ~0u)                                                                             \
  ROW(VERSION, "--version", false, BIT(SR_COMMAND_NONE))
#define OPTION_ENUM(id, name, has_value, commands) OPTION_##id,
typedef enum option_id { OPTIONS(OPTION_ENUM) NOPTION } option_id;
#define OPTION_ROW(id, name, has_value, commands) {name, has_value, commands},
static const struct {
  const char *name;
  bool has_value;
  unsigned commands;
} option[] = {OPTIONS(OPTION_ROW)};

#define COMMAND_ROW(id, name, operand) {name, operand},
static const struct {
  const char *name, *operand;
} command[] = {SR_COMMANDS(COMMAND_ROW)};

// In the contract, but not in this version.
static const char *const later[] = {"cohort", "model show", "model check", "model convert"};

typedef struct parser {
  sr_args *args;
  sr_arena *keep;
  sr_error *err;
  bool is_given[NOPTION];
} parser;

const char *sr_command_name(sr_command c)
{
  return c < SR_COMMAND_NONE ? command[c].name : "";
}

static sr_quote quote(const char *s)
{
  return sr_utf8_quote(s, strlen(s));
}

#define bad(p, ...) sr_fail((p)->err, SR_BAD_VALUE, __VA_ARGS__)

// "did you mean 'x'? allowed: a, b", or without the guess.
static const char *allowed(const parser *p, sr_names list, const char *name)
{
  const char *near = sr_names_nearest(list, name);
  sr_text t = sr_text_new(p->keep);
  if (near != NULL) sr_text_print(&t, "did you mean '%s'? ", near);
  sr_text_print(&t, "allowed: ");
  for (int i = 0; i < list.n; i++) sr_text_print(&t, "%s%s", i ? ", " : "", list.at[i]);
  return t.at;
}

static bool read_number(const parser *p, const char *what, const char *s, double lo, double hi, double *out)
{
  double x;
  if (!sr_number_read(s, &x) || !(x >= lo && x <= hi))
    return bad(p, "%s: '%s' must be a number from %g to %g", what, quote(s).text, lo, hi);
  *out = x;
  return true;
}

static bool read_whole(const parser *p, const char *what, const char *s, long hi, long lo, long *out)
{
  char *end = NULL;
  const bool is_plain = *s != '\0' && strspn(s, "0123456789") == strlen(s) && strlen(s) < 11;
  const long x = is_plain ? strtol(s, &end, 10) : -1;
  if (!is_plain || x < lo || x > hi)
    return bad(p, "%s: '%s' must be a whole number from %ld to %ld", what, quote(s).text, lo, hi);
  *out = x;
  return true;
}

// Cuts a text at any of the separators; the pieces live in `keep`.
static int split(const parser *p, const char *s, const char *separators, const char ***out)
{
  char *copy = sr_arena_strdup(p->keep, s), *save = NULL;
  const char **list = sr_alloc(p->keep, const char *, strlen(s) / 2 + 1);
  int n = 0;
  for (char *piece = strtok_r(copy, separators, &save); piece != NULL; piece = strtok_r(NULL, separators, &save))
    list[n++] = piece;
  *out = list;
  return n;
}

static bool read_weeks(const parser *p, const char *s)
{
  enum { MOST = 500 };
  const char **piece;
  sr_args *a = p->args;
  a->nweek = split(p, s, ", ", &piece);
  if (a->nweek == 0 || a->nweek > MOST)
    return bad(p, "--weeks: '%s' must be 1 to %d numbers with commas between them, such as 0,2,26", quote(s).text,
               MOST);
  a->weeks = sr_alloc(p->keep, double, a->nweek);
  for (int i = 0; i < a->nweek; i++) {
    if (!read_number(p, "--weeks", piece[i], 0.0, 520.0, &a->weeks[i])) return false;
    if (i > 0 && !(a->weeks[i] > a->weeks[i - 1]))
      return bad(p, "--weeks: %g does not come after %g; they stand in time order", a->weeks[i], a->weeks[i - 1]);
  }
  return true;
}

static bool read_tasks(const parser *p, const char *s)
{
  sr_args *a = p->args;
  a->ntask = split(p, s, " \t\n", &a->tasks);
  if (a->ntask == 0)
    return bad(p, "--tasks: the list is empty; tasks are separated by spaces, such as \"stand walk:speed_m_s=1.2\"");
  for (int i = 0; i < a->ntask; i++) {
    sr_task task;
    sr_error why = {0};
    if (!sr_task_parse(a->tasks[i], &task, &why)) return bad(p, "--tasks: %s", why.text);
  }
  return true;
}

// NODE[=FRACTION][@left|right|both]
static bool read_cut(const parser *p, const char *s)
{
  static const char *const side[] = {"left", "right", "both"};
  sr_args *a = p->args;
  if (a->ncut == SR_MAX_CUT) return bad(p, "--cut: at most %d cuts", SR_MAX_CUT);
  char *node = sr_arena_strdup(p->keep, s);
  char *at = strchr(node, '@'), *equals = strchr(node, '=');
  sr_cut cut = {.node = node, .fraction = 1.0, .side = SR_BOTH};
  if (at != NULL && equals != NULL && equals > at)
    return bad(p, "--cut: '%s' must be NODE[=FRACTION][@left|right|both]", quote(s).text);
  if (at != NULL) {
    *at = '\0';
    const int which = sr_names_find((sr_names){3, side}, at + 1);
    if (which < 0) return bad(p, "--cut: side '%s' must be left, right or both", quote(at + 1).text);
    cut.side = (sr_side)(which + 1);
  }
  if (equals != NULL) {
    *equals = '\0';
    if (!read_number(p, "--cut, fraction", equals + 1, 0.0, 1.0, &cut.fraction)) return false;
  }
  if (*node == '\0') return bad(p, "--cut: '%s' names no nerve; `surae nerves` lists them", quote(s).text);
  a->cut[a->ncut++] = cut;
  return true;
}

static bool read_word(const parser *p, const char *what, const char *s, sr_names list, int *out)
{
  *out = sr_names_find(list, s);
  return *out >= 0 || bad(p, "%s: unknown '%s'; %s", what, quote(s).text, allowed(p, list, s));
}

static bool read_isa(const parser *p, const char *s)
{
  const char *name[SR_ISA_COUNT];
  int which, n = 0;
  sr_isa at[SR_ISA_COUNT];
  for (int i = 0; i < SR_ISA_COUNT; i++)
    if (sr_isa_works((sr_isa)i)) name[n] = sr_isa_name((sr_isa)i), at[n++] = (sr_isa)i;
  if (!read_word(p, "--isa, of this machine", s, (sr_names){n, name}, &which)) return false;
  p->args->isa = at[which];
  return true;
}

static bool apply(parser *p, option_id id, const char *value)
{
  static const char *const lang[] = {"en", "zh"}, *const progress[] = {"auto", "json"};
  sr_args *a = p->args;
  int which;
  switch (id) {
    case OPTION_OUT:
      a->out = value;
      return true;
    case OPTION_WEEKS:
      return read_weeks(p, value);
    case OPTION_TASKS:
      return read_tasks(p, value);
    case OPTION_THREADS:
      return read_whole(p, "--threads", value, 1024, 1, &a->threads);
    case OPTION_AREA:
      a->area = value;
      return true;
    case OPTION_QUICK:
      a->is_quick = true;
      return true;
    case OPTION_SENSITIVITY:
      a->is_sensitivity = true;
      return true;
    case OPTION_PAIRS:
      return read_whole(p, "--pairs", value, 1000000, 1, &a->pairs);
    case OPTION_ISA:
      return read_isa(p, value);
    case OPTION_SOLVER_REPORT:
      a->solver_report = value;
      return true;
    case OPTION_VERBOSE:
      a->is_verbose = true;
      return true;
    case OPTION_NO_SLIPS:
      a->has_no_slips = true;
      return true;
    case OPTION_BODIES:
      a->has_bodies = true;
      return read_whole(p, "--bodies", value, 1000, 0, &a->bodies);
    case OPTION_SEED:
      a->has_seed = true;
      return read_whole(p, "--seed", value, 2147483647L, 0, &a->seed);
    case OPTION_TIPTOE:
      a->is_tiptoe = true;
      return true;
    case OPTION_RESUME:
      a->is_resume = true;
      return true;
    case OPTION_LANG:
      if (!read_word(p, "--lang", value, (sr_names){2, lang}, &which)) return false;
      a->lang = lang[which];
      return true;
    case OPTION_SCENARIO:
      a->scenario = value;
      return true;
    case OPTION_WEEK:
      return read_number(p, "--week", value, -520.0, 520.0, &a->week);
    case OPTION_SPEED:
      a->has_speed = true;
      return read_number(p, "--speed", value, 0.0, 20.0, &a->speed_m_s);
    case OPTION_VERIFY:
      a->is_verified = true;
      return true;
    case OPTION_CUT:
      return read_cut(p, value);
    case OPTION_JSON:
      a->is_json = true;
      return true;
    case OPTION_PROGRESS:
      if (!read_word(p, "--progress", value, (sr_names){2, progress}, &which)) return false;
      a->is_json_progress = which == 1;
      return true;
    case OPTION_HELP:
      a->wants_help = true;
      return true;
    case OPTION_VERSION:
      a->wants_version = true;
      return true;
    default:
      return true;
  }
}

static bool unknown_option(const parser *p, const char *name)
{
  const char *list[NOPTION];
  int n = 0;
  for (int i = 0; i < NOPTION; i++)
    if (option[i].commands & BIT(p->args->command)) list[n++] = option[i].name;
  const char *of = sr_command_name(p->args->command);
  return bad(p, "%s%sunknown option '%s'; %s", of, *of ? ": " : "", quote(name).text,
             allowed(p, (sr_names){n, list}, name));
}

// Takes the option argv[*i], with its value behind "=" or in the next argument.
static bool take_option(parser *p, int argc, char *const *argv, int *i)
{
  char *name = sr_arena_strdup(p->keep, argv[*i]);
  char *equals = strncmp(name, "--", 2) == 0 ? strchr(name, '=') : NULL;
  if (equals != NULL) *equals++ = '\0';
  int id = 0;
  while (id < NOPTION && (strcmp(option[id].name, name) != 0 || !(option[id].commands & BIT(p->args->command)))) id++;
  if (id == NOPTION) return unknown_option(p, name);
  if (p->is_given[id] && id != OPTION_CUT) return bad(p, "%s is given twice", name);
  p->is_given[id] = true;
  if (!option[id].has_value) return equals == NULL ? apply(p, (option_id)id, NULL) : bad(p, "%s takes no value", name);
  const char *value = equals;
  if (value == NULL && *i + 1 < argc) value = argv[++*i];
  if (value == NULL || *value == '\0') return bad(p, "%s needs a value", name);
  if (equals == NULL && value[0] == '-' && strchr("0123456789.", value[1]) == NULL)
    return bad(p, "%s needs a value, but '%s' follows; a name that begins with '-' is written ./%s", name,
               quote(value).text, quote(value).text);
  return apply(p, (option_id)id, value);
}

static bool unknown_command(const parser *p, const char *name)
{
  for (size_t i = 0; i < sizeof later / sizeof *later; i++)
    if (strcmp(name, later[i]) == 0)
      return bad(p,
                 "'%s' is not built yet; there are predict, course, solve, nerves, model export, validate and report",
                 name);
  const char *list[SR_COMMAND_NONE];
  for (int i = 0; i < SR_COMMAND_NONE; i++) list[i] = command[i].name;
  return bad(p, "unknown command '%s'; %s", quote(name).text, allowed(p, (sr_names){SR_COMMAND_NONE, list}, name));
}

// The command in argv[1], and in argv[2] where it has two words: how many arguments it took, 0 if there is none.
static bool take_command(parser *p, int argc, char *const *argv, int *ntaken)
{
  *ntaken = 0;
  if (argc < 2 || argv[1][0] == '-') return true;
  const bool has_second = argc > 2 && argv[2][0] != '-' && strcmp(argv[1], "model") == 0;
  const char *name = has_second ? sr_arena_printf(p->keep, "%s %s", argv[1], argv[2]) : argv[1];
  *ntaken = has_second ? 2 : 1;
  if (strcmp(name, "model") == 0 && argc > 2 && strcmp(argv[2], "--help") == 0) name = "model export";
  for (int i = 0; i < SR_COMMAND_NONE; i++)
    if (strcmp(name, command[i].name) == 0) {
      p->args->command = (sr_command)i;
      return true;
    }
  return unknown_command(p, name);
}

static bool take_operand(const parser *p, const char *s)
{
  sr_args *a = p->args;
  if (a->command == SR_COMMAND_NONE) return unknown_command(p, s);
  const char *wanted = command[a->command].operand;
  if (wanted == NULL)
    return bad(p, "%s: '%s' is too much; it works on no file", command[a->command].name, quote(s).text);
  if (a->operand != NULL)
    return bad(p, "%s: '%s' is too much; one %s is wanted", command[a->command].name, quote(s).text, wanted);
  if (*s == '\0') return bad(p, "%s: %s is an empty text", command[a->command].name, wanted);
  a->operand = s;
  return true;
}

static bool check_complete(const parser *p)
{
  const sr_args *a = p->args;
  if (a->wants_help || a->wants_version) return true;
  if (a->command == SR_COMMAND_NONE) return bad(p, "a command is wanted; `surae --help` lists them");
  if (command[a->command].operand != NULL && a->operand == NULL)
    return bad(p, "%s: %s is missing; `surae %s --help` shows how", command[a->command].name,
               command[a->command].operand, command[a->command].name);
  if (a->command == SR_COMMAND_EXPORT && a->out == NULL)
    return bad(p, "model export: -o FILE.osim is missing; `surae model export --help` shows how");
  if (a->command == SR_COMMAND_VALIDATE && !a->is_sensitivity && (a->has_seed || a->pairs > 0))
    return bad(p, "validate: --seed and --pairs belong to --sensitivity");
  if (a->is_sensitivity && a->area != NULL && strcmp(a->area, "constants") != 0 && strcmp(a->area, "movements") != 0)
    return bad(p, "--area: with --sensitivity it is constants or movements, not '%s'", quote(a->area).text);
  if (a->is_sensitivity && a->is_quick && a->area != NULL)
    return bad(p, "validate: --sensitivity takes --quick or --area, not both");
  return true;
}

bool sr_args_parse(int argc, char *const *argv, sr_arena *keep, sr_args *out, sr_error *err)
{
  *out = (sr_args){.command = SR_COMMAND_NONE, .isa = SR_ISA_COUNT};
  parser p = {.args = out, .keep = keep, .err = err};
  int ntaken;
  if (!take_command(&p, argc, argv, &ntaken)) return false;
  bool only_operands = false;
  for (int i = 1 + ntaken; i < argc; i++) {
    if (!only_operands && strcmp(argv[i], "--") == 0) {
      only_operands = true;
      continue;
    }
    const bool is_option = !only_operands && argv[i][0] == '-' && argv[i][1] != '\0';
    if (is_option ? !take_option(&p, argc, argv, &i) : !take_operand(&p, argv[i])) return false;
  }
  return check_complete(&p);
}
