// Physical constants in data/*.toml: `{value = 40.1, unit = "deg", source = "..."}`, in SI when read.
#ifndef SR_LOAD_QUANTITY_H
#define SR_LOAD_QUANTITY_H
#include "math/spread.h"
#include "text/toml.h"

// A table being read: for messages, and with the source its rows fall back to.
typedef struct sr_rows {
  const char *path;
  const sr_toml *table;
} sr_rows;

// Value of a key in SI. Errors: absent key, wrong type, unknown unit, a row without a source. `n` values of an array.
bool sr_quantity(sr_rows r, const char *key, double *out, sr_error *err);
bool sr_quantities(sr_rows r, const char *key, double *out, int n, sr_error *err);
// A value and how it is spread: `sd = 0.1` normal round the value, `range = [0.8, 1.2]` even over it, in the row's
// unit, `sdlog = 0.1` lognormal with the value as median; none: known. Errors: also two of them, a width not above 0, a
// range that does not rise.
bool sr_quantity_spread(sr_rows r, const char *key, double *value, sr_spread *out, sr_error *err);
// The same for n rows of tables within `r`.
typedef struct sr_row_place {
  const char *table, *key;
} sr_row_place;
bool sr_quantities_spread(sr_rows r, const sr_row_place *place, int n, double *value, sr_spread *out, sr_error *err);
// As sr_quantity, but an absent key gives `otherwise`.
bool sr_quantity_or(sr_rows r, const char *key, double otherwise, double *out, sr_error *err);
bool sr_rows_text(sr_rows r, const char *key, const char **out, sr_error *err);
bool sr_rows_find(sr_rows r, const char *key, sr_rows *out, sr_error *err);  // a table within
// Parses a data file, whose schema must be that of its name.
bool sr_rows_parse(const char *name, const char *text, size_t size, sr_arena *keep, sr_rows *out, sr_error *err);
// The same for an embedded one (see load/data.h).
bool sr_rows_open(const char *name, sr_arena *keep, sr_rows *out, sr_error *err);
#endif
