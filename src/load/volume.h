// Muscle volume of a person's leg: it follows lean mass (docs/theory/model.md, equations 2 and 3).
#ifndef SR_LOAD_VOLUME_H
#define SR_LOAD_VOLUME_H
#include "load/quantity.h"
#include "load/scenario.h"

// Coefficients of data/person.toml; sexes in the order of sr_sex.
typedef struct sr_volume_table {
  double slope, offset;  // of the volume over height x mass  [m3/(m kg)], [m3]
  double group_age;      // mean age of the people it was measured on [yr] ...
  double group[2];       // ... and how many there were of each sex
  double fat[2][3];      // of the fat fraction: per year, over the logarithm of the mass index, constant [-]
  double fat_least, fat_most;
  double fat_spread;  // standard error of that formula
} sr_volume_table;
bool sr_volume_table_read(sr_rows person, sr_volume_table *out, sr_error *err);

// Fat over body mass: as given, else f = a age + b ln(mass / height^2) + c, within fat_least and fat_most     [-]
// Source: Jackson et al. 2002, as used by Hall et al. 2011 (data/person.toml).
double sr_body_fat(const sr_volume_table *t, const sr_person *p);
// Volume of one leg's muscles, hip to foot: (slope H M + offset) (1 - f) / (1 - f_group)                      [m3]
// f_group: mean fat of the people the regression was made on, at this person's mass index.
// Source: Handsfield et al. 2014. Changed: the factor; the regression alone gives both sexes and all ages the same.
double sr_leg_volume(const sr_volume_table *t, const sr_person *p);
#endif
