// How long a movement that repeats itself can go on: every muscle tires by what it does in a cycle (muscle/fatigue.h).
#ifndef SR_TASK_ENDURANCE_H
#define SR_TASK_ENDURANCE_H
#include "load/weights.h"
#include "model/model.h"

// The state of every muscle: what its pools hold, over what it can do fresh (its innervated share is that already).
typedef struct sr_tiring {
  const sr_model *model;
  const sr_weights *weights;
  bool never[SR_MAX_MUSCLE];  // does not tire: not what is looked at
  sr_pools pool[SR_MAX_MUSCLE];
} sr_tiring;
sr_tiring sr_tiring_fresh(const sr_model *m, const sr_weights *w);
// One cycle: activations act (nrow * nmuscle), each row for seconds / nrow.
void sr_tiring_cycle(sr_tiring *t, const double *act, int nrow, double seconds);
// The innervated muscle of which least is left; -1 if there is none.
int sr_tiring_weakest(const sr_tiring *t);
// The largest share of fresh strength that a muscle has lost from one state to another.
double sr_tiring_lost(const sr_tiring *from, const sr_tiring *to);
// The body as it is: no muscle can be more active than what is left of it.
sr_model *sr_tiring_model(const sr_tiring *t, sr_arena *keep);

// A cycle whose activations stay as they are is over when a muscle has less left than it is asked for. Nobody shares
// the load anew here: that lasts longer.
typedef struct sr_endurance {
  double cycles, seconds;  // done, whole cycles; infinite if nothing ends it before `most` cycles
  int muscle;              // that ends it, -1 if none
} sr_endurance;
sr_endurance sr_endurance_of(const sr_model *m, const sr_weights *w, const double *act, int nrow, double seconds,
                             int most);
#endif
