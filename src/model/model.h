// The model: one constant struct of all the physics of one person, and its equations at one instant.
#ifndef SR_MODEL_MODEL_H
#define SR_MODEL_MODEL_H
#include "body/body.h"
#include "contact/contact.h"
#include "muscle/muscle.h"
#include "nerve/nerve.h"

enum { SR_MAX_MUSCLE = 100, SR_MAX_CONTACT = 16 };
typedef enum sr_leg { SR_LEG_LEFT, SR_LEG_RIGHT, SR_LEG_NONE } sr_leg;

// triceps: soleus and both heads of the gastrocnemius; deep: deep flexors and fibulares, which plantarflex and count in
// the balance about the subtalar axis; front: dorsiflexors; thigh: thigh and hip. The first three are the calf.
typedef enum sr_muscle_group { SR_TRICEPS, SR_DEEP, SR_FRONT, SR_THIGH } sr_muscle_group;

typedef struct sr_model_muscle {
  sr_muscle par;
  sr_path path;
  char base[24];  // name without side
  sr_leg leg;
  sr_muscle_group group;
  double volume;        // healthy contractile volume                        [m3]
  double subtalar_arm;  // of the deep group: lever about the locked subtalar axis, + inversion [m]
  double act_max;       // greatest activation that one is willing to give, less than 1 where it hurts [-]
} sr_model_muscle;

// What a joint does by itself: tau = K1 exp(K2 (q - th2)) + K3 exp(K4 (q - th1)) - damping qd - stiffness q
// (Anderson 1999); range is where the task may go.
typedef struct sr_coordinate {
  double lo, hi;  // [rad|m]
  double k1, k2, k3, k4, th1, th2;
  double damping, stiffness;
  bool has_limit_torque;
  bool is_translation;
  sr_leg leg;
  int mirror;  // index of the same coordinate of the other leg (itself if it has none)
} sr_coordinate;

typedef struct sr_model {
  double mass, height;  // [kg], [m]
  double length_ratio;  // to the reference person
  sr_skeleton skeleton;
  sr_coordinate coord[SR_MAX_COORD];
  int nmuscle;
  sr_model_muscle muscle[SR_MAX_MUSCLE];
  int mirror_muscle[SR_MAX_MUSCLE];
  int ncontact;
  sr_contact_sphere contact[SR_MAX_CONTACT];
  sr_leg contact_leg[SR_MAX_CONTACT];
  int trunk_coord;          // coordinate of the trunk's torque actuator
  double trunk_torque;      // its greatest torque                               [N m]
  double trunk_tau;         // its time constant                                 [s]
  double subtalar_passive;  // greatest passive moment about the locked subtalar axis [N m]
} sr_model;

// True if every nerve supplies its muscles and none of them hurts.
bool sr_model_is_healthy(const sr_model *m);
// True if two models of one person differ in no muscle and no mass.
bool sr_model_is_same_body(const sr_model *a, const sr_model *b);
// True if both legs are equal in every parameter, so that half a gait cycle says all.
bool sr_model_is_symmetric(const sr_model *m);
// What a muscle is asked for at most, at least what it does at rest [-].
double sr_model_act_most(const sr_model_muscle *m, double rest);
// The mirrored person: left and right exchanged (muscle parameters and coordinates are; geometry is symmetric).
sr_model sr_model_mirrored(const sr_model *m);
int sr_model_find_muscle(const sr_model *m, const char *name);  // with side, e.g. soleus_r; -1 if there is none

// State and controls at one instant, as expressions. Rates of act and force are controls of implicit dynamics.
typedef struct sr_instant {
  const sr_ex *q, *qd, *qdd;        // (ncoord)
  const sr_ex *act, *act_rate;      // (nmuscle) [-], [1/s]
  const sr_ex *force, *force_rate;  // (nmuscle) tendon force / f_max [-], [1/s]
  sr_ex trunk;                      // trunk activation, -1..1
} sr_instant;

// Everything the model says about that instant. Arrays live in the arena that was given.
typedef struct sr_physics {
  sr_body_motion *body;         // (nbody)
  sr_contact_force *contact;    // (ncontact)
  sr_xvec ground_force[2];      // sum over the contacts of a leg [N]
  sr_ex centre_of_pressure[2];  // sum x Fy, not divided by sum Fy [N m]
  sr_xvec com, com_velocity;    // of the whole body
  sr_ex *need;                  // (ncoord) generalised force the motion asks for, contact included
  sr_ex *muscle_torque;         // (ncoord)
  sr_ex *limit_torque;          // (ncoord) of ligaments near the end of the range
  sr_ex *passive_torque;        // (ncoord) limit, stiffness and damping together
  sr_ex *residual;              // (ncoord) need - muscle - passive - trunk; zero in a valid movement
  sr_ex *length;                // (nmuscle) path length [m]
  sr_fibre *fibre;              // (nmuscle)
  sr_ex *heat_and_work;         // (nmuscle) metabolic rate [W]
  sr_ex subtalar[2];            // summed moment of the deep flexors about the subtalar axis, per leg [N m]
} sr_physics;
sr_physics sr_model_physics(const sr_model *m, sr_graph *g, const sr_instant *now, sr_arena *keep);
// Centre of mass of the whole body and its velocity, from the motion of its bodies (nbody).
void sr_model_centre_of_mass(const sr_model *m, sr_graph *g, const sr_body_motion *body, sr_xvec *com,
                             sr_xvec *velocity);
// Moment arm of a muscle about a coordinate, -dL/dq [m].
sr_ex sr_model_moment_arm(sr_ex length, sr_ex coord);
// Body weight [N].
double sr_model_weight(const sr_model *m);
// Basal metabolic rate while at rest [W] (1.2 W/kg, Bhargava et al. 2004).
double sr_model_basal_rate(const sr_model *m);
#endif
