#include "course/people.h"

#include "course/epoch.h"
#include "load/model.h"

void sr_people_along(const sr_track *t, sr_life *l, const double *week, int nweek,
                     void (*told)(void *who, int which, const sr_life *l), void *who)
{
  int next = 0;
  for (int k = 0; k <= t->nleg && next < nweek; k++) {
    for (; next < nweek && week[next] <= l->week; next++) told(who, next, l);
    sr_life_events(l);
    sr_life_wounds(l);
    if (k == t->nleg) break;
    const sr_week_line *line = &t->leg[k];
    for (; next < nweek && week[next] < line->to; next++) {
      sr_life between = *l;
      sr_life_advance(&between, week[next], line, &t->healthy);
      told(who, next, &between);
    }
    sr_life_advance(l, line->to, line, &t->healthy);
  }
  SR_ASSERT(next == nweek);
}

static void tell_legs(void *who, int which, const sr_life *l)
{
  sr_person_leg *out = (sr_person_leg *)who + 2 * which;
  sr_arena *work = sr_arena_new();
  sr_model *body = sr_alloc(work, sr_model, 1);
  sr_life_model(l, body);
  for (int leg = 0; leg < 2; leg++)
    out[leg] = (sr_person_leg){.girth = sr_life_look(l, (sr_leg)leg).girth_max,
                               .girth_before = sr_life_girth_before(l->plan, (sr_leg)leg),
                               .dorsiflexion = sr_epoch_dorsiflexion(body, (sr_leg)leg)};
  sr_arena_free(work);
}

bool sr_people_live(const sr_track *t, const sr_scenario *s, const sr_nerve_tree *tree, const sr_person *who,
                    const double *week, int nweek, sr_person_leg *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_scenario own = *s;
  own.person = *who;
  sr_model *healthy = sr_alloc(work, sr_model, 1);
  sr_life *l = sr_alloc(work, sr_life, 1);
  sr_life_plan *plan = NULL;
  bool is_good = sr_model_load(who, healthy, err);
  if (is_good) plan = sr_life_plan_new(t->tables, &own, tree, healthy, true, work, err);
  if (plan != NULL) {
    const sr_life_constants c = sr_life_constants_own(plan);
    is_good = sr_life_new(plan, &c, l, err);
    if (is_good) sr_people_along(t, l, week, nweek, tell_legs, out);
  }
  sr_arena_free(work);
  return is_good && plan != NULL;
}
