// Metabolic energy.
#include "muscle/muscle.h"

enum { SHARPNESS = 10 };                                // of the change from lengthening to shortening, per l_o/s
static const double heat_least = 1.0;                   // least heat of an innervated muscle [W/kg]
static const double heat_rounding = 0.1;                // width of the rounded corner where that bound begins [W/kg]
static const double quarter_turn = 1.5707963267948966;  // pi/2

// Share of shortening, from 1 (shortening) to 0 (lengthening):   h = 1/2 - 1/2 tanh(10 v),   v in l_o/s
static sr_ex shortening(const sr_muscle *m, const sr_fibre *f)
{
  return sr_shift(sr_scale(sr_tanh(sr_scale(f->v_n, SHARPNESS * m->v_max)), -0.5), 0.5);
}

// Heat of activation and of maintained force [W/kg], r = share of slow fibres, l = normalised fibre length:
//   A + M = (40 + 74 l) r sin(pi a / 2) + (133 + 111 l) (1 - r) (1 - cos(pi a / 2))
static sr_ex activity_heat(const sr_muscle *m, const sr_fibre *f, sr_ex act)
{
  const sr_ex angle = sr_scale(act, quarter_turn);
  const sr_ex slow = sr_scale(sr_sin(angle), m->slow_fraction);
  const sr_ex fast = sr_scale(sr_shift(sr_neg(sr_cos(angle)), 1.0), 1.0 - m->slow_fraction);
  return sr_add(sr_mul(sr_shift(sr_scale(f->len_n, 74.0), 40.0), slow),
                sr_mul(sr_shift(sr_scale(f->len_n, 111.0), 133.0), fast));
}

// Heat of shortening and lengthening over -v [N]:   h (0.16 c a f_L F_o + 0.18 F) + (1 - h) 0.157 F,   F = F_act + c
// F_pas
static sr_ex shortening_heat(const sr_muscle *m, const sr_fibre *f, sr_ex act, sr_ex h)
{
  const sr_ex isometric = sr_scale(sr_mul(sr_scale(act, m->capacity), sr_curve_active(f->len_n)), m->f_max);
  const sr_ex total = sr_add(f->f_active, sr_scale(f->f_passive, m->capacity));
  const sr_ex more = sr_add(sr_scale(isometric, 0.16), sr_scale(total, 0.18 - 0.157));
  return sr_add(sr_scale(total, 0.157), sr_mul(h, more));
}

// Metabolic rate [W] of the innervated mass m = c F_o l_o density / specific tension, v = fibre speed [m/s]:
//   E = m Q + W,   Q = 1 + (x + sqrt(x^2 + 0.1^2)) / 2,   x = A + M + S / m - 1   [W/kg]
//   S = -v (h (0.16 c a f_L F_o + 0.18 F) + (1 - h) 0.157 F),   W = -v h F_act,   h = 1/2 - 1/2 tanh(10 v / l_o)
// Q is the heat bounded below by 1 W/kg; A and M stand above. W >= 0 then keeps E positive, so that the bound on the
// total in the source is never active. Source: Bhargava et al. 2004 (J Biomech 37:81,
// doi:10.1016/S0021-9290(03)00239-2), eq. 3-12, with the bound of OpenSim. Changed: activation for excitation (it is
// the state of implicit dynamics); the heat of maintained force grows with l itself; no credit for negative work; steps
// and corners rounded; passive force counts in S by the innervated share c.
sr_ex sr_muscle_metabolic_rate(const sr_muscle *m, const sr_fibre *f, sr_ex act)
{
  const double mass = m->capacity * sr_muscle_mass(m);
  if (mass == 0.0) return sr_const(act.g, 0.0);
  const sr_ex h = shortening(m, f), speed = sr_scale(f->v_n, -m->v_max * m->len_opt);
  const sr_ex changing = sr_scale(sr_mul(speed, shortening_heat(m, f, act, h)), 1.0 / mass);
  const sr_ex x = sr_shift(sr_add(activity_heat(m, f, act), changing), -heat_least);
  const sr_ex above = sr_scale(sr_add(x, sr_sqrt(sr_shift(sr_sq(x), heat_rounding * heat_rounding))), 0.5);
  const sr_ex work = sr_mul(sr_mul(speed, h), f->f_active);
  return sr_add(sr_scale(sr_shift(above, heat_least), mass), work);
}
