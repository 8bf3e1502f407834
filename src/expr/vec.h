// 3-vectors and rotation matrices of expressions.
#ifndef SR_EXPR_VEC_H
#define SR_EXPR_VEC_H
#include "expr/expr.h"

typedef struct sr_xvec {
  sr_ex x, y, z;
} sr_xvec;
typedef struct sr_xmat {
  sr_xvec row[3];
} sr_xmat;

sr_xvec sr_xvec_const(sr_graph *g, const double v[3]);
sr_xvec sr_xvec_add(sr_xvec a, sr_xvec b);
sr_xvec sr_xvec_sub(sr_xvec a, sr_xvec b);
sr_xvec sr_xvec_scale(sr_xvec a, sr_ex k);
sr_ex sr_xvec_dot(sr_xvec a, sr_xvec b);
sr_xvec sr_xvec_cross(sr_xvec a, sr_xvec b);
sr_ex sr_xvec_norm(sr_xvec a);  // sqrt(a.a); a must not vanish

sr_xmat sr_xmat_identity(sr_graph *g);
sr_xmat sr_xmat_mul(sr_xmat a, sr_xmat b);
sr_xvec sr_xmat_apply(sr_xmat a, sr_xvec v);             // a v
sr_xvec sr_xmat_apply_transposed(sr_xmat a, sr_xvec v);  // a' v
// Rotation by `angle` about a constant unit axis (Rodrigues); for an axis along z only two rows cost anything.
sr_xmat sr_xmat_rotation(const double axis[3], sr_ex angle);
#endif
