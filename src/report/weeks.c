#include "report/weeks.h"

#include <math.h>
#include <string.h>

static const sr_metric *find(const sr_metric *list, int n, const char *name)
{
  for (int i = 0; i < n; i++)
    if (strcmp(list[i].name, name) == 0) return &list[i];
  return NULL;
}

static const sr_metric *muscle_number(sr_page *p, const sr_leg_result *leg, const sr_what *w)
{
  for (int m = 0; m < leg->nmuscle; m++) {
    const sr_muscle_result *x = &leg->muscle[m];
    if (strcmp(x->muscle, w->name) != 0) continue;
    const sr_band band = w->source == SR_OF_TOTAL         ? x->total_band
                         : w->source == SR_OF_CONTRACTILE ? x->contractile_band
                                                          : x->force_band;
    sr_metric *out = sr_alloc(p->keep, sr_metric, 1);
    *out = (sr_metric){.name = w->name,
                       .value = w->source == SR_OF_TOTAL         ? x->total_volume_ml
                                : w->source == SR_OF_CONTRACTILE ? x->contractile_volume_ml
                                                                 : x->max_force_N,
                       .grade = "predicted",
                       .has_band = band.is_known,
                       .p05 = band.p05,
                       .p95 = band.p95};
    return out;
  }
  return NULL;
}

const sr_metric *sr_epoch_number(sr_page *p, const sr_epoch *e, const sr_what *w)
{
  if (e == NULL) return NULL;
  switch (w->source) {
    case SR_OF_BODY:
      return find(e->metric, e->nmetric, w->name);
    case SR_OF_LEG:
      return find(e->leg[w->side].metric, e->leg[w->side].nmetric, w->name);
    case SR_OF_TASK:
      return sr_metric_printed(p, sr_result_find_task(e, w->task), w->name);
    default:
      return muscle_number(p, &e->leg[w->side], w);
  }
}

static bool agree_at(sr_page *p, const sr_epoch *e, const sr_what *w)
{
  sr_what left = *w, right = *w;
  left.side = 0;
  right.side = 1;
  return sr_is_close(sr_epoch_number(p, e, &left), sr_epoch_number(p, e, &right));
}

bool sr_legs_agree(sr_page *p, const sr_what *w)
{
  for (int i = 0; i < p->r->nepoch; i++)
    if (!agree_at(p, &p->r->epoch[i], w)) return false;
  for (int i = 0; i < p->r->ncontrol; i++)
    if (!agree_at(p, &p->r->control[i], w)) return false;
  return true;
}

const char *sr_what_label(sr_page *p, const sr_what *w)
{
  const char *kind = w->source == SR_OF_TOTAL         ? "volume.total"
                     : w->source == SR_OF_CONTRACTILE ? "volume.contractile"
                     : w->source == SR_OF_FORCE       ? "volume.force"
                                                      : NULL;
  if (kind != NULL)
    return sr_arena_printf(p->keep, "%s%s%s", sr_muscle_name(p, w->name), sr_say(p, "colon"), sr_say(p, kind));
  sr_metric_row row = {.name = sr_metric_parse(p, w->name), .is_both = true};
  row.name.side = -1;
  return sr_metric_label(p, &row);
}

const char *sr_what_unit(sr_page *p, const sr_what *w)
{
  if (w->source == SR_OF_TOTAL || w->source == SR_OF_CONTRACTILE) return "ml";
  return w->source == SR_OF_FORCE ? "N" : sr_metric_parse(p, w->name).unit;
}

int sr_what_decimals(sr_page *p, const sr_what *w)
{
  double most = 0.0;
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_metric *m = sr_epoch_number(p, &p->r->epoch[i], w);
    if (m != NULL && isfinite(m->value)) most = fmax(most, fabs(m->value));
  }
  return sr_unit_decimals(sr_what_unit(p, w), sr_decimals(most, 0.0));
}

bool sr_is_described(const sr_epoch *e)
{
  return e->leg[0].nmetric + e->leg[1].nmetric > 0;
}

const sr_epoch *sr_control_of(const sr_page *p, const sr_epoch *e)
{
  for (int i = 0; e != NULL && p->r->nintervention > 0 && i < p->r->ncontrol; i++)
    if (fabs(p->r->control[i].week - e->week) < 1e-9) return &p->r->control[i];
  return NULL;
}

const char *sr_control_text(sr_page *p, const sr_metric *control, int decimals)
{
  if (control == NULL) return "";
  return sr_arena_printf(p->keep, "<span class=without>%s</span>",
                         sr_say_with(p, "cell.without", sr_number(p, control->value, decimals), ""));
}

const char *sr_time_words(sr_page *p, double week)
{
  const double weeks_per_year = 365.25 / 7.0, years = week / weeks_per_year, months = round(12.0 * years);
  const double n = week < 1.0 ? round(7.0 * week) : week < 13.0 ? week : months < 12.0 ? months : years;
  const char *unit = week < 1.0 ? "day" : week < 13.0 ? "week" : months < 12.0 ? "month" : "year";
  const bool is_whole = fabs(n - round(n)) < 0.05;
  const char *number = sr_number(p, n, is_whole ? 0 : 1);
  const char *id = sr_arena_printf(p->keep, "time.%s%s", unit, strcmp(number, "1") == 0 ? "" : "s");
  return sr_say_with(p, id, number, "");
}

const char *sr_epoch_when(sr_page *p, const sr_epoch *e)
{
  if (strcmp(e->when, "before") == 0) return sr_say(p, "col.before");
  if (strcmp(e->when, "after") == 0) return sr_say(p, "col.after");
  return e->week == 0.0 ? sr_say(p, "col.value") : sr_time_words(p, e->week);
}
