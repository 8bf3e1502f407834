// Where a static solve begins: on the feet, in balance, the fibres at rest.
#include <math.h>
#include <string.h>

#include "task/posture.h"

// What the search for a start looks at.
enum { LOAD, PRESSURE, CENTRE, ANKLE, LIFTED, NLOOK = LIFTED + 3 };

typedef struct search {
  const sr_posture *p;
  const sr_tape *look;
  double *work, *in, *z;
  const sr_posture_start *from;
  int height, tilt;  // indices of the pelvis' coordinates in z
  double tuck;       // further knee flexion of a lifted leg whose shank cannot hang [rad]
} search;

// Legs leaning forward by `lean`, the pitch of thigh and shank; pelvis and trunk as they were given.
static void pose(const search *s, double lean)
{
  const sr_posture *p = s->p;
  const double knee = s->from->knee, tilt = -s->from->lean;  // [rad]
  const double raised = p->weights.lifted_thigh, bent = p->weights.lifted_shank - raised - s->tuck;
  const double thigh = 0.5 * knee - lean, shank = thigh - knee;
  s->z[s->tilt] = tilt;
  for (int leg = 0; leg < 2; leg++) {
    const bool is_down = sr_posture_stands_on(p, leg);
    s->z[sr_posture_coord(p, "hip_flexion_%s", (sr_leg)leg)] = (is_down ? thigh : raised) - tilt;
    s->z[sr_posture_coord(p, "knee_angle_%s", (sr_leg)leg)] = is_down ? -knee : bent;
    s->z[sr_posture_coord(p, "ankle_angle_%s", (sr_leg)leg)] = is_down ? -s->from->heel_up - shank : 0.0;
    s->z[sr_posture_coord(p, "mtp_angle_%s", (sr_leg)leg)] = is_down ? s->from->heel_up : 0.0;
  }
}

static void look(const search *s, double out[NLOOK])
{
  memcpy(s->in, s->z, (size_t)s->p->nz * sizeof *s->in);
  sr_tape_eval1(s->look, s->in, out, s->work);
}

// The height of the pelvis at which the feet carry the weight: the load falls as it rises.
static void settle(const search *s, double out[NLOOK])
{
  const double weight = sr_model_weight(s->p->model);
  double lo = 0.3, hi = 1.5;
  for (int i = 0; i < 50; i++) {
    s->z[s->height] = 0.5 * (lo + hi);
    look(s, out);
    *(out[LOAD] > weight ? &lo : &hi) = s->z[s->height];
  }
}

// Lowest point of a lifted foot over the ground [m]; far up where both feet stand.
static double lifted_height(const double at[NLOOK])
{
  return fmin(at[LIFTED], fmin(at[LIFTED + 1], at[LIFTED + 2]));
}

// Legs leaning so that the centre of mass lies where it is wanted: it moves forward as they lean forward.
static void balance(const search *s, double at[NLOOK])
{
  double lo = -0.4, hi = 0.6;
  for (int i = 0; i < 30; i++) {
    pose(s, 0.5 * (lo + hi));
    settle(s, at);
    const double goal = s->from->heel_up > 0.0 ? at[PRESSURE] / at[LOAD] : at[ANKLE] + s->from->ahead;
    *(at[CENTRE] < goal ? &lo : &hi) = 0.5 * (lo + hi);
  }
}

// Tendon forces that balance every fibre: the balance falls as the force grows.
static void balance_fibres(const search *s, sr_arena *work)
{
  const sr_posture *p = s->p;
  sr_ex *e = sr_alloc(work, sr_ex, p->nm);
  double *off = sr_alloc(work, double, p->nm), *lo = sr_alloc(work, double, p->nm), *hi = sr_alloc(work, double, p->nm);
  for (int k = 0; k < p->nm; k++) {
    e[k] = p->physics.fibre[k].residual;
    hi[k] = 2.0;
  }
  const sr_tape *t = sr_tape_new(p->graph, e, p->nm, work);
  double *scratch = sr_alloc(work, double, sr_tape_work(t));
  for (int i = 0; i < 40; i++) {
    for (int k = 0; k < p->nm; k++) s->z[p->force + k] = 0.5 * (lo[k] + hi[k]);
    memcpy(s->in, s->z, (size_t)p->nz * sizeof *s->in);
    sr_tape_eval1(t, s->in, off, scratch);
    for (int k = 0; k < p->nm; k++) *(off[k] > 0.0 ? &lo[k] : &hi[k]) = s->z[p->force + k];
  }
}

// Bottoms of the three spheres of a lifted foot.
static void look_at_lifted_foot(const sr_posture *p, sr_ex *bottom)
{
  for (int i = 0; i < 3; i++) bottom[i] = sr_const(p->graph, 10.0);
  for (int c = 0, n = 0; c < p->model->ncontact && n < 3; c++) {
    const sr_contact_sphere *s = &p->model->contact[c];
    if (sr_posture_is_lifted(p, p->model->contact_leg[c]))
      bottom[n++] = sr_shift(sr_body_point(&p->physics.body[s->body], s->centre).y, -s->radius);
  }
}

// Upright, leaning as far as is allowed, and half of that.
static const double lean_share[] = {0.0, 1.0, 0.5};

int sr_posture_leans(double knee)
{
  return knee > 0.0 ? (int)(sizeof lean_share / sizeof lean_share[0]) : 1;
}

sr_posture_start sr_posture_leaning(const sr_static_weights *w, const sr_posture_start *s, double knee, int way)
{
  sr_posture_start out = *s;
  out.knee = knee;
  out.lean = lean_share[way] * w->trunk_lean * knee;
  return out;
}

void sr_posture_begin(const sr_posture *p, const sr_posture_start *from, double *z)
{
  const double tuck_step = 0.1, tuck_most = 1.2;  // [rad]
  sr_arena *work = sr_arena_new();
  sr_ex e[NLOOK] = {sr_posture_load(p), sr_posture_pressure(p), p->physics.com.x, sr_posture_ankle_x(p)};
  look_at_lifted_foot(p, e + LIFTED);
  search s = {.p = p, .z = z, .from = from, .look = sr_tape_new(p->graph, e, NLOOK, work)};
  s.work = sr_alloc(work, double, sr_tape_work(s.look));
  s.in = sr_alloc(work, double, sr_graph_inputs(p->graph));
  s.height = sr_coord_find(&p->model->skeleton, "pelvis_ty");
  s.tilt = sr_coord_find(&p->model->skeleton, "pelvis_tilt");
  memset(z, 0, (size_t)p->nz * sizeof *z);
  double at[NLOOK];
  balance(&s, at);
  for (; lifted_height(at) < p->weights.lifted_clearance && s.tuck < tuck_most; balance(&s, at)) s.tuck += tuck_step;
  for (int k = 0; k < p->nm; k++) z[p->act + k] = fmin(0.1, sr_posture_bound(p, p->act + k)->hi);
  balance_fibres(&s, work);
  sr_arena_free(work);
}
