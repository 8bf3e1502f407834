// A nonlinear program as a solver sees it: unknowns x / x_scale, constraints g / g_scale. For the files of this folder
// only.
#ifndef SR_NLP_PROGRAM_H
#define SR_NLP_PROGRAM_H
#include "math/condensed.h"
#include "nlp/nlp.h"

typedef struct sr_program {
  const sr_nlp *p;
  const double *x_scale, *g_scale;  // (nvar) (ncon); ones where the program gives none
  double *x, *lambda;               // scratch: unscaled
  sr_nlp_seconds *seconds;          // of its functions so far, and of the linear system
} sr_program;
sr_program sr_program_new(const sr_nlp *p, sr_arena *work);

// The five functions in scaled unknowns; false where a value is not a finite number.
bool sr_program_objective(const sr_program *q, const double *x, double *f);
bool sr_program_gradient(const sr_program *q, const double *x, double *grad);
bool sr_program_constraints(const sr_program *q, const double *x, double *g);
bool sr_program_jacobian(const sr_program *q, const double *x, double *value);
bool sr_program_hessian(const sr_program *q, const double *x, double sigma, const double *lambda, double *value);

// Bounds in scaled unknowns; +-INFINITY where there is none: xl, xu (nvar), gl, gu (ncon).
void sr_program_bounds(const sr_program *q, double *xl, double *xu, double *gl, double *gu);

// Start and answer as the caller has them, and scaled: x / x_scale, lambda g_scale, z x_scale. NULL is left alone.
typedef struct sr_program_point {
  double *x, *lambda, *zl, *zu;
} sr_program_point;
void sr_program_scale(const sr_program *q, const sr_program_point *from, sr_program_point *to);
void sr_program_unscale(const sr_program *q, const sr_program_point *from, sr_program_point *to);

// Measures an answer anew: objective, the largest unscaled violation, and the constraint with the largest scaled one if
// that exceeds constraint_tol.
void sr_program_judge(const sr_program *q, const double *x, double constraint_tol, sr_nlp_result *r, sr_arena *work);
// What leaves the linear system of unknowns and rows before it is factorised: inequalities of few unknowns, alone
// (their slack gives them a diagonal entry), then the equations that give an unknown, with it. part (ncon); gives their
// number.
int sr_program_parts(const sr_nlp *p, sr_part *part, sr_arena *work);
double sr_nlp_clock(void);  // monotonic [s]
#endif
