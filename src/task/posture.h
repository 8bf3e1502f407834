// Static postures: one instant at rest, z = [q, act, force, trunk, missing, slide], as a one-point problem.
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
  int nq, nm, nz;                         // sizes
  int act, force, trunk, missing, slide;  // offsets in z (q comes first); missing: two per coordinate, of either sign;
                                          // slide: forward speed of the pelvis [m/s], 0 at rest
  sr_ex *z;
  sr_instant now;
  sr_physics physics;
  sr_point_problem problem;  // bounds and constraints so far
  int room;
  sr_static_weights weights;
  int legs;       // that stand: bit 0 left, bit 1 right
  bool is_alike;  // both legs stand and are equal, so both do the same
} sr_posture;

// A posture may be passed through, slowly: speeds of the coordinates and rates of tendon force over f_max; no inertia.
// That of pelvis_tx is not read: how fast the body is carried forward is an unknown, at which friction is in balance.
typedef struct sr_posture_motion {
  const double *qd, *force_rate;  // (nq) (nm), NULL at rest
} sr_posture_motion;

// The unknowns, their bounds, the force balance of every muscle and the balance about the subtalar axes.
sr_posture *sr_posture_at_rest(const sr_model *m, const sr_static_weights *w, int legs, sr_arena *keep);
// That, and the equilibrium of a person who stands on these legs: pelvis and trunk upright, the feet of the standing
// legs side by side, a lifted foot off the ground, its leg where it can be.
sr_posture *sr_posture_new(const sr_model *m, const sr_static_weights *w, int legs, sr_arena *keep);
// The same at one instant of a movement.
sr_posture *sr_posture_passed(const sr_model *m, const sr_static_weights *w, int legs, const sr_posture_motion *motion,
                              sr_arena *keep);
void sr_posture_constrain(sr_posture *p, sr_ex e, const char *name, double lo, double hi, double scale);
void sr_posture_fix(sr_posture *p, const char *coord, double value);  // pins a coordinate [rad|m]
const sr_bound *sr_posture_bound(const sr_posture *p,
                                 int i);                    // of a coordinate or activation, or of the leg it repeats
void sr_posture_bend_knees(sr_posture *p, double flexion);  // of the standing legs [rad]; frees the trunk
// The whole foot of a standing leg on the ground: heel and forefoot each keep a share of the foot's load.
void sr_posture_keep_foot_down(sr_posture *p, sr_leg leg);
// Torque from outside at every joint of the standing legs, at most `most` [N m], none unless asked for. A posture in
// which some is missing, although a high price is set on it, is impossible. A lifted leg may always be held from
// outside, at the same price: that says nothing about who stands on the other one.
void sr_posture_allow_missing(sr_posture *p, double most);
// What every static problem adds to its own cost: the price of missing torque, and of a lifted leg that is not where
// legs are usually lifted to.
sr_ex sr_posture_price(const sr_posture *p);
// Weights under which a lifted leg, from in front or from behind, goes wherever that spares missing torque of the other
// one: what lacks torque then is impossible whatever the lifted leg does.
sr_static_weights sr_posture_free_lifted_leg(const sr_static_weights *w, bool is_behind);
typedef struct sr_missing {
  double total;       // [N m]
  const char *coord;  // where most of it is missing
} sr_missing;
sr_missing sr_posture_missing(const sr_posture *p, const double *z);         // at the standing legs
sr_missing sr_posture_lifted_missing(const sr_posture *p, const double *z);  // at the lifted leg
extern const double sr_missing_least;                                        // [N m] below this nothing is missing

bool sr_posture_stands_on(const sr_posture *p, int leg);
bool sr_posture_decides(const sr_posture *p, int leg);       // stands, and does not merely repeat the other leg
bool sr_posture_is_lifted(const sr_posture *p, sr_leg leg);  // false for SR_LEG_NONE
int sr_posture_coord(const sr_posture *p, const char *format, sr_leg leg);  // "ankle_angle_%s"
sr_ex sr_posture_effort(const sr_posture *p, sr_effort effort);
sr_ex sr_posture_ankle_x(const sr_posture *p);                               // of the standing leg(s) [m]
sr_ex sr_posture_load(const sr_posture *p);                                  // vertical force under the feet [N]
sr_ex sr_posture_pressure(const sr_posture *p);                              // sum of x Fy [N m]
sr_ex sr_posture_foot_share(const sr_posture *p, bool is_heel, sr_leg leg);  // vertical force of heel / of the rest [N]

// Where a solve begins: the heels up by a foot pitch of heel_up, knees flexed, pelvis and trunk leaning forward [rad];
// the feet carry the weight, the centre of mass lies `ahead` of the ankle [m] (over the pressure where the heel is up),
// every muscle at activation 0.1, or the most that it may have, in balance.
typedef struct sr_posture_start {
  double heel_up, ahead, knee, lean;
} sr_posture_start;
// The same start with bent knees, the trunk leaning in one of so many ways; one way with straight knees.
int sr_posture_leans(double knee);
sr_posture_start sr_posture_leaning(const sr_static_weights *w, const sr_posture_start *s, double knee, int way);
void sr_posture_begin(const sr_posture *p, const sr_posture_start *s, double *z);
sr_ocp_result sr_posture_solve(const sr_posture *p, const sr_task_run *run, sr_ex cost, double *z, sr_arena *work);
// The posture of least effort from a start that may be infeasible, plus `other` costs. Energy is concave in
// activation, so its optimum is sought from several sharings between the muscles, and the best is kept.
sr_ocp_result sr_posture_least(const sr_posture *p, const sr_task_run *run, sr_effort effort, sr_ex other, double *z,
                               int *iterations, sr_arena *work);
// A posture that was asked for, and the best answer so far.
typedef struct sr_held {
  sr_posture *posture;
  double *z;
  sr_ocp_result solve;
  double missing;          // of sr_posture_missing [N m]
  int nsolve, iterations;  // so far
} sr_held;
sr_held sr_held_new(sr_posture *p, sr_arena *keep);          // no answer yet
bool sr_held_is(const sr_held *h);                           // solved, and nothing is missing
bool sr_held_is_better(const sr_held *a, const sr_held *b);  // of two problems: solved, interrupted, or less is missing
// Solves from given unknowns; the cheaper answer stays.
void sr_held_solve(sr_held *h, const sr_task_run *run, sr_ex cost, const double *from, sr_arena *work);
void sr_held_begin(sr_held *h, const sr_task_run *run, sr_ex cost, const sr_posture_start *start, sr_arena *work);
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
// One row of every column, as the curves of a static result; the share metrics under the name of an effort; and in
// words what is at its bound.
void sr_posture_save(const sr_posture *p, const double *z, sr_task_result *r, sr_arena *keep);
void sr_posture_shares(const sr_posture *p, const double *z, sr_effort effort, sr_task_result *r, sr_arena *keep);
// The greatest plantarflexion torque of one leg at the angles of z [N m]; NAN, and said so, if the solver found none.
double sr_posture_available(const sr_posture *p, const double *z, sr_leg leg, const char *what, sr_task_result *r,
                            sr_arena *keep);
void sr_posture_limits(const sr_posture *p, const double *z, const char *what, sr_task_result *r, sr_arena *keep);
#endif
