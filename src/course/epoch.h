// What a result says of a life at a week.
#ifndef SR_COURSE_EPOCH_H
#define SR_COURSE_EPOCH_H
#include "course/life.h"
#include "course/parts.h"

// Muscles, look, nerves and weight of both legs.
void sr_epoch_describe(const sr_life *l, const sr_model *body, sr_arena *keep, sr_epoch *e);
// The ankle angle to which an examiner bends it, knee straight [rad].
double sr_epoch_dorsiflexion(const sr_model *body, sr_leg leg);
// Skin, bones, muscles and tendon of both standing legs, coarse enough for a page.
void sr_epoch_draw(const sr_life *l, sr_arena *keep, sr_epoch *e);
#endif
