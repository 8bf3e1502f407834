// Every movement in one line or a few: what it reaches and what it takes, before, right after and later, against the
// same life without the change; and in words which movements change and which hardly do.
#include <math.h>
#include <string.h>

#include "report/measure.h"
#include "report/weeks.h"

// The numbers that stand for a movement, by the names of sr_metric_key. What it takes is no ability: at a speed that is
// asked for a walk can only cost more or less.
#define NHEADLINE 4
static const struct {
  const char *kind;
  struct {
    const char *pattern;
    bool is_effort;
  } of[NHEADLINE];
} headline_of[] = {
    {"stand", {{"lean_forward_pressure_ahead_of_ankle", false}, {"quiet_required_over_available", true}}},
    {"heel_raise", {{"heel_raises", false}, {"heel_rise", false}}},
    {"walk",
     {{"ankle_push_off_work", true},
      {"ankle_work_positive", true},
      {"plantarflexor_margin", true},
      {"cost_of_transport", true}}},
    {"run", {{"ankle_push_off_work", true}, {"ankle_work_positive", true}, {"cost_of_transport", true}}},
    {"hop", {{"ankle_work_positive", true}, {"plantarflexor_margin", true}, {"metabolic_power", true}}},
    {"jump", {{"jump_height", false}, {"flight_height", false}}},
    {"kick", {{"foot_speed", false}}},
};

typedef enum sr_change { UNKNOWN, SAME, WITHIN, CHANGED, LOST } sr_change;

typedef struct sr_headline {
  sr_metric_row row;
  bool is_effort;
} sr_headline;

// The columns: epochs beyond `after`, NULL where there is none.
typedef struct sr_ability_columns {
  const sr_epoch *half, *later, *control;
} sr_ability_columns;

// The epoch nearest to half a year between `after` and `later`, at which the most movements were tried.
static const sr_epoch *half_a_year(const sr_page *p)
{
  const sr_epoch *best = NULL;
  for (int i = 0; p->after != NULL && p->later != NULL && i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    if (!(e->week > p->after->week && e->week < p->later->week) || !sr_is_answered(e)) continue;
    if (best == NULL || e->ntask > best->ntask ||
        (e->ntask == best->ntask && fabs(e->week - 26.0) < fabs(best->week - 26.0)))
      best = e;
  }
  return best;
}

static sr_ability_columns columns_of(const sr_page *p)
{
  return (sr_ability_columns){half_a_year(p), p->later, sr_control_of(p, p->later)};
}

static bool is_solved(const sr_task_result *t)
{
  return t != NULL && t->status == SR_TASK_SOLVED;
}

// What is reached where the task asks for the most of it: "walk:speed=fastest", "hop:height=greatest"; NULL elsewhere.
static const char *wanted(const char *task)
{
  return strstr(task, "speed=") != NULL ? "speed" : strstr(task, "height=greatest") != NULL ? "flight_height" : NULL;
}

// The lines of a movement, of the leg that is worse off. Returns their number.
static int headlines(sr_page *p, const sr_pair *t, sr_headline out[NHEADLINE + 1])
{
  sr_metric_row *all;
  const int n = sr_metric_rows(p, t, &all);
  int found = 0;
  bool has_push_off = false;
  for (size_t k = 0; k < sizeof headline_of / sizeof *headline_of; k++) {
    if (!sr_is_task(t->task, headline_of[k].kind)) continue;
    for (int j = wanted(t->task) != NULL ? -1 : 0; j < NHEADLINE; j++) {
      const char *pattern = j < 0 ? wanted(t->task) : headline_of[k].of[j].pattern;
      const sr_metric_row *worst = NULL;
      for (int i = 0; pattern != NULL && i < n; i++)
        if (sr_matches(pattern, sr_metric_key(p, &all[i].name)))
          worst = worst == NULL ? &all[i] : sr_worse_of(worst, &all[i]);
      if (worst == NULL) continue;
      if (strcmp(worst->name.stem, "ankle_push_off_work") == 0) has_push_off = true;
      if (has_push_off && strcmp(worst->name.stem, "ankle_work_positive") == 0) continue;  // of which that is a part
      out[found++] = (sr_headline){*worst, j >= 0 && headline_of[k].of[j].is_effort};
      if (strstr(t->task, "repeat=yes") != NULL) break;  // the number of raises; their height has a line of its own
    }
  }
  return found;
}

static bool is_in_points(const sr_metric_row *row)
{
  return strcmp(row->name.unit, "%") == 0 || strcmp(row->name.unit, "°") == 0;
}

// From one number to another: in percent, or in points where the number is a percent itself; NAN where it means
// nothing.
static double change_of(const sr_metric_row *row, const sr_metric *from, const sr_metric *to)
{
  if (from == NULL || to == NULL) return (double)NAN;
  if (is_in_points(row)) return to->value - from->value;
  return fabs(from->value) > 1e-9 ? 100.0 * (to->value / from->value - 1.0) : (double)NAN;
}

static sr_change judge(const sr_headline *h, const sr_task_result *before, const sr_task_result *after)
{
  if (is_solved(before) && after != NULL && after->status == SR_TASK_IMPOSSIBLE) return LOST;
  if (!is_solved(before) || !is_solved(after)) return UNKNOWN;
  const double change = change_of(&h->row, h->row.before, h->row.after);
  if (!isfinite(change)) return UNKNOWN;
  if (fabs(change) < SR_HARDLY_PERCENT) return SAME;
  return sr_is_within_bodies(h->row.before, h->row.after) ? WITHIN : CHANGED;
}

static const char *change_words(sr_page *p, const sr_metric_row *row, double change)
{
  const char *number = sr_signed(p, change, fabs(change) < 9.95 ? 1 : 0);
  return sr_say_with(p, is_in_points(row) ? "able.points" : "able.percent", number, "");
}

// --- in words

// The groups of the list are the verdicts of the first screen, so that the two cannot disagree.
typedef enum sr_able { ABLE_LOST, ABLE_OTHER, ABLE_EFFORT, ABLE_GAIN, ABLE_SAME, ABLE_UNKNOWN, NABLE } sr_able;

static sr_able group_of(sr_verdict v)
{
  switch (v) {
    case SR_GONE:
      return ABLE_LOST;
    case SR_WEAKER:
      return ABLE_OTHER;
    case SR_HARDER:
      return ABLE_EFFORT;
    case SR_STRONGER:
    case SR_EASIER:
      return ABLE_GAIN;
    case SR_AS_BEFORE:
      return ABLE_SAME;
    default:
      return ABLE_UNKNOWN;
  }
}

// A movement and, in brackets, the number of its verdict: its change then, and right after where that is another time.
static void say_movement(sr_page *p, sr_text *list, const sr_pair *t, const sr_measure *m)
{
  sr_text inside = sr_text_new(p->keep);
  const sr_metric_row *row = &m->row;
  const double now =
      is_solved(t->before) && is_solved(t->after) ? change_of(row, row->before, row->after) : (double)NAN;
  const bool is_told = isfinite(m->change) && is_solved(m->task);
  if (is_told)
    sr_text_print(&inside, "%s%s%s", sr_say(p, m->label), sr_say(p, "colon"), change_words(p, row, m->change));
  if (is_told && p->later != NULL && !m->is_right_after && isfinite(now))
    sr_text_print(&inside, "%s%s", sr_say(p, "semicolon"), sr_say_with(p, "able.now", change_words(p, row, now), ""));
  if (is_told && m->is_right_after) sr_text_print(&inside, "%s%s", sr_say(p, "semicolon"), sr_say(p, "able.only_now"));
  sr_text_print(list, "<li>%s", sr_task_name(p, t->task));
  sr_text_print(list, "%s</li>", inside.size > 0 ? sr_say_with(p, "able.why", inside.at, "") : "");
}

static void in_words(sr_page *p)
{
  static const char *const id[NABLE] = {"able.lost", "able.other", "able.effort",
                                        "able.gain", "able.same",  "able.unknown"};
  sr_text_print(&p->out, "<ul class=able>");
  for (int g = 0; g < NABLE; g++) {
    sr_text list = sr_text_new(p->keep);
    for (int i = 0; i < p->npair; i++) {
      const sr_measure m = sr_measure_of(p, &p->pair[i]);
      if ((int)group_of(m.verdict) == g) say_movement(p, &list, &p->pair[i], &m);
    }
    if (list.size > 0)
      sr_text_print(&p->out, "<li%s><b>%s</b><ul>%s</ul></li>", g == ABLE_LOST ? " class=lost" : "", sr_say(p, id[g]),
                    list.at);
  }
  sr_text_print(&p->out, "</ul>");
}

// --- the table

const char *sr_most_reached(sr_page *p, const sr_task_result *t)
{
  static const char *const most[] = {"greatest_speed", "greatest_flight", "greatest_clearance"};
  for (int i = 0; i < t->nmetric; i++) {
    const sr_metric_name name = sr_metric_parse(p, t->metric[i].name);
    for (size_t k = 0; k < sizeof most / sizeof *most; k++)
      if (strcmp(name.stem, most[k]) == 0)
        return sr_say_with(p, "able.most", sr_number(p, t->metric[i].value, sr_decimals(t->metric[i].value, 0.0)),
                           name.unit);
  }
  return "";
}

// The most that an impossible movement reaches; else the number itself where it is an ability.
static const char *most_reached(sr_page *p, const sr_task_result *t, const sr_headline *h, const sr_metric *m)
{
  const char *most = sr_most_reached(p, t);
  if (most[0] != '\0' || m == NULL || h->is_effort) return most;
  return sr_say_with(p, "able.most", sr_number(p, m->value, sr_metric_decimals(&h->row)), h->row.name.unit);
}

// One number, or in words why there is none; on the first line of a movement also how many bodies can do it.
static void cell(sr_page *p, const sr_epoch *e, const char *task, const sr_headline *h, const sr_metric *m,
                 bool is_first)
{
  const sr_task_result *t = e != NULL ? sr_result_find_task(e, task) : NULL;
  sr_text_print(&p->out, "<td class=num>");
  const bool is_nameless = t != NULL && t->status == SR_TASK_SOLVED && m == NULL;  // a task of a kind unknown here
  if (t == NULL || t->status == SR_TASK_NOT_RUN || is_nameless)
    sr_text_print(&p->out, "–");
  else if (t->status == SR_TASK_IMPOSSIBLE)
    sr_text_print(&p->out, "<span class=cross>%s</span><span class=band>%s</span>", sr_say(p, "able.cannot"),
                  is_first ? most_reached(p, t, h, m) : "");
  else if (t->status != SR_TASK_SOLVED)
    sr_text_print(&p->out, "<span class=unfound>%s</span>", sr_say(p, "able.not_found"));
  else
    sr_text_print(&p->out, "%s", sr_metric_with_band(p, m, sr_metric_decimals(&h->row)));
  if (is_first && t != NULL && t->nbody > 0)
    sr_text_print(&p->out, "<span class=band>%s</span>",
                  sr_say_with(p, "able.bodies", sr_number(p, t->nbody_solved, 0), sr_number(p, t->nbody, 0)));
  sr_text_print(&p->out, "</td>");
}

// Right after against before, and later against the same week without the change.
static void change_cell(sr_page *p, const sr_pair *t, const sr_headline *h, const sr_ability_columns *c)
{
  static const char *const id[] = {"", "able.is_same", "counts.within", "", "able.is_lost"};
  const sr_metric_row *row = &h->row;
  const sr_change verdict = judge(h, t->before, t->after);
  const double now =
      is_solved(t->before) && is_solved(t->after) ? change_of(row, row->before, row->after) : (double)NAN;
  sr_text_print(&p->out, "<td class=num><b>%s</b>",
                isfinite(now) ? sr_say_with(p, "able.now", change_words(p, row, now), "") : "");
  if (id[verdict][0] != '\0') sr_text_print(&p->out, "<span class=band>%s</span>", sr_say(p, id[verdict]));
  const bool is_against_control = c->control != NULL && is_solved(sr_result_find_task(c->control, t->task));
  const bool is_later = c->later != NULL && is_solved(sr_result_find_task(c->later, t->task));
  const double then = change_of(row, is_against_control ? row->without : row->before, row->later);
  if (is_later && isfinite(then))
    sr_text_print(&p->out, "<span class=band>%s</span>",
                  sr_say_with(p, "able.later", sr_time_words(p, c->later->week), change_words(p, row, then)));
  sr_text_print(&p->out, "</td>");
}

static void line(sr_page *p, const sr_pair *t, const sr_headline *h, const sr_ability_columns *c, bool is_first)
{
  const sr_what what = {.source = SR_OF_TASK, .name = h->row.full, .task = t->task};
  sr_text_print(&p->out, "<tr%s><th scope=row>", is_first ? " class=of" : "");
  if (is_first) sr_text_print(&p->out, "<b>%s</b><br>", sr_task_name(p, t->task));
  sr_text_print(&p->out, "<span class=unit>%s%s%s</span></th>", sr_metric_label(p, &h->row),
                h->row.name.unit[0] != '\0' ? sr_say(p, "comma") : "", h->row.name.unit);
  cell(p, p->before, t->task, h, h->row.before, is_first);
  if (p->after != NULL) cell(p, p->after, t->task, h, h->row.after, is_first);
  if (c->half != NULL) cell(p, c->half, t->task, h, sr_epoch_number(p, c->half, &what), is_first);
  if (c->later != NULL) cell(p, c->later, t->task, h, h->row.later, is_first);
  if (c->control != NULL) cell(p, c->control, t->task, h, h->row.without, is_first);
  if (p->after != NULL) change_cell(p, t, h, c);
  sr_text_print(&p->out, "</tr>\n");
}

// A movement of which no number is known: its outcomes alone.
static void bare_line(sr_page *p, const sr_pair *t, const sr_ability_columns *c)
{
  const sr_headline none = {.row = {.name = {.unit = ""}}, .is_effort = true};
  sr_text_print(&p->out, "<tr class=of><th scope=row><b>%s</b></th>", sr_task_name(p, t->task));
  cell(p, p->before, t->task, &none, NULL, true);
  if (p->after != NULL) cell(p, p->after, t->task, &none, NULL, true);
  if (c->half != NULL) cell(p, c->half, t->task, &none, NULL, true);
  if (c->later != NULL) cell(p, c->later, t->task, &none, NULL, true);
  if (c->control != NULL) cell(p, c->control, t->task, &none, NULL, true);
  sr_text_print(&p->out, "%s</tr>\n", p->after != NULL ? "<td></td>" : "");
}

static void head_cell(sr_page *p, const char *words, const char *below)
{
  sr_text_print(&p->out, "<th scope=col class=num>%s<span class=band>%s</span></th>", words, below);
}

static void head(sr_page *p, const sr_ability_columns *c)
{
  sr_text_print(&p->out, "<thead><tr><th scope=col>%s</th>", sr_say(p, "able.movement"));
  head_cell(p, sr_say(p, p->after != NULL ? "col.before" : "col.value"), "");
  if (p->after != NULL) head_cell(p, sr_say(p, "able.after"), "");
  if (c->half != NULL) head_cell(p, sr_say_with(p, "col.later", sr_time_words(p, c->half->week), ""), "");
  if (c->later != NULL) head_cell(p, sr_say_with(p, "col.later", sr_time_words(p, c->later->week), ""), "");
  if (c->control != NULL)
    head_cell(p, sr_say(p, "col.without"), sr_say_with(p, "col.later", sr_time_words(p, c->control->week), ""));
  if (p->after != NULL)
    head_cell(p, sr_say(p, "col.change"),
              sr_say(p, c->control != NULL ? "able.against"
                        : c->later != NULL ? "able.against1"
                                           : "able.against0"));
  sr_text_print(&p->out, "</tr></thead>");
}

static bool has_bodies(const sr_page *p)
{
  for (int i = 0; i < p->npair; i++)
    if (p->pair[i].before != NULL && p->pair[i].before->nbody > 0) return true;
  return false;
}

void sr_page_abilities(sr_page *p)
{
  if (p->npair == 0) return;
  const sr_ability_columns c = columns_of(p);
  sr_text_print(&p->out, "<h3>%s</h3>",
                p->later != NULL   ? sr_say_with(p, "able.title_later", sr_time_words(p, p->later->week), "")
                : p->after != NULL ? sr_say(p, "able.title")
                                   : sr_say(p, "able.title1"));
  if (p->after != NULL || p->later != NULL) in_words(p);
  sr_text_print(&p->out, "<div class=scroll tabindex=0><table class=abilities><caption>%s</caption>",
                sr_say(p, "able.caption"));
  head(p, &c);
  sr_text_print(&p->out, "<tbody>");
  for (int i = 0; i < p->npair; i++) {
    sr_headline h[NHEADLINE + 1];
    const int n = headlines(p, &p->pair[i], h);
    for (int k = 0; k < n; k++) line(p, &p->pair[i], &h[k], &c, k == 0);
    if (n == 0) bare_line(p, &p->pair[i], &c);
  }
  sr_text_print(
      &p->out, "</tbody></table></div><p class=note>%s%s%s</p>", p->after != NULL ? sr_say(p, "able.note") : "",
      p->after != NULL && has_bodies(p) ? sr_say(p, "space") : "", has_bodies(p) ? sr_say(p, "able.note_bodies") : "");
}
