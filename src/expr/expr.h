// Expressions: physics is written once as a graph of these; derivatives and sparsity come from the graph.
//
// A graph holds inputs x_0 .. x_{n-1}, constants and operations, hash-consed (equal subexpressions are one node)
// and folded on the way in (constants, x+0, x*1, x*0, -(-x), ...): what a planar model does not need vanishes.
#ifndef SR_EXPR_EXPR_H
#define SR_EXPR_EXPR_H
#include <stdbool.h>

#include "base/arena.h"

typedef struct sr_graph sr_graph;
// One scalar expression; a small value, copied freely. Two handles are the same expression iff g and id agree.
typedef struct sr_ex {
  sr_graph *g;
  int id;
} sr_ex;

sr_graph *sr_graph_new(sr_arena *keep);
int sr_graph_inputs(const sr_graph *g);  // number of inputs so far
int sr_graph_nodes(const sr_graph *g);   // number of nodes so far (for statistics)

sr_ex sr_input(sr_graph *g);  // a new input; its index is the order of creation
sr_ex sr_const(sr_graph *g, double value);
bool sr_is_const(sr_ex a, double *value);  // true if folded to a number; value may be NULL
bool sr_is_zero(sr_ex a);

sr_ex sr_add(sr_ex a, sr_ex b);
sr_ex sr_sub(sr_ex a, sr_ex b);
sr_ex sr_mul(sr_ex a, sr_ex b);
sr_ex sr_div(sr_ex a, sr_ex b);
sr_ex sr_neg(sr_ex a);
sr_ex sr_scale(sr_ex a, double k);  // k a
sr_ex sr_shift(sr_ex a, double k);  // a + k
sr_ex sr_sq(sr_ex a);               // a^2
sr_ex sr_inv(sr_ex a);              // 1/a
sr_ex sr_sqrt(sr_ex a);
sr_ex sr_exp(sr_ex a);
sr_ex sr_log(sr_ex a);
sr_ex sr_sin(sr_ex a);
sr_ex sr_cos(sr_ex a);
sr_ex sr_tanh(sr_ex a);
sr_ex sr_asinh(sr_ex a);
sr_ex sr_atan(sr_ex a);
sr_ex sr_sum(const sr_ex *a, int n);                         // n >= 1
sr_ex sr_poly(sr_ex x, const double *highest_first, int n);  // Horner, n coefficients

// A sparse matrix of expressions, entries sorted by row and then column.
typedef struct sr_entry {
  int row, col;
  sr_ex value;
} sr_entry;
typedef struct sr_sparse {
  int nrow, ncol, nnz;
  sr_entry *at;  // (nnz)
} sr_sparse;

// d out[row] / d input[col] for every input of the graph, structurally nonzero entries only.
// Vertex elimination in Markowitz order on the linearised graph (Griewank & Walther 2008, ch. 9-10).
sr_sparse sr_jacobian(sr_graph *g, const sr_ex *out, int nout, sr_arena *keep);
// Gradient of one expression with respect to given expressions that are inputs, by the reverse sweep: grad (n).
void sr_gradient(sr_ex f, const sr_ex *input, int n, sr_ex *grad);
// Lower triangle (row >= col) of d2 f / d input d input.
sr_sparse sr_hessian(sr_ex f, sr_arena *keep);
// The same for the first `ninput` inputs alone; the later ones (multipliers, weights) count as constants.
sr_sparse sr_hessian_first(sr_ex f, int ninput, sr_arena *keep);
// Directional derivative sum_i d f/d input_i * direction_i, e.g. a speed from positions and their rates.
sr_ex sr_directional(sr_ex f, const sr_ex *input, const sr_ex *direction, int n);

// A tape: the instructions that give some expressions from the inputs, for a batch of points at once.
enum { SR_BATCH = 32 };
typedef struct sr_tape sr_tape;
const sr_tape *sr_tape_new(const sr_graph *g, const sr_ex *out, int nout, sr_arena *keep);
int sr_tape_length(const sr_tape *t);   // instructions
size_t sr_tape_work(const sr_tape *t);  // doubles of scratch that sr_tape_eval needs
// in [ninput][stride], out [nout][stride]: row i holds the values of input i at every point (npoint <= stride).
// Same bits for any npoint and any split of the points into calls.
void sr_tape_eval(const sr_tape *t, int npoint, int stride, const double *in, double *out, double *work);
// One point: in (ninput), out (nout).
void sr_tape_eval1(const sr_tape *t, const double *in, double *out, double *work);
#endif
