// Constants of muscles over weeks as data, and laws of the slow model at all of their values.
#include "load/tissue.h"

#include <time.h>

#include "load/data.h"
#include "math/sample.h"
#include "test.h"
#include "tissue/supply.h"

static sr_tissue_table table(void)
{
  sr_tissue_table t = {0};
  sr_error err = {0};
  if (!sr_tissue_table_load(&t, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return t;
}

// Every row has a source, and what is called an assumption has a range; each is one that the reader asks for.
TEST(every_constant_of_tissue_is_read_and_its_spread_is_told)
{
  sr_arena *a = sr_arena_new();
  sr_rows rows;
  CHECK(sr_rows_open("tissue.toml", a, &rows, NULL));
  int n = 0;
  for (int i = 0; i < rows.table->n; i++) {
    const sr_toml *group = &rows.table->child[i];
    if (group->kind != SR_TOML_TABLE || strcmp(group->key, "nerve_length") == 0) continue;
    for (int k = 0; k < group->n; k++, n++) {
      const sr_toml *row = &group->child[k], *source = sr_toml_get(row, "source");
      const bool is_spread = sr_toml_get(row, "range") != NULL || sr_toml_get(row, "sdlog") != NULL;
      if (source == NULL || source->kind != SR_TOML_STRING || !is_spread)
        sr_test_fail("data/tissue.toml", row->line, "'%s' without a source or a spread", row->key);
      bool is_known = false;
      for (int j = 0; j < SR_TISSUE_NPARAM; j++) is_known = is_known || strcmp(sr_tissue_param_name(j), row->key) == 0;
      if (!is_known) sr_test_fail("data/tissue.toml", row->line, "'%s' is read by nothing", row->key);
    }
  }
  CHECK(n == SR_TISSUE_NPARAM);
  const sr_tissue_table t = table();
  CHECK(sr_tissue_nunknown(&t) == n);
  for (int k = 0; k < n; k++) {
    const double lo = sr_spread_value(&t.spread[k], 1e-3), hi = sr_spread_value(&t.spread[k], 0.999);
    if (!(lo < t.par.all[k] && t.par.all[k] < hi))
      sr_test_fail(__FILE__, __LINE__, "%s: its value lies outside of its spread", sr_tissue_param_name(k));
  }
  sr_arena_free(a);
}

TEST(growth_that_feeds_itself_and_negative_constants_are_refused)
{
  sr_arena *a = sr_arena_new();
  static const char *const change[][3] = {
      {"load", "size_power", "tissue.toml: power x size_power is 1.5, must be < 1, or growth feeds itself"},
      {"load", "waste_time", "tissue.toml: 'waste_time' must not be negative"}};
  static const double value[] = {0.5, -1.0};
  for (int i = 0; i < 2; i++) {
    sr_rows rows, group;
    sr_tissue_table t;
    sr_error err = {0};
    CHECK(sr_rows_open("tissue.toml", a, &rows, NULL) && sr_rows_find(rows, change[i][0], &group, NULL));
    ((sr_toml *)sr_toml_get(sr_toml_get(group.table, change[i][1]), "value"))->number = value[i];
    CHECK(!sr_tissue_table_read(rows, &t, &err));
    SAME(err.text, change[i][2]);
  }
  sr_arena_free(a);
}

static bool lengths(sr_arena *a, sr_nerve_tree *tree, double *length)
{
  size_t size;
  const char *text = sr_data_find("nerves.toml", &size);
  return sr_nerve_load("nerves.toml", text, a, tree, NULL) && sr_nerve_lengths_load(tree, length, NULL);
}

TEST(every_nerve_has_a_length_and_every_length_a_nerve)
{
  sr_arena *a = sr_arena_new();
  sr_nerve_tree tree;
  double length[64];
  CHECK(lengths(a, &tree, length) && tree.nnode <= 64);
  for (int i = 0; i < tree.nnode; i++) CHECK(length[i] >= 0.02 && length[i] <= 0.4);
  NEAR(length[sr_nerve_find(&tree, "nerve_to_gasmed")], 0.042, 1e-12);
  sr_rows rows, r;
  CHECK(sr_rows_open("tissue.toml", a, &rows, NULL) && sr_rows_find(rows, "nerve_length", &r, NULL));
  for (int i = 0; i < r.table->n; i++) {
    const char *key = r.table->child[i].key;
    if (strcmp(key, "source") != 0 && strcmp(key, "other") != 0 && sr_nerve_find(&tree, key) < 0)
      sr_test_fail("data/tissue.toml", r.table->child[i].line, "no nerve is called '%s'", key);
  }
  sr_arena_free(a);
}

// S8: where the soleus nerve leaves that of the lateral head, a cut of that branch takes both; the twig of the soleus
// keeps a tenth of the medial head, which then sprouts over most of it.
TEST(variants_of_anatomy_reach_the_tissue)
{
  sr_arena *a = sr_arena_new();
  sr_nerve_tree tree, leg;
  double length[64];
  CHECK(lengths(a, &tree, length));
  const char *twig[] = {"soleus_twig_to_gasmed"};
  sr_error err = {0};
  if (!sr_nerve_apply_variants(&tree, twig, 1, a, &leg, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  CHECK(sr_nerve_lengths_load(&leg, length, NULL));
  const sr_lesion cut = {.node = sr_nerve_find(&leg, "nerve_to_gasmed"), .share = 1.0, .repair_week = (double)INFINITY};
  const sr_tissue_params p = table().par;
  const sr_supply_state s = sr_supply_after(&p, sr_supply_new(&leg, length, &cut, 1, "gasmed", a), 1.0);
  CHECK(s.axons > 0.04 && s.axons < 0.31);
  const sr_tissue_step t = sr_tissue_step_new(&p, 1.0);
  sr_tissue_muscle m = sr_tissue_healthy();
  for (int week = 0; week < 104; week++)
    m = sr_tissue_advance(&t, m, &(sr_tissue_input){.axons = s.axons, .stress = 1.0});
  NEAR(m.nerve, fmin(1.0, p.unit_most * s.axons), 1e-6);
  sr_arena_free(a);
}

// At every point of a set: the constants make sense, a loop below 1, denervation never slower than disuse, more of it
// never stronger, and a block of three months within 2% at two years.
TEST(the_laws_hold_at_all_values_of_the_constants)
{
  sr_arena *a = sr_arena_new();
  const sr_tissue_table table_ = table();
  const sr_sample_set set = sr_sample_set_new(300, sr_tissue_nunknown(&table_), 1, a);
  int slow_return = 0;
  for (int k = 0; k < set.n; k++) {
    const sr_tissue_params p = sr_tissue_draw(&table_, &set.u[k * set.dim]);
    CHECK(p.power * p.size_power < 1.0 && p.toxin_most < 1.0 && p.size_least < 1.0 && p.size_most > 1.0);
    const sr_tissue_step t = sr_tissue_step_new(&p, 1.0);
    enum { N = 6 };
    sr_tissue_muscle idle = sr_tissue_healthy(), cut[N], blocked = idle;
    for (int i = 0; i < N; i++) cut[i] = idle;
    for (int week = 0; week < 104; week++) {
      idle = sr_tissue_advance(&t, idle, &(sr_tissue_input){.axons = 1.0});
      const bool is_blocked = week < 12;
      blocked = sr_tissue_advance(&t, blocked, &(sr_tissue_input){.axons = 1.0, .load = 1.0, .blocked = is_blocked});
      for (int i = 0; i < N; i++) {
        cut[i] = sr_tissue_advance(&t, cut[i], &(sr_tissue_input){.axons = i / (N - 1.0), .load = 0.5});
        CHECK(i == 0 || sr_tissue_read(&p, &cut[i]).capacity >= sr_tissue_read(&p, &cut[i - 1]).capacity - 1e-12);
      }
      CHECK(cut[0].den_fast + cut[0].den_slow < idle.section);
    }
    const sr_tissue_readout r = sr_tissue_read(&p, &blocked);
    slow_return += fabs(r.capacity - 1.0) > 0.02 || fabs(r.total - 1.0) > 0.02;
  }
  CHECK(slow_return == 0);
  sr_arena_free(a);
}

// Ten years of weeks, 34 muscles, 300 samples below 1 s: here every muscle is in the worst case, changing all the time,
// for a tenth of that. CPU time, so that other work does not count; the bound leaves 2.5 times for a loaded machine.
TEST_SLOW(ten_years_of_two_legs_take_less_than_a_second_for_300_samples)
{
  const sr_tissue_params p = table().par;
  const sr_tissue_step t = sr_tissue_step_new(&p, 1.0);
  const clock_t begin = clock();
  double sum = 0.0;
  for (int sample = 0; sample < 30; sample++)
    for (int muscle = 0; muscle < 34; muscle++) {
      sr_tissue_muscle s = sr_tissue_healthy();
      sr_tissue_inject(&p, &s, 50.0);
      for (int week = 0; week < 520; week++)
        s = sr_tissue_advance(&t, s, &(sr_tissue_input){.axons = 0.5, .load = 0.5 + 0.03 * muscle});
      sum += s.section;
    }
  const double seconds = 10.0 * (double)(clock() - begin) / CLOCKS_PER_SEC;
  CHECK(sum > 0.0);
  if (seconds > 2.5) sr_test_fail(__FILE__, __LINE__, "%g s", seconds);
}
