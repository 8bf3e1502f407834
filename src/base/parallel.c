#include "base/parallel.h"

#include <stdatomic.h>
#include <threads.h>

#include "base/arena.h"

typedef struct crew {
  atomic_int next;
  int n;
  void (*job)(void *who, int i);
  void *who;
} crew;

static int work(void *at)
{
  crew *c = at;
  for (int i = atomic_fetch_add(&c->next, 1); i < c->n; i = atomic_fetch_add(&c->next, 1)) c->job(c->who, i);
  return 0;
}

void sr_parallel(int threads, int n, void (*job)(void *who, int i), void *who)
{
  crew c = {.n = n, .job = job, .who = who};
  atomic_init(&c.next, 0);
  sr_arena *keep = sr_arena_new();
  const int others = (threads < n ? threads : n) - 1;
  thrd_t *thread = sr_alloc(keep, thrd_t, others > 0 ? others : 1);
  int started = 0;
  // a thread that the system does not give is no loss: the others do its jobs
  while (started < others && thrd_create(&thread[started], work, &c) == thrd_success) started++;
  work(&c);
  for (int i = 0; i < started; i++) thrd_join(thread[i], NULL);
  sr_arena_free(keep);
}
