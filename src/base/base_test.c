// Tests of base: arenas, errors, files.
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/files.h"
#include "base/parallel.h"
#include "test.h"

TEST(arena_gives_aligned_zeroed_memory)
{
  sr_arena *a = sr_arena_new();
  for (int i = 1; i < 200; i++) {
    const sr_mark top = sr_arena_mark(a);
    double *d = sr_alloc(a, double, i * 97);
    CHECK((uintptr_t)d % 64 == 0);
    double sum = 0.0;
    for (int k = 0; k < i * 97; k++) sum += fabs(d[k]);
    NEAR(sum, 0.0, 0.0);
    for (int k = 0; k < i * 97; k++) d[k] = 1.0;  // dirt that the next use must not see
    if (i % 3) sr_arena_release(a, top);
  }
  sr_arena_free(a);
  sr_arena_free(NULL);
}

TEST(arena_release_reuses_the_same_place)
{
  sr_arena *a = sr_arena_new();
  const sr_mark top = sr_arena_mark(a);
  char *small = sr_arena_strdup(a, "calf");
  char *large = sr_arena_alloc(a, (size_t)1 << 20, 1);
  SAME(small, "calf");
  sr_arena_release(a, top);
  CHECK(sr_arena_alloc(a, 5, 1) == small);
  CHECK(sr_arena_alloc(a, (size_t)1 << 20, 1) == large);
  SAME(sr_arena_printf(a, "%s %d", "soleus", 7), "soleus 7");
  sr_arena_free(a);
}

TEST(error_is_one_line_and_ends_between_characters)
{
  sr_error err = {0};
  CHECK(!sr_fail(&err, SR_BAD_VALUE, "%s", "a\nb\tc"));
  SAME(err.text, "a?b?c");
  CHECK(err.code == SR_BAD_VALUE);
  CHECK(!sr_fail(NULL, SR_BAD_FILE, "nobody listens"));
  char text[2048] = {0};
  for (int i = 0; i < 600; i++) memcpy(text + 3 * i, "\xe8\x85\xbf", 3);  // 511 is no multiple of 3
  sr_fail(&err, SR_BAD_VALUE, "%s", text);
  CHECK(strlen(err.text) % 3 == 0 && strlen(err.text) > 500);
  CHECK(sr_exit_code(SR_OK) == 0 && sr_exit_code(SR_BAD_VALUE) == 2 && sr_exit_code(SR_INTERRUPTED) == 130);
}

TEST(files_come_back_as_written_and_leave_nothing_behind)
{
  char folder[] = "/tmp/surae_base_XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  sr_arena *a = sr_arena_new();
  sr_error err = {0};
  const char *deep = sr_arena_printf(a, "%s/a/b//c/", folder);
  CHECK(sr_directory_make(deep, &err) && sr_directory_make(deep, &err));
  const char *path = sr_arena_printf(a, "%s/a/x.txt", folder);
  CHECK(sr_file_write(path, "old, longer", 11, &err) && sr_file_write(path, "n\0w", 3, &err));
  char *text = NULL;
  size_t size = 0;
  CHECK(sr_file_read(path, a, &text, &size, &err));
  CHECK(size == 3 && memcmp(text, "n\0w", 4) == 0);
  CHECK(!sr_directory_make(path, &err) && err.code == SR_BAD_FILE);
  CHECK(!sr_file_write(sr_arena_printf(a, "%s/none/x", folder), "", 0, &err));
  CHECK(!sr_file_read(sr_arena_printf(a, "%s/none", folder), a, &text, &size, &err));
  CHECK(!sr_file_read(folder, a, &text, &size, &err));
  CHECK(!sr_file_write(folder, "x", 1, &err));
  CHECK(remove(path) == 0);
  const char *rest[] = {"a/b/c", "a/b", "a", ""};
  for (int i = 0; i < 4; i++) CHECK(rmdir(sr_arena_printf(a, "%s/%s", folder, rest[i])) == 0);  // all empty
  sr_arena_free(a);
}

TEST(text_grows)
{
  sr_arena *a = sr_arena_new();
  sr_text t = sr_text_new(a);
  for (int i = 0; i < 10000; i++) sr_text_print(&t, "%d,", i % 10);
  sr_text_append(&t, "end", 3);
  CHECK(t.size == 20003 && strlen(t.at) == 20003);
  SAME(t.at + 19998, "9,end");
  sr_arena_free(a);
}

enum { JOBS = 1000 };

static void square(void *who, int i)
{
  ((double *)who)[i] += (double)i * i;
}

// Every job runs once, on however many threads, also where there are more threads than jobs, or none.
TEST(parallel_runs_every_job_once)
{
  static const int threads[] = {0, 1, 2, 7, 2000};
  for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
    double y[JOBS] = {0.0};
    sr_parallel(threads[t], JOBS, square, y);
    for (int i = 0; i < JOBS; i++) NEAR(y[i], (double)i * i, 0.0);
    sr_parallel(threads[t], 0, square, NULL);
  }
}

typedef struct tree {
  int after[JOBS][2];
  long depth[JOBS];
} tree;

// Longer by one than the longer of those that it waits for, which must be there by then.
static void deepen(void *who, int i)
{
  tree *t = who;
  long most = 0;
  for (int k = 0; k < 2; k++)
    if (t->after[i][k] >= 0) {
      const long d = t->depth[t->after[i][k]];
      most = d == 0 ? -JOBS : d > most ? d : most;
    }
  t->depth[i] = most + 1;
}

// No job begins before those that it waits for have ended, on however many threads.
TEST(parallel_jobs_wait_for_others)
{
  static const int threads[] = {1, 2, 7, 2000};
  for (size_t n = 0; n < sizeof threads / sizeof *threads; n++) {
    static tree t;
    for (int i = 0; i < JOBS; i++) {
      t.depth[i] = 0;
      t.after[i][0] = i % 3 == 0 ? -1 : i / 2;  // a tree, and a chain of every 7th through it
      t.after[i][1] = i >= 7 && i % 7 == 0 ? i - 7 : -1;
      if (i == 1) t.after[i][0] = 0;
    }
    sr_parallel_after(threads[n], JOBS, (const int(*)[2])t.after, deepen, &t);
    for (int i = 0; i < JOBS; i++) CHECK(t.depth[i] > 0);
    CHECK(t.depth[994] >= 142);
  }
}

typedef struct crowd {
  atomic_int now, most;
} crowd;

static void meet(void *who, int i)
{
  (void)i;
  crowd *c = who;
  const int now = atomic_fetch_add(&c->now, 1) + 1;
  for (int most = atomic_load(&c->most); now > most && !atomic_compare_exchange_weak(&c->most, &most, now);) {
  }
  nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
  atomic_fetch_sub(&c->now, 1);
}

static void meet_inside(void *who, int i)
{
  (void)i;
  sr_parallel_spare(8, meet, who);
}

// Work inside of jobs takes no more threads than the process is allowed, and all of those where it is alone.
TEST(parallel_spare_takes_idle_threads_alone)
{
  double y[JOBS] = {0.0};
  crowd one = {0}, alone = {0}, side_by_side = {0};
  sr_parallel_spare(8, meet, &one);  // nobody allowed more
  sr_parallel_allow(3);
  sr_parallel_spare(JOBS, square, y);
  for (int i = 0; i < JOBS; i++) NEAR(y[i], (double)i * i, 0.0);
  sr_parallel_spare(30, meet, &alone);
  sr_parallel(3, 6, meet_inside, &side_by_side);
  sr_parallel_spare(8, meet, &alone);
  sr_parallel_allow(1);
  CHECK(one.most == 1 && alone.most == 3 && side_by_side.most >= 2 && side_by_side.most <= 3);
}
