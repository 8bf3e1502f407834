// 3-vectors and rotations; the folding of the graph removes what is zero or one.
#include "expr/vec.h"

sr_xvec sr_xvec_const(sr_graph *g, const double v[3])
{
  return (sr_xvec){sr_const(g, v[0]), sr_const(g, v[1]), sr_const(g, v[2])};
}

sr_xvec sr_xvec_add(sr_xvec a, sr_xvec b)
{
  return (sr_xvec){sr_add(a.x, b.x), sr_add(a.y, b.y), sr_add(a.z, b.z)};
}

sr_xvec sr_xvec_sub(sr_xvec a, sr_xvec b)
{
  return (sr_xvec){sr_sub(a.x, b.x), sr_sub(a.y, b.y), sr_sub(a.z, b.z)};
}

sr_xvec sr_xvec_scale(sr_xvec a, sr_ex k)
{
  return (sr_xvec){sr_mul(a.x, k), sr_mul(a.y, k), sr_mul(a.z, k)};
}

sr_ex sr_xvec_dot(sr_xvec a, sr_xvec b)
{
  return sr_add(sr_add(sr_mul(a.x, b.x), sr_mul(a.y, b.y)), sr_mul(a.z, b.z));
}

// a d - b c
static sr_ex det2(sr_ex a, sr_ex b, sr_ex c, sr_ex d)
{
  return sr_sub(sr_mul(a, d), sr_mul(b, c));
}

sr_xvec sr_xvec_cross(sr_xvec a, sr_xvec b)
{
  return (sr_xvec){det2(a.y, a.z, b.y, b.z), det2(a.z, a.x, b.z, b.x), det2(a.x, a.y, b.x, b.y)};
}

sr_ex sr_xvec_norm(sr_xvec a)
{
  return sr_sqrt(sr_xvec_dot(a, a));
}

sr_xmat sr_xmat_identity(sr_graph *g)
{
  const sr_ex one = sr_const(g, 1.0), zero = sr_const(g, 0.0);
  return (sr_xmat){{{one, zero, zero}, {zero, one, zero}, {zero, zero, one}}};
}

sr_xmat sr_xmat_mul(sr_xmat a, sr_xmat b)
{
  sr_xmat c;
  for (int i = 0; i < 3; i++) c.row[i] = sr_xmat_apply_transposed(b, a.row[i]);
  return c;
}

sr_xvec sr_xmat_apply(sr_xmat a, sr_xvec v)
{
  return (sr_xvec){sr_xvec_dot(a.row[0], v), sr_xvec_dot(a.row[1], v), sr_xvec_dot(a.row[2], v)};
}

sr_xvec sr_xmat_apply_transposed(sr_xmat a, sr_xvec v)
{
  const sr_xvec x = sr_xvec_scale(a.row[0], v.x), y = sr_xvec_scale(a.row[1], v.y), z = sr_xvec_scale(a.row[2], v.z);
  return sr_xvec_add(sr_xvec_add(x, y), z);
}

// R = c I + (1 - c) n n' + s [n]x,  c = cos(angle), s = sin(angle)
sr_xmat sr_xmat_rotation(const double n[3], sr_ex angle)
{
  const sr_ex c = sr_cos(angle), s = sr_sin(angle);
  const double skew[3][3] = {{0.0, -n[2], n[1]}, {n[2], 0.0, -n[0]}, {-n[1], n[0], 0.0}};
  sr_ex e[3][3];
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      // gathered by c, s and 1: along a coordinate axis every entry is 0, 1 or +-c, +-s
      const double nn = n[i] * n[j];
      const sr_ex turning = sr_add(sr_scale(c, (i == j ? 1.0 : 0.0) - nn), sr_scale(s, skew[i][j]));
      e[i][j] = sr_shift(turning, nn);
    }
  return (sr_xmat){{{e[0][0], e[0][1], e[0][2]}, {e[1][0], e[1][1], e[1][2]}, {e[2][0], e[2][1], e[2][2]}}};
}
