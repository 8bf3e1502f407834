// From data/energy.toml and a scenario to the balance of energy of a person (tissue/energy.h).
#ifndef SR_LOAD_ENERGY_H
#define SR_LOAD_ENERGY_H
#include "load/quantity.h"
#include "load/scenario.h"
#include "tissue/energy.h"

// Sexes in the order of sr_sex; spread in the order of sr_energy_param: kind SR_SPREAD_NONE where a number is known.
typedef struct sr_energy_table {
  sr_energy_params par;
  sr_spread spread[SR_ENERGY_NPARAM];
  double rest[2][4], water[2][4];
} sr_energy_table;
bool sr_energy_table_load(sr_energy_table *out, sr_error *err);
bool sr_energy_table_read(sr_rows energy, sr_energy_table *out, sr_error *err);  // from an opened table

// A week of life; its intake, where it is given, is sr_habits.energy_intake_kcal_per_day x SR_KCAL [J/d].
sr_energy_habits sr_energy_habits_of(const sr_habits *h);
// The person in balance under the habits of the start. par: the table's own, or drawn; fat: over mass (sr_body_fat).
bool sr_energy_person_of(const sr_energy_table *t, const sr_energy_params *par, const sr_person *person, double fat,
                         const sr_habits *start, sr_energy_person *out, sr_error *err);
#endif
