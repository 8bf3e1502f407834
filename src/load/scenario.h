// A scenario: the person, habits, interventions and what to run; read strictly from TOML (schema surae-scenario/1).
#ifndef SR_LOAD_SCENARIO_H
#define SR_LOAD_SCENARIO_H
#include "base/arena.h"
#include "base/error.h"
#include "nerve/nerve.h"

typedef enum sr_sex { SR_FEMALE, SR_MALE } sr_sex;
typedef enum sr_side { SR_LEFT = 1, SR_RIGHT = 2, SR_BOTH = 3 } sr_side;

typedef struct sr_person {
  sr_sex sex;
  double age_yr, height_m, mass_kg;
  double calf_girth_cm, body_fat_percent;  // 0: not given
} sr_person;

typedef struct sr_habits {
  double week;
  double standing_h_per_day, steps_per_day, walking_speed_m_s, stairs_per_day, running_km_per_week, jumps_per_week,
      heel_raises_per_week, energy_intake_kcal_per_day;  // last: 0 = what keeps the weight
} sr_habits;

typedef enum sr_intervention_kind {
  SR_TRANSECT,
  SR_REPAIR,
  SR_BLOCK,
  SR_TOXIN,
  SR_ABLATE,
  SR_RESECT,
  SR_IMMOBILISE
} sr_intervention_kind;

typedef struct sr_intervention {
  double week;
  sr_intervention_kind kind;
  int ntarget;
  const char **target;  // nodes; muscles for toxin and resect; joints for immobilise
  sr_side side;
  double fraction;                        // 0..1
  double dose_U, mass_g, duration_weeks;  // 0 where the kind has none
  int line;                               // where it stands in the file, for messages
} sr_intervention;

// A cut of a nerve beside those of the file.
typedef struct sr_cut {
  const char *node;
  double fraction;  // 0..1
  sr_side side;
} sr_cut;

typedef struct sr_scenario {
  const char *path;
  sr_person person;
  int nvariant[2];  // anatomy: 0 left, 1 right
  const char **variant[2];
  int nhabits;
  sr_habits *habits;
  int nintervention;
  sr_intervention *intervention;
  int nweek;
  double *week;
  int ntask;
  const char **task;  // as written: those of every week ...
  int nalways;        // ... come first, then those of some weeks only
  int nmore_week;
  double *more_week;  // in which all tasks are done
  int *task_line;     // (ntask) where each stands in the file; NULL where they come from no file
  int samples;        // points of the slow model's constants
  int bodies;         // other bodies that do the tasks; 0: none
  long seed;
  const char *lang;  // "en" or "zh"
} sr_scenario;

// Reads and checks a scenario. Node names are checked against `tree` (muscle names are its muscles). Every error is
// one line `file:line: what is wrong, what is allowed`.
bool sr_scenario_read(const char *path, const sr_nerve_tree *tree, sr_arena *keep, sr_scenario *out, sr_error *err);
bool sr_scenario_parse(const char *path, const char *text, size_t size, const sr_nerve_tree *tree, sr_arena *keep,
                       sr_scenario *out, sr_error *err);
// The same with these nerves cut at a week, as if the file said so: an unknown nerve, or one that a leg does not have,
// is refused in the words that the file would get.
bool sr_scenario_cut(sr_scenario *s, const sr_nerve_tree *tree, double week, const sr_cut *cut, int ncut,
                     sr_arena *keep, sr_error *err);
// The person the commands use when no scenario is given: a woman of 25 yr, 160 cm, 52 kg (examples/article.toml).
sr_scenario sr_scenario_default(sr_arena *keep);
#endif
