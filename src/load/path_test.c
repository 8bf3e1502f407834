// Muscle paths of the loaded model: lengths, and moment arms against differences over the whole range of the joints.
#include "load/model.h"
#include "test.h"

enum { MAX_ARM = 200, NPOSE = 60 };

// Lengths of all muscles, and their moment arm about every coordinate they cross, on one tape.
typedef struct paths {
  sr_arena *arena;
  const sr_model *m;
  const sr_tape *tape;
  int narm, muscle[MAX_ARM], coord[MAX_ARM];
  double *work;
} paths;

static paths paths_of(const sr_person *person)
{
  paths p = {.arena = sr_arena_new()};
  sr_model *m = sr_alloc(p.arena, sr_model, 1);
  sr_error err = {0};
  if (!sr_model_load(person, m, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  sr_graph *g = sr_graph_new(p.arena);
  sr_ex q[SR_MAX_COORD], *out = sr_alloc(p.arena, sr_ex, SR_MAX_MUSCLE + MAX_ARM);
  for (int j = 0; j < m->skeleton.ncoord; j++) q[j] = sr_input(g);
  for (int k = 0; k < m->nmuscle; k++) out[k] = sr_path_length(&m->skeleton, g, &m->muscle[k].path, q);
  for (int k = 0; k < m->nmuscle; k++)
    for (int j = 0; j < m->skeleton.ncoord; j++) {
      const sr_ex arm = sr_model_moment_arm(out[k], q[j]);
      if (sr_is_zero(arm)) continue;
      SR_ASSERT(p.narm < MAX_ARM);
      p.muscle[p.narm] = k;
      p.coord[p.narm] = j;
      out[m->nmuscle + p.narm++] = arm;
    }
  p.m = m;
  p.tape = sr_tape_new(g, out, m->nmuscle + p.narm, p.arena);
  p.work = sr_alloc(p.arena, double, sr_tape_work(p.tape));
  return p;
}

// Pose number n of NPOSE: every coordinate runs through its whole range, each in another order (golden-ratio sequence).
static void pose(const sr_model *m, int n, double *q)
{
  for (int j = 0; j < m->skeleton.ncoord; j++) {
    double whole;
    const double share = n == 0 ? 0.0 : n == 1 ? 1.0 : modf((double)n * 0.61803398874989 * (double)(j + 1), &whole);
    q[j] = m->coord[j].lo + share * (m->coord[j].hi - m->coord[j].lo);
  }
}

static const sr_person woman = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.60, .mass_kg = 52.0};

TEST(moment_arms_of_all_muscles_match_differences_over_their_range)
{
  const double h = 1e-6;  // error about h^2 + 1e-16 L / h
  const paths p = paths_of(&woman);
  const int n = p.m->nmuscle;
  double *out = sr_alloc(p.arena, double, n + p.narm), *up = sr_alloc(p.arena, double, n + p.narm),
         *down = sr_alloc(p.arena, double, n + p.narm), q[SR_MAX_COORD];
  for (int i = 0; i < NPOSE; i++) {
    pose(p.m, i, q);
    sr_tape_eval1(p.tape, q, out, p.work);
    for (int j = 0; j < p.m->skeleton.ncoord; j++) {
      const double at = q[j];
      q[j] = at + h;
      sr_tape_eval1(p.tape, q, up, p.work);
      q[j] = at - h;
      sr_tape_eval1(p.tape, q, down, p.work);
      q[j] = at;
      for (int a = 0; a < p.narm; a++) {
        const int k = p.muscle[a];
        if (p.coord[a] == j) NEAR(out[n + a], -(up[k] - down[k]) / (2.0 * h), 1e-9);
      }
    }
  }
  sr_arena_free(p.arena);
}

// A muscle crosses joints of its own leg alone, and at least one.
TEST(muscles_cross_joints_of_their_own_leg)
{
  const paths p = paths_of(&woman);
  int crossed[SR_MAX_MUSCLE] = {0};
  for (int a = 0; a < p.narm; a++) {
    CHECK(p.m->coord[p.coord[a]].leg == p.m->muscle[p.muscle[a]].leg);
    crossed[p.muscle[a]]++;
  }
  for (int k = 0; k < p.m->nmuscle; k++) CHECK(crossed[k] >= 1 && crossed[k] <= 2);
  sr_arena_free(p.arena);
}

// No muscle becomes its own antagonist within the range of the joints. An arm below half a millimetre counts as none:
// with the toes bent up to 65 deg, their long extensor's line passes 0.3 mm on the other side of the joint.
TEST(moment_arms_keep_their_sign)
{
  const double none = 5e-4;  // [m]
  const paths p = paths_of(&woman);
  const int n = p.m->nmuscle;
  double *out = sr_alloc(p.arena, double, n + p.narm), *first = sr_alloc(p.arena, double, n + p.narm), q[SR_MAX_COORD];
  for (int i = 0; i < NPOSE; i++) {
    pose(p.m, i, q);
    sr_tape_eval1(p.tape, q, out, p.work);
    if (i == 0) memcpy(first, out, sizeof(double) * (size_t)(n + p.narm));
    for (int a = 0; a < p.narm; a++)
      if (!(out[n + a] * first[n + a] > 0.0) && !(fabs(out[n + a]) < none))
        sr_test_fail(__FILE__, __LINE__, "%s about %s: %g m", p.m->muscle[p.muscle[a]].par.name,
                     p.m->skeleton.coord[p.coord[a]], out[n + a]);
  }
  sr_arena_free(p.arena);
}

// Sign of the moment arm in the model's convention: hip flexion +, knee flexion -, dorsiflexion +, toe extension +.
TEST(moment_arms_have_the_sign_of_anatomy)
{
  static const struct {
    const char *muscle, *coord;
    double sign;
  } want[] = {{"iliopsoas_r", "hip_flexion_r", 1.0},   {"glutmax_r", "hip_flexion_r", -1.0},
              {"hamstrings_r", "hip_flexion_r", -1.0}, {"hamstrings_r", "knee_angle_r", -1.0},
              {"recfem_r", "hip_flexion_r", 1.0},      {"recfem_r", "knee_angle_r", 1.0},
              {"vasti_r", "knee_angle_r", 1.0},        {"bfsh_r", "knee_angle_r", -1.0},
              {"gasmed_r", "knee_angle_r", -1.0},      {"gasmed_r", "ankle_angle_r", -1.0},
              {"soleus_r", "ankle_angle_r", -1.0},     {"tibant_r", "ankle_angle_r", 1.0},
              {"fhl_r", "mtp_angle_r", -1.0},          {"perlong_r", "ankle_angle_r", -1.0}};
  const paths p = paths_of(&woman);
  double *out = sr_alloc(p.arena, double, p.m->nmuscle + p.narm), q[SR_MAX_COORD] = {0};
  sr_tape_eval1(p.tape, q, out, p.work);
  for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
    bool is_found = false;
    for (int a = 0; a < p.narm; a++) {
      if (p.muscle[a] != sr_model_find_muscle(p.m, want[i].muscle)) continue;
      if (p.coord[a] != sr_coord_find(&p.m->skeleton, want[i].coord)) continue;
      is_found = true;
      CHECK(out[p.m->nmuscle + a] * want[i].sign > 0.0);
    }
    CHECK(is_found);
  }
  sr_arena_free(p.arena);
}

// The mirror image of a pose gives the same lengths, to the last bit.
TEST(left_paths_mirror_the_right_exactly)
{
  const paths p = paths_of(&woman);
  const sr_model *m = p.m;
  double *out = sr_alloc(p.arena, double, m->nmuscle + p.narm), *other = sr_alloc(p.arena, double, m->nmuscle + p.narm),
         q[SR_MAX_COORD], mirrored[SR_MAX_COORD];
  for (int i = 0; i < NPOSE; i++) {
    pose(m, i, q);
    for (int j = 0; j < m->skeleton.ncoord; j++) mirrored[m->coord[j].mirror] = q[j];
    sr_tape_eval1(p.tape, q, out, p.work);
    sr_tape_eval1(p.tape, mirrored, other, p.work);
    for (int k = 0; k < m->nmuscle; k++) NEAR(other[m->mirror_muscle[k]], out[k], 0.0);
  }
  sr_arena_free(p.arena);
}

// A quarter more height makes every path a quarter longer in every pose.
TEST(path_lengths_scale_with_height)
{
  const sr_person larger = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 2.0, .mass_kg = 52.0};
  const paths p = paths_of(&woman), big = paths_of(&larger);
  const int n = p.m->nmuscle;
  double *out = sr_alloc(p.arena, double, n + p.narm), *want = sr_alloc(p.arena, double, n + p.narm), q[SR_MAX_COORD];
  for (int i = 0; i < NPOSE; i++) {
    pose(p.m, i, q);
    sr_tape_eval1(p.tape, q, out, p.work);
    sr_tape_eval1(big.tape, q, want, big.work);
    for (int k = 0; k < n + p.narm; k++) NEAR(want[k], 1.25 * out[k], 1e-14);
  }
  sr_arena_free(big.arena);
  sr_arena_free(p.arena);
}
