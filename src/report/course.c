// What each week looks like: a table with an epoch in each column; its band, and what it is without the change, below
// each number.
#include <math.h>
#include <string.h>

#include "report/answer.h"
#include "report/weeks.h"

bool sr_is_answered(const sr_epoch *e)
{
  for (int i = 0; i < e->ntask; i++)
    if (sr_is_answer(&e->task[i])) return true;
  return false;
}

// Columns: epochs that say something.
static bool is_column(const sr_epoch *e)
{
  return sr_is_described(e) || sr_is_answered(e);
}

static int count_columns(const sr_page *p)
{
  int n = 0;
  for (int i = 0; i < p->r->nepoch; i++) n += is_column(&p->r->epoch[i]);
  return n;
}

static void head(sr_page *p)
{
  sr_text_print(&p->out, "<thead><tr><th scope=col>%s</th>", sr_say(p, "col.quantity"));
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    if (!is_column(e)) continue;
    sr_text_print(&p->out, "<th scope=col class=num><b>%s</b><span class=band>%s</span></th>", sr_epoch_when(p, e),
                  sr_say_with(p, "week", sr_number(p, e->week, e->week == floor(e->week) ? 0 : 2), ""));
  }
  sr_text_print(&p->out, "<th scope=col class=grade>%s</th></tr></thead>", sr_say(p, "col.grade"));
}

// A task without an answer is a cross, which is not the same as a number that does not exist.
static void missing_cell(sr_page *p, const sr_epoch *e, const sr_what *w)
{
  const sr_task_result *t = w->source == SR_OF_TASK ? sr_result_find_task(e, w->task) : NULL;
  if (t == NULL || sr_is_answer(t))
    sr_text_print(&p->out, "<td class=num>–</td>");
  else
    sr_text_print(&p->out, "<td class=num><span class=cross title=\"%s\" role=img aria-label=\"%s\">×</span></td>",
                  sr_status_name(p, t), sr_status_name(p, t));
}

static void line(sr_page *p, const sr_what *w, const char *label)
{
  const int decimals = sr_what_decimals(p, w);
  const char *grade = NULL;
  sr_text_print(&p->out, "<tr><th scope=row>%s <span class=unit>%s</span></th>", label, sr_what_unit(p, w));
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    if (!is_column(e)) continue;
    const sr_metric *m = sr_epoch_number(p, e, w);
    const bool is_first = e == p->before;
    if (m == NULL) {
      missing_cell(p, e, w);
      continue;
    }
    grade = m->grade;
    sr_text_print(&p->out, "<td class=num>%s%s</td>", sr_metric_with_band(p, m, decimals),
                  is_first ? "" : sr_control_text(p, sr_epoch_number(p, sr_control_of(p, e), w), decimals));
  }
  sr_text_print(&p->out, "%s</tr>\n", sr_grade_cell(p, grade));
}

static void group(sr_page *p, const char *title, int ncolumn)
{
  sr_text_print(&p->out, "<tr class=group><th scope=rowgroup colspan=%d>%s</th></tr>", ncolumn + 2, title);
}

// A number of a leg: one line for both where they agree.
static void of_leg(sr_page *p, sr_source source, const char *name)
{
  const sr_what any = {.source = source, .name = name};
  const bool is_one = sr_legs_agree(p, &any);
  for (int side = is_one ? 1 : 0; side < 2; side++) {
    const sr_what w = {.source = source, .name = name, .side = side};
    line(p, &w,
         sr_arena_printf(p->keep, "%s%s%s", sr_what_label(p, &w), sr_say(p, "comma"),
                         sr_say(p, is_one      ? "side.each"
                                   : side == 0 ? "side.left"
                                               : "side.right")));
  }
}

static void of_body(sr_page *p, const char *name)
{
  const sr_what w = {.source = SR_OF_BODY, .name = name};
  line(p, &w, sr_what_label(p, &w));
}

static void look(sr_page *p, int ncolumn)
{
  static const char *const name[] = {"girth_max_cm", "girth_at_old_level_cm", "girth_max_height_cm", "calf_fat_mm",
                                     "skin_reserve_percent"};
  sr_text_print(&p->out, "<tbody>");
  group(p, sr_say(p, "weeks.look"), ncolumn);
  for (int i = 0; i < 5; i++) of_leg(p, SR_OF_LEG, name[i]);
  of_body(p, "mass_kg");
  of_body(p, "fat_percent");
  sr_text_print(&p->out, "</tbody>");
}

static void muscles(sr_page *p, int ncolumn)
{
  static const char *const muscle[] = {"gasmed", "gaslat", "soleus"};
  static const sr_source source[] = {SR_OF_TOTAL, SR_OF_CONTRACTILE, SR_OF_FORCE};
  sr_text_print(&p->out, "<tbody>");
  group(p, sr_say(p, "weeks.muscles"), ncolumn);
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < 3; k++) of_leg(p, source[k], muscle[i]);
  sr_text_print(&p->out, "</tbody><tbody>");
  group(p, sr_say(p, "weeks.ankle"), ncolumn);
  static const char *const name[] = {"dorsiflexion_deg", "achilles_stiffness_percent", "calf_soreness_percent",
                                     "effort_that_pain_allows_percent"};
  for (int i = 0; i < 4; i++) of_leg(p, SR_OF_LEG, name[i]);
  sr_text_print(&p->out, "</tbody>");
}

static void of_task(sr_page *p, const sr_pair *t, int ncolumn)
{
  sr_metric_row *rows;
  const int n = sr_answer_rows(p, t, &rows);
  if (n == 0) return;
  sr_text_print(&p->out, "<tbody>");
  group(p, sr_task_name(p, t->task), ncolumn);
  for (int k = 0; k < n; k++) {
    const sr_what w = {.source = SR_OF_TASK, .name = rows[k].full, .task = t->task};
    line(p, &w, sr_metric_label(p, &rows[k]));
  }
  sr_text_print(&p->out, "</tbody>");
}

void sr_page_course(sr_page *p)
{
  const int ncolumn = count_columns(p);
  const bool is_described = sr_is_described(p->before) || (p->later != NULL && sr_is_described(p->later));
  if (!is_described && p->later == NULL) return;
  sr_text_print(&p->out, "<section><h2>%s</h2>", sr_say(p, "course.title"));
  if (p->r->nintervention > 0 && p->r->ncontrol > 0)
    sr_text_print(&p->out, "<p class=lead>%s</p>", sr_say(p, "course.control"));
  sr_text_print(&p->out, "<div class=scroll tabindex=0><table class=course><caption>%s</caption>",
                sr_say(p, "course.caption"));
  head(p);
  if (is_described) look(p, ncolumn);
  if (is_described) muscles(p, ncolumn);
  for (int i = 0; p->later != NULL && i < p->npair; i++) of_task(p, &p->pair[i], ncolumn);
  sr_text_print(&p->out, "</table></div>");
  sr_csv_of_table(p, "course.csv");
  sr_text_print(&p->out, "</section>\n");
}
