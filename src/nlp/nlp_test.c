#include "nlp/nlp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test.h"

// Hock & Schittkowski 1981, problem 71:  min x1 x4 (x1 + x2 + x3) + x3,  x1 x2 x3 x4 >= 25,  sum x^2 = 40, 1 <= x <= 5.
// Answer: f = 17.0140173, x = (1, 4.7429994, 3.8211503, 1.3794082).
static double hs71_objective(void *self, const double *x)
{
  (void)self;
  return x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2];
}

static void hs71_gradient(void *self, const double *x, double *grad)
{
  (void)self;
  grad[0] = x[3] * (2.0 * x[0] + x[1] + x[2]);
  grad[1] = x[0] * x[3];
  grad[2] = x[0] * x[3] + 1.0;
  grad[3] = x[0] * (x[0] + x[1] + x[2]);
}

static void hs71_constraints(void *self, const double *x, double *g)
{
  (void)self;
  g[0] = x[0] * x[1] * x[2] * x[3];
  g[1] = x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3];
}

static void hs71_jacobian(void *self, const double *x, double *value)
{
  (void)self;
  for (int i = 0; i < 4; i++) {
    value[i] = 1.0;
    for (int j = 0; j < 4; j++)
      if (j != i) value[i] *= x[j];
    value[4 + i] = 2.0 * x[i];
  }
}

static const int hs71_hes_row[] = {0, 1, 1, 2, 2, 2, 3, 3, 3, 3}, hs71_hes_col[] = {0, 0, 1, 0, 1, 2, 0, 1, 2, 3};

static void hs71_hessian(void *self, const double *x, double sigma, const double *lambda, double *value)
{
  (void)self;
  const double cost[] = {2.0 * x[3], x[3], 0.0, x[3], 0.0, 0.0, 2.0 * x[0] + x[1] + x[2], x[0], x[0], 0.0};
  for (int e = 0; e < 10; e++) {
    const int r = hs71_hes_row[e], c = hs71_hes_col[e];
    double rest = 1.0;  // product of the two other unknowns
    for (int k = 0; k < 4; k++)
      if (k != r && k != c) rest *= x[k];
    value[e] = sigma * cost[e] + (r == c ? 2.0 * lambda[1] : lambda[0] * rest);
  }
}

static sr_nlp hs71(void)
{
  static const double xl[] = {1, 1, 1, 1}, xu[] = {5, 5, 5, 5}, gl[] = {25, 40}, gu[] = {SR_NLP_INF, 40};
  static const int row[] = {0, 0, 0, 0, 1, 1, 1, 1}, col[] = {0, 1, 2, 3, 0, 1, 2, 3};
  return (sr_nlp){.nvar = 4,
                  .ncon = 2,
                  .njac = 8,
                  .nhes = 10,
                  .xl = xl,
                  .xu = xu,
                  .gl = gl,
                  .gu = gu,
                  .jac_row = row,
                  .jac_col = col,
                  .hes_row = hs71_hes_row,
                  .hes_col = hs71_hes_col,
                  .objective = hs71_objective,
                  .gradient = hs71_gradient,
                  .constraints = hs71_constraints,
                  .jacobian = hs71_jacobian,
                  .hessian = hs71_hessian};
}

typedef struct start {
  double x[4], lambda[2], zl[4], zu[4];
} start;

static sr_nlp_result run(const sr_nlp *p, const sr_nlp_options *o, start *s)
{
  return sr_nlp_solve(p, o, s->x, s->lambda, s->zl, s->zu);
}

static const start hs71_start = {.x = {1, 5, 5, 1}};

static sr_nlp_options precise(void)
{
  sr_nlp_options o = sr_nlp_options_default();
  o.tol = o.constraint_tol = 1e-9;
  return o;
}

// printed answers have eight digits
TEST(nlp_hs71_has_the_printed_answer)
{
  const double answer[] = {1.0, 4.7429994, 3.8211503, 1.3794082};
  const sr_nlp p = hs71();
  const sr_nlp_options o = precise();
  start s = hs71_start;
  const sr_nlp_result r = run(&p, &o, &s);
  CHECK(r.status == SR_NLP_SOLVED);
  CHECK(r.worst_constraint == -1);
  CHECK(r.violation < 1e-7);
  NEAR(r.objective, 17.0140173, 1e-6);
  for (int i = 0; i < 4; i++) NEAR(s.x[i], answer[i], 1e-6);
}

// the multipliers belong to the unscaled problem: grad f + J' lambda - zl + zu = 0 with and without scales
TEST(nlp_scales_change_neither_answer_nor_multipliers)
{
  static const double x_scale[] = {0.1, 10.0, 3.0, 1.0}, g_scale[] = {25.0, 4.0};
  sr_nlp p = hs71();
  const sr_nlp_options o = precise();
  start plain = hs71_start, scaled = hs71_start;
  run(&p, &o, &plain);
  p.x_scale = x_scale;
  p.g_scale = g_scale;
  CHECK(run(&p, &o, &scaled).status == SR_NLP_SOLVED);
  double grad[4], jac[8];
  hs71_gradient(NULL, scaled.x, grad);
  hs71_jacobian(NULL, scaled.x, jac);
  for (int i = 0; i < 4; i++) {
    NEAR(scaled.x[i], plain.x[i], 1e-7);
    NEAR(grad[i] + jac[i] * scaled.lambda[0] + jac[4 + i] * scaled.lambda[1] - scaled.zl[i] + scaled.zu[i], 0.0, 1e-6);
  }
  for (int i = 0; i < 2; i++) NEAR(scaled.lambda[i], plain.lambda[i], 1e-6);
}

TEST(nlp_warm_start_needs_fewer_iterations)
{
  const sr_nlp p = hs71();
  sr_nlp_options o = precise();
  start s = hs71_start;
  const int cold = run(&p, &o, &s).iterations;
  o.is_warm = true;
  o.mu_start = 1e-8;
  start x_only = {.x = {0}};
  memcpy(x_only.x, s.x, sizeof s.x);
  const sr_nlp_result warm = run(&p, &o, &s), warm_x = run(&p, &o, &x_only);
  CHECK(warm.status == SR_NLP_SOLVED && warm_x.status == SR_NLP_SOLVED);
  CHECK(warm.iterations <= 3 && warm.iterations < cold);
  CHECK(warm_x.iterations < cold);
}

// Another problem near the first: the first barrier parameter follows from how far its rows are from fulfilled.
TEST(nlp_warm_start_of_a_changed_problem)
{
  static const double gl[] = {24.5, 41};
  static double gu[2];
  sr_nlp p = hs71();
  sr_nlp_options o = precise();
  start s = hs71_start, other = hs71_start;
  run(&p, &o, &s);
  memcpy(gu, p.gu, sizeof gu);
  gu[1] = 41;
  p.gl = gl;
  p.gu = gu;
  const sr_nlp_result cold = run(&p, &o, &other);
  o.is_warm = true;
  o.mu_start = 0.0;
  const sr_nlp_result warm = run(&p, &o, &s);
  CHECK(cold.status == SR_NLP_SOLVED && warm.status == SR_NLP_SOLVED);
  CHECK(warm.iterations < cold.iterations);
  NEAR(warm.objective, cold.objective, 1e-6);
}

// sum of squares = 40 and product >= 1000: the product is at most (40/4)^2 = 100
TEST(nlp_infeasible_problem_is_called_so)
{
  static const double gl[] = {1000, 40};
  sr_nlp p = hs71();
  p.gl = gl;
  const sr_nlp_options o = sr_nlp_options_default();
  start s = hs71_start;
  const sr_nlp_result r = run(&p, &o, &s);
  CHECK(r.status == SR_NLP_INFEASIBLE);
  CHECK(r.worst_constraint == 0);
  CHECK(r.violation > 100.0);
}

static void count_calls(void *who, const sr_nlp_progress *progress)
{
  int *calls = who;
  CHECK(progress->iteration == *calls);
  ++*calls;
}

TEST(nlp_progress_stop_and_limits)
{
  const sr_nlp p = hs71();
  sr_nlp_options o = precise();
  int calls = 0;
  o.progress = count_calls;
  o.who = &calls;
  start s = hs71_start;
  CHECK(run(&p, &o, &s).iterations == calls - 1);

  o.progress = NULL;
  o.max_iterations = 2;
  s = hs71_start;
  CHECK(run(&p, &o, &s).status == SR_NLP_ITERATIONS);

  const volatile sig_atomic_t stop = 1;
  o.stop = &stop;
  s = hs71_start;
  CHECK(run(&p, &o, &s).status == SR_NLP_INTERRUPTED);

  o.stop = NULL;
  o.max_iterations = 100;
  o.max_seconds = 1e-9;
  s = hs71_start;
  CHECK(run(&p, &o, &s).status == SR_NLP_TIME);
}

// log of a negative number: the step is shortened instead of the solve being given up.
//   min x - log x, x free; from x = 20 the Newton step leads far below zero.  Answer: x = 1.
static double log_objective(void *self, const double *x)
{
  (void)self;
  return x[0] - log(x[0]);
}

static void log_gradient(void *self, const double *x, double *grad)
{
  (void)self;
  grad[0] = 1.0 - 1.0 / x[0];
}

static void log_hessian(void *self, const double *x, double sigma, const double *lambda, double *value)
{
  (void)self;
  (void)lambda;
  value[0] = sigma / (x[0] * x[0]);
}

static void no_constraints(void *self, const double *x, double *g)
{
  (void)self;
  (void)x;
  (void)g;
}

TEST(nlp_not_a_number_shortens_the_step)
{
  static const double lo = -SR_NLP_INF, hi = SR_NLP_INF;
  static const int zero = 0;
  const sr_nlp p = {.nvar = 1,
                    .nhes = 1,
                    .xl = &lo,
                    .xu = &hi,
                    .hes_row = &zero,
                    .hes_col = &zero,
                    .objective = log_objective,
                    .gradient = log_gradient,
                    .constraints = no_constraints,
                    .jacobian = no_constraints,
                    .hessian = log_hessian};
  const sr_nlp_options o = precise();
  double x = 20.0;
  CHECK(sr_nlp_solve(&p, &o, &x, NULL, NULL, NULL).status == SR_NLP_SOLVED);
  NEAR(x, 1.0, 1e-7);
}

#ifdef SR_HAS_IPOPT
TEST(nlp_answers_agree_with_ipopt)
{
  const sr_nlp p = hs71();
  sr_nlp_options o = precise();
  start ours = hs71_start, theirs = hs71_start;
  CHECK(run(&p, &o, &ours).status == SR_NLP_SOLVED);
  o.solver = sr_nlp_solve_ipopt;
  CHECK(run(&p, &o, &theirs).status == SR_NLP_SOLVED);
  for (int i = 0; i < 4; i++) NEAR(ours.x[i], theirs.x[i], 1e-7);
  for (int i = 0; i < 2; i++) NEAR(ours.lambda[i], theirs.lambda[i], 1e-6);
}

// an options file of IPOPT in the working folder must not change a run
TEST(nlp_ipopt_ignores_files_of_the_working_folder)
{
  char home[4096], folder[] = "/tmp/nlp_test_XXXXXX";
  CHECK(getcwd(home, sizeof home) != NULL && mkdtemp(folder) != NULL && chdir(folder) == 0);
  FILE *f = fopen("ipopt.opt", "w");
  CHECK(f != NULL);
  if (f) {
    fputs("max_iter 1\n", f);
    fclose(f);
  }
  const sr_nlp p = hs71();
  sr_nlp_options o = precise();
  o.solver = sr_nlp_solve_ipopt;
  start s = hs71_start;
  CHECK(run(&p, &o, &s).status == SR_NLP_SOLVED);
  CHECK(remove("ipopt.opt") == 0 && chdir(home) == 0 && rmdir(folder) == 0);
}
#endif

TEST(nlp_every_status_has_a_text)
{
  for (int s = SR_NLP_SOLVED; s <= SR_NLP_FAILED; s++) CHECK(strlen(sr_nlp_status_text((sr_nlp_status)s)) > 0);
}
