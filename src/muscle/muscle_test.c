#include "muscle/muscle.h"

#include <math.h>

#include "test.h"
#include "text/json.h"

// A soleus-like muscle with a compliant tendon.
static sr_muscle example(void)
{
  return (sr_muscle){.name = "soleus",
                     .f_max = 4000.0,
                     .len_opt = 0.05,
                     .len_slack = 0.25,
                     .penn_opt = 0.4,
                     .v_max = 10.0,
                     .tendon_k = 20.0,
                     .passive_shift = 0.05,
                     .passive_strain = 0.6,
                     .damping = 0.01,
                     .capacity = 1.0,
                     .passive_scale = 1.0,
                     .slow_fraction = 0.8,
                     .specific_tension = 600e3,
                     .tau_act = 0.015,
                     .tau_deact = 0.060};
}

// Some outputs of a graph at one point.
typedef struct machine {
  sr_arena *arena;
  const sr_tape *tape;
  double *work;
  double out[32];
} machine;

static machine machine_new(sr_arena *a, const sr_graph *g, const sr_ex *out, int nout)
{
  machine m = {.arena = a, .tape = sr_tape_new(g, out, nout, a)};
  m.work = sr_alloc(a, double, sr_tape_work(m.tape));
  return m;
}

static const double *run(machine *m, const double *in)
{
  sr_tape_eval1(m->tape, in, m->out, m->work);
  return m->out;
}

// Value, slope and curvature of a curve of one variable.
typedef sr_ex (*curve)(sr_ex x);

static sr_ex passive(sr_ex x)
{
  return sr_curve_passive(x, 0.1, 0.5);
}

static sr_ex healthy_passive(sr_ex x)
{
  return sr_curve_passive(x, 0.0, 0.6);
}

static sr_ex tendon(sr_ex x)
{
  return sr_curve_tendon(x, log(6.0) / 0.049);
}

static sr_ex tendon_inverse(sr_ex x)
{
  return sr_curve_tendon_inverse(x, log(6.0) / 0.049);
}

static machine jet_of(sr_arena *a, curve f)
{
  sr_graph *g = sr_graph_new(a);
  const sr_ex x = sr_input(g);
  sr_ex y[3] = {f(x)};
  sr_gradient(y[0], &x, 1, &y[1]);
  sr_gradient(y[1], &x, 1, &y[2]);
  return machine_new(a, g, y, 3);
}

static double at(curve f, double x)
{
  sr_arena *a = sr_arena_new();
  machine m = jet_of(a, f);
  const double y = run(&m, &x)[0];
  sr_arena_free(a);
  return y;
}

// Stiffer or softer tendons keep f_T(1) = 0, and k = ln 6 / e makes e the strain at peak force.
TEST(muscle_curves_pass_through_their_anchor_points)
{
  NEAR(at(sr_curve_active, 1.0), 1.0, 1e-15);
  NEAR(at(sr_curve_velocity, -1.0), 0.0, 1e-14);
  NEAR(at(sr_curve_velocity, 0.0), 1.0, 1e-15);
  NEAR(at(sr_curve_velocity, 1.0), 1.794, 1e-3);
  NEAR(at(healthy_passive, 0.2), 0.0, 1e-16);
  NEAR(at(healthy_passive, 1.0), 0.0182288, 5e-8);
  NEAR(at(healthy_passive, 1.6), 1.0, 1e-14);
  NEAR(at(passive, 0.3), 0.0, 1e-16);
  NEAR(at(passive, 1.6), 1.0, 1e-14);
  NEAR(at(tendon, 1.0), 0.0, 1e-16);
  NEAR(at(tendon, 1.049), 1.0, 1e-13);
}

TEST(muscle_inverse_curves_undo_the_curves)
{
  for (int i = -10; i <= 10; i++) {
    const double v = 0.1 * i, l = 1.0 + 0.006 * i;
    NEAR(at(sr_curve_velocity_inverse, at(sr_curve_velocity, v)), v, 1e-13);
    if (i > -4) NEAR(at(tendon_inverse, at(tendon, l)), l, 1e-13);
  }
}

static void check_derivatives(curve f, double from, double to)
{
  sr_arena *a = sr_arena_new();
  machine m = jet_of(a, f);
  const double h = 1e-5;  // error about h^2 f''' + 1e-16 / h
  for (int i = 0; i <= 40; i++) {
    const double x = from + (to - from) * i / 40.0, up = x + h, down = x - h;
    double y[3], y_up[3], y_down[3];
    memcpy(y, run(&m, &x), sizeof y);
    memcpy(y_up, run(&m, &up), sizeof y);
    memcpy(y_down, run(&m, &down), sizeof y);
    for (int k = 0; k < 2; k++) NEAR(y[k + 1], (y_up[k] - y_down[k]) / (2.0 * h), 1e-6 * (1.0 + fabs(y[k + 1])));
  }
  sr_arena_free(a);
}

TEST(muscle_curve_slopes_and_curvatures_match_differences)
{
  check_derivatives(sr_curve_active, 0.3, 1.8);
  check_derivatives(passive, 0.2, 1.8);
  check_derivatives(sr_curve_velocity, -1.2, 1.2);
  check_derivatives(sr_curve_velocity_inverse, -0.1, 1.8);
  check_derivatives(tendon, 0.97, 1.05);
  check_derivatives(tendon_inverse, 0.0, 3.0);
}

// The unknowns of one fibre, and everything it gives.
enum { LEN, SPEED, ACT, FORCE, RATE, NIN };
enum { LEN_N, V_N, COS, ACTIVE, PASSIVE, TENDON, RESIDUAL, SLOPE_FORCE, SLOPE_RATE, ENERGY, NOUT };

static machine fibre_machine(sr_arena *a, const sr_muscle *m)
{
  sr_graph *g = sr_graph_new(a);
  sr_ex in[NIN], slope[NIN];
  for (int i = 0; i < NIN; i++) in[i] = sr_input(g);
  const sr_fibre f = sr_muscle_fibre(m, in[LEN], in[SPEED], in[ACT], in[FORCE], in[RATE]);
  sr_gradient(f.residual, in, NIN, slope);
  const sr_ex out[NOUT] = {
      f.len_n,        f.v_n,      f.cos_penn,   f.f_active,  f.f_passive,
      f.tendon_force, f.residual, slope[FORCE], slope[RATE], sr_muscle_metabolic_rate(m, &f, in[ACT])};
  return machine_new(a, g, out, NOUT);
}

// Newton's method for the unknown `which`, so that the residual vanishes.
static const double *balance(machine *m, double in[NIN], int which)
{
  const double *y = run(m, in);
  for (int n = 0; n < 60 && fabs(y[RESIDUAL]) > 1e-15; n++) {
    in[which] -= y[RESIDUAL] / y[which == FORCE ? SLOPE_FORCE : SLOPE_RATE];
    if (which == FORCE) in[which] = fmax(in[which], -0.1);  // the tendon's logarithm ends at -0.2
    y = run(m, in);
  }
  return y;
}

TEST(muscle_with_stiff_tendon_gives_peak_force_and_passive_force)
{
  sr_arena *a = sr_arena_new();
  sr_muscle m = example();
  m.tendon_k = 1e9;
  m.passive_shift = 0.0;
  machine f = fibre_machine(a, &m);
  double in[NIN] = {[LEN] = m.len_slack + m.len_opt * cos(m.penn_opt), [ACT] = 1.0, [FORCE] = 1.0};
  const double *y = balance(&f, in, FORCE);
  NEAR(y[TENDON], m.f_max * 1.0182288 * cos(m.penn_opt), 1e-4 * m.f_max * 1e-2);
  NEAR(y[LEN_N], 1.0, 1e-7);
  NEAR(y[COS], cos(m.penn_opt), 1e-7);
  sr_arena_free(a);
}

// Static equilibrium exists for every activation and length, the force rises with both, and never jumps.
TEST(muscle_equilibrium_exists_and_is_continuous)
{
  sr_arena *a = sr_arena_new();
  const sr_muscle m = example();
  machine f = fibre_machine(a, &m);
  for (int i = 0; i <= 10; i++) {
    double in[NIN] = {[ACT] = 0.1 * i, [FORCE] = 0.01};
    double last = 0.0;
    for (int n = 0; n <= 60; n++) {
      in[LEN] = m.len_slack + m.len_opt * (0.5 + 0.02 * n);
      const double *y = balance(&f, in, FORCE);
      NEAR((y[ACTIVE] + y[PASSIVE]) * y[COS], y[TENDON], 1e-8 * m.f_max);
      CHECK(n == 0 || fabs(y[TENDON] - last) < 0.1 * m.f_max);
      last = y[TENDON];
    }
  }
  sr_arena_free(a);
}

// Potential of the passive curve [J] over l_o f_max: its integral from 0.2 + shift to l.
static double passive_potential(const sr_muscle *m, double l)
{
  const double k = 4.0 / m->passive_strain, p = exp(-0.8 * k), span = exp(4.0) - p;
  return (exp(k * (l - m->passive_shift - 1.0)) / k - p * l) / span;
}

// Energy stored in the tendon [J]: the integral of the force over its length.
static double tendon_potential(const sr_muscle *m, double force_n)
{
  const double strain = log(1.0 + 5.0 * force_n) / m->tendon_k;
  return m->f_max * m->len_slack * 0.2 * ((exp(m->tendon_k * strain) - 1.0) / m->tendon_k - strain);
}

// A stretch and release of the whole muscle: work done on it = tendon + passive potential + work of the active element
// + damping. Fourth-order Runge-Kutta on the tendon force, whose rate follows from the force balance.
typedef struct ledger {
  double work, active, damping;
} ledger;

static double stretch_rate(machine *f, const sr_muscle *m, double t, double force, ledger *power)
{
  double in[NIN] = {m->len_slack + 0.05 + 0.01 * sin(8.0 * t), 0.08 * cos(8.0 * t), 0.3 + 0.2 * sin(5.0 * t), force,
                    0.0};
  const double *y = balance(f, in, RATE);
  const double v = y[V_N] * m->v_max * m->len_opt;
  *power = (ledger){y[TENDON] * in[SPEED], y[ACTIVE] * v, m->damping * y[V_N] * m->f_max * v};
  return in[RATE];
}

static void add_power(ledger *sum, ledger power, double h)
{
  sum->work += h * power.work;
  sum->active += h * power.active;
  sum->damping += h * power.damping;
}

static double stretch_step(machine *f, const sr_muscle *m, double t, double h, double force, ledger *sum)
{
  ledger p[4];
  const double k1 = stretch_rate(f, m, t, force, &p[0]);
  const double k2 = stretch_rate(f, m, t + 0.5 * h, force + 0.5 * h * k1, &p[1]);
  const double k3 = stretch_rate(f, m, t + 0.5 * h, force + 0.5 * h * k2, &p[2]);
  const double k4 = stretch_rate(f, m, t + h, force + h * k3, &p[3]);
  for (int i = 0; i < 4; i++) add_power(sum, p[i], h * (i == 0 || i == 3 ? 1.0 : 2.0) / 6.0);
  return force + h * (k1 + 2.0 * k2 + 2.0 * k3 + k4) / 6.0;
}

static double stored_energy(machine *f, const sr_muscle *m, double t, double force)
{
  ledger unused;
  stretch_rate(f, m, t, force, &unused);
  return tendon_potential(m, force) + m->f_max * m->len_opt * m->passive_scale * passive_potential(m, f->out[LEN_N]);
}

TEST(muscle_energy_of_a_stretch_balances)
{
  sr_arena *a = sr_arena_new();
  sr_muscle m = example();
  m.capacity = 0.7;
  m.passive_scale = 1.6;
  machine f = fibre_machine(a, &m);
  double force = 0.4;
  ledger sum = {0};
  const int nstep = 16000;
  const double before = stored_energy(&f, &m, 0.0, force), h = 5e-5;
  for (int n = 0; n < nstep; n++) force = stretch_step(&f, &m, h * n, h, force, &sum);
  NEAR(sum.work, stored_energy(&f, &m, nstep * h, force) - before + sum.active + sum.damping, 1e-6);
  CHECK(sum.damping > 0.0 && fabs(sum.active) > 0.1);
  sr_arena_free(a);
}

// Every input of the residual and of the metabolic rate: first and second derivatives.
static double *derivatives(sr_arena *a, const sr_muscle *m, bool is_energy, const double *in, double *gradient)
{
  sr_graph *g = sr_graph_new(a);
  sr_ex x[NIN], out[NIN + NIN * NIN];
  for (int i = 0; i < NIN; i++) x[i] = sr_input(g);
  const sr_fibre f = sr_muscle_fibre(m, x[LEN], x[SPEED], x[ACT], x[FORCE], x[RATE]);
  sr_gradient(is_energy ? sr_muscle_metabolic_rate(m, &f, x[ACT]) : f.residual, x, NIN, out);
  for (int i = 0; i < NIN; i++) sr_gradient(out[i], x, NIN, out + NIN + NIN * i);
  const sr_tape *t = sr_tape_new(g, out, NIN + NIN * NIN, a);
  double *y = sr_alloc(a, double, NIN + NIN * NIN);
  sr_tape_eval1(t, in, y, sr_alloc(a, double, sr_tape_work(t)));
  memcpy(gradient, y, NIN * sizeof *gradient);
  return y + NIN;
}

static void check_fibre_derivatives(const sr_muscle *m, bool is_energy, const double *in)
{
  sr_arena *a = sr_arena_new();
  machine f = fibre_machine(a, m);
  const int out = is_energy ? ENERGY : RESIDUAL;
  double gradient[NIN], up[NIN], down[NIN], scale = 0.0;
  const double *hessian = derivatives(a, m, is_energy, in, gradient);
  for (int k = 0; k < NIN * NIN; k++) scale = fmax(scale, fabs(hessian[k]));
  for (int i = 0; i < NIN; i++) {
    double x[NIN];
    memcpy(x, in, sizeof x);
    const double h = i == RATE ? 1e-4 : 1e-6;  // the rate is in 1/s and the answer almost linear in it
    x[i] = in[i] + h;
    const double above = run(&f, x)[out];
    derivatives(a, m, is_energy, x, up);
    x[i] = in[i] - h;
    const double below = run(&f, x)[out];
    derivatives(a, m, is_energy, x, down);
    NEAR(gradient[i], (above - below) / (2.0 * h), 1e-6 * (1.0 + fabs(gradient[i])));
    for (int j = 0; j < NIN; j++) NEAR(hessian[NIN * i + j], (up[j] - down[j]) / (2.0 * h), 1e-6 * (1.0 + scale));
  }
  sr_arena_free(a);
}

TEST(muscle_residual_and_energy_derivatives_match_differences)
{
  const double point[3][NIN] = {
      {0.300, -0.10, 0.6, 0.3, 1.0}, {0.305, 0.08, 0.2, 0.5, -2.0}, {0.295, 0.0, 0.05, 0.02, 0.1}};
  sr_muscle m = example();
  for (int n = 0; n < 3; n++) {
    m.penn_opt = n == 2 ? 0.0 : 0.4;
    check_fibre_derivatives(&m, false, point[n]);
    check_fibre_derivatives(&m, true, point[n]);
  }
}

// A cut nerve: nothing of the active force, its slope or the heat is left in the graph; passive force remains.
TEST(muscle_without_nerve_has_no_active_force_and_no_heat)
{
  sr_arena *a = sr_arena_new();
  sr_muscle m = example();
  m.capacity = 0.0;
  sr_graph *g = sr_graph_new(a);
  sr_ex x[NIN], slope[NIN];
  for (int i = 0; i < NIN; i++) x[i] = sr_input(g);
  const sr_fibre f = sr_muscle_fibre(&m, x[LEN], x[SPEED], x[ACT], x[FORCE], x[RATE]);
  sr_gradient(f.residual, x, NIN, slope);
  CHECK(sr_is_zero(f.f_active));
  CHECK(sr_is_zero(slope[ACT]));
  CHECK(sr_is_zero(sr_muscle_metabolic_rate(&m, &f, x[ACT])));
  CHECK(!sr_is_zero(f.f_passive));
  sr_arena_free(a);
}

// Capacity takes from the active force alone; passive stiffness and tendon stay.
TEST(muscle_capacity_scales_the_active_term_alone)
{
  sr_arena *a = sr_arena_new();
  sr_muscle whole = example(), half = example();
  half.capacity = 0.5;
  machine f = fibre_machine(a, &whole), g = fibre_machine(a, &half);
  const double in[NIN] = {0.305, -0.05, 0.7, 0.4, 0.3};
  const double *y = run(&f, in), *z = run(&g, in);
  NEAR(z[ACTIVE], 0.5 * y[ACTIVE], 1e-12 * whole.f_max);
  NEAR(z[PASSIVE], y[PASSIVE], 0.0);
  NEAR(z[TENDON], y[TENDON], 0.0);
  NEAR(z[LEN_N], y[LEN_N], 0.0);
  NEAR(z[ENERGY], 0.5 * y[ENERGY], 1e-9);
  sr_arena_free(a);
}

// A constant excitation gives first-order decay and, rising to one, first-order growth; at rest e = a.
TEST(muscle_excitation_solves_the_activation_dynamics)
{
  sr_muscle m = example();
  for (int i = 0; i <= 10; i++) {
    const double a = 0.1 * i, tau = m.tau_deact;
    NEAR(sr_muscle_excitation(&m, a, 0.0), a, 1e-15);
    NEAR(sr_muscle_excitation(&m, a, (0.5 * a - a) / tau), 0.5 * a, 1e-15);
    NEAR(sr_muscle_excitation(&m, a, -a / tau), 0.0, 1e-15);
    NEAR(sr_muscle_excitation(&m, a, (1.0 - a) / m.tau_act), 1.0, 1e-14);
    const double k2 = 1.0 / tau, k1 = 1.0 / m.tau_act - k2, e = a + 0.3 * (1.0 - a);
    NEAR(sr_muscle_excitation(&m, a, (e - a) * (k1 * e + k2)), e, 1e-14);
  }
  m.tau_deact = m.tau_act;
  NEAR(sr_muscle_excitation(&m, 0.2, 10.0), 0.2 + 0.015 * 10.0, 1e-15);
}

// The rows hold exactly where the excitation stays between 0 and 1.
TEST(muscle_activation_rows_bound_the_excitation)
{
  sr_arena *arena = sr_arena_new();
  const sr_muscle m = example();
  sr_graph *g = sr_graph_new(arena);
  const sr_ex act = sr_input(g), rate = sr_input(g);
  const sr_activation_rows rows = sr_muscle_activation(&m, act, rate);
  machine f = machine_new(arena, g, (const sr_ex[]){rows.lower, rows.upper}, 2);
  for (int i = 0; i <= 10; i++)
    for (int j = -20; j <= 20; j++) {
      const double in[2] = {0.1 * i, 4.03 * j}, e = sr_muscle_excitation(&m, in[0], in[1]);
      const double *y = run(&f, in);
      CHECK((y[0] >= 0.0 && y[1] <= 1.0 / m.tau_act) == (e >= 0.0 && e <= 1.0));
    }
  sr_arena_free(arena);
}

// At rest only the least heat; at full activation and optimal length, isometric, the published constants.
TEST(muscle_metabolic_rate_at_rest_and_isometric)
{
  sr_arena *a = sr_arena_new();
  sr_muscle m = example();
  machine f = fibre_machine(a, &m);
  const double mass = 4000.0 * 0.05 * 1059.7 / 600e3;
  double in[NIN] = {[LEN] = m.len_slack + 0.035, [ACT] = 0.0, [FORCE] = 0.0};
  NEAR(sr_muscle_mass(&m), mass, 1e-12);
  NEAR(run(&f, in)[ENERGY], mass, 0.01 * mass);
  in[ACT] = 1.0;
  in[LEN] = m.len_slack * (1.0 + log(1.0 + 5.0 * 0.9) / m.tendon_k) + m.len_opt * cos(m.penn_opt);
  in[FORCE] = 0.9;
  NEAR(run(&f, in)[ENERGY], mass * (0.8 * (40.0 + 74.0) + 0.2 * (133.0 + 111.0)), 1e-3 * mass);
  sr_arena_free(a);
}

// Heat never falls below its bound and the total stays positive at any length, speed and activation.
TEST(muscle_metabolic_rate_is_positive)
{
  sr_arena *a = sr_arena_new();
  const sr_muscle m = example();
  machine f = fibre_machine(a, &m);
  for (int i = 0; i <= 10; i++)
    for (int n = -40; n <= 40; n++)
      for (int l = 0; l <= 5; l++) {
        const double in[NIN] = {0.28 + 0.01 * l, 0.01 * n, 0.1 * i, 0.1, 0.0};
        CHECK(run(&f, in)[ENERGY] > 0.5 * sr_muscle_mass(&m));
      }
  sr_arena_free(a);
}

TEST(muscle_operations_per_muscle_are_few)
{
  sr_arena *a = sr_arena_new();
  const sr_muscle m = example();
  sr_graph *g = sr_graph_new(a);
  sr_ex x[NIN];
  for (int i = 0; i < NIN; i++) x[i] = sr_input(g);
  const sr_fibre f = sr_muscle_fibre(&m, x[LEN], x[SPEED], x[ACT], x[FORCE], x[RATE]);
  CHECK(sr_tape_length(sr_tape_new(g, &f.residual, 1, a)) <= 67);
  const sr_ex both[2] = {f.residual, sr_muscle_metabolic_rate(&m, &f, x[ACT])};
  CHECK(sr_tape_length(sr_tape_new(g, both, 2, a)) <= 110);
  sr_arena_free(a);
}

// Columns of tests/data/muscle_oracle.json
enum {
  O_F_MAX,
  O_LEN_OPT,
  O_LEN_SLACK,
  O_PENN,
  O_ACT,
  O_EXCITATION,
  O_LEN_MT,
  O_V_MT,
  O_LEN_N,
  O_V_N,
  O_COS,
  O_FL,
  O_FV,
  O_FP,
  O_FIBRE_FORCE,
  O_TENDON_FORCE,
  O_METABOLIC,
  O_COUNT
};

static const sr_json *read_oracle(sr_arena *a, sr_json *root)
{
  sr_error err = {0};
  size_t size = 0;
  char *text = NULL;
  const char *path = sr_test_path("tests/data/muscle_oracle.json");
  CHECK(sr_file_read(path, a, &text, &size, &err) && sr_json_parse(path, text, size, a, root, &err));
  return root;
}

static sr_muscle oracle_muscle(const double *o)
{
  sr_muscle m = example();
  m.f_max = o[O_F_MAX];
  m.len_opt = o[O_LEN_OPT];
  m.len_slack = o[O_LEN_SLACK];
  m.penn_opt = o[O_PENN];
  m.tendon_k = 1e15;  // rigid
  m.passive_shift = 0.0;
  m.slow_fraction = 0.5;
  m.specific_tension = 250e3;
  return m;
}

// 1e-9: both sides round differently; a rigid tendon of k = 1e15 adds about 1e-15.
static void check_state(const double *o)
{
  sr_arena *a = sr_arena_new();
  const sr_muscle m = oracle_muscle(o);
  machine f = fibre_machine(a, &m);
  const double in[NIN] = {o[O_LEN_MT], o[O_V_MT], o[O_ACT], o[O_TENDON_FORCE] / m.f_max, 0.0};
  const double *y = run(&f, in);
  NEAR(y[LEN_N], o[O_LEN_N], 1e-9);
  NEAR(y[V_N], o[O_V_N], 1e-9);
  NEAR(y[COS], o[O_COS], 1e-9);
  NEAR(y[ACTIVE], o[O_ACT] * o[O_FL] * o[O_FV] * m.f_max, 1e-9 * m.f_max);
  NEAR(y[PASSIVE], (o[O_FP] + 0.01 * o[O_V_N]) * m.f_max, 1e-9 * m.f_max);
  NEAR(y[ACTIVE] + y[PASSIVE], o[O_FIBRE_FORCE], 1e-9 * m.f_max);
  NEAR(y[RESIDUAL], 0.0, 1e-9);
  sr_arena_free(a);
}

// While a fibre of 0.5 to 1 optimal lengths shortens, ours and OpenSim's rate differ in the heat of shortening alone
// (OpenSim: 0.25 F, with the step from lengthening over 10 v in m/s) and in the drive (excitation there, activation
// here), so that ours at the excitation is moved by the known difference. 1e-3 W: the rounded corner at the least heat
// gives 0.0025 / x W/kg.
static bool check_energy(const double *o)
{
  if (o[O_LEN_N] < 0.5 || o[O_LEN_N] > 1.0 || o[O_V_N] > -0.1 || o[O_METABOLIC] < 20.0) return false;
  sr_arena *a = sr_arena_new();
  const sr_muscle m = oracle_muscle(o);
  sr_graph *g = sr_graph_new(a);
  sr_ex x[NIN];
  for (int i = 0; i < NIN; i++) x[i] = sr_input(g);
  const sr_fibre f = sr_muscle_fibre(&m, x[LEN], x[SPEED], x[ACT], x[FORCE], x[RATE]);
  const sr_ex rate = sr_muscle_metabolic_rate(&m, &f, sr_const(g, o[O_EXCITATION]));
  machine e = machine_new(a, g, &rate, 1);
  const double in[NIN] = {o[O_LEN_MT], o[O_V_MT], o[O_ACT], o[O_TENDON_FORCE] / m.f_max, 0.0};
  const double speed = -o[O_V_N] * m.v_max * m.len_opt, isometric = o[O_EXCITATION] * o[O_FL] * m.f_max;
  const double theirs = 0.25 * (0.5 + 0.5 * tanh(10.0 * speed)) * o[O_FIBRE_FORCE];
  const double difference = speed * (theirs - 0.16 * isometric - 0.18 * o[O_FIBRE_FORCE]);
  NEAR(run(&e, in)[0] + difference, o[O_METABOLIC], 1e-3);
  sr_arena_free(a);
  return true;
}

TEST(muscle_states_agree_with_opensim)
{
  sr_arena *a = sr_arena_new();
  sr_json root = {0};
  const sr_json *states = sr_json_get(read_oracle(a, &root), "states");
  int nenergy = 0;
  for (int n = 0; states != NULL && n < states->n; n++) {
    double o[O_COUNT];
    CHECK(states->child[n].n == O_COUNT);
    for (int k = 0; k < O_COUNT; k++) o[k] = states->child[n].child[k].number;
    check_state(o);
    nenergy += check_energy(o);
  }
  CHECK(states != NULL && states->n >= 9 && nenergy >= 3);
  sr_arena_free(a);
}

TEST(muscle_curves_agree_with_opensim)
{
  static const struct {
    const char *name;
    curve f;
  } known[] = {{"active_force_length", sr_curve_active},
               {"passive", healthy_passive},
               {"force_velocity", sr_curve_velocity},
               {"force_velocity_inverse", sr_curve_velocity_inverse},
               {"tendon", tendon}};
  sr_arena *a = sr_arena_new();
  sr_json root = {0};
  read_oracle(a, &root);
  for (int c = 0; c < 5; c++) {
    const sr_json *points = sr_json_get(&root, known[c].name);
    CHECK(points != NULL && points->n >= 10);
    for (int n = 0; points != NULL && n < points->n; n++)
      NEAR(at(known[c].f, points->child[n].child[0].number), points->child[n].child[1].number, 1e-9);
  }
  sr_arena_free(a);
}
