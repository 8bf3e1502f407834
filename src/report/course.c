// The same numbers over the weeks, where the result has more epochs than before and after; the control life below each.
#include <math.h>
#include <string.h>

#include "report/answer.h"

const char *sr_epoch_name(sr_page *p, const sr_epoch *e)
{
  const char *week = sr_say_with(p, "week", sr_number(p, e->week, e->week == floor(e->week) ? 0 : 2), "");
  if (strcmp(e->when, "course") == 0) return week;
  return sr_arena_printf(p->keep, "%s%s%s", week, sr_say(p, "comma"),
                         sr_say(p, strcmp(e->when, "after") == 0 ? "col.after" : "col.before"));
}

bool sr_is_answered(const sr_epoch *e)
{
  for (int i = 0; i < e->ntask; i++)
    if (sr_is_answer(&e->task[i])) return true;
  return false;
}

// The epoch of the control life in the same week, NULL if there is none.
static const sr_epoch *control_at(const sr_result *r, const sr_epoch *e)
{
  for (int i = 0; i < r->ncontrol; i++)
    if (fabs(r->control[i].week - e->week) < 1e-9) return &r->control[i];
  return NULL;
}

static void line(sr_page *p, const sr_pair *t, const sr_metric_row *row)
{
  const char *name = (row->before != NULL ? row->before : row->after)->name;
  const int decimals = sr_metric_decimals(row);
  sr_text_print(&p->out, "<tr><th scope=row>%s <span class=unit>%s</span></th>", sr_metric_label(p, row),
                row->name.unit);
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i], *c = control_at(p->r, e);
    if (!sr_is_answered(e)) continue;
    const sr_metric *control = c != NULL ? sr_metric_printed(p, sr_result_find_task(c, t->task), name) : NULL;
    sr_text_print(&p->out, "<td class=num>%s",
                  sr_metric_with_band(p, sr_metric_printed(p, sr_result_find_task(e, t->task), name), decimals));
    if (control != NULL) sr_text_print(&p->out, "<span class=band>%s</span>", sr_number(p, control->value, decimals));
    sr_text_print(&p->out, "</td>");
  }
  sr_text_print(&p->out, "</tr>\n");
}

void sr_page_course(sr_page *p)
{
  int nanswered = 0;
  for (int i = 0; i < p->r->nepoch; i++) nanswered += sr_is_answered(&p->r->epoch[i]);
  if (nanswered <= (p->after != NULL ? 2 : 1)) return;
  sr_text_print(&p->out, "<section><h2>%s</h2><div class=scroll tabindex=0><table class=course><caption>%s</caption>",
                sr_say(p, "course.title"), sr_say(p, p->r->ncontrol > 0 ? "course.control" : "course.caption"));
  sr_text_print(&p->out, "<thead><tr><th scope=col>%s</th>", sr_say(p, "col.quantity"));
  for (int i = 0; i < p->r->nepoch; i++)
    if (sr_is_answered(&p->r->epoch[i]))
      sr_text_print(&p->out, "<th scope=col class=num>%s</th>", sr_epoch_name(p, &p->r->epoch[i]));
  sr_text_print(&p->out, "</tr></thead>");
  for (int i = 0; i < p->npair; i++) {
    sr_metric_row *rows;
    const int n = sr_answer_rows(p, &p->pair[i], &rows);
    if (n == 0) continue;
    sr_text_print(&p->out, "<tbody><tr class=group><th scope=rowgroup colspan=%d>%s</th></tr>", nanswered + 1,
                  sr_task_name(p, p->pair[i].task));
    for (int k = 0; k < n; k++) line(p, &p->pair[i], &rows[k]);
    sr_text_print(&p->out, "</tbody>");
  }
  sr_text_print(&p->out, "</table></div></section>\n");
}
