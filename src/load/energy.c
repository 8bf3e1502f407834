#include "load/energy.h"

#include <string.h>

#include "base/constants.h"

bool sr_energy_table_read(sr_rows energy, sr_energy_table *out, sr_error *err)
{
#define PLACE(table, name, meaning) {#table, #name},
  static const sr_row_place place[] = {SR_ENERGY_ROWS(PLACE)};
#undef PLACE
  sr_rows r;
  return sr_quantities_spread(energy, place, SR_ENERGY_NPARAM, out->par.all, out->spread, err) &&
         sr_rows_find(energy, "rest", &r, err) && sr_quantities(r, "female", out->rest[SR_FEMALE], 4, err) &&
         sr_quantities(r, "male", out->rest[SR_MALE], 4, err) && sr_rows_find(energy, "water", &r, err) &&
         sr_quantities(r, "female", out->water[SR_FEMALE], 4, err) &&
         sr_quantities(r, "male", out->water[SR_MALE], 4, err);
}

bool sr_energy_table_load(sr_energy_table *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_rows energy;
  const bool is_good = sr_rows_open("energy.toml", work, &energy, err) && sr_energy_table_read(energy, out, err);
  sr_arena_free(work);
  return is_good;
}

int sr_energy_nunknown(const sr_energy_table *t)
{
  return sr_spread_nunknown(t->spread, SR_ENERGY_NPARAM);
}

int sr_energy_unknown(const sr_energy_table *t, int unknown)
{
  return sr_spread_unknown(t->spread, SR_ENERGY_NPARAM, unknown);
}

sr_energy_params sr_energy_draw(const sr_energy_table *t, const double *u)
{
  sr_energy_params par = t->par;
  sr_spread_draw(t->spread, SR_ENERGY_NPARAM, u, par.all);
  return par;
}

sr_energy_habits sr_energy_habits_of(const sr_habits *h)
{
  return (sr_energy_habits){.standing_h_d = h->standing_h_per_day,
                            .steps_d = h->steps_per_day,
                            .walking_m_s = h->walking_speed_m_s,
                            .stairs_d = h->stairs_per_day,
                            .running_km_wk = h->running_km_per_week,
                            .jumps_wk = h->jumps_per_week,
                            .heel_raises_wk = h->heel_raises_per_week};
}

bool sr_energy_person_of(const sr_energy_table *t, const sr_energy_params *par, const sr_person *person, double fat,
                         const sr_habits *start, sr_energy_person *out, sr_error *err)
{
  const sr_energy_habits habits = sr_energy_habits_of(start);
  sr_energy_body body = {.age_yr = person->age_yr,
                         .height_m = person->height_m,
                         .mass_kg = person->mass_kg,
                         .fat_kg = fat * person->mass_kg};
  memcpy(body.rest, t->rest[person->sex], sizeof body.rest);
  memcpy(body.water, t->water[person->sex], sizeof body.water);
  return sr_energy_person_new(par, &body, &habits, out, err);
}

double sr_energy_intake_of(const sr_habits *h, const sr_energy_person *own, const sr_energy_person *p,
                           const sr_energy_state *s)
{
  const double given = h->energy_intake_kcal_per_day * SR_KCAL;
  if (given > 0.0) return given / own->intake * p->intake;
  const sr_energy_habits habits = sr_energy_habits_of(h);
  return sr_energy_keeping(p, s, sr_energy_activity(p, &habits));
}
