#include "result/measured.h"

#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "load/data.h"

static bool read_study(const sr_scenario_reader *r, const sr_toml *at, sr_curve_study *s)
{
  const sr_scenario_table t = {"[study]", at};
  double n = 0.0;
  int used = 0;
  *s = (sr_curve_study){.name = at->key};
  if (!sr_scenario_keys(r, t,
                        SR_NAMES("area", "population", "people", "task", "spread", "n", "used", "source", "cause")) ||
      !sr_scenario_text(r, t, "area", &s->area) || !sr_scenario_text(r, t, "population", &s->population) ||
      !sr_scenario_text(r, t, "people", &s->people) || !sr_scenario_text(r, t, "task", &s->task) ||
      !sr_scenario_text(r, t, "spread", &s->spread) || !sr_scenario_text(r, t, "source", &s->source) ||
      !sr_scenario_text_or_none(r, t, "cause", &s->cause) ||
      !sr_scenario_number(r, t, (sr_scenario_row){"n", 1, 1e6, "people", &n}, true) ||
      !sr_scenario_choice(r, t, "used", SR_NAMES("check", "calibration"), true, &used))
    return false;
  s->n = (int)n;
  s->is_calibrated = used == 1;
  return true;
}

static bool read_curve(const sr_scenario_reader *r, const sr_toml *at, const sr_curve_set *set, sr_measured_curve *c)
{
  const sr_scenario_table t = {"[[curve]]", at};
  const char *study, *rest;
  *c = (sr_measured_curve){.study = -1, .rest = "", .has_sd = sr_toml_get(at, "sd") != NULL};
  for (int i = 0; i < SR_CURVE_POINTS; i++) c->sd[i] = (double)NAN;
  if (!sr_scenario_keys(r, t, SR_NAMES("id", "study", "quantity", "column", "rest", "unit", "mean", "sd")) ||
      !sr_scenario_text(r, t, "id", &c->id) || !sr_scenario_text(r, t, "study", &study) ||
      !sr_scenario_text(r, t, "quantity", &c->quantity) || !sr_scenario_text(r, t, "column", &c->column) ||
      !sr_scenario_text_or_none(r, t, "rest", &rest) || !sr_scenario_text(r, t, "unit", &c->unit) ||
      !sr_scenario_numbers(r, t, "mean", true, SR_CURVE_POINTS, c->mean) ||
      !sr_scenario_numbers(r, t, "sd", false, SR_CURVE_POINTS, c->sd))
    return false;
  if (rest != NULL) c->rest = rest;
  for (int i = 0; i < set->nstudy; i++)
    if (strcmp(set->study[i].name, study) == 0) c->study = i;
  if (c->study < 0) return sr_scenario_bad(r, at->line, "curve '%s': there is no study '%s'", c->id, study);
  for (int i = 0; i < SR_CURVE_POINTS && c->has_sd; i++)
    if (!(c->sd[i] >= 0.0)) return sr_scenario_bad(r, at->line, "curve '%s': an sd is below 0", c->id);
  for (int i = 0; i < set->ncurve; i++)
    if (strcmp(set->curve[i].id, c->id) == 0) return sr_scenario_bad(r, at->line, "curve '%s' is there twice", c->id);
  return true;
}

bool sr_curve_set_read(const sr_scenario_reader *r, const sr_toml *root, sr_curve_set *out)
{
  const sr_toml *studies = sr_toml_get(root, "study"), *curves;
  *out = (sr_curve_set){0};
  if (!sr_scenario_tables(r, root, "curve", &curves)) return false;
  out->study = sr_alloc(r->keep, sr_curve_study, studies != NULL ? studies->n : 0);
  out->curve = sr_alloc(r->keep, sr_measured_curve, curves != NULL ? curves->n : 0);
  for (int i = 0; studies != NULL && i < studies->n; i++, out->nstudy++) {
    if (studies->child[i].kind != SR_TOML_TABLE)
      return sr_scenario_bad(r, studies->line, "'study' holds tables, each with a name");
    if (!read_study(r, &studies->child[i], &out->study[i])) return false;
  }
  for (int i = 0; curves != NULL && i < curves->n; i++, out->ncurve++)
    if (!read_curve(r, &curves->child[i], out, &out->curve[i])) return false;
  return true;
}

bool sr_curve_set_load(sr_arena *keep, sr_curve_set *out, sr_error *err)
{
  static const char path[] = "data/validation/curves.toml";
  size_t size;
  const char *text = sr_data_find("validation/curves.toml", &size);
  sr_toml *root = sr_alloc(keep, sr_toml, 1);
  if (text == NULL) return sr_fail(err, SR_INTERNAL, "%s is not built in", path);
  const sr_scenario_reader r = {.path = path, .keep = keep, .work = keep, .err = err};
  return sr_toml_parse(path, text, size, keep, root, err) && sr_curve_set_read(&r, root, out);
}

void sr_curve_resample(const double y[SR_CURVE_POINTS], int n, double *out)
{
  for (int i = 0; i < n; i++) {
    const double at = i * (SR_CURVE_POINTS - 1.0) / (n - 1.0);
    const int k = i < n - 1 ? (int)at : SR_CURVE_POINTS - 2;
    const double u = at - k;
    out[i] = (1.0 - u) * y[k] + u * y[k + 1];
  }
}

double sr_curve_factor(const char *unit, double mass)
{
  if (strcmp(unit, "N m/kg") == 0 || strcmp(unit, "W/kg") == 0) return 1.0 / mass;
  return strcmp(unit, "% BW") == 0 ? 100.0 / (mass * SR_GRAVITY) : 1.0;
}
