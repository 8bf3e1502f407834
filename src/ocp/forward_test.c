// Solutions followed forward in time, against closed forms.
#include "ocp/ocp.h"
#include "test.h"

// A mass whose acceleration is the control that is found: a + spring(q) - u = 0, u given.
typedef struct oscillator {
  sr_arena *a;
  sr_ocp o;
  sr_ex xdot[2], path[2];
  sr_bound x[2], u[2], dynamics[2], path_bound[2];
} oscillator;

typedef enum spring { LINEAR, PENDULUM, ENDS } spring;

static void make(oscillator *s, double duration, spring kind)
{
  *s = (oscillator){.a = sr_arena_new()};
  sr_ocp *o = &s->o;
  *o = (sr_ocp){.nx = 2, .nu = 2, .point = sr_graph_new(s->a), .ends = sr_graph_new(s->a), .npath = 2};
  sr_ex in[4];
  for (int i = 0; i < 4; i++) in[i] = sr_input(o->point);
  for (int i = 0; i < 4; i++) sr_input(o->ends);
  s->xdot[0] = in[1];
  s->xdot[1] = in[2];
  // the last one has no value where the mass moves faster than 1
  const sr_ex force = kind == LINEAR     ? in[0]
                      : kind == PENDULUM ? sr_sin(in[0])
                                         : sr_sqrt(sr_sub(sr_const(o->point, 1.0), sr_sq(in[1])));
  s->path[0] = sr_sq(in[3]);  // no equation of motion
  s->path[1] = sr_sub(sr_add(in[2], force), in[3]);
  for (int i = 0; i < 2; i++) {
    const sr_bound any = {"", -SR_NLP_INF, SR_NLP_INF, 1.0};
    s->x[i] = s->u[i] = s->dynamics[i] = s->path_bound[i] = any;
  }
  o->duration = sr_const(o->point, duration);
  o->running = sr_const(o->point, 0.0);
  o->final = sr_const(o->ends, 0.0);
  o->xdot = s->xdot, o->path = s->path;
  o->x = s->x, o->u = s->u, o->dynamics = s->dynamics, o->path_bound = s->path_bound;
}

static const sr_ocp_free of_motion = {1, (const int[]){0}, (const int[]){1}};

// u = t, from rest at 0:   q = t - sin t
TEST(forward_follows_given_controls)
{
  oscillator s;
  make(&s, 3.0, LINEAR);
  const sr_mesh mesh = {5, 2};
  const sr_transcription *t = sr_ocp_transcribe(&s.o, mesh, s.a);
  sr_traj traj = sr_traj_new(mesh, 2, 2, 0, s.a);
  for (int i = 0; i < traj.npoint; i++)
    traj.u[2 * i + 1] = 3.0 * traj.tau[i];  // x is no solution: only its start counts
  double x[12];
  CHECK(sr_ocp_forward(t, &traj, &of_motion, 8, x, s.a) == 5);
  for (int k = 0; k <= 5; k++) {
    const double at = 3.0 * k / 5;
    NEAR(x[2 * k], at - sin(at), 1e-8);
    NEAR(x[2 * k + 1], 1.0 - cos(at), 1e-8);
  }
  sr_arena_free(s.a);
}

// A pendulum keeps its energy, the better the smaller the step: by 2^5 for half of it.
TEST(forward_is_of_order_five)
{
  oscillator s;
  make(&s, 4.0, PENDULUM);
  const sr_mesh mesh = {4, 1};
  const sr_transcription *t = sr_ocp_transcribe(&s.o, mesh, s.a);
  sr_traj traj = sr_traj_new(mesh, 2, 2, 0, s.a);
  for (int i = 0; i < traj.npoint; i++) traj.x[2 * i] = 2.0;
  double error[3];
  for (int i = 0; i < 3; i++) {
    double x[10];
    CHECK(sr_ocp_forward(t, &traj, &of_motion, 2 << i, x, s.a) == 4);
    error[i] = fabs(0.5 * x[9] * x[9] - cos(x[8]) + cos(2.0));
  }
  CHECK(error[2] < 1e-7);
  NEAR(log2(error[0] / error[1]), 5.0, 0.7);
  NEAR(log2(error[1] / error[2]), 5.0, 0.7);
  sr_arena_free(s.a);
}

// Beyond a speed of 1 no acceleration solves the equations: with u = 2 that speed is reached before t = 1.
TEST(forward_stops_where_the_equations_end)
{
  oscillator s;
  make(&s, 3.0, ENDS);
  const sr_mesh mesh = {6, 2};
  const sr_transcription *t = sr_ocp_transcribe(&s.o, mesh, s.a);
  sr_traj traj = sr_traj_new(mesh, 2, 2, 0, s.a);
  for (int i = 0; i < traj.npoint; i++) traj.u[2 * i + 1] = 2.0;
  double x[14];
  CHECK(sr_ocp_forward(t, &traj, &of_motion, 4, x, s.a) == 1);  // dv/dt = 2 - sqrt(1 - v^2): v = 1 at t = 0.85
  sr_arena_free(s.a);
}
