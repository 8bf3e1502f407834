// Smooth contact of one sphere with the ground y = 0.
// Source: Serrancoli et al. 2019 (IEEE Trans Neural Syst Rehabil Eng 27:1591, doi:10.1109/TNSRE.2019.2922465), after
// Hunt & Crossley 1975; numbers of the transitions and the friction law as in Simbody's SmoothSphereHalfSpaceForce.
#include <math.h>

#include "base/error.h"
#include "contact/contact.h"

static const double rounding = 1e-5;     // in sqrt(x^2 + .) [m^2] and sqrt(v^2 + .) [m^2/s^2]
static const double depth_rate = 300.0;  // of the transition at zero indentation [1/m]
static const double speed_rate = 50.0;   // of the transition at the speed of separation [s/m]

// A step from 0 to 1 at x = 0:   1/2 + 1/2 tanh(k x)
static sr_ex step(sr_ex x, double k)
{
  return sr_shift(sr_scale(sr_tanh(sr_scale(x, k)), 0.5), 0.5);
}

// Normal force [N] at indentation d [m] growing at d' [m/s], rho radius, chi dissipation, H the step:
//   f_n = 4/3 k sqrt(rho k) (d^2 + 1e-5)^(3/4) (1 + 3/2 chi d') H(300 d) H(50 (d' + 2 / (3 chi))),   k = E^(2/3) / 2
static sr_ex normal_force(const sr_contact_sphere *s, sr_ex depth, sr_ex rate)
{
  const double k = 0.5 * cbrt(s->stiffness) * cbrt(s->stiffness);
  const sr_ex rounded = sr_sqrt(sr_shift(sr_sq(depth), rounding));
  const sr_ex elastic = sr_scale(sr_mul(rounded, sr_sqrt(rounded)), 4.0 / 3.0 * k * sqrt(s->radius * k));
  const sr_ex loaded = sr_mul(elastic, step(depth, depth_rate));
  if (s->dissipation == 0.0) return loaded;
  const sr_ex damping = sr_shift(sr_scale(rate, 1.5 * s->dissipation), 1.0);
  return sr_mul(sr_mul(loaded, damping), step(sr_shift(rate, 2.0 / (3.0 * s->dissipation)), speed_rate));
}

// min(r, 1), its corner rounded over the width w; sharp (up to 1e-18 under the root) where w = 0:
//   (r + 1 - sqrt((r - 1)^2 + w^2)) / 2
static sr_ex rounded_min_one(sr_ex r, double w)
{
  const sr_ex distance = sr_sqrt(sr_shift(sr_sq(sr_shift(r, -1.0)), w * w + 1e-18));
  return sr_scale(sr_shift(sr_sub(r, distance), 1.0), 0.5);
}

// Friction force over (normal force times sliding velocity) [s/m], u = sqrt(v_t^2 + 1e-5), r = u / v_transition:
//   (min(r, 1) (mu_d + 2 (mu_s - mu_d) / (1 + r^2)) + mu_v u) / u
static sr_ex friction_per_speed(const sr_contact_sphere *s, sr_xvec slip)
{
  const sr_ex u = sr_sqrt(sr_shift(sr_add(sr_sq(slip.x), sr_sq(slip.z)), rounding));
  const sr_ex r = sr_scale(u, 1.0 / s->v_transition);
  const sr_ex peak = sr_scale(sr_inv(sr_shift(sr_sq(r), 1.0)), 2.0 * (s->mu_static - s->mu_dynamic));
  const sr_ex dry = sr_mul(rounded_min_one(r, s->corner), sr_shift(peak, s->mu_dynamic));
  return sr_shift(sr_div(dry, u), s->mu_viscous);
}

// The force acts half-way between the lowest point of the sphere and the ground, at centre - (rho - d/2) y, on the
// material point of the body that is there: its velocity is v + w x (at - centre).
sr_contact_force sr_contact_sphere_ground(const sr_contact_sphere *s, sr_xvec centre, sr_xvec v, sr_xvec w)
{
  SR_ASSERT(s->radius > 0.0 && s->stiffness > 0.0 && s->v_transition > 0.0);
  const sr_ex depth = sr_shift(sr_neg(centre.y), s->radius), none = sr_const(centre.y.g, 0.0);
  const sr_xvec arm = {none, sr_shift(sr_scale(depth, 0.5), -s->radius), none};
  const sr_xvec at_velocity = sr_xvec_add(v, sr_xvec_cross(w, arm));
  const sr_ex normal = normal_force(s, depth, sr_neg(at_velocity.y));
  const sr_ex drag = sr_neg(sr_mul(normal, friction_per_speed(s, at_velocity)));
  return (sr_contact_force){.force = {sr_mul(drag, at_velocity.x), normal, sr_mul(drag, at_velocity.z)},
                            .at = sr_xvec_add(centre, arm)};
}
