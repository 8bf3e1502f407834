// A cold start: a crude analytic movement of the joints, the muscles weakly active and in balance. No recorded motion.
#ifndef SR_TASK_GUESS_H
#define SR_TASK_GUESS_H
#include "task/movement.h"

// The joints of a guess at a time [s]: q (ncoord), zero going in.
typedef struct sr_guess {
  void (*pose)(const void *who, double time, double *q);
  const void *who;
  bool is_grounded;  // the pelvis is put where the lowest point of the feet is just in the ground ...
  double (*above)(const void *who, double time);  // ... or so far above there [m]; may be NULL
} sr_guess;

// All states and controls on a mesh; of the parameters the duration [s], the others are the caller's.
sr_traj sr_guess_make(const sr_movement *p, const sr_guess *g, double duration, sr_mesh mesh, sr_arena *keep);
// Sets a coordinate by its name.
void sr_guess_set(const sr_model *m, double *q, const char *name, double value);
#endif
