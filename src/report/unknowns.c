// Which unknown constant matters most: share of the spread of an outcome, a column per week.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/weeks.h"

enum { WEEKS = 8, UNKNOWNS = 64 };

// An outcome over its weeks; of the greater leg, as the result chose it.
typedef struct sr_outcome {
  const char *metric;  // "girth_change_cm"
  int side;            // -1: of no leg
  int nweek, nunknown;
  double week[WEEKS];
  const sr_influence_result *cell[UNKNOWNS][WEEKS];  // NULL: not among the greatest then
} sr_outcome;

// "girth_change_cm_right_week_26" -> metric, side, week; false for any other name.
static bool parse(sr_page *p, const char *name, const char **metric, int *side, double *week)
{
  const char *at = strstr(name, "_week_");
  if (at == NULL || sscanf(at, "_week_%lf", week) != 1) return false;
  char *base = sr_arena_printf(p->keep, "%.*s", (int)(at - name), name), *end = strrchr(base, '_');
  *side = end == NULL ? -1 : strcmp(end, "_left") == 0 ? 0 : strcmp(end, "_right") == 0 ? 1 : -1;
  if (*side >= 0) *end = '\0';
  *metric = base;
  return true;
}

static int week_column(sr_outcome *o, double week)
{
  for (int i = 0; i < o->nweek; i++)
    if (fabs(o->week[i] - week) < 1e-9) return i;
  if (o->nweek == WEEKS) return -1;
  o->week[o->nweek] = week;
  return o->nweek++;
}

static int unknown_row(sr_outcome *o, const char *unknown)
{
  for (int i = 0; i < o->nunknown; i++)
    for (int k = 0; k < WEEKS; k++)
      if (o->cell[i][k] != NULL && strcmp(o->cell[i][k]->unknown, unknown) == 0) return i;
  return o->nunknown < UNKNOWNS ? o->nunknown++ : -1;
}

static sr_outcome *collect(sr_page *p, const char *wanted)
{
  sr_outcome *o = sr_alloc(p->keep, sr_outcome, 1);
  *o = (sr_outcome){.metric = wanted, .side = -1};
  for (int i = 0; i < p->r->ninfluence; i++) {
    const char *metric;
    int side;
    double week;
    if (!parse(p, p->r->influence[i].outcome, &metric, &side, &week) || strcmp(metric, wanted) != 0) continue;
    const int column = week_column(o, week);
    const int row = column >= 0 ? unknown_row(o, p->r->influence[i].unknown) : -1;
    if (row < 0) continue;
    o->cell[row][column] = &p->r->influence[i];
    o->side = side;
  }
  return o;
}

// The greatest share of a row comes first.
static double weight(const sr_outcome *o, int row)
{
  double most = 0.0;
  for (int k = 0; k < o->nweek; k++)
    if (o->cell[row][k] != NULL) most = fmax(most, o->cell[row][k]->share);
  return most;
}

static const char *unknown_name(sr_page *p, const sr_influence_result *x)
{
  const char *known = sr_string_find(p->lang, sr_arena_printf(p->keep, "unknown.%s", x->unknown));
  return known != NULL ? known : sr_capital(p, x->about);
}

static void cell(sr_page *p, const sr_influence_result *x)
{
  if (x == NULL) {
    sr_text_print(&p->out, "<td class=num><span class=unit>·</span></td>");
    return;
  }
  const double percent = 100.0 * x->share;
  sr_text_print(&p->out,
                "<td class=num>%s %s %%<span class=bar aria-hidden=true><i style=\"width:%.0f%%\"></i></span></td>",
                x->rank_correlation > 0.0 ? "↑" : "↓", sr_number(p, percent, 0), fmin(percent, 100.0));
}

static void table(sr_page *p, const sr_outcome *o)
{
  const sr_what both = {.source = SR_OF_LEG, .name = o->metric};
  const bool has_leg = o->side >= 0 && !sr_legs_agree(p, &both);
  const sr_what w = {.source = SR_OF_BODY, .name = o->metric};
  sr_text_print(&p->out, "<div><div class=scroll tabindex=0><table class=unknowns><caption>%s%s%s</caption><thead><tr>",
                sr_what_label(p, &w), has_leg ? sr_say(p, "comma") : "",
                has_leg ? sr_say(p, o->side == 0 ? "side.left" : "side.right") : "");
  sr_text_print(&p->out, "<th scope=col>%s</th>", sr_say(p, "col.unknown"));
  for (int k = 0; k < o->nweek; k++)
    sr_text_print(&p->out, "<th scope=col class=num>%s</th>", sr_time_words(p, o->week[k]));
  sr_text_print(&p->out, "</tr></thead><tbody>");
  bool is_said[UNKNOWNS] = {false};
  for (int n = 0; n < o->nunknown; n++) {
    int best = -1;
    for (int i = 0; i < o->nunknown; i++)
      if (!is_said[i] && (best < 0 || weight(o, i) > weight(o, best))) best = i;
    is_said[best] = true;
    const sr_influence_result *any = NULL;
    for (int k = 0; k < o->nweek; k++) any = o->cell[best][k] != NULL ? o->cell[best][k] : any;
    sr_text_print(&p->out, "<tr><th scope=row>%s</th>", unknown_name(p, any));
    for (int k = 0; k < o->nweek; k++) cell(p, o->cell[best][k]);
    sr_text_print(&p->out, "</tr>\n");
  }
  sr_text_print(&p->out, "</tbody></table></div>");
  sr_csv_of_table(p, sr_arena_printf(p->keep, "unknowns_%s.csv", o->metric));
  sr_text_print(&p->out, "</div>");
}

void sr_page_unknowns(sr_page *p)
{
  if (p->r->ninfluence == 0) return;
  sr_text_print(&p->out, "<section><h2>%s</h2><p class=lead>%s</p><div class=grid>", sr_say(p, "unknowns.title"),
                sr_say(p, "unknowns.lead"));
  static const char *const outcome[] = {"girth_change_cm", "mass_kg"};
  for (int i = 0; i < 2; i++) {
    const sr_outcome *o = collect(p, outcome[i]);
    if (o->nunknown > 0) table(p, o);
  }
  sr_text_print(&p->out, "</div><p class=note>%s</p></section>\n", sr_say(p, "unknowns.note"));
}
