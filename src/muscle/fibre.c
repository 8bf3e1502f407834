// Geometry and force balance of fibre and tendon.
#include <math.h>

#include "base/error.h"
#include "muscle/muscle.h"

// mass = F_o l_o density / specific tension [kg]
double sr_muscle_mass(const sr_muscle *m)
{
  return m->f_max * m->len_opt * SR_MUSCLE_DENSITY / m->specific_tension;
}

// Length along the tendon that is left to the fibre [m], and its rate [m/s]. The tendon's length follows from its
// force:
//   l_T = l_ts f_T^-1(F),   v_T = l_ts (f_T^-1)' dF/dt
typedef struct reach {
  sr_ex length, rate;
  sr_ex tendon_speed;
} reach;

static reach fibre_reach(const sr_muscle *m, sr_ex len_mt, sr_ex v_mt, sr_ex force_n, sr_ex force_rate)
{
  const sr_ex tendon_length = sr_scale(sr_curve_tendon_inverse(force_n, m->tendon_k), m->len_slack);
  const sr_ex slope = sr_scale(sr_curve_tendon_compliance(force_n, m->tendon_k), m->len_slack);
  const sr_ex tendon_speed = sr_mul(slope, force_rate);
  return (reach){
      .length = sr_sub(len_mt, tendon_length), .rate = sr_sub(v_mt, tendon_speed), .tendon_speed = tendon_speed};
}

// Fibre length, speed and pennation at constant muscle height h = l_o sin(penn_opt):
//   l = sqrt(h^2 + x^2),   cos(penn) = x / l,   v = x' cos(penn),   x = l_MT - l_T
// Source: De Groote et al. 2016, eq. 2-5. Without pennation l = x, which needs no root.
static void set_geometry(const sr_muscle *m, reach x, sr_fibre *f)
{
  const double height = m->len_opt * sin(m->penn_opt), top_speed = m->v_max * m->len_opt;
  sr_ex len = x.length;
  f->cos_penn = sr_const(x.length.g, 1.0);
  if (height != 0.0) {
    len = sr_sqrt(sr_shift(sr_sq(x.length), height * height));
    f->cos_penn = sr_div(x.length, len);
  }
  f->len_n = sr_scale(len, 1.0 / m->len_opt);
  f->v_n = sr_scale(sr_mul(x.rate, f->cos_penn), 1.0 / top_speed);
}

// (c a f_L f_V + s f_P + beta v) cos(penn) = F: peak force scales both sides, so a nerve changes c and nothing else.
// Source: De Groote et al. 2016, eq. 1. Changed: c and s; the damping beta v is OpenSim's.
sr_fibre sr_muscle_fibre(const sr_muscle *m, sr_ex len_mt, sr_ex v_mt, sr_ex act, sr_ex force_n, sr_ex force_rate)
{
  SR_ASSERT(m->len_opt > 0.0 && m->len_slack > 0.0 && m->tendon_k > 0.0 && m->v_max > 0.0);
  sr_fibre f;
  const reach x = fibre_reach(m, len_mt, v_mt, force_n, force_rate);
  set_geometry(m, x, &f);
  f.tendon_speed = x.tendon_speed;
  const sr_ex drive = sr_mul(sr_scale(act, m->capacity), sr_curve_active(f.len_n));
  const sr_ex active = sr_mul(drive, sr_curve_velocity(f.v_n));
  const sr_ex passive =
      sr_add(sr_scale(sr_curve_passive(f.len_n, m->passive_shift, m->passive_strain), m->passive_scale),
             sr_scale(f.v_n, m->damping));
  f.f_active = sr_scale(active, m->f_max);
  f.f_passive = sr_scale(passive, m->f_max);
  f.tendon_force = sr_scale(force_n, m->f_max);
  f.residual = sr_sub(sr_mul(sr_add(active, passive), f.cos_penn), force_n);
  return f;
}
