#include "load/tissue.h"

// Constants that any draw must keep to, or the model has no meaning.
static bool check(sr_rows tissue, const sr_tissue_params *p, sr_error *err)
{
  for (int k = 0; k < SR_TISSUE_NPARAM; k++) {
    sr_tissue_params copy = *p;
    if (!(*sr_tissue_param(&copy, k) >= 0.0))
      return sr_fail(err, SR_BAD_VALUE, "%s: '%s' must not be negative", tissue.path, sr_tissue_param_name(k));
  }
  if (!(p->power * p->size_power < 1.0))
    return sr_fail(err, SR_BAD_VALUE, "%s: power x size_power is %g, must be < 1, or growth feeds itself", tissue.path,
                   p->power * p->size_power);
  return true;
}

bool sr_tissue_table_read(sr_rows tissue, sr_tissue_table *out, sr_error *err)
{
#define TABLE(table, name, meaning) #table,
  static const char *const table[] = {SR_TISSUE_ROWS(TABLE)};
#undef TABLE
  sr_rows r;
  for (int k = 0; k < SR_TISSUE_NPARAM; k++)
    if (!sr_rows_find(tissue, table[k], &r, err) ||
        !sr_quantity_spread(r, sr_tissue_param_name(k), sr_tissue_param(&out->par, k), &out->spread[k], err))
      return false;
  return check(tissue, &out->par, err);
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
  int n = 0;
  for (int k = 0; k < SR_TISSUE_NPARAM; k++) n += t->spread[k].kind != SR_SPREAD_NONE;
  return n;
}

int sr_tissue_unknown(const sr_tissue_table *t, int unknown)
{
  int k = 0;
  for (int n = 0; k < SR_TISSUE_NPARAM; k++)
    if (t->spread[k].kind != SR_SPREAD_NONE && n++ == unknown) break;
  SR_ASSERT(k < SR_TISSUE_NPARAM);
  return k;
}

sr_tissue_params sr_tissue_draw(const sr_tissue_table *t, const double *u)
{
  sr_tissue_params par = t->par;
  for (int k = 0, n = 0; k < SR_TISSUE_NPARAM; k++)
    if (t->spread[k].kind != SR_SPREAD_NONE) *sr_tissue_param(&par, k) = sr_spread_value(&t->spread[k], u[n++]);
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
