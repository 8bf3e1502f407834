#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "ocp/transcription.h"

// Bounds and scales of unknowns and rows, in the order of transcription.h.
typedef struct limits {
  double *xl, *xu, *x_scale, *gl, *gu, *g_scale;
} limits;

static void put_unknowns(limits *l, int at, const sr_bound *b, int n)
{
  for (int i = 0; i < n; i++) {
    SR_ASSERT(b[i].scale > 0.0);
    l->xl[at + i] = b[i].lo;
    l->xu[at + i] = b[i].hi;
    l->x_scale[at + i] = b[i].scale;
  }
}

static void put_rows(limits *l, int at, const sr_bound *b, int n, bool is_defect)
{
  for (int i = 0; i < n; i++) {
    SR_ASSERT(b[i].scale > 0.0);
    l->gl[at + i] = is_defect ? 0.0 : b[i].lo;
    l->gu[at + i] = is_defect ? 0.0 : b[i].hi;
    l->g_scale[at + i] = b[i].scale;
  }
}

static limits gather_limits(const sr_transcription *t, sr_arena *work)
{
  const sr_ocp *o = &t->o;
  const int n = t->blocks.nvar, m = t->blocks.ncon;
  limits l = {.xl = sr_alloc(work, double, n),
              .xu = sr_alloc(work, double, n),
              .x_scale = sr_alloc(work, double, n),
              .gl = sr_alloc(work, double, m),
              .gu = sr_alloc(work, double, m),
              .g_scale = sr_alloc(work, double, m)};
  for (int i = 0; i <= t->ncol; i++) put_unknowns(&l, sr_var_x(t, i), o->x, o->nx);
  for (int i = 1; i <= t->ncol; i++) {
    put_unknowns(&l, sr_var_u(t, i), o->u, o->nu);
    put_rows(&l, sr_row_point(t, i), o->dynamics, o->nx, true);
    put_rows(&l, sr_row_point(t, i) + o->nx, o->path_bound, o->npath, false);
  }
  put_unknowns(&l, sr_var_p(t), o->p, o->np);
  put_rows(&l, sr_row_end(t), o->end_bound, o->nend, false);
  return l;
}

static void copy(double *to, const double *from, int n)
{
  if (n > 0) memcpy(to, from, (size_t)n * sizeof *to);
}

// Trajectory to unknowns.
static void pack(const sr_transcription *t, const sr_traj *traj, double *z)
{
  const int nx = t->o.nx, nu = t->o.nu;
  for (int i = 0; i <= t->ncol; i++) copy(z + sr_var_x(t, i), traj->x + i * nx, nx);
  for (int i = 1; i <= t->ncol; i++) copy(z + sr_var_u(t, i), traj->u + i * nu, nu);
  copy(z + sr_var_p(t), traj->p, t->o.np);
}

// Unknowns to trajectory; row 0 of the controls repeats row 1.
static void unpack(const sr_transcription *t, const double *z, sr_traj *traj)
{
  const int nx = t->o.nx, nu = t->o.nu;
  for (int i = 0; i <= t->ncol; i++) copy(traj->x + i * nx, z + sr_var_x(t, i), nx);
  for (int i = 1; i <= t->ncol; i++) copy(traj->u + i * nu, z + sr_var_u(t, i), nu);
  copy(traj->u, traj->u + nu, nu);
  copy(traj->p, z + sr_var_p(t), t->o.np);
}

// "defect of knee speed at 43% of the movement", "path constraint ...", or "end condition ..."
static int name_row(const sr_transcription *t, const sr_traj *traj, int row, char *text, size_t size)
{
  const sr_ocp *o = &t->o;
  if (row >= sr_row_end(t)) return snprintf(text, size, "end condition %s", o->end_bound[row - sr_row_end(t)].name);
  const int nrow = o->nx + o->npath, i = row % nrow;
  const bool is_defect = i < o->nx;
  return snprintf(text, size, "%s %s at %.0f%% of the movement", is_defect ? "defect of" : "path constraint",
                  is_defect ? o->dynamics[i].name : o->path_bound[i - o->nx].name, 100.0 * traj->tau[row / nrow + 1]);
}

// What is violated most, in words; nothing if every row holds.
static void describe_worst(const sr_transcription *t, const sr_traj *traj, const sr_nlp *p, double tolerance,
                           const double *z, sr_ocp_result *r, sr_arena *work)
{
  const int row = r->nlp.worst_constraint;
  if (row < 0) return;
  double *g = sr_alloc(work, double, p->ncon);
  p->constraints(p->self, z, g);
  const int n = name_row(t, traj, row, r->worst, sizeof r->worst);
  if (n < 0 || (size_t)n >= sizeof r->worst) return;
  snprintf(r->worst + n, sizeof r->worst - (size_t)n, ": %.2g (allowed %.2g)",
           fmax(p->gl[row] - g[row], g[row] - p->gu[row]), tolerance * p->g_scale[row]);
}

// Makes room in the trajectory for multipliers of this size, unless it has it already.
static void make_room(sr_traj *traj, int nvar, int ncon)
{
  if (traj->lambda && traj->nvar == nvar && traj->ncon == ncon) return;
  traj->lambda = sr_alloc(traj->keep, double, ncon);
  traj->zl = sr_alloc(traj->keep, double, nvar);
  traj->zu = sr_alloc(traj->keep, double, nvar);
  traj->nvar = nvar;
  traj->ncon = ncon;
}

sr_ocp_result sr_ocp_solve(const sr_transcription *t, const sr_nlp_options *options, sr_traj *traj, sr_arena *work)
{
  SR_ASSERT(traj->mesh.nint == t->mesh.nint && traj->mesh.degree == t->mesh.degree);
  make_room(traj, t->blocks.nvar, t->blocks.ncon);
  traj->nrow = t->o.nx + t->o.npath;
  // before the mark: both arenas may be one

  const sr_mark top = sr_arena_mark(work);
  sr_blocks_eval e = sr_blocks_eval_new(&t->blocks, work);
  e.data = sr_data_of(t, traj);
  const limits l = gather_limits(t, work);
  sr_nlp p = sr_blocks_nlp(&e);
  p.xl = l.xl, p.xu = l.xu, p.x_scale = l.x_scale;
  p.gl = l.gl, p.gu = l.gu, p.g_scale = l.g_scale;
  p.given_by = t->given_by;
  p.mesh_intervals = t->mesh.nint, p.mesh_degree = t->mesh.degree;

  double *z = sr_alloc(work, double, p.nvar);
  pack(t, traj, z);
  sr_ocp_result r = {.nlp = sr_nlp_solve(&p, options, z, traj->lambda, traj->zl, traj->zu)};
  unpack(t, z, traj);
  r.running_cost = sr_block_cost(&e, &t->blocks.block[SR_BLOCK_POINT], z);
  r.final_cost = sr_block_cost(&e, &t->blocks.block[SR_BLOCK_ENDS], z);
  describe_worst(t, traj, &p, options->constraint_tol, z, &r, work);
  sr_arena_release(work, top);
  return r;
}
