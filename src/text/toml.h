// Strict TOML 1.0 reader: line numbers on everything, duplicate keys refused, no silent conversion.
#ifndef SR_TEXT_TOML_H
#define SR_TEXT_TOML_H
#include "base/arena.h"
#include "base/error.h"

typedef enum sr_toml_kind {
  SR_TOML_STRING,
  SR_TOML_INTEGER,
  SR_TOML_FLOAT,
  SR_TOML_BOOL,
  SR_TOML_ARRAY,
  SR_TOML_TABLE
} sr_toml_kind;

typedef struct sr_toml {
  sr_toml_kind kind;
  int line;            // 1-based
  const char *key;     // within its table, NULL in an array
  const char *string;  // SR_TOML_STRING
  long long integer;   // SR_TOML_INTEGER
  double number;       // SR_TOML_FLOAT and SR_TOML_INTEGER
  bool boolean;
  int n;                  // children of an array or table
  struct sr_toml *child;  // (n), in the order of the file
} sr_toml;

bool sr_toml_parse(const char *path, const char *text, size_t size, sr_arena *keep, sr_toml *root, sr_error *err);
const sr_toml *sr_toml_get(const sr_toml *table, const char *key);  // NULL if absent
#endif
