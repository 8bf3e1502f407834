// Curves as OpenSim tables (version 1 headers, after core's Storage; angles in degrees).
#include <string.h>

#include "base/files.h"
#include "result/result.h"
#include "text/sto.h"

// Coordinates are the angles and the translations of the pelvis; other lengths are points and fibres.
static bool is_coordinate(const sr_curves *c, int k)
{
  if (strchr(c->label[k], '/')) return false;
  return strcmp(c->unit[k], "deg") == 0 || (strcmp(c->unit[k], "m") == 0 && strncmp(c->label[k], "pelvis_t", 8) == 0);
}

// Copies the chosen columns into a table; time comes first under the name that OpenSim asks for.
static sr_table table_of(const sr_curves *c, const char *name, const int *column, int n, sr_arena *work)
{
  sr_table t = {.name = name, .in_degrees = true, .nrow = c->nrow, .ncol = n};
  t.label = sr_alloc(work, const char *, n);
  t.at = sr_alloc(work, double, (size_t)c->nrow *(size_t)n);
  for (int k = 0; k < n; k++) {
    t.label[k] = k == 0 ? "time" : c->label[column[k]];
    for (int i = 0; i < c->nrow; i++)
      t.at[(size_t)i * (size_t)n + (size_t)k] = c->at[(size_t)i * (size_t)c->ncol + (size_t)column[k]];
  }
  return t;
}

static bool check_curves(const char *path, const sr_curves *c, sr_error *err)
{
  if (c->nrow > 0 && c->ncol > 0 && strcmp(c->label[0], "time_s") == 0) return true;
  return sr_fail(err, SR_BAD_VALUE, "%s: this task has no curves over time to write", path);
}

// Writes the table with the signs and, for all columns, the units in the header.
static bool write_table(const char *path, const sr_curves *c, const char *name, const int *column, int n,
                        sr_arena *work, sr_error *err)
{
  sr_table t = table_of(c, name, column, n, work);
  sr_text units = sr_text_new(work);
  for (int k = 0; k < n; k++) sr_text_print(&units, "%s%s", k ? "," : "", k ? c->unit[column[k]] : "s");
  const char *key[] = {"signs", "units"};
  const char *value[] = {"knee flexion negative, ankle dorsiflexion positive", units.at};
  t.nmeta = 2;
  t.meta_key = key;
  t.meta_value = value;
  return sr_table_write(path, &t, err);
}

static bool write_columns(const char *path, const sr_curves *c, const char *name, bool is_all, sr_error *err)
{
  if (!check_curves(path, c, err)) return false;
  sr_arena *work = sr_arena_new();
  int *column = sr_alloc(work, int, c->ncol), n = 1;  // column 0 is time
  for (int k = 1; k < c->ncol; k++)
    if (is_all || is_coordinate(c, k)) column[n++] = k;
  const bool is_good = write_table(path, c, name, column, n, work, err);
  sr_arena_free(work);
  return is_good;
}

bool sr_result_write_mot(const char *path, const sr_curves *c, const char *name, sr_error *err)
{
  return write_columns(path, c, name, false, err);
}

bool sr_result_write_sto(const char *path, const sr_curves *c, const char *name, sr_error *err)
{
  return write_columns(path, c, name, true, err);
}
