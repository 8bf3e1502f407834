// Numbers as text: what is read, and that printing keeps every bit in the fewest digits.
#include "text/number.h"

#include <stdint.h>
#include <stdlib.h>

#include "test.h"

TEST(number_reads_plain_decimals_only)
{
  static const struct {
    const char *text;
    double value;
  } good[] = {{"0", 0},   {"1.33", 1.33}, {"-2", -2},     {"+.5", 0.5},
              {"5.", 5},  {"1e3", 1000},  {"1E-2", 0.01}, {"1.5e+1", 15},
              {"007", 7}, {"-0", 0},      {"1e-999", 0},  {"1.7976931348623157e308", 1.7976931348623157e308}};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    double x = -99.0;
    CHECK(sr_number_read(good[i].text, &x));
    NEAR(x, good[i].value, 0.0);
  }
  static const char *const bad[] = {"",    " 1",   "1 ",   "0x10", "inf", "nan", "-",    "+",
                                    ".",   "e5",   "1e",   "1e+",  "1,5", "1 2", "1_0",  "--1",
                                    "+-1", "1..2", "1e5.", "1f",   "\t1", "1\n", "1e999"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    double x = -99.0;
    if (sr_number_read(bad[i], &x)) sr_test_fail(__FILE__, __LINE__, "'%s' is taken for %g", bad[i], x);
    NEAR(x, -99.0, 0.0);
  }
}

TEST(number_comes_back_bit_for_bit)
{
  uint64_t bits = 0x9E3779B97F4A7C15u;
  for (int i = 0; i < 20000; i++) {
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    double x = 0.0, y = 1.0;
    memcpy(&x, &bits, sizeof x);
    if (!isfinite(x)) continue;
    char word[32];
    sr_number_print(x, word);
    CHECK(sr_number_read(word, &y) && memcmp(&x, &y, sizeof x) == 0);
  }
}

TEST(number_is_printed_in_the_fewest_digits)
{
  static const struct {
    double x;
    const char *word;
  } row[] = {{0.1, "0.1"},
             {52, "52"},
             {1.33, "1.33"},
             {-0.0, "-0"},
             {0.1 + 0.2, "0.30000000000000004"},
             {1.1000000000000001, "1.1"},
             {1.1000000000000003, "1.1000000000000003"},
             {5e-324, "4.94065645841247e-324"},
             {1e300, "1e+300"},
             {(double)NAN, "nan"},
             {(double)INFINITY, "inf"},
             {-(double)INFINITY, "-inf"}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    char word[32];
    sr_number_print(row[i].x, word);
    SAME(word, row[i].word);
  }
}
