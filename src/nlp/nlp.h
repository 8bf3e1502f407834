// Sparse nonlinear program:  min f(x)  subject to  gl <= g(x) <= gu,  xl <= x <= xu.
// The solver is an interior-point method of our own; solves share nothing, so that several may run at once.
#ifndef SR_NLP_NLP_H
#define SR_NLP_NLP_H
#include <signal.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

#define SR_NLP_INF 1e19  // a bound at or beyond +-SR_NLP_INF is no bound

// The program; x has nvar, g has ncon entries. `self` is handed back to the functions (the one place where the
// type of the problem behind the interface is not known here).
typedef struct sr_nlp {
  int nvar, ncon, njac, nhes;
  const double *xl, *xu, *gl, *gu;
  const double *x_scale, *g_scale;  // solver works on x / x_scale and g / g_scale; NULL = 1
  const int *jac_row, *jac_col;     // (njac) structure of dg/dx, 0-based
  const int *hes_row, *hes_col;     // (nhes) lower triangle of the Hessian of the Lagrangian
  // (nvar) the equation that gives an unknown once all others are known, linear in it with a coefficient that is not
  // small: both leave the linear system before it is factorised; -1: none; NULL: none at all. No equation gives two.
  const int *given_by;
  int mesh_intervals, mesh_degree;  // of a problem on a mesh, for reports alone; else 0
  void *self;
  double (*objective)(void *self, const double *x);
  void (*gradient)(void *self, const double *x, double *grad);
  void (*constraints)(void *self, const double *x, double *g);
  void (*jacobian)(void *self, const double *x, double *value);
  void (*hessian)(void *self, const double *x, double sigma, const double *lambda, double *value);
} sr_nlp;

#define SR_NLP_STATUSES(ROW)                                            \
  ROW(SR_NLP_SOLVED, "solved")                                          \
  ROW(SR_NLP_INFEASIBLE, "converged to a point of local infeasibility") \
  ROW(SR_NLP_ITERATIONS, "iteration limit reached")                     \
  ROW(SR_NLP_TIME, "time limit reached")                                \
  ROW(SR_NLP_INTERRUPTED, "interrupted")                                \
  ROW(SR_NLP_FAILED, "the solver gave up")
#define SR_NLP_ENUM(name, text) name,
typedef enum sr_nlp_status { SR_NLP_STATUSES(SR_NLP_ENUM) } sr_nlp_status;
#undef SR_NLP_ENUM
const char *sr_nlp_status_text(sr_nlp_status s);

typedef struct sr_nlp_progress {
  int iteration;
  double objective, violation, dual;  // cost; largest scaled violation and optimality error
  double mu;                          // barrier parameter
  double perturbation, step;          // of the Hessian, and the share of the last step that was taken
  int factorisations;                 // so far
  bool is_restoration;                // the constraints alone are looked after for now
} sr_nlp_progress;

// Where the time of a solve went [s]; the rest of `all` is the line search and what holds it together.
typedef struct sr_nlp_seconds {
  double all;
  double derivatives, functions;           // gradient, Jacobian, Hessian; cost and constraints
  double ordering, factorising, refining;  // of the linear system; refining: its solves
} sr_nlp_seconds;

// A problem and its linear system, as a solve begins.
typedef struct sr_nlp_size {
  int unknowns, rows, njac, nhes;  // entries of J and of the lower triangle of H
  int mesh_intervals, mesh_degree;
  int system_rows, supernodes;
  double factor_entries, factor_flops;  // of L, and multiplications of a factorisation, without delayed pivots
  double x_scale_least, x_scale_most, g_scale_least, g_scale_most;
  bool is_warm;
} sr_nlp_size;

struct sr_nlp_options;
typedef struct sr_nlp_result {
  sr_nlp_status status;
  int iterations;
  int factorisations, solves;  // of the linear system
  double objective;
  double violation;      // largest unscaled violation of a constraint or bound at x
  int worst_constraint;  // the one with the largest scaled violation, -1 if none exceeds the tolerance
  double seconds, seconds_factorising;
  sr_nlp_seconds part;
} sr_nlp_result;

// Who wants to know all of a solve (ours alone).
typedef struct sr_nlp_reporter {
  void *who;
  void (*begin)(void *who, const sr_nlp_size *s);
  void (*iteration)(void *who, const sr_nlp_progress *p);
  void (*end)(void *who, const sr_nlp_result *r);
} sr_nlp_reporter;

// x (nvar): start in, answer out (kept whatever the status). lambda (ncon), zl, zu (nvar): multipliers out, and in
// when is_warm (all zero counts as not given); each may be NULL. Convention: grad f + J' lambda - zl + zu = 0, but for
// fixed unknowns (xl = xu), whose zl and zu are zero.
typedef sr_nlp_result sr_nlp_solver(const sr_nlp *p, const struct sr_nlp_options *o, double *x, double *lambda,
                                    double *zl, double *zu);

typedef struct sr_nlp_options {
  double tol;                         // scaled optimality error                          1e-4
  double constraint_tol;              // largest scaled constraint violation              1e-6
  int max_iterations;                 //                                                  1500
  double max_seconds;                 // 0 = no limit
  double mu_start;                    // first barrier parameter; 0: by how good a warm start is  0.1
  double straight;                    // scaled violation above which a cold start takes rows for straight lines: the
                                      // less the quicker, and the likelier into a poor local minimum       30
  bool is_warm;                       // x (and, where given, the multipliers) are near the answer
  const volatile sig_atomic_t *stop;  // nonzero asks to stop; may be NULL
  void (*progress)(void *who, const sr_nlp_progress *p);  // may be NULL
  void *who;
  const sr_nlp_reporter *reporter;  // may be NULL
  sr_nlp_solver *solver;            // NULL: ours; another one behind this interface for a cross-check
} sr_nlp_options;
sr_nlp_options sr_nlp_options_default(void);

sr_nlp_solver sr_nlp_solve;
// IPOPT with MUMPS (tests and benchmarks, where it is installed). One solve per process at a time: MUMPS keeps global
// state.
sr_nlp_solver sr_nlp_solve_ipopt;
const char *sr_nlp_solver_name(void);  // for the run log
#endif
