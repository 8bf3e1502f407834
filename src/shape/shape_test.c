// Known answers: plane geometry, curves, and legs whose outline is a circle or an ellipse.
#include "shape/shape.h"

#include "base/constants.h"
#include "shape/leg.h"
#include "shape/plane.h"
#include "test.h"

static sr_profile flat(double value)
{
  return (sr_profile){.n = 2, .at = {-1.0, 2.0}, .value = {value, value}};
}

// A leg that is a cylinder: thin round bones in the middle, muscles of even section that lie all around it, fat of the
// same thickness everywhere. `back` over `side` is the shape of its outline.
static sr_shape_table cylinder(double back, double side, double softness)
{
  sr_shape_table t = {.length = 0.4,
                      .muscle = 1e-3,
                      .centre_x = flat(0.01),
                      .centre_z = flat(-0.02),
                      .front = flat(back),
                      .back = flat(back),
                      .medial = flat(side),
                      .lateral = flat(side),
                      .front_medial_power = flat(2.0),
                      .front_lateral_power = flat(2.0),
                      .back_power = flat(2.0),
                      .front_follows = 1.0,
                      .rest_frame = flat(4e-4),
                      .rest_flesh = flat(0.0),
                      .achilles_area = flat(1e-4),
                      .softness = softness,
                      .tendon_give = 0.0,
                      .fat_profile = flat(1.0),
                      .fat_least = 1e-3,
                      .fat_most = 25e-3,
                      .fat_exponent = 0.5,
                      .skin_thickness = 1e-3,
                      .skin_elastic = 0.1,
                      .sink = flat(0.5),
                      .foot_top_x = flat(0.05),
                      .foot_top_y = flat(-0.02),
                      .foot_sole_x = flat(0.0),
                      .foot_sole_y = flat(-0.06),
                      .foot_medial = flat(0.03),
                      .foot_lateral = flat(0.03),
                      .foot_aside = flat(0.0),
                      .foot_power = flat(2.0)};
  for (int b = 0; b < SR_BONES; b++) {
    for (int i = 0; i < 3; i++) {
      t.bone[b].x[i] = flat(0.01);
      t.bone[b].z[i] = flat(-0.02);
    }
    t.bone[b].radius = flat(0.01);
  }
  for (int l = 0; l < SR_LAYERS; l++)
    t.layer[l] = (sr_layer_shape){
        .begin = -0.04, .end = 0.96, .peak = 0.46, .fullness = 2.0, .direction = flat(1.0), .spread = flat(1e3)};
  return t;
}

static const sr_shape_leg *build(const sr_shape_table *t, bool is_left, sr_arena *a)
{
  double volume[SR_LAYERS];
  sr_error err = {0};
  for (int l = 0; l < SR_LAYERS; l++) volume[l] = 1e-4;
  const sr_shape_leg *leg = sr_shape_build(t, 0.4, volume, is_left, a, &err);
  if (leg == NULL) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return leg;
}

// What the fascia holds: bones (a polygon of 48 in a circle of 10 mm), rest, tendon, eleven muscles.
static double content(const sr_shape_leg *leg, const sr_shape_state *s, double level)
{
  double sum = 0.5 * 48.0 * sin(2.0 * SR_PI / 48.0) * 1e-4;
  for (int l = 0; l < SR_LAYERS; l++) sum += sr_shape_area(leg, s, (sr_layer)l, level);
  return sum;
}

static double ellipse_perimeter(double a, double b)
{
  double sum = 0.0;
  for (int i = 0; i < 20000; i++) {
    const double c = cos(2.0 * SR_PI * (i + 0.5) / 20000), s = sin(2.0 * SR_PI * (i + 0.5) / 20000);
    sum += sqrt(a * a * s * s + b * b * c * c) * 2.0 * SR_PI / 20000;
  }
  return sum;
}

// 96 rays cut a circle short by pi^2 / (6 x 96^2) = 1.8e-4.
TEST(girth_of_a_round_leg_is_that_of_a_circle)
{
  for (int n = 0; n < 3; n++) {
    const sr_shape_table t = cylinder(0.05, 0.05, 0.5 * n);
    sr_arena *a = sr_arena_new();
    const sr_shape_leg *leg = build(&t, false, a);
    sr_shape_state s = sr_shape_standing(leg, 6e-3);
    for (int i = 0; i < 4; i++) {
      for (double level = 0.0; level < 0.95; level += 0.1) {
        const double circle = sqrt(4.0 * SR_PI * content(leg, &s, level));
        NEAR(sr_shape_girth(leg, &s, level), circle + 2.0 * SR_PI * 7e-3, 4e-4 * circle);
      }
      s.volume[SR_GASMED] *= 0.5;  // a leg that is even all around stays round
      s.volume[SR_TIBANT] *= 1.2;
    }
    sr_arena_free(a);
  }
}

TEST(girth_of_an_oval_leg_is_that_of_an_ellipse)
{
  const sr_shape_table t = cylinder(0.06, 0.04, 0.5);
  sr_arena *a = sr_arena_new();
  const sr_shape_leg *leg = build(&t, false, a);
  const sr_shape_state s = sr_shape_standing(leg, 6e-3);
  for (double level = 0.1; level < 0.85; level += 0.1) {
    const double size = sqrt(content(leg, &s, level) / (SR_PI * 0.06 * 0.04));
    const double ellipse = ellipse_perimeter(0.06 * size, 0.04 * size);
    NEAR(sr_shape_girth(leg, &s, level), ellipse + 2.0 * SR_PI * 7e-3, 2e-3 * ellipse);
  }
  sr_arena_free(a);
}

// x (1 - x) over a belly as long as the shank: 1.5 of the mean section in the middle; 0 beyond the ends.
TEST(section_of_a_belly_follows_its_profile)
{
  const sr_shape_table t = cylinder(0.05, 0.05, 0.5);
  sr_arena *a = sr_arena_new();
  const sr_shape_leg *leg = build(&t, false, a);
  const sr_shape_state s = sr_shape_standing(leg, 6e-3);
  NEAR(sr_shape_area(leg, &s, SR_SOLEUS, 0.46), 1.5 * 1e-4 / 0.4, 1e-3 * 1e-4 / 0.4);
  NEAR(sr_shape_area(leg, &s, SR_SOLEUS, 0.26), 6.0 * 0.3 * 0.7 * 1e-4 / 0.4, 1e-3 * 1e-4 / 0.4);
  NEAR(sr_shape_area(leg, &s, SR_SOLEUS, -0.05), 0.0, 0.0);
  NEAR(sr_shape_area(leg, &s, SR_SOLEUS, 0.97), 0.0, 0.0);
  NEAR(sr_shape_area(leg, &s, SR_ACHILLES, 0.5), 1e-4, 1e-18);
  sr_arena_free(a);
}

// Half of the belly: twice the section.
TEST(a_belly_that_shortens_thickens)
{
  sr_shape_table t = cylinder(0.05, 0.05, 0.5);
  t.layer[SR_SOLEUS].ankle_arm = 0.2;
  t.layer[SR_GASMED].knee_arm = 0.1;
  t.tendon_give = 0.04;
  sr_arena *a = sr_arena_new();
  const sr_shape_leg *leg = build(&t, false, a);
  sr_shape_state s = sr_shape_standing(leg, 6e-3);
  const double middle = sr_shape_area(leg, &s, SR_SOLEUS, 0.46);
  s.ankle = -1.0;
  NEAR(sr_shape_area(leg, &s, SR_SOLEUS, 0.21), 2.0 * middle, 2e-3 * middle);
  NEAR(sr_shape_area(leg, &s, SR_SOLEUS, 0.47), 0.0, 0.0);
  s.ankle = 0.0;
  s.knee = -1.0;  // a quarter
  NEAR(sr_shape_area(leg, &s, SR_GASMED, 0.335), middle / 0.75, 2e-3 * middle);
  s.knee = 0.0;
  s.is_on_toes = true;  // a tenth, but no muscle of another tendon
  NEAR(sr_shape_area(leg, &s, SR_GASLAT, 0.41), middle / 0.9, 2e-3 * middle);
  NEAR(sr_shape_area(leg, &s, SR_TIBANT, 0.46), middle, 1e-15);
  sr_arena_free(a);
}

TEST(skin_that_is_left_over_is_the_change_of_area_less_its_elastic_share)
{
  const sr_shape_table t = cylinder(0.05, 0.05, 0.5);
  sr_arena *a = sr_arena_new();
  const sr_shape_leg *leg = build(&t, false, a);
  sr_shape_state s = sr_shape_standing(leg, 16e-3);
  const double before = sr_shape_skin(leg, &s);
  s.fat = 6e-3;
  const double now = sr_shape_skin(leg, &s);
  NEAR(before - now, 2.0 * SR_PI * 10e-3 * 0.8 * 0.4, 1e-12);  // ten millimetres off four fifths of the shank
  NEAR(sr_shape_skin_reserve(&t, before, now), 0.9 * before / now - 1.0, 1e-15);
  CHECK(0.9 * before / now > 1.02);
  NEAR(sr_shape_skin_reserve(&t, 1.1 * now, now), 0.0, 0.0);
  NEAR(sr_shape_fat_at_ratio(&t, 8e-3, 1.44), 9.6e-3, 1e-15);
  sr_arena_free(a);
}

TEST(a_leg_that_nobody_has_is_refused)
{
  const sr_shape_table t = cylinder(0.05, 0.05, 0.5);
  sr_arena *a = sr_arena_new();
  double volume[SR_LAYERS];
  for (int l = 0; l < SR_LAYERS; l++) volume[l] = 1e-4;
  sr_error err = {0};
  CHECK(sr_shape_build(&t, nan(""), volume, false, a, &err) == NULL);
  SAME(err.text, "a shank of nan m; allowed are 0.2 to 0.7");
  CHECK(sr_shape_build(&t, 0.71, volume, false, a, NULL) == NULL);
  volume[SR_REST] = volume[SR_ACHILLES] = -1.0;  // not read
  CHECK(sr_shape_build(&t, 0.4, volume, false, a, NULL) != NULL);
  volume[SR_SOLEUS] = 0.0;
  CHECK(sr_shape_build(&t, 0.4, volume, false, a, &err) == NULL);
  SAME(err.text, "soleus of 0 ml; allowed are more than 0 and less than 3000");
  sr_arena_free(a);
}

TEST(layers_have_names)
{
  for (int l = 0; l < SR_LAYERS; l++) CHECK(sr_layer_find(sr_layer_name((sr_layer)l)) == (sr_layer)l);
  CHECK(sr_layer_find("vasti") == SR_LAYERS);
  CHECK(!sr_layer_is_muscle(SR_REST) && !sr_layer_is_muscle(SR_ACHILLES) && !sr_layer_is_muscle(SR_LAYERS));
  CHECK(sr_layer_is_muscle(SR_GASMED) && sr_layer_compartment(SR_GASMED) == SR_POSTERIOR);
}

// --- plane -----------------------------------------------------------------------------------------------------------

TEST(hull_of_a_star_is_its_tips)
{
  sr_point star[10], hull[10];
  for (int i = 0; i < 10; i++) {
    const double r = i % 2 == 0 ? 1.0 : 0.3;
    star[i] = (sr_point){r * cos(0.2 * SR_PI * i + 0.1), r * sin(0.2 * SR_PI * i + 0.1)};
  }
  CHECK(sr_hull(star, 10, hull) == 5);
  NEAR(sr_perimeter(hull, 5), 10.0 * sin(0.2 * SR_PI), 1e-14);
  NEAR(sr_polygon_area(hull, 5), 2.5 * sin(0.4 * SR_PI), 1e-14);
}

TEST(hull_of_a_convex_outline_is_itself_and_a_dent_makes_no_difference)
{
  sr_point p[40], hull[40];
  for (int i = 0; i < 40; i++) p[i] = (sr_point){3.0 * cos(SR_PI * i / 20), 2.0 * sin(SR_PI * i / 20)};
  CHECK(sr_hull(p, 40, hull) == 40);
  NEAR(sr_perimeter(hull, 40), sr_perimeter(p, 40), 1e-14);
  for (int first = 0; first < 40; first++) {  // a dent anywhere, also where the scan begins
    sr_point dent[40];
    memcpy(dent, p, sizeof p);
    for (int i = 1; i < 5; i++) {
      sr_point *q = &dent[(first + i) % 40];
      *q = (sr_point){0.5 * q->x, 0.5 * q->z};
    }
    CHECK(sr_hull(dent, 40, hull) == 36);
    double want = sr_perimeter(p, 40);
    for (int i = 0; i < 5; i++) {
      const sr_point a = p[(first + i) % 40], b = p[(first + i + 1) % 40];
      want -= hypot(b.x - a.x, b.z - a.z);
    }
    const sr_point a = p[first], b = p[(first + 5) % 40];
    NEAR(sr_perimeter(hull, 36), want + hypot(b.x - a.x, b.z - a.z), 1e-13);
  }
}

TEST(a_ray_leaves_a_square_where_it_should)
{
  static const sr_point square[4] = {{1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
  NEAR(sr_ray_exit(square, 4, (sr_point){0, 0}, 1.0, 0.0), 1.0, 1e-15);
  NEAR(sr_ray_exit(square, 4, (sr_point){0.5, 0}, 0.6, 0.8), 0.5 / 0.6, 1e-14);
  NEAR(sr_ray_exit(square, 4, (sr_point){-3, 0.5}, 1.0, 0.0), 4.0, 1e-14);  // the far side
  NEAR(sr_ray_exit(square, 4, (sr_point){-3, 0.5}, -1.0, 0.0), 0.0, 0.0);   // away from it
  NEAR(sr_ray_exit(square, 4, (sr_point){-3, 1.5}, 1.0, 0.0), 0.0, 0.0);    // past it
}

TEST(superellipse_rounded_triangle_and_offset_have_their_measures)
{
  NEAR(sr_superellipse(1.0, 0.0, 3.0, 2.0, 1.7), 3.0, 1e-14);
  NEAR(sr_superellipse(0.0, -1.0, 3.0, 2.0, 1.7), 2.0, 1e-14);
  NEAR(sr_superellipse(0.6, 0.8, 2.0, 2.0, 2.0), 2.0, 1e-14);
  NEAR(sr_superellipse(sqrt(0.5), sqrt(0.5), 1.0, 1.0, 1.0), sqrt(0.5), 1e-14);
  static const sr_point corner[3] = {{4, 0}, {-2, 3}, {-2, -3}};
  enum { N = 360 };
  sr_point p[N];
  sr_rounded_triangle(corner, 0.5, N, p);
  const double around = 6.0 + 2.0 * hypot(6.0, 3.0);
  NEAR(sr_perimeter(p, N), around + SR_PI, 1e-3);
  NEAR(sr_polygon_area(p, N), 18.0 + 0.5 * around + 0.25 * SR_PI, 1e-3);
  sr_point circle[96];
  for (int i = 0; i < 96; i++) circle[i] = (sr_point){cos(SR_PI * i / 48), sin(SR_PI * i / 48)};
  sr_offset(circle, 96, 0.25);
  for (int i = 0; i < 96; i++) NEAR(hypot(circle[i].x, circle[i].z), 1.25, 1e-14);
}

TEST(a_curve_meets_its_knots_keeps_between_them_and_is_constant_beyond)
{
  const sr_profile c = {.n = 5, .at = {0, 1, 3, 4, 6}, .value = {1, 1, 5, 2, 2.5}};
  for (int i = 0; i < 5; i++) NEAR(sr_profile_at(&c, c.at[i]), c.value[i], 1e-14);
  NEAR(sr_profile_at(&c, -7.0), 1.0, 0.0);
  NEAR(sr_profile_at(&c, 9.0), 2.5, 0.0);
  for (int i = 0; i + 1 < 5; i++) {
    double before = c.value[i];
    const double sign = c.value[i + 1] >= c.value[i] ? 1.0 : -1.0;
    for (int n = 1; n <= 50; n++) {
      const double now = sr_profile_at(&c, c.at[i] + (c.at[i + 1] - c.at[i]) * n / 50.0);
      CHECK(sign * (now - before) >= -1e-14);
      before = now;
    }
  }
}
