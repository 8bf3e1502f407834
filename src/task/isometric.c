// The greatest isometric plantarflexion torque of one leg whose angles are held.
#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "task/posture.h"

// Plantarflexion moment of one muscle: dL/dq times tendon force, positive where it plantarflexes.
static sr_ex plantar_moment(const sr_posture *p, int k, int ankle)
{
  const sr_ex arm = sr_model_moment_arm(p->physics.length[k], p->z[ankle]);
  return sr_neg(sr_mul(arm, p->physics.fibre[k].tendon_force));
}

static void add_part(const char *base, double moment, double *soleus, double *gasmed, double *gaslat)
{
  if (strcmp(base, "soleus") == 0) *soleus += moment;
  if (strcmp(base, "gasmed") == 0) *gasmed += moment;
  if (strcmp(base, "gaslat") == 0) *gaslat += moment;
}

sr_ankle_moments sr_posture_ankle_moments(const sr_posture *p, const double *z, sr_leg leg, sr_arena *work)
{
  const int ankle = sr_posture_coord(p, "ankle_angle_%s", leg);
  sr_ex *e = sr_alloc(work, sr_ex, p->nm + 1);
  double *value = sr_alloc(work, double, p->nm + 1);
  for (int k = 0; k < p->nm; k++) e[k] = plantar_moment(p, k, ankle);
  e[p->nm] = sr_sub(p->physics.passive_torque[ankle], p->physics.need[ankle]);
  sr_posture_evaluate(p, z, e, p->nm + 1, value, work);
  sr_ankle_moments out = {.need = value[p->nm]};
  for (int k = 0; k < p->nm; k++) {
    if (p->model->muscle[k].leg != leg) continue;
    if (value[k] > 0.0) out.flexors += value[k];
    add_part(p->model->muscle[k].base, value[k], &out.soleus, &out.gasmed, &out.gaslat);
  }
  return out;
}

// Only the muscles of one leg matter: every angle is held.
static void hold_angles(sr_posture *p, sr_leg leg, const double *q, double *z)
{
  for (int j = 0; j < p->nq; j++) {
    z[j] = p->model->coord[j].leg == leg ? q[j] : 0.0;
    p->problem.z[j].lo = p->problem.z[j].hi = z[j];
  }
}

// Activations of one leg's innervated muscles up to `act`, as far as pain allows, from the middle of what they may be.
static void free_muscles(sr_posture *p, sr_leg leg, double act, double *z)
{
  for (int k = 0; k < p->nm; k++) {
    const bool is_able = p->model->muscle[k].leg == leg && p->model->muscle[k].par.capacity > 0.0;
    const double most = is_able ? fmin(act, p->model->muscle[k].act_max) : 0.0;
    p->problem.z[p->act + k].lo = 0.0;
    p->problem.z[p->act + k].hi = most;
    z[p->act + k] = 0.5 * most;
    z[p->force + k] = 0.1;
  }
}

// The ankle pushes down as hard as it can. Muscles that cannot plantarflex rest: a small effort leaves them at zero.
static sr_isometric push_down(const sr_model *m, sr_leg leg, const double *q, double act)
{
  sr_arena *keep = sr_arena_new();
  const sr_static_weights no_weights = {0};
  sr_posture *p = sr_posture_at_rest(m, &no_weights, 1 << leg, keep);
  const int ankle = sr_posture_coord(p, "ankle_angle_%s", leg);
  double *z = sr_alloc(keep, double, p->nz);
  hold_angles(p, leg, q, z);
  free_muscles(p, leg, act, z);
  sr_ex push = sr_const(p->graph, 0.0);
  for (int k = 0; k < p->nm; k++)
    if (m->muscle[k].leg == leg) push = sr_add(push, plantar_moment(p, k, ankle));
  const sr_ex cost = sr_add(sr_scale(push, -1e-2), sr_scale(sr_posture_effort(p, SR_EFFORT_SQUARE), 1e-6));
  const sr_task_run run = {.model = m};
  const double unknown = (double)NAN;
  sr_isometric out = {unknown, unknown, unknown, unknown, unknown, unknown};
  if (sr_posture_solve(p, &run, cost, z, keep).nlp.status == SR_NLP_SOLVED) {
    const sr_ankle_moments part = sr_posture_ankle_moments(p, z, leg, keep);
    out = (sr_isometric){.soleus = part.soleus, .gasmed = part.gasmed, .gaslat = part.gaslat};
    out.triceps = part.soleus + part.gasmed + part.gaslat;
    out.total = sr_posture_value(p, z, push);
    out.deep = out.total - out.triceps;
  }
  sr_arena_free(keep);
  return out;
}

sr_isometric sr_task_isometric(const sr_model *m, sr_leg leg, double hip, double knee, double ankle, double act)
{
  double q[SR_MAX_COORD] = {0.0};
  const sr_skeleton *s = &m->skeleton;
  const bool is_left = leg == SR_LEG_LEFT;
  q[sr_coord_find(s, is_left ? "hip_flexion_l" : "hip_flexion_r")] = hip;
  q[sr_coord_find(s, is_left ? "knee_angle_l" : "knee_angle_r")] = knee;
  q[sr_coord_find(s, is_left ? "ankle_angle_l" : "ankle_angle_r")] = ankle;
  return push_down(m, leg, q, act);
}

double sr_posture_available(const sr_posture *p, const double *z, sr_leg leg, const char *what, sr_task_result *r,
                            sr_arena *keep)
{
  const double total = push_down(p->model, leg, z, 1.0).total;
  if (isnan(total))
    sr_task_limit(r, keep, "%s: the greatest torque of the %s leg was not found", what,
                  leg == SR_LEG_LEFT ? "left" : "right");
  return total;
}

double sr_task_dorsiflexion(const sr_model *m, sr_leg leg, double knee, double torque)
{
  double lo = -40.0 * SR_DEGREE, hi = 45.0 * SR_DEGREE;
  if (!(sr_task_isometric(m, leg, 0.0, knee, hi, 0.0).total > torque)) return (double)NAN;
  for (int i = 0; i < 14; i++) {
    const double middle = 0.5 * (lo + hi), passive = sr_task_isometric(m, leg, 0.0, knee, middle, 0.0).total;
    if (passive > torque)
      hi = middle;
    else
      lo = middle;
  }
  return 0.5 * (lo + hi);
}
