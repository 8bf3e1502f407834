// The look beside what the legs can do: the girth of the calf at each week with its band, and without the change.
#include <math.h>
#include <string.h>

#include "report/weeks.h"

static const sr_metric *girth_of(sr_page *p, const sr_epoch *e, const char *name, int side)
{
  const sr_what w = {.source = SR_OF_LEG, .name = name, .side = side};
  return sr_epoch_number(p, e, &w);
}

static const char *range(sr_page *p, const sr_metric *m)
{
  if (!sr_has_range(p, m, 1)) return "";
  return sr_say_with(p, "look.range", sr_number(p, m->p05, 1), sr_number(p, m->p95, 1));
}

// The leg that changes more.
static int leading_leg(sr_page *p)
{
  const sr_metric *l = girth_of(p, p->later, "girth_change_cm", 0), *r = girth_of(p, p->later, "girth_change_cm", 1);
  return r == NULL || (l != NULL && fabs(l->value) > fabs(r->value) * 1.005) ? 0 : 1;
}

static void headline(sr_page *p, int side, bool is_one)
{
  const sr_metric *change = girth_of(p, p->later, "girth_change_cm", side);
  const sr_metric *now = girth_of(p, p->later, "girth_max_cm", side);
  const sr_metric *was = girth_of(p, p->before, "girth_max_cm", side);
  const sr_metric *control = girth_of(p, sr_control_of(p, p->later), "girth_change_cm", side);
  sr_text_print(&p->out, "<p class=big>%s<small> cm</small></p>", sr_signed(p, change->value, 1));
  sr_text_print(&p->out, "<p>%s%s%s</p>",
                sr_say_with(p, "look.after",
                            sr_say(p, is_one      ? "side.each"
                                      : side == 0 ? "side.left"
                                                  : "side.right"),
                            sr_time_words(p, p->later->week)),
                range(p, change)[0] != '\0' ? sr_say(p, "comma") : "", range(p, change));
  if (now != NULL && was != NULL)
    sr_text_print(&p->out, "<p class=was>%s</p>",
                  sr_say_with(p, "card.change", sr_arena_printf(p->keep, "%s cm", sr_number(p, now->value, 1)),
                              sr_arena_printf(p->keep, "%s cm", sr_number(p, was->value, 1))));
  if (control != NULL)
    sr_text_print(
        &p->out, "<p class=control>%s</p>",
        sr_say_with(p, "look.control", sr_arena_printf(p->keep, "%s cm", sr_signed(p, control->value, 1)), ""));
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
    for (int side = is_one ? 1 : 0; side < 2; side++) cell(p, girth_of(p, e, "girth_change_cm", side));
    if (p->r->nintervention > 0) cell(p, girth_of(p, sr_control_of(p, e), "girth_change_cm", 1));
    sr_text_print(&p->out, "</tr>\n");
  }
  sr_text_print(&p->out, "</tbody></table>");
}

void sr_page_look(sr_page *p)
{
  const sr_what change = {.source = SR_OF_LEG, .name = "girth_change_cm"};
  const int side = p->later != NULL ? leading_leg(p) : 1;
  if (p->later == NULL || girth_of(p, p->later, "girth_change_cm", side) == NULL) return;
  const bool is_one = sr_legs_agree(p, &change);
  sr_text_print(&p->out, "<article class=\"card look\"><h3>%s</h3>", sr_say(p, "look.title"));
  headline(p, side, is_one);
  table(p, is_one);
  sr_text_print(&p->out, "<p class=note>%s</p></article>\n", sr_say(p, "look.note"));
}
