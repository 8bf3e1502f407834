// What moves an outcome as one HTML page without network access, in the look of the report.
#include <math.h>
#include <string.h>

#include "cohort/sensitivity_parts.h"
#include "report/page.h"

static const char *number(sr_page *p, double x, int digits)
{
  return isfinite(x) ? sr_arena_printf(p->keep, "%s%.*f", x < 0.0 ? "&minus;" : "", digits, fabs(x)) : "&ndash;";
}

// Both indices on one axis from 0 to 1, the interval as a line.
static void bars(sr_page *p, const sr_moved_by *b)
{
  const double length = 160.0;
  const double share[2] = {b->total, b->first}, error[2] = {b->total_error, b->first_error};
  sr_text_print(&p->out,
                "<svg viewBox=\"0 0 170 20\" width=\"170\" height=\"20\" role=\"img\" aria-label=\"%.2f alone, "
                "%.2f in all\">",
                b->first, b->total);
  for (int i = 0; i < 2; i++) {
    const double y = 5.0 + 10.0 * i, x = length * fmin(fmax(share[i], 0.0), 1.0);
    sr_text_print(&p->out,
                  "<rect x=\"0\" y=\"%.0f\" width=\"%.1f\" height=\"8\" fill=\"%s\"/><line x1=\"%.1f\" x2=\"%.1f\" "
                  "y1=\"%.0f\" y2=\"%.0f\" stroke=\"var(--ink)\"/>",
                  y - 4.0, x, i == 0 ? "var(--b)" : "var(--a)", length * fmax(share[i] - error[i], 0.0),
                  length * fmax(share[i] + error[i], 0.0), y, y);
  }
  sr_text_print(&p->out, "</svg>");
}

static void slow(sr_page *p, const sr_slow_sensitivity *s)
{
  sr_text_print(&p->out, "<h3>%s, week %g</h3><p class=\"note\">%s. ", sr_html(p, s->what), s->week, sr_html(p, s->of));
  if (s->why != NULL) {
    sr_text_print(&p->out, "%s</p>\n", sr_html(p, s->why));
    return;
  }
  sr_text_print(
      &p->out,
      "%s %s, 5 to 95%%: %s to %s; %d pairs of points.</p><table><thead><tr><th>constant<th>what it is<th>alone"
      "<th>in all<th></tr></thead><tbody>\n",
      number(p, s->value, 2), sr_html(p, s->unit), number(p, s->p05, 2), number(p, s->p95, 2), s->pairs);
  for (int i = 0; i < s->n && s->by[i].total > sr_share_worth; i++) {
    const sr_moved_by *b = &s->by[i];
    sr_text_print(&p->out, "<tr><td>%s<td>%s<td>%s &plusmn; %s<td>%s &plusmn; %s<td>", sr_html(p, b->name),
                  sr_html(p, b->about), number(p, b->first, 2), number(p, b->first_error, 2), number(p, b->total, 2),
                  number(p, b->total_error, 2));
    bars(p, b);
    sr_text_print(&p->out, "</tr>\n");
  }
  sr_text_print(&p->out, "</tbody></table>\n");
}

static void head(sr_page *p, const sr_task_sensitivity *t, const char *first)
{
  sr_text_print(&p->out, "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>%s", first);
  for (int i = 0; i < t->nmetric; i++)
    sr_text_print(&p->out, "<th>%s<br><small>%.3g; healthy %g to %g</small>", sr_html(p, t->metric[i].name),
                  t->metric[i].base, t->metric[i].range[0], t->metric[i].range[1]);
  sr_text_print(&p->out, "<th></tr></thead><tbody>\n");
}

static void nudges(sr_page *p, const sr_task_sensitivity *t)
{
  head(p, t, "parameter, factor");
  for (int k = 0; k < t->nnudge; k++) {
    const sr_nudge_result *n = &t->nudge[k];
    sr_text_print(&p->out, "<tr><td>%s, %.3g to %.3g<br><small>%s</small>", sr_html(p, n->name), n->factor[0],
                  n->factor[1], sr_html(p, n->source));
    for (int i = 0; i < t->nmetric; i++)
      sr_text_print(&p->out, "<td>%s%% <small>(%s)</small>", number(p, 100.0 * sr_nudge_change(t, n, i), 0),
                    number(p, sr_nudge_elasticity(n, i), 2));
    sr_text_print(&p->out, "<td>");
    for (int end = 0; end < 2; end++)
      if (n->end[end] != SR_MOVED_WITHIN)
        sr_text_print(&p->out, "%s: %s ", end == 0 ? "down" : "up", sr_moved_end_text(n->end[end]));
    sr_text_print(&p->out, "</tr>\n");
  }
  sr_text_print(&p->out, "</tbody></table></div>\n");
}

static void numerics(sr_page *p, const sr_task_sensitivity *t)
{
  head(p, t, "number of the solver");
  for (int k = 0; k < t->nnumerics; k++) {
    const sr_numerics_result *n = &t->numerics[k];
    sr_text_print(&p->out, "<tr><td>%s", sr_html(p, n->name));
    for (int i = 0; i < t->nmetric; i++)
      if (isfinite(n->value[i]))
        sr_text_print(&p->out, "<td>%.4g", n->value[i]);
      else
        sr_text_print(&p->out, "<td>&ndash;");
    sr_text_print(&p->out, "<td>%s</tr>\n", n->end == SR_MOVED_WITHIN ? "" : sr_moved_end_text(n->end));
  }
  sr_text_print(&p->out, "<tr><td><b>spread within one minimum, %% of the healthy range</b>");
  for (int i = 0; i < t->nmetric; i++) {
    const double spread = sr_numerics_spread(t, i);
    sr_text_print(&p->out, spread > SR_NUMERICS_MOST ? "<td><b>%.2g</b>" : "<td>%.2g", 100.0 * spread);
  }
  sr_text_print(&p->out, "<td></tr></tbody></table></div>\n");
}

sr_text sr_sensitivity_page(const sr_sensitivity *s, const char *version, sr_arena *keep)
{
  sr_page p = {.keep = keep, .out = sr_text_new(keep)};
  sr_text_print(&p.out,
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
                "content=\"width=device-width\"><title>surae: what moves an outcome</title><style>\n");
  for (int i = 0; sr_report_style[i] != NULL; i++)
    sr_text_append(&p.out, sr_report_style[i], strlen(sr_report_style[i]));
  sr_text_print(
      &p.out,
      "td,th{vertical-align:top;text-align:left}</style><main><p class=\"brand\">surae</p><h1>What moves an "
      "outcome</h1><p class=\"lead\">Weeks to years: the share of an outcome's variance that a constant explains "
      "alone (blue) and with all its interactions (grey), each with a 95%% interval. Movements: one parameter at a "
      "time, and numbers of the solver, which should move nothing. Seed %llu. Version %s.</p>\n<section><h2>Weeks to "
      "years</h2>\n",
      s->seed, sr_html(&p, version));
  for (int i = 0; i < s->nslow; i++) slow(&p, &s->slow[i]);
  sr_text_print(&p.out, "</section>\n");
  for (int i = 0; i < s->ntask; i++) {
    const sr_task_sensitivity *t = &s->task[i];
    sr_text_print(&p.out, "<section><h2>%s</h2>\n", sr_html(&p, t->task));
    if (t->why != NULL) {
      sr_text_print(&p.out, "<p>%s</p></section>\n", sr_html(&p, t->why));
      continue;
    }
    sr_text_print(&p.out,
                  "<p class=\"note\">Change from the lower to the upper end over the healthy range, and percent of "
                  "the metric per percent of the parameter.</p>\n");
    nudges(&p, t);
    sr_text_print(&p.out, "<h3>Mesh, tolerance, start</h3>\n");
    numerics(&p, t);
    sr_text_print(&p.out, "</section>\n");
  }
  sr_text_print(&p.out, "</main></html>\n");
  return p.out;
}
