#include "course/course.h"

#include "base/constants.h"
#include "test.h"

TEST(a_cut_takes_the_muscles_below_it_and_no_others)
{
  sr_arena *a = sr_arena_new();
  sr_nerve_tree tree;
  sr_error err = {0};
  sr_scenario s = sr_scenario_default(a);
  sr_model *m = sr_alloc(a, sr_model, 1);
  const sr_course_options nothing = {.version = "test", .kernel = "test"};
  const sr_cut cut = {.node = "tibial", .fraction = 1.0, .side = SR_RIGHT};
  CHECK(sr_nerve_tree_load(a, &tree, &err));
  CHECK(sr_scenario_cut(&s, &tree, 0.0, &cut, 1, a, &err) && sr_course_body(&s, &tree, 0.0, &nothing, a, m, &err));
  CHECK(!sr_model_is_symmetric(m));
  static const struct {
    const char *muscle;
    double capacity;
  } want[] = {{"soleus_r", 0.0},  {"gasmed_r", 0.0},     {"tibpost_r", 0.0}, {"tibant_r", 1.0},
              {"perlong_r", 1.0}, {"hamstrings_r", 1.0}, {"soleus_l", 1.0}};
  for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
    NEAR(m->muscle[sr_model_find_muscle(m, want[i].muscle)].par.capacity, want[i].capacity, 0.0);
  sr_arena_free(a);
}

// The result of a scenario, and of cuts beside it, without its answers: stopped before the first solve.
static sr_result outline_of(const char *person, const char *scenario, const sr_cut *cut, int ncut, sr_arena *a)
{
  static const volatile sig_atomic_t at_once = 1;
  const sr_course_options o = {.stop = &at_once, .version = "test", .kernel = "test"};
  const char *text = sr_arena_printf(a, "[person]\nsex='female'\nage_yr=25\nheight_cm=160\n%s%s", person, scenario);
  sr_nerve_tree tree;
  sr_scenario s;
  sr_result r = {0};
  sr_error err = {0};
  if (!sr_nerve_tree_load(a, &tree, &err) || !sr_scenario_parse("s.toml", text, strlen(text), &tree, a, &s, &err) ||
      !sr_scenario_cut(&s, &tree, 0.0, cut, ncut, a, &err) || !sr_course_predict(&s, &tree, &o, a, &r, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return r;
}

static sr_result outline(const char *scenario, const sr_cut *cut, int ncut, sr_arena *a)
{
  return outline_of("mass_kg=52\n", scenario, cut, ncut, a);
}

// What is left of a nerve in the last epoch; -1 for a nerve that this leg does not have.
static double intact(const sr_result *r, int leg, const char *id)
{
  const sr_leg_result *l = &r->epoch[r->nepoch - 1].leg[leg];
  for (int i = 0; i < l->nnerve; i++)
    if (strcmp(r->nerve[leg][i].id, id) == 0) return l->nerve_intact[i];
  return -1.0;
}

static bool has(const char *const *list, int n, const char *text)
{
  for (int i = 0; i < n; i++)
    if (strncmp(list[i], text, strlen(text)) == 0) return true;
  return false;
}

// The sural nerve has two roots: who cuts one leaves half of it, and tree and skin say the same.
TEST(a_nerve_with_two_roots_keeps_what_comes_through_the_other)
{
  static const struct {
    const char *cut, *skin_lost;
  } row[] = {{"medial_sural_cutaneous", "back of the calf"}, {"tibial", "sole of the foot"}};
  for (int i = 0; i < 2; i++) {
    sr_arena *a = sr_arena_new();
    const sr_cut cut = {row[i].cut, 1.0, SR_LEFT};
    const sr_result r = outline("[run]\nbodies=0\nweeks=[0]\n", &cut, 1, a);
    const sr_leg_result *left = &r.epoch[1].leg[0], *right = &r.epoch[1].leg[1];
    CHECK(r.nepoch == 2);
    NEAR(intact(&r, 0, row[i].cut), 0.0, 0.0);
    NEAR(intact(&r, 0, "sural"), 0.5, 0.0);
    NEAR(intact(&r, 1, "sural"), 1.0, 0.0);
    CHECK(has(left->numb, left->nnumb, row[i].skin_lost));
    CHECK(has(left->partly_numb, left->npartly_numb, "outer side of the ankle") && left->npartly_numb == 1);
    CHECK(right->nnumb == 0 && right->npartly_numb == 0);
    sr_arena_free(a);
  }
}

// A body that the model of weight does not know is told, one that it knows is not.
TEST(a_body_outside_the_model_of_weight_is_told)
{
  static const char *const person[2] = {"mass_kg=52\n", "mass_kg=35\n"};  // mass index 20, 13.7
  for (int i = 0; i < 2; i++) {
    sr_arena *a = sr_arena_new();
    const sr_result r = outline_of(person[i], "[run]\nweeks=[0]\n", NULL, 0, a);
    CHECK(has(r.note, r.nnote, "From week 0 on the body is outside") == (i == 1));
    sr_arena_free(a);
  }
}

// Every week with an intervention has an epoch before and one after it, asked for or not.
TEST(weeks_of_interventions_have_two_epochs)
{
#define CUT(week) "[[intervention]]\nweek=" week "\nkind='transect'\ntarget=['tibial']\nside='left'\n"
  static const struct {
    const char *scenario, *epochs;
  } row[] = {{"[run]\nbodies=0\nweeks=[0]\n", "0 course;"},
             {"[run]\nbodies=0\nweeks=[0,6]\n", "0 course;6 course;"},
             {CUT("0") "[run]\nbodies=0\nweeks=[0,6]\n", "0 before;0 after;6 course;"},
             {CUT("2") "[run]\nbodies=0\nweeks=[0]\n", "0 course;2 before;2 after;"},
             {CUT("3") "[run]\nbodies=0\nweeks=[0,6]\n", "0 course;3 before;3 after;6 course;"},
             {CUT("6") CUT("6") "[run]\nbodies=0\nweeks=[2,6,9]\n", "0 course;2 course;6 before;6 after;9 course;"},
             {CUT("0") CUT("0.5") "[run]\nbodies=0\nweeks=[0]\n", "0 before;0 after;0.5 before;0.5 after;"}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    sr_arena *a = sr_arena_new();
    const sr_result r = outline(row[i].scenario, NULL, 0, a);
    sr_text t = sr_text_new(a);
    for (int e = 0; e < r.nepoch; e++) {
      sr_text_print(&t, "%g %s;", r.epoch[e].week, r.epoch[e].when);
      CHECK(r.epoch[e].ntask == 3 && r.epoch[e].task[0].status == SR_TASK_INTERRUPTED);
    }
    SAME(t.at, row[i].epochs);
    CHECK((sr_result_after(&r) != NULL) == (strstr(row[i].epochs, "after") != NULL));
    sr_arena_free(a);
  }
#undef CUT
}

// Legs of different anatomy have trees of their own, with the nerves that they have and no others.
TEST(each_leg_has_its_own_nerve_tree)
{
  sr_arena *a = sr_arena_new();
  const sr_cut cut[2] = {{"nerve_to_soleus", 1.0, SR_LEFT}, {"gasmed_second_nerve", 0.5, SR_RIGHT}};
  const sr_result r = outline(
      "[anatomy]\nleft=['soleus_twig_to_gasmed','sural_mscn_alone']\nright=['gasmed_second_nerve','soleus_from_gaslat']"
      "\n"
      "[run]\nbodies=0\nweeks=[0]\n",
      cut, 2, a);
  NEAR(intact(&r, 0, "soleus_twig_to_gasmed"), 0.0, 0.0);  // it leaves the nerve that was cut
  NEAR(intact(&r, 1, "gasmed_second_nerve"), 0.5, 0.0);
  NEAR(intact(&r, 0, "gasmed_second_nerve"), -1.0, 0.0);
  NEAR(intact(&r, 1, "soleus_twig_to_gasmed"), -1.0, 0.0);
  NEAR(intact(&r, 0, "sural_communicating"), -1.0, 0.0);
  NEAR(intact(&r, 1, "sural_communicating"), 1.0, 0.0);
  for (int leg = 0; leg < 2; leg++)
    for (int i = 0; i < r.nnerve[leg]; i++) {
      const sr_nerve_result *n = &r.nerve[leg][i];
      CHECK(n->parent < i && n->second_parent < i);
      if (strcmp(n->id, "nerve_to_soleus") == 0)
        SAME(r.nerve[leg][n->parent].id, leg == 0 ? "tibial" : "nerve_to_gaslat");
      if (strcmp(n->id, "sural") == 0) CHECK((n->second_parent < 0) == (leg == 0));
      if (strcmp(n->id, "nerve_to_gasmed") == 0) NEAR(n->share, leg == 0 ? 0.9 : 0.7, 1e-15);
    }
  // written and read back: the same
  size_t size, again;
  sr_result back;
  sr_error err = {0};
  const char *text = sr_result_to_json(&r, a, &size);
  CHECK(sr_result_from_json("r", text, size, a, &back, &err));
  SAME(sr_result_to_json(&back, a, &again), text);
  sr_arena_free(a);
}

// Who asks what: everything that a solve depends on makes another question, what is merely asked for does not.
TEST(questions_differ_where_solves_do)
{
#define PERSON(mass) "[person]\nsex='female'\nage_yr=25\nheight_cm=160\nmass_kg=" mass "\n"
#define CUT(rest) "[[intervention]]\nweek=0\nkind='transect'\n" rest
  static const struct {
    const char *scenario;
    bool is_same;
  } row[] = {{PERSON("52") CUT("target=['tibial']\nside='left'\n"), true},
             {PERSON("52")
                  CUT("target=['tibial']\nside='left'\n") "[run]\nbodies=0\nweeks=[0,2]\ntasks=['stand']\nlang='zh'\n",
              true},
             {PERSON("52.000000000000007") CUT("target=['tibial']\nside='left'\n"), false},
             {PERSON("52\nbody_fat_percent=30") CUT("target=['tibial']\nside='left'\n"), false},
             {PERSON("52"), false},
             {PERSON("52") CUT("target=['tibial']\nside='right'\n"), false},
             {PERSON("52") CUT("target=['tibial']\nside='left'\nfraction=0.5\n"), false},
             {PERSON("52") CUT("target=['sciatic']\nside='left'\n"), false},
             {PERSON("52") CUT("target=['tibial']\nside='left'\n") "[anatomy]\nright=['deep_one_trunk']\n", false},
             {PERSON("52") CUT("target=['tibial']\nside='left'\n") "[[habits]]\nsteps_per_day=1\n", false}};
#undef PERSON
#undef CUT
  const sr_course_options o = {.version = "1", .kernel = "k"}, other = {.version = "1-dirty", .kernel = "k"};
  sr_arena *a = sr_arena_new();
  sr_nerve_tree tree;
  sr_scenario s;
  sr_error err = {0};
  const char *first = NULL;
  CHECK(sr_nerve_tree_load(a, &tree, &err));
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    if (!sr_scenario_parse("s.toml", row[i].scenario, strlen(row[i].scenario), &tree, a, &s, &err))
      sr_test_fail(__FILE__, __LINE__, "%s", err.text);
    const char *question = sr_course_question(&s, &o, a);
    if (first == NULL) first = question;
    if ((strcmp(question, first) == 0) != row[i].is_same) sr_test_fail(__FILE__, __LINE__, "row %d", (int)i);
    CHECK(strcmp(sr_course_question(&s, &other, a), question) != 0);
  }
  sr_arena_free(a);
}

// The first iterations of a cold walk, as the solver tells them.
enum { NSEEN = 8 };
typedef struct witness {
  volatile sig_atomic_t stop;
  double objective[NSEEN];
} witness;

static void see(void *who, const sr_nlp_progress *p)
{
  witness *w = who;
  if (p->iteration < NSEEN) w->objective[p->iteration] = p->objective;
  w->stop = p->iteration >= NSEEN - 1;
}

// One build gives the same bits each time, whatever the libraries under the solver would like to do with threads.
TEST_SLOW(a_solve_has_the_same_bits_each_time)
{
  sr_arena *a = sr_arena_new();
  sr_model *m = sr_alloc(a, sr_model, 1);
  sr_weights w;
  sr_task task;
  sr_error err = {0};
  const sr_scenario s = sr_scenario_default(a);
  witness seen[4] = {0};
  CHECK(sr_model_load(&s.person, m, &err) && sr_weights_load(&w, &err) && sr_task_parse("walk", &task, &err));
  for (int k = 0; k < 4; k++) {
    sr_task_result r;
    sr_solution unused = {0};
    const sr_task_run run = {
        .model = m, .weights = &w, .needs_full_cycle = true, .stop = &seen[k].stop, .progress = see, .who = &seen[k]};
    sr_task_solve(&task, &run, a, &r, &unused);
    CHECK(r.status == SR_TASK_INTERRUPTED && seen[k].objective[NSEEN - 1] > 0.0);
    CHECK(memcmp(seen[k].objective, seen[0].objective, sizeof seen[0].objective) == 0);
  }
  sr_arena_free(a);
}

TEST_SLOW(who_lives_with_their_own_loads_gets_their_own_girth)
{
  static const char text[] =
      "[person]\nsex='female'\nage_yr=25\nheight_cm=160\nmass_kg=52\n"
      "[[intervention]]\nweek=0\nkind='transect'\ntarget=['nerve_to_gasmed']\nside='both'\n[run]\nweeks=[0,1,2]\ntasks="
      "['stand']\n";
  sr_arena *a = sr_arena_new();
  sr_nerve_tree tree;
  sr_scenario s;
  sr_result r;
  sr_error err = {0};
  const sr_course_options o = {.version = "test", .kernel = "test", .threads = 1, .without_slips = true};
  CHECK(sr_nerve_tree_load(a, &tree, &err) && sr_scenario_parse("s", text, strlen(text), &tree, a, &s, &err));
  s.samples = 0;
  // herself, somebody taller, and a girth that no leg of that size has
  sr_person who[3] = {s.person, s.person, s.person};
  who[1].height_m = 1.72;
  who[1].mass_kg = 66.0;
  who[2].calf_girth_cm = 21.0;
  const double week[2] = {1.0, 2.0};
  sr_person_leg lived[12];
  CHECK(sr_course_people(&s, &tree, who, 3, week, 2, &o, a, lived, &err));
  CHECK(sr_course_solve(&s, &tree, week[1], NULL, 0, &o, a, &r, &err));
  double change[12];
  for (int i = 0; i < 12; i++) change[i] = lived[i].girth - lived[i].girth_before;
  for (int leg = 0; leg < 2; leg++) {
    const sr_leg_result *l = &r.epoch[0].leg[leg];
    NEAR(lived[2 + leg].dorsiflexion / SR_DEGREE, sr_metric_find(l->metric, l->nmetric, "dorsiflexion_deg")->value,
         1e-9);
    NEAR(100.0 * change[2 + leg], sr_metric_find(l->metric, l->nmetric, "girth_change_cm")->value, 1e-9);
    CHECK(change[leg] < 0.0 && change[2 + leg] < 0.0);
    CHECK(change[6 + leg] < 0.0 && fabs(change[6 + leg] - change[2 + leg]) > 1e-5);
    CHECK(isnan(change[10 + leg]));
  }
  sr_arena_free(a);
}
