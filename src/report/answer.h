// Which numbers of a task are its answer in plain words.
#ifndef SR_REPORT_ANSWER_H
#define SR_REPORT_ANSWER_H
#include "report/metrics.h"

// Below this a change is hardly one: two solves of the same movement on other meshes differ by less.
// Assumption, range 2 to 3 %; of numbers that are percents themselves: points.
#define SR_HARDLY_PERCENT 3.0

// The lines of a task that a lay reader is shown, most telling first. Returns their number.
int sr_answer_rows(sr_page *p, const sr_pair *t, sr_metric_row **rows);
// Of two lines that tell the same of either leg the one that is worse off; the first where that is not known.
const sr_metric_row *sr_worse_of(const sr_metric_row *a, const sr_metric_row *b);
// "0.81 m/s at most": of a movement that is impossible, by its greatest_... metrics; "" where it has none.
const char *sr_most_reached(sr_page *p, const sr_task_result *t);
#endif
