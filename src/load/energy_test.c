// From data and a scenario to a person's balance of energy: constants, weeks of life, the 6 kg of two years, unknowns.
#include "load/energy.h"

#include "base/constants.h"
#include "load/volume.h"
#include "math/sample.h"
#include "test.h"

static sr_energy_table table(void)
{
  sr_energy_table t = {0};
  sr_error err = {0};
  if (!sr_energy_table_load(&t, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return t;
}

static const sr_person article = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.60, .mass_kg = 52.0};
static const sr_habits usual = {
    .standing_h_per_day = 4, .steps_per_day = 8000, .walking_speed_m_s = 1.3, .stairs_per_day = 10};

static sr_energy_person person_of(const sr_energy_table *t, const sr_energy_params *par, const sr_person *who)
{
  sr_arena *a = sr_arena_new();
  sr_rows rows;
  sr_volume_table volume;
  sr_energy_person p = {0};
  sr_error err = {0};
  CHECK(sr_rows_open("person.toml", a, &rows, NULL) && sr_volume_table_read(rows, &volume, NULL));
  if (!sr_energy_person_of(t, par, who, sr_body_fat(&volume, who), &usual, &p, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  sr_arena_free(a);
  return p;
}

// In kilocalories, to the digits in which public code has them.
TEST(energy_constants_are_those_of_hall)
{
  const sr_energy_params c = table().par;
  NEAR(c.fat_energy / SR_KCAL, 9440.7, 0.1);
  NEAR(c.lean_energy / SR_KCAL, 1816.4, 0.1);
  NEAR(c.glycogen_energy / SR_KCAL, 4206.5, 0.1);
  NEAR(c.fat_upkeep / SR_KCAL, 3.107, 1e-3);
  NEAR(c.lean_upkeep / SR_KCAL, 21.99, 1e-2);
  NEAR(c.fat_making / SR_KCAL, 179.25, 0.1);
  NEAR(c.lean_making / SR_KCAL, 229.45, 0.1);
  NEAR(c.forbes * c.lean_energy / c.fat_energy, 2.001, 1e-3);
  NEAR(c.feeding, 0.1, 1e-15);
  NEAR(c.adaptation, 0.14, 1e-15);
  NEAR(c.adaptation_time, 14.0, 0.0);
  NEAR(c.sodium_loss / c.sodium, 3000.0 / 3220.0, 1e-12);
  NEAR(c.sodium_carbohydrate / c.sodium, 4000.0 / 3220.0, 1e-12);
}

TEST(energy_starts_from_the_person)
{
  const sr_energy_table t = table();
  const sr_energy_person w = person_of(&t, &t.par, &article);
  NEAR(w.rest, (9.99 * 52.0 + 625.0 * 1.6 - 4.92 * 25.0 - 161.0) * SR_KCAL, 1e-6);
  NEAR(w.water, 5.98 * 1.6 + 0.167 * 52.0 - 4.0, 1e-12);
  NEAR(w.fat, 52.0 * (0.14 * 25.0 + 39.96 * log(52.0 / 2.56) - 102.01) / 100.0, 1e-12);
  NEAR(w.fat + w.lean + w.water + 3.7 * 0.5, 52.0, 1e-12);
  const sr_person him = {.sex = SR_MALE, .age_yr = 40.0, .height_m = 1.8, .mass_kg = 80.0, .body_fat_percent = 20.0};
  const sr_energy_person m = person_of(&t, &t.par, &him);
  NEAR(m.rest, (9.99 * 80.0 + 625.0 * 1.8 - 4.92 * 40.0 + 5.0) * SR_KCAL, 1e-6);
  NEAR(m.water, 0.025 * 40.0 + 9.57 * 1.8 + 0.191 * 80.0 - 12.4, 1e-12);
  NEAR(m.fat, 16.0, 1e-12);
}

static const double two_years = 2.0 * 365.25 / 7.0;

// Mass after two years on an intake that a scenario states [kcal/d].
static double mass_after(const sr_energy_person *own, const sr_energy_person *p, double kcal)
{
  sr_habits h = usual;
  h.energy_intake_kcal_per_day = kcal;
  const sr_energy_state start = sr_energy_start(p);
  const sr_energy_input in = {.intake = sr_energy_intake_of(&h, own, p, &start), .activity = p->activity};
  const sr_energy_state s = sr_energy_advance(p, start, &in, two_years);
  return sr_energy_mass(p, &s);
}

// 6 kg in two years: the intake that does it, rounded to a kilocalorie as in a scenario.
static double six_kg(const sr_energy_person *p)
{
  const sr_energy_state s = sr_energy_start(p);
  const sr_energy_input in = {.activity = p->activity};
  double intake = 0.0;
  sr_error err = {0};
  if (!sr_energy_intake_for(p, &s, &in, 6.0, two_years, &intake, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return round(intake / SR_KCAL);
}

TEST(energy_six_kg_in_two_years_as_a_scenario_says_it)
{
  const sr_energy_table t = table();
  const sr_energy_person p = person_of(&t, &t.par, &article);
  const double kcal = six_kg(&p);
  NEAR(mass_after(&p, &p, kcal), 58.0, 0.02);
  NEAR(mass_after(&p, &p, 0.0), 52.0, 1e-9);  // none given: what keeps the weight
  CHECK(kcal > p.intake / SR_KCAL + 100.0 && kcal < p.intake / SR_KCAL + 300.0);
}

// More steps without a stated intake: the person eats what keeps the weight.
TEST(energy_of_another_life_keeps_the_weight)
{
  const sr_energy_table t = table();
  const sr_energy_person p = person_of(&t, &t.par, &article);
  sr_habits h = usual;
  h.steps_per_day = 15000;
  h.running_km_per_week = 20;
  const sr_energy_habits habits = sr_energy_habits_of(&h);
  sr_energy_state s = sr_energy_start(&p);
  sr_energy_input in = {.activity = sr_energy_activity(&p, &habits)};
  in.intake = sr_energy_intake_of(&h, &p, &p, &s);
  CHECK(in.intake > 1.1 * p.intake);
  s = sr_energy_advance(&p, s, &in, 520.0);
  NEAR(s.fat, p.fat, 1e-3);
  NEAR(s.lean, p.lean, 1e-3);
  h = (sr_habits){1, 2, 3, 4, 5, 6, 7, 8, 9};
  const sr_energy_habits all = sr_energy_habits_of(&h);
  CHECK(all.standing_h_d == 2 && all.steps_d == 3 && all.walking_m_s == 4 && all.stairs_d == 5 &&
        all.running_km_wk == 6 && all.jumps_wk == 7 && all.heel_raises_wk == 8);
}

TEST(energy_unknowns_are_drawn_in_the_order_of_the_rows)
{
  const sr_energy_table t = table();
  const int n = sr_energy_nunknown(&t);
  double u[SR_ENERGY_NPARAM];
  CHECK(n > 5 && n < SR_ENERGY_NPARAM);
  for (int i = 0; i < n; i++) u[i] = 0.25;
  const sr_energy_params drawn = sr_energy_draw(&t, u);
  for (int k = 0, i = 0; k < SR_ENERGY_NPARAM; k++) {
    const bool is_known = t.spread[k].kind == SR_SPREAD_NONE;
    const double want = is_known ? t.par.all[k] : sr_spread_value(&t.spread[k], 0.25);
    NEAR(drawn.all[k], want, 0.0);
    if (!is_known) CHECK(i < n && sr_energy_unknown(&t, i++) == k);
    const double low = sr_spread_value(&t.spread[k], 0.001), high = sr_spread_value(&t.spread[k], 0.999);
    const double value = t.par.all[k];
    CHECK(low <= value && value <= high && low > 0.0);  // the value lies within its own spread
  }
}

// A stated intake is a change in proportion: who needs more by nature also eats more of it. So the band round 6 kg is
// that of the answer to eating more, not of what the body needs.
TEST(energy_six_kg_have_a_band)
{
  const sr_energy_table t = table();
  const sr_energy_person own = person_of(&t, &t.par, &article);
  const double kcal = six_kg(&own), p[3] = {0.05, 0.5, 0.95};
  sr_arena *a = sr_arena_new();
  const sr_sample_set set = sr_sample_set_new(300, sr_energy_nunknown(&t), 1, a);
  double *mass = sr_alloc(a, double, set.n), band[3];
  for (int i = 0; i < set.n; i++) {
    const sr_energy_params par = sr_energy_draw(&t, set.u + (size_t)i * (size_t)set.dim);
    const sr_energy_person drawn = person_of(&t, &par, &article);
    mass[i] = mass_after(&own, &drawn, kcal);
  }
  sr_sample_quantiles(mass, set.n, p, 3, band, a);
  NEAR(band[1], 58.0, 0.2);
  CHECK(band[0] > 57.0 && band[0] < 57.9 && band[2] > 58.1 && band[2] < 59.5);
  sr_arena_free(a);
}

// Without a change of what is eaten the band has no width, whatever the constants are.
TEST(energy_keeps_the_weight_of_every_draw)
{
  const sr_energy_table t = table();
  const sr_energy_person own = person_of(&t, &t.par, &article);
  for (int i = 0; i < 5; i++) {
    double u[SR_ENERGY_NPARAM];
    for (int k = 0; k < SR_ENERGY_NPARAM; k++) u[k] = (k * (i + 1) % 7 + 0.5) / 7.0;
    const sr_energy_params par = sr_energy_draw(&t, u);
    const sr_energy_person drawn = person_of(&t, &par, &article);
    NEAR(mass_after(&own, &drawn, 0.0), 52.0, 1e-9);
    NEAR(mass_after(&own, &drawn, own.intake / SR_KCAL), 52.0, 1e-9);
  }
}
