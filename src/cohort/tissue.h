// Rows that the slow model of one muscle answers.
#ifndef SR_COHORT_TISSUE_H
#define SR_COHORT_TISSUE_H
#include "cohort/cohort.h"
#include "load/tissue.h"

// What a row measures in its stories with these constants.
double sr_tissue_row_value(const sr_validation *v, const sr_row *row, const sr_tissue_params *p);
// The same with the table's own values and over its set of at least `points`.
sr_ours sr_tissue_row_ours(const sr_validation *v, const sr_row *row, const sr_tissue_table *t, int points);
#endif
