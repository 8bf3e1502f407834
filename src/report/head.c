// Top of the page: who, what was done, and first of all what was not answered.
#include <math.h>
#include <string.h>

#include "report/weeks.h"

static void person(sr_page *p)
{
  const sr_result *r = p->r;
  const char *sex = r->sex != NULL && strcmp(r->sex, "male") == 0 ? "person.male" : "person.female";
  sr_text_print(&p->out, "<p class=person>%s · %.0f %s · %.0f cm · %.3g kg</p>", sr_say(p, sex), r->age_yr,
                sr_say(p, "person.years"), 100.0 * r->height_m, r->mass_kg);
}

static const sr_nerve_result *find_nerve(const sr_page *p, const char *id)
{
  for (int leg = 0; leg < 2; leg++)
    for (int i = 0; i < p->r->nnerve[leg]; i++)
      if (strcmp(p->r->nerve[leg][i].id, id) == 0) return &p->r->nerve[leg][i];
  return NULL;
}

// A target in words: both names of a nerve and its id, the name of a muscle, else the id alone.
static void target(sr_page *p, const sr_intervention_result *v, int i)
{
  const sr_nerve_result *n = find_nerve(p, v->target[i]);
  if (n != NULL) {
    const char *zh = sr_html(p, n->name_zh), *en = sr_capital(p, n->name_en);
    sr_text_print(&p->out, "<li><b>%s</b> <span class=alt lang=%s>%s</span></li>", p->lang == SR_ZH ? zh : en,
                  p->lang == SR_ZH ? "en" : "zh-Hans", p->lang == SR_ZH ? en : zh);
    return;
  }
  const char *joint = sr_string_find(p->lang, sr_arena_printf(p->keep, "joint.%s", v->target[i]));
  sr_text_print(&p->out, "<li><b>%s</b>", joint != NULL ? joint : sr_muscle_name(p, v->target[i]));
  const char *zh = v->target_zh != NULL ? v->target_zh[i] : NULL;
  if (zh != NULL && zh[0] != '\0' && strcmp(zh, v->target[i]) != 0)
    sr_text_print(&p->out, " <span class=alt lang=zh-Hans>%s</span>", sr_html(p, zh));
  sr_text_print(&p->out, "</li>");
}

// "All of it", or the share in percent; "" where no share is taken: toxin, muscle that is cut out, a cast.
static const char *share(sr_page *p, const sr_intervention_result *v)
{
  static const char *const of_nerves[] = {"transect", "repair", "block", "ablate"};
  for (int i = 0; i < 4; i++)
    if (strcmp(v->kind, of_nerves[i]) == 0)
      return sr_arena_printf(p->keep, " · %s",
                             v->fraction >= 1.0 ? sr_say(p, "cut.whole")
                                                : sr_say_with(p, "cut.part", sr_number(p, 100.0 * v->fraction, 0), ""));
  return "";
}

static const char *week_number(sr_page *p, double week)
{
  return sr_number(p, week, week == floor(week) ? 0 : 2);
}

// No epoch that says anything comes after it.
static bool is_too_late(const sr_page *p, const sr_intervention_result *v)
{
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    const bool comes_after = e->week > v->week || (e->week == v->week && strcmp(e->when, "before") != 0);
    if (comes_after && (sr_is_described(e) || sr_is_answered(e))) return false;
  }
  return true;
}

static void intervention(sr_page *p, const sr_intervention_result *v)
{
  const char *kind = sr_string_find(p->lang, sr_arena_printf(p->keep, "kind.%s", v->kind));
  const char *side = sr_string_find(p->lang, sr_arena_printf(p->keep, "legs.%s", v->side));
  sr_text_print(&p->out, "<div class=done><p><b>%s</b> · %s%s · %s</p><ul>", kind != NULL ? kind : sr_html(p, v->kind),
                side != NULL ? side : sr_html(p, v->side), share(p, v),
                sr_say_with(p, "week", week_number(p, v->week), ""));
  for (int i = 0; i < v->ntarget; i++) target(p, v, i);
  sr_text_print(&p->out, "</ul>");
  if (!sr_is_shown(p, v))
    sr_text_print(&p->out, "<p class=note>%s</p>", sr_say(p, is_too_late(p, v) ? "done.later" : "done.between"));
  sr_text_print(&p->out, "</div>\n");
}

static bool is_failed(const sr_task_result *t)
{
  return t != NULL && !sr_is_answer(t);
}

static void failed_line(sr_page *p, const char *task, const sr_task_result *t, const char *when)
{
  if (!is_failed(t)) return;
  sr_text_print(&p->out, "<li><b>%s</b>%s%s%s%s%s</li>", sr_task_name(p, task), sr_say_with(p, "able.why", when, ""),
                sr_say(p, "colon"), sr_status_name(p, t), t->why != NULL && t->why[0] != '\0' ? sr_say(p, "stop") : "",
                sr_told(p, t->why));
}

static bool is_further(const sr_page *p, const sr_epoch *e)
{
  return e != p->before && e != p->after;
}

// Weeks in which nothing was tried, with the reason of the first.
void sr_page_weeks_not_run(sr_page *p)
{
  const sr_epoch *first = NULL;
  sr_text weeks = sr_text_new(p->keep);
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    if (!is_further(p, e) || sr_epoch_is_run(e)) continue;
    if (first != NULL && i > 0 && e->week == p->r->epoch[i - 1].week) continue;
    sr_text_print(&weeks, "%s%s", first != NULL ? sr_say(p, "comma") : "", week_number(p, e->week));
    if (first == NULL) first = e;
  }
  if (first != NULL)
    sr_text_print(&p->out, "<p><b>%s</b>%s%s</p>", sr_say_with(p, "weeks", weeks.at, ""), sr_say(p, "colon"),
                  sr_told(p, first->task[0].why));
}

// A task of a further week that was tried in vain.
static const sr_task_result *tried_in_vain(const sr_page *p, const sr_epoch *e, const char *task)
{
  const sr_task_result *t = sr_result_find_task(e, task);
  return is_further(p, e) && sr_epoch_is_run(e) && is_failed(t) ? t : NULL;
}

static bool same_end(const sr_task_result *a, const sr_task_result *b)
{
  return a != NULL && b != NULL && a->status == b->status && strcmp(a->why, b->why) == 0;
}

// One line per task and reason, with the weeks.
static void failed_weeks(sr_page *p, const char *task)
{
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_task_result *t = tried_in_vain(p, &p->r->epoch[i], task);
    bool is_said = t == NULL;
    for (int k = 0; k < i; k++) is_said |= same_end(tried_in_vain(p, &p->r->epoch[k], task), t);
    if (is_said) continue;
    sr_text weeks = sr_text_new(p->keep);
    for (int k = i; k < p->r->nepoch; k++)
      if (same_end(tried_in_vain(p, &p->r->epoch[k], task), t))
        sr_text_print(&weeks, "%s%s", k > i ? sr_say(p, "comma") : "", week_number(p, p->r->epoch[k].week));
    failed_line(p, task, t, sr_say_with(p, "weeks.in", weeks.at, ""));
  }
}

// Tasks without an answer come before everything else.
static void unanswered(sr_page *p)
{
  const sr_text page = p->out;
  p->out = sr_text_new(p->keep);
  sr_text_append(&p->out, "", 0);
  for (int i = 0; i < p->npair; i++) {
    failed_line(p, p->pair[i].task, p->pair[i].before, sr_say(p, p->after != NULL ? "col.before" : "col.value"));
    failed_line(p, p->pair[i].task, p->pair[i].after, sr_say(p, "col.after"));
    failed_weeks(p, p->pair[i].task);
  }
  const sr_text lines = p->out;
  p->out = page;
  if (lines.size > 0)
    sr_text_print(&p->out, "<div class=alarm role=note><h2>%s</h2><ul>%s</ul><p>%s</p></div>\n",
                  sr_say(p, "failed.title"), lines.at, sr_say(p, "failed.rule"));
}

void sr_page_head(sr_page *p)
{
  int nshown = 0;
  for (int i = 0; i < p->r->nintervention; i++) nshown += !is_too_late(p, &p->r->intervention[i]);
  sr_text_print(&p->out, "<div class=head><h1>%s</h1>", sr_say(p, nshown > 0 ? "page.cut" : "page.healthy"));
  person(p);
  sr_text_print(&p->out, "</div>\n");
  unanswered(p);
  sr_text_print(&p->out, "<section aria-label=\"%s\" class=dones>", sr_say(p, "done.title"));
  for (int i = 0; i < p->r->nintervention; i++) intervention(p, &p->r->intervention[i]);
  if (p->r->nintervention == 0) sr_text_print(&p->out, "<p>%s</p>", sr_say(p, "done.nothing"));
  sr_text_print(&p->out, "</section>\n");
}
