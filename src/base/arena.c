// Arenas: a list of chunks, filled from front to back; released chunks are kept for the next use.
#define _DEFAULT_SOURCE  // madvise
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

#include "base/error.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SR_HAS_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(SR_HAS_ASAN)
#include <sanitizer/asan_interface.h>
#define SR_POISON(at, size) ASAN_POISON_MEMORY_REGION((at), (size))
#define SR_UNPOISON(at, size) ASAN_UNPOISON_MEMORY_REGION((at), (size))
#define SR_GAP 64  // poisoned bytes between two items, so that a step past the end is seen
#else
#define SR_POISON(at, size) ((void)(at), (void)(size))
#define SR_UNPOISON(at, size) ((void)(at), (void)(size))
#define SR_GAP 0
#endif

#define SR_ALIGN 64                             // a cache line, and the widest vector register
#define SR_CHUNK_MIN ((size_t)64 << 10)         // first chunk  [bytes]
#define SR_CHUNK_GROWTH_MAX ((size_t)16 << 20)  // chunks double up to here  [bytes]
#define SR_PAGE ((size_t)2 << 20)               // a large page of memory  [bytes]

typedef struct chunk {
  struct chunk *next;
  size_t room, used;  // bytes behind this header
} chunk;

struct sr_arena {
  chunk *first, *current;
};

static unsigned char *chunk_data(chunk *c)
{
  return (unsigned char *)c + SR_ALIGN;
}

// Stops the program: without memory no caller could go on.
static _Noreturn void out_of_memory(size_t n, size_t size)
{
  fprintf(stderr, "surae: out of memory (%zu items of %zu bytes)\n", n, size);
  exit(sr_exit_code(SR_INTERNAL));
}

// Memory, of two large pages or more in large pages where the system has them: the system hands them out faster. Half a
// walk on 50 intervals of degree 3 is set up in 36 ms in place of 57, and factorised 1% faster.
static void *memory(size_t size)
{
#ifdef MADV_HUGEPAGE
  if (size >= 2 * SR_PAGE) {
    const size_t whole = (size + SR_PAGE - 1) / SR_PAGE * SR_PAGE;
    void *at = aligned_alloc(SR_PAGE, whole);
    if (at) madvise(at, whole, MADV_HUGEPAGE);  // a wish: refused, nothing changes
    return at;
  }
#endif
  return aligned_alloc(SR_ALIGN, size);
}

static chunk *chunk_new(size_t room)
{
  _Static_assert(sizeof(chunk) <= SR_ALIGN, "the header of a chunk fits before its first item");
  chunk *c = memory(SR_ALIGN + room);
  if (!c) out_of_memory(1, room);
  *c = (chunk){.room = room};
  SR_POISON(chunk_data(c), room);
  return c;
}

sr_arena *sr_arena_new(void)
{
  sr_arena *a = malloc(sizeof *a);
  if (!a) out_of_memory(1, sizeof *a);
  a->first = a->current = chunk_new(SR_CHUNK_MIN);
  return a;
}

void sr_arena_free(sr_arena *a)
{
  if (!a) return;
  for (chunk *c = a->first, *next; c; c = next) {
    next = c->next;
    SR_UNPOISON(chunk_data(c), c->room);
    free(c);
  }
  free(a);
}

// Makes the current chunk one with `need` free bytes: the next kept chunk if it is large enough, else a new one.
static void arena_advance(sr_arena *a, size_t need)
{
  chunk *c = a->current;
  if (!c->next || c->next->room < need) {
    size_t room = c->room < SR_CHUNK_GROWTH_MAX ? 2 * c->room : SR_CHUNK_GROWTH_MAX;
    if (room < need) room = need;
    chunk *fresh = chunk_new(room);
    fresh->next = c->next;
    c->next = fresh;
  }
  a->current = c->next;
}

void *sr_arena_alloc(sr_arena *a, size_t n, size_t size)
{
  if (size != 0 && n > (SIZE_MAX / 4) / size) out_of_memory(n, size);
  const size_t bytes = n * size;
  const size_t need = (bytes + SR_GAP + SR_ALIGN - 1) / SR_ALIGN * SR_ALIGN;
  if (a->current->room - a->current->used < need) arena_advance(a, need);
  unsigned char *at = chunk_data(a->current) + a->current->used;
  a->current->used += need;
  SR_UNPOISON(at, bytes);
  if (bytes) memset(at, 0, bytes);
  return at;
}

sr_mark sr_arena_mark(const sr_arena *a)
{
  return (sr_mark){.chunk = a->current, .used = a->current->used};
}

void sr_arena_release(sr_arena *a, sr_mark m)
{
  a->current = m.chunk;
  SR_ASSERT(a->current && m.used <= a->current->used);
  SR_POISON(chunk_data(a->current) + m.used, a->current->room - m.used);
  a->current->used = m.used;
  for (chunk *c = a->current->next; c && c->used; c = c->next) {
    SR_POISON(chunk_data(c), c->room);
    c->used = 0;
  }
}

char *sr_arena_strdup(sr_arena *a, const char *s)
{
  const size_t size = strlen(s) + 1;
  return memcpy(sr_arena_alloc(a, size, 1), s, size);
}

char *sr_arena_printf(sr_arena *a, const char *format, ...)
{
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  const int size = vsnprintf(NULL, 0, format, args);
  SR_ASSERT(size >= 0);
  char *at = sr_arena_alloc(a, (size_t)size + 1, 1);
  vsnprintf(at, (size_t)size + 1, format, again);
  va_end(again);
  va_end(args);
  return at;
}
