// The model of a person: how it grows with height and mass, that its legs are mirror images, what scenarios cut.
#include "load/model.h"

#include "load/volume.h"
#include "load/weights.h"
#include "test.h"

static const sr_person reference = {.sex = SR_FEMALE, .age_yr = 30.0, .height_m = 1.70, .mass_kg = 62.0};
static const sr_person tall = {.sex = SR_MALE, .age_yr = 30.0, .height_m = 1.87, .mass_kg = 93.0};  // x 1.1, x 1.5

static sr_model *load(sr_arena *a, const sr_person *person)
{
  sr_model *m = sr_alloc(a, sr_model, 1);
  sr_error err = {0};
  if (!sr_model_load(person, m, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return m;
}

// A row of a table of a data file, by the names on the way to it.
static double row(const char *file, const char *table, const char *sub, const char *key)
{
  sr_arena *a = sr_arena_new();
  sr_rows root, r, s;
  sr_error err = {0};
  double x = 0.0;
  if (!sr_rows_open(file, a, &root, &err) || !sr_rows_find(root, table, &r, &err) ||
      (sub != NULL && !sr_rows_find(r, sub, &s, &err)) || !sr_quantity(sub != NULL ? s : r, key, &x, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  sr_arena_free(a);
  return x;
}

// b = k a, to rounding
static void scales(double a, double b, double k)
{
  NEAR(b, k * a, 1e-12 * fabs(k * a));
}

TEST(model_masses_sum_to_the_person)
{
  sr_arena *a = sr_arena_new();
  const sr_person *const person[] = {&reference, &tall};
  for (int i = 0; i < 2; i++) {
    const sr_model *m = load(a, person[i]);
    double sum = 0.0;
    for (int b = 0; b < m->skeleton.nbody; b++) sum += m->skeleton.body[b].mass;
    NEAR(m->mass, sum, 0.0);
    NEAR(sum, person[i]->mass_kg, 0.01);  // the table's bodies sum to 62 kg to its printed digits
    NEAR(m->height, person[i]->height_m, 0.0);
  }
  sr_arena_free(a);
}

TEST(model_bodies_scale_with_height_and_mass)
{
  sr_arena *arena = sr_arena_new();
  const sr_model *a = load(arena, &reference), *b = load(arena, &tall);
  NEAR(a->length_ratio, 1.0, 1e-15);
  NEAR(b->length_ratio, 1.1, 1e-15);
  for (int i = 0; i < a->skeleton.nbody; i++) {
    const sr_body *x = &a->skeleton.body[i], *y = &b->skeleton.body[i];
    scales(x->mass, y->mass, 1.5);
    for (int k = 0; k < 3; k++) {
      scales(x->pos[k], y->pos[k], 1.1);
      scales(x->com[k], y->com[k], 1.1);
      scales(x->inertia[k], y->inertia[k], 1.5 * 1.1 * 1.1);
    }
  }
  scales(a->trunk_torque, b->trunk_torque, 1.5 * 1.1);
  sr_arena_free(arena);
}

TEST(model_contact_grows_and_stays_as_stiff)
{
  sr_arena *arena = sr_arena_new();
  const sr_model *a = load(arena, &reference), *b = load(arena, &tall);
  CHECK(a->ncontact == 6);
  for (int c = 0; c < a->ncontact; c++) {
    scales(a->contact[c].radius, b->contact[c].radius, 1.1);
    scales(a->contact[c].stiffness, b->contact[c].stiffness, 1.0);
    for (int k = 0; k < 3; k++) scales(a->contact[c].centre[k], b->contact[c].centre[k], 1.1);
  }
  sr_arena_free(arena);
}

TEST(model_ranges_are_angles_but_for_the_pelvis)
{
  sr_arena *arena = sr_arena_new();
  const sr_model *a = load(arena, &reference), *b = load(arena, &tall);
  CHECK(a->skeleton.ncoord == 12);
  for (int j = 0; j < a->skeleton.ncoord; j++) {
    CHECK(a->coord[j].lo < a->coord[j].hi);
    scales(a->coord[j].lo, b->coord[j].lo, a->coord[j].is_translation ? 1.1 : 1.0);
    scales(a->coord[j].hi, b->coord[j].hi, a->coord[j].is_translation ? 1.1 : 1.0);
  }
  sr_arena_free(arena);
}

TEST(model_muscle_lengths_scale_with_height)
{
  sr_arena *arena = sr_arena_new();
  const sr_model *a = load(arena, &reference), *b = load(arena, &tall);
  CHECK(a->nmuscle == 34);
  for (int k = 0; k < a->nmuscle; k++) {
    const sr_model_muscle *x = &a->muscle[k], *y = &b->muscle[k];
    scales(x->par.len_opt, y->par.len_opt, 1.1);
    scales(x->par.len_slack, y->par.len_slack, 1.1);
    scales(x->subtalar_arm, y->subtalar_arm, 1.1);
    scales(x->par.penn_opt, y->par.penn_opt, 1.0);
    scales(x->par.tendon_k, y->par.tendon_k, 1.0);
    for (int i = 0; i < x->path.npoint; i++)
      for (int c = 0; c < 3; c++) scales(x->path.point[i].at[c], y->path.point[i].at[c], 1.1);
    for (int t = 0; t < x->path.nterm; t++) scales(x->path.term[t].k, y->path.term[t].k, 1.1);
    NEAR(y->par.capacity, 1.0, 0.0);
    NEAR(y->act_max, 1.0, 0.0);
    NEAR(y->par.passive_scale, 1.0, 0.0);
  }
  sr_arena_free(arena);
}

// Of one leg [m3].
static double leg_volume(const sr_person *p)
{
  sr_arena *a = sr_arena_new();
  sr_rows person;
  sr_volume_table t = {0};
  sr_error err = {0};
  CHECK(sr_rows_open("person.toml", a, &person, &err) && sr_volume_table_read(person, &t, &err));
  sr_arena_free(a);
  return sr_leg_volume(&t, p);
}

TEST(model_calf_force_is_volume_over_length_times_tension)
{
  static const char *const calf[] = {"soleus", "gasmed", "gaslat", "tibpost", "fdl", "fhl", "perlong", "perbrev"};
  sr_arena *arena = sr_arena_new();
  const double tension = row("person.toml", "calf", NULL, "specific_tension");
  CHECK(tension > 1e5 && tension < 1e6);  // 10 to 100 N/cm2, in Pa
  const sr_person *const person[] = {&reference, &tall};
  for (int i = 0; i < 2; i++) {
    const sr_model *m = load(arena, person[i]);
    for (size_t k = 0; k < sizeof calf / sizeof calf[0]; k++) {
      const sr_model_muscle *x = &m->muscle[sr_model_find_muscle(m, sr_arena_printf(arena, "%s_r", calf[k]))];
      const double b1 = row("muscles.toml", "muscle", calf[k], "volume_b1"),
                   b2 = row("muscles.toml", "muscle", calf[k], "volume_b2"),
                   share = row("muscles.toml", "muscle", calf[k], "volume_share");
      scales(share * (b1 * leg_volume(person[i]) + b2), x->volume, 1.0);
      scales(x->volume / x->par.len_opt * tension, x->par.f_max, 1.0);
      NEAR(x->par.specific_tension, tension, 0.0);
    }
  }
  sr_arena_free(arena);
}

TEST(model_thigh_force_grows_with_volume_over_length)
{
  sr_arena *arena = sr_arena_new();
  const sr_model *a = load(arena, &reference), *b = load(arena, &tall);
  const double volume = leg_volume(&tall) / leg_volume(&reference);
  static const char *const thigh[] = {"iliopsoas", "glutmax", "hamstrings", "recfem", "vasti", "bfsh"};
  for (size_t k = 0; k < sizeof thigh / sizeof thigh[0]; k++) {
    const int i = sr_model_find_muscle(a, sr_arena_printf(arena, "%s_r", thigh[k]));
    scales(row("muscles.toml", "muscle", thigh[k], "f_max"), a->muscle[i].par.f_max, 1.0);
    scales(a->muscle[i].par.f_max, b->muscle[i].par.f_max, volume / 1.1);
    scales(a->muscle[i].volume, b->muscle[i].volume, volume);
  }
  sr_arena_free(arena);
}

// Equal but for z, which is mirrored.
static void mirrors(const double right[3], const double left[3])
{
  NEAR(left[0], right[0], 0.0);
  NEAR(left[1], right[1], 0.0);
  NEAR(left[2], -right[2], 0.0);
}

// Name of the same thing of the right leg; the same name where there is no side.
static const char *right_name(sr_arena *a, const char *name)
{
  char *out = sr_arena_printf(a, "%s", name);
  const size_t n = strlen(out);
  if (n > 2 && strcmp(out + n - 2, "_l") == 0) out[n - 1] = 'r';
  return out;
}

TEST(model_left_bodies_mirror_the_right_exactly)
{
  sr_arena *arena = sr_arena_new();
  const sr_model *m = load(arena, &tall);
  int nleft = 0;
  for (int i = 0; i < m->skeleton.nbody; i++) {
    const sr_body *l = &m->skeleton.body[i];
    const int other = sr_body_find(&m->skeleton, right_name(arena, l->name));
    if (other == i) continue;
    const sr_body *r = &m->skeleton.body[other];
    nleft++;
    mirrors(r->pos, l->pos);
    mirrors(r->com, l->com);
    NEAR(l->mass, r->mass, 0.0);
    for (int k = 0; k < 3; k++) NEAR(l->inertia[k], r->inertia[k], 0.0);
    CHECK(l->naxis == r->naxis);
    for (int k = 0; k < l->naxis; k++) CHECK(m->coord[l->axis[k].coord].mirror == r->axis[k].coord);
  }
  CHECK(nleft == 5);  // femur, tibia, talus, calcaneus, toes
  sr_arena_free(arena);
}

TEST(model_left_contact_mirrors_the_right_exactly)
{
  sr_arena *arena = sr_arena_new();
  const sr_model *m = load(arena, &tall);
  const int half = m->ncontact / 2;
  for (int c = 0; c < half; c++) {
    CHECK(m->contact_leg[c] == SR_LEG_RIGHT && m->contact_leg[half + c] == SR_LEG_LEFT);
    mirrors(m->contact[c].centre, m->contact[half + c].centre);
    NEAR(m->contact[half + c].radius, m->contact[c].radius, 0.0);
    SAME(right_name(arena, m->contact[half + c].name), m->contact[c].name);
  }
  sr_arena_free(arena);
}

TEST(model_mirrors_are_pairs)
{
  sr_arena *arena = sr_arena_new();
  const sr_model *m = load(arena, &tall);
  for (int j = 0; j < m->skeleton.ncoord; j++) {
    const int other = m->coord[j].mirror;
    CHECK(m->coord[other].mirror == j && (other == j) == (m->coord[j].leg == SR_LEG_NONE));
    SAME(right_name(arena, m->skeleton.coord[j]), right_name(arena, m->skeleton.coord[other]));
    NEAR(m->coord[other].lo, m->coord[j].lo, 0.0);
    NEAR(m->coord[other].hi, m->coord[j].hi, 0.0);
    NEAR(m->coord[other].k3, m->coord[j].k3, 0.0);
  }
  for (int k = 0; k < m->nmuscle; k++) {
    const int other = m->mirror_muscle[k];
    CHECK(other != k && m->mirror_muscle[other] == k && m->muscle[k].leg != m->muscle[other].leg);
    SAME(m->muscle[k].base, m->muscle[other].base);
    NEAR(m->muscle[k].par.f_max, m->muscle[other].par.f_max, 0.0);
    NEAR(m->muscle[k].par.len_slack, m->muscle[other].par.len_slack, 0.0);
  }
  CHECK(sr_model_is_symmetric(m));
  sr_arena_free(arena);
}

TEST(weights_are_those_of_the_table)
{
  sr_weights w = {0};
  sr_error err = {0};
  CHECK(sr_weights_load(&w, &err));
  NEAR(w.walk.effort.energy, row("tasks.toml", "walk", NULL, "energy"), 0.0);
  NEAR(w.walk.effort.smooth, row("tasks.toml", "walk", NULL, "smooth"), 0.0);
  NEAR(w.walk.intervals, row("tasks.toml", "walk", NULL, "intervals"), 0.0);
  NEAR(w.still.lifted_clearance, row("tasks.toml", "still", NULL, "lifted_clearance"), 0.0);
  NEAR(w.still.rest, row("tasks.toml", "rest", NULL, "activation"), 0.0);
  CHECK(w.walk.degree >= 1 && w.walk.coarse_intervals >= 1);
  CHECK(w.still.pressure_ahead > 0.0 && w.still.pressure_ahead < 0.15);  // in m
}
