// The rows as one HTML page without network access, in the look of the report and in both its languages.
#include "report/page.h"

#include <math.h>
#include <string.h>

#include "cohort/cohort.h"
#include "report/svg.h"
#include "report/weave.h"

static const double far = 5.0;  // published SD at either end of the picture; rows beyond it stand at the end

static const char *number(sr_page *p, double x)
{
  if (!isfinite(x)) return "";
  const double a = fabs(x);
  return sr_number(p, x, a >= 100.0 ? 0 : a >= 10.0 ? 1 : a >= 0.1 || a == 0.0 ? 2 : 3);
}

static const char *range(sr_page *p, double lo, double hi)
{
  return sr_say_with(p, "set.to", number(p, lo), number(p, hi));
}

// Text of the data, whose language is English.
static const char *data(sr_page *p, const char *text)
{
  return sr_arena_printf(p->keep, "<span lang=en>%s</span>", sr_html(p, text));
}

// What is measured, in the language of the page where the catalogue has it; " at 1.33 m/s" stands behind.
static const char *quantity(sr_page *p, const char *text)
{
  const char *at = strstr(text, " at "), *unit = strstr(text, " m/s");
  const bool has_speed = at != NULL && unit != NULL && unit[4] == '\0';
  const size_t size = has_speed ? (size_t)(at - text) : strlen(text);
  const char *words = sr_string_translate(p->lang, sr_arena_printf(p->keep, "%.*s", (int)size, text));
  if (p->lang == SR_EN || words == NULL) return sr_html(p, text);
  return has_speed ? sr_arena_printf(p->keep, "%s（%s）", sr_html(p, words), sr_html(p, at + 4)) : sr_html(p, words);
}

static const char *area_name(sr_page *p, const char *area)
{
  const char *words = sr_string_find(p->lang, sr_arena_printf(p->keep, "set.area.%s", area));
  return words != NULL ? words : sr_html(p, area);
}

static const char *verdict(sr_page *p, const sr_verdict *v)
{
  const sr_score *s = &v->score;
  if (s->is_scored) return sr_say(p, s->within_1sd ? "set.is.one" : s->within_2sd ? "set.is.two" : "set.is.beyond");
  if (s->has_band) return sr_say(p, s->is_in_band ? "set.is.in" : "set.is.out");
  return sr_say(p, v->ours.is_known ? "set.is.listed" : "set.is.absent");
}

static const char *kind(sr_page *p, bool is_calibrated)
{
  return sr_say(p, is_calibrated ? "set.is.calibrated" : "set.is.predicted");
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
  sr_text_print(&p->out, "<svg viewBox=\"0 0 900 %d\" role=img aria-label=\"%s\" class=rows>", height,
                sr_say(p, "set.glance.aria"));
  for (int sd = 2; sd >= 1; sd--)
    sr_text_print(&p->out, "<rect x=%.1f y=22 width=%.1f height=%d fill=\"var(--band)\"></rect>", place(-sd),
                  place(sd) - place(-sd), height - 26);
  for (int sd = -4; sd <= 4; sd += 2)
    sr_text_print(&p->out, "<text x=%.1f y=14 text-anchor=middle font-size=12 fill=\"var(--soft)\">%s SD</text>",
                  place(sd), sr_number(p, sd, 0));
  int at = 0;
  for (int i = 0; i < n; i++) {
    const sr_verdict *r = &v[i];
    if (!r->score.is_scored) continue;
    const double y = 36.0 + 18.0 * at++;
    const char *colour = r->row->is_calibrated ? "var(--b)" : r->score.within_2sd ? "var(--a)" : "var(--x)";
    sr_text_print(&p->out,
                  "<line x1=10 x2=590 y1=%.1f y2=%.1f stroke=\"var(--grid)\"></line><circle cx=%.1f cy=%.1f r=5 "
                  "fill=\"%s\"></circle><text x=604 y=%.1f font-size=12 fill=\"var(--ink)\">%s · %s</text>",
                  y, y, place(r->score.in_sd), y, colour, y + 4.0, sr_html(p, r->row->id),
                  quantity(p, r->row->quantity));
  }
  sr_text_print(&p->out, "</svg>\n");
}

static void head(sr_page *p, const char *const *id, int n)
{
  sr_text_print(&p->out, "<div class=scroll tabindex=0><table><thead><tr>");
  for (int i = 0; i < n; i++) sr_text_print(&p->out, "<th scope=col>%s</th>", sr_say(p, id[i]));
  sr_text_print(&p->out, "</tr></thead><tbody>\n");
}

static void tallies(sr_page *p, const sr_verdict *v, int n, bool is_calibrated)
{
  static const char *const column[] = {"set.col.area", "set.col.rows", "set.col.compared", "set.col.scored",
                                       "set.col.one",  "set.col.two",  "set.col.banded",   "set.col.in",
                                       "set.col.bias", "set.col.rms"};
  sr_text_print(&p->out, "<section><h2>%s</h2>", sr_say(p, is_calibrated ? "set.calibrated" : "set.predicted"));
  head(p, column, sizeof column / sizeof *column);
  for (int i = 0; i <= n; i++) {
    bool is_first = true;
    for (int k = 0; k < i && i < n; k++) is_first = is_first && strcmp(v[k].row->area, v[i].row->area) != 0;
    const sr_tally t = sr_tally_of(v, n, i < n ? v[i].row->area : NULL, is_calibrated);
    if (!is_first || t.rows == 0) continue;
    sr_text_print(&p->out,
                  "<tr><th scope=row>%s</th><td>%d</td><td>%d</td><td>%d</td><td>%d</td><td>%d</td><td>%d</td><td>%d"
                  "</td><td>%s</td><td>%s</td></tr>\n",
                  i < n ? area_name(p, v[i].row->area) : sr_say(p, "set.all"), t.rows, t.compared, t.scored,
                  t.within_1sd, t.within_2sd, t.banded, t.in_band, number(p, t.bias_in_sd), number(p, t.rms_in_sd));
  }
  sr_text_print(&p->out, "</tbody></table></div></section>\n");
}

static void row(sr_page *p, const sr_verdict *v)
{
  const sr_row *r = v->row;
  const sr_ours *o = &v->ours;
  const char *against = "", *spread = "";
  if (isfinite(r->sd))
    against = sr_arena_printf(p->keep, " ± %s", number(p, r->sd));
  else if (v->score.has_band)
    against = sr_arena_printf(p->keep, " (%s)", range(p, r->band[0], r->band[1]));
  if (o->is_known && isfinite(o->p05)) spread = sr_arena_printf(p->keep, " (%s)", range(p, o->p05, o->p95));
  sr_text_print(&p->out, "<tr><th scope=row>%s</th><td>%s<br><small>%s; n = %d; %s</small></td>", sr_html(p, r->id),
                quantity(p, r->quantity), data(p, r->population), r->n, data(p, r->source));
  sr_text_print(&p->out, "<td>%s%s</td><td>%s%s</td><td class=unit>%s</td><td>%s</td><td>%s</td></tr>\n",
                number(p, r->published), against, o->is_known ? number(p, o->value) : "", spread, sr_html(p, r->unit),
                verdict(p, v), kind(p, r->is_calibrated));
  const char *more = r->cause != NULL && sr_verdict_group_of(v) != SR_GROUP_HELD ? r->cause
                     : !o->is_known                                              ? o->why
                                                                                 : NULL;
  if (more != NULL) sr_text_print(&p->out, "<tr><td></td><td colspan=6><small>%s</small></td></tr>\n", data(p, more));
}

static void group(sr_page *p, const sr_verdict *v, int n, sr_verdict_group which)
{
  static const char *const title[] = {"set.missed", "set.held", "set.listed", "set.absent"};
  static const char *const column[] = {"set.col.row",  "set.col.what",    "set.col.published", "set.col.ours",
                                       "set.col.unit", "set.col.verdict", "set.col.kind"};
  sr_text_print(&p->out, "<section><h2>%s</h2>", sr_say(p, title[which]));
  head(p, column, sizeof column / sizeof *column);
  for (int i = 0; i < n; i++)
    if (sr_verdict_group_of(&v[i]) == which) row(p, &v[i]);
  sr_text_print(&p->out, "</tbody></table></div></section>\n");
}

// --- curves

static void curve(sr_page *p, const sr_curve_verdict *c)
{
  double mean[SR_CURVE_SAMPLES], sd[SR_CURVE_SAMPLES], lo[SR_CURVE_SAMPLES], hi[SR_CURVE_SAMPLES];
  sr_curve_resample(c->curve->mean, SR_CURVE_SAMPLES, mean);
  sr_curve_resample(c->curve->sd, SR_CURVE_SAMPLES, sd);
  for (int i = 0; i < SR_CURVE_SAMPLES; i++) {
    lo[i] = mean[i] - sd[i];
    hi[i] = mean[i] + sd[i];
  }
  const char *unit = sr_html(p, c->curve->unit);
  sr_span ours = {(double)INFINITY, -(double)INFINITY};
  ours = sr_span_add(ours, c->ours, SR_CURVE_SAMPLES);
  sr_span all = sr_span_add(ours, mean, SR_CURVE_SAMPLES);
  all = sr_span_add(sr_span_add(all, lo, SR_CURVE_SAMPLES), hi, SR_CURVE_SAMPLES);
  const sr_plot plot = sr_plot_new(300.0, 160.0, all);
  const char *title = sr_arena_printf(p->keep, "%s · %s", sr_html(p, c->curve->id), quantity(p, c->curve->quantity));
  sr_text_print(&p->out, "<div>");
  sr_svg_open(p, plot.width, plot.height, title,
              sr_say_with3(p, "set.curve.aria", number(p, ours.lo), number(p, ours.hi), unit));
  sr_svg_heading(p, title, unit);
  sr_svg_axes(p, &plot);
  if (c->curve->has_sd) sr_svg_band(p, &plot, NULL, lo, hi, SR_CURVE_SAMPLES, "band measured");
  sr_svg_line(p, &plot, NULL, mean, SR_CURVE_SAMPLES, "line b");
  sr_svg_line(p, &plot, NULL, c->ours, SR_CURVE_SAMPLES, "line a");
  sr_svg_close(p);
  const char *in_sd = c->curve->has_sd ? sr_say_with(p, "set.curve.sd", number(p, c->score.rmse_in_sd), "") : "";
  sr_text_print(&p->out, "<p class=note>%s<br>%s</p></div>\n",
                sr_say_with3(p, "set.curve.line", number(p, c->score.rmse), unit, in_sd),
                sr_say_with3(p, "set.curve.r", sr_number(p, c->score.r, 2), sr_number(p, c->score.r_most, 2),
                             sr_number(p, c->score.lag, 0)));
}

// The figures of each study that has an answer.
static void curves(sr_page *p, const sr_findings *f)
{
  const sr_curve_study *last = NULL;
  for (int i = 0; i < f->ncurve; i++) {
    const sr_curve_verdict *c = &f->curve[i];
    if (c->answered == 0) continue;
    if (last == NULL)
      sr_text_print(&p->out, "<section><h2>%s</h2><p class=note>%s</p>", sr_say(p, "set.curves"),
                    sr_say(p, "set.curves.note"));
    const char *cause = c->study->cause != NULL ? sr_arena_printf(p->keep, "<br>%s", data(p, c->study->cause)) : "";
    if (last != c->study)
      sr_text_print(&p->out, "%s<h3>%s · %s</h3><p class=note>%s%s%s</p><div class=\"grid three\">\n",
                    last != NULL ? "</div>" : "", data(p, c->study->population), kind(p, c->study->is_calibrated),
                    data(p, c->study->source),
                    c->curve->has_sd ? sr_arena_printf(p->keep, "<br>%s", sr_say(p, "set.curves.sd")) : "", cause);
    last = c->study;
    curve(p, c);
  }
  if (last != NULL) sr_text_print(&p->out, "</div></section>\n");
}

// --- the page

static sr_text render(const sr_findings *f, const char *version, sr_lang lang, sr_arena *keep)
{
  sr_page p = {.lang = lang, .keep = keep, .out = sr_text_new(keep)};
  sr_page_open(&p, sr_say(&p, "set.title"));
  sr_text_print(&p.out,
                "td,th{vertical-align:top;text-align:left}.rows{width:100%%;height:auto}h3{margin-top:36px}.note+.grid{"
                "margin-top:16px}.note,h1,h3{overflow-wrap:anywhere}");
  sr_page_open_body(&p);
  sr_page_bar(&p, "");
  sr_text_print(&p.out, "<main id=main><h1>%s</h1><p class=lead>%s</p><p class=note>%s %s</p>\n",
                sr_say(&p, "set.title"), sr_say(&p, "set.lead"), sr_say(&p, "set.language"),
                sr_say_with(&p, "set.version", sr_html(&p, version), ""));
  sr_text_print(&p.out, "<section><h2>%s</h2>", sr_say(&p, "set.glance"));
  picture(&p, f->verdict, f->n);
  sr_text_print(&p.out, "<p class=note>%s</p></section>", sr_say(&p, "set.glance.note"));
  for (int k = 0; k < 2; k++) tallies(&p, f->verdict, f->n, k == 1);
  group(&p, f->verdict, f->n, SR_GROUP_MISSED);
  curves(&p, f);
  for (int which = SR_GROUP_HELD; which <= SR_GROUP_NOT_COMPARED; which++)
    group(&p, f->verdict, f->n, (sr_verdict_group)which);
  sr_text_print(&p.out, "</main>\n");
  sr_page_script(&p);
  sr_text_print(&p.out, "</body></html>\n");
  return p.out;
}

sr_text sr_validate_page(const sr_findings *f, const char *version, sr_arena *keep)
{
  const sr_text page[2] = {render(f, version, SR_EN, keep), render(f, version, SR_ZH, keep)};
  sr_text both = sr_text_new(keep);
  return sr_weave(keep, SR_EN, &page[SR_EN], &page[SR_ZH], &both) ? both : page[SR_EN];
}
