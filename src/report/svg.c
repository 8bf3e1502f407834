#include "report/svg.h"

#include <math.h>

sr_span sr_span_add(sr_span s, const double *y, int n)
{
  for (int i = 0; i < n; i++) {
    if (!isfinite(y[i])) continue;
    s.lo = fmin(s.lo, y[i]);
    s.hi = fmax(s.hi, y[i]);
  }
  return s;
}

void sr_svg_open(sr_page *p, double width, double height, const char *title, const char *description)
{
  const int id = ++p->nfigure;
  sr_text_print(&p->out,
                "<svg viewBox=\"0 0 %g %g\" role=img aria-labelledby=\"t%d d%d\"><title id=t%d>%s</title>"
                "<desc id=d%d>%s</desc>",
                width, height, id, id, id, title, id, description);
}

void sr_svg_close(sr_page *p)
{
  sr_text_print(&p->out, "</svg>\n");
}

double sr_nice_step(double range, int n)
{
  const double raw = range / n, base = pow(10.0, floor(log10(raw))), over = raw / base;
  return base * (over <= 1.0 ? 1.0 : over <= 2.0 ? 2.0 : over <= 5.0 ? 5.0 : 10.0);
}

sr_plot sr_plot_new(double width, double height, sr_span y)
{
  sr_plot plot = {.width = width, .height = height, .left = 38, .right = 8, .top = 30, .bottom = 20, .x1 = 100};
  const bool is_empty = !(y.hi >= y.lo);
  if (is_empty) y = (sr_span){0.0, 1.0};
  const double least = 1e-6 * fmax(1.0, fmax(fabs(y.lo), fabs(y.hi)));  // a constant still needs a range
  if (y.hi - y.lo < least) y = (sr_span){y.lo - 0.5 * least, y.hi + 0.5 * least};
  plot.ystep = sr_nice_step(y.hi - y.lo, 4);
  // a fiftieth of a step beyond the last tick needs no tick of its own
  plot.y0 = plot.ystep * floor(y.lo / plot.ystep + 0.02);
  plot.y1 = plot.ystep * ceil(y.hi / plot.ystep - 0.02);
  return plot;
}

double sr_plot_x(const sr_plot *plot, double x)
{
  return plot->left + (x - plot->x0) / (plot->x1 - plot->x0) * (plot->width - plot->left - plot->right);
}

double sr_plot_y(const sr_plot *plot, double y)
{
  return plot->top + (plot->y1 - y) / (plot->y1 - plot->y0) * (plot->height - plot->top - plot->bottom);
}

void sr_svg_text(sr_page *p, double x, double y, const char *style, const char *text)
{
  sr_text_print(&p->out, "<text x=%.1f y=%.1f class=\"%s\">%s</text>", x, y, style, text);
}

void sr_svg_heading(sr_page *p, const char *title, const char *unit)
{
  sr_text_print(&p->out, "<text x=0 y=12 class=h>%s<tspan class=u dx=6>%s</tspan></text>", title, unit);
}

void sr_svg_grid(sr_page *p, const sr_plot *plot)
{
  const int decimals = plot->ystep >= 0.999 ? 0 : (int)ceil(-log10(plot->ystep) - 1e-9);
  const double left = sr_plot_x(plot, plot->x0), right = sr_plot_x(plot, plot->x1);
  const int ntick = (int)lround((plot->y1 - plot->y0) / plot->ystep);
  // a tick per round number, the zero line a little stronger
  for (int i = 0; i <= ntick; i++) {
    const double v = plot->y0 + i * plot->ystep, y = sr_plot_y(plot, v);
    const bool is_zero = fabs(v) < 1e-9 * fmax(1.0, plot->ystep) || fabs(v) < 0.01 * plot->ystep;
    sr_text_print(&p->out, "<path class=%s d=\"M%.1f %.1fH%.1f\"/>", is_zero ? "zero" : "tick", left, y, right);
    sr_svg_text(p, left - 6.0, y + 3.5, "n", sr_number(p, v, decimals));
  }
}

void sr_svg_axes(sr_page *p, const sr_plot *plot)
{
  sr_svg_grid(p, plot);
  for (int i = 0; i <= 100; i += 50)
    sr_svg_text(p, sr_plot_x(plot, i), plot->height - plot->bottom + 14.0,
                i == 0    ? "x0"
                : i == 50 ? "x"
                          : "x1",
                i == 100 ? "100 %" : sr_number(p, i, 0));
}

static double sample_x(const sr_plot *plot, const double *x, int i, int n)
{
  return sr_plot_x(plot, x != NULL ? x[i] : plot->x0 + (plot->x1 - plot->x0) * i / (n - 1));
}

// Lines keep every point that is this far from a straight one; areas, which only tint, a third of them [px].
static const double near_line = 0.3, near_area = 0.9;

// What lies between two points is that near to the straight line that joins them.
static bool is_straight(const double *px, const double *py, int a, int b, double near)
{
  const double dx = px[b] - px[a], dy = py[b] - py[a], length = hypot(dx, dy);
  for (int i = a + 1; i < b; i++) {
    const double ex = px[i] - px[a], ey = py[i] - py[a];
    const double off = length > 0.0 ? fabs(ex * dy - ey * dx) / length : hypot(ex, ey);
    if (!(off < near)) return false;
  }
  return true;
}

// A line through those of the points that a straight line does not already pass, in tenths of a pixel, each from the
// one before; it goes on from where a pen is down.
static void trace(sr_page *p, const double *px, const double *py, int n, double near, bool is_down)
{
  double x = 0.0, y = 0.0;
  for (int i = 0, next; i < n; i = next) {
    const double to_x = round(10.0 * px[i]) / 10.0, to_y = round(10.0 * py[i]) / 10.0;
    if (i == 0)
      sr_text_print(&p->out, "%c%.5g %.5g", is_down ? 'L' : 'M', to_x, to_y);
    else
      sr_text_print(&p->out, "l%.5g %.5g", round(10.0 * (to_x - x)) / 10.0, round(10.0 * (to_y - y)) / 10.0);
    x = to_x, y = to_y;
    for (next = i + 1; next + 1 < n && is_straight(px, py, i, next + 1, near);) next++;
  }
}

void sr_svg_line(sr_page *p, const sr_plot *plot, const double *x, const double *y, int n, const char *style)
{
  double *px = sr_alloc(p->keep, double, n), *py = sr_alloc(p->keep, double, n);
  sr_text_print(&p->out, "<path class=\"%s\" d=\"", style);
  for (int i = 0, m = 0; i < n; i++) {
    if (isfinite(y[i])) px[m] = sample_x(plot, x, i, n), py[m++] = sr_plot_y(plot, y[i]);
    if (isfinite(y[i]) && i + 1 < n) continue;
    trace(p, px, py, m, near_line, false);
    m = 0;
  }
  sr_text_print(&p->out, "\"/>");
}

void sr_svg_band(sr_page *p, const sr_plot *plot, const double *x, const double *lo, const double *hi, int n,
                 const char *style)
{
  double *px = sr_alloc(p->keep, double, n), *py = sr_alloc(p->keep, double, n);
  bool is_down = false;
  sr_text_print(&p->out, "<path class=\"%s\" d=\"", style);
  for (int way = 0; way < 2; way++) {
    const double *y = way == 0 ? lo : hi;
    int m = 0;
    for (int i = 0; i < n; i++) {
      const int k = way == 0 ? i : n - 1 - i;
      if (isfinite(y[k])) px[m] = sample_x(plot, x, k, n), py[m++] = sr_plot_y(plot, y[k]);
    }
    trace(p, px, py, m, near_area, is_down);
    is_down |= m > 0;
  }
  sr_text_print(&p->out, "Z\"/>");
}

void sr_svg_mark(sr_page *p, const sr_plot *plot, double x, const char *style)
{
  const double px = sr_plot_x(plot, x);
  sr_text_print(&p->out, "<path class=\"%s\" d=\"M%.1f %.1fV%.1f\"/>", style, px, plot->top,
                plot->height - plot->bottom);
}
