// Rigid bodies in a tree, in 3D, as expressions. A planar model is a choice of joints: what is constant folds away.
#ifndef SR_BODY_BODY_H
#define SR_BODY_BODY_H
#include "expr/vec.h"

enum { SR_MAX_BODY = 40, SR_MAX_COORD = 48, SR_MAX_AXIS = 6, SR_MAX_POLY = 6 };

// One elementary motion of a joint: rotation about, or translation along, a constant axis by poly(coordinate).
typedef struct sr_axis {
  int coord;  // index of the coordinate that drives it
  bool is_rotation;
  double axis[3];  // unit vector in the frame reached so far
  int npoly;
  double poly[SR_MAX_POLY];  // highest power first; {1, 0} is the coordinate itself
} sr_axis;

typedef struct sr_body {
  char name[24];
  int parent;               // -1: ground
  double pos[3], euler[3];  // joint frame in the parent: origin [m], body-fixed x-y-z angles [rad]
  int naxis;
  sr_axis axis[SR_MAX_AXIS];  // translations act along the axes of the joint frame, rotations compose in order
  double mass;                // [kg]
  double com[3];              // [m] in the body frame
  double inertia[3];          // about the centre of mass, principal along the body axes [kg m2]
} sr_body;

typedef struct sr_skeleton {
  int nbody, ncoord;
  sr_body body[SR_MAX_BODY];
  char coord[SR_MAX_COORD][32];
  double gravity[3];  // [m/s2]
} sr_skeleton;

// Pose and motion of one body: R_gb turns body vectors into ground vectors; everything else is in ground.
typedef struct sr_body_motion {
  sr_xmat R_gb;
  sr_xvec p, v, a;   // origin: position [m], velocity [m/s], acceleration [m/s2]
  sr_xvec w, alpha;  // angular velocity [rad/s] and acceleration [rad/s2]
} sr_body_motion;

// Motion of every body from coordinates, speeds and accelerations (ncoord each): out (nbody).
void sr_body_motions(const sr_skeleton *s, sr_graph *g, const sr_ex *q, const sr_ex *qd, const sr_ex *qdd,
                     sr_body_motion *out);
// A wrench on a body, in ground: force [N] and torque about the body's origin [N m].
typedef struct sr_wrench {
  sr_xvec force, torque;
} sr_wrench;
// Generalised forces that the motion needs beyond gravity and the given wrenches (nbody): tau (ncoord) [N | N m].
// Newton-Euler in ground, projected on each coordinate's axis (Featherstone 2008, ch. 5, in its ground-frame form).
void sr_body_inverse_dynamics(const sr_skeleton *s, sr_graph *g, const sr_ex *q, const sr_body_motion *m,
                              const sr_wrench *external, sr_ex *tau);
// A point fixed in a body, and its velocity, in ground.
sr_xvec sr_body_point(const sr_body_motion *m, const double local[3]);
sr_xvec sr_body_point_velocity(const sr_body_motion *m, const double local[3]);
// Pose of body b in the frame of body a (either may be -1, ground), by the tree path between them alone, so that no
// coordinate outside that path appears.
void sr_body_relative_pose(const sr_skeleton *s, sr_graph *g, const sr_ex *q, int a, int b, sr_xmat *R_ab,
                           sr_xvec *p_ab);
int sr_body_find(const sr_skeleton *s, const char *name);   // index, -1 if there is none
int sr_coord_find(const sr_skeleton *s, const char *name);  // index, -1 if there is none

// A muscle path: straight lines through body-fixed points, plus a polynomial in coordinates for what wraps.
typedef struct sr_path_point {
  int body;
  double at[3];  // [m]
} sr_path_point;
typedef struct sr_path_term {
  double k;  // [m]
  int n;     // factors
  int coord[4], power[4];
} sr_path_term;
enum { SR_MAX_POINT = 10, SR_MAX_TERM = 24 };
typedef struct sr_path {
  int npoint;
  sr_path_point point[SR_MAX_POINT];
  int nterm;
  sr_path_term term[SR_MAX_TERM];
} sr_path;
// True if the path's length depends on a coordinate.
bool sr_path_crosses(const sr_skeleton *s, const sr_path *p, int coord);
sr_ex sr_path_length(const sr_skeleton *s, sr_graph *g, const sr_path *p, const sr_ex *q);  // [m]
#endif
