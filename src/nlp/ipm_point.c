// Points of the interior-point method: the functions there, the barrier, and how far from optimal they are.
#include <math.h>
#include <string.h>

#include "nlp/ipm.h"

ipm_point ipm_point_new(int nv, int m, sr_arena *work)
{
  return (ipm_point){.v = sr_alloc(work, double, nv),
                     .y = sr_alloc(work, double, m),
                     .zl = sr_alloc(work, double, nv),
                     .zu = sr_alloc(work, double, nv),
                     .p = sr_alloc(work, double, m),
                     .n = sr_alloc(work, double, m),
                     .zp = sr_alloc(work, double, m),
                     .zn = sr_alloc(work, double, m)};
}

static void copy(double *to, const double *from, int n)
{
  if (n > 0) memcpy(to, from, (size_t)n * sizeof *to);
}

void ipm_point_copy(const ipm *s, const ipm_point *from, ipm_point *to)
{
  copy(to->v, from->v, s->nv);
  copy(to->y, from->y, s->m);
  copy(to->zl, from->zl, s->nv);
  copy(to->zu, from->zu, s->nv);
  copy(to->p, from->p, s->m);
  copy(to->n, from->n, s->m);
  copy(to->zp, from->zp, s->m);
  copy(to->zn, from->zn, s->m);
}

void ipm_start_elastic(double c, double mu, double price, double *p, double *n)
{
  const double b = (mu - price * c) / (2.0 * price);
  *n = b + sqrt(b * b + mu * c / (2.0 * price));
  if (!(*n > 0.0)) *n = mu / (2.0 * price);
  *p = c + *n;
  if (!(*p > 0.0)) *p = mu / (2.0 * price);
}

static double price_paid(const ipm *s, const ipm_point *at)
{
  double sum = 0.0;
  for (int i = 0; i < s->m; i++)
    if (ipm_is_elastic(s, i)) sum += s->price[i] * (at->p[i] + at->n[i]);
  return sum;
}

// Restoration's own cost: zeta / 2 |D (v - anchor)|^2.
static double distance_cost(const ipm *s, const ipm_point *at)
{
  double far = 0.0;
  for (int i = 0; i < s->nv; i++) {
    const double d = s->anchor_weight[i] * (at->v[i] - s->anchor[i]);
    far += d * d;
  }
  return 0.5 * s->zeta * far;
}

void ipm_barrier(const ipm *s, const ipm_point *at, ipm_values *out)
{
  double logs = 0.0;
  for (int i = 0; i < s->nv; i++) {
    if (s->is_fixed[i]) continue;
    if (isfinite(s->vl[i])) logs += log(at->v[i] - s->vl[i]);
    if (isfinite(s->vu[i])) logs += log(s->vu[i] - at->v[i]);
  }
  for (int i = 0; i < s->m; i++)
    if (ipm_is_elastic(s, i)) logs += log(at->p[i]) + log(at->n[i]);
  out->phi = out->f - s->mu * logs;
}

bool ipm_evaluate(const ipm *s, const ipm_point *at, ipm_values *out)
{
  if (!sr_program_constraints(s->q, at->v, out->c)) return false;
  out->f = 0.0;
  if (s->is_restoration)
    out->f = distance_cost(s, at);
  else if (!sr_program_objective(s->q, at->v, &out->f))
    return false;
  out->f += price_paid(s, at);
  out->theta = 0.0;
  for (int i = 0; i < s->m; i++) {
    out->c[i] -= at->v[s->nx + i];
    if (ipm_is_elastic(s, i)) out->c[i] += at->n[i] - at->p[i];
    out->theta += fabs(out->c[i]);
  }
  ipm_barrier(s, at, out);
  return isfinite(out->phi);
}

double ipm_violation(const ipm *s)
{
  double most = 0.0;
  for (int i = 0; i < s->m; i++) most = ipm_larger(most, fabs(s->at.c[i]));
  return most;
}

typedef struct sums {
  double dual, primal, complementarity, y, z;
  int nz;
} sums;

static void add_bound(sums *t, double distance, double z, double mu)
{
  if (!isfinite(distance)) return;
  t->complementarity = ipm_larger(t->complementarity, fabs(distance * z - mu));
  t->z += fabs(z);
  t->nz++;
}

// The errors divided by the mean size of the multipliers where that is above 100 (Wachter & Biegler 2006, eq. 5-6).
ipm_error ipm_error_of(ipm *s, double mu)
{
  const ipm_point *w = &s->now;
  const int n = s->nx;
  sums t = {0};
  double *r = s->rx;
  for (int i = 0; i < n; i++) r[i] = s->pull[i];
  for (int i = 0; i < s->m; i++) {
    r[n + i] = -w->y[i];
    t.y += fabs(w->y[i]);
    t.primal = ipm_larger(t.primal, fabs(s->at.c[i]));
  }
  for (int i = 0; i < s->nv; i++) {
    if (s->is_fixed[i]) continue;
    if (s->is_restoration) r[i] += s->zeta * s->anchor_weight[i] * s->anchor_weight[i] * (w->v[i] - s->anchor[i]);
    t.dual = ipm_larger(t.dual, fabs(r[i] - w->zl[i] + w->zu[i]));
    add_bound(&t, w->v[i] - s->vl[i], w->zl[i], mu);
    add_bound(&t, s->vu[i] - w->v[i], w->zu[i], mu);
  }
  for (int i = 0; i < s->m; i++) {
    if (!ipm_is_elastic(s, i)) continue;
    t.dual = fmax(t.dual, fmax(fabs(s->price[i] - w->y[i] - w->zp[i]), fabs(s->price[i] + w->y[i] - w->zn[i])));
    add_bound(&t, w->p[i], w->zp[i], mu);
    add_bound(&t, w->n[i], w->zn[i], mu);
  }
  const double large = 100.0, sd = fmax(large, (t.y + t.z) / fmax(1.0, s->m + t.nz)) / large;
  const double sc = fmax(large, t.z / fmax(1.0, t.nz)) / large;
  ipm_error e = {.dual = t.dual / sd, .primal = t.primal, .complementarity = t.complementarity / sc};
  e.all = fmax(fmax(e.dual, e.primal), e.complementarity);
  return e;
}
