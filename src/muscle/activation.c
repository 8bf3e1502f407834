// Activation dynamics of Raasch et al. 1997 (J Biomech 30:595):
//   da/dt = (e - a) (k1 e + k2) where e >= a,   da/dt = (e - a) k2 where e < a,   k2 = 1/tau_d,   k1 = 1/tau_a -
//   1/tau_d
// In the implicit form of De Groote et al. 2009 (Comput Methods Biomech Biomed Eng 12:563) da/dt is the control, and
// 0 <= e <= 1 becomes two linear rows.
#include <math.h>

#include "muscle/muscle.h"

sr_activation_rows sr_muscle_activation(const sr_muscle *m, sr_ex act, sr_ex act_rate)
{
  return (sr_activation_rows){.lower = sr_add(act_rate, sr_scale(act, 1.0 / m->tau_deact)),
                              .upper = sr_add(act_rate, sr_scale(act, 1.0 / m->tau_act))};
}

// Falling: e = a + tau_d da/dt. Rising: the root of k1 e^2 + p e - r = 0 with p = k2 - k1 a, r = k2 a + da/dt, written
// without dividing by k1, which is zero where both time constants agree.
double sr_muscle_excitation(const sr_muscle *m, double act, double act_rate)
{
  if (act_rate <= 0.0) return act + m->tau_deact * act_rate;
  const double k2 = 1.0 / m->tau_deact, k1 = 1.0 / m->tau_act - k2;
  const double p = k2 - k1 * act, r = k2 * act + act_rate;
  return 2.0 * r / (p + sqrt(p * p + 4.0 * k1 * r));
}
