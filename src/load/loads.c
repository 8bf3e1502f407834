#include "load/loads.h"

bool sr_load_table_read(sr_rows loads, sr_load_table *out, sr_error *err)
{
  sr_rows r;
  return sr_rows_find(loads, "stand_in", &r, err) && sr_quantity(r, "stairs_up", &out->stairs_up, err) &&
         sr_quantity(r, "stairs_down", &out->stairs_down, err) && sr_quantity(r, "running", &out->running, err) &&
         sr_quantity(r, "running_stride", &out->running_stride, err) && sr_quantity(r, "jump", &out->jump, err) &&
         sr_quantity(r, "heel_raise", &out->heel_raise, err);
}

bool sr_load_table_load(sr_load_table *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_rows r;
  const bool is_good = sr_rows_open("loads.toml", work, &r, err) && sr_load_table_read(r, out, err);
  sr_arena_free(work);
  return is_good;
}
