// Which kernels this build holds and this processor can run.
#include <stdatomic.h>
#include <stddef.h>

#include "base/error.h"
#include "math/front.h"

extern const sr_kernel sr_kernel_generic;
#ifdef SR_HAS_X86_KERNELS
extern const sr_kernel sr_kernel_avx2, sr_kernel_avx512;
#endif

const char *sr_isa_name(sr_isa isa)
{
  static const char *const name[SR_ISA_COUNT] = {"generic", "avx2", "avx512"};
  SR_ASSERT(isa >= 0 && isa < SR_ISA_COUNT);
  return name[isa];
}

const sr_kernel *sr_kernel_of(sr_isa isa)
{
  SR_ASSERT(sr_isa_works(isa));
#ifdef SR_HAS_X86_KERNELS
  if (isa == SR_ISA_AVX512) return &sr_kernel_avx512;
  if (isa == SR_ISA_AVX2) return &sr_kernel_avx2;
#endif
  return &sr_kernel_generic;
}

bool sr_isa_works(sr_isa isa)
{
#ifdef SR_HAS_X86_KERNELS
  if (isa == SR_ISA_AVX512) return __builtin_cpu_supports("avx512f");
  if (isa == SR_ISA_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  return isa == SR_ISA_GENERIC;
}

static atomic_int in_use = SR_ISA_COUNT;

void sr_isa_use(sr_isa isa)
{
  SR_ASSERT(isa == SR_ISA_COUNT || sr_isa_works(isa));
  atomic_store(&in_use, (int)isa);
}

sr_isa sr_isa_best(void)
{
  const int chosen = atomic_load(&in_use);
  if (chosen != SR_ISA_COUNT) return (sr_isa)chosen;
  return sr_isa_works(SR_ISA_AVX512) ? SR_ISA_AVX512 : sr_isa_works(SR_ISA_AVX2) ? SR_ISA_AVX2 : SR_ISA_GENERIC;
}
