#include "cli/args.h"

#include "test.h"

enum { MOST = 20 };

// Parses words that are separated by '|' (so that a word may hold a blank or be empty).
static bool parse(const char *line, sr_arena *keep, sr_args *out, sr_error *err)
{
  char *argv[MOST + 1] = {sr_arena_strdup(keep, "surae")};
  int argc = 1;
  char *at = sr_arena_strdup(keep, line);
  while (at != NULL && argc < MOST) {
    char *bar = strchr(at, '|');
    if (bar != NULL) *bar++ = '\0';
    argv[argc++] = at;
    at = bar;
  }
  *err = (sr_error){0};
  return sr_args_parse(argc, argv, keep, out, err);
}

TEST(args_of_every_command)
{
  sr_arena *a = sr_arena_new();
  sr_args *x = sr_alloc(a, sr_args, 1);
  sr_error err;
  CHECK(
      parse("predict|s.toml|-o|dir|--weeks|0,0.14 2|--tasks|stand  "
            "walk|--threads|4|--bodies|0|--lang|zh|--seed=7|--resume|--json",
            a, x, &err));
  CHECK(x->threads == 4 && x->has_bodies && x->bodies == 0);
  CHECK(x->command == SR_COMMAND_PREDICT && x->is_resume && x->is_json && x->has_seed && x->seed == 7);
  SAME(x->operand, "s.toml");
  SAME(x->out, "dir");
  SAME(x->lang, "zh");
  CHECK(x->nweek == 3 && x->ntask == 2);
  NEAR(x->weeks[1], 0.14, 0.0);
  SAME(x->tasks[1], "walk");
  CHECK(parse("solve|walk:speed_m_s=1|--week|-1|--speed|1.5|--scenario|f|-o|x.sto|--progress|json", a, x, &err));
  CHECK(x->command == SR_COMMAND_SOLVE && x->has_speed && x->is_json_progress && !x->is_json);
  NEAR(x->week, -1.0, 0.0);
  NEAR(x->speed_m_s, 1.5, 0.0);
  CHECK(x->isa == SR_ISA_COUNT && x->solver_report == NULL && !x->is_verbose && x->threads == 0);
  CHECK(parse("solve|stand|--isa|generic|--threads|3|--verbose|--solver-report|r.jsonl", a, x, &err));
  CHECK(x->isa == SR_ISA_GENERIC && x->threads == 3 && x->is_verbose);
  SAME(x->solver_report, "r.jsonl");
  CHECK(!parse("solve|stand|--isa|sse9", a, x, &err) && strstr(err.text, "generic") != NULL);
  CHECK(parse("nerves", a, x, &err) && x->command == SR_COMMAND_NERVES);
  CHECK(parse("model|export|-o|m.osim", a, x, &err) && x->command == SR_COMMAND_EXPORT);
  CHECK(parse("model|--help", a, x, &err) && x->command == SR_COMMAND_EXPORT && x->wants_help);
  CHECK(parse("report|dir|--lang=en", a, x, &err) && x->command == SR_COMMAND_REPORT);
  CHECK(parse("--version", a, x, &err) && x->wants_version);
  CHECK(parse("--help", a, x, &err) && x->wants_help && x->command == SR_COMMAND_NONE);
  CHECK(parse("report|--|-odd", a, x, &err));
  SAME(x->operand, "-odd");
  sr_arena_free(a);
}

TEST(args_cut_is_node_fraction_side)
{
  sr_arena *a = sr_arena_new();
  sr_args *x = sr_alloc(a, sr_args, 1);
  sr_error err;
  CHECK(parse("solve|stand|--cut|tibial|--cut|sural=0.25|--cut|sciatic@left|--cut=femoral=5e-1@right", a, x, &err));
  CHECK(x->ncut == 4);
  static const sr_cut want[] = {
      {"tibial", 1.0, SR_BOTH}, {"sural", 0.25, SR_BOTH}, {"sciatic", 1.0, SR_LEFT}, {"femoral", 0.5, SR_RIGHT}};
  for (int i = 0; i < 4; i++) {
    SAME(x->cut[i].node, want[i].node);
    NEAR(x->cut[i].fraction, want[i].fraction, 0.0);
    CHECK(x->cut[i].side == want[i].side);
  }
  sr_arena_free(a);
}

// Every refusal: code 2, one line, and a word that shows what is wrong or allowed.
TEST(args_refuse_what_is_wrong)
{
  static const struct {
    const char *line, *says;
  } bad[] = {
      {"predcit|x", "did you mean 'predict'"},
      {"", "unknown command"},
      {"cohort|x", "not built yet"},
      {"cohort|x", "not built yet"},
      {"model|show|x", "not built yet"},
      {"model|check|x", "not built yet"},
      {"model|convert|x", "not built yet"},
      {"model", "model export"},
      {"predict", "SCENARIO.toml is missing"},
      {"predict|a|b", "too much"},
      {"predict|", "empty"},
      {"nerves|x", "too much"},
      {"model|export", "-o FILE.osim is missing"},
      {"predict|x|--jsn", "did you mean '--json'"},
      {"predict|x|--cut|tibial", "unknown option '--cut'"},
      {"nerves|-o|x", "unknown option '-o'"},
      {"predict|x|-o", "-o needs a value"},
      {"predict|x|-o|--json", "'--json' follows"},
      {"predict|x|--out=", "unknown option"},
      {"predict|x|--lang|de", "allowed: en, zh"},
      {"predict|x|--lang=", "needs a value"},
      {"predict|x|--json=1", "takes no value"},
      {"predict|x|--json|--json", "given twice"},
      {"predict|x|--weeks|", "needs a value"},
      {"predict|x|--weeks|,", "such as 0,2,26"},
      {"predict|x|--weeks|2,1", "time order"},
      {"predict|x|--weeks|1,1", "time order"},
      {"predict|x|--weeks|-1", "from 0 to 520"},
      {"predict|x|--weeks|1e9", "from 0 to 520"},
      {"predict|x|--weeks|nan", "from 0 to 520"},
      {"predict|x|--weeks|0x1", "from 0 to 520"},
      {"predict|x|--tasks|  ", "empty"},
      {"predict|x|--tasks|stand fly", "unknown task 'fly'"},
      {"predict|x|--tasks|turn", "not built yet"},
      {"predict|x|--tasks|walk:speed_m_s=99", "from 0.3 to 2.5"},
      {"predict|x|--threads|0", "from 1 to 1024"},
      {"predict|x|--threads|two", "whole number"},
      {"predict|x|--seed|1.5", "whole number"},
      {"predict|x|--seed|99999999999999999999", "whole number"},
      {"predict|x|--progress|bar", "auto, json"},
      {"solve|stand|--week|", "needs a value"},
      {"solve|stand|--week|1e", "must be a number"},
      {"solve|stand|--week|inf", "must be a number"},
      {"solve|walk|--speed|1,2", "must be a number"},
      {"solve|stand|--cut|@left", "names no nerve"},
      {"solve|stand|--cut|=1", "names no nerve"},
      {"solve|stand|--cut|tibial=2", "from 0 to 1"},
      {"solve|stand|--cut|tibial=", "must be a number"},
      {"solve|stand|--cut|tibial@top", "left, right or both"},
      {"solve|stand|--cut|tibial@left=1", "NODE[=FRACTION]"},
      {"-x", "allowed: --help, --version"},
      {"--", "a command is wanted"},
      {"--|predict", "unknown command"},
  };
  sr_arena *a = sr_arena_new();
  sr_args *x = sr_alloc(a, sr_args, 1);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    sr_error err;
    const bool is_good = parse(bad[i].line, a, x, &err);
    if (is_good || sr_exit_code(err.code) != 2 || strstr(err.text, bad[i].says) == NULL ||
        strchr(err.text, '\n') != NULL)
      sr_test_fail(__FILE__, __LINE__, "'%s': %s", bad[i].line, is_good ? "accepted" : err.text);
  }
  sr_arena_free(a);
}

TEST(args_too_many_cuts)
{
  sr_arena *a = sr_arena_new();
  char *argv[2 * SR_MAX_CUT + 8];
  char *word[] = {sr_arena_strdup(a, "surae"), sr_arena_strdup(a, "solve"), sr_arena_strdup(a, "stand"),
                  sr_arena_strdup(a, "--cut"), sr_arena_strdup(a, "tibial")};
  int argc = 0;
  for (; argc < 3; argc++) argv[argc] = word[argc];
  for (int i = 0; i < SR_MAX_CUT; i++) argv[argc++] = word[3], argv[argc++] = word[4];
  sr_args *x = sr_alloc(a, sr_args, 1);
  sr_error err = {0};
  CHECK(sr_args_parse(argc, argv, a, x, &err) && x->ncut == SR_MAX_CUT);
  argv[argc++] = word[3], argv[argc++] = word[4];
  CHECK(!sr_args_parse(argc, argv, a, x, &err) && strstr(err.text, "at most 64") != NULL);
  sr_arena_free(a);
}

// Any sequence of words is either understood or refused in one line.
TEST(args_survive_any_words)
{
  static const char *const word[] = {
      "predict",
      "solve",
      "nerves",
      "model",
      "export",
      "report",
      "course",
      "-o",
      "--weeks",
      "--tasks",
      "--cut",
      "--json",
      "--help",
      "--version",
      "--",
      "-",
      "",
      "=",
      "--=",
      "-o=",
      "--cut=",
      "--cut=@",
      "--weeks=,,,",
      "--seed=0",
      "0",
      "-1",
      "1e308",
      "stand",
      "walk:",
      "walk:speed_m_s",
      ":",
      "@",
      "@=",
      "tibial=@",
      "\xff\xfe",
      "a\nb",
      "%s%n",
      "--progress=json",
      "--lang",
      "zh",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
  const unsigned nword = sizeof word / sizeof *word;
  sr_arena *a = sr_arena_new();
  unsigned random = 1;
  for (int n = 0; n < 20000; n++) {
    const sr_mark top = sr_arena_mark(a);
    sr_args *x = sr_alloc(a, sr_args, 1);
    char *argv[9] = {sr_arena_strdup(a, "surae")};
    int argc = 1;
    while (argc < 9 && (argc == 1 || random % 7 != 0)) {
      random = random * 1664525u + 1013904223u;  // Numerical Recipes' linear congruence
      argv[argc++] = sr_arena_strdup(a, word[(random >> 16) % nword]);
    }
    sr_error err = {0};
    if (!sr_args_parse(argc, argv, a, x, &err)) {
      CHECK(err.text[0] != '\0' && strchr(err.text, '\n') == NULL);
      CHECK(sr_exit_code(err.code) == 2);
    }
    sr_arena_release(a, top);
  }
  sr_arena_free(a);
}
