// Charts over weeks: the look, the muscles, the ankle and what the legs can do, each with its band and the control.
#include <math.h>
#include <string.h>

#include "report/answer.h"
#include "report/svg.h"
#include "report/weeks.h"

// A number over the epochs that ask for it; y is NAN where there is no answer.
typedef struct sr_series {
  int n, ncontrol;
  double *x, *y, *lo, *hi;  // x: on the axis of weeks
  double *control_x, *control_y;
  bool has_band;
} sr_series;

// What a chart shows: one line or one per leg, and what of it can contract.
typedef struct sr_chart {
  const char *title, *under, *unit;
  sr_what line[2];  // the left leg stands second, where it differs
  int nline;
  const sr_what *within;  // a thinner line, or NULL
  double room;            // the y axis spans at least this
  bool has_zero;
} sr_chart;

// The first weeks get as much room as the later years: log(1 + week).
static double axis_x(double week)
{
  return log1p(week);
}

static double last_week(const sr_page *p)
{
  return p->r->epoch[p->r->nepoch - 1].week;
}

static double value_or_nan(const sr_metric *m)
{
  return m != NULL ? m->value : (double)NAN;
}

// A movement that a week did not ask for is no gap in its line; one without an answer is.
static bool is_tried(const sr_epoch *e, const sr_what *w)
{
  if (w->source != SR_OF_TASK) return true;
  const sr_task_result *t = sr_result_find_task(e, w->task);
  return t != NULL && t->status != SR_TASK_NOT_RUN;
}

static sr_series series_of(sr_page *p, const sr_what *w)
{
  const int n = p->r->nepoch;
  sr_series s = {0};
  double **column[] = {&s.x, &s.y, &s.lo, &s.hi, &s.control_x, &s.control_y};
  for (int k = 0; k < 6; k++) *column[k] = sr_alloc(p->keep, double, n);
  for (int i = 0; i < n; i++) {
    const sr_epoch *e = &p->r->epoch[i], *c = sr_control_of(p, e);
    const sr_metric *m = sr_epoch_number(p, e, w);
    const bool has_band = m != NULL && m->has_band;
    if (is_tried(e, w)) {
      s.x[s.n] = axis_x(e->week);
      s.y[s.n] = value_or_nan(m);
      s.lo[s.n] = has_band ? m->p05 : s.y[s.n];
      s.hi[s.n] = has_band ? m->p95 : s.y[s.n];
      s.n++;
    }
    s.has_band |= has_band;
    if (c == NULL || !is_tried(c, w) || (s.ncontrol > 0 && s.control_x[s.ncontrol - 1] == s.x[i])) continue;
    s.control_x[s.ncontrol] = s.x[i];
    s.control_y[s.ncontrol++] = value_or_nan(sr_epoch_number(p, c, w));
  }
  return s;
}

static sr_span add_series(sr_span span, const sr_series *s)
{
  span = sr_span_add(sr_span_add(span, s->lo, s->n), s->hi, s->n);
  return sr_span_add(span, s->control_y, s->ncontrol);
}

static void draw_band(sr_page *p, const sr_plot *plot, const sr_series *s)
{
  if (s->has_band) sr_svg_band(p, plot, s->x, s->lo, s->hi, s->n, "band");
}

static void dots(sr_page *p, const sr_plot *plot, const sr_series *s, const char *style)
{
  for (int i = 0; i < s->n; i++)
    if (isfinite(s->y[i]))
      sr_text_print(&p->out, "<circle class=\"%s\" cx=%.1f cy=%.1f r=2.6 />", style, sr_plot_x(plot, s->x[i]),
                    sr_plot_y(plot, s->y[i]));
}

// The weeks that were computed, as many as fit side by side; interventions later than the first day.
static void week_axis(sr_page *p, const sr_plot *plot)
{
  const double gap = 24.0, last_gap = 64.0, end = sr_plot_x(plot, plot->x1);
  double free_from = -gap;
  for (int i = 0; i < p->r->nepoch; i++) {
    const double week = p->r->epoch[i].week, x = sr_plot_x(plot, axis_x(week));
    const bool is_last = week == last_week(p);
    if (x < free_from || (!is_last && x > end - last_gap)) continue;
    const char *number = sr_number(p, week, week == floor(week) ? 0 : 2);
    sr_svg_text(p, x, plot->height - plot->bottom + 14.0, is_last && i > 0 ? "x1" : "x",
                is_last ? sr_say_with(p, "axis.weeks", number, "") : number);
    free_from = is_last ? 2.0 * end : x + gap;
  }
  for (int i = 0; i < p->r->nintervention; i++)
    if (p->r->intervention[i].week > 0.0 && p->r->intervention[i].week <= last_week(p))
      sr_svg_mark(p, plot, axis_x(p->r->intervention[i].week), "off done");
}

// A cross on the axis where a task was tried without an answer, or was not tried.
static int crosses(sr_page *p, const sr_plot *plot, const sr_what *w)
{
  int n = 0;
  for (int i = 0; w->source == SR_OF_TASK && i < p->r->nepoch; i++) {
    const sr_task_result *t = sr_result_find_task(&p->r->epoch[i], w->task);
    if (t == NULL || sr_is_answer(t)) continue;
    const double x = sr_plot_x(plot, axis_x(p->r->epoch[i].week)), y = plot->height - plot->bottom;
    sr_text_print(&p->out, "<path class=cross d=\"M%.1f %.1fl6 -6m0 6l-6 -6\"/>", x - 3.0, y - 2.0);
    n++;
  }
  return n;
}

// "33.7 → 31.2": the first and the last of what was computed, and the furthest between where it is beyond both by a
// quarter of the range and there is room.
static const char *one_from_to(sr_page *p, const sr_series *s, int decimals, bool has_room)
{
  double first = (double)NAN, last = (double)NAN, far = (double)NAN, beyond = 0.0;
  for (int i = 0; i < s->n; i++) {
    if (!isfinite(s->y[i])) continue;
    if (!isfinite(first)) first = s->y[i];
    last = s->y[i];
  }
  for (int i = 0; i < s->n; i++) {
    const double by = isfinite(s->y[i]) ? fmax(s->y[i] - fmax(first, last), fmin(first, last) - s->y[i]) : 0.0;
    if (by > beyond) far = s->y[i], beyond = by;
  }
  const char *a = sr_number(p, first, decimals), *b = sr_number(p, last, decimals), *c = sr_number(p, far, decimals);
  const bool is_beyond = beyond > 0.25 * (beyond + fabs(last - first)) && strcmp(c, a) != 0 && strcmp(c, b) != 0;
  return is_beyond && has_room ? sr_arena_printf(p->keep, "%s → %s → %s", a, c, b)
                               : sr_arena_printf(p->keep, "%s → %s", a, b);
}

static const char *from_to(sr_page *p, const sr_chart *c, const sr_series *line)
{
  const int decimals = sr_what_decimals(p, &c->line[0]);
  if (c->nline == 1) return one_from_to(p, &line[0], decimals, true);
  const bool has_room = c->under[0] == '\0';
  return sr_arena_printf(p->keep, "%s %s · %s %s", sr_say(p, "side.l"), one_from_to(p, &line[1], decimals, has_room),
                         sr_say(p, "side.r"), one_from_to(p, &line[0], decimals, has_room));
}

// What the picture shows, for readers who do not see it: every week.
static const char *describe(sr_page *p, const sr_chart *c)
{
  sr_text t = sr_text_new(p->keep);
  sr_text_append(&t, "", 0);
  for (int k = 0; k < c->nline; k++) {
    const int decimals = sr_what_decimals(p, &c->line[k]);
    if (c->nline > 1) sr_text_print(&t, "%s: ", sr_say(p, c->line[k].side == 0 ? "nerve.left" : "nerve.right"));
    for (int i = 0; i < p->r->nepoch; i++) {
      const sr_metric *m = sr_epoch_number(p, &p->r->epoch[i], &c->line[k]);
      const sr_metric *without = sr_epoch_number(p, sr_control_of(p, &p->r->epoch[i]), &c->line[k]);
      if (m == NULL) continue;
      sr_text_print(&t, "%s %s", sr_epoch_when(p, &p->r->epoch[i]), sr_number(p, m->value, decimals));
      if (m->has_band) sr_text_print(&t, " (%s … %s)", sr_number(p, m->p05, decimals), sr_number(p, m->p95, decimals));
      if (without != NULL)
        sr_text_print(&t, " %s", sr_say_with(p, "cell.without", sr_number(p, without->value, decimals), ""));
      sr_text_print(&t, "; ");
    }
  }
  return t.at;
}

static void csv_value(sr_text *csv, const sr_metric *m)
{
  if (m != NULL && isfinite(m->value)) sr_text_print(csv, "%.9g", m->value);
}

static void keep_rows(sr_page *p, sr_text *csv, const sr_what *w)
{
  static const char *const kind[] = {"", "", "_total_volume_ml", "_contractile_volume_ml", "_max_force_N", ""};
  const bool has_side = w->source != SR_OF_BODY && w->source != SR_OF_TASK;
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    const sr_metric *m = sr_epoch_number(p, e, w);
    if (m == NULL) continue;
    sr_text_print(csv, "\n%s%s,%s,\"%s\",%g,%s,", w->name, kind[w->source],
                  !has_side      ? ""
                  : w->side == 0 ? "left"
                                 : "right",
                  w->task != NULL ? w->task : "", e->week, e->when);
    csv_value(csv, m);
    if (m->has_band)
      sr_text_print(csv, ",%.9g,%.9g,", m->p05, m->p95);
    else
      sr_text_print(csv, ",,,");
    csv_value(csv, sr_epoch_number(p, sr_control_of(p, e), w));
  }
}

// The y axis: what is drawn, and no less than the room it deserves.
static sr_span axis_span(const sr_chart *c, const sr_series *line, const sr_series *within)
{
  sr_span s = {(double)INFINITY, -(double)INFINITY};
  for (int k = 0; k < c->nline; k++) s = add_series(s, &line[k]);
  if (c->within != NULL) s = add_series(s, within);
  if (!(s.hi >= s.lo)) return s;
  const double lack = fmax(0.0, c->room - (s.hi - s.lo));
  s = (sr_span){s.lo - 0.5 * lack, s.hi + 0.5 * lack};
  if (c->has_zero) s = (sr_span){fmin(s.lo, 0.0), fmax(s.hi, 0.0)};
  return s;
}

static void draw_lines(sr_page *p, const sr_plot *plot, const sr_chart *c, const sr_series *line,
                       const sr_series *within)
{
  for (int k = 0; k < c->nline; k++) draw_band(p, plot, &line[k]);
  if (c->within != NULL) {
    draw_band(p, plot, within);
    sr_svg_line(p, plot, within->x, within->y, within->n, "line a thin");
  }
  for (int k = c->nline - 1; k >= 0; k--) {
    sr_svg_line(p, plot, line[k].x, line[k].y, line[k].n, k == 0 ? "line a" : "line a left");
    dots(p, plot, &line[k], k == 0 ? "at" : "at open");
  }
  if (line[0].ncontrol > 1)
    sr_svg_line(p, plot, line[0].control_x, line[0].control_y, line[0].ncontrol, "line control");
}

static void draw(sr_page *p, const sr_chart *c, sr_text *csv, int *ncross)
{
  sr_series line[2], within = {0};
  for (int k = 0; k < c->nline; k++) line[k] = series_of(p, &c->line[k]);
  if (c->within != NULL) within = series_of(p, c->within);
  const sr_span span = axis_span(c, line, &within);
  if (!(span.hi >= span.lo)) return;
  sr_plot plot = sr_plot_new(320, 178, span);
  plot.top = 36;
  plot.x1 = axis_x(last_week(p));
  const char *title =
      sr_arena_printf(p->keep, "%s%s%s", c->title, c->under[0] != '\0' ? sr_say(p, "comma") : "", c->under);
  sr_svg_open(p, plot.width, plot.height, title, describe(p, c));
  sr_svg_heading(p, c->title, c->unit);
  sr_svg_text(p, 0.0, 26.0, "u", c->under);
  sr_svg_grid(p, &plot);
  week_axis(p, &plot);
  draw_lines(p, &plot, c, line, &within);
  *ncross += crosses(p, &plot, &c->line[0]);
  sr_svg_text(p, plot.width - plot.right, 26.0, "way", from_to(p, c, line));
  sr_svg_close(p);
  for (int k = 0; k < c->nline; k++) keep_rows(p, csv, &c->line[k]);
  if (c->within != NULL) keep_rows(p, csv, c->within);
}

// --- which charts there are

typedef struct sr_drawing {
  sr_text *csv;
  int ncross;
  bool has_left;  // somewhere the legs differ
} sr_drawing;

// Of the body or a leg; room 0: the axis begins at zero.
static void chart_of(sr_page *p, sr_drawing *d, sr_source source, const char *name, double room)
{
  const sr_what right = {.source = source, .name = name, .side = 1}, left = {.source = source, .name = name};
  sr_chart c = {.title = source == SR_OF_FORCE ? sr_muscle_name(p, name) : sr_what_label(p, &right),
                .under = source == SR_OF_FORCE ? sr_say(p, "volume.force") : "",
                .unit = sr_what_unit(p, &right),
                .line = {right, left},
                .nline = source == SR_OF_BODY || sr_legs_agree(p, &right) ? 1 : 2,
                .room = room,
                .has_zero = room == 0.0};
  d->has_left |= c.nline == 2;
  draw(p, &c, d->csv, &d->ncross);
}

// Volume of a muscle and what of it can contract; a chart per leg where they differ.
static void volume(sr_page *p, sr_drawing *d, const char *muscle)
{
  const sr_what right = {.source = SR_OF_TOTAL, .name = muscle, .side = 1};
  const bool is_one = sr_legs_agree(p, &right);
  for (int side = is_one ? 1 : 0; side < 2; side++) {
    const sr_what within = {.source = SR_OF_CONTRACTILE, .name = muscle, .side = side};
    const char *under = sr_say(p, "volume.total");
    if (!is_one)
      under = sr_arena_printf(p->keep, "%s%s%s", under, sr_say(p, "comma"),
                              sr_say(p, side == 0 ? "side.left" : "side.right"));
    const sr_chart c = {.title = sr_muscle_name(p, muscle),
                        .under = under,
                        .unit = "ml",
                        .line = {{.source = SR_OF_TOTAL, .name = muscle, .side = side}},
                        .nline = 1,
                        .within = &within,
                        .has_zero = true};
    draw(p, &c, d->csv, &d->ncross);
  }
}

// A number that answers for a task; its legs share a chart.
static void of_task(sr_page *p, sr_drawing *d, const sr_pair *t, const char *key)
{
  sr_metric_row *rows;
  const int n = sr_answer_rows(p, t, &rows);
  sr_chart c = {.under = sr_task_name(p, t->task), .has_zero = true};
  for (int i = 0; i < n; i++) {
    if (!sr_matches(key, sr_metric_key(p, &rows[i].name)) || c.nline == 2) continue;
    const sr_what w = {.source = SR_OF_TASK, .name = rows[i].full, .task = t->task, .side = rows[i].name.side};
    if (c.nline == 0) {
      sr_metric_row label = rows[i];
      label.name.side = -1;
      c.title = sr_string_find(p->lang, sr_arena_printf(p->keep, "chart.%s", key));
      if (c.title == NULL) c.title = sr_metric_label(p, &label);
      c.unit = rows[i].name.unit;
      c.line[c.nline++] = w;
    } else {  // the right leg first
      c.line[1] = w.side == 0 ? w : c.line[0];
      c.line[0] = w.side == 0 ? c.line[0] : w;
      c.nline = 2;
    }
  }
  if (c.nline == 0) return;
  d->has_left |= c.nline == 2;
  draw(p, &c, d->csv, &d->ncross);
}

static void tasks(sr_page *p, sr_drawing *d)
{
  static const struct {
    const char *kind, *key;
  } headline[] = {{"stand", "quiet_required_over_available"},
                  {"heel_raise", "heel_rise"},
                  {"walk", "ankle_work_positive"},
                  {"walk", "soleus:activation_peak"},
                  {"walk", "cost_of_transport"},
                  {"run", "ankle_work_positive"},
                  {"run", "soleus:activation_peak"},
                  {"run", "cost_of_transport"},
                  {"jump", "jump_height"},
                  {"hop", "hop_height"},
                  {"hop", "soleus:activation_peak"}};
  for (int i = 0; i < p->npair; i++)
    for (size_t k = 0; k < sizeof headline / sizeof *headline; k++)
      if (sr_is_task(p->pair[i].task, headline[k].kind)) of_task(p, d, &p->pair[i], headline[k].key);
}

static void group(sr_page *p, const char *id)
{
  sr_text_print(&p->out, "<h3>%s</h3>", sr_say(p, id));
}

static void body(sr_page *p, sr_drawing *d)
{
  static const char *const muscle[] = {"gasmed", "gaslat", "soleus"};
  group(p, "weeks.look");
  chart_of(p, d, SR_OF_LEG, "girth_max_cm", 2.0);
  chart_of(p, d, SR_OF_LEG, "calf_fat_mm", 2.0);
  chart_of(p, d, SR_OF_BODY, "mass_kg", 4.0);
  group(p, "weeks.volume");
  for (int i = 0; i < 3; i++) volume(p, d, muscle[i]);
  group(p, "weeks.force");
  for (int i = 0; i < 3; i++) chart_of(p, d, SR_OF_FORCE, muscle[i], 0.0);
  group(p, "weeks.ankle");
  chart_of(p, d, SR_OF_LEG, "dorsiflexion_deg", 10.0);
  chart_of(p, d, SR_OF_LEG, "achilles_stiffness_percent", 20.0);
  chart_of(p, d, SR_OF_LEG, "effort_that_pain_allows_percent", 0.0);
}

static void sample(sr_page *p, const char *style, const char *id)
{
  sr_text_print(
      &p->out,
      "<span><svg class=sample viewBox=\"0 0 28 8\" aria-hidden=true><path class=\"%s\" d=\"M0 4H28\"/></svg> "
      "%s</span>",
      style, sr_say(p, id));
}

static void legend(sr_page *p, const sr_text *charts, const sr_drawing *d, bool is_described)
{
  sr_text_print(&p->out, "<p class=key>");
  sample(p, "line a", "weeks.line");
  if (strstr(charts->at, "class=\"band\"") != NULL)
    sr_text_print(&p->out, "<span><i class=\"swatch range\"></i> %s</span>", sr_say(p, "weeks.range"));
  if (strstr(charts->at, "line control") != NULL) sample(p, "line control", "weeks.control");
  if (is_described) sample(p, "line a thin", "weeks.thin");
  if (d->has_left) sample(p, "line a left", "key.left");
  if (strstr(charts->at, "off done") != NULL) sample(p, "off done", "weeks.done");
  if (d->ncross > 0)
    sr_text_print(
        &p->out,
        "<span><svg class=sample viewBox=\"0 0 28 8\" aria-hidden=true><path class=cross d=\"M11 1l6 6m0 -6l-6 "
        "6\"/></svg> %s</span>",
        sr_say(p, "weeks.cross"));
  sr_text_print(&p->out, "</p>");
}

void sr_page_girth_chart(sr_page *p)
{
  sr_text csv = sr_text_new(p->keep);
  sr_drawing d = {.csv = &csv};
  if (p->later == NULL || !(last_week(p) > 0.0)) return;
  chart_of(p, &d, SR_OF_LEG, "girth_max_cm", 4.0);
  sr_text_print(&p->out, "<p class=key>");
  sample(p, "line a", "weeks.line");
  sr_text_print(&p->out, "<span><i class=\"swatch range\"></i> %s</span>", sr_say(p, "first.band"));
  if (p->r->nintervention > 0 && p->r->ncontrol > 0) sample(p, "line control", "weeks.control");
  if (d.has_left) sample(p, "line a left", "key.left");
  sr_text_print(&p->out, "</p>");
}

void sr_page_timeline(sr_page *p)
{
  if (p->later == NULL || !(last_week(p) > 0.0)) return;
  sr_text csv = sr_text_new(p->keep), page = p->out;
  sr_drawing d = {.csv = &csv};
  sr_text_print(&csv, "quantity,leg,task,week,when,value,p05,p95,without");
  // the legend tells only what the charts below it hold
  p->out = sr_text_new(p->keep);
  sr_text_append(&p->out, "", 0);
  if (sr_is_described(p->later)) body(p, &d);
  if (p->npair > 0) group(p, "weeks.tasks");
  tasks(p, &d);
  const sr_text charts = p->out;
  p->out = page;
  sr_text_print(&p->out, "<section class=weeks id=weeks><h2>%s</h2><p class=lead>%s</p>", sr_say(p, "weeks.title"),
                sr_say(p, p->r->nintervention > 0 ? "weeks.lead" : "weeks.lead1"));
  legend(p, &charts, &d, sr_is_described(p->later));
  sr_text_print(&p->out, "<figure><div class=\"grid three\">");
  sr_text_append(&p->out, charts.at, charts.size);
  sr_text_print(&p->out, "</div><figcaption>%s%s%s ", sr_say(p, "weeks.caption"), sr_say(p, "space"),
                sr_say(p, sr_has_spread(p) ? "weeks.range_bodies" : "weeks.no_range"));
  sr_csv_button(p, &csv, "weeks.csv");
  sr_text_print(&p->out, "</figcaption></figure>\n");
  sr_page_profile(p);
  sr_text_print(&p->out, "</section>\n");
}
