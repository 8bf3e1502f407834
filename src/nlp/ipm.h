// Inside of the interior-point method. For the files of this folder only; the equations stand in docs/theory/nlp.md.
//
//   min f(x)   s.t.  g(x) - s = 0,   vl <= v <= vu,   v = (x, s)
// with one slack s_i per constraint; that of an equation is fixed. A row with a price may be violated:
//   f(x) + sum price_i (p_i + n_i),   g_i(x) - s_i - p_i + n_i = 0,   p, n >= 0.
// In restoration every row has a price, and f is replaced by the distance to where it began.
#ifndef SR_NLP_IPM_H
#define SR_NLP_IPM_H
#include <math.h>

#include "math/condensed.h"
#include "nlp/program.h"

// A primal and dual point, or a step between two.
typedef struct ipm_point {
  double *v, *y, *zl, *zu;  // unknowns and slacks, multipliers of rows, of bounds of v     (nv) (m) (nv) (nv)
  double *p, *n, *zp, *zn;  // elastic parts of rows with a price, and their multipliers  (m) each
} ipm_point;

// fmax for hot loops, where it would be a call; neither may be NaN.
static inline double ipm_larger(double a, double b)
{
  return a > b ? a : b;
}

// The functions at a point.
typedef struct ipm_values {
  double f, theta, phi;  // cost, sum of |residual of rows|, barrier function
  double *grad;          // of f                       (nx)
  double *c;             // g(x) - s (- p + n)         (m)
} ipm_values;

// The symmetric system of a Newton step and its factorisation.
//   (W + Sigma + dw   J'         ) (dx)   (rx)
//   (J                -D - dc    ) (dy) = (ry)
typedef struct ipm_kkt {
  const sr_program *q;
  int nx, m, nnz;
  int *row, *col;
  double *value;             // W, J, the two diagonals                    (nnz)
  double *hes, *jac, *diag;  // where they begin in value
  sr_arena *keep;
  sr_condensed *condensed, *whole;    // the system without what is eliminated ahead; all of it, made when it is needed
  bool is_whole, is_lost;             // `whole` is in use; and so it stays
  bool *is_paired;                    // (m) eliminated ahead with the unknown that it gives
  double threshold;                   // of the pivots
  double *rhs, *x, *residual, *best;  // (nx + m) scratch of the refinement
  double *zero;                       // (m)
  int factorisations, solves;         // so far
  double seconds;                     // of the factorisations
} ipm_kkt;

typedef enum ipm_outcome {
  IPM_SOLVED,
  IPM_ACCEPTABLE,
  IPM_OUT_OF_ITERATIONS,
  IPM_OUT_OF_TIME,
  IPM_ASKED_TO_STOP,
  IPM_LOCALLY_INFEASIBLE,
  IPM_RESTORATION_DONE,
  IPM_GAVE_UP
} ipm_outcome;

typedef struct ipm_filter {
  int n, room;
  double *theta, *phi;
} ipm_filter;

typedef struct ipm {
  const sr_program *q;
  const sr_nlp_options *o;
  sr_arena *work;
  int nx, m, nv;
  double *vl, *vu;  // bounds of v, widened a little; equal where v is fixed
  bool *is_fixed;   // (nv)
  double *price;    // (m) of a violation; infinite: the row must hold
  bool is_restoration;
  double zeta;                     // weight of the distance to where it began
  double *anchor, *anchor_weight;  // (nv)
  ipm_point now, trial, step, corrected;
  ipm_values at, at_trial;
  ipm_kkt *kkt;
  ipm_filter filter;
  double mu, tau;
  double alpha;             // of the last step
  int short_steps, raises;  // the last steps that were short, at this mu; how often mu was raised
  double theta_max, theta_min;
  double dw_last, dw, dc;  // perturbations of the Hessian and of the zero block
  bool is_curved;          // constraints have been found to curve too much to be taken for straight
  double before_straight;  // violation before the last step, if that took them for straight; else infinite
  double dw_needed;        // dw, 0 where it is the proximal term alone
  double *rx, *ry;         // (nv) (m) residuals of the Newton system
  double *pull;            // (nx) gradient of f + y' g at `now`
  double *aim_l, *aim_u;   // (nv) what a step aims at for the product of a distance to a bound and its multiplier
  int iteration;
  double start;  // clock [s]
  ipm_outcome outcome;
  struct ipm *parent;  // in restoration: the solve that asked for it
} ipm;

ipm_point ipm_point_new(int nv, int m, sr_arena *work);
static inline bool ipm_is_elastic(const ipm *s, int row)
{
  return s->price[row] < (double)INFINITY;
}
// p and n on the central path of their problem for a residual c = p - n.
void ipm_start_elastic(double c, double mu, double price, double *p, double *n);
void ipm_point_copy(const ipm *s, const ipm_point *from, ipm_point *to);

// Values at a point; false where one is not finite.
bool ipm_evaluate(const ipm *s, const ipm_point *at, ipm_values *out);
void ipm_barrier(const ipm *s, const ipm_point *at, ipm_values *out);  // phi from f and mu
// Largest scaled optimality error at s->now for a barrier parameter; parts may be NULL.
typedef struct ipm_error {
  double dual, primal, complementarity, all;
} ipm_error;
ipm_error ipm_error_of(ipm *s, double mu);
double ipm_violation(const ipm *s);  // largest |residual of a row|
void ipm_least_squares_multipliers(ipm *s);

ipm_kkt *ipm_kkt_new(const ipm *s);  // of a solve whose bounds are known
// W and J at s->now.
bool ipm_kkt_derivatives(ipm *s);
// Factorises with perturbations that give the right inertia; false if none does.
bool ipm_kkt_factor(ipm *s);
// Newton step of s->now towards the barrier problem with row residuals c (m); ipm_newton_to: towards products aim_l
// and aim_u instead of mu.
bool ipm_newton(ipm *s, const double *c, ipm_point *step);
bool ipm_newton_to(ipm *s, const double *c, ipm_point *step);
// Corrects s->step where bounds cut it short, if that makes it longer.
void ipm_centre(ipm *s);
// The system with right-hand side (rx, ry), refined: false if it cannot be solved to a useful accuracy.
bool ipm_kkt_solve(ipm_kkt *k, double *rx, double *ry);

typedef enum ipm_search_result { IPM_STEP_TAKEN, IPM_NO_STEP } ipm_search_result;
// The largest step, primal and dual, that stays inside the bounds.
double ipm_primal_step(const ipm *s, const ipm_point *step);
double ipm_dual_step(const ipm *s, const ipm_point *step);
// Filter line search along s->step; takes the step.
ipm_search_result ipm_search(ipm *s);
void ipm_filter_reset(ipm *s);
bool ipm_filter_accepts(const ipm_filter *f, double theta, double phi);
void ipm_filter_add(ipm *s, double theta, double phi);

// Moves s->now to a point that the filter accepts, by making the constraints' violation least.
typedef enum ipm_restored { IPM_RESTORED, IPM_INFEASIBLE, IPM_LOST, IPM_STOPPED } ipm_restored;
ipm_restored ipm_restore(ipm *s);
bool ipm_restoration_is_done(const ipm *e);
// Where no step helps restoration itself: elastic parts that fulfil every row at s->now; false if they do already.
bool ipm_recentre_elastic(ipm *e);

// Runs to convergence or to a reason to stop; the restoration, too.
ipm_outcome ipm_run(ipm *s);
#endif
