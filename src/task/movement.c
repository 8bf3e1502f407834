#include "task/movement.h"

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
static void bound_unknowns(const sr_model *m, double rest, const sr_layout *l, sr_ocp *o, sr_arena *keep)
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
    o->x[l->act + k] = (sr_bound){o->x[l->act + k].name, rest, sr_model_act_most(&m->muscle[k], rest), 0.2};
    o->x[l->force + k] = (sr_bound){o->x[l->force + k].name, 0.0, 5.0, 0.2};
    o->u[l->act_rate + k] = (sr_bound){sr_arena_printf(keep, "%s activation rate", name), -100.0, 100.0, 5.0};
    o->u[l->force_rate + k] = (sr_bound){sr_arena_printf(keep, "%s tendon force rate", name), -100.0, 100.0, 5.0};
  }
  o->x[l->trunk] = (sr_bound){o->x[l->trunk].name, -1.0, 1.0, 0.1};
  o->u[l->drive] = (sr_bound){"trunk drive", -1.0, 1.0, 0.1};
}

// Inputs of both graphs cut into named groups.
static void name_inputs(sr_movement *p, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  const sr_ocp *o = &p->ocp;
  const int nin = l->nx + l->nu + o->np + o->nd, nend = 2 * l->nx + o->np;
  p->input = sr_alloc(keep, sr_ex, nin);
  for (int i = 0; i < nin; i++) p->input[i] = sr_input(o->point);
  const sr_ex *x = p->input, *u = x + l->nx;
  p->par = u + l->nu;
  p->known = p->par + o->np;
  p->now = (sr_instant){.q = x + l->q,
                        .qd = x + l->qd,
                        .qdd = u + l->qdd,
                        .act = x + l->act,
                        .act_rate = u + l->act_rate,
                        .force = x + l->force,
                        .force_rate = u + l->force_rate,
                        .trunk = x[l->trunk]};
  sr_ex *end = sr_alloc(keep, sr_ex, nend);
  for (int i = 0; i < nend; i++) end[i] = sr_input(o->ends);
  p->x0 = end;
  p->x1 = end + l->nx;
  p->end_par = end + 2 * l->nx;
}

// dx/dt: implicit dynamics, the rates are controls; the trunk's torque follows its drive with a lag.
static void write_dynamics(sr_movement *p)
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
  o->xdot[l->trunk] = sr_scale(sr_sub(u[l->drive], p->now.trunk), 1.0 / p->model->trunk_tau);
  for (int i = 0; i < l->nx; i++) o->dynamics[i] = (sr_bound){.name = o->x[i].name, .scale = o->x[i].scale};
}

// In this order: equations of motion, then of every muscle force balance and two of activation dynamics, then the
// balance about the locked subtalar axis.
static void write_path(sr_movement *p, sr_arena *keep)
{
  const sr_model *m = p->model;
  for (int j = 0; j < p->layout.nq; j++)
    sr_movement_path(p, p->physics.residual[j], sr_arena_printf(keep, "equation of motion of %s", m->skeleton.coord[j]),
                     0.0, 0.0, m->coord[j].is_translation ? 100.0 : 30.0);
  for (int k = 0; k < p->layout.nm; k++) {
    const sr_muscle *par = &m->muscle[k].par;
    sr_movement_path(p, p->physics.fibre[k].residual, sr_arena_printf(keep, "force balance of %s", par->name), 0.0, 0.0,
                     0.2);
    const sr_activation_rows a = sr_muscle_activation(par, p->now.act[k], p->now.act_rate[k]);
    sr_movement_path(p, a.lower, sr_arena_printf(keep, "slowest activation of %s", par->name), 0.0, SR_NLP_INF, 10.0);
    sr_movement_path(p, a.upper, sr_arena_printf(keep, "fastest activation of %s", par->name), -SR_NLP_INF,
                     1.0 / par->tau_act, 10.0);
  }
  for (int leg = 0; leg < 2; leg++)
    sr_movement_path(p, p->physics.subtalar[leg],
                     leg == 0 ? "balance about the left subtalar axis" : "balance about the right subtalar axis",
                     -m->subtalar_passive, m->subtalar_passive, 2.0);
}

int sr_movement_balance_row(const sr_movement *p, int muscle)
{
  return p->layout.nq + 3 * muscle;
}

static void allocate(sr_movement *p, int np, int nd, sr_arena *keep)
{
  enum { MORE_PATH = 16, MORE_ENDS = 64 };  // for what movements add
  const sr_layout *l = &p->layout;
  sr_ocp *o = &p->ocp;
  p->path_room = l->nq + 3 * l->nm + 2 + MORE_PATH;
  p->end_room = l->nx + MORE_ENDS;
  o->nx = l->nx;
  o->nu = l->nu;
  o->np = np;
  o->nd = nd;
  o->point = sr_graph_new(keep);
  o->ends = sr_graph_new(keep);
  o->xdot = sr_alloc(keep, sr_ex, l->nx);
  o->path = sr_alloc(keep, sr_ex, p->path_room);
  o->end = sr_alloc(keep, sr_ex, p->end_room);
  o->x = sr_alloc(keep, sr_bound, l->nx);
  o->u = sr_alloc(keep, sr_bound, l->nu);
  o->p = sr_alloc(keep, sr_bound, np);
  o->dynamics = sr_alloc(keep, sr_bound, l->nx);
  o->path_bound = sr_alloc(keep, sr_bound, p->path_room);
  o->end_bound = sr_alloc(keep, sr_bound, p->end_room);
}

sr_movement *sr_movement_new(const sr_model *m, double rest, int np, int nd, sr_arena *keep)
{
  sr_movement *p = sr_alloc(keep, sr_movement, 1);
  p->model = m;
  p->transcribed = sr_alloc(keep, const sr_transcription *, 1);
  p->layout = sr_layout_of(m);
  allocate(p, np, nd, keep);
  name_inputs(p, keep);
  sr_ocp *o = &p->ocp;
  o->duration = p->par[0];
  o->running = sr_const(o->point, 0.0);
  o->final = sr_const(o->ends, 0.0);
  bound_unknowns(m, rest, &p->layout, o, keep);
  write_dynamics(p);
  p->physics = sr_model_physics(m, o->point, &p->now, keep);
  write_path(p, keep);
  return p;
}

void sr_movement_path(sr_movement *p, sr_ex e, const char *name, double lo, double hi, double scale)
{
  sr_ocp *o = &p->ocp;
  SR_ASSERT(o->npath < p->path_room);
  o->path[o->npath] = e;
  o->path_bound[o->npath++] = (sr_bound){name, lo, hi, scale};
}

void sr_movement_end(sr_movement *p, sr_ex e, const char *name, double lo, double hi, double scale)
{
  sr_ocp *o = &p->ocp;
  SR_ASSERT(o->nend < p->end_room);
  o->end[o->nend] = e;
  o->end_bound[o->nend++] = (sr_bound){name, lo, hi, scale};
}

void sr_movement_cost(sr_movement *p, const char *name, sr_ex e)
{
  SR_ASSERT(p->ncost < SR_MOVEMENT_COSTS);
  p->cost_name[p->ncost] = name;
  p->cost[p->ncost++] = e;
  p->ocp.running = sr_add(p->ocp.running, e);
}

// a^p, by products where p is 2 or 3.
static sr_ex act_power(sr_ex a, double p)
{
  if (p == 2.0) return sr_sq(a);
  return p == 3.0 ? sr_mul(a, sr_sq(a)) : sr_exp(sr_scale(sr_log(a), p));
}

void sr_movement_effort(sr_movement *p, const sr_effort_weights *w, sr_ex per)
{
  const sr_model *m = p->model;
  const sr_layout *l = &p->layout;
  const sr_ex none = sr_const(p->ocp.point, 0.0);
  sr_ex energy = none, activation = none, acceleration = none, limit = none, smooth = none;
  for (int k = 0; k < l->nm; k++) {
    energy = sr_add(energy, sr_scale(sr_sq(p->physics.heat_and_work[k]), w->energy / (l->nm * m->mass)));
    activation = sr_add(activation, sr_scale(act_power(p->now.act[k], w->exponent), w->activation / l->nm));
    const sr_ex rates = sr_add(sr_sq(p->now.act_rate[k]), sr_sq(p->now.force_rate[k]));
    smooth = sr_add(smooth, sr_scale(rates, w->smooth * 1e-4 / l->nm));
  }
  for (int j = 0; j < l->nq; j++) {
    const double size = m->coord[j].is_translation ? 20.0 : 100.0;
    acceleration = sr_add(acceleration, sr_scale(sr_sq(p->now.qdd[j]), w->acceleration / (size * size * l->nq)));
    limit = sr_add(limit, sr_scale(sr_sq(p->physics.limit_torque[j]), w->limit / l->nq));
  }
  sr_movement_cost(p, "energy", sr_div(energy, per));
  sr_movement_cost(p, "activation", sr_div(activation, per));
  sr_movement_cost(p, "acceleration", sr_div(acceleration, per));
  sr_movement_cost(p, "limit", sr_div(limit, per));
  sr_movement_cost(p, "trunk", sr_div(sr_scale(sr_sq(p->now.trunk), w->trunk), per));
  sr_movement_cost(p, "smooth", sr_div(smooth, per));
}
