#include "cohort/sensitivity.h"

#include <math.h>
#include <threads.h>

#include "cohort/sensitivity_parts.h"

struct sr_teller {
  const sr_sensitivity_options *o;
  mtx_t lock;
  int done, total;
};

void sr_teller_more(sr_teller *t, int jobs)
{
  t->total += jobs;
}

void sr_teller_done(sr_teller *t, const char *what)
{
  mtx_lock(&t->lock);
  t->done++;
  if (t->o->progress != NULL) t->o->progress(t->o->who, t->done, t->total, what);
  mtx_unlock(&t->lock);
}

bool sr_sensitivity_run(const sr_sensitivity_options *o, sr_arena *keep, sr_sensitivity *out, sr_error *err)
{
  sr_teller t = {.o = o};
  *out = (sr_sensitivity){.seed = o->seed};
  if (mtx_init(&t.lock, mtx_plain) != thrd_success) return sr_fail(err, SR_INTERNAL, "no lock can be made");
  const bool is_good = (o->without_constants || sr_slow_sensitivity_run(o, &t, keep, out, err)) &&
                       (o->is_quick || o->without_movements || sr_task_sensitivity_run(o, &t, keep, out, err));
  mtx_destroy(&t.lock);
  return is_good;
}

const char *sr_moved_end_text(sr_moved_end e)
{
  static const char *const text[] = {"within", "another minimum", "not solved"};
  return text[e];
}

double sr_nudge_elasticity(const sr_nudge_result *n, int metric)
{
  return log(n->value[1][metric] / n->value[0][metric]) / log(n->factor[1] / n->factor[0]);
}

static double width(const sr_task_sensitivity *t, int metric)
{
  return t->metric[metric].range[1] - t->metric[metric].range[0];
}

double sr_nudge_change(const sr_task_sensitivity *t, const sr_nudge_result *n, int metric)
{
  return (n->value[1][metric] - n->value[0][metric]) / width(t, metric);
}

double sr_numerics_spread(const sr_task_sensitivity *t, int metric)
{
  double lo = t->metric[metric].base, hi = lo;
  for (int i = 0; i < t->nnumerics; i++)
    if (t->numerics[i].end == SR_MOVED_WITHIN) {
      lo = fmin(lo, t->numerics[i].value[metric]);
      hi = fmax(hi, t->numerics[i].value[metric]);
    }
  return (hi - lo) / width(t, metric);
}
