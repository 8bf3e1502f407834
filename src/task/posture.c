// The static problem: unknowns, equilibrium, efforts, solve (docs/theory/task.md, section 6).
#include "task/posture.h"

#include <stdio.h>
#include <string.h>

const char *const sr_effort_name[3] = {"sum_a2", "sum_v_a2", "energy"};

static const char *const leg_mark[2] = {"l", "r"};

int sr_posture_coord(const sr_posture *p, const char *format, sr_leg leg)
{
  char name[40];
  snprintf(name, sizeof name, format, leg_mark[leg]);
  return sr_coord_find(&p->model->skeleton, name);
}

bool sr_posture_stands_on(const sr_posture *p, int leg)
{
  return (p->legs >> leg & 1) != 0;
}

bool sr_posture_is_lifted(const sr_posture *p, sr_leg leg)
{
  return leg != SR_LEG_NONE && !sr_posture_stands_on(p, (int)leg);
}

bool sr_posture_decides(const sr_posture *p, int leg)
{
  return sr_posture_stands_on(p, leg) && !(p->is_alike && leg == SR_LEG_LEFT);
}

static const sr_body_motion *talus_of(const sr_posture *p, sr_leg leg)
{
  const int i = sr_body_find(&p->model->skeleton, leg == SR_LEG_LEFT ? "talus_l" : "talus_r");
  SR_ASSERT(i >= 0);
  return &p->physics.body[i];
}

// A denervated muscle has no activation to choose. A slack one has a force next to nothing, of either sign: by the
// passive curve some 1e-4 where the fibre is shorter than 0.2 of its optimum.
static void bound_unknowns(sr_posture *p, bool is_moving, sr_arena *keep)
{
  const sr_model *m = p->model;
  sr_bound *z = p->problem.z;
  const double slack = -0.01;
  for (int j = 0; j < p->nq; j++) z[j] = (sr_bound){m->skeleton.coord[j], m->coord[j].lo, m->coord[j].hi, 0.3};
  for (int k = 0; k < p->nm; k++) {
    const sr_muscle *par = &m->muscle[k].par;
    const double rest = p->weights.rest, most = par->capacity > 0.0 ? sr_model_act_most(&m->muscle[k], rest) : rest;
    z[p->act + k] = (sr_bound){sr_arena_printf(keep, "%s activation", par->name), rest, most, 0.3};
    z[p->force + k] = (sr_bound){sr_arena_printf(keep, "%s tendon force", par->name), slack, 5.0, 0.3};
  }
  z[p->trunk] = (sr_bound){"trunk activation", -1.0, 1.0, 0.3};
  for (int j = 0; j < 2 * p->nq; j++) z[p->missing + j] = (sr_bound){"missing torque", 0.0, 0.0, 10.0};
  const double fastest = is_moving ? 1.0 : 0.0;  // [m/s] far above what a slow movement has
  z[p->slide] = (sr_bound){"forward speed", -fastest, fastest, 0.1};
}

void sr_posture_constrain(sr_posture *p, sr_ex e, const char *name, double lo, double hi, double scale)
{
  SR_ASSERT(p->problem.ncon < p->room);
  p->problem.con[p->problem.ncon] = e;
  p->problem.con_bound[p->problem.ncon++] = (sr_bound){name, lo, hi, scale};
}

// Where both legs do the same, the left one repeats the right one: its unknowns are equal, without bounds of their own
// (which would be active together with the right ones and their equality), and its own equations, which then hold by
// symmetry, are left out.
static void repeat(sr_posture *p, int left, int right, const char *name)
{
  p->problem.z[left].lo = -SR_NLP_INF;
  p->problem.z[left].hi = SR_NLP_INF;
  sr_posture_constrain(p, sr_sub(p->z[left], p->z[right]), name, 0.0, 0.0, 0.3);
}

static bool repeats(const sr_posture *p, sr_leg leg)
{
  return p->is_alike && leg == SR_LEG_LEFT;
}

static void balance_muscles(sr_posture *p, sr_arena *keep)
{
  const sr_model *m = p->model;
  for (int k = 0; k < p->nm; k++) {
    if (repeats(p, m->muscle[k].leg)) {
      repeat(p, p->act + k, p->act + m->mirror_muscle[k], "both legs activate alike");
      repeat(p, p->force + k, p->force + m->mirror_muscle[k], "both legs pull alike");
    } else {
      sr_posture_constrain(p, p->physics.fibre[k].residual,
                           sr_arena_printf(keep, "force balance of %s", m->muscle[k].par.name), 0.0, 0.0, 0.1);
    }
  }
  for (int leg = 0; leg < 2; leg++)
    if (!repeats(p, (sr_leg)leg))
      sr_posture_constrain(p, p->physics.subtalar[leg],
                           leg == 0 ? "balance about the left subtalar axis" : "balance about the right subtalar axis",
                           -m->subtalar_passive, m->subtalar_passive, 2.0);
}

static void allocate(sr_posture *p, sr_arena *keep)
{
  p->act = p->nq;
  p->force = p->act + p->nm;
  p->trunk = p->force + p->nm;
  p->missing = p->trunk + 1;
  p->slide = p->missing + 2 * p->nq;
  p->nz = p->slide + 1;
  p->room = 3 * p->nq + 2 * p->nm + 24;
  p->z = sr_alloc(keep, sr_ex, p->nz);
  p->problem = (sr_point_problem){.graph = p->graph,
                                  .nz = p->nz,
                                  .z = sr_alloc(keep, sr_bound, p->nz),
                                  .con = sr_alloc(keep, sr_ex, p->room),
                                  .con_bound = sr_alloc(keep, sr_bound, p->room)};
}

// Constants of a graph, zero where there are no values.
static sr_ex *constants(sr_graph *g, const double *value, int n, sr_arena *keep)
{
  sr_ex *e = sr_alloc(keep, sr_ex, n);
  for (int i = 0; i < n; i++) e[i] = sr_const(g, value != NULL ? value[i] : 0.0);
  return e;
}

static sr_posture *at_instant(const sr_model *m, const sr_static_weights *w, int legs, const sr_posture_motion *motion,
                              sr_arena *keep)
{
  sr_posture *p = sr_alloc(keep, sr_posture, 1);
  *p = (sr_posture){.model = m,
                    .nq = m->skeleton.ncoord,
                    .nm = m->nmuscle,
                    .graph = sr_graph_new(keep),
                    .weights = *w,
                    .legs = legs,
                    .is_alike = legs == 3 && sr_model_is_symmetric(m)};
  allocate(p, keep);
  for (int i = 0; i < p->nz; i++) p->z[i] = sr_input(p->graph);
  sr_ex *qd = constants(p->graph, motion->qd, p->nq, keep);
  if (motion->qd != NULL) qd[sr_coord_find(&m->skeleton, "pelvis_tx")] = p->z[p->slide];
  p->now = (sr_instant){.q = p->z,
                        .qd = qd,
                        .qdd = constants(p->graph, NULL, p->nq, keep),
                        .act = p->z + p->act,
                        .act_rate = constants(p->graph, NULL, p->nm, keep),
                        .force = p->z + p->force,
                        .force_rate = constants(p->graph, motion->force_rate, p->nm, keep),
                        .trunk = p->z[p->trunk]};
  p->physics = sr_model_physics(m, p->graph, &p->now, keep);
  bound_unknowns(p, motion->qd != NULL, keep);
  balance_muscles(p, keep);
  return p;
}

sr_posture *sr_posture_at_rest(const sr_model *m, const sr_static_weights *w, int legs, sr_arena *keep)
{
  return at_instant(m, w, legs, &(sr_posture_motion){0}, keep);
}

// Every joint in equilibrium, with what is missing there: need - muscle - passive - missing = 0.
static void balance_joints(sr_posture *p, sr_arena *keep)
{
  const sr_model *m = p->model;
  for (int j = 0; j < p->nq; j++) {
    const sr_ex *given = &p->z[p->missing + 2 * j];
    if (repeats(p, m->coord[j].leg)) {
      const int twin = m->coord[j].mirror;
      repeat(p, j, twin, "both legs stand alike");
      for (int sign = 0; sign < 2; sign++)
        repeat(p, p->missing + 2 * j + sign, p->missing + 2 * twin + sign, "both legs miss alike");
    } else {
      const sr_ex off = sr_add(p->physics.residual[j], sr_sub(given[1], given[0]));
      sr_posture_constrain(p, off, sr_arena_printf(keep, "equilibrium of %s", m->skeleton.coord[j]), 0.0, 0.0,
                           m->coord[j].is_translation ? 100.0 : 30.0);
    }
  }
}

static double missing_most(const sr_posture *p, int coord, double standing)
{
  const sr_leg leg = p->model->coord[coord].leg;
  const double lifted = 300.0;  // [N m] more than any joint of a leg that hangs in the air asks for
  return leg == SR_LEG_NONE ? 0.0 : sr_posture_is_lifted(p, leg) ? lifted : standing;
}

void sr_posture_allow_missing(sr_posture *p, double most)
{
  for (int j = 0; j < p->nq; j++)
    for (int sign = 0; sign < 2 && !repeats(p, p->model->coord[j].leg); sign++)
      p->problem.z[p->missing + 2 * j + sign].hi = missing_most(p, j, most);
}

// A lifted leg is free: its foot only stays off the ground.
static void lift_leg(sr_posture *p, sr_leg leg)
{
  for (int c = 0; c < p->model->ncontact; c++) {
    if (p->model->contact_leg[c] != leg) continue;
    const sr_contact_sphere *s = &p->model->contact[c];
    const sr_ex bottom = sr_shift(sr_body_point(&p->physics.body[s->body], s->centre).y, -s->radius);
    sr_posture_constrain(p, bottom, "clearance of the lifted foot", p->weights.lifted_clearance, SR_NLP_INF, 0.1);
  }
}

sr_posture *sr_posture_new(const sr_model *m, const sr_static_weights *w, int legs, sr_arena *keep)
{
  return sr_posture_passed(m, w, legs, &(sr_posture_motion){0}, keep);
}

sr_posture *sr_posture_passed(const sr_model *m, const sr_static_weights *w, int legs, const sr_posture_motion *motion,
                              sr_arena *keep)
{
  sr_posture *p = at_instant(m, w, legs, motion, keep);
  balance_joints(p, keep);
  sr_posture_allow_missing(p, 0.0);
  sr_posture_fix(p, "pelvis_tx", 0.0);
  sr_posture_fix(p, "pelvis_tilt", 0.0);
  sr_posture_fix(p, m->skeleton.coord[m->trunk_coord], 0.0);
  if (legs == 3 && !p->is_alike) {
    const sr_ex apart = sr_sub(talus_of(p, SR_LEG_RIGHT)->p.x, talus_of(p, SR_LEG_LEFT)->p.x);
    sr_posture_constrain(p, apart, "feet side by side", 0.0, 0.0, 0.1);
  }
  for (int leg = 0; leg < 2; leg++)
    if (sr_posture_is_lifted(p, (sr_leg)leg)) lift_leg(p, (sr_leg)leg);
  return p;
}

const sr_bound *sr_posture_bound(const sr_posture *p, int i)
{
  const sr_model *m = p->model;
  const bool is_coord = i < p->act, is_act = !is_coord && i < p->force;
  if (is_coord && repeats(p, m->coord[i].leg)) return &p->problem.z[m->coord[i].mirror];
  if (is_act && repeats(p, m->muscle[i - p->act].leg)) return &p->problem.z[p->act + m->mirror_muscle[i - p->act]];
  return &p->problem.z[i];
}

void sr_posture_fix(sr_posture *p, const char *coord, double value)
{
  const int j = sr_coord_find(&p->model->skeleton, coord);
  SR_ASSERT(j >= 0);
  p->problem.z[j].lo = p->problem.z[j].hi = value;
}

// Who bends the knees may lean forward with pelvis and trunk in line, as people do to stay over their feet.
void sr_posture_bend_knees(sr_posture *p, double flexion)
{
  p->problem.z[sr_coord_find(&p->model->skeleton, "pelvis_tilt")].lo = -p->weights.trunk_lean * flexion;
  for (int leg = 0; leg < 2; leg++)
    if (sr_posture_decides(p, leg)) sr_posture_fix(p, leg == 0 ? "knee_angle_l" : "knee_angle_r", -flexion);
}

// Thigh and shank of a lifted leg away from where they usually are, squared [rad2]. Pitch of the thigh: tilt + hip
// flexion; of the shank: that + the knee's angle.
static sr_ex unusual_lift(const sr_posture *p, sr_leg leg)
{
  const sr_ex tilt = p->z[sr_coord_find(&p->model->skeleton, "pelvis_tilt")];
  const sr_ex thigh = sr_add(tilt, p->z[sr_posture_coord(p, "hip_flexion_%s", leg)]);
  const sr_ex shank = sr_add(thigh, p->z[sr_posture_coord(p, "knee_angle_%s", leg)]);
  return sr_add(sr_sq(sr_shift(thigh, -p->weights.lifted_thigh)), sr_sq(sr_shift(shank, -p->weights.lifted_shank)));
}

// Missing torque costs 10 per N m, which is more than a N m can save in effort or gain in centimetres of lean: nothing
// is missing wherever the posture is possible. A lifted leg that leaves its place costs more than that, so that it is
// no counterweight, and more still, 1000 per N m, if it cannot hold itself: it is where its own muscles can hold it.
sr_ex sr_posture_price(const sr_posture *p)
{
  sr_ex sum = sr_const(p->graph, 0.0);
  for (int j = 0; j < p->nq; j++)
    sum = sr_add(sum, sr_scale(sr_sum(p->z + p->missing + 2 * j, 2),
                               sr_posture_is_lifted(p, p->model->coord[j].leg) ? 1000.0 : 10.0));
  for (int leg = 0; leg < 2; leg++)
    if (sr_posture_is_lifted(p, (sr_leg)leg))
      sum = sr_add(sum, sr_scale(unusual_lift(p, (sr_leg)leg), p->weights.lifted_pose));
  return sum;
}

sr_static_weights sr_posture_free_lifted_leg(const sr_static_weights *w, bool is_behind)
{
  sr_static_weights out = *w;
  out.lifted_pose *= 0.01;
  if (is_behind) {
    out.lifted_thigh = 0.0;
    out.lifted_shank = -w->lifted_behind;
  }
  return out;
}

const double sr_missing_least = 0.01;  // [N m] far above the solver's tolerance, far below what matters

static sr_missing missing_of(const sr_posture *p, const double *z, bool is_lifted)
{
  sr_missing out = {0.0, ""};
  double worst = 0.0;
  for (int j = 0; j < p->nq; j++) {
    if (sr_posture_is_lifted(p, p->model->coord[j].leg) != is_lifted) continue;
    const double here = z[p->missing + 2 * j] + z[p->missing + 2 * j + 1];
    out.total += here;
    if (here <= worst) continue;
    worst = here;
    out.coord = p->model->skeleton.coord[j];
  }
  return out;
}

sr_missing sr_posture_missing(const sr_posture *p, const double *z)
{
  return missing_of(p, z, false);
}

sr_missing sr_posture_lifted_missing(const sr_posture *p, const double *z)
{
  return missing_of(p, z, true);
}

// Sum over muscles of a^2, of V a^2 / mean V, or of the metabolic rate / 10 W; the trunk's own effort is added alike.
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
  return talus_of(p, sr_posture_stands_on(p, SR_LEG_RIGHT) ? SR_LEG_RIGHT : SR_LEG_LEFT)->p.x;
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

void sr_posture_keep_foot_down(sr_posture *p, sr_leg leg)
{
  const sr_ex heel = sr_posture_foot_share(p, true, leg), front = sr_posture_foot_share(p, false, leg);
  const sr_ex load = sr_add(heel, front);
  sr_posture_constrain(p, sr_sub(heel, sr_scale(load, p->weights.heel_share)), "the heel keeps its share of the load",
                       0.0, SR_NLP_INF, 100.0);
  sr_posture_constrain(p, sr_sub(front, sr_scale(load, p->weights.toe_share)),
                       "the forefoot keeps its share of the load", 0.0, SR_NLP_INF, 100.0);
}

sr_ocp_result sr_posture_solve(const sr_posture *p, const sr_task_run *run, sr_ex cost, double *z, sr_arena *work)
{
  sr_point_problem q = p->problem;
  q.cost = cost;
  sr_nlp_options o = sr_task_nlp_options(run);
  // one point: accuracy is cheap, and a mirrored body then gives the mirrored answer
  if (!(run->tol > 0.0)) o.tol = 1e-8;
  o.constraint_tol = 1e-9;
  o.max_iterations = 500;
  return sr_point_solve(&q, &o, z, work);
}

// The square effort with one muscle group nearly free: its optimum is a start in which that group does the work.
static sr_ex favour(const sr_posture *p, const char *group)
{
  const double free = 0.01;
  sr_ex sum = sr_sq(p->now.trunk);
  for (int k = 0; k < p->nm; k++) {
    const bool is_in = strncmp(p->model->muscle[k].base, group, strlen(group)) == 0;
    sum = sr_add(sum, sr_scale(sr_sq(p->now.act[k]), is_in ? free : 1.0));
  }
  return sum;
}

sr_ocp_result sr_posture_least(const sr_posture *p, const sr_task_run *run, sr_effort effort, sr_ex other, double *z,
                               int *iterations, sr_arena *work)
{
  const sr_ex square = sr_add(sr_posture_effort(p, SR_EFFORT_SQUARE), other);
  sr_ocp_result best = sr_posture_solve(p, run, square, z, work);
  *iterations += best.nlp.iterations;
  if (effort == SR_EFFORT_SQUARE || best.nlp.status != SR_NLP_SOLVED) return best;
  const sr_ex cost = sr_add(sr_posture_effort(p, effort), other);
  static const char *const group[] = {"", "soleus", "gas", "gaslat"};
  const int nstart = effort == SR_EFFORT_ENERGY ? 4 : 1;
  double *from = sr_alloc(work, double, p->nz), *at = sr_alloc(work, double, p->nz);
  memcpy(from, z, (size_t)p->nz * sizeof *z);
  for (int i = 0; i < nstart; i++) {
    memcpy(at, from, (size_t)p->nz * sizeof *z);
    if (i > 0) *iterations += sr_posture_solve(p, run, sr_add(favour(p, group[i]), other), at, work).nlp.iterations;
    const sr_ocp_result o = sr_posture_solve(p, run, cost, at, work);
    *iterations += o.nlp.iterations;
    const bool is_better = o.nlp.status == SR_NLP_SOLVED &&
                           (i == 0 || best.nlp.status != SR_NLP_SOLVED || o.nlp.objective < best.nlp.objective);
    if (i > 0 && !is_better) continue;
    best = o;
    memcpy(z, at, (size_t)p->nz * sizeof *z);
  }
  return best;
}

sr_held sr_held_new(sr_posture *p, sr_arena *keep)
{
  return (sr_held){.posture = p, .z = sr_alloc(keep, double, p->nz), .solve.nlp.status = SR_NLP_FAILED};
}

bool sr_held_is(const sr_held *h)
{
  return h->solve.nlp.status == SR_NLP_SOLVED && h->missing < sr_missing_least;
}

bool sr_held_is_better(const sr_held *a, const sr_held *b)
{
  const bool is_solved = a->solve.nlp.status == SR_NLP_SOLVED, was_solved = b->solve.nlp.status == SR_NLP_SOLVED;
  return a->solve.nlp.status == SR_NLP_INTERRUPTED || (is_solved && (!was_solved || a->missing < b->missing));
}

void sr_held_solve(sr_held *h, const sr_task_run *run, sr_ex cost, const double *from, sr_arena *work)
{
  const size_t size = (size_t)h->posture->nz * sizeof *h->z;
  double *z = sr_alloc(work, double, h->posture->nz);
  memcpy(z, from, size);
  const sr_ocp_result o = sr_posture_solve(h->posture, run, cost, z, work);
  const bool was_solved = h->solve.nlp.status == SR_NLP_SOLVED;
  const bool is_better = o.nlp.status == SR_NLP_SOLVED && (!was_solved || o.nlp.objective < h->solve.nlp.objective);
  h->iterations += o.nlp.iterations;
  if (h->nsolve++ > 0 && !is_better && o.nlp.status != SR_NLP_INTERRUPTED) return;
  h->solve = o;
  h->missing = sr_posture_missing(h->posture, z).total;
  memcpy(h->z, z, size);
}

void sr_held_begin(sr_held *h, const sr_task_run *run, sr_ex cost, const sr_posture_start *start, sr_arena *work)
{
  double *z = sr_alloc(work, double, h->posture->nz);
  sr_posture_begin(h->posture, start, z);
  sr_held_solve(h, run, cost, z, work);
}

void sr_posture_evaluate(const sr_posture *p, const double *z, const sr_ex *e, int n, double *out, sr_arena *work)
{
  const sr_tape *t = sr_tape_new(p->graph, e, n, work);
  const int ninput = sr_graph_inputs(p->graph);
  double *in = sr_alloc(work, double, ninput);  // the unknowns, then multipliers of earlier solves that nobody reads
  memcpy(in, z, (size_t)p->nz * sizeof *in);
  sr_tape_eval1(t, in, out, sr_alloc(work, double, sr_tape_work(t)));
}

double sr_posture_value(const sr_posture *p, const double *z, sr_ex e)
{
  sr_arena *work = sr_arena_new();
  double v;
  sr_posture_evaluate(p, z, &e, 1, &v, work);
  sr_arena_free(work);
  return v;
}
