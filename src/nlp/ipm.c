// The main loop of the interior-point method (Wachter & Biegler 2006, doi:10.1007/s10107-004-0559-y): a primal-dual
// Newton method on barrier problems whose parameter mu falls to zero, globalised by a filter line search.
#include "nlp/ipm.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double push_cold = 1e-2, push_warm = 1e-3, push_least = 1e-6;  // off the bounds, of the start
static const double mu_near = 1e-3,
                    mu_most = 0.1;  // of a warm start that fulfils its rows, that violates one by its scale
static const double kappa_epsilon = 30.0, kappa_mu = 0.2, theta_mu = 1.5, tau_least = 0.99;
static const double full_step = 0.9, kappa_easy = 3000.0;  // after a warm step of this length this error will do
// So many steps in a row below this length mean that mu is too small for where they start: it is raised, seldom.
static const double short_step = 0.3, mu_growth = 10.0, mu_raised = 1e-2;
enum { SHORT_STEPS = 5, RAISES = 5 };

// Bounds of unknowns and slacks, widened by 1% of the tolerance so that the answer, measured against the bounds
// as given, stays within it; an equation's slack is fixed.
static void set_bounds(ipm *s)
{
  double *l = s->vl, *u = s->vu;
  sr_program_bounds(s->q, l, u, l + s->nx, u + s->nx);
  const double relax = 0.01 * s->o->constraint_tol;
  for (int i = 0; i < s->nv; i++) {
    s->is_fixed[i] = l[i] == u[i];
    if (s->is_fixed[i]) continue;
    if (isfinite(l[i])) l[i] -= relax * fmax(1.0, fabs(l[i]));
    if (isfinite(u[i])) u[i] += relax * fmax(1.0, fabs(u[i]));
  }
}

// Inside the bounds: at least push max(1, |bound|), at most `share` of the width, away from them.
static double push_inside(double v, double l, double u, double push, double share)
{
  if (isfinite(l) && isfinite(u)) {
    const double low = fmin(push * fmax(1.0, fabs(l)), share * (u - l));
    const double high = fmin(push * fmax(1.0, fabs(u)), share * (u - l));
    return fmin(fmax(v, l + low), u - high);
  }
  if (isfinite(l)) return fmax(v, l + push * fmax(1.0, fabs(l)));
  if (isfinite(u)) return fmin(v, u - push * fmax(1.0, fabs(u)));
  return v;
}

static bool any_nonzero(const double *v, int n)
{
  for (int i = 0; i < n; i++)
    if (v[i] != 0.0) return true;
  return false;
}

// Largest scaled violation of a row by x; infinite where there is no number.
static double violation_of(const ipm *s, const double *x)
{
  double most = 0.0;
  if (!sr_program_constraints(s->q, x, s->at.c)) return (double)INFINITY;
  for (int i = 0; i < s->m; i++) {
    const double c = s->at.c[i];
    most = fmax(most, fmax(s->vl[s->nx + i] - c, c - s->vu[s->nx + i]));
  }
  return most;
}

// How far from a bound the central path runs where the bound's multiplier is z: mu / z, within what is moved at all.
static double central_distance(const ipm *s, double z, double bound, double width)
{
  return fmin(s->mu / fmax(z, 1e-12), push_cold * fmin(fmax(1.0, fabs(bound)), width));
}

// Off its bounds, if warm with multipliers by the distance of the central path.
static double start_value(const ipm *s, int i, double v, double push, double zl, double zu)
{
  const double l = s->vl[i], u = s->vu[i];
  if (s->is_fixed[i]) return l;
  v = push_inside(v, l, u, push, push);
  if (zl > 0.0 && isfinite(l)) v = fmax(v, l + central_distance(s, zl, l, u - l));
  if (zu > 0.0 && isfinite(u)) v = fmin(v, u - central_distance(s, zu, u, u - l));
  return v;
}

// The multiplier of a bound at a distance: as given, but so that their product is near mu; else mu / distance.
static double start_multiplier(const ipm *s, double distance, bool is_given, double given)
{
  const double spread = 3.0, central = s->mu / distance;
  if (!isfinite(distance)) return 0.0;
  if (!s->o->is_warm) return 1.0;
  return is_given ? fmin(fmax(given, central / spread), central * spread) : central;
}

// The start. Cold: pushed off its bounds by 1e-2, multipliers of bounds one, those of rows by least squares. Warm: near
// the central path, at the multipliers of rows that are given; where none are, off the bounds by 1e-3.
static bool set_start(ipm *s, const sr_program_point *from)
{
  const bool is_warm = s->o->is_warm;
  const bool has_multipliers =
      is_warm && (any_nonzero(from->lambda, s->m) || any_nonzero(from->zl, s->nx) || any_nonzero(from->zu, s->nx));
  const double push = !is_warm ? push_cold : has_multipliers ? push_least : push_warm;
  ipm_point *w = &s->now;
  if (is_warm && s->mu == 0.0) s->mu = fmin(fmax(mu_most * pow(violation_of(s, from->x), 2.0), mu_near), mu_most);
  s->tau = fmax(tau_least, 1.0 - s->mu);
  for (int i = 0; i < s->nx; i++)
    w->v[i] =
        start_value(s, i, from->x[i], push, has_multipliers ? from->zl[i] : 0.0, has_multipliers ? from->zu[i] : 0.0);
  if (!sr_program_constraints(s->q, w->v, s->at.c)) return false;
  for (int i = 0; i < s->m; i++) {  // y of an inequality is zu - zl of its slack
    const double y = has_multipliers ? from->lambda[i] : 0.0;
    w->v[s->nx + i] = start_value(s, s->nx + i, s->at.c[i], push, -y, y);
  }
  for (int i = 0; i < s->nv; i++) {
    if (s->is_fixed[i]) continue;
    const double below = w->v[i] - s->vl[i], above = s->vu[i] - w->v[i];
    w->zl[i] = start_multiplier(s, below, has_multipliers, i < s->nx ? from->zl[i] : -from->lambda[i - s->nx]);
    w->zu[i] = start_multiplier(s, above, has_multipliers, i < s->nx ? from->zu[i] : from->lambda[i - s->nx]);
  }
  for (int i = 0; i < s->m; i++) {
    if (!ipm_is_elastic(s, i)) continue;
    ipm_start_elastic(s->at.c[i] - w->v[s->nx + i], s->mu, s->price[i], &w->p[i], &w->n[i]);
    w->zp[i] = s->mu / w->p[i];
    w->zn[i] = s->mu / w->n[i];
  }
  if (!ipm_evaluate(s, w, &s->at) || !sr_program_gradient(s->q, w->v, s->at.grad)) return false;
  if (has_multipliers)
    memcpy(w->y, from->lambda, (size_t)s->m * sizeof *w->y);
  else
    ipm_least_squares_multipliers(s);
  return true;
}

static void report(const ipm *s, const ipm_error *e)
{
  const sr_nlp_progress p = {.iteration = s->iteration,
                             .objective = s->at.f,
                             .violation = e->primal,
                             .dual = e->dual,
                             .mu = s->mu,
                             .perturbation = s->dw,
                             .step = s->alpha,
                             .factorisations = s->kkt->factorisations,
                             .is_restoration = s->is_restoration};
  if (s->o->progress != NULL) s->o->progress(s->o->who, &p);
  if (s->o->reporter != NULL) s->o->reporter->iteration(s->o->reporter->who, &p);
}

static void least_and_most(int n, const double *v, double *least, double *most)
{
  *least = n > 0 ? v[0] : 1.0;
  *most = *least;
  for (int i = 0; i < n; i++) {
    *least = fmin(*least, v[i]);
    *most = fmax(*most, v[i]);
  }
}

static void report_size(const ipm *s)
{
  if (s->o->reporter == NULL) return;
  const sr_nlp *p = s->q->p;
  const sr_ldl_size l = sr_condensed_size(s->kkt->condensed);
  sr_nlp_size size = {.unknowns = s->nx,
                      .rows = s->m,
                      .njac = p->njac,
                      .nhes = p->nhes,
                      .mesh_intervals = p->mesh_intervals,
                      .mesh_degree = p->mesh_degree,
                      .system_rows = s->nx + s->m,
                      .supernodes = l.supernodes,
                      .factor_entries = l.entries,
                      .factor_flops = l.flops,
                      .is_warm = s->o->is_warm};
  least_and_most(s->nx, s->q->x_scale, &size.x_scale_least, &size.x_scale_most);
  least_and_most(s->m, s->q->g_scale, &size.g_scale_least, &size.g_scale_most);
  s->o->reporter->begin(s->o->reporter->who, &size);
}

static bool must_stop(ipm *s)
{
  const sr_nlp_options *o = s->o;
  if (o->stop && *o->stop)
    s->outcome = IPM_ASKED_TO_STOP;
  else if (o->max_seconds > 0.0 && sr_nlp_clock() - s->start > o->max_seconds)
    s->outcome = IPM_OUT_OF_TIME;
  else if (s->iteration >= o->max_iterations)
    s->outcome = IPM_OUT_OF_ITERATIONS;
  else
    return false;
  return true;
}

// An unknown is where no bound can be: the cost has no least value.
static bool is_diverging(const ipm *s)
{
  for (int i = 0; i < s->nx; i++)
    if (fabs(s->now.v[i]) > SR_NLP_INF) return true;
  return false;
}

static bool is_converged(const ipm *s, const ipm_error *e, double factor)
{
  const double primal = s->is_restoration ? s->o->tol : 0.5 * s->o->constraint_tol;
  return e->all <= factor * s->o->tol && e->primal <= primal;
}

// Another barrier problem. The filter begins anew.
static void set_mu(ipm *s, double mu)
{
  s->mu = mu;
  s->tau = fmax(tau_least, 1.0 - mu);
  if (s->is_restoration) {
    s->zeta = sqrt(mu);
    ipm_evaluate(s, &s->now, &s->at);
  }
  ipm_barrier(s, &s->now, &s->at);
  ipm_filter_reset(s);
  s->short_steps = 0;
}

// The next barrier problem, as soon as this one is solved well enough; after a warm step that nothing cut short much
// less will do: where Newton's method works there is no need to wait.
static void lower_mu(ipm *s)
{
  const double least = fmin(s->o->tol, 1e-4) / 11.0;
  bool is_easy = s->o->is_warm && !s->is_restoration && s->iteration > 0 && s->alpha >= full_step;
  for (; s->mu > least; is_easy = false) {
    if (ipm_error_of(s, s->mu).all > (is_easy ? kappa_easy : kappa_epsilon) * s->mu) return;
    set_mu(s, fmax(least, fmin(kappa_mu * s->mu, pow(s->mu, theta_mu))));
  }
}

// Back to an earlier barrier problem, where bounds cut step after step short: the iterates creep along them, far from
// the answer, and a larger mu leads them back inside. Measured on walks after a cut: some took 500 iterations, with it
// 80 to 220.
static bool raise_mu(ipm *s)
{
  s->short_steps = s->iteration > 0 && s->alpha < short_step ? s->short_steps + 1 : 0;
  if (s->is_restoration || s->short_steps < SHORT_STEPS || s->raises == RAISES || s->mu >= mu_raised) return false;
  s->raises++;
  set_mu(s, fmin(mu_raised, mu_growth * s->mu));
  return true;
}

ipm_outcome ipm_run(ipm *s)
{
  if (!ipm_evaluate(s, &s->now, &s->at)) return IPM_GAVE_UP;
  s->theta_max = (s->o->is_warm && !s->is_restoration ? 10.0 : 1e4) * fmax(1.0, s->at.theta);
  s->theta_min = 1e-4 * fmax(1.0, s->at.theta);
  for (;; s->iteration++) {
    if (!s->is_restoration && !sr_program_gradient(s->q, s->now.v, s->at.grad)) return IPM_GAVE_UP;
    if (!ipm_kkt_derivatives(s)) return IPM_GAVE_UP;
    const ipm_error e = ipm_error_of(s, 0.0);
    report(s, &e);
    if (is_converged(s, &e, 1.0)) return IPM_SOLVED;
    if (must_stop(s)) return s->outcome;
    if (is_diverging(s)) return IPM_GAVE_UP;
    if (!raise_mu(s)) lower_mu(s);
    bool is_lost = !ipm_kkt_factor(s) || !ipm_newton(s, s->at.c, &s->step);
    if (!is_lost && s->o->is_warm && !s->is_restoration) ipm_centre(s);
    if (!is_lost && ipm_search(s) == IPM_STEP_TAKEN) {
      if (s->is_restoration && ipm_restoration_is_done(s)) return IPM_RESTORATION_DONE;
      continue;
    }
    if (is_converged(s, &e, 10.0)) return IPM_ACCEPTABLE;
    if (s->is_restoration) {
      if (ipm_recentre_elastic(s)) continue;
      return IPM_GAVE_UP;
    }
    switch (ipm_restore(s)) {
      case IPM_RESTORED:
        if (!ipm_evaluate(s, &s->now, &s->at) || !sr_program_gradient(s->q, s->now.v, s->at.grad)) return IPM_GAVE_UP;
        ipm_least_squares_multipliers(s);
        break;
      case IPM_STOPPED:
        return s->outcome;
      case IPM_INFEASIBLE:
        return IPM_LOCALLY_INFEASIBLE;
      default:
        return IPM_GAVE_UP;
    }
  }
}

static ipm *ipm_new(const sr_program *q, const sr_nlp_options *o, sr_arena *work)
{
  const int n = q->p->nvar, m = q->p->ncon;
  ipm *s = sr_alloc(work, ipm, 1);
  *s = (ipm){.q = q, .o = o, .work = work, .nx = n, .m = m, .nv = n + m, .mu = o->mu_start, .start = sr_nlp_clock()};
  s->before_straight = (double)INFINITY;
  s->vl = sr_alloc(work, double, s->nv);
  s->vu = sr_alloc(work, double, s->nv);
  s->is_fixed = sr_alloc(work, bool, s->nv);
  s->now = ipm_point_new(s->nv, m, work);
  s->trial = ipm_point_new(s->nv, m, work);
  s->step = ipm_point_new(s->nv, m, work);
  s->corrected = ipm_point_new(s->nv, m, work);
  s->at.grad = sr_alloc(work, double, n);
  s->at.c = sr_alloc(work, double, m);
  s->at_trial.c = sr_alloc(work, double, m);
  s->rx = sr_alloc(work, double, s->nv);
  s->pull = sr_alloc(work, double, n);
  s->ry = sr_alloc(work, double, m);
  s->aim_l = sr_alloc(work, double, s->nv);
  s->aim_u = sr_alloc(work, double, s->nv);
  s->price = sr_alloc(work, double, m);
  for (int i = 0; i < m; i++) s->price[i] = (double)INFINITY;
  set_bounds(s);
  s->kkt = ipm_kkt_new(s);
  return s;
}

static sr_nlp_status status_of(ipm_outcome outcome, bool is_feasible)
{
  switch (outcome) {
    case IPM_SOLVED:
    case IPM_ACCEPTABLE:
      return is_feasible ? SR_NLP_SOLVED : SR_NLP_FAILED;
    case IPM_OUT_OF_ITERATIONS:
      return SR_NLP_ITERATIONS;
    case IPM_OUT_OF_TIME:
      return SR_NLP_TIME;
    case IPM_ASKED_TO_STOP:
      return SR_NLP_INTERRUPTED;
    case IPM_LOCALLY_INFEASIBLE:
      return SR_NLP_INFEASIBLE;
    default:
      return SR_NLP_FAILED;
  }
}

sr_nlp_options sr_nlp_options_default(void)
{
  return (sr_nlp_options){
      .tol = 1e-4, .constraint_tol = 1e-6, .max_iterations = 1500, .mu_start = 0.1, .straight = 30.0};
}

const char *sr_nlp_solver_name(void)
{
  return "interior point";
}

sr_nlp_result sr_nlp_solve(const sr_nlp *p, const sr_nlp_options *o, double *x, double *lambda, double *zl, double *zu)
{
  if (o->solver) return o->solver(p, o, x, lambda, zl, zu);
  SR_ASSERT(o->is_warm || o->mu_start > 0.0);
  sr_arena *work = sr_arena_new();
  const sr_program q = sr_program_new(p, work);
  const sr_program_point given = {x, lambda, zl, zu};
  sr_program_point start = {sr_alloc(work, double, p->nvar), sr_alloc(work, double, p->ncon),
                            sr_alloc(work, double, p->nvar), sr_alloc(work, double, p->nvar)};
  sr_program_scale(&q, &given, &start);
  ipm *s = ipm_new(&q, o, work);
  report_size(s);
  const ipm_outcome outcome = set_start(s, &start) ? ipm_run(s) : IPM_GAVE_UP;
  const sr_program_point found = {s->now.v, s->now.y, s->now.zl, s->now.zu};
  sr_program_point answer = given;
  sr_program_unscale(&q, &found, &answer);
  sr_nlp_result r = {.iterations = s->iteration,
                     .factorisations = s->kkt->factorisations,
                     .solves = s->kkt->solves,
                     .seconds_factorising = s->kkt->seconds};
  sr_program_judge(&q, x, o->constraint_tol, &r, work);
  r.status = status_of(outcome, r.worst_constraint < 0);
  r.seconds = sr_nlp_clock() - s->start;
  r.part = *q.seconds;
  r.part.all = r.seconds;
  if (o->reporter != NULL) o->reporter->end(o->reporter->who, &r);
  sr_arena_free(work);
  return r;
}
