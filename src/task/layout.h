// Where the unknowns of a movement stand: x = [q, qd, act, force, trunk], u = [qdd, act_rate, force_rate, trunk drive].
#ifndef SR_TASK_LAYOUT_H
#define SR_TASK_LAYOUT_H
#include "model/model.h"

typedef struct sr_layout {
  int nq, nm;
  int q, qd, act, force, trunk, nx;          // offsets in x, and its size
  int qdd, act_rate, force_rate, drive, nu;  // offsets in u, and its size
} sr_layout;
sr_layout sr_layout_of(const sr_model *m);
// Index in x of the same state of the other leg.
int sr_layout_mirror(const sr_layout *l, const sr_model *m, int i);
#endif
