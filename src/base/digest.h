// FNV-1a (Fowler, Noll, Vo), 64 bits: tells what is torn, damaged or another thing, not what is forged.
#ifndef SR_BASE_DIGEST_H
#define SR_BASE_DIGEST_H
#include <stddef.h>
#include <stdint.h>

static const uint64_t sr_digest_start = 0xcbf29ce484222325u;
// The digest of what came before, and of these bytes behind it.
static inline uint64_t sr_digest(uint64_t before, const void *bytes, size_t size)
{
  const unsigned char *b = bytes;
  for (size_t i = 0; i < size; i++) before = (before ^ b[i]) * 0x100000001b3u;
  return before;
}
#endif
