// Runs every registered test in the order of file and line. Arguments are parts of names: only tests whose
// "file:name" holds one of them run. The last line of stdout is the tally; the exit code is 1 if anything failed.
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "test.h"

#ifndef SR_SOURCE_ROOT
#define SR_SOURCE_ROOT "."
#endif

static sr_test *first, *last;  // in the order of registration, which is that of the files on the link line
static const sr_test *running;
static bool has_failed, is_skipped;

void sr_test_register(sr_test *t)
{
  if (last)
    last->next = t;
  else
    first = t;
  last = t;
}

void sr_test_fail(const char *file, int line, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  printf("FAIL %s: %s:%d: ", running ? running->name : "?", file, line);
  vprintf(format, args);
  putchar('\n');
  va_end(args);
  has_failed = true;
}

void sr_test_skip(const char *why)
{
  if (getenv("SURAE_TEST_DATA")) {
    sr_test_fail(running->file, 0, "skipped although SURAE_TEST_DATA is set: %s", why);
    return;
  }
  printf("skip %s: %s\n", running->name, why);
  is_skipped = true;
}

// The last eight answers stay valid.
const char *sr_test_path(const char *relative)
{
  static char path[8][1024];
  static int turn;
  char *p = path[turn++ % 8];
  snprintf(p, sizeof path[0], "%s/%s", SR_SOURCE_ROOT, relative);
  return p;
}

// A test that crashes takes the run with it: say which one. Only calls that a signal handler may make.
static void crashed(int signal_number)
{
  static const char text[] = "\nCRASH in test ";
  const char *name = running ? running->name : "?";
  ssize_t written = write(STDOUT_FILENO, text, sizeof text - 1);
  written += write(STDOUT_FILENO, name, strlen(name));
  written += write(STDOUT_FILENO, "\n", 1);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
  _exit(written > 0 ? 70 : 71);
}

static bool is_wanted(const sr_test *t, int npart, char **part)
{
  char full[1200];
  snprintf(full, sizeof full, "%s:%s", t->file, t->name);
  for (int i = 0; i < npart; i++)
    if (strstr(full, part[i])) return true;
  return npart == 0;
}

// Monotonic wall time [s].
static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void run(const sr_test *t)
{
  running = t;
  has_failed = is_skipped = false;
  const double start = now();
  t->run();
  const double seconds = now() - start;
  running = NULL;
  if (seconds > 1.0 && !t->is_slow)
    printf("slow %s: %.1f s (TEST_SLOW keeps it out of quick runs)\n", t->name, seconds);
  fflush(stdout);
}

int main(int argc, char **argv)
{
  int npassed = 0, nfailed = 0, nskipped = 0, nleft = 0;
  const bool is_quick = getenv("SURAE_TEST_QUICK") != NULL;
  signal(SIGABRT, crashed);
#ifndef __SANITIZE_ADDRESS__  // the sanitizer reports these better
  signal(SIGSEGV, crashed);
  signal(SIGFPE, crashed);
#endif
  for (const sr_test *t = first; t; t = t->next) {
    if (!is_wanted(t, argc - 1, argv + 1)) continue;
    if (is_quick && t->is_slow) {
      nleft++;
      continue;
    }
    run(t);
    if (has_failed)
      nfailed++;
    else if (is_skipped)
      nskipped++;
    else
      npassed++;
  }
  if (nleft > 0) printf("left out of the quick run: %d slow tests\n", nleft);
  printf("%d passed, %d failed, %d skipped\n", npassed, nfailed, nskipped);
  return nfailed > 0 || npassed + nskipped + nleft == 0;
}
