// OpenSim table files (.sto, .mot), version 1 headers.
#ifndef SR_TEXT_STO_H
#define SR_TEXT_STO_H
#include "base/arena.h"
#include "base/error.h"

typedef struct sr_table {
  const char *name;
  bool in_degrees;
  int nmeta;
  const char **meta_key, **meta_value;
  int nrow, ncol;      // ncol counts the time column, which is first
  const char **label;  // (ncol)
  double *at;          // (nrow * ncol) row by row
} sr_table;
bool sr_table_write(const char *path, const sr_table *t, sr_error *err);
// From a text already in memory; `path` is for messages and for the ending .mot.
bool sr_table_parse(const char *path, const char *text, size_t size, sr_arena *keep, sr_table *out, sr_error *err);
bool sr_table_read(const char *path, sr_arena *keep, sr_table *out, sr_error *err);
#endif
