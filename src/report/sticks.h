// A movement as points in the plane, for the strip of stick figures and for the player.
#ifndef SR_REPORT_STICKS_H
#define SR_REPORT_STICKS_H
#include "report/cycle.h"

#define SR_NPOINT 9

// Points of a leg and of the trunk; columns are <point>_px and <point>_py in ground axes [m].
// The lumbar joint may be absent: the pelvis then stands for it.
typedef enum sr_point {
  SR_HIP,
  SR_KNEE,
  SR_ANKLE,
  SR_HEEL,
  SR_TOEJOINT,
  SR_TOETIP,
  SR_PELVIS,
  SR_HEAD,
  SR_LUMBAR
} sr_point;

typedef struct sr_stick {
  double x[2][SR_NPOINT][SR_NPHASE], y[2][SR_NPOINT][SR_NPHASE];  // [left, right][point][percent of the movement]
  bool has_force;
  double cop[2][SR_NPHASE], fx[2][SR_NPHASE], fy[2][SR_NPHASE];  // [m], [N], [N]
} sr_stick;

// False where a point is missing or the task has no answer.
bool sr_stick_fetch(sr_page *p, const sr_task_result *t, sr_stick *s);
bool sr_stick_has_force(const sr_stick *s, int side, int i);  // a force of the ground worth an arrow
double sr_stick_arrow(const sr_page *p);                      // length of an arrow of force [m/N]

// A movement with curves as a player, before and after side by side; it shows itself only where its script runs.
void sr_page_player(sr_page *p, const sr_pair *t);
void sr_player_script(sr_page *p);  // of all players
#endif
