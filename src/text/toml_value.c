// Strings, numbers and booleans of TOML 1.0 (https://toml.io/en/v1.0.0).
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "text/toml_scan.h"

#define SR_NUMBER_MAX 128  // bytes of the longest number  [-]

int sr_toml_peek(const sr_toml_scan *p, int ahead)
{
  return p->end - p->at > ahead ? (unsigned char)p->at[ahead] : -1;
}

bool sr_toml_skip_newline(sr_toml_scan *p)
{
  const int length = sr_toml_peek(p, 0) == '\n' ? 1 : sr_toml_peek(p, 0) == '\r' && sr_toml_peek(p, 1) == '\n' ? 2 : 0;
  p->at += length;
  p->line += length > 0;
  return length > 0;
}

sr_quote sr_toml_here(const sr_toml_scan *p)
{
  return sr_utf8_quote(p->at, (size_t)(p->end - p->at));
}

// \uXXXX and \UXXXXXXXX: `digits` hexadecimal digits of a Unicode scalar value.
static bool read_code(sr_toml_scan *p, int digits, size_t *size)
{
  unsigned long code = 0;
  for (int i = 0; i < digits; i++) {
    const int c = sr_toml_peek(p, i);
    const int value = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (value < 0) return sr_toml_bad(p, "bad \\u escape: %d hexadecimal digits are wanted", digits);
    code = code * 16 + (unsigned long)value;
  }
  const int length = sr_utf8_put(code, p->buffer + *size);
  if (length == 0 || code == 0) return sr_toml_bad(p, "bad \\u escape: U+%04lX is no character for a text", code);
  *size += (size_t)length;
  p->at += digits;
  return true;
}

// Behind a backslash.
static bool read_escape(sr_toml_scan *p, size_t *size)
{
  static const char name[] = "btnfr\"\\", value[] = "\b\t\n\f\r\"\\";
  const int c = sr_toml_peek(p, 0);
  const char *known = c > 0 ? strchr(name, c) : NULL;
  if (known) {
    p->buffer[(*size)++] = value[known - name];
    p->at++;
    return true;
  }
  if (c != 'u' && c != 'U')
    return sr_toml_bad(p,
                       "unknown escape in a string; allowed are \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX, "
                       "or single quotes around the text");
  p->at++;
  return read_code(p, c == 'u' ? 4 : 8, size);
}

// A backslash at the end of a line of a """ string: it and all white space up to the next text are left out.
static bool skip_line_end(sr_toml_scan *p)
{
  const char *s = p->at;
  while (s < p->end && (*s == ' ' || *s == '\t')) s++;
  if (s == p->end || (*s != '\n' && *s != '\r')) return false;
  p->at = s;
  while (sr_toml_skip_newline(p) || sr_toml_peek(p, 0) == ' ' || sr_toml_peek(p, 0) == '\t')
    while (sr_toml_peek(p, 0) == ' ' || sr_toml_peek(p, 0) == '\t') p->at++;
  return true;
}

// One line ends the string at the next quotation mark; several lines end it at three, where up to two more belong to
// the text.
static bool is_string_end(sr_toml_scan *p, int quote, bool is_multiline, size_t *size)
{
  if (sr_toml_peek(p, 0) != quote) return false;
  if (!is_multiline) return p->at++, true;
  if (sr_toml_peek(p, 1) != quote || sr_toml_peek(p, 2) != quote) return false;
  p->at += 3;
  for (int i = 0; i < 2 && sr_toml_peek(p, 0) == quote; i++, p->at++) p->buffer[(*size)++] = (char)quote;
  return true;
}

// One step of a string's text: a newline, an escape or a plain byte.
static bool read_piece(sr_toml_scan *p, int quote, bool is_multiline, size_t *size)
{
  const char *start = p->at;
  if (is_multiline && sr_toml_skip_newline(p)) {
    memcpy(p->buffer + *size, start, (size_t)(p->at - start));
    *size += (size_t)(p->at - start);
    return true;
  }
  const int c = sr_toml_peek(p, 0);
  if (c < 0 || c == '\n' || c == '\r')
    return sr_toml_bad(p, "the string has no closing %s",
                       is_multiline ? (quote == '"' ? "\"\"\"" : "'''") : (quote == '"' ? "\"" : "'"));
  if ((c < 0x20 && c != '\t') || c == 0x7F)
    return sr_toml_bad(p, "control character 0x%02X in a string, which needs an escape such as \\u%04X", (unsigned)c,
                       (unsigned)c);
  p->at++;
  if (c == '\\' && quote == '"') return (is_multiline && skip_line_end(p)) || read_escape(p, size);
  p->buffer[(*size)++] = (char)c;
  return true;
}

bool sr_toml_read_string(sr_toml_scan *p, bool is_key, const char **out)
{
  const int quote = sr_toml_peek(p, 0);
  const bool is_multiline = sr_toml_peek(p, 1) == quote && sr_toml_peek(p, 2) == quote;
  if (is_key && is_multiline) return sr_toml_bad(p, "a key cannot span lines, write it between single quotation marks");
  size_t size = 0;
  p->at += is_multiline ? 3 : 1;
  if (is_multiline) sr_toml_skip_newline(p);
  while (!is_string_end(p, quote, is_multiline, &size))
    if (!read_piece(p, quote, is_multiline, &size)) return false;
  p->buffer[size] = '\0';
  *out = sr_arena_strdup(p->keep, p->buffer);
  return true;
}

// digit (underscore? digit)* of the given set; the place behind it, NULL if there is no such run.
static const char *skip_digits(const char *s, const char *set)
{
  if (!*s || !strchr(set, *s)) return NULL;
  while (*s && (strchr(set, *s) || (*s == '_' && s[1] && strchr(set, s[1])))) s++;
  return s;
}

// Kind of the number spelled in s: SR_TOML_INTEGER, SR_TOML_FLOAT, or -1. `base` is 10 unless 0x, 0o, 0b is found.
static int number_kind(const char *s, int *base)
{
  static const char decimal[] = "0123456789";
  static const struct {
    char letter;
    int base;
    const char *set;
  } prefix[] = {{'x', 16, "0123456789abcdefABCDEF"}, {'o', 8, "01234567"}, {'b', 2, "01"}};
  for (int i = 0; i < 3; i++)
    if (s[0] == '0' && s[1] == prefix[i].letter) {
      const char *end = skip_digits(s + 2, prefix[i].set);
      *base = prefix[i].base;
      return end && !*end ? SR_TOML_INTEGER : -1;
    }
  *base = 10;
  if (*s == '+' || *s == '-') s++;
  if (strcmp(s, "inf") == 0 || strcmp(s, "nan") == 0) return SR_TOML_FLOAT;
  const char *end = skip_digits(s, decimal);
  if (!end || (*s == '0' && end - s > 1)) return -1;
  if (!*end) return SR_TOML_INTEGER;
  if (*end == '.') end = skip_digits(end + 1, decimal);
  if (end && (*end == 'e' || *end == 'E')) end = skip_digits(end + (end[1] == '+' || end[1] == '-' ? 2 : 1), decimal);
  return end && !*end ? SR_TOML_FLOAT : -1;
}

// 1979-05-27 or 07:32: TOML has dates and times, nothing we read does.
static bool is_date(const char *s)
{
  const size_t n = strspn(s, "0123456789");
  return (n == 4 && s[4] == '-') || (n == 2 && s[2] == ':');
}

// Copies what may belong to a number; false if it is longer than any number.
static bool take_word(sr_toml_scan *p, char word[SR_NUMBER_MAX])
{
  static const char set[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_+-.:";
  int n = 0;
  for (int c; (c = sr_toml_peek(p, n)) > 0 && strchr(set, c); n++) {
    if (n == SR_NUMBER_MAX - 1) return false;
    word[n] = (char)c;
  }
  word[n] = '\0';
  return true;
}

static bool convert_number(sr_toml_scan *p, char *word, int base, sr_toml *out)
{
  const sr_quote shown = sr_toml_here(p);
  size_t n = 0;
  for (const char *s = word; *s; s++)
    if (*s != '_') word[n++] = *s;
  word[n] = '\0';
  errno = 0;
  if (out->kind == SR_TOML_INTEGER) {
    out->integer = strtoll(base == 10 ? word : word + 2, NULL, base);
    out->number = (double)out->integer;
    if (errno == ERANGE) return sr_toml_bad(p, "%s is too large for a whole number (64 bits)", shown.text);
    return true;
  }
  out->number = strtod(word, NULL);
  if (errno == ERANGE && (out->number > 1.0 || out->number < -1.0))
    return sr_toml_bad(p, "%s is too large for a number (at most 1.8e308)", shown.text);
  return true;
}

bool sr_toml_read_scalar(sr_toml_scan *p, sr_toml *out)
{
  const int c = sr_toml_peek(p, 0);
  if (c == '"' || c == '\'') {
    out->kind = SR_TOML_STRING;
    return sr_toml_read_string(p, false, &out->string);
  }
  char word[SR_NUMBER_MAX] = {0};
  if (!take_word(p, word))
    return sr_toml_bad(p, "%s is too long for a number (%d bytes)", sr_toml_here(p).text, SR_NUMBER_MAX - 1);
  const size_t size = strlen(word);
  if (size == 0 && (c < 0 || c == '\n' || c == '\r' || c == '#')) return sr_toml_bad(p, "the value is missing");
  if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0) {
    out->kind = SR_TOML_BOOL;
    out->boolean = word[0] == 't';
  } else {
    if (is_date(word)) return sr_toml_bad(p, "%s is a date or time, which nothing here takes; weeks are numbers", word);
    int base = 10;
    const int kind = number_kind(word, &base);
    if (kind < 0)
      return sr_toml_bad(p, "'%s' is no value; allowed are \"text\", 12, 1.5, true, false, [list] and {table}",
                         sr_toml_here(p).text);
    out->kind = (sr_toml_kind)kind;
    if (!convert_number(p, word, base, out)) return false;
  }
  p->at += size;
  return true;
}
