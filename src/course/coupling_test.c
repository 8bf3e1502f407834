// What is asked for, and on which side things are done, changes no bit of what is found.
#include <stdlib.h>
#include <unistd.h>

#include "course/course.h"
#include "test.h"

static sr_result predict(const char *scenario, sr_arena *a)
{
  const sr_course_options o = {.version = "test", .kernel = "test", .without_slips = true};
  const char *text = sr_arena_printf(a, "[person]\nsex='female'\nage_yr=25\nheight_cm=160\nmass_kg=52\n%s", scenario);
  sr_nerve_tree tree;
  sr_scenario s;
  sr_result r = {0};
  sr_error err = {0};
  if (!sr_nerve_tree_load(a, &tree, &err) || !sr_scenario_parse("s.toml", text, strlen(text), &tree, a, &s, &err) ||
      !sr_course_predict(&s, &tree, &o, a, &r, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return r;
}

// All of an epoch but its tasks, every bit.
static const char *body_of(const sr_result *r, const sr_epoch *e, sr_arena *a)
{
  sr_epoch plain = *e;
  sr_result alone = *r;
  size_t size;
  plain.ntask = 0;
  alone.epoch = &plain;
  alone.nepoch = 1;
  alone.ncontrol = alone.ninfluence = 0;
  return sr_result_to_json(&alone, a, &size);
}

// A task result without its curves.
static const char *numbers_of(const sr_task_result *t, sr_arena *a)
{
  sr_task_result plain = *t;
  size_t size;
  plain.curves = (sr_curves){0};
  return sr_task_result_to_json(&plain, a, &size);
}

static bool has_same_curves(const sr_task_result *a, const sr_task_result *b)
{
  const size_t n = (size_t)a->curves.nrow * (size_t)a->curves.ncol;
  return a->curves.nrow == b->curves.nrow && a->curves.ncol == b->curves.ncol &&
         (n == 0 || memcmp(a->curves.at, b->curves.at, n * sizeof *a->curves.at) == 0);
}

// Every epoch and task that both lists have; the number of tasks compared.
static int compare(const sr_result *a, const sr_epoch *x, int nx, const sr_result *b, const sr_epoch *y, int ny,
                   sr_arena *work)
{
  int ntask = 0;
  for (int i = 0; i < nx; i++)
    for (int k = 0; k < ny; k++) {
      if (x[i].week != y[k].week || strcmp(x[i].when, y[k].when) != 0) continue;
      SAME(body_of(a, &x[i], work), body_of(b, &y[k], work));
      for (int t = 0; t < x[i].ntask; t++) {
        const sr_task_result *other = sr_result_find_task(&y[k], x[i].task[t].task);
        if (other == NULL) continue;
        SAME(numbers_of(&x[i].task[t], work), numbers_of(other, work));
        CHECK(has_same_curves(&x[i].task[t], other));
        ntask++;
      }
    }
  return ntask;
}

// Weeks and tasks are what the caller looks at. Week 1 stands between two weeks of the grid, 3 behind the last one of
// the shorter list; bands are compared, too.
TEST_SLOW(what_is_asked_for_changes_no_value)
{
#define TOXIN                                                                                                   \
  "[[intervention]]\nweek=0\nkind='toxin'\ntarget=['gasmed','gaslat']\nside='both'\ndose_U=200\n[run]\nbodies=" \
  "0\nsamples=4\n"
  sr_arena *a = sr_arena_new();
  const sr_result few = predict(TOXIN "weeks=[0,1]\ntasks=['stand','walk:speed_m_s=1.5']\n", a);
  const sr_result all =
      predict(TOXIN "weeks=[0,0.14,1,3]\ntasks=['walk:speed_m_s=1.5','walk:speed_m_s=1.3','stand']\n", a);
#undef TOXIN
  CHECK(compare(&few, few.epoch, few.nepoch, &all, all.epoch, all.nepoch, a) == 6);  // before, after, week 1
  CHECK(compare(&few, few.control, few.ncontrol, &all, all.control, all.ncontrol, a) == 4);
  for (int i = 0; i < few.nepoch; i++) CHECK(few.epoch[i].task[1].status == SR_TASK_SOLVED);
  // both legs are treated alike, and stay alike
  for (int i = 0; i < few.nepoch; i++)
    for (int k = 0; k < few.epoch[i].leg[0].nmuscle; k++)
      NEAR(few.epoch[i].leg[0].muscle[k].max_force_N, few.epoch[i].leg[1].muscle[k].max_force_N, 0.0);
  sr_arena_free(a);
}

// One week by itself is that week of the course. A journal spares what is the same question to the last bit.
TEST_SLOW(one_week_alone_is_that_of_the_course)
{
  static const char scenario[] =
      "[person]\nsex='female'\nage_yr=25\nheight_cm=160\nmass_kg=52\n"
      "[[intervention]]\nweek=0\nkind='toxin'\ntarget=['gasmed']\nside='both'\ndose_U=100\n"
      "[run]\nbodies=0\nsamples=1\nweeks=[0,0.1]\ntasks=['stand']\n";
  char path[] = "/tmp/surae_coupling_XXXXXX";
  sr_error err = {0};
  const int fd = mkstemp(path);
  CHECK(fd >= 0 && close(fd) == 0);
  sr_journal *j = sr_journal_open(path, "who", false, &err);
  sr_course_options o = {.version = "test", .kernel = "test", .journal = j, .without_slips = true};
  sr_arena *a = sr_arena_new();
  sr_nerve_tree tree;
  sr_scenario s;
  sr_task stand;
  sr_result course, alone;
  sr_model *body = sr_alloc(a, sr_model, 1);
  if (!sr_nerve_tree_load(a, &tree, &err) || !sr_task_parse("stand", &stand, &err) ||
      !sr_scenario_parse("s.toml", scenario, strlen(scenario), &tree, a, &s, &err) ||
      !sr_course_predict(&s, &tree, &o, a, &course, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  sr_journal_close(j);
  o.journal = j = sr_journal_open(path, "who", true, &err);
  if (j == NULL || !sr_course_solve(&s, &tree, 0.1, &stand, 1, &o, a, &alone, &err) ||
      !sr_course_body(&s, &tree, 0.1, &o, a, body, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  const sr_epoch *e = &course.epoch[course.nepoch - 1];
  CHECK(e->week == 0.1 && alone.nepoch == 1);
  SAME(numbers_of(&alone.epoch[0].task[0], a), numbers_of(&e->task[0], a));
  // of the muscles of the right leg, in the order of the model
  for (int k = 0, n = 0; k < body->nmuscle; k++) {
    if (body->muscle[k].leg != SR_LEG_RIGHT) continue;
    NEAR(body->muscle[k].par.f_max * body->muscle[k].par.capacity, e->leg[1].muscle[n].max_force_N, 0.0);
    NEAR(alone.epoch[0].leg[1].muscle[n].total_volume_ml, e->leg[1].muscle[n].total_volume_ml, 0.0);
    n++;
  }
  sr_journal_close(j);
  unlink(path);
  sr_arena_free(a);
}

// A leg on the other side: z points away from it.
static sr_leg_result mirrored(const sr_leg_result *leg, sr_arena *a)
{
  sr_leg_result m = *leg;
  m.shape.surface = sr_alloc(a, sr_rings, m.shape.nsurface);
  for (int i = 0; i < m.shape.nsurface; i++) {
    sr_rings *s = &m.shape.surface[i];
    *s = leg->shape.surface[i];
    const int n = 3 * s->nring * s->npoint;
    s->at = sr_alloc(a, int, n);
    for (int k = 0; k < n; k++) s->at[k] = k % 3 == 2 ? -leg->shape.surface[i].at[k] : leg->shape.surface[i].at[k];
  }
  return m;
}

// The epochs of a result with the legs exchanged.
static void exchange(sr_epoch *list, int n, sr_arena *a)
{
  for (int i = 0; i < n; i++) {
    const sr_leg_result left = mirrored(&list[i].leg[0], a);
    list[i].leg[0] = mirrored(&list[i].leg[1], a);
    list[i].leg[1] = left;
    for (int t = 0; t < list[i].ntask; t++) {
      sr_task_result r = sr_task_result_copy(&list[i].task[t], a);
      sr_task_result_mirror(&r, a);
      list[i].task[t] = r;
    }
  }
}

// Curves of a walk begin at the right foot, whoever walks, so they are not compared.
TEST_SLOW(a_life_in_the_mirror_has_the_same_bits)
{
#define CUT(side)                                                                                        \
  "[[intervention]]\nweek=0\nkind='transect'\ntarget=['nerve_to_gasmed','nerve_to_gaslat']\nside='" side \
  "'\n"                                                                                                  \
  "[run]\nbodies=0\nsamples=4\nweeks=[0,0.1]\ntasks=['stand','heel_raise:legs=" side "','walk:speed_m_s=1.3']\n"
  sr_arena *a = sr_arena_new();
  const sr_result right = predict(CUT("right"), a), left = predict(CUT("left"), a);
#undef CUT
  exchange(left.epoch, left.nepoch, a);
  exchange(left.control, left.ncontrol, a);
  const sr_epoch *x[2] = {right.epoch, right.control}, *y[2] = {left.epoch, left.control};
  const int n[2] = {right.nepoch, right.ncontrol};
  CHECK(left.nepoch == 3 && right.nepoch == 3 && left.ncontrol == 2 && right.ncontrol == 2);
  for (int list = 0; list < 2; list++)
    for (int i = 0; i < n[list]; i++) {
      SAME(body_of(&right, &x[list][i], a), body_of(&right, &y[list][i], a));
      for (int t = 0; t < 3; t++) {
        CHECK(x[list][i].task[t].status == SR_TASK_SOLVED || t == 1);
        SAME(numbers_of(&x[list][i].task[t], a), numbers_of(&y[list][i].task[t], a));
        if (t < 2) CHECK(has_same_curves(&x[list][i].task[t], &y[list][i].task[t]));
      }
    }
  sr_arena_free(a);
}
