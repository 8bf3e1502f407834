// One muscle-tendon unit: curves of De Groote et al. 2016, force equation, activation dynamics, metabolic energy.
// Everything that enters an optimal control problem is an expression; knows no skeleton.
#ifndef SR_MUSCLE_MUSCLE_H
#define SR_MUSCLE_MUSCLE_H
#include "expr/expr.h"

// Parameters of one muscle. f_max, len_slack and tendon_k are fixed per person; what a nerve or time changes are
// `capacity` (scales the active term only) and `passive_scale`.
typedef struct sr_muscle {
  char name[24];
  double f_max;               // peak isometric force of the healthy muscle            [N]     > 0
  double len_opt;             // fibre length at f_max                                 [m]     > 0
  double len_slack;           // tendon slack length                                   [m]     > 0
  double penn_opt;            // pennation at len_opt                                  [rad]
  double v_max;               // top shortening speed                                  [len_opt/s]
  double tendon_k;            // stiffness parameter kT of the tendon curve            [-]
  double passive_shift;       // the passive curve sees len - passive_shift            [len_opt]
  double passive_strain;      // e0, fibre strain at which passive force is f_max      [-]
  double damping;             // beta: damping force over f_max at top speed           [-]
  double capacity;            // c: innervated share, 1 healthy, 0 denervated          [-]
  double passive_scale;       // s: passive stiffness, 1 healthy                       [-]
  double slow_fraction;       // share of slow fibres                                  [-]
  double specific_tension;    // f_max per section, for the mass                       [Pa]
  double tau_act, tau_deact;  // activation and deactivation time constants          [s]
} sr_muscle;

// Density of muscle [kg/m3]. Source: Mendez & Keys 1960, Metabolism 9:184.
#define SR_MUSCLE_DENSITY 1059.7
double sr_muscle_mass(const sr_muscle *m);  // contractile mass [kg] = f_max len_opt density / specific_tension

// Curves (normalised); each an expression of its argument. See muscle/curves.c for formulas and sources.
sr_ex sr_curve_active(sr_ex len_n);                            // active force-length; 1 at 1
sr_ex sr_curve_passive(sr_ex len_n, double shift, double e0);  // passive force-length
sr_ex sr_curve_velocity(sr_ex v_n);                            // force-velocity; 0 at -1, 1 at 0
sr_ex sr_curve_velocity_inverse(sr_ex f);                      // v_n of a force multiplier
sr_ex sr_curve_tendon(sr_ex len_tn, double k);                 // tendon force at normalised length; 0 at 1 for every k
sr_ex sr_curve_tendon_inverse(sr_ex force_n, double k);        // normalised tendon length of a force
sr_ex sr_curve_tendon_compliance(sr_ex force_n, double k);     // slope of that inverse

// State of fibre and tendon from path length and speed, activation and normalised tendon force.
typedef struct sr_fibre {
  sr_ex len_n, v_n, cos_penn;  // fibre length / len_opt, fibre speed / (v_max len_opt), cos of pennation
  sr_ex f_active, f_passive;   // along the fibre [N]: c a fL fV f_max  and  (s fP + damping v_n) f_max
  sr_ex tendon_force;          // along the tendon [N]
  sr_ex tendon_speed;          // of its lengthening [m/s]
  sr_ex residual;              // force balance / f_max: (c a fL fV + s fP + beta v_n) cos(penn) - F_T = 0
} sr_fibre;
// len_mt [m], v_mt [m/s], act [-], force_n: tendon force / f_max [-], force_rate: d force_n / dt [1/s].
sr_fibre sr_muscle_fibre(const sr_muscle *m, sr_ex len_mt, sr_ex v_mt, sr_ex act, sr_ex force_n, sr_ex force_rate);

// Implicit activation dynamics (Raasch et al. 1997 as used by De Groote et al. 2009): with act_rate = da/dt,
//   act_rate + a / tau_deact >= 0   and   act_rate + a / tau_act <= 1 / tau_act.
typedef struct sr_activation_rows {
  sr_ex lower;  // >= 0            [1/s]
  sr_ex upper;  // <= 1 / tau_act  [1/s]
} sr_activation_rows;
sr_activation_rows sr_muscle_activation(const sr_muscle *m, sr_ex act, sr_ex act_rate);
// Neural excitation that gives (act, act_rate), for output.
double sr_muscle_excitation(const sr_muscle *m, double act, double act_rate);

// Metabolic rate [W], smoothed Bhargava et al. 2004 (no heat at all for the denervated share: every term is
// multiplied by the muscle's innervated mass, capacity * sr_muscle_mass).
sr_ex sr_muscle_metabolic_rate(const sr_muscle *m, const sr_fibre *f, sr_ex act);
#endif
