// Static postures: one instant at rest, z = [q, act, force, trunk], as a one-point problem.
#ifndef SR_TASK_POSTURE_H
#define SR_TASK_POSTURE_H
#include "task/columns.h"
#include "task/solve.h"

// How effort is weighed where several muscles could do the same (SCIENCE D5): a claim holds if all three agree.
typedef enum sr_effort { SR_EFFORT_SQUARE, SR_EFFORT_VOLUME, SR_EFFORT_ENERGY } sr_effort;
extern const char *const sr_effort_name[3];  // "sum_a2", "sum_v_a2", "energy"

typedef struct sr_posture {
  const sr_model *model;
  sr_graph *graph;
  int nq, nm, nz, act, force, trunk;  // sizes, and offsets in z (q comes first)
  sr_ex *z;
  sr_instant now;
  sr_physics physics;
  sr_point_problem problem;  // bounds and constraints so far
  int room;
  int legs;  // that stand: bit 0 left, bit 1 right
} sr_posture;

// Equilibrium of a person who stands on these legs: force balance of every muscle and joint; the feet of the standing
// legs side by side; the lifted foot `clearance` above ground; trunk upright.
sr_posture *sr_posture_new(const sr_model *m, int legs, double clearance, sr_arena *keep);
void sr_posture_constrain(sr_posture *p, sr_ex e, const char *name, double lo, double hi, double scale);
void sr_posture_fix(sr_posture *p, const char *coord, double value);  // pins a coordinate [rad|m]
sr_ex sr_posture_effort(const sr_posture *p, sr_effort effort);
sr_ex sr_posture_ankle_x(const sr_posture *p);                               // of the standing leg(s) [m]
sr_ex sr_posture_load(const sr_posture *p);                                  // vertical force under the feet [N]
sr_ex sr_posture_pressure(const sr_posture *p);                              // sum of x Fy [N m]
sr_ex sr_posture_foot_share(const sr_posture *p, bool is_heel, sr_leg leg);  // vertical force of heel / of the rest [N]
// A start: the foot pitched up on its toes by heel_up, the body leaning forward by `lean`, knees flexed by `knee`
// [rad].
void sr_posture_guess(const sr_posture *p, double heel_up, double lean, double knee, double *z);
sr_ocp_result sr_posture_solve(const sr_posture *p, const sr_task_run *run, sr_ex cost, double *z, sr_arena *work);
// Values of expressions of the posture's graph at z.
void sr_posture_evaluate(const sr_posture *p, const double *z, const sr_ex *e, int n, double *out, sr_arena *work);
// Plantarflexion moments [N m] of one leg at z: 0 soleus, 1 gasmed, 2 gaslat, 3 all muscles that plantarflex,
// 4 what the ankle needs.
void sr_posture_ankle_moments(const sr_posture *p, const double *z, sr_leg leg, double out[5], sr_arena *work);
// One row of every column, as the curves of a static result; and the share metrics under the name of an effort.
void sr_posture_save(const sr_posture *p, const double *z, sr_task_result *r, sr_arena *keep);
void sr_posture_shares(const sr_posture *p, const double *z, sr_effort effort, sr_task_result *r, sr_arena *keep);
sr_isometric sr_posture_available(const sr_posture *p, const double *z, sr_leg leg);
#endif
