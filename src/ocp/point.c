// One point is a block of one, without a linear part.
#include <math.h>
#include <stdio.h>

#include "ocp/blocks.h"
#include "ocp/ocp.h"

// lo, hi and scale of n bounds as three rows.
static double *rows_of(const sr_bound *b, int n, sr_arena *work)
{
  double *v = sr_alloc(work, double, 3 * n);
  for (int i = 0; i < n; i++) {
    SR_ASSERT(b[i].scale > 0.0);
    v[i] = b[i].lo;
    v[n + i] = b[i].hi;
    v[2 * n + i] = b[i].scale;
  }
  return v;
}

static sr_blocks *point_blocks(const sr_point_problem *q, sr_arena *work)
{
  sr_blocks *b = sr_alloc(work, sr_blocks, 1);
  *b = (sr_blocks){.nvar = q->nz, .ncon = q->ncon, .nblock = 1, .block = sr_alloc(work, sr_block, 1)};
  b->block[0] = sr_block_new(sr_piece_new(q->cost, q->nz, q->con, q->ncon, work), 1, work);
  for (int i = 0; i < q->nz; i++) b->block[0].var[i] = i;
  for (int i = 0; i < q->ncon; i++) b->block[0].row[i] = i;
  sr_blocks_link(b, work);
  return b;
}

static void describe_worst(const sr_point_problem *q, const sr_nlp *p, double tolerance, const double *z,
                           sr_ocp_result *r, sr_arena *work)
{
  const int i = r->nlp.worst_constraint;
  if (i < 0) return;
  double *g = sr_alloc(work, double, p->ncon);
  p->constraints(p->self, z, g);
  snprintf(r->worst, sizeof r->worst, "constraint %s: %.2g (allowed %.2g)", q->con_bound[i].name,
           fmax(p->gl[i] - g[i], g[i] - p->gu[i]), tolerance * p->g_scale[i]);
}

// The scratch is left to the owner of `work`: the graph grows here, and may live in the same arena.
sr_ocp_result sr_point_solve(const sr_point_problem *q, const sr_nlp_options *options, double *z, sr_arena *work)
{
  SR_ASSERT(q->nz > 0 && q->cost.g == q->graph);
  const sr_blocks *b = point_blocks(q, work);
  sr_blocks_eval e = sr_blocks_eval_new(b, work);
  const double *x = rows_of(q->z, q->nz, work), *g = rows_of(q->con_bound, q->ncon, work);
  sr_nlp p = sr_blocks_nlp(&e);
  p.xl = x, p.xu = x + q->nz, p.x_scale = x + 2 * q->nz;
  p.gl = g, p.gu = g + q->ncon, p.g_scale = g + 2 * q->ncon;
  sr_ocp_result r = {.nlp = sr_nlp_solve(&p, options, z, NULL, NULL, NULL)};
  r.running_cost = r.nlp.objective;
  describe_worst(q, &p, options->constraint_tol, z, &r, work);
  return r;
}
