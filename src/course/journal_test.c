// The journal: every bit comes back, what is torn or of another question does not, and threads do not mix.
#include "course/journal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <threads.h>
#include <unistd.h>

#include "load/model.h"
#include "task/layout.h"
#include "test.h"

// What the tests share: a body, a file of their own.
typedef struct bench {
  sr_arena *a;
  sr_model *m;
  char *path;
} bench;

static bench bench_new(void)
{
  bench b = {.a = sr_arena_new()};
  sr_error err = {0};
  const sr_person person = {.sex = SR_FEMALE, .age_yr = 25, .height_m = 1.6, .mass_kg = 52};
  b.m = sr_alloc(b.a, sr_model, 1);
  b.path = sr_arena_strdup(b.a, "/tmp/surae_journal_XXXXXX");
  const int fd = mkstemp(b.path);
  CHECK(fd >= 0 && close(fd) == 0 && sr_model_load(&person, b.m, &err));
  return b;
}

static void bench_free(bench *b)
{
  unlink(b->path);
  sr_arena_free(b->a);
}

static sr_journal *open_it(const bench *b, const char *question, bool is_resumed)
{
  sr_error err = {0};
  sr_journal *j = sr_journal_open(b->path, question, is_resumed, &err);
  if (j == NULL) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return j;
}

// Numbers that lose something in every decimal of less than 17 digits.
static double odd(int i)
{
  return (i % 7 - 3) / (3.0 + i) + (i == 5 ? (double)NAN : 0.0);
}

static sr_task_result result_of(sr_arena *a, int seed)
{
  static const char *const label[] = {"time_s", "ankle_angle_r", "soleus_r/activation"}, *const unit[] = {"s", "deg",
                                                                                                          "-"};
  sr_task_result r = {.task = "walk:speed_m_s=1.33",
                      .status = SR_TASK_IMPOSSIBLE,
                      .why = "with the \"speed\" left free",
                      .iterations = 131 + seed,
                      .mesh_intervals = 30,
                      .mesh_degree = 3,
                      .objective = 1.0 / (3.0 + seed)};
  sr_task_metric(&r, a, "speed_m_s", 1.0 / 3.0, "predicted");
  sr_task_metric(&r, a, "cadence_per_min", (double)NAN, NULL);
  sr_metric *m = sr_metric_add(&r.metric, &r.nmetric, a, "stride_length_m", 1.4, "calibrated");
  m->has_band = true, m->p05 = 1.3 + 1e-16, m->p95 = 1.5;
  sr_task_limit(&r, a, "soleus_r activation at its upper bound for 12%% of the cycle");
  r.curves = (sr_curves){.nrow = 4, .ncol = 3};
  r.curves.label = sr_alloc(a, const char *, 3);
  r.curves.unit = sr_alloc(a, const char *, 3);
  memcpy(r.curves.label, label, sizeof label);
  memcpy(r.curves.unit, unit, sizeof unit);
  r.curves.at = sr_alloc(a, double, 12);
  for (int i = 0; i < 12; i++) r.curves.at[i] = odd(i + seed);
  return r;
}

static sr_solution solution_of(const bench *b, int seed)
{
  const sr_layout l = sr_layout_of(b->m);
  sr_solution s = {.is_full_cycle = true, .traj = sr_traj_new((sr_mesh){3, 2}, l.nx, l.nu, 2, b->a)};
  for (int i = 0; i < s.traj.npoint * l.nx; i++) s.traj.x[i] = odd(i + seed);
  for (int i = 0; i < s.traj.npoint * l.nu; i++) s.traj.u[i] = -odd(i + seed);
  s.traj.p[0] = 1.0 / 3.0, s.traj.p[1] = 1.33;
  return s;
}

static void add(const bench *b, sr_journal *j, const char *key, int seed)
{
  const sr_task_result r = result_of(b->a, seed);
  const sr_solution s = solution_of(b, seed);
  sr_journal_append(j, key, b->m, &r, &s);
  CHECK(sr_journal_trouble(j) == NULL);
}

// The record is there and is what `add` made of this seed, bit by bit.
static void expect(const bench *b, const sr_journal *j, const char *key, int seed)
{
  const sr_task_result want = result_of(b->a, seed);
  const sr_solution from = solution_of(b, seed);
  const sr_layout l = sr_layout_of(b->m);
  sr_task_result r;
  sr_solution s;
  size_t n[2];
  if (!sr_journal_find(j, key, b->a, &r, &s)) {
    sr_test_fail(__FILE__, __LINE__, "no record '%s'", key);
    return;
  }
  SAME(sr_task_result_to_json(&r, b->a, &n[0]), sr_task_result_to_json(&want, b->a, &n[1]));
  CHECK(r.curves.nrow == 4 && r.curves.ncol == 3 && memcmp(r.curves.at, want.curves.at, 12 * sizeof(double)) == 0);
  const size_t points = (size_t)from.traj.npoint;
  CHECK(s.is_full_cycle && s.traj.npoint == from.traj.npoint && s.traj.mesh.nint == 3 && s.traj.mesh.degree == 2);
  CHECK(memcmp(s.traj.x, from.traj.x, points * (size_t)l.nx * sizeof(double)) == 0);
  CHECK(memcmp(s.traj.u, from.traj.u, points * (size_t)l.nu * sizeof(double)) == 0);
  CHECK(memcmp(s.traj.tau, from.traj.tau, points * sizeof(double)) == 0);
  CHECK(memcmp(s.traj.p, from.traj.p, 2 * sizeof(double)) == 0);
  CHECK(sr_journal_digest(b->m, &s) == sr_journal_digest(b->m, &from));
}

static bool is_absent(const bench *b, const sr_journal *j, const char *key)
{
  sr_task_result r;
  sr_solution s;
  return !sr_journal_find(j, key, b->a, &r, &s);
}

TEST(journal_gives_back_every_bit)
{
  bench b = bench_new();
  sr_journal *j = open_it(&b, "who", false);
  add(&b, j, "before walk", 0);
  add(&b, j, "after walk", 3);
  CHECK(is_absent(&b, j, "before walk"));  // of an earlier run alone
  const sr_task_result static_task = {.task = "stand", .why = ""};
  const sr_solution none = {0};
  sr_journal_append(j, "stand", b.m, &static_task, &none);
  sr_journal_close(j);
  j = open_it(&b, "who", true);
  CHECK(sr_journal_count(j) == 3);
  expect(&b, j, "before walk", 0);
  expect(&b, j, "after walk", 3);
  CHECK(is_absent(&b, j, "after") && is_absent(&b, j, "after walk ") && is_absent(&b, j, ""));
  sr_task_result r;
  sr_solution s;
  CHECK(sr_journal_find(j, "stand", b.a, &r, &s) && s.traj.npoint == 0 && r.curves.ncol == 0 && r.nmetric == 0);
  add(&b, j, "later", 7);  // what is there grows
  sr_journal_close(j);
  j = open_it(&b, "who", true);
  CHECK(sr_journal_count(j) == 4);
  expect(&b, j, "later", 7);
  expect(&b, j, "before walk", 0);
  sr_journal_close(j);
  bench_free(&b);
}

// Bodies differ in the digest where a muscle differs in anything, pain included.
TEST(journal_tells_bodies_apart)
{
  bench b = bench_new();
  const unsigned long long whole = sr_journal_body(b.m);
  sr_model_muscle *x = &b.m->muscle[3], before = *x;
  CHECK(sr_journal_body(b.m) == whole);
  double *const part[] = {&x->par.capacity, &x->par.len_opt, &x->par.tau_deact, &x->act_max};
  for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
    *part[i] *= 1.0 - 1e-15;
    CHECK(sr_journal_body(b.m) != whole);
    *x = before;
  }
  // other bodies have other toes, too
  const int toe = sr_coord_find(&b.m->skeleton, "mtp_angle_r");
  const double stiffness = b.m->coord[toe].stiffness;
  b.m->coord[toe].stiffness *= 1.1;
  CHECK(sr_journal_body(b.m) != whole);
  b.m->coord[toe].stiffness = stiffness;
  CHECK(sr_journal_body(b.m) == whole);
  bench_free(&b);
}

TEST(journal_of_another_question_is_not_read)
{
  static const char *const other[] = {"who", "whos", "whoo", "", "who "};
  bench b = bench_new();
  for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
    sr_journal *j = open_it(&b, "whose", false);
    add(&b, j, "walk", 0);
    sr_journal_close(j);
    j = open_it(&b, other[i], true);
    CHECK(sr_journal_count(j) == 0 && is_absent(&b, j, "walk"));
    add(&b, j, "walk", 1);
    sr_journal_close(j);
    j = open_it(&b, other[i], true);  // and it is the journal of that question now
    expect(&b, j, "walk", 1);
    sr_journal_close(j);
  }
  sr_journal *j = open_it(&b, "who ", false);  // who does not resume starts empty
  CHECK(sr_journal_count(j) == 0);
  sr_journal_close(j);
  j = open_it(&b, "who ", true);
  CHECK(sr_journal_count(j) == 0);
  sr_journal_close(j);
  bench_free(&b);
}

static off_t size_of(const char *path)
{
  struct stat st;
  return stat(path, &st) == 0 ? st.st_size : -1;
}

// Cut off anywhere within its last record, the journal keeps the others and can be written on.
TEST(journal_drops_a_torn_record)
{
  bench b = bench_new();
  sr_journal *j = open_it(&b, "who", false);
  add(&b, j, "first", 0);
  const off_t first = size_of(b.path);
  add(&b, j, "second", 1);
  const off_t second = size_of(b.path);
  sr_journal_close(j);
  for (off_t cut = first; cut < second; cut += cut - first < 40 ? 1 : 997) {
    CHECK(truncate(b.path, cut) == 0);
    j = open_it(&b, "who", true);
    CHECK(sr_journal_count(j) == 1 && is_absent(&b, j, "second"));
    expect(&b, j, "first", 0);
    CHECK(size_of(b.path) == first);
    add(&b, j, "second", 1);
    sr_journal_close(j);
    CHECK(size_of(b.path) == second);
  }
  j = open_it(&b, "who", true);
  expect(&b, j, "second", 1);
  sr_journal_close(j);
  bench_free(&b);
}

// One wrong byte anywhere in a record: it and what follows are not taken for answers.
TEST(journal_drops_a_damaged_record)
{
  bench b = bench_new();
  sr_journal *j = open_it(&b, "who", false);
  add(&b, j, "first", 0);
  const off_t first = size_of(b.path);
  add(&b, j, "second", 1);
  const off_t second = size_of(b.path);
  sr_journal_close(j);
  for (off_t at = first; at < second; at += at - first < 40 ? 1 : 1499) {
    unsigned char byte;
    const int fd = open(b.path, O_RDWR);
    CHECK(pread(fd, &byte, 1, at) == 1);
    byte ^= 0x10;
    CHECK(pwrite(fd, &byte, 1, at) == 1 && close(fd) == 0);
    j = open_it(&b, "who", true);
    CHECK(sr_journal_count(j) == 1 && is_absent(&b, j, "second"));
    add(&b, j, "second", 1);
    sr_journal_close(j);
  }
  CHECK(size_of(b.path) == second);
  bench_free(&b);
}

// A folder has one writer at a time.
TEST(journal_refuses_a_second_run)
{
  bench b = bench_new();
  sr_journal *j = open_it(&b, "who", false);
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    sr_error err = {0};
    const bool is_refused = sr_journal_open(b.path, "who", true, &err) == NULL && err.code == SR_BAD_FILE;
    _exit(is_refused ? 0 : 1);
  }
  int status = 1;
  CHECK(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  sr_journal_close(j);
  bench_free(&b);
}

typedef struct writer {
  const bench *b;
  sr_journal *j;
  int id;
} writer;
enum { NWRITER = 4, NEACH = 8 };

static int write_some(void *who)
{
  const writer *w = who;
  bench own = {.a = sr_arena_new(), .m = w->b->m};
  for (int i = 0; i < NEACH; i++) {
    const sr_task_result r = result_of(own.a, 100 * w->id + i);
    const sr_solution s = solution_of(&own, 100 * w->id + i);
    sr_journal_append(w->j, sr_arena_printf(own.a, "%d %d", w->id, i), own.m, &r, &s);
  }
  sr_arena_free(own.a);
  return 0;
}

TEST(journal_takes_records_of_several_threads)
{
  bench b = bench_new();
  thrd_t thread[NWRITER];
  writer w[NWRITER];
  sr_journal *j = open_it(&b, "who", false);
  for (int k = 0; k < NWRITER; k++) {
    w[k] = (writer){&b, j, k};
    CHECK(thrd_create(&thread[k], write_some, &w[k]) == thrd_success);
  }
  for (int k = 0; k < NWRITER; k++) CHECK(thrd_join(thread[k], NULL) == thrd_success);
  CHECK(sr_journal_trouble(j) == NULL);
  sr_journal_close(j);
  j = open_it(&b, "who", true);
  CHECK(sr_journal_count(j) == NWRITER * NEACH);
  for (int k = 0; k < NWRITER; k++)
    for (int i = 0; i < NEACH; i++) expect(&b, j, sr_arena_printf(b.a, "%d %d", k, i), 100 * k + i);
  sr_journal_close(j);
  bench_free(&b);
}

TEST(journal_says_what_is_wrong_with_its_file)
{
  sr_error err = {0};
  CHECK(sr_journal_open("no_such_folder/journal.bin", "who", true, &err) == NULL && err.code == SR_BAD_FILE);
  err = (sr_error){0};
  CHECK(sr_journal_open(sr_test_path("tests"), "who", true, &err) == NULL && err.code == SR_BAD_FILE);
}

// A disk that is full stops the journal, not the run; what was whole before stays good.
TEST(journal_says_when_the_disk_is_full)
{
  bench b = bench_new();
  sr_journal *j = open_it(&b, "who", false);
  add(&b, j, "first", 0);
  struct rlimit was;
  CHECK(getrlimit(RLIMIT_FSIZE, &was) == 0);
  const struct rlimit full = {.rlim_cur = (rlim_t)size_of(b.path) + 500, .rlim_max = was.rlim_max};
  void (*usual)(int) = signal(SIGXFSZ, SIG_IGN);
  CHECK(setrlimit(RLIMIT_FSIZE, &full) == 0);
  const sr_task_result r = result_of(b.a, 1);
  const sr_solution none = {0};
  sr_journal_append(j, "second", b.m, &r, &none);
  sr_journal_append(j, "third", b.m, &r, &none);
  CHECK(setrlimit(RLIMIT_FSIZE, &was) == 0);
  signal(SIGXFSZ, usual);
  const char *trouble = sr_journal_trouble(j);
  CHECK(trouble != NULL && strstr(trouble, b.path) != NULL && strstr(trouble, "cannot be written") != NULL);
  sr_journal_close(j);
  j = open_it(&b, "who", true);
  CHECK(sr_journal_count(j) == 1);
  expect(&b, j, "first", 0);
  sr_journal_close(j);
  bench_free(&b);
}
