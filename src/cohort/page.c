// The rows as one HTML page without network access, in the look of the report.
#include "report/page.h"

#include <math.h>
#include <string.h>

#include "cohort/cohort.h"

static const double far = 5.0;  // published SD at either end of the picture; rows beyond it stand at the end

static const char *number(sr_page *p, double x)
{
  if (!isfinite(x)) return "";
  const double a = fabs(x);
  const int digits = a >= 100.0 ? 0 : a >= 10.0 ? 1 : a >= 0.1 || a == 0.0 ? 2 : 3;
  return sr_arena_printf(p->keep, "%s%.*f", x < 0.0 ? "&minus;" : "", digits, a);
}

static const char *verdict(const sr_verdict *v)
{
  const sr_score *s = &v->score;
  if (s->is_scored) return s->within_1sd ? "within 1 SD" : s->within_2sd ? "within 2 SD" : "outside 2 SD";
  if (s->has_band) return s->is_in_band ? "in its band" : "out of its band";
  return v->ours.is_known ? "listed" : "not compared";
}

static double place(double in_sd)
{
  return 300.0 + 290.0 * fmin(fmax(in_sd / far, -1.0), 1.0);
}

// Every scored row on one axis, in published SD: grey what set a constant, blue what is predicted.
static void picture(sr_page *p, const sr_verdict *v, int n)
{
  int rows = 0;
  for (int i = 0; i < n; i++) rows += v[i].score.is_scored;
  const int height = 40 + 18 * rows;
  sr_text_print(&p->out,
                "<svg viewBox=\"0 0 900 %d\" role=\"img\" aria-label=\"Ours less published, in published standard "
                "deviations, for every scored row\" style=\"width:100%%;height:auto\">",
                height);
  for (int sd = 2; sd >= 1; sd--)
    sr_text_print(&p->out, "<rect x=\"%.1f\" y=\"22\" width=\"%.1f\" height=\"%d\" fill=\"var(--band)\"/>", place(-sd),
                  place(sd) - place(-sd), height - 26);
  for (int sd = -4; sd <= 4; sd += 2)
    sr_text_print(&p->out,
                  "<text x=\"%.1f\" y=\"14\" text-anchor=\"middle\" font-size=\"12\" fill=\"var(--soft)\">%d SD</text>",
                  place(sd), sd);
  int at = 0;
  for (int i = 0; i < n; i++) {
    const sr_verdict *r = &v[i];
    if (!r->score.is_scored) continue;
    const double y = 36.0 + 18.0 * at++;
    const char *colour = r->row->is_calibrated ? "var(--b)" : r->score.within_2sd ? "var(--a)" : "var(--x)";
    sr_text_print(&p->out,
                  "<line x1=\"10\" x2=\"590\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"var(--grid)\"/><circle cx=\"%.1f\" "
                  "cy=\"%.1f\" r=\"5\" "
                  "fill=\"%s\"/><text x=\"604\" y=\"%.1f\" font-size=\"12\" fill=\"var(--ink)\">%s: %s</text>",
                  y, y, place(r->score.in_sd), y, colour, y + 4.0, sr_html(p, r->row->id),
                  sr_html(p, r->row->quantity));
  }
  sr_text_print(&p->out, "</svg>\n");
}

static void tallies(sr_page *p, const sr_verdict *v, int n, bool is_calibrated)
{
  sr_text_print(&p->out,
                "<table><thead><tr><th>area<th>rows<th>compared<th>scored<th>within 1 SD<th>within 2 SD<th>with a "
                "band<th>in it<th>bias, SD</tr></thead><tbody>\n");
  for (int i = 0; i <= n; i++) {
    bool is_first = true;
    for (int k = 0; k < i && i < n; k++) is_first = is_first && strcmp(v[k].row->area, v[i].row->area) != 0;
    const sr_tally t = sr_tally_of(v, n, i < n ? v[i].row->area : NULL, is_calibrated);
    if (!is_first || t.rows == 0) continue;
    sr_text_print(&p->out, "<tr><td>%s<td>%d<td>%d<td>%d<td>%d<td>%d<td>%d<td>%d<td>%s</tr>\n",
                  i < n ? sr_html(p, v[i].row->area) : "<b>all</b>", t.rows, t.compared, t.scored, t.within_1sd,
                  t.within_2sd, t.banded, t.in_band, number(p, t.bias_in_sd));
  }
  sr_text_print(&p->out, "</tbody></table>\n");
}

static void row(sr_page *p, const sr_verdict *v)
{
  const sr_row *r = v->row;
  const sr_ours *o = &v->ours;
  const char *against = "", *spread = "";
  if (isfinite(r->sd))
    against = sr_arena_printf(p->keep, " &plusmn; %s", number(p, r->sd));
  else if (v->score.has_band)
    against = sr_arena_printf(p->keep, " (%s to %s)", number(p, r->band[0]), number(p, r->band[1]));
  if (o->is_known && isfinite(o->p05))
    spread = sr_arena_printf(p->keep, " (%s to %s)", number(p, o->p05), number(p, o->p95));
  sr_text_print(
      &p->out,
      "<tr><td>%s<td>%s; %s (n = %d)<br><small>%s</small><td>%s%s<td>%s%s<td class=\"unit\">%s<td>%s<td>%s</tr>\n",
      sr_html(p, r->id), sr_html(p, r->quantity), sr_html(p, r->population), r->n, sr_html(p, r->source),
      number(p, r->published), against, o->is_known ? number(p, o->value) : "", spread, sr_html(p, r->unit), verdict(v),
      r->is_calibrated ? "calibrated" : "predicted");
  const char *more = r->cause != NULL ? r->cause : !o->is_known ? o->why : NULL;
  if (more != NULL) sr_text_print(&p->out, "<tr><td><td colspan=\"6\"><small>%s</small></tr>\n", sr_html(p, more));
}

static void group(sr_page *p, const sr_verdict *v, int n, sr_verdict_group which, const char *title)
{
  sr_text_print(&p->out,
                "<section><h2>%s</h2><table><thead><tr><th>row<th>what, in whom<th>published, SD or band<th>ours, 5 to "
                "95%%<th>unit<th><th></tr></thead><tbody>\n",
                title);
  for (int i = 0; i < n; i++)
    if (sr_verdict_group_of(&v[i]) == which) row(p, &v[i]);
  sr_text_print(&p->out, "</tbody></table></section>\n");
}

sr_text sr_validate_page(const sr_findings *f, const char *version, sr_arena *keep)
{
  const sr_verdict *v = f->verdict;
  const int n = f->n;
  sr_page p = {.keep = keep, .out = sr_text_new(keep)};
  sr_text_print(&p.out,
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
                "content=\"width=device-width\"><title>surae: published experiments against ours</title><style>\n");
  for (int i = 0; sr_report_style[i] != NULL; i++)
    sr_text_append(&p.out, sr_report_style[i], strlen(sr_report_style[i]));
  sr_text_print(
      &p.out,
      "td,th{vertical-align:top;text-align:left}</style><main><p class=\"brand\">surae</p><h1>Published experiments "
      "against ours</h1><p class=\"lead\">Ours is the mean of a sample of people like those who were measured; of "
      "weeks to "
      "years, one muscle with the spread of its constants. Inside is |ours &minus; published| against the published "
      "SD between people. What set a constant is calibrated and counted apart. Version %s.</p>\n",
      sr_html(&p, version));
  sr_text_print(&p.out, "<section><h2>At a glance</h2>");
  picture(&p, v, n);
  sr_text_print(&p.out,
                "<p class=\"note\">Shaded: 1 and 2 SD. Blue: predicted; vermilion: predicted, beyond 2 SD; grey: "
                "calibrated. Points at the ends lie beyond.</p></section><section><h2>Predicted rows</h2>\n");
  tallies(&p, v, n, false);
  sr_text_print(&p.out, "</section><section><h2>Rows that set a constant</h2>\n");
  tallies(&p, v, n, true);
  sr_text_print(&p.out, "</section>\n");
  group(&p, v, n, SR_GROUP_MISSED, "Missed");
  group(&p, v, n, SR_GROUP_HELD, "Held");
  group(&p, v, n, SR_GROUP_LISTED, "Listed: no spread is published");
  group(&p, v, n, SR_GROUP_NOT_COMPARED, "Not compared");
  sr_text_print(&p.out, "</main></html>\n");
  return p.out;
}
