// Arenas: every allocation of the program comes from one of these, grouped by lifetime.
// `keep` arenas live as long as the problem, `work` arenas as long as the call (mark and release).
#ifndef SR_BASE_ARENA_H
#define SR_BASE_ARENA_H
#include <stddef.h>

typedef struct sr_arena sr_arena;
typedef struct sr_mark {
  void *chunk;
  size_t used;
} sr_mark;

sr_arena *sr_arena_new(void);
void sr_arena_free(sr_arena *a);  // NULL is allowed

// n zeroed items of `size` bytes, aligned to 64 bytes. Never NULL: when the machine has no memory left the
// program stops with a message, since no caller could go on.
void *sr_arena_alloc(sr_arena *a, size_t n, size_t size);
#define sr_alloc(arena, type, n) ((type *)sr_arena_alloc((arena), (size_t)(n), sizeof(type)))

sr_mark sr_arena_mark(const sr_arena *a);
void sr_arena_release(sr_arena *a, sr_mark m);  // frees all that was allocated since the mark

char *sr_arena_strdup(sr_arena *a, const char *s);
char *sr_arena_printf(sr_arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
#endif
