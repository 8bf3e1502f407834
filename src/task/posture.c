#include "task/posture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const sr_effort_name[3] = {"sum_a2", "sum_v_a2", "energy"};

static const char *const leg_mark[2] = {"l", "r"};

static int coord_of(const sr_posture *p, const char *format, sr_leg leg)
{
  char name[40];
  snprintf(name, sizeof name, format, leg_mark[leg]);
  return sr_coord_find(&p->model->skeleton, name);
}

static const sr_body_motion *body_of(const sr_posture *p, const char *name, sr_leg leg)
{
  char full[40];
  snprintf(full, sizeof full, "%s_%s", name, leg_mark[leg]);
  const int i = sr_body_find(&p->model->skeleton, full);
  SR_ASSERT(i >= 0);
  return &p->physics.body[i];
}

static bool stands_on(const sr_posture *p, int leg)
{
  return (p->legs >> leg & 1) != 0;
}

static void bound_unknowns(sr_posture *p, sr_arena *keep)
{
  const sr_model *m = p->model;
  sr_bound *z = p->problem.z;
  for (int j = 0; j < p->nq; j++) z[j] = (sr_bound){m->skeleton.coord[j], m->coord[j].lo, m->coord[j].hi, 0.3};
  for (int k = 0; k < p->nm; k++) {
    const char *name = m->muscle[k].par.name;
    const double floor = 0.01;  // as in walking
    z[p->act + k] = (sr_bound){sr_arena_printf(keep, "%s activation", name), floor, 1.0, 0.3};
    z[p->force + k] = (sr_bound){sr_arena_printf(keep, "%s tendon force", name), 0.0, 5.0, 0.3};
  }
  z[p->trunk] = (sr_bound){"trunk activation", -1.0, 1.0, 0.3};
}

void sr_posture_constrain(sr_posture *p, sr_ex e, const char *name, double lo, double hi, double scale)
{
  SR_ASSERT(p->problem.ncon < p->room);
  p->problem.con[p->problem.ncon] = e;
  p->problem.con_bound[p->problem.ncon++] = (sr_bound){name, lo, hi, scale};
}

static void balance_muscles(sr_posture *p, sr_arena *keep)
{
  const sr_model *m = p->model;
  for (int k = 0; k < p->nm; k++)
    sr_posture_constrain(p, p->physics.fibre[k].residual,
                         sr_arena_printf(keep, "force balance of %s", m->muscle[k].par.name), 0.0, 0.0, 0.1);
  for (int leg = 0; leg < 2; leg++)
    sr_posture_constrain(p, p->physics.subtalar[leg],
                         leg == 0 ? "balance about the left subtalar axis" : "balance about the right subtalar axis",
                         -m->subtalar_passive, m->subtalar_passive, 2.0);
}

// The unknowns as inputs of a graph and the physics at rest; no equilibrium yet.
static sr_posture *at_rest(const sr_model *m, sr_arena *keep)
{
  sr_posture *p = sr_alloc(keep, sr_posture, 1);
  *p = (sr_posture){.model = m, .nq = m->skeleton.ncoord, .nm = m->nmuscle, .graph = sr_graph_new(keep)};
  p->act = p->nq;
  p->force = p->nq + p->nm;
  p->trunk = p->nq + 2 * p->nm;
  p->nz = p->trunk + 1;
  p->room = p->nq + p->nm + 24;
  p->z = sr_alloc(keep, sr_ex, p->nz);
  p->problem = (sr_point_problem){.graph = p->graph,
                                  .nz = p->nz,
                                  .z = sr_alloc(keep, sr_bound, p->nz),
                                  .con = sr_alloc(keep, sr_ex, p->room),
                                  .con_bound = sr_alloc(keep, sr_bound, p->room)};
  for (int i = 0; i < p->nz; i++) p->z[i] = sr_input(p->graph);
  sr_ex *still = sr_alloc(keep, sr_ex, p->nq + p->nm);
  for (int i = 0; i < p->nq + p->nm; i++) still[i] = sr_const(p->graph, 0.0);
  p->now = (sr_instant){.q = p->z,
                        .qd = still,
                        .qdd = still,
                        .act = p->z + p->act,
                        .act_rate = still,
                        .force = p->z + p->force,
                        .force_rate = still,
                        .trunk = p->z[p->trunk]};
  p->physics = sr_model_physics(m, p->graph, &p->now, keep);
  bound_unknowns(p, keep);
  balance_muscles(p, keep);
  return p;
}

static void lift_foot(sr_posture *p, sr_leg leg, double clearance)
{
  for (int c = 0; c < p->model->ncontact; c++) {
    if (p->model->contact_leg[c] != leg) continue;
    const sr_contact_sphere *s = &p->model->contact[c];
    const sr_ex bottom = sr_shift(sr_body_point(&p->physics.body[s->body], s->centre).y, -s->radius);
    sr_posture_constrain(p, bottom, "clearance of the lifted foot", clearance, SR_NLP_INF, 0.1);
  }
}

sr_posture *sr_posture_new(const sr_model *m, int legs, double clearance, sr_arena *keep)
{
  sr_posture *p = at_rest(m, keep);
  p->legs = legs;
  for (int j = 0; j < p->nq; j++)
    sr_posture_constrain(p, p->physics.residual[j], sr_arena_printf(keep, "equilibrium of %s", m->skeleton.coord[j]),
                         0.0, 0.0, m->coord[j].is_translation ? 100.0 : 30.0);
  const int tilt = sr_coord_find(&m->skeleton, "pelvis_tilt"), lumbar = m->trunk_coord;
  sr_posture_constrain(p, sr_add(p->z[tilt], p->z[lumbar]), "trunk upright", 0.0, 0.0, 0.3);
  sr_posture_fix(p, "pelvis_tx", 0.0);
  if (legs == 3) {
    const sr_ex apart = sr_sub(body_of(p, "talus", SR_LEG_RIGHT)->p.x, body_of(p, "talus", SR_LEG_LEFT)->p.x);
    sr_posture_constrain(p, apart, "feet side by side", 0.0, 0.0, 0.1);
  }
  for (int leg = 0; leg < 2; leg++)
    if (!stands_on(p, leg)) lift_foot(p, (sr_leg)leg, clearance);
  return p;
}

void sr_posture_fix(sr_posture *p, const char *coord, double value)
{
  const int j = sr_coord_find(&p->model->skeleton, coord);
  SR_ASSERT(j >= 0);
  p->problem.z[j].lo = p->problem.z[j].hi = value;
}

// Sum over muscles of a^2, of V a^2 / mean V, or of the metabolic rate [W]; the trunk's own effort is added alike.
sr_ex sr_posture_effort(const sr_posture *p, sr_effort effort)
{
  double volume = 0.0;
  for (int k = 0; k < p->nm; k++) volume += p->model->muscle[k].volume / p->nm;
  sr_ex sum = sr_sq(p->now.trunk);
  for (int k = 0; k < p->nm; k++) {
    const sr_ex a2 = sr_sq(p->now.act[k]);
    const double share = p->model->muscle[k].volume / volume;
    sum = sr_add(sum, effort == SR_EFFORT_SQUARE   ? a2
                      : effort == SR_EFFORT_VOLUME ? sr_scale(a2, share)
                                                   : sr_scale(p->physics.heat_and_work[k], 0.1));
  }
  return sum;
}

sr_ex sr_posture_ankle_x(const sr_posture *p)
{
  return body_of(p, "talus", stands_on(p, SR_LEG_RIGHT) ? SR_LEG_RIGHT : SR_LEG_LEFT)->p.x;
}

sr_ex sr_posture_load(const sr_posture *p)
{
  return sr_add(p->physics.ground_force[0].y, p->physics.ground_force[1].y);
}

sr_ex sr_posture_pressure(const sr_posture *p)
{
  return sr_add(p->physics.centre_of_pressure[0], p->physics.centre_of_pressure[1]);
}

sr_ex sr_posture_foot_share(const sr_posture *p, bool is_heel, sr_leg leg)
{
  sr_ex sum = sr_const(p->graph, 0.0);
  for (int c = 0; c < p->model->ncontact; c++) {
    const bool starts_heel = strncmp(p->model->contact[c].name, "heel", 4) == 0;
    if (p->model->contact_leg[c] == leg && starts_heel == is_heel) sum = sr_add(sum, p->physics.contact[c].force.y);
  }
  return sum;
}

void sr_posture_guess(const sr_posture *p, double heel_up, double lean, double knee, double *z)
{
  const sr_model *m = p->model;
  memset(z, 0, (size_t)p->nz * sizeof *z);
  for (int leg = 0; leg < 2; leg++) {
    const bool is_down = stands_on(p, leg);
    const double hip = 0.5 * knee - lean, shank = hip - knee;  // pitch of thigh and shank, forward lean negative
    z[coord_of(p, "hip_flexion_%s", (sr_leg)leg)] = is_down ? hip : 0.5;
    z[coord_of(p, "knee_angle_%s", (sr_leg)leg)] = is_down ? -knee : -1.2;
    z[coord_of(p, "ankle_angle_%s", (sr_leg)leg)] = is_down ? -heel_up - shank : 0.0;
    z[coord_of(p, "mtp_angle_%s", (sr_leg)leg)] = is_down ? heel_up : 0.0;
  }
  // the pelvis as high as the standing leg holds it: lowest contact sphere 3 mm into the ground
  for (int k = 0; k < p->nm; k++) z[p->act + k] = z[p->force + k] = 0.1;
  sr_arena *work = sr_arena_new();
  sr_ex bottom[SR_MAX_CONTACT];
  double y[SR_MAX_CONTACT], lowest = (double)INFINITY;
  for (int c = 0; c < m->ncontact; c++)
    bottom[c] =
        sr_shift(sr_body_point(&p->physics.body[m->contact[c].body], m->contact[c].centre).y, -m->contact[c].radius);
  sr_posture_evaluate(p, z, bottom, m->ncontact, y, work);
  for (int c = 0; c < m->ncontact; c++) lowest = fmin(lowest, y[c]);
  z[sr_coord_find(&m->skeleton, "pelvis_ty")] = -lowest - 0.003;
  sr_arena_free(work);
}

sr_ocp_result sr_posture_solve(const sr_posture *p, const sr_task_run *run, sr_ex cost, double *z, sr_arena *work)
{
  sr_point_problem q = p->problem;
  q.cost = cost;
  sr_nlp_options o = sr_task_nlp_options(run, false);
  o.tol = 1e-6;  // one point: accuracy is cheap
  o.constraint_tol = 1e-8;
  o.max_iterations = 500;
  return sr_point_solve(&q, &o, z, work);
}

void sr_posture_evaluate(const sr_posture *p, const double *z, const sr_ex *e, int n, double *out, sr_arena *work)
{
  const sr_tape *t = sr_tape_new(p->graph, e, n, work);
  sr_tape_eval1(t, z, out, sr_alloc(work, double, sr_tape_work(t)));
}

// Plantarflexion moment of one muscle: dL/dq times tendon force, positive where it plantarflexes.
static sr_ex plantar_moment(const sr_posture *p, int k, int ankle)
{
  const sr_ex arm = sr_model_moment_arm(p->physics.length[k], p->z[ankle]);
  return sr_neg(sr_mul(arm, p->physics.fibre[k].tendon_force));
}

void sr_posture_ankle_moments(const sr_posture *p, const double *z, sr_leg leg, double out[5], sr_arena *work)
{
  static const char *const part[3] = {"soleus_%s", "gasmed_%s", "gaslat_%s"};
  const int ankle = coord_of(p, "ankle_angle_%s", leg);
  sr_ex *e = sr_alloc(work, sr_ex, p->nm + 1);
  double *value = sr_alloc(work, double, p->nm + 1);
  for (int k = 0; k < p->nm; k++) e[k] = plantar_moment(p, k, ankle);
  e[p->nm] = p->physics.need[ankle];
  sr_posture_evaluate(p, z, e, p->nm + 1, value, work);
  out[3] = 0.0;
  for (int k = 0; k < p->nm; k++) out[3] += fmax(value[k], 0.0);
  for (int i = 0; i < 3; i++) {
    char name[24];
    snprintf(name, sizeof name, part[i], leg_mark[leg]);
    const int k = sr_model_find_muscle(p->model, name);
    out[i] = k >= 0 ? value[k] : 0.0;
  }
  out[4] = -value[p->nm];
}

void sr_posture_shares(const sr_posture *p, const double *z, sr_effort effort, sr_task_result *r, sr_arena *keep)
{
  static const char *const part[3] = {"soleus", "gasmed", "gaslat"}, *const side[2] = {"left", "right"};
  const double least = 5.0;  // [N m] below this moment a share means nothing (SCIENCE D4)
  for (int leg = 0; leg < 2; leg++) {
    double moment[5];
    if (!stands_on(p, leg)) continue;
    sr_posture_ankle_moments(p, z, (sr_leg)leg, moment, keep);
    if (moment[4] < least) continue;
    for (int i = 0; i < 3; i++)
      sr_task_metric(r, keep, sr_arena_printf(keep, "%s_share_%s_%s_1", part[i], sr_effort_name[effort], side[leg]),
                     moment[i] / moment[3], "predicted");
  }
}

void sr_posture_save(const sr_posture *p, const double *z, sr_task_result *r, sr_arena *keep)
{
  const sr_columns c = sr_columns_of(p->model, p->graph, &p->now, &p->physics, keep);
  sr_ex *e = sr_alloc(keep, sr_ex, c.n);
  r->curves = (sr_curves){.nrow = 1, .ncol = c.n + 1};
  r->curves.label = sr_alloc(keep, const char *, c.n + 1);
  r->curves.unit = sr_alloc(keep, const char *, c.n + 1);
  r->curves.at = sr_alloc(keep, double, c.n + 1);
  r->curves.label[0] = "time_s";
  r->curves.unit[0] = "s";
  for (int i = 0; i < c.n; i++) {
    e[i] = c.at[i].value;
    r->curves.label[i + 1] = c.at[i].label;
    r->curves.unit[i + 1] = c.at[i].unit;
  }
  sr_posture_evaluate(p, z, e, c.n, r->curves.at + 1, keep);
}

// Only the muscles of one leg matter: hold the angles and make its ankle push (or rest).
sr_isometric sr_task_isometric(const sr_model *m, sr_leg leg, double hip, double knee, double ankle, double act)
{
  sr_arena *keep = sr_arena_new();
  sr_posture *p = at_rest(m, keep);
  p->legs = 1 << leg;
  double *z = sr_alloc(keep, double, p->nz), moment[5];
  for (int j = 0; j < p->nq; j++) p->problem.z[j].lo = p->problem.z[j].hi = 0.0;
  const struct {
    const char *name;
    double angle;
  } held[3] = {{"hip_flexion_%s", hip}, {"knee_angle_%s", knee}, {"ankle_angle_%s", ankle}};
  for (int i = 0; i < 3; i++) {
    const int j = coord_of(p, held[i].name, leg);
    p->problem.z[j].lo = p->problem.z[j].hi = z[j] = held[i].angle;
  }
  for (int k = 0; k < p->nm; k++) {
    z[p->act + k] = act > 0.0 ? 0.5 * act : 0.0;
    z[p->force + k] = 0.1;
    p->problem.z[p->act + k].lo = 0.0;
    p->problem.z[p->act + k].hi = act;
  }
  sr_ex push = sr_const(p->graph, 0.0);
  for (int k = 0; k < p->nm; k++)
    if (m->muscle[k].leg == leg) push = sr_add(push, plantar_moment(p, k, coord_of(p, "ankle_angle_%s", leg)));
  // the muscles that cannot plantarflex rest: a small effort term leaves them at zero
  const sr_ex cost = sr_add(sr_scale(push, -1e-2), sr_scale(sr_posture_effort(p, SR_EFFORT_SQUARE), 1e-6));
  const sr_task_run run = {.model = m};
  sr_posture_solve(p, &run, cost, z, keep);
  sr_posture_ankle_moments(p, z, leg, moment, keep);
  sr_isometric out = {.soleus = moment[0], .gasmed = moment[1], .gaslat = moment[2]};
  out.triceps = moment[0] + moment[1] + moment[2];
  sr_posture_evaluate(p, z, &push, 1, &out.total, keep);
  out.deep = out.total - out.triceps;
  sr_arena_free(keep);
  return out;
}

sr_isometric sr_posture_available(const sr_posture *p, const double *z, sr_leg leg)
{
  return sr_task_isometric(p->model, leg, z[coord_of(p, "hip_flexion_%s", leg)], z[coord_of(p, "knee_angle_%s", leg)],
                           z[coord_of(p, "ankle_angle_%s", leg)], 1.0);
}
