// The set of points: even in every unknown and every two, no correlations, moved by the seed alone; quantiles far
// better than by chance; and who acts on what.
#include "math/sample.h"

#include <pthread.h>

#include "math/random.h"
#include "math/spread.h"
#include "test.h"

static double at(const sr_sample_set *s, int i, int j)
{
  return s->u[i * s->dim + j];
}

TEST(a_set_has_a_prime_number_of_points_enough_for_its_unknowns)
{
  static const int row[][3] = {{300, 40, 307}, {307, 40, 307}, {308, 1, 311},
                               {1, 1, 11},     {100, 80, 163}, {1000, 80, 1009}};
  sr_arena *a = sr_arena_new();
  for (size_t k = 0; k < sizeof row / sizeof row[0]; k++) {
    const sr_sample_set s = sr_sample_set_new(row[k][0], row[k][1], 1, a);
    CHECK(s.n == row[k][2] && s.dim == row[k][1]);
  }
  sr_arena_free(a);
}

TEST(every_unknown_takes_every_level_once)
{
  sr_arena *a = sr_arena_new();
  const sr_sample_set s = sr_sample_set_new(300, 80, 4, a);
  for (int j = 0; j < s.dim; j++) {
    int count[307] = {0};
    for (int i = 0; i < s.n; i++) {
      const double level = at(&s, i, j) * s.n - 0.5;
      NEAR(level, round(level), 1e-9);
      count[(int)round(level)]++;
    }
    for (int r = 0; r < s.n; r++) CHECK(count[r] == 1);
  }
  sr_arena_free(a);
}

static double pair_correlation(const sr_sample_set *s, int j, int k)
{
  double sum = 0.0;
  for (int i = 0; i < s->n; i++) sum += (at(s, i, j) - 0.5) * (at(s, i, k) - 0.5);
  return 12.0 * sum / s->n;
}

// By chance 300 points in 80 unknowns have correlations up to 0.23.
TEST(no_two_unknowns_are_correlated)
{
  sr_arena *a = sr_arena_new();
  for (uint64_t seed = 1; seed <= 3; seed++) {
    const sr_sample_set s = sr_sample_set_new(300, 80, seed, a);
    double most = 0.0;
    for (int j = 0; j < s.dim; j++)
      for (int k = 0; k < j; k++) most = fmax(most, fabs(pair_correlation(&s, j, k)));
    CHECK(most < 0.04);
  }
  sr_arena_free(a);
}

// Square of the discrepancy in two unknowns: mean over all boxes at the origin of (share of points - area)^2. By chance
// (1/4 - 1/9) / n. Source: Warnock 1972, in Niederreiter (ed.), Applications of number theory, p. 319.
static double discrepancy(const sr_sample_set *s, int j, int k)
{
  double one = 0.0, two = 0.0;
  for (int i = 0; i < s->n; i++) {
    const double x = at(s, i, j), y = at(s, i, k);
    one += (1.0 - x * x) * (1.0 - y * y);
    for (int l = 0; l < s->n; l++) two += (1.0 - fmax(x, at(s, l, j))) * (1.0 - fmax(y, at(s, l, k)));
  }
  return 1.0 / 9.0 - one / (2.0 * s->n) + two / ((double)s->n * s->n);
}

// Mean and greatest ratio to chance over pairs of unknowns, every `step`-th pair.
static void pairs_against_chance(const sr_sample_set *s, int step, double *mean, double *most)
{
  int npair = 0, number = 0;
  *mean = *most = 0.0;
  for (int j = 0; j < s->dim; j++)
    for (int k = 0; k < j; k++) {
      if (number++ % step != 0) continue;
      const double ratio = discrepancy(s, j, k) / ((1.0 / 4.0 - 1.0 / 9.0) / s->n);
      *mean += ratio;
      *most = fmax(*most, ratio);
      npair++;
    }
  *mean /= npair;
}

TEST(discrepancy_of_two_unknowns_is_far_below_chance)
{
  sr_arena *a = sr_arena_new();
  static const struct {
    int dim, step;
    double mean, most;
  } row[] = {{10, 1, 0.05, 0.15}, {40, 8, 0.15, 0.35}, {80, 31, 0.15, 0.35}};
  for (size_t k = 0; k < sizeof row / sizeof row[0]; k++) {
    const sr_sample_set s = sr_sample_set_new(300, row[k].dim, 1, a);
    double mean, most;
    pairs_against_chance(&s, row[k].step, &mean, &most);
    CHECK(mean < row[k].mean && most < row[k].most);
  }
  sr_arena_free(a);
}

TEST(discrepancy_of_chance_is_what_it_should_be)
{
  enum { N = 307, DIM = 20 };
  static double u[N * DIM];
  for (uint64_t i = 0; i < N * DIM; i++) u[i] = sr_random_uniform(1, 0, i);
  const sr_sample_set s = {.n = N, .dim = DIM, .u = u};
  double mean, most;
  pairs_against_chance(&s, 2, &mean, &most);
  CHECK(mean > 0.8 && mean < 1.25 && most > 1.5);
}

TEST(the_seed_alone_moves_the_set)
{
  sr_arena *a = sr_arena_new();
  const sr_sample_set s = sr_sample_set_new(300, 12, 5, a), same = sr_sample_set_new(300, 12, 5, a),
                      other = sr_sample_set_new(300, 12, 6, a);
  const size_t size = sizeof(double) * (size_t)(s.n * s.dim);
  CHECK(memcmp(s.u, same.u, size) == 0);
  CHECK(memcmp(s.u, other.u, size) != 0);
  sr_arena_free(a);
}

// A smooth outcome of 40 unknowns, each counting 0.8 of the one before it: a sum of normal numbers, of variance 1, or
// that of which the exponential is taken (a ratio, like most of what is predicted), or a sum and its interactions.
enum { DIM = 40 };
typedef enum outcome_kind { SUM, RATIO, INTERACTION, KINDS } outcome_kind;

static double outcome(outcome_kind kind, const double *u)
{
  double sum = 0.0, pairs = 0.0, weight = sqrt((1.0 - 0.64) / (1.0 - pow(0.64, DIM))), before = 0.0;
  for (int j = 0; j < DIM; j++, weight *= 0.8) {
    const double term = weight * sr_normal_value(u[j]);
    sum += term;
    pairs += term * before;
    before = term;
  }
  return kind == SUM ? sum : kind == RATIO ? exp(0.25 * sum) : sum + 0.5 * pairs + 0.2 * tanh(2.0 * sum);
}

typedef struct share_of_work {
  const sr_sample_set *s;
  double *y;
  int first, step;
} share_of_work;

static void *work_on(void *arg)
{
  const share_of_work *w = arg;
  for (int i = w->first; i < w->s->n; i += w->step) w->y[i] = outcome(INTERACTION, w->s->u + i * w->s->dim);
  return NULL;
}

TEST(threads_do_not_change_a_bit)
{
  enum { MOST = 5 };
  static const int nthread[] = {1, 2, MOST};
  sr_arena *a = sr_arena_new();
  double first[2] = {0};
  for (int k = 0; k < 3; k++) {
    const sr_sample_set s = sr_sample_set_new(300, DIM, 9, a);
    double *y = sr_alloc(a, double, s.n), got[2];
    pthread_t thread[MOST];
    share_of_work part[MOST];
    for (int t = 0; t < nthread[k]; t++) {
      part[t] = (share_of_work){&s, y, t, nthread[k]};
      CHECK(pthread_create(&thread[t], NULL, work_on, &part[t]) == 0);
    }
    for (int t = 0; t < nthread[k]; t++) pthread_join(thread[t], NULL);
    sr_sample_quantiles(y, s.n, (const double[]){0.05, 0.95}, 2, got, a);
    if (k == 0) memcpy(first, got, sizeof got);
    CHECK(memcmp(first, got, sizeof got) == 0);
  }
  sr_arena_free(a);
}

static const double ends[2] = {0.05, 0.95};

// One unknown alone: what is left is the rule's own error, of order 1 / n^2; the standard error by chance is 0.12 SD.
TEST(quantiles_of_one_unknown_are_exact_to_the_grid)
{
  const sr_spread all[] = {sr_spread_normal(0.0, 1.0), sr_spread_lognormal(1.0, 0.5), sr_spread_uniform(0.0, 1.0)};
  sr_arena *a = sr_arena_new();
  const sr_sample_set s = sr_sample_set_new(300, 80, 3, a);
  double *y = sr_alloc(a, double, s.n), q[2];
  for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
    for (int j = 0; j < s.dim; j += 79) {
      for (int i = 0; i < s.n; i++) y[i] = sr_spread_value(&all[k], at(&s, i, j));
      sr_sample_quantiles(y, s.n, ends, 2, q, a);
      const double sd = sr_sample_moments(y, s.n).sd;
      for (int e = 0; e < 2; e++) NEAR(q[e], sr_spread_value(&all[k], ends[e]), 1e-3 * sd);
    }
  sr_arena_free(a);
}

// Root mean square over seeds of the error of q05 and q95 of a sum of `dim` normal numbers, each counting `decay` of
// the one before it, over its SD: of our set, and of as many points by chance.
static void quantile_errors(int dim, double decay, double *set, double *chance)
{
  enum { SEEDS = 25 };
  sr_arena *a = sr_arena_new();
  double square[2] = {0};
  for (uint64_t seed = 0; seed < SEEDS; seed++) {
    const sr_sample_set s = sr_sample_set_new(300, dim, seed, a);
    for (int by_chance = 0; by_chance < 2; by_chance++) {
      double *y = sr_alloc(a, double, s.n), q[2], all = 0.0;
      for (int j = 0; j < dim; j++) all += pow(decay, 2 * j);
      for (int i = 0; i < s.n; i++)
        for (int j = 0; j < dim; j++) {
          const double u = by_chance ? sr_random_uniform(seed, 100 + (uint64_t)j, (uint64_t)i) : at(&s, i, j);
          y[i] += pow(decay, j) / sqrt(all) * sr_normal_value(u);
        }
      sr_sample_quantiles(y, s.n, ends, 2, q, a);
      for (int e = 0; e < 2; e++) square[by_chance] += pow(q[e] - sr_normal_value(ends[e]), 2) / (2 * SEEDS);
    }
  }
  *set = sqrt(square[0]);
  *chance = sqrt(square[1]);
  sr_arena_free(a);
}

TEST(quantiles_of_several_unknowns_are_far_better_than_by_chance)
{
  static const struct {
    int dim;
    double decay, gain;
  } row[] = {{2, 1.0, 3.0}, {3, 1.0, 2.2}, {40, 0.3, 2.3}, {40, 0.5, 1.7}, {40, 0.8, 1.4}};
  const double theory = sqrt(0.05 * 0.95 / 307.0) / 0.10314;  // sqrt(p (1 - p) / n) / density, 0.12 SD
  for (size_t k = 0; k < sizeof row / sizeof row[0]; k++) {
    double set, chance;
    quantile_errors(row[k].dim, row[k].decay, &set, &chance);
    NEAR(chance, theory, 0.25 * theory);
    CHECK(theory > row[k].gain * set);
  }
}

// Move of q05 and q95 by the seed, over the distance from q05 to q95: SD over seeds, and the furthest of any seed.
typedef struct moves {
  double sd[2], most;
} moves;

static moves moves_by_seed(outcome_kind kind, int at_least, int nseed)
{
  sr_arena *a = sr_arena_new();
  double *q = sr_alloc(a, double, 2 * nseed);
  moves m = {0};
  for (int seed = 0; seed < nseed; seed++) {
    const sr_mark top = sr_arena_mark(a);
    const sr_sample_set s = sr_sample_set_new(at_least, DIM, (uint64_t)seed, a);
    double *y = sr_alloc(a, double, s.n), e[2];
    for (int i = 0; i < s.n; i++) y[i] = outcome(kind, s.u + i * DIM);
    sr_sample_quantiles(y, s.n, ends, 2, e, a);
    q[seed] = e[0];
    q[nseed + seed] = e[1];
    sr_arena_release(a, top);
  }
  const sr_moments low = sr_sample_moments(q, nseed), high = sr_sample_moments(q + nseed, nseed);
  const double spread = high.mean - low.mean;
  m.sd[0] = low.sd / spread;
  m.sd[1] = high.sd / spread;
  for (int seed = 0; seed < nseed; seed++)
    m.most = fmax(m.most, fmax(fabs(q[seed] - low.mean), fabs(q[nseed + seed] - high.mean)) / spread);
  sr_arena_free(a);
  return m;
}

// What docs/theory/math.md says of how many points are enough: 2% of the distance for 600 to 1200, 1% for 2400.
TEST_SLOW(the_seed_moves_quantiles_less_the_more_points)
{
  static const struct {
    int n, nseed;
    double sd[KINDS];
  } row[] = {{300, 40, {0.026, 0.036, 0.032}},
             {600, 40, {0.021, 0.026, 0.020}},
             {1200, 20, {0.015, 0.022, 0.015}},
             {2400, 10, {0.011, 0.014, 0.010}}};
  for (size_t r = 0; r < sizeof row / sizeof row[0]; r++)
    for (int k = 0; k < KINDS; k++) {
      const moves m = moves_by_seed((outcome_kind)k, row[r].n, row[r].nseed);
      CHECK(m.sd[0] < row[r].sd[k] && m.sd[1] < row[r].sd[k]);
      CHECK(m.most < 3.5 * row[r].sd[k]);
    }
}

TEST(quantile_rule_by_hand)
{
  sr_arena *a = sr_arena_new();
  const double y[4] = {30.0, 10.0, 40.0, 20.0}, p[5] = {0.0, 0.125, 0.25, 0.5, 1.0}, want[5] = {10, 10, 15, 25, 40};
  double q[5];
  sr_sample_quantiles(y, 4, p, 5, q, a);
  for (int k = 0; k < 5; k++) NEAR(q[k], want[k], 1e-12);
  sr_sample_quantiles((const double[]){7.0}, 1, p, 5, q, a);
  for (int k = 0; k < 5; k++) NEAR(q[k], 7.0, 0.0);
  sr_arena_free(a);
}

TEST(moments_by_hand)
{
  const double y[4] = {1.0, 2.0, 3.0, 6.0}, same[3] = {0.1, 0.1, 0.1};
  NEAR(sr_sample_moments(y, 4).mean, 3.0, 1e-15);
  NEAR(sr_sample_moments(y, 4).sd, sqrt(14.0 / 4.0), 1e-15);
  NEAR(sr_sample_moments(same, 3).mean, 0.1, 0.0);
  NEAR(sr_sample_moments(same, 3).sd, 0.0, 0.0);
}

// rho = 1 - 6 sum d^2 / (n (n^2 - 1)) without ties; with ties the correlation of mean ranks.
TEST(spearman_by_hand)
{
  sr_arena *a = sr_arena_new();
  const double x[5] = {1, 2, 3, 4, 5}, y[5] = {2, 1, 4, 3, 5}, cube[5] = {-8, -1, 0, 1, 8}, down[5] = {5, 4, 3, 2, 1};
  const double tied[4] = {1, 2, 2, 3}, order[4] = {1, 2, 3, 4}, same[4] = {0.1, 0.1, 0.1, 0.1};
  NEAR(sr_spearman(x, y, 5, a), 1.0 - 6.0 * 4.0 / 120.0, 1e-15);
  NEAR(sr_spearman(x, cube, 5, a), 1.0, 1e-15);
  NEAR(sr_spearman(x, down, 5, a), -1.0, 1e-15);
  NEAR(sr_spearman(tied, order, 4, a), 4.5 / sqrt(4.5 * 5.0), 1e-15);
  NEAR(sr_spearman(same, order, 4, a), 0.0, 0.0);
  sr_arena_free(a);
}

static const sr_influence *of(const sr_influence *all, int n, int unknown)
{
  for (int k = 0; k < n; k++)
    if (all[k].unknown == unknown) return &all[k];
  sr_test_fail(__FILE__, __LINE__, "unknown %d is not in the list", unknown);
  return all;
}

// y = sum a_j x_j: the share of x_j is a_j^2 / sum a^2, and y rises where a_j > 0.
TEST(influence_on_a_sum_is_its_share_of_the_variance)
{
  static const double weight[6] = {0.5, -2.0, 0.0, 1.0, 0.0, 0.25};
  sr_arena *a = sr_arena_new();
  const sr_sample_set s = sr_sample_set_new(300, 60, 2, a);
  double *y = sr_alloc(a, double, s.n), all = 0.0;
  sr_influence *out = sr_alloc(a, sr_influence, s.dim);
  for (int j = 0; j < 6; j++) all += weight[j] * weight[j];
  for (int i = 0; i < s.n; i++)
    for (int j = 0; j < 6; j++) y[i] += weight[j] * at(&s, i, j);
  sr_sample_influences(&s, y, out, a);
  for (int j = 0; j < s.dim; j++) {
    const double w = j < 6 ? weight[j] : 0.0;
    NEAR(of(out, s.dim, j)->share, w * w / all, 0.04);
    NEAR(of(out, s.dim, j)->spearman, w / sqrt(all), 0.06);
  }
  CHECK(out[0].unknown == 1 && out[1].unknown == 3 && out[2].unknown == 0);
  for (int k = 1; k < s.dim; k++) CHECK(out[k].share <= out[k - 1].share);
  sr_arena_free(a);
}

// y = prod (1 + b_j (|4 u_j - 2| - 1)): V_j = b_j^2 / 3, index V_j / (prod (1 + V) - 1); neither linear nor monotone.
TEST(influence_on_a_product_of_kinks_is_near_its_index)
{
  static const double b[3] = {0.9, 0.5, 0.2};
  sr_arena *a = sr_arena_new();
  const sr_sample_set s = sr_sample_set_new(300, 20, 8, a);
  double *y = sr_alloc(a, double, s.n), all = 1.0;
  sr_influence *out = sr_alloc(a, sr_influence, s.dim);
  for (int i = 0; i < s.n; i++) y[i] = 1.0;
  for (int j = 0; j < 3; j++) {
    all *= 1.0 + b[j] * b[j] / 3.0;
    for (int i = 0; i < s.n; i++) y[i] *= 1.0 + b[j] * (fabs(4.0 * at(&s, i, j) - 2.0) - 1.0);
  }
  sr_sample_influences(&s, y, out, a);
  for (int j = 0; j < s.dim; j++) NEAR(of(out, s.dim, j)->share, j < 3 ? b[j] * b[j] / 3.0 / (all - 1.0) : 0.0, 0.04);
  for (int j = 0; j < 3; j++) CHECK(fabs(of(out, s.dim, j)->spearman) < 0.2);  // which would not have shown it
  sr_arena_free(a);
}

TEST(nothing_acts_on_a_constant)
{
  sr_arena *a = sr_arena_new();
  const sr_sample_set s = sr_sample_set_new(30, 3, 1, a);
  double *y = sr_alloc(a, double, s.n);
  sr_influence out[3];
  for (int i = 0; i < s.n; i++) y[i] = 0.1;
  sr_sample_influences(&s, y, out, a);
  for (int k = 0; k < 3; k++) CHECK(out[k].share == 0.0 && out[k].spearman == 0.0 && out[k].unknown == k);
  sr_arena_free(a);
}
