// Parameters of bodies and tasks that can be moved one at a time, and how far (data/sensitivity.toml, bodies.toml).
#ifndef SR_COHORT_NUDGE_H
#define SR_COHORT_NUDGE_H
#include "load/bodies.h"
#include "task/task.h"

// Which tasks a parameter acts on.
enum { SR_ON_WALK = 1, SR_ON_JUMP = 2, SR_ON_RISE = 4, SR_ON_STAND = 8, SR_ON_MOVING = 3, SR_ON_ALL = 15 };

// Number, table, key, tasks. The first three are those of bodies.toml, in its order.
#define SR_NUDGES(ROW)                                              \
  ROW(STRENGTH, "", "strength", SR_ON_ALL)                          \
  ROW(TENDON, "", "tendon", SR_ON_ALL)                              \
  ROW(TOES, "", "toes", SR_ON_ALL)                                  \
  ROW(CALF_TENSION, "body", "calf_tension", SR_ON_ALL)              \
  ROW(FIBRE_LENGTH, "body", "fibre_length", SR_ON_ALL)              \
  ROW(SLACK_LENGTH, "body", "slack_length", SR_ON_ALL)              \
  ROW(SHORTENING_SPEED, "body", "shortening_speed", SR_ON_MOVING)   \
  ROW(ACTIVATION_TIME, "body", "activation_time", SR_ON_MOVING)     \
  ROW(DEACTIVATION_TIME, "body", "deactivation_time", SR_ON_MOVING) \
  ROW(PASSIVE_FORCE, "body", "passive_force", SR_ON_ALL)            \
  ROW(HEEL_STIFFNESS, "body", "heel_stiffness", SR_ON_ALL)          \
  ROW(FOREFOOT_STIFFNESS, "body", "forefoot_stiffness", SR_ON_ALL)  \
  ROW(DISSIPATION, "body", "dissipation", SR_ON_MOVING)             \
  ROW(FRICTION, "body", "friction", SR_ON_ALL)                      \
  ROW(TRUNK_STIFFNESS, "body", "trunk_stiffness", SR_ON_ALL)        \
  ROW(TRUNK_DAMPING, "body", "trunk_damping", SR_ON_MOVING)         \
  ROW(ENERGY, "weights", "energy", SR_ON_MOVING)                    \
  ROW(ACTIVATION, "weights", "activation", SR_ON_MOVING)            \
  ROW(EXPONENT, "weights", "exponent", SR_ON_MOVING)                \
  ROW(ACCELERATION, "weights", "acceleration", SR_ON_MOVING)        \
  ROW(LIMIT, "weights", "limit", SR_ON_MOVING)                      \
  ROW(TRUNK, "weights", "trunk", SR_ON_MOVING)                      \
  ROW(SMOOTH, "weights", "smooth", SR_ON_MOVING)                    \
  ROW(UPRIGHT, "weights", "upright", SR_ON_WALK)                    \
  ROW(LEVEL, "weights", "level", SR_ON_WALK)                        \
  ROW(LEAST_LOAD, "weights", "least_load", SR_ON_WALK)              \
  ROW(JUMP_HEIGHT, "weights", "jump_height", SR_ON_JUMP)            \
  ROW(JUMP_TIME, "weights", "jump_time", SR_ON_JUMP)                \
  ROW(JUMP_CLEARANCE, "weights", "jump_clearance", SR_ON_JUMP)      \
  ROW(PRESSURE_AHEAD, "weights", "pressure_ahead", SR_ON_STAND)     \
  ROW(HEEL_SHARE, "weights", "heel_share", SR_ON_STAND)             \
  ROW(TOE_SHARE, "weights", "toe_share", SR_ON_STAND)               \
  ROW(RISE_STEP, "weights", "rise_step", SR_ON_RISE)
#define SR_NUDGE_ENUM(id, table, key, tasks) SR_NUDGE_##id,
typedef enum sr_nudge_id { SR_NUDGES(SR_NUDGE_ENUM) SR_NNUDGE } sr_nudge_id;
#undef SR_NUDGE_ENUM

typedef struct sr_nudge {
  const char *name, *source;
  int tasks;         // bits
  double factor[2];  // on the value of the data, lower and upper end
} sr_nudge;
// All of them; `sensitivity`: the opened file.
bool sr_nudges_read(sr_rows sensitivity, sr_arena *keep, sr_nudge out[SR_NNUDGE], sr_error *err);
// The body and the weights with one of them at a factor.
void sr_nudge_apply(sr_nudge_id which, double factor, sr_model *m, sr_weights *w);
#endif
