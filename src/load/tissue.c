#include "load/tissue.h"

// Constants that any draw must keep to, or the model has no meaning.
static bool check(sr_rows tissue, const sr_tissue_params *p, sr_error *err)
{
  for (int k = 0; k < SR_TISSUE_NPARAM; k++)
    if (!(p->all[k] >= 0.0))
      return sr_fail(err, SR_BAD_VALUE, "%s: '%s' must not be negative", tissue.path, sr_tissue_param_name(k));
  if (!(p->power * p->size_power < 1.0))
    return sr_fail(err, SR_BAD_VALUE, "%s: power x size_power is %g, must be < 1, or growth feeds itself", tissue.path,
                   p->power * p->size_power);
  return true;
}

bool sr_tissue_table_read(sr_rows tissue, sr_tissue_table *out, sr_error *err)
{
#define PLACE(table, name, meaning) {#table, #name},
  static const sr_row_place place[] = {SR_TISSUE_ROWS(PLACE)};
#undef PLACE
  return sr_quantities_spread(tissue, place, SR_TISSUE_NPARAM, out->par.all, out->spread, err) &&
         check(tissue, &out->par, err);
}

bool sr_tissue_table_load(sr_tissue_table *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_rows tissue;
  const bool is_good = sr_rows_open("tissue.toml", work, &tissue, err) && sr_tissue_table_read(tissue, out, err);
  sr_arena_free(work);
  return is_good;
}

int sr_tissue_nunknown(const sr_tissue_table *t)
{
  return sr_spread_nunknown(t->spread, SR_TISSUE_NPARAM);
}

int sr_tissue_unknown(const sr_tissue_table *t, int unknown)
{
  return sr_spread_unknown(t->spread, SR_TISSUE_NPARAM, unknown);
}

sr_tissue_params sr_tissue_draw(const sr_tissue_table *t, const double *u)
{
  sr_tissue_params par = t->par;
  sr_spread_draw(t->spread, SR_TISSUE_NPARAM, u, par.all);
  return par;
}

bool sr_nerve_lengths_load(const sr_nerve_tree *tree, double *length, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_rows tissue, r;
  double other;
  bool is_good = sr_rows_open("tissue.toml", work, &tissue, err) && sr_rows_find(tissue, "nerve_length", &r, err) &&
                 sr_quantity(r, "other", &other, err);
  for (int i = 0; i < tree->nnode && is_good; i++)
    is_good = sr_quantity_or(r, tree->node[i].id, other, &length[i], err);
  sr_arena_free(work);
  return is_good;
}
