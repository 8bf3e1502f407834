// Where a static solve begins: on the feet, in balance, the fibres at rest.
#include <math.h>
#include <string.h>

#include "task/posture.h"

// What the search for a start looks at.
enum { LOAD, PRESSURE, CENTRE, ANKLE, NLOOK };

typedef struct search {
  const sr_posture *p;
  const sr_tape *look;
  double *work, *in, *z;
  double heel_up, knee;
  int height;  // index of the pelvis' height in z
} search;

// Legs leaning forward by `lean`: pitch of thigh and shank, forward lean negative; pelvis and trunk upright.
static void pose(const search *s, double lean)
{
  const sr_posture *p = s->p;
  const double hip = 0.5 * s->knee - lean, shank = hip - s->knee, raised = 1.0;  // [rad]
  for (int leg = 0; leg < 2; leg++) {
    const bool is_down = sr_posture_stands_on(p, leg);
    s->z[sr_posture_coord(p, "hip_flexion_%s", (sr_leg)leg)] = is_down ? hip : raised;
    s->z[sr_posture_coord(p, "knee_angle_%s", (sr_leg)leg)] = is_down ? -s->knee : -raised;
    s->z[sr_posture_coord(p, "ankle_angle_%s", (sr_leg)leg)] = is_down ? -s->heel_up - shank : 0.0;
    s->z[sr_posture_coord(p, "mtp_angle_%s", (sr_leg)leg)] = is_down ? s->heel_up : 0.0;
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
  const double weight = s->p->model->mass * 9.80665;
  double lo = 0.3, hi = 1.5;
  for (int i = 0; i < 50; i++) {
    s->z[s->height] = 0.5 * (lo + hi);
    look(s, out);
    *(out[LOAD] > weight ? &lo : &hi) = s->z[s->height];
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

void sr_posture_start(const sr_posture *p, double heel_up, double ahead, double knee, double *z)
{
  sr_arena *work = sr_arena_new();
  const sr_ex e[NLOOK] = {sr_posture_load(p), sr_posture_pressure(p), p->physics.com.x, sr_posture_ankle_x(p)};
  search s = {.p = p, .z = z, .heel_up = heel_up, .knee = knee, .look = sr_tape_new(p->graph, e, NLOOK, work)};
  s.work = sr_alloc(work, double, sr_tape_work(s.look));
  s.in = sr_alloc(work, double, sr_graph_inputs(p->graph));
  s.height = sr_coord_find(&p->model->skeleton, "pelvis_ty");
  memset(z, 0, (size_t)p->nz * sizeof *z);
  // the centre of mass moves forward as the legs lean forward
  double lo = -0.4, hi = 0.6;
  for (int i = 0; i < 30; i++) {
    double at[NLOOK];
    pose(&s, 0.5 * (lo + hi));
    settle(&s, at);
    const double goal = heel_up > 0.0 ? at[PRESSURE] / at[LOAD] : at[ANKLE] + ahead;
    *(at[CENTRE] < goal ? &lo : &hi) = 0.5 * (lo + hi);
  }
  for (int k = 0; k < p->nm; k++) z[p->act + k] = p->model->muscle[k].par.capacity > 0.0 ? 0.1 : 0.01;
  balance_fibres(&s, work);
  sr_arena_free(work);
}
