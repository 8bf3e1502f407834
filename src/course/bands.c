#include "course/bands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "math/sample.h"

// Outcomes of a reading: per leg its look, then all muscles, then the weight.
enum { LOOKS = 4, PER_MUSCLE = 3, WEIGHTS = 2 };
static const char *const look_name[LOOKS] = {"girth_max_cm", "girth_at_old_level_cm", "girth_change_cm", "calf_fat_mm"};
static const char *const weight_name[WEIGHTS] = {"mass_kg", "fat_percent"};

typedef struct book {
  int nmuscle, nreading, npoint, noutcome;
  double *y;  // (nreading * noutcome * npoint)
} book;

static double *outcome(const book *b, int reading, int k)
{
  return b->y + ((size_t)reading * (size_t)b->noutcome + (size_t)k) * (size_t)b->npoint;
}

// All outcomes of a life now, at one point of the set.
static void write_down(const book *b, int reading, int point, const sr_life *l, const sr_model *healthy)
{
  int k = 0;
  for (int leg = 0; leg < 2; leg++) {
    const sr_leg_look look = sr_life_look(l, (sr_leg)leg);
    const double x[LOOKS] = {100.0 * look.girth_max, 100.0 * look.girth_at_old_level,
                             100.0 * (look.girth_max - sr_life_girth_before(l->plan, (sr_leg)leg)), 1000.0 * look.fat};
    for (int i = 0; i < LOOKS; i++) outcome(b, reading, k++)[point] = x[i];
  }
  for (int m = 0; m < b->nmuscle; m++) {
    const sr_tissue_readout r = sr_tissue_read(&l->par.tissue, &l->muscle[m]);
    const double volume = healthy->muscle[m].volume * 1e6;
    outcome(b, reading, k++)[point] = r.innervated * volume;
    outcome(b, reading, k++)[point] = r.total * volume;
    outcome(b, reading, k++)[point] = r.capacity * healthy->muscle[m].par.f_max;
  }
  const sr_energy_readout w = sr_life_weight(l);
  outcome(b, reading, k++)[point] = w.mass;
  outcome(b, reading, k++)[point] = 100.0 * w.fat_fraction;
}

// Reads a life, which stands at the begin of a leg of the track, at the epochs before the leg's end.
static int read_between(const sr_track *t, int leg, const sr_life *begin, const sr_reading *reading, int next, int n,
                        int point, const book *b, const sr_model *healthy)
{
  const sr_week_line *line = &t->leg[leg];
  for (; next < n && reading[next].epoch->week < line->to; next++) {
    sr_life l = *begin;
    sr_life_advance(&l, reading[next].epoch->week, line, &t->healthy);
    write_down(b, next, point, &l, healthy);
  }
  return next;
}

// One life along the legs of the track, read where its epochs are.
static bool live(const sr_track *t, const sr_life_constants *c, const sr_reading *reading, int n, int point,
                 const book *b, const sr_model *healthy)
{
  sr_life l;
  if (!sr_life_new(t->plan, c, &l, NULL)) return false;
  int next = 0;
  for (int leg = 0; leg <= t->nleg; leg++) {
    while (next < n && reading[next].epoch->week == l.week && reading[next].is_before_events)
      write_down(b, next++, point, &l, healthy);
    sr_life_events(&l);
    while (next < n && reading[next].epoch->week == l.week) write_down(b, next++, point, &l, healthy);
    sr_life_wounds(&l);
    if (leg == t->nleg) break;
    next = read_between(t, leg, &l, reading, next, n, point, b, healthy);
    sr_life_advance(&l, t->leg[leg].to, &t->leg[leg], &t->healthy);
  }
  return next == n;
}

static sr_band band_of(const book *b, int reading, int k, sr_arena *work)
{
  const double p[2] = {0.05, 0.95};
  double q[2];
  const sr_mark top = sr_arena_mark(work);
  sr_sample_quantiles(outcome(b, reading, k), b->npoint, p, 2, q, work);
  sr_arena_release(work, top);
  return (sr_band){true, q[0], q[1]};
}

// The lists are those that sr_epoch_describe has filled, so the metric is there.
static void set_band(sr_metric *list, int n, const char *name, sr_band band)
{
  const sr_metric *found = sr_metric_find(list, n, name);
  SR_ASSERT(found != NULL);
  sr_metric *m = &list[found - list];
  m->has_band = true;
  m->p05 = band.p05;
  m->p95 = band.p95;
}

static void fill_epoch(const book *b, int reading, const sr_model *healthy, sr_epoch *e, sr_arena *work)
{
  int k = 0;
  for (int leg = 0; leg < 2; leg++)
    for (int i = 0; i < LOOKS; i++)
      set_band(e->leg[leg].metric, e->leg[leg].nmetric, look_name[i], band_of(b, reading, k++, work));
  int place[2] = {0, 0};  // the muscles of a leg stand in the order of the model
  for (int m = 0; m < b->nmuscle; m++) {
    const sr_leg leg = healthy->muscle[m].leg;
    sr_muscle_result *r = &e->leg[leg].muscle[place[leg]++];
    r->contractile_band = band_of(b, reading, k++, work);
    r->total_band = band_of(b, reading, k++, work);
    r->force_band = band_of(b, reading, k++, work);
  }
  for (int i = 0; i < WEIGHTS; i++) set_band(e->metric, e->nmetric, weight_name[i], band_of(b, reading, k++, work));
}

// The constants that explain most of an outcome.
static void add_influences(const sr_track *t, const sr_sample_set *set, const book *b, int reading, int k,
                           const char *name, sr_arena *keep, sr_arena *work, sr_result *out)
{
  enum { MOST = 5 };
  const double worth = 0.02;  // of the variance; less is within what the estimate is uncertain by
  const sr_mark top = sr_arena_mark(work);
  sr_influence *all = sr_alloc(work, sr_influence, set->dim);
  sr_sample_influences(set, outcome(b, reading, k), all, work);
  for (int i = 0; i < MOST && i < set->dim && all[i].share > worth; i++)
    out->influence[out->ninfluence++] = (sr_influence_result){.outcome = sr_arena_strdup(keep, name),
                                                              .unknown = sr_life_unknown_name(t->plan, all[i].unknown),
                                                              .about = sr_life_unknown_about(t->plan, all[i].unknown),
                                                              .rank_correlation = all[i].spearman,
                                                              .share = all[i].share};
  sr_arena_release(work, top);
}

// Of the leg whose girth changes more, half a year and two years on, and of the weight.
static void find_influences(const sr_track *t, const sr_sample_set *set, const book *b, const sr_reading *reading,
                            sr_arena *keep, sr_arena *work, sr_result *out)
{
  static const double weeks[] = {2.0, 26.0, 104.0};
  static const char *const side[2] = {"left", "right"};
  enum { CHANGE = 2, ROOM = 64 };
  out->influence = sr_alloc(keep, sr_influence_result, ROOM);
  out->ninfluence = 0;
  for (int r = 0; r < b->nreading; r++)
    for (size_t w = 0; w < sizeof weeks / sizeof *weeks; w++) {
      if (reading[r].epoch->week != weeks[w] || reading[r].is_before_events) continue;
      double size[2];
      for (int leg = 0; leg < 2; leg++)
        size[leg] = fabs(sr_sample_moments(outcome(b, r, leg * LOOKS + CHANGE), b->npoint).mean);
      const int leg = size[0] > size[1] ? 0 : 1;
      char name[64];
      snprintf(name, sizeof name, "girth_change_cm_%s_week_%g", side[leg], weeks[w]);
      add_influences(t, set, b, r, leg * LOOKS + CHANGE, name, keep, work, out);
      snprintf(name, sizeof name, "mass_kg_week_%g", weeks[w]);
      add_influences(t, set, b, r, b->noutcome - WEIGHTS, name, keep, work, out);
    }
}

void sr_bands_fill(const sr_track *t, const sr_reading *reading, int n, int samples, long seed, sr_arena *keep,
                   sr_result *out)
{
  if (samples <= 0 || n == 0) return;
  sr_arena *work = sr_arena_new();
  const sr_model *healthy = sr_life_healthy(t->plan);
  const sr_sample_set set = sr_sample_set_new(samples, sr_life_nunknown(t->plan), (uint64_t)seed, work);
  book b = {.nmuscle = healthy->nmuscle, .nreading = n, .npoint = set.n};
  b.noutcome = 2 * LOOKS + PER_MUSCLE * b.nmuscle + WEIGHTS;
  b.y = sr_alloc(work, double, (size_t)n *(size_t)b.noutcome *(size_t)b.npoint);
  bool is_good = true;
  for (int i = 0; i < set.n && is_good; i++) {
    const sr_life_constants c = sr_life_constants_drawn(t->plan, set.u + (size_t)i * (size_t)set.dim);
    is_good = !sr_track_is_stopped(t) && live(t, &c, reading, n, i, &b, healthy);
  }
  for (int r = 0; r < n && is_good; r++) fill_epoch(&b, r, healthy, reading[r].epoch, work);
  if (is_good && out != NULL) find_influences(t, &set, &b, reading, keep, work, out);
  sr_arena_free(work);
}
