#include "load/shape.h"

#include <math.h>

// `n` values over the places `at` (the rings of the foot: their numbers).
static bool read_curve(sr_rows r, const char *at, const char *key, sr_profile *out, sr_error *err)
{
  const sr_toml *row = sr_toml_get(r.table, key);
  const sr_toml *value = row != NULL && row->kind == SR_TOML_TABLE ? sr_toml_get(row, "value") : NULL;
  const int n = value != NULL && value->kind == SR_TOML_ARRAY ? value->n : 0;
  *out = (sr_profile){.n = n};
  if (n < 2 || n > SR_PROFILE_MAX)
    return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' must be 2 to %d numbers", r.path,
                   row != NULL ? row->line : r.table->line, key, SR_PROFILE_MAX);
  if (!sr_quantities(r, key, out->value, n, err)) return false;
  for (int i = 0; i < n; i++) out->at[i] = i;
  if (at != NULL && !sr_quantities(r, at, out->at, n, err)) return false;
  for (int i = 1; i < n; i++)
    if (!(out->at[i] > out->at[i - 1]))
      return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' must grow", r.path, r.table->line, at);
  return true;
}

typedef struct curve_row {
  const char *key;
  sr_profile *out;
} curve_row;

static bool read_curves(sr_rows r, const char *at, const curve_row *row, size_t size, sr_error *err)
{
  for (size_t i = 0; i < size / sizeof *row; i++)
    if (!read_curve(r, at, row[i].key, row[i].out, err)) return false;
  return true;
}

static bool read_bone(sr_rows bones, const char *name, sr_bone_shape *b, sr_error *err)
{
  sr_rows r;
  const curve_row row[] = {{"x1", &b->x[0]}, {"z1", &b->z[0]}, {"x2", &b->x[1]},      {"z2", &b->z[1]},
                           {"x3", &b->x[2]}, {"z3", &b->z[2]}, {"radius", &b->radius}};
  return sr_rows_find(bones, name, &r, err) && read_curves(r, "level", row, sizeof row, err);
}

static bool read_place(sr_rows r, sr_layer_shape *l, sr_error *err)
{
  const curve_row row[] = {{"direction", &l->direction}, {"spread", &l->spread}};
  return read_curves(r, "level", row, sizeof row, err);
}

static bool read_muscle(sr_rows muscles, sr_layer layer, sr_layer_shape *l, sr_error *err)
{
  sr_rows r;
  double belly[2];
  if (!sr_rows_find(muscles, sr_layer_name(layer), &r, err) || !sr_quantities(r, "belly", belly, 2, err) ||
      !sr_quantity(r, "peak", &l->peak, err) || !sr_quantity(r, "fullness", &l->fullness, err) ||
      !sr_quantity(r, "ankle_arm", &l->ankle_arm, err) || !sr_quantity_or(r, "knee_arm", 0.0, &l->knee_arm, err) ||
      !read_place(r, l, err))
    return false;
  l->begin = belly[0];
  l->end = belly[1];
  return (l->begin < l->peak && l->peak < l->end && l->fullness > 0.0) ||
         sr_fail(err, SR_BAD_VALUE, "%s:%d: the peak must lie within the belly, the fullness be above 0", r.path,
                 r.table->line);
}

static bool read_layers(sr_rows root, sr_shape_table *t, sr_spread *softness, sr_error *err)
{
  sr_rows muscles, tendon;
  if (!sr_rows_find(root, "muscle", &muscles, err) || !sr_rows_find(root, "achilles", &tendon, err)) return false;
  for (int l = 0; l < SR_LAYERS; l++)
    if (sr_layer_is_muscle((sr_layer)l) && !read_muscle(muscles, (sr_layer)l, &t->layer[l], err)) return false;
  return read_curve(tendon, "level", "area", &t->achilles_area, err) &&
         read_place(tendon, &t->layer[SR_ACHILLES], err) &&
         sr_quantity_spread(muscles, "softness", &t->softness, softness, err) &&
         sr_quantity(tendon, "give", &t->tendon_give, err);
}

static bool read_outline(sr_rows root, sr_shape_table *t, sr_error *err)
{
  sr_rows bones, centre, outline, rest;
  const curve_row middle[] = {{"x", &t->centre_x}, {"z", &t->centre_z}};
  const curve_row edge[] = {{"front", &t->front},
                            {"back", &t->back},
                            {"medial", &t->medial},
                            {"lateral", &t->lateral},
                            {"front_medial_power", &t->front_medial_power},
                            {"front_lateral_power", &t->front_lateral_power},
                            {"back_power", &t->back_power}};
  const curve_row filler[] = {{"frame", &t->rest_frame}, {"flesh", &t->rest_flesh}};
  return sr_rows_find(root, "bone", &bones, err) && read_bone(bones, "tibia", &t->bone[SR_TIBIA], err) &&
         read_bone(bones, "fibula", &t->bone[SR_FIBULA], err) && sr_rows_find(root, "middle", &centre, err) &&
         read_curves(centre, "level", middle, sizeof middle, err) && sr_rows_find(root, "outline", &outline, err) &&
         read_curves(outline, "level", edge, sizeof edge, err) &&
         sr_quantity(outline, "front_follows", &t->front_follows, err) && sr_rows_find(root, "rest", &rest, err) &&
         read_curves(rest, "level", filler, sizeof filler, err);
}

static bool read_cover(sr_rows root, sr_shape_table *t, sr_spread *exponent, sr_error *err)
{
  sr_rows fat, skin, sink;
  return sr_rows_find(root, "fat", &fat, err) && read_curve(fat, "level", "profile", &t->fat_profile, err) &&
         sr_quantity(fat, "least", &t->fat_least, err) && sr_quantity(fat, "most", &t->fat_most, err) &&
         sr_quantity_spread(fat, "exponent", &t->fat_exponent, exponent, err) &&
         sr_rows_find(root, "skin", &skin, err) && sr_quantity(skin, "thickness", &t->skin_thickness, err) &&
         sr_quantity(skin, "elastic", &t->skin_elastic, err) && sr_rows_find(root, "sink", &sink, err) &&
         read_curve(sink, "level", "share", &t->sink, err);
}

static bool read_foot(sr_rows root, sr_shape_table *t, sr_error *err)
{
  sr_rows foot;
  const curve_row row[] = {{"top_x", &t->foot_top_x},   {"top_y", &t->foot_top_y},   {"sole_x", &t->foot_sole_x},
                           {"sole_y", &t->foot_sole_y}, {"medial", &t->foot_medial}, {"lateral", &t->foot_lateral},
                           {"aside", &t->foot_aside},   {"power", &t->foot_power}};
  if (!sr_rows_find(root, "foot", &foot, err) || !read_curves(foot, NULL, row, sizeof row, err) ||
      !sr_quantities(foot, "toe_joint", t->toe_joint, 2, err))
    return false;
  for (size_t i = 1; i < sizeof row / sizeof row[0]; i++)
    if (row[i].out->n != row[0].out->n)
      return sr_fail(err, SR_BAD_VALUE, "%s:%d: '%s' must have as many rings as '%s'", foot.path, foot.table->line,
                     row[i].key, row[0].key);
  return true;
}

static bool read_girth(sr_rows root, const char *sex, sr_calf_girth *g, sr_error *err)
{
  sr_rows girth, r;
  return sr_rows_find(root, "girth", &girth, err) && sr_rows_find(girth, sex, &r, err) &&
         sr_quantity(r, "constant", &g->constant, err) && sr_quantity(r, "height", &g->height, err) &&
         sr_quantity(r, "mass", &g->mass, err) && sr_quantity(r, "age", &g->age, err) &&
         sr_quantity(r, "spread", &g->spread, err);
}

bool sr_shape_data_read(sr_rows root, sr_shape_data *out, sr_error *err)
{
  sr_rows reference;
  sr_shape_table *t = &out->leg;
  *out = (sr_shape_data){0};
  return sr_rows_find(root, "reference", &reference, err) && sr_quantity(reference, "length", &t->length, err) &&
         sr_quantity(reference, "muscle", &t->muscle, err) && read_outline(root, t, err) &&
         read_layers(root, t, &out->softness_spread, err) && read_cover(root, t, &out->fat_exponent_spread, err) &&
         read_foot(root, t, err) && read_girth(root, "female", &out->girth[SR_FEMALE], err) &&
         read_girth(root, "male", &out->girth[SR_MALE], err);
}

bool sr_shape_data_load(sr_shape_data *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_rows root;
  const bool is_good = sr_rows_open("shape.toml", work, &root, err) && sr_shape_data_read(root, out, err);
  sr_arena_free(work);
  return is_good;
}

double sr_calf_girth_of(const sr_shape_data *d, const sr_person *p)
{
  const sr_calf_girth *g = &d->girth[p->sex];
  if (p->calf_girth_cm > 0.0) return 0.01 * p->calf_girth_cm;
  return 0.01 * exp(g->constant + g->height * log(p->height_m) + g->mass * log(p->mass_kg) + g->age * p->age_yr);
}

const sr_shape_leg *sr_shape_of_model(const sr_shape_data *d, const sr_model *m, sr_leg leg, sr_arena *keep,
                                      sr_error *err)
{
  double volume[SR_LAYERS] = {0};
  const int ankle = sr_body_find(&m->skeleton, leg == SR_LEG_LEFT ? "talus_l" : "talus_r");
  SR_ASSERT(ankle >= 0);
  for (int i = 0; i < m->nmuscle; i++) {
    const sr_layer layer = sr_layer_find(m->muscle[i].base);
    if (m->muscle[i].leg == leg && layer != SR_LAYERS) volume[layer] = m->muscle[i].volume;
  }
  return sr_shape_build(&d->leg, -m->skeleton.body[ankle].pos[1], volume, leg == SR_LEG_LEFT, keep, err);
}

bool sr_shape_of_person(const sr_shape_data *d, const sr_person *p, const sr_shape_leg *leg, sr_shape_state *out,
                        sr_error *err)
{
  const double least = d->leg.fat_least, most = d->leg.fat_most;
  *out = sr_shape_standing(leg, least);
  const double girth = sr_calf_girth_of(d, p), fat = sr_shape_fat_at_girth(leg, out, girth);
  if (p->calf_girth_cm > 0.0 && !(fat >= least && fat <= most)) {
    const double lo = sr_shape_calf(leg, out).girth;
    out->fat = most;
    return sr_fail(err, SR_BAD_VALUE,
                   "a calf girth of %g cm does not go with the muscles of this person, allowed are %.1f to %.1f cm",
                   p->calf_girth_cm, 100.0 * lo, 100.0 * sr_shape_calf(leg, out).girth);
  }
  out->fat = fmin(most, fmax(least, fat));
  return true;
}
