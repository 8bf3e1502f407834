// A movement as an optimal control problem: the unknowns of the body with their bounds, its equations, and room for
// what each movement adds: constraints along the way and at the ends, and the parts of its cost (docs/theory/task.md).
#ifndef SR_TASK_MOVEMENT_H
#define SR_TASK_MOVEMENT_H
#include "load/weights.h"
#include "ocp/ocp.h"
#include "task/layout.h"

enum { SR_MOVEMENT_COSTS = 12 };

typedef struct sr_movement {
  const sr_model *model;
  sr_layout layout;
  sr_ocp ocp;  // p[0]: duration [s]
  // the point graph's inputs, x, u, p and known data, and where the last two begin ...
  sr_ex *input;
  const sr_ex *par, *known;
  // ... and those of the graph of both ends
  const sr_ex *x0, *x1, *end_par;
  sr_instant now;
  sr_physics physics;
  // Parts of the running cost, which is their sum, in the order in which they were added.
  int ncost;
  const char *cost_name[SR_MOVEMENT_COSTS];
  sr_ex cost[SR_MOVEMENT_COSTS];
  // The activations that one is used to, as a solution of the same layout: known data at every point where ocp.nd > 0.
  const sr_traj *habit;
  const sr_transcription **transcribed;  // the last one of it, for its derivatives; it lives as long as the movement
  int path_room, end_room;
} sr_movement;

// States, controls and np parameters with wide bounds, none of them a measured curve; the dynamics, the equations of
// motion, the muscles' force balance and activation dynamics, and the balance about the locked subtalar axes.
// rest: activation of a muscle at rest [-]. nd: known data of a point.
sr_movement *sr_movement_new(const sr_model *m, double rest, int np, int nd, sr_arena *keep);
// lo <= e <= hi at every point (e in ocp.point), and at the ends (e in ocp.ends).
void sr_movement_path(sr_movement *p, sr_ex e, const char *name, double lo, double hi, double scale);
void sr_movement_end(sr_movement *p, sr_ex e, const char *name, double lo, double hi, double scale);
// Row of the path constraints in which a muscle's force balance stands; the equations of motion are the first.
int sr_movement_balance_row(const sr_movement *p, int muscle);
// One more part of the running cost.
void sr_movement_cost(sr_movement *p, const char *name, sr_ex e);
// What every movement pays for, each part over `per`:
//   energy        w_E sum_k E_k^2 / (n M)           E_k metabolic rate [W], M body mass
//   activation    w_a sum_k a_k^p / n
//   acceleration  w_q sum_j (qdd_j / 100)^2 / nq    joints and pelvis tilt; translations / 20
//   limit         w_l sum_j tau_limit_j^2 / nq
//   trunk         w_t a_trunk^2
//   smooth        w_s sum_k ((act_rate_k/100)^2 + (force_rate_k/100)^2) / n
void sr_movement_effort(sr_movement *p, const sr_effort_weights *w, sr_ex per);
#endif
