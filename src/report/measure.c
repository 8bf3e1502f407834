#include "report/measure.h"

#include <math.h>
#include <string.h>

#include "report/weeks.h"

// By kind of movement: the number (by sr_metric_key), the id of its words, whether it is a load.
static const struct {
  const char *kind, *option, *pattern, *label;
  bool is_load;
} measure_of[] = {
    {"stand", "", "quiet_required_over_available", "measure.stand", true},
    {"heel_raise", "repeat=yes", "heel_raises", "measure.repeat", false},
    {"heel_raise", "", "heel_rise", "measure.heel_raise", false},
    {"walk", "speed=fastest", "speed", "measure.speed", false},
    {"run", "speed=fastest", "speed", "measure.speed", false},
    {"walk", "", "ankle_push_off_work", "measure.push_off", false},
    {"walk", "", "ankle_work_positive", "measure.walk", false},
    {"run", "", "ankle_push_off_work", "measure.push_off", false},
    {"run", "", "ankle_work_positive", "measure.run", false},
    {"hop", "height=greatest", "flight_height", "measure.flight", false},
    {"hop", "", "ankle_work_positive", "measure.hop", false},
    {"jump", "", "jump_height", "measure.jump", false},
    {"kick", "", "foot_speed", "measure.kick", false},
};

// The line of the number that a pattern names, of the worse leg. False where the task has none.
static bool find_row(sr_page *p, sr_measure *m, const char *pattern)
{
  sr_metric_row *all;
  const int n = sr_metric_rows(p, m->pair, &all);
  const sr_metric_row *worst = NULL;
  for (int i = 0; i < n; i++)
    if (sr_matches(pattern, sr_metric_key(p, &all[i].name)))
      worst = worst == NULL ? &all[i] : sr_worse_of(worst, &all[i]);
  if (worst != NULL) m->row = *worst;
  return worst != NULL;
}

// The first number of the list that the task has.
static void find_measure(sr_page *p, sr_measure *m)
{
  for (size_t k = 0; k < sizeof measure_of / sizeof *measure_of; k++) {
    const bool is_it = sr_is_task(m->pair->task, measure_of[k].kind) && strstr(m->pair->task, measure_of[k].option);
    if (!is_it || !find_row(p, m, measure_of[k].pattern)) continue;
    m->label = measure_of[k].label;
    m->is_load = measure_of[k].is_load;
    return;
  }
}

// In percent of what it is compared with; in points where the number is a percent or an angle itself.
static double change_of(const sr_measure *m)
{
  if (m->now == NULL || m->without == NULL) return (double)NAN;
  const bool is_in_points = strcmp(m->row.name.unit, "%") == 0 || strcmp(m->row.name.unit, "°") == 0;
  if (is_in_points) return m->now->value - m->without->value;
  return fabs(m->without->value) > 1e-9 ? 100.0 * (m->now->value / m->without->value - 1.0) : (double)NAN;
}

static bool is_solved(const sr_task_result *t)
{
  return t != NULL && t->status == SR_TASK_SOLVED;
}

static sr_verdict judge(const sr_page *p, const sr_measure *m, const sr_task_result *without)
{
  if (m->task == NULL || !sr_is_answer(m->task)) return SR_OPEN;
  const bool has_two = p->after != NULL || p->later != NULL;
  if (m->task->status == SR_TASK_IMPOSSIBLE)
    return !has_two || (without != NULL && without->status == SR_TASK_IMPOSSIBLE) ? SR_NEVER
           : is_solved(without)                                                   ? SR_GONE
                                                                                  : SR_OPEN;
  if (!has_two) return SR_POSSIBLE;
  if (!is_solved(without) || !isfinite(m->change)) return SR_OPEN;
  if (fabs(m->change) < SR_HARDLY_PERCENT) return SR_AS_BEFORE;
  if (m->is_load) return m->change > 0.0 ? SR_HARDER : SR_EASIER;
  return m->change < 0.0 ? SR_WEAKER : SR_STRONGER;
}

static double nerves_of(const sr_epoch *e, int side)
{
  double sum = 0.0;
  for (int m = 0; m < e->leg[side].nmuscle; m++) sum += e->leg[side].muscle[m].innervated;
  return sum;
}

int sr_changed_leg(sr_page *p)
{
  double by[2] = {0.0, 0.0};
  for (int side = 0; side < 2; side++) {
    const sr_what w = {.source = SR_OF_LEG, .name = "girth_change_cm", .side = side};
    const sr_metric *m = sr_epoch_number(p, p->later, &w);
    if (m != NULL) by[side] = fabs(m->value);
  }
  if (by[0] > 1.005 * by[1]) return 0;
  if (by[1] > 1.005 * by[0]) return 1;
  const sr_epoch *e = p->after != NULL ? p->after : p->before;
  return nerves_of(e, 0) < nerves_of(e, 1) - 1e-9 ? 0 : 1;
}

// Which epoch is told, what it is compared with, and the verdict of the number that was found.
static sr_measure compared(sr_page *p, sr_measure m)
{
  const sr_pair *t = m.pair;
  const sr_task_result *later = p->later != NULL ? sr_result_find_task(p->later, t->task) : NULL;
  const sr_task_result *control = p->later != NULL && sr_control_of(p, p->later) != NULL
                                      ? sr_result_find_task(sr_control_of(p, p->later), t->task)
                                      : NULL;
  const bool is_later = later != NULL && later->status != SR_TASK_NOT_RUN;
  const sr_task_result *without = is_later && control != NULL ? control : t->before;
  m.is_right_after = !is_later && p->later != NULL;
  m.task = is_later ? later : p->after != NULL ? t->after : t->before;
  m.now = !sr_is_answer(m.task) ? NULL : is_later ? m.row.later : p->after != NULL ? m.row.after : m.row.before;
  m.without = is_later && m.row.without != NULL ? m.row.without : m.row.before;
  if (p->after == NULL && !is_later) m.without = NULL;
  m.change = change_of(&m);
  m.verdict = judge(p, &m, without);
  return m;
}

sr_measure sr_measure_of(sr_page *p, const sr_pair *t)
{
  sr_measure m = {.pair = t, .label = "", .row = {.name = {.unit = ""}}};
  find_measure(p, &m);
  return compared(p, m);
}

sr_measure sr_measure_by(sr_page *p, const sr_pair *t, const char *pattern)
{
  sr_measure m = {.pair = t, .label = "", .row = {.name = {.unit = ""}}};
  find_row(p, &m, pattern);
  return compared(p, m);
}

bool sr_is_count(const sr_measure *m)
{
  return m->row.full != NULL && strcmp(m->row.name.stem, "heel_raises") == 0;
}

bool sr_is_worse(sr_verdict v)
{
  return v == SR_GONE || v == SR_WEAKER || v == SR_HARDER;
}

int sr_measure_decimals(const sr_measure *m)
{
  return m->row.full != NULL ? sr_metric_decimals(&m->row) : 0;
}

const char *sr_verdict_words(const sr_page *p, sr_verdict v)
{
  static const char *const id[] = {"first.gone",      "first.never",    "first.open",   "first.weaker",  "first.harder",
                                   "first.as_before", "first.stronger", "first.easier", "first.possible"};
  return sr_say(p, id[v]);
}

// "5.2 instead of 7.9 cm"
const char *sr_measure_instead(sr_page *p, const sr_measure *m)
{
  const int decimals = sr_measure_decimals(m);
  const char *unit = m->row.name.unit;
  const char *behind = unit[0] != '\0' ? sr_arena_printf(p->keep, " %s", unit) : "";
  if (m->now == NULL) return "";
  if (m->task->status == SR_TASK_IMPOSSIBLE) {
    const char *most = sr_most_reached(p, m->task);
    const bool is_ability = !m->is_load && strcmp(unit, "J/kg") != 0;
    return most[0] != '\0' || !is_ability ? most
                                          : sr_say_with(p, "able.most", sr_number(p, m->now->value, decimals), unit);
  }
  if (m->without == NULL) return sr_arena_printf(p->keep, "%s%s", sr_number(p, m->now->value, decimals), behind);
  if (sr_is_count(m) && m->without->value > 0.0)
    return sr_say_with(p, "first.share", sr_number(p, 100.0 * m->now->value / m->without->value, 0), "");
  return sr_say_with3(p, "first.instead", sr_number(p, m->now->value, decimals),
                      sr_number(p, m->without->value, decimals), behind);
}

// How many tenths are left; a loss that was seen is never told as none.
const char *sr_measure_of_ten(sr_page *p, const sr_measure *m)
{
  static const char *const zh[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  if (m->verdict != SR_WEAKER || !(m->without->value > 0.0)) return "";
  const double kept = fmin(9.0, fmax(m->now->value > 0.0 ? 1.0 : 0.0, round(10.0 * m->now->value / m->without->value)));
  if (kept < 2.0) return sr_say(p, kept < 1.0 ? "first.none_left" : "first.tenth");
  return sr_say_with(p, "first.ten", p->lang == SR_ZH ? zh[(int)kept] : sr_number(p, kept, 0), "");
}

const char *sr_measure_count(sr_page *p, const sr_measure *m)
{
  if (!sr_is_count(m) || m->now == NULL || m->without == NULL) return "";
  return sr_say_with(p, "first.count", sr_number(p, m->now->value, 0), sr_number(p, m->without->value, 0));
}

int sr_count_verdicts(const sr_measure *m, int n, sr_verdict v)
{
  int sum = 0;
  for (int i = 0; i < n; i++) sum += m[i].verdict == v;
  return sum;
}

int sr_count_worse(const sr_measure *m, int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++) sum += sr_is_worse(m[i].verdict);
  return sum;
}

// What is printed is subtracted, so that "33.7, before 31.2" and the change between them agree to the last digit.
const sr_metric *sr_girth_change(sr_page *p, const sr_epoch *e, int side)
{
  const sr_what change = {.source = SR_OF_LEG, .name = "girth_change_cm", .side = side},
                girth = {.source = SR_OF_LEG, .name = "girth_max_cm", .side = side};
  const sr_metric *m = sr_epoch_number(p, e, &change), *now = sr_epoch_number(p, e, &girth),
                  *was = sr_epoch_number(p, p->before, &girth);
  if (m == NULL || now == NULL || was == NULL) return m;
  sr_metric *out = sr_alloc(p->keep, sr_metric, 1);
  *out = *m;
  out->value = 0.1 * (round(10.0 * now->value) - round(10.0 * was->value));
  return out;
}

// Of the leg that changes more.
const sr_metric *sr_changed_number(sr_page *p, const sr_epoch *e, const char *name)
{
  if (strcmp(name, "girth_change_cm") == 0) return sr_girth_change(p, e, sr_changed_leg(p));
  const sr_what w = {.source = SR_OF_LEG, .name = name, .side = sr_changed_leg(p)};
  return sr_epoch_number(p, e, &w);
}
