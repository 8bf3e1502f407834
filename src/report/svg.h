// Inline SVG: a picture with a title and a description, axes with round ticks, lines, bands.
#ifndef SR_REPORT_SVG_H
#define SR_REPORT_SVG_H
#include "report/page.h"

// A plot area inside a picture: data (x0..x1, y0..y1) onto pixels.
typedef struct sr_plot {
  double width, height;             // of the picture                [px]
  double left, right, top, bottom;  // margins round the plot area   [px]
  double x0, x1, y0, y1, ystep;     // data ranges, distance of the y ticks
} sr_plot;

// Smallest and largest of what is drawn; {INFINITY, -INFINITY} is empty.
typedef struct sr_span {
  double lo, hi;
} sr_span;
sr_span sr_span_add(sr_span s, const double *y, int n);  // values that are not finite are passed over

void sr_svg_open(sr_page *p, double width, double height, const char *title, const char *description);
void sr_svg_close(sr_page *p);
// A panel with the x axis 0..100 and a y axis with at most five round ticks that hold the span.
sr_plot sr_plot_new(double width, double height, sr_span y);
void sr_svg_grid(sr_page *p, const sr_plot *plot);  // the y axis alone
void sr_svg_axes(sr_page *p, const sr_plot *plot);  // and x from 0 to 100 %
double sr_nice_step(double range, int n);           // 1, 2 or 5 times a power of ten: at most n of it in the range
void sr_svg_heading(sr_page *p, const char *title, const char *unit);
void sr_svg_text(sr_page *p, double x, double y, const char *style, const char *text);  // text is safe HTML
// n samples at x, or equally spaced over x0..x1 where x is NULL; gaps where a sample is not finite.
void sr_svg_line(sr_page *p, const sr_plot *plot, const double *x, const double *y, int n, const char *style);
void sr_svg_band(sr_page *p, const sr_plot *plot, const double *x, const double *lo, const double *hi, int n,
                 const char *style);
void sr_svg_mark(sr_page *p, const sr_plot *plot, double x, const char *style);  // vertical line
double sr_plot_x(const sr_plot *plot, double x);
double sr_plot_y(const sr_plot *plot, double y);
#endif
