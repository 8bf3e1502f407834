// A nonlinear program that is a sum: a few functions of few unknowns (pieces), each repeated at many points (blocks),
// plus a constant linear part.
//
//   f(z) = sum_b sum_c weight_bc L_b(z_bc),      z_bc = the unknowns of point c of block b
//   g(z) = A z + sum_b sum_c P_bc (factor_b c_b(z_bc)),   P_bc sends constraint i to row[c][i]
#ifndef SR_OCP_BLOCKS_H
#define SR_OCP_BLOCKS_H
#include "expr/expr.h"
#include "nlp/nlp.h"

// Cost and constraints of one point and their derivatives, as tapes over the same inputs: the unknowns z come first,
// then the known data, if any; the multipliers of the constraints and the weight of the cost are `first`, `first` + 1,
// ...
typedef struct sr_piece {
  int nz, ncon;           // unknowns, constraints
  int ninput, first;      // inputs of the graph, first multiplier among them
  int ngrad, njac, nhes;  // structural nonzeros; those of the Hessian of weight L + sum mult_i c_i, lower triangle
  int *grad_col, *jac_row, *jac_col, *hes_row, *hes_col;
  const sr_tape *cost, *con, *grad, *jac, *hes;  // NULL where there is nothing to compute
} sr_piece;
// Adds the multipliers as new inputs to the graph of `cost`, whose inputs so far are the unknowns, known data and,
// possibly, multipliers of earlier pieces (nz tells).
const sr_piece *sr_piece_new(sr_ex cost, int nz, const sr_ex *con, int ncon, sr_arena *keep);

typedef struct sr_block {
  const sr_piece *piece;
  int npoint, nd;        // points; known data of each
  int *var;              // (npoint * nz)     variable of each unknown; no variable twice within a point
  int *row;              // (npoint * ncon)   constraint row of each constraint
  double *weight;        // (npoint)          of the cost
  double *factor;        // (ncon)            of the constraints
  int *jac_at, *hes_at;  // (npoint * njac) (npoint * nhes)   place of each entry in the merged structure
} sr_block;
sr_block sr_block_new(const sr_piece *piece, int npoint, sr_arena *keep);  // weight and factor one, maps zero

typedef struct sr_linear {  // one entry of A
  int row, col;
  double value;
} sr_linear;

typedef struct sr_blocks {
  int nvar, ncon, nblock;
  sr_block *block;
  int njac, nhes;
  int *jac_row, *jac_col, *hes_row, *hes_col;  // merged: no place twice, sorted by row and then column
  int nlinear;
  sr_linear *linear;   // (nlinear)
  double *jac_linear;  // (njac) values of A in the merged structure
} sr_blocks;
// Builds the merged structure once nvar, ncon, the blocks and the linear part are set.
void sr_blocks_link(sr_blocks *b, sr_arena *keep);

// Blocks with the scratch to evaluate them: the `self` of the program.
typedef struct sr_blocks_eval {
  const sr_blocks *b;
  const double *data;  // (npoint * nd) of the block that has known data (one at most)
  int nlane;           // batches that may be evaluated side by side, each in its part of the scratch
  size_t nin, nout, nscratch;
  double *in, *out, *scratch;  // (nlane * nin) (nlane * nout) (nlane * nscratch)
} sr_blocks_eval;
sr_blocks_eval sr_blocks_eval_new(const sr_blocks *b, sr_arena *work);
double sr_block_cost(sr_blocks_eval *e, const sr_block *b, const double *z);  // one block's part of f
void sr_blocks_constraints(sr_blocks_eval *e, const double *z, double *g);
// The program with its structure and functions; bounds and scales are left to the caller.
sr_nlp sr_blocks_nlp(sr_blocks_eval *e);
#endif
