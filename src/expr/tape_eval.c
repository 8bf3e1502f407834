// Obeys the tape. Every slot holds SR_BATCH values, one per point, and each instruction is a loop over them that the
// compiler turns into vector code. Points never mix, and neither multiplication and addition nor the order of
// operations is ever contracted: a point has the same bits alone, in any batch, and with any vector length.
#include <math.h>
#include <stdint.h>

#include "expr/tape.h"

enum { ALIGNMENT = 64 };  // bytes: one line of the cache, the widest vector register

size_t sr_tape_work(const sr_tape *t)
{
  return (size_t)t->nslot * SR_BATCH + ALIGNMENT / sizeof(double);
}

#define INLINE static inline __attribute__((always_inline))
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define CLONES __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define CLONES
#endif

#define ROW1(name, value, d, dd)                                                            \
  INLINE void do_##name(int width, double *restrict y, const double *restrict pa, double k) \
  {                                                                                         \
    (void)k;                                                                                \
    for (int i = 0; i < width; i++) {                                                       \
      const double a = pa[i];                                                               \
      y[i] = value;                                                                         \
    }                                                                                       \
  }
#define ROW2(name, value, da, db, dab)                                                                       \
  INLINE void do_##name(int width, double *restrict y, const double *restrict pa, const double *restrict pb) \
  {                                                                                                          \
    for (int i = 0; i < width; i++) {                                                                        \
      const double a = pa[i], b = pb[i];                                                                     \
      y[i] = value;                                                                                          \
    }                                                                                                        \
  }
#define ROW3(name, product, sum, place, value)                                                               \
  INLINE void do_##name(int width, double *restrict y, const double *restrict pa, const double *restrict pb, \
                        const double *restrict pc, double k)                                                 \
  {                                                                                                          \
    (void)k;                                                                                                 \
    for (int i = 0; i < width; i++) {                                                                        \
      const double a = pa[i], b = pb[i], c = pc[i];                                                          \
      (void)b;                                                                                               \
      y[i] = value;                                                                                          \
    }                                                                                                        \
  }
SR_EXPR_UNARY(ROW1)
SR_EXPR_BINARY(ROW2)
SR_TAPE_FUSED(ROW3)
#undef ROW1
#undef ROW2
#undef ROW3

// A batch that is not full repeats its last point, so that no value is computed from what nobody gave.
INLINE void load(int width, int npoint, double *restrict y, const double *restrict in)
{
  for (int i = 0; i < npoint; i++) y[i] = in[i];
  for (int i = npoint; i < width; i++) y[i] = in[npoint - 1];
}

INLINE void store(int npoint, double *restrict out, const double *restrict a)
{
  for (int i = 0; i < npoint; i++) out[i] = a[i];
}

// npoint <= width points through the whole tape.
INLINE void run(const sr_tape *t, int width, int npoint, int stride, const double *in, double *out, double *slot)
{
  const size_t w = (size_t)width, row = (size_t)stride;
  for (const sr_instr *n = t->instr, *end = n + t->ninstr; n < end; n++) {
    const size_t y = (size_t)n->y, a = (size_t)n->a, b = (size_t)n->b, c = (size_t)n->c;
    switch (n->op) {
#define ROW1(name, value, d, dd)                        \
  case SR_OP_##name:                                    \
    do_##name(width, &slot[w * y], &slot[w * a], n->k); \
    break;
#define ROW2(name, value, da, db, dab)                          \
  case SR_OP_##name:                                            \
    do_##name(width, &slot[w * y], &slot[w * a], &slot[w * b]); \
    break;
#define ROW3(name, product, sum, place, value)                                      \
  case SR_TAPE_##name:                                                              \
    do_##name(width, &slot[w * y], &slot[w * a], &slot[w * b], &slot[w * c], n->k); \
    break;
      SR_EXPR_UNARY(ROW1)
      SR_EXPR_BINARY(ROW2)
      SR_TAPE_FUSED(ROW3)
#undef ROW1
#undef ROW2
#undef ROW3
      case SR_TAPE_LOAD:
        load(width, npoint, &slot[w * y], &in[row * a]);
        break;
      case SR_TAPE_STORE:
        store(npoint, &out[row * y], &slot[w * a]);
        break;
      case SR_TAPE_STORE_CONST:
        for (int i = 0; i < npoint; i++) out[row * y + (size_t)i] = n->k;
        break;
    }
  }
}

CLONES static void run_batch(const sr_tape *t, int npoint, int stride, const double *in, double *out, double *slot)
{
  run(t, SR_BATCH, npoint, stride, in, out, slot);
}

static double *align(double *work)
{
  const uintptr_t past = (uintptr_t)work % ALIGNMENT;
  return past == 0 ? work : work + (ALIGNMENT - past) / sizeof(double);
}

void sr_tape_eval(const sr_tape *t, int npoint, int stride, const double *in, double *out, double *work)
{
  double *slot = align(work);
  for (int i = 0; i < npoint; i += SR_BATCH) {
    const int left = npoint - i;
    if (left == 1)
      run(t, 1, 1, stride, in + i, out + i, slot);
    else
      run_batch(t, left < SR_BATCH ? left : SR_BATCH, stride, in + i, out + i, slot);
  }
}

void sr_tape_eval1(const sr_tape *t, const double *in, double *out, double *work)
{
  run(t, 1, 1, 1, in, out, align(work));
}
