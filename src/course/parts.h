// Parts of the course that its files share.
#ifndef SR_COURSE_PARTS_H
#define SR_COURSE_PARTS_H
#include "course/course.h"

// The nerves of one leg with what is cut of each.
typedef struct sr_leg_nerves {
  sr_nerve_tree tree;
  double *cut;  // (nodes)
} sr_leg_nerves;
// What is left of a leg's nerves, and which skin feels less.
void sr_course_describe_nerves(const sr_leg_nerves *n, sr_arena *keep, sr_leg_result *out);
// The tree of each leg.
void sr_course_nerves(const sr_leg_nerves nerves[2], sr_arena *keep, sr_result *out);
#endif
