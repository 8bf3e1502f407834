#include <math.h>

#include "cohort/cohort.h"
#include "math/sample.h"
#include "math/spread.h"

enum { SEX, AGE, HEIGHT, MASS_INDEX, UNKNOWNS };

// The probability of person i: the middle of its rank among the first n points of the set.
static double ranked(const sr_sample_set *s, int n, int i, int unknown)
{
  int rank = 0;
  for (int k = 0; k < n; k++) rank += s->u[k * s->dim + unknown] < s->u[i * s->dim + unknown];
  return (rank + 0.5) / n;
}

static double drawn(const double mean_sd[2], double u)
{
  return mean_sd[0] + mean_sd[1] * sr_normal_value(u);
}

void sr_people_set_girth(const sr_people *p, const sr_shape_data *shape, sr_person *who)
{
  double mean = 0.0;
  for (int i = 0; i < p->persons; i++) mean += 100.0 * sr_calf_girth_of(shape, &who[i]) / p->persons;
  if (p->girth > 0.0)
    for (int i = 0; i < p->persons; i++)
      who[i].calf_girth_cm = 100.0 * sr_calf_girth_of(shape, &who[i]) * p->girth / mean;
}

sr_person *sr_people_draw(const sr_people *p, sr_arena *keep)
{
  const sr_sample_set set = sr_sample_set_new(p->persons, UNKNOWNS, 1, keep);
  sr_person *out = sr_alloc(keep, sr_person, p->persons);
  for (int i = 0; i < p->persons; i++) {
    const double height = drawn(p->height, ranked(&set, p->persons, i, HEIGHT)) / 100.0;
    out[i].sex = ranked(&set, p->persons, i, SEX) < p->women ? SR_FEMALE : SR_MALE;
    out[i].age_yr = fmin(fmax(drawn(p->age, ranked(&set, p->persons, i, AGE)), 18.0), 90.0);
    out[i].height_m = height;
    out[i].mass_kg = drawn(p->mass_index, ranked(&set, p->persons, i, MASS_INDEX)) * height * height;
  }
  return out;
}
