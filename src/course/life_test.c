// The slow half of a whole person, under loads that are made up.
#include "course/life.h"

#include "load/model.h"
#include "task/layout.h"
#include "test.h"

typedef struct stage {
  sr_arena *a;
  sr_nerve_tree tree;
  sr_scenario scenario;
  sr_life_tables tables;
  sr_model healthy;
  sr_life_plan *plan;
  sr_week_load load;  // the same for all muscles and powers
} stage;

static stage *new_stage(const char *interventions)
{
  sr_arena *a = sr_arena_new();
  stage *s = sr_alloc(a, stage, 1);
  sr_error err = {0};
  s->a = a;
  const char *text =
      sr_arena_printf(a, "[person]\nsex='female'\nage_yr=25\nheight_cm=160\nmass_kg=52\n%s", interventions);
  if (!sr_nerve_tree_load(a, &s->tree, &err) ||
      !sr_scenario_parse("s.toml", text, strlen(text), &s->tree, a, &s->scenario, &err) ||
      !sr_life_tables_load(&s->tables, &err) || !sr_model_load(&s->scenario.person, &s->healthy, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  s->plan = sr_life_plan_new(&s->tables, &s->scenario, &s->tree, &s->healthy, true, a, &err);
  if (s->plan == NULL) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  for (int k = 0; k < SR_MAX_MUSCLE; k++)
    for (int p = 0; p < SR_LOAD_POWERS; p++) s->load.muscle[k][p] = s->load.command[k][p] = 3.0 + k;
  for (int leg = 0; leg < 2; leg++)
    for (int p = 0; p < SR_LOAD_POWERS; p++) s->load.achilles[leg][p] = 5.0;
  return s;
}

static sr_life new_life(const stage *s)
{
  sr_life l;
  sr_error err = {0};
  const sr_life_constants own = sr_life_constants_own(s->plan);
  if (!sr_life_new(s->plan, &own, &l, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return l;
}

// To a week under the loads of before, with all that is done on the way.
static void live(const stage *s, sr_life *l, double to)
{
  for (;;) {
    sr_life_events(l);
    sr_life_wounds(l);
    const double next = fmin(to, sr_life_next_event(s->plan, l->week));
    if (!(l->week < to)) return;
    const sr_week_line line = {l->week, next, s->load, s->load};
    sr_life_advance(l, next, &line, &s->load);
  }
}

static int muscle(const stage *s, const char *name)
{
  return sr_model_find_muscle(&s->healthy, name);
}

TEST(nothing_happens_to_whom_nothing_is_done)
{
  stage *s = new_stage("");
  sr_life l = new_life(s);
  live(s, &l, 520.0);
  sr_model m;
  sr_life_model(&l, &m);
  CHECK(sr_model_is_same_body(&m, &s->healthy));
  NEAR(sr_life_weight(&l).mass, 52.0, 52e-9);
  for (int leg = 0; leg < 2; leg++) {
    const double before = sr_life_girth_before(s->plan, (sr_leg)leg);
    NEAR(sr_life_look(&l, (sr_leg)leg).girth_max, before, 1e-9 * before);
    NEAR(sr_life_skin_reserve(&l, (sr_leg)leg), 0.0, 1e-9);
  }
  sr_arena_free(s->a);
}

// What is done to the left leg makes of it, bit for bit, what the same makes of the right one.
TEST(mirrored_lives_are_mirrored)
{
#define DONE(side)                                                                            \
  "[[intervention]]\nweek=0\nkind='transect'\ntarget=['nerve_to_gasmed']\nside='" side        \
  "'\n[[intervention]]\nweek=3\nkind='toxin'\ntarget=['soleus']\nside='" side                 \
  "'\ndose_U=100\n[[intervention]]\nweek=5\nkind='immobilise'\ntarget=['ankle']\nside='" side \
  "'\nduration_weeks=4\n"                                                                     \
  "[[intervention]]\nweek=20\nkind='resect'\ntarget=['gaslat']\nside='" side "'\nmass_g=20\n"
  stage *s[2] = {new_stage(DONE("left")), new_stage(DONE("right"))};
  sr_life l[2];
  for (int i = 0; i < 2; i++) {
    for (int k = 0; k < s[i]->healthy.nmuscle; k++)  // the loads of both legs are the same
      if (s[i]->healthy.muscle[k].leg == SR_LEG_LEFT) {
        const int right = s[i]->healthy.mirror_muscle[k];
        memcpy(s[i]->load.muscle[k], s[i]->load.muscle[right], sizeof s[i]->load.muscle[k]);
        memcpy(s[i]->load.command[k], s[i]->load.command[right], sizeof s[i]->load.command[k]);
      }
    l[i] = new_life(s[i]);
    live(s[i], &l[i], 60.0);
  }
  for (int k = 0; k < s[0]->healthy.nmuscle; k++)
    CHECK(memcmp(&l[0].muscle[k], &l[1].muscle[s[0]->healthy.mirror_muscle[k]], sizeof l[0].muscle[k]) == 0);
  const sr_leg_look left = sr_life_look(&l[0], SR_LEG_LEFT), right = sr_life_look(&l[1], SR_LEG_RIGHT);
  CHECK(left.girth_max == right.girth_max && left.girth_at_old_level == right.girth_at_old_level);
  CHECK(left.girth_max < sr_life_girth_before(s[0]->plan, SR_LEG_LEFT));
  for (int i = 0; i < 2; i++) sr_arena_free(s[i]->a);
#undef DONE
}

TEST(a_block_that_ends_leaves_nothing_after_two_years)
{
  stage *s = new_stage(
      "[[intervention]]\nweek=0\nkind='block'\ntarget=['tibial']\nside='both'\nfraction=1\nduration_weeks=6\n");
  sr_life l = new_life(s);
  live(s, &l, 6.0);
  const int soleus = muscle(s, "soleus_r");
  CHECK(sr_tissue_read(&l.par.tissue, &l.muscle[soleus]).section < 0.9);
  CHECK(sr_tissue_read(&l.par.tissue, &l.muscle[soleus]).capacity > 0.0);  // the week it ends
  live(s, &l, 104.0);
  for (int k = 0; k < s->healthy.nmuscle; k++) NEAR(sr_tissue_read(&l.par.tissue, &l.muscle[k]).capacity, 1.0, 0.02);
  NEAR(sr_life_look(&l, SR_LEG_LEFT).girth_max, sr_life_girth_before(s->plan, SR_LEG_LEFT), 1e-3);
  sr_arena_free(s->a);
}

// A cast takes the muscles that cross the joint, of that leg, and no others.
TEST(a_cast_holds_the_muscles_that_cross_its_joint)
{
  stage *s =
      new_stage("[[intervention]]\nweek=0\nkind='immobilise'\ntarget=['ankle']\nside='left'\nduration_weeks=6\n");
  sr_life l = new_life(s);
  CHECK(sr_life_is_in_cast(s->plan, 0.0) && sr_life_is_in_cast(s->plan, 5.9) && !sr_life_is_in_cast(s->plan, 6.0));
  live(s, &l, 6.0);
  static const struct {
    const char *name;
    bool is_held;
  } row[] = {{"soleus_l", true}, {"gasmed_l", true},      {"tibant_l", true}, {"fhl_l", true},
             {"vasti_l", false}, {"hamstrings_l", false}, {"soleus_r", false}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++)
    CHECK((l.muscle[muscle(s, row[i].name)].section < 0.9) == row[i].is_held);
  sr_arena_free(s->a);
}

// A muscle that is cut out of leaves a thinner leg; a nerve that only feels leaves the leg as it is.
TEST(what_is_done_reaches_the_look)
{
  static const struct {
    const char *done;
    double least, most;  // change of the greatest girth two years on [cm]
  } row[] = {
      {"[[intervention]]\nweek=0\nkind='resect'\ntarget=['gasmed']\nside='both'\nmass_g=100\n", -2.5, -0.8},
      {"[[intervention]]\nweek=0\nkind='resect'\ntarget=['gasmed']\nside='both'\nmass_g=1000\n", -3.2, -1.8},
      {"[[intervention]]\nweek=0\nkind='transect'\ntarget=['nerve_to_gasmed']\nside='both'\n", -2.7, -1.2},
      {"[[intervention]]\nweek=0\nkind='transect'\ntarget=['medial_sural_cutaneous']\nside='both'\n", -1e-9, 1e-9},
      {"[[habits]]\nweek=0\n[[habits]]\nweek=1\nenergy_intake_kcal_per_day=2035\n", 0.3, 1.2}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    stage *s = new_stage(row[i].done);
    sr_life l = new_life(s);
    live(s, &l, 104.0);
    const double change =
        100.0 * (sr_life_look(&l, SR_LEG_RIGHT).girth_max - sr_life_girth_before(s->plan, SR_LEG_RIGHT));
    if (!(change >= row[i].least && change <= row[i].most))
      sr_test_fail(__FILE__, __LINE__, "row %d: %g cm", (int)i, change);
    sr_arena_free(s->a);
  }
}

// A repaired nerve comes back after its way has been grown; a segment that is gone never does.
TEST(only_what_may_grow_back_does)
{
#define CUT "[[intervention]]\nweek=0\nkind='transect'\ntarget=['tibial']\nside='left'\n"
  stage *gone = new_stage(CUT),
        *repaired =
            new_stage(CUT "[[intervention]]\nweek=1\nkind='repair'\ntarget=['tibial']\nside='left'\nfraction=1\n");
  sr_life a = new_life(gone), b = new_life(repaired);
  live(gone, &a, 8.0);
  live(repaired, &b, 8.0);
  const int fhl = muscle(gone, "fhl_l");
  CHECK(a.muscle[fhl].axons == 0.0 && b.muscle[fhl].axons == 0.0);  // too far for eight weeks
  live(gone, &a, 520.0);
  live(repaired, &b, 104.0);
  CHECK(a.muscle[fhl].axons == 0.0);
  CHECK(b.muscle[fhl].axons > 0.3 && b.muscle[fhl].axons < 0.7);
  double cut[256];
  sr_life_cuts(repaired->plan, SR_LEG_LEFT, 104.0, cut);
  const double lost = cut[sr_nerve_find(sr_life_tree(repaired->plan, SR_LEG_LEFT), "tibial")];
  CHECK(lost > 0.3 && lost < 0.7);
  sr_arena_free(gone->a);
  sr_arena_free(repaired->a);
#undef CUT
}

// Quiet standing: every muscle at an activation of 0.8 and a quarter of its greatest force.
static sr_curves still_of(const stage *s)
{
  const int n = s->healthy.nmuscle;
  sr_curves c = {.nrow = 1, .ncol = 2 * n};
  c.label = sr_alloc(s->a, const char *, c.ncol);
  c.at = sr_alloc(s->a, double, c.ncol);
  for (int k = 0; k < n; k++) {
    c.label[2 * k] = sr_arena_printf(s->a, "%s/activation", s->healthy.muscle[k].par.name);
    c.label[2 * k + 1] = sr_arena_printf(s->a, "%s/tendon_force", s->healthy.muscle[k].par.name);
    c.at[2 * k] = 0.8;
    c.at[2 * k + 1] = 0.25 * s->healthy.muscle[k].par.f_max;
  }
  return c;
}

// A second in which every muscle does the same.
static sr_solution even_walk(const stage *s, bool is_full_cycle)
{
  const sr_layout l = sr_layout_of(&s->healthy);
  sr_solution w = {.is_full_cycle = is_full_cycle, .traj = sr_traj_new((sr_mesh){4, 3}, l.nx, l.nu, 2, s->a)};
  for (int i = 0; i < w.traj.npoint; i++)
    for (int k = 0; k < l.nm; k++) {
      w.traj.x[i * l.nx + l.act + k] = 0.8;
      w.traj.x[i * l.nx + l.force + k] = 0.25;
    }
  w.traj.p[0] = is_full_cycle ? 1.0 : 0.5;
  return w;
}

// The pull of a week: standing, strides and what stands in for the rest, at every power.
TEST(a_week_adds_up)
{
  stage *s = new_stage("");
  const sr_curves still = still_of(s);
  const sr_solution walk = even_walk(s, true);
  const sr_habits h = {.standing_h_per_day = 1, .steps_per_day = 2000, .stairs_per_day = 20};
  sr_week_load w;
  CHECK(sr_week_load_of(&s->tables.loads, &h, &s->healthy, &still, &walk, false, &w));
  const double stairs = 70.0 * (pow(fmin(1.0, 0.8 * s->tables.loads.stairs_up), 3.0) +
                                pow(fmin(1.0, 0.8 * s->tables.loads.stairs_down), 3.0));
  NEAR(sr_week_load_at(w.muscle[0], 3.0), (7.0 * 3600.0 + 7000.0) * 0.512 + stairs, 1e-6);
  const double pull = 0.25, up = s->tables.loads.stairs_up, down = s->tables.loads.stairs_down;
  NEAR(sr_week_load_at(w.achilles[0], 2.0),
       (25200.0 + 7000.0) * pull * pull + 70.0 * pull * pull * (up * up + down * down), 1e-6);
  CHECK(sr_week_load_at(w.muscle[0], 2.75) < sr_week_load_at(w.muscle[0], 2.5) &&
        sr_week_load_at(w.muscle[0], 2.75) > sr_week_load_at(w.muscle[0], 3.0));
  // half of a muscle: the same command, an eighth of the load
  sr_model half = s->healthy;
  const int soleus = muscle(s, "soleus_r");
  half.muscle[soleus].par.capacity = 0.5;
  sr_week_load v;
  CHECK(sr_week_load_of(&s->tables.loads, &h, &half, &still, &walk, false, &v));
  NEAR(sr_week_load_at(v.command[soleus], 3.0), sr_week_load_at(w.command[soleus], 3.0), 1e-9);
  NEAR(sr_week_load_at(v.muscle[soleus], 3.0), sr_week_load_at(w.muscle[soleus], 3.0) / 8.0, 1e-6);
  // without a movement there is no load
  sr_curves none = still;
  none.nrow = 0;
  const sr_solution nowhere = {0};
  CHECK(!sr_week_load_of(&s->tables.loads, &h, &s->healthy, &none, &walk, false, &w));
  CHECK(!sr_week_load_of(&s->tables.loads, &h, &s->healthy, &still, &nowhere, false, &w));
  sr_arena_free(s->a);
}

// A stride in which the right leg works half as hard as the left in one half and does not in the other.
static sr_solution limping_walk(const stage *s, bool is_full_cycle)
{
  const sr_layout l = sr_layout_of(&s->healthy);
  sr_solution w = even_walk(s, is_full_cycle);
  for (int i = 0; i < w.traj.npoint; i++)
    for (int k = 0; k < l.nm; k++)
      w.traj.x[i * l.nx + l.act + k] = (s->healthy.muscle[k].leg == SR_LEG_RIGHT ? 0.2 : 0.4) + 0.1 * w.traj.tau[i];
  return w;
}

// Sides: a half cycle stands for both, a mirrored solution is exchanged back, both to the last bit.
TEST(loads_know_their_sides)
{
  stage *s = new_stage("");
  const sr_curves still = still_of(s);
  const sr_habits h = {.steps_per_day = 2000, .stairs_per_day = 20};
  const sr_solution half = limping_walk(s, false), whole = limping_walk(s, true);
  sr_week_load a, b;
  const int left = muscle(s, "soleus_l"), right = muscle(s, "soleus_r");
  CHECK(sr_week_load_of(&s->tables.loads, &h, &s->healthy, &still, &half, false, &a));
  CHECK(memcmp(a.command[left], a.command[right], sizeof a.command[left]) == 0);
  CHECK(memcmp(a.achilles[0], a.achilles[1], sizeof a.achilles[0]) == 0);
  sr_model hurt = s->healthy;
  hurt.muscle[left].par.capacity = 0.5;
  const sr_model other = sr_model_mirrored(&hurt);
  CHECK(sr_week_load_of(&s->tables.loads, &h, &hurt, &still, &whole, false, &a));
  CHECK(sr_week_load_of(&s->tables.loads, &h, &other, &still, &whole, true, &b));
  for (int k = 0; k < s->healthy.nmuscle; k++) {
    const int m = s->healthy.mirror_muscle[k];
    CHECK(memcmp(a.muscle[k], b.muscle[m], sizeof a.muscle[k]) == 0);
    CHECK(memcmp(a.command[k], b.command[m], sizeof a.command[k]) == 0);
  }
  CHECK(a.command[left][0] > 1.5 * a.command[right][0]);
  // the integral of (0.4 + t / 10)^3 over a stride of one second, exactly
  const sr_habits walks = {.steps_per_day = 2000};
  CHECK(sr_week_load_of(&s->tables.loads, &walks, &hurt, &still, &whole, false, &a));
  NEAR(sr_week_load_at(a.command[left], 3.0), 7000.0 * (pow(0.5, 4.0) - pow(0.4, 4.0)) / 0.4, 1e-9);
  // equal legs that limp have the mean, both of them
  CHECK(sr_week_load_of(&s->tables.loads, &walks, &s->healthy, &still, &whole, false, &b));
  CHECK(memcmp(b.command[left], b.command[right], sizeof b.command[left]) == 0);
  NEAR(b.command[left][3], 0.5 * (a.command[left][3] + a.command[right][3]), 1e-9);
  sr_arena_free(s->a);
}

// Constants that are drawn are named, and move what they should.
TEST(drawn_constants_have_names_and_effects)
{
  stage *s = new_stage("[[intervention]]\nweek=0\nkind='transect'\ntarget=['nerve_to_gasmed']\nside='both'\n");
  const int n = sr_life_nunknown(s->plan);
  double *u = sr_alloc(s->a, double, n);
  CHECK(n > 20);
  for (int k = 0; k < n; k++) {
    u[k] = 0.5;
    CHECK(sr_life_unknown_name(s->plan, k) != NULL && strlen(sr_life_unknown_about(s->plan, k)) > 5);
  }
  SAME(sr_life_unknown_name(s->plan, 0), "body_fat");
  sr_error err = {0};
  double girth[2][2];
  static const char *const name[2] = {"denervated_fat", "softness"};
  for (int k = 0; k < n; k++)
    for (int which = 0; which < 2; which++)
      for (int i = 0; i < 2 && strcmp(sr_life_unknown_name(s->plan, k), name[which]) == 0; i++) {
        u[k] = i == 0 ? 0.05 : 0.95;
        const sr_life_constants c = sr_life_constants_drawn(s->plan, u);
        sr_life l;
        CHECK(sr_life_new(s->plan, &c, &l, &err));
        live(s, &l, 104.0);
        girth[which][i] = sr_life_look(&l, SR_LEG_RIGHT).girth_max;
        u[k] = 0.5;
      }
  CHECK(girth[0][1] > girth[0][0] + 1e-3);        // more fat in the place of muscle
  CHECK(fabs(girth[1][1] - girth[1][0]) > 1e-5);  // where the muscle was, or all around
  sr_arena_free(s->a);
}

// Lesions of a node multiply, and keep side and week; toxin cuts no nerve, and a block that has ended none either.
TEST(cuts_multiply_and_keep_side_and_week)
{
#define DONE(week, kind, node, side, more) \
  "[[intervention]]\nweek=" week "\nkind='" kind "'\ntarget=['" node "']\nside='" side "'\n" more "\n"
  stage *s = new_stage(
      DONE("0", "transect", "nerve_to_soleus", "both", "fraction=0.5") DONE("0", "toxin", "gasmed", "both", "dose_U=50")
          DONE("1", "transect", "nerve_to_soleus", "right", "fraction=0.5") DONE("2", "transect", "tibial", "left", "")
              DONE("3", "block", "femoral", "left", "fraction=1\nduration_weeks=1"));
#undef DONE
  static const struct {
    double week;
    sr_leg leg;
    double soleus, tibial, femoral;
  } want[] = {{0.0, SR_LEG_RIGHT, 0.5, 0.0, 0.0},  {0.0, SR_LEG_LEFT, 0.5, 0.0, 0.0},
              {1.0, SR_LEG_RIGHT, 0.75, 0.0, 0.0}, {1.0, SR_LEG_LEFT, 0.5, 0.0, 0.0},
              {2.0, SR_LEG_LEFT, 0.5, 1.0, 0.0},   {3.5, SR_LEG_LEFT, 0.5, 1.0, 1.0},
              {9.0, SR_LEG_RIGHT, 0.75, 0.0, 0.0}, {9.0, SR_LEG_LEFT, 0.5, 1.0, 0.0}};
  for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
    const sr_nerve_tree *tree = sr_life_tree(s->plan, want[i].leg);
    double *cut = sr_alloc(s->a, double, tree->nnode), sum = 0.0;
    sr_life_cuts(s->plan, want[i].leg, want[i].week, cut);
    for (int n = 0; n < tree->nnode; n++) sum += cut[n];
    NEAR(cut[sr_nerve_find(tree, "nerve_to_soleus")], want[i].soleus, 0.0);
    NEAR(cut[sr_nerve_find(tree, "tibial")], want[i].tibial, 0.0);
    NEAR(cut[sr_nerve_find(tree, "femoral")], want[i].femoral, 0.0);
    NEAR(sum, want[i].soleus + want[i].tibial + want[i].femoral, 0.0);  // nothing else
  }
  sr_arena_free(s->a);
}
