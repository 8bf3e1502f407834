// Inside of the expression graph: the table of operations and the nodes. For the files of this folder only.
#ifndef SR_EXPR_NODE_H
#define SR_EXPR_NODE_H
#include "expr/expr.h"

// clang-format off
// One row per operation of one operand: name, y = f(a), d = dy/da, d2y/da2. `k` is the constant of the node;
// value is a C expression, the derivatives are expressions of the graph in a, y, d and k.
#define SR_EXPR_UNARY(ROW)                                                                                    \
  ROW(SCALE, k * a, sr_const(g, k), sr_const(g, 0.0))                                                          \
  ROW(SHIFT, a + k, sr_const(g, 1.0), sr_const(g, 0.0))                                                       \
  ROW(SQ, a * a, sr_scale(a, 2.0), sr_const(g, 2.0))                                                           \
  ROW(INV, 1.0 / a, sr_neg(sr_sq(y)), sr_scale(sr_mul(d, y), -2.0))                                           \
  ROW(SQRT, sqrt(a), sr_scale(sr_inv(y), 0.5), sr_scale(sr_mul(sr_sq(d), d), -2.0))                           \
  ROW(EXP, exp(a), y, y)                                                                                      \
  ROW(LOG, log(a), sr_inv(a), sr_neg(sr_sq(d)))                                                               \
  ROW(SIN, sin(a), sr_cos(a), sr_neg(y))                                                                      \
  ROW(COS, cos(a), sr_neg(sr_sin(a)), sr_neg(y))                                                              \
  ROW(TANH, tanh(a), sr_shift(sr_neg(sr_sq(y)), 1.0), sr_scale(sr_mul(y, d), -2.0))                           \
  ROW(ASINH, asinh(a), sr_inv(sr_sqrt(sr_shift(sr_sq(a), 1.0))), sr_neg(sr_mul(a, sr_mul(sr_sq(d), d))))      \
  ROW(ATAN, atan(a), sr_inv(sr_shift(sr_sq(a), 1.0)), sr_scale(sr_mul(a, sr_sq(d)), -2.0))

// One row per operation of two operands: name, y = f(a, b), dy/da, dy/db, d2y/dadb (d2y/da2 = d2y/db2 = 0).
#define SR_EXPR_BINARY(ROW)                                                            \
  ROW(ADD, a + b, sr_const(g, 1.0), sr_const(g, 1.0), sr_const(g, 0.0))                \
  ROW(SUB, a - b, sr_const(g, 1.0), sr_const(g, -1.0), sr_const(g, 0.0))               \
  ROW(MUL, a * b, b, a, sr_const(g, 1.0))
// clang-format on

#define SR_EXPR_OP1(name, value, d, dd) SR_OP_##name,
#define SR_EXPR_OP2(name, value, da, db, dab) SR_OP_##name,
typedef enum sr_op {
  SR_OP_INPUT,
  SR_OP_CONST,
  SR_EXPR_UNARY(SR_EXPR_OP1) SR_EXPR_BINARY(SR_EXPR_OP2) SR_OP_COUNT
} sr_op;
#undef SR_EXPR_OP1
#undef SR_EXPR_OP2

// A node; its operands have smaller numbers, so that the order of creation is an order of evaluation.
typedef struct sr_node {
  sr_op op;
  int a, b;  // operands, -1 where there is none; for an input, a is its index
  double k;  // constant of CONST, SCALE, SHIFT; 0 otherwise
} sr_node;

struct sr_graph {
  sr_arena *keep;
  int nnode, room;
  sr_node *node;  // (nnode)
  int ninput, input_room;
  int *input;  // (ninput) node of each input
  int ntable;  // a power of two > 2 nnode
  int *table;  // open addressing: node + 1, 0 = free
};

static inline int sr_operand_count(const sr_node *n)
{
  return n->op == SR_OP_INPUT ? 0 : (n->a >= 0) + (n->b >= 0);
}

// The node with these contents, found or made. Folding is the caller's part.
sr_ex sr_node_make(sr_graph *g, sr_op op, int a, int b, double k);
// First derivative of node y with respect to its operand (0 or 1), and the one second derivative that may differ
// from zero: d2y/da2 of one operand, d2y/dadb of two.
sr_ex sr_node_slope(sr_ex y, int operand);
sr_ex sr_node_curvature(sr_ex y);
// Value of one operation, for folding constants: the very expression that the tape evaluates.
double sr_op_value(sr_op op, double a, double b, double k);

// The nodes that some expressions need, in an order of evaluation (each after its operands).
typedef struct sr_live {
  int n;
  int *id;  // (n) node
  int *at;  // (nodes of the graph) place in id + 1, 0 = not needed
} sr_live;
sr_live sr_live_find(const sr_graph *g, const sr_ex *out, int nout, sr_arena *work);
// (live) true for what depends on one of the first `ninput` inputs.
bool *sr_live_active(const sr_graph *g, const sr_live *live, int ninput, sr_arena *work);
// (live) bar_v = df/dv of the last live node f, by the reverse sweep over the active nodes:
//   bar_w = sum over uses v of w of bar_v (dv/dw)
sr_ex *sr_live_adjoints(sr_graph *g, const sr_live *live, const bool *is_active, sr_arena *work);
#endif
