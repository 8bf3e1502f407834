// Rows that are read off a person's body.
#ifndef SR_COHORT_BODY_H
#define SR_COHORT_BODY_H
#include "cohort/cohort.h"
#include "load/shape.h"

// NaN: there is no such value.
double sr_body_row_value(const sr_row *row, const sr_shape_data *shape, const sr_person *p, const sr_model *m);
#endif
