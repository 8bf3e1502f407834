// JSON: a writer that keeps every bit of a double, and a reader for our own results.
#ifndef SR_TEXT_JSON_H
#define SR_TEXT_JSON_H
#include "base/files.h"

// Writer: fields in the order of the calls; numbers in the shortest form that reads back to the same double
// (NaN and infinity become null). Pretty-printed by two spaces; arrays of numbers stay on one line.
typedef struct sr_json_writer {
  sr_text text;
  int depth;
  bool is_first, is_flat;
} sr_json_writer;
sr_json_writer sr_json_writer_new(sr_arena *arena);
void sr_json_begin_object(sr_json_writer *w, const char *key);  // key NULL inside an array and at the top
void sr_json_end_object(sr_json_writer *w);
void sr_json_begin_array(sr_json_writer *w, const char *key);
void sr_json_end_array(sr_json_writer *w);
void sr_json_number(sr_json_writer *w, const char *key, double value);
void sr_json_integer(sr_json_writer *w, const char *key, long long value);
void sr_json_string(sr_json_writer *w, const char *key, const char *value);  // value NULL gives null
void sr_json_bool(sr_json_writer *w, const char *key, bool value);
void sr_json_numbers(sr_json_writer *w, const char *key, const double *value, int n);

// Reader.
typedef enum sr_json_kind {
  SR_JSON_NULL,
  SR_JSON_BOOL,
  SR_JSON_NUMBER,
  SR_JSON_STRING,
  SR_JSON_ARRAY,
  SR_JSON_OBJECT
} sr_json_kind;
typedef struct sr_json {
  sr_json_kind kind;
  const char *key;
  const char *string;
  double number;
  bool boolean;
  int n;
  struct sr_json *child;
} sr_json;
bool sr_json_parse(const char *path, const char *text, size_t size, sr_arena *keep, sr_json *root, sr_error *err);
const sr_json *sr_json_get(const sr_json *object, const char *key);
#endif
