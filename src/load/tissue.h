// data/tissue.toml: constants of muscles over weeks, how each is spread, and the lengths of nerves.
#ifndef SR_LOAD_TISSUE_H
#define SR_LOAD_TISSUE_H
#include "load/quantity.h"
#include "nerve/nerve.h"
#include "tissue/muscle.h"

// spread in the order of par.all.
typedef struct sr_tissue_table {
  sr_tissue_params par;
  sr_spread spread[SR_TISSUE_NPARAM];
} sr_tissue_table;
bool sr_tissue_table_load(sr_tissue_table *out, sr_error *err);
bool sr_tissue_table_read(sr_rows tissue, sr_tissue_table *out, sr_error *err);  // from an opened table

// Numbers that are not known, as in math/spread.h: how many, which, and the constants at a point of the set.
int sr_tissue_nunknown(const sr_tissue_table *t);
int sr_tissue_unknown(const sr_tissue_table *t, int unknown);  // its number in par.all
sr_tissue_params sr_tissue_draw(const sr_tissue_table *t, const double *u);

// Lengths of a tree's nerves [m] (nnode), for sr_supply_new.
bool sr_nerve_lengths_load(const sr_nerve_tree *tree, double *length, sr_error *err);
#endif
