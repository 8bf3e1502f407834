// The building functions: every rule of simplification stands here. Forms after folding:
//   constants are operands of nothing: k a is SCALE, a + k is SHIFT; a minus sign is SCALE by -1;
//   factors k leave products and squares (k1 a)(k2 b) = k1 k2 (a b); sums take in signs as ADD or SUB;
//   the operands of ADD and MUL are in order of creation.
#include <math.h>

#include "base/error.h"
#include "expr/node.h"

static const sr_node *node_of(sr_ex a)
{
  return &a.g->node[a.id];
}

// The expression behind a factor: a = *k times the answer.
static sr_ex split_scale(sr_ex a, double *k)
{
  const sr_node *n = node_of(a);
  *k = n->op == SR_OP_SCALE ? n->k : 1.0;
  return n->op == SR_OP_SCALE ? (sr_ex){a.g, n->a} : a;
}

// The expression before a constant was added: a = the answer + *k.
static sr_ex split_shift(sr_ex a, double *k)
{
  const sr_node *n = node_of(a);
  *k = n->op == SR_OP_SHIFT ? n->k : 0.0;
  return n->op == SR_OP_SHIFT ? (sr_ex){a.g, n->a} : a;
}

double sr_op_value(sr_op op, double a, double b, double k)
{
#define ROW1(name, value, d, dd) \
  case SR_OP_##name:             \
    return value;
#define ROW2(name, value, da, db, dab) \
  case SR_OP_##name:                   \
    return value;
  switch (op) {
    SR_EXPR_UNARY(ROW1)
    SR_EXPR_BINARY(ROW2)
    case SR_OP_INPUT:
    case SR_OP_CONST:
    case SR_OP_COUNT:
      break;
  }
#undef ROW1
#undef ROW2
  return k;
}

sr_ex sr_const(sr_graph *g, double value)
{
  return sr_node_make(g, SR_OP_CONST, -1, -1, value == 0.0 ? 0.0 : value);  // one zero: -0 becomes 0
}

bool sr_is_const(sr_ex a, double *value)
{
  const sr_node *n = node_of(a);
  if (n->op == SR_OP_CONST && value != NULL) *value = n->k;
  return n->op == SR_OP_CONST;
}

bool sr_is_zero(sr_ex a)
{
  double k;
  return sr_is_const(a, &k) && k == 0.0;
}

// f(a) for an operation without special rules.
static sr_ex unary(sr_op op, sr_ex a, double k)
{
  const sr_node *n = node_of(a);
  if (n->op == SR_OP_CONST) return sr_const(a.g, sr_op_value(op, n->k, 0.0, k));
  return sr_node_make(a.g, op, a.id, -1, k);
}

// ADD and MUL: the older operand first.
static sr_ex commutative(sr_op op, sr_ex a, sr_ex b)
{
  return a.id <= b.id ? sr_node_make(a.g, op, a.id, b.id, 0.0) : sr_node_make(a.g, op, b.id, a.id, 0.0);
}

// k a;  0 a = 0,  1 a = a,  k (l a) = (k l) a,  -(a - b) = b - a,  -(a + l) = -a - l; other factors stay outside of a
// sum, since k (a + l) is exact where a = -l
sr_ex sr_scale(sr_ex a, double k)
{
  const sr_node *n = node_of(a);
  if (k == 0.0) return sr_const(a.g, 0.0);
  if (k == 1.0) return a;
  if (n->op == SR_OP_SCALE) return sr_scale((sr_ex){a.g, n->a}, k * n->k);
  if (k == -1.0 && n->op == SR_OP_SHIFT) return sr_shift(sr_neg((sr_ex){a.g, n->a}), -n->k);
  if (k == -1.0 && n->op == SR_OP_SUB) return sr_node_make(a.g, SR_OP_SUB, n->b, n->a, 0.0);
  return unary(SR_OP_SCALE, a, k);
}

sr_ex sr_neg(sr_ex a)
{
  return sr_scale(a, -1.0);
}

// a + k;  (a + k) + l = a + (k + l)
sr_ex sr_shift(sr_ex a, double k)
{
  const sr_node *n = node_of(a);
  if (k == 0.0) return a;
  if (n->op == SR_OP_SHIFT) return sr_shift((sr_ex){a.g, n->a}, k + n->k);
  return unary(SR_OP_SHIFT, a, k);
}

// a + b without constants:  k x + l x = (k + l) x,  -a + -b = -(a + b),  a + -b = a - b
static sr_ex add_plain(sr_ex a, sr_ex b)
{
  double ka, kb;
  const sr_ex xa = split_scale(a, &ka), xb = split_scale(b, &kb);
  if (xa.id == xb.id) return sr_scale(xa, ka + kb);
  if (ka == -1.0 && kb == -1.0) return sr_neg(commutative(SR_OP_ADD, xa, xb));
  if (kb == -1.0) return sr_node_make(a.g, SR_OP_SUB, a.id, xb.id, 0.0);
  if (ka == -1.0) return sr_node_make(a.g, SR_OP_SUB, b.id, xa.id, 0.0);
  return commutative(SR_OP_ADD, a, b);
}

// a + b;  (a + k) + (b + l) = (a + b) + (k + l), which also cancels what is equal but for a constant
sr_ex sr_add(sr_ex a, sr_ex b)
{
  SR_ASSERT(a.g == b.g);
  double k, l;
  if (sr_is_const(a, &k)) return sr_shift(b, k);
  if (sr_is_const(b, &k)) return sr_shift(a, k);
  const sr_ex xa = split_shift(a, &k), xb = split_shift(b, &l);
  double ka, kb;
  const bool is_multiple = split_scale(xa, &ka).id == split_scale(xb, &kb).id;
  if (is_multiple || (k != 0.0 && l != 0.0)) return sr_shift(add_plain(xa, xb), k + l);
  return add_plain(a, b);
}

// a - b = a + (-b), without leaving the node -b behind
sr_ex sr_sub(sr_ex a, sr_ex b)
{
  SR_ASSERT(a.g == b.g);
  double k, l, ka, kb;
  if (sr_is_const(b, &k)) return sr_shift(a, -k);
  if (sr_is_const(a, &k)) return sr_shift(sr_neg(b), k);
  const sr_ex xa = split_shift(a, &k), xb = split_shift(b, &l);
  const sr_ex ya = split_scale(xa, &ka), yb = split_scale(xb, &kb);
  if (ya.id == yb.id) return sr_shift(sr_scale(ya, ka - kb), k - l);
  if (k != 0.0 && l != 0.0) return sr_shift(sr_sub(xa, xb), k - l);
  const sr_ex za = split_scale(a, &ka), zb = split_scale(b, &kb);
  if (ka == -1.0 && kb == -1.0) return sr_node_make(a.g, SR_OP_SUB, zb.id, za.id, 0.0);
  if (kb == -1.0) return commutative(SR_OP_ADD, a, zb);
  if (ka == -1.0) return sr_neg(commutative(SR_OP_ADD, za, b));
  return sr_node_make(a.g, SR_OP_SUB, a.id, b.id, 0.0);
}

// a b;  (k a)(l b) = k l (a b),  a a = a^2,  a (1/a) = 1
sr_ex sr_mul(sr_ex a, sr_ex b)
{
  SR_ASSERT(a.g == b.g);
  double k, l;
  if (sr_is_const(a, &k)) return sr_scale(b, k);
  if (sr_is_const(b, &k)) return sr_scale(a, k);
  const sr_ex xa = split_scale(a, &k), xb = split_scale(b, &l);
  const sr_node *na = node_of(xa), *nb = node_of(xb);
  if (xa.id == xb.id) return sr_scale(sr_sq(xa), k * l);
  if ((na->op == SR_OP_INV && na->a == xb.id) || (nb->op == SR_OP_INV && nb->a == xa.id)) return sr_const(a.g, k * l);
  return sr_scale(commutative(SR_OP_MUL, xa, xb), k * l);
}

// a / b = a (1/b): the reciprocal is what the derivatives need as well
sr_ex sr_div(sr_ex a, sr_ex b)
{
  double k, l;
  if (sr_is_const(a, &k) && sr_is_const(b, &l)) return sr_const(a.g, k / l);
  if (sr_is_const(b, &l)) return sr_scale(a, 1.0 / l);
  return sr_mul(a, sr_inv(b));
}

// a^2;  (k a)^2 = k^2 a^2,  sqrt(a)^2 = a
sr_ex sr_sq(sr_ex a)
{
  double k;
  const sr_ex x = split_scale(a, &k);
  const sr_node *n = node_of(x);
  if (n->op == SR_OP_SQRT) return sr_scale((sr_ex){a.g, n->a}, k * k);
  return sr_scale(unary(SR_OP_SQ, x, 0.0), k * k);
}

// 1/a;  1/(k a) = (1/k)(1/a),  1/(1/a) = a
sr_ex sr_inv(sr_ex a)
{
  double k;
  const sr_ex x = split_scale(a, &k);
  const sr_node *n = node_of(x);
  if (n->op == SR_OP_INV) return sr_scale((sr_ex){a.g, n->a}, 1.0 / k);
  return sr_scale(unary(SR_OP_INV, x, 0.0), 1.0 / k);
}

// An even or odd function forgets or hands on the sign of its operand.
static sr_ex symmetric(sr_op op, sr_ex a, double sign)
{
  double k;
  const sr_ex x = split_scale(a, &k);
  return k < 0.0 ? sr_scale(unary(op, sr_scale(x, -k), 0.0), sign) : unary(op, a, 0.0);
}

sr_ex sr_sin(sr_ex a)
{
  return symmetric(SR_OP_SIN, a, -1.0);
}

sr_ex sr_cos(sr_ex a)
{
  return symmetric(SR_OP_COS, a, 1.0);
}

sr_ex sr_tanh(sr_ex a)
{
  return symmetric(SR_OP_TANH, a, -1.0);
}

sr_ex sr_asinh(sr_ex a)
{
  return symmetric(SR_OP_ASINH, a, -1.0);
}

sr_ex sr_atan(sr_ex a)
{
  return symmetric(SR_OP_ATAN, a, -1.0);
}

sr_ex sr_sqrt(sr_ex a)
{
  return unary(SR_OP_SQRT, a, 0.0);
}

sr_ex sr_exp(sr_ex a)
{
  return unary(SR_OP_EXP, a, 0.0);
}

sr_ex sr_log(sr_ex a)
{
  return unary(SR_OP_LOG, a, 0.0);
}

sr_ex sr_sum(const sr_ex *a, int n)
{
  SR_ASSERT(n >= 1);
  sr_ex s = a[0];
  for (int i = 1; i < n; i++) s = sr_add(s, a[i]);
  return s;
}

// (..(c_0 x + c_1) x + ..) x + c_{n-1}
sr_ex sr_poly(sr_ex x, const double *highest_first, int n)
{
  sr_ex p = sr_const(x.g, 0.0);
  for (int i = 0; i < n; i++) p = sr_shift(sr_mul(p, x), highest_first[i]);
  return p;
}
