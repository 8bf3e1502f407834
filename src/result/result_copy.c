// A result of one task moved to another arena, so that what computed it can be forgotten; and seen in the mirror.
#include <ctype.h>
#include <string.h>

#include "result/result.h"

static const char **copy_texts(const char *const *from, int n, sr_arena *keep)
{
  const char **to = sr_alloc(keep, const char *, n);
  for (int i = 0; i < n; i++) to[i] = sr_arena_strdup(keep, from[i]);
  return to;
}

sr_task_result sr_task_result_copy(const sr_task_result *from, sr_arena *keep)
{
  sr_task_result to = *from;
  to.task = sr_arena_strdup(keep, from->task);
  to.why = sr_arena_strdup(keep, from->why);
  to.nmetric = to.nlimit = 0;
  to.metric = NULL;
  to.limit = NULL;
  for (int i = 0; i < from->nmetric; i++) {
    const sr_metric *m = &from->metric[i];
    sr_metric *copy = sr_metric_add(&to.metric, &to.nmetric, keep, m->name, m->value, m->grade);
    copy->has_band = m->has_band;
    copy->p05 = m->p05;
    copy->p95 = m->p95;
  }
  for (int i = 0; i < from->nlimit; i++) sr_task_limit(&to, keep, "%s", from->limit[i]);
  const sr_curves *c = &from->curves;
  to.curves.label = copy_texts(c->label, c->ncol, keep);
  to.curves.unit = copy_texts(c->unit, c->ncol, keep);
  to.curves.at = sr_alloc(keep, double, c->nrow * c->ncol);
  if (c->nrow * c->ncol > 0) memcpy(to.curves.at, c->at, (size_t)(c->nrow * c->ncol) * sizeof(double));
  return to;
}

// The same text with every mark of a side exchanged: the words left and right, and `_l` and `_r` at the end of a name
// or of a part of it.
static const char *other_side(const char *text, sr_arena *keep)
{
  static const char *const word[2] = {"left", "right"};
  sr_text out = sr_text_new(keep);
  for (const char *s = text; *s != '\0';) {
    const bool starts_word = s == text || strchr("_ =,:", s[-1]) != NULL;
    int side = -1;
    for (int i = 0; i < 2; i++)
      if (starts_word && strncmp(s, word[i], strlen(word[i])) == 0 && !isalnum((unsigned char)s[strlen(word[i])]))
        side = i;
    if (side >= 0) {
      sr_text_print(&out, "%s", word[1 - side]);
      s += strlen(word[side]);
    } else if (s[0] == '_' && (s[1] == 'l' || s[1] == 'r') && !isalnum((unsigned char)s[2])) {
      sr_text_print(&out, "_%c", s[1] == 'l' ? 'r' : 'l');
      s += 2;
    } else {
      sr_text_append(&out, s++, 1);
    }
  }
  return out.at;
}

void sr_task_result_mirror(sr_task_result *r, sr_arena *keep)
{
  r->task = other_side(r->task, keep);
  r->why = other_side(r->why, keep);
  for (int i = 0; i < r->nmetric; i++) r->metric[i].name = other_side(r->metric[i].name, keep);
  for (int i = 0; i < r->nlimit; i++) r->limit[i] = other_side(r->limit[i], keep);
  for (int i = 0; i < r->curves.ncol; i++) r->curves.label[i] = other_side(r->curves.label[i], keep);
}
