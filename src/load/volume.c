#include "load/volume.h"

#include <math.h>

bool sr_volume_table_read(sr_rows person, sr_volume_table *out, sr_error *err)
{
  sr_rows volume, fat;
  double range[2];
  if (!sr_rows_find(person, "muscle_volume", &volume, err) || !sr_quantity(volume, "slope", &out->slope, err) ||
      !sr_quantity(volume, "offset", &out->offset, err) || !sr_quantity(volume, "group_age", &out->group_age, err) ||
      !sr_quantity(volume, "group_female", &out->group[SR_FEMALE], err) ||
      !sr_quantity(volume, "group_male", &out->group[SR_MALE], err) || !sr_rows_find(person, "body_fat", &fat, err) ||
      !sr_quantities(fat, "female", out->fat[SR_FEMALE], 3, err) ||
      !sr_quantities(fat, "male", out->fat[SR_MALE], 3, err) || !sr_quantities(fat, "range", range, 2, err) ||
      !sr_quantity(fat, "spread", &out->fat_spread, err))
    return false;
  out->fat_least = range[0];
  out->fat_most = range[1];
  return true;
}

static double usual_fat(const sr_volume_table *t, sr_sex sex, double age, double mass_index)
{
  const double *k = t->fat[sex];
  return fmin(t->fat_most, fmax(t->fat_least, k[0] * age + k[1] * log(mass_index) + k[2]));
}

static double mass_index(const sr_person *p)
{
  return p->mass_kg / (p->height_m * p->height_m);
}

double sr_body_fat(const sr_volume_table *t, const sr_person *p)
{
  if (p->body_fat_percent > 0.0) return p->body_fat_percent / 100.0;
  return usual_fat(t, p->sex, p->age_yr, mass_index(p));
}

double sr_leg_volume(const sr_volume_table *t, const sr_person *p)
{
  double fat = 0.0, people = 0.0;
  for (int sex = 0; sex < 2; sex++) {
    fat += t->group[sex] * usual_fat(t, (sr_sex)sex, t->group_age, mass_index(p));
    people += t->group[sex];
  }
  const double of_the_group = t->slope * p->height_m * p->mass_kg + t->offset;
  return of_the_group * (1.0 - sr_body_fat(t, p)) / (1.0 - fat / people);
}
