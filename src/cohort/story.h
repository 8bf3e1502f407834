// A made-up life of one muscle, a stand-in where the people of a study did something that no intervention describes:
// what happens to it, week by week, and what the slow model makes of that.
#ifndef SR_COHORT_STORY_H
#define SR_COHORT_STORY_H
#include "base/arena.h"
#include "tissue/supply.h"

// Word of a step, what its value is.
#define SR_STORY_WORDS(ROW)                                                                              \
  ROW(LOAD, "load")                 /* force dose over the healthy one, whatever the muscle's size is */ \
  ROW(DOSE, "dose")                 /* stress dose: the load follows the section */                      \
  ROW(AXONS, "axons")               /* share of axons that reaches the muscle */                         \
  ROW(IMMOBILISED, "immobilised")   /* 1 or 0 */                                                         \
  ROW(HELD, "held")                 /* length at which it is held, over that before */                   \
  ROW(TOXIN, "toxin")               /* units */                                                          \
  ROW(ABLATE, "ablate")             /* nerve burned so far before the muscle [m] */                      \
  ROW(SUTURE, "suture")             /* nerve cut and joined so far before the muscle [m] */              \
  ROW(SWELL, "swell")               /* total volume that swelling gives */                               \
  ROW(OEDEMA_WEEKS, "oedema_weeks") /* time constant of swelling in this life */                         \
  ROW(WOUND, "wound")                                                                                    \
  ROW(RESECT, "resect") /* share cut out */
#define SR_STORY_ENUM(id, word) SR_STORY_##id,
typedef enum sr_story_word { SR_STORY_WORDS(SR_STORY_ENUM) SR_STORY_NWORD } sr_story_word;
#undef SR_STORY_ENUM
const char *sr_story_word_text(sr_story_word w);

typedef struct sr_story_step {
  double week;
  sr_story_word what;
  double value;
} sr_story_step;

enum { SR_STORY_STEPS = 64 };
typedef struct sr_story {
  const char *name;
  int nstep;
  sr_story_step step[SR_STORY_STEPS];  // weeks do not fall
  // > 0: the muscle that is read is the neighbour of that of the steps, which carried this share of their force; it
  // takes what the other has lost
  double beside;
} sr_story;

typedef struct sr_story_week {
  double week;
  sr_tissue_readout read;
  double nerve, dose;  // share of fibres joined to an axon; dose of the week
} sr_story_week;
// The story until a week, read every `step` weeks from 0 on: n rows.
typedef struct sr_story_told {
  int n;
  sr_story_week *at;
} sr_story_told;
sr_story_told sr_story_tell(const sr_tissue_params *p, const sr_story *s, double weeks, double step, sr_arena *keep);
#endif
