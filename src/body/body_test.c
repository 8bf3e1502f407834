// Laws of motion of the rigid-body expressions.
#include "body/body.h"

#include "test.h"

// A chain of n equal rods (mass 1 kg, length 1 m, at its middle the centre of mass) hanging from ground by pins about
// z.
static sr_skeleton rods(int n)
{
  sr_skeleton s = {.nbody = n, .ncoord = n, .gravity = {0.0, -9.81, 0.0}};
  for (int i = 0; i < n; i++) {
    sr_body *b = &s.body[i];
    *b = (sr_body){
        .parent = i - 1, .naxis = 1, .mass = 1.0, .com = {0.0, -0.5, 0.0}, .inertia = {1.0 / 12.0, 0.01, 1.0 / 12.0}};
    snprintf(b->name, sizeof b->name, "rod%d", i);
    b->pos[1] = i == 0 ? 0.0 : -1.0;
    b->axis[0] = (sr_axis){.coord = i, .is_rotation = true, .axis = {0.0, 0.0, 1.0}, .npoly = 2, .poly = {1.0, 0.0}};
  }
  return s;
}

// Generalised forces of a skeleton as a tape of (q, qd, qdd).
static const sr_tape *dynamics(const sr_skeleton *s, sr_arena *a)
{
  sr_graph *g = sr_graph_new(a);
  sr_ex in[3 * SR_MAX_COORD], tau[SR_MAX_COORD];
  const int n = s->ncoord;
  for (int j = 0; j < 3 * n; j++) in[j] = sr_input(g);
  sr_body_motion m[SR_MAX_BODY];
  sr_wrench none[SR_MAX_BODY];
  const double zero[3] = {0.0, 0.0, 0.0};
  for (int i = 0; i < s->nbody; i++) none[i] = (sr_wrench){sr_xvec_const(g, zero), sr_xvec_const(g, zero)};
  sr_body_motions(s, g, in, in + n, in + 2 * n, m);
  sr_body_inverse_dynamics(s, g, in, m, none, tau);
  return sr_tape_new(g, tau, n, a);
}

static void inverse_dynamics(const sr_tape *t, const double *x, double *tau)
{
  sr_arena *a = sr_arena_new();
  sr_tape_eval1(t, x, tau, sr_alloc(a, double, sr_tape_work(t)));
  sr_arena_free(a);
}

// Acceleration of one coordinate without drive: tau is linear in qdd.
static double free_acceleration(const sr_tape *t, double q, double qd)
{
  double at0, at1;
  inverse_dynamics(t, (const double[]){q, qd, 0.0}, &at0);
  inverse_dynamics(t, (const double[]){q, qd, 1.0}, &at1);
  return -at0 / (at1 - at0);
}

// Swing period of a pendulum let go at angle q0, by Runge-Kutta steps of 1/20000 s up to the first standstill.
static double period(const sr_tape *t, double q0)
{
  const double h = 1.0 / 20000.0;
  double q = q0, v = 0.0, time = 0.0;
  for (;;) {
    const double k1 = free_acceleration(t, q, v), k2 = free_acceleration(t, q + 0.5 * h * v, v + 0.5 * h * k1);
    const double k3 = free_acceleration(t, q + 0.5 * h * (v + 0.5 * h * k1), v + 0.5 * h * k2);
    const double k4 = free_acceleration(t, q + h * (v + 0.5 * h * k2), v + h * k3);
    const double q1 = q + h * (v + h * (k1 + k2 + k3) / 6.0), v1 = v + h * (k1 + 2.0 * (k2 + k3) + k4) / 6.0;
    if (time > 0.1 && v < 0.0 && v1 >= 0.0) return 2.0 * (time + h * v / (v - v1));
    q = q1;
    v = v1;
    time += h;
  }
}

TEST(pendulum_period_at_large_angle)
{
  sr_arena *a = sr_arena_new();
  sr_skeleton s = rods(1);
  // a point mass on a massless rod of 1 m; known periods from the complete elliptic integral (g = 9.81)
  s.body[0].com[1] = -1.0;
  for (int k = 0; k < 3; k++) s.body[0].inertia[k] = 0.0;
  const sr_tape *t = dynamics(&s, a);
  const double deg = 3.14159265358979323846 / 180.0;
  NEAR(period(t, 45.0 * deg), 2.0862559, 1e-5);  // the step of the integrator
  NEAR(period(t, 90.0 * deg), 2.3678419, 1e-5);
  sr_arena_free(a);
}

TEST(free_fall_needs_no_force)
{
  sr_arena *a = sr_arena_new();
  sr_skeleton s = {.nbody = 1, .ncoord = 3, .gravity = {0.0, -9.81, 0.0}};
  s.body[0] = (sr_body){.parent = -1, .naxis = 3, .mass = 2.0, .com = {0.1, 0.0, 0.0}, .inertia = {0.1, 0.2, 0.3}};
  for (int k = 0; k < 3; k++) {
    s.body[0].axis[k] = (sr_axis){.coord = k, .npoly = 2, .poly = {1.0, 0.0}};
    s.body[0].axis[k].axis[k] = 1.0;
  }
  const double x[9] = {1.0, 2.0, 3.0, 0.4, 0.5, 0.6, 0.0, -9.81, 0.0};
  double tau[3];
  inverse_dynamics(dynamics(&s, a), x, tau);
  for (int k = 0; k < 3; k++) NEAR(tau[k], 0.0, 1e-12);
  sr_arena_free(a);
}

// Power balance of a triple pendulum: tau . qd = d/dt (kinetic + potential energy), the energies from motions.
static double energy(const sr_skeleton *s, const double *q, const double *qd)
{
  double w = 0.0, angle = 0.0, y = 0.0, vx = 0.0, vy = 0.0, e = 0.0;
  for (int i = 0; i < s->nbody; i++) {
    angle += q[i];
    w += qd[i];
    const double c = cos(angle), n = sin(angle);
    const double ux = vx + 0.5 * w * c, uy = vy + 0.5 * w * n;
    e += 0.5 * (ux * ux + uy * uy) + 0.5 * w * w / 12.0 + 9.81 * (y - 0.5 * c);
    y -= c;
    vx += w * c;
    vy += w * n;
  }
  return e;
}

TEST(power_of_a_triple_pendulum_is_the_rate_of_its_energy)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = rods(3);
  const sr_tape *t = dynamics(&s, a);
  const double x[9] = {0.3, -0.7, 1.1, 1.2, -2.1, 0.6, 3.0, -4.0, 5.0};
  double tau[3], q[2][3], v[2][3], power = 0.0;
  inverse_dynamics(t, x, tau);
  const double h = 1e-5;
  for (int side = 0; side < 2; side++)
    for (int i = 0; i < 3; i++) {
      const double dt = side == 0 ? -h : h;
      q[side][i] = x[i] + dt * x[3 + i] + 0.5 * dt * dt * x[6 + i];
      v[side][i] = x[3 + i] + dt * x[6 + i];
    }
  for (int i = 0; i < 3; i++) power += tau[i] * x[3 + i];
  NEAR(power, (energy(&s, q[1], v[1]) - energy(&s, q[0], v[0])) / (2.0 * h), 1e-6);  // difference error about h^2
  sr_arena_free(a);
}

TEST(a_planar_chain_folds_to_few_operations)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = rods(3);
  CHECK(sr_tape_length(dynamics(&s, a)) < 150);  // a general 3D chain of three bodies needs thousands
  sr_arena_free(a);
}

TEST(relative_pose_holds_only_the_joints_between)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = rods(3);
  sr_graph *g = sr_graph_new(a);
  sr_ex q[3];
  for (int j = 0; j < 3; j++) q[j] = sr_input(g);
  const sr_path path = {.npoint = 2,
                        .point = {{.body = 1, .at = {0.1, -0.8, 0.0}}, {.body = 2, .at = {0.1, -0.3, 0.0}}}};
  const sr_ex length = sr_path_length(&s, g, &path, q);
  const sr_sparse j = sr_jacobian(g, &length, 1, a);
  CHECK(j.nnz == 1 && j.at[0].col == 2);
  sr_arena_free(a);
}

// Column j of the mass matrix: what an acceleration of one coordinate alone adds to the generalised forces.
static void mass_matrix(const sr_tape *t, int n, const double *q, double *M)
{
  double x[3 * SR_MAX_COORD] = {0}, rest[SR_MAX_COORD], tau[SR_MAX_COORD];
  for (int j = 0; j < n; j++) x[j] = q[j];
  inverse_dynamics(t, x, rest);
  for (int j = 0; j < n; j++) {
    x[2 * n + j] = 1.0;
    inverse_dynamics(t, x, tau);
    x[2 * n + j] = 0.0;
    for (int i = 0; i < n; i++) M[i * n + j] = tau[i] - rest[i];
  }
}

TEST(mass_matrix_is_symmetric_and_positive_definite)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = rods(3);
  const double q[3] = {0.4, -1.3, 2.0};
  double M[9], L[9] = {0};
  mass_matrix(dynamics(&s, a), 3, q, M);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < i; j++) NEAR(M[3 * i + j], M[3 * j + i], 1e-12);
  for (int i = 0; i < 3; i++)  // Cholesky: every pivot must be positive
    for (int j = 0; j <= i; j++) {
      double sum = M[3 * i + j];
      for (int k = 0; k < j; k++) sum -= L[3 * i + k] * L[3 * j + k];
      if (i == j) CHECK(sum > 0.0);
      L[3 * i + j] = i == j ? sqrt(sum) : sum / L[3 * j + j];
    }
  sr_arena_free(a);
}

// A body with three unequal moments of inertia, turning freely about its centre of mass (angles about x, y, z in turn).
static sr_skeleton free_top(void)
{
  sr_skeleton s = {.nbody = 1, .ncoord = 3};
  s.body[0] = (sr_body){.parent = -1, .naxis = 3, .mass = 1.0, .inertia = {1.0, 2.0, 3.0}};
  for (int k = 0; k < 3; k++) {
    s.body[0].axis[k] = (sr_axis){.coord = k, .is_rotation = true, .npoly = 2, .poly = {1.0, 0.0}};
    s.body[0].axis[k].axis[k] = 1.0;
  }
  return s;
}

// Accelerations without torque: M qdd = -tau(q, qd, 0), by Cramer's rule.
static void free_accelerations(const sr_tape *t, const double *x, double *qdd)
{
  double M[9], rest[3], all[9] = {x[0], x[1], x[2], x[3], x[4], x[5], 0.0, 0.0, 0.0};
  mass_matrix(t, 3, x, M);
  inverse_dynamics(t, all, rest);
  const double det =
      M[0] * (M[4] * M[8] - M[5] * M[7]) - M[1] * (M[3] * M[8] - M[5] * M[6]) + M[2] * (M[3] * M[7] - M[4] * M[6]);
  for (int c = 0; c < 3; c++) {
    double A[9];
    for (int i = 0; i < 9; i++) A[i] = i % 3 == c ? -rest[i / 3] : M[i];
    qdd[c] =
        (A[0] * (A[4] * A[8] - A[5] * A[7]) - A[1] * (A[3] * A[8] - A[5] * A[6]) + A[2] * (A[3] * A[7] - A[4] * A[6])) /
        det;
  }
}

// Kinetic energy 1/2 qd' M qd, and the size of the angular momentum from the body's own rates
//   w = (c2 c3 q1' + s3 q2', -c2 s3 q1' + c3 q2', s2 q1' + q3')  of the angles x, y, z in turn.
static void top_invariants(const double *x, double *energy, double *momentum)
{
  const double c2 = cos(x[1]), s2 = sin(x[1]), c3 = cos(x[2]), s3 = sin(x[2]);
  const double w[3] = {c2 * c3 * x[3] + s3 * x[4], -c2 * s3 * x[3] + c3 * x[4], s2 * x[3] + x[5]};
  *energy = 0.5 * (w[0] * w[0] + 2.0 * w[1] * w[1] + 3.0 * w[2] * w[2]);
  *momentum = sqrt(w[0] * w[0] + 4.0 * w[1] * w[1] + 9.0 * w[2] * w[2]);
}

TEST(torque_free_top_keeps_energy_and_angular_momentum)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = free_top();
  const sr_tape *t = dynamics(&s, a);
  double x[6] = {0.1, 0.2, 0.3, 0.3, 0.2, 2.0}, e0, l0, e1, l1;
  const double h = 0.005;
  top_invariants(x, &e0, &l0);
  for (int step = 0; step < 200; step++) {
    double k[4][6], y[6];
    for (int stage = 0; stage < 4; stage++) {
      const double c = stage == 0 ? 0.0 : stage == 3 ? h : 0.5 * h;
      for (int i = 0; i < 6; i++) y[i] = x[i] + (stage == 0 ? 0.0 : c * k[stage - 1][i]);
      for (int i = 0; i < 3; i++) k[stage][i] = y[3 + i];
      free_accelerations(t, y, k[stage] + 3);
    }
    for (int i = 0; i < 6; i++) x[i] += h * (k[0][i] + 2.0 * k[1][i] + 2.0 * k[2][i] + k[3][i]) / 6.0;
  }
  top_invariants(x, &e1, &l1);
  NEAR(e1, e0, 1e-7 * e0);  // fourth order at h = 0.005 over 1 s
  NEAR(l1, l0, 1e-7 * l0);
  sr_arena_free(a);
}
