// JSON writer (RFC 8259).
#include "text/json.h"

#include <stdio.h>
#include <string.h>

#include "text/number.h"
#include "text/utf8.h"

sr_json_writer sr_json_writer_new(sr_arena *arena)
{
  return (sr_json_writer){.text = sr_text_new(arena), .is_first = true};
}

static void new_line(sr_json_writer *w)
{
  sr_text_append(&w->text, "\n", 1);
  for (int i = 0; i < w->depth; i++) sr_text_append(&w->text, "  ", 2);
}

static void write_string(sr_text *t, const char *s)
{
  size_t left = strlen(s);
  sr_text_append(t, "\"", 1);
  while (left) {
    int n = sr_utf8_length(s, left);
    const unsigned char c = (unsigned char)*s;
    if (n == 0) {
      sr_text_append(t, "\xEF\xBF\xBD", 3);  // U+FFFD in place of a byte that is no text
      n = 1;
    } else if (c < 0x20 || c == 0x7F) {
      sr_text_print(t, "\\u%04x", (unsigned)c);
    } else {
      if (c == '"' || c == '\\') sr_text_append(t, "\\", 1);
      sr_text_append(t, s, (size_t)n);
    }
    s += n;
    left -= (size_t)n;
  }
  sr_text_append(t, "\"", 1);
}

// What comes before a value: comma, new line (a space in a flat array), key.
static void begin_value(sr_json_writer *w, const char *key)
{
  if (!w->is_first) sr_text_append(&w->text, ",", 1);
  if (w->is_flat && !w->is_first) sr_text_append(&w->text, " ", 1);
  if (!w->is_flat && w->depth) new_line(w);
  if (key) {
    write_string(&w->text, key);
    sr_text_append(&w->text, ": ", 2);
  }
  w->is_first = false;
}

// An array stays flat, on one line, until an object or array is put in it.
static void begin_nested(sr_json_writer *w, const char *key, const char *bracket)
{
  w->is_flat = false;
  begin_value(w, key);
  sr_text_append(&w->text, bracket, 1);
  w->depth++;
  w->is_first = true;
  w->is_flat = *bracket == '[';
}

static void end_nested(sr_json_writer *w, const char *bracket)
{
  SR_ASSERT(w->depth > 0);
  w->depth--;
  if (!w->is_flat && !w->is_first) new_line(w);
  sr_text_append(&w->text, bracket, 1);
  w->is_first = w->is_flat = false;
  if (w->depth == 0) sr_text_append(&w->text, "\n", 1);
}

void sr_json_begin_object(sr_json_writer *w, const char *key)
{
  begin_nested(w, key, "{");
}

void sr_json_end_object(sr_json_writer *w)
{
  end_nested(w, "}");
}

void sr_json_begin_array(sr_json_writer *w, const char *key)
{
  begin_nested(w, key, "[");
}

void sr_json_end_array(sr_json_writer *w)
{
  end_nested(w, "]");
}

static void write_word(sr_json_writer *w, const char *key, const char *word)
{
  begin_value(w, key);
  sr_text_append(&w->text, word, strlen(word));
}

void sr_json_number(sr_json_writer *w, const char *key, double value)
{
  char word[32];
  sr_number_print(value, word);
  write_word(w, key, value - value == 0.0 ? word : "null");
}

void sr_json_integer(sr_json_writer *w, const char *key, long long value)
{
  char word[32];
  snprintf(word, sizeof word, "%lld", value);
  write_word(w, key, word);
}

void sr_json_string(sr_json_writer *w, const char *key, const char *value)
{
  begin_value(w, key);
  if (value)
    write_string(&w->text, value);
  else
    sr_text_append(&w->text, "null", 4);
}

void sr_json_bool(sr_json_writer *w, const char *key, bool value)
{
  write_word(w, key, value ? "true" : "false");
}

void sr_json_numbers(sr_json_writer *w, const char *key, const double *value, int n)
{
  sr_json_begin_array(w, key);
  for (int i = 0; i < n; i++) sr_json_number(w, NULL, value[i]);
  sr_json_end_array(w);
}
