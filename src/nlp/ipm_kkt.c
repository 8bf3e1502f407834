// The Newton system of the interior point: assembly, perturbation to the right inertia, refinement.
#include <float.h>
#include <math.h>
#include <string.h>

#include "nlp/ipm.h"

// Perturbation of the Hessian (Wachter & Biegler 2006, algorithm IC, but for where the search begins).
static const double dw_first = 1e-2, dw_least = 1e-10, dw_most = 1e20, dw_grow_first = 100.0, dw_grow = 8.0;
static const double dw_shrink = 0.3, dw_drop = 1e-4, proximal = 1e-2;
static const double dc_size = 1e-8;       // of the zero block where it is singular
static const double straight_warm = 1.0;  // violation (scaled) above which constraints count as straight when warm
static const double worse = 10.0;         // until a step multiplies it by this
static const double threshold_first = 1e-6, threshold_most = 0.1;
enum { REFINEMENTS = 8 };
static const double refined = 1e-6, useful = 1e-5;  // relative residual at which refinement ends, that is still taken

ipm_kkt *ipm_kkt_new(const ipm *s)
{
  const sr_program *q = s->q;
  sr_arena *work = s->work;
  const sr_nlp *p = q->p;
  const int n = p->nvar, m = p->ncon;
  ipm_kkt *k = sr_alloc(work, ipm_kkt, 1);
  *k = (ipm_kkt){.q = q, .nx = n, .m = m, .nnz = p->nhes + p->njac + n + m, .keep = work, .threshold = threshold_first};
  k->row = sr_alloc(work, int, k->nnz);
  k->col = sr_alloc(work, int, k->nnz);
  k->value = sr_alloc(work, double, k->nnz);
  k->hes = k->value;
  k->jac = k->hes + p->nhes;
  k->diag = k->jac + p->njac;
  int e = 0;
  for (int h = 0; h < p->nhes; h++, e++) k->row[e] = p->hes_row[h], k->col[e] = p->hes_col[h];
  for (int j = 0; j < p->njac; j++, e++) k->row[e] = n + p->jac_row[j], k->col[e] = p->jac_col[j];
  for (int i = 0; i < n + m; i++, e++) k->row[e] = k->col[e] = i;
  k->rhs = sr_alloc(work, double, n + m);
  k->residual = sr_alloc(work, double, n + m);
  k->best = sr_alloc(work, double, n + m);
  k->zero = sr_alloc(work, double, m);
  k->x = sr_alloc(work, double, n + m);
  const double start = sr_nlp_clock();
  k->is_paired = sr_alloc(work, bool, m);
  sr_part *part = sr_alloc(work, sr_part, m);
  const int npart = sr_program_parts(p, part, work);
  for (int i = 0; i < npart; i++) k->is_paired[part[i].row - n] = part[i].unknown >= 0;
  k->condensed = sr_condensed_new(n + m, k->nnz, k->row, k->col, npart, part, sr_isa_best(), work);
  k->seconds = q->seconds->ordering = sr_nlp_clock() - start;
  return k;
}

// A fixed unknown takes no part: its row and column hold a one on the diagonal alone.
static void drop_fixed(const ipm *s)
{
  ipm_kkt *k = s->kkt;
  const int nhes = s->q->p->nhes, njac = s->q->p->njac;
  for (int e = 0; e < nhes; e++)
    if (s->is_fixed[k->row[e]] || s->is_fixed[k->col[e]]) k->hes[e] = 0.0;
  for (int e = 0; e < njac; e++)
    if (s->is_fixed[k->col[nhes + e]]) k->jac[e] = 0.0;
}

// Far from the constraints their curvature misleads: multipliers are not meaningful yet, and the Hessian of the
// Lagrangian needs large perturbations. There the Hessian is that of the cost alone, until a step made with it leaves
// the constraints ten times as violated as they were: then their curvature matters, and it stays in.
static bool takes_constraints_for_straight(ipm *s)
{
  const double violation = ipm_violation(s);
  if (violation > worse * s->before_straight) s->is_curved = true;
  const bool is_straight = !s->is_curved && violation > (s->o->is_warm ? straight_warm : s->o->straight);
  s->before_straight = is_straight ? violation : (double)INFINITY;
  return is_straight;
}

// The gradient of f + y' g; where elastic parts are all that costs, of y' g.
static void set_pull(ipm *s)
{
  const sr_nlp *p = s->q->p;
  for (int i = 0; i < s->nx; i++) s->pull[i] = s->is_restoration ? 0.0 : s->at.grad[i];
  for (int e = 0; e < p->njac; e++) s->pull[p->jac_col[e]] += s->kkt->jac[e] * s->now.y[p->jac_row[e]];
}

bool ipm_kkt_derivatives(ipm *s)
{
  ipm_kkt *k = s->kkt;
  const double *y = takes_constraints_for_straight(s) ? k->zero : s->now.y;
  const bool is_finite = sr_program_hessian(s->q, s->now.v, s->is_restoration ? 0.0 : 1.0, y, k->hes) &&
                         sr_program_jacobian(s->q, s->now.v, k->jac);
  drop_fixed(s);
  set_pull(s);
  return is_finite;
}

// Sigma of one unknown or slack: z / distance, from both sides.
static double sigma(const ipm *s, int i)
{
  const ipm_point *w = &s->now;
  double sum = s->is_restoration ? s->zeta * s->anchor_weight[i] * s->anchor_weight[i] : 0.0;
  if (isfinite(s->vl[i])) sum += w->zl[i] / (w->v[i] - s->vl[i]);
  if (isfinite(s->vu[i])) sum += w->zu[i] / (s->vu[i] - w->v[i]);
  return sum;
}

// What the eliminated slack and elastic parts of a row leave on its diagonal: sum of 1 / Sigma.
static double compliance(const ipm *s, int i, double dw)
{
  double sum = s->is_fixed[s->nx + i] ? 0.0 : 1.0 / fmax(sigma(s, s->nx + i) + dw, 1e-14);
  if (ipm_is_elastic(s, i)) sum += s->now.p[i] / s->now.zp[i] + s->now.n[i] / s->now.zn[i];
  return sum;
}

// Of a row's zero on the diagonal; an equation that is eliminated with the unknown it gives needs none.
static double regularisation(const ipm_kkt *k, int row, double dc)
{
  return k->is_paired[row] && !k->is_whole ? 0.0 : dc;
}

static void set_diagonal(const ipm *s, double dw, double dc)
{
  for (int i = 0; i < s->nx; i++) s->kkt->diag[i] = s->is_fixed[i] ? 1.0 : sigma(s, i) + dw;
  for (int i = 0; i < s->m; i++) s->kkt->diag[s->nx + i] = -compliance(s, i, dw) - regularisation(s->kkt, i, dc);
}

static sr_condensed *system_of(ipm_kkt *k)
{
  if (!k->is_whole) return k->condensed;
  if (k->whole == NULL)
    k->whole = sr_condensed_new(k->nx + k->m, k->nnz, k->row, k->col, 0, NULL, sr_isa_best(), k->keep);
  return k->whole;
}

// In restoration every row has a diagonal entry, and no equation gives an unknown.
static void choose_system(const ipm *s)
{
  s->kkt->is_whole = s->kkt->is_lost || s->is_restoration;
}

static sr_inertia factorise(ipm_kkt *k)
{
  const double start = sr_nlp_clock();
  sr_inertia in = {0};
  if (!sr_condensed_factor(system_of(k), k->value, k->threshold, &in)) {
    k->is_whole = k->is_lost = true;  // nothing can be eliminated ahead stably
    sr_condensed_factor(system_of(k), k->value, k->threshold, &in);
  }
  k->factorisations++;
  const double taken = sr_nlp_clock() - start;
  k->seconds += taken;
  k->q->seconds->factorising += taken;
  return in;
}

// Where the search for the perturbation begins: near that of the last iteration, so that most iterations need one
// factorisation; and with a proximal term while the constraints are violated, so that steps stay short there. That term
// alone is not remembered.
static double first_perturbation(const ipm *s, double near)
{
  const double last = dw_shrink * s->dw_needed;
  return fmax(last < dw_drop ? 0.0 : last, near);
}

bool ipm_kkt_factor(ipm *s)
{
  const double near = proximal * fmin(1.0, ipm_violation(s));
  double dw = first_perturbation(s, near), dc = 0.0;
  choose_system(s);
  for (;;) {
    set_diagonal(s, dw, dc);
    const sr_inertia in = factorise(s->kkt);
    if (in.negative == s->m && in.zero == 0) break;
    if (in.zero > 0 && dc == 0.0) {
      dc = dc_size * pow(s->mu, 0.25);
      if (in.negative + in.zero <= s->m) continue;
    }
    if (dw == 0.0)
      dw = s->dw_last == 0.0 ? dw_first : fmax(dw_least, dw_shrink * s->dw_last);
    else
      dw *= s->dw_last == 0.0 ? dw_grow_first : dw_grow;
    if (dw > dw_most) return false;
  }
  s->dw = dw;
  s->dw_needed = dw > near ? dw : 0.0;
  s->dc = dc;
  if (dw > 0.0) s->dw_last = dw;
  return true;
}

// r = b - K x
static void residual_of(const ipm_kkt *k, const double *b, const double *x, double *r)
{
  memcpy(r, b, (size_t)(k->nx + k->m) * sizeof *r);
  for (int e = 0; e < k->nnz; e++) {
    const int i = k->row[e], j = k->col[e];
    r[i] -= k->value[e] * x[j];
    if (i != j) r[j] -= k->value[e] * x[i];
  }
}

static double largest(int n, const double *x)
{
  double most = 0.0;
  for (int i = 0; i < n; i++) most = ipm_larger(most, isnan(x[i]) ? HUGE_VAL : fabs(x[i]));
  return most;
}

// Residual relative to the right-hand side and the solution.
static double quality(const ipm_kkt *k, const double *b, const double *x, const double *r)
{
  const int n = k->nx + k->m;
  const double size_b = largest(n, b), size_x = largest(n, x);
  return largest(n, r) / (fmin(size_x, 1e6 * size_b) + size_b + DBL_MIN);
}

static double refine(ipm_kkt *k, const double *b, double *x)
{
  const double start = sr_nlp_clock();
  const int n = k->nx + k->m;
  double *r = k->residual, best = HUGE_VAL;
  memcpy(x, b, (size_t)n * sizeof *x);
  sr_condensed_solve(system_of(k), x);
  k->solves++;
  for (int sweep = 0;; sweep++) {
    residual_of(k, b, x, r);
    const double now = quality(k, b, x, r);
    if (!(now < best)) {
      memcpy(x, k->best, (size_t)n * sizeof *x);
      break;
    }
    const bool is_slow = now > 0.5 * best;
    best = now;
    if (now <= refined || sweep == REFINEMENTS || (is_slow && best < useful)) break;
    memcpy(k->best, x, (size_t)n * sizeof *x);
    sr_condensed_solve(system_of(k), r);
    k->solves++;
    for (int i = 0; i < n; i++) x[i] += r[i];
  }
  k->q->seconds->refining += sr_nlp_clock() - start;
  return best;
}

bool ipm_kkt_solve(ipm_kkt *k, double *rx, double *ry)
{
  const int n = k->nx, m = k->m;
  double *x = k->x;
  memcpy(k->rhs, rx, (size_t)n * sizeof *rx);
  memcpy(k->rhs + n, ry, (size_t)m * sizeof *ry);
  double got = refine(k, k->rhs, x);
  while (got > useful && k->threshold < threshold_most) {  // more accurate pivots, from now on
    k->threshold = fmin(threshold_most, 100.0 * k->threshold);
    factorise(k);
    got = refine(k, k->rhs, x);
  }
  if (got > useful && !k->is_whole) {
    k->is_whole = k->is_lost = true;
    factorise(k);
    got = refine(k, k->rhs, x);
  }
  memcpy(rx, x, (size_t)n * sizeof *rx);
  memcpy(ry, x + n, (size_t)m * sizeof *ry);
  return got <= useful;
}

// Stationarity of the barrier problem in one unknown or slack, without its multipliers of rows; aims instead of mu:
//   -mu / (v - vl) + mu / (vu - v) (+ zeta D^2 (v - anchor))
static double barrier_slope(const ipm *s, int i)
{
  const double v = s->now.v[i];
  double sum = s->is_restoration ? s->zeta * s->anchor_weight[i] * s->anchor_weight[i] * (v - s->anchor[i]) : 0.0;
  if (isfinite(s->vl[i])) sum -= s->aim_l[i] / (v - s->vl[i]);
  if (isfinite(s->vu[i])) sum += s->aim_u[i] / (s->vu[i] - v);
  return sum;
}

// Multipliers of bounds follow the step of their unknown:  dz = mu / d - z -+ z / d dv,  d the distance to the bound.
static void step_of_bounds(const ipm *s, ipm_point *d)
{
  const ipm_point *w = &s->now;
  for (int i = 0; i < s->nv; i++) {
    d->zl[i] = d->zu[i] = 0.0;
    if (s->is_fixed[i]) continue;
    const double below = w->v[i] - s->vl[i], above = s->vu[i] - w->v[i];
    if (isfinite(below)) d->zl[i] = (s->aim_l[i] - w->zl[i] * d->v[i]) / below - w->zl[i];
    if (isfinite(above)) d->zu[i] = (s->aim_u[i] + w->zu[i] * d->v[i]) / above - w->zu[i];
  }
  for (int i = 0; i < s->m; i++) {
    if (!ipm_is_elastic(s, i)) continue;
    d->zp[i] = (s->mu - w->zp[i] * d->p[i]) / w->p[i] - w->zp[i];
    d->zn[i] = (s->mu - w->zn[i] * d->n[i]) / w->n[i] - w->zn[i];
  }
}

bool ipm_newton_to(ipm *s, const double *c, ipm_point *d)
{
  const ipm_point *w = &s->now;
  const int n = s->nx;
  double *rx = d->v, *ry = d->y;  // the system is solved in place
  for (int i = 0; i < n; i++) rx[i] = s->is_fixed[i] ? 0.0 : -s->pull[i] - barrier_slope(s, i);
  for (int i = 0; i < s->m; i++) {
    ry[i] = -c[i];
    if (!s->is_fixed[n + i]) {
      s->ry[i] = barrier_slope(s, n + i) - w->y[i];
      ry[i] -= s->ry[i] / fmax(sigma(s, n + i) + s->dw, 1e-14);
    }
    if (ipm_is_elastic(s, i))
      ry[i] += (s->price[i] + w->y[i] - s->mu / w->n[i]) * w->n[i] / w->zn[i] -
               (s->price[i] - w->y[i] - s->mu / w->p[i]) * w->p[i] / w->zp[i];
  }
  const bool is_good = ipm_kkt_solve(s->kkt, rx, ry);
  for (int i = 0; i < s->m; i++) {
    d->v[n + i] = s->is_fixed[n + i] ? 0.0 : (d->y[i] - s->ry[i]) / fmax(sigma(s, n + i) + s->dw, 1e-14);
    if (!ipm_is_elastic(s, i)) continue;
    d->p[i] = (d->y[i] - (s->price[i] - w->y[i] - s->mu / w->p[i])) * w->p[i] / w->zp[i];
    d->n[i] = (-d->y[i] - (s->price[i] + w->y[i] - s->mu / w->n[i])) * w->n[i] / w->zn[i];
  }
  step_of_bounds(s, d);
  return is_good;
}

bool ipm_newton(ipm *s, const double *c, ipm_point *d)
{
  for (int i = 0; i < s->nv; i++) s->aim_l[i] = s->aim_u[i] = s->mu;
  return ipm_newton_to(s, c, d);
}

// y that makes |grad f + J' y - zl + zu| over unknowns and slacks least:  (I J'; J -(slack)) (. y) = ...
void ipm_least_squares_multipliers(ipm *s)
{
  ipm_kkt *k = s->kkt;
  const int n = s->nx, m = s->m;
  const double most = 1e3;  // larger ones are no help
  choose_system(s);
  memset(k->hes, 0, (size_t)s->q->p->nhes * sizeof *k->hes);
  const bool is_finite = sr_program_jacobian(s->q, s->now.v, k->jac);
  drop_fixed(s);
  for (int i = 0; i < n; i++) k->diag[i] = 1.0;
  for (int i = 0; i < m; i++) k->diag[n + i] = (s->is_fixed[n + i] ? 0.0 : -1.0) - regularisation(k, i, 1e-8);
  factorise(k);
  double *rx = s->step.v, *ry = s->step.y;
  for (int i = 0; i < n; i++) rx[i] = s->is_fixed[i] ? 0.0 : -s->at.grad[i] + s->now.zl[i] - s->now.zu[i];
  for (int i = 0; i < m; i++) ry[i] = s->is_fixed[n + i] ? 0.0 : s->now.zl[n + i] - s->now.zu[n + i];
  const bool is_good = is_finite && ipm_kkt_solve(k, rx, ry) && largest(m, ry) <= most;
  for (int i = 0; i < m; i++) s->now.y[i] = is_good ? ry[i] : 0.0;
}
