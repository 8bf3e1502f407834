// surae: the program. Signals and streams; everything else is in the library.
#ifdef __linux__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static volatile sig_atomic_t stop;

// The first signal asks to stop; from then on the next one has its usual effect and ends the program at once.
static void ask_to_stop(int number)
{
  (void)number;
  stop = 1;
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
}

// A line can be rewritten on a terminal that says it is one; NO_COLOR asks for plain text (no-color.org).
static bool is_live_terminal(void)
{
  const char *term = getenv("TERM"), *plain = getenv("NO_COLOR");
  return isatty(STDERR_FILENO) && term != NULL && strcmp(term, "dumb") != 0 && (plain == NULL || *plain == '\0');
}

// glibc keeps large blocks for later once it has seen some go; solves side by side then hold each other's. What is
// large goes back at once: the demo's peak is 0.4 in place of 0.5 GB.
static void give_memory_back(void)
{
#ifdef M_MMAP_THRESHOLD
  mallopt(M_MMAP_THRESHOLD, 4 << 20);  // [bytes]
#endif
}

int main(int argc, char **argv)
{
  give_memory_back();
  const struct sigaction action = {.sa_handler = ask_to_stop, .sa_flags = SA_RESTART};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  const sr_cli cli = {.out = stdout, .err = stderr, .is_live = is_live_terminal(), .stop = &stop};
  return sr_cli_run(&cli, argc, argv);
}
