// data/loads.toml: what stands in for habits whose movement is not predicted.
#ifndef SR_LOAD_LOADS_H
#define SR_LOAD_LOADS_H
#include "load/quantity.h"

// Forces over those of a walking stride [-]; running_stride [m].
typedef struct sr_load_table {
  double stairs_up, stairs_down, running, running_stride, jump, heel_raise;
} sr_load_table;
bool sr_load_table_load(sr_load_table *out, sr_error *err);
bool sr_load_table_read(sr_rows loads, sr_load_table *out, sr_error *err);  // from an opened table
#endif
