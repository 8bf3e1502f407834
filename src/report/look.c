// The look beside what the legs can do: the girth of the calf at each week with its band, and without the change.
#include <math.h>
#include <string.h>

#include "report/measure.h"
#include "report/weeks.h"

static const sr_metric *girth_of(sr_page *p, const sr_epoch *e, const char *name, int side)
{
  const sr_what w = {.source = SR_OF_LEG, .name = name, .side = side};
  return sr_epoch_number(p, e, &w);
}

static const char *leg_words(const sr_page *p, int side, bool is_one)
{
  return sr_say(p, is_one ? "side.each" : side == 0 ? "side.left" : "side.right");
}

// The change in large figures, what it goes from and to, its range, and without the change.
static void headline(sr_page *p, int side, bool is_one)
{
  const sr_metric *change = sr_girth_change(p, p->later, side);
  const sr_metric *now = girth_of(p, p->later, "girth_max_cm", side);
  const sr_metric *was = girth_of(p, p->before, "girth_max_cm", side);
  const sr_metric *control = sr_girth_change(p, sr_control_of(p, p->later), side);
  sr_text_print(&p->out, "<p class=big>%s<small> cm</small></p><p>%s%s%s", sr_signed(p, change->value, 1),
                sr_say_with(p, "first.girth_after", sr_time_words(p, p->later->week), ""), sr_say(p, "comma"),
                leg_words(p, side, is_one));
  if (now != NULL && was != NULL)
    sr_text_print(&p->out, "%s%s", sr_say(p, "colon"),
                  sr_say_with(p, "look.change", sr_arena_printf(p->keep, "%s cm", sr_number(p, now->value, 1)),
                              sr_arena_printf(p->keep, "%s cm", sr_number(p, was->value, 1))));
  sr_text_print(&p->out, "</p>");
  if (sr_has_range(p, change, 1))
    sr_text_print(&p->out, "<p class=was>%s</p>",
                  sr_say_with(p, "first.cm_range", sr_number(p, change->p05, 1), sr_number(p, change->p95, 1)));
  if (control != NULL)
    sr_text_print(&p->out, "<p class=was>%s</p>", sr_say_with(p, "first.control", sr_signed(p, control->value, 1), ""));
}

// One number of the leg at a week; `at-week` is what the timeline of the page moves, by the names of its series.
static void stat(sr_page *p, const char *series, const sr_what *w, const char *label, int decimals)
{
  const sr_metric *m = sr_epoch_number(p, p->later, w);
  if (m == NULL) return;
  sr_text_print(&p->out, "<div><dt>%s</dt><dd><span class=at-week data-series=\"%s.%s\">%s</span> %s</dd></div>", label,
                series, w->side == 0 ? "left" : "right", sr_number(p, m->value, decimals), sr_what_unit(p, w));
}

static void stats(sr_page *p, int side)
{
  const sr_what girth = {.source = SR_OF_LEG, .name = "girth_max_cm", .side = side},
                fat = {.source = SR_OF_LEG, .name = "calf_fat_mm", .side = side},
                up = {.source = SR_OF_LEG, .name = "dorsiflexion_deg", .side = side},
                soleus = {.source = SR_OF_TOTAL, .name = "soleus", .side = side},
                medial = {.source = SR_OF_TOTAL, .name = "gasmed", .side = side};
  sr_text_print(&p->out, "<div class=stats><p class=was>%s%s<span class=at-week data-show=when>%s</span></p><dl>",
                sr_say(p, "stat.when"), sr_say(p, "colon"), sr_epoch_when(p, p->later));
  stat(p, "leg.girth_max_cm", &girth, sr_say(p, "stat.girth"), 1);
  stat(p, "leg.calf_fat_mm", &fat, sr_say(p, "stat.fat"), 1);
  stat(p, "muscle.gasmed.total_volume_ml", &medial, sr_muscle_name(p, "gasmed"), 0);
  stat(p, "muscle.soleus.total_volume_ml", &soleus, sr_muscle_name(p, "soleus"), 0);
  stat(p, "leg.dorsiflexion_deg", &up, sr_say(p, "stat.up"), 0);
  sr_text_print(&p->out, "</dl></div>");
}

// A result of one week has a girth and no change of it.
static void girth_now(sr_page *p)
{
  const int side = sr_changed_leg(p);
  const sr_metric *now = girth_of(p, p->before, "girth_max_cm", side);
  if (now == NULL) return;
  sr_text_print(&p->out, "<p class=big>%s<small> cm</small></p><p>%s</p>", sr_number(p, now->value, 1),
                sr_say_with(p, "first.girth_is", leg_words(p, side, false), ""));
}

static void cell(sr_page *p, const sr_metric *m)
{
  if (m == NULL) {
    sr_text_print(&p->out, "<td class=num>–</td>");
    return;
  }
  sr_text_print(&p->out, "<td class=num>%s", sr_signed(p, m->value, 1));
  if (sr_has_range(p, m, 1))
    sr_text_print(&p->out, "<span class=band>%s…%s</span>", sr_signed(p, m->p05, 1), sr_signed(p, m->p95, 1));
  sr_text_print(&p->out, "</td>");
}

static void table(sr_page *p, bool is_one)
{
  sr_text_print(&p->out, "<table%s><caption>%s</caption><thead><tr><th scope=col>%s</th>", is_one ? "" : " class=legs",
                sr_say(p, "look.caption"), sr_say(p, "col.when"));
  for (int side = 0; side < 2; side++)
    if (!is_one || side == 1)
      sr_text_print(&p->out, "<th scope=col class=num>%s</th>",
                    sr_say(p, is_one      ? "look.each"
                              : side == 0 ? "nerve.left"
                                          : "nerve.right"));
  if (p->r->nintervention > 0) sr_text_print(&p->out, "<th scope=col class=num>%s</th>", sr_say(p, "col.without"));
  sr_text_print(&p->out, "</tr></thead><tbody>");
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    if (!sr_is_described(e) || e->week <= 0.0 || strcmp(e->when, "before") == 0) continue;
    sr_text_print(&p->out, "<tr><th scope=row>%s</th>", sr_time_words(p, e->week));
    for (int side = is_one ? 1 : 0; side < 2; side++) cell(p, sr_girth_change(p, e, side));
    if (p->r->nintervention > 0) cell(p, sr_girth_change(p, sr_control_of(p, e), 1));
    sr_text_print(&p->out, "</tr>\n");
  }
  sr_text_print(&p->out, "</tbody></table>");
}

void sr_page_look(sr_page *p)
{
  const sr_what change = {.source = SR_OF_LEG, .name = "girth_change_cm"};
  const int side = sr_changed_leg(p);
  const bool is_one = sr_legs_agree(p, &change);
  const bool has_change = p->later != NULL && girth_of(p, p->later, "girth_change_cm", side) != NULL;
  if (!has_change && girth_of(p, p->before, "girth_max_cm", 1) == NULL) return;
  sr_text_print(&p->out, "<article class=look><h3>%s</h3>", sr_say(p, "first.look"));
  if (has_change) {
    headline(p, side, is_one);
    sr_page_girth_chart(p);
    stats(p, side);
    sr_text_print(&p->out, "<details><summary>%s</summary>", sr_say(p, "first.each_week"));
    table(p, is_one);
    sr_csv_of_table(p, "girth_change.csv");
    sr_text_print(&p->out, "<p class=note>%s</p></details>", sr_say(p, "look.note"));
  } else
    girth_now(p);
  sr_text_print(&p->out, "</article>\n");
}
