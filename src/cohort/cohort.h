// Published experiments on samples of people: what each row of data/validation says, what comes out here, and how far
// apart they are.
#ifndef SR_COHORT_COHORT_H
#define SR_COHORT_COHORT_H
#include <signal.h>

#include "base/files.h"
#include "cohort/rows.h"
#include "load/scenario.h"
#include "load/shape.h"

// The persons of a sample, p->persons of them. Each of sex, age, height and mass index takes each of the probabilities
// (r + 1/2) / persons once, without correlation as far as so few allow; ages end at 18 and 90.
sr_person *sr_people_draw(const sr_people *p, sr_arena *keep);
// Gives each the calf that people of that size have, times one factor, so that the mean is what was printed. Nothing
// where nothing was.
void sr_people_set_girth(const sr_people *p, const sr_shape_data *shape, sr_person *who);

enum { SR_OURS_INFLUENCES = 3 };
// What comes out here. Of a slow outcome the value is that of the constants' own values, and the spread is over the
// constants; otherwise mean and spread over the persons.
typedef struct sr_ours {
  bool is_known;
  const char *why;  // not known, or some persons without an answer: why; else NULL
  double value;
  double sd, p05, p95;    // NaN: one person, or a ratio of two samples
  double uncertainty;     // of the value: sd of the constants, standard error of the mean over persons; 0 if unknown
  int persons, answered;  // 0, 0: no persons
  // of a slow outcome: the constants that explain most of its variance over their set, the greatest share first
  int ninfluence;
  struct {
    const char *name;
    double share, rank_correlation;
  } influence[SR_OURS_INFLUENCES];
} sr_ours;

typedef struct sr_score {
  bool is_scored;  // the spread between people is published, and ours is known
  double bias;     // ours - published
  double in_sd;    // over the published SD
  double z;        // bias / sqrt(SD^2 / n + uncertainty^2); NaN where n is not known
  bool within_1sd, within_2sd;
  bool has_band, is_in_band;
} sr_score;
sr_score sr_score_of(const sr_row *row, const sr_ours *ours);

typedef struct sr_verdict {
  const sr_row *row;
  sr_ours ours;
  sr_score score;
} sr_verdict;

enum { SR_CURVE_SAMPLES = 101 };  // of the cycle, from 0 to 100%
// A measured curve, and that of the persons in its place.
typedef struct sr_curve_score {
  double rmse;        // root of the mean squared difference, in the unit of the curve
  double rmse_in_sd;  // over the root of the mean squared SD; NaN: none is published
  double r;           // cross-correlation at no lag: covariance over both SDs
  double r_most;      // the greatest over all lags ...
  int lag;            // ... and where: percent of the cycle by which ours is late
} sr_curve_score;
// Of two curves of a cycle, ours and the measured one; sd NULL: none.
sr_curve_score sr_curve_score_of(const double ours[SR_CURVE_SAMPLES], const double measured[SR_CURVE_SAMPLES],
                                 const double *sd);

typedef struct sr_curve_verdict {
  const sr_measured_curve *curve;
  const sr_curve_study *study;
  int persons, answered;
  const char *why;                                           // no person has an answer: why; else NULL
  double ours[SR_CURVE_SAMPLES], ours_sd[SR_CURVE_SAMPLES];  // mean and SD over the persons
  sr_curve_score score;                                      // where some have one
} sr_curve_verdict;

// Rows and curves of an area, or of all, in the order of the data.
typedef struct sr_findings {
  int n, ncurve;
  sr_verdict *verdict;
  sr_curve_verdict *curve;
} sr_findings;

typedef struct sr_validate_options {
  const char *area;                                                    // NULL: all
  bool is_quick;                                                       // no movement is solved
  int threads;                                                         // 0 counts as 1. No number changes a bit
  int points;                                                          // of the set of constants of slow outcomes
  const volatile sig_atomic_t *stop;                                   // may be NULL
  void (*progress)(void *who, int done, int total, const char *what);  // may be NULL; one call at a time
  void *who;
} sr_validate_options;
bool sr_validate(const sr_validation *v, const sr_validate_options *o, sr_arena *keep, sr_findings *out, sr_error *err);
bool sr_validation_has_area(const sr_validation *v, const char *area);

// Counts of a list of verdicts: of the rows that set a constant, or of the others.
typedef struct sr_tally {
  int rows, compared, scored, within_1sd, within_2sd, banded, in_band;
  double bias_in_sd, rms_in_sd;  // over the scored; NaN: none
} sr_tally;
sr_tally sr_tally_of(const sr_verdict *v, int n, const char *area, bool is_calibrated);  // area NULL: all

typedef enum sr_verdict_group {
  SR_GROUP_MISSED,
  SR_GROUP_HELD,
  SR_GROUP_LISTED,
  SR_GROUP_NOT_COMPARED
} sr_verdict_group;
// Missed: beyond one SD, or out of the band where no SD is published. Listed: neither is.
sr_verdict_group sr_verdict_group_of(const sr_verdict *v);

// The table that is read, the page, and the data that scripts read (schema surae-validate/1).
void sr_validate_print(const sr_findings *f, sr_text *out);
sr_text sr_validate_page(const sr_findings *f, const char *version, sr_arena *keep);
const char *sr_validate_json(const sr_findings *f, const char *version, sr_arena *keep, size_t *size);
#endif
