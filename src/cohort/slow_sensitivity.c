// Which constants move weeks to years: of one muscle in made-up lives, where all the tissue's constants are drawn, and
// of a whole life under the loads that its movements ask for, where those of weight and shape are drawn as well.
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "cohort/sensitivity_parts.h"
#include "cohort/tissue.h"
#include "course/course.h"
#include "load/model.h"
#include "math/sobol.h"

// --- what is asked

typedef struct question {
  const char *life, *measure;  // of data/validation/slow.toml; as in its rows
  double week;
  const char *what;
} question;
static const question asked[] = {
    {"denervated", "total", 26.0, "volume of a head without its nerve"},
    {"denervated", "total", 104.0, "volume of a head without its nerve"},
    {"denervated", "total", 260.0, "volume of a head without its nerve"},
    {"denervated", "fat", 104.0, "fat in it"},
    {"beside_denervated", "total", 104.0, "volume of the soleus beside it"},
    {"toxin", "total", 13.0, "volume after toxin"},
    {"radiofrequency", "strength", 26.0, "strength after a nerve was burned and grew back"},
    {"suture", "strength", 52.0, "strength after a nerve was cut and joined"},
    {"bed_rest", "total", 8.0, "volume after bed rest"},
    {"cast_7", "strength", 7.0, "strength after a cast"},
};
enum { ASKED = sizeof asked / sizeof *asked };

// The woman of examples/article.toml, both heads cut on both sides.
static const char life_text[] =
    "schema = \"surae-scenario/1\"\n[person]\nsex = \"female\"\nage_yr = 25\nheight_cm = 160\nmass_kg = 52\n"
    "[[habits]]\nweek = 0\nstanding_h_per_day = 4\nsteps_per_day = 8000\nwalking_speed_m_s = 1.3\nstairs_per_day = 10\n"
    "[[intervention]]\nweek = 0\nkind = \"transect\"\ntarget = [\"nerve_to_gasmed\", \"nerve_to_gaslat\"]\n"
    "side = \"both\"\n";
static const double life_week[] = {26.0, 104.0, 260.0};
enum { LIFE_WEEKS = sizeof life_week / sizeof *life_week, LIFE_ASKED = LIFE_WEEKS * SR_DRAW_OUTCOMES };
static const struct {
  const char *what, *unit;
  double factor;
} life_outcome[SR_DRAW_OUTCOMES] = {[SR_DRAW_GIRTH] = {"greatest girth of the calf", "cm", 100.0},
                                    [SR_DRAW_SOLEUS] = {"volume of the soleus", "%", 100.0},
                                    [SR_DRAW_GASMED] = {"volume of the medial head", "%", 100.0}};

// --- a study: outcomes of runs

// y of one point, all outcomes; u NULL: the tables' own constants. NaN where there is none.
typedef struct study {
  const sr_sensitivity_options *o;
  sr_teller *teller;
  const char *what;
  int dim, nout;
  void (*tell)(const struct study *s, const double *u, double *y);
  const char *(*name)(const struct study *s, int unknown), *(*about)(const struct study *s, int unknown);
  sr_sobol_set set;
  double *y;  // (nout * nrun)
  // of one muscle
  const sr_validation *v;
  sr_row row[ASKED];
  sr_tissue_table table;
  // of a life
  const sr_course_draws *life;
} study;

static bool is_stopped(const sr_sensitivity_options *o)
{
  return o->stop != NULL && *o->stop != 0;
}

// All runs of some pairs of points.
enum { PAIRS_PER_JOB = 8 };
static void do_pairs(void *who, int job)
{
  study *s = who;
  sr_arena *work = sr_arena_new();
  double *u = sr_alloc(work, double, s->dim), *y = sr_alloc(work, double, s->nout);
  const int width = s->dim + 2, end = (job + 1) * PAIRS_PER_JOB, nrun = sr_sobol_nrun(&s->set);
  for (int k = job * PAIRS_PER_JOB; k < end && k < s->set.n; k++)
    for (int run = k * width; run < (k + 1) * width && !is_stopped(s->o); run++) {
      sr_sobol_point(&s->set, run, u);
      s->tell(s, u, y);
      for (int i = 0; i < s->nout; i++) s->y[(size_t)i * (size_t)nrun + (size_t)run] = y[i];
    }
  sr_arena_free(work);
  sr_teller_done(s->teller, s->what);
}

// Value and spread over the points A and B, and who moves it.
static void conclude(const study *s, int which, const double *own, sr_slow_sensitivity *out, sr_arena *keep)
{
  const int nrun = sr_sobol_nrun(&s->set), width = s->dim + 2;
  const double *y = s->y + (size_t)which * (size_t)nrun;
  out->value = own[which];
  out->pairs = s->set.n;
  out->sd = out->p05 = out->p95 = (double)NAN;
  for (int k = 0; k < nrun && out->why == NULL; k++)
    if (!isfinite(y[k])) out->why = is_stopped(s->o) ? "interrupted" : "some constants give no such number";
  if (out->why != NULL) return;
  sr_arena *work = sr_arena_new();
  double *plain = sr_alloc(work, double, 2 * s->set.n), q[2];
  for (int k = 0; k < 2 * s->set.n; k++) plain[k] = y[k / 2 * width + k % 2];
  sr_sample_quantiles(plain, 2 * s->set.n, (const double[]){0.05, 0.95}, 2, q, work);
  out->p05 = q[0];
  out->p95 = q[1];
  out->sd = sr_sample_moments(plain, 2 * s->set.n).sd;
  sr_sobol_index *x = sr_alloc(work, sr_sobol_index, s->dim);
  sr_sobol_indices(&s->set, y, x, work);
  out->n = s->dim;
  out->by = sr_alloc(keep, sr_moved_by, s->dim);
  for (int i = 0; i < s->dim; i++)
    out->by[i] =
        (sr_moved_by){s->name(s, x[i].unknown), s->about(s, x[i].unknown), x[i].first, x[i].first_error, x[i].total,
                      x[i].total_error};
  sr_arena_free(work);
}

static void run(study *s, int pairs, sr_slow_sensitivity *out, sr_arena *keep)
{
  sr_arena *work = sr_arena_new();
  s->set = sr_sobol_set_new(pairs, s->dim, s->o->seed, work);
  const size_t n = (size_t)s->nout * (size_t)sr_sobol_nrun(&s->set);
  s->y = sr_alloc(work, double, n);
  for (size_t k = 0; k < n; k++) s->y[k] = (double)NAN;
  const int njob = (s->set.n + PAIRS_PER_JOB - 1) / PAIRS_PER_JOB;
  sr_teller_more(s->teller, njob);
  sr_parallel(s->o->threads, njob, do_pairs, s);
  double *own = sr_alloc(work, double, s->nout);
  s->tell(s, NULL, own);
  for (int i = 0; i < s->nout; i++) conclude(s, i, own, &out[i], keep);
  sr_arena_free(work);
}

// --- one muscle

static void tell_muscle(const study *s, const double *u, double *y)
{
  const sr_tissue_params p = u != NULL ? sr_tissue_draw(&s->table, u) : s->table.par;
  for (int i = 0; i < ASKED; i++) y[i] = sr_tissue_row_value(s->v, &s->row[i], &p);
}

static const char *name_of_tissue(const study *s, int unknown)
{
  return sr_tissue_param_name(sr_tissue_unknown(&s->table, unknown));
}

static const char *about_tissue(const study *s, int unknown)
{
  return sr_tissue_param_meaning(sr_tissue_unknown(&s->table, unknown));
}

static bool find_lives(study *s, sr_error *err)
{
  for (int i = 0; i < ASKED; i++) {
    int k = 0;
    while (k < s->v->nstory && strcmp(s->v->story[k].name, asked[i].life) != 0) k++;
    if (k == s->v->nstory) return sr_fail(err, SR_INTERNAL, "there is no life '%s'", asked[i].life);
    s->row[i] = (sr_row){
        .measure = asked[i].measure, .week = asked[i].week, .npart = 1, .part = {k}, .weight = {1.0}, .over = -1};
  }
  return true;
}

static bool run_muscle(study s, sr_slow_sensitivity *out, sr_arena *keep, sr_error *err)
{
  if (!sr_tissue_table_load(&s.table, err) || !find_lives(&s, err)) return false;
  s.dim = sr_tissue_nunknown(&s.table);
  s.nout = ASKED;
  s.tell = tell_muscle;
  s.name = name_of_tissue;
  s.about = about_tissue;
  s.what = "one muscle, other constants";
  for (int i = 0; i < ASKED; i++)
    out[i] = (sr_slow_sensitivity){
        .what = asked[i].what, .unit = "%", .of = sr_arena_strdup(keep, asked[i].life), .week = asked[i].week};
  run(&s, s.o->pairs, out, keep);
  return true;
}

// --- a life

static void tell_life(const study *s, const double *u, double *y)
{
  const bool is_good = sr_course_draws_tell(s->life, u, life_week, LIFE_WEEKS, y);
  for (int i = 0; i < LIFE_ASKED; i++) y[i] = is_good ? life_outcome[i % SR_DRAW_OUTCOMES].factor * y[i] : (double)NAN;
}

static const char *name_of_life(const study *s, int unknown)
{
  return sr_course_draws_name(s->life, unknown);
}

static const char *about_life(const study *s, int unknown)
{
  return sr_course_draws_about(s->life, unknown);
}

static bool run_life(study s, sr_slow_sensitivity *out, sr_arena *keep, sr_error *err)
{
  sr_nerve_tree *tree = sr_alloc(keep, sr_nerve_tree, 1);
  sr_scenario *life = sr_alloc(keep, sr_scenario, 1);
  const sr_course_options o = {
      .stop = s.o->stop, .version = "", .kernel = "", .threads = s.o->threads, .without_slips = true};
  if (!sr_nerve_tree_load(keep, tree, err) ||
      !sr_scenario_parse("life", life_text, strlen(life_text), tree, keep, life, err))
    return false;
  life->samples = 0;
  s.nout = LIFE_ASKED;
  s.tell = tell_life;
  s.name = name_of_life;
  s.about = about_life;
  s.what = "a whole life, other constants";
  for (int i = 0; i < LIFE_ASKED; i++)
    out[i] = (sr_slow_sensitivity){.what = life_outcome[i % SR_DRAW_OUTCOMES].what,
                                   .unit = life_outcome[i % SR_DRAW_OUTCOMES].unit,
                                   .of = "both heads cut, a whole life",
                                   .week = life_week[i / SR_DRAW_OUTCOMES]};
  s.life = sr_course_draws_new(life, tree, life_week[LIFE_WEEKS - 1], &o, keep, err);
  if (s.life == NULL && s.o->stop != NULL && *s.o->stop != 0) {  // what was found before is kept
    for (int i = 0; i < LIFE_ASKED; i++) out[i].why = "interrupted";
    return true;
  }
  if (s.life == NULL) return false;
  s.dim = sr_course_draws_nunknown(s.life);
  run(&s, s.o->life_pairs, out, keep);
  return true;
}

bool sr_slow_sensitivity_run(const sr_sensitivity_options *o, sr_teller *t, sr_arena *keep, sr_sensitivity *out,
                             sr_error *err)
{
  sr_validation *v = sr_alloc(keep, sr_validation, 1);
  if (!sr_validation_load(keep, v, err)) return false;
  const study s = {.o = o, .teller = t, .v = v};
  out->slow = sr_alloc(keep, sr_slow_sensitivity, ASKED + LIFE_ASKED);
  out->nslow = ASKED + (o->is_quick ? 0 : LIFE_ASKED);
  return run_muscle(s, out->slow, keep, err) && (o->is_quick || run_life(s, out->slow + ASKED, keep, err));
}
