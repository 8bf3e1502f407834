// Restoration: from a point where no step helps to one that the filter accepts, by making the violation of the
// constraints least, near where it began (Wachter & Biegler 2006, section 3.3).
#include <math.h>
#include <string.h>

#include "nlp/ipm.h"

static const double restoration_price = 1000.0;  // of a violation

// Elastic parts of a row on the central path for its residual c.
static void centre(ipm *e, int row, double c)
{
  ipm_point *w = &e->now;
  ipm_start_elastic(c, e->mu, e->price[row], &w->p[row], &w->n[row]);
  w->zp[row] = e->mu / w->p[row];
  w->zn[row] = e->mu / w->n[row];
}

static ipm elastic_of(ipm *s, sr_arena *work)
{
  ipm e = *s;
  e.parent = s;
  e.work = work;
  e.is_restoration = true;
  e.price = sr_alloc(work, double, s->m);
  e.filter = (ipm_filter){0};
  e.now = ipm_point_new(s->nv, s->m, work);
  e.trial = ipm_point_new(s->nv, s->m, work);
  e.step = ipm_point_new(s->nv, s->m, work);
  e.corrected = ipm_point_new(s->nv, s->m, work);
  e.at.grad = sr_alloc(work, double, s->nx);
  e.at.c = sr_alloc(work, double, s->m);
  e.at_trial.grad = e.at.grad;
  e.at_trial.c = sr_alloc(work, double, s->m);
  e.rx = sr_alloc(work, double, s->nv);
  e.pull = sr_alloc(work, double, s->nx);
  e.ry = sr_alloc(work, double, s->m);
  e.anchor = memcpy(sr_alloc(work, double, s->nv), s->now.v, (size_t)s->nv * sizeof(double));
  e.anchor_weight = sr_alloc(work, double, s->nv);
  e.dw_last = 0.0;
  e.before_straight = (double)INFINITY;
  double most = 0.0;
  for (int i = 0; i < s->m; i++) most = fmax(most, fabs(s->at.c[i]));
  e.mu = fmax(s->mu, most);
  e.tau = fmax(0.99, 1.0 - e.mu);
  e.zeta = sqrt(e.mu);
  for (int i = 0; i < s->nv; i++) {
    e.anchor_weight[i] = 1.0 / fmax(1.0, fabs(s->now.v[i]));
    e.now.v[i] = s->now.v[i];
    e.now.zl[i] = fmin(restoration_price, s->now.zl[i]);
    e.now.zu[i] = fmin(restoration_price, s->now.zu[i]);
  }
  for (int i = 0; i < s->m; i++) {
    e.price[i] = restoration_price;
    centre(&e, i, s->at.c[i] + (ipm_is_elastic(s, i) ? s->now.p[i] - s->now.n[i] : 0.0));
  }
  return e;
}

bool ipm_recentre_elastic(ipm *e)
{
  if (e->at.theta <= e->o->constraint_tol) return false;
  ipm_filter_add(e, e->at.theta, e->at.phi);
  for (int i = 0; i < e->m; i++) centre(e, i, e->at.c[i] + e->now.p[i] - e->now.n[i]);
  return ipm_evaluate(e, &e->now, &e->at);
}

// What the elastic point is worth to the solve that asked for it.
static bool helps(const ipm *s, const ipm *e, ipm_values *at)
{
  const double kappa = 0.9;
  if (!ipm_evaluate(s, &e->now, at)) return false;  // with the elastic parts of the restoration
  const double rounding = 1e-5;
  if (at->theta > kappa * s->at.theta || at->theta > s->theta_max ||
      !ipm_filter_accepts(&s->filter, at->theta, at->phi))
    return false;
  return at->theta <= (1.0 - rounding) * s->at.theta || at->phi <= s->at.phi - 1e-8 * s->at.theta;
}

bool ipm_restoration_is_done(const ipm *e)
{
  ipm_values *at = &e->parent->at_trial;
  return helps(e->parent, e, at);
}

// Back to the solve with the new point; multipliers of bounds follow as in a step, those of rows by least squares.
static void adopt(ipm *s, const ipm *e)
{
  ipm_point *d = &s->step;
  for (int i = 0; i < s->nv; i++) {
    d->v[i] = e->now.v[i] - s->now.v[i];
    d->zl[i] = d->zu[i] = 0.0;
    if (s->is_fixed[i]) continue;
    const double below = s->now.v[i] - s->vl[i], above = s->vu[i] - s->now.v[i];
    if (isfinite(below)) d->zl[i] = (s->mu - s->now.zl[i] * d->v[i]) / below - s->now.zl[i];
    if (isfinite(above)) d->zu[i] = (s->mu + s->now.zu[i] * d->v[i]) / above - s->now.zu[i];
  }
  const double dual = ipm_dual_step(s, d), most = 1e3;
  double largest = 0.0;
  for (int i = 0; i < s->nv; i++) {
    s->now.v[i] = e->now.v[i];
    s->now.zl[i] += dual * d->zl[i];
    s->now.zu[i] += dual * d->zu[i];
    largest = fmax(largest, fmax(s->now.zl[i], s->now.zu[i]));
  }
  for (int i = 0; largest > most && i < s->nv; i++) {
    if (s->is_fixed[i]) continue;
    s->now.zl[i] = isfinite(s->vl[i]) ? 1.0 : 0.0;
    s->now.zu[i] = isfinite(s->vu[i]) ? 1.0 : 0.0;
  }
}

ipm_restored ipm_restore(ipm *s)
{
  sr_arena *work = sr_arena_new();
  ipm_filter_add(s, (1.0 - 1e-5) * s->at.theta, s->at.phi - 1e-8 * s->at.theta);
  ipm e = elastic_of(s, work);
  const ipm_outcome outcome = ipm_run(&e);
  s->iteration = e.iteration;
  ipm_restored r = IPM_LOST;
  if (outcome == IPM_RESTORATION_DONE) {
    adopt(s, &e);
    r = IPM_RESTORED;
  } else if (outcome == IPM_OUT_OF_ITERATIONS || outcome == IPM_OUT_OF_TIME || outcome == IPM_ASKED_TO_STOP) {
    s->outcome = outcome;
    r = IPM_STOPPED;
  } else if (outcome == IPM_SOLVED) {
    memcpy(s->now.v, e.now.v, (size_t)s->nv * sizeof(double));
    ipm_evaluate(s, &s->now, &s->at);
    r = s->at.theta > s->o->constraint_tol ? IPM_INFEASIBLE : IPM_LOST;
  }
  sr_arena_free(work);
  return r;
}
