#include "cohort/nudge.h"

#include <string.h>

// Ends of a range, or 5% and 95%.
static void ends_of(const sr_spread *s, double factor[2])
{
  static const double tail[2] = {0.05, 0.95};
  const double range[2] = {s->low, s->high};
  for (int i = 0; i < 2; i++) factor[i] = s->kind == SR_SPREAD_UNIFORM ? range[i] : sr_spread_value(s, tail[i]);
}

static const char *source_of(sr_rows r, const char *key)
{
  const sr_toml *row = sr_toml_get(r.table, key), *source = row != NULL ? sr_toml_get(row, "source") : NULL;
  return source != NULL ? source->string : "";
}

static bool read(sr_rows of, const char *key, sr_arena *keep, sr_nudge *out, sr_error *err)
{
  sr_spread spread;
  double value;
  if (!sr_quantity_spread(of, key, &value, &spread, err)) return false;
  if (spread.kind == SR_SPREAD_NONE)
    return sr_fail(err, SR_BAD_VALUE, "%s: '%s' has no range and no spread", of.path, key);
  ends_of(&spread, out->factor);
  out->source = sr_arena_strdup(keep, source_of(of, key));
  return true;
}

bool sr_nudges_read(sr_rows sensitivity, sr_arena *keep, sr_nudge out[SR_NNUDGE], sr_error *err)
{
#define PLACE(id, table, key, tasks) {table, key, tasks},
  static const struct {
    const char *table, *key;
    int tasks;
  } place[] = {SR_NUDGES(PLACE)};
#undef PLACE
  sr_rows bodies, body;
  if (!sr_rows_open("bodies.toml", keep, &bodies, err) || !sr_rows_find(bodies, "body", &body, err)) return false;
  for (int i = 0; i < SR_NNUDGE; i++) {
    sr_rows of = body;
    if (i >= SR_BODY_FACTORS && !sr_rows_find(sensitivity, place[i].table, &of, err)) return false;
    out[i] = (sr_nudge){.name = place[i].key, .tasks = place[i].tasks};
    if (!read(of, place[i].key, keep, &out[i], err)) return false;
  }
  return true;
}

// --- what each does

static void scale_muscle(sr_nudge_id which, double factor, sr_model_muscle *m)
{
  sr_muscle *p = &m->par;
  const bool is_triceps = m->group == SR_TRICEPS, is_calf = m->group != SR_THIGH;
  if (which == SR_NUDGE_CALF_TENSION && is_calf) {
    p->f_max *= factor;
    p->specific_tension *= factor;
  }
  if (which == SR_NUDGE_FIBRE_LENGTH && is_triceps) {
    p->len_opt *= factor;
    p->f_max /= factor;
  }
  if (which == SR_NUDGE_SLACK_LENGTH && is_triceps) p->len_slack *= factor;
  if (which == SR_NUDGE_SHORTENING_SPEED) p->v_max *= factor;
  if (which == SR_NUDGE_ACTIVATION_TIME) p->tau_act *= factor;
  if (which == SR_NUDGE_DEACTIVATION_TIME) p->tau_deact *= factor;
  if (which == SR_NUDGE_PASSIVE_FORCE) p->passive_scale *= factor;
}

static void scale_contact(sr_nudge_id which, double factor, sr_contact_sphere *s)
{
  const bool is_heel = strncmp(s->name, "heel", 4) == 0;
  if (which == (is_heel ? SR_NUDGE_HEEL_STIFFNESS : SR_NUDGE_FOREFOOT_STIFFNESS)) s->stiffness *= factor;
  if (which == SR_NUDGE_DISSIPATION) s->dissipation *= factor;
  if (which == SR_NUDGE_FRICTION) {
    s->mu_static *= factor;
    s->mu_dynamic *= factor;
  }
}

static void scale_body(sr_nudge_id which, double factor, sr_model *m)
{
  if (which < (int)SR_BODY_FACTORS) {
    sr_body_table one = {.value = {1.0, 1.0, 1.0}};
    for (int i = 0; i < SR_BODY_FACTORS; i++) one.spread[i] = sr_spread_none(i == (int)which ? factor : 1.0);
    one.value[which] = factor;
    const sr_model before = *m;
    sr_body_draw(&one, NULL, &before, m);
    return;
  }
  for (int k = 0; k < m->nmuscle; k++) scale_muscle(which, factor, &m->muscle[k]);
  for (int c = 0; c < m->ncontact; c++) scale_contact(which, factor, &m->contact[c]);
  sr_coordinate *trunk = &m->coord[m->trunk_coord];
  if (which == SR_NUDGE_TRUNK_STIFFNESS) trunk->stiffness *= factor;
  if (which == SR_NUDGE_TRUNK_DAMPING) trunk->damping *= factor;
}

void sr_nudge_apply(sr_nudge_id which, double factor, sr_model *m, sr_weights *w)
{
  sr_walk_weights *walk = &w->walk;
  sr_effort_weights *e = &walk->effort;
  double *const weight[SR_NNUDGE] = {[SR_NUDGE_ENERGY] = &e->energy,
                                     [SR_NUDGE_ACTIVATION] = &e->activation,
                                     [SR_NUDGE_EXPONENT] = &e->exponent,
                                     [SR_NUDGE_ACCELERATION] = &e->acceleration,
                                     [SR_NUDGE_LIMIT] = &e->limit,
                                     [SR_NUDGE_TRUNK] = &e->trunk,
                                     [SR_NUDGE_SMOOTH] = &e->smooth,
                                     [SR_NUDGE_UPRIGHT] = &walk->upright,
                                     [SR_NUDGE_LEVEL] = &walk->level,
                                     [SR_NUDGE_LEAST_LOAD] = &walk->least_load,
                                     [SR_NUDGE_JUMP_HEIGHT] = &w->leap.height,
                                     [SR_NUDGE_JUMP_TIME] = &w->leap.jump_time,
                                     [SR_NUDGE_JUMP_CLEARANCE] = &w->leap.clearance,
                                     [SR_NUDGE_PRESSURE_AHEAD] = &w->still.pressure_ahead,
                                     [SR_NUDGE_HEEL_SHARE] = &w->still.heel_share,
                                     [SR_NUDGE_TOE_SHARE] = &w->still.toe_share,
                                     [SR_NUDGE_RISE_STEP] = &w->still.rise_step};
  if (weight[which] != NULL)
    *weight[which] *= factor;
  else
    scale_body(which, factor, m);
}
