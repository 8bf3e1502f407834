// The balance of energy against the equations it comes from, its laws, and the rules that were published with it.
#include "tissue/energy.h"

#include <time.h>

#include "test.h"

// Hall et al. 2011 as in data/energy.toml (load/energy_test.c holds the two against each other); habits without stairs
// and jumps.
static sr_energy_params hall(void)
{
  return (sr_energy_params){
      .fat_energy = 39.5e6,
      .lean_energy = 7.6e6,
      .glycogen_energy = 17.6e6,
      .fat_upkeep = 13e3,
      .lean_upkeep = 92e3,
      .fat_making = 750e3,
      .lean_making = 960e3,
      .feeding = 0.1,
      .adaptation = 0.14,
      .adaptation_time = 14,
      .forbes = 10.4,
      .glycogen = 0.5,
      .glycogen_water = 2.7,
      .sodium = 3220e-6,
      .sodium_loss = 3000e-6,
      .carbohydrate = 0.5,
      .rest_scale = 1.0,
      .sodium_carbohydrate = 4000e-6,
      .sitting_level = 1.35,
      .standing = 0.16,
      .walk_power = 3.13,
      .walk_cubic = 0.633,
      .step = 0.334,
      .run_cost = 4.4,
      .run_speed = 2.7,
      .stair_rise = 0.17,
      .stair_down = 0.33,
      .jump_rise = 0.4,
      .heel_raise_rise = 0.08,
      .efficiency = 0.25,
      .thighs = 0.21,
      .shanks = 0.05,
      .feet = 0.005,
  };
}

static const double kcal = 4184.0;
static const sr_energy_habits usual = {.standing_h_d = 4.0, .steps_d = 8000.0, .walking_m_s = 1.3, .stairs_d = 10.0};

// Mifflin et al. 1990 and Silva et al. 2007, by sex.
static sr_energy_person person_of(bool is_male, double age, double height, double mass, double fat)
{
  const sr_energy_params par = hall();
  sr_energy_body b = {.age_yr = age, .height_m = height, .mass_kg = mass, .fat_kg = fat};
  const double rest[4] = {9.99 * kcal, 625.0 * kcal, -4.92 * kcal, (is_male ? 5.0 : -161.0) * kcal};
  const double woman[4] = {0.0, 5.98, 0.167, -4.0}, man[4] = {0.025, 9.57, 0.191, -12.4};
  memcpy(b.rest, rest, sizeof rest);
  memcpy(b.water, is_male ? man : woman, sizeof woman);
  sr_energy_person p = {0};
  sr_error err = {0};
  if (!sr_energy_person_new(&par, &b, &usual, &p, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return p;
}

static sr_energy_person woman(void)
{
  return person_of(false, 25.0, 1.60, 52.0, 13.5);
}

// Of the average overweight adult that the rules of the paper are for: mass index 29.4, fat 32%.
static sr_energy_person overweight_man(void)
{
  return person_of(true, 40.0, 1.75, 90.0, 28.8);
}

static sr_energy_input living(const sr_energy_person *p, double more)
{
  return (sr_energy_input){.intake = p->intake + more, .activity = p->activity};
}

// Change of mass after so many weeks of `more` energy a day.
static double gain(const sr_energy_person *p, double more, double weeks)
{
  const sr_energy_input in = living(p, more);
  const sr_energy_state s = sr_energy_advance(p, sr_energy_start(p), &in, weeks);
  return sr_energy_mass(p, &s) - p->mass;
}

static void same_state(const sr_energy_state *a, const sr_energy_state *b, double tolerance)
{
  NEAR(a->fat, b->fat, tolerance);
  NEAR(a->lean, b->lean, tolerance);
  NEAR(a->glycogen, b->glycogen, tolerance);
  NEAR(a->water, b->water, tolerance);
  NEAR(a->adaptation, b->adaptation, 1e6 * tolerance);
}

TEST(energy_nothing_happens_at_balance)
{
  const sr_energy_person p = woman();
  const sr_energy_input in = living(&p, 0.0);
  sr_energy_state s = sr_energy_start(&p), at_once = sr_energy_advance(&p, s, &in, 522.0);
  NEAR(sr_energy_mass(&p, &s), 52.0, 1e-13);
  NEAR(sr_energy_keeping(&p, &s, p.activity), p.intake, 1e-12 * p.intake);
  for (int week = 0; week < 522; week++) s = sr_energy_advance(&p, s, &in, 1.0);
  const sr_energy_state start = sr_energy_start(&p);
  same_state(&s, &start, 1e-9);
  same_state(&at_once, &start, 1e-9);
  NEAR(s.age_yr, 25.0, 0.0);
}

// Rates [fat, lean, glycogen, water, adaptation] as the appendix of Hall et al. 2011 writes them: fat and lean tissue
// each with its share of the balance, all in rates per day.
static void hall_rates(const sr_energy_person *p, const double y[5], double intake, double activity, double out[5])
{
  const double C = 10.4 * 7.6 / 39.5, share = C / (C + y[0]), carbohydrate = 0.5 * intake;
  const double k_G = 0.5 * p->intake / (0.5 * 0.5), over = intake - p->intake;
  out[2] = (carbohydrate - k_G * y[2] * y[2]) / 17.6e6;
  out[3] = (-3000.0 * (y[3] - p->water) - 4000.0 * (1.0 - intake / p->intake)) / 3220.0;
  out[4] = (0.14 * over - y[4]) / 14.0;
  const double mass = y[0] + y[1] + y[3] + 3.7 * y[2];
  const double level0 = p->intake / p->rest;
  const double delta0 = (0.9 * level0 - 1.0) * p->rest / p->mass;
  const double K = level0 * p->rest - 92e3 * p->lean - 13e3 * p->fat - delta0 * p->mass;
  const double delta = delta0 + activity - p->activity;
  const double E = K + 13e3 * y[0] + 92e3 * y[1] + delta * mass + 0.1 * over + y[4];
  // EE = E + eta_L dL/dt + eta_F dF/dt,  rho_L dL/dt = share B,  rho_F dF/dt = (1 - share) B,  B = intake - EE - rho_G
  // dG/dt
  const double a = 960e3 / 7.6e6 * share + 750e3 / 39.5e6 * (1.0 - share);
  const double B = (intake - E - 17.6e6 * out[2]) / (1.0 + a);
  out[0] = (1.0 - share) * B / 39.5e6;
  out[1] = share * B / 7.6e6;
}

// The classical Runge-Kutta method, 40 steps a day.
static sr_energy_state hall_solution(const sr_energy_person *p, sr_energy_state s, double intake, double activity,
                                     int days)
{
  double y[5] = {s.fat, s.lean, s.glycogen, s.water, s.adaptation};
  const double h = 1.0 / 40.0, at[4] = {0.0, 0.5, 0.5, 1.0}, weight[4] = {1.0, 2.0, 2.0, 1.0};
  for (int n = 0; n < 40 * days; n++) {
    double rate[5] = {0}, sum[5] = {0}, z[5];
    for (int k = 0; k < 4; k++) {
      for (int i = 0; i < 5; i++) z[i] = y[i] + h * at[k] * rate[i];
      hall_rates(p, z, intake, activity, rate);
      for (int i = 0; i < 5; i++) sum[i] += weight[k] * rate[i];
    }
    for (int i = 0; i < 5; i++) y[i] += h / 6.0 * sum[i];
  }
  return (sr_energy_state){.fat = y[0], .lean = y[1], .glycogen = y[2], .water = y[3], .adaptation = y[4]};
}

TEST(energy_follows_the_published_equations)
{
  const sr_energy_person all[] = {woman(), overweight_man()};
  static const double more[] = {-2.5e6, -4e5, 3e5, 3e6};
  for (int i = 0; i < 2; i++)
    for (int k = 0; k < 4; k++) {
      const sr_energy_person *p = &all[i];
      sr_energy_input in = living(p, more[k]);
      in.activity += k == 1 ? 6e3 : 0.0;
      sr_energy_state ours = sr_energy_start(p), theirs = ours;
      for (int half_year = 0; half_year < 2; half_year++) {  // there, and a part of the way back
        ours = sr_energy_advance(p, ours, &in, 26.0);
        theirs = hall_solution(p, theirs, in.intake, in.activity, 182);
        same_state(&ours, &theirs, 1e-5);
        in.intake = p->intake - 0.3 * more[k];
      }
    }
}

// Measured: 1.13 kg per 100 kJ a day, half of it after 46 weeks, 90% after three years and 95% after 3.8.
TEST(energy_change_follows_the_published_rules)
{
  const sr_energy_person p = overweight_man();
  for (int sign = -1; sign <= 1; sign += 2) {
    const double more = sign * 100e3, final = gain(&p, more, 2000.0);
    NEAR(sign * final, 1.0, 0.15);                    // a kilogram in the end ...
    NEAR(gain(&p, more, 52.2) / final, 0.5, 0.06);    // half of it within a year ...
    NEAR(gain(&p, more, 156.5) / final, 0.95, 0.05);  // and 95% within three
  }
}

// Of the energy eaten nothing is lost: the sum of intake - expenditure, by Simpson's rule over days, is what is stored.
TEST(energy_is_conserved)
{
  const sr_energy_person p = woman();
  sr_energy_input in = living(&p, 0.0);
  sr_energy_state s = sr_energy_start(&p);
  double sum = 0.0;
  const double before = sr_energy_stored(&p, &s);
  for (int i = 0; i < 4 * 7 * 104; i++) {  // quarters of days
    const int quarter = i / 728;           // a new diet each half year
    in.intake = p.intake * (1.0 + 0.15 * (quarter % 2 ? -1.0 : 1.0));
    in.activity = p.activity * (quarter > 1 ? 1.5 : 1.0);
    in.is_ageing = quarter == 3;
    const double rate0 = sr_energy_expenditure(&p, &s, &in);
    s = sr_energy_advance(&p, s, &in, 0.125 / 7.0);
    const double rate1 = sr_energy_expenditure(&p, &s, &in);
    s = sr_energy_advance(&p, s, &in, 0.125 / 7.0);
    sum += 0.25 * (in.intake - (rate0 + 4.0 * rate1 + sr_energy_expenditure(&p, &s, &in)) / 6.0);
  }
  const double stored = sr_energy_stored(&p, &s) - before;
  CHECK(fabs(stored) > 1e6);
  NEAR(sum, stored, 100.0);  // [J] of 2 years, 5e9 J
}

// Error of steps of `weeks` against those of a day, over two years of overeating.
static double step_error(double weeks, double exact)
{
  const sr_energy_person p = woman();
  const sr_energy_input in = living(&p, 1e6);
  sr_energy_state s = sr_energy_start(&p);
  for (int i = 0; i < (int)(104.0 / weeks + 0.5); i++) s = sr_energy_advance(&p, s, &in, weeks);
  return fabs(sr_energy_mass(&p, &s) - exact);
}

TEST(energy_steps_converge)
{
  const double exact = step_error(1.0 / 14.0, 0.0);
  static const double weeks[] = {104.0, 26.0, 4.0, 1.0, 0.5};
  for (int i = 0; i < 5; i++) CHECK(step_error(weeks[i], exact) < 2e-9);  // [kg]
  const double ratio = step_error(1.0, exact) / step_error(0.5, exact);
  CHECK(ratio > 12.0 && ratio < 20.0);  // order 4
  CHECK(exact > 55.0);
}

// Gains and losses differ by what is not linear: the fatter, the less lean tissue comes with fat, and the less it costs
// to keep a kilogram. So a gain is the greater of the two, and the difference goes with the size of the change.
TEST(energy_gain_mirrors_loss)
{
  const sr_energy_person p = woman();
  double asymmetry[2];
  for (int k = 0; k < 2; k++) {
    const double more = k == 0 ? 50e3 : 500e3, up = gain(&p, more, 104.0), down = -gain(&p, -more, 104.0);
    CHECK(up > 0.0 && down > 0.0);
    asymmetry[k] = (up - down) / (up + down);
  }
  CHECK(asymmetry[1] > 0.0 && asymmetry[1] < 0.005);  // 4 kg up or down
  NEAR(asymmetry[1] / asymmetry[0], 10.0, 0.3);
}

TEST(energy_gain_finds_its_intake)
{
  const sr_energy_person p = woman();
  sr_energy_state s = sr_energy_start(&p);
  sr_energy_input in = living(&p, 0.0);
  static const double want[] = {6.0, -4.0, 0.0, 25.0};
  for (int k = 0; k < 4; k++) {
    sr_error err = {0};
    if (!sr_energy_intake_for(&p, &s, &in, want[k], 104.0, &in.intake, &err))
      sr_test_fail(__FILE__, __LINE__, "%s", err.text);
    const sr_energy_state after = sr_energy_advance(&p, s, &in, 104.0);
    NEAR(sr_energy_mass(&p, &after) - 52.0, want[k], 1e-9);
    CHECK((in.intake > p.intake + 1.0) == (want[k] > 0.0));
  }
  static const struct {
    double gain, weeks;
  } never[] = {{300.0, 104.0}, {-40.0, 4.0}, {1.0, 0.0}, {1.0, -2.0}, {(double)NAN, 104.0}, {1.0, (double)NAN}};
  for (size_t k = 0; k < sizeof never / sizeof *never; k++) {
    sr_error err = {0};
    double intake = -1.0;
    CHECK(!sr_energy_intake_for(&p, &s, &in, never[k].gain, never[k].weeks, &intake, &err));
    CHECK(err.code == SR_BAD_VALUE && intake < 0.0);
  }
}

// Forbes: lean tissue and the logarithm of fat go together, whatever was eaten in between; of a small gain of tissue
// the share F / (F + 10.4 kg) is fat.
TEST(energy_fat_and_lean_follow_forbes)
{
  const sr_energy_person all[] = {woman(), overweight_man()};
  for (int i = 0; i < 2; i++) {
    const sr_energy_person *p = &all[i];
    sr_energy_state s = sr_energy_start(p);
    sr_energy_input in = living(p, 0.0);
    for (int k = 0; k < 12; k++) {
      in.intake = p->intake * (0.7 + 0.25 * (k % 4));
      s = sr_energy_advance(p, s, &in, 5.0 + k);
      NEAR(s.lean - p->lean, 10.4 * log(s.fat / p->fat), 1e-10);
    }
    in = living(p, 1e3);
    s = sr_energy_advance(p, sr_energy_start(p), &in, 104.0);
    const double fat = s.fat - p->fat, lean = s.lean - p->lean;
    CHECK(fat > 1e-3);
    NEAR(fat / (fat + lean), p->fat / (p->fat + 10.4), 1e-3);
  }
}

// Fat and lean tissue stay once glycogen, water and adaptation have settled at the intake that keeps them.
TEST(energy_keeping_is_a_balance)
{
  const sr_energy_person p = woman();
  sr_energy_state s = sr_energy_start(&p);
  s.fat += 5.0;
  s.lean += 10.4 * log(s.fat / p.fat);
  static const double times[] = {0.5, 1.0, 3.0};
  for (int k = 0; k < 3; k++) {
    sr_energy_input in = {.activity = times[k] * p.activity};
    in.intake = sr_energy_keeping(&p, &s, in.activity);
    sr_energy_state settled = s;
    settled.glycogen = 0.5 * sqrt(in.intake / p.intake);
    settled.water = p.water - 4.0 / 3.0 * (1.0 - in.intake / p.intake);
    settled.adaptation = 0.14 * (in.intake - p.intake);
    NEAR(sr_energy_expenditure(&p, &settled, &in), in.intake, 1e-9 * in.intake);
    const sr_energy_state later = sr_energy_advance(&p, settled, &in, 522.0);
    same_state(&later, &settled, 1e-8);
  }
}

// Who does not eat less as rest costs less gets heavier; frozen age changes nothing.
TEST(energy_ageing_is_a_choice)
{
  const sr_energy_person p = woman();
  sr_energy_state s = sr_energy_start(&p);
  sr_energy_input in = living(&p, 0.0);
  in.is_ageing = true;
  const sr_energy_state old = sr_energy_advance(&p, s, &in, 10.0 * 365.25 / 7.0);
  NEAR(old.age_yr, 35.0, 1e-9);
  const double gained = sr_energy_mass(&p, &old) - 52.0;
  CHECK(gained > 0.5 && gained < 3.0);
  NEAR(p.ageing, 4.92 * kcal, 1e-6);
  for (int week = 0; week < 520; week++) {  // eating what keeps the weight
    in.intake = sr_energy_keeping(&p, &s, in.activity);
    s = sr_energy_advance(&p, s, &in, 1.0);
  }
  NEAR(sr_energy_mass(&p, &s), 52.0, 0.1);
  CHECK(in.intake < p.intake - 10.0 * p.ageing);  // also less to digest, less adaptation
}

TEST(energy_of_activity_is_the_sum_of_its_parts)
{
  const sr_energy_person p = woman();
  const sr_energy_habits none = {.walking_m_s = 1.3};
  NEAR(sr_energy_activity(&p, &none), 0.0, 0.0);
  NEAR(sr_energy_level(&p, 0.0), 1.35, 1e-12);
  const double sitting = 0.9 * 1.35 * p.rest / 52.0 / 86400.0;  // [W/kg]
  sr_energy_habits h = none;
  h.steps_d = 1000.0;  // 0.609 m each at 1.3 m/s
  NEAR(sr_energy_activity(&p, &h), 1000.0 * 0.334 * 1.6 * sqrt(1.3) / 1.3 * (3.13 + 0.633 * 2.197 - sitting), 1e-9);
  h = none;
  h.running_km_wk = 7.0;
  NEAR(sr_energy_activity(&p, &h), 1000.0 * (4.4 - sitting / 2.7), 1e-9);
  h = none;
  h.stairs_d = 100.0;  // 17 m up, and down for a third of it
  NEAR(sr_energy_activity(&p, &h), 17.0 * 9.80665 / 0.25 * 1.33, 1e-9);
  h = none;
  h.jumps_wk = 70.0;
  h.heel_raises_wk = 140.0;
  NEAR(sr_energy_activity(&p, &h), (10.0 * 0.4 + 20.0 * 0.08) * 9.80665 / 0.25, 1e-9);
  h = none;
  h.standing_h_d = 2.0;
  NEAR(sr_energy_activity(&p, &h), 7200.0 * 0.16, 1e-9);
  // 8000 steps and four hours of standing make a life that is called sedentary to light (1.40 to 1.69)
  CHECK(sr_energy_level(&p, p.activity) > 1.40 && sr_energy_level(&p, p.activity) < 1.69);
}

TEST(energy_readout_adds_up)
{
  const sr_energy_person p = woman();
  static const double share[3] = {0.28, 0.09, 0.026};
  sr_energy_state s = sr_energy_start(&p);
  sr_energy_readout r = sr_energy_read(&p, &s, share);
  NEAR(r.fat_ratio, 1.0, 0.0);
  NEAR(r.lean_ratio, 1.0, 0.0);
  NEAR(r.trunk, 0.0, 1e-13);
  NEAR(r.shanks, 0.0, 1e-13);
  CHECK(r.is_in_range);
  sr_energy_input in = living(&p, 0.0);
  CHECK(sr_energy_intake_for(&p, &s, &in, 6.0, 104.0, &in.intake, NULL));
  s = sr_energy_advance(&p, s, &in, 104.0);
  r = sr_energy_read(&p, &s, share);
  NEAR(r.mass, 58.0, 1e-9);
  NEAR(r.trunk + r.thighs + r.shanks + r.feet, 6.0, 1e-9);
  NEAR(r.fat_shanks, 0.05 * (s.fat - p.fat), 1e-12);
  NEAR(r.fat_fraction, s.fat / 58.0, 1e-12);
  NEAR(r.shanks - r.fat_shanks, 0.09 * (6.0 - (s.fat - p.fat)), 1e-9);
  // over both shanks, 0.1 m2 of skin each and 0.92 kg/L: the 1 to 1.5 mm that 6 kg are expected to bring
  const double layer = r.fat_shanks / 2.0 / 920.0 / 0.1;
  CHECK(layer > 0.8e-3 && layer < 1.6e-3);
}

TEST(energy_far_from_life_is_told)
{
  const sr_energy_person p = woman();
  static const double share[3] = {0.28, 0.09, 0.026}, times[] = {0.25, 4.0};
  for (int k = 0; k < 2; k++) {
    const sr_energy_input in = living(&p, (times[k] - 1.0) * p.intake);
    const sr_energy_state s = sr_energy_advance(&p, sr_energy_start(&p), &in, 520.0);
    CHECK(isfinite(s.fat) && isfinite(s.lean) && s.fat > 0.0);
    CHECK(!sr_energy_read(&p, &s, share).is_in_range);
  }
}

TEST(energy_refuses_a_body_without_lean_tissue)
{
  const sr_energy_params par = hall();
  const sr_energy_body b = {
      .age_yr = 40.0, .height_m = 2.1, .mass_kg = 40.0, .fat_kg = 24.0, .rest = {4e4}, .water = {0.5}};
  sr_energy_person p;
  sr_error err = {0};
  CHECK(!sr_energy_person_new(&par, &b, &usual, &p, &err));
  CHECK(err.code == SR_BAD_VALUE && strstr(err.text, "no lean tissue") != NULL);
}

TEST(energy_params_have_their_names)
{
  const sr_energy_params par = hall();
  SAME(sr_energy_param_name(0), "fat_energy");
  SAME(sr_energy_param_name(SR_ENERGY_NPARAM - 1), "feet");
  CHECK(par.all[0] == par.fat_energy && par.all[SR_ENERGY_NPARAM - 1] == par.feet);
}

// Ten years of a person take less than 0.5 ms of a processor, week by week.
TEST_SLOW(energy_ten_years_take_half_a_millisecond)
{
  const sr_energy_person p = woman();
  const sr_energy_input in = living(&p, 1e6);
  double best = 1.0;
  for (int round = 0; round < 20; round++) {
    const clock_t begin = clock();
    for (int n = 0; n < 10; n++) {
      sr_energy_state s = sr_energy_start(&p);
      for (int week = 0; week < 522; week++) s = sr_energy_advance(&p, s, &in, 1.0);
      CHECK(s.fat > p.fat);
    }
    best = fmin(best, (double)(clock() - begin) / CLOCKS_PER_SEC / 10.0);
  }
  CHECK(best < 0.5e-3);
}
