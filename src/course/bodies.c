#include "course/bodies.h"

#include <math.h>

#include "math/sample.h"

// Where a task was answered, others can be tried.
static bool is_answered(const sr_answer *a)
{
  return a->result.task != NULL && (a->result.status == SR_TASK_SOLVED || a->result.status == SR_TASK_IMPOSSIBLE);
}

// A metric of those bodies that can do the task: x (n of them).
static int gather(const sr_errand *of, int n, const char *name, double *x)
{
  int found = 0;
  for (int b = 0; b < n; b++) {
    const sr_task_result *r = &of[b].answer.result;
    const sr_metric *m = r->status == SR_TASK_SOLVED ? sr_metric_find(r->metric, r->nmetric, name) : NULL;
    if (m != NULL && isfinite(m->value)) x[found++] = m->value;
  }
  return found;
}

// What all bodies say about one task of one epoch.
static void sum_up(const sr_errand *of, int n, sr_task_result *r, sr_arena *work)
{
  enum { LEAST = 5 };  // fewer have no 5 to 95%
  const double p[2] = {0.05, 0.95};
  r->nbody = n;
  r->nbody_solved = 0;
  for (int b = 0; b < n; b++) r->nbody_solved += of[b].answer.result.status == SR_TASK_SOLVED;
  double *x = sr_alloc(work, double, n);
  for (int i = 0; i < r->nmetric; i++) {
    const int found = gather(of, n, r->metric[i].name, x);
    if (found < LEAST) continue;
    double q[2];
    sr_sample_quantiles(x, found, p, 2, q, work);
    r->metric[i].has_band = true;
    r->metric[i].p05 = q[0];
    r->metric[i].p95 = q[1];
  }
}

void sr_bodies_fill(sr_search *s, const sr_body_table *table, const sr_task *task, const sr_seat *seat, int nseat,
                    int bodies, long seed)
{
  if (bodies <= 0) return;
  sr_arena *work = sr_arena_new();
  const sr_sample_set set = sr_sample_set_new(bodies, SR_BODY_FACTORS, (uint64_t)seed, work);
  int most = 0;
  for (int e = 0; e < nseat; e++) most += seat[e].epoch->ntask * set.n;
  sr_errand *list = sr_alloc(work, sr_errand, most);
  int n = 0;
  for (int e = 0; e < nseat; e++) {
    sr_model *body = sr_alloc(work, sr_model, set.n);
    for (int b = 0; b < set.n; b++) sr_body_draw(table, set.u + (size_t)b * SR_BODY_FACTORS, &seat[e].body, &body[b]);
    for (int i = 0; i < seat[e].epoch->ntask; i++)
      for (int b = 0; b < set.n && is_answered(&seat[e].answer[i]); b++)
        list[n++] = (sr_errand){.week = seat[e].epoch->week,
                                .when = sr_arena_printf(work, "%s, body %d", seat[e].epoch->when, b),
                                .task = &task[i],
                                .body = &body[b],
                                .from = &seat[e].answer[i],
                                .habit = &seat[e].habit[i],
                                .habit_weight = seat[e].habit_weight[i],
                                .without_proof = true};
  }
  sr_search_errands(s, "other bodies", list, n);
  const volatile sig_atomic_t *stop = s->options->stop;
  const sr_errand *next = list;
  for (int e = 0; e < nseat && (stop == NULL || *stop == 0); e++)
    for (int i = 0; i < seat[e].epoch->ntask; i++) {
      if (!is_answered(&seat[e].answer[i])) continue;
      sum_up(next, set.n, &seat[e].epoch->task[i], work);
      next += set.n;
    }
  sr_arena_free(work);
}
