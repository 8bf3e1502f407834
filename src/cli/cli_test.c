#include "cli/cli.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
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
             {"course|no_such_file.toml", 3},
             {"cohort|x", 2},
             {"validate|--area|x", 2},
             {"validate|--seed|1", 2},
             {"validate|--sensitivity|--area|walking", 2},
             {"validate|--sensitivity|--quick|--area|movements", 2}};
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
  static const char *const command[] = {"predict", "solve", "nerves", "model|export", "validate", "report"};
  sr_arena *a = sr_arena_new();
  const outcome o = run("--help", false, a);
  CHECK(o.code == 0 && o.err[0] == '\0');
  for (size_t i = 0; i < sizeof command / sizeof *command; i++) {
    const outcome h = run(sr_arena_printf(a, "%s|--help", command[i]), false, a);
    CHECK(h.code == 0 && strstr(h.out, "examples\n") != NULL);
  }
  static const char *const absent[] = {"cohort", "model show", "run:", "kick"};
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

TEST(cli_validate_as_text_and_json)
{
  sr_arena *a = sr_arena_new();
  const outcome text = run("validate|--area|training|--quick", false, a),
                json = run("validate|--area|training|--quick|--json|--progress|json", false, a);
  sr_json root;
  sr_error err = {0};
  CHECK(text.code == 0 && strstr(text.out, "H13") != NULL && strstr(text.out, "predicted rows") != NULL);
  CHECK(json.code == 0 && sr_json_parse("stdout", json.out, strlen(json.out), a, &root, &err));
  const sr_json *rows = sr_json_get(&root, "rows");
  CHECK(rows != NULL && rows->n >= 8);
  for (int i = 0; rows != NULL && i < rows->n; i++) {
    static const char *const key[] = {"id", "area",       "published",  "predicted", "sd",
                                      "z",  "within_1sd", "within_2sd", "calibrated"};
    for (size_t k = 0; k < sizeof key / sizeof *key; k++) CHECK(sr_json_get(&rows->child[i], key[k]) != NULL);
    SAME(sr_json_get(&rows->child[i], "area")->string, "training");
  }
  sr_arena_free(a);
}

TEST_SLOW(cli_sensitivity_as_text_and_json)
{
  sr_arena *a = sr_arena_new();
  const outcome text = run("validate|--sensitivity|--quick|--pairs|1", false, a),
                json = run("validate|--sensitivity|--quick|--pairs|1|--seed|2|--json", false, a);
  sr_json root;
  sr_error err = {0};
  CHECK(text.code == 0 && strstr(text.out, "volume after toxin") != NULL && strstr(text.out, "toxin_most") != NULL);
  CHECK(json.code == 0 && sr_json_parse("stdout", json.out, strlen(json.out), a, &root, &err));
  SAME(sr_json_get(&root, "schema")->string, "surae-sensitivity/1");
  NEAR(sr_json_get(&root, "seed")->number, 2.0, 0.0);
  const sr_json *slow = sr_json_get(&root, "slow");
  CHECK(slow != NULL && slow->n >= 8 && sr_json_get(&root, "tasks")->n == 0);
  for (int i = 0; slow != NULL && i < slow->n; i++) {
    const sr_json *constants = sr_json_get(&slow->child[i], "constants");
    CHECK(constants != NULL && constants->n > 40);
    CHECK(sr_json_get(&constants->child[0], "total")->number > 0.1);
  }
  sr_arena_free(a);
}

// A folder of its own for a test.
static const char *new_folder(sr_arena *keep)
{
  char *path = sr_arena_strdup(keep, "/tmp/surae_cli_XXXXXX");
  CHECK(mkdtemp(path) != NULL);
  return path;
}

static void remove_files(const char *dir, sr_arena *keep)
{
  DIR *d = opendir(dir);
  for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) unlink(sr_arena_printf(keep, "%s/%s", dir, e->d_name));
  if (d != NULL) closedir(d);
}

static void remove_folder(const char *dir, sr_arena *keep)
{
  const char *sto = sr_arena_printf(keep, "%s/sto", dir);
  remove_files(sto, keep);
  rmdir(sto);
  remove_files(dir, keep);
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
  CHECK(strstr(o.err, "interrupted") != NULL && strstr(o.out, "report.html") != NULL);
  CHECK(strstr(read_in(dir, "result.json", a), "\"interrupted\"") != NULL);
  CHECK(strstr(read_in(dir, "report.html", a), "</html>") != NULL);
  const char *log = read_in(dir, "run_log.jsonl", a);
  CHECK(strstr(log, "\"event\": \"run\"") != NULL && strstr(log, "\"exit\": 130") != NULL);
  remove_folder(dir, a);
  sr_arena_free(a);
}

// A woman whose left leg has lost half of its tibial nerve.
static const char *one_leg(const char *dir, double mass_kg, sr_arena *keep)
{
  const char *path = sr_arena_printf(keep, "%s/s.toml", dir);
  sr_text s = sr_text_new(keep);
  sr_error err = {0};
  sr_text_print(&s,
                "[person]\nsex = 'female'\nage_yr = 25\nheight_cm = 160\nmass_kg = %g\n[[intervention]]\nweek = 0\n",
                mass_kg);
  sr_text_print(
      &s, "kind = 'transect'\ntarget = ['tibial']\nside = 'left'\nfraction = 0.5\n[run]\nbodies = 0\nweeks = [0, 2]\n");
  CHECK(sr_file_write(path, s.at, s.size, &err));
  return path;
}

static long journal_size(const char *dir, sr_arena *keep)
{
  struct stat st;
  return stat(sr_arena_printf(keep, "%s/journal.bin", dir), &st) == 0 ? (long)st.st_size : 0;
}

// Runs the program in a process of its own and kills it as soon as its journal has grown by a record or two.
static void run_and_kill(const char *line, const char *dir, sr_arena *keep)
{
  fflush(NULL);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    run(line, false, keep);
    _exit(0);
  }
  const struct timespec pause = {.tv_nsec = 10000000};
  for (int i = 0; i < 6000 && journal_size(dir, keep) < 20000; i++) nanosleep(&pause, NULL);
  kill(child, SIGKILL);
  int status;
  CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));  // it had not come to its end
}

static bool same_file(const char *a, const char *b, const char *file, sr_arena *keep)
{
  return strcmp(read_in(a, file, keep), read_in(b, file, keep)) == 0;
}

// Killed in the middle and resumed, a run leaves the same bytes as one that never stopped.
TEST_SLOW(cli_resume_goes_on_where_a_killed_run_stopped)
{
  static const char *const file[] = {"result.json", "report.html", "sto/before_heel_raise_legs_left_knee_deg_0.sto",
                                     "sto/after_heel_raise_legs_left_knee_deg_0.mot", "sto/after_stand.sto"};
  sr_arena *a = sr_arena_new();
  const char *whole = new_folder(a), *killed = new_folder(a);
  const char *ask = sr_arena_printf(
      a, "predict|%s|--threads|1|--no-slips|--tasks|heel_raise:legs=left stand heel_raise:legs=both|-o|",
      one_leg(killed, 52, a));
  CHECK(run(sr_arena_printf(a, "%s%s", ask, whole), false, a).code == 0);
  run_and_kill(sr_arena_printf(a, "%s%s", ask, killed), killed, a);
  CHECK(strstr(read_in(killed, "result.json", a), "\"interrupted\"") != NULL);  // what is done is there at any time
  for (int again = 0; again < 2; again++) {
    const outcome o = run(sr_arena_printf(a, "%s%s|--resume", ask, killed), false, a);
    CHECK(o.code == 0 && strstr(o.err, "from the journal") != NULL);
    CHECK((strstr(o.err, "stand: solving") == NULL) == (again == 1));  // the second time nothing is left to solve
    for (size_t i = 0; i < sizeof file / sizeof *file; i++)
      if (!same_file(whole, killed, file[i], a)) sr_test_fail(__FILE__, __LINE__, "%s differs", file[i]);
  }
  // another person finds nothing
  const char *other = sr_arena_printf(a, "predict|%s|--tasks|stand|--resume|-o|%s", one_leg(killed, 53, a), killed);
  CHECK(strstr(run(other, true, a).err, "surae: 0 solves of an earlier run") != NULL);
  remove_folder(whole, a);
  remove_folder(killed, a);
  sr_arena_free(a);
}

// Without --resume everything is computed anew, and a run that was stopped at once has nothing to go on from.
TEST(cli_resume_without_an_earlier_run)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a);
  const char *ask = sr_arena_printf(a, "predict|%s|-o|%s|--tasks|stand", one_leg(dir, 52, a), dir);
  CHECK(run(ask, true, a).code == 130);
  const outcome o = run(sr_arena_printf(a, "%s|--resume", ask), true, a);
  CHECK(o.code == 130 && strstr(o.err, "surae: 0 solves of an earlier run") != NULL);
  remove_folder(dir, a);
  sr_arena_free(a);
}

TEST(cli_report_is_built_again_from_the_result)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a);
  run(sr_arena_printf(a, "predict|%s|-o|%s|--bodies|0|--no-slips|--tasks|stand", article(a), dir), true, a);
  const char *first = read_in(dir, "report.html", a);
  CHECK(run(sr_arena_printf(a, "report|%s|-o|%s/other.html", dir, dir), false, a).code == 0);
  SAME(read_in(dir, "other.html", a), first);
  CHECK(run(sr_arena_printf(a, "report|%s|--lang|zh", dir), false, a).code == 0);
  CHECK(strstr(read_in(dir, "report.html", a), "<html lang=zh") != NULL);
  CHECK(run(sr_arena_printf(a, "model|export|-o|%s/m.osim", dir), false, a).code == 0);
  CHECK(strstr(read_in(dir, "m.osim", a), "</OpenSimDocument>") != NULL);
  CHECK(run(sr_arena_printf(a, "model|export|-o|%s/legs.obj|--tiptoe", dir), false, a).code == 0);
  CHECK(strstr(read_in(dir, "legs.obj", a), "o left_skin\nv ") != NULL &&
        strstr(read_in(dir, "legs.obj", a), "o right_gasmed\nv ") != NULL);
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
             {"'stand',\n'turn'", ":8: task 'turn' is not built yet"},
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

// What a single body is called: before the operation, after it, or neither where there is none.
TEST(cli_solve_says_which_body_it_is)
{
  static const struct {
    const char *more, *when;
  } row[] = {{"--week|-1", "before"}, {"--week|0", "after"}, {"--week|-1|--cut|sural", "after"}};
  sr_arena *a = sr_arena_new();
  sr_result r;
  sr_error err = {0};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    const outcome o = run(sr_arena_printf(a, "solve|stand|--scenario|%s|--json|%s", article(a), row[i].more), true, a);
    CHECK(o.code == 130 && sr_result_from_json("stdout", o.out, strlen(o.out), a, &r, &err));
    SAME(r.epoch[0].when, row[i].when);
  }
  const outcome o = run("solve|stand|--json", true, a);
  CHECK(sr_result_from_json("stdout", o.out, strlen(o.out), a, &r, &err));
  SAME(r.epoch[0].when, "course");
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
  c.stage = "";
  c.done = 1;
  sr_progress_tell(p, &c);
  sr_progress_end(p);
}

// Also the only task of a command, and the load of a life without tasks.
TEST_SLOW(cli_solving_is_never_silent)
{
  sr_arena *a = sr_arena_new();
  CHECK(strstr(run("solve|stand", false, a).err, "[1/1] week 0 course stand: solving\n") != NULL);
  const char *dir = new_folder(a);
  const outcome o = run(sr_arena_printf(a, "course|%s|--weeks|0,2", one_leg(dir, 52, a)), false, a);
  CHECK(o.code == 0 && strstr(o.err, "week 0 before walk:speed_m_s=1.3: solving\n") != NULL);
  CHECK(strstr(o.err, "week 2 course, first walk:speed_m_s=1.3: solving\n") != NULL);
  CHECK(strstr(o.out, "the same life without interventions") != NULL);
  remove_folder(dir, a);
  sr_arena_free(a);
}

// The table shows what can be compared: the torque that is there at each body's own highest posture cannot.
TEST(cli_table_shows_what_can_be_compared)
{
  sr_arena *a = sr_arena_new();
  sr_epoch e[2] = {{.when = "before", .ntask = 1}, {.when = "after", .ntask = 1}};
  sr_task_result t[2] = {{.task = "heel_raise:legs=left,knee_deg=0", .why = ""},
                         {.task = "heel_raise:legs=left,knee_deg=0", .why = ""}};
  for (int i = 0; i < 2; i++) {
    sr_task_metric(&t[i], a, "left_heel_rise_cm", 8.0 - 3.0 * i, "predicted");
    sr_task_metric(&t[i], a, "left_available_torque_N_m", 55.0 + 4.0 * i, "predicted");
    e[i].task = &t[i];
  }
  const sr_result r = {.nepoch = 2, .epoch = e};
  FILE *out = tmpfile();
  sr_cli_print_pair(out, &r);
  const char *text = contents(out, a);
  CHECK(strstr(text, "left_heel_rise_cm") != NULL && strstr(text, "-37.5 %") != NULL);
  CHECK(strstr(text, "available_torque") == NULL);
  sr_arena_free(a);
}

TEST(cli_progress_lines)
{
  sr_arena *a = sr_arena_new();
  sr_progress p = sr_progress_new(tmpfile(), SR_PROGRESS_LINES, a);
  tell_a_story(&p);
  CHECK(p.nstep == 1 && p.step[0].iterations == 13);
  const char *text = contents(p.err, a);
  CHECK(lines(text) == 2 && strstr(text, "[1/1] week 0 before stand: solving: 13 iterations") != NULL);
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

static double number(const sr_json *object, const char *key)
{
  const sr_json *x = sr_json_get(object, key);
  CHECK(x != NULL && x->kind == SR_JSON_NUMBER);
  return x != NULL ? x->number : (double)NAN;
}

static const char *event_of(const sr_json *line)
{
  const sr_json *x = sr_json_get(line, "event");
  return x != NULL && x->kind == SR_JSON_STRING ? x->string : "";
}

// What the lines of a solver report add up to.
typedef struct tally {
  int problems, iterations, ends, summaries, factorisations;
  sr_json summary;
} tally;

// Each problem is followed by its iterations, 0, 1, ..., and its end; the last line is the summary.
static tally read_report(const char *dir, sr_arena *keep)
{
  tally t = {0};
  char *text = read_in(dir, "r.jsonl", keep), *save = NULL;
  int next = 0;
  for (char *line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
    sr_json x;
    sr_error err = {0};
    CHECK(sr_json_parse("r.jsonl", line, strlen(line), keep, &x, &err));
    CHECK(t.summaries == 0);
    const char *event = event_of(&x);
    if (strcmp(event, "problem") == 0) {
      next = 0;
      CHECK(t.problems++ == t.ends && number(&x, "solve") == t.problems);
      CHECK(number(&x, "system_rows") == number(&x, "unknowns") + number(&x, "rows"));
      CHECK(number(&x, "factor_entries") > 0.0 && number(&x, "unknown_scale_least") > 0.0);
    } else if (strcmp(event, "iteration") == 0) {
      t.iterations++;
      CHECK(number(&x, "iteration") == next++ && number(&x, "solve") == t.problems);
    } else if (strcmp(event, "end") == 0) {
      t.ends++;
      t.factorisations += (int)number(&x, "factorisations");
      CHECK(number(&x, "iterations") == next - 1);
    } else {
      SAME(event, "summary");
      t.summaries++;
      t.summary = x;
    }
  }
  return t;
}

static void check_seconds(const sr_json *summary)
{
  static const char *const part[] = {"derivatives",       "functions",     "ordering",
                                     "factorisation",     "linear_solves", "line_search_and_other",
                                     "outside_the_solver"};
  const sr_json *seconds = sr_json_get(summary, "seconds");
  CHECK(seconds != NULL);
  if (seconds == NULL) return;
  double sum = 0.0;
  for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
    CHECK(number(seconds, part[i]) >= 0.0);
    sum += number(seconds, part[i]);
  }
  NEAR(sum, number(seconds, "total"), 1e-9);
}

TEST(cli_solver_report_holds_every_problem_and_iteration)
{
  sr_arena *a = sr_arena_new();
  const char *dir = new_folder(a);
  const outcome plain = run("solve|stand|--json", false, a);
  const outcome o = run(sr_arena_printf(a, "solve|stand|--json|--verbose|--solver-report|%s/r.jsonl", dir), false, a);
  CHECK(o.code == 0);
  SAME(o.out, plain.out);  // who looks on changes nothing
  const tally t = read_report(dir, a);
  CHECK(t.problems > 1 && t.ends == t.problems && t.summaries == 1);
  CHECK(number(&t.summary, "solves") == t.problems && number(&t.summary, "factorisations") == t.factorisations);
  CHECK(number(&t.summary, "iterations") == t.iterations - t.problems);  // the line of iteration 0 is the start
  check_seconds(&t.summary);
  CHECK(sr_json_get(&t.summary, "mesh_error")->kind == SR_JSON_NULL);  // a posture has no mesh
  CHECK(lines(o.err) > t.iterations && strstr(o.err, " iter      objective") != NULL);
  remove_folder(dir, a);
  CHECK(run(sr_arena_printf(a, "solve|stand|--solver-report|%s/r.jsonl", dir), false, a).code == 3);
  sr_arena_free(a);
}

// The metrics of the one task of `solve --json`.
static const sr_task_result *task_of(const char *json, const char *kernel, sr_arena *keep)
{
  sr_result *r = sr_alloc(keep, sr_result, 1);
  sr_error err = {0};
  CHECK(sr_result_from_json("stdout", json, strlen(json), keep, r, &err));
  SAME(r->kernel, kernel);
  return &r->epoch[0].task[0];
}

// Between sets of instructions every metric agrees to 1e-4, here with room for those that are zero.
static void check_kernels(const char *task, sr_arena *keep)
{
  const sr_task_result *first = NULL;
  for (int isa = 0; isa < SR_ISA_COUNT; isa++) {
    if (!sr_isa_works((sr_isa)isa)) continue;
    const char *name = sr_isa_name((sr_isa)isa);
    const outcome o = run(sr_arena_printf(keep, "solve|%s|--json|--isa|%s", task, name), false, keep);
    CHECK(o.code == 0);
    const sr_task_result *t = task_of(o.out, name, keep);
    if (first == NULL) first = t;
    CHECK(t->nmetric == first->nmetric && t->nmetric > 10);
    for (int i = 0; i < t->nmetric; i++)
      NEAR(t->metric[i].value, first->metric[i].value, 1e-4 * (fabs(first->metric[i].value) + 1e-6));
  }
}

TEST(cli_kernels_agree_on_postures)
{
  sr_arena *a = sr_arena_new();
  check_kernels("stand", a);
  check_kernels("heel_raise:legs=both", a);
  sr_arena_free(a);
}

TEST_SLOW(cli_kernels_agree_on_a_walk)
{
  sr_arena *a = sr_arena_new();
  check_kernels("walk", a);
  const char *dir = new_folder(a);
  // the mesh of the answer, what it leaves undone, and the same bytes on three threads
  const outcome o = run(sr_arena_printf(a, "solve|walk|--json|--threads|3|--solver-report|%s/r.jsonl", dir), false, a);
  SAME(o.out, run("solve|walk|--json|--threads|1", false, a).out);
  const tally t = read_report(dir, a);
  double error = 0.0;
  CHECK(sr_result_metric(task_of(o.out, sr_isa_name(sr_isa_best()), a), "mesh_error_1", &error));
  CHECK(error > 0.0 && number(&t.summary, "mesh_error") == error);
  CHECK(number(sr_json_get(&t.summary, "mesh"), "intervals") >= 25.0);
  check_seconds(&t.summary);
  remove_folder(dir, a);
  sr_arena_free(a);
}
