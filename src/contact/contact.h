// Smooth contact of a sphere with level ground (Serrancoli et al. 2019; Hunt-Crossley), as expressions.
#ifndef SR_CONTACT_CONTACT_H
#define SR_CONTACT_CONTACT_H
#include "expr/vec.h"

typedef struct sr_contact_sphere {
  char name[24];
  int body;                                  // index of the body it is fixed to
  double centre[3];                          // in the body frame                       [m]
  double radius;                             //                                         [m]
  double stiffness;                          // E of the pair of sphere and ground      [N/m^2]
  double dissipation;                        // growth of force with indentation rate   [s/m]
  double mu_static, mu_dynamic, mu_viscous;  //                                         [-, -, s/m]
  double v_transition;                       // speed at which sliding begins           [m/s]
  double corner;                             // rounding there; 0: sharp                [v_transition]
} sr_contact_sphere;

// The rounding for optimisation, which needs second derivatives everywhere: 2.5% less friction at the corner.
#define SR_CONTACT_CORNER 0.05

typedef struct sr_contact_force {
  sr_xvec force;  // on the sphere's body, in ground           [N]
  sr_xvec at;     // where it acts, in ground                  [m]
} sr_contact_force;

// centre [m] and v [m/s]: position and velocity of the sphere's centre in ground (y up; ground is y = 0);
// w [rad/s]: angular velocity of its body (the friction speed is that of the body's material point at the contact).
sr_contact_force sr_contact_sphere_ground(const sr_contact_sphere *s, sr_xvec centre, sr_xvec v, sr_xvec w);
#endif
