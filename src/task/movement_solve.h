// Solving a movement: on one mesh, then on finer ones where the mesh is too coarse; and what stands in its way, in
// words.
#ifndef SR_TASK_MOVEMENT_SOLVE_H
#define SR_TASK_MOVEMENT_SOLVE_H
#include "task/movement.h"
#include "task/solve.h"

// What a solve begins from.
typedef enum sr_start {
  SR_START_GUESS,       // anything
  SR_START_STANDING,    // a guess that begins and ends at rest
  SR_START_WEAKER,      // the movement of a weaker body, or one from which another start was lost
  SR_START_OTHER_MESH,  // the same movement on another mesh
  SR_START_OTHER_HALF,  // half a cycle continued by its mirror image, or the first half of a whole one
  SR_START_NEAR         // the movement of a like body, or one that differs a little
} sr_start;
// One solve from what t holds, on its mesh. leads_on: the answer only leads the way to another, and stays well inside
// its bounds. Adds to *iterations. What is made for it is kept for the next: keep must live as long as the movement.
sr_ocp_result sr_movement_solve(const sr_movement *p, const sr_task_run *run, sr_start start, bool leads_on,
                                int *iterations, sr_traj *t, sr_arena *keep);
// The same from `from`, a solution, brought to a mesh.
sr_ocp_result sr_movement_solve_from(const sr_movement *p, const sr_task_run *run, const sr_traj *from, sr_mesh mesh,
                                     bool leads_on, int *iterations, sr_traj *t, sr_arena *keep);
// Makes the derivatives for a mesh, for solves on it that run side by side: they then change nothing of the movement.
void sr_movement_transcribe(const sr_movement *p, sr_mesh mesh, sr_arena *keep);
// What the mesh leaves undone, over the scale of each state.
double sr_movement_mesh_error(const sr_movement *p, const sr_traj *t, sr_arena *keep);
// A solution *o that its mesh does not resolve to `allowed` is solved again on a finer one, which begins from it; twice
// at most. Returns the error that the last mesh leaves; 0 where nothing is solved.
double sr_movement_refine(const sr_movement *p, const sr_task_run *run, double allowed, int *iterations,
                          sr_ocp_result *o, sr_traj *t, sr_arena *keep);
// Which muscles and joints are at the end of what they can do, and for how much of the `span` (cycle, jump, ...).
void sr_movement_limits(const sr_movement *p, const sr_traj *t, const char *span, sr_task_result *r, sr_arena *keep);
// Status, iterations, mesh and objective of a task from its solve; not converged where the mesh leaves more than is
// allowed. Where it failed: the largest violated constraint with its name and time, what may be tried, and as limits
// the muscles and joints at their bounds.
void sr_movement_judge(const sr_movement *p, const sr_ocp_result *o, const sr_traj *t, int iterations, double error,
                       double allowed, sr_task_result *r, sr_arena *keep);
#endif
