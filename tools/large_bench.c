// What a walk in three dimensions would cost, as CSV: what tools/bench.py tabulates. A person of 31 coordinates,
// 92 muscles, 12 contact spheres and 8 arm torques (the counts of Falisse et al. 2019, doi:10.1098/rsif.2019.0402) on
// 50 intervals of degree 3, made of the same parts as the planar one. Lengths, masses and paths are rough, drawn with a
// fixed seed: equations, sizes and sparsity are those of such a problem, its movements mean nothing, and it is not
// solved to the end.
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "body/body.h"
#include "contact/contact.h"
#include "math/random.h"
#include "muscle/muscle.h"
#include "nlp/program.h"
#include "ocp/ocp.h"

#ifdef SR_HAS_X86_KERNELS
#include <immintrin.h>
#endif

enum {
  NQ = 31,
  NMUS = 92,
  NARM = 8,
  NX = 2 * NQ + 2 * NMUS,
  NU = NQ + 2 * NMUS + NARM,
  NP = 2,  // duration, speed
  NSPHERE = 12,
  BODIES = 16,
  NPATH = NQ + 3 * NMUS,
  NEND = NX + 1,
  MOST_SPAN = 4,  // coordinates that a muscle spans
  ITERATIONS = 6
};
static const sr_mesh mesh = {50, 3};

static double cpu(void)
{
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double between(double lo, double hi)
{
  static uint64_t drawn;
  return lo + (hi - lo) * sr_random_uniform(1, 0, drawn++);
}

typedef struct person {
  sr_skeleton s;
  int ncoord, mirror[NQ];  // the same coordinate of the other side,
  double sign[NQ];         // and its sign there
  sr_contact_sphere sphere[NSPHERE];
  int nmuscle, first[NMUS], span[NMUS], mirror_muscle[NMUS];
  sr_muscle muscle[NMUS];
  sr_path path[NMUS];
} person;

// A body that hangs on `parent` by rotations about some of the axes x (0), y (1), z (2).
static int add_body(person *p, int parent, double x, double y, double z, double mass, double length, int n,
                    const int *axis, double side)
{
  const int at = p->s.nbody++;
  sr_body *b = &p->s.body[at];
  *b = (sr_body){.parent = parent, .pos = {x, y, z}, .mass = mass, .com = {0.0, -0.45 * length, 0.0}};
  const double thick = 0.02 * mass * length * length + 1e-3, along = 0.08 * mass * length * length + 1e-3;
  b->inertia[0] = b->inertia[2] = along;
  b->inertia[1] = thick;
  for (int i = 0; i < n; i++) {
    sr_axis *a = &b->axis[b->naxis++];
    *a = (sr_axis){.coord = p->ncoord++, .is_rotation = true, .npoly = 2, .poly = {1.0, 0.0}};
    a->axis[axis[i]] = axis[i] == 2 ? 1.0 : side;  // so that both sides have the same signs
  }
  return at;
}

static void add_foot(person *p, int calcaneus, int toes, double side, int *nsphere)
{
  static const double at[NSPHERE / 2][2] = {{-0.02, -0.02}, {-0.02, 0.02}, {0.1, -0.03}, {0.1, 0.03},
                                            {0.02, -0.02},  {0.02, 0.02}};  // the last two on the toes  [m]
  for (int k = 0; k < NSPHERE / 2; k++)
    p->sphere[(*nsphere)++] = (sr_contact_sphere){.body = k < 4 ? calcaneus : toes,
                                                  .centre = {at[k][0], k < 4 ? -0.02 : 0.0, side * at[k][1]},
                                                  .radius = 0.03,
                                                  .stiffness = 1e6,
                                                  .dissipation = 2.0,
                                                  .mu_static = 0.8,
                                                  .mu_dynamic = 0.8,
                                                  .mu_viscous = 0.5,
                                                  .v_transition = 0.2,
                                                  .corner = SR_CONTACT_CORNER};
}

// pelvis 6, right leg 7, left leg 7, trunk 3, right arm 4, left arm 4
static void build_skeleton(person *p)
{
  static const int ball[] = {2, 0, 1}, hinge[] = {2};
  int nsphere = 0;
  const int pelvis = add_body(p, -1, 0.0, 0.0, 0.0, 9.0, 0.2, 3, ball, 1.0);
  sr_body *b = &p->s.body[pelvis];
  for (int i = 0; i < 3; i++) {
    sr_axis *a = &b->axis[b->naxis++];
    *a = (sr_axis){.coord = p->ncoord++, .npoly = 2, .poly = {1.0, 0.0}};
    a->axis[i] = 1.0;
  }
  for (int side = 1; side >= -1; side -= 2) {
    const int thigh = add_body(p, pelvis, -0.05, -0.07, 0.08 * side, 8.0, 0.4, 3, ball, side);
    const int shank = add_body(p, thigh, 0.0, -0.4, 0.0, 3.2, 0.4, 1, hinge, side);
    const int talus = add_body(p, shank, 0.0, -0.4, 0.0, 0.1, 0.05, 1, hinge, side);
    static const int oblique[] = {0};
    const int calcaneus = add_body(p, talus, -0.03, -0.04, 0.0, 0.9, 0.1, 1, oblique, side);
    const int toes = add_body(p, calcaneus, 0.16, -0.01, 0.0, 0.2, 0.05, 1, hinge, side);
    add_foot(p, calcaneus, toes, side, &nsphere);
  }
  const int torso = add_body(p, pelvis, -0.1, 0.08, 0.0, 26.0, -0.6, 3, ball, 1.0);
  for (int side = 1; side >= -1; side -= 2) {
    const int upper = add_body(p, torso, 0.0, 0.37, 0.17 * side, 2.0, 0.29, 3, ball, side);
    add_body(p, upper, 0.0, -0.29, 0.0, 1.6, 0.3, 1, hinge, side);
  }
  p->s.ncoord = p->ncoord;
  p->s.gravity[1] = -9.81;
  SR_ASSERT(p->ncoord == NQ && p->s.nbody == BODIES && nsphere == NSPHERE);
  for (int j = 0; j < NQ; j++) {
    p->mirror[j] = j < 6 || (j >= 20 && j < 23) ? j : j < 13 ? j + 7 : j < 20 ? j - 7 : j < 27 ? j + 4 : j - 4;
    // sideways and turning movements of pelvis and trunk change their sign
    p->sign[j] = j == 1 || j == 2 || j == 5 || j == 21 || j == 22 ? -1.0 : 1.0;
  }
}

// A polynomial path of degree 3 over neighbouring coordinates.
static void add_muscle(person *p, int first, int span)
{
  const int k = p->nmuscle++;
  p->first[k] = first;
  p->span[k] = span;
  p->muscle[k] = (sr_muscle){.f_max = between(300.0, 2500.0),
                             .len_opt = between(0.05, 0.12),
                             .len_slack = between(0.08, 0.25),
                             .penn_opt = between(0.0, 0.4),
                             .v_max = 10.0,
                             .tendon_k = 35.0,
                             .passive_strain = 0.6,
                             .damping = 0.01,
                             .capacity = 1.0,
                             .passive_scale = 1.0,
                             .slow_fraction = 0.5,
                             .specific_tension = 6e5,
                             .tau_act = 0.015,
                             .tau_deact = 0.06};
  sr_path *l = &p->path[k];
  l->term[l->nterm++] =
      (sr_path_term){.k = p->muscle[k].len_slack * 1.01 + p->muscle[k].len_opt * cos(p->muscle[k].penn_opt)};
  for (int i = 0; i < span; i++) {
    const double arm = (k + i) % 2 ? between(0.02, 0.05) : between(-0.05, -0.02);
    l->term[l->nterm++] = (sr_path_term){.k = arm, .n = 1, .coord = {first + i}, .power = {1}};
    l->term[l->nterm++] = (sr_path_term){.k = between(-5e-3, 5e-3), .n = 1, .coord = {first + i}, .power = {2}};
    l->term[l->nterm++] = (sr_path_term){.k = between(-2e-3, 2e-3), .n = 1, .coord = {first + i}, .power = {3}};
    if (i + 1 < span)
      l->term[l->nterm++] =
          (sr_path_term){.k = between(-5e-3, 5e-3), .n = 2, .coord = {first + i, first + i + 1}, .power = {1, 1}};
  }
}

// 43 of each leg, which span one to four neighbouring coordinates, and 6 of the trunk.
static void build_muscles(person *p)
{
  enum { LEG = 43, LEG_COORDS = 7 };
  for (int side = 0; side < 2; side++)
    for (int k = 0; k < LEG; k++) {
      if (side == 1) {  // the left one is the right one
        const int from = p->nmuscle - LEG, to = p->nmuscle++;
        p->muscle[to] = p->muscle[from];
        p->path[to] = p->path[from];
        p->first[to] = p->first[from] + LEG_COORDS;
        p->span[to] = p->span[from];
        for (int t = 0; t < p->path[to].nterm; t++)
          for (int i = 0; i < p->path[to].term[t].n; i++) p->path[to].term[t].coord[i] += LEG_COORDS;
        p->mirror_muscle[to] = from;
        p->mirror_muscle[from] = to;
        continue;
      }
      // a third each across the hip alone and across the hip and the knee; the others further down
      const int span = k % 3 == 0 ? 3 : k % 3 == 1 ? MOST_SPAN : 1 + k % 2;
      const int first = 6 + (k % 3 < 2 ? 0 : 3 + k / 3 % (LEG_COORDS - 3 - span + 1));
      add_muscle(p, first, span);
    }
  for (int k = 0; k < NMUS - 2 * LEG; k++) {
    add_muscle(p, 20, 3);
    p->mirror_muscle[p->nmuscle - 1] = p->nmuscle - 1;
  }
  SR_ASSERT(p->nmuscle == NMUS);
}

static sr_xvec zero(sr_graph *g)
{
  const double none[3] = {0.0};
  return sr_xvec_const(g, none);
}

static void set(sr_bound *b, int n, const char *name, double lo, double hi, double scale)
{
  for (int i = 0; i < n; i++) b[i] = (sr_bound){name, lo, hi, scale};
}

// Equations of motion: need - muscles - arms + a little stiffness and damping of every joint.
static void write_motion(const person *p, sr_ocp *o, const sr_ex *in)
{
  sr_graph *g = o->point;
  const sr_ex *q = in, *qd = in + NQ, *act = in + 2 * NQ, *force = act + NMUS, *qdd = in + NX, *act_rate = qdd + NQ,
              *force_rate = act_rate + NMUS, *arm = force_rate + NMUS;
  sr_body_motion body[BODIES];
  sr_wrench on[BODIES];
  for (int i = 0; i < BODIES; i++) on[i] = (sr_wrench){zero(g), zero(g)};
  sr_body_motions(&p->s, g, q, qd, qdd, body);
  for (int c = 0; c < NSPHERE; c++) {
    const sr_contact_sphere *s = &p->sphere[c];
    const sr_body_motion *b = &body[s->body];
    const sr_contact_force f =
        sr_contact_sphere_ground(s, sr_body_point(b, s->centre), sr_body_point_velocity(b, s->centre), b->w);
    on[s->body].force = sr_xvec_add(on[s->body].force, f.force);
    on[s->body].torque = sr_xvec_add(on[s->body].torque, sr_xvec_cross(sr_xvec_sub(f.at, b->p), f.force));
  }
  sr_ex *tau = o->path;
  sr_body_inverse_dynamics(&p->s, g, q, body, on, tau);
  for (int k = 0; k < NMUS; k++) {
    sr_ex slope[MOST_SPAN], speed = sr_const(g, 0.0);
    const sr_ex length = sr_path_length(&p->s, g, &p->path[k], q);
    sr_gradient(length, q + p->first[k], p->span[k], slope);
    for (int i = 0; i < p->span[k]; i++) speed = sr_add(speed, sr_mul(slope[i], qd[p->first[k] + i]));
    const sr_fibre f = sr_muscle_fibre(&p->muscle[k], length, speed, act[k], force[k], force_rate[k]);
    for (int i = 0; i < p->span[k]; i++)
      tau[p->first[k] + i] = sr_add(tau[p->first[k] + i], sr_mul(slope[i], f.tendon_force));
    const sr_activation_rows a = sr_muscle_activation(&p->muscle[k], act[k], act_rate[k]);
    const int row = NQ + 3 * k;
    o->path[row] = f.residual;
    o->path[row + 1] = a.lower;
    o->path[row + 2] = a.upper;
    o->path_bound[row] = (sr_bound){"force balance", 0.0, 0.0, 0.2};
    o->path_bound[row + 1] = (sr_bound){"slowest activation", 0.0, SR_NLP_INF, 10.0};
    o->path_bound[row + 2] = (sr_bound){"fastest activation", -SR_NLP_INF, 1.0 / p->muscle[k].tau_act, 10.0};
  }
  for (int j = 6; j < NQ; j++) {
    tau[j] = sr_add(tau[j], sr_add(sr_scale(q[j], 5.0), sr_scale(qd[j], 1.0)));
    if (j >= NQ - NARM) tau[j] = sr_sub(tau[j], sr_scale(arm[j - (NQ - NARM)], 50.0));
  }
  set(o->path_bound, NQ, "equation of motion", 0.0, 0.0, 30.0);
}

static void write_cost(sr_ocp *o, const sr_ex *in)
{
  sr_ex cost = sr_const(o->point, 0.0);
  for (int k = 0; k < NMUS; k++) cost = sr_add(cost, sr_scale(sr_sq(in[2 * NQ + k]), 1000.0 / NMUS));
  for (int i = 0; i < NU; i++)
    cost = sr_add(cost, sr_scale(sr_sq(in[NX + i]), i < NQ ? 1e-3 : i < NU - NARM ? 1e-4 : 10.0));
  o->running = sr_div(cost, in[NX + NU + 1]);
}

// The movement of the mirrored person after the phase is that of its start, further on by speed x duration.
static void write_ends(const person *p, sr_ocp *o)
{
  sr_ex end[2 * NX + NP];
  for (int i = 0; i < 2 * NX + NP; i++) end[i] = sr_input(o->ends);
  const sr_ex *x0 = end, *x1 = end + NX, *par = x1 + NX;
  for (int i = 0; i < NX; i++) {
    const int j = i % NQ, k = i < 2 * NQ ? 0 : (i - 2 * NQ) % NMUS;
    const int other = i < 2 * NQ ? i - j + p->mirror[j] : i - k + p->mirror_muscle[k];
    o->end[i] = sr_sub(x1[i], sr_scale(x0[other], i < 2 * NQ ? p->sign[j] : 1.0));
    if (i == 3) o->end[i] = sr_sub(o->end[i], sr_mul(par[0], par[1]));
  }
  o->end[NX] = x0[3];
  set(o->end_bound, NEND, "end", 0.0, 0.0, 0.2);
  o->final = sr_const(o->ends, 0.0);
}

static sr_ocp build_problem(const person *p, sr_arena *keep)
{
  sr_ocp o = {.nx = NX, .nu = NU, .np = NP, .npath = NPATH, .nend = NEND};
  o.point = sr_graph_new(keep);
  o.ends = sr_graph_new(keep);
  o.xdot = sr_alloc(keep, sr_ex, NX);
  o.path = sr_alloc(keep, sr_ex, NPATH);
  o.end = sr_alloc(keep, sr_ex, NEND);
  o.x = sr_alloc(keep, sr_bound, NX);
  o.u = sr_alloc(keep, sr_bound, NU);
  o.p = sr_alloc(keep, sr_bound, NP);
  o.dynamics = sr_alloc(keep, sr_bound, NX);
  o.path_bound = sr_alloc(keep, sr_bound, NPATH);
  o.end_bound = sr_alloc(keep, sr_bound, NEND);
  sr_ex in[NX + NU + NP];
  for (int i = 0; i < NX + NU + NP; i++) in[i] = sr_input(o.point);
  for (int i = 0; i < NX; i++)
    o.xdot[i] = i < NQ ? in[NQ + i] : i < 2 * NQ ? in[NX + i - NQ] : in[NX + NQ + i - 2 * NQ];
  o.duration = in[NX + NU];
  set(o.x, NQ, "coordinate", -2.0, 2.0, 0.5);
  set(o.x + NQ, NQ, "speed", -25.0, 25.0, 5.0);
  set(o.x + 2 * NQ, NMUS, "activation", 0.01, 1.0, 0.2);
  set(o.x + 2 * NQ + NMUS, NMUS, "tendon force", 0.0, 5.0, 0.2);
  set(o.u, NQ, "acceleration", -1500.0, 1500.0, 100.0);
  set(o.u + NQ, 2 * NMUS, "rate", -100.0, 100.0, 5.0);
  set(o.u + NQ + 2 * NMUS, NARM, "arm", -1.0, 1.0, 0.1);
  o.p[0] = (sr_bound){"duration", 0.25, 1.2, 0.5};
  o.p[1] = (sr_bound){"speed", 1.33, 1.33, 1.0};
  memcpy(o.dynamics, o.x, NX * sizeof *o.x);
  write_motion(p, &o, in);
  write_cost(&o, in);
  write_ends(p, &o);
  return o;
}

// Legs that swing, in forward travel; the muscles weakly active.
static sr_traj guess(sr_arena *keep)
{
  sr_traj t = sr_traj_new(mesh, NX, NU, NP, keep);
  t.p[0] = 0.55;
  t.p[1] = 1.33;
  for (int i = 0; i < t.npoint; i++) {
    double *x = t.x + (size_t)i * NX;
    const double phase = acos(-1.0) * t.tau[i];
    x[3] = t.p[0] * t.p[1] * t.tau[i];
    x[4] = 0.93;
    x[NQ + 3] = t.p[1];
    for (int leg = 0; leg < 2; leg++) {
      x[6 + 7 * leg] = 0.1 + (leg ? 0.35 : -0.35) * cos(phase);
      x[9 + 7 * leg] = -0.2;
    }
    for (int k = 0; k < NMUS; k++) x[2 * NQ + k] = x[2 * NQ + NMUS + k] = 0.05;
  }
  return t;
}

static void told(const char *what, double value, const char *unit)
{
  printf("%s,%.6g,%s\n", what, value, unit);
  fflush(stdout);
}

// Multiplications with an addition in registers alone, ten sums side by side: what the processor can do [1/s].
enum { SUMS = 10, ROUNDS = 20000000 };
#ifdef __clang__
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif
#ifdef SR_HAS_X86_KERNELS
__attribute__((target("avx512f"))) static double spin_avx512(double *sink)
{
  __m512d sum[SUMS], a = _mm512_set1_pd(0.999999), b = _mm512_set1_pd(1e-6);
  UNROLL for (int i = 0; i < SUMS; i++) sum[i] = _mm512_set1_pd(i);
  const double start = cpu();
  for (int k = 0; k < ROUNDS; k++) UNROLL for (int i = 0; i < SUMS; i++) sum[i] = _mm512_fmadd_pd(sum[i], a, b);
  const double seconds = cpu() - start;
  UNROLL for (int i = 0; i < SUMS; i++) *sink += _mm512_reduce_add_pd(sum[i]);
  return 8.0 * SUMS * ROUNDS / seconds;
}

__attribute__((target("avx2,fma"))) static double spin_avx2(double *sink)
{
  __m256d sum[SUMS], a = _mm256_set1_pd(0.999999), b = _mm256_set1_pd(1e-6);
  UNROLL for (int i = 0; i < SUMS; i++) sum[i] = _mm256_set1_pd(i);
  const double start = cpu();
  for (int k = 0; k < ROUNDS; k++) UNROLL for (int i = 0; i < SUMS; i++) sum[i] = _mm256_fmadd_pd(sum[i], a, b);
  const double seconds = cpu() - start;
  double part[4];
  UNROLL for (int i = 0; i < SUMS; i++)
  {
    _mm256_storeu_pd(part, sum[i]);
    *sink += part[0] + part[1] + part[2] + part[3];
  }
  return 4.0 * SUMS * ROUNDS / seconds;
}
#endif

static double spin(double *sink)
{
#ifdef SR_HAS_X86_KERNELS
  if (sr_isa_best() == SR_ISA_AVX512) return spin_avx512(sink);
  if (sr_isa_best() == SR_ISA_AVX2) return spin_avx2(sink);
#endif
  double sum[SUMS] = {0.0};
  const double start = cpu();
  for (int k = 0; k < ROUNDS; k++) UNROLL for (int i = 0; i < SUMS; i++) sum[i] = sum[i] * 0.999999 + 1e-6;
  const double seconds = cpu() - start;
  for (int i = 0; i < SUMS; i++) *sink += sum[i];
  return 1.0 * SUMS * ROUNDS / seconds;
}

// Our dense kernel on one front of n columns, all of them eliminated: multiplications with an addition [1/s].
static double dense_rate(int n)
{
  sr_arena *work = sr_arena_new();
  sr_front f = {.n = n, .ncandidate = n, .ld = sr_front_pad(n), .threshold = 1e-6, .least = 1e-20, .is_root = true};
  const size_t ld = (size_t)f.ld;
  f.a = sr_alloc(work, double, ld *ld);
  f.w = sr_alloc(work, double, ld *ld);
  f.spare = sr_alloc(work, double, 4 * ld);
  f.order = sr_alloc(work, int, n);
  f.diag = sr_alloc(work, double, n);
  f.off = sr_alloc(work, double, n);
  double best = HUGE_VAL;
  for (int round = 0; round < 3; round++) {
    for (int j = 0; j < n; j++)
      for (int i = j; i < n; i++) f.a[(size_t)i + (size_t)j * ld] = i == j ? (i % 2 ? -n : n) : between(-1.0, 1.0);
    const double start = cpu();
    sr_kernel_of(sr_isa_best())->factor(&f);
    best = fmin(best, cpu() - start);
  }
  sr_arena_free(work);
  return (double)n * n * n / 6.0 / best;
}

static double norm(int n, const double *x)
{
  double most = 0.0;
  for (int i = 0; i < n; i++) most = fmax(most, fabs(x[i]));
  return most;
}

typedef struct kkt {
  int n, nnz, *row, *col;
  double *value;
} kkt;

// The Newton system at x in scaled unknowns with multipliers of one thousandth, 0.3 on the diagonal of the unknowns and
// 1 on that of inequalities: as in the middle of a solve.
static kkt newton_system(const sr_nlp *p, const double *x, sr_arena *work)
{
  kkt k = {.n = p->nvar + p->ncon, .nnz = p->nhes + p->njac + p->nvar + p->ncon};
  k.row = sr_alloc(work, int, k.nnz);
  k.col = sr_alloc(work, int, k.nnz);
  k.value = sr_alloc(work, double, k.nnz);
  double *lambda = sr_alloc(work, double, p->ncon);
  for (int i = 0; i < p->ncon; i++) lambda[i] = 1e-3 / p->g_scale[i];
  p->hessian(p->self, x, 1.0, lambda, k.value);
  p->jacobian(p->self, x, k.value + p->nhes);
  int e = 0;
  for (int h = 0; h < p->nhes; h++, e++) {
    k.row[e] = p->hes_row[h];
    k.col[e] = p->hes_col[h];
    k.value[e] *= p->x_scale[k.row[e]] * p->x_scale[k.col[e]];
  }
  for (int j = 0; j < p->njac; j++, e++) {
    k.row[e] = p->nvar + p->jac_row[j];
    k.col[e] = p->jac_col[j];
    k.value[e] *= p->x_scale[p->jac_col[j]] / p->g_scale[p->jac_row[j]];
  }
  for (int i = 0; i < k.n; i++, e++) {
    k.row[e] = k.col[e] = i;
    k.value[e] = i < p->nvar ? 0.3 : p->gl[i - p->nvar] < p->gu[i - p->nvar] ? -1.0 : 0.0;
  }
  return k;
}

// Sweeps of refinement until the residual is a part of 1e-8 of the right-hand side and the solution (the solver asks 1e-6).
static int sweeps_of(const kkt *k, sr_condensed *f, double *reached, sr_arena *work)
{
  double *b = sr_alloc(work, double, k->n), *x = sr_alloc(work, double, k->n), *r = sr_alloc(work, double, k->n);
  for (int i = 0; i < k->n; i++) r[i] = b[i] = between(-1.0, 1.0);
  int sweep = 0;
  for (;; sweep++) {
    sr_condensed_solve(f, r);
    for (int i = 0; i < k->n; i++) x[i] += r[i];
    memcpy(r, b, (size_t)k->n * sizeof *r);
    for (int e = 0; e < k->nnz; e++) {
      r[k->row[e]] -= k->value[e] * x[k->col[e]];
      if (k->row[e] != k->col[e]) r[k->col[e]] -= k->value[e] * x[k->row[e]];
    }
    *reached = norm(k->n, r) / (norm(k->n, b) + norm(k->n, x));
    if (*reached <= 1e-8 || sweep == 10) return sweep;
  }
}

static void time_functions(const sr_nlp *p, const double *x, sr_arena *work)
{
  enum { TIMES = 5 };
  double *g = sr_alloc(work, double, p->ncon), *lambda = sr_alloc(work, double, p->ncon);
  double *jac = sr_alloc(work, double, p->njac), *hes = sr_alloc(work, double, p->nhes);
  for (int i = 0; i < p->ncon; i++) lambda[i] = 1e-3;
  double start = cpu();
  for (int k = 0; k < TIMES; k++) {
    p->constraints(p->self, x, g);
    p->jacobian(p->self, x, jac);
    p->hessian(p->self, x, 1.0, lambda, hes);
  }
  told("functions and derivatives", (cpu() - start) / TIMES, "s");
}

static void time_factorisation(const sr_nlp *p, const double *x, sr_arena *work)
{
  enum { TIMES = 7 };
  const kkt k = newton_system(p, x, work);
  double start = cpu();
  sr_part *part = sr_alloc(work, sr_part, p->ncon);
  const int npart = sr_program_parts(p, part, work);
  sr_condensed *f = sr_condensed_new(k.n, k.nnz, k.row, k.col, npart, part, sr_isa_best(), work);
  told("order of elimination", cpu() - start, "s");
  const sr_ldl_size size = sr_condensed_size(f);
  told("entries of L", size.entries, "");
  told("flops of a factorisation", 2.0 * size.flops, "");
  double factor = HUGE_VAL, solve = HUGE_VAL;
  double *b = sr_alloc(work, double, k.n);
  sr_inertia in = {0};
  for (int i = 0; i < TIMES; i++) {
    start = cpu();
    if (!sr_condensed_factor(f, k.value, 1e-6, &in)) return;
    factor = fmin(factor, cpu() - start);
    for (int j = 0; j < k.n; j++) b[j] = 1.0;
    start = cpu();
    sr_condensed_solve(f, b);
    solve = fmin(solve, cpu() - start);
  }
  told("factorisation", factor, "s");
  told("delayed columns", in.delayed, "");
  told("negative pivots less rows", in.negative - p->ncon, "");
  told("zero pivots", in.zero, "");
  told("solve", solve, "s");
  double reached;
  const int sweeps = sweeps_of(&k, f, &reached, work);
  told("refinement sweeps to 1e-8", sweeps, "");
  told("residual reached", reached, "");
  double sink = 0.0, peak = spin(&sink), dense = 0.0;
  for (int n = 256; n <= 1024; n *= 2) dense = fmax(dense, dense_rate(n));
  told("rate of a factorisation", 2e-9 * size.flops / factor, "GFLOP/s");
  told("rate of our dense kernel", 2e-9 * dense, "GFLOP/s");
  told("rate of FMA in registers", isnan(sink) ? 0.0 : 2e-9 * peak, "GFLOP/s");
}

// Iterations from the guess: their mean without the first. Our order of elimination is left out of both runs: the second
// remembers it.
static void time_iterations(const char *name, sr_nlp_solver *solver, const sr_nlp *p, const double *start,
                            sr_arena *work)
{
  sr_nlp_options o = sr_nlp_options_default();
  o.solver = solver;
  double *x = sr_alloc(work, double, p->nvar), seconds[2];
  sr_nlp_result r[2];
  for (int i = 0; i < 2; i++) {
    o.max_iterations = i == 0 ? 1 : 1 + ITERATIONS;
    memcpy(x, start, (size_t)p->nvar * sizeof *x);
    const double begin = cpu();
    r[i] = sr_nlp_solve(p, &o, x, NULL, NULL, NULL);
    seconds[i] = cpu() - begin - r[i].part.ordering;
  }
  char what[80];
  snprintf(what, sizeof what, "%s: an iteration", name);
  told(what, (seconds[1] - seconds[0]) / ITERATIONS, "s");
  if (solver) return;
  snprintf(what, sizeof what, "%s: factorisations per iteration", name);
  told(what, (double)(r[1].factorisations - r[0].factorisations) / ITERATIONS, "");
  snprintf(what, sizeof what, "%s: solves per iteration", name);
  told(what, (double)(r[1].solves - r[0].solves) / ITERATIONS, "");
}

// Behind options->solver: everything that is to be measured.
static sr_nlp_result measure(const sr_nlp *p, const sr_nlp_options *o, double *x, double *lambda, double *zl,
                             double *zu)
{
  (void)o, (void)lambda, (void)zl, (void)zu;
  sr_arena *work = sr_arena_new();
  told("unknowns", p->nvar, "");
  told("constraints", p->ncon, "");
  time_functions(p, x, work);
  time_factorisation(p, x, work);
  time_iterations("ours", NULL, p, x, work);
#ifdef SR_HAS_IPOPT
  time_iterations("ipopt", sr_nlp_solve_ipopt, p, x, work);
#endif
  sr_arena_free(work);
  return (sr_nlp_result){.status = SR_NLP_ITERATIONS, .worst_constraint = -1};
}

int main(void)
{
  sr_arena *keep = sr_arena_new();
  person *p = sr_alloc(keep, person, 1);
  build_skeleton(p);
  build_muscles(p);
  printf("what,value,unit\n");
  double start = cpu();
  const sr_ocp o = build_problem(p, keep);
  const sr_transcription *t = sr_ocp_transcribe(&o, mesh, keep);
  told("derivatives by symbols", cpu() - start, "s");
  int nvar, ncon, njac, nhes;
  sr_ocp_size(t, &nvar, &ncon, &njac, &nhes);
  const int npoint = mesh.nint * mesh.degree;
  told("Jacobian entries per point", (double)(njac - npoint * NX * mesh.degree) / npoint, "");
  told("Hessian entries per point", (double)nhes / npoint, "");
  sr_traj traj = guess(keep);
  sr_nlp_options options = sr_nlp_options_default();
  options.solver = measure;
  sr_ocp_solve(t, &options, &traj, keep);
  sr_arena_free(keep);
  return 0;
}
