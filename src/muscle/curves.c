// The five curves of the muscle model. Constants of De Groote et al. 2016 (Ann Biomed Eng 44:2922, supplement,
// doi:10.1007/s10439-016-1591-9) in the forms of OpenSim's DeGrooteFregly2016Muscle, which pass through their anchor
// points.
#include <math.h>

#include "muscle/muscle.h"

// Active force-length: three bells whose width grows with length.                                   [-] -> [-]
//   f_L(l) = sum_i b1_i exp(-z_i^2 / 2),   z_i = (l - b2_i) / (b3_i + b4_i l)
// Changed: b1_1 is solved here so that f_L(1) = 1 (0.81507 in OpenSim; the paper's 0.81448 gives 0.99948).
static const double bell[3][4] = {{0.0, 1.05503342897057, 0.162384573599574, 0.0633034484654646},
                                  {0.433004984392647, 0.716775413397760, -0.0299471169706956, 0.200356847296188},
                                  {0.1, 1.0, 0.353553390593274, 0.0}};

static double bell_at_one(const double b[4])
{
  const double z = (1.0 - b[1]) / (b[2] + b[3]);
  return exp(-0.5 * z * z);
}

sr_ex sr_curve_active(sr_ex len_n)
{
  const double others = bell[1][0] * bell_at_one(bell[1]) + bell[2][0] * bell_at_one(bell[2]);
  const double height[3] = {(1.0 - others) / bell_at_one(bell[0]), bell[1][0], bell[2][0]};
  sr_ex term[3];
  for (int i = 0; i < 3; i++) {
    const double *b = bell[i];
    const sr_ex z = sr_div(sr_shift(len_n, -b[1]), sr_shift(sr_scale(len_n, b[3]), b[2]));
    term[i] = sr_scale(sr_exp(sr_scale(sr_sq(z), -0.5)), height[i]);
  }
  return sr_sum(term, 3);
}

// Passive force-length, zero at l - shift = 0.2, one at the strain e0.                                [-] -> [-]
//   f_P(l) = (exp(k (l - shift - 1) / e0) - p) / (exp(k) - p),   p = exp(k (0.2 - 1) / e0),   k = 4
// Source: OpenSim (the paper's curve, whose zero is at l = 1, pushes below that length). The shift is ours.
sr_ex sr_curve_passive(sr_ex len_n, double shift, double e0)
{
  const double k = 4.0, shortest = 0.2;
  const double p = exp(k * (shortest - 1.0) / e0), span = exp(k) - p;
  return sr_shift(sr_scale(sr_exp(sr_scale(sr_shift(len_n, -shift - 1.0), k / e0)), 1.0 / span), -p / span);
}

// Force-velocity; v = fibre speed / top speed, shortening < 0:   f_V(v) = d1 asinh(d2 v + d3) + d4
// Changed: d1, d4 are solved here from f_V(-1) = 0 and f_V(0) = 1; the paper's rounded ones give 0.011 and 1.002.
static const double d2 = -8.149, d3 = -0.374;

static double slope_d1(void)
{
  return 1.0 / (asinh(d3) - asinh(d3 - d2));
}

static double offset_d4(void)
{
  return 1.0 - slope_d1() * asinh(d3);
}

sr_ex sr_curve_velocity(sr_ex v_n)
{
  return sr_shift(sr_scale(sr_asinh(sr_shift(sr_scale(v_n, d2), d3)), slope_d1()), offset_d4());
}

// v(f) = (sinh((f - d4) / d1) - d3) / d2,   sinh(x) = (e^x - e^-x) / 2
sr_ex sr_curve_velocity_inverse(sr_ex f)
{
  const sr_ex x = sr_scale(sr_shift(f, -offset_d4()), 1.0 / slope_d1());
  const sr_ex sinh_x = sr_scale(sr_sub(sr_exp(x), sr_exp(sr_neg(x))), 0.5);
  return sr_scale(sr_shift(sinh_x, -d3), 1.0 / d2);
}

// Tendon force at l = length / slack length:   f_T(l) = c1 (exp(k (l - 1)) - 1),   c1 = 0.2          [-] -> [-]
// Source: OpenSim, c1 = c3 = 0.2 and c2 = 1, so that f_T(1) = 0 and f_T(1 + e) = 1 at k = ln(6) / e for every k.
// Changed: the paper and PredSim have c2 = 0.995, c3 = 0.25: f_T(1) = -0.0117 at k = 35, moved by hand for other k.
static const double c1 = 0.2;

sr_ex sr_curve_tendon(sr_ex len_tn, double k)
{
  return sr_scale(sr_shift(sr_exp(sr_scale(sr_shift(len_tn, -1.0), k)), -1.0), c1);
}

// l(f) = 1 + ln(1 + f / c1) / k,   f > -c1
sr_ex sr_curve_tendon_inverse(sr_ex force_n, double k)
{
  return sr_shift(sr_scale(sr_log(sr_shift(sr_scale(force_n, 1.0 / c1), 1.0)), 1.0 / k), 1.0);
}

// dl/df = 1 / (k (f + c1))
sr_ex sr_curve_tendon_compliance(sr_ex force_n, double k)
{
  return sr_scale(sr_inv(sr_shift(force_n, c1)), 1.0 / k);
}
