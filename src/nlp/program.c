#include "nlp/program.h"

#include <math.h>
#include <time.h>

const char *sr_nlp_status_text(sr_nlp_status s)
{
#define TEXT(name, text) text,
  static const char *const text[] = {SR_NLP_STATUSES(TEXT)};
#undef TEXT
  SR_ASSERT((size_t)s < sizeof text / sizeof *text);
  return text[s];
}

double sr_nlp_clock(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double *ones_or(const double *scale, int n, sr_arena *work)
{
  double *s = sr_alloc(work, double, n);
  for (int i = 0; i < n; i++) s[i] = scale ? scale[i] : 1.0;
  return s;
}

sr_program sr_program_new(const sr_nlp *p, sr_arena *work)
{
  return (sr_program){.p = p,
                      .x_scale = ones_or(p->x_scale, p->nvar, work),
                      .g_scale = ones_or(p->g_scale, p->ncon, work),
                      .x = sr_alloc(work, double, p->nvar),
                      .lambda = sr_alloc(work, double, p->ncon),
                      .seconds = sr_alloc(work, sr_nlp_seconds, 1)};
}

// y_i = x_i s_i
static void multiply(int n, const double *x, const double *s, double *y)
{
  for (int i = 0; i < n; i++) y[i] = x[i] * s[i];
}

static void divide(int n, const double *x, const double *s, double *y)
{
  for (int i = 0; i < n; i++) y[i] = x[i] / s[i];
}

static bool all_finite(int n, const double *v)
{
  for (int i = 0; i < n; i++)
    if (!isfinite(v[i])) return false;
  return true;
}

bool sr_program_objective(const sr_program *q, const double *x, double *f)
{
  multiply(q->p->nvar, x, q->x_scale, q->x);
  const double start = sr_nlp_clock();
  *f = q->p->objective(q->p->self, q->x);
  q->seconds->functions += sr_nlp_clock() - start;
  return isfinite(*f);
}

bool sr_program_gradient(const sr_program *q, const double *x, double *grad)
{
  const int n = q->p->nvar;
  multiply(n, x, q->x_scale, q->x);
  const double start = sr_nlp_clock();
  q->p->gradient(q->p->self, q->x, grad);
  q->seconds->derivatives += sr_nlp_clock() - start;
  multiply(n, grad, q->x_scale, grad);
  return all_finite(n, grad);
}

bool sr_program_constraints(const sr_program *q, const double *x, double *g)
{
  const int m = q->p->ncon;
  multiply(q->p->nvar, x, q->x_scale, q->x);
  const double start = sr_nlp_clock();
  q->p->constraints(q->p->self, q->x, g);
  q->seconds->functions += sr_nlp_clock() - start;
  divide(m, g, q->g_scale, g);
  return all_finite(m, g);
}

bool sr_program_jacobian(const sr_program *q, const double *x, double *value)
{
  const sr_nlp *p = q->p;
  multiply(p->nvar, x, q->x_scale, q->x);
  const double start = sr_nlp_clock();
  p->jacobian(p->self, q->x, value);
  q->seconds->derivatives += sr_nlp_clock() - start;
  for (int e = 0; e < p->njac; e++) value[e] *= q->x_scale[p->jac_col[e]] / q->g_scale[p->jac_row[e]];
  return all_finite(p->njac, value);
}

// The multipliers of g are those of g / g_scale divided by g_scale.
bool sr_program_hessian(const sr_program *q, const double *x, double sigma, const double *lambda, double *value)
{
  const sr_nlp *p = q->p;
  multiply(p->nvar, x, q->x_scale, q->x);
  divide(p->ncon, lambda, q->g_scale, q->lambda);
  const double start = sr_nlp_clock();
  p->hessian(p->self, q->x, sigma, q->lambda, value);
  q->seconds->derivatives += sr_nlp_clock() - start;
  for (int e = 0; e < p->nhes; e++) value[e] *= q->x_scale[p->hes_row[e]] * q->x_scale[p->hes_col[e]];
  return all_finite(p->nhes, value);
}

static void scale_bounds(int n, const double *bound, const double *s, double *out)
{
  for (int i = 0; i < n; i++)
    out[i] = fabs(bound[i]) >= SR_NLP_INF ? copysign((double)INFINITY, bound[i]) : bound[i] / s[i];
}

void sr_program_bounds(const sr_program *q, double *xl, double *xu, double *gl, double *gu)
{
  const sr_nlp *p = q->p;
  scale_bounds(p->nvar, p->xl, q->x_scale, xl);
  scale_bounds(p->nvar, p->xu, q->x_scale, xu);
  scale_bounds(p->ncon, p->gl, q->g_scale, gl);
  scale_bounds(p->ncon, p->gu, q->g_scale, gu);
}

int sr_program_parts(const sr_nlp *p, sr_part *part, sr_arena *work)
{
  enum { FEW = 3 };
  int n = 0, *count = sr_alloc(work, int, p->ncon);
  for (int e = 0; e < p->njac; e++) count[p->jac_row[e]]++;
  for (int i = 0; i < p->ncon; i++)
    if (p->gl[i] != p->gu[i] && count[i] <= FEW) part[n++] = (sr_part){p->nvar + i, -1};
  for (int i = 0; p->given_by != NULL && i < p->nvar; i++) {
    const int row = p->given_by[i];
    if (row >= 0 && p->xl[i] != p->xu[i] && p->gl[row] == p->gu[row]) part[n++] = (sr_part){p->nvar + row, i};
  }
  return n;
}

void sr_program_scale(const sr_program *q, const sr_program_point *from, sr_program_point *to)
{
  const int n = q->p->nvar, m = q->p->ncon;
  divide(n, from->x, q->x_scale, to->x);
  if (from->lambda) multiply(m, from->lambda, q->g_scale, to->lambda);
  if (from->zl) multiply(n, from->zl, q->x_scale, to->zl);
  if (from->zu) multiply(n, from->zu, q->x_scale, to->zu);
}

void sr_program_unscale(const sr_program *q, const sr_program_point *from, sr_program_point *to)
{
  const int n = q->p->nvar, m = q->p->ncon;
  multiply(n, from->x, q->x_scale, to->x);
  // the product of scale and quotient may leave a bound by one rounding
  for (int i = 0; i < n; i++) to->x[i] = fmin(fmax(to->x[i], q->p->xl[i]), q->p->xu[i]);
  if (to->lambda) divide(m, from->lambda, q->g_scale, to->lambda);
  if (to->zl) divide(n, from->zl, q->x_scale, to->zl);
  if (to->zu) divide(n, from->zu, q->x_scale, to->zu);
}

// max(lo - v, v - hi, 0); not a number counts as infinite
static double violation(double v, double lo, double hi)
{
  return isnan(v) ? HUGE_VAL : fmax(fmax(lo - v, v - hi), 0.0);
}

void sr_program_judge(const sr_program *q, const double *x, double constraint_tol, sr_nlp_result *r, sr_arena *work)
{
  const sr_nlp *p = q->p;
  double *g = sr_alloc(work, double, p->ncon), worst = constraint_tol;
  r->worst_constraint = -1;
  r->violation = 0.0;
  r->objective = p->objective(p->self, x);
  p->constraints(p->self, x, g);
  for (int i = 0; i < p->nvar; i++) r->violation = fmax(r->violation, violation(x[i], p->xl[i], p->xu[i]));
  for (int i = 0; i < p->ncon; i++) {
    const double v = violation(g[i], p->gl[i], p->gu[i]);
    r->violation = fmax(r->violation, v);
    if (v / q->g_scale[i] > worst) worst = v / q->g_scale[i], r->worst_constraint = i;
  }
}
