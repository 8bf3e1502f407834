// Tasks: predicted movements and postures. One file per movement; each turns a model into a result and into a
// solution that the next, changed body can start from.
#ifndef SR_TASK_TASK_H
#define SR_TASK_TASK_H
#include "load/weights.h"
#include "model/model.h"
#include "ocp/ocp.h"
#include "result/result.h"

typedef enum sr_task_family {
  SR_TASK_STAND,
  SR_TASK_HEEL_RAISE,
  SR_TASK_WALK,
  SR_TASK_RUN,
  SR_TASK_HOP,
  SR_TASK_JUMP,
  SR_TASK_KICK
} sr_task_family;

// The speed of a gait: a given one, that of the least metabolic energy per metre, the greatest.
typedef enum sr_task_speed { SR_SPEED_GIVEN, SR_SPEED_PREFERRED, SR_SPEED_FASTEST } sr_task_speed;

// A task as asked for: `name[:key=value,...]`.
typedef struct sr_task {
  sr_task_family family;
  int legs;         // that stand, hop, jump or kick: bit 0 left, bit 1 right (3 both)
  double knee_deg;  // knee flexion, > 0
  sr_task_speed speed;
  double speed_m_s;      // where it is given
  double slope_percent;  // of the ground, > 0 uphill
  double rate_hz;        // hops per second; 0: as high as can be
  bool repeat;           // until exhaustion
  char key[64];          // canonical, with defaults filled in
} sr_task;
bool sr_task_parse(const char *text, sr_task *out, sr_error *err);
// A gait: periodic, and coordinated by habit.
bool sr_task_is_gait(const sr_task *t);
// A gait whose local minima compete by their cost; not one whose speed is chosen by something else.
bool sr_task_has_rivals(const sr_task *t);

// What a later solve may start from; empty (npoint 0) for none. Static tasks keep their unknowns in x.
typedef struct sr_solution {
  bool is_full_cycle;
  sr_traj traj;
} sr_solution;

sr_solution sr_solution_copy(const sr_solution *from, const sr_model *m, sr_arena *keep);  // without multipliers

typedef struct sr_task_run {
  const sr_model *model;
  const sr_weights *weights;
  const sr_solution *start;  // may be NULL: cold
  const sr_solution *habit;  // walking: what the muscles are used to, a walk of the same sides as `model`, like
                             // `start`, whatever is_mirrored says; may be NULL
  double habit_weight;       // of activations that differ from it, as far as it has not faded; 0 for none
  bool needs_full_cycle;     // solve the whole cycle even where half would do
  bool is_mirrored;          // the caller will exchange left and right in the result: cycles start at the left contact
  bool is_verified;          // the solution is followed forward in time as well: metrics drift_...
  bool without_proof;        // a movement that is not found is left as that: no proof that it is impossible
  int seed;                  // of the cold guess: 0 the plain one, else a spread of it
  sr_mesh mesh;              // 0: that of the weights
  double tol;                // scaled optimality error of a solve that is not rough; 0: the solver's own
  const volatile sig_atomic_t *stop;
  void (*progress)(void *who, const sr_nlp_progress *p);  // may be NULL
  void *who;
  const sr_nlp_reporter *reporter;  // may be NULL
} sr_task_run;

// Solves a task. The result and the solution live in `keep`.
void sr_task_solve(const sr_task *t, const sr_task_run *run, sr_arena *keep, sr_task_result *result,
                   sr_solution *solution);

// The greatest isometric plantarflexion torque of one leg [N m] with its parts, and the passive torque: the body is
// held at these angles [rad] and every muscle may be as active as pain allows (act = 1) or none (act = 0). NAN in every
// field where the solver found none.
typedef struct sr_isometric {
  double total, triceps, soleus, gasmed, gaslat, deep;  // plantarflexion > 0
} sr_isometric;
sr_isometric sr_task_isometric(const sr_model *m, sr_leg leg, double hip, double knee, double ankle, double act);
// The ankle angle at which the relaxed leg pushes back with so much torque [N m], hip straight               [rad]
// NAN: it does not, up to 45 degrees.
double sr_task_dorsiflexion(const sr_model *m, sr_leg leg, double knee, double torque);
#endif
