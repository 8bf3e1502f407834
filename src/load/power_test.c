// Energy of the loaded model: its rate is the power of what acts on it, and a leg on which nothing acts keeps it.
#include "load/model.h"
#include "mechanism.h"
#include "test.h"

static const sr_person man = {.sex = SR_MALE, .age_yr = 40.0, .height_m = 1.80, .mass_kg = 80.0};

static sr_model *load(sr_arena *a)
{
  sr_model *m = sr_alloc(a, sr_model, 1);
  sr_error err = {0};
  if (!sr_model_load(&man, m, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return m;
}

// Number i of a sequence without pattern, between lo and hi.
static double scatter(int i, double lo, double hi)
{
  double whole;
  return lo + (hi - lo) * modf(0.61803398874989 * (i + 1) + 0.1 * sin(12.9898 * i) + 1.0, &whole);
}

// Powers [W], each from its own place in the model: forces and the speeds of the points on which they act.
enum { MUSCLES, PASSIVE, CONTACT, TRUNK, SOURCES, ENERGY_RATE = SOURCES, NPOWER };

static sr_ex muscle_power(const sr_model *m, sr_graph *g, const sr_instant *now, const sr_physics *p)
{
  sr_ex sum = sr_const(g, 0.0);
  for (int k = 0; k < m->nmuscle; k++) {
    const sr_ex speed = sr_directional(p->length[k], now->q, now->qd, m->skeleton.ncoord);
    sum = sr_sub(sum, sr_mul(p->fibre[k].tendon_force, speed));
  }
  return sum;
}

static sr_ex contact_power(const sr_model *m, sr_graph *g, const sr_physics *p)
{
  sr_ex sum = sr_const(g, 0.0);
  for (int c = 0; c < m->ncontact; c++) {
    const sr_body_motion *b = &p->body[m->contact[c].body];
    const sr_xvec arm = sr_xvec_sub(p->contact[c].at, b->p);
    sum = sr_add(sum, sr_xvec_dot(p->contact[c].force, sr_xvec_add(b->v, sr_xvec_cross(b->w, arm))));
  }
  return sum;
}

static void powers(const sr_model *m, sr_graph *g, const sr_instant *now, const sr_physics *p, sr_ex *out)
{
  const int n = m->skeleton.ncoord;
  out[MUSCLES] = muscle_power(m, g, now, p);
  out[PASSIVE] = sr_const(g, 0.0);
  for (int j = 0; j < n; j++) out[PASSIVE] = sr_add(out[PASSIVE], sr_mul(p->passive_torque[j], now->qd[j]));
  out[CONTACT] = contact_power(m, g, p);
  out[TRUNK] = sr_scale(sr_mul(now->trunk, now->qd[m->trunk_coord]), m->trunk_torque);
  const sr_ex energy =
      sr_add(sr_kinetic_energy(&m->skeleton, g, p->body), sr_potential_energy(&m->skeleton, g, p->body));
  out[ENERGY_RATE] = sr_directional(energy, now->q, now->qd, 2 * n);  // (q, qd) lie together, as do (qd, qdd)
}

// Height of the lowest contact sphere above the ground [m].
static double clearance(const sr_model *m, const double *x, sr_arena *a)
{
  sr_graph *g = sr_graph_new(a);
  const int n = m->skeleton.ncoord;
  sr_ex in[3 * SR_MECHANISM_MAX], height[SR_MAX_CONTACT];
  for (int j = 0; j < 3 * n; j++) in[j] = sr_input(g);
  sr_body_motion motion[SR_MAX_BODY];
  sr_body_motions(&m->skeleton, g, in, in + n, in + 2 * n, motion);
  for (int c = 0; c < m->ncontact; c++)
    height[c] = sr_shift(sr_body_point(&motion[m->contact[c].body], m->contact[c].centre).y, -m->contact[c].radius);
  const sr_tape *t = sr_tape_new(g, height, m->ncontact, a);
  double out[SR_MAX_CONTACT], lowest;
  sr_tape_eval1(t, x, out, sr_alloc(a, double, sr_tape_work(t)));
  lowest = out[0];
  for (int c = 1; c < m->ncontact; c++) lowest = fmin(lowest, out[c]);
  return lowest;
}

// State number i: coordinates over the middle half of their ranges, speeds up to those of a run, and the lowest point
// of the feet 0 to 15 mm in the ground.
static void random_state(const sr_model *m, int i, double *x, sr_arena *a)
{
  const int n = m->skeleton.ncoord, height = sr_coord_find(&m->skeleton, "pelvis_ty");
  for (int j = 0; j < n; j++) {
    const double lo = m->coord[j].lo, hi = m->coord[j].hi;
    x[j] = scatter(100 * i + j, 0.75 * lo + 0.25 * hi, 0.25 * lo + 0.75 * hi);
    x[n + j] = m->coord[j].is_translation ? scatter(200 * i + j, -1.0, 1.0) : scatter(200 * i + j, -8.0, 8.0);
    x[2 * n + j] = 0.0;
  }
  x[height] -= clearance(m, x, a) + scatter(300 * i, 0.0, 0.015);
}

// Accelerations follow from the equations of motion at random states, activations and tendon forces; then
//   d/dt (kinetic + potential energy) = muscles + passive joints + contact + trunk
// 1e-9 of the largest power: rounding in accelerations of up to 1e4 rad/s2.
TEST(energy_of_the_whole_body_changes_by_what_acts_on_it)
{
  sr_arena *a = sr_arena_new();
  const sr_model *m = load(a);
  const int n = m->skeleton.ncoord;
  double largest[SOURCES] = {0.0};
  for (int i = 0; i < 6; i++) {
    const sr_mark mark = sr_arena_mark(a);
    sr_graph *g = sr_graph_new(a);
    sr_ex in[3 * SR_MECHANISM_MAX], muscle[4][SR_MAX_MUSCLE], out[NPOWER];
    for (int j = 0; j < 3 * n; j++) in[j] = sr_input(g);
    for (int k = 0; k < m->nmuscle; k++) {
      muscle[0][k] = sr_const(g, scatter(400 * i + k, 0.0, 1.0));
      muscle[1][k] = sr_const(g, scatter(500 * i + k, -5.0, 5.0));
      muscle[2][k] = sr_const(g, scatter(600 * i + k, 0.0, 1.2));
      muscle[3][k] = sr_const(g, scatter(700 * i + k, -5.0, 5.0));
    }
    const sr_instant now = {.q = in,
                            .qd = in + n,
                            .qdd = in + 2 * n,
                            .act = muscle[0],
                            .act_rate = muscle[1],
                            .force = muscle[2],
                            .force_rate = muscle[3],
                            .trunk = sr_const(g, scatter(800 * i, -1.0, 1.0))};
    const sr_physics p = sr_model_physics(m, g, &now, a);
    const sr_mechanism body = sr_mechanism_new(g, p.residual, n, a);
    powers(m, g, &now, &p, out);
    const sr_tape *t = sr_tape_new(g, out, NPOWER, a);
    double x[3 * SR_MECHANISM_MAX], w[NPOWER], sum = 0.0, size = 0.0;
    random_state(m, i, x, a);
    sr_mechanism_accelerate(&body, x, NULL, x + 2 * n);
    sr_tape_eval1(t, x, w, sr_alloc(a, double, sr_tape_work(t)));
    for (int k = 0; k < SOURCES; k++) {
      sum += w[k];
      size = fmax(size, fabs(w[k]));
      largest[k] = fmax(largest[k], fabs(w[k]));
    }
    NEAR(w[ENERGY_RATE], sum, 1e-9 * size);
    sr_arena_release(a, mark);
  }
  for (int k = 0; k < SOURCES; k++) CHECK(largest[k] > 10.0);
  sr_arena_free(a);
}

// The right leg alone, its hip fixed to ground.
static sr_skeleton leg_of(const sr_model *m)
{
  const char *name[] = {"femur_r", "tibia_r", "talus_r", "calcn_r", "toes_r"};
  sr_skeleton leg = {0};
  memcpy(leg.gravity, m->skeleton.gravity, sizeof leg.gravity);
  for (int i = 0; i < 5; i++) {
    sr_body *b = &leg.body[leg.nbody++];
    *b = m->skeleton.body[sr_body_find(&m->skeleton, name[i])];
    b->parent = i - 1;
    for (int k = 0; k < b->naxis; k++) b->axis[k].coord = leg.ncoord++;
  }
  return leg;
}

// Without muscles, ligaments and ground it swings for 2 s, its joints turning freely: errors of 1e-8 per step keep the
// energy within 1e-6 of what the leg gains in falling.
TEST(passive_leg_keeps_its_energy)
{
  sr_arena *a = sr_arena_new();
  const sr_skeleton leg = leg_of(load(a));
  const int n = leg.ncoord;
  CHECK(leg.nbody == 5 && n == 4);
  sr_graph *g = sr_graph_new(a);
  sr_ex in[3 * SR_MECHANISM_MAX];
  for (int j = 0; j < 3 * n; j++) in[j] = sr_input(g);
  sr_body_motion motion[5];
  sr_body_motions(&leg, g, in, in + n, in + 2 * n, motion);
  const sr_ex energy = sr_add(sr_kinetic_energy(&leg, g, motion), sr_potential_energy(&leg, g, motion));
  const sr_tape *t = sr_tape_new(g, &energy, 1, a);
  const sr_mechanism m = sr_mechanism_of_skeleton(&leg, a);
  double hanging[12] = {0.0}, x[12] = {1.2, -0.6, 0.2, 0.1}, low, start, now,
         *work = sr_alloc(a, double, sr_tape_work(t));
  sr_tape_eval1(t, hanging, &low, work);
  sr_tape_eval1(t, x, &start, work);
  for (int i = 0; i < 20; i++) {
    sr_mechanism_flow(&m, 0.1, 1e-8, x);
    sr_tape_eval1(t, x, &now, work);
    NEAR(now, start, 1e-6 * (start - low));
  }
  CHECK(fabs(x[0] - 1.2) > 0.1);
  sr_arena_free(a);
}
