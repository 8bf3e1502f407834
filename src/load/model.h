// The product's own planar model, scaled to a person, from data/planar_model.toml, muscles.toml and person.toml.
#ifndef SR_LOAD_MODEL_H
#define SR_LOAD_MODEL_H
#include "load/quantity.h"
#include "load/scenario.h"
#include "model/model.h"

typedef struct sr_model_tables {
  sr_rows person, body, muscle;
} sr_model_tables;
bool sr_model_tables_open(sr_arena *keep, sr_model_tables *out, sr_error *err);
bool sr_model_build(const sr_model_tables *t, const sr_person *person, sr_model *out, sr_error *err);
// Both in one: from the tables that are built into the program.
bool sr_model_load(const sr_person *person, sr_model *out, sr_error *err);
bool sr_nerve_tree_load(sr_arena *keep, sr_nerve_tree *out, sr_error *err);
#endif
