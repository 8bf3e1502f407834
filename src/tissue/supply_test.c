// Lesions of nerves and what grows back, against closed forms.
#include "tissue/supply.h"

#include "test.h"

static const sr_tissue_params par = {.axon_speed = 2e-3,
                                     .regrowth_delay = 4.0,
                                     .regrowth_spread = 4.0,
                                     .repair_share = 0.5,
                                     .repair_time = 52.0,
                                     .burn_share = 0.9};

// root -> branch to the muscle "calf" (share 0.8), root -> other -> its twig to "calf" (0.2), root -> foot
static sr_nerve_node nodes[] = {{.id = "root", .kind = SR_NERVE_TRUNK, .parent = -1},
                                {.id = "branch", .kind = SR_NERVE_MOTOR, .parent = 0, .muscle = "calf", .share = 0.8},
                                {.id = "other", .kind = SR_NERVE_TRUNK, .parent = 0},
                                {.id = "twig", .kind = SR_NERVE_MOTOR, .parent = 2, .muscle = "calf", .share = 0.2},
                                {.id = "foot", .kind = SR_NERVE_MOTOR, .parent = 0, .muscle = "foot", .share = 1.0}};
static const sr_nerve_tree tree = {.nnode = 5, .node = nodes};
static const double length[] = {0.10, 0.04, 0.06, 0.03, 0.20};

static sr_supply_state at(const sr_lesion *l, int n, const char *muscle, double week)
{
  sr_arena *a = sr_arena_new();
  const sr_supply_state s = sr_supply_after(&par, sr_supply_new(&tree, length, l, n, muscle, a), week);
  sr_arena_free(a);
  return s;
}

TEST(an_untouched_muscle_keeps_its_axons)
{
  const sr_lesion l = {.kind = SR_LESION_CUT, .node = 1, .share = 1.0, .repair_week = (double)INFINITY};
  sr_arena *a = sr_arena_new();
  CHECK(sr_supply_is_whole(sr_supply_new(&tree, length, &l, 1, "foot", a)));
  CHECK(!sr_supply_is_whole(sr_supply_new(&tree, length, &l, 1, "calf", a)));
  sr_arena_free(a);
  CHECK(at(&l, 1, "foot", 10.0).axons == 1.0 && at(&l, 1, "foot", 10.0).blocked == 0.0);
}

// The same cuts as fractions of the tree: what sr_nerve_innervated says.
TEST(cuts_multiply_as_in_the_nerve_tree)
{
  for (int k = 0; k < 243; k++) {
    double cut[5];
    sr_lesion l[5];
    for (int i = 0, rest = k; i < 5; i++, rest /= 3) {
      cut[i] = 0.5 * (rest % 3);
      l[i] = (sr_lesion){.node = i, .share = cut[i], .week = 1.0, .repair_week = (double)INFINITY};
    }
    NEAR(at(l, 5, "calf", 500.0).axons, sr_nerve_innervated(&tree, cut, "calf"), 1e-15);
    NEAR(at(l, 5, "foot", 500.0).axons, sr_nerve_innervated(&tree, cut, "foot"), 1e-15);
    NEAR(at(l, 5, "calf", 0.9).axons, 1.0, 1e-15);
  }
}

TEST(a_cut_segment_grows_back_never_and_a_repair_over_its_distance)
{
  sr_lesion l = {.kind = SR_LESION_CUT, .node = 1, .share = 1.0, .repair_week = (double)INFINITY, .repaired = 1.0};
  CHECK(sr_lesion_returned(&par, &l, 0.04, 1e4) == 0.0);
  l.repair_week = 10.0;
  for (double d = 0.01; d < 0.5; d += 0.07)
    for (double mm_d = 1.0; mm_d < 3.5; mm_d += 1.0) {
      sr_tissue_params p = par;
      p.axon_speed = mm_d / 1000.0;
      const double first = 10.0 + p.regrowth_delay + d / p.axon_speed / 7.0, all = 0.5 * exp(-10.0 / 52.0);
      CHECK(sr_lesion_returned(&p, &l, d, first - 1e-6) == 0.0);
      NEAR(sr_lesion_returned(&p, &l, d, first + 4.0), all * (1.0 - exp(-1.0)), 1e-12);
      NEAR(sr_lesion_returned(&p, &l, d, 1e4), all, 1e-12);
    }
}

// Cut at the root: the way to the muscle is 10 cm longer than from its own branch; both are in the sum.
TEST(axons_grow_over_the_whole_way_to_each_muscle)
{
  const sr_lesion l = {.kind = SR_LESION_BURN, .node = 0, .share = 1.0};
  const double week = 30.0, near = 0.9 * (1.0 - exp(-(week - 4.0 - 0.14 / 0.014) / 4.0)),
               far = 0.9 * (1.0 - exp(-(week - 4.0 - 0.19 / 0.014) / 4.0));
  NEAR(at(&l, 1, "calf", week).axons, 0.8 * near + 0.2 * far, 1e-12);
  CHECK(at(&l, 1, "foot", week).axons < near);
  CHECK(at(&l, 1, "calf", 13.0).axons == 0.0);
}

TEST(waiting_for_a_repair_costs_axons)
{
  double before = 1.0;
  for (double wait = 0.0; wait < 200.0; wait += 20.0) {
    const sr_lesion l = {.node = 1, .share = 1.0, .repair_week = wait, .repaired = 1.0};
    const double now = sr_lesion_returned(&par, &l, 0.04, 1e4);
    CHECK(now < before && now <= par.repair_share);
    before = now;
  }
}

// The branch, four fifths of the muscle, is blocked; then a half of it is cut too: of the axons left, 0.4 of 0.6.
TEST(a_block_stops_conduction_and_not_the_axons)
{
  const sr_lesion l[] = {
      {.kind = SR_LESION_BLOCK, .node = 1, .share = 1.0, .week = 2.0, .end_week = 8.0},
      {.kind = SR_LESION_CUT, .node = 1, .share = 0.5, .week = 5.0, .repair_week = (double)INFINITY}};
  NEAR(at(l, 2, "calf", 3.0).axons, 1.0, 1e-15);
  NEAR(at(l, 2, "calf", 3.0).blocked, 0.8, 1e-15);
  NEAR(at(l, 2, "calf", 6.0).axons, 0.6, 1e-15);
  NEAR(at(l, 2, "calf", 6.0).blocked, 0.4 / 0.6, 1e-15);
  NEAR(at(l, 2, "calf", 8.0).blocked, 0.0, 1e-15);
}

TEST(what_happens_in_a_week_counts_after_it_and_not_before)
{
  const sr_lesion l[] = {
      {.kind = SR_LESION_BLOCK, .node = 4, .share = 0.5, .week = 2.0, .end_week = 8.0},
      {.kind = SR_LESION_CUT, .node = 4, .share = 1.0, .week = 9.0, .repair_week = (double)INFINITY}};
  sr_arena *a = sr_arena_new();
  const sr_supply *s = sr_supply_new(&tree, length, l, 2, "foot", a);
  CHECK(sr_supply_before(&par, s, 2.0).blocked == 0.0 && sr_supply_after(&par, s, 2.0).blocked == 0.5);
  CHECK(sr_supply_before(&par, s, 8.0).blocked == 0.5 && sr_supply_after(&par, s, 8.0).blocked == 0.0);
  CHECK(sr_supply_before(&par, s, 9.0).axons == 1.0 && sr_supply_after(&par, s, 9.0).axons == 0.0);
  CHECK(sr_supply_before(&par, s, 500.0).axons == 0.0);
  sr_arena_free(a);
}
