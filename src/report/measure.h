// The one number that stands for a movement at a glance, later against the same life without the change.
#ifndef SR_REPORT_MEASURE_H
#define SR_REPORT_MEASURE_H
#include "report/answer.h"

typedef enum sr_verdict {
  SR_GONE,       // possible without the change, proven impossible with it
  SR_NEVER,      // impossible in both
  SR_OPEN,       // no answer, or nothing to compare with
  SR_WEAKER,     // less of it is reached
  SR_HARDER,     // it takes more
  SR_AS_BEFORE,  // within SR_HARDLY_PERCENT
  SR_STRONGER,
  SR_EASIER,
  SR_POSSIBLE  // solved; a result of one epoch has nothing to compare with
} sr_verdict;

typedef struct sr_measure {
  const sr_pair *pair;
  sr_metric_row row;               // of the worse leg; row.full is NULL where the task has no such number
  const char *label;               // id of its words
  bool is_load;                    // it is what the movement takes: more of it is worse
  bool is_right_after;             // the later epoch did not try it
  const sr_task_result *task;      // of the epoch it is told of
  const sr_metric *now, *without;  // later and the control of that week; right after and before; NULL where absent
  double change;                   // percent of `without`, or points; NAN
  sr_verdict verdict;
} sr_measure;

int sr_changed_leg(
    sr_page *p);  // 0 left, 1 right: whose girth changes more by the later week, else whose nerves are less
sr_measure sr_measure_of(sr_page *p, const sr_pair *t);
bool sr_is_worse(sr_verdict v);
int sr_measure_decimals(const sr_measure *m);
const char *sr_verdict_words(const sr_page *p, sr_verdict v);
const char *sr_measure_instead(sr_page *p, const sr_measure *m);  // "5.2 instead of 7.9 cm"
const char *sr_measure_of_ten(sr_page *p, const sr_measure *m);   // what is kept and lost of ten parts, "" else
int sr_count_verdicts(const sr_measure *m, int n, sr_verdict v);
int sr_count_worse(const sr_measure *m, int n);
const sr_metric *sr_changed_number(sr_page *p, const sr_epoch *e, const char *name);  // of the leg that changes more

// What gets better, what gets worse, what is uncertain, what cannot be undone: part of the first screen.
void sr_page_boxes(sr_page *p, const sr_measure *m, int n);
#endif
