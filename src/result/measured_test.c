// Measured curves: what is refused and where, and what stands between the points.
#include "result/measured.h"

#include "test.h"

static const char study[] =
    "[study.s]\narea = \"a\"\npopulation = \"p\"\npeople = \"q\"\ntask = \"walk\"\nspread = \"none\"\nn = 1\nused = "
    "\"check\"\n"
    "source = \"s\"\n";

static bool read(const char *curve, sr_arena *a, sr_curve_set *out, sr_error *err)
{
  const char *text = sr_arena_printf(a, "%s%s", study, curve);
  sr_toml *root = sr_alloc(a, sr_toml, 1);
  const sr_scenario_reader r = {.path = "c.toml", .keep = a, .work = a, .err = err};
  return sr_toml_parse("c.toml", text, strlen(text), a, root, err) && sr_curve_set_read(&r, root, out);
}

// n times the same number
static const char *list(sr_arena *a, const char *number, int n)
{
  const char *all = number;
  for (int i = 1; i < n; i++) all = sr_arena_printf(a, "%s, %s", all, number);
  return all;
}

TEST(curves_that_are_wrong_are_refused_with_file_and_line)
{
  sr_arena *a = sr_arena_new();
  sr_curve_set set;
  const char *head = "[[curve]]\nid = \"k\"\nquantity = \"q\"\ncolumn = \"c\"\nunit = \"deg\"\nstudy = ";
  const struct {
    const char *tail, *says;
  } bad[] = {
      {sr_arena_printf(a, "\"s\"\nmean = [%s]\n", list(a, "1", 20)), "c.toml:16: [[curve]]: 'mean' is a list of 21"},
      {sr_arena_printf(a, "\"t\"\nmean = [%s]\n", list(a, "1", 21)), "c.toml:10: curve 'k': there is no study 't'"},
      {sr_arena_printf(a, "\"s\"\nmean = [%s]\nsd = [%s]\n", list(a, "1", 21), list(a, "-1", 21)), "an sd is below 0"},
      {sr_arena_printf(a, "\"s\"\nmean = [%s]\nsb = 1\n", list(a, "1", 21)), "unknown key 'sb'"},
      {"\"s\"\n", "'mean' is missing"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    sr_error err = {0};
    if (read(sr_arena_printf(a, "%s%s", head, bad[i].tail), a, &set, &err) || strstr(err.text, bad[i].says) == NULL)
      sr_test_fail(__FILE__, __LINE__, "case %d: '%s', expected '%s'", (int)i, err.text, bad[i].says);
  }
  sr_error err = {0};
  const char *one = sr_arena_printf(a, "%s\"s\"\nmean = [%s]\n", head, list(a, "1", 21));
  CHECK(!read(sr_arena_printf(a, "%s%s", one, one), a, &set, &err) && strstr(err.text, "twice") != NULL);
  CHECK(read(one, a, &set, &err) && set.ncurve == 1 && !set.curve[0].has_sd && isnan(set.curve[0].sd[3]));
  sr_arena_free(a);
}

// The built-in ones: cycles that close, each of a study, angles of a flexing knee negative.
TEST(measured_curves_close)
{
  sr_arena *a = sr_arena_new();
  sr_curve_set set;
  sr_error err = {0};
  CHECK(sr_curve_set_load(a, &set, &err));
  SAME(err.text, "");
  CHECK(set.nstudy == 2 && set.ncurve >= 14);
  for (int i = 0; i < set.ncurve; i++) {
    const sr_measured_curve *c = &set.curve[i];
    const bool is_angle = strcmp(c->unit, "deg") == 0;
    NEAR(c->mean[0], c->mean[SR_CURVE_POINTS - 1], is_angle ? 1.5 : 1e-9);  // one stride does not close to the last bit
    if (strcmp(c->column, "knee_angle") == 0 && is_angle) CHECK(c->mean[15] < -60.0);
  }
  sr_arena_free(a);
}

TEST(curve_between_its_points_is_straight)
{
  double y[SR_CURVE_POINTS], out[101];
  for (int i = 0; i < SR_CURVE_POINTS; i++) y[i] = 3.0 * i - 7.0;
  sr_curve_resample(y, 101, out);
  for (int i = 0; i <= 100; i++) NEAR(out[i], 0.6 * i - 7.0, 1e-12);
  NEAR(sr_curve_factor("% BW", 50.0), 100.0 / (50.0 * 9.80665), 1e-15);
  NEAR(sr_curve_factor("W/kg", 50.0), 0.02, 1e-15);
  NEAR(sr_curve_factor("deg", 50.0), 1.0, 0.0);
}
