// Inverse dynamics: what generalised forces a motion needs (recursive Newton-Euler, in ground).
#include "body/body.h"

// Force and torque (about the body's origin) that the body's own motion, gravity and outside wrench ask for:
//   F = m (a_c - g) - F_ext,   N = I alpha + w x I w + c x m (a_c - g) - N_ext
static sr_wrench own_wrench(const sr_skeleton *s, int i, sr_graph *g, const sr_body_motion *m,
                            const sr_wrench *external)
{
  const sr_body *b = &s->body[i];
  const sr_xvec c = sr_xmat_apply(m->R_gb, sr_xvec_const(g, b->com));
  sr_xvec acc = sr_xvec_add(m->a, sr_xvec_cross(m->alpha, c));
  acc = sr_xvec_add(acc, sr_xvec_cross(m->w, sr_xvec_cross(m->w, c)));
  acc = sr_xvec_sub(acc, sr_xvec_const(g, s->gravity));
  const sr_xvec force = sr_xvec_scale(acc, sr_const(g, b->mass));

  // I alpha and I w with the inertia turned into ground: R diag(I) R' x
  const sr_xvec al = sr_xmat_apply_transposed(m->R_gb, m->alpha), wl = sr_xmat_apply_transposed(m->R_gb, m->w);
  const double *I = b->inertia;
  const sr_xvec h = {sr_scale(wl.x, I[0]), sr_scale(wl.y, I[1]), sr_scale(wl.z, I[2])};
  const sr_xvec Ia = {sr_scale(al.x, I[0]), sr_scale(al.y, I[1]), sr_scale(al.z, I[2])};
  const sr_xvec moment = sr_xmat_apply(m->R_gb, sr_xvec_add(Ia, sr_xvec_cross(wl, h)));
  return (sr_wrench){.force = sr_xvec_sub(force, external[i].force),
                     .torque = sr_xvec_sub(sr_xvec_add(moment, sr_xvec_cross(c, force)), external[i].torque)};
}

// Adds f'(q) times the part of the wrench along each axis of the joint to the generalised forces. The axes of the
// rotations are found by turning up to each of them, as in the kinematics.
static void project(const sr_skeleton *s, int i, sr_graph *g, const sr_ex *q, const sr_body_motion *m, sr_wrench w,
                    sr_ex *tau)
{
  const sr_body *b = &s->body[i];
  // axis k in ground = R_gb (turns after k)' axis: turn back from the body's own orientation, last rotation first
  sr_xmat R = m[i].R_gb;
  for (int k = b->naxis - 1; k >= 0; k--) {
    const sr_axis *x = &b->axis[k];
    double slope[SR_MAX_POLY] = {0};
    for (int j = 0; j < x->npoly - 1; j++) slope[j] = x->poly[j] * (x->npoly - 1 - j);
    const sr_ex df = sr_poly(q[x->coord], slope, x->npoly - 1);
    const sr_xvec e = sr_xvec_const(g, x->axis);
    sr_ex along;
    if (x->is_rotation) {
      along = sr_xvec_dot(sr_xmat_apply(R, e), w.torque);
      const sr_xmat turn = sr_xmat_rotation(x->axis, sr_neg(sr_poly(q[x->coord], x->poly, x->npoly)));
      if (k > 0 && b->axis[k - 1].is_rotation) R = sr_xmat_mul(R, turn);
    } else {
      const sr_xmat R_par = b->parent < 0 ? sr_xmat_identity(g) : m[b->parent].R_gb;
      along = sr_xvec_dot(sr_xmat_apply(R_par, e), w.force);
    }
    tau[x->coord] = sr_add(tau[x->coord], sr_mul(df, along));
  }
}

void sr_body_inverse_dynamics(const sr_skeleton *s, sr_graph *g, const sr_ex *q, const sr_body_motion *m,
                              const sr_wrench *external, sr_ex *tau)
{
  sr_wrench sum[SR_MAX_BODY];
  for (int k = 0; k < s->ncoord; k++) tau[k] = sr_const(g, 0.0);
  for (int i = 0; i < s->nbody; i++) sum[i] = own_wrench(s, i, g, &m[i], external);
  for (int i = s->nbody - 1; i >= 0; i--) {  // children come after their parents
    project(s, i, g, q, m, sum[i], tau);
    const int par = s->body[i].parent;
    if (par < 0) continue;
    const sr_xvec r = sr_xvec_sub(m[i].p, m[par].p);
    sum[par].force = sr_xvec_add(sum[par].force, sum[i].force);
    sum[par].torque = sr_xvec_add(sum[par].torque, sr_xvec_add(sum[i].torque, sr_xvec_cross(r, sum[i].force)));
  }
}
