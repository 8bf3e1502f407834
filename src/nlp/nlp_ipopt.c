// The nonlinear program of nlp.h given to IPOPT (Waechter & Biegler 2006, doi:10.1007/s10107-004-0559-y).
// One solve per process at a time: the linear solver MUMPS inside IPOPT keeps global state.
#include <coin/IpStdCInterface.h>
#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "nlp/nlp.h"

// What the functions called by IPOPT need. IPOPT sees x / x_scale and g / g_scale, the problem sees x and g.
typedef struct bridge {
  const sr_nlp *p;
  const sr_nlp_options *o;
  double *x_scale, *g_scale;  // ones where the problem gives none   (nvar) (ncon)
  double *x, *lambda;         // unscaled, for the problem           (nvar) (ncon)
  double start;               // clock at the start                  [s]
  int iterations;
  bool is_stopped, is_late;
} bridge;

const char *sr_nlp_status_text(sr_nlp_status s)
{
#define TEXT(name, text) text,
  static const char *const text[] = {SR_NLP_STATUSES(TEXT)};
#undef TEXT
  SR_ASSERT((size_t)s < sizeof text / sizeof *text);
  return text[s];
}

sr_nlp_options sr_nlp_options_default(void)
{
  return (sr_nlp_options){.tol = 1e-4, .constraint_tol = 1e-6, .max_iterations = 1500, .mu_start = 0.1};
}

const char *sr_nlp_solver_name(void)
{
  return "IPOPT with MUMPS";
}

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// y_i = x_i s_i
static void multiply(int n, const double *x, const double *s, double *y)
{
  for (int i = 0; i < n; i++) y[i] = x[i] * s[i];
}

// y_i = x_i / s_i; an absent bound stays absent
static void divide(int n, const double *x, const double *s, double *y)
{
  for (int i = 0; i < n; i++) y[i] = fabs(x[i]) >= SR_NLP_INF ? copysign(2.0 * SR_NLP_INF, x[i]) : x[i] / s[i];
}

static Bool all_finite(int n, const double *v)
{
  for (int i = 0; i < n; i++)
    if (!isfinite(v[i])) return FALSE;
  return TRUE;
}

// The five functions of the problem in scaled unknowns. Each answers FALSE where a value is not a finite number:
// IPOPT then shortens its step.
static Bool eval_f(Index n, Number *x, Bool new_x, Number *f, UserDataPtr user)
{
  bridge *b = user;
  (void)new_x;
  multiply(n, x, b->x_scale, b->x);
  *f = b->p->objective(b->p->self, b->x);
  return all_finite(1, f);
}

static Bool eval_grad(Index n, Number *x, Bool new_x, Number *grad, UserDataPtr user)
{
  bridge *b = user;
  (void)new_x;
  multiply(n, x, b->x_scale, b->x);
  b->p->gradient(b->p->self, b->x, grad);
  multiply(n, grad, b->x_scale, grad);
  return all_finite(n, grad);
}

static Bool eval_g(Index n, Number *x, Bool new_x, Index m, Number *g, UserDataPtr user)
{
  bridge *b = user;
  (void)new_x;
  multiply(n, x, b->x_scale, b->x);
  b->p->constraints(b->p->self, b->x, g);
  for (int i = 0; i < m; i++) g[i] /= b->g_scale[i];
  return all_finite(m, g);
}

static Bool eval_jac(Index n, Number *x, Bool new_x, Index m, Index nele, Index *row, Index *col, Number *value,
                     UserDataPtr user)
{
  bridge *b = user;
  const sr_nlp *p = b->p;
  (void)new_x, (void)m;
  if (!value) {
    for (int e = 0; e < nele; e++) row[e] = p->jac_row[e], col[e] = p->jac_col[e];
    return TRUE;
  }
  multiply(n, x, b->x_scale, b->x);
  p->jacobian(p->self, b->x, value);
  for (int e = 0; e < nele; e++) value[e] *= b->x_scale[p->jac_col[e]] / b->g_scale[p->jac_row[e]];
  return all_finite(nele, value);
}

// The multipliers of g are those of g / g_scale divided by g_scale.
static Bool eval_h(Index n, Number *x, Bool new_x, Number sigma, Index m, Number *lambda, Bool new_lambda, Index nele,
                   Index *row, Index *col, Number *value, UserDataPtr user)
{
  bridge *b = user;
  const sr_nlp *p = b->p;
  (void)new_x, (void)new_lambda;
  if (!value) {
    for (int e = 0; e < nele; e++) row[e] = p->hes_row[e], col[e] = p->hes_col[e];
    return TRUE;
  }
  multiply(n, x, b->x_scale, b->x);
  for (int i = 0; i < m; i++) b->lambda[i] = lambda[i] / b->g_scale[i];
  p->hessian(p->self, b->x, sigma, b->lambda, value);
  for (int e = 0; e < nele; e++) value[e] *= b->x_scale[p->hes_row[e]] * b->x_scale[p->hes_col[e]];
  return all_finite(nele, value);
}

// Once per iteration: tells the caller how far it is, and answers FALSE to stop.
static Bool each_iteration(Index mode, Index iteration, Number objective, Number inf_pr, Number inf_du, Number mu,
                           Number d_norm, Number regularization, Number alpha_du, Number alpha_pr, Index trials,
                           UserDataPtr user)
{
  bridge *b = user;
  const sr_nlp_options *o = b->o;
  (void)mode, (void)mu, (void)d_norm, (void)regularization, (void)alpha_du, (void)alpha_pr, (void)trials;
  b->iterations = iteration;
  if (o->progress)
    o->progress(o->who, &(sr_nlp_progress){
                            .iteration = iteration, .objective = objective, .violation = inf_pr, .dual = inf_du});
  b->is_stopped = o->stop && *o->stop;
  b->is_late = o->max_seconds > 0.0 && now() - b->start > o->max_seconds;
  return !b->is_stopped && !b->is_late;
}

// The options of IPOPT take char * but are not written to.
static void set_text(IpoptProblem ip, const char *name, const char *value)
{
  SR_ASSERT(AddIpoptStrOption(ip, (char *)name, (char *)value));
}

static void set_number(IpoptProblem ip, const char *name, double value)
{
  SR_ASSERT(AddIpoptNumOption(ip, (char *)name, value));
}

static void set_count(IpoptProblem ip, const char *name, int value)
{
  SR_ASSERT(AddIpoptIntOption(ip, (char *)name, value));
}

// A warm start keeps a start within 1e-6 (scaled) of a bound where it is; IPOPT would push it off by 1e-2. Without
// given multipliers those of the bounds start at mu / distance.
static void set_warm(IpoptProblem ip, bool has_multipliers)
{
  static const char *const with[] = {"warm_start_bound_push", "warm_start_bound_frac", "warm_start_slack_bound_push",
                                     "warm_start_slack_bound_frac", "warm_start_mult_bound_push"};
  static const char *const without[] = {"bound_push", "bound_frac", "slack_bound_push", "slack_bound_frac"};
  if (has_multipliers) {
    set_text(ip, "warm_start_init_point", "yes");
    for (size_t i = 0; i < sizeof with / sizeof *with; i++) set_number(ip, with[i], 1e-6);
  } else {
    set_text(ip, "bound_mult_init_method", "mu-based");
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) set_number(ip, without[i], 1e-6);
  }
}

// perturb_dec_fact and first_hessian_perturbation: fewest iterations over several speeds of a muscle-driven gait.
// bound_relax_factor: a hundredth of the tolerance, times max(1, |bound|), is what IPOPT widens bounds by inside; we
// measure against the bounds themselves, so that it is asked for half of the tolerance.
// acceptable_*: a point ten times less optimal, but feasible, is taken where the line search can go no further.
// option_file_name: no file of the working folder may change a run.
static void set_options(IpoptProblem ip, const sr_nlp_options *o, bool has_multipliers)
{
  set_text(ip, "option_file_name", "");
  set_text(ip, "sb", "yes");
  set_count(ip, "print_level", 0);
  set_text(ip, "linear_solver", "mumps");
  set_text(ip, "hessian_approximation", "exact");
  set_text(ip, "nlp_scaling_method", "none");
  set_text(ip, "mu_strategy", "monotone");
  set_number(ip, "mu_init", o->mu_start);
  set_number(ip, "perturb_dec_fact", 0.1);
  set_number(ip, "first_hessian_perturbation", 1e-2);
  set_number(ip, "tol", o->tol);
  set_number(ip, "constr_viol_tol", 0.5 * o->constraint_tol);
  set_number(ip, "bound_relax_factor", 0.01 * o->constraint_tol);
  set_count(ip, "acceptable_iter", 0);
  set_number(ip, "acceptable_tol", 10.0 * o->tol);
  set_number(ip, "acceptable_constr_viol_tol", 0.5 * o->constraint_tol);
  set_count(ip, "max_iter", o->max_iterations);
  if (o->max_seconds > 0.0) set_number(ip, "max_cpu_time", o->max_seconds);
  if (o->is_warm) set_warm(ip, has_multipliers);
}

static IpoptProblem create(const bridge *b, sr_arena *work)
{
  const sr_nlp *p = b->p;
  double *xl = sr_alloc(work, double, p->nvar), *xu = sr_alloc(work, double, p->nvar);
  double *gl = sr_alloc(work, double, p->ncon), *gu = sr_alloc(work, double, p->ncon);
  divide(p->nvar, p->xl, b->x_scale, xl);
  divide(p->nvar, p->xu, b->x_scale, xu);
  divide(p->ncon, p->gl, b->g_scale, gl);
  divide(p->ncon, p->gu, b->g_scale, gu);
  IpoptProblem ip = CreateIpoptProblem(p->nvar, xl, xu, p->ncon, gl, gu, p->njac, p->nhes, 0, eval_f, eval_g, eval_grad,
                                       eval_jac, eval_h);
  SR_ASSERT(ip != NULL);
  SetIntermediateCallback(ip, each_iteration);
  return ip;
}

// max(lo - v, v - hi, 0); not a number counts as infinite
static double violation(double v, double lo, double hi)
{
  return isnan(v) ? HUGE_VAL : fmax(fmax(lo - v, v - hi), 0.0);
}

// Measures the answer anew: the largest unscaled violation, and the constraint with the largest scaled one.
static void judge(bridge *b, const double *x, sr_nlp_result *r, sr_arena *work)
{
  const sr_nlp *p = b->p;
  double *g = sr_alloc(work, double, p->ncon), worst = b->o->constraint_tol;
  r->objective = p->objective(p->self, x);
  p->constraints(p->self, x, g);
  for (int i = 0; i < p->nvar; i++) r->violation = fmax(r->violation, violation(x[i], p->xl[i], p->xu[i]));
  for (int i = 0; i < p->ncon; i++) {
    const double v = violation(g[i], p->gl[i], p->gu[i]);
    r->violation = fmax(r->violation, v);
    if (v / b->g_scale[i] > worst) worst = v / b->g_scale[i], r->worst_constraint = i;
  }
}

// The outcome in our words. Codes for success count only if the constraints really hold.
static sr_nlp_status outcome(enum ApplicationReturnStatus code, const bridge *b, bool is_feasible)
{
  switch (code) {
    case Solve_Succeeded:
    case Solved_To_Acceptable_Level:
    case Feasible_Point_Found:
      return is_feasible ? SR_NLP_SOLVED : SR_NLP_FAILED;
    case Infeasible_Problem_Detected:
      return SR_NLP_INFEASIBLE;
    case Maximum_Iterations_Exceeded:
      return SR_NLP_ITERATIONS;
    case Maximum_CpuTime_Exceeded:
      return SR_NLP_TIME;
    case User_Requested_Stop:
      return b->is_stopped ? SR_NLP_INTERRUPTED : SR_NLP_TIME;
    default:
      return SR_NLP_FAILED;
  }
}

// More than one thread inside the BLAS makes the small fronts of these problems slower, and the bits depend on it.
// Scotch, which orders the matrix for MUMPS, orders it otherwise each time it has several threads (its version 7 takes
// them by itself), and goes on with its random numbers where the last solve left them: they start anew for each solve.
// The functions are there only where these libraries are in use.
static void make_libraries_repeatable(void)
{
  void (*set_threads)(int) = NULL, (*reset_random)(void) = NULL;
  setenv("SCOTCH_PTHREAD_NUMBER", "1", 1);
  void *program = dlopen(NULL, RTLD_LAZY);
  if (!program) return;
  *(void **)&set_threads = dlsym(program, "openblas_set_num_threads");
  if (set_threads) set_threads(1);
  *(void **)&reset_random = dlsym(program, "SCOTCH_randomReset");
  if (reset_random) reset_random();
  dlclose(program);
}

static double *ones_or(const double *scale, int n, sr_arena *work)
{
  double *s = sr_alloc(work, double, n);
  for (int i = 0; i < n; i++) s[i] = scale ? scale[i] : 1.0;
  return s;
}

static bool any_nonzero(const double *v, int n)
{
  for (int i = 0; v && i < n; i++)
    if (v[i] != 0.0) return true;
  return false;
}

// The unknowns and multipliers as IPOPT sees them: x / x_scale, lambda g_scale, z x_scale.
typedef struct scaled {
  double *x, *lambda, *zl, *zu;
} scaled;

static scaled scaled_start(const bridge *b, const double *x, const double *lambda, const double *zl, const double *zu,
                           sr_arena *work)
{
  const int n = b->p->nvar, m = b->p->ncon;
  scaled s = {.x = sr_alloc(work, double, n),
              .lambda = sr_alloc(work, double, m),
              .zl = sr_alloc(work, double, n),
              .zu = sr_alloc(work, double, n)};
  for (int i = 0; i < n; i++) s.x[i] = x[i] / b->x_scale[i];
  if (lambda) multiply(m, lambda, b->g_scale, s.lambda);
  if (zl) multiply(n, zl, b->x_scale, s.zl);
  if (zu) multiply(n, zu, b->x_scale, s.zu);
  return s;
}

static void unscale(const bridge *b, const scaled *s, double *x, double *lambda, double *zl, double *zu)
{
  const int n = b->p->nvar, m = b->p->ncon;
  multiply(n, s->x, b->x_scale, x);
  // the product of scale and quotient may leave a bound by one rounding
  for (int i = 0; i < n; i++) x[i] = fmin(fmax(x[i], b->p->xl[i]), b->p->xu[i]);
  for (int i = 0; lambda && i < m; i++) lambda[i] = s->lambda[i] / b->g_scale[i];
  for (int i = 0; zl && i < n; i++) zl[i] = s->zl[i] / b->x_scale[i];
  for (int i = 0; zu && i < n; i++) zu[i] = s->zu[i] / b->x_scale[i];
}

sr_nlp_result sr_nlp_solve(const sr_nlp *p, const sr_nlp_options *o, double *x, double *lambda, double *zl, double *zu)
{
  sr_arena *work = sr_arena_new();
  bridge b = {.p = p, .o = o, .start = now()};
  b.x_scale = ones_or(p->x_scale, p->nvar, work);
  b.g_scale = ones_or(p->g_scale, p->ncon, work);
  b.x = sr_alloc(work, double, p->nvar);
  b.lambda = sr_alloc(work, double, p->ncon);
  make_libraries_repeatable();

  scaled s = scaled_start(&b, x, lambda, zl, zu, work);
  IpoptProblem ip = create(&b, work);
  set_options(ip, o, any_nonzero(zl, p->nvar) || any_nonzero(zu, p->nvar) || any_nonzero(lambda, p->ncon));
  const enum ApplicationReturnStatus code = IpoptSolve(ip, s.x, NULL, NULL, s.lambda, s.zl, s.zu, &b);
  FreeIpoptProblem(ip);
  unscale(&b, &s, x, lambda, zl, zu);

  sr_nlp_result r = {.iterations = b.iterations, .worst_constraint = -1};
  judge(&b, x, &r, work);
  r.status = outcome(code, &b, r.worst_constraint < 0);
  r.seconds = now() - b.start;
  sr_arena_free(work);
  return r;
}
