#include "report/metrics.h"

#include <math.h>
#include <string.h>

#include "report/weeks.h"

// Endings of metric names and how the unit is printed, longer endings first.
static const struct {
  const char *ending, *unit;
} unit_of[] = {
    {"_Hz", "Hz"},
    {"_kN_m", "kN/m"},
    {"_hz", "1/s"},
    {"_N_m_kg", "N m/kg"},
    {"_J_kg_m", "J/(kg m)"},
    {"_per_min", "1/min"},
    {"_percent", "%"},
    {"_W_kg", "W/kg"},
    {"_J_kg", "J/kg"},
    {"_per_m", "1/m"},
    {"_bw_s", "BW s"},
    {"_deg_s", "°/s"},
    {"_N_m", "N m"},
    {"_m_s2", "m/s²"},
    {"_m_s", "m/s"},
    {"_deg", "°"},
    {"_min", "min"},
    {"_cm", "cm"},
    {"_mm", "mm"},
    {"_ml", "ml"},
    {"_bw", "BW"},
    {"_kg", "kg"},
    {"_W", "W"},
    {"_J", "J"},
    {"_N", "N"},
    {"_s", "s"},
    {"_m", "m"},
    {"_ratio", ""},
    {"_1", ""},
};

static const char *find_muscle(const char *word)
{
  for (int m = 0; m < SR_NMUSCLE; m++)
    if (strcmp(word, sr_leg_muscle[m]) == 0) return sr_leg_muscle[m];
  return NULL;
}

static int find_side(const char *word)
{
  if (strcmp(word, "left") == 0 || strcmp(word, "l") == 0) return 0;
  return strcmp(word, "right") == 0 || strcmp(word, "r") == 0 ? 1 : -1;
}

// Cuts the unit off the end of a name and gives it as printed.
static const char *cut_unit(char *name)
{
  const size_t n = strlen(name);
  for (size_t i = 0; i < sizeof unit_of / sizeof *unit_of; i++) {
    const size_t k = strlen(unit_of[i].ending);
    if (n <= k || strcmp(name + n - k, unit_of[i].ending) != 0) continue;
    name[n - k] = '\0';
    return unit_of[i].unit;
  }
  return "";
}

sr_metric_name sr_metric_parse(sr_page *p, const char *name)
{
  char *rest = sr_arena_strdup(p->keep, name), *save = NULL;
  sr_metric_name out = {.side = -1, .unit = cut_unit(rest)};
  sr_text stem = sr_text_new(p->keep);
  sr_text_append(&stem, "", 0);
  for (char *word = strtok_r(rest, "_", &save); word != NULL; word = strtok_r(NULL, "_", &save)) {
    const char *muscle = find_muscle(word);
    const int side = find_side(word);
    if (muscle != NULL) out.muscle = muscle;
    if (side >= 0) out.side = side;
    if (muscle == NULL && side < 0) sr_text_print(&stem, "%s%s", stem.size > 0 ? "_" : "", word);
  }
  out.stem = stem.at;
  const bool is_share = sr_matches("*over_available", out.stem) || sr_matches("share*", out.stem) ||
                        sr_matches("*margin", out.stem) || strcmp(out.stem, "strength") == 0;
  out.scale = out.unit[0] == '\0' && is_share ? 100.0 : 1.0;
  if (out.scale > 1.0) out.unit = "%";
  return out;
}

const char *sr_metric_key(sr_page *p, const sr_metric_name *n)
{
  return n->muscle == NULL ? n->stem : sr_arena_printf(p->keep, "%s:%s", n->muscle, n->stem);
}

// Postures a name may begin with, longer ones first.
static const char *const pose[] = {"one_leg_forward", "one_leg_backward", "one_leg", "lean_forward", "lean_backward",
                                   "quiet",           "small_rise"};

// A label behind a colon starts small in English ("Soleus: peak force").
const char *sr_small_start(sr_page *p, const char *label)
{
  char *s = sr_arena_strdup(p->keep, label);
  if (s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z') s[0] = (char)(s[0] - 'A' + 'a');
  return s;
}

static const char *stem_label(sr_page *p, const char *stem);

// "quiet_required_torque" -> the posture, a colon, the rest; NULL where the stem does not begin with a posture.
static const char *pose_label(sr_page *p, const char *stem)
{
  for (size_t i = 0; i < sizeof pose / sizeof *pose; i++) {
    const size_t n = strlen(pose[i]);
    if (strncmp(stem, pose[i], n) != 0 || stem[n] != '_') continue;
    return sr_arena_printf(p->keep, "%s%s%s", sr_say(p, sr_arena_printf(p->keep, "pose.%s", pose[i])),
                           sr_say(p, "colon"), sr_small_start(p, stem_label(p, stem + n + 1)));
  }
  return NULL;
}

// "share_energy" -> the rest with the measure of effort in brackets; NULL where the stem does not end in one.
static const char *effort_label(sr_page *p, const char *stem)
{
  static const char *const effort[] = {"sum_a2", "sum_v_a2", "energy"};
  const size_t n = strlen(stem);
  for (size_t i = 0; i < sizeof effort / sizeof *effort; i++) {
    const size_t k = strlen(effort[i]);
    if (n < k + 2 || strcmp(stem + n - k, effort[i]) != 0 || stem[n - k - 1] != '_') continue;
    const char *rest = sr_arena_printf(p->keep, "%.*s", (int)(n - k - 1), stem);
    return sr_say_with(p, sr_arena_printf(p->keep, "effort.%s", effort[i]), stem_label(p, rest), "");
  }
  return NULL;
}

static const char *word_by_word(sr_page *p, const char *stem)
{
  char *rest = sr_arena_strdup(p->keep, stem), *save = NULL;
  sr_text t = sr_text_new(p->keep);
  sr_text_append(&t, "", 0);
  for (char *word = strtok_r(rest, "_", &save); word != NULL; word = strtok_r(NULL, "_", &save)) {
    const char *known = sr_string_find(p->lang, sr_arena_printf(p->keep, "word.%s", word));
    sr_text_print(&t, "%s%s", t.size > 0 ? sr_say(p, "space") : "", known != NULL ? known : sr_html(p, word));
  }
  if (t.at[0] >= 'a' && t.at[0] <= 'z') t.at[0] = (char)(t.at[0] - 'a' + 'A');
  return t.at;
}

// The stem in words: as a whole where the catalogue has it, else its measure of effort or its posture
// and the rest, else word by word.
static const char *stem_label(sr_page *p, const char *stem)
{
  const char *whole = sr_string_find(p->lang, sr_arena_printf(p->keep, "metric.%s", stem));
  if (whole == NULL) whole = effort_label(p, stem);
  if (whole == NULL) whole = pose_label(p, stem);
  return whole != NULL ? whole : word_by_word(p, stem);
}

const char *sr_metric_label(sr_page *p, const sr_metric_row *row)
{
  const sr_metric_name *n = &row->name;
  const char *side = row->is_both ? "side.each" : n->side == 0 ? "side.left" : "side.right";
  const char *what = stem_label(p, n->stem);
  if (n->muscle != NULL)
    what =
        sr_arena_printf(p->keep, "%s%s%s", sr_muscle_name(p, n->muscle), sr_say(p, "colon"), sr_small_start(p, what));
  if (n->side < 0) return what;
  return sr_arena_printf(p->keep, "%s%s%s", what, sr_say(p, "comma"), sr_say(p, side));
}

bool sr_matches(const char *pattern, const char *text)
{
  if (*pattern == '\0') return *text == '\0';
  if (*pattern != '*') return *pattern == *text && sr_matches(pattern + 1, text + 1);
  return sr_matches(pattern + 1, text) || (*text != '\0' && sr_matches(pattern, text + 1));
}

const sr_metric *sr_metric_printed(sr_page *p, const sr_task_result *t, const char *name)
{
  for (int i = 0; sr_is_answer(t) && i < t->nmetric; i++) {
    if (strcmp(t->metric[i].name, name) != 0) continue;
    const double scale = sr_metric_parse(p, name).scale;
    sr_metric *m = sr_alloc(p->keep, sr_metric, 1);
    *m = t->metric[i];
    m->value *= scale, m->p05 *= scale, m->p95 *= scale;
    return m;
  }
  return NULL;
}

bool sr_is_close(const sr_metric *a, const sr_metric *b)
{
  if (a == NULL || b == NULL) return a == b;
  if (!isfinite(a->value) || !isfinite(b->value)) return isfinite(a->value) == isfinite(b->value);
  return fabs(a->value - b->value) <= 0.005 * fmax(fabs(a->value), fabs(b->value));
}

static bool agree(sr_page *p, const sr_epoch *list, int n, const char *task, const char *a, const char *b)
{
  for (int i = 0; i < n; i++) {
    const sr_task_result *t = sr_result_find_task(&list[i], task);
    if (!sr_is_close(sr_metric_printed(p, t, a), sr_metric_printed(p, t, b))) return false;
  }
  return true;
}

// Joins the line of the other leg to an earlier line if both legs agree at every epoch.
static bool is_joined(sr_page *p, const char *task, sr_metric_row *rows, int n, const sr_metric_row *new)
{
  for (int i = 0; i < n && new->name.side >= 0; i++) {
    const sr_metric_name *a = &rows[i].name, *b = &new->name;
    const bool is_same_muscle =
        (a->muscle == NULL) == (b->muscle == NULL) && (a->muscle == NULL || strcmp(a->muscle, b->muscle) == 0);
    if (a->side < 0 || a->side == b->side || strcmp(a->stem, b->stem) != 0 || !is_same_muscle) continue;
    if (strcmp(a->unit, b->unit) != 0) continue;
    rows[i].is_both = agree(p, p->r->epoch, p->r->nepoch, task, rows[i].full, new->full) &&
                      agree(p, p->r->control, p->r->ncontrol, task, rows[i].full, new->full);
    return rows[i].is_both;
  }
  return false;
}

// Leaning back is held by the front of the leg: what the calf could give there answers nothing.
static bool is_of_wrong_side(const char *name)
{
  return sr_matches("*backward_required_over_available*", name) || sr_matches("*backward_available_torque*", name);
}

int sr_metric_rows(sr_page *p, const sr_pair *t, sr_metric_row **rows)
{
  const sr_task_result *side[2] = {t->before, t->after};
  const int most = (t->before != NULL ? t->before->nmetric : 0) + (t->after != NULL ? t->after->nmetric : 0);
  int n = 0;
  *rows = sr_alloc(p->keep, sr_metric_row, most + 1);
  for (int e = 0; e < 2; e++)
    for (int i = 0; sr_is_answer(side[e]) && i < side[e]->nmetric; i++) {
      const char *name = side[e]->metric[i].name;
      if ((e == 1 && sr_metric_printed(p, t->before, name) != NULL) || is_of_wrong_side(name)) continue;
      const sr_what what = {.source = SR_OF_TASK, .name = name, .task = t->task};
      const sr_metric_row new = {.full = name,
                                 .name = sr_metric_parse(p, name),
                                 .before = sr_metric_printed(p, t->before, name),
                                 .after = sr_metric_printed(p, t->after, name),
                                 .later = sr_epoch_number(p, p->later, &what),
                                 .without = sr_epoch_number(p, sr_control_of(p, p->later), &what)};
      if (!is_joined(p, t->task, *rows, n, &new)) (*rows)[n++] = new;
    }
  return n;
}

int sr_unit_decimals(const char *unit, int decimals)
{
  static const char *const coarse[] = {"cm", "mm", "%", "°", "kg", "ml"};
  int most = unit[0] == '\0' ? 2 : 3;
  for (size_t i = 0; i < sizeof coarse / sizeof *coarse; i++)
    if (strcmp(unit, coarse[i]) == 0) most = 1;
  return decimals < most ? decimals : most;
}

int sr_metric_decimals(const sr_metric_row *row)
{
  if (sr_matches("heel_raises", row->name.stem) || sr_matches("hops_to*", row->name.stem)) return 0;  // counts
  const double a = row->before != NULL ? row->before->value : 0.0, b = row->after != NULL ? row->after->value : 0.0;
  return sr_unit_decimals(row->name.unit, sr_decimals(a, b));
}

bool sr_has_range(sr_page *p, const sr_metric *m, int decimals)
{
  return m->has_band && strcmp(sr_number(p, m->p05, decimals), sr_number(p, m->p95, decimals)) != 0;
}

const char *sr_metric_with_band(sr_page *p, const sr_metric *m, int decimals)
{
  if (m == NULL) return "–";
  const char *value = sr_number(p, m->value, decimals);
  if (!sr_has_range(p, m, decimals)) return value;
  return sr_arena_printf(p->keep, "%s<span class=band>%s…%s</span>", value, sr_number(p, m->p05, decimals),
                         sr_number(p, m->p95, decimals));
}

bool sr_is_within_bodies(const sr_metric *before, const sr_metric *after)
{
  const bool has_band = before->has_band && before->p95 > before->p05;
  return has_band && after->value >= before->p05 && after->value <= before->p95;
}

// The change beside the differences between bodies. "" where no spread was computed.
static const char *counts(sr_page *p, const sr_metric_row *row)
{
  const sr_metric *a = row->before, *b = row->after;
  if (!a->has_band || !b->has_band) return "";
  return sr_say(p, sr_is_within_bodies(a, b) ? "counts.within" : "counts.beyond");
}

// What is printed is subtracted, so that a line adds up to its last digit.
static double rounded(double x, int decimals)
{
  const double unit = pow(10.0, decimals);
  return round(x * unit) / unit;
}

// Two cells: the difference after - before, and in percent of before where that means something (no percent of percents
// or angles).
static void change_cells(sr_page *p, const sr_metric_row *row, int decimals)
{
  const double a = row->before->value, d = row->after->value - a, percent = 100.0 * d / fabs(a);
  const char *unit = row->name.unit, *words = counts(p, row);
  const bool has_percent = fabs(a) > 1e-9 && strcmp(unit, "%") != 0 && strcmp(unit, "°") != 0;
  sr_text_print(&p->out, "<td class=num><b>%s</b>",
                sr_signed(p, rounded(a + d, decimals) - rounded(a, decimals), decimals));
  if (words[0] != '\0') sr_text_print(&p->out, "<span class=band>%s</span>", words);
  sr_text_print(&p->out, "</td><td class=\"num percent\">");
  if (has_percent && fabs(percent) >= 0.5 && fabs(percent) < 1000.0)
    sr_text_print(&p->out, "%s", sr_signed(p, percent, 0));
  sr_text_print(&p->out, "</td>");
}

static const char *grade_sign(const char *grade)
{
  if (grade == NULL) return "";
  return strcmp(grade, "calibrated") == 0 ? "●" : strcmp(grade, "predicted") == 0 ? "◐" : "○";
}

// What it is at the later week, and then without the change.
static void later_cell(sr_page *p, const sr_metric_row *row, int decimals)
{
  sr_text_print(&p->out, "<td class=num>%s%s</td>", sr_metric_with_band(p, row->later, decimals),
                sr_control_text(p, row->without, decimals));
}

const char *sr_grade_cell(sr_page *p, const char *grade)
{
  const char *name = grade == NULL ? NULL : sr_string_find(p->lang, sr_arena_printf(p->keep, "grade.%s", grade));
  if (name == NULL) name = "";
  return sr_arena_printf(p->keep, "<td class=grade><span title=\"%s\" role=img aria-label=\"%s\">%s</span></td>", name,
                         name, grade_sign(grade));
}

void sr_metric_cells(sr_page *p, const sr_metric_row *row)
{
  const int decimals = sr_metric_decimals(row);
  sr_text_print(&p->out, "<td class=num>%s</td>", sr_metric_with_band(p, row->before, decimals));
  if (p->after != NULL) {
    sr_text_print(&p->out, "<td class=num>%s</td>", sr_metric_with_band(p, row->after, decimals));
    if (row->before != NULL && row->after != NULL)
      change_cells(p, row, decimals);
    else
      sr_text_print(&p->out, "<td class=num>–</td><td></td>");
  }
  if (p->later != NULL) later_cell(p, row, decimals);
  sr_text_print(&p->out, "%s", sr_grade_cell(p, row->after != NULL ? row->after->grade : row->before->grade));
}

bool sr_has_spread(const sr_page *p)
{
  for (int i = 0; i < p->npair; i++)
    for (int k = 0; p->pair[i].before != NULL && k < p->pair[i].before->nmetric; k++)
      if (p->pair[i].before->metric[k].has_band) return true;
  return false;
}

int sr_metric_columns(const sr_page *p)
{
  return 3 + (p->after != NULL ? 3 : 0) + (p->later != NULL ? 1 : 0);
}

void sr_metric_head(sr_page *p, const char *caption)
{
  sr_text_print(&p->out,
                "<div class=scroll tabindex=0><table class=\"metrics%s%s\"><caption>%s</caption><thead><tr><th "
                "scope=col>%s</th>",
                p->after == NULL ? " one" : "", p->later != NULL ? " later" : "", caption, sr_say(p, "col.quantity"));
  sr_text_print(&p->out, "<th scope=col class=num>%s</th>", sr_say(p, p->after != NULL ? "col.before" : "col.value"));
  if (p->after != NULL)
    sr_text_print(&p->out,
                  "<th scope=col class=num>%s<span class=band>%s</span></th><th scope=col class=num>%s<span "
                  "class=band>%s</span></th><th scope=col class=num>%%</th>",
                  sr_say(p, "col.after"),
                  p->after->week > 0.0 ? sr_say_with(p, "week", sr_number(p, p->after->week, 0), "") : "",
                  sr_say(p, "col.change"), sr_has_spread(p) ? "" : sr_say(p, "col.nospread"));
  if (p->later != NULL)
    sr_text_print(&p->out, "<th scope=col class=num>%s</th>",
                  sr_say_with(p, "col.later", sr_time_words(p, p->later->week), ""));
  sr_text_print(&p->out, "<th scope=col class=grade>%s</th></tr></thead>", sr_say(p, "col.grade"));
}
