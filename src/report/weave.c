#include "report/weave.h"

#include <string.h>

// A piece of HTML: a tag with its brackets, or the text up to the next one.
typedef struct sr_piece {
  const char *at;
  size_t size;
} sr_piece;

// A rendering and how far it has been read.
typedef struct sr_strand {
  const char *at, *end;
} sr_strand;

typedef struct sr_loom {
  sr_lang first;
  sr_strand strand[2];  // by language
  sr_text *out;
  int ndrawing;  // depth of svg
} sr_loom;

static bool same(sr_piece a, sr_piece b)
{
  return a.size == b.size && memcmp(a.at, b.at, a.size) == 0;
}

static bool starts(sr_piece a, const char *with)
{
  const size_t n = strlen(with);
  return a.size >= n && memcmp(a.at, with, n) == 0;
}

static void put(sr_loom *l, sr_piece x)
{
  sr_text_append(l->out, x.at, x.size);
}

// The text before the next tag; empty where a tag comes at once.
static sr_piece take_text(sr_strand *s)
{
  const char *at = s->at, *tag = memchr(at, '<', (size_t)(s->end - at));
  s->at = tag != NULL ? tag : s->end;
  return (sr_piece){at, (size_t)(s->at - at)};
}

// The tag that comes next: a > within quotes does not close it.
static sr_piece take_tag(sr_strand *s)
{
  const char *at = s->at;
  bool is_quoted = false;
  for (; s->at < s->end; s->at++) {
    if (*s->at == '"') is_quoted = !is_quoted;
    if (*s->at == '>' && !is_quoted) break;
  }
  s->at += s->at < s->end ? 1 : 0;
  return (sr_piece){at, (size_t)(s->at - at)};
}

// All up to the tag that closes an element whose text is not HTML.
static sr_piece take_raw(sr_strand *s, const char *close)
{
  const char *at = s->at, *end = strstr(at, close);
  s->at = end != NULL ? end : s->end;
  return (sr_piece){at, (size_t)(s->at - at)};
}

static sr_piece name_of(sr_piece tag)
{
  size_t n = 1;
  while (n < tag.size && strchr(" >\n/", tag.at[n]) == NULL) n++;
  return (sr_piece){tag.at + 1, n - 1};
}

// The next attribute of a tag from *i on: its name and its value with quotes, if it has any; false at the end.
static bool next_attribute(sr_piece tag, size_t *i, sr_piece *name, sr_piece *value)
{
  while (*i < tag.size && (tag.at[*i] == ' ' || tag.at[*i] == '\n')) ++*i;
  if (*i >= tag.size || tag.at[*i] == '>' || tag.at[*i] == '/') return false;
  size_t from = *i;
  while (*i < tag.size && strchr("= \n>", tag.at[*i]) == NULL) ++*i;
  *name = (sr_piece){tag.at + from, *i - from};
  *value = (sr_piece){tag.at + *i, 0};
  if (*i >= tag.size || tag.at[*i] != '=') return true;
  from = ++*i;
  bool is_quoted = false;
  for (; *i < tag.size; ++*i) {
    if (tag.at[*i] == '"') is_quoted = !is_quoted;
    if (!is_quoted && strchr(" \n>", tag.at[*i]) != NULL) break;
  }
  *value = (sr_piece){tag.at + from, *i - from};
  return true;
}

// Attributes that differ, as data-other-NAME=VALUE of the language that is not shown; false where their names do.
static bool other_attributes(sr_piece shown, sr_piece hidden, sr_text *other)
{
  size_t i = 1 + name_of(shown).size, k = 1 + name_of(hidden).size;
  if (!same(name_of(shown), name_of(hidden))) return false;
  for (;;) {
    sr_piece name, value, name2, value2;
    const bool is_one = next_attribute(shown, &i, &name, &value), is_two = next_attribute(hidden, &k, &name2, &value2);
    if (is_one != is_two || (is_one && !same(name, name2))) return false;
    if (!is_one) return true;
    if (same(value, value2)) continue;
    sr_text_print(other, " data-other-%.*s=%.*s", (int)name.size, name.at, (int)value2.size, value2.at);
  }
}

// Elements that hold text alone.
static bool is_text_only(sr_piece tag)
{
  const sr_piece n = name_of(tag);
  static const char *const plain[] = {"title", "desc", "option"};
  for (int i = 0; i < 3; i++)
    if (n.size == strlen(plain[i]) && memcmp(n.at, plain[i], n.size) == 0) return true;
  return false;
}

static bool weave_tag(sr_loom *l, sr_arena *keep)
{
  const sr_piece a = take_tag(&l->strand[l->first]), b = take_tag(&l->strand[!l->first]);
  sr_text other = sr_text_new(keep);
  sr_text_append(&other, "", 0);
  if (!same(a, b) && !other_attributes(a, b, &other)) return false;
  sr_piece text = {a.at, 0};
  if (is_text_only(a)) {
    text = take_text(&l->strand[l->first]);
    const sr_piece hidden = take_text(&l->strand[!l->first]);
    if (!same(text, hidden)) sr_text_print(&other, " data-other-text=\"%.*s\"", (int)hidden.size, hidden.at);
  }
  const bool is_empty = a.size > 1 && a.at[a.size - 2] == '/';
  put(l, (sr_piece){a.at, a.size - (is_empty ? 2 : 1)});
  if (other.size > 0) sr_text_print(l->out, " data-other%s", other.at);
  sr_text_print(l->out, is_empty ? "/>" : ">");
  put(l, text);
  l->ndrawing += starts(a, "<svg") ? 1 : starts(a, "</svg") ? -1 : 0;
  for (int k = 0; k < 2; k++) {
    if (!starts(a, k == 0 ? "<style" : "<script")) continue;
    put(l, take_raw(&l->strand[l->first], k == 0 ? "</style" : "</script"));
    take_raw(&l->strand[!l->first], k == 0 ? "</style" : "</script");
  }
  return true;
}

static void weave_text(sr_loom *l)
{
  const sr_piece en = take_text(&l->strand[SR_EN]), zh = take_text(&l->strand[SR_ZH]);
  const char *element = l->ndrawing > 0 ? "tspan" : "span";
  if (same(en, zh)) {
    put(l, en);
    return;
  }
  if (en.size > 0) sr_text_print(l->out, "<%s class=en lang=en>%.*s</%s>", element, (int)en.size, en.at, element);
  if (zh.size > 0) sr_text_print(l->out, "<%s class=zh lang=zh-Hans>%.*s</%s>", element, (int)zh.size, zh.at, element);
}

bool sr_weave(sr_arena *keep, sr_lang first, const sr_text *en, const sr_text *zh, sr_text *out)
{
  sr_loom l = {.first = first, .strand = {{en->at, en->at + en->size}, {zh->at, zh->at + zh->size}}, .out = out};
  while (l.strand[0].at < l.strand[0].end || l.strand[1].at < l.strand[1].end) {
    weave_text(&l);
    const bool has[2] = {l.strand[0].at < l.strand[0].end, l.strand[1].at < l.strand[1].end};
    if (has[0] != has[1] || (has[0] && !weave_tag(&l, keep))) return false;
  }
  return true;
}
