// Building a result and looking things up in it.
#include "result/result.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "result/list.h"

const char *sr_task_status_text(sr_task_status s)
{
#define STATUS_TEXT(name, text) \
  case name:                    \
    return text;
  switch (s) {
    SR_TASK_STATUSES(STATUS_TEXT)
  }
#undef STATUS_TEXT
  return "";
}

// The list with room for one item more.
static void *list_grow(sr_arena *keep, const void *list, int n, size_t size)
{
  void *more = sr_arena_alloc(keep, (size_t)sr_list_room(n + 1), size);
  if (n > 0) memcpy(more, list, (size_t)n * size);
  return more;
}

sr_metric *sr_metric_add(sr_metric **list, int *n, sr_arena *keep, const char *name, double value, const char *grade)
{
  if (*n == 0 || *n == sr_list_room(*n)) *list = list_grow(keep, *list, *n, sizeof **list);
  sr_metric *m = &(*list)[(*n)++];
  *m = (sr_metric){
      .name = sr_arena_strdup(keep, name), .value = value, .grade = grade ? sr_arena_strdup(keep, grade) : NULL};
  return m;
}

void sr_task_metric(sr_task_result *t, sr_arena *keep, const char *name, double value, const char *grade)
{
  sr_metric_add(&t->metric, &t->nmetric, keep, name, value, grade);
}

void sr_epoch_metric(sr_epoch *e, sr_arena *keep, const char *name, double value, const char *grade)
{
  sr_metric_add(&e->metric, &e->nmetric, keep, name, value, grade);
}

void sr_leg_metric(sr_leg_result *l, sr_arena *keep, const char *name, double value, const char *grade)
{
  sr_metric_add(&l->metric, &l->nmetric, keep, name, value, grade);
}

// Adds a formatted sentence to a list of texts.
static void text_add(const char ***list, int *n, sr_arena *keep, const char *format, va_list args)
{
  va_list again;
  va_copy(again, args);
  const int size = vsnprintf(NULL, 0, format, args);
  SR_ASSERT(size >= 0);
  char *text = sr_alloc(keep, char, size + 1);
  vsnprintf(text, (size_t)size + 1, format, again);
  va_end(again);
  if (*n == 0 || *n == sr_list_room(*n)) *list = list_grow(keep, *list, *n, sizeof **list);
  (*list)[(*n)++] = text;
}

void sr_task_limit(sr_task_result *t, sr_arena *keep, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  text_add(&t->limit, &t->nlimit, keep, format, args);
  va_end(args);
}

void sr_result_note(sr_result *r, sr_arena *keep, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  text_add(&r->note, &r->nnote, keep, format, args);
  va_end(args);
}

const sr_task_result *sr_result_find_task(const sr_epoch *e, const char *task)
{
  for (int i = 0; i < e->ntask; i++)
    if (strcmp(e->task[i].task, task) == 0) return &e->task[i];
  return NULL;
}

bool sr_epoch_is_run(const sr_epoch *e)
{
  for (int i = 0; i < e->ntask; i++)
    if (e->task[i].status != SR_TASK_NOT_RUN) return true;
  return e->ntask == 0;
}

const sr_epoch *sr_result_after(const sr_result *r)
{
  for (int e = 1; e < r->nepoch; e++)
    if (strcmp(r->epoch[e].when, "after") == 0 && sr_epoch_is_run(&r->epoch[e])) return &r->epoch[e];
  return NULL;
}

const sr_metric *sr_metric_find(const sr_metric *list, int n, const char *name)
{
  for (int i = 0; i < n; i++)
    if (strcmp(list[i].name, name) == 0) return &list[i];
  return NULL;
}

int sr_curves_find(const sr_curves *c, const char *label)
{
  for (int k = 0; k < c->ncol; k++)
    if (strcmp(c->label[k], label) == 0) return k;
  return -1;
}

bool sr_result_metric(const sr_task_result *t, const char *name, double *value)
{
  const sr_metric *m = sr_metric_find(t->metric, t->nmetric, name);
  if (m != NULL) *value = m->value;
  return m != NULL;
}

const double *sr_result_column(const sr_curves *c, const char *label, double *scratch)
{
  const int k = sr_curves_find(c, label);
  for (int i = 0; k >= 0 && i < c->nrow; i++) scratch[i] = c->at[(size_t)i * (size_t)c->ncol + (size_t)k];
  return k >= 0 ? scratch : NULL;
}
