// All rows, side by side: each slow row is one job, each person with one task one job, each person with all that is
// read off the body one job.
#include <math.h>
#include <string.h>
#include <threads.h>

#include "base/parallel.h"
#include "cohort/body.h"
#include "cohort/lived.h"
#include "cohort/tissue.h"
#include "course/course.h"
#include "load/model.h"
#include "math/sample.h"
#include "report/cycle.h"

typedef struct job {
  const sr_row *row;  // of a slow outcome, and one of those that ask for a life; or NULL
  const char *life;   // what is done in it; or NULL
  int people, person;
  const char *task;  // NULL: the body
} job;

typedef struct study {
  const sr_validation *v;
  const sr_validate_options *o;
  sr_arena *keep;
  int nrow;
  sr_verdict *verdict;
  sr_person **persons;  // (npeople)
  // (nrow * 2): outcomes of each person of people and of than; NULL: none
  double **value;
  sr_person_leg **lived;  // (nrow * 2): a leg of each person at the weeks of the row, of scenario and against; or NULL
  const char **unlived;   // (nrow * 2): why that life is not known; or NULL
  int ncurve;
  sr_curve_verdict *curve;
  double **walked;  // (ncurve) of each person, SR_CURVE_SAMPLES each, in the unit of the curve; NULL: not asked for
  int njob;
  job *job;
  // shared by the jobs
  sr_tissue_table tissue;
  sr_shape_data shape;
  sr_nerve_tree tree;
  mtx_t lock;
  int done;
} study;

static bool is_stopped(const study *s)
{
  return s->o->stop != NULL && *s->o->stop != 0;
}

bool sr_validation_has_area(const sr_validation *v, const char *area)
{
  for (int i = 0; i < v->nrow; i++)
    if (strcmp(v->row[i].area, area) == 0) return true;
  return false;
}

// --- jobs

static void add_job(study *s, job j)
{
  for (int i = 0; i < s->njob && j.row == NULL; i++) {
    const job *k = &s->job[i];
    const bool is_same_task = (k->task == NULL) == (j.task == NULL) && (j.task == NULL || strcmp(k->task, j.task) == 0);
    if (k->row == NULL && k->people == j.people && k->person == j.person && is_same_task) return;
  }
  s->job[s->njob++] = j;
}

// Which sample a row looks at: side 0 of the row itself, 1 that it is held against; -1: none.
static int people_of(const sr_row *row, int side)
{
  return side == 0 ? row->people : row->than;
}

static bool is_asked(const study *s, const sr_row *row)
{
  if (row->needs == SR_NEEDS_TISSUE || row->needs == SR_NEEDS_BODY) return true;
  return (row->needs == SR_NEEDS_TASK || row->scenario != NULL) && !s->o->is_quick;
}

static int draw_people(study *s, int people)
{
  if (s->persons[people] == NULL) {
    s->persons[people] = sr_people_draw(&s->v->people[people], s->keep);
    sr_people_set_girth(&s->v->people[people], &s->shape, s->persons[people]);
  }
  return s->v->people[people].persons;
}

static int walkers_of(const study *s, const sr_curve_verdict *c)
{
  return s->v->walkers[c->curve->study];
}

static void add_curve(study *s, int i)
{
  const int people = walkers_of(s, &s->curve[i]), n = draw_people(s, people);
  s->curve[i].persons = n;
  if (s->o->is_quick) return;
  s->walked[i] = sr_alloc(s->keep, double, n *SR_CURVE_SAMPLES);
  for (int k = 0; k < n; k++) {
    s->walked[i][k * SR_CURVE_SAMPLES] = (double)NAN;
    add_job(s, (job){.people = people, .person = k, .task = s->curve[i].study->task});
  }
}

static void add_people(study *s, int i, int side)
{
  const sr_row *row = s->verdict[i].row;
  const int people = people_of(row, side);
  if (people < 0) return;
  const int n = draw_people(s, people);
  s->value[2 * i + side] = sr_alloc(s->keep, double, n);
  for (int k = 0; k < n; k++) {
    s->value[2 * i + side][k] = (double)NAN;
    if (row->scenario == NULL) add_job(s, (job){.people = people, .person = k, .task = row->task});
  }
}

// What is done in the life that a row looks at, or holds it against; NULL: none.
static const char *life_of(const sr_row *row, int side)
{
  return side == 0 ? row->scenario : row->against;
}

static bool is_of_life(const sr_row *row, int side, const job *j)
{
  const char *life = life_of(row, side);
  return life != NULL && row->people == j->people && strcmp(life, j->life) == 0;
}

// One job for all rows of one life.
static void add_life(study *s, int i, int side)
{
  const sr_row *row = s->verdict[i].row;
  if (life_of(row, side) == NULL) return;
  const job j = {.row = row, .life = life_of(row, side), .people = row->people};
  double week[SR_LIVED_WEEKS];
  s->lived[2 * i + side] =
      sr_alloc(s->keep, sr_person_leg, s->v->people[row->people].persons * sr_lived_weeks(row, week));
  for (int k = 0; k < s->njob; k++)
    if (s->job[k].life != NULL && is_of_life(row, side, &s->job[k])) return;
  add_job(s, j);
}

static void add_rows(study *s)
{
  int room = 0;
  for (int i = 0; i < s->nrow; i++)
    for (int side = 0; side < 2; side++) {
      const int people = people_of(s->verdict[i].row, side);
      room += 2 + (people >= 0 ? s->v->people[people].persons : 0);
    }
  for (int i = 0; i < s->ncurve; i++) room += s->v->people[walkers_of(s, &s->curve[i])].persons;
  s->job = sr_alloc(s->keep, job, room);
  for (int i = 0; i < s->nrow; i++) {
    const sr_row *row = s->verdict[i].row;
    if (!is_asked(s, row)) continue;
    if (row->needs == SR_NEEDS_TISSUE) {
      add_job(s, (job){.row = row});
      continue;
    }
    for (int side = 0; side < 2; side++) add_people(s, i, side);
    for (int side = 0; side < 2; side++) add_life(s, i, side);
  }
  for (int i = 0; i < s->ncurve; i++) add_curve(s, i);
}

// A life, or a movement of many solves.
static bool is_dear(const job *j)
{
  sr_task t;
  if (j->life != NULL) return true;
  return j->task != NULL && sr_task_parse(j->task, &t, NULL) && (t.speed != SR_SPEED_GIVEN || t.family == SR_TASK_RUN);
}

// So that no thread is left alone with a dear one at the end.
static void put_dear_first(study *s)
{
  job *all = sr_alloc(s->keep, job, s->njob);
  int n = 0;
  for (int dear = 1; dear >= 0; dear--)
    for (int i = 0; i < s->njob; i++)
      if (is_dear(&s->job[i]) == dear) all[n++] = s->job[i];
  s->job = all;
}

// --- one job

static void do_slow(study *s, const sr_row *row)
{
  for (int i = 0; i < s->nrow; i++)
    if (s->verdict[i].row == row) s->verdict[i].ours = sr_tissue_row_ours(s->v, row, &s->tissue, s->o->points);
}

// The person in the middle of a sample, who finds the loads; of a mixed one a woman.
static sr_person middle_of(const study *s, int people, sr_arena *work)
{
  sr_people one = s->v->people[people];
  one.persons = 1;
  one.women = one.women > 0.0;
  sr_person *p = sr_people_draw(&one, work);
  sr_people_set_girth(&one, &s->shape, p);
  return *p;
}

static bool read_life(const study *s, const job *j, sr_arena *work, sr_scenario *out, sr_error *err)
{
  const char *text = sr_arena_printf(work,
                                     "schema = \"surae-scenario/1\"\n[person]\nsex = \"female\"\nage_yr = 30\n"
                                     "height_cm = 160\nmass_kg = 55\n%s",
                                     j->life);
  if (!sr_scenario_parse(j->row->id, text, strlen(text), &s->tree, work, out, err)) return false;
  out->person = middle_of(s, j->people, work);
  out->samples = 0;
  return true;
}

// The weeks of the rows of one life, each once, rising: how many.
enum { WEEKS_MOST = 64 };
static int weeks_of(const study *s, const job *j, double *week)
{
  int n = 0;
  for (int i = 0; i < 2 * s->nrow; i++) {
    double own[SR_LIVED_WEEKS];
    const sr_row *row = s->verdict[i / 2].row;
    const int m = is_of_life(row, i % 2, j) ? sr_lived_weeks(row, own) : 0;
    for (int at = 0; at < m; at++) {
      int k = n;
      while (k > 0 && week[k - 1] > own[at]) k--;
      if (k > 0 && week[k - 1] == own[at]) continue;
      SR_ASSERT(n < WEEKS_MOST);
      memmove(&week[k + 1], &week[k], (size_t)(n++ - k) * sizeof *week);
      week[k] = own[at];
    }
  }
  return n;
}

// What a row looks at, out of all weeks of its life.
static void keep_lived(study *s, int i, int side, const double *week, int nweek, const sr_person_leg *all)
{
  const sr_row *row = s->verdict[i].row;
  double own[SR_LIVED_WEEKS];
  const int m = sr_lived_weeks(row, own), n = s->v->people[row->people].persons;
  for (int at = 0; at < m; at++)
    for (int w = 0; w < nweek; w++)
      for (int k = 0; k < n && own[at] == week[w]; k++)
        s->lived[2 * i + side][m * k + at] = all[2 * (nweek * k + w) + SR_LEG_RIGHT];
}

// Several jobs may share the arena of the findings.
static void lose_lived(study *s, int i, const sr_error *err)
{
  s->lived[i] = NULL;
  mtx_lock(&s->lock);
  s->unlived[i] = sr_arena_strdup(s->keep, err->text);
  mtx_unlock(&s->lock);
}

// All rows of one life: who is in the middle of the sample finds the loads, and everybody lives with them.
static void do_life(study *s, const job *j)
{
  sr_arena *work = sr_arena_new();
  double week[WEEKS_MOST];
  const int nweek = weeks_of(s, j, week), n = s->v->people[j->people].persons;
  sr_person_leg *all = sr_alloc(work, sr_person_leg, 2 * n * nweek);
  sr_scenario life;
  sr_error err = {0};
  const sr_course_options o = {.stop = s->o->stop, .version = "", .kernel = "", .threads = 1, .without_slips = true};
  const bool is_good = read_life(s, j, work, &life, &err) &&
                       sr_course_people(&life, &s->tree, s->persons[j->people], n, week, nweek, &o, work, all, &err);
  for (int i = 0; i < 2 * s->nrow; i++)
    if (is_of_life(s->verdict[i / 2].row, i % 2, j)) {
      if (is_good) keep_lived(s, i / 2, i % 2, week, nweek, all);
      if (!is_good) lose_lived(s, i, &err);
    }
  sr_arena_free(work);
}

static void do_body(study *s, const job *j)
{
  sr_arena *work = sr_arena_new();
  const sr_person *p = &s->persons[j->people][j->person];
  sr_model *m = sr_alloc(work, sr_model, 1);
  const bool is_good = sr_model_load(p, m, NULL);
  for (int i = 0; i < s->nrow && is_good; i++)
    for (int side = 0; side < 2; side++) {
      const sr_row *row = s->verdict[i].row;
      if (row->needs == SR_NEEDS_BODY && people_of(row, side) == j->people)
        s->value[2 * i + side][j->person] = sr_body_row_value(row, &s->shape, p, m);
    }
  sr_arena_free(work);
}

static void read_task(study *s, const job *j, const sr_task_result *r)
{
  for (int i = 0; i < s->nrow; i++) {
    const sr_row *row = s->verdict[i].row;
    if (row->needs != SR_NEEDS_TASK || row->people != j->people || strcmp(row->task, j->task) != 0) continue;
    const sr_metric *m = r->status == SR_TASK_SOLVED ? sr_metric_find(r->metric, r->nmetric, row->metric) : NULL;
    s->value[2 * i][j->person] = m != NULL ? row->factor * m->value : (double)NAN;
  }
}

static void read_curves(study *s, const job *j, const sr_task_result *r, sr_arena *work)
{
  sr_page p = {.keep = work};
  for (int i = 0; i < s->ncurve; i++) {
    const sr_curve_verdict *c = &s->curve[i];
    double y[SR_NPHASE];
    _Static_assert(SR_NPHASE == SR_CURVE_SAMPLES, "one grid of the cycle");
    if (walkers_of(s, c) != j->people || strcmp(c->study->task, j->task) != 0) continue;
    if (r->status != SR_TASK_SOLVED || !sr_cycle_column(&p, r, c->curve->column, c->curve->rest, SR_LEG_RIGHT, y))
      continue;
    const double factor = sr_curve_factor(c->curve->unit, s->persons[j->people][j->person].mass_kg);
    for (int k = 0; k < SR_CURVE_SAMPLES; k++) s->walked[i][j->person * SR_CURVE_SAMPLES + k] = factor * y[k];
  }
}

// A body of week 0 to which nothing is done, from a cold start.
static void do_task(study *s, const job *j)
{
  sr_arena *work = sr_arena_new();
  sr_scenario who = sr_scenario_default(work);
  who.person = s->persons[j->people][j->person];
  who.samples = 0;
  const sr_course_options o = {.stop = s->o->stop, .version = "", .kernel = "", .threads = 1, .without_slips = true};
  sr_task task;
  sr_result *r = sr_alloc(work, sr_result, 1);
  if (sr_task_parse(j->task, &task, NULL) && sr_course_solve(&who, &s->tree, 0.0, &task, 1, &o, work, r, NULL) &&
      r->nepoch > 0 && r->epoch[0].ntask > 0) {
    read_task(s, j, &r->epoch[0].task[0]);
    read_curves(s, j, &r->epoch[0].task[0], work);
  }
  sr_arena_free(work);
}

static void tell(study *s, const char *what)
{
  mtx_lock(&s->lock);
  s->done++;
  if (s->o->progress != NULL) s->o->progress(s->o->who, s->done, s->njob, what);
  mtx_unlock(&s->lock);
}

static void do_job(void *who, int i)
{
  study *s = who;
  const job *j = &s->job[i];
  if (is_stopped(s)) return;
  if (j->life != NULL)
    do_life(s, j);
  else if (j->row != NULL)
    do_slow(s, j->row);
  else if (j->task != NULL)
    do_task(s, j);
  else
    do_body(s, j);
  tell(s, j->row != NULL ? j->row->id : j->task != NULL ? j->task : s->v->people[j->people].name);
}

// --- what came out

// Mean and spread of those who have an answer.
static sr_ours over_people(const double *y, int n, sr_arena *work)
{
  sr_ours o = {.persons = n, .sd = (double)NAN, .p05 = (double)NAN, .p95 = (double)NAN};
  double *known = sr_alloc(work, double, n), q[2];
  for (int k = 0; k < n; k++)
    if (isfinite(y[k])) known[o.answered++] = y[k];
  o.is_known = o.answered > 0;
  if (o.answered < n) o.why = "not every person has an answer";
  if (!o.is_known) return o;
  const sr_moments m = sr_sample_moments(known, o.answered);
  o.value = m.mean;
  if (o.answered == 1) return o;
  sr_sample_quantiles(known, o.answered, (const double[]){0.05, 0.95}, 2, q, work);
  o.sd = m.sd;
  o.p05 = q[0];
  o.p95 = q[1];
  o.uncertainty = m.sd / sqrt(o.answered);
  return o;
}

// Of a row about people.
static sr_ours ours_of(const study *s, int i)
{
  const sr_row *row = s->verdict[i].row;
  const sr_ours own = over_people(s->value[2 * i], s->v->people[row->people].persons, s->keep);
  if (row->than < 0) return own;
  const sr_ours than = over_people(s->value[2 * i + 1], s->v->people[row->than].persons, s->keep);
  return (sr_ours){.is_known = own.is_known && than.is_known,
                   .value = 100.0 * (own.value / than.value - 1.0),
                   .sd = (double)NAN,
                   .p05 = (double)NAN,
                   .p95 = (double)NAN,
                   .persons = own.persons + than.persons,
                   .answered = own.answered + than.answered};
}

// Each person's answer to a row about a life.
static void read_lived(study *s, int i)
{
  const sr_row *row = s->verdict[i].row;
  const sr_person_leg *own = s->lived[2 * i], *against = s->lived[2 * i + 1];
  double week[SR_LIVED_WEEKS];
  const int m = sr_lived_weeks(row, week), n = s->v->people[row->people].persons;
  for (int k = 0; k < n && own != NULL && (against != NULL) == (row->against != NULL); k++)
    s->value[2 * i][k] = sr_lived_value(row, &own[m * k], against != NULL ? &against[m * k] : NULL);
}

static const char left_out[] = "movements, and lives that need them, are left out of the quick set";

static const char *why_not(const study *s, const sr_row *row)
{
  if (row->why != NULL) return row->why;
  return is_stopped(s) ? "interrupted" : left_out;
}

// Mean and spread of the persons who walked, and the score.
static void conclude_curve(const study *s, int i)
{
  sr_curve_verdict *c = &s->curve[i];
  double measured[SR_CURVE_SAMPLES], sd[SR_CURVE_SAMPLES], y[SR_CURVE_SAMPLES];
  double *const known = sr_alloc(s->keep, double, c->persons);
  for (int at = 0; at < SR_CURVE_SAMPLES; at++) {
    c->answered = 0;
    for (int k = 0; k < c->persons && s->walked[i] != NULL; k++) {
      memcpy(y, &s->walked[i][k * SR_CURVE_SAMPLES], sizeof y);
      if (isfinite(y[0])) known[c->answered++] = y[at];
    }
    if (c->answered == 0) break;
    const sr_moments m = sr_sample_moments(known, c->answered);
    c->ours[at] = m.mean;
    c->ours_sd[at] = c->answered > 1 ? m.sd : (double)NAN;
  }
  if (is_stopped(s)) c->answered = 0;  // of some persons alone it would be another curve
  if (c->answered == 0) {
    c->why = is_stopped(s) ? "interrupted" : s->o->is_quick ? left_out : "no person has an answer";
    return;
  }
  sr_curve_resample(c->curve->mean, SR_CURVE_SAMPLES, measured);
  sr_curve_resample(c->curve->sd, SR_CURVE_SAMPLES, sd);
  c->score = sr_curve_score_of(c->ours, measured, c->curve->has_sd ? sd : NULL);
}

static void conclude(study *s)
{
  for (int i = 0; i < s->ncurve; i++) conclude_curve(s, i);
  for (int i = 0; i < s->nrow; i++) {
    sr_verdict *v = &s->verdict[i];
    if (v->row->scenario != NULL && s->value[2 * i] != NULL) read_lived(s, i);
    if (s->value[2 * i] != NULL && !is_stopped(s)) v->ours = ours_of(s, i);
    for (int side = 1; side >= 0; side--)
      if (s->unlived[2 * i + side] != NULL && !is_stopped(s)) v->ours.why = s->unlived[2 * i + side];
    if (!v->ours.is_known && v->ours.why == NULL) v->ours.why = why_not(s, v->row);
    v->score = sr_score_of(v->row, &v->ours);
  }
}

// What of the set is of the area.
static void choose(study *s)
{
  const sr_validation *v = s->v;
  const char *area = s->o->area;
  for (int i = 0; i < v->nrow; i++)
    if (area == NULL || strcmp(v->row[i].area, area) == 0) s->verdict[s->nrow++].row = &v->row[i];
  for (int i = 0; i < v->curves.ncurve; i++) {
    const sr_measured_curve *c = &v->curves.curve[i];
    const sr_curve_study *of = &v->curves.study[c->study];
    if (area != NULL && strcmp(of->area, area) != 0) continue;
    s->curve[s->ncurve].curve = c;
    s->curve[s->ncurve++].study = of;
  }
}

bool sr_validate(const sr_validation *v, const sr_validate_options *o, sr_arena *keep, sr_findings *out, sr_error *err)
{
  study *s = sr_alloc(keep, study, 1);
  *s = (study){.v = v,
               .o = o,
               .keep = keep,
               .verdict = sr_alloc(keep, sr_verdict, v->nrow),
               .curve = sr_alloc(keep, sr_curve_verdict, v->curves.ncurve)};
  choose(s);
  s->persons = sr_alloc(keep, sr_person *, v->npeople);
  s->value = sr_alloc(keep, double *, 2 * s->nrow);
  s->lived = sr_alloc(keep, sr_person_leg *, 2 * s->nrow);
  s->unlived = sr_alloc(keep, const char *, 2 * s->nrow);
  s->walked = sr_alloc(keep, double *, s->ncurve);
  if (!sr_tissue_table_load(&s->tissue, err) || !sr_shape_data_load(&s->shape, err) ||
      !sr_nerve_tree_load(keep, &s->tree, err))
    return false;
  if (mtx_init(&s->lock, mtx_plain) != thrd_success) return sr_fail(err, SR_INTERNAL, "no lock can be made");
  add_rows(s);
  put_dear_first(s);
  sr_parallel(o->threads, s->njob, do_job, s);
  mtx_destroy(&s->lock);
  conclude(s);
  *out = (sr_findings){.n = s->nrow, .ncurve = s->ncurve, .verdict = s->verdict, .curve = s->curve};
  return true;
}
