// Numbers of epochs: of the body, of a leg, of its muscles, of a task; when an epoch is, in words; the control life.
#ifndef SR_REPORT_WEEKS_H
#define SR_REPORT_WEEKS_H
#include "report/metrics.h"

typedef enum sr_source { SR_OF_BODY, SR_OF_LEG, SR_OF_TOTAL, SR_OF_CONTRACTILE, SR_OF_FORCE, SR_OF_TASK } sr_source;
typedef struct sr_what {
  sr_source source;
  const char *name;  // of the metric; of the muscle where it is a volume or a force
  int side;          // 0 left, 1 right; of a task the name tells it
  const char *task;  // SR_OF_TASK
} sr_what;

// In printed units; NULL where the epoch has no such number.
const sr_metric *sr_epoch_number(sr_page *p, const sr_epoch *e, const sr_what *w);
// Left and right agree to half a percent at every epoch, so that one line speaks for both.
bool sr_legs_agree(sr_page *p, const sr_what *w);
// "Soleus: volume of the whole muscle", its unit; the leg is not in it.
const char *sr_what_label(sr_page *p, const sr_what *w);
const char *sr_what_unit(sr_page *p, const sr_what *w);
int sr_what_decimals(sr_page *p, const sr_what *w);  // for every epoch alike

bool sr_is_described(const sr_epoch *e);  // the slow model told what the body is like
// The same week of the life without interventions; NULL where there is none, or nothing was done.
const sr_epoch *sr_control_of(const sr_page *p, const sr_epoch *e);
const char *sr_control_text(sr_page *p, const sr_metric *control, int decimals);  // "" where there is none
const char *sr_time_words(sr_page *p, double week);                               // "2 years"
const char *sr_epoch_when(sr_page *p, const sr_epoch *e);                         // "Before", "After", "2 years"
#endif
