#include "muscle/fatigue.h"

#include <math.h>

sr_pools sr_pools_fresh(void)
{
  return (sr_pools){.resting = 1.0};
}

double sr_pools_left(const sr_pools *p)
{
  return 1.0 - p->tired;
}

// Rates of the pools [1/s]:
//   d resting / dt = -C + R' tired,  d active / dt = C - F active,  d tired / dt = F active - R' tired
//   C = L min(load - active, resting),  R' = r R at rest, else R
// Source: Xia & Frey Law 2008, J Biomech 41:3046; Looft et al. 2018 (doi:10.1016/j.jbiomech.2018.06.005) for r.
// Changed: one L for recruiting and letting go (both are 10 /s there), which makes their three cases one minimum.
static sr_pools rates(const sr_fatigue *f, double load, double recover, const sr_pools *p)
{
  const double drive = f->follow * fmin(load - p->active, p->resting);
  const double tiring = f->tire * p->active, fresh = recover * p->tired;
  return (sr_pools){.resting = fresh - drive, .active = drive - tiring, .tired = tiring - fresh};
}

static sr_pools along(const sr_pools *p, const sr_pools *rate, double seconds)
{
  return (sr_pools){.resting = p->resting + seconds * rate->resting,
                    .active = p->active + seconds * rate->active,
                    .tired = p->tired + seconds * rate->tired};
}

// One classical Runge-Kutta step, which keeps the sum of the pools.
static void step(const sr_fatigue *f, double load, double recover, double h, sr_pools *p)
{
  const sr_pools a = rates(f, load, recover, p), at_a = along(p, &a, 0.5 * h);
  const sr_pools b = rates(f, load, recover, &at_a), at_b = along(p, &b, 0.5 * h);
  const sr_pools c = rates(f, load, recover, &at_b), at_c = along(p, &c, h);
  const sr_pools d = rates(f, load, recover, &at_c);
  const sr_pools mean = {.resting = (a.resting + 2.0 * b.resting + 2.0 * c.resting + d.resting) / 6.0,
                         .active = (a.active + 2.0 * b.active + 2.0 * c.active + d.active) / 6.0,
                         .tired = (a.tired + 2.0 * b.tired + 2.0 * c.tired + d.tired) / 6.0};
  *p = along(p, &mean, h);
}

// The longest step that follows the fastest rate closely: L h = 0.2 [s].
static double longest_step(const sr_fatigue *f)
{
  return 0.2 / f->follow;
}

void sr_fatigue_pass(const sr_fatigue *f, double load, bool is_resting, double seconds, sr_pools *p)
{
  const int n = (int)ceil(seconds / longest_step(f));
  const double recover = is_resting ? f->rest_factor * f->recover : f->recover;
  for (int i = 0; i < n; i++) step(f, is_resting ? 0.0 : load, recover, seconds / n, p);
}

// Under a load that lasts, left tends to R / (F + R) at most: what is below that is never missed. Otherwise step by
// step, the last one by its straight line.
double sr_fatigue_endurance(const sr_fatigue *f, double load)
{
  const double h = longest_step(f);
  if (load * (f->tire + f->recover) <= f->recover) return (double)INFINITY;
  sr_pools p = sr_pools_fresh();
  for (double t = 0.0;; t += h) {
    const double before = sr_pools_left(&p);
    if (before < load) return t;
    sr_fatigue_pass(f, load, false, h, &p);
    const double after = sr_pools_left(&p);
    if (after < load) return t + h * (before - load) / (before - after);
  }
}
