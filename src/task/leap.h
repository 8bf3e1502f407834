// Leaving the ground, what jump and hop share: bounds that limit no jumper, an instant in the air, quiet standing, and
// the search (docs/theory/task.md).
#ifndef SR_TASK_LEAP_H
#define SR_TASK_LEAP_H
#include "task/guess.h"
#include "task/metrics.h"
#include "task/movement_solve.h"

// Parameters of a leap: how long it takes [s], how much of a flight it is (jump: height of the feet at the end; hop:
// height of the flight) [m], and those of the movement.
enum { SR_LEAP_DURATION, SR_LEAP_FLIGHT, SR_LEAP_PARAMETERS };

// Quiet standing on these legs, muscles at least effort, as the states of a movement. Where the pressure is under the
// foot is free, so that who has no calf can stand, too.
typedef struct sr_leap_stance {
  sr_ocp_result solve;
  double *x;          // (nx)
  double com_height;  // [m]
} sr_leap_stance;
sr_leap_stance sr_leap_stand(const sr_task_run *run, int legs, int *iterations, sr_arena *keep);
// The result where that posture was not found.
void sr_leap_cannot_stand(const sr_leap_stance *stance, int iterations, sr_task_result *r, sr_arena *keep);

// What is asked of it: what the task asks for; or, as the proof that this cannot be done, the most of a flight that
// there is, up to the one that is asked for.
typedef enum sr_leap_demand { SR_LEAP_AS_ASKED, SR_LEAP_MOST_FLIGHT } sr_leap_demand;

// Both legs leap and are equal, so both do the same.
bool sr_leap_is_alike(const sr_model *m, int legs);
// A movement on these legs with np parameters; the other leg is free, off the ground all the time, and carried along.
// flight: asked for [m].
sr_movement *sr_leap_new(const sr_task_run *run, int legs, const sr_leap_stance *stance, int np, double flight,
                         sr_leap_demand demand, sr_arena *keep);

// The body at one end (x0 or x1) of a movement.
typedef struct sr_leap_end {
  sr_xvec com, com_velocity;
} sr_leap_end;
// An end in flight: every sphere of the feet is so far off the ground [m].
sr_leap_end sr_leap_in_flight(sr_movement *p, const sr_ex *x, sr_ex clearance, sr_arena *keep);
// Height to which the centre of mass flies from there, y + v^2 / 2g [m].
sr_ex sr_leap_apex(const sr_leap_end *e);
// What decides: `wanted` [cm] less the effort of the movement; of the most flight, the flight.
void sr_leap_maximise(sr_movement *p, const sr_leap_weights *w, sr_leap_demand demand, sr_ex wanted);

// Where a cold start is solved first.
sr_mesh sr_leap_coarse(const sr_task_run *run);
// From the given solution; where that leads nowhere or none is given from the first guess that leads to one, by way of
// the coarse mesh, on which guesses are.
sr_ocp_result sr_leap_search(const sr_movement *p, const sr_task_run *run, const sr_traj *guess, int nguess,
                             int *iterations, sr_traj *t, sr_arena *keep);
// A kind of leap: how it is set up, solved cold or warm, and told.
typedef struct sr_leap_kind {
  sr_movement *(*problem)(const sr_task *task, const sr_task_run *run, const sr_leap_stance *stance,
                          sr_leap_demand demand, sr_arena *keep);
  sr_ocp_result (*solve)(const sr_task *task, const sr_task_run *run, const sr_movement *p,
                         const sr_leap_stance *stance, int *iterations, sr_traj *t, sr_arena *keep);
  void (*fill)(const sr_movement *p, const sr_task_run *run, const sr_leap_stance *stance, const sr_traj *t,
               double error, sr_task_result *r, sr_arena *keep);
  const char *(*why_not)(double most, double wanted, sr_arena *keep);  // of flights [cm]
  const char *most;                                                    // metric of the most flight [cm]
} sr_leap_kind;
// The task: from quiet standing, on finer meshes where the mesh is too coarse; where it fails the proof that it is
// impossible, the most of a flight (`wanted` [m]) that there is.
void sr_leap_solve(const sr_leap_kind *kind, const sr_task *task, const sr_task_run *run, double wanted, sr_arena *keep,
                   sr_task_result *r, sr_solution *s);

// The columns of a leap: those of every movement, and the vertical speed of the centre of mass.
typedef struct sr_leap_record {
  sr_recording rec;
  int com_y, com_vy;
} sr_leap_record;
sr_leap_record sr_leap_record_of(const sr_movement *p, const sr_traj *t, const char *cost_unit, int nrow,
                                 sr_arena *keep);
// Force of the ground on both feet in a row [N].
double sr_leap_load(const sr_leap_record *l, int row);
// Of each leg: peak force under the foot, joints, who gives the positive work, tendon and muscles.
void sr_leap_legs(const sr_metrics *b);
#endif
