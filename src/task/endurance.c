#include "task/endurance.h"

#include <math.h>

sr_tiring sr_tiring_fresh(const sr_model *m, const sr_weights *w)
{
  sr_tiring t = {.model = m, .weights = w};
  for (int k = 0; k < m->nmuscle; k++) t.pool[k] = sr_pools_fresh();
  return t;
}

static const sr_fatigue *fatigue_of(const sr_tiring *t, int muscle)
{
  return t->model->muscle[muscle].group == SR_THIGH ? &t->weights->thigh : &t->weights->calf;
}

void sr_tiring_cycle(sr_tiring *t, const double *act, int nrow, double seconds)
{
  const int n = t->model->nmuscle;
  for (int k = 0; k < n; k++) {
    if (t->never[k]) continue;
    const sr_fatigue *f = fatigue_of(t, k);
    const double rest = t->weights->still.rest, barely = 1.01 * rest;  // the solver stops just above its bound
    for (int i = 0; i < nrow; i++)
      sr_fatigue_pass(f, act[i * n + k], act[i * n + k] <= barely, seconds / nrow, &t->pool[k]);
  }
}

int sr_tiring_weakest(const sr_tiring *t)
{
  int weakest = -1;
  for (int k = 0; k < t->model->nmuscle; k++) {
    if (t->never[k] || t->model->muscle[k].par.capacity <= 0.0) continue;
    if (weakest < 0 || t->pool[k].tired > t->pool[weakest].tired) weakest = k;
  }
  return weakest;
}

double sr_tiring_lost(const sr_tiring *from, const sr_tiring *to)
{
  double most = 0.0;
  for (int k = 0; k < to->model->nmuscle; k++) most = fmax(most, to->pool[k].tired - from->pool[k].tired);
  return most;
}

sr_model *sr_tiring_model(const sr_tiring *t, sr_arena *keep)
{
  sr_model *m = sr_alloc(keep, sr_model, 1);
  *m = *t->model;
  for (int k = 0; k < m->nmuscle; k++) m->muscle[k].act_max = fmin(m->muscle[k].act_max, sr_pools_left(&t->pool[k]));
  return m;
}

// The muscle that lacks most of what a cycle asks for; -1 if none lacks anything.
static int lacking(const sr_tiring *t, const double *act, int nrow)
{
  const int n = t->model->nmuscle;
  int worst = -1;
  double most = 1e-6;  // above rounding: a fresh muscle may be fully active
  for (int k = 0; k < n; k++) {
    if (t->model->muscle[k].par.capacity <= 0.0) continue;
    for (int i = 0; i < nrow; i++) {
      const double lack = act[i * n + k] - sr_pools_left(&t->pool[k]);
      if (lack <= most) continue;
      most = lack;
      worst = k;
    }
  }
  return worst;
}

// A muscle that is never asked for more than R / (F + R) always has that left, so that it need not be followed.
static void spare_idle(sr_tiring *t, const double *act, int nrow)
{
  const int n = t->model->nmuscle;
  for (int k = 0; k < n; k++) {
    const sr_fatigue *f = fatigue_of(t, k);
    double most = 0.0;
    for (int i = 0; i < nrow; i++) most = fmax(most, act[i * n + k]);
    t->never[k] = most * (f->tire + f->recover) <= f->recover;
  }
}

sr_endurance sr_endurance_of(const sr_model *m, const sr_weights *w, const double *act, int nrow, double seconds,
                             int most)
{
  sr_tiring t = sr_tiring_fresh(m, w);
  spare_idle(&t, act, nrow);
  for (int i = 0; i < most; i++) {
    const int muscle = lacking(&t, act, nrow);
    if (muscle >= 0) return (sr_endurance){.cycles = i, .seconds = i * seconds, .muscle = muscle};
    sr_tiring_cycle(&t, act, nrow, seconds);
  }
  return (sr_endurance){.cycles = (double)INFINITY, .seconds = (double)INFINITY, .muscle = -1};
}
