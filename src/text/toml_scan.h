// What the two halves of the TOML reader share: toml.c (keys and tables), toml_value.c (strings and numbers).
#ifndef SR_TEXT_TOML_SCAN_H
#define SR_TEXT_TOML_SCAN_H
#include "text/toml.h"
#include "text/utf8.h"

typedef struct sr_toml_scan {
  const char *path;
  const char *at, *end;  // what is left of the text
  int line;
  char *buffer;  // as long as the text: every string is put together here first
  sr_arena *keep, *work;
  sr_error *err;
} sr_toml_scan;

// Fails with "path:line: " in front of the message.
#define sr_toml_bad(p, ...) \
  sr_fail((p)->err, SR_BAD_VALUE, "%s:%d: %s", (p)->path, (p)->line, sr_arena_printf((p)->work, __VA_ARGS__))

int sr_toml_peek(const sr_toml_scan *p, int ahead);                        // byte at that distance, -1 past the end
bool sr_toml_skip_newline(sr_toml_scan *p);                                // LF or CRLF, counted
sr_quote sr_toml_here(const sr_toml_scan *p);                              // what stands here, for messages
bool sr_toml_read_string(sr_toml_scan *p, bool is_key, const char **out);  // at a quotation mark
bool sr_toml_read_scalar(sr_toml_scan *p, sr_toml *out);                   // string, number or boolean
#endif
