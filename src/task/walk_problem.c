// Walking: unknowns, bounds, dynamics, path and end constraints, cost (docs/theory/task.md).
#include "task/walk_problem.h"

#include <math.h>
#include <stdio.h>

#include "base/constants.h"

const char *const sr_walk_cost_name[SR_WALK_COSTS] = {"energy", "activation", "acceleration", "limit", "trunk",
                                                      "smooth", "upright",    "level",        "habit"};

static void name_states(const sr_model *m, const sr_layout *l, sr_bound *x, sr_arena *keep)
{
  for (int j = 0; j < l->nq; j++) {
    x[l->q + j].name = m->skeleton.coord[j];
    x[l->qd + j].name = sr_arena_printf(keep, "%s speed", m->skeleton.coord[j]);
  }
  for (int k = 0; k < l->nm; k++) {
    x[l->act + k].name = sr_arena_printf(keep, "%s activation", m->muscle[k].par.name);
    x[l->force + k].name = sr_arena_printf(keep, "%s tendon force", m->muscle[k].par.name);
  }
  x[l->trunk].name = "trunk activation";
}

// Bounds and typical sizes of states and controls. They are wide: none is a measured curve. Speeds and accelerations
// are cut where no joint of a walking person gets to (25 rad/s, 1500 rad/s2; 6 m/s, 200 m/s2).
static void bound_unknowns(const sr_model *m, const sr_walk_weights *w, const sr_layout *l, sr_ocp *o, sr_arena *keep)
{
  name_states(m, l, o->x, keep);
  for (int j = 0; j < l->nq; j++) {
    const bool is_slide = m->coord[j].is_translation;
    o->x[l->q + j] = (sr_bound){o->x[l->q + j].name, m->coord[j].lo, m->coord[j].hi, 0.5};
    o->x[l->qd + j] =
        (sr_bound){o->x[l->qd + j].name, is_slide ? -6.0 : -25.0, is_slide ? 6.0 : 25.0, is_slide ? 1.0 : 5.0};
    o->u[l->qdd + j] = (sr_bound){sr_arena_printf(keep, "%s acceleration", m->skeleton.coord[j]),
                                  is_slide ? -200.0 : -1500.0, is_slide ? 200.0 : 1500.0, is_slide ? 20.0 : 100.0};
  }
  for (int k = 0; k < l->nm; k++) {
    const char *name = m->muscle[k].par.name;
    o->x[l->act + k] = (sr_bound){o->x[l->act + k].name, w->rest, sr_model_act_most(&m->muscle[k], w->rest), 0.2};
    o->x[l->force + k] = (sr_bound){o->x[l->force + k].name, 0.0, 5.0, 0.2};
    o->u[l->act_rate + k] = (sr_bound){sr_arena_printf(keep, "%s activation rate", name), -100.0, 100.0, 5.0};
    o->u[l->force_rate + k] = (sr_bound){sr_arena_printf(keep, "%s tendon force rate", name), -100.0, 100.0, 5.0};
  }
  o->x[l->trunk] = (sr_bound){o->x[l->trunk].name, -1.0, 1.0, 0.1};
  o->u[l->drive] = (sr_bound){"trunk drive", -1.0, 1.0, 0.1};
}

// Inputs of the point graph cut into named groups.
static void name_inputs(sr_walk_problem *p)
{
  const sr_layout *l = &p->layout;
  const sr_ex *x = p->input, *u = x + l->nx;
  p->now = (sr_instant){.q = x + l->q,
                        .qd = x + l->qd,
                        .qdd = u + l->qdd,
                        .act = x + l->act,
                        .act_rate = u + l->act_rate,
                        .force = x + l->force,
                        .force_rate = u + l->force_rate,
                        .trunk = x[l->trunk]};
}

// dx/dt: implicit dynamics, the rates are controls; the trunk's torque follows its drive with a lag.
static void write_dynamics(sr_walk_problem *p, const sr_model *m)
{
  const sr_layout *l = &p->layout;
  sr_ocp *o = &p->ocp;
  const sr_ex *u = p->input + l->nx;
  for (int j = 0; j < l->nq; j++) {
    o->xdot[l->q + j] = p->now.qd[j];
    o->xdot[l->qd + j] = p->now.qdd[j];
  }
  for (int k = 0; k < l->nm; k++) {
    o->xdot[l->act + k] = p->now.act_rate[k];
    o->xdot[l->force + k] = p->now.force_rate[k];
  }
  o->xdot[l->trunk] = sr_scale(sr_sub(u[l->drive], p->now.trunk), 1.0 / m->trunk_tau);
  for (int i = 0; i < l->nx; i++) o->dynamics[i] = (sr_bound){.name = o->x[i].name, .scale = o->x[i].scale};
}

static void add_path(sr_ocp *o, sr_ex e, const char *name, double lo, double hi, double scale)
{
  o->path[o->npath] = e;
  o->path_bound[o->npath++] = (sr_bound){name, lo, hi, scale};
}

// Equations of motion, fibre force balance, activation dynamics, a foot on the ground, and the balance about the locked
// subtalar axis.
static void write_path(sr_walk_problem *p, const sr_model *m, const sr_walk_weights *w, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  sr_ocp *o = &p->ocp;
  for (int j = 0; j < l->nq; j++)
    add_path(o, p->physics.residual[j], sr_arena_printf(keep, "equation of motion of %s", m->skeleton.coord[j]), 0.0,
             0.0, m->coord[j].is_translation ? 100.0 : 30.0);
  for (int k = 0; k < l->nm; k++) {
    const sr_muscle *par = &m->muscle[k].par;
    add_path(o, p->physics.fibre[k].residual, sr_arena_printf(keep, "force balance of %s", par->name), 0.0, 0.0, 0.2);
    const sr_activation_rows a = sr_muscle_activation(par, p->now.act[k], p->now.act_rate[k]);
    add_path(o, a.lower, sr_arena_printf(keep, "slowest activation of %s", par->name), 0.0, SR_NLP_INF, 10.0);
    add_path(o, a.upper, sr_arena_printf(keep, "fastest activation of %s", par->name), -SR_NLP_INF, 1.0 / par->tau_act,
             10.0);
  }
  // a walk has no flight: what leaves the ground is a run
  const sr_ex load = sr_add(p->physics.ground_force[0].y, p->physics.ground_force[1].y);
  add_path(o, sr_scale(load, 1.0 / (m->mass * -m->skeleton.gravity[1])), "a foot on the ground", w->least_load,
           SR_NLP_INF, 0.5);
  for (int leg = 0; leg < 2; leg++)
    add_path(o, p->physics.subtalar[leg],
             leg == 0 ? "balance about the left subtalar axis" : "balance about the right subtalar axis",
             -m->subtalar_passive, m->subtalar_passive, 2.0);
}

// a^p, by products where p is 2 or 3.
static sr_ex act_power(sr_ex a, double p)
{
  if (p == 2.0) return sr_sq(a);
  return p == 3.0 ? sr_mul(a, sr_sq(a)) : sr_exp(sr_scale(sr_log(a), p));
}

// The parts of the cost per metre (weights in data/tasks.toml):
//   energy        w_E sum_k E_k^2 / (n M)                 E_k metabolic rate [W], M body mass
//   activation    w_a sum_k a_k^p / n
//   acceleration  w_q sum_j (qdd_j / 100)^2 / nq          joints and pelvis tilt; translations / 20
//   limit         w_l sum_j tau_limit_j^2 / nq
//   trunk         w_t a_trunk^2
//   upright       w_u (tilt + lumbar)^2                    pitch of the trunk: people carry the head level
//   level         w_v (qdd_y / g)^2                        vertical acceleration of the pelvis: and steady
//   smooth        w_s sum_k ((act_rate_k/100)^2 + (force_rate_k/100)^2) / n
//   habit         w_h sum_k (a_k - d_k)^2 / n              innervated muscles; d_k known: what one is used to
static void write_cost(sr_walk_problem *p, const sr_model *m, const sr_walk_weights *w, double habit, sr_ex speed)
{
  const sr_layout *l = &p->layout;
  sr_graph *g = p->ocp.point;
  sr_ex part[SR_WALK_COSTS];
  for (int i = 0; i < SR_WALK_COSTS; i++) part[i] = sr_const(g, 0.0);
  for (int k = 0; k < l->nm; k++) {
    part[0] = sr_add(part[0], sr_scale(sr_sq(p->physics.heat_and_work[k]), w->energy / (l->nm * m->mass)));
    part[1] = sr_add(part[1], sr_scale(act_power(p->now.act[k], w->exponent), w->activation / l->nm));
    const sr_ex rates = sr_add(sr_sq(p->now.act_rate[k]), sr_sq(p->now.force_rate[k]));
    part[5] = sr_add(part[5], sr_scale(rates, w->smooth * 1e-4 / l->nm));
  }
  for (int j = 0; j < l->nq; j++) {
    const double size = m->coord[j].is_translation ? 20.0 : 100.0;
    part[2] = sr_add(part[2], sr_scale(sr_sq(p->now.qdd[j]), w->acceleration / (size * size * l->nq)));
    part[3] = sr_add(part[3], sr_scale(sr_sq(p->physics.limit_torque[j]), w->limit / l->nq));
  }
  part[4] = sr_scale(sr_sq(p->now.trunk), w->trunk);
  const int tilt = sr_coord_find(&m->skeleton, "pelvis_tilt");
  part[6] = sr_scale(sr_sq(sr_add(p->now.q[tilt], p->now.q[m->trunk_coord])), w->upright);
  const sr_ex bounce = p->now.qdd[sr_coord_find(&m->skeleton, "pelvis_ty")];
  part[7] = sr_scale(sr_sq(bounce), w->level / (SR_GRAVITY * SR_GRAVITY));
  const sr_ex *used_to = p->input + l->nx + l->nu + p->ocp.np;
  for (int k = 0; k < l->nm && habit > 0.0; k++)
    if (m->muscle[k].par.capacity > 0.0)
      part[SR_WALK_HABIT] =
          sr_add(part[SR_WALK_HABIT], sr_scale(sr_sq(sr_sub(p->now.act[k], used_to[k])), habit / l->nm));
  p->ncost = habit > 0.0 ? SR_WALK_COSTS : SR_WALK_HABIT;
  p->ocp.running = sr_const(g, 0.0);
  for (int i = 0; i < p->ncost; i++) {
    p->cost_part[i] = sr_div(part[i], speed);
    p->ocp.running = sr_add(p->ocp.running, p->cost_part[i]);
  }
}

static void add_end(sr_ocp *o, sr_ex e, const char *name, double lo, double hi, double scale)
{
  o->end[o->nend] = e;
  o->end_bound[o->nend++] = (sr_bound){name, lo, hi, scale};
}

// Periodic (after half a cycle: in the mirrored leg), start at x = 0, distance = speed x duration, and the moment of
// the cycle at which the phase starts: the thighs pass each other, the right one forward. Gives the speed.
static sr_ex write_ends(sr_walk_problem *p, const sr_model *m, bool is_full_cycle, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  sr_ocp *o = &p->ocp;
  sr_ex *in = sr_alloc(keep, sr_ex, 2 * l->nx + o->np);
  for (int i = 0; i < 2 * l->nx + o->np; i++) in[i] = sr_input(o->ends);
  const sr_ex *x0 = in, *x1 = in + l->nx, *par = in + 2 * l->nx;
  const int tx = sr_coord_find(&m->skeleton, "pelvis_tx");
  o->final = sr_const(o->ends, 0.0);
  for (int i = 0; i < l->nx; i++) {
    if (i == l->q + tx) continue;
    const int j = is_full_cycle ? i : sr_layout_mirror(l, m, i);
    add_end(o, sr_sub(x1[i], x0[j]), sr_arena_printf(keep, "periodic %s", o->x[i].name), 0.0, 0.0, o->x[i].scale);
  }
  add_end(o, x0[l->q + tx], "start at zero", 0.0, 0.0, 0.5);
  add_end(o, sr_sub(sr_sub(x1[l->q + tx], x0[l->q + tx]), sr_mul(par[0], par[1])), "distance is speed times duration",
          0.0, 0.0, 0.5);
  const int hr = sr_coord_find(&m->skeleton, "hip_flexion_r"), hl = sr_coord_find(&m->skeleton, "hip_flexion_l");
  add_end(o, sr_sub(x0[l->q + hr], x0[l->q + hl]), "the thighs pass at the start", 0.0, 0.0, 0.5);
  add_end(o, sr_sub(x0[l->qd + hr], x0[l->qd + hl]), "the right thigh swings forward at the start", 0.0, SR_NLP_INF,
          5.0);
  return par[1];
}

static void allocate(sr_walk_problem *p, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  sr_ocp *o = &p->ocp;
  const int path_room = l->nq + 3 * l->nm + 3, end_room = l->nx + 6;
  o->nx = l->nx;
  o->nu = l->nu;
  o->np = 2;
  o->point = sr_graph_new(keep);
  o->ends = sr_graph_new(keep);
  o->xdot = sr_alloc(keep, sr_ex, l->nx);
  o->path = sr_alloc(keep, sr_ex, path_room);
  o->end = sr_alloc(keep, sr_ex, end_room);
  o->x = sr_alloc(keep, sr_bound, l->nx);
  o->u = sr_alloc(keep, sr_bound, l->nu);
  o->p = sr_alloc(keep, sr_bound, 2);
  o->dynamics = sr_alloc(keep, sr_bound, l->nx);
  o->path_bound = sr_alloc(keep, sr_bound, path_room);
  o->end_bound = sr_alloc(keep, sr_bound, end_room);
  const int nin = l->nx + l->nu + o->np + o->nd;
  p->input = sr_alloc(keep, sr_ex, nin);
  for (int i = 0; i < nin; i++) p->input[i] = sr_input(o->point);
}

sr_walk_problem *sr_walk_problem_new(const sr_model *m, const sr_walk_weights *w, double habit, double speed,
                                     sr_walk_demand demand, bool is_full_cycle, sr_arena *keep)
{
  sr_walk_problem *p = sr_alloc(keep, sr_walk_problem, 1);
  p->layout = sr_layout_of(m);
  p->is_full_cycle = is_full_cycle;
  p->ocp.nd = habit > 0.0 ? m->nmuscle : 0;
  allocate(p, keep);
  name_inputs(p);
  const sr_layout *l = &p->layout;
  sr_ocp *o = &p->ocp;
  const sr_ex *par = p->input + l->nx + l->nu;
  o->duration = par[0];
  const double cycles = is_full_cycle ? 2.0 : 1.0;
  o->p[0] = (sr_bound){"duration", 0.25 * cycles, 1.2 * cycles, 0.5};
  o->p[1] = (sr_bound){"speed", speed, speed, 1.0};
  if (demand == SR_WALK_FASTEST) o->p[1] = (sr_bound){"speed", 0.05, speed, 1.0};
  bound_unknowns(m, w, l, o, keep);
  write_dynamics(p, m);
  p->physics = sr_model_physics(m, o->point, &p->now, keep);
  write_path(p, m, w, keep);
  write_cost(p, m, w, habit, par[1]);
  const sr_ex end_speed = write_ends(p, m, is_full_cycle, keep);
  if (demand == SR_WALK_FASTEST) {
    // the speed alone decides; the cost of the movement only picks one of the movements that reach it
    o->running = sr_scale(sr_mul(o->running, par[1]), 1e-3);
    o->final = sr_scale(end_speed, -100.0);
  }
  return p;
}
