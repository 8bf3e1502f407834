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
#define absolute(v) _mm256_andnot_pd(_mm256_set1_pd(-0.0), v)
#define larger _mm256_max_pd
#include "math/front_kernel.h"
