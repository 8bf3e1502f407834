// A life: the slow half of a person. Muscles, tendons, nerves, weight and shape of both legs, from week to week, under
// given loads. One life is one set of constants; many lives share one plan.
#ifndef SR_COURSE_LIFE_H
#define SR_COURSE_LIFE_H
#include "course/week_load.h"
#include "load/energy.h"
#include "load/shape.h"
#include "load/tissue.h"
#include "load/volume.h"
#include "tissue/supply.h"

// The tables of constants.
typedef struct sr_life_tables {
  sr_tissue_table tissue;
  sr_energy_table energy;
  sr_shape_data shape;
  sr_load_table loads;
  sr_volume_table volume;
} sr_life_tables;
bool sr_life_tables_load(sr_life_tables *out, sr_error *err);

// What all lives of a scenario share: the person, what is done and when, the legs' shape.
typedef struct sr_life_plan sr_life_plan;
// with_interventions false: the same life without them. Scenario, tree, model and tables must outlive it.
sr_life_plan *sr_life_plan_new(const sr_life_tables *t, const sr_scenario *s, const sr_nerve_tree *tree,
                               const sr_model *healthy, bool with_interventions, sr_arena *keep, sr_error *err);
int sr_life_nhabits(const sr_life_plan *p);
const sr_habits *sr_life_habits(const sr_life_plan *p, double week);  // those of a week
// What is lost of each node of a leg's tree, with what has grown back (nodes).
void sr_life_cuts(const sr_life_plan *p, sr_leg leg, double week, double *cut);
const sr_model *sr_life_healthy(const sr_life_plan *p);
const sr_nerve_tree *sr_life_tree(const sr_life_plan *p, sr_leg leg);
double sr_life_next_event(const sr_life_plan *p, double week);  // the first week after it; infinite: none
// Tasks are solved with the worse leg on the right: the one to which more is done.
bool sr_life_is_worse_on_the_left(const sr_life_plan *p);
bool sr_life_is_in_cast(const sr_life_plan *p, double week);  // just after that week; either leg

// The constants of one life: the tables' own, or drawn at a point of the set. 0 < u < 1, sr_life_nunknown of them.
typedef struct sr_life_constants {
  sr_tissue_params tissue;
  sr_energy_params energy;
  double body_fat;      // over body mass
  double fat_exponent;  // of the layer over the calf
  double softness;      // of the compartments of the calf
} sr_life_constants;
int sr_life_nunknown(const sr_life_plan *p);
const char *sr_life_unknown_name(const sr_life_plan *p, int k);   // its key in the data
const char *sr_life_unknown_about(const sr_life_plan *p, int k);  // in words
sr_life_constants sr_life_constants_own(const sr_life_plan *p);
sr_life_constants sr_life_constants_drawn(const sr_life_plan *p, const double *u);

typedef struct sr_life {
  const sr_life_plan *plan;
  sr_life_constants par;
  sr_energy_person person, own;  // with these constants, and with the tables' own
  double week;
  sr_tissue_muscle muscle[SR_MAX_MUSCLE];  // in the order of the model
  double tendon[2];                        // stiffness of the Achilles tendon over that before
  sr_energy_state body;
} sr_life;
// At week 0, before anything is done.
bool sr_life_new(const sr_life_plan *p, const sr_life_constants *c, sr_life *out, sr_error *err);
// What is done at the life's week: nerves, toxin, resection. The wounds of it are felt from the next step on.
void sr_life_events(sr_life *l);
void sr_life_wounds(sr_life *l);
// On to a week, with no event between, along a line of loads that reaches from here to there or further; `healthy` is
// the load of the body and habits before.
void sr_life_advance(sr_life *l, double to, const sr_week_line *line, const sr_week_load *healthy);

// The body of now for the tasks: capacity, passive stiffness, fibre length, tendon, and the mass of segments.
void sr_life_model(const sr_life *l, sr_model *out);

// What a leg looks like.
typedef struct sr_leg_look {
  double girth_max, level;    // [m], level as in shape.h
  double girth_at_old_level;  // where the greatest girth was at week 0 [m]
  double fat;                 // layer over the calf [m]
} sr_leg_look;
double sr_life_girth_before(const sr_life_plan *p, sr_leg leg);  // greatest, at week 0 [m]
sr_energy_readout sr_life_weight(const sr_life *l);
sr_leg_look sr_life_look(const sr_life *l, sr_leg leg);
sr_shape_state sr_life_shape(const sr_life *l, sr_leg leg);  // standing
const sr_shape_leg *sr_life_leg(const sr_life_plan *p, sr_leg leg);
double sr_life_skin_reserve(const sr_life *l, sr_leg leg);
#endif
