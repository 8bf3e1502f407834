// Whole files in and out.
#ifndef SR_BASE_FILES_H
#define SR_BASE_FILES_H
#include "base/arena.h"
#include "base/error.h"

// Reads a whole file (at most 64 MiB) into `keep`; *text is NUL-terminated, *size counts the bytes before the NUL.
bool sr_file_read(const char *path, sr_arena *keep, char **text, size_t *size, sr_error *err);
// Writes a file by way of a temporary name beside it, so that an interrupted run never leaves half a file.
bool sr_file_write(const char *path, const char *text, size_t size, sr_error *err);
// Makes a directory and its parents; an existing one is no error.
bool sr_directory_make(const char *path, sr_error *err);

// A text that grows: what is printed is kept in the arena.
typedef struct sr_text {
  sr_arena *arena;
  char *at;  // NUL-terminated
  size_t size, room;
} sr_text;
sr_text sr_text_new(sr_arena *arena);
void sr_text_print(sr_text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sr_text_append(sr_text *t, const char *s, size_t n);
bool sr_ends_with(const char *s, const char *tail);  // of a path or a name
#endif
