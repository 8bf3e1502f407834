// The kernels in plain C, for any processor.
typedef double vec __attribute__((vector_size(16)));
#define KERNEL sr_kernel_generic
#define LANES 2
#define TILE_ROWS 2
#define TILE_COLS 4
#define load(p) (*(const vec *)(p))
#define store(p, v) (*(vec *)(p) = (v))
#define all(x) ((vec){(x), (x)})
#define less_product(c, a, b) ((c) - (a) * (b))
#include "math/front_kernel.h"
