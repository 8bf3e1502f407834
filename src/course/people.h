// Other people who live the life of a track's person.
#ifndef SR_COURSE_PEOPLE_H
#define SR_COURSE_PEOPLE_H
#include "course/track.h"

// A life, which stands at week 0, along a track, told at these rising weeks before what is done then. The track reaches
// the last of them.
void sr_people_along(const sr_track *t, sr_life *l, const double *week, int nweek,
                     void (*told)(void *who, int which, const sr_life *l), void *who);

// Both legs (left, right) of a person at these rising weeks, before what is done then (2 nweek), under the loads of the
// track, which are over those of the healthy body. The track reaches the last week. False: the person has no such leg,
// for the reason in err.
bool sr_people_live(const sr_track *t, const sr_scenario *s, const sr_nerve_tree *tree, const sr_person *who,
                    const double *week, int nweek, sr_person_leg *out, sr_error *err);
#endif
