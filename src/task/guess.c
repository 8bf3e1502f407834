#include "task/guess.h"

#include <math.h>
#include <string.h>

void sr_guess_set(const sr_model *m, double *q, const char *name, double value)
{
  const int j = sr_coord_find(&m->skeleton, name);
  if (j >= 0) q[j] = value;
}

// The lowest points of the contact spheres as a tape of the coordinates.
static const sr_tape *sphere_bottoms(const sr_model *m, sr_arena *keep)
{
  sr_graph *g = sr_graph_new(keep);
  sr_ex q[SR_MAX_COORD], still[SR_MAX_COORD], bottom[SR_MAX_CONTACT];
  for (int j = 0; j < m->skeleton.ncoord; j++) {
    q[j] = sr_input(g);
    still[j] = sr_const(g, 0.0);
  }
  sr_body_motion body[SR_MAX_BODY];
  sr_body_motions(&m->skeleton, g, q, still, still, body);
  for (int c = 0; c < m->ncontact; c++)
    bottom[c] = sr_shift(sr_body_point(&body[m->contact[c].body], m->contact[c].centre).y, -m->contact[c].radius);
  return sr_tape_new(g, bottom, m->ncontact, keep);
}

// Puts the pelvis where the lowest sphere is a few millimetres in the ground.
static void set_on_ground(const sr_model *m, const sr_tape *bottoms, double *q, double *work)
{
  const double depth = 0.004;  // [m] about what a walking load needs
  double y[SR_MAX_CONTACT], lowest = (double)INFINITY;
  sr_tape_eval1(bottoms, q, y, work);
  for (int c = 0; c < m->ncontact; c++) lowest = fmin(lowest, y[c]);
  q[sr_coord_find(&m->skeleton, "pelvis_ty")] -= lowest + depth;
}

// Tendon forces that balance every fibre at a time of the guess: the balance falls with the force, so by bisection.
static void balance_fibres(const sr_layout *l, const sr_tape *residuals, double *in, double *force, double *work,
                           double *residual)
{
  double lo[SR_MAX_MUSCLE], hi[SR_MAX_MUSCLE];
  for (int k = 0; k < l->nm; k++) lo[k] = 0.0, hi[k] = 2.0;
  for (int step = 0; step < 40; step++) {
    for (int k = 0; k < l->nm; k++) in[l->force + k] = 0.5 * (lo[k] + hi[k]);
    sr_tape_eval1(residuals, in, residual, work);
    for (int k = 0; k < l->nm; k++) *(residual[k] > 0.0 ? &lo[k] : &hi[k]) = in[l->force + k];
  }
  for (int k = 0; k < l->nm; k++) force[k] = in[l->force + k];
}

sr_traj sr_guess_make(const sr_movement *p, const sr_guess *g, double duration, sr_mesh mesh, sr_arena *keep)
{
  const sr_model *m = p->model;
  const sr_layout *l = &p->layout;
  const double dt = 1e-2;
  const int height = sr_coord_find(&m->skeleton, "pelvis_ty");
  sr_traj t = sr_traj_new(mesh, l->nx, l->nu, p->ocp.np, keep);
  t.p[0] = duration;
  const sr_tape *bottoms = sphere_bottoms(m, keep);
  sr_ex *balance = sr_alloc(keep, sr_ex, l->nm);
  for (int k = 0; k < l->nm; k++) balance[k] = p->physics.fibre[k].residual;
  const sr_tape *residuals = sr_tape_new(p->ocp.point, balance, l->nm, keep);
  double *work = sr_alloc(keep, double, sr_tape_work(bottoms) + sr_tape_work(residuals));
  double *in = sr_alloc(keep, double, sr_graph_inputs(p->ocp.point)), *residual = sr_alloc(keep, double, l->nm);
  for (int i = 0; i < t.npoint; i++) {
    double *x = t.x + i * l->nx, *u = t.u + i * l->nu, q[3][SR_MAX_COORD];
    for (int side = 0; side < 3; side++) {
      memset(q[side], 0, sizeof q[side]);
      g->pose(g->who, t.tau[i] * duration + (side - 1) * dt, q[side]);
      if (!g->is_grounded) continue;
      set_on_ground(m, bottoms, q[side], work);
      if (g->above != NULL) q[side][height] += g->above(g->who, t.tau[i] * duration + (side - 1) * dt);
    }
    for (int j = 0; j < l->nq; j++) {
      x[l->q + j] = q[1][j];
      x[l->qd + j] = (q[2][j] - q[0][j]) / (2.0 * dt);
      u[l->qdd + j] = (q[2][j] - 2.0 * q[1][j] + q[0][j]) / (dt * dt);
    }
    for (int k = 0; k < l->nm; k++) x[l->act + k] = 0.1;
    memcpy(in, x, (size_t)l->nx * sizeof *in);
    balance_fibres(l, residuals, in, x + l->force, work, residual);
  }
  return t;
}
