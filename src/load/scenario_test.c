// Scenario files: what is read, what is left to the defaults, and a folder of broken files with the message each gives.
#include "load/scenario.h"

#include "base/files.h"
#include "load/scenario_read.h"
#include "test.h"

// A few nerves of the calf; enough for names to be right or wrong.
static sr_nerve_tree small_tree(void)
{
  static sr_nerve_node node[] = {{.id = "tibial", .name_en = "", .name_zh = "", .kind = SR_NERVE_TRUNK, .parent = -1},
                                 {.id = "nerve_to_gasmed", .kind = SR_NERVE_MOTOR, .muscle = "gasmed"},
                                 {.id = "nerve_to_gaslat", .kind = SR_NERVE_MOTOR, .muscle = "gaslat"},
                                 {.id = "nerve_to_soleus", .kind = SR_NERVE_MOTOR, .muscle = "soleus"},
                                 {.id = "medial_sural_cutaneous", .kind = SR_NERVE_SENSORY}};
  static const char *soleus[] = {"nerve_to_soleus"}, *tibial[] = {"tibial"}, *skin[] = {"medial_sural_cutaneous"};
  static sr_nerve_variant variant[] = {
      {.id = "soleus_from_gaslat", .nnode = 1, .node = soleus, .new_parent = "nerve_to_gaslat"},
      {.id = "deep_one_trunk", .nnode = 1, .node = soleus, .new_parent = "tibial"},
      {.id = "gasmed_second_nerve", .nnode = 1, .node = tibial, .twig_muscle = "gasmed", .twig_share = 0.3},
      {.id = "skin_alone", .nnode = 1, .node = skin, .is_absent = true}};
  return (sr_nerve_tree){.nnode = 5, .node = node, .nvariant = 4, .variant = variant};
}

static bool parse(sr_arena *keep, const char *text, sr_scenario *s, sr_error *err)
{
  const sr_nerve_tree tree = small_tree();
  return sr_scenario_parse("s.toml", text, strlen(text), &tree, keep, s, err);
}

#define PERSON "[person]\nsex = \"male\"\nage_yr = 40\nheight_cm = 180\nmass_kg = 80\n"

TEST(scenario_of_the_article_is_read)
{
  const sr_nerve_tree tree = small_tree();
  sr_arena *a = sr_arena_new();
  sr_scenario s = {0};
  sr_error err = {0};
  if (!sr_scenario_read(sr_test_path("examples/article.toml"), &tree, a, &s, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  else {
    CHECK(s.person.sex == SR_FEMALE && s.nhabits == 1 && s.nintervention == 1 && s.ntask == 9 && s.nalways == 4 &&
          s.nweek == 9);
    NEAR(s.person.height_m, 1.60, 1e-15);
    NEAR(s.person.mass_kg, 52, 0);
    NEAR(s.person.calf_girth_cm, 0, 0);
    NEAR(s.habits[0].walking_speed_m_s, 1.3, 0);
    CHECK(s.intervention[0].kind == SR_TRANSECT && s.intervention[0].side == SR_BOTH && s.intervention[0].ntarget == 2);
    SAME(s.intervention[0].target[1], "nerve_to_gaslat");
    NEAR(s.intervention[0].fraction, 1, 0);
    SAME(s.task[3], "walk:speed_m_s=1.33");
    SAME(s.task[4], "run:speed_m_s=3");
    CHECK(s.nmore_week == 3 && s.task_line[4] > s.task_line[3]);
    CHECK(s.samples == 300 && s.bodies == 0 && s.seed == 1);
    SAME(s.lang, "en");
  }
  sr_arena_free(a);
}

TEST(scenario_needs_a_person_only)
{
  sr_arena *a = sr_arena_new();
  sr_scenario s = {0}, usual = sr_scenario_default(a);
  CHECK(parse(a, PERSON, &s, NULL));
  CHECK(s.person.sex == SR_MALE && s.nintervention == 0 && s.nhabits == 1 && s.nvariant[0] == 0 &&
        s.nweek == usual.nweek);
  for (int i = 0; i < usual.nweek && i < s.nweek; i++) NEAR(s.week[i], usual.week[i], 0);
  for (int i = 0; i < usual.ntask && i < s.ntask; i++) SAME(s.task[i], usual.task[i]);
  NEAR(s.habits[0].steps_per_day, usual.habits[0].steps_per_day, 0);
  NEAR(usual.person.mass_kg, 52, 0);
  sr_arena_free(a);
}

TEST(scenario_habits_are_inherited_and_begin_at_week_0)
{
  sr_arena *a = sr_arena_new();
  sr_scenario s = {0};
  CHECK(parse(a, PERSON "[[habits]]\nweek = 3\nrunning_km_per_week = 20\n[[habits]]\nweek = 9\nsteps_per_day = 100\n",
              &s, NULL));
  CHECK(s.nhabits == 3);
  NEAR(s.habits[0].week, 0, 0);
  NEAR(s.habits[0].running_km_per_week, 0, 0);
  NEAR(s.habits[2].running_km_per_week, 20, 0);
  NEAR(s.habits[2].steps_per_day, 100, 0);
  NEAR(s.habits[1].steps_per_day, 8000, 0);
  sr_arena_free(a);
}

TEST(scenario_reads_every_kind_of_intervention)
{
  static const char text[] = PERSON
      "[anatomy]\nleft = [\"deep_one_trunk\"]\n"
      "[[intervention]]\nweek=0\nkind='transect'\ntarget=['tibial']\nside='left'\nfraction=0.5\n"
      "[[intervention]]\nweek=0\nkind='transect'\ntarget=['tibial']\nside='right'\n"
      "[[intervention]]\nweek=1\nkind='repair'\ntarget=['tibial']\nside='both'\n"
      "[[intervention]]\nweek=2\nkind='block'\ntarget=['medial_sural_cutaneous']\nside='left'\nduration_weeks=0.1\n"
      "[[intervention]]\nweek=2\nkind='toxin'\ntarget=['gasmed','gaslat']\nside='both'\ndose_U=50\n"
      "[[intervention]]\nweek=3\nkind='ablate'\ntarget=['nerve_to_soleus']\nside='right'\nfraction=0\n"
      "[[intervention]]\nweek=4\nkind='resect'\ntarget=['gaslat']\nside='both'\nmass_g=30\n"
      "[[intervention]]\nweek=4\nkind='immobilise'\ntarget=['ankle','toe']\nside='left'\nduration_weeks=6\n";
  sr_arena *a = sr_arena_new();
  sr_scenario s = {0};
  sr_error err = {0};
  if (!parse(a, text, &s, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  CHECK(s.nintervention == 8 && s.nvariant[0] == 1 && s.nvariant[1] == 0);
  static const sr_intervention_kind kind[] = {SR_TRANSECT, SR_TRANSECT, SR_REPAIR, SR_BLOCK,
                                              SR_TOXIN,    SR_ABLATE,   SR_RESECT, SR_IMMOBILISE};
  for (int i = 0; i < s.nintervention; i++) CHECK(s.intervention[i].kind == kind[i]);
  if (s.nintervention == 8) {
    NEAR(s.intervention[0].fraction, 0.5, 0);
    NEAR(s.intervention[4].dose_U, 50, 0);
    NEAR(s.intervention[4].fraction, 1, 0);
    NEAR(s.intervention[6].mass_g, 30, 0);
    NEAR(s.intervention[7].duration_weeks, 6, 0);
    CHECK(s.intervention[0].line == 8 && s.intervention[1].side == SR_RIGHT && s.intervention[7].ntarget == 2);
  }
  sr_arena_free(a);
}

// tests/data/hostile/<name>.toml: the line that is named, and a part of the message
static const struct {
  const char *name;
  int line;
  const char *message;
} hostile[] = {
    {"empty", 1, "the file is empty"},
    {"blank", 1, "the file is empty"},
    {"comment_only", 1, "[person] is missing"},
    {"binary", 2, "no text file"},
    {"zero_bytes", 2, "zero byte"},
    {"utf16", 1, "no UTF-8"},
    {"latin1", 6, "no UTF-8"},
    {"overlong_utf8", 7, "no UTF-8"},
    {"escape_code", 7, "control character"},
    {"json", 1, "a key is missing at"},
    {"no_person", 1, "[person] is missing"},
    {"person_is_number", 1, "'person' is a table"},
    {"person_is_array", 1, "'person' is a table"},
    {"no_sex", 1, "[person] has no sex, one of female, male"},
    {"no_mass", 1, "[person] has no mass_kg, a number from 30 to 200 kg is required"},
    {"sex_unknown", 2, "did you mean 'female'?"},
    {"sex_is_number", 2, "[person] sex is a whole number, a text in quotes is wanted"},
    {"age_is_text", 3, "[person] age_yr is a text"},
    {"age_is_bool", 3, "[person] age_yr is true or false"},
    {"age_child", 3, "age_yr is 12, allowed are 18 to 90 years"},
    {"age_is_date", 3, "is a date or time"},
    {"mass_negative", 5, "mass_kg is -52, allowed are 30 to 200 kg"},
    {"mass_nan", 5, "mass_kg is nan, allowed"},
    {"mass_inf", 5, "mass_kg is inf, allowed"},
    {"mass_huge", 5, "too large for a number"},
    {"mass_big_whole", 5, "too large for a whole number"},
    {"mass_list", 5, "mass_kg is a list"},
    {"mass_missing_value", 5, "the value is missing"},
    {"mass_with_unit", 5, "'kg' after the value"},
    {"mass_comma", 5, "',5' after the value"},
    {"height_no_unit", 4, "unknown key 'height' in [person], did you mean 'height_cm'?"},
    {"height_in_metres", 4, "height_cm is 1.6, allowed are 120 to 220 cm"},
    {"key_misspelt", 5, "did you mean 'mass_kg'?"},
    {"key_twice", 6, "'mass_kg' stands here for the second time, the first is in line 5"},
    {"table_twice", 6, "'person' stands here for the second time"},
    {"table_unknown", 6, "unknown key 'persons' in the scenario, did you mean 'person'?"},
    {"table_open", 1, "no closing ]"},
    {"string_open", 2, "no closing \""},
    {"quotes_curly", 2, "is no value"},
    {"leading_zero", 3, "'025' is no value"},
    {"schema_wrong", 1, "schema must be \"surae-scenario/1\""},
    {"schema_number", 1, "schema must be"},
    {"deep_lists", 7, "nested too deeply"},
    {"deep_keys", 6, "nested too deeply"},
    {"deep_tables", 6, "nested too deeply"},
    {"variant_unknown", 7, "no nerve variant; `surae nerves` lists them; did you mean 'soleus_from_gaslat'?"},
    {"variant_twice", 7, "holds 'soleus_from_gaslat' twice"},
    {"variants_exclude", 7, "[anatomy] right: nerve variants 'soleus_from_gaslat' and 'deep_one_trunk' exclude each"},
    {"nerve_of_variant", 11,
     "'gasmed_second_nerve' of kind 'transect' belongs to a variant that the right leg does not"},
    {"nerve_missing", 11, "'medial_sural_cutaneous' of kind 'transect' is missing in the left leg, as [anatomy]"},
    {"anatomy_middle", 7, "unknown key 'middle' in [anatomy]"},
    {"habits_not_list", 6, "written [[habits]]"},
    {"habits_order", 8, "week 5 of [[habits]] comes after week 5"},
    {"habits_no_week", 8, "[[habits]] has no week"},
    {"habits_25_hours", 7, "standing_h_per_day is 25, allowed are 0 to 24 h"},
    {"habits_intake_of_a_meal", 7, "energy_intake_kcal_per_day is 300, allowed are 500 to 10000 kcal"},
    {"habits_standing_still", 8, "walking_speed_m_s is 0, allowed are 0.2 to 2.5 m/s"},
    {"habits_unknown_key", 7, "did you mean 'steps_per_day'?"},
    {"habits_of_numbers", 1, "'habits' holds a whole number, tables [[habits]] are wanted"},
    {"nerve_unknown", 9,
     "target 'nerve_to_gasmde' of kind 'transect' is no nerve; `surae nerves` lists them; did you mean "
     "'nerve_to_gasmed'?"},
    {"nerve_in_later_line", 11, "'nerve_to_nose_and_ears' of kind 'transect' is no nerve"},
    {"nerve_not_list", 9, "target is a text, a list is wanted: target = [\"...\", \"...\"]"},
    {"nerve_list_of_numbers", 9, "target holds a whole number, texts in quotes are wanted"},
    {"nerve_twice", 9, "target holds 'tibial' twice"},
    {"nerve_empty_text", 9, "target holds an empty text"},
    {"target_empty", 6, "has no target; a list of nerves is required"},
    {"target_absent", 6, "has no target"},
    {"muscle_as_nerve", 9, "did you mean 'nerve_to_gasmed'?"},
    {"nerve_as_muscle", 9, "is no muscle; `surae nerves` lists them; did you mean 'gasmed'?"},
    {"joint_unknown", 9, "is no joint; allowed are hip, knee, ankle, toe"},
    {"kind_unknown", 8, "kind is 'cut'; allowed are transect, repair, block, toxin, ablate, resect, immobilise"},
    {"kind_case", 8, "did you mean 'transect'?"},
    {"kind_absent", 6, "has no kind, one of transect, repair"},
    {"side_unknown", 10, "side is 'links'; allowed are left, right, both"},
    {"side_absent", 6, "has no side, one of left, right, both is required"},
    {"fraction_above_one", 11, "fraction is 1.7, allowed are 0 to 1"},
    {"fraction_percent_sign", 11, "'%' after the value"},
    {"fraction_of_toxin", 12, "of kind 'toxin' takes no fraction, it takes dose_U"},
    {"dose_absent", 6, "has no dose_U, a number from 0.1 to 1000 units per leg is required"},
    {"dose_of_transect", 11, "of kind 'transect' takes no dose_U, it takes fraction"},
    {"mass_of_resect_negative", 11, "mass_g is -20, allowed are 0.1 to 1000 g per leg"},
    {"duration_absent", 6, "has no duration_weeks"},
    {"duration_zero", 11, "duration_weeks is 0, allowed are 0.001 to 520 weeks"},
    {"week_absent", 6, "has no week, a number from 0 to 520 weeks is required"},
    {"week_negative", 7, "week is -1, allowed are 0 to 520 weeks"},
    {"week_out_of_order", 12, "week 2 comes after week 10; interventions stand in time order"},
    {"repair_without_cut", 6, "'nerve_to_gasmed' is repaired, but no earlier [[intervention]] transects it"},
    {"repair_other_side", 11, "is repaired, but no earlier"},
    {"intervention_one_bracket", 6, "written [[intervention]]"},
    {"intervention_unknown_key", 11, "unknown key 'dose' in [[intervention]], did you mean 'dose_U'?"},
    {"weeks_order", 7, "[run] weeks, item 3: 1 does not come after 2"},
    {"weeks_text", 7, "[run] weeks, item 2: numbers from 0 to 520 are wanted"},
    {"weeks_empty", 7, "[run] weeks is a list of 1 to 500 numbers"},
    {"weeks_nan", 7, "[run] weeks, item 1: numbers from 0 to 520"},
    {"weeks_comma_missing", 7, "needs ',' or ']' here"},
    {"tasks_empty", 7, "[run] tasks is empty"},
    {"tasks_text", 7, "tasks is a text, a list is wanted: tasks = [\"...\", \"...\"]"},
    {"tasks_blank", 7, "tasks holds an empty text"},
    {"more_weeks_alone", 8, "more_tasks and more_weeks belong together"},
    {"more_tasks_alone", 7, "more_tasks and more_weeks belong together"},
    {"more_weeks_not_among", 9, "more_weeks, item 1: 3 is not among the weeks"},
    {"bodies_negative", 7, "bodies is -1, allowed are 0 to 1000"},
    {"samples_fraction", 7, "samples is written with a decimal point"},
    {"samples_zero", 7, "samples is 0, allowed are 1 to 100000"},
    {"seed_negative", 7, "seed is -1, allowed are 0 to"},
    {"lang_unknown", 7, "lang is 'klingon'; allowed are en, zh"}};

// "file:line: " and one line of text without control characters.
static void check_message(const char *path, int line, const char *message, const sr_error *err)
{
  char start[1200];
  snprintf(start, sizeof start, "%s:%d: ", path, line);
  const bool is_placed = strncmp(err->text, start, strlen(start)) == 0;
  if (!is_placed || !strstr(err->text, message) || err->code != SR_BAD_VALUE)
    sr_test_fail(__FILE__, __LINE__, "'%s', expected '%s%s'", err->text, start, message);
  for (const char *s = err->text; *s; s++) CHECK((unsigned char)*s >= 0x20 && *s != 0x7F);
}

// A nerve of a variant may be cut in the legs that have the variant.
TEST(scenario_takes_nerves_of_variants)
{
  static const char text[] = PERSON
      "[anatomy]\nleft = ['gasmed_second_nerve']\n"
      "[[intervention]]\nweek=0\nkind='transect'\ntarget=['nerve_to_gasmed','gasmed_second_nerve']\nside='left'\n";
  sr_arena *a = sr_arena_new();
  sr_scenario s = {0};
  sr_error err = {0};
  if (!parse(a, text, &s, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  CHECK(s.nintervention == 1);
  sr_arena_free(a);
}

// A cut from elsewhere is an intervention like those of the file, in time order, checked by the same rules.
TEST(scenario_takes_further_cuts)
{
  static const char text[] = PERSON
      "[anatomy]\nright = ['gasmed_second_nerve']\n"
      "[[intervention]]\nweek=0\nkind='transect'\ntarget=['tibial']\nside='left'\n"
      "[[intervention]]\nweek=2\nkind='transect'\ntarget=['tibial']\nside='right'\n";
  const sr_nerve_tree tree = small_tree();
  sr_arena *a = sr_arena_new();
  sr_scenario s = {0};
  sr_error err = {0};
  const sr_cut cut[2] = {{"nerve_to_soleus", 0.5, SR_BOTH}, {"gasmed_second_nerve", 1.0, SR_RIGHT}};
  CHECK(parse(a, text, &s, &err) && sr_scenario_cut(&s, &tree, 0.0, cut, 2, a, &err));
  CHECK(s.nintervention == 4);
  if (s.nintervention == 4) {
    SAME(s.intervention[1].target[0], "nerve_to_soleus");
    CHECK(s.intervention[1].fraction == 0.5 && s.intervention[1].side == SR_BOTH && s.intervention[1].week == 0.0);
    SAME(s.intervention[2].target[0], "gasmed_second_nerve");
    NEAR(s.intervention[3].week, 2.0, 0.0);
  }
  static const struct {
    sr_cut cut;
    const char *says;
  } bad[] = {{{"soleus", 1.0, SR_BOTH},
              "--cut: 'soleus' is no nerve; `surae nerves` lists them; did you mean 'nerve_to_soleus'?"},
             {{"gasmed_second_nerve", 1.0, SR_BOTH}, "belongs to a variant that the left leg does not have"}};
  for (int i = 0; i < 2; i++) {
    err = (sr_error){0};
    CHECK(!sr_scenario_cut(&s, &tree, 0.0, &bad[i].cut, 1, a, &err) && err.code == SR_BAD_VALUE);
    if (strstr(err.text, bad[i].says) == NULL) sr_test_fail(__FILE__, __LINE__, "'%s'", err.text);
  }
  CHECK(s.nintervention == 4);
  sr_arena_free(a);
}

TEST(scenario_knows_lines_of_tasks)
{
  sr_arena *a = sr_arena_new();
  sr_scenario s = {0};
  CHECK(parse(a, PERSON, &s, NULL));
  CHECK(s.task_line == NULL);
  CHECK(parse(
      a, PERSON "calf_girth_cm = 34\n[[habits]]\nsteps_per_day = 1\n[run]\nseed = 2\ntasks = [\n'stand',\n\n'walk']\n",
      &s, NULL));
  CHECK(s.task_line != NULL && s.task_line[0] == 12 && s.task_line[1] == 14);
  sr_arena_free(a);
}

// A guess is near what was written, or holds it as whole words.
TEST(names_that_are_near_and_no_others)
{
  const sr_names nerves = SR_NAMES("nerve_to_soleus", "nerve_to_fdl", "nerve_to_fhl", "dorsal_cutaneous_foot", "tibial",
                                   "soleus_twig_to_gasmed");
  static const struct {
    const char *name, *near;
  } row[] = {{"soleus", "nerve_to_soleus"},
             {"nerve_to_solues", "nerve_to_soleus"},
             {"fdl", "nerve_to_fdl"},
             {"tibal", "tibial"},
             {"nerve_to_soleus_branch", "nerve_to_soleus"},
             {"foo", NULL},
             {"nerve", NULL},
             {"to", NULL},
             {"x", NULL},
             {"", NULL},
             {"tib", NULL},
             {"cut", NULL},
             {"sural_nerve_of_the_left", NULL}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    const char *near = sr_names_nearest(nerves, row[i].name);
    if ((near == NULL) != (row[i].near == NULL) || (near != NULL && strcmp(near, row[i].near) != 0))
      sr_test_fail(__FILE__, __LINE__, "'%s': '%s'", row[i].name, near ? near : "none");
  }
}

TEST(scenario_broken_files_give_one_line)
{
  const sr_nerve_tree tree = small_tree();
  sr_arena *a = sr_arena_new();
  for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
    const char *path = sr_test_path(sr_arena_printf(a, "tests/data/hostile/%s.toml", hostile[i].name));
    sr_scenario s = {0};
    sr_error err = {0};
    if (sr_scenario_read(path, &tree, a, &s, &err))
      sr_test_fail(__FILE__, __LINE__, "accepted: %s", hostile[i].name);
    else
      check_message(path, hostile[i].line, hostile[i].message, &err);
    CHECK(s.path == NULL);  // nothing half-read is handed out
  }
  sr_arena_free(a);
}

TEST(scenario_odd_but_right_files_work)
{
  static const char *const good[] = {"works_crlf", "works_byte_order_mark", "works_no_last_newline",
                                     "works_inline_tables", "works_quoted_keys"};
  const sr_nerve_tree tree = small_tree();
  sr_arena *a = sr_arena_new();
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    sr_scenario s = {0};
    sr_error err = {0};
    const char *path = sr_test_path(sr_arena_printf(a, "tests/data/hostile/%s.toml", good[i]));
    if (!sr_scenario_read(path, &tree, a, &s, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  }
  sr_arena_free(a);
}

TEST(scenario_long_lines_and_files_that_are_none)
{
  const sr_nerve_tree tree = small_tree();
  sr_arena *a = sr_arena_new();
  const size_t size = 10000000;
  char *text = sr_alloc(a, char, size + 1);
  sr_scenario s = {0};
  sr_error err = {0};
  memset(text, 'x', size);
  CHECK(!sr_scenario_parse("s.toml", text, size, &tree, a, &s, &err));
  check_message("s.toml", 1, "the file has 10000000 bytes; a scenario has at most 1048576", &err);
  text[1000000] = '\0';  // short enough to be read: a key of a million letters
  CHECK(!sr_scenario_parse("s.toml", text, 1000000, &tree, a, &s, &err));
  check_message("s.toml", 1, "'=' and a value are missing after the key 'xxxx", &err);
  CHECK(!sr_scenario_read(sr_test_path("tests/data"), &tree, a, &s, &err) && err.code == SR_BAD_FILE);
  CHECK(!sr_scenario_read(sr_test_path("tests/data/none.toml"), &tree, a, &s, &err) && err.code == SR_BAD_FILE);
  sr_arena_free(a);
}
