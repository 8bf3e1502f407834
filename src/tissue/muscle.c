#include "tissue/muscle.h"

#include <math.h>
#include <stddef.h>

#include "base/error.h"

_Static_assert(sizeof(sr_tissue_params) == SR_TISSUE_NPARAM * sizeof(double), "a constant has a name and a number");

const char *sr_tissue_param_name(int k)
{
#define NAME(table, name, meaning) #name,
  static const char *const all[] = {SR_TISSUE_ROWS(NAME)};
#undef NAME
  SR_ASSERT(k >= 0 && k < SR_TISSUE_NPARAM);
  return all[k];
}

const char *sr_tissue_param_meaning(int k)
{
#define MEANING(table, name, meaning) meaning,
  static const char *const all[] = {SR_TISSUE_ROWS(MEANING)};
#undef MEANING
  SR_ASSERT(k >= 0 && k < SR_TISSUE_NPARAM);
  return all[k];
}

sr_tissue_muscle sr_tissue_healthy(void)
{
  return (sr_tissue_muscle){.present = 1.0,
                            .axons = 1.0,
                            .nerve = 1.0,
                            .section = 1.0,
                            .length = 1.0,
                            .drive = 1.0,
                            .accustomed = 1.0,
                            .dose = 1.0};
}

// A dose of which the logarithm over the dead band is log(size) / size_power keeps that size.
sr_tissue_step sr_tissue_step_new(const sr_tissue_params *p, double dt_wk)
{
  SR_ASSERT(dt_wk > 0.0 && p->size_least > 0.0 && p->size_least <= 1.0 && p->size_most >= 1.0);
  const double half = 0.5 * dt_wk;
  return (sr_tissue_step){.par = *p,
                          .log_least = p->size_least < 1.0 ? log(p->size_least) / p->size_power : 0.0,
                          .log_most = p->size_most > 1.0 ? log(p->size_most) / p->size_power : 0.0,
                          .waste = exp(-dt_wk / p->waste_time),
                          .grow = exp(-dt_wk / p->grow_time),
                          .drive_fall = exp(-dt_wk / p->drive_fall_time),
                          .drive_rise = exp(-dt_wk / p->drive_rise_time),
                          .denervated = exp(-dt_wk / p->denervated_time),
                          .fat = exp(-dt_wk / p->fat_time),
                          .scar = exp(-dt_wk / p->scar_time),
                          .oedema = exp(-dt_wk / p->swelling_time),
                          .pain = exp(-dt_wk / p->pain_time),
                          .accustom = exp(-dt_wk / p->accustom_time),
                          .length = exp(-dt_wk / p->length_time),
                          .tendon = exp(-dt_wk / p->tendon_time),
                          .half_waste = exp(-half / p->waste_time),
                          .half_grow = exp(-half / p->grow_time),
                          .half_sprout = exp(-half / p->sprout_time),
                          .half_toxin = exp(-half / p->toxin_time)};
}

// --- dose, and what it keeps
// ------------------------------------------------------------------------------------------

// The dose over the dead band's near edge; 1 within it.
static double beyond_band(const sr_tissue_params *p, double dose)
{
  const double above = 1.0 + p->dead_band, below = 1.0 - p->dead_band;
  return dose > above ? dose / above : dose < below ? dose / below : 1.0;
}

//   size = clamp(r^size_power, size_least, size_most),  r: the dose over the dead band
double sr_tissue_size_kept(const sr_tissue_step *t, double dose)
{
  const double r = beyond_band(&t->par, dose);
  if (r == 1.0) return 1.0;
  if (!(r > 0.0)) return t->par.size_least;
  const double l = log(r);
  if (l <= t->log_least) return t->par.size_least;
  return l >= t->log_most ? t->par.size_most : exp(t->par.size_power * l);
}

//   dose = load / section^power + stress,  at most dose_most; 0 where no fibre works
static double dose_of(const sr_tissue_params *p, double section, const sr_tissue_input *in)
{
  if (!(section > 0.0)) return 0.0;
  double dose = in->stress;
  if (in->load > 0.0) dose += in->load * (section == 1.0 ? 1.0 : exp(-p->power * log(section)));
  return fmin(p->dose_most, in->is_immobile ? p->immobile * dose : dose);
}

// --- fibres that lose and find a nerve
// --------------------------------------------------------------------------------

// Share of the fibres whose nerve works.
static double working_share(const sr_tissue_muscle *s)
{
  return s->nerve * (1.0 - s->toxin);
}

// The share of fibres whose nerve works goes from `before` to what it now is: fibres of mean size change pool. Of a
// fibre that loses its nerve, disuse would take all above size_least: den_fast; the rest is den_slow.
static void change_pool(const sr_tissue_params *p, sr_tissue_muscle *s, double before)
{
  const double after = working_share(s);
  if (after > before) {
    const double back = (after - before) / (1.0 - before);
    s->section += back * (s->den_fast + s->den_slow);
    s->den_fast -= back * s->den_fast;
    s->den_slow -= back * s->den_slow;
  } else if (after < before) {
    const double moved = s->section * (before - after) / before, size = s->section / (before * s->present);
    const double slow = size > p->size_least ? moved * p->size_least / size : moved;
    s->section = after > 0.0 ? s->section - moved : 0.0;
    s->den_slow += slow;
    s->den_fast += moved - slow;
  }
}

// Fibres lose their nerve with their axon, whether it was their own or a sprout.
void sr_tissue_connect(const sr_tissue_params *p, sr_tissue_muscle *s, double axons, double blocked)
{
  s->blocked = blocked;
  if (!(axons < s->axons)) return;
  const double before = working_share(s);
  s->nerve *= axons / s->axons;
  s->axons = axons;
  change_pool(p, s, before);
}

// share = toxin_most dose / (dose + toxin_half) of the end plates that still work
void sr_tissue_inject(const sr_tissue_params *p, sr_tissue_muscle *s, double dose_U)
{
  const double before = working_share(s);
  if (!(dose_U > 0.0)) return;
  s->toxin += (1.0 - s->toxin) * p->toxin_most * dose_U / (dose_U + p->toxin_half);
  change_pool(p, s, before);
}

void sr_tissue_resect(const sr_tissue_params *p, sr_tissue_muscle *s, double share)
{
  SR_ASSERT(share >= 0.0 && share < 1.0);
  double *const part[] = {&s->present, &s->section, &s->den_fast, &s->den_slow, &s->fat, &s->scar, &s->oedema};
  for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) *part[i] *= 1.0 - share;
  sr_tissue_wound(p, s);
}

void sr_tissue_wound(const sr_tissue_params *p, sr_tissue_muscle *s)
{
  s->oedema += p->swelling * s->present;
  s->pain = fmax(s->pain, p->wound_pain);
}

// Sprouts: d nerve/dt = (min(1, unit_most axons) - nerve) / sprout_time, upwards alone; half a step.
static void sprout(const sr_tissue_step *t, sr_tissue_muscle *s, double axons)
{
  const double most = fmin(1.0, t->par.unit_most * axons);
  if (most > s->nerve) s->nerve = most - (most - s->nerve) * t->half_sprout;
}

// Axons that arrive take of the fibres without a nerve as if none had sprouted:  (1 - nerve) / (1 - axons) stays
static void arrive(sr_tissue_muscle *s, double axons)
{
  if (!(axons > s->axons)) return;
  s->nerve = axons < 1.0 ? 1.0 - (1.0 - s->nerve) * (1.0 - axons) / (1.0 - s->axons) : 1.0;
  s->axons = axons;
}

// Half a step of the nerve; the second half mirrors the first, which makes both together second-order.
static void advance_nerve(const sr_tissue_step *t, sr_tissue_muscle *s, double axons, bool is_second)
{
  const double before = working_share(s), mean = 0.5 * (s->axons + fmax(axons, s->axons));
  if (is_second) sprout(t, s, mean);
  arrive(s, axons);
  if (!is_second) sprout(t, s, mean);
  s->toxin *= t->half_toxin;
  change_pool(&t->par, s, before);
}

// --- tissue
// -----------------------------------------------------------------------------------------------------------

static double towards(double now, double rest, double left)
{
  return rest + (now - rest) * left;
}

// Section that working and blocked fibres are kept at; a blocked one is idle.
static double section_kept(const sr_tissue_step *t, const sr_tissue_muscle *s, double dose)
{
  const double own = (1.0 - s->blocked) * sr_tissue_size_kept(t, dose) + s->blocked * t->par.size_least;
  return working_share(s) * s->present * own;
}

// d section/dt = (kept(dose(section)) - section) / time,  by the exponential midpoint rule; the dose at the midpoint
static double advance_section(const sr_tissue_step *t, sr_tissue_muscle *s, const sr_tissue_input *in)
{
  const double works = 1.0 - s->blocked;
  const double first = section_kept(t, s, dose_of(&t->par, works * s->section, in));
  const double middle = towards(s->section, first, first > s->section ? t->half_grow : t->half_waste);
  const double dose = dose_of(&t->par, works * middle, in), kept = section_kept(t, s, dose);
  s->section = towards(s->section, kept, kept > s->section ? t->grow : t->waste);
  return dose;
}

// What follows from the fibres over the step; `section`: the mean of those that work.
static void advance_rest(const sr_tissue_step *t, sr_tissue_muscle *s, const sr_tissue_input *in, double section,
                         double dose)
{
  const sr_tissue_params *p = &t->par;
  const double share = working_share(s), without = (1.0 - share) * s->present;
  s->den_fast *= t->waste;
  s->den_slow = towards(s->den_slow, fmin(s->den_slow, p->residue * without), t->denervated);

  const double idle = fmax(0.0, share * s->present - section);
  s->fat = towards(s->fat, p->denervated_fat * without + p->disuse_fat * idle, t->fat);
  s->scar = towards(s->scar, fmax(s->scar, p->denervated_scar * without), t->scar);  // it does not go again
  s->oedema *= t->oedema;

  const double scarred = s->scar > 0.0 ? s->scar / (s->scar + s->section + s->den_fast + s->den_slow) : 0.0;
  s->length = towards(s->length, (in->is_immobile ? in->held : 1.0) * (1.0 - p->contraction * scarred), t->length);

  // by what is asked for, whatever the section: else a muscle would be the stronger for having lost fibres
  const double asked = in->command > 0.0 ? in->command : in->load + in->stress;
  const double use = asked * (in->is_immobile ? p->immobile : 1.0);
  const double drive = 1.0 - p->drive_loss * (1.0 - fmin(1.0, use / p->drive_full));
  s->drive = towards(s->drive, drive, drive < s->drive ? t->drive_fall : t->drive_rise);
  s->pain *= t->pain;
  s->accustomed = towards(s->accustomed, dose, t->accustom);
  s->dose = dose;
}

static bool is_healthy(const sr_tissue_muscle *s)
{
  return s->present == 1.0 && s->axons == 1.0 && s->blocked == 0.0 && s->nerve == 1.0 && s->toxin == 0.0 &&
         s->section == 1.0 && s->den_fast == 0.0 && s->den_slow == 0.0 && s->fat == 0.0 && s->scar == 0.0 &&
         s->oedema == 0.0 && s->length == 1.0 && s->drive == 1.0 && s->pain == 0.0;
}

sr_tissue_muscle sr_tissue_advance(const sr_tissue_step *t, sr_tissue_muscle s, const sr_tissue_input *in)
{
  sr_tissue_connect(&t->par, &s, in->axons, in->blocked);
  const double dose_now = in->load + in->stress;
  if (is_healthy(&s) && !in->is_immobile && beyond_band(&t->par, dose_now) == 1.0) {
    s.accustomed = towards(s.accustomed, dose_now, t->accustom);
    s.dose = dose_now;
    return s;
  }
  const bool is_whole = s.nerve == 1.0 && s.toxin == 0.0 && s.axons == 1.0;
  if (!is_whole) advance_nerve(t, &s, 0.5 * (s.axons + fmax(in->axons, s.axons)), false);
  const double before = s.section, dose = advance_section(t, &s, in);
  advance_rest(t, &s, in, 0.5 * (before + s.section), dose);
  if (!is_whole) advance_nerve(t, &s, in->axons, true);
  return s;
}

// --- what comes of it
// -------------------------------------------------------------------------------------------------

// Volumes are sections times the fibre length; the rest of a volume has no fibres.
//   passive = fibre_stiffness (all fibres) + (1 - fibre_stiffness) (present + scar_stiffness scar)
sr_tissue_readout sr_tissue_read(const sr_tissue_params *p, const sr_tissue_muscle *s)
{
  const double den = s->den_fast + s->den_slow, works = (1.0 - s->blocked) * s->section;
  const double collagen = s->present - 1.0 + p->scar_stiffness * s->scar;
  const double excess = s->dose > 0.0 ? s->dose / s->accustomed - 1.0 - p->dead_band : 0.0;
  sr_tissue_readout r = {
      .capacity = s->drive * works,
      .section = works,
      .passive_scale = 1.0 + p->fibre_stiffness * (s->section + den - 1.0) + (1.0 - p->fibre_stiffness) * collagen,
      .len_opt = s->length,
      .drive = s->drive,
      .effort_most = 1.0 - s->pain,
      .soreness = fmin(1.0, fmax(0.0, p->sore * excess)),
      .innervated = s->section * s->length,
      .denervated = den * s->length,
      .fat = s->fat,
      .scar = s->scar,
      .oedema = s->oedema};
  r.total = r.innervated + r.denervated + r.fat + r.scar + r.oedema;
  return r;
}

double sr_tissue_tendon(const sr_tissue_step *t, double stiffness, double dose)
{
  const sr_tissue_params *p = &t->par;
  const double r = beyond_band(p, dose);
  const double kept = r == 1.0 ? 1.0 : fmin(p->tendon_most, fmax(p->tendon_least, pow(r, p->tendon_power)));
  return towards(stiffness, kept, t->tendon);
}

double sr_tissue_habit(const sr_tissue_params *p, double weeks)
{
  return weeks < 0.0 ? 0.0 : exp(-weeks / p->habit_time);
}
