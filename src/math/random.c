#include "math/random.h"

#include "base/error.h"

// c = (high(M1 c2) ^ c1 ^ k0, low(M1 c2), high(M0 c0) ^ c3 ^ k1, low(M0 c0))
static sr_random_block philox_round(sr_random_block c, uint32_t k0, uint32_t k1)
{
  const uint64_t a = (uint64_t)0xD2511F53u * c.w[0], b = (uint64_t)0xCD9E8D57u * c.w[2];
  return (sr_random_block){
      {(uint32_t)(b >> 32) ^ c.w[1] ^ k0, (uint32_t)b, (uint32_t)(a >> 32) ^ c.w[3] ^ k1, (uint32_t)a}};
}

sr_random_block sr_random_bits(sr_random_block counter, const uint32_t key[2])
{
  uint32_t k0 = key[0], k1 = key[1];
  for (int r = 0; r < 10; r++) {
    counter = philox_round(counter, k0, k1);
    k0 += 0x9E3779B9u;  // golden ratio
    k1 += 0xBB67AE85u;  // sqrt(3) - 1
  }
  return counter;
}

double sr_random_uniform(uint64_t seed, uint64_t stream, uint64_t index)
{
  const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  const sr_random_block counter = {
      {(uint32_t)index, (uint32_t)(index >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)}};
  const sr_random_block b = sr_random_bits(counter, key);
  const uint64_t k = ((uint64_t)b.w[0] << 20) | (b.w[1] >> 12);  // 52 bits: k + 1/2 is exact
  return ((double)k + 0.5) * 0x1p-52;
}

int sr_random_below(uint64_t seed, uint64_t stream, uint64_t index, int n)
{
  SR_ASSERT(n > 0);
  return (int)(sr_random_uniform(seed, stream, index) * n);
}
