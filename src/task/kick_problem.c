// Kicking: bounds, a foot that stays on the ground, a body that a step catches, the ball (docs/theory/task.md).
#include "task/kick_problem.h"

#include <math.h>
#include <stdio.h>

#include "base/constants.h"
#include "math/random.h"
#include "task/guess.h"

static const char *const mark[2] = {"l", "r"};

static int coord_of(const sr_model *m, const char *format, sr_leg leg)
{
  char name[40];
  snprintf(name, sizeof name, format, mark[leg]);
  const int j = sr_coord_find(&m->skeleton, name);
  SR_ASSERT(j >= 0);
  return j;
}

static int body_of(const sr_model *m, const char *format, sr_leg leg)
{
  char name[40];
  snprintf(name, sizeof name, format, mark[leg]);
  const int i = sr_body_find(&m->skeleton, name);
  SR_ASSERT(i >= 0);
  return i;
}

static sr_leg other(sr_leg leg)
{
  return leg == SR_LEG_LEFT ? SR_LEG_RIGHT : SR_LEG_LEFT;
}

const double *sr_kick_point(const sr_model *m, sr_leg kicks, int *body)
{
  *body = body_of(m, "calcn_%s", kicks);
  return m->skeleton.body[*body].com;
}

static void bound_unknowns(sr_movement *p, const sr_kick_weights *w)
{
  const sr_layout *l = &p->layout;
  sr_ocp *o = &p->ocp;
  o->p[0] = (sr_bound){"duration", w->shortest, w->longest, 0.5};
  for (int j = 0; j < l->nq; j++) {
    if (p->model->coord[j].is_translation) continue;
    o->x[l->qd + j].lo = -w->joint_speed;
    o->x[l->qd + j].hi = w->joint_speed;
    o->u[l->qdd + j].lo = -w->joint_acceleration;
    o->u[l->qdd + j].hi = w->joint_acceleration;
  }
}

// One foot stands all the while, the other one touches nothing; the trunk stays near the upright.
static void write_stance(sr_movement *p, const sr_kick_weights *w, sr_leg kicks)
{
  const sr_model *m = p->model;
  const sr_leg stands = other(kicks);
  sr_movement_path(p, sr_scale(p->physics.ground_force[stands].y, 1.0 / sr_model_weight(m)), "the foot that stands",
                   w->least_load, SR_NLP_INF, 0.5);
  for (int c = 0; c < m->ncontact; c++) {
    if (m->contact_leg[c] != kicks) continue;
    const sr_contact_sphere *s = &m->contact[c];
    const sr_ex bottom = sr_shift(sr_body_point(&p->physics.body[s->body], s->centre).y, -s->radius);
    sr_movement_path(p, bottom, "clearance of the foot that kicks", w->clearance * m->length_ratio, SR_NLP_INF, 0.1);
  }
  const sr_ex pitch = sr_add(p->now.q[sr_coord_find(&m->skeleton, "pelvis_tilt")], p->now.q[m->trunk_coord]);
  sr_movement_path(p, pitch, "pitch of the trunk", -w->trunk_most, w->trunk_most, 0.5);
}

// Extrapolated centre of mass in front of the ankle that stands, within a step:
//   x + v / omega - x_ankle,   omega = sqrt(g / y)      (x, y, v of the centre of mass)
// Source: Hof et al. 2005, J Biomech 38:1.
static void write_catch(sr_movement *p, const sr_kick_weights *w, sr_leg kicks)
{
  const sr_physics *f = &p->physics;
  const double ratio = p->model->length_ratio;
  const sr_ex ankle = f->body[body_of(p->model, "talus_%s", other(kicks))].p.x;
  const sr_ex fall = sr_mul(f->com_velocity.x, sr_sqrt(sr_scale(f->com.y, 1.0 / SR_GRAVITY)));
  sr_movement_path(p, sr_sub(sr_add(f->com.x, fall), ankle), "a step catches the body", -w->catch_behind * ratio,
                   w->catch_ahead * ratio, 0.2);
}

// From the given state to the ball, the forward speed of the midfoot as large as can be.
static void write_ends(sr_movement *p, const sr_kick_weights *w, sr_leg kicks, const double *from, sr_arena *keep)
{
  const sr_model *m = p->model;
  const sr_layout *l = &p->layout;
  sr_ocp *o = &p->ocp;
  for (int i = 0; i < l->nx; i++)
    sr_movement_end(p, sr_shift(p->x0[i], -from[i]), sr_arena_printf(keep, "%s at the start", o->x[i].name), 0.0, 0.0,
                    o->x[i].scale);
  sr_body_motion *body = sr_alloc(keep, sr_body_motion, m->skeleton.nbody);
  sr_ex *none = sr_alloc(keep, sr_ex, l->nq);
  for (int j = 0; j < l->nq; j++) none[j] = sr_const(o->ends, 0.0);
  sr_body_motions(&m->skeleton, o->ends, p->x1 + l->q, p->x1 + l->qd, none, body);
  int foot;
  const double *point = sr_kick_point(m, kicks, &foot);
  const sr_xvec at = sr_body_point(&body[foot], point), speed = sr_body_point_velocity(&body[foot], point);
  sr_movement_end(p, at.y, "height of the foot at the ball", w->ball_height - w->ball_play,
                  w->ball_height + w->ball_play, 0.1);
  const sr_ex ahead = sr_sub(at.x, body[body_of(m, "talus_%s", other(kicks))].p.x);
  sr_movement_end(p, ahead, "the ball in front of the foot that stands", w->ball_near * m->length_ratio,
                  w->ball_far * m->length_ratio, 0.1);
  o->final = sr_scale(speed.x, -w->speed);
}

sr_movement *sr_kick_problem_new(const sr_model *m, const sr_kick_weights *w, sr_leg kicks, const double *from,
                                 sr_arena *keep)
{
  sr_movement *p = sr_movement_new(m, w->rest, 1, 0, keep);
  bound_unknowns(p, w);
  write_stance(p, w, kicks);
  write_catch(p, w, kicks);
  sr_movement_effort(p, &w->effort, sr_const(p->ocp.point, 1.0));
  write_ends(p, w, kicks, from, keep);
  return p;
}

// Of a guess: angles of hip and knee at the end of the backswing and at the ball [rad], when they turn over the
// duration, and the duration [s]; assumptions that only have to be near a kick.
typedef struct swing {
  const sr_model *model;
  const double *from;
  sr_leg kicks;
  double hip_back, hip_ball, knee_back, knee_ball, hip_turn, knee_turn, duration;
} swing;

// Smooth from a to b to c, b at `turn`.
static double through(double a, double b, double c, double turn, double s)
{
  const double x = s < turn ? s / turn : (s - turn) / (1.0 - turn),
               w = 0.5 - 0.5 * cos(SR_PI * fmin(fmax(x, 0.0), 1.0));
  return s < turn ? a + (b - a) * w : b + (c - b) * w;
}

static void pose(const void *who, double time, double *q)
{
  const swing *k = who;
  const double s = time / k->duration;
  for (int j = 0; j < k->model->skeleton.ncoord; j++) q[j] = k->from[j];
  const int hip = coord_of(k->model, "hip_flexion_%s", k->kicks), knee = coord_of(k->model, "knee_angle_%s", k->kicks);
  q[hip] = through(k->from[hip], k->hip_back, k->hip_ball, k->hip_turn, s);
  q[knee] = through(k->from[knee], k->knee_back, k->knee_ball, k->knee_turn, s);
}

sr_traj sr_kick_guess(const sr_movement *p, sr_leg kicks, const double *from, sr_mesh mesh, int seed, sr_arena *keep)
{
  swing k = {.model = p->model,
             .from = from,
             .kicks = kicks,
             .hip_back = -20.0 * SR_DEGREE,
             .hip_ball = 25.0 * SR_DEGREE,
             .knee_back = -90.0 * SR_DEGREE,
             .knee_ball = -25.0 * SR_DEGREE,
             .hip_turn = 0.6,
             .knee_turn = 0.75,
             .duration = 0.9};
  if (seed != 0) {
    double *vary[] = {&k.hip_back, &k.hip_ball, &k.knee_back, &k.knee_ball, &k.duration};
    for (uint64_t i = 0; i < sizeof vary / sizeof *vary; i++)
      *vary[i] *= 0.7 + 0.6 * sr_random_uniform((uint64_t)seed, 0, i);
  }
  return sr_guess_make(p, &(sr_guess){.pose = pose, .who = &k, .is_grounded = true}, k.duration, mesh, keep);
}
