#include "cohort/tissue.h"

#include <math.h>
#include <string.h>

#include "math/sample.h"

static const double story_step = 0.1;    // [wk]
static const double healthy_fat = 0.02;  // of the healthy volume (Gorgey & Dudley 2007, controls)

typedef double column(const sr_story_week *w);
static double total(const sr_story_week *w)
{
  return w->read.total;
}
static double section(const sr_story_week *w)
{
  return w->read.section;
}
static double capacity(const sr_story_week *w)
{
  return w->read.capacity;
}
static double drive(const sr_story_week *w)
{
  return w->read.drive;
}
static double length(const sr_story_week *w)
{
  return w->read.len_opt;
}
static double nerve(const sr_story_week *w)
{
  return w->nerve;
}
static double fat_share(const sr_story_week *w)
{
  return (healthy_fat + w->read.fat) / w->read.total;
}

// Straight between the rows.
static double at(const sr_story_told *t, column *c, double week)
{
  const double x = week / story_step;
  const int k = x < t->n - 2 ? (int)x : t->n - 2;
  const double a = c(&t->at[k]), b = c(&t->at[k + 1]);
  return a + (x - k) * (b - a);
}

// Change in percent of a week that is the reference, or of the healthy muscle, which is 1.
static double percent(const sr_story_told *t, column *c, double week, double since)
{
  return 100.0 * (at(t, c, week) / (since > 0.0 ? at(t, c, since) : 1.0) - 1.0);
}

static int lowest(const sr_story_told *t)
{
  int k = 0;
  for (int i = 1; i < t->n; i++)
    if (capacity(&t->at[i]) < capacity(&t->at[k])) k = i;
  return k;
}

// First week from row k on with so much strength; NaN: never.
static double when(const sr_story_told *t, int k, double level)
{
  for (; k < t->n; k++)
    if (capacity(&t->at[k]) >= level) return t->at[k].week;
  return (double)NAN;
}

// From the first week with a twentieth of the strength regained to 1 - 1/e of it, less the time that e-folds take to a
// twentieth: the constant of an exponential return.
static double return_constant(const sr_story_told *t, double week)
{
  const int k = lowest(t);
  const double least = capacity(&t->at[k]), gain = at(t, capacity, week) - least;
  const double first = when(t, k, least + 0.05 * gain), most = when(t, k, least + (1.0 - exp(-1.0)) * gain);
  return (most - first) / (1.0 + log(0.95));
}

static double half_return(const sr_story_told *t)
{
  const int k = lowest(t);
  return when(t, k, 0.5 * (1.0 + capacity(&t->at[k])));
}

static double measured(const sr_story_told *t, const char *measure, double week, double since)
{
  static const struct {
    const char *name;
    column *c;
  } change[] = {{"total", total}, {"section", section}, {"strength", capacity}, {"drive", drive}, {"length", length}};
  for (size_t i = 0; i < sizeof change / sizeof *change; i++)
    if (strcmp(measure, change[i].name) == 0) return percent(t, change[i].c, week, since);
  if (strcmp(measure, "total_share") == 0) return 100.0 + percent(t, total, week, since);
  if (strcmp(measure, "strength_over_size") == 0) return (1.0 - at(t, capacity, week)) / (1.0 - at(t, total, week));
  if (strcmp(measure, "without_nerve") == 0) return 100.0 * (1.0 - at(t, nerve, week));
  if (strcmp(measure, "fat") == 0)
    return since > 0.0 ? percent(t, fat_share, week, since) : 100.0 * at(t, fat_share, week);
  return strcmp(measure, "return_constant") == 0 ? return_constant(t, week) : half_return(t);
}

static double of_story(const sr_story *s, const sr_row *row, const sr_tissue_params *p, sr_arena *work)
{
  const sr_mark top = sr_arena_mark(work);
  const sr_story_told t = sr_story_tell(p, s, ceil(row->week) + 1.0, story_step, work);
  const double x = measured(&t, row->measure, row->week, row->since);
  sr_arena_release(work, top);
  return x;
}

double sr_tissue_row_value(const sr_validation *v, const sr_row *row, const sr_tissue_params *p)
{
  sr_arena *work = sr_arena_new();
  double sum = 0.0;
  for (int i = 0; i < row->npart; i++) sum += row->weight[i] * of_story(&v->story[row->part[i]], row, p, work);
  if (row->over >= 0) sum *= 100.0 / of_story(&v->story[row->over], row, p, work);
  sr_arena_free(work);
  return sum;
}

// A share below this is within what the estimate is uncertain by.
static const double share_least = 0.05;

static void find_influences(const sr_tissue_table *t, const sr_sample_set *set, const double *y, sr_ours *out,
                            sr_arena *work)
{
  sr_influence *all = sr_alloc(work, sr_influence, set->dim);
  sr_sample_influences(set, y, all, work);
  for (int i = 0; i < SR_OURS_INFLUENCES && i < set->dim && all[i].share > share_least; i++) {
    out->influence[i].name = sr_tissue_param_name(sr_tissue_unknown(t, all[i].unknown));
    out->influence[i].share = all[i].share;
    out->influence[i].rank_correlation = all[i].spearman;
    out->ninfluence = i + 1;
  }
}

sr_ours sr_tissue_row_ours(const sr_validation *v, const sr_row *row, const sr_tissue_table *t, int points)
{
  sr_arena *work = sr_arena_new();
  sr_ours out = {.is_known = true, .value = sr_tissue_row_value(v, row, &t->par)};
  const sr_sample_set set = sr_sample_set_new(points, sr_tissue_nunknown(t), 1, work);
  double *y = sr_alloc(work, double, set.n), q[2];
  bool is_finite = isfinite(out.value);
  for (int k = 0; k < set.n; k++) {
    const sr_tissue_params p = sr_tissue_draw(t, &set.u[k * set.dim]);
    y[k] = sr_tissue_row_value(v, row, &p);
    is_finite = is_finite && isfinite(y[k]);
  }
  if (is_finite) {
    sr_sample_quantiles(y, set.n, (const double[]){0.05, 0.95}, 2, q, work);
    out.p05 = q[0];
    out.p95 = q[1];
    out.sd = out.uncertainty = sr_sample_moments(y, set.n).sd;
    find_influences(t, &set, y, &out, work);
  } else {
    out.sd = out.p05 = out.p95 = (double)NAN;
    out.is_known = isfinite(out.value);
    out.why = "some constants of the set give no such time within the weeks";
  }
  sr_arena_free(work);
  return out;
}
