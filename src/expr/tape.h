// Inside of the tape: its instructions. For tape.c (which writes them) and tape_eval.c (which obeys them).
#ifndef SR_EXPR_TAPE_H
#define SR_EXPR_TAPE_H
#include "expr/node.h"

// A product that only one sum wants is made together with the sum, both rounded as if they stood alone:
// name, operation of the product, operation of the sum, place of the product in the sum (-1: either), y = f(a, b, c).
// clang-format off
#define SR_TAPE_FUSED(ROW)                         \
  ROW(MUL_ADD, MUL, ADD, -1, a * b + c)          \
  ROW(MUL_SUB, MUL, SUB, 0, a * b - c)          \
  ROW(SUB_MUL, MUL, SUB, 1, c - a * b)         \
  ROW(SCALE_ADD, SCALE, ADD, -1, k * a + c)      \
  ROW(SCALE_SUB, SCALE, SUB, 0, k * a - c)      \
  ROW(SUB_SCALE, SCALE, SUB, 1, c - k * a)
// clang-format on

// An operation is a sr_op, a fused one, or one that moves values between the caller's arrays and the slots.
#define SR_TAPE_NAME(name, product, sum, place, value) SR_TAPE_##name,
enum {
  SR_TAPE_LAST_SINGLE = SR_OP_COUNT - 1,
  SR_TAPE_FUSED(SR_TAPE_NAME) SR_TAPE_LOAD,
  SR_TAPE_STORE,
  SR_TAPE_STORE_CONST
};
#undef SR_TAPE_NAME

typedef struct sr_instr {
  int op;
  int y;        // slot that takes the value; for STORE the index of the output
  int a, b, c;  // slots of the operands; for LOAD, a is the index of the input
  double k;
} sr_instr;

struct sr_tape {
  int ninstr, nslot;
  const sr_instr *instr;
};
#endif
