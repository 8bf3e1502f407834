#include "model/model.h"

#include "base/error.h"
#include "test.h"

TEST(moment_arm_is_minus_the_slope_of_the_length)
{
  sr_arena *a = sr_arena_new();
  sr_graph *g = sr_graph_new(a);
  const sr_ex q = sr_input(g);
  const sr_ex length = sr_sqrt(sr_shift(sr_scale(sr_cos(q), 0.5), 1.0));
  const sr_ex arm = sr_model_moment_arm(length, q);
  double out, work[4096], at = 0.7;
  const sr_tape *t = sr_tape_new(g, &arm, 1, a);
  SR_ASSERT(sr_tape_work(t) <= sizeof work / sizeof work[0]);
  sr_tape_eval1(t, &at, &out, work);
  NEAR(out, 0.25 * sin(0.7) / sqrt(1.0 + 0.5 * cos(0.7)), 1e-12);
  sr_arena_free(a);
}
