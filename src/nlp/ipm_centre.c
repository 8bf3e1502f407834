// Where a bound cuts the Newton step short: one more solve with the same factors for a step that keeps the products of
// distances and multipliers nearer to each other (Gondzio 1996, doi:10.1007/BF00249643).
#include <math.h>

#include "nlp/ipm.h"

static const double long_enough = 0.9;       // steps that are left as they are
static const double longer = 0.3;            // how much longer a step is wished for,
static const double worth = 0.1;             // and the part of that which it must gain
static const double least = 0.1, most = 10;  // products beyond these multiples of mu are led back

// What the aim at one product changes by, for steps of the wished lengths.
static double change_of_aim(double mu, double distance, double z, double step, double step_z)
{
  const double product = (distance + step) * (z + step_z);
  return fmax(fmin(fmax(product, least * mu), most * mu) - product, -most * mu);
}

void ipm_centre(ipm *s)
{
  const ipm_point *w = &s->now, *d = &s->step;
  const double primal = ipm_primal_step(s, d), dual = ipm_dual_step(s, d);
  if (primal > long_enough && dual > long_enough) return;
  const double a = fmin(1.0, primal + longer), b = fmin(1.0, dual + longer);
  for (int i = 0; i < s->nv; i++) {
    s->aim_l[i] = s->aim_u[i] = s->mu;
    if (s->is_fixed[i]) continue;
    const double below = w->v[i] - s->vl[i], above = s->vu[i] - w->v[i];
    if (isfinite(below)) s->aim_l[i] += change_of_aim(s->mu, below, w->zl[i], a * d->v[i], b * d->zl[i]);
    if (isfinite(above)) s->aim_u[i] += change_of_aim(s->mu, above, w->zu[i], -a * d->v[i], b * d->zu[i]);
  }
  if (!ipm_newton_to(s, s->at.c, &s->corrected)) return;
  if (ipm_primal_step(s, &s->corrected) < primal + worth * (a - primal)) return;
  if (ipm_dual_step(s, &s->corrected) < dual + worth * (b - dual)) return;
  const ipm_point before = s->step;
  s->step = s->corrected;
  s->corrected = before;
}
