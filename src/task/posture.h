// Static postures: one instant at rest, z = [q, act, force, trunk, missing], as a one-point problem.
#ifndef SR_TASK_POSTURE_H
#define SR_TASK_POSTURE_H
#include "task/columns.h"
#include "task/solve.h"

// How effort is weighed where several muscles could do the same: a claim holds if all three agree.
typedef enum sr_effort { SR_EFFORT_SQUARE, SR_EFFORT_VOLUME, SR_EFFORT_ENERGY } sr_effort;
extern const char *const sr_effort_name[3];  // "sum_a2", "sum_v_a2", "energy"

typedef struct sr_posture {
  const sr_model *model;
  sr_graph *graph;
  int nq, nm, nz;                  // sizes
  int act, force, trunk, missing;  // offsets in z (q comes first); missing: two per coordinate, of either sign
  sr_ex *z;
  sr_instant now;
  sr_physics physics;
  sr_point_problem problem;  // bounds and constraints so far
  int room;
  int legs;       // that stand: bit 0 left, bit 1 right
  bool is_alike;  // both legs stand and are equal, so both do the same
} sr_posture;

// The unknowns, their bounds, the force balance of every muscle and the balance about the subtalar axes.
sr_posture *sr_posture_at_rest(const sr_model *m, int legs, sr_arena *keep);
// That, and the equilibrium of a person who stands on these legs: pelvis and trunk upright, the feet of the standing
// legs side by side; a lifted leg hangs from a raised thigh, its foot `clearance` above ground.
sr_posture *sr_posture_new(const sr_model *m, int legs, double clearance, sr_arena *keep);
void sr_posture_constrain(sr_posture *p, sr_ex e, const char *name, double lo, double hi, double scale);
void sr_posture_fix(sr_posture *p, const char *coord, double value);  // pins a coordinate [rad|m]
void sr_posture_bend_knees(sr_posture *p, double flexion);            // of the standing legs [rad]; frees the trunk
// Torque from outside at every joint of the legs, at most `most` [N m], none unless asked for. A posture in which some
// is missing, although a high price is set on it, is impossible.
void sr_posture_allow_missing(sr_posture *p, double most);
sr_ex sr_posture_price_of_missing(const sr_posture *p);
typedef struct sr_missing {
  double total;       // [N m]
  const char *coord;  // where most of it is missing
} sr_missing;
sr_missing sr_posture_missing(const sr_posture *p, const double *z);
extern const double sr_missing_least;  // [N m] below this nothing is missing

bool sr_posture_stands_on(const sr_posture *p, int leg);
bool sr_posture_decides(const sr_posture *p, int leg);  // stands, and does not merely repeat the other leg
int sr_posture_coord(const sr_posture *p, const char *format, sr_leg leg);  // "ankle_angle_%s"
sr_ex sr_posture_effort(const sr_posture *p, sr_effort effort);
sr_ex sr_posture_ankle_x(const sr_posture *p);                               // of the standing leg(s) [m]
sr_ex sr_posture_load(const sr_posture *p);                                  // vertical force under the feet [N]
sr_ex sr_posture_pressure(const sr_posture *p);                              // sum of x Fy [N m]
sr_ex sr_posture_foot_share(const sr_posture *p, bool is_heel, sr_leg leg);  // vertical force of heel / of the rest [N]

// A start: the heels up by a foot pitch of heel_up, knees flexed [rad]; the feet carry the weight, the centre of mass
// lies `ahead` of the ankle [m] (over the pressure where the heel is up), every muscle at activation 0.1 in balance.
void sr_posture_start(const sr_posture *p, double heel_up, double ahead, double knee, double *z);
sr_ocp_result sr_posture_solve(const sr_posture *p, const sr_task_run *run, sr_ex cost, double *z, sr_arena *work);
// The posture of least effort from a start that may be infeasible, plus `other` costs. Energy is concave in
// activation, so its optimum is sought from several sharings between the muscles, and the best is kept.
sr_ocp_result sr_posture_least(const sr_posture *p, const sr_task_run *run, sr_effort effort, sr_ex other, double *z,
                               int *iterations, sr_arena *work);
// Values of expressions of the posture's graph at z.
void sr_posture_evaluate(const sr_posture *p, const double *z, const sr_ex *e, int n, double *out, sr_arena *work);
double sr_posture_value(const sr_posture *p, const double *z, sr_ex e);

// Plantarflexion moments of one leg at z [N m].
typedef struct sr_ankle_moments {
  double soleus, gasmed, gaslat;
  double flexors;  // of all muscles that plantarflex
  double need;     // what muscles must give to hold the posture, antagonists deducted
} sr_ankle_moments;
sr_ankle_moments sr_posture_ankle_moments(const sr_posture *p, const double *z, sr_leg leg, sr_arena *work);
// The greatest torque of one leg at the angles of z.
sr_isometric sr_posture_available(const sr_posture *p, const double *z, sr_leg leg);
// One row of every column, as the curves of a static result; the share metrics under the name of an effort; and in
// words what is at its bound.
void sr_posture_save(const sr_posture *p, const double *z, sr_task_result *r, sr_arena *keep);
void sr_posture_shares(const sr_posture *p, const double *z, sr_effort effort, sr_task_result *r, sr_arena *keep);
void sr_posture_limits(const sr_posture *p, const double *z, const char *what, sr_task_result *r, sr_arena *keep);
#endif
