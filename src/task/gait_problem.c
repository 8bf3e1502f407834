// Gaits: bounds of their parameters, contact or flight, their ends and their cost (docs/theory/task.md).
#include "task/gait_problem.h"

#include <math.h>

#include "base/constants.h"

// The ground is flat in the model's frame: on a slope gravity is turned backward, so that up is (sin, cos) of the
// slope.
double sr_gait_slope(const sr_model *m)
{
  return atan2(-m->skeleton.gravity[0], -m->skeleton.gravity[1]);
}

sr_model *sr_gait_on_slope(const sr_model *m, double slope, sr_arena *keep)
{
  sr_model *on = sr_alloc(keep, sr_model, 1);
  *on = *m;
  const double g = sr_model_weight(m) / m->mass;
  on->skeleton.gravity[0] = -g * sin(slope);
  on->skeleton.gravity[1] = -g * cos(slope);
  return on;
}

// A gait's own parts of the cost, each per metre:
//   upright  w_u (tilt + lumbar + slope)^2    pitch of the trunk: people carry the head level
//   level    w_v (qdd_up / g)^2               vertical acceleration of the pelvis: and steady
//   habit    w_h sum_k (a_k - d_k)^2 / n      innervated muscles; d_k known: what one is used to
static void write_cost(sr_movement *p, const sr_walk_weights *w, double habit)
{
  const sr_model *m = p->model;
  const sr_ex speed = p->par[1];
  sr_movement_effort(p, &w->effort, speed);
  const double slope = sr_gait_slope(m);
  sr_ex pitch = sr_add(p->now.q[sr_coord_find(&m->skeleton, "pelvis_tilt")], p->now.q[m->trunk_coord]);
  if (slope != 0.0) pitch = sr_shift(pitch, slope);
  sr_movement_cost(p, "upright", sr_div(sr_scale(sr_sq(pitch), w->upright), speed));
  sr_ex bounce = p->now.qdd[sr_coord_find(&m->skeleton, "pelvis_ty")];
  if (slope != 0.0) {
    const sr_ex along = p->now.qdd[sr_coord_find(&m->skeleton, "pelvis_tx")];
    bounce = sr_add(sr_scale(bounce, cos(slope)), sr_scale(along, sin(slope)));
  }
  sr_movement_cost(p, "level", sr_div(sr_scale(sr_sq(bounce), w->level / (SR_GRAVITY * SR_GRAVITY)), speed));
  if (!(habit > 0.0)) return;
  sr_ex away = sr_const(p->ocp.point, 0.0);
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].par.capacity > 0.0)
      away = sr_add(away, sr_scale(sr_sq(sr_sub(p->now.act[k], p->known[k])), habit / m->nmuscle));
  sr_movement_cost(p, "habit", sr_div(away, speed));
}

// How fast the vertical force under a leg grows [N/s]: its partial derivatives times the rates of the state.
static sr_ex load_rate(const sr_movement *p, int leg)
{
  const int nq = p->layout.nq;
  const sr_ex force = p->physics.ground_force[leg].y;
  sr_ex by_q[SR_MAX_COORD], by_qd[SR_MAX_COORD], rate = sr_const(p->ocp.point, 0.0);
  sr_gradient(force, p->now.q, nq, by_q);
  sr_gradient(force, p->now.qd, nq, by_qd);
  for (int j = 0; j < nq; j++)
    rate = sr_add(rate, sr_add(sr_mul(by_q[j], p->now.qd[j]), sr_mul(by_qd[j], p->now.qdd[j])));
  return rate;
}

// Of a run alone: impact  w_i sum_leg (dF_y/dt / (100 W))^2    nobody likes to land hard (W body weight, 100 per
// second)
static void write_impact(sr_movement *p, double weight)
{
  const double unit = 100.0 * sr_model_weight(p->model);
  sr_ex sum = sr_const(p->ocp.point, 0.0);
  for (int leg = 0; leg < 2; leg++) sum = sr_add(sum, sr_scale(sr_sq(load_rate(p, leg)), weight / (unit * unit)));
  sr_movement_cost(p, "impact", sr_div(sum, p->par[1]));
}

// Periodic (after half a cycle: in the mirrored leg), start at x = 0, distance = speed x duration.
static void write_cycle(sr_movement *p, bool is_full_cycle, sr_arena *keep)
{
  const sr_model *m = p->model;
  const sr_layout *l = &p->layout;
  const sr_bound *x = p->ocp.x;
  const sr_ex *x0 = p->x0, *x1 = p->x1;
  const int tx = l->q + sr_coord_find(&m->skeleton, "pelvis_tx");
  for (int i = 0; i < l->nx; i++) {
    if (i == tx) continue;
    const int j = is_full_cycle ? i : sr_layout_mirror(l, m, i);
    sr_movement_end(p, sr_sub(x1[i], x0[j]), sr_arena_printf(keep, "periodic %s", x[i].name), 0.0, 0.0, x[i].scale);
  }
  sr_movement_end(p, x0[tx], "start at zero", 0.0, 0.0, 0.5);
  sr_movement_end(p, sr_sub(sr_sub(x1[tx], x0[tx]), sr_mul(p->end_par[0], p->end_par[1])),
                  "distance is speed times duration", 0.0, 0.0, 0.5);
}

// The moment at which a walk starts: the thighs pass each other, the right one forward.
static void start_where_thighs_pass(sr_movement *p)
{
  const sr_layout *l = &p->layout;
  const sr_skeleton *s = &p->model->skeleton;
  const int hr = sr_coord_find(s, "hip_flexion_r"), hl = sr_coord_find(s, "hip_flexion_l");
  const sr_ex *x0 = p->x0;
  sr_movement_end(p, sr_sub(x0[l->q + hr], x0[l->q + hl]), "the thighs pass at the start", 0.0, 0.0, 0.5);
  sr_movement_end(p, sr_sub(x0[l->qd + hr], x0[l->qd + hl]), "the right thigh swings forward at the start", 0.0,
                  SR_NLP_INF, 5.0);
}

// The moment at which a run starts: the middle of the flight that ends on the right foot. The centre of mass neither
// rises nor falls, both feet are clear of the ground, the right thigh is in front. After half a cycle, which ends in
// the mirrored start, the same holds.
static void start_in_flight(sr_movement *p, double clearance, sr_arena *keep)
{
  const sr_model *m = p->model;
  const sr_layout *l = &p->layout;
  sr_graph *g = p->ocp.ends;
  sr_ex *still = sr_alloc(keep, sr_ex, l->nq);
  for (int j = 0; j < l->nq; j++) still[j] = sr_const(g, 0.0);
  sr_body_motion *body = sr_alloc(keep, sr_body_motion, m->skeleton.nbody);
  sr_body_motions(&m->skeleton, g, p->x0 + l->q, p->x0 + l->qd, still, body);
  sr_xvec com, velocity;
  sr_model_centre_of_mass(m, g, body, &com, &velocity);
  sr_movement_end(p, velocity.y, "the middle of a flight at the start", 0.0, 0.0, 0.5);
  for (int c = 0; c < m->ncontact; c++) {
    const sr_contact_sphere *s = &m->contact[c];
    sr_movement_end(p, sr_shift(sr_body_point(&body[s->body], s->centre).y, -s->radius),
                    sr_arena_printf(keep, "%s off the ground in flight", s->name), clearance, SR_NLP_INF, 0.05);
  }
  const int hr = sr_coord_find(&m->skeleton, "hip_flexion_r"), hl = sr_coord_find(&m->skeleton, "hip_flexion_l");
  sr_movement_end(p, sr_sub(p->x0[l->q + hr], p->x0[l->q + hl]), "the right thigh is in front at the start", 0.0,
                  SR_NLP_INF, 0.5);
}

// A runner's joints are faster than a walker's (60 rad/s, 6000 rad/s2), and so is the body (15 m/s, 400 m/s2).
static void widen_bounds(sr_movement *p)
{
  sr_ocp *o = &p->ocp;
  const sr_layout *l = &p->layout;
  for (int j = 0; j < l->nq; j++) {
    const bool is_slide = p->model->coord[j].is_translation;
    const double fastest = is_slide ? 15.0 : 60.0, hardest = is_slide ? 400.0 : 6000.0;
    o->x[l->qd + j].lo = -fastest;
    o->x[l->qd + j].hi = fastest;
    o->u[l->qdd + j].lo = -hardest;
    o->u[l->qdd + j].hi = hardest;
  }
}

// The other flight of a whole cycle: half-way along the stride both feet are clear of the ground and the centre of mass
// neither rises nor falls, as at its start. Over the travelled share s = x / (v T), with the gate
//   G = exp(-((s - 1/2) / width)^4):   height of every sphere >= clearance - drop (1 - G),  |v_y| <= still + most (1 -
//   G)
// which asks for nothing away from there: no foot is as deep in the ground as `drop`, nobody falls as fast as `most`.
static void fly_in_the_middle(sr_movement *p, double clearance, sr_arena *keep)
{
  const double width = 0.02, drop = 0.06, still = 0.01, most = 3.0;  // [-] less than a flight; [m], [m/s]
  const sr_model *m = p->model;
  const sr_ex x = p->now.q[sr_coord_find(&m->skeleton, "pelvis_tx")], stride = sr_mul(p->par[0], p->par[1]);
  const sr_ex away = sr_scale(sr_shift(sr_div(x, stride), -0.5), 1.0 / width);
  const sr_ex gate = sr_exp(sr_neg(sr_sq(sr_sq(away))));
  for (int c = 0; c < m->ncontact; c++) {
    const sr_contact_sphere *s = &m->contact[c];
    const sr_ex height = sr_shift(sr_body_point(&p->physics.body[s->body], s->centre).y, -s->radius);
    sr_movement_path(p, sr_sub(height, sr_scale(gate, drop)),
                     sr_arena_printf(keep, "%s off the ground in flight", s->name), clearance - drop, SR_NLP_INF, 0.05);
  }
  for (int side = -1; side <= 1; side += 2)
    sr_movement_path(p, sr_add(sr_scale(p->physics.com_velocity.y, side), sr_scale(gate, most)),
                     "the middle of a flight half-way", -SR_NLP_INF, still + most, 0.5);
}

sr_movement *sr_gait_problem_new(const sr_model *m, const sr_weights *w, const sr_gait *gait, sr_arena *keep)
{
  sr_movement *p = sr_movement_new(m, w->walk.rest, 2, gait->habit > 0.0 ? m->nmuscle : 0, keep);
  sr_ocp *o = &p->ocp;
  const double cycles = gait->is_full_cycle ? 2.0 : 1.0;
  o->p[0] = (sr_bound){"duration", (gait->is_run ? 0.15 : 0.25) * cycles, 1.2 * cycles, 0.5};
  o->p[1] = (sr_bound){"speed", gait->demand == SR_GAIT_FASTEST ? 0.05 : gait->speed, gait->speed, 1.0};
  if (gait->is_run) {
    widen_bounds(p);
    if (gait->is_full_cycle) fly_in_the_middle(p, w->run.clearance * m->length_ratio, keep);
  } else {
    // a walk has no flight: what leaves the ground is a run
    const sr_ex load = sr_add(p->physics.ground_force[0].y, p->physics.ground_force[1].y);
    sr_movement_path(p, sr_scale(load, 1.0 / sr_model_weight(m)), "a foot on the ground", w->walk.least_load,
                     SR_NLP_INF, 0.5);
  }
  write_cost(p, &w->walk, gait->habit);
  if (gait->is_run) write_impact(p, w->run.impact);
  write_cycle(p, gait->is_full_cycle, keep);
  if (gait->is_run)
    start_in_flight(p, w->run.clearance * m->length_ratio, keep);
  else
    start_where_thighs_pass(p);
  if (gait->demand == SR_GAIT_FASTEST) {
    // the speed alone decides; the cost of the movement only picks one of the movements that reach it
    o->running = sr_scale(sr_mul(o->running, p->par[1]), gait->is_run ? 1e-4 : 1e-3);
    o->final = sr_scale(p->end_par[1], -100.0);
  }
  return p;
}
