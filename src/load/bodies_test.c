// Bodies that differ in what a scenario does not say.
#include "load/bodies.h"

#include "load/model.h"
#include "test.h"

// In the middle of the spread strength and tendon are the model's own; far up they are stronger and stiffer, in every
// muscle and both legs alike, and what a nerve has taken stays taken.
TEST(other_bodies_differ_in_strength_tendon_and_toes)
{
  static const sr_person woman = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.60, .mass_kg = 52.0};
  sr_arena *a = sr_arena_new();
  sr_model *m = sr_alloc(a, sr_model, 1), *other = sr_alloc(a, sr_model, 1);
  sr_body_table t;
  CHECK(sr_model_load(&woman, m, NULL) && sr_body_table_load(&t, NULL));
  m->muscle[sr_model_find_muscle(m, "gasmed_r")].par.capacity = 0.0;
  sr_body_draw(&t, (double[]){0.5, 0.5, 0.5}, m, other);
  for (int k = 0; k < m->nmuscle; k++) NEAR(other->muscle[k].par.f_max, m->muscle[k].par.f_max, 1e-9);
  sr_body_draw(&t, (double[]){0.9, 0.9, 0.9}, m, other);
  const double strength = exp(0.19 * 1.2815515655446004), tendon = exp(0.25 * 1.2815515655446004);
  for (int k = 0; k < m->nmuscle; k++) {
    const sr_muscle *was = &m->muscle[k].par, *is = &other->muscle[k].par;
    NEAR(is->f_max, strength * was->f_max, 1e-6 * was->f_max);
    NEAR(is->tendon_k, (m->muscle[k].group == SR_TRICEPS ? tendon : 1.0) * was->tendon_k, 1e-6 * was->tendon_k);
    NEAR(is->capacity, was->capacity, 0.0);
  }
  int toes = 0;
  for (int j = 0; j < m->skeleton.ncoord; j++) {
    const bool is_toe = strncmp(m->skeleton.coord[j], "mtp", 3) == 0;
    toes += is_toe;
    NEAR(other->coord[j].stiffness, (is_toe ? 1.6 : 1.0) * m->coord[j].stiffness,
         1e-12);  // 0.7 + 0.9 of the way to 1.7
  }
  CHECK(toes == 2);
  sr_arena_free(a);
}
