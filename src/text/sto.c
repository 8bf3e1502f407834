// OpenSim tables. Written with version 1 headers: name, version=1, nRows, nColumns, inDegrees, our own key=value
// lines, endheader, labels, rows. Read after the rules of OpenSim's Storage and DelimFileAdapter, versions 1 to 3.
#include "text/sto.h"

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "text/number.h"
#include "text/utf8.h"

#define SR_COLUMNS_MAX 20000

static void print_number(sr_text *t, double x)
{
  char word[32];
  sr_number_print(x, word);
  sr_text_append(t, word, strlen(word));
}

static bool check_table(const char *path, const sr_table *t, sr_error *err)
{
  if (t->ncol < 1 || strcmp(t->label[0], "time") != 0)
    return sr_fail(err, SR_INTERNAL, "%s: the first column of a table is 'time'", path);
  for (int i = 0; i < t->ncol; i++)
    if (!*t->label[i] || strpbrk(t->label[i], "\t\r\n"))
      return sr_fail(err, SR_BAD_VALUE, "%s: column %d: a label is text without tabs and new lines", path, i + 1);
  for (int i = 0; i < t->nmeta; i++)
    if (!*t->meta_key[i] || strpbrk(t->meta_key[i], "=\r\n") || strpbrk(t->meta_value[i], "\r\n"))
      return sr_fail(err, SR_BAD_VALUE, "%s: header line %d: one line key=value is wanted", path, i + 1);
  return true;
}

bool sr_table_write(const char *path, const sr_table *t, sr_error *err)
{
  if (!check_table(path, t, err)) return false;
  sr_arena *work = sr_arena_new();
  sr_text out = sr_text_new(work);
  sr_text_print(&out, "%s\nversion=1\nnRows=%d\nnColumns=%d\ninDegrees=%s\n", t->name ? t->name : "surae", t->nrow,
                t->ncol, t->in_degrees ? "yes" : "no");
  for (int i = 0; i < t->nmeta; i++) sr_text_print(&out, "%s=%s\n", t->meta_key[i], t->meta_value[i]);
  sr_text_print(&out, "endheader\n");
  for (int i = 0; i < t->ncol; i++) sr_text_print(&out, "%s%s", i ? "\t" : "", t->label[i]);
  for (int row = 0; row < t->nrow; row++)
    for (int i = 0; i < t->ncol; i++) {
      sr_text_append(&out, i ? "\t" : "\n", 1);
      print_number(&out, t->at[(size_t)row * (size_t)t->ncol + (size_t)i]);
    }
  sr_text_append(&out, "\n", 1);
  const bool is_good = sr_file_write(path, out.at, out.size, err);
  sr_arena_free(work);
  return is_good;
}

typedef struct reader {
  const char *path;
  char *at;  // rest of the text, NUL-terminated; lines are cut out of it
  int line;  // of the line taken last
  double version;
  int nrow_said;  // -1: the header does not say
  sr_arena *keep;
  sr_error *err;
} reader;

static bool bad(const reader *r, const char *what, const char *quoted)
{
  const sr_quote q = sr_utf8_quote(quoted, strlen(quoted));
  return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s': %s", r->path, r->line, q.text, what);
}

// The next line without its end and without white space around it; NULL at the end of the file.
static char *next_line(reader *r)
{
  if (!*r->at) return NULL;
  char *start = r->at, *end = start + strcspn(start, "\n");
  r->at = *end ? end + 1 : end;
  r->line++;
  while (end > start && strchr(" \t\r\n", end[-1])) end--;
  if (*end) *end = '\0';
  return start + strspn(start, " \t");
}

static int count_items(const char *line, const char *separators)
{
  int n = 0;
  while (*(line += strspn(line, separators))) {
    n++;
    line += strcspn(line, separators);
  }
  return n;
}

static void add_meta(reader *r, sr_table *t, int room, const char *key, const char *value)
{
  if (!t->meta_key) {
    t->meta_key = sr_alloc(r->keep, const char *, room);
    t->meta_value = sr_alloc(r->keep, const char *, room);
  }
  t->meta_key[t->nmeta] = key;
  t->meta_value[t->nmeta++] = value;
}

// A header line key=value.
static bool read_setting(reader *r, sr_table *t, int room, char *line, char *equals)
{
  char *key = line, *value = equals + 1 + strspn(equals + 1, " \t");
  for (*equals = '\0'; equals > key && strchr(" \t", equals[-1]);) *--equals = '\0';
  if (strcmp(key, "version") == 0) {
    r->version = strtod(value, NULL);
  } else if (strcmp(key, "nRows") == 0) {
    r->nrow_said = (int)strtol(value, NULL, 10);
  } else if (strcmp(key, "inDegrees") == 0) {
    if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0) return bad(r, "inDegrees is 'yes' or 'no'", value);
    t->in_degrees = *value == 'y';
  } else if (strcmp(key, "DataType") == 0) {
    if (strcmp(value, "double") != 0) return bad(r, "DataType 'double' is the only one read", value);
  } else if (strcmp(key, "nColumns") != 0) {
    add_meta(r, t, room, key, value);
  }
  return true;
}

// Header lines up to endheader; the first free line is the name.
static bool read_header(reader *r, sr_table *t)
{
  const int room = count_items(r->at, "\n");
  bool has_degrees = false;
  for (char *line; (line = next_line(r));) {
    if (strcmp(line, "endheader") == 0) {
      if (!has_degrees && r->version < 1.0 && sr_ends_with(r->path, ".mot")) t->in_degrees = true;  // OpenSim's Storage
      return true;
    }
    char *equals = strchr(line, '=');
    has_degrees |= strncmp(line, "inDegrees", 9) == 0;
    if (strncmp(line, "time\t", 5) == 0) return bad(r, "data before the line 'endheader'", line);
    if (equals && !read_setting(r, t, room, line, equals)) return false;
    if (!equals && !t->name && *line) t->name = line;
  }
  return bad(r, "the line 'endheader' is missing; this is no OpenSim table", "");
}

// Labels are split at tabs, or at spaces where there is no tab.
static bool read_labels(reader *r, sr_table *t)
{
  char *line = next_line(r);
  if (!line) return bad(r, "the line of column labels is missing", "");
  const char *separators = strchr(line, '\t') ? "\t" : " ";
  t->ncol = count_items(line, separators);
  if (t->ncol < 1 || t->ncol > SR_COLUMNS_MAX) return bad(r, "a table has 1 to 20000 columns", line);
  t->label = sr_alloc(r->keep, const char *, t->ncol);
  for (int i = 0; i < t->ncol; i++) {
    line += strspn(line, separators);
    line += strspn(line, " ");
    char *end = line + strcspn(line, separators), *next = *end ? end + 1 : end;
    while (end > line && end[-1] == ' ') end--;
    *end = '\0';
    t->label[i] = line;
    line = next;
  }
  if (strcmp(t->label[0], "time") != 0) return bad(r, "the first column must be 'time'", t->label[0]);
  return true;
}

static bool read_row(reader *r, const sr_table *t, char *line, double *row)
{
  for (int i = 0; i < t->ncol; i++) {
    char *end = line;
    row[i] = strtod(line, &end);
    if (end == line || (*end && !strchr(" \t", *end)))
      return bad(r, *line ? "is no number" : "the row has fewer values than there are labels", line);
    line = end + strspn(end, " \t");
  }
  if (*line) return bad(r, "the row has more values than there are labels", line);
  if (!(row[0] - row[0] == 0.0)) return bad(r, "time must be a finite number", "nan");
  return true;
}

static bool read_rows(reader *r, sr_table *t)
{
  const size_t room = (size_t)count_items(r->at, "\n"), ncol = (size_t)t->ncol;
  if (room * ncol > strlen(r->at)) return bad(r, "the rows have fewer values than there are labels", t->label[0]);
  t->at = sr_alloc(r->keep, double, room *ncol);
  for (char *line; (line = next_line(r));) {
    if (!*line) continue;
    double *row = t->at + (size_t)t->nrow * ncol;
    if (!read_row(r, t, line, row)) return false;
    if (t->nrow > 0 && row[0] < row[0 - (long)ncol]) return bad(r, "time goes back in this row", line);
    t->nrow++;
  }
  if (r->version >= 1.0 && r->nrow_said >= 0 && r->nrow_said != t->nrow)  // older headers are often wrong
    return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: %d rows, but the header says nRows=%d; the file may be cut off",
                   r->path, r->line, t->nrow, r->nrow_said);
  return true;
}

bool sr_table_parse(const char *path, const char *text, size_t size, sr_arena *keep, sr_table *out, sr_error *err)
{
  if (memchr(text, '\0', size) || sr_utf8_check(text, size) != size)
    return sr_fail(err, SR_BAD_VALUE, "%s:1: no text file; an OpenSim table (.sto, .mot) is wanted", path);
  reader r = {.path = path, .nrow_said = -1, .keep = keep, .err = err};
  r.at = memcpy(sr_alloc(keep, char, size + 1), text, size);  // lines and labels are cut out of this copy
  sr_table t = {0};
  if (!read_header(&r, &t) || !read_labels(&r, &t) || !read_rows(&r, &t)) return false;
  *out = t;
  return true;
}

bool sr_table_read(const char *path, sr_arena *keep, sr_table *out, sr_error *err)
{
  char *text = NULL;
  size_t size = 0;
  sr_arena *work = sr_arena_new();
  const bool is_good = sr_file_read(path, work, &text, &size, err) && sr_table_parse(path, text, size, keep, out, err);
  sr_arena_free(work);
  return is_good;
}
