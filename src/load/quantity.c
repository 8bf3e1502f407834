#include "load/quantity.h"

#include <string.h>

#include "base/constants.h"
#include "load/data.h"

// unit as written, factor to SI; but days, weeks and years stay what they are
static const struct {
  const char *unit;
  double factor;
} units[] = {{"-", 1.0},
             {"m", 1.0},
             {"cm", 1e-2},
             {"mm", 1e-3},
             {"rad", 1.0},
             {"deg", SR_DEGREE},
             {"kg", 1.0},
             {"g", 1e-3},
             {"s", 1.0},
             {"ms", 1e-3},
             {"%", 1e-2},
             {"N", 1.0},
             {"Nm", 1.0},
             {"N m", 1.0},
             {"N_m", 1.0},
             {"kg_m2", 1.0},
             {"kg m2", 1.0},
             {"N/m2", 1.0},
             {"Pa", 1.0},
             {"MPa", 1e6},
             {"N/cm2", 1e4},
             {"Nm/rad", 1.0},
             {"N m/rad", 1.0},
             {"Nm s/rad", 1.0},
             {"N m s/rad", 1.0},
             {"Nm_s/rad", 1.0},
             {"s/m", 1.0},
             {"m/s", 1.0},
             {"m/s2", 1.0},
             {"cm3", 1e-6},
             {"ml", 1e-6},
             {"m3", 1.0},
             {"1/s", 1.0},
             {"lopt/s", 1.0},
             {"len_opt/s", 1.0},
             {"len_opt", 1.0},
             {"1/rad", 1.0},
             {"yr", 1.0},
             {"W/kg", 1.0},
             {"cm3/(m kg)", 1e-6},
             {"cm3/(m_kg)", 1e-6},
             {"rad/s", 1.0},
             {"rad/s2", 1.0},
             {"W", 1.0},
             {"N m/kg", 1.0},
             {"MJ/kg", 1e6},
             {"kJ/kg", 1e3},
             {"J/(kg m)", 1.0},
             {"W s3/(kg m3)", 1.0},
             {"d", 1.0},
             {"kJ/(kg d)", 1e3},
             {"kcal/d", SR_KCAL},
             {"mg/L", 1e-6},
             {"mg/(L d)", 1e-6},
             {"mg/d", 1e-6},
             {"cm2", 1e-4},
             {"1/yr", 1.0},
             {"wk", 1.0},
             {"mm/d", 1e-3},
             {"U", 1.0}};

static bool unit_factor(sr_rows r, const sr_toml *at, const char *unit, double *factor, sr_error *err)
{
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
    if (strcmp(units[i].unit, unit) == 0) {
      *factor = units[i].factor;
      return true;
    }
  return sr_fail(err, SR_BAD_VALUE, "%s:%d: unknown unit '%s'", r.path, at->line, unit);
}

// The {value, unit, source} table of a key; the source may stand in the table around it.
static bool find_row(sr_rows r, const char *key, const sr_toml **value, double *factor, sr_error *err)
{
  const sr_toml *row = sr_toml_get(r.table, key);
  if (row == NULL) return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' is missing", r.path, r.table->line, key);
  if (row->kind != SR_TOML_TABLE)
    return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' must be {value, unit, source}", r.path, row->line, key);
  *value = sr_toml_get(row, "value");
  const sr_toml *unit = sr_toml_get(row, "unit");
  if (*value == NULL || unit == NULL || unit->kind != SR_TOML_STRING)
    return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' needs a value and a unit", r.path, row->line, key);
  if (sr_toml_get(row, "source") == NULL && sr_toml_get(r.table, "source") == NULL)
    return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' has no source", r.path, row->line, key);
  return unit_factor(r, row, unit->string, factor, err);
}

static bool is_number(const sr_toml *v)
{
  return v->kind == SR_TOML_FLOAT || v->kind == SR_TOML_INTEGER;
}

bool sr_quantity(sr_rows r, const char *key, double *out, sr_error *err)
{
  const sr_toml *value = NULL;
  double factor = 1.0;
  if (!find_row(r, key, &value, &factor, err)) return false;
  if (!is_number(value)) return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' must be one number", r.path, value->line, key);
  *out = value->number * factor;
  return true;
}

bool sr_quantity_or(sr_rows r, const char *key, double otherwise, double *out, sr_error *err)
{
  *out = otherwise;
  return sr_toml_get(r.table, key) == NULL || sr_quantity(r, key, out, err);
}

// How a row is spread: sd or sdlog, a number, or range, two that rise; one of them at most.
static bool read_spread(sr_rows r, const char *key, double value, double factor, sr_spread *out, sr_error *err)
{
  static const char *const width_name[] = {"sd", "sdlog"};
  const sr_toml *row = sr_toml_get(r.table, key), *range = sr_toml_get(row, "range");
  int n = range != NULL;
  *out = sr_spread_none(value);
  for (int i = 0; i < 2; i++) {
    const sr_toml *width = sr_toml_get(row, width_name[i]);
    if (width == NULL) continue;
    if (!is_number(width) || !(width->number > 0.0))
      return sr_fail(err, SR_BAD_VALUE, "%s:%d: %s of '%s' must be a number above 0", r.path, row->line, width_name[i],
                     key);
    if (i == 1 && !(value > 0.0))
      return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' has a sdlog and is not above 0", r.path, row->line, key);
    *out = i == 0 ? sr_spread_normal(value, width->number * factor) : sr_spread_lognormal(value, width->number);
    n++;
  }
  if (n > 1)
    return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' has both %s", r.path, row->line, key,
                   range == NULL ? "sd and sdlog" : "sd and range");
  if (range != NULL) {
    const bool is_good = range->kind == SR_TOML_ARRAY && range->n == 2 && is_number(&range->child[0]) &&
                         is_number(&range->child[1]) && range->child[0].number < range->child[1].number;
    if (!is_good)
      return sr_fail(err, SR_BAD_VALUE, "%s:%d: range of '%s' must be two numbers that rise", r.path, row->line, key);
    *out = sr_spread_uniform(range->child[0].number * factor, range->child[1].number * factor);
  }
  return true;
}

bool sr_quantity_spread(sr_rows r, const char *key, double *value, sr_spread *out, sr_error *err)
{
  const sr_toml *number = NULL;
  double factor = 1.0;
  return sr_quantity(r, key, value, err) && find_row(r, key, &number, &factor, err) &&
         read_spread(r, key, *value, factor, out, err);
}

bool sr_quantities_spread(sr_rows r, const sr_row_place *place, int n, double *value, sr_spread *out, sr_error *err)
{
  sr_rows table;
  for (int k = 0; k < n; k++)
    if (!sr_rows_find(r, place[k].table, &table, err) ||
        !sr_quantity_spread(table, place[k].key, &value[k], &out[k], err))
      return false;
  return true;
}

bool sr_quantities(sr_rows r, const char *key, double *out, int n, sr_error *err)
{
  const sr_toml *value = NULL;
  double factor = 1.0;
  if (!find_row(r, key, &value, &factor, err)) return false;
  bool is_good = value->kind == SR_TOML_ARRAY && value->n == n;
  for (int i = 0; is_good && i < n; i++) {
    is_good = is_number(&value->child[i]);
    out[i] = value->child[i].number * factor;
  }
  return is_good || sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' must be %d numbers", r.path, value->line, key, n);
}

bool sr_rows_text(sr_rows r, const char *key, const char **out, sr_error *err)
{
  const sr_toml *v = sr_toml_get(r.table, key);
  if (v == NULL || v->kind != SR_TOML_STRING)
    return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' must be a text", r.path, r.table->line, key);
  *out = v->string;
  return true;
}

bool sr_rows_find(sr_rows r, const char *key, sr_rows *out, sr_error *err)
{
  const sr_toml *v = sr_toml_get(r.table, key);
  if (v == NULL || v->kind != SR_TOML_TABLE)
    return sr_fail(err, SR_BAD_VALUE, "%s:%d: table '%s' is missing", r.path, r.table->line, key);
  *out = (sr_rows){.path = r.path, .table = v};
  return true;
}

// schema = "surae-planar-model/1" for planar_model.toml
static bool check_schema(sr_rows r, sr_arena *work, sr_error *err)
{
  char *want = sr_arena_printf(work, "surae-%.*s/1", (int)strcspn(r.path, "."), r.path);
  for (char *s = want; *s != '\0'; s++)
    if (*s == '_') *s = '-';
  const sr_toml *schema = sr_toml_get(r.table, "schema");
  return (schema != NULL && schema->kind == SR_TOML_STRING && strcmp(schema->string, want) == 0) ||
         sr_fail(err, SR_BAD_VALUE, "%s:1: schema must be \"%s\"", r.path, want);
}

bool sr_rows_parse(const char *name, const char *text, size_t size, sr_arena *keep, sr_rows *out, sr_error *err)
{
  sr_toml *root = sr_alloc(keep, sr_toml, 1);
  *out = (sr_rows){.path = name, .table = root};
  return sr_toml_parse(name, text, size, keep, root, err) && check_schema(*out, keep, err);
}

bool sr_rows_open(const char *name, sr_arena *keep, sr_rows *out, sr_error *err)
{
  size_t size;
  const char *text = sr_data_find(name, &size);
  if (text == NULL) return sr_fail(err, SR_INTERNAL, "no data file '%s' in this build", name);
  return sr_rows_parse(name, text, size, keep, out, err);
}
