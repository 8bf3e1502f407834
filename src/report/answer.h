// Which numbers of a task are its answer in plain words.
#ifndef SR_REPORT_ANSWER_H
#define SR_REPORT_ANSWER_H
#include "report/metrics.h"

// The lines of a task that a lay reader is shown, most telling first. Returns their number.
int sr_answer_rows(sr_page *p, const sr_pair *t, sr_metric_row **rows);
// Of two lines that tell the same of either leg the one that is worse off; the first where that is not known.
const sr_metric_row *sr_worse_of(const sr_metric_row *a, const sr_metric_row *b);
#endif
