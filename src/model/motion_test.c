// Motions with known answers through the whole chain: the model's equations at an instant, moved by collocation as the
// tasks are, or by an explicit integrator.
#include "mechanism.h"
#include "model/model.h"
#include "ocp/ocp.h"
#include "test.h"

enum { MOST = 4 };

// A model, its equations, and the mechanism that moves by them.
typedef struct machine {
  sr_arena *arena;
  sr_model *m;
  sr_graph *graph;
  sr_ex in[3 * MOST];  // q, qd, qdd
  sr_physics physics;
  sr_mechanism free;
} machine;

static machine machine_open(void)
{
  machine a = {.arena = sr_arena_new()};
  a.m = sr_alloc(a.arena, sr_model, 1);
  return a;
}

// After the model is filled.
static void machine_build(machine *a)
{
  const int n = a->m->skeleton.ncoord;
  for (int i = 0; i < a->m->skeleton.nbody; i++) a->m->mass += a->m->skeleton.body[i].mass;
  a->graph = sr_graph_new(a->arena);
  for (int j = 0; j < 3 * n; j++) a->in[j] = sr_input(a->graph);
  const sr_instant now = {.q = a->in, .qd = a->in + n, .qdd = a->in + 2 * n, .trunk = sr_const(a->graph, 0.0)};
  a->physics = sr_model_physics(a->m, a->graph, &now, a->arena);
  a->free = sr_mechanism_new(a->graph, a->physics.residual, n, a->arena);
}

// A mass that slides up and down on the spring and damper of its coordinate.
static machine sprung_mass(double mass, double stiffness, double damping, double gravity)
{
  machine a = machine_open();
  sr_skeleton *s = &a.m->skeleton;
  *s = (sr_skeleton){.nbody = 1, .ncoord = 1, .gravity = {0.0, -gravity, 0.0}};
  s->body[0] = (sr_body){.parent = -1, .naxis = 1, .mass = mass};
  s->body[0].axis[0] = sr_axis_slide(0, 0.0, 1.0, 0.0);
  a.m->coord[0] = (sr_coordinate){.stiffness = stiffness, .damping = damping, .is_translation = true};
  machine_build(&a);
  return a;
}

// The free motion from x0 = (q, qd) as a collocated problem without cost: states q and qd, controls qdd, and the
// residual of the equations of motion as path constraint, as in the tasks.
typedef struct phase {
  sr_ocp o;
  sr_ex xdot[2 * MOST], end[2 * MOST + 1];
  sr_bound x[2 * MOST], u[MOST], dynamics[2 * MOST], path[MOST], end_bound[2 * MOST + 1], duration;
} phase;

static const sr_bound free_bound = {"motion", -SR_NLP_INF, SR_NLP_INF, 1.0};

static void fix(phase *p, sr_ex end, double value)
{
  p->end[p->o.nend] = end;
  p->end_bound[p->o.nend++] = (sr_bound){"end", value, value, 1.0};
}

// Duration: fixed at `from` where `to` is the same; otherwise free between them, until the state number `stop` is zero.
static void phase_open(phase *p, const machine *a, const double *x0, double from, double to, int stop)
{
  const int n = a->m->skeleton.ncoord;
  const bool is_free = to > from;
  sr_graph *g = sr_graph_new(a->arena), *e = sr_graph_new(a->arena);
  sr_ex in[3 * MOST], ends[4 * MOST];
  for (int i = 0; i < 3 * n; i++) in[i] = sr_input(g);
  for (int i = 0; i < 4 * n; i++) ends[i] = sr_input(e);
  *p = (phase){.o = {.nx = 2 * n, .nu = n, .np = is_free, .point = g, .npath = n, .ends = e}};
  sr_ocp *o = &p->o;
  const sr_instant now = {.q = in, .qd = in + n, .qdd = in + 2 * n, .trunk = sr_const(g, 0.0)};
  o->path = sr_model_physics(a->m, g, &now, a->arena).residual;
  o->duration = is_free ? sr_input(g) : sr_const(g, from);
  if (is_free) sr_input(e);
  o->running = sr_const(g, 0.0);
  o->final = sr_const(e, 0.0);
  memcpy(p->xdot, in + n, 2 * (size_t)n * sizeof *in);
  for (int i = 0; i < 2 * n; i++) {
    fix(p, ends[i], x0[i]);
    p->x[i] = p->dynamics[i] = free_bound;
  }
  for (int i = 0; i < n; i++) {
    p->u[i] = free_bound;
    p->path[i] = (sr_bound){"equation of motion", 0.0, 0.0, 1.0};
  }
  if (is_free) fix(p, ends[2 * n + stop], 0.0);
  p->duration = (sr_bound){"duration", from, to, 1.0};
  o->xdot = p->xdot, o->end = p->end;
  o->x = p->x, o->u = p->u, o->p = &p->duration, o->dynamics = p->dynamics, o->path_bound = p->path;
  o->end_bound = p->end_bound;
}

// Solved from standing still at x0; *mesh_error may be NULL.
static sr_traj phase_solve(const phase *p, const machine *a, const double *x0, sr_mesh mesh, double *mesh_error)
{
  const sr_transcription *tr = sr_ocp_transcribe(&p->o, mesh, a->arena);
  sr_traj t = sr_traj_new(mesh, p->o.nx, p->o.nu, p->o.np, a->arena);
  for (int i = 0; i < t.npoint; i++) memcpy(t.x + i * p->o.nx, x0, (size_t)p->o.nx * sizeof *x0);
  if (p->o.np) t.p[0] = 0.5 * (p->duration.lo + p->duration.hi);
  sr_nlp_options options = sr_nlp_options_default();
  options.tol = options.constraint_tol = 1e-10;
  CHECK(sr_ocp_solve(tr, &options, &t, a->arena).nlp.status == SR_NLP_SOLVED);
  if (mesh_error) *mesh_error = sr_ocp_mesh_error(tr, &t, a->arena);
  return t;
}

static sr_traj collocate(const machine *a, double duration, sr_mesh mesh, const double *x0, double *mesh_error)
{
  phase p;
  phase_open(&p, a, x0, duration, duration, 0);
  return phase_solve(&p, a, x0, mesh, mesh_error);
}

// h(t) = (h0 - dh) cos(w t) + dh, w = sqrt(k / m), dh = -m g / k; k = 10 N/m, m = 1 kg. Four points in each interval of
// 0.3 rad: 1e-5 within it, where the order is 5, and far below that at its ends, where it is 7.
TEST(mass_on_a_spring_swings_about_its_rest)
{
  machine a = sprung_mass(1.0, 10.0, 0.0, 9.81);
  const double x0[2] = {0.5, 0.0}, rest = -0.981;
  const sr_traj t = collocate(&a, 2.0, (sr_mesh){20, 4}, x0, NULL);
  for (int i = 0; i < t.npoint; i++)
    NEAR(t.x[2 * i], (x0[0] - rest) * cos(sqrt(10.0) * 2.0 * t.tau[i]) + rest, i % 4 == 0 ? 1e-8 : 1e-5);
  sr_arena_free(a.arena);
}

// m = 1 kg, c = 0.4 N s/m, k = 9 N/m, from 1 m at rest: x(1 s) = -0.8016671. 1e-7: the last printed digit.
TEST(damped_mass_is_where_the_book_says)
{
  machine a = sprung_mass(1.0, 9.0, 0.4, 0.0);
  const double x0[2] = {1.0, 0.0};
  const sr_traj t = collocate(&a, 1.0, (sr_mesh){10, 4}, x0, NULL);
  NEAR(t.x[2 * (t.npoint - 1)], -0.8016671, 1e-7);
  sr_arena_free(a.arena);
}

// 75 kg fall 0.2 m onto a spring of 20 kN/m: deepest 0.1635484 m, where 3271.0 N carry it, and off again after
// 0.2284449 s. Both times are free, found by their end condition. 1e-7 m and s: the last printed digits.
TEST(drop_on_a_spring_is_as_deep_and_as_long_as_known)
{
  machine a = sprung_mass(75.0, 20e3, 0.0, 9.81);
  const double x0[2] = {0.0, -sqrt(2.0 * 9.81 * 0.2)};
  const sr_mesh mesh = {10, 4};
  phase p;
  phase_open(&p, &a, x0, 0.05, 0.2, 1);  // until the speed is zero
  const sr_traj down = phase_solve(&p, &a, x0, mesh, NULL);
  const int last = down.npoint - 1;
  NEAR(-down.x[2 * last], 0.1635484, 1e-7);
  NEAR(75.0 * (down.u[last] + 9.81), 3271.0, 0.05);
  phase_open(&p, &a, x0, 0.15, 0.3, 0);  // until the height is zero
  const sr_traj all = phase_solve(&p, &a, x0, mesh, NULL);
  NEAR(all.p[0], 0.2284449, 1e-7);
  NEAR(all.x[2 * last + 1], -x0[1], 1e-6);
  sr_arena_free(a.arena);
}

// Three rods as a model without muscles or ligaments.
static machine pendulum(void)
{
  machine a = machine_open();
  a.m->skeleton = sr_rods(3);
  machine_build(&a);
  return a;
}

static const double let_go[6] = {1.5, 0.5, -1.0, 0.0, 0.0, 0.0};

// Largest energy less that of the start, over what the rods gain in falling to rest, at nstate states.
static double energy_drift(const machine *a, int nstate, const double *x)
{
  sr_graph *g = a->graph;
  const sr_skeleton *s = &a->m->skeleton;
  const sr_ex e = sr_add(sr_kinetic_energy(s, g, a->physics.body), sr_potential_energy(s, g, a->physics.body));
  const sr_tape *t = sr_tape_new(g, &e, 1, a->arena);
  double *work = sr_alloc(a->arena, double, sr_tape_work(t)), in[9] = {0.0}, rest, start, now, largest = 0.0;
  sr_tape_eval1(t, in, &rest, work);
  memcpy(in, let_go, sizeof let_go);
  sr_tape_eval1(t, in, &start, work);
  for (int i = 0; i < nstate; i++) {
    memcpy(in, x + 6 * i, sizeof let_go);
    sr_tape_eval1(t, in, &now, work);
    largest = fmax(largest, fabs(now - start));
  }
  return largest / (start - rest);
}

// The estimated error of the mesh is below 1e-8, so the energy stays within 1e-6, between the ends of intervals as
// well.
TEST(collocated_pendulum_keeps_its_energy)
{
  machine a = pendulum();
  double mesh_error;
  const sr_traj t = collocate(&a, 0.4, (sr_mesh){100, 4}, let_go, &mesh_error);
  CHECK(mesh_error < 1e-8);
  NEAR(energy_drift(&a, t.npoint, t.x), 0.0, 1e-6);
  sr_arena_free(a.arena);
}

// Steps of 10 ms for 0.8 s: fourth-order Runge-Kutta drifts less than the collocation of the walks (two points, third
// order), and that far less than explicit Euler.
TEST(energy_drift_falls_with_the_order_of_the_scheme)
{
  machine a = pendulum();
  enum { NSTEP = 80 };
  double explicit[2][6 * (NSTEP + 1)], implicit[6 * (NSTEP + 1)], drift[2];
  const sr_stepper kind[2] = {SR_EULER, SR_RUNGE_KUTTA_4};
  for (int k = 0; k < 2; k++) {
    memcpy(explicit[k], let_go, sizeof let_go);
    for (int i = 0; i < NSTEP; i++) {
      double *x = explicit[k] + 6 * i;
      memcpy(x + 6, x, sizeof let_go);
      sr_mechanism_steps(&a.free, kind[k], 1, 0.01, x + 6);
    }
    drift[k] = energy_drift(&a, NSTEP + 1, explicit[k]);
  }
  const sr_traj t = collocate(&a, 0.01 * NSTEP, (sr_mesh){NSTEP, 2}, let_go, NULL);
  for (int i = 0; i <= NSTEP; i++) memcpy(implicit + 6 * i, t.x + 12 * i, sizeof let_go);
  const double collocated = energy_drift(&a, NSTEP + 1, implicit);
  CHECK(drift[1] < 0.5 * collocated && collocated < 0.01 * drift[0]);
  sr_arena_free(a.arena);
}

// A solid ball (2/5 m r^2) on a slope of 30 deg: gravity is tilted, the ground is level. Coordinates: x, y, turn.
static machine ball_on_slope(void)
{
  machine a = machine_open();
  const double r = 0.5, mass = 100.0, slope = acos(-1.0) / 6.0;
  sr_skeleton *s = &a.m->skeleton;
  *s = (sr_skeleton){.nbody = 1, .ncoord = 3, .gravity = {9.81 * sin(slope), -9.81 * cos(slope), 0.0}};
  s->body[0] = (sr_body){.parent = -1, .naxis = 3, .mass = mass};
  for (int k = 0; k < 3; k++) s->body[0].inertia[k] = 0.4 * mass * r * r;
  s->body[0].axis[0] = sr_axis_slide(0, 1.0, 0.0, 0.0);
  s->body[0].axis[1] = sr_axis_slide(1, 0.0, 1.0, 0.0);
  s->body[0].axis[2] = sr_axis_turn(2, 0.0, 0.0, 1.0);
  a.m->ncontact = 1;
  // so stiff that the weight presses it in by less than 0.1 mm
  a.m->contact[0] = (sr_contact_sphere){.radius = r,
                                        .stiffness = 2.87e7,
                                        .dissipation = 2.0,
                                        .mu_static = 0.8,
                                        .mu_dynamic = 0.8,
                                        .v_transition = 0.1,
                                        .corner = SR_CONTACT_CORNER};
  machine_build(&a);
  return a;
}

// a = 5/7 g sin theta = 3.5035714 m/s2 once it has settled: friction holds by creep, at a speed that stays the same.
// The force acts at r - d/2, which changes a by d / (7 r) of itself, 3e-5 for d = 0.1 mm.
TEST(ball_rolls_down_a_slope_at_five_sevenths)
{
  machine a = ball_on_slope();
  double x[6] = {0.0, 0.5, 0.0, 0.0, 0.0, 0.0}, before;
  sr_mechanism_flow(&a.free, 1.0, 1e-9, x);
  before = x[3];
  sr_mechanism_flow(&a.free, 1.0, 1e-9, x);
  CHECK(fabs(x[1] - 0.5) < 1e-4);
  NEAR(x[3] - before, 3.5035714, 1e-4 * 3.5);
  CHECK(fabs(x[3] + 0.5 * x[5]) < 0.1);  // it rolls: the creep is below the speed of the transition
  sr_arena_free(a.arena);
}

// A foot with a contact sphere (1 kg) and a trunk (4 kg) on a spring above it; they move up and down.
enum { FOOT, TRUNK };
static machine hopper(void)
{
  machine a = machine_open();
  sr_skeleton *s = &a.m->skeleton;
  *s = (sr_skeleton){.nbody = 2, .ncoord = 2, .gravity = {0.0, -9.81, 0.0}};
  s->body[0] = (sr_body){.parent = -1, .naxis = 1, .mass = 1.0};
  s->body[1] = (sr_body){.parent = 0, .pos = {0.0, 0.4, 0.0}, .naxis = 1, .mass = 4.0};
  s->body[0].axis[0] = sr_axis_slide(FOOT, 0.0, 1.0, 0.0);
  s->body[1].axis[0] = sr_axis_slide(TRUNK, 0.0, 1.0, 0.0);
  a.m->coord[TRUNK] = (sr_coordinate){.stiffness = 2000.0, .damping = 1.0, .is_translation = true};
  a.m->ncontact = 1;
  a.m->contact[0] = (sr_contact_sphere){
      .radius = 0.03, .stiffness = 1e6, .dissipation = 2.0, .mu_static = 0.8, .mu_dynamic = 0.8, .v_transition = 0.1};
  machine_build(&a);
  return a;
}

// Height [m] and speed [m/s] of the centre of mass.
static void centre_of_mass(const machine *a, const double *x, double *height, double *speed)
{
  const sr_ex out[2] = {a->physics.com.y, a->physics.com_velocity.y};
  const sr_tape *t = sr_tape_new(a->graph, out, 2, a->arena);
  double in[6] = {x[0], x[1], x[2], x[3]}, y[2];
  sr_tape_eval1(t, in, y, sr_alloc(a->arena, double, sr_tape_work(t)));
  *height = y[0];
  *speed = y[1];
}

// In the air at 2.5 m/s, foot and trunk swinging against each other: the centre of mass rises by v^2 / 2g = 0.3185525 m
// in v / g and is back after 2 v / g. 1e-7: the last printed digit; 1e-10: rounding, as steps keep what is
// linear or quadratic in time.
TEST(jump_rises_by_the_square_of_its_speed)
{
  machine a = hopper();
  double x[4] = {1.0, -0.05, 1.7, 1.0}, height, speed, top, end;
  const double time = 2.5 / 9.81;
  centre_of_mass(&a, x, &height, &speed);
  NEAR(speed, 2.5, 1e-14);
  sr_mechanism_flow(&a.free, time, 1e-10, x);
  centre_of_mass(&a, x, &top, &speed);
  NEAR(top - height, 0.3185525, 1e-7);
  NEAR(speed, 0.0, 1e-10);
  sr_mechanism_flow(&a.free, time, 1e-10, x);
  centre_of_mass(&a, x, &end, &speed);
  NEAR(end, height, 1e-10);
  NEAR(speed, -2.5, 1e-10);
  sr_arena_free(a.arena);
}

// A leap from a compressed spring: what the ground gives, less weight times time, is the momentum that the body has
// gained. A third coordinate, x'' = force of the ground, holds the impulse as its speed. 1e-10: rounding, as
// every step keeps the sum.
TEST(impulse_of_the_ground_is_the_momentum_of_a_leap)
{
  machine a = hopper();
  sr_graph *g = sr_graph_new(a.arena);
  sr_ex in[9], r[3];
  for (int j = 0; j < 9; j++) in[j] = sr_input(g);
  const sr_instant now = {.q = in, .qd = in + 3, .qdd = in + 6, .trunk = sr_const(g, 0.0)};
  const sr_physics p = sr_model_physics(a.m, g, &now, a.arena);
  memcpy(r, p.residual, 2 * sizeof *r);
  r[2] = sr_sub(in[8], p.ground_force[SR_LEG_LEFT].y);
  const sr_mechanism m = sr_mechanism_new(g, r, 3, a.arena);
  const sr_ex clearance = sr_shift(in[FOOT], -0.10);  // of the foot's centre: the force is 1e-18 of what it was
  double x[6] = {0.03, -0.15, 0.0, 0.0, 0.0, 0.0}, height, before, after;
  centre_of_mass(&a, (const double[]){x[0], x[1], x[3], x[4]}, &height, &before);
  const double time = sr_mechanism_until(&m, sr_tape_new(g, &clearance, 1, a.arena), 1.0, 1e-10, x);
  centre_of_mass(&a, (const double[]){x[0], x[1], x[3], x[4]}, &height, &after);
  CHECK(after > 1.0);
  NEAR(x[5] - 5.0 * 9.81 * time, 5.0 * (after - before), 1e-10);
  sr_arena_free(a.arena);
}
