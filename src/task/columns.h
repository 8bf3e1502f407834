// The named columns of a movement: what a gait researcher looks at, as expressions of one instant.
#ifndef SR_TASK_COLUMNS_H
#define SR_TASK_COLUMNS_H
#include "model/model.h"
#include "result/result.h"

typedef struct sr_column {
  char label[48];
  const char *unit;
  sr_ex value;
  int mirror;        // index of the same column of the other leg (itself if it has none)
  bool moves_along;  // a forward position: travels with the body from cycle to cycle
  bool is_inner;     // only metrics are made from it: it is not among the curves of a result
} sr_column;

// The columns, and where those of each thing stand (-1: nowhere).
typedef struct sr_columns {
  int n;
  sr_column *at;
  int coord[SR_MAX_COORD], moment[SR_MAX_COORD], power[SR_MAX_COORD];  // the pelvis has no moment of its own
  int activation[SR_MAX_MUSCLE], tendon_force[SR_MAX_MUSCLE], metabolic_rate[SR_MAX_MUSCLE];
  int fibre_power[SR_MAX_MUSCLE], tendon_power[SR_MAX_MUSCLE];  // > 0: gives energy to the skeleton [W]
  int ground_x[2], ground_y[2], heel_x[2];  // per leg: force under the foot; forward position of the calcaneus
} sr_columns;
// Coordinates, speeds, joint moments and powers, ground forces, every muscle, and points for stick figures.
sr_columns sr_columns_of(const sr_model *m, sr_graph *g, const sr_instant *now, const sr_physics *p, sr_arena *keep);
// One more column, where the array has room (SR_SPARE_COLUMNS of them); it is its own mirror. Returns its place.
enum { SR_SPARE_COLUMNS = 8 };
int sr_columns_append(sr_columns *c, const char *label, const char *unit, sr_ex value);
int sr_columns_find(const sr_columns *c, const char *label);  // -1 if there is none
#endif
