// Philox against its published vectors, and what is made of its bits.
#include "math/random.h"

#include "test.h"

// kat_vectors of Random123 1.14, "philox4x32 10".
TEST(philox_gives_the_published_vectors)
{
  static const struct {
    sr_random_block counter;
    uint32_t key[2];
    sr_random_block want;
  } row[] = {
      {{{0, 0, 0, 0}}, {0, 0}, {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}},
      {{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}},
       {0xffffffff, 0xffffffff},
       {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}},
      {{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}},
       {0xa4093822, 0x299f31d0},
       {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}},
  };
  for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
    const sr_random_block got = sr_random_bits(row[i].counter, row[i].key);
    for (int k = 0; k < 4; k++) CHECK(got.w[k] == row[i].want.w[k]);
  }
}

// Seed, stream and index go to their words of key and counter: all of their 64 bits count.
TEST(seed_stream_and_index_all_count)
{
  const double u = sr_random_uniform(1, 2, 3);
  for (int bit = 0; bit < 64; bit++) {
    const uint64_t flip = (uint64_t)1 << bit;
    CHECK(sr_random_uniform(1 ^ flip, 2, 3) != u);
    CHECK(sr_random_uniform(1, 2 ^ flip, 3) != u);
    CHECK(sr_random_uniform(1, 2, 3 ^ flip) != u);
  }
}

// Mean 1/2, variance 1/12, no memory from index to index and from stream to stream: five standard errors.
TEST(uniform_numbers_are_uniform_and_independent)
{
  enum { N = 40000 };
  double m = 0.0, v = 0.0, along = 0.0, across = 0.0;
  for (uint64_t i = 0; i < N; i++) {
    const double u = sr_random_uniform(7, 0, i) - 0.5;
    CHECK(u > -0.5 && u < 0.5);
    m += u / N;
    v += u * u / N;
    along += u * (sr_random_uniform(7, 0, i + 1) - 0.5) / N;
    across += u * (sr_random_uniform(7, 1, i) - 0.5) / N;
  }
  NEAR(m, 0.0, 5.0 * sqrt(1.0 / 12.0 / N));
  NEAR(v, 1.0 / 12.0, 5.0 * sqrt(1.0 / 180.0 / N));
  NEAR(along, 0.0, 5.0 / 12.0 / sqrt((double)N));
  NEAR(across, 0.0, 5.0 / 12.0 / sqrt((double)N));
}

TEST(whole_random_numbers_reach_both_ends_evenly)
{
  int count[6] = {0};
  for (uint64_t i = 0; i < 6000; i++) count[sr_random_below(3, 0, i, 6)]++;
  for (int k = 0; k < 6; k++) NEAR(count[k], 1000, 5.0 * sqrt(1000.0 * 5.0 / 6.0));
}
