// Curves of a movement: joints (angle, moment, power), ground force, and each muscle of the leg; before against after.
#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "report/cycle.h"
#include "report/measured.h"
#include "report/svg.h"

// One panel: what is drawn, in which unit, and what the two directions of the axis mean ("" where it has none).
typedef struct sr_panel {
  const char *title, *unit;  // safe HTML
  const char *base, *rest;   // columns <base>_r<rest>, <base>_l<rest>
  double scale;              // column unit -> printed unit
  const char *up, *down;     // words of the directions
  double width, height;
  sr_span least;    // the axis holds at least this
  const char *tag;  // remark in the corner, ""
} sr_panel;

// The curves of a panel: [before, after][left, right].
typedef struct sr_quad {
  bool has[2][2];
  double y[2][2][SR_NPHASE];
} sr_quad;

// All columns drawn in one figure, for its CSV.
typedef struct sr_table {
  int ncol;
  const char *name[160];
  const double *col[160];
} sr_table;

static sr_quad fetch(sr_page *p, const sr_pair *t, const sr_panel *panel)
{
  sr_quad q = {0};
  for (int e = 0; e < 2; e++)
    for (int side = 0; side < 2; side++) {
      const sr_task_result *now = e == 0 ? t->before : t->after;
      q.has[e][side] = sr_cycle_column(p, now, panel->base, panel->rest, side, q.y[e][side]);
      for (int i = 0; i < SR_NPHASE; i++) q.y[e][side][i] *= panel->scale;
    }
  return q;
}

static sr_span span_of(const sr_quad *q)
{
  sr_span s = {(double)INFINITY, -(double)INFINITY};
  for (int e = 0; e < 2; e++)
    for (int side = 0; side < 2; side++)
      if (q->has[e][side]) s = sr_span_add(s, q->y[e][side], SR_NPHASE);
  return s;
}

// The left leg gets its own line where it is further from the right than 1 % of the span on average.
static bool legs_differ(const sr_quad *q, int e)
{
  const sr_span s = span_of(q);
  double sum = 0.0;
  if (!q->has[e][0] || !q->has[e][1]) return q->has[e][0];
  for (int i = 0; i < SR_NPHASE; i++) sum += fabs(q->y[e][0][i] - q->y[e][1][i]);
  return sum / SR_NPHASE > 0.01 * (s.hi - s.lo);
}

static void keep_columns(sr_page *p, sr_table *table, const sr_panel *panel, const sr_quad *q)
{
  for (int e = 0; e < 2; e++)
    for (int side = 1; side >= 0; side--) {
      if (!q->has[e][side] || table->ncol == 160) continue;
      double *y = sr_alloc(p->keep, double, SR_NPHASE);
      memcpy(y, q->y[e][side], sizeof q->y[e][side]);
      table->col[table->ncol] = y;
      table->name[table->ncol++] = sr_arena_printf(p->keep, "%s_%c%s_%s", panel->base, side == 1 ? 'r' : 'l',
                                                   panel->rest, e == 0 ? "before" : "after");
    }
}

static void keep_band(sr_page *p, sr_table *table, const sr_panel *panel, const double *lo, const double *hi)
{
  for (int k = 0; k < 2 && table->ncol < 160; k++) {
    double *y = sr_alloc(p->keep, double, SR_NPHASE);
    memcpy(y, k == 0 ? lo : hi, SR_NPHASE * sizeof *y);
    table->col[table->ncol] = y;
    table->name[table->ncol++] =
        sr_arena_printf(p->keep, "%s%s_measured_%s_sd", panel->base, panel->rest, k == 0 ? "minus" : "plus");
  }
}

// What the picture shows, for readers who do not see it: the range of each line.
static const char *describe(sr_page *p, const sr_quad *q, const char *unit)
{
  sr_text t = sr_text_new(p->keep);
  sr_text_append(&t, "", 0);
  for (int e = 0; e < 2; e++)
    for (int side = 1; side >= 0; side--) {
      if (!q->has[e][side]) continue;
      const sr_span s = sr_span_add((sr_span){(double)INFINITY, -(double)INFINITY}, q->y[e][side], SR_NPHASE);
      const int decimals = sr_decimals(s.lo, s.hi);
      sr_text_print(&t, "%s, %s: %s … %s %s. ", sr_say(p, e == 0 ? "col.before" : "col.after"),
                    sr_say(p, side == 1 ? "side.right" : "side.left"), sr_number(p, s.lo, decimals),
                    sr_number(p, s.hi, decimals), unit);
    }
  return t.at;
}

static void toe_off_marks(sr_page *p, const sr_pair *t, const sr_plot *plot, const sr_quad *q)
{
  for (int e = 0; e < 2; e++)
    for (int side = 0; side < 2; side++) {
      const double at = sr_toe_off(p, e == 0 ? t->before : t->after, side);
      const bool is_shown = side == 1 ? q->has[e][1] : legs_differ(q, e);
      if (isfinite(at) && is_shown) sr_svg_mark(p, plot, at, e == 0 ? "off b" : "off a");
    }
}

static void lines(sr_page *p, const sr_plot *plot, const sr_quad *q)
{
  if (q->has[0][1] && q->has[1][1]) sr_svg_band(p, plot, NULL, q->y[0][1], q->y[1][1], SR_NPHASE, "band");
  for (int e = 0; e < 2; e++) {
    if (legs_differ(q, e)) sr_svg_line(p, plot, NULL, q->y[e][0], SR_NPHASE, e == 0 ? "line b left" : "line a left");
    if (q->has[e][1]) sr_svg_line(p, plot, NULL, q->y[e][1], SR_NPHASE, e == 0 ? "line b" : "line a");
  }
}

static void draw_panel(sr_page *p, const sr_pair *t, const sr_panel *panel, sr_table *table)
{
  const sr_quad q = fetch(p, t, panel);
  sr_span s = span_of(&q);
  if (!(s.hi >= s.lo)) return;
  keep_columns(p, table, panel, &q);
  double lo[SR_NPHASE], hi[SR_NPHASE];
  const bool has_band = sr_measured_band(p->keep, t->task, panel->base, panel->rest, lo, hi);
  if (has_band) {
    s = sr_span_add(sr_span_add(s, lo, SR_NPHASE), hi, SR_NPHASE);
    keep_band(p, table, panel, lo, hi);
  }
  s = (sr_span){fmin(s.lo, panel->least.lo), fmax(s.hi, panel->least.hi)};
  const sr_plot plot = sr_plot_new(panel->width, panel->height, s);
  sr_svg_open(p, plot.width, plot.height, panel->title, describe(p, &q, panel->unit));
  sr_svg_heading(p, panel->title, panel->unit);
  sr_svg_axes(p, &plot);
  if (has_band) sr_svg_band(p, &plot, NULL, lo, hi, SR_NPHASE, "band measured");
  toe_off_marks(p, t, &plot, &q);
  lines(p, &plot, &q);
  if (panel->up[0] != '\0')
    sr_svg_text(p, plot.width - plot.right, 12.0, "way", sr_arena_printf(p->keep, "↑ %s", panel->up));
  if (panel->down[0] != '\0')
    sr_svg_text(p, plot.width - plot.right, 24.0, "way", sr_arena_printf(p->keep, "↓ %s", panel->down));
  if (panel->tag[0] != '\0') sr_svg_text(p, plot.width - plot.right, 24.0, "tag", panel->tag);
  sr_svg_close(p);
}

static void sample_of_line(sr_page *p, const char *style, const char *words)
{
  sr_text_print(&p->out,
                "<span><svg class=sample viewBox=\"0 0 28 8\" aria-hidden=true><path class=\"%s\" d=\"M0 "
                "4H28\"/></svg> %s</span>",
                style, words);
}

static void legend(sr_page *p, const sr_pair *t)
{
  sr_text_print(&p->out, "<p class=key>");
  if (sr_has_curves(t->before)) sample_of_line(p, "line b", sr_say(p, p->after != NULL ? "key.before" : "key.now"));
  if (sr_has_curves(t->after)) sample_of_line(p, "line a", sr_say(p, "key.after"));
  sample_of_line(p, "line k left", sr_say(p, "key.left"));
  if (sr_is_cyclic(t->task)) sample_of_line(p, "off k", sr_say(p, "key.off"));
  sr_text_print(&p->out, "</p>");
}

static void open_figure(sr_page *p, const sr_pair *t, const char *title, const char *style, bool has_band)
{
  sr_text_print(&p->out, "<figure><h3>%s</h3>", title);
  legend(p, t);
  if (has_band && sr_is_measured(p->keep, t->task))
    sr_text_print(
        &p->out,
        "<p class=key><span><i class=\"swatch measured\"></i> %s <a "
        "href=\"https://doi.org/10.1098/rsif.2019.0402\" rel=noreferrer lang=en>Falisse et al. 2019</a></span></p>",
        sr_say(p, "fig.measured"));
  sr_text_print(&p->out, "<div class=\"%s\">", style);
}

// Three digits of the greatest value of a column, for all of it.
static double rounded(const double *col, double x)
{
  double most = 0.0;
  for (int i = 0; i < SR_NPHASE; i++) most = fmax(most, fabs(col[i]));
  const double unit = most > 0.0 ? pow(10.0, floor(log10(most)) - 2.0) : 1.0;
  return round(x / unit) * unit;
}

static void close_figure(sr_page *p, const sr_pair *t, const sr_table *table, const char *caption, const char *what)
{
  // every second percent: what the figure can show, in a page that can be mailed
  sr_text csv = sr_text_new(p->keep);
  sr_text_print(&csv, "percent");
  for (int c = 0; c < table->ncol; c++) sr_text_print(&csv, ",%s", table->name[c]);
  for (int i = 0; i < SR_NPHASE; i += 2) {
    sr_text_print(&csv, "\n%d", i);
    for (int c = 0; c < table->ncol; c++) sr_text_print(&csv, ",%.6g", rounded(table->col[c], table->col[c][i]));
  }
  sr_text_print(&p->out, "</div><figcaption>%s ", caption);
  sr_csv_button(p, &csv, sr_file_of(p, t->task, what));
  sr_text_print(&p->out, "</figcaption></figure>\n");
}

// Rows hip, knee, ankle, toes; columns angle, moment per body mass, power per body mass.
static void joints(sr_page *p, const sr_pair *t)
{
  static const struct {
    const char *base, *name, *up, *down;
  } joint[] = {{"hip_flexion", "joint.hip", "way.flexion", "way.extension"},
               {"knee_angle", "joint.knee", "way.extension", "way.flexion"},
               {"ankle_angle", "joint.ankle", "way.dorsiflexion", "way.plantarflexion"},
               {"mtp_angle", "joint.toes", "way.extension", "way.flexion"}};
  static const struct {
    const char *rest, *name, *unit;
  } kind[] = {{"", "kind.angle", "°"}, {"_moment", "kind.moment", "N m/kg"}, {"_power", "kind.power", "W/kg"}};
  sr_table table = {0};
  open_figure(p, t, sr_say(p, "fig.joints"), "grid three", true);
  for (int j = 0; j < 4; j++)
    for (int k = 0; k < 3; k++) {
      const sr_panel panel = {.title = sr_say_with(p, kind[k].name, sr_say(p, joint[j].name), ""),
                              .unit = kind[k].unit,
                              .base = joint[j].base,
                              .rest = kind[k].rest,
                              .scale = k == 0 ? 1.0 : 1.0 / p->r->mass_kg,
                              .up = sr_say(p, k < 2 ? joint[j].up : "way.generation"),
                              .down = sr_say(p, k < 2 ? joint[j].down : "way.absorption"),
                              .width = 320,
                              .height = 190,
                              .least = {0.0, 0.0},
                              .tag = ""};
      draw_panel(p, t, &panel, &table);
    }
  close_figure(p, t, &table, sr_say(p, sr_is_cyclic(t->task) ? "fig.joints.caption" : "fig.joints.caption_once"),
               "joints");
}

static void ground(sr_page *p, const sr_pair *t)
{
  const double scale = 100.0 / (p->r->mass_kg * SR_GRAVITY);
  const sr_panel vertical = {.title = sr_say(p, "grf.vertical"),
                             .unit = "% BW",
                             .base = "grf",
                             .rest = "_vy",
                             .scale = scale,
                             .up = sr_say(p, "way.up"),
                             .down = "",
                             .width = 480,
                             .height = 220,
                             .tag = ""};
  const sr_panel fore = {.title = sr_say(p, "grf.fore"),
                         .unit = "% BW",
                         .base = "grf",
                         .rest = "_vx",
                         .scale = scale,
                         .up = sr_say(p, "way.forward"),
                         .down = sr_say(p, "way.backward"),
                         .width = 480,
                         .height = 220,
                         .tag = ""};
  sr_table table = {0};
  open_figure(p, t, sr_say(p, "fig.ground"), "grid two", true);
  draw_panel(p, t, &vertical, &table);
  draw_panel(p, t, &fore, &table);
  close_figure(p, t, &table, sr_say(p, "fig.ground.caption"), "ground_force");
}

// What is left of a muscle's nerve as a remark, with the leg where only one has lost some; "" where nothing is lost.
static const char *nerve_tag(sr_page *p, const char *muscle)
{
  const sr_epoch *e = p->after != NULL ? p->after : p->before;
  double left[2] = {1.0, 1.0};
  for (int side = 0; side < 2; side++)
    for (int m = 0; m < e->leg[side].nmuscle; m++)
      if (strcmp(e->leg[side].muscle[m].muscle, muscle) == 0) left[side] = e->leg[side].muscle[m].innervated;
  const double least = fmin(left[0], left[1]);
  if (least >= 1.0) return "";
  const char *words =
      least <= 0.0 ? sr_say(p, "tag.none") : sr_say_with(p, "tag.part", sr_number(p, 100.0 * least, 0), "");
  if (left[0] < 1.0 && left[1] < 1.0) return words;
  return sr_arena_printf(p->keep, "%s%s%s", words, sr_say(p, "comma"),
                         sr_say(p, left[0] < 1.0 ? "side.left" : "side.right"));
}

// Small multiples of one quantity, a panel per muscle of the leg.
static void muscles(sr_page *p, const sr_pair *t, const char *rest, const char *unit, sr_span least, const char *id,
                    const char *what)
{
  sr_table table = {0};
  open_figure(p, t, sr_say(p, id), "grid four", false);
  for (int m = 0; m < SR_NMUSCLE; m++) {
    const sr_panel panel = {.title = sr_muscle_name(p, sr_leg_muscle[m]),
                            .unit = unit,
                            .base = sr_leg_muscle[m],
                            .rest = rest,
                            .scale = 1.0,
                            .up = "",
                            .down = "",
                            .width = 236,
                            .height = 140,
                            .least = least,
                            .tag = nerve_tag(p, sr_leg_muscle[m])};
    draw_panel(p, t, &panel, &table);
  }
  close_figure(p, t, &table, sr_say(p, sr_arena_printf(p->keep, "%s.caption", id)), what);
}

static bool has_column(sr_page *p, const sr_pair *t, const char *label)
{
  double y[SR_NPHASE];
  return sr_movement_column(p, t->before, label, y) || sr_movement_column(p, t->after, label, y);
}

void sr_page_curves(sr_page *p, const sr_pair *t)
{
  if (!sr_has_curves(t->before) && !sr_has_curves(t->after)) return;
  if (has_column(p, t, "ankle_angle_r")) joints(p, t);
  if (has_column(p, t, "ankle_angle_r") && sr_is_measured(p->keep, t->task))
    sr_text_print(&p->out, "<p class=note>%s%s%s</p>", sr_say(p, "sure.health"), sr_say(p, "colon"),
                  sr_say(p, "sure.misfit"));
  if (has_column(p, t, "grf_r_vy")) ground(p, t);
  if (has_column(p, t, "soleus_r/activation"))
    muscles(p, t, "/activation", "", (sr_span){0.0, 1.0}, "fig.activation", "activation");
  if (has_column(p, t, "soleus_r/tendon_force"))
    muscles(p, t, "/tendon_force", "N", (sr_span){0.0, 0.0}, "fig.force", "tendon_force");
  if (has_column(p, t, "soleus_r/fibre_length"))
    muscles(p, t, "/fibre_length", sr_say(p, "unit.optimal"), (sr_span){0.5, 1.5}, "fig.fibre", "fibre_length");
}
