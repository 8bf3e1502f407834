// Inside of the tape: its instructions. For tape.c (which writes them) and tape_eval.c (which obeys them).
#ifndef SR_EXPR_TAPE_H
#define SR_EXPR_TAPE_H
#include "expr/node.h"

// An operation is a sr_op, or one of these that move values between the caller's arrays and the slots.
enum { SR_TAPE_LOAD = SR_OP_COUNT, SR_TAPE_STORE, SR_TAPE_STORE_CONST };

typedef struct sr_instr {
  int op;
  int y;     // slot that takes the value; for STORE the index of the output
  int a, b;  // slots of the operands; for LOAD, a is the index of the input
  double k;
} sr_instr;

struct sr_tape {
  int ninstr, nslot;
  const sr_instr *instr;
};
#endif
