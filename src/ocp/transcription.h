// Inside of a transcribed problem. For the files of this folder only.
//
// Unknowns:   x_0, (x_1, u_1), ..., (x_C, u_C), p           with C = nint degree collocation points
// Rows:       (defects_1, path_1), ..., (defects_C, path_C), end
#ifndef SR_OCP_TRANSCRIPTION_H
#define SR_OCP_TRANSCRIPTION_H
#include "ocp/blocks.h"
#include "ocp/ocp.h"
#include "ocp/radau.h"

enum { SR_BLOCK_POINT, SR_BLOCK_ENDS, SR_BLOCKS };

struct sr_transcription {
  sr_ocp o;
  sr_mesh mesh;
  sr_radau radau;
  int ncol;          // collocation points
  int *given_by;     // (nvar) of a control: the defect of the state whose rate it alone sets, else -1 (nlp.h)
  sr_blocks blocks;  // point: cost L, constraints T f (nx) and path; ends: cost M, constraints end
};

// First unknown of the states of point i = 0 .. C, of the controls of point i = 1 .. C, and of the parameters.
int sr_var_x(const sr_transcription *t, int i);
int sr_var_u(const sr_transcription *t, int i);
int sr_var_p(const sr_transcription *t);
// First row of collocation point i = 1 .. C, and of the end constraints.
int sr_row_point(const sr_transcription *t, int i);
int sr_row_end(const sr_transcription *t);
// Known data of the collocation points (ncol * nd); NULL if the problem has none.
const double *sr_data_of(const sr_transcription *t, const sr_traj *traj);
// tau of every point of a mesh (nint * degree + 1).
void sr_mesh_times(sr_mesh mesh, double *tau);
#endif
