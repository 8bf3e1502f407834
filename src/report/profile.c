// Girth along the shank: before, at some weeks, and in the last of them without the change; and the same as outlines.
#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "report/svg.h"
#include "report/weeks.h"

enum { SHOWN = 4 };

// Before, early, half a year, last: the epochs that are drawn.
typedef struct sr_choice {
  int n;
  const sr_epoch *epoch[SHOWN];
} sr_choice;

static bool has_profile(const sr_epoch *e)
{
  return e->leg[0].nprofile > 1 && e->leg[1].nprofile > 1;
}

static sr_choice choose(const sr_page *p)
{
  static const double from[SHOWN - 1] = {2.0, 26.0, 104.0};
  sr_choice c = {.n = 1, .epoch = {p->before}};
  for (int k = 0; k < SHOWN - 1; k++)
    for (int i = 0; i < p->r->nepoch; i++) {
      const sr_epoch *e = &p->r->epoch[i];
      if (!has_profile(e) || e->week < from[k] || !(e->week > c.epoch[c.n - 1]->week)) continue;
      if (k < SHOWN - 2 && e->week >= from[k + 1]) break;
      c.epoch[c.n++] = e;
      break;
    }
  return c;
}

static bool same_profile(const sr_epoch *e)
{
  const sr_leg_result *l = &e->leg[0], *r = &e->leg[1];
  for (int i = 0; l->nprofile == r->nprofile && i < l->nprofile; i++)
    if (fabs(l->profile_girth_cm[i] - r->profile_girth_cm[i]) > 0.005 * l->profile_girth_cm[i]) return false;
  return l->nprofile == r->nprofile;
}

static const char *style_of(const sr_choice *c, int k)
{
  static const char *const late[] = {"line a late3", "line a late2", "line a"};
  return k == 0 ? "line b" : late[SHOWN - 1 - c->n + k];
}

static void key(sr_page *p, const sr_choice *c, bool has_control)
{
  sr_text_print(&p->out, "<p class=key>");
  for (int k = 0; k < c->n + (has_control ? 1 : 0); k++)
    sr_text_print(&p->out,
                  "<span><svg class=sample viewBox=\"0 0 28 8\" aria-hidden=true><path class=\"%s\" d=\"M0 "
                  "4H28\"/></svg> %s</span>",
                  k == c->n ? "line control" : style_of(c, k),
                  k == c->n ? sr_say_with(p, "profile.control", sr_time_words(p, c->epoch[c->n - 1]->week), "")
                  : k == 0  ? sr_say(p, "key.before")
                            : sr_time_words(p, c->epoch[k]->week));
  sr_text_print(&p->out, "</p>");
}

// x: girth, y: height above the ankle.
static sr_plot plot_of(const sr_choice *c, const sr_epoch *control)
{
  sr_span girth = {(double)INFINITY, -(double)INFINITY}, height = girth;
  for (int k = 0; k < c->n + (control != NULL ? 1 : 0); k++)
    for (int leg = 0; leg < 2; leg++) {
      const sr_leg_result *l = k == c->n ? &control->leg[leg] : &c->epoch[k]->leg[leg];
      girth = sr_span_add(girth, l->profile_girth_cm, l->nprofile);
      height = sr_span_add(height, l->profile_height_cm, l->nprofile);
    }
  sr_plot plot = sr_plot_new(420, 335, height);
  plot.y0 = height.lo;
  plot.y1 = height.hi;
  const double step = sr_nice_step(girth.hi - girth.lo, 5);
  plot.x0 = step * floor(girth.lo / step);
  plot.x1 = step * ceil(girth.hi / step);
  plot.bottom = 34;
  return plot;
}

static void axes(sr_page *p, const sr_plot *plot)
{
  const double step = sr_nice_step(plot->x1 - plot->x0, 5), foot = plot->height - plot->bottom;
  const int nx = (int)lround((plot->x1 - plot->x0) / step), ny = (int)floor(plot->y1 / plot->ystep);
  for (int i = 0; i <= nx; i++) {
    const double x = sr_plot_x(plot, plot->x0 + i * step);
    sr_text_print(&p->out, "<path class=tick d=\"M%.1f %.1fV%.1f\"/>", x, plot->top, foot);
    sr_svg_text(p, x, foot + 14.0, "x", sr_number(p, plot->x0 + i * step, step < 0.999 ? 1 : 0));
  }
  for (int i = 0; i <= ny; i++)
    sr_svg_text(p, plot->left - 6.0, sr_plot_y(plot, i * plot->ystep) + 3.5, "n", sr_number(p, i * plot->ystep, 0));
  sr_svg_text(p, 0.5 * (plot->left + plot->width - plot->right), foot + 29.0, "x", sr_say(p, "profile.girth"));
}

// A thin line across at the thickest place.
static void thickest(sr_page *p, const sr_plot *plot, const sr_epoch *e, int leg, const char *style)
{
  const sr_what girth = {.source = SR_OF_LEG, .name = "girth_max_cm", .side = leg},
                at = {.source = SR_OF_LEG, .name = "girth_max_height_cm", .side = leg};
  const sr_metric *x = sr_epoch_number(p, e, &girth), *y = sr_epoch_number(p, e, &at);
  if (x != NULL && y != NULL)
    sr_text_print(&p->out, "<circle class=\"%s\" cx=%.1f cy=%.1f r=3 />", style, sr_plot_x(plot, x->value),
                  sr_plot_y(plot, y->value));
}

static const char *describe(sr_page *p, const sr_choice *c, int leg)
{
  sr_text t = sr_text_new(p->keep);
  sr_text_append(&t, "", 0);
  for (int k = 0; k < c->n; k++) {
    const sr_what girth = {.source = SR_OF_LEG, .name = "girth_max_cm", .side = leg},
                  at = {.source = SR_OF_LEG, .name = "girth_max_height_cm", .side = leg};
    const sr_metric *x = sr_epoch_number(p, c->epoch[k], &girth), *y = sr_epoch_number(p, c->epoch[k], &at);
    if (x != NULL && y != NULL)
      sr_text_print(&t, "%s: %s. ", sr_epoch_when(p, c->epoch[k]),
                    sr_say_with(p, "profile.at", sr_number(p, x->value, 1), sr_number(p, y->value, 1)));
  }
  return t.at;
}

static const char *heading(sr_page *p, bool is_one, int leg)
{
  return is_one ? sr_say(p, "profile.axis")
                : sr_arena_printf(p->keep, "%s%s%s", sr_say(p, leg == 0 ? "nerve.left" : "nerve.right"),
                                  sr_say(p, "colon"), sr_say(p, "profile.axis"));
}

static void draw(sr_page *p, const sr_choice *c, const sr_epoch *control, int leg, bool is_one)
{
  const sr_plot plot = plot_of(c, control);
  sr_svg_open(p, plot.width, plot.height, heading(p, is_one, leg), describe(p, c, leg));
  sr_svg_heading(p, heading(p, is_one, leg), "cm");
  axes(p, &plot);
  for (int k = 0; k < c->n; k++) {
    const sr_leg_result *l = &c->epoch[k]->leg[leg];
    sr_svg_line(p, &plot, l->profile_girth_cm, l->profile_height_cm, l->nprofile, style_of(c, k));
    thickest(p, &plot, c->epoch[k], leg, k == 0 ? "at was" : "at");
  }
  if (control != NULL)
    sr_svg_line(p, &plot, control->leg[leg].profile_girth_cm, control->leg[leg].profile_height_cm,
                control->leg[leg].nprofile, "line control");
  sr_svg_close(p);
}

// --- outlines: a round leg of that girth, both sides of its middle line

static const double scale = 7.0;  // [px/cm]

// Down the one side and up the other; a filled outline joins them, a drawn one does not.
static void outline(sr_page *p, const sr_leg_result *l, double middle, double foot, bool is_filled)
{
  sr_text_print(&p->out, "<path class=\"%s\" d=\"", is_filled ? "was" : "line a now");
  for (int i = 0; i < 2 * l->nprofile; i++) {
    const bool is_left = i < l->nprofile, begins = i == 0 || (!is_filled && i == l->nprofile);
    const int k = is_left ? i : 2 * l->nprofile - 1 - i;
    const double half = scale * l->profile_girth_cm[k] / (2.0 * SR_PI) * (is_left ? -1.0 : 1.0);
    sr_text_print(&p->out, "%c%.1f %.1f", begins ? 'M' : 'L', middle + half, foot - scale * l->profile_height_cm[k]);
  }
  sr_text_print(&p->out, "\"/>");
}

static void outlines(sr_page *p, const sr_choice *c, int leg, bool is_one)
{
  const sr_leg_result *before = &c->epoch[0]->leg[leg];
  const double width = 420.0, step = width / (c->n - 1);
  const double height = scale * before->profile_height_cm[0] + 62.0, foot = height - 26.0;
  const char *title = is_one ? sr_say(p, "profile.outline")
                             : sr_arena_printf(p->keep, "%s%s%s", sr_say(p, leg == 0 ? "nerve.left" : "nerve.right"),
                                               sr_say(p, "colon"), sr_say(p, "profile.outline"));
  sr_svg_open(p, width, height, title, describe(p, c, leg));
  sr_svg_heading(p, title, "");
  for (int k = 1; k < c->n; k++) {
    const double middle = step * (k - 0.5);
    outline(p, before, middle, foot, true);
    outline(p, &c->epoch[k]->leg[leg], middle, foot, false);
    sr_svg_text(p, middle, height - 6.0, "x", sr_time_words(p, c->epoch[k]->week));
  }
  sr_svg_close(p);
}

// Girth at every height of every week that is drawn.
static sr_text rows(sr_page *p, const sr_choice *c, const sr_epoch *control)
{
  sr_text csv = sr_text_new(p->keep);
  sr_text_print(&csv, "leg,week,life,height_cm,girth_cm");
  for (int leg = 0; leg < 2; leg++)
    for (int k = 0; k < c->n + (control != NULL ? 1 : 0); k++) {
      const sr_epoch *e = k == c->n ? control : c->epoch[k];
      for (int i = 0; i < e->leg[leg].nprofile; i++)
        sr_text_print(&csv, "\n%s,%g,%s,%.2f,%.2f", leg == 0 ? "left" : "right", e->week,
                      k == c->n ? "without" : "with", e->leg[leg].profile_height_cm[i],
                      e->leg[leg].profile_girth_cm[i]);
    }
  return csv;
}

void sr_page_profile(sr_page *p)
{
  if (!has_profile(p->before)) return;
  const sr_choice c = choose(p);
  if (c.n < 2) return;
  bool is_one = true;
  for (int k = 0; k < c.n; k++) is_one &= same_profile(c.epoch[k]);
  const sr_epoch *control = sr_control_of(p, c.epoch[c.n - 1]);
  if (control != NULL && !has_profile(control)) control = NULL;
  sr_text_print(&p->out, "<figure><h3>%s</h3>", sr_say(p, "profile.title"));
  key(p, &c, control != NULL);
  sr_text_print(&p->out, "<div class=\"grid two\">");
  for (int leg = is_one ? 1 : 0; leg < 2; leg++) {
    draw(p, &c, control, leg, is_one);
    outlines(p, &c, leg, is_one);
  }
  const sr_text csv = rows(p, &c, control);
  sr_text_print(&p->out, "</div><figcaption>%s ", sr_say(p, "profile.caption"));
  sr_csv_button(p, &csv, "girth_profile.csv");
  sr_text_print(&p->out, "</figcaption></figure>\n");
}
