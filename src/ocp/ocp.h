// Optimal control by direct collocation, and its one-point case. Knows no biomechanics.
//
//   min   integral_0^1 L(x, u, p, d) dtau + M(x(0), x(1), p)
//   s.t.  dx/dt = f(x, u, p, d),  tau = t / T(p),  path_lo <= c(x, u, p, d) <= path_hi,
//         end_lo <= e(x(0), x(1), p) <= end_hi,  and bounds on x, u, p; d(tau) are known data.
// Radau IIA collocation with `degree` points per interval (Hairer & Wanner 1996, IV.5): states live at the start of
// the phase and at every collocation point (the last one ends the interval), controls at the collocation points.
#ifndef SR_OCP_OCP_H
#define SR_OCP_OCP_H
#include "expr/expr.h"
#include "nlp/nlp.h"

// A named quantity with bounds and a typical size (> 0) for scaling. For constraints, lo and hi bound the expression.
typedef struct sr_bound {
  const char *name;
  double lo, hi, scale;
} sr_bound;

typedef struct sr_ocp {
  int nx, nu, np;   // states, controls, parameters (np counts the duration if it is free)
  int nd;           // known data of a point, without bounds or derivatives
  sr_graph *point;  // inputs in this order: x (nx), u (nu), p (np), d (nd)
  sr_ex *xdot;      // (nx) dx/dt
  sr_ex duration;   // T [s], an expression of p or a constant, in `point`
  sr_ex running;    // L
  int npath;
  sr_ex *path;     // (npath)
  sr_graph *ends;  // inputs: x(0) (nx), x(1) (nx), p (np)
  sr_ex final;     // M, in `ends`
  int nend;
  sr_ex *end;           // (nend)
  sr_bound *x, *u, *p;  // bounds everywhere
  sr_bound *dynamics;   // (nx) only `name` and `scale` of the defect of each state are used
  sr_bound *path_bound, *end_bound;
} sr_ocp;

typedef struct sr_mesh {
  int nint;    // intervals
  int degree;  // collocation points per interval, 1 to 4
} sr_mesh;

// A solution on its mesh: nx-state rows at nint*degree+1 times, controls at the last nint*degree of them (row 0 of u
// repeats row 1).
typedef struct sr_traj {
  sr_mesh mesh;
  int npoint;   // nint * degree + 1
  int np;       // parameters
  double *tau;  // (npoint) 0..1
  double *x;    // (npoint * nx) row by row
  double *u;    // (npoint * nu)
  double *p;    // (np)
  // known data on this mesh, row by row as u (row 0 is not read); the caller gives them before a solve, and anew on
  // another mesh. NULL where nd = 0
  const double *d;  // (npoint * nd)
  // multipliers of the nonlinear program for a warm start on the same mesh: NULL until the first solve, which takes
  // their room from `keep`, the arena of the trajectory
  double *lambda, *zl, *zu;  // (ncon) (nvar) (nvar)
  int nvar, ncon, nrow;
  sr_arena *keep;
} sr_traj;

typedef struct sr_ocp_result {
  sr_nlp_result nlp;
  double running_cost, final_cost;
  char worst[160];  // the largest violated constraint in words: name, time in percent, size; "" if none
} sr_ocp_result;

sr_traj sr_traj_new(sr_mesh mesh, int nx, int nu, int np, sr_arena *keep);  // zero, with tau filled
// In another arena, with its multipliers and without known data.
sr_traj sr_traj_copy(const sr_traj *from, int nx, int nu, sr_arena *keep);
// Weights of the points of a mesh (npoint), tau from 0 to 1: sum_i w_i f(tau_i) is the integral of a polynomial of
// degree 2 degree - 2 in every interval. The start has none.
void sr_mesh_weights(sr_mesh mesh, double *weight);
// The guess on another mesh, by the interval polynomials of the old one (without known data).
sr_traj sr_traj_resample(const sr_traj *from, sr_mesh mesh, int nx, int nu, int np, sr_arena *keep);

// A transcribed problem: tapes and structure. Build once, solve often. The bounds of `o` are read at every solve, so
// they must live as long as the transcription and may change between solves. Multipliers are added to the graphs as
// further inputs.
typedef struct sr_transcription sr_transcription;
const sr_transcription *sr_ocp_transcribe(const sr_ocp *o, sr_mesh mesh, sr_arena *keep);
// The same with the derivatives of one made before, if that is of the same functions (else, or if NULL, with new ones);
// the one made before itself if mesh and bounds are its own. Expressions in the arrays of `o` must not be replaced by
// others in between; more may be added.
const sr_transcription *sr_ocp_transcribe_again(const sr_ocp *o, const sr_transcription *before, sr_mesh mesh,
                                                sr_arena *keep);
// `traj` holds the guess going in and the answer coming out, always with its multipliers. They are used again when
// options->is_warm and the last solve was of a problem of the same size; otherwise a warm start uses x alone.
sr_ocp_result sr_ocp_solve(const sr_transcription *t, const sr_nlp_options *options, sr_traj *traj, sr_arena *work);
// Sizes for reports: variables, constraints, Jacobian and Hessian entries.
void sr_ocp_size(const sr_transcription *t, int *nvar, int *ncon, int *njac, int *nhes);
// Largest collocation error of an interval, relative to the scale of each state, estimated by re-integrating each
// interval with the controls' own polynomial on a degree + 2 scheme: what the mesh leaves undone. Infinite where an
// interval cannot be integrated.
double sr_ocp_mesh_error(const sr_transcription *t, const sr_traj *traj, sr_arena *work);

// Which controls are not given when a solution is followed forward in time, and the path equalities (lo = hi = 0) that
// give them, as many: a system of index 1.
typedef struct sr_ocp_free {
  int n;
  const int *control, *path;
} sr_ocp_free;
// The states at the ends of the intervals, x ((nint + 1) * nx), integrated from the start of a solution with its given
// controls, `steps` steps of order 5 in each interval. Returns the number of intervals that could be integrated.
int sr_ocp_forward(const sr_transcription *t, const sr_traj *traj, const sr_ocp_free *free, int steps, double *x,
                   sr_arena *work);

// One point: min L(z) s.t. lo <= c(z) <= hi, z within bounds. The first `nz` inputs of the graph are the unknowns (all
// that it has before its first solve; each solve adds multipliers as further inputs).
typedef struct sr_point_problem {
  sr_graph *graph;
  int nz;
  sr_bound *z;  // (nz)
  sr_ex cost;
  int ncon;
  sr_ex *con;
  sr_bound *con_bound;
} sr_point_problem;
sr_ocp_result sr_point_solve(const sr_point_problem *q, const sr_nlp_options *options, double *z, sr_arena *work);
#endif
