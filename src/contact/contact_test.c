#include "contact/contact.h"

#include "mechanism.h"
#include "test.h"
#include "text/json.h"

// A sphere of the 3D foot of Falisse et al.: radius 32 mm, E = 1 MPa.
static sr_contact_sphere example(void)
{
  return (sr_contact_sphere){.name = "heel",
                             .radius = 0.032,
                             .stiffness = 1e6,
                             .dissipation = 2.0,
                             .mu_static = 0.8,
                             .mu_dynamic = 0.8,
                             .mu_viscous = 0.5,
                             .v_transition = 0.2};
}

// Force (3) and point (3) of a sphere from centre (3), velocity (3), angular velocity (3).
enum { NIN = 9, NOUT = 6 };
typedef struct ball {
  sr_arena *arena;
  sr_graph *graph;
  sr_ex in[NIN], out[NOUT];
  const sr_tape *tape;
  double *work;
} ball;

static ball ball_new(const sr_contact_sphere *s)
{
  ball b = {.arena = sr_arena_new()};
  b.graph = sr_graph_new(b.arena);
  sr_xvec x[3];
  for (int i = 0; i < NIN; i++) b.in[i] = sr_input(b.graph);
  for (int i = 0; i < 3; i++) x[i] = (sr_xvec){b.in[3 * i], b.in[3 * i + 1], b.in[3 * i + 2]};
  const sr_contact_force f = sr_contact_sphere_ground(s, x[0], x[1], x[2]);
  const sr_ex out[NOUT] = {f.force.x, f.force.y, f.force.z, f.at.x, f.at.y, f.at.z};
  memcpy(b.out, out, sizeof out);
  b.tape = sr_tape_new(b.graph, b.out, NOUT, b.arena);
  b.work = sr_alloc(b.arena, double, sr_tape_work(b.tape));
  return b;
}

static void force_of(const ball *b, const double in[NIN], double out[NOUT])
{
  sr_tape_eval1(b->tape, in, out, b->work);
}

static double static_force(const ball *b, double depth)
{
  double out[NOUT];
  force_of(b, (const double[NIN]){0.0, 0.032 - depth}, out);
  return out[1];
}

// 183.9 N (a quarter of 75 kg) press a sphere of E = 1e6, R = 32 mm by 16.82 mm, where the depth is the rounded one,
// sqrt(d^2 + 1e-5 m^2): the sphere's centre itself comes down by 16.52 mm.
static double rounded_depth_mm(double height)
{
  const double d = 0.032 - height;
  return 1e3 * sqrt(d * d + 1e-5);
}

TEST(contact_static_depth)
{
  const sr_contact_sphere s = example();
  const ball b = ball_new(&s);
  double low = 0.0, high = 0.03;
  for (int n = 0; n < 60; n++) {
    const double middle = 0.5 * (low + high);
    if (static_force(&b, middle) < 183.9)
      low = middle;
    else
      high = middle;
  }
  NEAR(rounded_depth_mm(0.032 - low), 16.82, 0.005);
  NEAR(1e3 * low, 16.517, 0.005);
  sr_arena_free(b.arena);
}

TEST(contact_vanishes_away_from_the_ground_and_has_no_sideways_force_at_rest)
{
  const sr_contact_sphere s = example();
  const ball b = ball_new(&s);
  double out[NOUT];
  force_of(&b, (const double[NIN]){0.3, 0.132, 0.1, 2.0, -1.0, 0.5, 1.0, 2.0, 3.0}, out);
  for (int i = 0; i < 3; i++) NEAR(out[i], 0.0, 1e-9);
  force_of(&b, (const double[NIN]){0.3, 0.022, 0.1}, out);
  NEAR(out[0], 0.0, 0.0);
  NEAR(out[2], 0.0, 0.0);
  NEAR(out[3], 0.3, 0.0);
  NEAR(out[4], -0.005, 1e-15);
  NEAR(out[5], 0.1, 0.0);
  sr_arena_free(b.arena);
}

// A planar model leaves the graph without any sideways force.
TEST(contact_of_a_planar_foot_folds)
{
  sr_arena *a = sr_arena_new();
  sr_graph *g = sr_graph_new(a);
  const sr_contact_sphere s = example();
  const sr_ex none = sr_const(g, 0.0);
  const sr_contact_force f =
      sr_contact_sphere_ground(&s, (sr_xvec){sr_input(g), sr_input(g), sr_const(g, 0.05)},
                               (sr_xvec){sr_input(g), sr_input(g), none}, (sr_xvec){none, none, sr_input(g)});
  CHECK(sr_is_zero(f.force.z));
  CHECK(sr_is_const(f.at.z, NULL));
  CHECK(sr_tape_length(sr_tape_new(g, (const sr_ex[]){f.force.x, f.force.y}, 2, a)) <= 50);
  sr_arena_free(a);
}

// A mass that slides and falls without turning, its coordinates x and y: r = m (qdd - g) - F.
static sr_mechanism loose_mass(const sr_contact_sphere *s, double mass, double gravity, sr_arena *a)
{
  sr_graph *g = sr_graph_new(a);
  sr_ex in[6];
  for (int i = 0; i < 6; i++) in[i] = sr_input(g);
  const sr_ex none = sr_const(g, 0.0);
  const sr_contact_force f = sr_contact_sphere_ground(s, (sr_xvec){in[0], in[1], none}, (sr_xvec){in[2], in[3], none},
                                                      (sr_xvec){none, none, none});
  const sr_ex r[2] = {sr_sub(sr_scale(in[4], mass), f.force.x),
                      sr_sub(sr_scale(sr_shift(in[5], gravity), mass), f.force.y)};
  return sr_mechanism_new(g, r, 2, a);
}

// A dropped mass comes to rest where the ground carries its weight, losing energy on the way.
TEST(contact_carries_the_weight_of_a_settled_mass)
{
  const sr_contact_sphere s = example();
  const ball b = ball_new(&s);
  double x[4] = {0.0, 0.06, 0.0, 0.0}, out[NOUT], top = 0.0;
  const double mass = 18.75;
  const sr_mechanism m = loose_mass(&s, mass, 9.80665, b.arena);
  for (int n = 0; n < 400; n++) {
    sr_mechanism_flow(&m, 0.01, 1e-9, x);
    if (n > 20) top = fmax(top, x[1]);
  }
  force_of(&b, (const double[NIN]){x[0], x[1], 0.0, x[2], x[3]}, out);
  NEAR(out[1], mass * 9.80665, 1e-3 * mass * 9.80665);
  NEAR(x[0], 0.0, 1e-12);
  NEAR(rounded_depth_mm(x[1]), 16.82, 0.005);
  CHECK(top < 0.06);
  sr_arena_free(b.arena);
}

// Sliding at 2 m/s stops after v^2 / (2 mu g). Below the transition speed v_t = 5 cm/s friction is mu v / v_t, which
// takes v_t^2 / (mu g) instead of half of it.
TEST(contact_friction_stops_a_sliding_mass)
{
  sr_arena *a = sr_arena_new();
  sr_contact_sphere s = example();
  s.mu_viscous = 0.0;
  s.v_transition = 0.05;
  const double mass = 18.75, mu = 0.8, g = 9.80665, v0 = 2.0, tail = 0.5 * s.v_transition * s.v_transition / (mu * g);
  double x[4] = {0.0, 0.032 - 0.016517, v0, 0.0};
  const sr_mechanism m = loose_mass(&s, mass, g, a);
  sr_mechanism_flow(&m, 1.0, 1e-9, x);
  NEAR(x[2], 0.0, 1e-3);
  NEAR(x[0], v0 * v0 / (2.0 * mu * g) + tail, 1e-3 * v0 * v0 / (2.0 * mu * g));
  sr_arena_free(a);
}

// Speed after over speed before a bounce at v of a weightless mass, from and to 0.1 m above the ground, where the force
// is 1e-26 of what it was.
static double bounce(const sr_contact_sphere *s, double v)
{
  sr_arena *a = sr_arena_new();
  sr_graph *g = sr_graph_new(a);
  sr_ex in[6];
  for (int i = 0; i < 6; i++) in[i] = sr_input(g);
  const double clear = s->radius + 0.1;
  const sr_ex height = sr_shift(in[1], -clear);
  const sr_mechanism m = loose_mass(s, 10.0, 0.0, a);
  double x[4] = {0.0, clear, 0.0, -v};
  const double time = sr_mechanism_until(&m, sr_tape_new(g, &height, 1, a), 1.0, 1e-10, x);
  sr_arena_free(a);
  return isnan(time) ? time : x[3] / v;
}

// x with x - ln(1 + x) = -e x - ln(1 - e x), by bisection.
static double restitution_root(double e)
{
  double low = 1e-3, high = 0.999 / e;
  for (int i = 0; i < 60; i++) {
    const double x = 0.5 * (low + high);
    if (x - log(1.0 + x) > -e * x - log(1.0 - e * x))
      low = x;
    else
      high = x;
  }
  return low;
}

// Hunt & Crossley 1975: with m v dv = -f(d) (1 + a v) dd, a = 3/2 chi, the elastic part f drops out of the two ways,
// and x - ln(1 + x) is the same before (x = a v) and after (x = -e a v). A mass that fell 1 m bounces with e = 0.8 for
// the chi of that root; without dissipation it loses nothing. 1e-8: 1e-10 per step.
TEST(contact_bounces_as_its_dissipation_says)
{
  const double v = sqrt(2.0 * 9.81);
  sr_contact_sphere s = example();
  s.dissipation = restitution_root(0.8) / (1.5 * v);
  NEAR(bounce(&s, v), 0.8, 1e-8);
  s.dissipation = 0.0;
  NEAR(bounce(&s, v), 1.0, 1e-8);
}

// The rounded corner changes friction by at most half its width, and far from v_transition by almost nothing.
TEST(contact_rounded_corner_stays_close_to_the_sharp_one)
{
  sr_contact_sphere s = example();
  const ball sharp = ball_new(&s);
  s.corner = SR_CONTACT_CORNER;
  const ball round = ball_new(&s);
  for (int n = 0; n <= 100; n++) {
    const double in[NIN] = {0.0, 0.02, 0.0, 0.01 * n + 1e-4, 0.0, 0.0};
    double f[NOUT], r[NOUT];
    force_of(&sharp, in, f);
    force_of(&round, in, r);
    CHECK(fabs(r[0]) <= fabs(f[0]) + 1e-9 && fabs(f[0] - r[0]) <= 0.0251 * 0.8 * f[1]);
    if (n > 50) NEAR(r[0], f[0], 5e-4 * f[1]);
  }
  sr_arena_free(sharp.arena);
  sr_arena_free(round.arena);
}

// First and second derivatives of the three force components, in contact, in flight and while leaving the ground.
static void check_derivatives(const ball *b, const double in[NIN])
{
  sr_ex all[3 * NIN + 3 * NIN * NIN];
  for (int k = 0; k < 3; k++) {
    sr_gradient(b->out[k], b->in, NIN, &all[NIN * k]);
    for (int i = 0; i < NIN; i++) sr_gradient(all[NIN * k + i], b->in, NIN, &all[3 * NIN + NIN * (NIN * k + i)]);
  }
  const sr_mark mark = sr_arena_mark(b->arena);
  enum { NALL = 3 * NIN + 3 * NIN * NIN };
  const sr_tape *t = sr_tape_new(b->graph, all, NALL, b->arena);
  double *work = sr_alloc(b->arena, double, sr_tape_work(t)), y[NALL], up[NALL], down[NALL], f_up[NOUT], f_down[NOUT];
  sr_tape_eval1(t, in, y, work);
  double scale = 1.0;
  for (int k = 0; k < NALL; k++) scale = fmax(scale, fabs(y[k]));
  const double h = 1e-6;
  for (int i = 0; i < NIN; i++) {
    double x[NIN];
    memcpy(x, in, sizeof x);
    x[i] += h;
    force_of(b, x, f_up);
    sr_tape_eval1(t, x, up, work);
    x[i] = in[i] - h;
    force_of(b, x, f_down);
    sr_tape_eval1(t, x, down, work);
    for (int k = 0; k < 3; k++) NEAR(y[NIN * k + i], (f_up[k] - f_down[k]) / (2.0 * h), 1e-6 * scale);
    for (int k = 0; k < 3 * NIN; k++) NEAR(y[3 * NIN + NIN * k + i], (up[k] - down[k]) / (2.0 * h), 1e-6 * scale);
  }
  sr_arena_release(b->arena, mark);
}

TEST(contact_derivatives_match_differences)
{
  const double point[4][NIN] = {{0.1, 0.02, 0.0, 0.3, -0.2, 0.1, 0.5, -0.4, 0.8},
                                {0.1, 0.031, 0.2, 0.05, 0.1, -0.02, 0.1, 0.2, -0.3},
                                {0.0, 0.034, 0.0, 0.2, -0.5, 0.0, 0.0, 0.0, 2.0},
                                {0.0, 0.015, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0}};
  sr_contact_sphere s = example();
  s.corner = SR_CONTACT_CORNER;
  s.mu_static = 0.9;
  const ball b = ball_new(&s);
  for (int n = 0; n < 4; n++) check_derivatives(&b, point[n]);
  sr_arena_free(b.arena);
}

// Adds the force of one sphere, and its moment about the origin, to wrench (6).
static void add_wrench(const ball *b, const double *centre, const double *v, const double *w, const double *origin,
                       double *wrench)
{
  double in[NIN], out[NOUT], arm[3];
  memcpy(in, centre, 3 * sizeof *in);
  memcpy(in + 3, v, 3 * sizeof *in);
  memcpy(in + 6, w, 3 * sizeof *in);
  force_of(b, in, out);
  for (int i = 0; i < 3; i++) arm[i] = out[3 + i] - origin[i];
  for (int i = 0; i < 3; i++) {
    const int j = (i + 1) % 3, k = (i + 2) % 3;
    wrench[i] += out[i];
    wrench[3 + i] += arm[j] * out[k] - arm[k] * out[j];
  }
}

// One row of the data: see "row" there. 1e-9 relative to the largest entry; the sharp corner of the friction law.
static void check_row(const double *o)
{
  const double *origin = o + 2, *w = o + 5;
  const int nsphere = (int)o[1];
  double wrench[6] = {0}, scale = 1.0;
  for (int n = 0; n < nsphere; n++) {
    const double *sphere = o + 8 + 7 * n;
    sr_contact_sphere s = example();
    s.stiffness = o[0];
    s.radius = sphere[0];
    const ball b = ball_new(&s);
    add_wrench(&b, sphere + 1, sphere + 4, w, origin, wrench);
    sr_arena_free(b.arena);
  }
  const double *expected = o + 8 + 7 * nsphere;
  for (int i = 0; i < 6; i++) scale = fmax(scale, fabs(expected[i]));
  for (int i = 0; i < 6; i++) NEAR(wrench[i], expected[i], 1e-9 * scale);
}

TEST(contact_agrees_with_simbody_and_opensim)
{
  sr_arena *a = sr_arena_new();
  sr_error err = {0};
  sr_json root = {0};
  size_t size = 0;
  char *text = NULL;
  const char *path = sr_test_path("tests/data/contact_oracle.json");
  CHECK(sr_file_read(path, a, &text, &size, &err) && sr_json_parse(path, text, size, a, &root, &err));
  const sr_json *states = sr_json_get(&root, "states");
  CHECK(states != NULL && states->n >= 10);
  for (int n = 0; states != NULL && n < states->n; n++) {
    double o[64] = {0};
    const sr_json *row = &states->child[n];
    CHECK(row->n <= 64);
    for (int k = 0; k < row->n && k < 64; k++) o[k] = row->child[k].number;
    check_row(o);
  }
  sr_arena_free(a);
}
