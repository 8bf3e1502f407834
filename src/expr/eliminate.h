// Vertex elimination on the linearised graph, shared by Jacobian and Hessian. For the files of this folder only.
#ifndef SR_EXPR_ELIMINATE_H
#define SR_EXPR_ELIMINATE_H
#include "expr/node.h"

// A growing list of the links of one vertex; links that are gone stay until the list is next walked.
typedef struct sr_links {
  int n, room;
  int *link;
} sr_links;

// An edge u -> v with the value dv/du, or a pair {u, v} with the value W_uv.
typedef struct sr_link {
  int u, v;
  int value;  // node of the expression, -1 when the link is gone
} sr_link;

typedef struct sr_vertex {
  bool is_kept;  // input or output: never eliminated
  int input;     // index of the input, -1 for others
  sr_links in, out, pair;
  int nin, nout, npair;  // links that are there
  int self;              // W_vv, -1 if zero
} sr_vertex;

typedef struct sr_linear {
  sr_graph *g;
  sr_arena *work;
  int nvertex;
  sr_vertex *vertex;
  int nlink, link_room;
  sr_link *link;
  int *place;  // (nvertex) scratch: link to a neighbour + 1, else 0
} sr_linear;

// Vertices for the live nodes that depend on one of the first `ninput` inputs, plus `nextra` kept ones behind them;
// edges carry the slopes. is_active (live) tells which nodes are in.
sr_linear sr_linear_new(sr_graph *g, const sr_live *live, const bool *is_active, int nextra, sr_arena *work);
void sr_linear_edge(sr_linear *l, int u, int v, sr_ex value);  // adds to dv/du
void sr_linear_pair(sr_linear *l, int u, int v, sr_ex value);  // adds to W_uv = W_vu
void sr_linear_eliminate(sr_linear *l);                        // leaves links between kept vertices only
#endif
