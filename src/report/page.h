// What every part of the report shares: the result, the language, the two epochs that are compared, the growing text.
#ifndef SR_REPORT_PAGE_H
#define SR_REPORT_PAGE_H
#include "base/files.h"
#include "result/result.h"

typedef enum sr_lang { SR_EN, SR_ZH } sr_lang;

// One task as found before and after; NULL where the epoch has no such task.
typedef struct sr_pair {
  const char *task;
  const sr_task_result *before, *after;
} sr_pair;

typedef struct sr_page {
  const sr_result *r;
  sr_lang lang;
  const sr_epoch *before, *after;  // after is NULL when the result has one epoch
  const sr_epoch *later;           // two years on, or the last week there is; NULL where that is none
  int npair;
  sr_pair *pair;  // tasks in the order of the result
  sr_arena *keep;
  sr_text out;
  int nfigure;  // SVG pictures so far, for unique ids
  int nplayer;  // movements that play
} sr_page;

// The whole page in one language.
sr_text sr_page_render(const sr_result *r, sr_lang lang, sr_arena *keep);

// Its beginning, with the style sheet left open for more; then, or of another page, the rest up to its first element.
void sr_page_open(sr_page *p, const char *title);
void sr_page_open_body(sr_page *p);

// Sections, each printed into p->out in this order.
void sr_page_bar(sr_page *p, const char *main);  // where to go, of what `main` holds, and the language
void sr_page_head(sr_page *p);
void sr_page_first(sr_page *p);  // the answer at a glance
void sr_page_answer(sr_page *p);
void sr_page_nerves(sr_page *p);
void sr_page_muscles(sr_page *p);
void sr_page_tasks(sr_page *p);
void sr_page_timeline(sr_page *p);
void sr_page_course(sr_page *p);
void sr_page_unknowns(sr_page *p);
void sr_page_look(sr_page *p);         // half of the first screen
void sr_page_girth_chart(sr_page *p);  // a figure of the look
void sr_page_abilities(sr_page *p);    // every movement in a line, within the answer
void sr_page_slips(sr_page *p);
void sr_page_profile(sr_page *p);        // a figure of the timeline
void sr_page_weeks_not_run(sr_page *p);  // a line within the answer
void sr_page_known(sr_page *p);
void sr_page_claims(sr_page *p);  // what the article says, statement by statement
void sr_page_ask(sr_page *p);
void sr_page_sure(sr_page *p);
void sr_page_solves(sr_page *p);
void sr_page_footer(sr_page *p);
void sr_page_script(sr_page *p);  // of the whole page, once at its end

// Figures of one task (nothing where the task has no curves).
void sr_page_sticks(sr_page *p, const sr_pair *t);
void sr_page_curves(sr_page *p, const sr_pair *t);
void sr_page_effort(sr_page *p, const sr_pair *t);
void sr_page_metric_table(sr_page *p, const sr_pair *t);

extern const char *const sr_report_style[];  // the style sheet in parts, closed by NULL

bool sr_is_cut(const sr_result *r);  // some nerve is cut, so that what was done is called "the cut"
// A text of the catalogue with {it}, what was done, in words: "the cut", or "the change" where no nerve is cut.
const char *sr_words_of(const sr_page *p, sr_lang lang, const char *text);
// Strings of the catalogue. An unknown id is our bug. {it} is what was done; the others replace {1}, {2}, {3} by a, b,
// c.
const char *sr_say(const sr_page *p, const char *id);
const char *sr_say_with(sr_page *p, const char *id, const char *a, const char *b);
const char *sr_say_with3(sr_page *p, const char *id, const char *a, const char *b, const char *c);
const char *sr_string_find(sr_lang lang, const char *id);            // NULL if there is none
const char *sr_string_translate(sr_lang lang, const char *english);  // the text whose English this is, NULL if none
int sr_string_count(void);
const char *sr_string_id(int i);  // NULL beyond the last

// Text made safe for HTML; a number with a true minus sign.
const char *sr_html(sr_page *p, const char *text);
const char *sr_capital(sr_page *p, const char *text);  // safe HTML that begins with a capital
const char *sr_told(sr_page *p, const char *text);     // a sentence of the result, translated where it is known
// A button that saves the text as a file, and one that saves the table it stands behind.
void sr_csv_button(sr_page *p, const sr_text *csv, const char *file);
void sr_csv_of_table(sr_page *p, const char *file);
const char *sr_file_of(sr_page *p, const char *task, const char *what);  // "walk_speed_m_s_1.33_joints.csv"
const char *sr_number(sr_page *p, double x, int decimals);
const char *sr_signed(sr_page *p, double x, int decimals);
int sr_decimals(double a, double b);  // three significant digits of the larger of two numbers, none above 100
const char *sr_status_name(const sr_page *p, const sr_task_result *t);
bool sr_is_answered(const sr_epoch *e);  // at least one task has an answer
// The epoch that nerves and muscles are shown of (`after`, else the first) contains this intervention.
bool sr_is_shown(const sr_page *p, const sr_intervention_result *v);
const char *sr_task_name(sr_page *p, const char *task);      // "Walking at 1.33 m/s"
const char *sr_muscle_name(sr_page *p, const char *muscle);  // "Gastrocnemius, medial head"
bool sr_is_answer(const sr_task_result *t);           // solved, or proven impossible with the best that was reached
bool sr_is_task(const char *task, const char *kind);  // "walk:speed_m_s=1.33" is a "walk"

// The muscles of a leg in the order of every figure and table: those of the calf first.
#define SR_NMUSCLE 17
extern const char *const sr_leg_muscle[SR_NMUSCLE];
#endif
