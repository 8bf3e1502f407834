// Length of a muscle path.
#include "body/body.h"

// Distance of two consecutive path points, seen from the first one's body, so that only the joints between matter.
static sr_ex segment(const sr_skeleton *s, sr_graph *g, const sr_path_point *a, const sr_path_point *b, const sr_ex *q)
{
  sr_xmat R;
  sr_xvec p;
  sr_body_relative_pose(s, g, q, a->body, b->body, &R, &p);
  const sr_xvec to = sr_xvec_add(p, sr_xmat_apply(R, sr_xvec_const(g, b->at)));
  return sr_xvec_norm(sr_xvec_sub(to, sr_xvec_const(g, a->at)));
}

static sr_ex power(sr_ex x, int n)
{
  sr_ex y = x;
  for (int i = 1; i < n; i++) y = sr_mul(y, x);
  return y;
}

// L(q) = sum of straight segments + sum_t k_t prod_i q_i^n_i
sr_ex sr_path_length(const sr_skeleton *s, sr_graph *g, const sr_path *path, const sr_ex *q)
{
  sr_ex length = sr_const(g, 0.0);
  for (int i = 0; i + 1 < path->npoint; i++)
    length = sr_add(length, segment(s, g, &path->point[i], &path->point[i + 1], q));
  for (int t = 0; t < path->nterm; t++) {
    const sr_path_term *term = &path->term[t];
    sr_ex product = sr_const(g, term->k);
    for (int i = 0; i < term->n; i++)
      if (term->power[i] > 0) product = sr_mul(product, power(q[term->coord[i]], term->power[i]));
    length = sr_add(length, product);
  }
  return length;
}

// Whether a joint that this coordinate drives lies between a body and ground.
static bool hangs_on(const sr_skeleton *s, int body, int coord)
{
  for (int b = body; b >= 0; b = s->body[b].parent)
    for (int i = 0; i < s->body[b].naxis; i++)
      if (s->body[b].axis[i].coord == coord) return true;
  return false;
}

bool sr_path_crosses(const sr_skeleton *s, const sr_path *p, int coord)
{
  for (int t = 0; t < p->nterm; t++)
    for (int i = 0; i < p->term[t].n; i++)
      if (p->term[t].coord[i] == coord && p->term[t].power[i] > 0) return true;
  for (int i = 0; i + 1 < p->npoint; i++)
    if (hangs_on(s, p->point[i].body, coord) != hangs_on(s, p->point[i + 1].body, coord)) return true;
  return false;
}
