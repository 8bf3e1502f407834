// Storage of the graph: nodes, hash-consing, and what is needed of it.
#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "expr/node.h"

enum { FIRST_ROOM = 256 };

sr_graph *sr_graph_new(sr_arena *keep)
{
  sr_graph *g = sr_alloc(keep, sr_graph, 1);
  g->keep = keep;
  return g;
}

int sr_graph_inputs(const sr_graph *g)
{
  return g->ninput;
}

int sr_graph_nodes(const sr_graph *g)
{
  return g->nnode;
}

// Mixes the contents of a node into 64 bits (multiply and xor-shift, as in the finaliser of MurmurHash3).
static uint64_t hash(const sr_node *n)
{
  uint64_t bits, h = (uint64_t)(unsigned)n->op;
  memcpy(&bits, &n->k, sizeof bits);
  h = h * 0x9e3779b97f4a7c15u + (uint64_t)(unsigned)n->a;
  h = h * 0x9e3779b97f4a7c15u + (uint64_t)(unsigned)n->b;
  h = (h ^ (h >> 32)) * 0x9e3779b97f4a7c15u + bits;
  h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdu;
  h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53u;
  return h ^ (h >> 33);
}

// Constants are compared by their bits, so that a NaN is equal to itself.
static bool is_same(const sr_node *x, const sr_node *y)
{
  return x->op == y->op && x->a == y->a && x->b == y->b && memcmp(&x->k, &y->k, sizeof x->k) == 0;
}

// Place of the table that holds this node, or the free one where it belongs.
static int *find_place(const sr_graph *g, const sr_node *n)
{
  const uint64_t mask = (uint64_t)g->ntable - 1;
  uint64_t i = hash(n) & mask;
  while (g->table[i] != 0 && !is_same(&g->node[g->table[i] - 1], n)) i = (i + 1) & mask;
  return &g->table[i];
}

// Doubles the room for nodes and fills a new table. The old memory stays in the arena: at most twice the final size.
static void grow(sr_graph *g)
{
  const int room = g->room ? 2 * g->room : FIRST_ROOM;
  SR_ASSERT(room <= INT32_MAX / 8);
  sr_node *node = sr_alloc(g->keep, sr_node, room);
  if (g->nnode > 0) memcpy(node, g->node, (size_t)g->nnode * sizeof *node);
  g->node = node;
  g->room = room;
  g->ntable = 4 * room;
  g->table = sr_alloc(g->keep, int, g->ntable);
  for (int i = 0; i < g->nnode; i++) *find_place(g, &node[i]) = i + 1;
}

sr_ex sr_node_make(sr_graph *g, sr_op op, int a, int b, double k)
{
  if (g->nnode == g->room) grow(g);
  const sr_node n = {.op = op, .a = a, .b = b, .k = k};
  int *place = find_place(g, &n);
  if (*place == 0) {
    g->node[g->nnode++] = n;
    *place = g->nnode;
  }
  return (sr_ex){.g = g, .id = *place - 1};
}

sr_ex sr_input(sr_graph *g)
{
  if (g->ninput == g->input_room) {
    g->input_room = g->input_room ? 2 * g->input_room : FIRST_ROOM;
    int *input = sr_alloc(g->keep, int, g->input_room);
    if (g->ninput > 0) memcpy(input, g->input, (size_t)g->ninput * sizeof *input);
    g->input = input;
  }
  const sr_ex x = sr_node_make(g, SR_OP_INPUT, g->ninput, -1, 0.0);
  g->input[g->ninput++] = x.id;
  return x;
}

// The stack of this depth-first search is a path of the graph; a node is listed when all its operands are.
sr_live sr_live_find(const sr_graph *g, const sr_ex *out, int nout, sr_arena *work)
{
  sr_live live = {.at = sr_alloc(work, int, g->nnode), .id = sr_alloc(work, int, g->nnode)};
  int *stack = sr_alloc(work, int, g->nnode);
  for (int i = 0; i < nout; i++) {
    SR_ASSERT(out[i].g == g && out[i].id < g->nnode);
    int depth = 0;
    if (live.at[out[i].id] == 0) stack[depth++] = out[i].id;
    while (depth > 0) {
      const int id = stack[depth - 1];
      const sr_node *n = &g->node[id];
      const int noperand = sr_operand_count(n);
      if (noperand > 0 && live.at[n->a] == 0) {
        stack[depth++] = n->a;
      } else if (noperand > 1 && live.at[n->b] == 0) {
        stack[depth++] = n->b;
      } else {
        live.id[live.n++] = id;
        live.at[id] = live.n;
        depth--;
      }
    }
  }
  return live;
}
