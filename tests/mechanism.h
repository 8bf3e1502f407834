// Mechanisms that move by themselves, the integrators that move them, and two quantities that motions keep. For tests.
#ifndef SR_MECHANISM_H
#define SR_MECHANISM_H
#include "body/body.h"

enum { SR_MECHANISM_MAX = 16 };

// r(q, qd, qdd) = 0, linear in the accelerations: inverse dynamics without drive, or the residual of a model.
typedef struct sr_mechanism {
  int n;                    // coordinates
  const sr_tape *tape;      // inputs q, qd, qdd (n each), outputs r (n)
  double *work, *in, *out;  // scratch of the tape; a batch of n + 1 points
} sr_mechanism;

// The first 3n inputs of the graph are q, qd, qdd, and it has no others.
sr_mechanism sr_mechanism_new(const sr_graph *g, const sr_ex *r, int n, sr_arena *keep);
// The skeleton without any force but gravity: r are the generalised forces that a motion needs.
sr_mechanism sr_mechanism_of_skeleton(const sr_skeleton *s, sr_arena *keep);
// r (n) of in = (q, qd, qdd).
void sr_mechanism_residual(const sr_mechanism *m, const double *in, double *r);
// r = M qdd + h at the state x = (q, qd): M (n*n) row by row, h (n).
void sr_mechanism_linear(const sr_mechanism *m, const double *x, double *M, double *h);
// qdd (n) under the generalised forces tau (n; NULL: none).
void sr_mechanism_accelerate(const sr_mechanism *m, const double *x, const double *tau, double *qdd);

// Steps of one length. Explicit Euler; classical Runge-Kutta; Dormand & Prince 1980, the fifth-order solution.
typedef enum sr_stepper { SR_EULER, SR_RUNGE_KUTTA_4, SR_DORMAND_PRINCE_5 } sr_stepper;
void sr_mechanism_steps(const sr_mechanism *m, sr_stepper kind, int nstep, double h, double *x);
// Dormand & Prince with steps whose estimated error stays below tol (1 + |x_i|) in every x_i; NAN where that fails.
void sr_mechanism_flow(const sr_mechanism *m, double duration, double tol, double *x);
// The same until `event` (one output, same inputs, no qdd) passes from below zero to zero or above: the time that took,
// or NAN where `longest` passes first.
double sr_mechanism_until(const sr_mechanism *m, const sr_tape *event, double longest, double tol, double *x);

// A x = b by elimination with pivots; A (n*n) is lost, b becomes x (NAN where A is singular).
void sr_solve_linear(int n, double *A, double *b);

// A chain of n equal rods (mass 1 kg, length 1 m, centre of mass in the middle) hanging from ground by pins about z,
// under 9.81 m/s2.
sr_skeleton sr_rods(int n);
// The coordinate itself as motion of an axis.
sr_axis sr_axis_turn(int coord, double x, double y, double z);
sr_axis sr_axis_slide(int coord, double x, double y, double z);
// Of the whole skeleton [J].
sr_ex sr_kinetic_energy(const sr_skeleton *s, sr_graph *g, const sr_body_motion *m);
sr_ex sr_potential_energy(const sr_skeleton *s, sr_graph *g, const sr_body_motion *m);
#endif
