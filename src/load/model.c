// From data tables and a person to the one constant struct of all physics.
#include "load/model.h"

#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "load/data.h"
#include "load/volume.h"

// The person against the reference person of the tables.
typedef struct scale {
  double length;            // ratio of heights
  double mass;              // ratio of masses
  double volume;            // ratio of the leg's muscle volumes
  double v_total;           // the person's own leg [m3]
  double specific_tension;  // of the calf [Pa]
} scale;

// Name of the same thing of one leg: the tables hold the right one.
static void side_name(const char *right, bool is_left, char *out, size_t size)
{
  snprintf(out, size, "%s", right);
  if (is_left && sr_ends_with(right, "_r")) out[strlen(out) - 1] = 'l';
}

static bool fail_row(const sr_rows *r, const sr_toml *t, sr_error *err, const char *what)
{
  return sr_fail(err, SR_BAD_VALUE, "%s:%d: %s", r->path, t->line, what);
}

// Index of a coordinate, added when it is new.
static int coordinate(sr_model *m, const char *name)
{
  sr_skeleton *s = &m->skeleton;
  const int found = sr_coord_find(s, name);
  if (found >= 0) return found;
  SR_ASSERT(s->ncoord < SR_MAX_COORD);
  snprintf(s->coord[s->ncoord], sizeof s->coord[0], "%s", name);
  return s->ncoord++;
}

static bool load_axis(sr_rows r, const sr_toml *t, bool is_left, sr_model *m, sr_axis *x, sr_error *err)
{
  const sr_toml *coord = sr_toml_get(t, "coord"), *type = sr_toml_get(t, "type"), *axis = sr_toml_get(t, "axis");
  if (coord == NULL || coord->kind != SR_TOML_STRING || type == NULL || type->kind != SR_TOML_STRING || axis == NULL ||
      axis->n != 3)
    return fail_row(&r, t, err, "an axis needs coord, type and axis = [x, y, z]");
  char name[32];
  side_name(coord->string, is_left, name, sizeof name);
  x->coord = coordinate(m, name);
  x->is_rotation = strcmp(type->string, "rotation") == 0;
  if (!x->is_rotation && strcmp(type->string, "translation") != 0)
    return fail_row(&r, type, err, "the type of an axis is rotation or translation");
  for (int k = 0; k < 3; k++) x->axis[k] = axis->child[k].number;
  x->npoly = 2;
  x->poly[0] = 1.0;
  m->coord[x->coord].is_translation = !x->is_rotation;
  return true;
}

static bool load_body(sr_rows r, bool is_left, const scale *k, sr_model *m, sr_error *err)
{
  const char *name, *parent;
  if (!sr_rows_text(r, "name", &name, err) || !sr_rows_text(r, "parent", &parent, err)) return false;
  SR_ASSERT(m->skeleton.nbody < SR_MAX_BODY);
  sr_body *b = &m->skeleton.body[m->skeleton.nbody];
  char parent_name[24];
  side_name(name, is_left, b->name, sizeof b->name);
  side_name(parent, is_left, parent_name, sizeof parent_name);
  b->parent = sr_body_find(&m->skeleton, parent_name);
  if (b->parent < 0 && strcmp(parent, "ground") != 0) return fail_row(&r, r.table, err, "the parent body is unknown");
  if (!sr_quantity(r, "mass", &b->mass, err) || !sr_quantities(r, "pos", b->pos, 3, err) ||
      !sr_quantities(r, "com", b->com, 3, err) || !sr_quantities(r, "inertia", b->inertia, 3, err))
    return false;
  b->mass *= k->mass;
  for (int i = 0; i < 3; i++) {
    b->pos[i] *= k->length;
    b->com[i] *= k->length;
    b->inertia[i] *= k->mass * k->length * k->length;
  }
  if (is_left) b->pos[2] = -b->pos[2], b->com[2] = -b->com[2];
  const sr_toml *axes = sr_toml_get(r.table, "axes");
  b->naxis = axes != NULL ? axes->n : 0;
  if (b->naxis > SR_MAX_AXIS) return fail_row(&r, axes, err, "a joint has at most six axes");
  for (int i = 0; i < b->naxis; i++)
    if (!load_axis(r, &axes->child[i], is_left, m, &b->axis[i], err)) return false;
  m->skeleton.nbody++;
  return true;
}

static bool load_bodies(sr_rows root, const scale *k, sr_model *m, sr_error *err)
{
  const sr_toml *bodies = sr_toml_get(root.table, "body");
  if (bodies == NULL || bodies->kind != SR_TOML_ARRAY) return fail_row(&root, root.table, err, "[[body]] is missing");
  for (int side = 0; side < 2; side++)
    for (int i = 0; i < bodies->n; i++) {
      const sr_rows r = {root.path, &bodies->child[i]};
      const char *name;
      if (!sr_rows_text(r, "name", &name, err)) return false;
      if (side == 1 && !sr_ends_with(name, "_r")) continue;
      if (!load_body(r, side == 1, k, m, err)) return false;
    }
  return true;
}

static bool load_coordinate(sr_rows root, const scale *k, int j, sr_model *m, sr_error *err)
{
  char name[32];
  snprintf(name, sizeof name, "%s", m->skeleton.coord[j]);
  sr_coordinate *c = &m->coord[j];
  c->leg = sr_ends_with(name, "_r") ? SR_LEG_RIGHT : sr_ends_with(name, "_l") ? SR_LEG_LEFT : SR_LEG_NONE;
  c->mirror = j;
  char other[32];
  snprintf(other, sizeof other, "%s", name);
  if (c->leg != SR_LEG_NONE) {
    other[strlen(other) - 1] = c->leg == SR_LEG_RIGHT ? 'l' : 'r';
    c->mirror = sr_coord_find(&m->skeleton, other);
    if (c->leg == SR_LEG_LEFT) name[strlen(name) - 1] = 'r';
  }
  sr_rows group, r;
  if (!sr_rows_find(root, "coordinate", &group, err) || !sr_rows_find(group, name, &r, err)) return false;
  double range[2];
  if (!sr_quantities(r, "range", range, 2, err)) return false;
  const double stretch = c->is_translation ? k->length : 1.0;
  c->lo = range[0] * stretch;
  c->hi = range[1] * stretch;
  if (!sr_quantity_or(r, "damping", 0.0, &c->damping, err) || !sr_quantity_or(r, "stiffness", 0.0, &c->stiffness, err))
    return false;
  c->has_limit_torque = sr_toml_get(r.table, "K1") != NULL;
  return !c->has_limit_torque || (sr_quantity(r, "K1", &c->k1, err) && sr_quantity(r, "K2", &c->k2, err) &&
                                  sr_quantity(r, "K3", &c->k3, err) && sr_quantity(r, "K4", &c->k4, err) &&
                                  sr_quantity(r, "theta1", &c->th1, err) && sr_quantity(r, "theta2", &c->th2, err));
}

static bool load_contact(sr_rows r, bool is_left, const scale *k, sr_model *m, sr_error *err)
{
  SR_ASSERT(m->ncontact < SR_MAX_CONTACT);
  sr_contact_sphere *s = &m->contact[m->ncontact];
  const char *name, *body;
  if (!sr_rows_text(r, "name", &name, err) || !sr_rows_text(r, "body", &body, err)) return false;
  char body_name[24];
  side_name(name, is_left, s->name, sizeof s->name);
  side_name(body, is_left, body_name, sizeof body_name);
  s->body = sr_body_find(&m->skeleton, body_name);
  if (s->body < 0) return fail_row(&r, r.table, err, "the body of a contact sphere is unknown");
  if (!sr_quantities(r, "centre", s->centre, 3, err) || !sr_quantity(r, "radius", &s->radius, err) ||
      !sr_quantity(r, "stiffness", &s->stiffness, err) || !sr_quantity(r, "dissipation", &s->dissipation, err) ||
      !sr_quantity(r, "mu_static", &s->mu_static, err) || !sr_quantity(r, "mu_dynamic", &s->mu_dynamic, err) ||
      !sr_quantity(r, "mu_viscous", &s->mu_viscous, err) || !sr_quantity(r, "v_transition", &s->v_transition, err))
    return false;
  for (int i = 0; i < 3; i++) s->centre[i] *= k->length;
  s->radius *= k->length;
  if (is_left) s->centre[2] = -s->centre[2];
  s->corner = SR_CONTACT_CORNER;
  m->contact_leg[m->ncontact++] = is_left ? SR_LEG_LEFT : SR_LEG_RIGHT;
  return true;
}

static bool load_contacts(sr_rows root, const scale *k, sr_model *m, sr_error *err)
{
  const sr_toml *list = sr_toml_get(root.table, "contact");
  if (list == NULL || list->kind != SR_TOML_ARRAY) return fail_row(&root, root.table, err, "[[contact]] is missing");
  for (int side = 0; side < 2; side++)
    for (int i = 0; i < list->n; i++)
      if (!load_contact((sr_rows){root.path, &list->child[i]}, side == 1, k, m, err)) return false;
  return true;
}

static bool load_skeleton(sr_rows root, const scale *k, sr_model *m, sr_error *err)
{
  sr_rows trunk, subtalar;
  if (!sr_quantities(root, "gravity", m->skeleton.gravity, 3, err) || !load_bodies(root, k, m, err) ||
      !load_contacts(root, k, m, err))
    return false;
  for (int j = 0; j < m->skeleton.ncoord; j++)
    if (!load_coordinate(root, k, j, m, err)) return false;
  const char *coordinate;
  if (!sr_rows_find(root, "lumbar", &trunk, err) || !sr_rows_text(trunk, "coordinate", &coordinate, err)) return false;
  m->trunk_coord = sr_coord_find(&m->skeleton, coordinate);
  if (m->trunk_coord < 0) return fail_row(&trunk, trunk.table, err, "the trunk's coordinate is unknown");
  if (!sr_quantity(trunk, "max_torque", &m->trunk_torque, err) || !sr_quantity(trunk, "tau", &m->trunk_tau, err) ||
      !sr_rows_find(root, "subtalar", &subtalar, err) || !sr_quantity(subtalar, "passive", &m->subtalar_passive, err))
    return false;
  m->trunk_torque *= k->mass * k->length;
  for (int i = 0; i < m->skeleton.nbody; i++) m->mass += m->skeleton.body[i].mass;
  return true;
}

static bool load_points(sr_rows r, const scale *k, const sr_model *m, sr_path *path, sr_error *err)
{
  const sr_toml *points = sr_toml_get(r.table, "points");
  path->npoint = points != NULL ? points->n : 0;
  if (path->npoint > SR_MAX_POINT) return fail_row(&r, points, err, "a path has at most ten points");
  for (int i = 0; i < path->npoint; i++) {
    const sr_toml *body = sr_toml_get(&points->child[i], "body"), *at = sr_toml_get(&points->child[i], "at");
    if (body == NULL || body->kind != SR_TOML_STRING || at == NULL || at->n != 3)
      return fail_row(&r, &points->child[i], err, "a path point needs body and at = [x, y, z]");
    path->point[i].body = sr_body_find(&m->skeleton, body->string);
    if (path->point[i].body < 0) return fail_row(&r, &points->child[i], err, "the body of a path point is unknown");
    for (int x = 0; x < 3; x++) path->point[i].at[x] = at->child[x].number * k->length;
  }
  return true;
}

static bool load_polynomial(sr_rows r, const scale *k, const sr_model *m, sr_path *path, sr_error *err)
{
  const sr_toml *poly = sr_toml_get(r.table, "polynomial");
  if (poly == NULL) return true;
  const sr_toml *coords = sr_toml_get(poly, "coords"), *terms = sr_toml_get(poly, "terms");
  if (coords == NULL || terms == NULL || coords->n > 4 || terms->n > SR_MAX_TERM)
    return fail_row(&r, poly, err, "a polynomial needs coords (at most 4) and terms (at most 24)");
  path->nterm = terms->n;
  for (int t = 0; t < terms->n; t++) {
    const sr_toml *row = &terms->child[t];
    if (row->n != coords->n + 1) return fail_row(&r, row, err, "a term is [k, power of each coordinate]");
    sr_path_term *term = &path->term[t];
    *term = (sr_path_term){.k = row->child[0].number * k->length, .n = coords->n};
    for (int i = 0; i < coords->n; i++) {
      term->coord[i] = sr_coord_find(&m->skeleton, coords->child[i].string);
      term->power[i] = (int)row->child[i + 1].number;
      if (term->coord[i] < 0) return fail_row(&r, row, err, "the coordinate of a polynomial is unknown");
    }
  }
  return true;
}

// Peak force (docs/theory/model.md, equation 4). A muscle of the calf: volume (Handsfield) / optimal fibre length x the
// calf's specific tension. Any other: the table's force, with the limb's muscle volume over length.
static bool load_strength(sr_rows r, const scale *k, sr_model_muscle *x, sr_error *err)
{
  sr_muscle *p = &x->par;
  if (x->group == SR_THIGH) {
    double f_max;
    if (!sr_quantity(r, "f_max", &f_max, err)) return false;
    p->f_max = f_max * k->volume / k->length;
    double tension;
    if (!sr_quantity(r, "specific_tension", &tension, err)) return false;
    p->specific_tension = tension;
    x->volume = p->f_max * p->len_opt / tension;
    return true;
  }
  double b1, b2, share;
  if (!sr_quantity(r, "volume_b1", &b1, err) || !sr_quantity(r, "volume_b2", &b2, err) ||
      !sr_quantity_or(r, "volume_share", 1.0, &share, err))
    return false;
  x->volume = share * (b1 * k->v_total + b2);
  p->specific_tension = k->specific_tension;
  p->f_max = x->volume / p->len_opt * k->specific_tension;
  return true;
}

static bool load_group(sr_rows r, sr_model_muscle *x, sr_error *err)
{
  static const char *const name[] = {"triceps", "deep", "front", "thigh"};  // in the order of sr_muscle_group
  const char *group;
  if (!sr_rows_text(r, "group", &group, err)) return false;
  for (int i = 0; i < 4; i++)
    if (strcmp(group, name[i]) == 0) {
      x->group = (sr_muscle_group)i;
      return true;
    }
  return fail_row(&r, sr_toml_get(r.table, "group"), err, "a muscle's group is triceps, deep, front or thigh");
}

static bool load_muscle(const char *name, sr_rows r, const scale *k, sr_model *m, sr_error *err)
{
  SR_ASSERT(m->nmuscle < SR_MAX_MUSCLE);
  sr_model_muscle *x = &m->muscle[m->nmuscle];
  sr_muscle *p = &x->par;
  if (!load_group(r, x, err) || !sr_quantity(r, "len_opt", &p->len_opt, err) ||
      !sr_quantity(r, "len_slack", &p->len_slack, err) || !sr_quantity(r, "penn_opt", &p->penn_opt, err) ||
      !sr_quantity(r, "v_max", &p->v_max, err) || !sr_quantity(r, "tendon_k", &p->tendon_k, err) ||
      !sr_quantity(r, "passive_shift", &p->passive_shift, err) ||
      !sr_quantity(r, "passive_strain", &p->passive_strain, err) || !sr_quantity(r, "damping", &p->damping, err) ||
      !sr_quantity(r, "slow_fraction", &p->slow_fraction, err) || !sr_quantity(r, "tau_act", &p->tau_act, err) ||
      !sr_quantity(r, "tau_deact", &p->tau_deact, err) ||
      (x->group == SR_DEEP && !sr_quantity(r, "subtalar_arm", &x->subtalar_arm, err)))
    return false;
  p->len_opt *= k->length;
  p->len_slack *= k->length;
  x->subtalar_arm *= k->length;
  p->capacity = p->passive_scale = x->act_max = 1.0;
  snprintf(x->base, sizeof x->base, "%s", name);
  snprintf(p->name, sizeof p->name, "%.20s_r", name);
  x->leg = SR_LEG_RIGHT;
  m->nmuscle++;
  return load_strength(r, k, x, err) && load_points(r, k, m, &x->path, err) && load_polynomial(r, k, m, &x->path, err);
}

// The left leg's muscle of a right one.
static void mirror_muscle(sr_model *m, int right)
{
  const int left = m->nmuscle++;
  sr_model_muscle *x = &m->muscle[left];
  *x = m->muscle[right];
  x->leg = SR_LEG_LEFT;
  x->par.name[strlen(x->par.name) - 1] = 'l';
  for (int i = 0; i < x->path.npoint; i++) {
    sr_path_point *point = &x->path.point[i];
    char name[24];
    side_name(m->skeleton.body[point->body].name, true, name, sizeof name);
    point->body = sr_body_find(&m->skeleton, name);
    point->at[2] = -point->at[2];
  }
  for (int t = 0; t < x->path.nterm; t++)
    for (int i = 0; i < x->path.term[t].n; i++) x->path.term[t].coord[i] = m->coord[x->path.term[t].coord[i]].mirror;
  m->mirror_muscle[left] = right;
  m->mirror_muscle[right] = left;
}

static bool load_muscles(sr_rows root, const scale *k, sr_model *m, sr_error *err)
{
  sr_rows group;
  if (!sr_rows_find(root, "muscle", &group, err)) return false;
  for (int i = 0; i < group.table->n; i++) {
    const sr_toml *t = &group.table->child[i];
    if (!load_muscle(t->key, (sr_rows){root.path, t}, k, m, err)) return false;
  }
  const int nright = m->nmuscle;
  for (int i = 0; i < nright; i++) mirror_muscle(m, i);
  return true;
}

// The person to whom the tables belong.
static bool load_reference(sr_rows person, sr_person *out, sr_error *err)
{
  sr_rows r;
  const char *sex;
  if (!sr_rows_find(person, "reference", &r, err) || !sr_rows_text(r, "sex", &sex, err) ||
      !sr_quantity(r, "age", &out->age_yr, err) || !sr_quantity(r, "height", &out->height_m, err) ||
      !sr_quantity(r, "mass", &out->mass_kg, err))
    return false;
  out->sex = strcmp(sex, "male") == 0 ? SR_MALE : SR_FEMALE;
  return out->sex == SR_MALE || strcmp(sex, "female") == 0 ||
         fail_row(&r, sr_toml_get(r.table, "sex"), err, "sex is female or male");
}

static bool load_scale(sr_rows root, const sr_person *person, scale *k, sr_error *err)
{
  sr_person reference = {0};
  sr_volume_table volume;
  sr_rows strength;
  if (!load_reference(root, &reference, err) || !sr_volume_table_read(root, &volume, err) ||
      !sr_rows_find(root, "calf", &strength, err) ||
      !sr_quantity(strength, "specific_tension", &k->specific_tension, err))
    return false;
  k->length = person->height_m / reference.height_m;
  k->mass = person->mass_kg / reference.mass_kg;
  k->v_total = sr_leg_volume(&volume, person);
  k->volume = k->v_total / sr_leg_volume(&volume, &reference);
  return true;
}

bool sr_model_tables_open(sr_arena *keep, sr_model_tables *out, sr_error *err)
{
  return sr_rows_open("person.toml", keep, &out->person, err) &&
         sr_rows_open("planar_model.toml", keep, &out->body, err) &&
         sr_rows_open("muscles.toml", keep, &out->muscle, err);
}

bool sr_model_build(const sr_model_tables *t, const sr_person *person, sr_model *out, sr_error *err)
{
  scale k = {0};
  *out = (sr_model){.height = person->height_m};
  const bool is_good = load_scale(t->person, person, &k, err) && load_skeleton(t->body, &k, out, err) &&
                       load_muscles(t->muscle, &k, out, err);
  out->length_ratio = k.length;
  return is_good;
}

bool sr_model_load(const sr_person *person, sr_model *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_model_tables t;
  const bool is_good = sr_model_tables_open(work, &t, err) && sr_model_build(&t, person, out, err);
  sr_arena_free(work);
  return is_good;
}

bool sr_nerve_tree_load(sr_arena *keep, sr_nerve_tree *out, sr_error *err)
{
  size_t size;
  const char *text = sr_data_find("nerves.toml", &size);
  if (text == NULL) return sr_fail(err, SR_INTERNAL, "no data file 'nerves.toml' in this build");
  return sr_nerve_load("nerves.toml", text, keep, out, err);
}
