// Body fat and muscle volume: published anchor points, what is given counts, and how strength goes with sex, age, fat.
#include "load/volume.h"

#include "load/model.h"
#include "test.h"

static sr_volume_table table(void)
{
  sr_arena *a = sr_arena_new();
  sr_rows person;
  sr_volume_table t = {0};
  sr_error err = {0};
  if (!sr_rows_open("person.toml", a, &person, &err) || !sr_volume_table_read(person, &t, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  sr_arena_free(a);
  return t;
}

static sr_person person(sr_sex sex, double age, double height, double mass)
{
  return (sr_person){.sex = sex, .age_yr = age, .height_m = height, .mass_kg = mass};
}

// 0.14 age + 39.96 ln BMI - 102.01 and 0.14 age + 37.31 ln BMI - 103.94, in percent.
TEST(body_fat_is_that_of_the_published_formula)
{
  const sr_volume_table t = table();
  const sr_person woman = person(SR_FEMALE, 30, 1.70, 62), man = person(SR_MALE, 50, 1.80, 81);
  NEAR(sr_body_fat(&t, &woman), 0.01 * (0.14 * 30 + 39.96 * log(62 / 2.89) - 102.01), 1e-12);
  NEAR(sr_body_fat(&t, &man), 0.01 * (0.14 * 50 + 37.31 * log(25.0) - 103.94), 1e-12);
}

TEST(body_fat_that_is_given_counts)
{
  const sr_volume_table t = table();
  sr_person p = person(SR_FEMALE, 30, 1.70, 62);
  p.body_fat_percent = 33.0;
  NEAR(sr_body_fat(&t, &p), 0.33, 1e-15);
  p.body_fat_percent = 20.0;
  const double lean = sr_leg_volume(&t, &p);
  p.body_fat_percent = 40.0;
  NEAR(sr_leg_volume(&t, &p) / lean, 60.0 / 80.0, 1e-12);  // volume follows lean mass
}

TEST(body_fat_stays_in_its_range)
{
  const sr_volume_table t = table();
  const sr_person thin = person(SR_MALE, 18, 1.80, 45), heavy = person(SR_FEMALE, 80, 1.50, 190);
  NEAR(sr_body_fat(&t, &thin), t.fat_least, 0.0);
  NEAR(sr_body_fat(&t, &heavy), t.fat_most, 0.0);
}

// Somebody as fat as the people of the regression gets its volume.
TEST(the_mean_person_of_the_regression_has_its_volume)
{
  const sr_volume_table t = table();
  sr_person p = person(SR_MALE, 26, 1.71, 71.8);
  const double f[2] = {0.01 * (0.14 * 26 + 39.96 * log(71.8 / 1.71 / 1.71) - 102.01),
                       0.01 * (0.14 * 26 + 37.31 * log(71.8 / 1.71 / 1.71) - 103.94)};
  p.body_fat_percent = 100.0 * (8 * f[0] + 16 * f[1]) / 24;
  NEAR(sr_leg_volume(&t, &p), 1e-6 * (47.0 * 1.71 * 71.8 + 1285.0), 1e-12);
}

static double plantarflexor_force(const sr_person *p)
{
  static sr_model m;
  sr_error err = {0};
  if (!sr_model_load(p, &m, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  double sum = 0.0;
  for (int k = 0; k < m.nmuscle; k++)
    if (m.muscle[k].leg == SR_LEG_RIGHT && m.muscle[k].group == SR_TRICEPS) sum += m.muscle[k].par.f_max;
  return sum;
}

// At one height and mass men are stronger than women, the young than the old, the lean than the fat; heavier people are
// stronger, but not in proportion.
TEST(strength_goes_with_sex_age_fat_and_size)
{
  const sr_person woman = person(SR_FEMALE, 20, 1.70, 62), man = person(SR_MALE, 20, 1.70, 62),
                  old_woman = person(SR_FEMALE, 80, 1.70, 62), old_man = person(SR_MALE, 80, 1.70, 62),
                  heavy = person(SR_FEMALE, 20, 1.70, 93);
  const double f = plantarflexor_force(&woman), m = plantarflexor_force(&man);
  CHECK(m > 1.08 * f && m < 1.25 * f);
  CHECK(plantarflexor_force(&old_woman) < 0.93 * f && plantarflexor_force(&old_man) < 0.95 * m);
  CHECK(plantarflexor_force(&old_woman) > 0.80 * f);
  CHECK(plantarflexor_force(&heavy) > 1.15 * f && plantarflexor_force(&heavy) < 1.5 * f);
  sr_person fat = woman;
  fat.body_fat_percent = 40.0;
  CHECK(plantarflexor_force(&fat) < 0.85 * f);
}
