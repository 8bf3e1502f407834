// Walking: bounds of its parameters, a foot on the ground, its ends and its cost (docs/theory/task.md).
#include "task/walk_problem.h"

#include "base/constants.h"

// The walk's own parts of the cost, each per metre:
//   upright  w_u (tilt + lumbar)^2            pitch of the trunk: people carry the head level
//   level    w_v (qdd_y / g)^2                vertical acceleration of the pelvis: and steady
//   habit    w_h sum_k (a_k - d_k)^2 / n      innervated muscles; d_k known: what one is used to
static void write_cost(sr_movement *p, const sr_walk_weights *w, double habit)
{
  const sr_model *m = p->model;
  const sr_ex speed = p->par[1];
  sr_movement_effort(p, &w->effort, speed);
  const sr_ex pitch = sr_add(p->now.q[sr_coord_find(&m->skeleton, "pelvis_tilt")], p->now.q[m->trunk_coord]);
  sr_movement_cost(p, "upright", sr_div(sr_scale(sr_sq(pitch), w->upright), speed));
  const sr_ex bounce = p->now.qdd[sr_coord_find(&m->skeleton, "pelvis_ty")];
  sr_movement_cost(p, "level", sr_div(sr_scale(sr_sq(bounce), w->level / (SR_GRAVITY * SR_GRAVITY)), speed));
  if (!(habit > 0.0)) return;
  sr_ex away = sr_const(p->ocp.point, 0.0);
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].par.capacity > 0.0)
      away = sr_add(away, sr_scale(sr_sq(sr_sub(p->now.act[k], p->known[k])), habit / m->nmuscle));
  sr_movement_cost(p, "habit", sr_div(away, speed));
}

// Periodic (after half a cycle: in the mirrored leg), start at x = 0, distance = speed x duration, and the moment of
// the cycle at which the phase starts: the thighs pass each other, the right one forward.
static void write_ends(sr_movement *p, bool is_full_cycle, sr_arena *keep)
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
  const int hr = sr_coord_find(&m->skeleton, "hip_flexion_r"), hl = sr_coord_find(&m->skeleton, "hip_flexion_l");
  sr_movement_end(p, sr_sub(x0[l->q + hr], x0[l->q + hl]), "the thighs pass at the start", 0.0, 0.0, 0.5);
  sr_movement_end(p, sr_sub(x0[l->qd + hr], x0[l->qd + hl]), "the right thigh swings forward at the start", 0.0,
                  SR_NLP_INF, 5.0);
}

sr_movement *sr_walk_problem_new(const sr_model *m, const sr_walk_weights *w, double habit, double speed,
                                 sr_walk_demand demand, bool is_full_cycle, sr_arena *keep)
{
  sr_movement *p = sr_movement_new(m, w->rest, 2, habit > 0.0 ? m->nmuscle : 0, keep);
  sr_ocp *o = &p->ocp;
  const double cycles = is_full_cycle ? 2.0 : 1.0;
  o->p[0] = (sr_bound){"duration", 0.25 * cycles, 1.2 * cycles, 0.5};
  o->p[1] = (sr_bound){"speed", demand == SR_WALK_FASTEST ? 0.05 : speed, speed, 1.0};
  // a walk has no flight: what leaves the ground is a run
  const sr_ex load = sr_add(p->physics.ground_force[0].y, p->physics.ground_force[1].y);
  sr_movement_path(p, sr_scale(load, 1.0 / sr_model_weight(m)), "a foot on the ground", w->least_load, SR_NLP_INF, 0.5);
  write_cost(p, w, habit);
  write_ends(p, is_full_cycle, keep);
  if (demand == SR_WALK_FASTEST) {
    // the speed alone decides; the cost of the movement only picks one of the movements that reach it
    o->running = sr_scale(sr_mul(o->running, p->par[1]), 1e-3);
    o->final = sr_scale(p->end_par[1], -100.0);
  }
  return p;
}
