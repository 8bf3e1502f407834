// Whole files in and out, and a text that grows in an arena.
#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SR_FILE_MAX ((size_t)64 << 20)  // a larger file is no scenario, model or result  [bytes]
#define SR_PATH_MAX 4096

// Free bytes of a regular file plus one, to see its end without another look; 64 KiB for a pipe.
static size_t read_room(int fd)
{
  struct stat st;
  if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0 && (size_t)st.st_size <= SR_FILE_MAX)
    return (size_t)st.st_size + 2;
  return (size_t)64 << 10;
}

// Reads until the end of the file or one byte past the limit; false with errno on failure.
static bool read_all(int fd, sr_arena *keep, char **text, size_t *size)
{
  size_t room = read_room(fd), n = 0;
  char *at = sr_arena_alloc(keep, room, 1);
  for (;;) {
    if (n + 1 == room) {
      char *more = sr_arena_alloc(keep, room *= 2, 1);
      memcpy(more, at, n);
      at = more;
    }
    const ssize_t got = read(fd, at + n, room - 1 - n);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    n += (size_t)got;
    if (got == 0 || n > SR_FILE_MAX) break;
  }
  at[n] = '\0';
  *text = at;
  *size = n;
  return true;
}

bool sr_file_read(const char *path, sr_arena *keep, char **text, size_t *size, sr_error *err)
{
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return sr_fail(err, SR_BAD_FILE, "%s: cannot be opened: %s", path, strerror(errno));
  const bool is_read = read_all(fd, keep, text, size);
  const int why = errno;
  close(fd);
  if (!is_read) return sr_fail(err, SR_BAD_FILE, "%s: cannot be read: %s", path, strerror(why));
  if (*size > SR_FILE_MAX)
    return sr_fail(err, SR_BAD_FILE, "%s: larger than %d MiB, which no file of ours is", path,
                   (int)(SR_FILE_MAX >> 20));
  return true;
}

static bool write_all(int fd, const char *text, size_t size)
{
  for (size_t n = 0; n < size;) {
    const ssize_t got = write(fd, text + n, size - n);
    if (got < 0 && errno != EINTR) return false;
    if (got > 0) n += (size_t)got;
  }
  return true;
}

// Writes and closes; a regular file is brought to the disk first, so that the rename never names an empty one.
static bool write_and_close(const char *path, int flags, const char *text, size_t size, bool is_synced)
{
  const int fd = open(path, flags | O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0) return false;
  bool is_good = write_all(fd, text, size) && (!is_synced || fsync(fd) == 0);
  const int why = errno;
  if (close(fd) != 0) return false;
  errno = why;
  return is_good;
}

bool sr_file_write(const char *path, const char *text, size_t size, sr_error *err)
{
  struct stat st;
  char temporary[SR_PATH_MAX + 32];
  if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {  // a terminal, a pipe: nothing to rename over
    if (S_ISDIR(st.st_mode)) return sr_fail(err, SR_BAD_FILE, "%s: is a folder, a file is wanted", path);
    if (write_and_close(path, 0, text, size, false)) return true;
    return sr_fail(err, SR_BAD_FILE, "%s: cannot be written: %s", path, strerror(errno));
  }
  if (strlen(path) >= SR_PATH_MAX) return sr_fail(err, SR_BAD_FILE, "%.80s...: the name is too long", path);
  snprintf(temporary, sizeof temporary, "%s.%ld.tmp", path, (long)getpid());
  if (write_and_close(temporary, O_TRUNC, text, size, true) && rename(temporary, path) == 0) return true;
  const int why = errno;
  unlink(temporary);
  return sr_fail(err, SR_BAD_FILE, "%s: cannot be written: %s", path, strerror(why));
}

bool sr_directory_make(const char *path, sr_error *err)
{
  char part[SR_PATH_MAX];
  const size_t size = strlen(path);
  if (size == 0 || size >= sizeof part)
    return sr_fail(err, SR_BAD_FILE, "%.80s: no name of a folder (1 to %d bytes)", path, SR_PATH_MAX - 1);
  for (size_t i = 1; i <= size; i++) {
    if (path[i] != '/' && path[i] != '\0') continue;
    memcpy(part, path, i);
    part[i] = '\0';
    if (mkdir(part, 0777) != 0 && errno != EEXIST)
      return sr_fail(err, SR_BAD_FILE, "%s: folder cannot be made: %s", part, strerror(errno));
  }
  struct stat st;
  if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) return sr_fail(err, SR_BAD_FILE, "%s: is not a folder", path);
  return true;
}

sr_text sr_text_new(sr_arena *arena)
{
  const size_t room = 256;
  return (sr_text){.arena = arena, .at = sr_arena_alloc(arena, room, 1), .room = room};
}

// Room for n more bytes and the closing NUL; doubles, so that the total copied stays below twice the text.
static void text_reserve(sr_text *t, size_t n)
{
  if (t->size + n + 1 <= t->room) return;
  while (t->size + n + 1 > t->room) t->room *= 2;
  char *more = sr_arena_alloc(t->arena, t->room, 1);
  memcpy(more, t->at, t->size);
  t->at = more;
}

void sr_text_append(sr_text *t, const char *s, size_t n)
{
  text_reserve(t, n);
  memcpy(t->at + t->size, s, n);
  t->size += n;
  t->at[t->size] = '\0';
}

void sr_text_print(sr_text *t, const char *format, ...)
{
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  const int n = vsnprintf(NULL, 0, format, args);
  SR_ASSERT(n >= 0);
  text_reserve(t, (size_t)n);
  vsnprintf(t->at + t->size, (size_t)n + 1, format, again);
  t->size += (size_t)n;
  va_end(again);
  va_end(args);
}

bool sr_ends_with(const char *s, const char *tail)
{
  const size_t n = strlen(s), k = strlen(tail);
  return n >= k && strcmp(s + n - k, tail) == 0;
}
