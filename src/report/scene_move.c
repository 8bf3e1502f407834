// Movements for the script: 51 frames of points, forces and activations; a held posture is one frame.
#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "report/scene.h"
#include "report/sticks.h"

// Two feet of six points and three forces, pelvis, lumbar joint, head; the muscles of both legs.
enum { FRAMES = 51, STEP = (SR_NPHASE - 1) / (FRAMES - 1), NUMBERS = 36, NACT = 2 * SR_NMUSCLE };

static int whole(double x)
{
  return (int)fmax(-32767.0, fmin(32767.0, isfinite(x) ? round(x) : 0.0));
}

// Points in tenths of a millimetre, forces in newtons. `moved` is the way of a body that goes on for ever.
static int *frame(const sr_stick *s, int i, double moved, int *out)
{
  for (int side = 0; side < 2; side++) {
    for (int k = SR_HIP; k <= SR_TOETIP; k++) {
      *out++ = whole(1e4 * (s->x[side][k][i] - moved));
      *out++ = whole(1e4 * s->y[side][k][i]);
    }
    const bool has = sr_stick_has_force(s, side, i);
    *out++ = has ? whole(1e4 * (s->cop[side][i] - moved)) : 0;
    *out++ = has ? whole(s->fx[side][i]) : 0;
    *out++ = has ? whole(s->fy[side][i]) : 0;
  }
  static const int middle[] = {SR_PELVIS, SR_LUMBAR, SR_HEAD};
  for (int k = 0; k < 3; k++) {
    *out++ = whole(1e4 * (s->x[1][middle[k]][i] - moved));
    *out++ = whole(1e4 * s->y[1][middle[k]][i]);
  }
  return out;
}

// Activation of every muscle, left leg first, over 0 to 255; 0 where the result has none.
static const char *activations(sr_page *p, const sr_task_result *t, int nframe)
{
  unsigned char *out = sr_alloc(p->keep, unsigned char, FRAMES *NACT);
  double a[SR_NPHASE];
  for (int k = 0; k < NACT; k++) {
    const char *label =
        sr_arena_printf(p->keep, "%s_%c/activation", sr_leg_muscle[k % SR_NMUSCLE], k < SR_NMUSCLE ? 'l' : 'r');
    if (!sr_movement_column(p, t, label, a)) continue;
    for (int f = 0; f < nframe; f++)
      out[f * NACT + k] = (unsigned char)whole(255.0 * fmax(0.0, fmin(1.0, a[f * STEP])));
  }
  return sr_pack_bytes(p, out, nframe * NACT);
}

static void take(sr_page *p, sr_json_writer *w, const sr_task_result *t, int epoch, sr_stick *s)
{
  if (!sr_is_answer(t) || !sr_stick_fetch(p, t, s)) return;
  const bool moves = sr_has_curves(t);
  const sr_curves *c = &t->curves;
  const double *x = s->x[1][SR_PELVIS];
  const double way = sr_is_cyclic(t->task) ? x[SR_NPHASE - 1] - x[0] : 0.0;
  const int nframe = moves ? FRAMES : 1;
  int *at = sr_alloc(p->keep, int, FRAMES *NUMBERS), *out = at;
  for (int f = 0; f < nframe; f++) out = frame(s, f * STEP, x[0] + way * f * STEP / (SR_NPHASE - 1.0), out);
  SR_ASSERT(out == at + nframe * NUMBERS);
  sr_json_begin_object(w, NULL);
  sr_json_integer(w, "epoch", epoch);
  sr_json_integer(w, "frames", nframe);
  sr_json_number(w, "seconds", moves ? round(1e4 * (c->at[(c->nrow - 1) * c->ncol] - c->at[0])) / 1e4 : 0.0);
  sr_json_number(w, "way", round(1e4 * way) / 1e4);
  sr_json_bool(w, "best", t->status != SR_TASK_SOLVED);
  sr_json_string(w, "at", sr_pack_shorts(p, at, nframe * NUMBERS));
  sr_json_string(w, "act", activations(p, t, nframe));
  sr_json_end_object(w);
}

static double column_at_start(sr_page *p, const sr_task_result *t, const char *label)
{
  double y[SR_NPHASE];
  return sr_movement_column(p, t, label, y) ? y[0] : (double)NAN;
}

// Directions of foot, toes and pelvis in the neutral pose, from any pose and its joint angles                   [rad]
static void rest(sr_page *p, sr_json_writer *w, const sr_task_result *t, const sr_stick *s)
{
  const double *x[SR_NPOINT], *y[SR_NPOINT];
  for (int k = 0; k < SR_NPOINT; k++) x[k] = s->x[1][k], y[k] = s->y[1][k];
  const double shank = atan2(x[SR_ANKLE][0] - x[SR_KNEE][0], y[SR_KNEE][0] - y[SR_ANKLE][0]);
  const double foot = atan2(y[SR_TOEJOINT][0] - y[SR_HEEL][0], x[SR_TOEJOINT][0] - x[SR_HEEL][0]);
  const double toes = atan2(y[SR_TOETIP][0] - y[SR_TOEJOINT][0], x[SR_TOETIP][0] - x[SR_TOEJOINT][0]);
  const double pelvis = atan2(x[SR_HIP][0] - x[SR_LUMBAR][0], y[SR_LUMBAR][0] - y[SR_HIP][0]);
  const double ankle = SR_DEGREE * column_at_start(p, t, "ankle_angle_r");
  const double toe_angle = SR_DEGREE * column_at_start(p, t, "mtp_angle_r");
  const double tilt = SR_DEGREE * column_at_start(p, t, "pelvis_tilt");
  sr_json_begin_object(w, "rest");
  sr_json_number(w, "foot", isfinite(ankle) ? foot - shank - ankle : 0.0);
  sr_json_number(w, "toes", isfinite(ankle + toe_angle) ? toes - shank - ankle - toe_angle : 0.0);
  sr_json_number(w, "pelvis", isfinite(tilt) ? pelvis - tilt : pelvis);
  sr_json_end_object(w);
}

static void first_rest(sr_page *p, sr_json_writer *w, sr_stick *s)
{
  for (int i = 0; i < p->npair; i++) {
    if (!sr_is_answer(p->pair[i].before) || !sr_stick_fetch(p, p->pair[i].before, s)) continue;
    rest(p, w, p->pair[i].before, s);
    return;
  }
}

void sr_scene_moves(sr_page *p, sr_json_writer *w)
{
  sr_stick *s = sr_alloc(p->keep, sr_stick, 1);
  sr_json_begin_array(w, "muscles");
  for (int m = 0; m < SR_NMUSCLE; m++) sr_json_string(w, NULL, sr_leg_muscle[m]);
  sr_json_end_array(w);
  first_rest(p, w, s);
  sr_json_begin_array(w, "moves");
  for (int i = 0; i < p->npair; i++) {
    const char *task = p->pair[i].task;
    sr_json_begin_object(w, NULL);
    sr_json_string(w, "task", task);
    SR_SCENE_BOTH(w, "label", p, sr_task_name(p, task));
    sr_json_bool(w, "loop", sr_is_cyclic(task) || sr_is_task(task, "hop"));
    sr_json_begin_array(w, "takes");
    for (int e = 0; e < p->r->nepoch; e++) {
      const sr_task_result *t = sr_result_find_task(&p->r->epoch[e], task);
      if (t != NULL) take(p, w, t, e, s);
    }
    sr_json_end_array(w);
    sr_json_end_object(w);
  }
  sr_json_end_array(w);
}
