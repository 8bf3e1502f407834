// The kernels in plain C, for any processor.
#include <math.h>

typedef double vec __attribute__((vector_size(16)));
#define KERNEL sr_kernel_generic
#define LANES 2
#define TILE_ROWS 2
#define TILE_COLS 4
#define load(p) (*(const vec *)(p))
#define store(p, v) (*(vec *)(p) = (v))
#define all(x) ((vec){(x), (x)})
#define less_product(c, a, b) ((c) - (a) * (b))
#define absolute(v) ((vec){fabs((v)[0]), fabs((v)[1])})
static inline vec larger(vec a, vec b)
{
  return (vec){a[0] > b[0] ? a[0] : b[0], a[1] > b[1] ? a[1] : b[1]};
}
#include "math/front_kernel.h"
