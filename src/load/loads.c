#include "load/loads.h"

// The grid must grow, or a life would stand still.
static bool read_coupling(sr_rows loads, sr_load_table *out, sr_error *err)
{
  sr_rows r;
  if (!sr_rows_find(loads, "coupling", &r, err) || !sr_quantity(r, "far_apart", &out->far_apart, err)) return false;
  const sr_toml *row = sr_toml_get(r.table, "grid");
  const sr_toml *value = row != NULL && row->kind == SR_TOML_TABLE ? sr_toml_get(row, "value") : NULL;
  out->ngrid = value != NULL && value->kind == SR_TOML_ARRAY ? value->n : 0;
  bool is_good = out->ngrid >= 1 && out->ngrid <= SR_COUPLING_MOST && out->far_apart > 0.0;
  if (is_good && !sr_quantities(r, "grid", out->grid, out->ngrid, err)) return false;
  for (int i = 0; is_good && i < out->ngrid; i++) is_good = out->grid[i] > (i > 0 ? out->grid[i - 1] : 0.0);
  return is_good || sr_fail(err, SR_BAD_VALUE, "%s:%d: 'grid' must be 1 to %d weeks that grow, 'far_apart' above 0",
                            r.path, r.table->line, SR_COUPLING_MOST);
}

bool sr_load_table_read(sr_rows loads, sr_load_table *out, sr_error *err)
{
  sr_rows r;
  return sr_rows_find(loads, "stand_in", &r, err) && sr_quantity(r, "stairs_up", &out->stairs_up, err) &&
         sr_quantity(r, "stairs_down", &out->stairs_down, err) && sr_quantity(r, "running", &out->running, err) &&
         sr_quantity(r, "running_stride", &out->running_stride, err) && sr_quantity(r, "jump", &out->jump, err) &&
         sr_quantity(r, "heel_raise", &out->heel_raise, err) && read_coupling(loads, out, err);
}

bool sr_load_table_load(sr_load_table *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_rows r;
  const bool is_good = sr_rows_open("loads.toml", work, &r, err) && sr_load_table_read(r, out, err);
  sr_arena_free(work);
  return is_good;
}
