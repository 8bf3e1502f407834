// Published results as data: who was measured, what came out, what it is compared with (data/validation/*.toml).
#ifndef SR_COHORT_ROWS_H
#define SR_COHORT_ROWS_H
#include "base/error.h"
#include "cohort/story.h"
#include "result/measured.h"

// People like those of a study: share of women; age [yr], height [cm], mass index [kg/m2] as mean and SD.
typedef struct sr_people {
  const char *name, *source;
  double women, age[2], height[2], mass_index[2];
  double girth;  // mean of the calf as printed [cm]; 0: what people of their size have
  int persons;
} sr_people;

// What a row needs: the slow model of a muscle alone, bodies, a movement by each; the shape or posture of a whole life;
// nothing: it is listed with a reason.
typedef enum sr_row_needs {
  SR_NEEDS_TISSUE,
  SR_NEEDS_BODY,
  SR_NEEDS_TASK,
  SR_NEEDS_SHAPE,
  SR_NEEDS_LEG,
  SR_NEEDS_NOTHING
} sr_row_needs;

enum { SR_ROW_PARTS = 4 };
typedef struct sr_row {
  const char *id, *area, *quantity, *population, *intervention, *unit, *spread, *source, *band_source, *why;
  const char *cause;  // of a miss, found by experiment with the model, or what a listed row says; NULL: none
  int line;
  double week, since;  // of a slow outcome
  double published;    // NaN: words alone
  double sd;           // between people; NaN: not printed
  double band[2];      // in which ours should lie; NaN: none
  int n;               // people; 0: not known
  bool is_calibrated;  // it set a constant
  sr_row_needs needs;
  const char *measure;
  // tissue: weighted stories, or one over another
  int npart;
  int part[SR_ROW_PARTS];  // places of stories
  double weight[SR_ROW_PARTS];
  int over;  // -1: none
  // body and task
  int people, than;  // places; than -1: none
  const char *muscle, *task, *metric;
  // shape, leg: what is done, as in a scenario file without the person (NULL: not run), and what it is held against
  const char *scenario, *against;
  double final;  // girth_share: the week of the whole
  double knee_deg, torque, factor;
} sr_row;

typedef struct sr_validation {
  int nstory, npeople, nrow;
  sr_story *story;
  sr_people *people;
  sr_row *row;
  sr_curve_set curves;
  int *walkers;  // (curves.nstudy) places of the people who move in the place of those of a study
} sr_validation;
// The built-in set, of all its files.
bool sr_validation_load(sr_arena *keep, sr_validation *out, sr_error *err);
// One file more, added to what is there; `out` begins as {0}. One file holds all curves; whose people are looked for
// when all files are read. Errors: "path:line: what is wrong, what is allowed".
bool sr_validation_parse(const char *path, const char *text, size_t size, sr_arena *keep, sr_validation *out,
                         sr_error *err);
#endif
