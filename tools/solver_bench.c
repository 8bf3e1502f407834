// Our solver beside IPOPT with MUMPS on walks, as CSV: what tools/bench.py tabulates. Both get the same functions, the
// same scaled unknowns, start, mesh and tolerances; where IPOPT is not installed its rows are missing.
//   solver_bench settings         what both solvers were built with
//   solver_bench walks [N]        N persons and speeds, half cycle, 50 intervals of degree 3: cold, with the
//                                 gastrocnemius cut from the healthy walk, and IPOPT begun from our answer
//   solver_bench basins [N]       N persons and guesses on the mesh of the product: which local minima each finds
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cut_body.h"
#include "math/front.h"
#include "task/gait_problem.h"

enum { PERSONS = 4, SPEEDS = 3, SEEDS = 5, ITERATIONS = 600 };  // iterations: as sr_movement_solve allows
static const sr_mesh fine = {50, 3};

static const struct {
  const char *name;
  sr_person is;
} person[PERSONS] = {
    {"woman 25 yr 170 cm 62 kg", {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.70, .mass_kg = 62.0}},
    {"woman 65 yr 158 cm 70 kg", {.sex = SR_FEMALE, .age_yr = 65.0, .height_m = 1.58, .mass_kg = 70.0}},
    {"man 30 yr 183 cm 80 kg", {.sex = SR_MALE, .age_yr = 30.0, .height_m = 1.83, .mass_kg = 80.0}},
    {"man 70 yr 168 cm 75 kg", {.sex = SR_MALE, .age_yr = 70.0, .height_m = 1.68, .mass_kg = 75.0}}};
static const double speeds[SPEEDS] = {1.33, 1.0, 1.6};  // [m/s]

#ifdef SR_HAS_IPOPT
enum { SOLVERS = 2 };
static sr_nlp_solver *const theirs = sr_nlp_solve_ipopt;
#else
enum { SOLVERS = 1 };
static sr_nlp_solver *const theirs = NULL;
#endif
static const char *const solver_name[] = {"ours", "ipopt"};

// CPU time of the process, user and system [s].
static double cpu(void)
{
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// A program whose functions are timed, and the solver that is to be timed with it.
typedef struct meter {
  const sr_nlp *p;
  sr_nlp_solver *solver;
  double functions, all;  // [s]
} meter;

static double objective(void *self, const double *x)
{
  meter *m = self;
  const double start = cpu(), f = m->p->objective(m->p->self, x);
  m->functions += cpu() - start;
  return f;
}

static void gradient(void *self, const double *x, double *grad)
{
  meter *m = self;
  const double start = cpu();
  m->p->gradient(m->p->self, x, grad);
  m->functions += cpu() - start;
}

static void constraints(void *self, const double *x, double *g)
{
  meter *m = self;
  const double start = cpu();
  m->p->constraints(m->p->self, x, g);
  m->functions += cpu() - start;
}

static void jacobian(void *self, const double *x, double *value)
{
  meter *m = self;
  const double start = cpu();
  m->p->jacobian(m->p->self, x, value);
  m->functions += cpu() - start;
}

static void hessian(void *self, const double *x, double sigma, const double *lambda, double *value)
{
  meter *m = self;
  const double start = cpu();
  m->p->hessian(m->p->self, x, sigma, lambda, value);
  m->functions += cpu() - start;
}

// The solver behind options->solver: options->who is the meter.
static sr_nlp_result metered(const sr_nlp *p, const sr_nlp_options *o, double *x, double *lambda, double *zl,
                             double *zu)
{
  meter *m = o->who;
  m->p = p;
  m->functions = 0.0;
  sr_nlp timed = *p;
  timed.self = m;
  timed.objective = objective;
  timed.gradient = gradient;
  timed.constraints = constraints;
  timed.jacobian = jacobian;
  timed.hessian = hessian;
  sr_nlp_options inner = *o;
  inner.solver = m->solver;
  inner.who = NULL;
  const double start = cpu();
  const sr_nlp_result r = sr_nlp_solve(&timed, &inner, x, lambda, zl, zu);
  m->all = cpu() - start;
  return r;
}

static bool fail(const sr_error *err)
{
  fprintf(stderr, "solver_bench: %s\n", err->text);
  return false;
}

// The person, healthy or with the nerves to both heads of the gastrocnemius cut on both sides.
static bool body(const sr_person *who, bool is_cut, sr_model *m)
{
  static const sr_cut cut[] = {{.node = "nerve_to_gasmed", .fraction = 1.0, .side = SR_BOTH},
                               {.node = "nerve_to_gaslat", .fraction = 1.0, .side = SR_BOTH}};
  sr_error err = {0};
  return sr_cut_body(who, cut, is_cut ? 2 : 0, m, &err) || fail(&err);
}

// One walk of one body.
typedef struct problem {
  int who;
  double speed;
  sr_gait gait;
  const sr_movement *p;
  const sr_transcription *t;
} problem;

static problem problem_of(int who, double speed, double habit, const sr_model *m, const sr_weights *w, sr_mesh mesh,
                          sr_arena *keep)
{
  problem q = {.who = who, .speed = speed, .gait = {.speed = speed, .habit = habit}};
  q.p = sr_gait_problem_new(m, w, &q.gait, keep);
  q.t = sr_ocp_transcribe(&q.p->ocp, mesh, keep);
  return q;
}

static sr_nlp_options options(double tol, bool is_warm, double mu_start)
{
  sr_nlp_options o = sr_nlp_options_default();
  o.tol = tol;
  o.constraint_tol = fmin(o.constraint_tol, tol);
  o.is_warm = is_warm;
  o.mu_start = mu_start;
  o.max_iterations = ITERATIONS;
  return o;
}

// Largest difference of two movements in states and parameters, over the typical size of each.
static double apart(const problem *q, const sr_traj *a, const sr_traj *b)
{
  const sr_ocp *o = &q->p->ocp;
  double most = 0.0;
  for (int i = 0; i < a->npoint * o->nx; i++) most = fmax(most, fabs(a->x[i] - b->x[i]) / o->x[i % o->nx].scale);
  for (int i = 0; i < o->np; i++) most = fmax(most, fabs(a->p[i] - b->p[i]) / o->p[i].scale);
  return most;
}

static void head(void)
{
  printf(
      "person,speed_m_s,seed,case,solver,status,iterations,factorisations,solves,cpu_s,functions_s,objective,apart\n");
}

// The activations of a walk at its points, as the known data of one with a habit.
static const double *habit_of(const problem *q, const sr_traj *t, sr_arena *keep)
{
  const sr_layout *l = &q->p->layout;
  double *d = sr_alloc(keep, double, t->npoint * l->nm);
  for (int i = 0; i < t->npoint; i++) memcpy(d + i * l->nm, t->x + i * l->nx + l->act, (size_t)l->nm * sizeof *d);
  return d;
}

// One solve from `from`, which stays as it is, into *t; prints its row.
static sr_nlp_result run(const problem *q, int seed, const char *what, sr_nlp_solver *solver, sr_nlp_options o,
                         const sr_traj *from, sr_traj *t, sr_arena *keep)
{
  meter m = {.solver = solver};
  o.solver = metered;
  o.who = &m;
  *t = sr_traj_resample(from, from->mesh, q->p->ocp.nx, q->p->ocp.nu, q->p->ocp.np, keep);
  if (q->gait.habit > 0.0) t->d = habit_of(q, from, keep);
  const sr_nlp_result r = sr_ocp_solve(q->t, &o, t, keep).nlp;
  printf("%s,%g,%d,%s,%s,%s,%d,%d,%d,%.4f,%.4f,%.10g,%.3g\n", person[q->who].name, q->speed, seed, what,
         solver_name[solver != NULL], sr_nlp_status_text(r.status), r.iterations, r.factorisations, r.solves, m.all,
         m.functions, r.objective, apart(q, from, t));
  fflush(stdout);
  return r;
}

// The product's own way to the walk on a mesh: cold starts on a coarse one first.
static void run_product(const problem *q, int seed, sr_mesh mesh, const sr_model *m, const sr_weights *w,
                        sr_arena *keep)
{
  char text[64];
  sr_task task;
  sr_error err = {0};
  snprintf(text, sizeof text, "walk:speed_m_s=%g", q->speed);
  if (!sr_task_parse(text, &task, &err)) {
    fail(&err);
    return;
  }
  sr_task_result r;
  sr_solution found;
  const sr_task_run how = {.model = m, .weights = w, .mesh = mesh, .seed = seed, .without_proof = true};
  const double start = cpu();
  sr_task_solve(&task, &how, keep, &r, &found);
  const double all = cpu() - start;
  printf("%s,%g,%d,product,ours,%s,%d,0,0,%.4f,0,%.10g,0\n", person[q->who].name, q->speed, seed,
         sr_task_status_text(r.status), r.iterations, all, r.objective);
  fflush(stdout);
}

// cold     both from the analytic guess
// product  the whole task, with transcription and mesh error
// cut      both from our healthy walk, with its multipliers; habit: the same while the muscles left are used to it
// precise  our walk solved on to 1e-8; stay: IPOPT from there, to 1e-8 as well
static bool walk(int who, double speed, const sr_weights *w, sr_arena *keep)
{
  sr_model *m = sr_alloc(keep, sr_model, 1), *hurt = sr_alloc(keep, sr_model, 1);
  if (!body(&person[who].is, false, m) || !body(&person[who].is, true, hurt)) return false;
  const problem healthy = problem_of(who, speed, 0.0, m, w, fine, keep);
  const problem cut = problem_of(who, speed, 0.0, hurt, w, fine, keep);
  const problem used = problem_of(who, speed, w->walk.habit, hurt, w, fine, keep);
  const sr_traj guess = sr_gait_guess(healthy.p, &healthy.gait, fine, 0, keep);
  sr_nlp_solver *const solver[] = {NULL, theirs};
  sr_traj found[2] = {0}, other;
  bool is_found = false;
  for (int i = 0; i < SOLVERS; i++) {
    const sr_nlp_result r = run(&healthy, 0, "cold", solver[i], options(1e-4, false, 0.1), &guess, &found[i], keep);
    is_found = is_found || (i == 0 && r.status == SR_NLP_SOLVED);
  }
  run_product(&healthy, 0, fine, m, w, keep);
  if (!is_found) return true;
  for (int i = 0; i < SOLVERS; i++) {
    run(&cut, 0, "cut", solver[i], options(1e-4, true, 0.0), &found[0], &other, keep);
    run(&used, 0, "habit", solver[i], options(1e-4, true, 0.0), &found[0], &other, keep);
  }
  sr_traj precise;
  if (run(&healthy, 0, "precise", NULL, options(1e-8, true, 1e-6), &found[0], &precise, keep).status == SR_NLP_SOLVED &&
      theirs)
    run(&healthy, 0, "stay", theirs, options(1e-8, true, 1e-9), &precise, &other, keep);
  return true;
}

static bool walks(int n, const sr_weights *w)
{
  bool is_good = true;
  head();
  for (int i = 0; i < n && is_good; i++) {
    sr_arena *keep = sr_arena_new();
    is_good = walk(i % PERSONS, speeds[i / PERSONS], w, keep);
    sr_arena_free(keep);
  }
  return is_good;
}

static bool basins(int n, const sr_weights *w)
{
  bool is_good = true;
  head();
  for (int i = 0; i < n && is_good; i++) {
    sr_arena *keep = sr_arena_new();
    sr_model *m = sr_alloc(keep, sr_model, 1);
    const int who = i % PERSONS, seed = i / PERSONS;
    const sr_mesh usual = {w->walk.intervals, w->walk.degree};
    is_good = body(&person[who].is, false, m);
    if (is_good) {
      const problem q = problem_of(who, speeds[0], 0.0, m, w, usual, keep);
      const sr_traj guess = sr_gait_guess(q.p, &q.gait, usual, seed, keep);
      sr_traj found;
      run(&q, seed, "basin", NULL, options(1e-4, false, 0.1), &guess, &found, keep);
      if (theirs) run(&q, seed, "basin", theirs, options(1e-4, false, 0.1), &guess, &found, keep);
      run_product(&q, seed, usual, m, w, keep);
    }
    sr_arena_free(keep);
  }
  return is_good;
}

// kernel: ours; ipopt: yes or no; blas: the kernels of OpenBLAS, if that is the BLAS.
static bool settings(void)
{
  const char *(*core)(void) = NULL;
  void *program = dlopen(NULL, RTLD_LAZY);
  if (program) *(void **)&core = dlsym(program, "openblas_get_corename");
  printf("kernel,ipopt,blas\n%s,%s,%s\n", sr_isa_name(sr_isa_best()), theirs ? "yes" : "no",
         core ? core() : "not OpenBLAS");
  if (program) dlclose(program);
  return true;
}

int main(int argc, char **argv)
{
  sr_weights w;
  sr_error err = {0};
  const char *mode = argc > 1 ? argv[1] : "";
  const int n = argc > 2 ? atoi(argv[2]) : 0;
  if (!sr_weights_load(&w, &err)) return fail(&err) ? 0 : 3;
  if (strcmp(mode, "settings") == 0) return settings() ? 0 : 1;
  if (strcmp(mode, "walks") == 0) return walks(n > 0 ? n : PERSONS * SPEEDS, &w) ? 0 : 1;
  if (strcmp(mode, "basins") == 0) return basins(n > 0 ? n : PERSONS * SEEDS, &w) ? 0 : 1;
  fprintf(stderr, "usage: solver_bench settings | walks [N] | basins [N]\n");
  return 2;
}
