#include "report/report.h"

#include <string.h>

#include "report/page.h"
#include "report/scene.h"
#include "report/weave.h"
#include "report/weeks.h"

// The pair of a task: what the epoch before and the epoch after say about it.
static sr_pair make_pair(const sr_page *p, const char *task)
{
  return (sr_pair){.task = task,
                   .before = sr_result_find_task(p->before, task),
                   .after = p->after != NULL ? sr_result_find_task(p->after, task) : NULL};
}

// Two years on, or the last week that says something.
static const sr_epoch *find_later(const sr_page *p)
{
  const double two_years = 104.0;
  const sr_epoch *last = NULL;
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    const bool says_something = sr_is_described(e) || sr_is_answered(e);
    if (!says_something || e == p->after || strcmp(e->when, "before") == 0) continue;
    if (!(e->week > (p->after != NULL ? p->after : p->before)->week)) continue;
    if (last == NULL || last->week < two_years) last = e;
  }
  return last;
}

static void collect_pairs(sr_page *p)
{
  const int nafter = p->after != NULL ? p->after->ntask : 0;
  p->pair = sr_alloc(p->keep, sr_pair, p->before->ntask + nafter + 1);
  for (int i = 0; i < p->before->ntask; i++) p->pair[p->npair++] = make_pair(p, p->before->task[i].task);
  for (int i = 0; i < nafter; i++)
    if (sr_result_find_task(p->before, p->after->task[i].task) == NULL)
      p->pair[p->npair++] = make_pair(p, p->after->task[i].task);
}

// Nothing may be loaded from anywhere, and the scripts are the page's own: the page also says so to the browser.
void sr_page_open(sr_page *p, const char *title)
{
  const char *lang = p->lang == SR_ZH ? "zh" : "en";
  sr_text_print(&p->out,
                "<!doctype html>\n<html lang=%s data-lang=%s><head><meta charset=utf-8>\n"
                "<meta name=viewport content=\"width=device-width,initial-scale=1\">\n"
                "<meta name=color-scheme content=\"light dark\">\n"
                "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'; "
                "script-src 'unsafe-inline'\">\n"
                "<title>%s</title>\n<style>",
                p->lang == SR_ZH ? "zh-Hans" : "en", lang, title);
  for (int i = 0; sr_report_style[i] != NULL; i++)
    sr_text_append(&p->out, sr_report_style[i], strlen(sr_report_style[i]));
}

void sr_page_open_body(sr_page *p)
{
  sr_text_print(&p->out, "</style></head>\n<body>\n");
}

// All sections, in the order in which questions come up: what, why, when, whether it is true, what to ask, how.
static void sections(sr_page *p)
{
  sr_page_head(p);
  sr_page_first(p);
  sr_page_scene(p);
  sr_page_answer(p);
  sr_page_nerves(p);
  sr_page_muscles(p);
  sr_page_slips(p);
  sr_page_timeline(p);
  sr_page_course(p);
  sr_page_claims(p);
  sr_page_known(p);
  sr_page_ask(p);
  sr_page_tasks(p);
  sr_page_sure(p);
  sr_page_unknowns(p);
  sr_page_solves(p);
}

sr_text sr_page_render(const sr_result *r, sr_lang lang, sr_arena *keep)
{
  sr_page p = {.r = r,
               .lang = lang,
               .before = &r->epoch[0],
               .after = sr_result_after(r),
               .keep = keep,
               .out = sr_text_new(keep)};
  p.later = find_later(&p);
  collect_pairs(&p);
  sections(&p);
  const sr_text main = p.out;
  p.out = sr_text_new(keep);
  sr_page_open(&p, sr_say(&p, "page.title"));
  sr_page_scene_style(&p);
  sr_page_open_body(&p);
  sr_page_bar(&p, main.at);
  sr_text_print(&p.out, "<main id=main>\n");
  sr_text_append(&p.out, main.at, main.size);
  sr_text_print(&p.out, "</main>\n");
  sr_page_footer(&p);
  sr_page_script(&p);
  sr_page_scene_script(&p);
  sr_text_print(&p.out, "</body></html>\n");
  return p.out;
}

bool sr_report_html(const sr_result *r, const char *lang, sr_arena *keep, char **html, size_t *size, sr_error *err)
{
  const bool is_zh = strcmp(lang, "zh") == 0;
  if (!is_zh && strcmp(lang, "en") != 0)
    return sr_fail(err, SR_BAD_VALUE, "report: language '%s', allowed are en and zh", lang);
  if (r->nepoch < 1) return sr_fail(err, SR_BAD_VALUE, "report: the result holds no epoch, one is needed");
  const sr_lang first = is_zh ? SR_ZH : SR_EN;
  const sr_text page[2] = {sr_page_render(r, SR_EN, keep), sr_page_render(r, SR_ZH, keep)};
  sr_text both = sr_text_new(keep);
  // a page that cannot be woven has one language, and no switch
  if (!sr_weave(keep, first, &page[SR_EN], &page[SR_ZH], &both)) both = page[first];
  *html = both.at;
  *size = both.size;
  return true;
}
