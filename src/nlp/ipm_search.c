// Line search with a filter (Wachter & Biegler 2006, section 2.3 and 2.4; the constants are theirs).
#include <float.h>
#include <math.h>
#include <string.h>

#include "nlp/ipm.h"

static const double gamma_theta = 1e-5, gamma_phi = 1e-8, delta = 1.0, s_theta = 1.1, s_phi = 2.3, eta = 1e-8;
static const double gamma_alpha = 0.05, kappa_soc = 0.99, kappa_sigma = 1e10;
enum { CORRECTIONS = 4 };

// Largest part of a step d from x > 0 that leaves (1 - tau) x.
static double limit(double x, double d, double tau, double alpha)
{
  return d < 0.0 && -alpha * d > tau * x ? -tau * x / d : alpha;
}

double ipm_primal_step(const ipm *s, const ipm_point *d)
{
  const ipm_point *w = &s->now;
  double a = 1.0;
  for (int i = 0; i < s->nv; i++) {
    if (s->is_fixed[i]) continue;
    if (isfinite(s->vl[i])) a = limit(w->v[i] - s->vl[i], d->v[i], s->tau, a);
    if (isfinite(s->vu[i])) a = limit(s->vu[i] - w->v[i], -d->v[i], s->tau, a);
  }
  for (int i = 0; i < s->m; i++)
    if (ipm_is_elastic(s, i)) a = limit(w->n[i], d->n[i], s->tau, limit(w->p[i], d->p[i], s->tau, a));
  return a;
}

double ipm_dual_step(const ipm *s, const ipm_point *d)
{
  const ipm_point *w = &s->now;
  double a = 1.0;
  for (int i = 0; i < s->nv; i++) a = limit(w->zl[i], d->zl[i], s->tau, limit(w->zu[i], d->zu[i], s->tau, a));
  for (int i = 0; i < s->m; i++)
    if (ipm_is_elastic(s, i)) a = limit(w->zn[i], d->zn[i], s->tau, limit(w->zp[i], d->zp[i], s->tau, a));
  return a;
}

void ipm_filter_reset(ipm *s)
{
  s->filter.n = 0;
}

bool ipm_filter_accepts(const ipm_filter *f, double theta, double phi)
{
  for (int i = 0; i < f->n; i++)
    if (theta >= f->theta[i] && phi >= f->phi[i]) return false;
  return true;
}

// Entries that the new one makes needless go.
void ipm_filter_add(ipm *s, double theta, double phi)
{
  ipm_filter *f = &s->filter;
  int n = 0;
  for (int i = 0; i < f->n; i++)
    if (f->theta[i] < theta || f->phi[i] < phi) {
      f->theta[n] = f->theta[i];
      f->phi[n++] = f->phi[i];
    }
  if (n == f->room) {
    const int room = 2 * f->room + 64;
    double *theta_new = sr_alloc(s->work, double, room), *phi_new = sr_alloc(s->work, double, room);
    if (n > 0) {
      memcpy(theta_new, f->theta, (size_t)n * sizeof *theta_new);
      memcpy(phi_new, f->phi, (size_t)n * sizeof *phi_new);
    }
    f->theta = theta_new;
    f->phi = phi_new;
    f->room = room;
  }
  f->theta[n] = theta;
  f->phi[n++] = phi;
  f->n = n;
}

// Slope of the barrier function along a step.
static double slope_along(const ipm *s, const ipm_point *d)
{
  const ipm_point *w = &s->now;
  double sum = 0.0;
  for (int i = 0; i < s->nv; i++) {
    if (s->is_fixed[i]) continue;
    double g = i < s->nx && !s->is_restoration ? s->at.grad[i] : 0.0;
    if (s->is_restoration) g += s->zeta * s->anchor_weight[i] * s->anchor_weight[i] * (w->v[i] - s->anchor[i]);
    if (isfinite(s->vl[i])) g -= s->mu / (w->v[i] - s->vl[i]);
    if (isfinite(s->vu[i])) g += s->mu / (s->vu[i] - w->v[i]);
    sum += g * d->v[i];
  }
  for (int i = 0; i < s->m; i++)
    if (ipm_is_elastic(s, i))
      sum += (s->price[i] - s->mu / w->p[i]) * d->p[i] + (s->price[i] - s->mu / w->n[i]) * d->n[i];
  return sum;
}

static void set_trial(ipm *s, const ipm_point *d, double alpha)
{
  const ipm_point *w = &s->now;
  ipm_point *t = &s->trial;
  for (int i = 0; i < s->nv; i++) t->v[i] = w->v[i] + alpha * d->v[i];
  for (int i = 0; i < s->m; i++) {
    if (!ipm_is_elastic(s, i)) continue;
    t->p[i] = w->p[i] + alpha * d->p[i];
    t->n[i] = w->n[i] + alpha * d->n[i];
  }
}

// The tests of one trial point of length alpha. is_descent: it counts as a step that lowers phi (not for the filter).
typedef struct search {
  double alpha, slope;  // of the full step's direction
  bool is_descent;
} search;

static bool switches(const ipm *s, const search *q)
{
  return q->slope < 0.0 && q->alpha * pow(-q->slope, s_phi) > delta * pow(s->at.theta, s_theta);
}

static bool passes(const ipm *s, search *q)
{
  const double theta = s->at_trial.theta, phi = s->at_trial.phi, rounding = 10.0 * DBL_EPSILON * fabs(s->at.phi);
  if (theta > s->theta_max || !ipm_filter_accepts(&s->filter, theta, phi)) return false;
  q->is_descent = s->at.theta <= s->theta_min && switches(s, q);
  if (q->is_descent) return phi - s->at.phi - rounding <= eta * q->alpha * q->slope;
  return theta <= (1.0 - gamma_theta) * s->at.theta || phi - rounding <= s->at.phi - gamma_phi * s->at.theta;
}

static double least_alpha(const ipm *s, double slope)
{
  double a = gamma_theta;
  if (slope < 0.0) {
    a = fmin(a, gamma_phi * s->at.theta / -slope);
    if (s->at.theta <= s->theta_min) a = fmin(a, delta * pow(s->at.theta, s_theta) / pow(-slope, s_phi));
  }
  return fmax(gamma_alpha * a, DBL_MIN);  // where cost or slope overflow, a is zero
}

// Second-order corrections: the same system with the residual that the step left.
static bool correct(ipm *s, search *q, const ipm_point **taken)
{
  sr_arena *work = sr_arena_new();
  double *c = sr_alloc(work, double, s->m), before = s->at.theta, alpha = q->alpha;
  memcpy(c, s->at.c, (size_t)s->m * sizeof *c);
  bool is_good = false;
  for (int k = 0; k < CORRECTIONS && !is_good; k++) {
    if (k > 0 && s->at_trial.theta > kappa_soc * before) break;
    before = s->at_trial.theta;
    for (int i = 0; i < s->m; i++) c[i] = alpha * c[i] + s->at_trial.c[i];
    if (!ipm_newton(s, c, &s->corrected)) break;
    alpha = ipm_primal_step(s, &s->corrected);
    set_trial(s, &s->corrected, alpha);
    if (!ipm_evaluate(s, &s->trial, &s->at_trial)) break;
    is_good = passes(s, q);
  }
  if (is_good) {
    q->alpha = alpha;
    *taken = &s->corrected;
  }
  sr_arena_free(work);
  return is_good;
}

// z within a factor kappa_sigma of mu / distance.
static double near_central(double z, double distance, double mu)
{
  return isfinite(distance) ? fmax(fmin(z, kappa_sigma * mu / distance), mu / (kappa_sigma * distance)) : 0.0;
}

static void take(ipm *s, const ipm_point *d, double alpha)
{
  ipm_point *w = &s->now;
  const double dual = ipm_dual_step(s, d);
  memcpy(w->v, s->trial.v, (size_t)s->nv * sizeof *w->v);
  for (int i = 0; i < s->m; i++) w->y[i] += alpha * d->y[i];
  for (int i = 0; i < s->nv; i++) {
    if (s->is_fixed[i]) continue;
    w->zl[i] = near_central(w->zl[i] + dual * d->zl[i], w->v[i] - s->vl[i], s->mu);
    w->zu[i] = near_central(w->zu[i] + dual * d->zu[i], s->vu[i] - w->v[i], s->mu);
  }
  for (int i = 0; i < s->m; i++) {
    if (!ipm_is_elastic(s, i)) continue;
    w->p[i] = s->trial.p[i];
    w->n[i] = s->trial.n[i];
    w->zp[i] = near_central(w->zp[i] + dual * d->zp[i], w->p[i], s->mu);
    w->zn[i] = near_central(w->zn[i] + dual * d->zn[i], w->n[i], s->mu);
  }
  double *grad = s->at.grad, *c = s->at.c;
  s->at.f = s->at_trial.f;
  s->at.theta = s->at_trial.theta;
  s->at.phi = s->at_trial.phi;
  s->at.c = s->at_trial.c;
  s->at_trial.c = c;
  s->at.grad = grad;
}

static bool is_tiny(const ipm *s)
{
  double most = 0.0;
  for (int i = 0; i < s->nv; i++) most = fmax(most, fabs(s->step.v[i]) / (1.0 + fabs(s->now.v[i])));
  return most < 10.0 * DBL_EPSILON && s->at.theta < 1e-4;
}

ipm_search_result ipm_search(ipm *s)
{
  const double full = ipm_primal_step(s, &s->step), slope = slope_along(s, &s->step), least = least_alpha(s, slope);
  search q = {.alpha = full, .slope = slope};
  const ipm_point *taken = &s->step;
  const bool takes_it = is_tiny(s);  // a step below rounding cannot be judged
  for (bool is_first = true;; is_first = false, q.alpha *= 0.5) {
    if (q.alpha < least && !is_first) return IPM_NO_STEP;
    set_trial(s, &s->step, q.alpha);
    if (!ipm_evaluate(s, &s->trial, &s->at_trial)) continue;
    if (takes_it || passes(s, &q)) break;
    if (is_first && s->at_trial.theta >= s->at.theta && correct(s, &q, &taken)) break;
  }
  if (!q.is_descent) ipm_filter_add(s, (1.0 - gamma_theta) * s->at.theta, s->at.phi - gamma_phi * s->at.theta);
  s->alpha = q.alpha;
  take(s, taken, q.alpha);
  return IPM_STEP_TAKEN;
}
