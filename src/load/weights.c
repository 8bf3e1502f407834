#include "load/weights.h"

#include "load/quantity.h"

static bool load_walk(sr_rows r, sr_walk_weights *w, sr_error *err)
{
  double size[4];
  const char *const key[4] = {"intervals", "degree", "coarse_intervals", "coarse_degree"};
  for (int i = 0; i < 4; i++)
    if (!sr_quantity(r, key[i], &size[i], err)) return false;
  w->intervals = (int)size[0];
  w->degree = (int)size[1];
  w->coarse_intervals = (int)size[2];
  w->coarse_degree = (int)size[3];
  return sr_quantity(r, "energy", &w->energy, err) && sr_quantity(r, "activation", &w->activation, err) &&
         sr_quantity(r, "energy_size", &w->energy_size, err) &&
         sr_quantity(r, "activation_size", &w->activation_size, err) && sr_quantity(r, "exponent", &w->exponent, err) &&
         sr_quantity(r, "acceleration", &w->acceleration, err) && sr_quantity(r, "limit", &w->limit, err) &&
         sr_quantity(r, "trunk", &w->trunk, err) && sr_quantity(r, "upright", &w->upright, err) &&
         sr_quantity(r, "smooth", &w->smooth, err);
}

static bool load_still(sr_rows r, sr_static_weights *w, sr_error *err)
{
  return sr_quantity(r, "pressure_ahead", &w->pressure_ahead, err) &&
         sr_quantity(r, "heel_share", &w->heel_share, err) && sr_quantity(r, "toe_share", &w->toe_share, err) &&
         sr_quantity(r, "swing_clearance", &w->swing_clearance, err);
}

bool sr_weights_load(sr_weights *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_rows root, walk, still;
  const bool is_good = sr_rows_open("tasks.toml", work, &root, err) && sr_rows_find(root, "walk", &walk, err) &&
                       sr_rows_find(root, "still", &still, err) && load_walk(walk, &out->walk, err) &&
                       load_still(still, &out->still, err);
  sr_arena_free(work);
  return is_good;
}
