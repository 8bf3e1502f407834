// data/loads.toml: what stands in for habits whose movement is not predicted, and when movement and tissue meet.
#ifndef SR_LOAD_LOADS_H
#define SR_LOAD_LOADS_H
#include "load/quantity.h"

enum { SR_COUPLING_MOST = 32 };
typedef struct sr_load_table {
  double stairs_up, stairs_down, running, jump, heel_raise;  // forces over those of a walking stride [-]
  double running_stride;                                     // [m]
  // weeks after an event at which the load is found anew; later ones are far_apart [wk]
  int ngrid;
  double grid[SR_COUPLING_MOST], far_apart;
} sr_load_table;
bool sr_load_table_load(sr_load_table *out, sr_error *err);
bool sr_load_table_read(sr_rows loads, sr_load_table *out, sr_error *err);  // from an opened table
#endif
