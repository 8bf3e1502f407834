// Optimal controls with closed forms, and laws of the transcription.
#include "ocp/ocp.h"

#include "ocp/transcription.h"
#include "test.h"

// A problem with its graphs; everything unbounded, scale 1, until a test says otherwise.
enum { MOST = 6 };
typedef struct problem {
  sr_arena *arena;
  sr_ocp o;
  sr_ex x[MOST], u[MOST], p[MOST];         // in the point graph
  sr_ex start[MOST], stop[MOST], q[MOST];  // x(0), x(1), p in the ends graph
  sr_ex xdot[MOST], path[MOST], end[2 * MOST];
  sr_bound bx[MOST], bu[MOST], bp[MOST], dynamics[MOST], bpath[MOST], bend[2 * MOST];
} problem;

static const double inf = SR_NLP_INF;

static sr_bound between(const char *name, double lo, double hi)
{
  return (sr_bound){.name = name, .lo = lo, .hi = hi, .scale = 1.0};
}

static void problem_open(problem *p, int nx, int nu, int np)
{
  *p = (problem){.arena = sr_arena_new()};
  p->o = (sr_ocp){.nx = nx, .nu = nu, .np = np, .point = sr_graph_new(p->arena), .ends = sr_graph_new(p->arena)};
  for (int i = 0; i < nx; i++) p->x[i] = sr_input(p->o.point), p->bx[i] = p->dynamics[i] = between("x", -inf, inf);
  for (int i = 0; i < nu; i++) p->u[i] = sr_input(p->o.point), p->bu[i] = between("u", -inf, inf);
  for (int i = 0; i < np; i++) p->p[i] = sr_input(p->o.point), p->bp[i] = between("p", -inf, inf);
  for (int i = 0; i < nx; i++) p->start[i] = sr_input(p->o.ends);
  for (int i = 0; i < nx; i++) p->stop[i] = sr_input(p->o.ends);
  for (int i = 0; i < np; i++) p->q[i] = sr_input(p->o.ends);
  p->o.duration = sr_const(p->o.point, 1.0);
  p->o.running = sr_const(p->o.point, 0.0);
  p->o.final = sr_const(p->o.ends, 0.0);
  p->o.xdot = p->xdot, p->o.path = p->path, p->o.end = p->end;
  p->o.x = p->bx, p->o.u = p->bu, p->o.p = p->bp;
  p->o.dynamics = p->dynamics, p->o.path_bound = p->bpath, p->o.end_bound = p->bend;
}

static void problem_close(problem *p)
{
  sr_arena_free(p->arena);
}

static void fix(problem *p, sr_ex end, double value)
{
  p->end[p->o.nend] = end;
  p->bend[p->o.nend++] = between("end", value, value);
}

// Duration is parameter 0, within lo .. hi, and its value is the cost.
static void minimise_time(problem *p, double lo, double hi)
{
  p->o.duration = p->p[0];
  p->o.final = p->q[0];
  p->bp[0] = between("T", lo, hi);
}

static sr_traj guess(const problem *p, int nint, int degree)
{
  sr_traj t = sr_traj_new((sr_mesh){nint, degree}, p->o.nx, p->o.nu, p->o.np, p->arena);
  for (int i = 0; i < p->o.np; i++) t.p[i] = 1.0;
  return t;
}

static sr_nlp_options precise(void)
{
  sr_nlp_options o = sr_nlp_options_default();
  o.tol = o.constraint_tol = 1e-9;
  return o;
}

// Transcribes and solves from the given guess, and expects success.
static sr_ocp_result solve(problem *p, sr_traj *t)
{
  const sr_nlp_options o = precise();
  const sr_ocp_result r = sr_ocp_solve(sr_ocp_transcribe(&p->o, t->mesh, p->arena), &o, t, p->arena);
  CHECK(r.nlp.status == SR_NLP_SOLVED);
  SAME(r.worst, "");
  return r;
}

// Sliding mass x'' = F / m from rest at 0 to rest at 1 m.
static void sliding_mass(problem *p, int nu, int np, double mass)
{
  problem_open(p, 2, nu, np);
  p->xdot[0] = p->x[1];
  p->xdot[1] = sr_scale(nu == 1 ? p->u[0] : sr_add(p->u[0], p->u[1]), 1.0 / mass);
  for (int i = 0; i < 2; i++) fix(p, p->start[i], 0.0);
  fix(p, p->stop[0], 1.0);
  fix(p, p->stop[1], 0.0);
}

// T = 2 sqrt(m d / F) = 2 s; bang-bang: x = t^2/2, then 1 - (2-t)^2/2. The switch lies on an interval's end, so the
// scheme is exact and 1e-6 is the solver's.
TEST(ocp_o1_sliding_mass_in_least_time)
{
  problem p;
  sliding_mass(&p, 1, 1, 10.0);
  minimise_time(&p, 0.1, 10.0);
  p.bu[0] = between("F", -10.0, 10.0);
  sr_traj t = guess(&p, 20, 2);
  NEAR(solve(&p, &t).final_cost, 2.0, 1e-6);
  for (int i = 0; i < t.npoint; i++) {
    const double s = 2.0 * t.tau[i];
    NEAR(t.x[2 * i], s < 1.0 ? 0.5 * s * s : 1.0 - 0.5 * (2.0 - s) * (2.0 - s), 1e-5);
  }
  problem_close(&p);
}

// T = 5 s: F = (6 m d / T^2) (1 - 2 t / T), integral of F^2 dt = 12 m^2 d^2 / T^3 = 9.6. F^2 is of degree 2, which two
// Radau points integrate exactly: 1e-6 is the solver's.
TEST(ocp_o2_sliding_mass_with_least_effort)
{
  problem p;
  sliding_mass(&p, 1, 0, 10.0);
  p.o.duration = sr_const(p.o.point, 5.0);
  p.o.running = sr_scale(sr_sq(p.u[0]), 5.0);
  sr_traj t = guess(&p, 10, 2);
  NEAR(solve(&p, &t).running_cost, 9.6, 1e-6);
  for (int i = 1; i < t.npoint; i++) NEAR(t.u[i], 2.4 * (1.0 - 2.0 * t.tau[i]), 1e-6);
  NEAR(t.u[0], t.u[1], 0.0);
  problem_close(&p);
}

// Two actuators, weights 1 and 2 on the squares: u1 = 2 u2, and their sum is the control of O2.
TEST(ocp_o3_two_actuators_share)
{
  problem p;
  sliding_mass(&p, 2, 0, 10.0);
  p.o.duration = sr_const(p.o.point, 5.0);
  p.o.running = sr_add(sr_sq(p.u[0]), sr_scale(sr_sq(p.u[1]), 2.0));
  sr_traj t = guess(&p, 10, 2);
  solve(&p, &t);
  for (int i = 1; i < t.npoint; i++) {
    NEAR(t.u[2 * i], 2.0 * t.u[2 * i + 1], 1e-6);
    NEAR(t.u[2 * i] + t.u[2 * i + 1], 2.4 * (1.0 - 2.0 * t.tau[i]), 1e-6);
  }
  problem_close(&p);
}

// Kirk 1970, example 5.1-1: x1' = x2, x2' = -x2 + u, J = int u^2 / 2, x(0) = 0, x(2) = (5, 2).
static void kirk(problem *p)
{
  problem_open(p, 2, 1, 0);
  p->o.duration = sr_const(p->o.point, 2.0);
  p->o.running = sr_sq(p->u[0]);
  p->xdot[0] = p->x[1];
  p->xdot[1] = sr_sub(p->u[0], p->x[1]);
  for (int i = 0; i < 2; i++) fix(p, p->start[i], 0.0);
  fix(p, p->stop[0], 5.0);
  fix(p, p->stop[1], 2.0);
}

// 1e-6: the closed form is known to seven digits; the control at interior points is of lower order, 2e-5
TEST(ocp_o4_kirk)
{
  problem p;
  kirk(&p);
  sr_traj t = guess(&p, 20, 3);
  NEAR(solve(&p, &t).running_cost, 16.750723, 1e-6);
  for (int i = 0; i < t.npoint; i++) {
    const double s = 2.0 * t.tau[i];
    NEAR(t.x[2 * i], 7.291792 * s - 6.104827 + 6.698310 * exp(-s) - 0.593482 * exp(s), 2e-5);
    if (i) NEAR(t.u[i], 7.291792 - 1.186965 * exp(s), 2e-4);
  }
  NEAR(t.x[2 * 30], 2.037883, 1e-5);
  NEAR(t.x[2 * 30 + 1], 3.214369, 1e-5);
  problem_close(&p);
}

// Linear tangent steering (Bryson & Ho 1975, 2.4): thrust 5 m/s^2 at angle theta, y(1) = 1, vy(1) = 0, vx(1) largest.
// tan theta = tan theta0 (1 - 2 t), theta0 = 1.1701770.
TEST(ocp_o5_linear_tangent_steering)
{
  problem p;
  problem_open(&p, 4, 1, 0);
  p.xdot[0] = p.x[2];
  p.xdot[1] = p.x[3];
  p.xdot[2] = sr_scale(sr_cos(p.u[0]), 5.0);
  p.xdot[3] = sr_scale(sr_sin(p.u[0]), 5.0);
  for (int i = 0; i < 4; i++) fix(&p, p.start[i], 0.0);
  fix(&p, p.stop[1], 1.0);
  fix(&p, p.stop[3], 0.0);
  p.o.final = sr_neg(p.stop[2]);
  p.bu[0] = between("theta", -1.5, 1.5);
  sr_traj t = guess(&p, 20, 3);
  for (int i = 0; i < t.npoint; i++) t.u[i] = 1.0 - 2.0 * t.tau[i];
  NEAR(solve(&p, &t).final_cost, -3.3763066, 1e-6);
  NEAR(t.x[4 * (t.npoint - 1)], 1.6881533, 1e-6);
  for (int i = 1; i < t.npoint; i++) NEAR(tan(t.u[i]), tan(1.1701770) * (1.0 - 2.0 * t.tau[i]), 1e-3);
  problem_close(&p);
}

// Brachistochrone from (0, 10) to (10, 5), y up; cycloid: T = 1.8016031 s for g = 9.80665. At rest the curve is steep:
// the bead's speed enters as a state and starts at 0. 1e-5: three-point intervals, forty of them.
TEST(ocp_o6_brachistochrone)
{
  problem p;
  problem_open(&p, 3, 1, 1);
  minimise_time(&p, 0.5, 5.0);
  p.xdot[0] = sr_mul(p.x[2], sr_cos(p.u[0]));
  p.xdot[1] = sr_neg(sr_mul(p.x[2], sr_sin(p.u[0])));
  p.xdot[2] = sr_scale(sr_sin(p.u[0]), 9.80665);
  fix(&p, p.start[0], 0.0);
  fix(&p, p.start[1], 10.0);
  fix(&p, p.start[2], 0.0);
  fix(&p, p.stop[0], 10.0);
  fix(&p, p.stop[1], 5.0);
  p.bu[0] = between("theta", -1.6, 1.6);
  sr_traj t = guess(&p, 40, 3);
  t.p[0] = 2.0;
  for (int i = 0; i < t.npoint; i++) {
    t.x[3 * i] = 10.0 * t.tau[i];
    t.x[3 * i + 1] = 10.0 - 5.0 * t.tau[i];
    t.x[3 * i + 2] = 9.0 * t.tau[i];
    t.u[i] = 1.0 - t.tau[i];
  }
  NEAR(solve(&p, &t).final_cost, 1.8016031, 1e-5);
  problem_close(&p);
}

// Bryson & Denham 1963: x'' = u, x(0) = x(1) = 0, v(0) = 1 = -v(1), x <= l, least int u^2 / 2.
//   l <= 1/6: 4 / (9 l);   1/6 < l < 1/4: 2 + 6 (1 - 4 l)^2;   l >= 1/4: 2
static double bryson_denham(double l, int nint)
{
  problem p;
  problem_open(&p, 2, 1, 0);
  p.xdot[0] = p.x[1];
  p.xdot[1] = p.u[0];
  p.o.running = sr_scale(sr_sq(p.u[0]), 0.5);
  for (int i = 0; i < 2; i++) {
    fix(&p, p.start[i], i);
    fix(&p, p.stop[i], -i);
  }
  p.o.npath = 1;
  p.path[0] = p.x[0];
  p.bpath[0] = between("height", -inf, l);
  sr_traj t = guess(&p, nint, 3);
  const double cost = solve(&p, &t).running_cost;
  problem_close(&p);
  return cost;
}

// The ends of the arc lie on ends of intervals, where the scheme is exact (u is linear); with a touch point so does the
// touch. 1e-6 is the solver's; between collocation points x may pass l by O(h^4), which is part of it.
TEST(ocp_o7_bryson_denham)
{
  NEAR(bryson_denham(1.0 / 9.0, 18), 4.0, 1e-4);
  NEAR(bryson_denham(1.0 / 8.0, 16), 32.0 / 9.0, 1e-4);
  NEAR(bryson_denham(0.2, 10), 2.24, 1e-6);
  NEAR(bryson_denham(0.25, 10), 2.0, 1e-6);
  NEAR(bryson_denham(0.5, 10), 2.0, 1e-6);
}

// Scalar regulator x' = u, J = int (x^2 + u^2) / 2 dt over 2 s, x(0) = start:  J = start^2 tanh(2) / 2,
// x(2) = start / cosh 2.
static void regulator(problem *p, double start)
{
  problem_open(p, 1, 1, 0);
  p->o.duration = sr_const(p->o.point, 2.0);
  p->o.running = sr_add(sr_sq(p->x[0]), sr_sq(p->u[0]));
  p->xdot[0] = p->u[0];
  fix(p, p->start[0], start);
}

TEST(ocp_o8_regulator)
{
  problem p;
  regulator(&p, 1.0);
  sr_traj t = guess(&p, 20, 3);
  NEAR(solve(&p, &t).running_cost, 0.5 * tanh(2.0), 1e-8);
  NEAR(t.x[t.npoint - 1], 1.0 / cosh(2.0), 1e-8);
  problem_close(&p);
}

// A mass on springs, x'' = -k x / m, from rest at -0.5 m towards 0.5 m, where it rests after T = pi sqrt(5/100) s: half
// a period for k / m = 20 / s^2. The end is a cost, since no mesh meets it exactly; of order 5 in it, 1e-6 with 20
// intervals.
static void oscillator(problem *p)
{
  problem_open(p, 2, 0, 1);
  p->o.duration = sr_const(p->o.point, acos(-1.0) * sqrt(5.0 / 100.0));
  p->xdot[0] = p->x[1];
  fix(p, p->start[0], -0.5);
  fix(p, p->start[1], 0.0);
  fix(p, p->stop[1], 0.0);
  p->o.final = sr_sq(sr_shift(p->stop[0], -0.5));
}

static double solve_oscillator(problem *p, double first, double most)
{
  p->bp[0] = between("parameter", 0.1, most);
  sr_traj t = guess(p, 20, 3);
  t.p[0] = first;
  for (int i = 0; i < t.npoint; i++) t.x[2 * i] = t.tau[i] - 0.5;
  solve(p, &t);
  const double found = t.p[0];
  problem_close(p);
  return found;
}

// k = 100 N/m, the mass is sought: 5 kg
TEST(ocp_o9_mass_of_an_oscillator)
{
  problem p;
  oscillator(&p);
  p.xdot[1] = sr_scale(sr_div(p.x[0], p.p[0]), -100.0);
  NEAR(solve_oscillator(&p, 3.0, 10.0), 5.0, 5e-6);
}

// m = 5 kg, two equal springs side by side: 50 N/m each
TEST(ocp_o10_two_springs_with_one_parameter)
{
  problem p;
  oscillator(&p);
  const sr_ex spring = sr_neg(sr_mul(p.p[0], p.x[0]));
  p.xdot[1] = sr_scale(sr_add(spring, spring), 1.0 / 5.0);
  NEAR(solve_oscillator(&p, 30.0, 100.0), 50.0, 5e-5);
}

// A beam of 2 kg on a pivot, 1 kg at 1 m to the left of it and 1.5 kg at 1 m to the right: it stays at rest if its
// centre of mass c is where 2 c - 1 + 1.5 = 0. (0.3 + 2 c^2 + 2.5) q'' = -g cos q (2 c + 0.5), least int q^2 over 1 s.
TEST(ocp_o11_see_saw_at_rest)
{
  problem p;
  problem_open(&p, 2, 0, 1);
  const sr_ex moment = sr_scale(sr_shift(sr_scale(p.p[0], 2.0), 0.5), -9.80665);
  const sr_ex inertia = sr_shift(sr_scale(sr_sq(p.p[0]), 2.0), 2.8);
  p.xdot[0] = p.x[1];
  p.xdot[1] = sr_mul(sr_cos(p.x[0]), sr_div(moment, inertia));
  for (int i = 0; i < 2; i++) fix(&p, p.start[i], 0.0);
  p.o.running = sr_sq(p.x[0]);
  p.bp[0] = between("centre of mass", -0.5, 0.5);
  sr_traj t = guess(&p, 10, 3);
  t.p[0] = 0.1;
  NEAR(solve(&p, &t).running_cost, 0.0, 1e-9);
  NEAR(t.p[0], -0.25, 1e-6);
  problem_close(&p);
}

// Double integrator from (1, 0) to rest at the origin, |u| <= 1: T = 2.
TEST(ocp_o12_double_integrator_in_least_time)
{
  problem p;
  problem_open(&p, 2, 1, 1);
  minimise_time(&p, 0.1, 10.0);
  p.xdot[0] = p.x[1];
  p.xdot[1] = p.u[0];
  p.bu[0] = between("u", -1.0, 1.0);
  fix(&p, p.start[0], 1.0);
  fix(&p, p.start[1], 0.0);
  fix(&p, p.stop[0], 0.0);
  fix(&p, p.stop[1], 0.0);
  sr_traj t = guess(&p, 20, 2);
  NEAR(solve(&p, &t).final_cost, 2.0, 1e-6);
  problem_close(&p);
}

// Cart and pole, swung up in 2 s over 1 m (Kelly 2017, doi:10.1137/16M1062569, section 6: m1 = 1 kg, m2 = 0.3 kg,
// l = 0.5 m, |u| <= 20 N, cart within 2 m), least int u^2 dt. No closed form.
//   x'' = (l m2 sin q q'^2 + u + m2 g cos q sin q) / (m1 + m2 sin^2 q)
//   q'' = -(l m2 cos q sin q q'^2 + u cos q + (m1 + m2) g sin q) / (l (m1 + m2 sin^2 q))
static double swing_up(int nint)
{
  const double m1 = 1.0, m2 = 0.3, l = 0.5, g = 9.81, duration = 2.0, pi = acos(-1.0);
  problem p;
  problem_open(&p, 4, 1, 0);
  p.o.duration = sr_const(p.o.point, duration);
  const sr_ex s = sr_sin(p.x[1]), c = sr_cos(p.x[1]), u = p.u[0];
  const sr_ex pull = sr_scale(sr_mul(s, sr_sq(p.x[3])), l * m2), mass = sr_shift(sr_scale(sr_sq(s), m2), m1);
  const sr_ex weight = sr_scale(s, g);
  p.xdot[0] = p.x[2];
  p.xdot[1] = p.x[3];
  p.xdot[2] = sr_div(sr_add(sr_add(pull, u), sr_scale(sr_mul(c, weight), m2)), mass);
  p.xdot[3] = sr_scale(sr_div(sr_add(sr_mul(c, sr_add(pull, u)), sr_scale(weight, m1 + m2)), mass), -1.0 / l);
  p.o.running = sr_scale(sr_sq(u), duration);
  p.bu[0] = between("force", -20.0, 20.0);
  p.bx[0] = between("cart", -2.0, 2.0);
  for (int i = 0; i < 4; i++) fix(&p, p.start[i], 0.0);
  const double stop[] = {1.0, pi, 0.0, 0.0};
  for (int i = 0; i < 4; i++) fix(&p, p.stop[i], stop[i]);
  sr_traj t = guess(&p, nint, 3);
  for (int i = 0; i < t.npoint; i++)
    for (int k = 0; k < 2; k++) t.x[4 * i + k] = stop[k] * t.tau[i];
  const double cost = solve(&p, &t).running_cost;
  problem_close(&p);
  return cost;
}

// The reference is ours, from 100 and 200 intervals of degree 4, which agree to 3e-9.
TEST(ocp_o18_swing_up)
{
  const double reference = 58.80766746, coarse = fabs(swing_up(40) - reference), fine = fabs(swing_up(80) - reference);
  CHECK(coarse < 5e-4 && fine < 2e-5);
  CHECK(fine < coarse / 16.0);
}

// Following r = t with x' = u from 0, integral of (x - r)^2 + u^2:  x'' = x - r, x'(1) = 0, so that
// x = t - sinh t / cosh 1, u = 1 - cosh t / cosh 1, and the cost is 1 - tanh 1. The track is known at the collocation
// points alone. 3 points and 20 intervals: 1e-8 is the solver's.
TEST(ocp_follows_a_known_track)
{
  problem p;
  problem_open(&p, 1, 1, 0);
  const sr_ex r = sr_input(p.o.point);
  p.o.nd = 1;
  p.xdot[0] = p.u[0];
  p.o.running = sr_add(sr_sq(sr_sub(p.x[0], r)), sr_sq(p.u[0]));
  fix(&p, p.start[0], 0.0);
  sr_traj t = guess(&p, 20, 3);
  double *track = sr_alloc(p.arena, double, t.npoint);
  for (int i = 0; i < t.npoint; i++) track[i] = t.tau[i];
  track[0] = (double)NAN;  // not read
  t.d = track;
  NEAR(solve(&p, &t).running_cost, 1.0 - tanh(1.0), 1e-8);
  for (int i = 1; i < t.npoint; i++) {
    NEAR(t.x[i], t.tau[i] - sinh(t.tau[i]) / cosh(1.0), 1e-6);
    NEAR(t.u[i], 1.0 - cosh(t.tau[i]) / cosh(1.0), 1e-4);
  }
  CHECK(sr_traj_resample(&t, (sr_mesh){10, 2}, 1, 1, 0, p.arena).d == NULL);
  problem_close(&p);
}

// Errors of the end state and of the cost of the regulator on a mesh.
static void regulator_errors(int nint, int degree, double *state, double *cost)
{
  problem p;
  regulator(&p, 1.0);
  sr_traj t = guess(&p, nint, degree);
  sr_nlp_options o = precise();
  o.tol = o.constraint_tol = 1e-12;
  const sr_ocp_result r = sr_ocp_solve(sr_ocp_transcribe(&p.o, t.mesh, p.arena), &o, &t, p.arena);
  CHECK(r.nlp.status == SR_NLP_SOLVED);
  *cost = fabs(r.running_cost - 0.5 * tanh(2.0));
  *state = fabs(t.x[t.npoint - 1] - 1.0 / cosh(2.0));
  problem_close(&p);
}

// Radau IIA with s points is of order 2s-1 at the ends of intervals (Hairer & Wanner 1996, IV.5): halving h divides the
// error by 2^(2s-1). 0.3: the next term of the error on these meshes.
TEST(ocp_o15_order_of_collocation)
{
  for (int s = 1; s <= 3; s++) {
    double x1, x2, j1, j2;
    const int nint = s == 1 ? 64 : 4;
    regulator_errors(nint, s, &x1, &j1);
    regulator_errors(2 * nint, s, &x2, &j2);
    NEAR(log2(x1 / x2), 2 * s - 1, 0.3);
    NEAR(log2(j1 / j2), 2 * s - 1, 0.3);
  }
}
