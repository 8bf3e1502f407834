// For tests of the report: a page of a made-up result, and what stands in it.
#ifndef SR_REPORT_REPORT_TEST_H
#define SR_REPORT_REPORT_TEST_H
#include <string.h>

#include "report/sample.h"
#include "report/weave.h"
#include "test.h"

// The page in one language.
static inline const char *page_of(sr_result *r, const char *lang, sr_arena *keep)
{
  const sr_text page = sr_page_render(r, strcmp(lang, "zh") == 0 ? SR_ZH : SR_EN, keep);
  CHECK(strlen(page.at) == page.size);
  return page.at;
}

static inline bool has(const char *page, const char *text)
{
  return strstr(page, text) != NULL;
}

static inline int count(const char *page, const char *text)
{
  int n = 0;
  for (const char *s = page; (s = strstr(s, text)) != NULL; s += strlen(text)) n++;
  return n;
}

// From where a text first stands to where another one follows; "" where they do not.
static inline const char *between(const char *page, const char *from, const char *to, sr_arena *keep)
{
  const char *at = strstr(page, from), *end = at != NULL ? strstr(at, to) : NULL;
  if (end == NULL) sr_test_fail(__FILE__, __LINE__, "no '%s' before a '%s'", from, to);
  return end != NULL ? sr_arena_printf(keep, "%.*s", (int)(end - at), at) : "";
}

// The line of a movement on the first screen.
static inline const char *row_of(const char *page, const char *task, sr_arena *keep)
{
  const char *at = strstr(page, "<table class=moves>");
  at = at != NULL ? strstr(at, sr_arena_printf(keep, "<th scope=row>%s", task)) : NULL;
  const char *end = at != NULL ? strstr(at, "</tr>") : NULL;
  CHECK(end != NULL);
  return end != NULL ? sr_arena_printf(keep, "%.*s", (int)(end - at), at) : "";
}

static inline void set_metric(sr_task_result *t, const char *name, double value)
{
  for (int i = 0; i < t->nmetric; i++)
    if (strcmp(t->metric[i].name, name) == 0) t->metric[i].value = value;
}

static inline sr_page page_for_names(sr_arena *keep)
{
  return (sr_page){.keep = keep, .out = sr_text_new(keep)};
}
#endif
