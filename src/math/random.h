// Random numbers by counter: the same number for the same seed, stream and index, whoever asks for it and when.
#ifndef SR_MATH_RANDOM_H
#define SR_MATH_RANDOM_H
#include <stdint.h>

typedef struct sr_random_block {
  uint32_t w[4];
} sr_random_block;
// 128 random bits of a counter under a key: Philox4x32-10.
// Source: Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3 (doi:10.1145/2063384.2063405).
sr_random_block sr_random_bits(sr_random_block counter, const uint32_t key[2]);

// Even over the open interval (0, 1), on a grid of 2^-52.
double sr_random_uniform(uint64_t seed, uint64_t stream, uint64_t index);
// Even over 0 .. n - 1, to 2^-52.
int sr_random_below(uint64_t seed, uint64_t stream, uint64_t index, int n);
#endif
