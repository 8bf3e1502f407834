// Distributions: published points, closed forms, and the way back from a value to its probability.
#include "math/spread.h"

#include "test.h"

// To 17 digits, by Newton's method in 40 digits (mpmath).
TEST(normal_values_are_exact)
{
  static const double row[][2] = {{1e-15, -7.9413453261709970},
                                  {1e-4, -3.7190164854556806},
                                  {0.05, -1.6448536269514727},
                                  {0.3, -0.52440051270804066},
                                  {0.5, 0.0}};
  for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
    NEAR(sr_normal_value(row[i][0]), row[i][1], 1e-15 * (1.0 + fabs(row[i][1])));
    if (row[i][0] > 1e-3) NEAR(sr_normal_value(1.0 - row[i][0]), -row[i][1], 1e-14);
  }
}

TEST(each_spread_has_its_closed_form)
{
  const sr_spread known = sr_spread_none(3.5), normal = sr_spread_normal(10.0, 2.0),
                  lognormal = sr_spread_lognormal(8.0, 0.5), even = sr_spread_uniform(-1.0, 3.0);
  NEAR(sr_spread_value(&known, 0.123), 3.5, 0.0);
  NEAR(sr_spread_value(&normal, 0.95), 10.0 + 2.0 * 1.6448536269514727, 1e-13);
  NEAR(sr_spread_value(&lognormal, 0.5), 8.0, 1e-13);
  NEAR(sr_spread_value(&lognormal, 0.05), 8.0 * exp(-0.5 * 1.6448536269514727), 1e-13);
  NEAR(sr_spread_value(&even, 0.25), 0.0, 1e-15);
}

TEST(values_rise_with_probability)
{
  const sr_spread all[] = {sr_spread_normal(0.0, 1.0), sr_spread_lognormal(1.0, 0.3), sr_spread_uniform(2.0, 3.0)};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
    for (int k = 1; k < 1000; k++)
      CHECK(sr_spread_value(&all[i], 0.001 * k) < sr_spread_value(&all[i], 0.001 * k + 0.0005));
}

TEST(of_a_list_what_is_not_known_is_drawn_in_its_order)
{
  const sr_spread list[] = {sr_spread_none(1.0), sr_spread_uniform(0.0, 1.0), sr_spread_none(2.0),
                            sr_spread_uniform(4.0, 6.0), sr_spread_none(3.0)};
  double value[] = {1.0, 0.5, 2.0, 5.0, 3.0};
  CHECK(sr_spread_nunknown(list, 5) == 2 && sr_spread_nunknown(list, 1) == 0);
  CHECK(sr_spread_unknown(list, 5, 0) == 1 && sr_spread_unknown(list, 5, 1) == 3);
  sr_spread_draw(list, 5, (const double[]){0.25, 0.75}, value);
  const double want[] = {1.0, 0.25, 2.0, 5.5, 3.0};
  for (int k = 0; k < 5; k++) NEAR(value[k], want[k], 1e-15);
}
