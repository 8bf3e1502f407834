#include "cli/cli.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/save.h"
#include "load/model.h"
#include "test.h"
#include "text/json.h"

// What a run of the program left behind.
typedef struct outcome {
  int code;
  char *out, *err;
} outcome;

static char *contents(FILE *f, sr_arena *keep)
{
  const long size = ftell(f);
  char *text = sr_alloc(keep, char, size + 1);
  rewind(f);
  CHECK(fread(text, 1, (size_t)size, f) == (size_t)size);
  fclose(f);
  return text;
}

// Runs the program inside this process; `is_stopped`: as if Ctrl-C had come at once. Words are separated by '|'.
static outcome run(const char *line, bool is_stopped, sr_arena *keep)
{
  const volatile sig_atomic_t stop = is_stopped;
  const sr_cli c = {.out = tmpfile(), .err = tmpfile(), .stop = &stop};
  char *argv[17] = {sr_arena_strdup(keep, "surae")};
  int argc = 1;
  for (char *at = sr_arena_strdup(keep, line); at != NULL && argc < 17;) {
    char *bar = strchr(at, '|');
    if (bar != NULL) *bar++ = '\0';
    argv[argc++] = at;
    at = bar;
  }
  outcome o = {.code = sr_cli_run(&c, argc, argv)};
  o.out = contents(c.out, keep);
  o.err = contents(c.err, keep);
  return o;
}

static int lines(const char *s)
{
  int n = 0;
  for (; *s; s++) n += *s == '\n';
  return n;
}

TEST(cli_refusals_are_one_line_on_stderr)
{
  static const struct {
    const char *line;
    int code;
  } bad[] = {{"predict|no_such_file.toml", 3},
             {"solve|wlak", 2},
             {"solve|stand|--speed|2", 2},
             {"solve|walk:speed_m_s=1|--speed|2", 2},
             {"solve|stand|--cut|soleus", 2},
             {"report|no_such_folder", 3},
             {"model|export|-o|/no_such_folder/x.osim", 3},
             {"model|export|-o|x.osim|--week|3", 2},
             {"solve|walk|--week|3", 2},
             {"course|x", 2}};
  sr_arena *a = sr_arena_new();
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    const outcome o = run(bad[i].line, false, a);
    if (o.code != bad[i].code || lines(o.err) != 1 || o.out[0] != '\0')
      sr_test_fail(__FILE__, __LINE__, "'%s': exit %d, '%s'", bad[i].line, o.code, o.err);
    CHECK(strncmp(o.err, "surae: ", 7) == 0);
  }
  CHECK(strstr(run("solve|stand|--cut|soleus", false, a).err, "did you mean 'nerve_to_soleus'") != NULL);
  sr_arena_free(a);
}

TEST(cli_help_names_what_is_built_and_nothing_else)
{
  static const char *const command[] = {"predict", "solve", "nerves", "model|export", "report"};
  sr_arena *a = sr_arena_new();
  const outcome o = run("--help", false, a);
  CHECK(o.code == 0 && o.err[0] == '\0');
  for (size_t i = 0; i < sizeof command / sizeof *command; i++) {
    const outcome h = run(sr_arena_printf(a, "%s|--help", command[i]), false, a);
    CHECK(h.code == 0 && strstr(h.out, "examples\n") != NULL);
  }
  static const char *const absent[] = {"course", "validate", "cohort", "model show", "run:", "hop"};
  for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) CHECK(strstr(o.out, absent[i]) == NULL);
  const outcome v = run("--version", false, a);
  CHECK(v.code == 0 && strncmp(v.out, "surae ", 6) == 0 && lines(v.out) == 1);
  sr_arena_free(a);
}

TEST(cli_nerves_as_text_and_json)
{
  sr_arena *a = sr_arena_new();
  const outcome text = run("nerves", false, a), json = run("nerves|--json", false, a);
  sr_json root;
  sr_error err = {0};
  CHECK(text.code == 0 && strstr(text.out, "nerve_to_gasmed") != NULL);
  CHECK(json.code == 0 && sr_json_parse("stdout", json.out, strlen(json.out), a, &root, &err));
  sr_arena_free(a);
}

// A folder of its own for a test.
static const char *new_folder(sr_arena *keep)
{
  char *path = sr_arena_strdup(keep, "surae_cli_test_XXXXXX");
  CHECK(mkdtemp(path) != NULL);
  return path;
}

static void remove_folder(const char *dir, sr_arena *keep)
{
  static const char *const file[] = {"result.json", "report.html", "run_log.jsonl", "other.html", "m.osim", "s.toml"};
  for (size_t i = 0; i < sizeof file / sizeof *file; i++) unlink(sr_arena_printf(keep, "%s/%s", dir, file[i]));
  rmdir(sr_arena_printf(keep, "%s/sto", dir));
  CHECK(rmdir(dir) == 0);
}

static char *read_in(const char *dir, const char *file, sr_arena *keep)
{
  char *text = NULL;
  size_t size;
  sr_error err = {0};
  CHECK(sr_file_read(sr_arena_printf(keep, "%s/%s", dir, file), keep, &text, &size, &err));
  return text != NULL ? text : sr_arena_strdup(keep, "");
}

static const char *article(sr_arena *keep)
{
  return sr_arena_strdup(keep, sr_test_path("examples/article.toml"));
}

TEST(cli_interrupted_prediction_leaves_its_files)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a);
  const outcome o = run(sr_arena_printf(a, "predict|%s|-o|%s", article(a), dir), true, a);
  CHECK(o.code == 130);
  CHECK(strstr(o.err, "weeks 0.14, 2, 6, 13, 26, 52, 104, 260 not run") != NULL);
  CHECK(strstr(o.err, "interrupted") != NULL && strstr(o.out, "report.html") != NULL);
  CHECK(strstr(read_in(dir, "result.json", a), "\"interrupted\"") != NULL);
  CHECK(strstr(read_in(dir, "report.html", a), "</html>") != NULL);
  const char *log = read_in(dir, "run_log.jsonl", a);
  CHECK(strstr(log, "\"event\": \"run\"") != NULL && strstr(log, "\"exit\": 130") != NULL);
  remove_folder(dir, a);
  sr_arena_free(a);
}

// Marks every task of the interrupted result in `dir` as solved.
static void pretend_solved(const char *dir, sr_arena *keep)
{
  sr_result r;
  sr_error err = {0};
  const char *text = read_in(dir, "result.json", keep);
  CHECK(sr_result_from_json("result.json", text, strlen(text), keep, &r, &err));
  for (int e = 0; e < r.nepoch; e++)
    for (int i = 0; i < r.epoch[e].ntask; i++)
      if (r.epoch[e].task[i].status == SR_TASK_INTERRUPTED) r.epoch[e].task[i].status = SR_TASK_SOLVED;
  for (int i = 0; i < r.control[0].ntask; i++) r.control[0].task[i].status = SR_TASK_SOLVED;
  CHECK(sr_save_result(dir, &r, keep, &err));
}

TEST(cli_resume_keeps_an_answer_to_the_same_question_only)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a);
  const char *ask = sr_arena_printf(a, "predict|%s|-o|%s|--tasks|stand walk|--resume", article(a), dir);
  CHECK(run(ask, true, a).code == 130);
  CHECK(strstr(run(ask, true, a).err, "computing") != NULL);  // it has no answers yet
  pretend_solved(dir, a);
  const char *before = read_in(dir, "result.json", a);
  const outcome kept = run(ask, true, a);
  CHECK(kept.code == 0 && strstr(kept.err, "is kept") != NULL);
  SAME(read_in(dir, "result.json", a), before);
  CHECK(strstr(run(sr_arena_printf(a, "%s|--lang|zh", ask), true, a).err, "is kept") != NULL);
  CHECK(strstr(read_in(dir, "report.html", a), "<html lang=zh") != NULL);
  const outcome json = run(sr_arena_printf(a, "%s|--json", ask), true, a);
  SAME(json.out, before);
  CHECK(run(sr_arena_printf(a, "%s|--weeks|0", ask), true, a).code == 130);  // other weeks: another question
  remove_folder(dir, a);
  sr_arena_free(a);
}

TEST(cli_resume_sees_another_person_or_anatomy)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a);
  sr_nerve_tree tree;
  sr_error err = {0};
  CHECK(sr_nerve_tree_load(a, &tree, &err));
  for (int i = 0; i < 3; i++) {
    sr_text s = sr_text_new(a);
    sr_text_print(&s, "[person]\nsex = \"female\"\nage_yr = 25\nheight_cm = 160\n");
    sr_text_print(&s, "mass_kg = %d\n", i == 1 ? 53 : 52);
    if (i == 2) sr_text_print(&s, "[anatomy]\nleft = [\"%s\"]\n", tree.variant[0].id);
    const char *path = sr_arena_printf(a, "%s/s.toml", dir);
    CHECK(sr_file_write(path, s.at, s.size, &err));
    const char *ask = sr_arena_printf(a, "predict|%s|-o|%s|--resume", path, dir);
    CHECK(run(ask, true, a).code == 130);  // what lies there is of the person before
    pretend_solved(dir, a);
    CHECK(run(ask, true, a).code == 0);
  }
  remove_folder(dir, a);
  sr_arena_free(a);
}

TEST(cli_report_is_built_again_from_the_result)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a);
  run(sr_arena_printf(a, "predict|%s|-o|%s|--tasks|stand", article(a), dir), true, a);
  const char *first = read_in(dir, "report.html", a);
  CHECK(run(sr_arena_printf(a, "report|%s|-o|%s/other.html", dir, dir), false, a).code == 0);
  SAME(read_in(dir, "other.html", a), first);
  CHECK(run(sr_arena_printf(a, "report|%s|--lang|zh", dir), false, a).code == 0);
  CHECK(strstr(read_in(dir, "report.html", a), "<html lang=zh") != NULL);
  CHECK(run(sr_arena_printf(a, "model|export|-o|%s/m.osim", dir), false, a).code == 0);
  CHECK(strstr(read_in(dir, "m.osim", a), "</OpenSimDocument>") != NULL);
  remove_folder(dir, a);
  sr_arena_free(a);
}

// An intervention after week 0 is never dropped in silence.
TEST(cli_names_interventions_that_are_not_computed)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a), *path = sr_arena_printf(a, "%s/s.toml", dir);
  static const char text[] =
      "[person]\nsex = 'female'\nage_yr = 25\nheight_cm = 160\nmass_kg = 52\n[[intervention]]\nweek = 3\n"
      "kind = 'transect'\ntarget = ['tibial']\nside = 'both'\n[run]\nweeks = [0, 6]\ntasks = ['stand']\n";
  sr_error err = {0};
  CHECK(sr_file_write(path, text, sizeof text - 1, &err));
  const outcome o = run(sr_arena_printf(a, "predict|%s|-o|%s", path, dir), true, a);
  CHECK(strstr(o.err, "surae: weeks 3 (with an intervention), 6 not run") != NULL);
  CHECK(strstr(o.out, "change") == NULL);  // nothing was done to the body that is shown
  remove_folder(dir, a);
  sr_arena_free(a);
}

// What a scenario says and nothing computes with is named on one line, and only once the input is good.
TEST(cli_names_keys_without_effect)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a);
  const outcome o = run(sr_arena_printf(a, "predict|%s|-o|%s|--tasks|stand|--seed|3", article(a), dir), true, a);
  CHECK(strstr(o.err, "surae: without effect in this version: [[habits]], samples, seed, --seed (") != NULL);
  CHECK(strstr(run(sr_arena_printf(a, "model|export|--scenario|%s|-o|%s/m.osim", article(a), dir), false, a).err,
               "[[habits]], samples, seed (") != NULL);
  remove_folder(dir, a);
  sr_arena_free(a);
}

// A bad task of a scenario is told with its line.
TEST(cli_bad_tasks_of_a_scenario_have_a_line)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a), *path = sr_arena_printf(a, "%s/s.toml", dir);
  static const struct {
    const char *tasks, *says;
  } bad[] = {{"'stand',\n'fly'", ":8: unknown task 'fly'"},
             {"'stand',\n'walk:speed=fastest'", ":8: task 'walk:speed=fastest': 'speed' is not built yet"},
             {"'walk',\n\n'walk:speed_m_s=1.33'", ":9: 'walk' and 'walk:speed_m_s=1.33' are the same task"}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    sr_error err = {0};
    const char *text = sr_arena_printf(
        a, "[person]\nsex = 'female'\nage_yr = 25\nheight_cm = 160\nmass_kg = 52\n[run]\ntasks = [%s]\nseed = 1\n",
        bad[i].tasks);
    CHECK(sr_file_write(path, text, strlen(text), &err));
    const outcome o = run(sr_arena_printf(a, "predict|%s|-o|nowhere", path), true, a);
    if (o.code != 2 || lines(o.err) != 1 || strstr(o.err, bad[i].says) == NULL)
      sr_test_fail(__FILE__, __LINE__, "exit %d, '%s'", o.code, o.err);
  }
  remove_folder(dir, a);
  sr_arena_free(a);
}

// The nerve of a variant can be cut in a leg that has the variant, from a scenario and from the command line.
TEST(cli_cuts_nerves_of_variants)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a), *path = sr_arena_printf(a, "%s/s.toml", dir);
  static const char text[] =
      "[person]\nsex = 'female'\nage_yr = 25\nheight_cm = 160\nmass_kg = 52\n[anatomy]\nright = "
      "['gasmed_second_nerve']\n";
  sr_error err = {0};
  CHECK(sr_file_write(path, text, sizeof text - 1, &err));
  const char *ask = sr_arena_printf(
      a, "solve|stand|--scenario|%s|--json|--cut|nerve_to_gasmed@right|--cut|gasmed_second_nerve", path);
  const outcome o = run(sr_arena_printf(a, "%s@right", ask), true, a);
  sr_result r;
  CHECK(o.code == 130 && sr_result_from_json("stdout", o.out, strlen(o.out), a, &r, &err));
  CHECK(r.nintervention == 2 && strcmp(r.epoch[0].when, "after") == 0);
  for (int i = 0; i < r.epoch[0].leg[1].nmuscle; i++)
    if (strcmp(r.epoch[0].leg[1].muscle[i].muscle, "gasmed") == 0)
      NEAR(r.epoch[0].leg[1].muscle[i].innervated, 0.0, 0.0);
  const outcome no = run(ask, true, a);
  CHECK(no.code == 2 && lines(no.err) == 1 && strstr(no.err, "variant that the left leg does not have") != NULL);
  remove_folder(dir, a);
  sr_arena_free(a);
}

TEST(cli_same_task_twice_is_refused)
{
  sr_arena *a = sr_arena_new();
  const outcome o =
      run(sr_arena_printf(a, "predict|%s|-o|nowhere|--tasks|walk walk:speed_m_s=1.33", article(a)), true, a);
  CHECK(o.code == 2 && strstr(o.err, "same task") != NULL);
  CHECK(access("nowhere", F_OK) != 0);  // bad input leaves no folder behind
  sr_arena_free(a);
}

TEST(cli_movement_names_suit_every_file_system)
{
  sr_arena *a = sr_arena_new();
  const sr_epoch now = {.when = "before"}, late = {.when = "course", .week = 26};
  SAME(sr_movement_name(&now, "walk:speed_m_s=1.33", a), "before_walk_speed_m_s_1.33");
  SAME(sr_movement_name(&late, "../a/b c", a), "week26_course_.._a_b_c");
  sr_arena_free(a);
}

// A made-up course: two solves of one task, of which the second starts counting again.
static void tell_a_story(sr_progress *p)
{
  sr_nlp_progress at = {.iteration = 9, .objective = 2.0, .violation = 1e-3};
  sr_course_progress c = {.when = "before", .task = "stand", .stage = "solving", .total = 1};
  sr_progress_tell(p, &c);
  c.solve = &at;
  sr_progress_tell(p, &c);
  at.iteration = 4;
  sr_progress_tell(p, &c);
  c.solve = NULL;
  c.done = 1;
  sr_progress_tell(p, &c);
  sr_progress_end(p);
}

TEST(cli_progress_lines)
{
  sr_arena *a = sr_arena_new();
  sr_progress p = sr_progress_new(tmpfile(), SR_PROGRESS_LINES, a);
  tell_a_story(&p);
  CHECK(p.nstep == 1 && p.step[0].iterations == 13);
  const char *text = contents(p.err, a);
  CHECK(lines(text) == 2 && strstr(text, "[1/1] before stand: solving: 13 iterations") != NULL);
  CHECK(strchr(text, '\033') == NULL && strchr(text, '\r') == NULL);
  sr_arena_free(a);
}

TEST(cli_progress_json_is_one_object_per_line)
{
  sr_arena *a = sr_arena_new();
  sr_progress p = sr_progress_new(tmpfile(), SR_PROGRESS_JSON, a);
  tell_a_story(&p);
  char *text = contents(p.err, a), *save = NULL;
  int n = 0;
  for (char *line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save), n++) {
    sr_json root;
    sr_error err = {0};
    CHECK(sr_json_parse("stderr", line, strlen(line), a, &root, &err));
    const sr_json *task = sr_json_get(&root, "task");
    CHECK(task != NULL && strcmp(task->string, "stand") == 0);
  }
  CHECK(n >= 2);
  sr_arena_free(a);
}
