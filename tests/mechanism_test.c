// The integrators that other tests rely on.
#include "mechanism.h"

#include "test.h"

// x'' = -x
static sr_mechanism oscillator(sr_arena *a, const sr_tape **speed)
{
  sr_graph *g = sr_graph_new(a);
  const sr_ex q = sr_input(g), qd = sr_input(g), qdd = sr_input(g), r = sr_add(qdd, q);
  *speed = sr_tape_new(g, &qd, 1, a);
  return sr_mechanism_new(g, &r, 1, a);
}

// Distance from (cos 2, -sin 2) after 2 s from (1, 0).
static double oscillator_error(const sr_mechanism *m, sr_stepper kind, int nstep)
{
  double x[2] = {1.0, 0.0};
  sr_mechanism_steps(m, kind, nstep, 2.0 / nstep, x);
  return hypot(x[0] - cos(2.0), x[1] + sin(2.0));
}

// Halving the step divides the error by 2^p; 0.1: the next term of the error at these steps.
TEST(integrators_have_their_order)
{
  sr_arena *a = sr_arena_new();
  const sr_tape *speed;
  const sr_mechanism m = oscillator(a, &speed);
  const double order[] = {1.0, 4.0, 5.0};
  for (int kind = SR_EULER; kind <= SR_DORMAND_PRINCE_5; kind++) {
    const int n = kind == SR_EULER ? 500 : 40;
    const double whole = oscillator_error(&m, (sr_stepper)kind, n),
                 half = oscillator_error(&m, (sr_stepper)kind, 2 * n);
    NEAR(log2(whole / half), order[kind], 0.1);
  }
  sr_arena_free(a);
}

// The error of each step is estimated by the fourth-order solution, so that the error of the whole is far below the
// number of steps times the tolerance; and it follows the tolerance.
TEST(adaptive_steps_keep_their_tolerance)
{
  sr_arena *a = sr_arena_new();
  const sr_tape *speed;
  const sr_mechanism m = oscillator(a, &speed);
  double error[2];
  for (int i = 0; i < 2; i++) {
    double x[2] = {1.0, 0.0};
    sr_mechanism_flow(&m, 2.0, i == 0 ? 1e-6 : 1e-10, x);
    error[i] = hypot(x[0] - cos(2.0), x[1] + sin(2.0));
  }
  CHECK(error[0] < 1e-5 && error[1] < 1e-9);
  CHECK(error[0] > 1e-8);  // steps are no shorter than they need to be
  sr_arena_free(a);
}

// From (1, 0) the speed is zero again, from below, after half a turn, and not before.
TEST(events_are_found_to_the_tolerance)
{
  sr_arena *a = sr_arena_new();
  const sr_tape *speed;
  const sr_mechanism m = oscillator(a, &speed);
  double x[2] = {1.0, 0.0};
  NEAR(sr_mechanism_until(&m, speed, 10.0, 1e-12, x), acos(-1.0), 1e-10);
  NEAR(x[0], -1.0, 1e-10);
  NEAR(x[1], 0.0, 1e-15);
  double y[2] = {1.0, 0.0};
  CHECK(isnan(sr_mechanism_until(&m, speed, 3.0, 1e-12, y)));
  sr_arena_free(a);
}

TEST(linear_systems_that_need_pivots_are_solved)
{
  double A[9] = {0.0, 2.0, 1.0, 1.0, 0.0, 3.0, 4.0, 1.0, 0.0}, b[3] = {7.0, 10.0, 6.0};
  sr_solve_linear(3, A, b);
  NEAR(b[0], 1.0, 1e-15);
  NEAR(b[1], 2.0, 1e-15);
  NEAR(b[2], 3.0, 1e-15);
}
