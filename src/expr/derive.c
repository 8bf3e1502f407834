// First derivatives along a direction (forward sweep) and of one expression (reverse sweep).
#include "base/error.h"
#include "expr/node.h"

// dy/da and dy/db, by the table of operations; the arguments of a row are the node's own quantities.
sr_ex sr_node_slope(sr_ex y, int operand)
{
  sr_graph *g = y.g;
  const sr_node n = g->node[y.id];
  const sr_ex a = {g, n.a}, b = {g, n.b};
  const double k = n.k;
  switch (n.op) {
#define ROW1(name, value, d, dd) \
  case SR_OP_##name:             \
    return d;
#define ROW2(name, value, da, db, dab) \
  case SR_OP_##name:                   \
    return operand == 0 ? da : db;
    SR_EXPR_UNARY(ROW1)
    SR_EXPR_BINARY(ROW2)
#undef ROW1
#undef ROW2
    case SR_OP_INPUT:
    case SR_OP_CONST:
    case SR_OP_COUNT:
      break;
  }
  return sr_const(g, 0.0);
}

sr_ex sr_node_curvature(sr_ex y)
{
  sr_graph *g = y.g;
  const sr_node n = g->node[y.id];
  if (n.op == SR_OP_INPUT || n.op == SR_OP_CONST) return sr_const(g, 0.0);
  const sr_ex a = {g, n.a}, d = sr_node_slope(y, 0);
  switch (n.op) {
#define ROW1(name, value, d1, dd) \
  case SR_OP_##name:              \
    return dd;
#define ROW2(name, value, da, db, dab) \
  case SR_OP_##name:                   \
    return dab;
    SR_EXPR_UNARY(ROW1)
    SR_EXPR_BINARY(ROW2)
#undef ROW1
#undef ROW2
    case SR_OP_INPUT:
    case SR_OP_CONST:
    case SR_OP_COUNT:
      break;
  }
  return sr_const(a.g, 0.0);
}

// y += k x, where nothing is built for a zero
static void accumulate(sr_ex *y, sr_ex k, sr_ex x)
{
  if (!sr_is_zero(k) && !sr_is_zero(x)) *y = sr_add(*y, sr_mul(k, x));
}

// dot_v = sum over operands w of (dv/dw) dot_w, from the inputs up; an input that is not given does not move.
sr_ex sr_directional(sr_ex f, const sr_ex *input, const sr_ex *direction, int n)
{
  sr_graph *g = f.g;
  const sr_ex zero = sr_const(g, 0.0);
  sr_arena *work = sr_arena_new();
  const sr_live live = sr_live_find(g, &f, 1, work);
  sr_ex *dot = sr_alloc(work, sr_ex, live.n);
  for (int i = 0; i < live.n; i++) dot[i] = zero;
  for (int i = 0; i < n; i++) {
    SR_ASSERT(input[i].g == g && direction[i].g == g && g->node[input[i].id].op == SR_OP_INPUT);
    if (live.at[input[i].id] > 0) dot[live.at[input[i].id] - 1] = direction[i];
  }
  for (int i = 0; i < live.n; i++) {
    const sr_ex v = {g, live.id[i]};
    const sr_node node = g->node[v.id];
    const int operand[2] = {node.a, node.b};
    for (int o = 0; o < sr_operand_count(&node); o++) {
      const sr_ex w = dot[live.at[operand[o]] - 1];
      if (!sr_is_zero(w)) accumulate(&dot[i], sr_node_slope(v, o), w);
    }
  }
  const sr_ex answer = dot[live.n - 1];
  sr_arena_free(work);
  return answer;
}

bool *sr_live_active(const sr_graph *g, const sr_live *live, int ninput, sr_arena *work)
{
  bool *is_active = sr_alloc(work, bool, live->n + 1);
  for (int i = 0; i < live->n; i++) {
    const sr_node *node = &g->node[live->id[i]];
    const int noperand = sr_operand_count(node);
    if (node->op == SR_OP_INPUT) is_active[i] = node->a < ninput;
    if (noperand > 0) is_active[i] = is_active[live->at[node->a] - 1];
    if (noperand > 1) is_active[i] = is_active[i] || is_active[live->at[node->b] - 1];
  }
  return is_active;
}

sr_ex *sr_live_adjoints(sr_graph *g, const sr_live *live, const bool *is_active, sr_arena *work)
{
  sr_ex *bar = sr_alloc(work, sr_ex, live->n);
  for (int i = 0; i < live->n - 1; i++) bar[i] = sr_const(g, 0.0);
  bar[live->n - 1] = sr_const(g, 1.0);
  for (int i = live->n - 1; i >= 0; i--) {
    const sr_ex v = {g, live->id[i]};
    const sr_node node = g->node[v.id];
    const int operand[2] = {node.a, node.b};
    if (!is_active[i] || sr_is_zero(bar[i])) continue;
    for (int o = 0; o < sr_operand_count(&node); o++) {
      const int w = live->at[operand[o]] - 1;
      if (is_active[w]) accumulate(&bar[w], bar[i], sr_node_slope(v, o));
    }
  }
  return bar;
}

void sr_gradient(sr_ex f, const sr_ex *input, int n, sr_ex *grad)
{
  sr_graph *g = f.g;
  sr_arena *work = sr_arena_new();
  const sr_live live = sr_live_find(g, &f, 1, work);
  const bool *is_active = sr_live_active(g, &live, g->ninput, work);
  const sr_ex *bar = sr_live_adjoints(g, &live, is_active, work);
  for (int i = 0; i < n; i++) {
    SR_ASSERT(input[i].g == g && g->node[input[i].id].op == SR_OP_INPUT);
    const int place = live.at[input[i].id];
    grad[i] = place > 0 ? bar[place - 1] : sr_const(g, 0.0);
  }
  sr_arena_free(work);
}
