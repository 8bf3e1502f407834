// What a way of living costs.
#include <math.h>

#include "base/constants.h"
#include "tissue/energy.h"

// Walking and running take the place of sitting: what that would have cost is taken off. Walking power is
// walk_power + walk_cubic v^3 per mass, a step is step x height x sqrt(v); running costs run_cost per distance; what
// lifts the body, g rise / efficiency per mass. Per day and mass [J/(kg d)].
double sr_energy_activity(const sr_energy_person *p, const sr_energy_habits *h)
{
  const sr_energy_params *c = &p->par;
  const double day = 86400.0, hour = 3600.0, week = 7.0;
  const double sitting = (1.0 - c->feeding) * c->sitting_level * p->rest / p->mass / day;  // [W/kg]
  const double v = h->walking_m_s, lift = SR_GRAVITY / c->efficiency;
  double sum = h->standing_h_d * hour * c->standing;
  if (h->steps_d > 0.0) {
    const double seconds = h->steps_d * c->step * p->height * sqrt(v) / v;
    sum += seconds * (c->walk_power + c->walk_cubic * v * v * v - sitting);
  }
  sum += 1000.0 * h->running_km_wk / week * (c->run_cost - sitting / c->run_speed);
  sum += h->stairs_d * lift * c->stair_rise * (1.0 + c->stair_down);
  return sum + (h->jumps_wk * c->jump_rise + h->heel_raises_wk * c->heel_raise_rise) / week * lift;
}
