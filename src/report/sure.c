// How sure the numbers are, what is not modelled, and how they were computed.
#include <math.h>
#include <string.h>

#include "report/weeks.h"

static int count(const sr_metric *list, int n, const char *grade)
{
  int sum = 0;
  for (int k = 0; k < n; k++) sum += list[k].grade != NULL && strcmp(list[k].grade, grade) == 0;
  return sum;
}

static int count_grade(const sr_page *p, const char *grade)
{
  const sr_epoch *e = p->after != NULL ? p->after : p->before;
  int n = count(e->metric, e->nmetric, grade);
  for (int leg = 0; leg < 2; leg++) n += count(e->leg[leg].metric, e->leg[leg].nmetric, grade);
  for (int i = 0; i < e->ntask; i++)
    if (sr_is_answer(&e->task[i])) n += count(e->task[i].metric, e->task[i].nmetric, grade);
  return n;
}

static void grades(sr_page *p)
{
  static const struct {
    const char *grade, *sign;
  } row[] = {{"calibrated", "●"}, {"predicted", "◐"}, {"assumed", "○"}};
  sr_text_print(&p->out, "<dl class=grades>");
  for (int i = 0; i < 3; i++)
    sr_text_print(&p->out, "<div><dt>%s %s <span class=unit>%s</span></dt><dd>%s</dd></div>", row[i].sign,
                  sr_say(p, sr_arena_printf(p->keep, "grade.%s", row[i].grade)),
                  sr_say_with(p, "grade.count", sr_number(p, count_grade(p, row[i].grade), 0), ""),
                  sr_say(p, sr_arena_printf(p->keep, "grade.%s.text", row[i].grade)));
  sr_text_print(&p->out, "<div><dt>– %s <span class=unit>%s</span></dt><dd>%s</dd></div></dl>",
                sr_say(p, "grade.missing"), sr_say(p, "grade.missing.count"), sr_say(p, "grade.missing.text"));
}

static void notes(sr_page *p)
{
  if (p->r->nnote == 0) return;
  sr_text_print(&p->out, "<h3>%s</h3><ul>", sr_say(p, "notes.title"));
  for (int i = 0; i < p->r->nnote; i++) sr_text_print(&p->out, "<li>%s</li>", sr_told(p, p->r->note[i]));
  sr_text_print(&p->out, "</ul>");
}

// Where the healthy model is known not to be like people, and how far solves of one walk lie apart.
static void misfit(sr_page *p)
{
  static const char *const id[] = {"sure.misfit", "sure.raises", "sure.spread"};
  sr_text_print(&p->out, "<h3>%s</h3><ul>", sr_say(p, "sure.health"));
  for (int i = 0; i < 3; i++) sr_text_print(&p->out, "<li>%s</li>", sr_say(p, id[i]));
  sr_text_print(&p->out, "</ul>");
}

static void solve_row(sr_page *p, const sr_pair *t, const sr_epoch *e)
{
  const sr_task_result *side = sr_result_find_task(e, t->task);
  if (side == NULL || side->status == SR_TASK_NOT_RUN) return;
  sr_text_print(&p->out, "<tr><th scope=row>%s</th><td>%s</td><td>%s</td>", sr_task_name(p, t->task),
                sr_epoch_when(p, e), sr_status_name(p, side));
  sr_text_print(&p->out, "<td class=num>%d</td>", side->iterations);
  if (side->mesh_intervals > 0)
    sr_text_print(&p->out, "<td class=num>%d × %d</td>", side->mesh_intervals, side->mesh_degree);
  else
    sr_text_print(&p->out, "<td class=num>–</td>");
  sr_text_print(&p->out, "<td class=num>%s</td></tr>\n",
                sr_number(p, side->objective, sr_decimals(side->objective, 0.0)));
}

static void solves(sr_page *p)
{
  static const char *const col[] = {"col.task",       "col.when", "col.status",
                                    "col.iterations", "col.mesh", "col.objective"};
  sr_text_print(&p->out, "<div class=scroll tabindex=0><table class=solves><caption>%s</caption><thead><tr>",
                sr_say(p, "solves.caption"));
  for (int i = 0; i < 6; i++)
    sr_text_print(&p->out, "<th scope=col%s>%s</th>", i > 2 ? " class=num" : "", sr_say(p, col[i]));
  sr_text_print(&p->out, "</tr></thead><tbody>");
  for (int i = 0; i < p->npair; i++)
    for (int e = 0; e < p->r->nepoch; e++) solve_row(p, &p->pair[i], &p->r->epoch[e]);
  sr_text_print(&p->out, "</tbody></table></div>");
  sr_csv_of_table(p, "solves.csv");
}

void sr_page_sure(sr_page *p)
{
  sr_text_print(&p->out, "<section id=sure><h2>%s</h2><p class=lead>%s</p>", sr_say(p, "sure.title"),
                sr_say(p, "sure.lead"));
  grades(p);
  misfit(p);
  notes(p);
  sr_text_print(&p->out, "</section>\n");
}

void sr_page_solves(sr_page *p)
{
  sr_text_print(&p->out, "<section id=solves><h2>%s</h2><p class=lead>%s</p><details class=deep><summary>%s</summary>",
                sr_say(p, "solves.title"), sr_say(p, "solves.lead"), sr_say(p, "solves.caption"));
  solves(p);
  sr_text_print(&p->out, "</details></section>\n");
}
