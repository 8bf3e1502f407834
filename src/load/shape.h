// The shape of a leg from data/shape.toml, and a person's own: shank, muscles, girth of the calf.
#ifndef SR_LOAD_SHAPE_H
#define SR_LOAD_SHAPE_H
#include "load/quantity.h"
#include "load/scenario.h"
#include "model/model.h"
#include "shape/shape.h"

// ln(girth / cm) = constant + height ln(H / m) + mass ln(M / kg) + age x age / yr; of one sex.
typedef struct sr_calf_girth {
  double constant, height, mass, age;
  double spread;  // standard deviation of the logarithm between people [-]
} sr_calf_girth;

typedef struct sr_shape_data {
  sr_shape_table leg;
  sr_calf_girth girth[2];  // sexes in the order of sr_sex
  sr_spread fat_exponent_spread, softness_spread;
} sr_shape_data;
bool sr_shape_data_read(sr_rows root, sr_shape_data *out, sr_error *err);
bool sr_shape_data_load(sr_shape_data *out, sr_error *err);  // from the table that is built into the program

// Greatest girth of the calf: as given, else what people of that sex, size and age have on average  [m]
double sr_calf_girth_of(const sr_shape_data *d, const sr_person *p);
// Lays out a leg of a person's model. NULL: an error of sr_shape_build.
const sr_shape_leg *sr_shape_of_model(const sr_shape_data *d, const sr_model *m, sr_leg leg, sr_arena *keep,
                                      sr_error *err);
// The healthy leg standing, with the fat that gives the calf this person's girth. A measured girth that asks for fat
// outside what people have is an error; an average one gets the nearest fat.
bool sr_shape_of_person(const sr_shape_data *d, const sr_person *p, const sr_shape_leg *leg, sr_shape_state *out,
                        sr_error *err);
#endif
