// The kernels for processors with AVX2 and FMA.
#include <immintrin.h>
typedef __m256d vec;
#define KERNEL sr_kernel_avx2
#define LANES 4
#define TILE_ROWS 3
#define TILE_COLS 4
#define load _mm256_load_pd
#define store _mm256_store_pd
#define all _mm256_set1_pd
#define less_product(c, a, b) _mm256_fnmadd_pd(a, b, c)
#include "math/front_kernel.h"
