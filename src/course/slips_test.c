// Slips of the knife: which branches are near, what they take, how often anatomy invites them.
#include "course/slips.h"

#include "load/model.h"
#include "load/scenario.h"
#include "test.h"

// A scenario and what is found of its slips without any task.
typedef struct near {
  sr_nerve_tree tree;
  sr_scenario scenario;
  sr_model healthy;
  sr_life_tables tables;
  sr_result result;
} near;

static near *slips_of(const char *more, sr_arena *a)
{
  near *n = sr_alloc(a, near, 1);
  sr_error err = {0};
  const char *text = sr_arena_printf(
      a, "[person]\nsex='female'\nage_yr=25\nheight_cm=160\nmass_kg=52\n[[intervention]]\nweek=0\n%s", more);
  if (!sr_nerve_tree_load(a, &n->tree, &err) ||
      !sr_scenario_parse("s.toml", text, strlen(text), &n->tree, a, &n->scenario, &err) ||
      !sr_model_load(&n->scenario.person, &n->healthy, &err) || !sr_life_tables_load(&n->tables, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  const sr_life_plan *plan = sr_life_plan_new(&n->tables, &n->scenario, &n->tree, &n->healthy, true, a, &err);
  CHECK(plan != NULL);
  const sr_intervention *cut = sr_slips_intervention(&n->scenario);
  if (plan == NULL || cut == NULL) return n;
  const sr_course_options o = {.version = "test", .kernel = "test"};
  sr_search s = {.options = &o, .keep = a};
  sr_epoch none = {0};
  const sr_seat seat = {.epoch = &none, .body = n->healthy};
  sr_slips_fill(&s, plan, cut, NULL, &seat, &n->result);
  return n;
}

static const sr_slip_result *find(const near *n, const char *node)
{
  for (int i = 0; i < n->result.nslip; i++)
    if (strcmp(n->result.slip[i].node, node) == 0) return &n->result.slip[i];
  return NULL;
}

TEST(slips_lie_beside_the_nerves_that_are_cut)
{
  sr_arena *a = sr_arena_new();
  const near *n = slips_of("kind='transect'\ntarget=['nerve_to_gasmed','nerve_to_gaslat']\nside='both'\n", a);
  const sr_slip_result *soleus = find(n, "nerve_to_soleus"), *skin = find(n, "medial_sural_cutaneous"),
                       *trunk = find(n, "tibial"), *beside = find(n, "common_fibular");
  CHECK(find(n, "nerve_to_gasmed") == NULL && find(n, "femoral") == NULL && find(n, "nerve_to_tibant") == NULL);
  if (soleus == NULL || skin == NULL || trunk == NULL || beside == NULL) {
    sr_test_fail(__FILE__, __LINE__, "a branch is missing");
    return;
  }
  CHECK(soleus->nmuscle == 1 && soleus->nnumb == 0);
  SAME(soleus->muscle[0], "soleus");
  SAME(soleus->variant, "soleus_from_gaslat");  // in 64% of legs it leaves the lateral head's nerve
  NEAR(soleus->frequency, 0.64, 1e-12);
  SAME(soleus->side, "both");
  CHECK(skin->nmuscle == 0 && skin->nnumb > 0);
  CHECK(trunk->nmuscle == 4 && trunk->nnumb > 2);  // soleus, tibpost, fdl, fhl: the heads are lost already
  CHECK(beside->variant == NULL && beside->nmuscle == 5);
  sr_arena_free(a);
}

// Where anatomy has the soleus below a nerve that is cut there is nothing left to slip to.
TEST(what_is_lost_already_is_no_slip)
{
  sr_arena *a = sr_arena_new();
  const near *n = slips_of(
      "kind='transect'\ntarget=['nerve_to_gaslat']\nside='right'\n[anatomy]\nright=['soleus_from_gaslat']\n", a);
  CHECK(find(n, "nerve_to_soleus") == NULL && find(n, "nerve_to_gasmed") != NULL);
  sr_arena_free(a);
}

TEST(only_interventions_on_nerves_can_slip)
{
  sr_arena *a = sr_arena_new();
  const near *n = slips_of("kind='toxin'\ntarget=['gasmed']\nside='both'\ndose_U=100\n", a);
  CHECK(sr_slips_intervention(&n->scenario) == NULL && n->result.nslip == 0);
  sr_arena_free(a);
}
