// A muscle over years: nothing by itself, more of a lesion never better, what comes back comes back, each mechanism
// alone does what it is for. Constants as in data/tissue.toml but for roundness; load/tissue_test.c holds the laws at
// all of their values.
#include "tissue/muscle.h"

#include "test.h"

static sr_tissue_params usual(void)
{
  return (sr_tissue_params){.power = 3.0,
                            .size_power = 0.15,
                            .size_least = 0.6,
                            .size_most = 1.25,
                            .dead_band = 0.1,
                            .waste_time = 5.0,
                            .grow_time = 14.0,
                            .dose_most = 10.0,
                            .immobile = 0.03,
                            .drive_full = 0.3,
                            .drive_loss = 0.2,
                            .drive_fall_time = 0.4,
                            .drive_rise_time = 3.0,
                            .denervated_time = 15.0,
                            .residue = 0.05,
                            .denervated_fat = 0.2,
                            .disuse_fat = 0.15,
                            .fat_time = 20.0,
                            .denervated_scar = 0.08,
                            .scar_time = 15.0,
                            .unit_most = 6.5,
                            .sprout_time = 6.3,
                            .axon_speed = 2e-3,
                            .regrowth_delay = 4.0,
                            .regrowth_spread = 4.0,
                            .repair_share = 0.5,
                            .repair_time = 52.0,
                            .burn_share = 0.9,
                            .toxin_most = 0.3,
                            .toxin_half = 12.0,
                            .toxin_time = 15.0,
                            .swelling = 0.03,
                            .swelling_time = 2.0,
                            .wound_pain = 0.5,
                            .pain_time = 1.0,
                            .habit_time = 2.0,
                            .sore = 0.5,
                            .accustom_time = 1.5,
                            .length_time = 5.0,
                            .contraction = 0.1,
                            .fibre_stiffness = 0.3,
                            .scar_stiffness = 8.0,
                            .tendon_power = 0.15,
                            .tendon_least = 0.6,
                            .tendon_most = 1.3,
                            .tendon_time = 20.0};
}

static const sr_tissue_input daily = {.axons = 1.0, .load = 1.0, .held = 1.0};

static sr_tissue_input with_axons(double axons)
{
  sr_tissue_input in = daily;
  in.axons = axons;
  return in;
}

static sr_tissue_muscle after(const sr_tissue_params *p, sr_tissue_muscle s, const sr_tissue_input *in, double weeks,
                              int nstep)
{
  const sr_tissue_step t = sr_tissue_step_new(p, weeks / nstep);
  for (int k = 0; k < nstep; k++) s = sr_tissue_advance(&t, s, in);
  return s;
}

// The muscle some weeks after a share of its axons is cut for good.
static sr_tissue_muscle after_cut(const sr_tissue_params *p, double axons, int weeks)
{
  const sr_tissue_input in = with_axons(axons);
  return after(p, sr_tissue_healthy(), &in, weeks, weeks);
}

// --- nothing by itself
// ------------------------------------------------------------------------------------------------

TEST(a_muscle_to_which_nothing_is_done_stays_for_ten_years_bit_for_bit)
{
  const sr_tissue_params p = usual();
  const sr_tissue_muscle healthy = sr_tissue_healthy(), s = after(&p, healthy, &daily, 520.0, 520);
  CHECK(memcmp(&s, &healthy, sizeof s) == 0);
  const sr_tissue_readout r = sr_tissue_read(&p, &s);
  CHECK(r.capacity == 1.0 && r.total == 1.0 && r.passive_scale == 1.0 && r.len_opt == 1.0 && r.effort_most == 1.0);
  CHECK(r.soreness == 0.0 && r.fat == 0.0 && r.scar == 0.0 && r.oedema == 0.0);
  const sr_tissue_step t = sr_tissue_step_new(&p, 1.0);
  CHECK(sr_tissue_tendon(&t, 1.0, 1.0) == 1.0);
}

// The short way that a healthy muscle takes gives what the equations give: a scar too small to matter closes that way.
TEST(the_short_way_of_a_healthy_muscle_changes_nothing)
{
  const sr_tissue_params p = usual();
  for (double load = 0.5; load < 2.0; load += 0.01) {
    sr_tissue_muscle s = sr_tissue_healthy(), long_way = s;
    long_way.scar = 1e-300;
    const sr_tissue_input in = {.axons = 1.0, .load = load, .held = 1.0};
    s = after(&p, s, &in, 30.0, 30);
    long_way = after(&p, long_way, &in, 30.0, 30);
    NEAR(s.section, long_way.section, 1e-14);
    NEAR(s.accustomed, long_way.accustomed, 1e-14);
    NEAR(s.drive, long_way.drive, 1e-14);
  }
}

TEST(a_change_of_load_within_the_dead_band_does_nothing_to_size)
{
  const sr_tissue_params p = usual();
  for (double load = 0.91; load < 1.095; load += 0.02) {
    const sr_tissue_input in = {.axons = 1.0, .load = load, .held = 1.0};
    CHECK(after(&p, sr_tissue_healthy(), &in, 200.0, 200).section == 1.0);
  }
}

// --- load
// -------------------------------------------------------------------------------------------------------------

// ln kept size against ln size at a constant load, by differences: the loop converges because it is below 1.
TEST(growth_does_not_feed_itself)
{
  const sr_tissue_params p = usual();
  const sr_tissue_step t = sr_tissue_step_new(&p, 1.0);
  double most = 0.0;
  for (double load = 0.01; load < 5.0; load *= 1.3)
    for (double size = 0.3; size < 1.3; size += 0.01) {
      const double h = 1e-4, below = sr_tissue_size_kept(&t, load * pow(size * exp(-h), -p.power)),
                   above = sr_tissue_size_kept(&t, load * pow(size * exp(h), -p.power));
      most = fmax(most, fabs(log(above / below)) / (2.0 * h));
    }
  NEAR(most, p.power * p.size_power, 1e-6);
  CHECK(most < 0.7);
}

TEST(more_load_never_gives_less_muscle)
{
  const sr_tissue_params p = usual();
  double before = 0.0;
  for (double load = 0.0; load < 6.0; load += 0.05) {
    const sr_tissue_input in = {.axons = 1.0, .load = load, .held = 1.0};
    const sr_tissue_muscle s = after(&p, sr_tissue_healthy(), &in, 52.0, 52);
    CHECK(s.section >= before && s.section >= p.size_least && s.section <= p.size_most);
    before = s.section;
  }
  CHECK(before > 1.1);
}

// Closed form: an idle muscle is 0.6 + 0.4 exp(-t / waste_time) of itself.
TEST(an_idle_muscle_wastes_exponentially_to_its_least_size)
{
  const sr_tissue_params p = usual();
  sr_tissue_input idle = daily;
  idle.load = 0.0;
  for (int week = 1; week < 100; week += 7)
    NEAR(after(&p, sr_tissue_healthy(), &idle, week, week).section, 0.6 + 0.4 * exp(-week / p.waste_time), 1e-12);
}

TEST(voluntary_force_falls_before_size_and_comes_back)
{
  const sr_tissue_params p = usual();
  const sr_tissue_input rest = {.axons = 1.0, .load = 0.1, .held = 1.0};
  const sr_tissue_muscle week = after(&p, sr_tissue_healthy(), &rest, 1.0, 10);
  CHECK(1.0 - week.drive > 2.0 * (1.0 - week.section));
  NEAR(after(&p, week, &daily, 26.0, 26).drive, 1.0, 1e-3);
}

// The command is what the drive follows where it is known, and the drive alone: closed forms.
TEST(voluntary_drive_follows_what_is_asked_and_not_what_is_given)
{
  const sr_tissue_params p = usual();
  sr_tissue_input weak = {.axons = 1.0, .load = 0.1, .command = 1.0, .held = 1.0}, given = weak, cast = weak;
  CHECK(after(&p, sr_tissue_healthy(), &weak, 52.0, 52).drive == 1.0);
  weak.command = p.drive_full;  // the least with which it stays full
  CHECK(after(&p, sr_tissue_healthy(), &weak, 52.0, 52).drive == 1.0);
  weak.command = 0.5 * p.drive_full;
  given.command = 0.0;  // not known: the load stands for it
  cast.is_immobile = true;
  const sr_tissue_muscle half = after(&p, sr_tissue_healthy(), &weak, 1.0, 1),
                         tenth = after(&p, sr_tissue_healthy(), &given, 1.0, 1),
                         held = after(&p, sr_tissue_healthy(), &cast, 1.0, 1);
  const double fallen = p.drive_loss * (1.0 - exp(-1.0 / p.drive_fall_time));
  NEAR(half.drive, 1.0 - fallen * 0.5, 1e-14);
  NEAR(tenth.drive, 1.0 - fallen * (1.0 - 0.1 / p.drive_full), 1e-14);
  NEAR(held.drive, 1.0 - fallen * (1.0 - p.immobile / p.drive_full), 1e-14);
  CHECK(half.section == tenth.section);
}

// --- nerve
// ------------------------------------------------------------------------------------------------------------

// Cut shares rise; the load is the same force for all, or the same stress; steps of a week, over five years.
TEST(more_denervation_never_gives_more_force)
{
  const sr_tissue_params p = usual();
  const double load[] = {0.0, 0.05, 0.3, 1.0, 2.0};
  const sr_tissue_step t = sr_tissue_step_new(&p, 1.0);
  for (int by_stress = 0; by_stress < 2; by_stress++)
    for (size_t i = 0; i < sizeof load / sizeof load[0]; i++) {
      enum { N = 41 };
      sr_tissue_muscle s[N];
      for (int k = 0; k < N; k++) s[k] = sr_tissue_healthy();
      for (int week = 0; week < 260; week++) {
        for (int k = 0; k < N; k++) {
          const sr_tissue_input in = {
              .axons = 1.0 - k / (N - 1.0), .load = by_stress ? 0.0 : load[i], .stress = by_stress ? load[i] : 0.0};
          s[k] = sr_tissue_advance(&t, s[k], &in);
          if (k > 0 && sr_tissue_read(&p, &s[k]).capacity > sr_tissue_read(&p, &s[k - 1]).capacity + 1e-12)
            sr_test_fail(__FILE__, __LINE__, "load %g, week %d: axons %g give more than %g", load[i], week, in.axons,
                         1.0 - (k - 1) / (N - 1.0));
        }
      }
    }
}

TEST(denervated_fibres_never_waste_slower_than_idle_ones)
{
  const sr_tissue_params p = usual();
  sr_tissue_input idle = daily, none = with_axons(0.0);
  idle.load = none.load = 0.0;
  sr_tissue_muscle a = sr_tissue_healthy(), b = a;
  for (int week = 0; week < 260; week++) {
    a = after(&p, a, &idle, 1.0, 1);
    b = after(&p, b, &none, 1.0, 1);
    CHECK(b.section == 0.0 && b.den_fast + b.den_slow < a.section);
  }
  NEAR(b.den_fast + b.den_slow, p.residue, 1e-6);
}

// S9: a cut segment; and the claim goes where axons may grow.
TEST(a_full_cut_never_comes_back)
{
  const sr_tissue_params p = usual();
  const sr_tissue_muscle s = after_cut(&p, 0.0, 520);
  CHECK(s.nerve == 0.0 && s.axons == 0.0 && sr_tissue_read(&p, &s).capacity == 0.0);
  sr_tissue_muscle grown = after(&p, s, &daily, 260.0, 260);
  CHECK(grown.nerve == 1.0 && sr_tissue_read(&p, &grown).capacity > 0.95);
}

// A unit grows unit_most-fold at most: below 1 / unit_most of the axons fibres stay without a nerve for good.
TEST(sprouts_take_over_as_many_fibres_as_a_unit_can_hold)
{
  sr_tissue_params p = usual();
  for (double axons = 0.01; axons < 1.0; axons += 0.03) {
    const sr_tissue_muscle s = after_cut(&p, axons, 520);
    NEAR(s.nerve, fmin(1.0, p.unit_most * axons), 1e-9);
    CHECK(s.nerve / axons < p.unit_most + 1e-9);
  }
  // of 80% cut, what is left without a nerve after 17.4 weeks is 0.8 exp(-17.4 / sprout_time)
  const sr_tissue_input fifth = with_axons(0.2);
  NEAR(after(&p, sr_tissue_healthy(), &fifth, 17.4, 17).nerve, 1.0 - 0.8 * exp(-17.4 / p.sprout_time), 1e-12);
  p.unit_most = 1.0;
  CHECK(after_cut(&p, 0.3, 260).nerve == 0.3);
}

// Half denervated without sprouts: the innervated half at its own size, not half of it again (SCIENCE: 0.50, not 0.29).
TEST(denervation_is_counted_once)
{
  sr_tissue_params p = usual();
  p.unit_most = 1.0;
  const sr_tissue_input half = {.axons = 0.5, .stress = 1.0, .held = 1.0};
  const sr_tissue_muscle s = after(&p, sr_tissue_healthy(), &half, 104.0, 104);
  NEAR(s.section, 0.5, 1e-12);
  NEAR(s.den_fast + s.den_slow, 0.5 * p.residue, 1e-3);
}

// Fibres change pools, none is made or lost on the way.
TEST(what_leaves_a_pool_enters_the_other)
{
  const sr_tissue_params p = usual();
  sr_tissue_muscle s = after_cut(&p, 0.4, 3);
  const double all = s.section + s.den_fast + s.den_slow;
  sr_tissue_inject(&p, &s, 80.0);
  NEAR(s.section + s.den_fast + s.den_slow, all, 1e-14);
  sr_tissue_connect(&p, &s, 0.1, 0.0);
  NEAR(s.section + s.den_fast + s.den_slow, all, 1e-14);
  sr_tissue_connect(&p, &s, 0.0, 0.0);
  NEAR(s.den_fast + s.den_slow, all, 1e-14);
  CHECK(s.section == 0.0);
}

TEST(a_block_that_ends_is_forgotten_within_two_years)
{
  const sr_tissue_params p = usual();
  for (double share = 0.2; share < 1.05; share += 0.2) {
    sr_tissue_input in = daily;
    in.blocked = fmin(1.0, share);
    sr_tissue_muscle s = after(&p, sr_tissue_healthy(), &in, 12.0, 12);
    CHECK(sr_tissue_read(&p, &s).capacity < 1.0 - 0.9 * in.blocked);
    s = after(&p, s, &daily, 92.0, 92);
    const sr_tissue_readout r = sr_tissue_read(&p, &s);
    NEAR(r.capacity, 1.0, 0.02);
    NEAR(r.total, 1.0, 0.02);
    CHECK(r.scar == 0.0 && r.len_opt == 1.0);
  }
}

TEST(toxin_saturates_with_dose_and_wears_off)
{
  const sr_tissue_params p = usual();
  double lost[4];
  const double dose[4] = {30.0, 60.0, 200.0, 1e9};
  for (int k = 0; k < 4; k++) {
    sr_tissue_muscle s = sr_tissue_healthy();
    sr_tissue_inject(&p, &s, dose[k]);
    lost[k] = 1.0 - s.section;
    CHECK(k == 0 || lost[k] > lost[k - 1]);
    const sr_tissue_muscle year = after(&p, s, &daily, 52.0, 52), five = after(&p, s, &daily, 260.0, 260);
    CHECK(year.section > s.section && year.section < 1.0);
    NEAR(five.section, 1.0, 1e-3);
  }
  NEAR(lost[3], p.toxin_most, 1e-6);
  CHECK(lost[2] / lost[1] < 1.15);
  // one after the other: never more than everything
  sr_tissue_muscle s = sr_tissue_healthy();
  for (int k = 0; k < 100; k++) sr_tissue_inject(&p, &s, 200.0);
  CHECK(s.toxin < 1.0 + 1e-12 && s.section >= 0.0);
}

// --- shape of time
// ----------------------------------------------------------------------------------------------------

// All at once: a cut, a toxin, a cast held short, axons that arrive, a growing load.
static sr_tissue_muscle eventful(const sr_tissue_params *p, int per_week)
{
  const sr_tissue_step t = sr_tissue_step_new(p, 1.0 / per_week);
  sr_tissue_muscle s = sr_tissue_healthy();
  sr_tissue_inject(p, &s, 100.0);
  for (int k = 0; k < 60 * per_week; k++) {
    const double end = (k + 1.0) / per_week;
    const sr_tissue_input in = {.axons = end <= 10.0 ? 0.1 : fmin(0.8, 0.1 + 0.05 * (end - 10.0)),
                                .load = end <= 30.0 ? 0.4 : 1.5,
                                .is_immobile = end <= 6.0,
                                .held = 0.85};
    s = sr_tissue_advance(&t, s, &in);
  }
  return s;
}

TEST(steps_of_a_week_are_short_enough)
{
  const sr_tissue_params p = usual();
  const sr_tissue_muscle fine = eventful(&p, 64), coarse = eventful(&p, 1), half = eventful(&p, 2);
  const sr_tissue_readout f = sr_tissue_read(&p, &fine), c = sr_tissue_read(&p, &coarse), h = sr_tissue_read(&p, &half);
  NEAR(c.capacity, f.capacity, 1e-4);
  NEAR(c.total, f.total, 1e-4);
  NEAR(c.len_opt, f.len_opt, 1e-5);
  NEAR(c.passive_scale, f.passive_scale, 2e-4);
  CHECK(fabs(h.capacity - f.capacity) < 0.5 * fabs(c.capacity - f.capacity));
}

TEST(two_short_steps_are_one_long_one_where_all_is_linear)
{
  const sr_tissue_params p = usual();
  const sr_tissue_input none = with_axons(0.0);
  const sr_tissue_muscle one = after(&p, sr_tissue_healthy(), &none, 52.0, 1),
                         many = after(&p, sr_tissue_healthy(), &none, 52.0, 520);
  NEAR(one.den_fast, many.den_fast, 1e-12);
  NEAR(one.den_slow, many.den_slow, 1e-12);
  NEAR(one.fat, many.fat, 1e-12);
  NEAR(one.scar, many.scar, 1e-12);
}

// --- what a mechanism is for, and that it goes with it
// ----------------------------------------------------------------

// S3: pain and soreness at first, gone in three weeks but for a fifteenth; the muscle that is left takes 1.6 times the
// load.
TEST(early_pain_and_soreness_fade_and_go_with_their_constants)
{
  sr_tissue_params p = usual();
  const sr_tissue_input more = {.axons = 1.0, .load = 1.6, .held = 1.0};
  for (int on = 1; on >= 0; on--) {
    p.wound_pain = 0.5 * on;
    p.sore = 0.5 * on;
    sr_tissue_muscle s = sr_tissue_healthy();
    sr_tissue_wound(&p, &s);
    const sr_tissue_muscle day = after(&p, s, &more, 0.15, 1), weeks = after(&p, s, &more, 3.0, 20);
    CHECK((sr_tissue_read(&p, &day).effort_most < 0.6) == (on == 1));
    CHECK((sr_tissue_read(&p, &day).soreness > 0.1) == (on == 1));
    CHECK(sr_tissue_read(&p, &weeks).effort_most > 0.95 && sr_tissue_read(&p, &weeks).soreness < 0.02);
  }
  NEAR(sr_tissue_habit(&p, 0.0), 1.0, 0.0);
  NEAR(sr_tissue_habit(&p, 3.0 * p.habit_time), exp(-3.0), 1e-15);
  CHECK(sr_tissue_habit(&p, -1.0) == 0.0);
}

// S4: two weeks after a cut a tenth and more of the muscle is gone; where neither disuse nor denervation wastes,
// nothing.
TEST(wasting_shows_at_two_weeks_and_goes_with_its_mechanism)
{
  sr_tissue_params p = usual();
  const sr_tissue_muscle s = after_cut(&p, 0.0, 2);
  CHECK(sr_tissue_read(&p, &s).total < 0.9);
  p.size_least = 1.0;
  p.denervated_time = (double)INFINITY;
  p.denervated_fat = p.denervated_scar = 0.0;
  const sr_tissue_muscle kept = after_cut(&p, 0.0, 2);
  CHECK(sr_tissue_read(&p, &kept).total == 1.0 && sr_tissue_read(&p, &kept).capacity == 0.0);
}

// S7: scar shortens and stiffens; a cast held short shortens without scar.
TEST(contracture_comes_from_scar_and_from_a_short_cast)
{
  sr_tissue_params p = usual();
  const sr_tissue_muscle cut = after_cut(&p, 0.0, 104);
  const sr_tissue_readout r = sr_tissue_read(&p, &cut);
  CHECK(r.len_opt < 0.97 && r.passive_scale > 1.1);
  p.contraction = p.scar_stiffness = 0.0;
  const sr_tissue_muscle loose = after_cut(&p, 0.0, 104);
  CHECK(loose.length == 1.0 && sr_tissue_read(&p, &loose).passive_scale < 1.0);

  sr_tissue_input cast = daily;
  cast.is_immobile = true;
  cast.held = 0.8;
  const sr_tissue_muscle held = after(&p, sr_tissue_healthy(), &cast, 6.0, 6);
  NEAR(held.length, 0.8 + 0.2 * exp(-6.0 / p.length_time), 1e-12);
  NEAR(sr_tissue_read(&p, &held).innervated, held.section * held.length,
       1e-15);  // sarcomeres in series count in volume
  NEAR(after(&p, held, &daily, 52.0, 52).length, 1.0, 1e-4);
}

// S10, tissue's part: fat fills some of the place; S12: more load, more muscle.
TEST(fat_and_growth_go_with_their_constants)
{
  sr_tissue_params p = usual();
  const sr_tissue_input more = {.axons = 1.0, .load = 2.0, .held = 1.0};
  CHECK(after_cut(&p, 0.0, 52).fat > 0.1);
  CHECK(after(&p, sr_tissue_healthy(), &more, 52.0, 52).section > 1.03);
  p.denervated_fat = p.disuse_fat = 0.0;
  p.size_most = 1.0;
  CHECK(after_cut(&p, 0.0, 52).fat == 0.0);
  CHECK(after(&p, sr_tissue_healthy(), &more, 52.0, 52).section == 1.0);
}

// --- knife and tendon
// -------------------------------------------------------------------------------------------------

TEST(what_is_cut_out_stays_out_and_the_rest_is_loaded_more)
{
  const sr_tissue_params p = usual();
  sr_tissue_muscle s = sr_tissue_healthy();
  sr_tissue_resect(&p, &s, 0.4);
  NEAR(s.section, 0.6, 1e-15);
  s = after(&p, s, &daily, 520.0, 520);
  const sr_tissue_readout r = sr_tissue_read(&p, &s);
  CHECK(r.capacity > 0.6 && r.capacity <= 0.6 * p.size_most + 1e-9);
  NEAR(r.oedema, 0.0, 1e-12);
  NEAR(r.scar, 0.0, 0.0);
}

TEST(a_tendon_follows_its_load_slowly_and_between_its_ends)
{
  const sr_tissue_params p = usual();
  const sr_tissue_step t = sr_tissue_step_new(&p, 1.0);
  NEAR(sr_tissue_tendon(&t, 1.0, 0.0), p.tendon_least + (1.0 - p.tendon_least) * exp(-1.0 / p.tendon_time), 1e-15);
  double low = 1.0, high = 1.0;
  for (int week = 0; week < 520; week++) {
    low = sr_tissue_tendon(&t, low, 0.0);
    high = sr_tissue_tendon(&t, high, 1e6);
  }
  NEAR(low, p.tendon_least, 1e-9);
  NEAR(high, p.tendon_most, 1e-9);
}
