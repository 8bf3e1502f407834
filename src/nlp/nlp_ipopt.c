// The nonlinear program of nlp.h given to IPOPT (Waechter & Biegler 2006, doi:10.1007/s10107-004-0559-y).
// One solve per process at a time: the linear solver MUMPS inside IPOPT keeps global state.
#include <coin/IpStdCInterface.h>
#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>

#include "nlp/program.h"

// What the functions called by IPOPT need.
typedef struct bridge {
  const sr_program *q;
  const sr_nlp_options *o;
  double start;  // clock at the start                  [s]
  int iterations;
  bool is_stopped, is_late;
} bridge;

// The five functions. Each answers FALSE where a value is not a finite number: IPOPT then shortens its step.
static Bool eval_f(Index n, Number *x, Bool new_x, Number *f, UserDataPtr user)
{
  (void)n, (void)new_x;
  return sr_program_objective(((bridge *)user)->q, x, f);
}

static Bool eval_grad(Index n, Number *x, Bool new_x, Number *grad, UserDataPtr user)
{
  (void)n, (void)new_x;
  return sr_program_gradient(((bridge *)user)->q, x, grad);
}

static Bool eval_g(Index n, Number *x, Bool new_x, Index m, Number *g, UserDataPtr user)
{
  (void)n, (void)new_x, (void)m;
  return sr_program_constraints(((bridge *)user)->q, x, g);
}

static Bool structure(Index nele, Index *row, Index *col, const int *from_row, const int *from_col)
{
  for (int e = 0; e < nele; e++) row[e] = from_row[e], col[e] = from_col[e];
  return TRUE;
}

static Bool eval_jac(Index n, Number *x, Bool new_x, Index m, Index nele, Index *row, Index *col, Number *value,
                     UserDataPtr user)
{
  const sr_program *q = ((bridge *)user)->q;
  (void)n, (void)new_x, (void)m;
  if (!value) return structure(nele, row, col, q->p->jac_row, q->p->jac_col);
  return sr_program_jacobian(q, x, value);
}

static Bool eval_h(Index n, Number *x, Bool new_x, Number sigma, Index m, Number *lambda, Bool new_lambda, Index nele,
                   Index *row, Index *col, Number *value, UserDataPtr user)
{
  const sr_program *q = ((bridge *)user)->q;
  (void)n, (void)new_x, (void)m, (void)new_lambda;
  if (!value) return structure(nele, row, col, q->p->hes_row, q->p->hes_col);
  return sr_program_hessian(q, x, sigma, lambda, value);
}

// Once per iteration: tells the caller how far it is, and answers FALSE to stop.
static Bool each_iteration(Index mode, Index iteration, Number objective, Number inf_pr, Number inf_du, Number mu,
                           Number d_norm, Number regularization, Number alpha_du, Number alpha_pr, Index trials,
                           UserDataPtr user)
{
  bridge *b = user;
  const sr_nlp_options *o = b->o;
  (void)d_norm, (void)alpha_du, (void)trials;
  b->iterations = iteration;
  if (o->progress)
    o->progress(o->who, &(sr_nlp_progress){.iteration = iteration,
                                           .objective = objective,
                                           .violation = inf_pr,
                                           .dual = inf_du,
                                           .mu = mu,
                                           .perturbation = regularization,
                                           .step = alpha_pr,
                                           .is_restoration = mode != 0});
  b->is_stopped = o->stop && *o->stop;
  b->is_late = o->max_seconds > 0.0 && sr_nlp_clock() - b->start > o->max_seconds;
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
// mumps_pivot_order: SCOTCH; AMD, QAMD and AMF are 3 to 15 times slower on transcriptions, PORD twice, and where MUMPS
// has no METIS it takes SCOTCH by itself. bound_relax_factor: a hundredth of the tolerance, times max(1, |bound|), is
// what IPOPT widens bounds by inside; we measure against the bounds themselves, so that it is asked for half of the
// tolerance. acceptable_*: a point ten times less optimal, but feasible, is taken where the line search can go no
// further. option_file_name: no file of the working folder may change a run.
static void set_options(IpoptProblem ip, const sr_nlp_options *o, bool has_multipliers)
{
  set_text(ip, "option_file_name", "");
  set_text(ip, "sb", "yes");
  set_count(ip, "print_level", 0);
  set_text(ip, "linear_solver", "mumps");
  set_count(ip, "mumps_pivot_order", 3);
  set_text(ip, "hessian_approximation", "exact");
  set_text(ip, "nlp_scaling_method", "none");
  set_text(ip, "mu_strategy", "monotone");
  // what it was given before ours chose its own; a start near the answer wants little
  set_number(ip, "mu_init", o->mu_start > 0.0 ? o->mu_start : 1e-2);
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

static IpoptProblem create(const sr_program *q, sr_arena *work)
{
  const sr_nlp *p = q->p;
  double *xl = sr_alloc(work, double, p->nvar), *xu = sr_alloc(work, double, p->nvar);
  double *gl = sr_alloc(work, double, p->ncon), *gu = sr_alloc(work, double, p->ncon);
  sr_program_bounds(q, xl, xu, gl, gu);  // infinite ones are beyond what IPOPT takes for no bound
  IpoptProblem ip = CreateIpoptProblem(p->nvar, xl, xu, p->ncon, gl, gu, p->njac, p->nhes, 0, eval_f, eval_g, eval_grad,
                                       eval_jac, eval_h);
  SR_ASSERT(ip != NULL);
  SetIntermediateCallback(ip, each_iteration);
  return ip;
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

static bool any_nonzero(const double *v, int n)
{
  for (int i = 0; v && i < n; i++)
    if (v[i] != 0.0) return true;
  return false;
}

sr_nlp_result sr_nlp_solve_ipopt(const sr_nlp *p, const sr_nlp_options *o, double *x, double *lambda, double *zl,
                                 double *zu)
{
  sr_arena *work = sr_arena_new();
  const sr_program q = sr_program_new(p, work);
  bridge b = {.q = &q, .o = o, .start = sr_nlp_clock()};
  make_libraries_repeatable();

  const sr_program_point given = {x, lambda, zl, zu};
  sr_program_point s = {sr_alloc(work, double, p->nvar), sr_alloc(work, double, p->ncon),
                        sr_alloc(work, double, p->nvar), sr_alloc(work, double, p->nvar)};
  sr_program_scale(&q, &given, &s);
  IpoptProblem ip = create(&q, work);
  set_options(ip, o, any_nonzero(zl, p->nvar) || any_nonzero(zu, p->nvar) || any_nonzero(lambda, p->ncon));
  const enum ApplicationReturnStatus code = IpoptSolve(ip, s.x, NULL, NULL, s.lambda, s.zl, s.zu, &b);
  FreeIpoptProblem(ip);
  sr_program_point answer = given;
  sr_program_unscale(&q, &s, &answer);

  sr_nlp_result r = {.iterations = b.iterations};
  sr_program_judge(&q, x, o->constraint_tol, &r, work);
  r.status = outcome(code, &b, r.worst_constraint < 0);
  r.seconds = sr_nlp_clock() - b.start;
  sr_arena_free(work);
  return r;
}
