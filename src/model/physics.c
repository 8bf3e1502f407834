// The equations of motion of the model at one instant: skeleton, contact, muscles, passive joints.
#include <math.h>

#include "base/error.h"
#include "model/model.h"

static sr_xvec zero_vector(sr_graph *g)
{
  const double none[3] = {0.0, 0.0, 0.0};
  return sr_xvec_const(g, none);
}

// Contact of every sphere, summed to a wrench on its body and to a ground force per leg.
static void contact_forces(const sr_model *m, sr_graph *g, sr_physics *p, sr_wrench *on_body)
{
  for (int leg = 0; leg < 2; leg++) {
    p->ground_force[leg] = zero_vector(g);
    p->centre_of_pressure[leg] = sr_const(g, 0.0);
  }
  for (int c = 0; c < m->ncontact; c++) {
    const sr_contact_sphere *s = &m->contact[c];
    const sr_body_motion *b = &p->body[s->body];
    const sr_contact_force f =
        sr_contact_sphere_ground(s, sr_body_point(b, s->centre), sr_body_point_velocity(b, s->centre), b->w);
    p->contact[c] = f;
    sr_wrench *w = &on_body[s->body];
    w->force = sr_xvec_add(w->force, f.force);
    w->torque = sr_xvec_add(w->torque, sr_xvec_cross(sr_xvec_sub(f.at, b->p), f.force));
    const sr_leg leg = m->contact_leg[c];
    p->ground_force[leg] = sr_xvec_add(p->ground_force[leg], f.force);
    p->centre_of_pressure[leg] = sr_add(p->centre_of_pressure[leg], sr_mul(f.at.x, f.force.y));
  }
}

void sr_model_centre_of_mass(const sr_model *m, sr_graph *g, const sr_body_motion *body, sr_xvec *com,
                             sr_xvec *velocity)
{
  *com = *velocity = zero_vector(g);
  for (int i = 0; i < m->skeleton.nbody; i++) {
    const sr_ex share = sr_const(g, m->skeleton.body[i].mass / m->mass);
    const double *c = m->skeleton.body[i].com;
    *com = sr_xvec_add(*com, sr_xvec_scale(sr_body_point(&body[i], c), share));
    *velocity = sr_xvec_add(*velocity, sr_xvec_scale(sr_body_point_velocity(&body[i], c), share));
  }
}

// tau = K1 exp(K2 (q - th2)) + K3 exp(K4 (q - th1))       [N m]
// Source: Anderson 1999 (thesis), as tabulated by its users; constants and sources in data/planar_model.toml.
static sr_ex limit_torque(const sr_coordinate *c, sr_ex q)
{
  if (!c->has_limit_torque) return sr_const(q.g, 0.0);
  const sr_ex below = sr_scale(sr_exp(sr_scale(sr_shift(q, -c->th1), c->k4)), c->k3);
  return sr_add(below, sr_scale(sr_exp(sr_scale(sr_shift(q, -c->th2), c->k2)), c->k1));
}

sr_ex sr_model_moment_arm(sr_ex length, sr_ex coord)
{
  sr_ex slope;
  sr_gradient(length, &coord, 1, &slope);
  return sr_neg(slope);
}

// One muscle: length and speed of its path, fibre, energy, and what it does at every joint it crosses (virtual work).
static void muscle_forces(const sr_model *m, sr_graph *g, const sr_instant *now, int k, sr_physics *p)
{
  const sr_model_muscle *mus = &m->muscle[k];
  const int nq = m->skeleton.ncoord;
  const sr_ex length = sr_path_length(&m->skeleton, g, &mus->path, now->q);
  sr_ex slope[SR_MAX_COORD], speed = sr_const(g, 0.0);
  sr_gradient(length, now->q, nq, slope);
  for (int j = 0; j < nq; j++) speed = sr_add(speed, sr_mul(slope[j], now->qd[j]));
  p->length[k] = length;
  p->fibre[k] = sr_muscle_fibre(&mus->par, length, speed, now->act[k], now->force[k], now->force_rate[k]);
  p->heat_and_work[k] = sr_muscle_metabolic_rate(&mus->par, &p->fibre[k], now->act[k]);
  for (int j = 0; j < nq; j++)
    p->muscle_torque[j] = sr_sub(p->muscle_torque[j], sr_mul(slope[j], p->fibre[k].tendon_force));
  if (mus->group == SR_DEEP && mus->leg != SR_LEG_NONE)
    p->subtalar[mus->leg] = sr_add(p->subtalar[mus->leg], sr_scale(p->fibre[k].tendon_force, mus->subtalar_arm));
}

sr_physics sr_model_physics(const sr_model *m, sr_graph *g, const sr_instant *now, sr_arena *keep)
{
  const sr_skeleton *s = &m->skeleton;
  const int nq = s->ncoord;
  sr_physics p = {.body = sr_alloc(keep, sr_body_motion, s->nbody),
                  .contact = sr_alloc(keep, sr_contact_force, m->ncontact),
                  .need = sr_alloc(keep, sr_ex, nq),
                  .muscle_torque = sr_alloc(keep, sr_ex, nq),
                  .limit_torque = sr_alloc(keep, sr_ex, nq),
                  .passive_torque = sr_alloc(keep, sr_ex, nq),
                  .residual = sr_alloc(keep, sr_ex, nq),
                  .length = sr_alloc(keep, sr_ex, m->nmuscle),
                  .fibre = sr_alloc(keep, sr_fibre, m->nmuscle),
                  .heat_and_work = sr_alloc(keep, sr_ex, m->nmuscle)};
  sr_wrench on_body[SR_MAX_BODY];
  for (int i = 0; i < s->nbody; i++) on_body[i] = (sr_wrench){zero_vector(g), zero_vector(g)};
  for (int j = 0; j < nq; j++) p.muscle_torque[j] = sr_const(g, 0.0);
  p.subtalar[0] = p.subtalar[1] = sr_const(g, 0.0);

  sr_body_motions(s, g, now->q, now->qd, now->qdd, p.body);
  contact_forces(m, g, &p, on_body);
  sr_model_centre_of_mass(m, g, p.body, &p.com, &p.com_velocity);
  sr_body_inverse_dynamics(s, g, now->q, p.body, on_body, p.need);
  for (int k = 0; k < m->nmuscle; k++) muscle_forces(m, g, now, k, &p);
  for (int j = 0; j < nq; j++) {
    const sr_coordinate *c = &m->coord[j];
    p.limit_torque[j] = limit_torque(c, now->q[j]);
    const sr_ex spring = sr_add(sr_scale(now->qd[j], c->damping), sr_scale(now->q[j], c->stiffness));
    p.passive_torque[j] = sr_sub(p.limit_torque[j], spring);
    p.residual[j] = sr_sub(sr_sub(p.need[j], p.muscle_torque[j]), p.passive_torque[j]);
  }
  const int trunk = m->trunk_coord;
  p.residual[trunk] = sr_sub(p.residual[trunk], sr_scale(now->trunk, m->trunk_torque));
  return p;
}

double sr_model_weight(const sr_model *m)
{
  const double *g = m->skeleton.gravity;
  return m->mass * sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
}

double sr_model_basal_rate(const sr_model *m)
{
  const double per_kg = 1.2;  // [W/kg] Bhargava et al. 2004, doi:10.1016/S0021-9290(03)00239-2
  return per_kg * m->mass;
}
