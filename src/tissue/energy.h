// A person's balance of energy over weeks to years: fat, lean tissue, glycogen, water outside the cells, adaptation.
// Energies in J, masses in kg, time in days but for names that end in _wk. Theory: docs/theory/energy.md.
#ifndef SR_TISSUE_ENERGY_H
#define SR_TISSUE_ENERGY_H
#include <stdbool.h>

#include "base/error.h"

// Constants: table of data/energy.toml, key there and field here, meaning.
#define SR_ENERGY_ROWS(ROW)                                                                       \
  ROW(balance, fat_energy, "energy in body fat [J/kg]")                                           \
  ROW(balance, lean_energy, "energy in lean tissue [J/kg]")                                       \
  ROW(balance, glycogen_energy, "energy in glycogen [J/kg]")                                      \
  ROW(balance, fat_upkeep, "expenditure per fat [J/(kg d)]")                                      \
  ROW(balance, lean_upkeep, "expenditure per lean tissue [J/(kg d)]")                             \
  ROW(balance, fat_making, "expenditure for making fat [J/kg]")                                   \
  ROW(balance, lean_making, "expenditure for making lean tissue [J/kg]")                          \
  ROW(balance, feeding, "expenditure for digestion, over a change of intake [-]")                 \
  ROW(balance, adaptation, "adaptive thermogenesis in the long run, over a change of intake [-]") \
  ROW(balance, adaptation_time, "its time constant [d]")                                          \
  ROW(balance, forbes, "gain of lean tissue while fat grows e-fold [kg]")                         \
  ROW(balance, glycogen, "glycogen at the start [kg]")                                            \
  ROW(balance, glycogen_water, "water bound to glycogen, over its mass [-]")                      \
  ROW(balance, sodium, "sodium in water outside the cells [kg/L]")                                \
  ROW(balance, sodium_loss, "loss of sodium per excess water [kg/(L d)]")                         \
  ROW(balance, sodium_carbohydrate, "loss of sodium without any carbohydrate [kg/d]")             \
  ROW(balance, carbohydrate, "carbohydrate's share of the intake [-]")                            \
  ROW(balance, rest_scale, "resting expenditure over what the formula says [-]")                  \
  ROW(activity, sitting_level, "expenditure over rest of a day spent sitting and lying [-]")      \
  ROW(activity, standing, "standing above sitting [W/kg]")                                        \
  ROW(activity, walk_power, "walking: gross power without the part of speed [W/kg]")              \
  ROW(activity, walk_cubic, "... and over the cube of speed [W s3/(kg m3)]")                      \
  ROW(activity, step, "step length over height, at 1 m/s; it grows with the root of speed [-]")   \
  ROW(activity, run_cost, "running: gross cost [J/(kg m)]")                                       \
  ROW(activity, run_speed, "... and usual speed [m/s]")                                           \
  ROW(activity, stair_rise, "height of a stair [m]")                                              \
  ROW(activity, stair_down, "cost of a stair down over that of one up [-]")                       \
  ROW(activity, jump_rise, "rise of the centre of mass in a jump, from the crouch [m]")           \
  ROW(activity, heel_raise_rise, "... in a heel raise [m]")                                       \
  ROW(activity, efficiency, "work against gravity over the energy it costs [-]")                  \
  ROW(fat_share, thighs, "share of gained fat that goes to both thighs [-]")                      \
  ROW(fat_share, shanks, "... to both shanks [-]")                                                \
  ROW(fat_share, feet, "... to both feet [-]")

#define SR_ENERGY_FIELD(table, name, meaning) double name;
#define SR_ENERGY_COUNT(table, name, meaning) +1
enum { SR_ENERGY_NPARAM = 0 SR_ENERGY_ROWS(SR_ENERGY_COUNT) };
typedef union sr_energy_params {
  struct {
    SR_ENERGY_ROWS(SR_ENERGY_FIELD)
  };
  double all[SR_ENERGY_NPARAM];  // the same by number, in the order of the rows
} sr_energy_params;
#undef SR_ENERGY_FIELD
#undef SR_ENERGY_COUNT
const char *sr_energy_param_name(int k);
const char *sr_energy_param_meaning(int k);

// A way of living. Steps of stairs are climbed and come down again.
typedef struct sr_energy_habits {
  double standing_h_d, steps_d, walking_m_s, stairs_d, running_km_wk, jumps_wk, heel_raises_wk;
} sr_energy_habits;

// Who it is. rest: resting expenditure = rest . (mass, height, age, 1) [J/d]; water: that outside the cells =
// water . (age, height, mass, 1) [kg]; both by sex.
typedef struct sr_energy_body {
  double age_yr, height_m, mass_kg, fat_kg;
  double rest[4], water[4];
} sr_energy_body;

// A person at the start, in balance: what the equations need of him or her.
typedef struct sr_energy_person {
  sr_energy_params par;
  double age_yr, height;
  double mass, fat, lean, water;  // at the start [kg]
  double rest;                    // resting expenditure [J/d]
  double sitting;                 // expenditure in proportion to mass on a day without activity [J/(kg d)]
  double activity;                // what the habits of the start add to it [J/(kg d)]
  double intake;                  // that keeps the weight with these habits [J/d]
  double constant;                // expenditure that depends on nothing, at the start [J/d]
  double ageing;                  // loss of it per year [J/(d yr)]
} sr_energy_person;
// false: the numbers leave no lean tissue.
bool sr_energy_person_new(const sr_energy_params *par, const sr_energy_body *body, const sr_energy_habits *habits,
                          sr_energy_person *out, sr_error *err);

typedef struct sr_energy_state {
  double fat, lean, glycogen, water;  // [kg]; water: outside the cells
  double adaptation;                  // expenditure [J/d]
  double age_yr;                      // stands still where age is frozen
} sr_energy_state;
sr_energy_state sr_energy_start(const sr_energy_person *p);

// What is done to a person, constant over a step.
typedef struct sr_energy_input {
  double intake;    // [J/d] > 0
  double activity;  // of the habits, sr_energy_activity [J/(kg d)]
  bool is_ageing;   // resting expenditure falls with age
} sr_energy_input;
// What habits cost per body mass, above a day spent sitting                                        [J/(kg d)]
double sr_energy_activity(const sr_energy_person *p, const sr_energy_habits *h);
// Expenditure over rest at the start (physical activity level) of such a day                       [-]
double sr_energy_level(const sr_energy_person *p, double activity);
// The intake that keeps fat and lean tissue of `s` in the long run, at its age                       [J/d]
double sr_energy_keeping(const sr_energy_person *p, const sr_energy_state *s, double activity);

// After dt_wk weeks under a constant input. Accurate for steps of any length: taken in parts of a week at most.
sr_energy_state sr_energy_advance(const sr_energy_person *p, sr_energy_state s, const sr_energy_input *in,
                                  double dt_wk);
// The constant intake under which mass changes by gain_kg in so many weeks; in->intake is not read. Errors: no intake
// between 0.3 and 4 times what keeps the weight does.
bool sr_energy_intake_for(const sr_energy_person *p, const sr_energy_state *s, const sr_energy_input *in,
                          double gain_kg, double weeks, double *intake, sr_error *err);

double sr_energy_mass(const sr_energy_person *p, const sr_energy_state *s);    // of the whole body [kg]
double sr_energy_stored(const sr_energy_person *p, const sr_energy_state *s);  // in fat, lean tissue, glycogen [J]
double sr_energy_expenditure(const sr_energy_person *p, const sr_energy_state *s, const sr_energy_input *in);  // [J/d]

// What has become of a body.
typedef struct sr_energy_readout {
  double mass;                              // [kg]
  double fat_ratio, lean_ratio;             // over those of the start
  double fat_fraction;                      // fat over mass
  double trunk, thighs, shanks, feet;       // change of mass by segments, both legs; the trunk with head and arms [kg]
  double fat_thighs, fat_shanks, fat_feet;  // of that, fat [kg]
  bool is_in_range;  // of bodies the model was made on: fat 3 to 65% of mass, mass index 14 to 70 kg/m2
} sr_energy_readout;
// mass_share: of both thighs, both shanks, both feet, over body mass at the start.
sr_energy_readout sr_energy_read(const sr_energy_person *p, const sr_energy_state *s, const double mass_share[3]);
#endif
