#include "tissue/energy.h"

#include <math.h>

_Static_assert(sizeof(sr_energy_params) == SR_ENERGY_NPARAM * sizeof(double), "a constant has a name and a number");

const char *sr_energy_param_name(int k)
{
#define NAME(table, name, meaning) #name,
  static const char *const all[] = {SR_ENERGY_ROWS(NAME)};
#undef NAME
  SR_ASSERT(k >= 0 && k < SR_ENERGY_NPARAM);
  return all[k];
}

const char *sr_energy_param_meaning(int k)
{
#define MEANING(table, name, meaning) meaning,
  static const char *const all[] = {SR_ENERGY_ROWS(MEANING)};
#undef MEANING
  SR_ASSERT(k >= 0 && k < SR_ENERGY_NPARAM);
  return all[k];
}

static double mass_of(const sr_energy_params *c, double fat, double lean, double water, double glycogen)
{
  return fat + lean + water + (1.0 + c->glycogen_water) * glycogen;
}

// The start is a balance:  intake = level x rest,  level = (rest + (sitting + activity) mass) / ((1 - feeding) rest).
// Source: Hall et al. 2011, appendix; delta = ((1 - beta_TEF) PAL - 1) RMR / BW.
bool sr_energy_person_new(const sr_energy_params *par, const sr_energy_body *body, const sr_energy_habits *habits,
                          sr_energy_person *out, sr_error *err)
{
  const double *r = body->rest, *w = body->water, m = body->mass_kg;
  sr_energy_person p = {.par = *par, .age_yr = body->age_yr, .height = body->height_m, .mass = m, .fat = body->fat_kg};
  p.water = w[0] * p.age_yr + w[1] * p.height + w[2] * m + w[3];
  p.lean = m - mass_of(par, p.fat, 0.0, p.water, par->glycogen);
  p.rest = par->rest_scale * (r[0] * m + r[1] * p.height + r[2] * p.age_yr + r[3]);
  if (!(p.fat > 0.0) || !(p.water > 0.0) || !(p.lean > 0.0) || !(p.rest > 0.0))
    return sr_fail(
        err, SR_BAD_VALUE,
        "a body of %g kg and %g m at %g yr with %.3g kg of fat: no lean tissue or no resting expenditure left", m,
        p.height, p.age_yr, p.fat);
  p.sitting = ((1.0 - par->feeding) * par->sitting_level - 1.0) * p.rest / m;
  p.activity = sr_energy_activity(&p, habits);
  p.intake = sr_energy_level(&p, p.activity) * p.rest;
  p.constant = p.intake - par->fat_upkeep * p.fat - par->lean_upkeep * p.lean - (p.sitting + p.activity) * m;
  p.ageing = -par->rest_scale * r[2];
  *out = p;
  return true;
}

sr_energy_state sr_energy_start(const sr_energy_person *p)
{
  return (sr_energy_state){
      .fat = p->fat, .lean = p->lean, .glycogen = p->par.glycogen, .water = p->water, .age_yr = p->age_yr};
}

double sr_energy_level(const sr_energy_person *p, double activity)
{
  return (p->rest + (p->sitting + activity) * p->mass) / ((1.0 - p->par.feeding) * p->rest);
}

double sr_energy_mass(const sr_energy_person *p, const sr_energy_state *s)
{
  return mass_of(&p->par, s->fat, s->lean, s->water, s->glycogen);
}

double sr_energy_stored(const sr_energy_person *p, const sr_energy_state *s)
{
  return p->par.fat_energy * s->fat + p->par.lean_energy * s->lean + p->par.glycogen_energy * s->glycogen;
}

// What does not depend on the state but for age.
static double fixed_expenditure(const sr_energy_person *p, double age_yr, double intake)
{
  return p->constant - p->ageing * (age_yr - p->age_yr) + p->par.feeding * (intake - p->intake);
}

// Glycogen: energy_G dG/dt = carbohydrate intake (1 - (G / settled)^2) with settled = G0 sqrt(intake / intake at
// start).
static double settled_glycogen(const sr_energy_person *p, double intake)
{
  return p->par.glycogen * sqrt(intake / p->intake);
}

// Water: sodium dE/dt = - sodium_loss (E - E0) - sodium_carbohydrate (1 - intake / intake at start)
static double settled_water(const sr_energy_person *p, double intake)
{
  return p->water - p->par.sodium_carbohydrate / p->par.sodium_loss * (1.0 - intake / p->intake);
}

static double glycogen_rate(const sr_energy_person *p, double glycogen, double intake)
{
  const double over = glycogen / settled_glycogen(p, intake);
  return p->par.carbohydrate * intake / p->par.glycogen_energy * (1.0 - over * over);
}

// EE = E + a (EI - rho_G dG/dt - EE),  E: all but making tissue; a: expenditure for making, over energy laid down,
// a = p eta_L / rho_L + (1 - p) eta_F / rho_F,  p = C / (C + F),  C = forbes rho_L / rho_F
double sr_energy_expenditure(const sr_energy_person *p, const sr_energy_state *s, const sr_energy_input *in)
{
  const sr_energy_params *c = &p->par;
  const double forbes = c->forbes * c->lean_energy / c->fat_energy, to_lean = forbes / (forbes + s->fat);
  const double making = to_lean * c->lean_making / c->lean_energy + (1.0 - to_lean) * c->fat_making / c->fat_energy;
  const double rest = fixed_expenditure(p, s->age_yr, in->intake) + c->fat_upkeep * s->fat + c->lean_upkeep * s->lean +
                      (p->sitting + in->activity) * sr_energy_mass(p, s) + s->adaptation;
  const double to_tissue = in->intake - c->glycogen_energy * glycogen_rate(p, s->glycogen, in->intake);
  return (rest + making * to_tissue) / (1.0 + making);
}

// Balance in the long run: adaptation, glycogen and water settled, as a function of x = intake / intake at start.
// Newton from above; all but the root of x (glycogen's weight) is linear.
double sr_energy_keeping(const sr_energy_person *p, const sr_energy_state *s, double activity)
{
  const sr_energy_params *c = &p->par;
  const double per_mass = p->sitting + activity, change = c->feeding + c->adaptation;
  const double glycogen = per_mass * (1.0 + c->glycogen_water) * c->glycogen;
  const double tissue = (c->fat_upkeep + per_mass) * s->fat + (c->lean_upkeep + per_mass) * s->lean;
  double x = 1.0;
  for (int k = 0; k < 8; k++) {
    const double intake = x * p->intake;
    const double lack = fixed_expenditure(p, s->age_yr, intake) + c->adaptation * (intake - p->intake) + tissue +
                        per_mass * settled_water(p, intake) + glycogen * sqrt(x) - intake;
    const double slope =
        (1.0 - change) * p->intake - per_mass * c->sodium_carbohydrate / c->sodium_loss - 0.5 * glycogen / sqrt(x);
    x = fmax(0.01, x + lack / slope);
  }
  return x * p->intake;
}

// Glycogen, water and adaptation after t days of constant intake, and their integrals over these days.
typedef struct quick {
  double glycogen, water, adaptation;              // [kg], [kg], [J/d]
  double glycogen_sum, water_sum, adaptation_sum;  // [kg d], [kg d], [J]
} quick;

// y after t days of  dy/dt = (settled - y) rate,  and its integral
static double relax(double y, double settled, double rate, double t, double *sum)
{
  const double left = -expm1(-rate * t);  // 1 - exp(-rate t)
  *sum = settled * t + (y - settled) * left / rate;
  return y + (settled - y) * left;
}

// With g = G / settled and rate w = carbohydrate intake / (rho_G settled):  dg/dt = w (1 - g^2),
//   g(t) = (g + T) / (1 + g T),  T = tanh(w t);   integral (w t + ln((1 + g) / 2 + (1 - g) / 2 exp(-2 w t))) / w
static quick quick_after(const sr_energy_person *p, const sr_energy_state *s, double intake, double t)
{
  const sr_energy_params *c = &p->par;
  const double settled = settled_glycogen(p, intake), g = s->glycogen / settled;
  const double w = c->carbohydrate * intake / (c->glycogen_energy * settled), T = tanh(w * t);
  quick q;
  q.glycogen = settled * (g + T) / (1.0 + g * T);
  q.glycogen_sum = settled * (t + log1p(0.5 * (g - 1.0) * -expm1(-2.0 * w * t)) / w);
  q.water = relax(s->water, settled_water(p, intake), c->sodium_loss / c->sodium, t, &q.water_sum);
  q.adaptation =
      relax(s->adaptation, c->adaptation * (intake - p->intake), 1.0 / c->adaptation_time, t, &q.adaptation_sum);
  return q;
}

// Fat and lean tissue go together: fat = F exp(x), lean = L + forbes x. The energy that it takes to get to x, with that
// for making the tissue:  Y(x) = (rho_F + eta_F) F (exp(x) - 1) + (rho_L + eta_L) forbes x.  x of Y, by Newton's
// method: Y is convex, so that the second step on comes from the right.
static double growth(const sr_energy_params *c, double fat, double energy, double x)
{
  const double by_fat = (c->fat_energy + c->fat_making) * fat, by_lean = (c->lean_energy + c->lean_making) * c->forbes;
  for (int k = 0; k < 50; k++) {
    const double e = by_fat * expm1(x), step = (energy - e - by_lean * x) / (e + by_fat + by_lean);
    x += step;
    if (fabs(step) < 1e-9) break;  // what is left is of the order of its square
  }
  return x;
}

// One part of a step, h days. What flows into tissue is dY/dt = flow(t) - hold(x): the flow is integrated in closed
// form, B(t); Z = Y - B by the classical Runge-Kutta method, whose right side is smooth and slow (its time constant is
// a year).
static sr_energy_state advance_part(const sr_energy_person *p, sr_energy_state s, const sr_energy_input *in, double h)
{
  const sr_energy_params *c = &p->par;
  const double per_mass = p->sitting + in->activity, year = 365.25;
  const double steady = in->intake - fixed_expenditure(p, s.age_yr, in->intake),
               ageing = in->is_ageing ? p->ageing : 0.0;
  const quick q[2] = {quick_after(p, &s, in->intake, 0.5 * h), quick_after(p, &s, in->intake, h)};
  double B[2], Z = 0.0, x = 0.0, rate[4] = {0};
  for (int k = 0; k < 2; k++) {
    const double t = 0.5 * h * (k + 1);
    B[k] = steady * t + 0.5 * ageing / year * t * t - c->glycogen_energy * (q[k].glycogen - s.glycogen) -
           q[k].adaptation_sum - per_mass * (q[k].water_sum + (1.0 + c->glycogen_water) * q[k].glycogen_sum);
  }
  for (int k = 0; k < 4; k++) {
    if (k > 0) x = growth(c, s.fat, rate[k - 1] * (k == 3 ? h : 0.5 * h) + B[k == 3], x);
    rate[k] = -(c->fat_upkeep + per_mass) * s.fat * exp(x) - (c->lean_upkeep + per_mass) * (s.lean + c->forbes * x);
  }
  Z = h / 6.0 * (rate[0] + 2.0 * rate[1] + 2.0 * rate[2] + rate[3]);
  x = growth(c, s.fat, Z + B[1], x);
  return (sr_energy_state){.fat = s.fat * exp(x),
                           .lean = s.lean + c->forbes * x,
                           .glycogen = q[1].glycogen,
                           .water = q[1].water,
                           .adaptation = q[1].adaptation,
                           .age_yr = s.age_yr + (in->is_ageing ? h / year : 0.0)};
}

// Glycogen and water settle within days: while they do, parts are shorter.
static bool is_unsettled(const sr_energy_person *p, const sr_energy_state *s, double intake)
{
  return fabs(s->glycogen - settled_glycogen(p, intake)) > 1e-6 || fabs(s->water - settled_water(p, intake)) > 1e-6;
}

sr_energy_state sr_energy_advance(const sr_energy_person *p, sr_energy_state s, const sr_energy_input *in, double dt_wk)
{
  SR_ASSERT(in->intake > 0.0 && dt_wk >= 0.0);
  const int week = (int)ceil(dt_wk);
  for (int i = 0; i < week; i++) {
    const int part = is_unsettled(p, &s, in->intake) ? 8 : 1;
    for (int k = 0; k < part; k++) s = advance_part(p, s, in, 7.0 * dt_wk / week / part);
  }
  return s;
}

// By the secant between two ends that hold the answer, the weight of an end that stays being halved (Illinois).
bool sr_energy_intake_for(const sr_energy_person *p, const sr_energy_state *s, const sr_energy_input *in,
                          double gain_kg, double weeks, double *intake, sr_error *err)
{
  sr_energy_input try = *in;
  double end[2] = {0.3 * p->intake, 4.0 * p->intake}, miss[2] = {0};
  const double want = sr_energy_mass(p, s) + gain_kg;
  for (int k = 0; k < 2 && weeks > 0.0; k++) {
    try.intake = end[k];
    const sr_energy_state after = sr_energy_advance(p, *s, &try, weeks);
    miss[k] = sr_energy_mass(p, &after) - want;
  }
  if (!(miss[0] < 0.0) || !(miss[1] > 0.0))
    return sr_fail(err, SR_BAD_VALUE,
                   "a change of %+g kg in %g weeks: no intake from 0.3 to 4 times the usual one does that", gain_kg,
                   weeks);
  for (int round = 0, stayed = -1; round < 200; round++) {
    try.intake = (end[0] * miss[1] - end[1] * miss[0]) / (miss[1] - miss[0]);
    const sr_energy_state after = sr_energy_advance(p, *s, &try, weeks);
    const double now = sr_energy_mass(p, &after) - want;
    if (fabs(now) < 1e-10) break;
    const int k = now > 0.0;  // the end that moves
    if (stayed == 1 - k) miss[1 - k] *= 0.5;
    end[k] = try.intake;
    miss[k] = now;
    stayed = 1 - k;
  }
  *intake = try.intake;
  return true;
}

sr_energy_readout sr_energy_read(const sr_energy_person *p, const sr_energy_state *s, const double mass_share[3])
{
  const double more_fat = s->fat - p->fat, fat_share[3] = {p->par.thighs, p->par.shanks, p->par.feet};
  sr_energy_readout r = {.mass = sr_energy_mass(p, s), .fat_ratio = s->fat / p->fat, .lean_ratio = s->lean / p->lean};
  const double more_else = r.mass - p->mass - more_fat, index = r.mass / (p->height * p->height);
  double fat[3], all[3];
  for (int k = 0; k < 3; k++) {
    fat[k] = fat_share[k] * more_fat;
    all[k] = fat[k] + mass_share[k] * more_else;
  }
  r.fat_thighs = fat[0];
  r.fat_shanks = fat[1];
  r.fat_feet = fat[2];
  r.thighs = all[0];
  r.shanks = all[1];
  r.feet = all[2];
  r.trunk = r.mass - p->mass - all[0] - all[1] - all[2];
  r.fat_fraction = s->fat / r.mass;
  r.is_in_range = r.fat_fraction > 0.03 && r.fat_fraction < 0.65 && index > 14.0 && index < 70.0;
  return r;
}
