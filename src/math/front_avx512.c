// The kernels for processors with AVX-512.
#include <immintrin.h>
typedef __m512d vec;
#define KERNEL sr_kernel_avx512
#define LANES 8
#define TILE_ROWS 3
#define TILE_COLS 8
#define load _mm512_load_pd
#define store _mm512_store_pd
#define all _mm512_set1_pd
#define less_product(c, a, b) _mm512_fnmadd_pd(a, b, c)
#define absolute _mm512_abs_pd
#define larger _mm512_max_pd
#include "math/front_kernel.h"
