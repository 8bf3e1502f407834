#include "base/parallel.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <threads.h>

#include "base/arena.h"
#include "base/error.h"

static atomic_int allowed = 1, at_work = 1;  // threads of the process; no result depends on them

typedef enum state { WAITING, RUNNING, ENDED } state;

typedef struct crew {
  mtx_t lock;
  cnd_t ended;  // one more job
  int first;    // all jobs below it have begun
  int n;
  state *state;
  const int (*after)[2];
  void (*job)(void *who, int i);
  void *who;
} crew;

static bool may_begin(const crew *c, int i)
{
  if (c->state[i] != WAITING) return false;
  for (int k = 0; c->after != NULL && k < 2; k++)
    if (c->after[i][k] >= 0 && c->state[c->after[i][k]] != ENDED) return false;
  return true;
}

// The next job to do, waited for; n: there is none any more. The first that has not begun waits for running ones alone.
static int take(crew *c)
{
  for (;;) {
    while (c->first < c->n && c->state[c->first] != WAITING) c->first++;
    for (int i = c->first; i < c->n; i++)
      if (may_begin(c, i)) return i;
    if (c->first == c->n) return c->n;
    atomic_fetch_sub(&at_work, 1);
    cnd_wait(&c->ended, &c->lock);
    atomic_fetch_add(&at_work, 1);
  }
}

static void work(crew *c)
{
  mtx_lock(&c->lock);
  for (int i = take(c); i < c->n; i = take(c)) {
    c->state[i] = RUNNING;
    mtx_unlock(&c->lock);
    c->job(c->who, i);
    mtx_lock(&c->lock);
    c->state[i] = ENDED;
    if (c->after != NULL) cnd_broadcast(&c->ended);
  }
  mtx_unlock(&c->lock);
}

static int helper(void *at)
{
  work(at);
  atomic_fetch_sub(&at_work, 1);  // free for the work inside of a job that goes on
  return 0;
}

// With `others` threads, which are counted as at work already, beside the caller's; is_idle: this one is not while it
// waits for them.
static void run(int others, bool is_idle, int n, const int (*after)[2], void (*job)(void *who, int i), void *who)
{
  if (others <= 0) {
    for (int i = 0; i < n; i++) job(who, i);
    return;
  }
  sr_arena *keep = sr_arena_new();
  crew c = {.n = n, .state = sr_alloc(keep, state, n), .after = after, .job = job, .who = who};
  SR_ASSERT(mtx_init(&c.lock, mtx_plain) == thrd_success && cnd_init(&c.ended) == thrd_success);
  thrd_t *thread = sr_alloc(keep, thrd_t, others);
  int started = 0;
  // a thread that the system does not give is no loss: the others do its jobs
  while (started < others && thrd_create(&thread[started], helper, &c) == thrd_success) started++;
  atomic_fetch_sub(&at_work, others - started);
  work(&c);
  if (is_idle) atomic_fetch_sub(&at_work, 1);
  for (int i = 0; i < started; i++) thrd_join(thread[i], NULL);
  if (is_idle) atomic_fetch_add(&at_work, 1);
  cnd_destroy(&c.ended);
  mtx_destroy(&c.lock);
  sr_arena_free(keep);
}

void sr_parallel_after(int threads, int n, const int (*after)[2], void (*job)(void *who, int i), void *who)
{
  const int others = (threads < n ? threads : n) - 1;
  if (others > 0) atomic_fetch_add(&at_work, others);
  run(others, true, n, after, job, who);
}

void sr_parallel(int threads, int n, void (*job)(void *who, int i), void *who)
{
  sr_parallel_after(threads, n, NULL, job, who);
}

void sr_parallel_spare(int n, void (*job)(void *who, int i), void *who)
{
  int busy = atomic_load(&at_work), others;
  do {
    const int idle = atomic_load(&allowed) - busy;
    others = n - 1 < idle ? n - 1 : idle;
    if (others < 0) others = 0;
  } while (others > 0 && !atomic_compare_exchange_weak(&at_work, &busy, busy + others));
  run(others, false, n, NULL, job, who);
}

void sr_parallel_allow(int threads)
{
  atomic_store(&allowed, threads);
}

int sr_parallel_allowed(void)
{
  return atomic_load(&allowed);
}
