// For studies: a body on the day that nerves of it are cut.
#ifndef SR_TOOLS_CUT_BODY_H
#define SR_TOOLS_CUT_BODY_H
#include "course/course.h"

// The person with these nodes cut (ncut may be 0).
static inline bool sr_cut_body(const sr_person *person, const sr_cut *cut, int ncut, sr_model *m, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_scenario s = sr_scenario_default(work);
  s.person = *person;
  const sr_course_options nothing = {.version = "", .kernel = ""};
  sr_nerve_tree tree;
  const bool is_good = sr_nerve_tree_load(work, &tree, err) &&
                       sr_scenario_cut(&s, &tree, 0.0, cut, ncut, work, err) &&
                       sr_course_body(&s, &tree, 0.0, &nothing, work, m, err);
  sr_arena_free(work);
  return is_good;
}
#endif
