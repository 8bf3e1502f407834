// Names of metrics in words: `soleus_activation_peak_left` is the stem "activation_peak" of a muscle on a side.
#ifndef SR_REPORT_METRICS_H
#define SR_REPORT_METRICS_H
#include "report/page.h"

typedef struct sr_metric_name {
  const char *stem;    // without muscle, side and unit
  const char *muscle;  // NULL if it is of no muscle
  int side;            // 0 left, 1 right, -1 neither
  const char *unit;    // as printed; "" for a pure number
  double scale;        // from the number of the result to the printed one: shares are printed in percent
} sr_metric_name;

// One line of a table: the same number before, after and later, with what it is then without the change.
typedef struct sr_metric_row {
  const char *full;  // as the result names it
  sr_metric_name name;
  const sr_metric *before, *after, *later, *without;  // NULL where it was not found
  bool is_both;  // left and right agree to half a percent at every epoch: this line speaks for both
} sr_metric_row;

sr_metric_name sr_metric_parse(sr_page *p, const char *name);
// What a pattern is matched against: the stem, after "muscle:" where it is of one.
const char *sr_metric_key(sr_page *p, const sr_metric_name *n);
// The metric of an answered task in printed units, NULL if it is absent.
const sr_metric *sr_metric_printed(sr_page *p, const sr_task_result *t, const char *name);
const char *sr_metric_label(sr_page *p, const sr_metric_row *row);  // safe HTML
// The same inside a sentence: it starts small in English.
const char *sr_small_start(sr_page *p, const char *label);
// `pattern` with * for any text, such as "ankle_power_peak_*".
bool sr_matches(const char *pattern, const char *text);
// Lines of a task's metrics in the order of the result; unanswered tasks give none. Returns their number.
int sr_metric_rows(sr_page *p, const sr_pair *t, sr_metric_row **rows);
// The cells before, after, change, change in percent, later, grade of one line.
void sr_metric_cells(sr_page *p, const sr_metric_row *row);
// Two numbers agree to half a percent, or both are absent.
bool sr_is_close(const sr_metric *a, const sr_metric *b);
int sr_unit_decimals(const char *unit, int decimals);  // no more than the unit deserves
// Decimals of both numbers of a line: three significant digits, but no more than its unit deserves.
int sr_metric_decimals(const sr_metric_row *row);
bool sr_has_range(sr_page *p, const sr_metric *m, int decimals);  // a band that can be seen in print
const char *sr_metric_with_band(sr_page *p, const sr_metric *m, int decimals);
// The number after the change is one that other bodies have before it (5th to 95th percentile).
bool sr_is_within_bodies(const sr_metric *before, const sr_metric *after);
bool sr_has_spread(const sr_page *p);                  // some number carries its range over plausible bodies
void sr_metric_head(sr_page *p, const char *caption);  // opens the table
int sr_metric_columns(const sr_page *p);               // of that table
const char *sr_grade_cell(sr_page *p, const char *grade);
#endif
