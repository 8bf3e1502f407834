// Checked reading of TOML tables for scenario files.
#include "load/scenario_read.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "text/utf8.h"

#define SR_WORD_MAX 64   // letters compared when a similar word is looked for
#define SR_LIST_MAX 500  // items of a list

int sr_names_find(sr_names list, const char *name)
{
  for (int i = 0; i < list.n; i++)
    if (strcmp(list.at[i], name) == 0) return i;
  return -1;
}

static int least(int a, int b, int c)
{
  const int ab = a < b ? a : b;
  return ab < c ? ab : c;
}

// Letters to change, add or drop until a becomes b (Levenshtein 1966).
static int edit_distance(const char *a, const char *b)
{
  const int na = (int)strlen(a), nb = (int)strlen(b);
  if (na > SR_WORD_MAX || nb > SR_WORD_MAX) return SR_WORD_MAX;
  int row[SR_WORD_MAX + 1];
  for (int j = 0; j <= nb; j++) row[j] = j;
  for (int i = 1; i <= na; i++) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j <= nb; j++) {
      const int above = row[j];
      row[j] = least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
      diagonal = above;
    }
  }
  return row[nb];
}

// True if `part` is one or several whole words of `name`: "soleus" of "nerve_to_soleus", not "foo" of "foot".
static bool holds_words(const char *name, const char *part)
{
  const size_t n = strlen(part);
  for (const char *at = strstr(name, part); n > 0 && at; at = strstr(at + 1, part))
    if ((at == name || strchr("_-", at[-1])) && (at[n] == '\0' || strchr("_-", at[n]))) return true;
  return false;
}

const char *sr_names_nearest(sr_names list, const char *name)
{
  const int size = (int)strlen(name);
  int best = size / 3, room = INT_MAX;  // further away is another word
  const char *found = NULL, *holder = NULL;
  for (int i = 0; i < list.n; i++) {
    const int distance = edit_distance(name, list.at[i]);
    if (distance <= best && (!found || distance < best)) {
      best = distance;
      found = list.at[i];
    }
    if (!holds_words(list.at[i], name) && !holds_words(name, list.at[i])) continue;
    const int rest = abs((int)strlen(list.at[i]) - size);
    if (rest <= room) holder = rest < room ? list.at[i] : NULL;  // of two equally good ones neither is meant
    room = least(room, rest, rest);
  }
  return found ? found : holder;
}

static sr_quote quote(const char *s)
{
  return sr_utf8_quote(s, strlen(s));
}

// "a, b, c"
static const char *joined(const sr_scenario_reader *r, sr_names list)
{
  sr_text t = sr_text_new(r->work);
  for (int i = 0; i < list.n; i++) sr_text_print(&t, "%s%s", i ? ", " : "", list.at[i]);
  return t.at;
}

// ", did you mean 'x'?" or nothing.
static const char *guess(const sr_scenario_reader *r, sr_names list, const char *name)
{
  const char *near = sr_names_nearest(list, name);
  return near ? sr_arena_printf(r->work, ", did you mean '%s'?", near) : ";";
}

bool sr_scenario_keys(const sr_scenario_reader *r, sr_scenario_table t, sr_names allowed)
{
  for (int i = 0; i < t.at->n; i++) {
    const sr_toml *c = &t.at->child[i];
    if (sr_names_find(allowed, c->key) < 0)
      return sr_scenario_bad(r, c->line, "unknown key '%s' in %s%s allowed are %s", quote(c->key).text, t.title,
                             guess(r, allowed, c->key), joined(r, allowed));
  }
  return true;
}

// What a value is, for messages about a wrong type.
static const char *kind_text(const sr_toml *v)
{
  static const char *const text[] = {"a text", "a whole number", "a number", "true or false", "a list", "a table"};
  return text[v->kind];
}

static bool is_number(const sr_toml *v)
{
  return v->kind == SR_TOML_INTEGER || v->kind == SR_TOML_FLOAT;
}

static bool check_number(const sr_scenario_reader *r, sr_scenario_table t, sr_scenario_row row, const sr_toml *v)
{
  if (!is_number(v))
    return sr_scenario_bad(r, v->line, "%s %s is %s, a number from %g to %g %s is wanted", t.title, row.key,
                           kind_text(v), row.lo, row.hi, row.unit);
  if (!(v->number >= row.lo && v->number <= row.hi))  // also refuses NaN
    return sr_scenario_bad(r, v->line, "%s %s is %g, allowed are %g to %g %s", t.title, row.key, v->number, row.lo,
                           row.hi, row.unit);
  return true;
}

bool sr_scenario_number(const sr_scenario_reader *r, sr_scenario_table t, sr_scenario_row row, bool is_required)
{
  const sr_toml *v = sr_toml_get(t.at, row.key);
  if (!v && is_required)
    return sr_scenario_bad(r, t.at->line, "%s has no %s, a number from %g to %g %s is required", t.title, row.key,
                           row.lo, row.hi, row.unit);
  if (!v) return true;
  if (!check_number(r, t, row, v)) return false;
  *row.out = v->number;
  return true;
}

bool sr_scenario_whole(const sr_scenario_reader *r, sr_scenario_table t, sr_scenario_row row, long *out)
{
  const sr_toml *v = sr_toml_get(t.at, row.key);
  if (!v) return true;
  if (!check_number(r, t, row, v)) return false;
  if (v->kind != SR_TOML_INTEGER)
    return sr_scenario_bad(r, v->line, "%s %s is written with a decimal point, a whole number is wanted", t.title,
                           row.key);
  *out = (long)v->integer;
  return true;
}

bool sr_scenario_text(const sr_scenario_reader *r, sr_scenario_table t, const char *key, const char **out)
{
  const sr_toml *v = sr_toml_get(t.at, key);
  if (v == NULL) return sr_scenario_bad(r, t.at->line, "%s: '%s' is missing", t.title, key);
  if (v->kind != SR_TOML_STRING || *v->string == '\0')
    return sr_scenario_bad(r, v->line, "%s: '%s' is a text that is not empty", t.title, key);
  *out = v->string;
  return true;
}

bool sr_scenario_text_or_none(const sr_scenario_reader *r, sr_scenario_table t, const char *key, const char **out)
{
  *out = NULL;
  return sr_toml_get(t.at, key) == NULL || sr_scenario_text(r, t, key, out);
}

bool sr_scenario_numbers(const sr_scenario_reader *r, sr_scenario_table t, const char *key, bool is_required, int n,
                         double *out)
{
  const sr_toml *v = sr_toml_get(t.at, key);
  if (v == NULL) return !is_required || sr_scenario_bad(r, t.at->line, "%s: '%s' is missing", t.title, key);
  bool is_good = v->kind == SR_TOML_ARRAY && v->n == n;
  for (int i = 0; i < n && is_good; i++) {
    is_good = v->child[i].kind == SR_TOML_FLOAT || v->child[i].kind == SR_TOML_INTEGER;
    out[i] = v->child[i].number;
  }
  return is_good || sr_scenario_bad(r, v->line, "%s: '%s' is a list of %d numbers", t.title, key, n);
}

bool sr_scenario_choice(const sr_scenario_reader *r, sr_scenario_table t, const char *key, sr_names allowed,
                        bool is_required, int *out)
{
  const sr_toml *v = sr_toml_get(t.at, key);
  if (!v && is_required)
    return sr_scenario_bad(r, t.at->line, "%s has no %s, one of %s is required", t.title, key, joined(r, allowed));
  if (!v) return true;
  if (v->kind != SR_TOML_STRING)
    return sr_scenario_bad(r, v->line, "%s %s is %s, a text in quotes is wanted: one of %s", t.title, key, kind_text(v),
                           joined(r, allowed));
  *out = sr_names_find(allowed, v->string);
  if (*out < 0)
    return sr_scenario_bad(r, v->line, "%s %s is '%s'%s allowed are %s", t.title, key, quote(v->string).text,
                           guess(r, allowed, v->string), joined(r, allowed));
  return true;
}

static bool check_word(const sr_scenario_reader *r, sr_scenario_table t, const char *key, const sr_toml *list, int i)
{
  const sr_toml *v = &list->child[i];
  if (v->kind != SR_TOML_STRING || !*v->string)
    return sr_scenario_bad(r, v->line, "%s %s holds %s, texts in quotes are wanted", t.title, key,
                           v->kind == SR_TOML_STRING ? "an empty text" : kind_text(v));
  for (int k = 0; k < i; k++)
    if (strcmp(list->child[k].string, v->string) == 0)
      return sr_scenario_bad(r, v->line, "%s %s holds '%s' twice", t.title, key, quote(v->string).text);
  return true;
}

bool sr_scenario_words(const sr_scenario_reader *r, sr_scenario_table t, const char *key, int *n, const char ***out)
{
  const sr_toml *list = sr_toml_get(t.at, key);
  if (!list) return true;
  if (list->kind != SR_TOML_ARRAY)
    return sr_scenario_bad(r, list->line, "%s %s is %s, a list is wanted: %s = [\"...\", \"...\"]", t.title, key,
                           kind_text(list), key);
  if (list->n > SR_LIST_MAX)
    return sr_scenario_bad(r, list->line, "%s %s has %d items, at most %d are allowed", t.title, key, list->n,
                           SR_LIST_MAX);
  for (int i = 0; i < list->n; i++)
    if (!check_word(r, t, key, list, i)) return false;
  *n = list->n;
  *out = sr_alloc(r->keep, const char *, list->n);
  for (int i = 0; i < list->n; i++) (*out)[i] = list->child[i].string;
  return true;
}

bool sr_scenario_tables(const sr_scenario_reader *r, const sr_toml *root, const char *key, const sr_toml **array)
{
  static const sr_toml none = {.kind = SR_TOML_ARRAY};
  const sr_toml *found = sr_toml_get(root, key);
  *array = found ? found : &none;
  if ((*array)->kind != SR_TOML_ARRAY)
    return sr_scenario_bad(r, found->line, "'%s' is %s; it may repeat, so it is written [[%s]]", key, kind_text(found),
                           key);
  if ((*array)->n > SR_LIST_MAX) return sr_scenario_bad(r, found->line, "more than %d times [[%s]]", SR_LIST_MAX, key);
  for (int i = 0; i < (*array)->n; i++)
    if ((*array)->child[i].kind != SR_TOML_TABLE)
      return sr_scenario_bad(r, (*array)->child[i].line, "'%s' holds %s, tables [[%s]] are wanted", key,
                             kind_text(&(*array)->child[i]), key);
  return true;
}
