// From data/energy.toml and a scenario to the balance of energy of a person (tissue/energy.h).
#ifndef SR_LOAD_ENERGY_H
#define SR_LOAD_ENERGY_H
#include "load/quantity.h"
#include "load/scenario.h"
#include "tissue/energy.h"

// Sexes in the order of sr_sex; spread in the order of par.all.
typedef struct sr_energy_table {
  sr_energy_params par;
  sr_spread spread[SR_ENERGY_NPARAM];
  double rest[2][4], water[2][4];
} sr_energy_table;
bool sr_energy_table_load(sr_energy_table *out, sr_error *err);
bool sr_energy_table_read(sr_rows energy, sr_energy_table *out, sr_error *err);  // from an opened table

// Numbers that are not known, as in math/spread.h: how many, which, and the constants at a point of the set.
int sr_energy_nunknown(const sr_energy_table *t);
int sr_energy_unknown(const sr_energy_table *t, int unknown);  // its number in par.all
sr_energy_params sr_energy_draw(const sr_energy_table *t, const double *u);

// A week of life.
sr_energy_habits sr_energy_habits_of(const sr_habits *h);
// The person in balance under the habits of the start. par: the table's own, or drawn; fat: over mass (sr_body_fat).
bool sr_energy_person_of(const sr_energy_table *t, const sr_energy_params *par, const sr_person *person, double fat,
                         const sr_habits *start, sr_energy_person *out, sr_error *err);
// Intake under such a week. Where the scenario gives one it is a change: over what keeps the weight of `own`, the
// person of the table's own values, as much as over what keeps that of `p`, the person or another draw of the
// constants; else what keeps `s`, at its age and with this activity [J/d].
double sr_energy_intake_of(const sr_habits *h, const sr_energy_person *own, const sr_energy_person *p,
                           const sr_energy_state *s);
#endif
