// kick: from quiet standing on one leg the other foot meets a ball, as fast as it can.
#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "task/drift.h"
#include "task/kick_problem.h"
#include "task/metrics.h"
#include "task/posture.h"

enum { ROWS = 401, SAVED_STEP = 4 };  // metrics on 0.25% of the kick, curves saved at every 1%

static sr_leg leg_that_kicks(const sr_task *task)
{
  return task->legs == 1 ? SR_LEG_LEFT : SR_LEG_RIGHT;
}

// Quiet standing on the other leg, the foot that kicks just off the ground.
static sr_held stand_so(const sr_task *task, const sr_task_run *run, const sr_static_weights *w, sr_arena *keep)
{
  sr_posture *p = sr_posture_new(run->model, w, 3 - task->legs, keep);
  sr_posture_bend_knees(p, 0.0);
  sr_posture_allow_missing(p, 300.0);
  sr_held h = sr_held_new(p, keep);
  const sr_posture_start start = {.ahead = 0.5 * w->pressure_ahead};
  const sr_ex cost = sr_add(sr_posture_effort(p, SR_EFFORT_SQUARE), sr_posture_price(p));
  sr_held_begin(&h, run, cost, &start, keep);
  return h;
}

// The same, and if torque is missing with that leg wherever it helps.
static sr_held stand(const sr_task *task, const sr_task_run *run, sr_task_result *r, sr_arena *keep)
{
  const sr_kick_weights *k = &run->weights->kick;
  sr_static_weights w = run->weights->still;
  w.lifted_clearance = k->lifted_clearance * run->model->length_ratio;
  w.lifted_thigh = k->lifted_thigh;
  sr_held h = stand_so(task, run, &w, keep);
  r->iterations += h.iterations;
  for (int behind = 0; behind < 2 && !sr_held_is(&h) && h.solve.nlp.status != SR_NLP_INTERRUPTED; behind++) {
    const sr_static_weights anywhere = sr_posture_free_lifted_leg(&w, behind == 1);
    const sr_held other = stand_so(task, run, &anywhere, keep);
    r->iterations += other.iterations;
    if (sr_held_is_better(&other, &h)) h = other;
  }
  return h;
}

// Whether there is a stance to kick from; without one the task is impossible, and the torque that lacks is the proof.
static bool judge_stance(const sr_held *h, sr_task_result *r, sr_arena *keep)
{
  if (h->solve.nlp.status != SR_NLP_SOLVED) {
    r->status = sr_task_status_of(h->solve.nlp.status);
    r->why =
        sr_arena_printf(keep, "standing on one leg: %s; largest violated: %s", sr_nlp_status_text(h->solve.nlp.status),
                        h->solve.worst[0] != '\0' ? h->solve.worst : "none");
    return false;
  }
  const sr_missing missing = sr_posture_missing(h->posture, h->z);
  if (missing.total < sr_missing_least) return true;
  r->status = SR_TASK_IMPOSSIBLE;
  r->why = sr_arena_printf(keep, "standing on the other leg lacks %.1f N m, most at %s", missing.total, missing.coord);
  sr_task_metric(r, keep, "foot_speed_m_s", 0.0, "predicted");
  sr_posture_save(h->posture, h->z, r, keep);
  return false;
}

// The state of a movement in a posture at rest; a slack tendon, which a posture may leave at some 1e-4 below zero, is
// at zero.
static double *state_of(const sr_held *h, const sr_layout *l, sr_arena *keep)
{
  const sr_posture *p = h->posture;
  double *x = sr_alloc(keep, double, l->nx);
  memcpy(x + l->q, h->z, (size_t)l->nq * sizeof *x);
  memcpy(x + l->act, h->z + p->act, (size_t)l->nm * sizeof *x);
  for (int k = 0; k < l->nm; k++) x[l->force + k] = fmax(0.0, h->z[p->force + k]);
  x[l->trunk] = h->z[p->trunk];
  return x;
}

// Largest speed of a joint in one direction [rad/s], sign +1 or -1; and when, over the duration.
static double fastest(const sr_movement *p, const sr_traj *t, int coord, double sign, double *when)
{
  double best = 0.0;
  *when = 0.0;
  for (int i = 0; i < t->npoint; i++) {
    const double speed = sign * t->x[i * p->layout.nx + p->layout.qd + coord];
    if (speed <= best) continue;
    best = speed;
    *when = t->tau[i];
  }
  return best;
}

// Values of the point graph at the ball.
static void at_ball(const sr_movement *p, const sr_traj *t, const sr_ex *e, int n, double *out, sr_arena *work)
{
  const sr_layout *l = &p->layout;
  const int last = t->npoint - 1;
  const sr_tape *tape = sr_tape_new(p->ocp.point, e, n, work);
  double *in = sr_alloc(work, double, sr_graph_inputs(p->ocp.point));
  memcpy(in, t->x + last * l->nx, (size_t)l->nx * sizeof *in);
  memcpy(in + l->nx, t->u + last * l->nu, (size_t)l->nu * sizeof *in);
  in[l->nx + l->nu] = t->p[0];
  sr_tape_eval1(tape, in, out, sr_alloc(work, double, sr_tape_work(tape)));
}

// The foot, hip and knee of the leg that kicks.
static void report_kick(const sr_metrics *b, const sr_movement *p, const sr_traj *t, sr_leg kicks)
{
  const sr_model *m = p->model;
  const sr_layout *l = &p->layout;
  int foot;
  const double *point = sr_kick_point(m, kicks, &foot);
  const sr_xvec v = sr_body_point_velocity(&p->physics.body[foot], point);
  const int ankle = sr_body_find(&m->skeleton, kicks == SR_LEG_LEFT ? "talus_r" : "talus_l");
  const sr_ex look[] = {v.x, v.y, sr_sub(sr_body_point(&p->physics.body[foot], point).x, p->physics.body[ankle].p.x),
                        p->physics.com_velocity.x};
  double at[4];
  at_ball(p, t, look, 4, at, b->keep);
  sr_metrics_put(b, "foot_speed_m_s", at[0]);
  sr_metrics_put(b, "foot_rising_m_s", at[1]);
  sr_metrics_put(b, "duration_s", t->p[0]);
  sr_metrics_put(b, "ball_ahead_cm", 100.0 * at[2]);
  sr_metrics_put(b, "body_speed_at_ball_m_s", at[3]);
  const int hip = sr_coord_find(&m->skeleton, kicks == SR_LEG_LEFT ? "hip_flexion_l" : "hip_flexion_r"),
            knee = sr_coord_find(&m->skeleton, kicks == SR_LEG_LEFT ? "knee_angle_l" : "knee_angle_r");
  const double *end = t->x + (t->npoint - 1) * l->nx;
  double when;
  sr_metrics_put(b, "hip_flexion_speed_peak_deg_s", fastest(p, t, hip, 1.0, &when) / SR_DEGREE);
  sr_metrics_put(b, "hip_flexion_speed_peak_at_percent", 100.0 * when);
  sr_metrics_put(b, "hip_flexion_speed_at_ball_deg_s", end[l->qd + hip] / SR_DEGREE);
  sr_metrics_put(b, "knee_extension_speed_peak_deg_s", fastest(p, t, knee, 1.0, &when) / SR_DEGREE);
  sr_metrics_put(b, "knee_extension_speed_peak_at_percent", 100.0 * when);
  sr_metrics_put(b, "knee_extension_speed_at_ball_deg_s", end[l->qd + knee] / SR_DEGREE);
  sr_metrics_put(b, "knee_flexion_at_ball_deg", -end[l->q + knee] / SR_DEGREE);
}

static void fill_result(const sr_movement *p, const sr_task_run *run, const sr_traj *t, double error, sr_leg kicks,
                        sr_task_result *r, sr_arena *keep)
{
  const sr_recording rec = sr_recording_of(p, t, "1", ROWS, keep);
  const sr_metrics b = {&rec, run->model, "predicted", r, keep};
  sr_task_metric(r, keep, "mesh_error_1", error, "predicted");
  report_kick(&b, p, t, kicks);
  for (int leg = 0; leg < 2; leg++) {
    sr_metrics_put_leg(&b, "grf_vertical_peak", leg, "bw",
                       sr_recording_greatest(&rec, rec.columns.ground_y[leg]) / sr_model_weight(run->model));
    sr_metrics_joints(&b, leg);
    sr_metrics_achilles(&b, leg);
    sr_metrics_margin(&b, leg);
    sr_metrics_muscles(&b, leg);
  }
  sr_metrics_put(&b, "energy_J_kg", sr_metrics_energy(&b) / run->model->mass);
  sr_recording_save(&rec, SAVED_STEP, &r->curves, keep);
  sr_movement_limits(p, t, "kick", r, keep);
  if (run->is_verified) sr_movement_drift(p, t, r, keep);
}

// From a given kick, and cold where there is none or it leads nowhere.
static sr_ocp_result solve_kick(const sr_movement *p, const sr_task_run *run, sr_leg kicks, const double *from,
                                sr_mesh mesh, int *iterations, sr_traj *t, sr_arena *keep)
{
  if (run->start != NULL && run->start->traj.npoint > 0) {
    const sr_ocp_result o = sr_movement_solve_from(p, run, &run->start->traj, mesh, false, iterations, t, keep);
    if (o.nlp.status == SR_NLP_SOLVED || o.nlp.status == SR_NLP_INTERRUPTED) return o;
  }
  *t = sr_kick_guess(p, kicks, from, mesh, run->seed, keep);
  return sr_movement_solve(p, run, SR_START_STANDING, false, iterations, t, keep);
}

void sr_kick_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *s)
{
  const sr_kick_weights *w = &run->weights->kick;
  const sr_leg kicks = leg_that_kicks(task);
  *s = (sr_solution){0};
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = ""};
  const sr_held stance = stand(task, run, r, keep);
  if (!judge_stance(&stance, r, keep)) return;
  const sr_layout l = sr_layout_of(run->model);
  const double *from = state_of(&stance, &l, keep);
  const sr_movement *p = sr_kick_problem_new(run->model, w, kicks, from, keep);
  const sr_mesh mesh = run->mesh.nint > 0 ? run->mesh : (sr_mesh){w->intervals, w->degree};
  sr_traj t = {0};
  int iterations = r->iterations;
  sr_ocp_result o = solve_kick(p, run, kicks, from, mesh, &iterations, &t, keep);
  const double error = sr_movement_refine(p, run, w->mesh_error, &iterations, &o, &t, keep);
  sr_movement_judge(p, &o, &t, iterations, error, w->mesh_error, r, keep);
  if (r->status != SR_TASK_SOLVED) return;
  fill_result(p, run, &t, error, kicks, r, keep);
  *s = (sr_solution){.is_full_cycle = true, .traj = t};
}
