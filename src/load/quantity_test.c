// Rows of data tables: value, unit and source; what is refused and with which words; the files of data/ themselves.
#include "load/quantity.h"

#include "base/constants.h"
#include "load/data.h"
#include "test.h"

static sr_rows rows_of(sr_arena *a, const char *text)
{
  sr_toml *root = sr_alloc(a, sr_toml, 1);
  sr_error err = {0};
  if (!sr_toml_parse("rows.toml", text, strlen(text), a, root, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return (sr_rows){.path = "rows.toml", .table = root};
}

static void expect_value(const char *value, const char *unit, double want)
{
  sr_arena *a = sr_arena_new();
  sr_error err = {0};
  double got = 0.0;
  const sr_rows r = rows_of(a, sr_arena_printf(a, "x = {value = %s, unit = \"%s\", source = \"s\"}", value, unit));
  if (!sr_quantity(r, "x", &got, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  NEAR(got, want, 1e-15 * fabs(want));
  sr_arena_free(a);
}

TEST(quantity_is_si_when_read)
{
  expect_value("180", "deg", SR_PI);
  expect_value("1.5", "cm", 0.015);
  expect_value("12.0", "mm", 0.012);
  expect_value("25.79", "N/cm2", 257900.0);
  expect_value("0.5", "MPa", 5e5);
  expect_value("1285", "cm3", 1.285e-3);
  expect_value("47.0", "cm3/(m kg)", 47e-6);
  expect_value("15", "ms", 0.015);
  expect_value("15", "%", 0.15);
  expect_value("-2.03", "Nm", -2.03);
}

TEST(quantity_arrays_are_si_too)
{
  sr_arena *a = sr_arena_new();
  sr_error err = {0};
  double x[3] = {0};
  CHECK(sr_quantities(rows_of(a, "x = {value = [1, -2.5, 0], unit = \"cm\", source = \"s\"}"), "x", x, 3, &err));
  NEAR(x[0], 0.01, 1e-17);
  NEAR(x[1], -0.025, 1e-17);
  NEAR(x[2], 0.0, 0.0);
  sr_arena_free(a);
}

TEST(quantity_source_may_stand_in_the_table_around)
{
  sr_arena *a = sr_arena_new();
  sr_error err = {0};
  double x = 0.0;
  CHECK(sr_quantity(rows_of(a, "source = \"s\"\nx = {value = 2, unit = \"-\"}"), "x", &x, &err));
  NEAR(x, 2.0, 0.0);
  sr_arena_free(a);
}

TEST(quantity_that_is_absent_may_have_another_value)
{
  sr_arena *a = sr_arena_new();
  sr_error err = {0};
  double x = 0.0;
  CHECK(sr_quantity_or(rows_of(a, "y = 1"), "x", 7.0, &x, &err));
  NEAR(x, 7.0, 0.0);
  CHECK(!sr_quantity_or(rows_of(a, "x = 1"), "x", 7.0, &x, &err));  // there, but no row
  sr_arena_free(a);
}

TEST(quantity_refuses_with_place_and_reason)
{
  static const struct {
    const char *text, *message;
  } bad[] = {
      {"\ny = 1", "rows.toml:1: 'x' is missing"},
      {"\nx = 2.0", "rows.toml:2: 'x' must be {value, unit, source}"},
      {"x = {value = 2.0, source = \"s\"}", "rows.toml:1: 'x' needs a value and a unit"},
      {"x = {unit = \"m\", source = \"s\"}", "rows.toml:1: 'x' needs a value and a unit"},
      {"\n\nx = {value = 2.0, unit = \"m\"}", "rows.toml:3: 'x' has no source"},
      {"x = {value = 2.0, unit = \"ell\", source = \"s\"}", "rows.toml:1: unknown unit 'ell'"},
      {"x = {value = \"2\", unit = \"m\", source = \"s\"}", "rows.toml:1: 'x' must be one number"},
      {"x = {value = [1, 2], unit = \"m\", source = \"s\"}", "rows.toml:1: 'x' must be one number"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    sr_arena *a = sr_arena_new();
    sr_error err = {0};
    double x;
    CHECK(!sr_quantity(rows_of(a, bad[i].text), "x", &x, &err));
    CHECK(err.code == SR_BAD_VALUE);
    SAME(err.text, bad[i].message);
    sr_arena_free(a);
  }
}

TEST(quantity_arrays_of_another_length_are_refused)
{
  sr_arena *a = sr_arena_new();
  sr_error err = {0};
  double x[3];
  CHECK(!sr_quantities(rows_of(a, "x = {value = [1, 2], unit = \"m\", source = \"s\"}"), "x", x, 3, &err));
  SAME(err.text, "rows.toml:1: 'x' must be 3 numbers");
  CHECK(!sr_quantities(rows_of(a, "x = {value = [1, 2, \"3\"], unit = \"m\", source = \"s\"}"), "x", x, 3, &err));
  CHECK(!sr_quantities(rows_of(a, "x = {value = 1, unit = \"m\", source = \"s\"}"), "x", x, 3, &err));
  sr_arena_free(a);
}

TEST(quantity_of_energy_keeps_days)
{
  expect_value("39.5", "MJ/kg", 39.5e6);
  expect_value("92", "kJ/(kg d)", 92e3);
  expect_value("161", "kcal/d", 161.0 * 4184.0);
  expect_value("3220", "mg/L", 3220e-6);
  expect_value("14", "d", 14.0);
}

TEST(quantity_may_be_spread)
{
  sr_arena *a = sr_arena_new();
  static const char text[] =
      "source = \"s\"\nx = {value = 10, unit = \"cm\", sd = 2}\ny = {value = 10, unit = \"cm\", range = [6, 16]}\n"
      "z = {value = 10, unit = \"cm\"}\nw = {value = 10, unit = \"cm\", sdlog = 0.3}\n";
  const sr_rows r = rows_of(a, text);
  const char *const key[] = {"x", "y", "z", "w"};
  // median, and + 1 SD
  const double want[4][2] = {
      {0.10, 0.12}, {0.11, 0.06 + 0.1 * 0.841344746068543}, {0.10, 0.10}, {0.10, 0.1 * exp(0.3)}};
  for (int i = 0; i < 4; i++) {
    sr_spread s;
    double value = 0.0;
    CHECK(sr_quantity_spread(r, key[i], &value, &s, NULL));
    NEAR(value, 0.1, 1e-16);
    NEAR(sr_spread_value(&s, 0.5), want[i][0], 1e-15);
    NEAR(sr_spread_value(&s, 0.841344746068543), want[i][1], 1e-14);
  }
  sr_arena_free(a);
}

TEST(quantity_spread_refuses_with_place_and_reason)
{
  static const struct {
    const char *row, *message;
  } bad[] = {
      {"sd = 0", "rows.toml:1: sd of 'x' must be a number above 0"},
      {"sd = \"1\"", "rows.toml:1: sd of 'x' must be a number above 0"},
      {"range = [2, 1]", "rows.toml:1: range of 'x' must be two numbers that rise"},
      {"range = [1, 2, 3]", "rows.toml:1: range of 'x' must be two numbers that rise"},
      {"range = 1", "rows.toml:1: range of 'x' must be two numbers that rise"},
      {"range = [1, \"2\"]", "rows.toml:1: range of 'x' must be two numbers that rise"},
      {"range = [1, 2], sd = 1", "rows.toml:1: 'x' has both sd and range"},
      {"sdlog = 0.1, sd = 1", "rows.toml:1: 'x' has both sd and sdlog"},
      {"sdlog = -0.1", "rows.toml:1: sdlog of 'x' must be a number above 0"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    sr_arena *a = sr_arena_new();
    sr_error err = {0};
    sr_spread s;
    double x;
    const char *text = sr_arena_printf(a, "x = {value = 1.5, unit = \"m\", source = \"s\", %s}", bad[i].row);
    CHECK(!sr_quantity_spread(rows_of(a, text), "x", &x, &s, &err));
    SAME(err.text, bad[i].message);
    sr_arena_free(a);
  }
}

static bool is_row(const sr_toml *t)
{
  return t->kind == SR_TOML_TABLE && sr_toml_get(t, "value") != NULL;
}

static bool has_source(const sr_toml *t)
{
  const sr_toml *source = sr_toml_get(t, "source");
  return source != NULL && source->kind == SR_TOML_STRING && source->string[0] != '\0';
}

// What must say where its numbers come from: a row, a body, a contact sphere, points or a polynomial of a path.
static bool needs_source(const sr_toml *t)
{
  static const char *const key[] = {"value", "axes", "centre", "terms"};
  for (size_t i = 0; i < sizeof key / sizeof key[0]; i++)
    if (sr_toml_get(t, key[i]) != NULL) return true;
  const sr_toml *points = sr_toml_get(t, "points");
  return points != NULL && points->n > 0;
}

// Tables without a source; a row may have that of the table around it.
static int count_sourceless(const sr_toml *t, const sr_toml *around, const char *file)
{
  int n = 0;
  if (t->kind == SR_TOML_TABLE && needs_source(t) && !has_source(t) && !(is_row(t) && around && has_source(around))) {
    if (file != NULL) sr_test_fail(file, t->line, "'%s' has no source", t->key ? t->key : "[[...]]");
    n++;
  }
  if (t->kind == SR_TOML_TABLE || t->kind == SR_TOML_ARRAY)
    for (int i = 0; i < t->n; i++) n += count_sourceless(&t->child[i], t->kind == SR_TOML_TABLE ? t : around, file);
  return n;
}

TEST(every_number_of_the_data_has_a_source)
{
  int nfile = 0;
  for (const char *name; (name = sr_data_name(nfile)) != NULL; nfile++) {
    sr_arena *a = sr_arena_new();
    sr_rows r;
    sr_error err = {0};
    if (strchr(name, '/') == NULL) {  // cohort/rows.c checks those of data/validation
      CHECK(sr_rows_open(name, a, &r, &err));
      CHECK(count_sourceless(r.table, NULL, name) == 0);
    }
    sr_arena_free(a);
  }
  CHECK(nfile >= 5);
}

TEST(the_search_for_sources_finds_what_lacks_one)
{
  sr_arena *a = sr_arena_new();
  static const char text[] =
      "[a]\nx = {value = 1, unit = \"-\"}\n"                       // none
      "[b]\nsource = \"s\"\nx = {value = 1, unit = \"-\"}\n"       // that of b
      "[c]\nx = {value = 1, unit = \"-\", source = \"\"}\n"        // empty
      "[d]\nsource = \"s\"\n[d.e]\nx = {value = 1, unit = \"-\"}"  // too far up
      "\n[[body]]\naxes = []\n[f]\npoints = [1]\n[g]\nsource = \"s\"\n[g.polynomial]\nterms = []\n";
  CHECK(count_sourceless(rows_of(a, text).table, NULL, NULL) == 6);
  sr_arena_free(a);
}

TEST(a_data_file_of_another_schema_is_refused)
{
  static const char *const text[] = {"x = 1\n", "schema = 1\n", "schema = \"surae-planar-model/2\"\n",
                                     "schema = \"surae-planar_model/1\"\n"};
  sr_arena *a = sr_arena_new();
  sr_rows r;
  for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
    sr_error err = {0};
    CHECK(!sr_rows_parse("planar_model.toml", text[i], strlen(text[i]), a, &r, &err));
    SAME(err.text, "planar_model.toml:1: schema must be \"surae-planar-model/1\"");
  }
  static const char good[] = "schema = \"surae-planar-model/1\"\n";
  CHECK(sr_rows_parse("planar_model.toml", good, strlen(good), a, &r, NULL));
  sr_arena_free(a);
}

TEST(a_data_file_that_is_not_built_in_is_an_error)
{
  sr_arena *a = sr_arena_new();
  sr_rows r;
  sr_error err = {0};
  CHECK(!sr_rows_open("absent.toml", a, &r, &err));
  CHECK(err.code == SR_INTERNAL);
  sr_arena_free(a);
}
