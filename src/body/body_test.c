// Laws of motion of the rigid-body expressions.
#include "body/body.h"

#include "mechanism.h"
#include "test.h"

// Swing period of a point mass on a massless rod of 1 m let go at q0: from standstill to standstill takes half of it.
static double period(const sr_mechanism *m, const sr_tape *speed, double q0)
{
  double x[2] = {q0, 0.0};
  return 2.0 * sr_mechanism_until(m, speed, 10.0, 1e-12, x);
}

// Known periods from the complete elliptic integral, g = 9.81; 1e-7: their last printed digit.
TEST(pendulum_period_at_large_angle)
{
  sr_arena *a = sr_arena_new();
  sr_skeleton s = sr_rods(1);
  s.body[0].com[1] = -1.0;
  for (int k = 0; k < 3; k++) s.body[0].inertia[k] = 0.0;
  const sr_mechanism m = sr_mechanism_of_skeleton(&s, a);
  sr_graph *g = sr_graph_new(a);
  const sr_ex in[3] = {sr_input(g), sr_input(g), sr_input(g)};
  const sr_tape *speed = sr_tape_new(g, &in[1], 1, a);
  const double deg = acos(-1.0) / 180.0;
  NEAR(period(&m, speed, 10.0 * deg), 2.0098926, 1e-7);
  NEAR(period(&m, speed, 45.0 * deg), 2.0862559, 1e-7);
  NEAR(period(&m, speed, 90.0 * deg), 2.3678419, 1e-7);
  NEAR(period(&m, speed, 150.0 * deg), 3.5350982, 1e-7);
  sr_arena_free(a);
}

TEST(free_fall_needs_no_force)
{
  sr_arena *a = sr_arena_new();
  sr_skeleton s = {.nbody = 1, .ncoord = 3, .gravity = {0.0, -9.81, 0.0}};
  s.body[0] = (sr_body){.parent = -1, .naxis = 3, .mass = 2.0, .com = {0.1, 0.0, 0.0}, .inertia = {0.1, 0.2, 0.3}};
  for (int k = 0; k < 3; k++) s.body[0].axis[k] = sr_axis_slide(k, k == 0, k == 1, k == 2);
  const double x[9] = {1.0, 2.0, 3.0, 0.4, 0.5, 0.6, 0.0, -9.81, 0.0};
  double tau[3];
  const sr_mechanism m = sr_mechanism_of_skeleton(&s, a);
  sr_mechanism_residual(&m, x, tau);
  for (int k = 0; k < 3; k++) NEAR(tau[k], 0.0, 1e-12);
  sr_arena_free(a);
}

// A general 3D chain of three bodies needs thousands.
TEST(a_planar_chain_folds_to_few_operations)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = sr_rods(3);
  CHECK(sr_tape_length(sr_mechanism_of_skeleton(&s, a).tape) < 150);
  sr_arena_free(a);
}

TEST(relative_pose_holds_only_the_joints_between)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = sr_rods(3);
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

// Every kind of joint on a body that floats in 3D (6 coordinates): a pin about a skewed axis in a turned frame, which
// also slides by a polynomial of its angle, as a knee does; and a slide.
enum { FLOAT = 8, KNEE = 6, SLIDE = 7 };
static sr_skeleton floating(const double gravity[3])
{
  sr_skeleton s = {.nbody = 3, .ncoord = FLOAT};
  memcpy(s.gravity, gravity, sizeof s.gravity);
  sr_body *b = s.body;
  b[0] = (sr_body){.parent = -1, .naxis = 6, .mass = 3.0, .com = {0.02, -0.05, 0.01}, .inertia = {0.05, 0.03, 0.06}};
  b[1] = (sr_body){.parent = 0,
                   .pos = {0.05, -0.2, 0.03},
                   .euler = {0.3, -0.2, 0.5},
                   .naxis = 2,
                   .mass = 2.0,
                   .com = {0.01, -0.15, -0.02},
                   .inertia = {0.02, 0.004, 0.03}};
  b[2] = (sr_body){.parent = 1,
                   .pos = {0.0, -0.3, 0.0},
                   .euler = {0.0, 0.4, 0.0},
                   .naxis = 1,
                   .mass = 1.0,
                   .com = {0.05, 0.0, 0.02},
                   .inertia = {0.001, 0.003, 0.002}};
  for (int k = 0; k < 3; k++) {
    b[0].axis[k] = sr_axis_slide(k, k == 0, k == 1, k == 2);
    b[0].axis[3 + k] = sr_axis_turn(3 + k, k == 0, k == 1, k == 2);
  }
  b[1].axis[0] = (sr_axis){.coord = KNEE, .axis = {0.0, 1.0, 0.0}, .npoly = 3, .poly = {-0.02, 0.01, 0.0}};
  b[1].axis[1] = sr_axis_turn(KNEE, 0.6, 0.0, 0.8);
  b[2].axis[0] = sr_axis_slide(SLIDE, 0.0, 0.8, -0.6);
  return s;
}

static const double earth[3] = {0.5, -9.81, 1.0}, weightless[3] = {0.0, 0.0, 0.0};

// A state (q, qd, qdd), not near the singular turn of the middle angle.
static const double generic[3 * FLOAT] = {0.1,  0.9, -0.2, 0.4,  -0.5, 0.8,  0.7, 0.05, 0.6, -0.3, 0.2,  1.5,
                                          -2.0, 0.9, 3.0,  -0.4, 2.0,  -1.0, 0.5, 4.0,  3.0, -6.0, -5.0, 1.0};

TEST(mass_matrix_is_symmetric_and_positive_definite)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = floating(earth);
  const sr_mechanism m = sr_mechanism_of_skeleton(&s, a);
  double M[FLOAT * FLOAT], L[FLOAT * FLOAT] = {0}, h[FLOAT];
  sr_mechanism_linear(&m, generic, M, h);
  for (int i = 0; i < FLOAT; i++)
    for (int j = 0; j < i; j++) NEAR(M[FLOAT * i + j], M[FLOAT * j + i], 1e-12);
  for (int i = 0; i < FLOAT; i++)  // Cholesky: every pivot must be positive
    for (int j = 0; j <= i; j++) {
      double sum = M[FLOAT * i + j];
      for (int k = 0; k < j; k++) sum -= L[FLOAT * i + k] * L[FLOAT * j + k];
      if (i == j) CHECK(sum > 0.0);
      L[FLOAT * i + j] = i == j ? sqrt(sum) : sum / L[FLOAT * j + j];
    }
  sr_arena_free(a);
}

TEST(inverse_dynamics_undoes_forward_dynamics)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = floating(earth);
  const sr_mechanism m = sr_mechanism_of_skeleton(&s, a);
  const double tau[FLOAT] = {3.0, -20.0, 5.0, 1.0, -2.0, 0.7, 4.0, -8.0};
  double in[3 * FLOAT], back[FLOAT];
  memcpy(in, generic, sizeof in);
  sr_mechanism_accelerate(&m, in, tau, in + 2 * FLOAT);
  sr_mechanism_residual(&m, in, back);
  for (int j = 0; j < FLOAT; j++) NEAR(back[j], tau[j], 1e-10);  // rounding of some 100 N, grown by the solve
  sr_arena_free(a);
}

// Lagrange's equations from the energies of the motion, tau = d/dt dT/dqd - dT/dq + dV/dq, hold without any part of the
// Newton-Euler recursion. They say that the velocity forces are those of the mass matrix (Mdot - 2C is skew).
// 1e-10: rounding of sums of some 100 N.
TEST(inverse_dynamics_is_that_of_lagrange)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = floating(earth);
  sr_graph *g = sr_graph_new(a);
  sr_ex in[3 * FLOAT], momentum[FLOAT], by_speed[FLOAT], by_place[FLOAT], tau[FLOAT];
  for (int j = 0; j < 3 * FLOAT; j++) in[j] = sr_input(g);
  sr_body_motion motion[3];
  sr_body_motions(&s, g, in, in + FLOAT, in + 2 * FLOAT, motion);
  const sr_ex kinetic = sr_kinetic_energy(&s, g, motion), potential = sr_potential_energy(&s, g, motion);
  sr_gradient(kinetic, in + FLOAT, FLOAT, momentum);
  sr_gradient(sr_sub(kinetic, potential), in, FLOAT, by_place);
  for (int j = 0; j < FLOAT; j++) {
    by_speed[j] = sr_directional(momentum[j], in, in + FLOAT, 2 * FLOAT);  // (q, qd) move by (qd, qdd)
    tau[j] = sr_sub(by_speed[j], by_place[j]);
  }
  const sr_mechanism lagrange = sr_mechanism_new(g, tau, FLOAT, a), newton = sr_mechanism_of_skeleton(&s, a);
  double ours[FLOAT], theirs[FLOAT];
  sr_mechanism_residual(&newton, generic, ours);
  sr_mechanism_residual(&lagrange, generic, theirs);
  for (int j = 0; j < FLOAT; j++) NEAR(ours[j], theirs[j], 1e-10);
  sr_arena_free(a);
}

// Momentum and angular momentum about the origin of ground: sum m v_c, sum c x m v_c + R I R' w.
static void momenta(const sr_skeleton *s, sr_graph *g, const sr_body_motion *m, sr_ex *out)
{
  sr_xvec sum[2] = {sr_xvec_const(g, weightless), sr_xvec_const(g, weightless)};
  for (int i = 0; i < s->nbody; i++) {
    const sr_body *b = &s->body[i];
    const sr_xvec p = sr_xvec_scale(sr_body_point_velocity(&m[i], b->com), sr_const(g, b->mass));
    const sr_xvec w = sr_xmat_apply_transposed(m[i].R_gb, m[i].w);
    const sr_xvec spin = {sr_scale(w.x, b->inertia[0]), sr_scale(w.y, b->inertia[1]), sr_scale(w.z, b->inertia[2])};
    sum[0] = sr_xvec_add(sum[0], p);
    sum[1] = sr_xvec_add(sum[1], sr_xvec_cross(sr_body_point(&m[i], b->com), p));
    sum[1] = sr_xvec_add(sum[1], sr_xmat_apply(m[i].R_gb, spin));
  }
  const sr_ex all[6] = {sum[0].x, sum[0].y, sum[0].z, sum[1].x, sum[1].y, sum[1].z};
  memcpy(out, all, sizeof all);
}

// Springs and dampers inside a weightless body move its parts, and none of its momentum.
TEST(closed_system_keeps_its_momentum)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = floating(weightless);
  sr_graph *g = sr_graph_new(a);
  sr_ex in[3 * FLOAT], r[FLOAT], p[6];
  for (int j = 0; j < 3 * FLOAT; j++) in[j] = sr_input(g);
  sr_body_motion motion[3];
  sr_wrench none[3];
  for (int i = 0; i < 3; i++) none[i] = (sr_wrench){sr_xvec_const(g, weightless), sr_xvec_const(g, weightless)};
  sr_body_motions(&s, g, in, in + FLOAT, in + 2 * FLOAT, motion);
  sr_body_inverse_dynamics(&s, g, in, motion, none, r);
  r[KNEE] = sr_add(r[KNEE], sr_add(sr_scale(in[KNEE], 2.0), sr_scale(in[FLOAT + KNEE], 0.05)));
  r[SLIDE] = sr_add(r[SLIDE], sr_scale(in[SLIDE], 50.0));
  momenta(&s, g, motion, p);
  const sr_mechanism m = sr_mechanism_new(g, r, FLOAT, a);
  const sr_tape *t = sr_tape_new(g, p, 6, a);
  double x[3 * FLOAT], before[6], after[6], *work = sr_alloc(a, double, sr_tape_work(t));
  memcpy(x, generic, sizeof x);
  sr_tape_eval1(t, x, before, work);
  sr_mechanism_flow(&m, 1.0, 1e-12, x);
  sr_tape_eval1(t, x, after, work);
  CHECK(fabs(x[SLIDE] - generic[SLIDE]) > 1e-3 && fabs(x[KNEE] - generic[KNEE]) > 0.1);
  for (int k = 0; k < 6; k++)
    NEAR(after[k], before[k], 1e-10 * (1.0 + fabs(before[k])));  // the integrator's 1e-12 per step
  sr_arena_free(a);
}

// Energy of hanging rods [J], written out for the plane.
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

// A triple pendulum let go far from rest: the error of each step stays below 1e-8, the energy within 1e-6 of what the
// rods gain in falling.
TEST(energy_of_a_triple_pendulum_stays)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = sr_rods(3);
  const sr_mechanism m = sr_mechanism_of_skeleton(&s, a);
  const double hanging[6] = {0.0};
  double x[6] = {2.0, 0.5, -1.0, 0.0, 0.0, 0.0};
  const double start = energy(&s, x, x + 3), height = start - energy(&s, hanging, hanging);
  for (int i = 0; i < 10; i++) {
    sr_mechanism_flow(&m, 0.5, 1e-8, x);
    NEAR(energy(&s, x, x + 3), start, 1e-6 * height);
  }
  sr_arena_free(a);
}

// A body with three unequal moments of inertia, turning freely about its centre of mass (angles about x, y, z in turn).
static sr_skeleton free_top(void)
{
  sr_skeleton s = {.nbody = 1, .ncoord = 3};
  s.body[0] = (sr_body){.parent = -1, .naxis = 3, .mass = 1.0, .inertia = {1.0, 3.0, 2.0}};
  for (int k = 0; k < 3; k++) s.body[0].axis[k] = sr_axis_turn(k, k == 0, k == 1, k == 2);
  return s;
}

// Body rates from the angles x, y, z in turn and their rates.
static void top_rates(const double *x, double *w)
{
  const double c2 = cos(x[1]), s2 = sin(x[1]), c3 = cos(x[2]), s3 = sin(x[2]);
  w[0] = c2 * c3 * x[3] + s3 * x[4];
  w[1] = -c2 * s3 * x[3] + c3 * x[4];
  w[2] = s2 * x[3] + x[5];
}

// Twice the kinetic energy and the square of the angular momentum, from the body's own rates.
static void top_invariants(const double *x, double *energy2, double *momentum2)
{
  double w[3];
  top_rates(x, w);
  *energy2 = w[0] * w[0] + 3.0 * w[1] * w[1] + 2.0 * w[2] * w[2];
  *momentum2 = w[0] * w[0] + 9.0 * w[1] * w[1] + 4.0 * w[2] * w[2];
}

// Complete elliptic integral K(k) by the arithmetic-geometric mean.
static double elliptic_k(double k2)
{
  double a = 1.0, b = sqrt(1.0 - k2);
  for (int i = 0; i < 20; i++) {
    const double mean = 0.5 * (a + b);
    b = sqrt(a * b);
    a = mean;
  }
  return acos(-1.0) / (2.0 * a);
}

// Spinning about the middle axis (z, I = 2) a top turns over and back again and again. With I1 < I2 < I3, L^2 > 2 E I2
// and c = L^2 - 2 E I1 its rate about the middle axis has the period (Landau & Lifshitz 1976, sec. 37)
//   T = 4 K(k) sqrt(I1 I2 I3 / ((I3 - I2) c)),   k^2 = (I2 - I1) (2 E I3 - L^2) / ((I3 - I2) c)
TEST(torque_free_top_turns_over_in_the_known_time)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton s = free_top();
  const sr_mechanism m = sr_mechanism_of_skeleton(&s, a);
  sr_graph *g = sr_graph_new(a);
  sr_ex in[9];
  for (int j = 0; j < 9; j++) in[j] = sr_input(g);
  sr_body_motion motion;
  sr_body_motions(&s, g, in, in + 3, in + 6, &motion);
  const sr_ex rate = sr_xmat_apply_transposed(motion.R_gb, motion.w).z;
  const sr_tape *about_z = sr_tape_new(g, &rate, 1, a);
  double x[6] = {0.1, 0.2, 0.3, 0.05, 0.1, 3.0}, e, l, e1, l1, w[3];
  top_rates(x, w);
  CHECK(w[2] > 2.9);
  top_invariants(x, &e, &l);
  CHECK(l > 2.0 * e);
  sr_mechanism_until(&m, about_z, 20.0, 1e-11, x);  // over and coming back: the rate passes zero from below
  const double time = sr_mechanism_until(&m, about_z, 20.0, 1e-11, x);
  NEAR(time, 4.0 * elliptic_k((3.0 * e - l) / (l - e)) * sqrt(6.0 / (l - e)), 1e-7 * time);  // tolerance times steps
  top_invariants(x, &e1, &l1);
  NEAR(e1, e, 1e-8 * e);
  NEAR(l1, l, 1e-8 * l);
  sr_arena_free(a);
}
