#include "load/bodies.h"

#include <string.h>

bool sr_body_table_read(sr_rows bodies, sr_body_table *out, sr_error *err)
{
  static const sr_row_place place[] = {{"body", "strength"}, {"body", "tendon"}, {"body", "toes"}};
  return sr_quantities_spread(bodies, place, SR_BODY_FACTORS, out->value, out->spread, err);
}

bool sr_body_table_load(sr_body_table *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_rows r;
  const bool is_good = sr_rows_open("bodies.toml", work, &r, err) && sr_body_table_read(r, out, err);
  sr_arena_free(work);
  return is_good;
}

void sr_body_draw(const sr_body_table *t, const double *u, const sr_model *m, sr_model *out)
{
  double factor[SR_BODY_FACTORS];
  memcpy(factor, t->value, sizeof factor);
  sr_spread_draw(t->spread, SR_BODY_FACTORS, u, factor);
  *out = *m;
  for (int k = 0; k < m->nmuscle; k++) {
    sr_muscle *x = &out->muscle[k].par;
    x->f_max *= factor[SR_BODY_STRENGTH];
    if (m->muscle[k].group == SR_TRICEPS) x->tendon_k *= factor[SR_BODY_TENDON];
  }
  for (int j = 0; j < m->skeleton.ncoord; j++)
    if (strncmp(m->skeleton.coord[j], "mtp_angle", 9) == 0) out->coord[j].stiffness *= factor[SR_BODY_TOES];
}
