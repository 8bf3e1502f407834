// JSON reader (RFC 8259), strict, for our own results.
#include <stdlib.h>
#include <string.h>

#include "text/json.h"
#include "text/utf8.h"

#define SR_DEPTH_MAX 128
#define SR_VALUES_MAX 8000000  // values of one file, some 500 MB in memory

typedef struct parser {
  const char *path, *at, *end;
  int line, depth, nvalue;
  char *buffer;    // as long as the text: every string is put together here first
  sr_json *stack;  // values whose array or object is still open
  int nstack, room;
  sr_arena *keep, *work;
  sr_error *err;
} parser;

static bool bad(const parser *p, const char *what)
{
  return sr_fail(p->err, SR_BAD_VALUE, "%s:%d: %s", p->path, p->line, what);
}

static int peek(const parser *p)
{
  return p->at < p->end ? (unsigned char)*p->at : -1;
}

static void skip_space(parser *p)
{
  for (int c; (c = peek(p)) == ' ' || c == '\t' || c == '\n' || c == '\r'; p->at++) p->line += c == '\n';
}

static bool take(parser *p, const char *word)
{
  const size_t n = strlen(word);
  if ((size_t)(p->end - p->at) < n || memcmp(p->at, word, n) != 0) return false;
  p->at += n;
  return true;
}

// Four hexadecimal digits; -1 if they are not.
static long read_hex4(parser *p)
{
  long code = 0;
  for (int i = 0; i < 4; i++) {
    static const char digit[] = "0123456789abcdef0123456789ABCDEF";
    const int c = peek(p);
    const char *found = c > 0 ? strchr(digit, c) : NULL;
    if (!found) return -1;
    code = code * 16 + (found - digit) % 16;
    p->at++;
  }
  return code;
}

// Behind \u: a character, or the two halves of one above U+FFFF.
static bool read_code(parser *p, size_t *size)
{
  long code = read_hex4(p);
  if (code >= 0xD800 && code <= 0xDBFF && take(p, "\\u")) {
    const long low = read_hex4(p);
    code = low >= 0xDC00 && low <= 0xDFFF ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) : -1;
  }
  const int length = code > 0 ? sr_utf8_put((unsigned long)code, p->buffer + *size) : 0;
  if (length == 0) return bad(p, "bad \\u escape in a string");
  *size += (size_t)length;
  return true;
}

static bool read_escape(parser *p, size_t *size)
{
  static const char name[] = "\"\\/bfnrt", value[] = "\"\\/\b\f\n\r\t";
  const int c = peek(p);
  const char *known = c > 0 ? strchr(name, c) : NULL;
  if (known) p->buffer[(*size)++] = value[known - name];
  if (!known && c != 'u') return bad(p, "unknown escape in a string");
  p->at++;
  return known || read_code(p, size);
}

static bool read_string(parser *p, const char **out)
{
  size_t size = 0;
  if (!take(p, "\"")) return bad(p, "a string in double quotes is wanted");
  for (int c; (c = peek(p)) != '"';) {
    if (c < 0x20) return bad(p, c < 0 ? "the file ends inside a string" : "control character in a string");
    p->at++;
    if (c != '\\')
      p->buffer[size++] = (char)c;
    else if (!read_escape(p, &size))
      return false;
  }
  p->at++;
  p->buffer[size] = '\0';
  *out = sr_arena_strdup(p->keep, p->buffer);
  return true;
}

static bool skip_digits(parser *p)
{
  const char *start = p->at;
  while (peek(p) >= '0' && peek(p) <= '9') p->at++;
  return p->at > start;
}

// -? (0 | 1-9 digits) (. digits)? (e +-? digits)?
static bool read_number(parser *p, sr_json *out)
{
  const char *start = p->at;
  take(p, "-");
  bool is_good = take(p, "0") || skip_digits(p);
  if (is_good && take(p, ".")) is_good = skip_digits(p);
  if (is_good && (take(p, "e") || take(p, "E"))) {
    if (!take(p, "+")) take(p, "-");
    is_good = skip_digits(p);
  }
  if (!is_good) return bad(p, "a value is wanted: \"text\", number, true, false, null, [ or {");
  const size_t n = (size_t)(p->at - start);
  memcpy(p->buffer, start, n);
  p->buffer[n] = '\0';
  out->kind = SR_JSON_NUMBER;
  out->number = strtod(p->buffer, NULL);
  if (!(out->number - out->number == 0.0)) return bad(p, "number above 1.8e308");
  return true;
}

static void push(parser *p, const sr_json *v)
{
  if (p->nstack == p->room) {
    sr_json *more = sr_alloc(p->work, sr_json, 2 * p->room);
    memcpy(more, p->stack, (size_t)p->nstack * sizeof *more);
    p->stack = more;
    p->room *= 2;
  }
  p->stack[p->nstack++] = *v;
}

// The values pushed since `base` are the children of *out.
static void collect(parser *p, int base, sr_json *out)
{
  out->n = p->nstack - base;
  out->child = out->n ? sr_alloc(p->keep, sr_json, out->n) : NULL;
  if (out->n) memcpy(out->child, p->stack + base, (size_t)out->n * sizeof *out->child);
  p->nstack = base;
}

static bool read_value(parser *p, sr_json *out);

static bool read_member(parser *p, bool is_object)
{
  sr_json item = {0};
  const char *key = NULL;
  skip_space(p);
  if (is_object) {
    if (!read_string(p, &key)) return false;
    skip_space(p);
    if (!take(p, ":")) return bad(p, "':' is missing after a key");
  }
  if (!read_value(p, &item)) return false;
  item.key = key;
  push(p, &item);
  skip_space(p);
  return true;
}

static bool read_nested(parser *p, sr_json *out)
{
  const bool is_object = *p->at == '{';
  const char *close = is_object ? "}" : "]";
  const int base = p->nstack;
  if (++p->depth > SR_DEPTH_MAX) return bad(p, "nested too deeply, at most 128 levels are allowed");
  out->kind = is_object ? SR_JSON_OBJECT : SR_JSON_ARRAY;
  p->at++;
  skip_space(p);
  for (bool is_first = true; !take(p, close); is_first = false) {
    if (!is_first && !take(p, ",")) return bad(p, is_object ? "',' or '}' is wanted" : "',' or ']' is wanted");
    if (!read_member(p, is_object)) return false;
  }
  collect(p, base, out);
  p->depth--;
  return true;
}

static bool read_value(parser *p, sr_json *out)
{
  skip_space(p);
  if (++p->nvalue > SR_VALUES_MAX) return bad(p, "too many values for a result of ours");
  const int c = peek(p);
  if (c == '{' || c == '[') return read_nested(p, out);
  if (c == '"') {
    out->kind = SR_JSON_STRING;
    return read_string(p, &out->string);
  }
  if (take(p, "null")) return true;
  if (take(p, "true") || take(p, "false")) {
    out->kind = SR_JSON_BOOL;
    out->boolean = c == 't';
    return true;
  }
  return read_number(p, out);
}

static bool check_text(parser *p, const char *text, size_t size)
{
  const size_t first_bad = sr_utf8_check(text, size);
  if (first_bad == size) return true;
  for (size_t i = 0; i < first_bad; i++) p->line += text[i] == '\n';
  return bad(p, "no UTF-8 text");
}

bool sr_json_parse(const char *path, const char *text, size_t size, sr_arena *keep, sr_json *root, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  parser p = {.path = path, .at = text, .end = text + size, .line = 1, .keep = keep, .work = work, .err = err};
  p.buffer = sr_alloc(work, char, size + 1);
  p.room = 64;
  p.stack = sr_alloc(work, sr_json, p.room);
  sr_json value = {0};
  bool is_good = check_text(&p, text, size) && read_value(&p, &value);
  skip_space(&p);
  if (is_good && p.at < p.end) is_good = bad(&p, "text after the end of the value");
  if (is_good) *root = value;
  sr_arena_free(work);
  return is_good;
}

const sr_json *sr_json_get(const sr_json *object, const char *key)
{
  if (!object || object->kind != SR_JSON_OBJECT) return NULL;
  for (int i = 0; i < object->n; i++)
    if (strcmp(object->child[i].key, key) == 0) return &object->child[i];
  return NULL;
}
