// Rows that whole lives answer: which weeks each looks at, and what it makes of them.
#ifndef SR_COHORT_LIVED_H
#define SR_COHORT_LIVED_H
#include "cohort/rows.h"
#include "course/course.h"

enum { SR_LIVED_WEEKS = 16 };
// The weeks of a row, rising; how many.
int sr_lived_weeks(const sr_row *row, double week[SR_LIVED_WEEKS]);
// From one leg of a person at those weeks, under what is done and under what it is held against (NULL: nothing):
//   girth          change at `week`                                             [cm]
//   girth_against  that less the one under `against`                            [cm]
//   girth_share    change at `week` over that at `final`                        [%]
//   girth_held     the week from which on less than half of the greatest loss is left [weeks]; the last seen if never
//   dorsiflexion   times `factor`                                               [deg]
double sr_lived_value(const sr_row *row, const sr_person_leg *own, const sr_person_leg *against);
#endif
