#include "base/parallel.h"

#include <threads.h>

#include "base/arena.h"
#include "base/error.h"

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
    cnd_wait(&c->ended, &c->lock);
  }
}

static int work(void *at)
{
  crew *c = at;
  mtx_lock(&c->lock);
  for (int i = take(c); i < c->n; i = take(c)) {
    c->state[i] = RUNNING;
    mtx_unlock(&c->lock);
    c->job(c->who, i);
    mtx_lock(&c->lock);
    c->state[i] = ENDED;
    cnd_broadcast(&c->ended);
  }
  mtx_unlock(&c->lock);
  return 0;
}

void sr_parallel_after(int threads, int n, const int (*after)[2], void (*job)(void *who, int i), void *who)
{
  sr_arena *keep = sr_arena_new();
  crew c = {.n = n, .state = sr_alloc(keep, state, n), .after = after, .job = job, .who = who};
  SR_ASSERT(mtx_init(&c.lock, mtx_plain) == thrd_success && cnd_init(&c.ended) == thrd_success);
  const int others = (threads < n ? threads : n) - 1;
  thrd_t *thread = sr_alloc(keep, thrd_t, others > 0 ? others : 1);
  int started = 0;
  // a thread that the system does not give is no loss: the others do its jobs
  while (started < others && thrd_create(&thread[started], work, &c) == thrd_success) started++;
  work(&c);
  for (int i = 0; i < started; i++) thrd_join(thread[i], NULL);
  cnd_destroy(&c.ended);
  mtx_destroy(&c.lock);
  sr_arena_free(keep);
}

void sr_parallel(int threads, int n, void (*job)(void *who, int i), void *who)
{
  sr_parallel_after(threads, n, NULL, job, who);
}
