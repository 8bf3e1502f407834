// data/bodies.toml: how people differ in strength, tendon and toes, and bodies drawn from it.
#ifndef SR_LOAD_BODIES_H
#define SR_LOAD_BODIES_H
#include "load/quantity.h"
#include "model/model.h"

enum { SR_BODY_STRENGTH, SR_BODY_TENDON, SR_BODY_TOES, SR_BODY_FACTORS };
// Factors on the model's own values.
typedef struct sr_body_table {
  double value[SR_BODY_FACTORS];
  sr_spread spread[SR_BODY_FACTORS];
} sr_body_table;
bool sr_body_table_load(sr_body_table *out, sr_error *err);
bool sr_body_table_read(sr_rows bodies, sr_body_table *out, sr_error *err);  // from an opened table

// The body at a point u (SR_BODY_FACTORS probabilities): every muscle stronger or weaker, the tendon of the triceps and
// the joints of the toes stiffer or softer. What nerves and weeks have made of it stays.
void sr_body_draw(const sr_body_table *t, const double *u, const sr_model *m, sr_model *out);
#endif
