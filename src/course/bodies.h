// The movements of an epoch by other bodies like this one: bands, and how many of them can still do it.
#ifndef SR_COURSE_BODIES_H
#define SR_COURSE_BODIES_H
#include "course/search.h"
#include "load/bodies.h"

// An epoch with the body that it was solved for.
typedef struct sr_seat {
  sr_epoch *epoch;
  sr_model body;
  sr_answer *answer;     // (epoch->ntask)
  sr_solution *habit;    // (epoch->ntask) what was used to, and
  double *habit_weight;  // (epoch->ntask) how much that still counts
} sr_seat;

// Solves every task of every epoch for at least so many bodies (data/bodies.toml), each from the answer of the epoch,
// and writes into the epochs' results how many can do it and the bands of their metrics. Movements that were not found
// for a body count as not possible, without proof.
void sr_bodies_fill(sr_search *s, const sr_body_table *table, const sr_task *task, const sr_seat *seat, int nseat,
                    int bodies, long seed);
#endif
