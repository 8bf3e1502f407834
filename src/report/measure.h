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
#endif
