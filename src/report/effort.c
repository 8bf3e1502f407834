// How hard each muscle of the leg works in a task: activation of a held posture, peak activation of a movement.
#include <math.h>
#include <string.h>

#include "report/cycle.h"
#include "report/metrics.h"

static const double shown_from = 0.02;  // activation below which a muscle is at rest: just above the floor of 0.01

// Largest activation of a muscle, from its curve or from the metrics; NAN if neither is there.
static double effort_of(sr_page *p, const sr_task_result *t, const char *muscle, int side)
{
  if (!sr_is_answer(t)) return (double)NAN;
  double *y = sr_alloc(p->keep, double, t->curves.nrow + 1), most = -(double)INFINITY;
  const char *label = sr_arena_printf(p->keep, "%s_%c/activation", muscle, side == 1 ? 'r' : 'l');
  if (t->curves.nrow > 0 && sr_result_column(&t->curves, label, y) != NULL) {
    for (int i = 0; i < t->curves.nrow; i++) most = fmax(most, y[i]);
    return most;
  }
  for (int i = 0; i < t->nmetric; i++) {
    const sr_metric_name n = sr_metric_parse(p, t->metric[i].name);
    if (n.muscle == NULL || strcmp(n.muscle, muscle) != 0 || (n.side >= 0 && n.side != side)) continue;
    if (strcmp(n.stem, "activation") == 0 || strcmp(n.stem, "activation_peak") == 0) return t->metric[i].value;
  }
  return (double)NAN;
}

static void dot(sr_page *p, double x, const char *style)
{
  if (isfinite(x))
    sr_text_print(&p->out, "<i class=\"dot %s\" style=\"left:%.1f%%\"></i>", style, 100.0 * fmin(fmax(x, 0.0), 1.0));
}

static void row(sr_page *p, const char *words, double before, double after)
{
  sr_text_print(&p->out, "<tr><th scope=row>%s</th><td class=track aria-hidden=true><div>", words);
  if (isfinite(before) && isfinite(after))
    sr_text_print(&p->out, "<i class=link style=\"left:%.1f%%;width:%.1f%%\"></i>", 100.0 * fmin(before, after),
                  100.0 * fabs(after - before));
  dot(p, before, "b");
  dot(p, after, "a");
  sr_text_print(&p->out, "</div></td><td class=num>%s</td>", sr_number(p, before, 2));
  if (p->after != NULL) sr_text_print(&p->out, "<td class=num>%s</td>", sr_number(p, after, 2));
  sr_text_print(&p->out, "</tr>\n");
}

static bool is_near(double a, double b)
{
  return fabs(a - b) < 0.005 || (!isfinite(a) && !isfinite(b));
}

static void muscle_rows(sr_page *p, const sr_pair *t, const char *muscle)
{
  double x[2][2];
  for (int side = 0; side < 2; side++) {
    x[0][side] = effort_of(p, t->before, muscle, side);
    x[1][side] = effort_of(p, t->after, muscle, side);
  }
  const bool is_one = is_near(x[0][0], x[0][1]) && is_near(x[1][0], x[1][1]);
  for (int side = 1; side >= (is_one ? 1 : 0); side--) {
    if (!(x[0][side] >= shown_from) && !(x[1][side] >= shown_from)) continue;  // also passes over what is absent
    const char *words = is_one ? sr_muscle_name(p, muscle)
                               : sr_arena_printf(p->keep, "%s%s%s", sr_muscle_name(p, muscle), sr_say(p, "comma"),
                                                 sr_say(p, side == 1 ? "side.right" : "side.left"));
    row(p, words, x[0][side], x[1][side]);
  }
}

static bool has_any(sr_page *p, const sr_pair *t)
{
  for (int m = 0; m < SR_NMUSCLE; m++)
    for (int side = 0; side < 2; side++)
      if (isfinite(effort_of(p, t->before, sr_leg_muscle[m], side)) ||
          isfinite(effort_of(p, t->after, sr_leg_muscle[m], side)))
        return true;
  return false;
}

void sr_page_effort(sr_page *p, const sr_pair *t)
{
  if (!has_any(p, t)) return;
  const bool is_held = !sr_has_curves(t->before) && !sr_has_curves(t->after);
  sr_text_print(&p->out, "<figure><h3>%s</h3><table class=effort><caption>%s</caption><thead><tr><th scope=col>%s</th>",
                sr_say(p, is_held ? "effort.held" : "effort.peak"), sr_say(p, "effort.caption"),
                sr_say(p, "col.muscle"));
  sr_text_print(
      &p->out,
      "<th class=scale scope=col aria-hidden=true><div><span>0</span><span>0.5</span><span>1</span></div></th><th "
      "scope=col class=num><i class=\"dot b\"></i>%s</th>",
      sr_say(p, p->after != NULL ? "col.before" : "col.value"));
  if (p->after != NULL)
    sr_text_print(&p->out, "<th scope=col class=num><i class=\"dot a\"></i>%s</th>", sr_say(p, "col.after"));
  sr_text_print(&p->out, "</tr></thead><tbody>");
  for (int m = 0; m < SR_NMUSCLE; m++) muscle_rows(p, t, sr_leg_muscle[m]);
  sr_text_print(&p->out, "</tbody></table>");
  sr_csv_of_table(p, sr_file_of(p, t->task, "effort"));
  sr_text_print(&p->out, "</figure>\n");
}
