// Which numbers of a task are its answer in plain words.
#ifndef SR_REPORT_ANSWER_H
#define SR_REPORT_ANSWER_H
#include "report/metrics.h"

// The lines of a task that a lay reader is shown, most telling first. Returns their number.
int sr_answer_rows(sr_page *p, const sr_pair *t, sr_metric_row **rows);
#endif
