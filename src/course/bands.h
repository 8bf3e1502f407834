// Bands: the slow half of a person again with other constants, under the loads that were found with the tables' own.
#ifndef SR_COURSE_BANDS_H
#define SR_COURSE_BANDS_H
#include "course/track.h"

// When a body is read: an epoch of the result, on its track.
typedef struct sr_reading {
  sr_epoch *epoch;
  bool is_before_events;  // of its week
} sr_reading;

// Fills the bands of the epochs and which constants matter, from a fixed set of at least `samples` points moved by
// `seed`. The readings are in order of time. `stop` ends it early: bands then stay unknown.
void sr_bands_fill(const sr_track *t, const sr_reading *reading, int n, int samples, long seed, sr_arena *keep,
                   sr_result *out);
#endif
