// Keys, tables and arrays of TOML 1.0 (https://toml.io/en/v1.0.0). Stricter than the standard in three places: no
// dates, no U+0000 in strings, and limits that a hostile file runs into before the machine does.
#include "text/toml.h"

#include <string.h>

#include "text/toml_scan.h"

#define SR_DEPTH_MAX 64       // tables in tables, arrays in arrays
#define SR_KEYS_MAX 2000      // keys of one table; the search for a duplicate is linear
#define SR_VALUES_MAX 200000  // values of one file

// How a table came to be decides who may add to it.
typedef enum origin {
  FROM_VALUE,   // key = {...}, key = [...]: closed
  FROM_PATH,    // the `a` of [a.b]: may be opened once by [a]
  FROM_HEADER,  // [a] and [[a]]
  FROM_DOTS     // the `a` of a.b = 1: open to other dotted keys
} origin;

// A value while the file is read; children are a list, since tables of TOML may be continued later.
typedef struct node {
  sr_toml value;
  origin from;
  int depth;
  struct node *first, *last, *next;
} node;

typedef struct parser {
  sr_toml_scan scan;
  int nvalue;
  node *table;  // the one that [header] opened last
} parser;

typedef struct key_path {
  int n;
  const char *part[SR_DEPTH_MAX];
} key_path;

static node *node_find(const node *table, const char *key)
{
  for (node *c = table->first; c; c = c->next)
    if (strcmp(c->value.key, key) == 0) return c;
  return NULL;
}

// Appends an empty child; NULL with a message where a limit is met.
static node *node_add(parser *p, node *parent, const char *key, sr_toml_kind kind, origin from)
{
  const char *wrong = NULL;
  if (parent->depth + 1 > SR_DEPTH_MAX) wrong = "nested too deeply, at most 64 levels are allowed";
  if (parent->value.kind == SR_TOML_TABLE && parent->value.n >= SR_KEYS_MAX) wrong = "a table has at most 2000 keys";
  if (++p->nvalue > SR_VALUES_MAX) wrong = "a file has at most 200000 values";
  if (wrong) {
    sr_toml_bad(&p->scan, "%s", wrong);
    return NULL;
  }
  node *c = sr_alloc(p->scan.work, node, 1);
  *c = (node){.value = {.kind = kind, .line = p->scan.line, .key = key}, .from = from, .depth = parent->depth + 1};
  if (parent->last)
    parent->last->next = c;
  else
    parent->first = c;
  parent->last = c;
  parent->value.n++;
  return c;
}

static void skip_spaces(sr_toml_scan *s)
{
  while (sr_toml_peek(s, 0) == ' ' || sr_toml_peek(s, 0) == '\t') s->at++;
}

// A comment runs to the end of the line and holds no control characters but tabs.
static bool skip_comment(sr_toml_scan *s)
{
  if (sr_toml_peek(s, 0) != '#') return true;
  for (int c; (c = sr_toml_peek(s, 0)) >= 0 && c != '\n'; s->at++) {
    if (c == '\r' && sr_toml_peek(s, 1) == '\n') return true;
    if ((c < 0x20 && c != '\t') || c == 0x7F)
      return sr_toml_bad(s, "control character 0x%02X in a comment", (unsigned)c);
  }
  return true;
}

// White space, comments and empty lines.
static bool skip_blank(sr_toml_scan *s)
{
  do {
    skip_spaces(s);
    if (!skip_comment(s)) return false;
  } while (sr_toml_skip_newline(s));
  return true;
}

static bool expect_line_end(sr_toml_scan *s)
{
  skip_spaces(s);
  if (!skip_comment(s)) return false;
  if (sr_toml_peek(s, 0) < 0 || sr_toml_skip_newline(s)) return true;
  return sr_toml_bad(s, "'%s' after the value; allowed here are a comment (#) or a new line", sr_toml_here(s).text);
}

static bool is_bare(int c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static bool read_key_part(sr_toml_scan *s, const char **out)
{
  const int c = sr_toml_peek(s, 0);
  if (c == '"' || c == '\'') return sr_toml_read_string(s, true, out);
  size_t n = 0;
  while (s->at + n < s->end && is_bare((unsigned char)s->at[n])) n++;
  if (n == 0 && c == '\0') return sr_toml_bad(s, "this is no text file (it holds a zero byte)");
  if (n == 0)
    return sr_toml_bad(s, "a key is missing at '%s'; keys are letters, digits, _ and -", sr_toml_here(s).text);
  memcpy(s->buffer, s->at, n);
  s->buffer[n] = '\0';
  s->at += n;
  *out = sr_arena_strdup(s->keep, s->buffer);
  return true;
}

// part (. part)*
static bool read_key(sr_toml_scan *s, key_path *key)
{
  key->n = 0;
  for (;;) {
    if (key->n == SR_DEPTH_MAX) return sr_toml_bad(s, "nested too deeply, at most %d levels are allowed", SR_DEPTH_MAX);
    if (!read_key_part(s, &key->part[key->n++])) return false;
    skip_spaces(s);
    if (sr_toml_peek(s, 0) != '.') return true;
    s->at++;
    skip_spaces(s);
  }
}

static bool fail_duplicate(sr_toml_scan *s, const char *key, const node *first)
{
  return sr_toml_bad(s, "'%s' stands here for the second time, the first is in line %d",
                     sr_utf8_quote(key, strlen(key)).text, first->value.line);
}

static bool read_value(parser *p, node *out);

// table.a.b.c = value: a and b are tables made by such keys alone.
static bool read_pair(parser *p, node *table)
{
  sr_toml_scan *s = &p->scan;
  key_path key;
  if (!read_key(s, &key)) return false;
  for (int i = 0; i + 1 < key.n; i++) {
    node *next = node_find(table, key.part[i]);
    if (next && (next->value.kind != SR_TOML_TABLE || next->from != FROM_DOTS))
      return fail_duplicate(s, key.part[i], next);
    if (!next) next = node_add(p, table, key.part[i], SR_TOML_TABLE, FROM_DOTS);
    if (!next) return false;
    table = next;
  }
  const char *name = key.part[key.n - 1];
  const node *old = node_find(table, name);
  if (old) return fail_duplicate(s, name, old);
  if (sr_toml_peek(s, 0) != '=')
    return sr_toml_bad(s, "'=' and a value are missing after the key '%s'", sr_utf8_quote(name, strlen(name)).text);
  s->at++;
  skip_spaces(s);
  node *fresh = node_add(p, table, name, SR_TOML_STRING, FROM_VALUE);
  return fresh && read_value(p, fresh);
}

static bool read_array(parser *p, node *out)
{
  sr_toml_scan *s = &p->scan;
  out->value.kind = SR_TOML_ARRAY;
  s->at++;
  for (;;) {
    if (!skip_blank(s)) return false;
    if (sr_toml_peek(s, 0) == ']') break;
    node *item = node_add(p, out, NULL, SR_TOML_STRING, FROM_VALUE);
    if (!item || !read_value(p, item) || !skip_blank(s)) return false;
    if (sr_toml_peek(s, 0) == ']') break;
    if (sr_toml_peek(s, 0) != ',')
      return sr_toml_bad(s, "the list that starts in line %d needs ',' or ']' here", out->value.line);
    s->at++;
  }
  s->at++;
  return true;
}

static bool read_inline_table(parser *p, node *out)
{
  sr_toml_scan *s = &p->scan;
  out->value.kind = SR_TOML_TABLE;
  s->at++;
  skip_spaces(s);
  for (bool is_first = true; !(is_first && sr_toml_peek(s, 0) == '}'); is_first = false) {
    skip_spaces(s);
    if (!read_pair(p, out)) return false;
    skip_spaces(s);
    if (sr_toml_peek(s, 0) == '}') break;
    if (sr_toml_peek(s, 0) != ',') return sr_toml_bad(s, "the {table} needs ',' or '}' here, in the same line");
    s->at++;
  }
  s->at++;
  return true;
}

static bool read_value(parser *p, node *out)
{
  const int c = sr_toml_peek(&p->scan, 0);
  if (c == '[') return read_array(p, out);
  if (c == '{') return read_inline_table(p, out);
  return sr_toml_read_scalar(&p->scan, &out->value);
}

// The table that a.b of [a.b.c] stands for: made if absent, the last element of an array of tables.
static node *walk_header(parser *p, node *root, const key_path *key)
{
  node *at = root;
  for (int i = 0; at && i + 1 < key->n; i++) {
    node *next = node_find(at, key->part[i]);
    if (next && (next->from == FROM_VALUE)) {
      fail_duplicate(&p->scan, key->part[i], next);
      return NULL;
    }
    if (!next) next = node_add(p, at, key->part[i], SR_TOML_TABLE, FROM_PATH);
    at = next && next->value.kind == SR_TOML_ARRAY ? next->last : next;
  }
  return at;
}

// [name]: a new table, or one that so far was only passed through.
static bool open_table(parser *p, node *parent, const char *name)
{
  node *old = node_find(parent, name);
  if (old && old->from != FROM_PATH) return fail_duplicate(&p->scan, name, old);
  p->table = old ? old : node_add(p, parent, name, SR_TOML_TABLE, FROM_HEADER);
  if (!p->table) return false;
  p->table->from = FROM_HEADER;
  p->table->value.line = p->scan.line;
  return true;
}

// [[name]]: one more table of an array.
static bool open_array_table(parser *p, node *parent, const char *name)
{
  node *array = node_find(parent, name);
  if (array && (array->from != FROM_HEADER || array->value.kind != SR_TOML_ARRAY))
    return fail_duplicate(&p->scan, name, array);
  if (!array) array = node_add(p, parent, name, SR_TOML_ARRAY, FROM_HEADER);
  p->table = array ? node_add(p, array, NULL, SR_TOML_TABLE, FROM_HEADER) : NULL;
  return p->table != NULL;
}

static bool read_header(parser *p, node *root)
{
  sr_toml_scan *s = &p->scan;
  const bool is_array = sr_toml_peek(s, 1) == '[';
  s->at += is_array ? 2 : 1;
  skip_spaces(s);
  key_path key;
  if (!read_key(s, &key)) return false;
  if (sr_toml_peek(s, 0) != ']' || (is_array && sr_toml_peek(s, 1) != ']'))
    return sr_toml_bad(s, "the name of the table has no closing %s", is_array ? "]]" : "]");
  s->at += is_array ? 2 : 1;
  node *parent = walk_header(p, root, &key);
  if (!parent) return false;
  return is_array ? open_array_table(p, parent, key.part[key.n - 1]) : open_table(p, parent, key.part[key.n - 1]);
}

static bool read_document(parser *p, node *root)
{
  sr_toml_scan *s = &p->scan;
  p->table = root;
  for (;;) {
    if (!skip_blank(s)) return false;
    if (sr_toml_peek(s, 0) < 0) return true;
    if (!(sr_toml_peek(s, 0) == '[' ? read_header(p, root) : read_pair(p, p->table)) || !expect_line_end(s))
      return false;
  }
}

// Lists of children become arrays in `keep`.
static sr_toml flatten(const node *from, sr_arena *keep)
{
  sr_toml out = from->value;
  out.child = out.n ? sr_alloc(keep, sr_toml, out.n) : NULL;
  int i = 0;
  for (const node *c = from->first; c; c = c->next) out.child[i++] = flatten(c, keep);
  return out;
}

// Names the line of the first byte that is no UTF-8.
static bool check_text(sr_toml_scan *s, const char *text, size_t size)
{
  const size_t bad = sr_utf8_check(text, size);
  if (bad == size) return true;
  for (size_t i = 0; i < bad; i++) s->line += text[i] == '\n';
  return sr_toml_bad(s, "byte 0x%02X is no UTF-8; this is no text file, or one in another encoding",
                     (unsigned)(unsigned char)text[bad]);
}

bool sr_toml_parse(const char *path, const char *text, size_t size, sr_arena *keep, sr_toml *root, sr_error *err)
{
  if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) text += 3, size -= 3;  // a mark some editors leave
  sr_arena *work = sr_arena_new();
  parser p = {
      .scan = {.path = path, .at = text, .end = text + size, .line = 1, .keep = keep, .work = work, .err = err}};
  p.scan.buffer = sr_alloc(work, char, size + 1);
  node top = {.value = {.kind = SR_TOML_TABLE, .line = 1}, .from = FROM_HEADER};
  const bool is_good = check_text(&p.scan, text, size) && read_document(&p, &top);
  if (is_good) *root = flatten(&top, keep);
  sr_arena_free(work);
  return is_good;
}

const sr_toml *sr_toml_get(const sr_toml *table, const char *key)
{
  if (!table || table->kind != SR_TOML_TABLE) return NULL;
  for (int i = 0; i < table->n; i++)
    if (strcmp(table->child[i].key, key) == 0) return &table->child[i];
  return NULL;
}
