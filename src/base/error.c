// Errors of bad input and files, and the end of the program on a bug of ours.
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

// Keeps a message on one line whatever the file holds, and drops a UTF-8 character that the end has cut in two.
static void tidy(char *text, size_t room, int wanted)
{
  size_t n = 0;
  for (; text[n]; n++)
    if ((unsigned char)text[n] < 0x20 || text[n] == 0x7f) text[n] = '?';
  if (wanted < 0 || (size_t)wanted < room) return;
  while (n > 0 && ((unsigned char)text[n - 1] & 0xC0) == 0x80) n--;  // continuation bytes
  if (n > 0 && (unsigned char)text[n - 1] >= 0xC0) n--;              // and the byte that leads them
  text[n] = '\0';
}

bool sr_fail(sr_error *err, sr_code code, const char *format, ...)
{
  if (!err) return false;
  va_list args;
  va_start(args, format);
  const int wanted = vsnprintf(err->text, sizeof err->text, format, args);
  va_end(args);
  tidy(err->text, sizeof err->text, wanted);
  err->code = code;
  return false;
}

int sr_exit_code(sr_code code)
{
#define EXIT_CODE(name, exit_code, text) \
  case name:                             \
    return exit_code;
  switch (code) {
    SR_ERROR_CODES(EXIT_CODE)
  }
#undef EXIT_CODE
  return 3;
}

void sr_assert_failed(const char *what, const char *file, int line)
{
  fprintf(stderr, "%s:%d: internal error: %s does not hold\n", file, line, what);
  abort();
}
