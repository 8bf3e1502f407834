// Kinematics of a tree of rigid bodies in ground, written once in 3D.
#include <string.h>

#include "base/error.h"
#include "body/body.h"

// A rotation that is known to be about one constant axis by one angle, so that rotations about the same axis add up
// to a single angle (every body of a planar model); has_axis false means a general matrix.
typedef struct turn {
  sr_xmat R;
  bool has_axis, is_identity;
  double axis[3];
  sr_ex angle;
} turn;

static turn turn_identity(sr_graph *g)
{
  return (turn){.R = sr_xmat_identity(g), .has_axis = true, .is_identity = true, .angle = sr_const(g, 0.0)};
}

static turn turn_by(turn t, const double axis[3], sr_ex angle)
{
  const bool is_same = t.has_axis && (t.is_identity || memcmp(t.axis, axis, sizeof t.axis) == 0);
  if (is_same) {
    memcpy(t.axis, axis, sizeof t.axis);
    t.angle = t.is_identity ? angle : sr_add(t.angle, angle);
    t.R = sr_xmat_rotation(axis, t.angle);
    t.is_identity = false;
    return t;
  }
  t.R = sr_xmat_mul(t.R, sr_xmat_rotation(axis, angle));
  t.has_axis = t.is_identity = false;
  return t;
}

// The constant turn of a joint frame in its parent (body-fixed x-y-z angles).
static turn turn_joint_frame(turn t, const double euler[3], sr_graph *g)
{
  static const double unit[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  for (int k = 0; k < 3; k++)
    if (euler[k] != 0.0) t = turn_by(t, unit[k], sr_const(g, euler[k]));
  return t;
}

// f(q), f'(q) and f''(q) of the polynomial that drives an axis.
typedef struct drive {
  sr_ex f, df, ddf;
} drive;

static drive axis_drive(const sr_axis *a, const sr_ex *q)
{
  const sr_ex x = q[a->coord];
  double d1[SR_MAX_POLY] = {0}, d2[SR_MAX_POLY] = {0};
  const int n = a->npoly;
  for (int i = 0; i < n; i++) {
    const int power = n - 1 - i;
    if (power >= 1) d1[i] = a->poly[i] * power;
    if (power >= 2) d2[i] = a->poly[i] * power * (power - 1);
  }
  const sr_ex zero = sr_const(x.g, 0.0);
  return (drive){.f = sr_poly(x, a->poly, n),
                 .df = n >= 2 ? sr_poly(x, d1, n - 1) : zero,
                 .ddf = n >= 3 ? sr_poly(x, d2, n - 2) : zero};
}

// rate of the drive: f' qd, and its acceleration: f' qdd + f'' qd^2
static sr_ex drive_rate(const drive *d, sr_ex qd)
{
  return sr_mul(d->df, qd);
}

static sr_ex drive_acceleration(const drive *d, sr_ex qd, sr_ex qdd)
{
  return sr_add(sr_mul(d->df, qdd), sr_mul(d->ddf, sr_sq(qd)));
}

// Origin of a body from its parent's motion: r = R_par (pos + sum e f), and with the frame turning at w_par
//   v = v_par + w_par x r + R_par sum e f'qd
//   a = a_par + alpha_par x r + w_par x (w_par x r) + 2 w_par x (R_par sum e f'qd) + R_par sum e (f'qdd + f''qd^2)
static void move_origin(const sr_body *b, sr_graph *g, const sr_ex *q, const sr_ex *qd, const sr_ex *qdd,
                        const sr_body_motion *par, sr_body_motion *m)
{
  const double none[3] = {0.0, 0.0, 0.0};
  sr_xvec offset = sr_xvec_const(g, b->pos), rate = sr_xvec_const(g, none), acc = rate;
  for (int k = 0; k < b->naxis; k++) {
    const sr_axis *x = &b->axis[k];
    if (x->is_rotation) continue;
    const drive d = axis_drive(x, q);
    const sr_xvec e = sr_xvec_const(g, x->axis);
    offset = sr_xvec_add(offset, sr_xvec_scale(e, d.f));
    rate = sr_xvec_add(rate, sr_xvec_scale(e, drive_rate(&d, qd[x->coord])));
    acc = sr_xvec_add(acc, sr_xvec_scale(e, drive_acceleration(&d, qd[x->coord], qdd[x->coord])));
  }
  const sr_xvec r = sr_xmat_apply(par->R_gb, offset), slide = sr_xmat_apply(par->R_gb, rate);
  const sr_xvec spin = sr_xvec_cross(par->w, r), coriolis = sr_xvec_cross(par->w, slide);
  m->p = sr_xvec_add(par->p, r);
  m->v = sr_xvec_add(sr_xvec_add(par->v, spin), slide);
  m->a = sr_xvec_add(sr_xvec_add(par->a, sr_xvec_cross(par->alpha, r)), sr_xvec_cross(par->w, spin));
  m->a = sr_xvec_add(m->a, sr_xvec_add(sr_xvec_add(coriolis, coriolis), sr_xmat_apply(par->R_gb, acc)));
}

// Orientation, angular velocity and acceleration; for each rotation axis e (in ground, before its own turn)
//   w += e f'qd,   alpha += e (f'qdd + f''qd^2) + w_before x e f'qd
static void turn_body(const sr_body *b, sr_graph *g, const sr_ex *q, const sr_ex *qd, const sr_ex *qdd,
                      const sr_body_motion *par, const turn *from, turn *to, sr_body_motion *m)
{
  turn t = turn_joint_frame(*from, b->euler, g);
  m->w = par->w;
  m->alpha = par->alpha;
  for (int k = 0; k < b->naxis; k++) {
    const sr_axis *x = &b->axis[k];
    if (!x->is_rotation) continue;
    const drive d = axis_drive(x, q);
    const sr_xvec e = t.has_axis && memcmp(t.axis, x->axis, sizeof t.axis) == 0
                          ? sr_xvec_const(g, x->axis)  // turning about e leaves e where it is
                          : sr_xmat_apply(t.R, sr_xvec_const(g, x->axis));
    const sr_xvec rate = sr_xvec_scale(e, drive_rate(&d, qd[x->coord]));
    m->alpha = sr_xvec_add(m->alpha, sr_xvec_scale(e, drive_acceleration(&d, qd[x->coord], qdd[x->coord])));
    m->alpha = sr_xvec_add(m->alpha, sr_xvec_cross(m->w, rate));
    m->w = sr_xvec_add(m->w, rate);
    t = turn_by(t, x->axis, d.f);
  }
  m->R_gb = t.R;
  *to = t;
}

void sr_body_motions(const sr_skeleton *s, sr_graph *g, const sr_ex *q, const sr_ex *qd, const sr_ex *qdd,
                     sr_body_motion *out)
{
  const double none[3] = {0.0, 0.0, 0.0};
  const sr_xvec zero = sr_xvec_const(g, none);
  const sr_body_motion ground = {
      .R_gb = sr_xmat_identity(g), .p = zero, .v = zero, .a = zero, .w = zero, .alpha = zero};
  turn turned[SR_MAX_BODY];
  const turn still = turn_identity(g);
  for (int i = 0; i < s->nbody; i++) {
    const int par = s->body[i].parent;
    SR_ASSERT(par < i);
    const sr_body_motion *from = par < 0 ? &ground : &out[par];
    move_origin(&s->body[i], g, q, qd, qdd, from, &out[i]);
    turn_body(&s->body[i], g, q, qd, qdd, from, par < 0 ? &still : &turned[par], &turned[i], &out[i]);
  }
}

sr_xvec sr_body_point(const sr_body_motion *m, const double local[3])
{
  return sr_xvec_add(m->p, sr_xmat_apply(m->R_gb, sr_xvec_const(m->p.x.g, local)));
}

sr_xvec sr_body_point_velocity(const sr_body_motion *m, const double local[3])
{
  const sr_xvec r = sr_xmat_apply(m->R_gb, sr_xvec_const(m->p.x.g, local));
  return sr_xvec_add(m->v, sr_xvec_cross(m->w, r));
}

// Pose of body i in its parent.
static void step_pose(const sr_body *b, sr_graph *g, const sr_ex *q, turn *t, sr_xvec *p)
{
  sr_xvec offset = sr_xvec_const(g, b->pos);
  for (int k = 0; k < b->naxis; k++)
    if (!b->axis[k].is_rotation)
      offset = sr_xvec_add(offset, sr_xvec_scale(sr_xvec_const(g, b->axis[k].axis), axis_drive(&b->axis[k], q).f));
  *p = sr_xvec_add(*p, sr_xmat_apply(t->R, offset));
  *t = turn_joint_frame(*t, b->euler, g);
  for (int k = 0; k < b->naxis; k++)
    if (b->axis[k].is_rotation) *t = turn_by(*t, b->axis[k].axis, axis_drive(&b->axis[k], q).f);
}

// Pose of `to` in its ancestor `from`: the bodies between them, from the top down.
static void descend(const sr_skeleton *s, sr_graph *g, const sr_ex *q, int from, int to, turn *t, sr_xvec *p)
{
  if (to == from) return;
  descend(s, g, q, from, s->body[to].parent, t, p);
  step_pose(&s->body[to], g, q, t, p);
}

static bool is_ancestor(const sr_skeleton *s, int above, int i)
{
  while (i >= 0 && i != above) i = s->body[i].parent;
  return i == above;
}

void sr_body_relative_pose(const sr_skeleton *s, sr_graph *g, const sr_ex *q, int a, int b, sr_xmat *R_ab,
                           sr_xvec *p_ab)
{
  const double none[3] = {0.0, 0.0, 0.0};
  int top = a;
  while (!is_ancestor(s, top, b)) top = s->body[top].parent;
  turn ta = turn_identity(g), tb = ta;
  sr_xvec pa = sr_xvec_const(g, none), pb = pa;
  descend(s, g, q, top, a, &ta, &pa);
  descend(s, g, q, top, b, &tb, &pb);
  // R_ab = R_ta' R_tb,  p_ab = R_ta' (p_tb - p_ta)
  const sr_xmat at = ta.R, bt = tb.R;
  const sr_xvec ax = {at.row[0].x, at.row[1].x, at.row[2].x}, ay = {at.row[0].y, at.row[1].y, at.row[2].y},
                az = {at.row[0].z, at.row[1].z, at.row[2].z};
  *R_ab = sr_xmat_mul((sr_xmat){.row = {ax, ay, az}}, bt);
  *p_ab = sr_xmat_apply_transposed(ta.R, sr_xvec_sub(pb, pa));
}

int sr_body_find(const sr_skeleton *s, const char *name)
{
  for (int i = 0; i < s->nbody; i++)
    if (strcmp(s->body[i].name, name) == 0) return i;
  return -1;
}

int sr_coord_find(const sr_skeleton *s, const char *name)
{
  for (int k = 0; k < s->ncoord; k++)
    if (strcmp(s->coord[k], name) == 0) return k;
  return -1;
}
