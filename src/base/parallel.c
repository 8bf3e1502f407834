#include "base/parallel.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <threads.h>

#include "base/arena.h"

static atomic_int allowed = 1, at_work = 1;  // threads of the process; no result depends on them

typedef struct crew {
  atomic_int next;
  int n;
  void (*job)(void *who, int i);
  void *who;
} crew;

static void work(crew *c)
{
  for (int i = atomic_fetch_add(&c->next, 1); i < c->n; i = atomic_fetch_add(&c->next, 1)) c->job(c->who, i);
}

static int helper(void *at)
{
  work(at);
  atomic_fetch_sub(&at_work, 1);  // free for the work inside of a job that goes on
  return 0;
}

// With `others` threads, which are counted as at work already, beside the caller's; is_idle: this one is not while it
// waits for them.
static void run(int others, bool is_idle, int n, void (*job)(void *who, int i), void *who)
{
  crew c = {.n = n, .job = job, .who = who};
  atomic_init(&c.next, 0);
  sr_arena *keep = others > 0 ? sr_arena_new() : NULL;
  thrd_t *thread = others > 0 ? sr_alloc(keep, thrd_t, others) : NULL;
  int started = 0;
  // a thread that the system does not give is no loss: the others do its jobs
  while (started < others && thrd_create(&thread[started], helper, &c) == thrd_success) started++;
  atomic_fetch_sub(&at_work, others - started);
  work(&c);
  if (is_idle) atomic_fetch_sub(&at_work, 1);
  for (int i = 0; i < started; i++) thrd_join(thread[i], NULL);
  if (is_idle) atomic_fetch_add(&at_work, 1);
  sr_arena_free(keep);
}

void sr_parallel(int threads, int n, void (*job)(void *who, int i), void *who)
{
  const int others = (threads < n ? threads : n) - 1;
  if (others > 0) atomic_fetch_add(&at_work, others);
  run(others > 0 ? others : 0, true, n, job, who);
}

void sr_parallel_spare(int n, void (*job)(void *who, int i), void *who)
{
  int busy = atomic_load(&at_work), others;
  do {
    const int idle = atomic_load(&allowed) - busy;
    others = n - 1 < idle ? n - 1 : idle;
    if (others < 0) others = 0;
  } while (others > 0 && !atomic_compare_exchange_weak(&at_work, &busy, busy + others));
  run(others, false, n, job, who);
}

void sr_parallel_allow(int threads)
{
  atomic_store(&allowed, threads);
}

int sr_parallel_allowed(void)
{
  return atomic_load(&allowed);
}
