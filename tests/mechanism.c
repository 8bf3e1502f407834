#include "mechanism.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

enum { MAX = SR_MECHANISM_MAX };

sr_mechanism sr_mechanism_new(const sr_graph *g, const sr_ex *r, int n, sr_arena *keep)
{
  SR_ASSERT(n <= MAX && sr_graph_inputs(g) == 3 * n);
  sr_mechanism m = {.n = n, .tape = sr_tape_new(g, r, n, keep)};
  m.work = sr_alloc(keep, double, sr_tape_work(m.tape));
  m.in = sr_alloc(keep, double, 3 * n * (n + 1));
  m.out = sr_alloc(keep, double, n *(n + 1));
  return m;
}

sr_mechanism sr_mechanism_of_skeleton(const sr_skeleton *s, sr_arena *keep)
{
  sr_graph *g = sr_graph_new(keep);
  const int n = s->ncoord;
  SR_ASSERT(n <= MAX);
  sr_ex in[3 * MAX], tau[MAX];
  for (int j = 0; j < 3 * n; j++) in[j] = sr_input(g);
  sr_body_motion motion[SR_MAX_BODY];
  sr_wrench none[SR_MAX_BODY];
  const double zero[3] = {0.0, 0.0, 0.0};
  for (int i = 0; i < s->nbody; i++) none[i] = (sr_wrench){sr_xvec_const(g, zero), sr_xvec_const(g, zero)};
  sr_body_motions(s, g, in, in + n, in + 2 * n, motion);
  sr_body_inverse_dynamics(s, g, in, motion, none, tau);
  return sr_mechanism_new(g, tau, n, keep);
}

void sr_mechanism_residual(const sr_mechanism *m, const double *in, double *r)
{
  sr_tape_eval1(m->tape, in, r, m->work);
}

// h = r(q, qd, 0); column j of M = r(q, qd, e_j) - h. One batch: point 0 at rest, point j + 1 with qdd = e_j.
void sr_mechanism_linear(const sr_mechanism *m, const double *x, double *M, double *h)
{
  const int n = m->n, npoint = n + 1;
  for (int i = 0; i < 3 * n; i++)
    for (int p = 0; p < npoint; p++) m->in[i * npoint + p] = i < 2 * n ? x[i] : (i - 2 * n == p - 1 ? 1.0 : 0.0);
  sr_tape_eval(m->tape, npoint, npoint, m->in, m->out, m->work);
  for (int i = 0; i < n; i++) {
    h[i] = m->out[i * npoint];
    for (int j = 0; j < n; j++) M[i * n + j] = m->out[i * npoint + j + 1] - h[i];
  }
}

void sr_mechanism_accelerate(const sr_mechanism *m, const double *x, const double *tau, double *qdd)
{
  double M[MAX * MAX], h[MAX];
  sr_mechanism_linear(m, x, M, h);
  for (int i = 0; i < m->n; i++) qdd[i] = (tau ? tau[i] : 0.0) - h[i];
  sr_solve_linear(m->n, M, qdd);
}

static void swap(double *a, double *b)
{
  const double c = *a;
  *a = *b;
  *b = c;
}

void sr_solve_linear(int n, double *A, double *b)
{
  for (int k = 0; k < n; k++) {
    int p = k;
    for (int i = k + 1; i < n; i++)
      if (fabs(A[i * n + k]) > fabs(A[p * n + k])) p = i;
    for (int j = 0; j < n; j++) swap(&A[k * n + j], &A[p * n + j]);
    swap(&b[k], &b[p]);
    for (int i = k + 1; i < n; i++) {
      const double f = A[i * n + k] / A[k * n + k];
      for (int j = k; j < n; j++) A[i * n + j] -= f * A[k * n + j];
      b[i] -= f * b[k];
    }
  }
  for (int k = n - 1; k >= 0; k--) {
    for (int j = k + 1; j < n; j++) b[k] -= A[k * n + j] * b[j];
    b[k] /= A[k * n + k];
  }
}

// An explicit Runge-Kutta scheme: stage i at x + h sum_j a_ij k_j, answer x + h sum_i b_i k_i, error h sum_i e_i k_i.
enum { STAGES = 7 };
typedef struct scheme {
  int nstage;
  double a[STAGES][STAGES - 1], b[STAGES], e[STAGES];
} scheme;

// Coefficients: Hairer, Norsett & Wanner 1993, tables II.1.2 and II.5.2; e = b - (the fourth-order weights).
// clang-format off
static const scheme schemes[] = {
  [SR_EULER] = {.nstage = 1, .b = {1.0}},
  [SR_RUNGE_KUTTA_4] = {
    .nstage = 4,
    .a = {{0.0}, {0.5}, {0.0, 0.5}, {0.0, 0.0, 1.0}},
    .b = {1.0 / 6.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 6.0}},
  [SR_DORMAND_PRINCE_5] = {
    .nstage = 7,
    .a = {{0.0},
          {1.0 / 5.0},
          {3.0 / 40.0, 9.0 / 40.0},
          {44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0},
          {19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0},
          {9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0},
          {35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0}},
    .b = {35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0, 0.0},
    .e = {35.0 / 384.0 - 5179.0 / 57600.0, 0.0, 500.0 / 1113.0 - 7571.0 / 16695.0, 125.0 / 192.0 - 393.0 / 640.0,
          -2187.0 / 6784.0 + 92097.0 / 339200.0, 11.0 / 84.0 - 187.0 / 2100.0, -1.0 / 40.0}}};
// clang-format on

// One step from x to y (may be x); gives the estimated error, the largest of |e_i| / (1 + |x_i|).
static double step(const sr_mechanism *m, const scheme *s, double h, const double *x, double *y)
{
  const int n = 2 * m->n;
  double k[STAGES][2 * MAX], at[2 * MAX], largest = 0.0;
  for (int i = 0; i < s->nstage; i++) {
    for (int c = 0; c < n; c++) {
      at[c] = x[c];
      for (int j = 0; j < i; j++) at[c] += h * s->a[i][j] * k[j][c];
    }
    memcpy(k[i], at + m->n, (size_t)m->n * sizeof *at);
    sr_mechanism_accelerate(m, at, NULL, k[i] + m->n);
  }
  for (int c = 0; c < n; c++) {
    double move = 0.0, error = 0.0;
    for (int i = 0; i < s->nstage; i++) {
      move += s->b[i] * k[i][c];
      error += s->e[i] * k[i][c];
    }
    largest = fmax(largest, fabs(h * error) / (1.0 + fabs(x[c])));
    y[c] = x[c] + h * move;
  }
  return largest;
}

void sr_mechanism_steps(const sr_mechanism *m, sr_stepper kind, int nstep, double h, double *x)
{
  for (int i = 0; i < nstep; i++) step(m, &schemes[kind], h, x, x);
}

// One accepted step of at most *h from x to y (not x); gives its length, and leaves in *h what to try next. NAN where
// no step is short enough.
static double accepted_step(const sr_mechanism *m, double tol, double longest, double *h, const double *x, double *y)
{
  while (*h > 1e-12) {
    const double taken = fmin(*h, longest), error = step(m, &schemes[SR_DORMAND_PRINCE_5], taken, x, y);
    const double grow = 0.9 * pow(tol / fmax(error, 1e-300), 0.2);
    *h = taken * fmin(5.0, isnan(grow) ? 0.2 : fmax(0.2, grow));
    if (error <= tol) return taken;
  }
  for (int i = 0; i < 2 * m->n; i++) y[i] = nan("");
  return nan("");
}

static const double first_step = 1e-3;  // [s] what the error says comes next

void sr_mechanism_flow(const sr_mechanism *m, double duration, double tol, double *x)
{
  double y[2 * MAX];
  for (double t = 0.0, h = first_step; t < duration;) {
    t += accepted_step(m, tol, duration - t, &h, x, y);
    memcpy(x, y, 2 * (size_t)m->n * sizeof *x);
  }
}

static double event_value(const sr_mechanism *m, const sr_tape *event, const double *x, double *work)
{
  double in[3 * MAX] = {0}, value;
  memcpy(in, x, 2 * (size_t)m->n * sizeof *in);
  sr_tape_eval1(event, in, &value, work);
  return value;
}

// The step from x that ends where the event is zero, by bisection: it is below zero at x and not after `longest`.
static double step_to_event(const sr_mechanism *m, const sr_tape *event, double longest, double *x, double *work)
{
  double low = 0.0, high = longest, y[2 * MAX];
  for (int i = 0; i < 60; i++) {
    const double middle = 0.5 * (low + high);
    step(m, &schemes[SR_DORMAND_PRINCE_5], middle, x, y);
    if (event_value(m, event, y, work) < 0.0)
      low = middle;
    else
      high = middle;
  }
  step(m, &schemes[SR_DORMAND_PRINCE_5], high, x, x);
  return high;
}

double sr_mechanism_until(const sr_mechanism *m, const sr_tape *event, double longest, double tol, double *x)
{
  sr_arena *a = sr_arena_new();
  double *work = sr_alloc(a, double, sr_tape_work(event)), y[2 * MAX], h = first_step, t = 0.0;
  double time = nan(""), before = event_value(m, event, x, work);
  while (isnan(time) && t < longest) {
    const double taken = accepted_step(m, tol, longest - t, &h, x, y), after = event_value(m, event, y, work);
    if (before < 0.0 && after >= 0.0)
      time = t + step_to_event(m, event, taken, x, work);
    else
      memcpy(x, y, 2 * (size_t)m->n * sizeof *x);
    before = after;
    t += taken;
  }
  sr_arena_free(a);
  return time;
}

sr_axis sr_axis_turn(int coord, double x, double y, double z)
{
  return (sr_axis){.coord = coord, .is_rotation = true, .axis = {x, y, z}, .npoly = 2, .poly = {1.0, 0.0}};
}

sr_axis sr_axis_slide(int coord, double x, double y, double z)
{
  return (sr_axis){.coord = coord, .axis = {x, y, z}, .npoly = 2, .poly = {1.0, 0.0}};
}

sr_skeleton sr_rods(int n)
{
  sr_skeleton s = {.nbody = n, .ncoord = n, .gravity = {0.0, -9.81, 0.0}};
  for (int i = 0; i < n; i++) {
    sr_body *b = &s.body[i];
    *b = (sr_body){
        .parent = i - 1, .naxis = 1, .mass = 1.0, .com = {0.0, -0.5, 0.0}, .inertia = {1.0 / 12.0, 0.01, 1.0 / 12.0}};
    snprintf(b->name, sizeof b->name, "rod%d", i);
    b->pos[1] = i == 0 ? 0.0 : -1.0;
    b->axis[0] = sr_axis_turn(i, 0.0, 0.0, 1.0);
  }
  return s;
}

// sum 1/2 m v_c^2 + 1/2 w' R I R' w
sr_ex sr_kinetic_energy(const sr_skeleton *s, sr_graph *g, const sr_body_motion *m)
{
  sr_ex sum = sr_const(g, 0.0);
  for (int i = 0; i < s->nbody; i++) {
    const sr_body *b = &s->body[i];
    const sr_xvec v = sr_body_point_velocity(&m[i], b->com), w = sr_xmat_apply_transposed(m[i].R_gb, m[i].w);
    const sr_xvec spin = {sr_scale(w.x, b->inertia[0]), sr_scale(w.y, b->inertia[1]), sr_scale(w.z, b->inertia[2])};
    const sr_ex twice = sr_add(sr_scale(sr_xvec_dot(v, v), b->mass), sr_xvec_dot(w, spin));
    sum = sr_add(sum, sr_scale(twice, 0.5));
  }
  return sum;
}

// sum -m g . p_c
sr_ex sr_potential_energy(const sr_skeleton *s, sr_graph *g, const sr_body_motion *m)
{
  sr_ex sum = sr_const(g, 0.0);
  const sr_xvec gravity = sr_xvec_const(g, s->gravity);
  for (int i = 0; i < s->nbody; i++)
    sum = sr_sub(sum, sr_scale(sr_xvec_dot(gravity, sr_body_point(&m[i], s->body[i].com)), s->body[i].mass));
  return sum;
}
