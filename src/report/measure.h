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
// The same of another number of that movement, "soleus:activation_peak"; row.full is NULL where it has none.
sr_measure sr_measure_by(sr_page *p, const sr_pair *t, const char *pattern);
bool sr_is_count(const sr_measure *m);  // heel raises in a row: the model makes too many, so the ratio is told
const char *sr_measure_count(sr_page *p, const sr_measure *m);  // that they are too many, with the numbers; "" else
bool sr_is_worse(sr_verdict v);
int sr_measure_decimals(const sr_measure *m);
const char *sr_verdict_words(const sr_page *p, sr_verdict v);
const char *sr_measure_instead(sr_page *p, const sr_measure *m);  // "5.2 instead of 7.9 cm"
const char *sr_measure_of_ten(sr_page *p, const sr_measure *m);   // how many tenths are left, "" else
int sr_count_verdicts(const sr_measure *m, int n, sr_verdict v);
int sr_count_worse(const sr_measure *m, int n);
// Change of the greatest girth in cm, as the difference of the printed girths; NULL where the epoch has none.
const sr_metric *sr_girth_change(sr_page *p, const sr_epoch *e, int side);
const sr_metric *sr_changed_number(sr_page *p, const sr_epoch *e, const char *name);  // of the leg that changes more

// Movements that this slip makes impossible, "" where there are none; the slip that some anatomy invites and that
// makes a movement impossible, NULL where there is none.
const char *sr_lost_by(sr_page *p, const sr_slip_result *s);
const sr_slip_result *sr_invited_slip(sr_page *p);

// What gets better, what gets worse, what is uncertain, what cannot be undone: part of the first screen.
void sr_page_boxes(sr_page *p, const sr_measure *m, int n);
#endif
