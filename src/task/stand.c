// stand: quiet standing and the furthest lean each way with the whole foot on the ground. Static: sway needs feedback,
// which a static task has not, so nothing is said about it.
#include <math.h>
#include <stdio.h>

#include "task/posture.h"

static const char *const side_name[2] = {"left", "right"};

// One standing problem: what it is called, which legs stand, which way it leans (0 quiet, +1 forward, -1 backward).
typedef struct stance {
  const char *name;
  int legs, lean;
} stance;

static sr_ex pressure_ahead(const sr_posture *p)
{
  // sum x F - x_ankle sum F, which is the distance times the load
  return sr_sub(sr_posture_pressure(p), sr_mul(sr_posture_ankle_x(p), sr_posture_load(p)));
}

static sr_posture *pose_problem(const sr_task_run *run, const stance *s, sr_arena *keep)
{
  const sr_static_weights *w = &run->weights->still;
  sr_posture *p = sr_posture_new(run->model, s->legs, w->swing_clearance, keep);
  const double weight = run->model->mass * 9.80665;
  for (int leg = 0; leg < 2; leg++) {
    if ((s->legs >> leg & 1) == 0) continue;
    sr_posture_fix(p, leg == 0 ? "knee_angle_l" : "knee_angle_r", 0.0);
    const sr_ex heel = sr_posture_foot_share(p, true, (sr_leg)leg),
                front = sr_posture_foot_share(p, false, (sr_leg)leg);
    const sr_ex load = sr_add(heel, front);
    sr_posture_constrain(p, sr_sub(heel, sr_scale(load, w->heel_share)), "the heel keeps its share of the load", 0.0,
                         SR_NLP_INF, 100.0);
    sr_posture_constrain(p, sr_sub(front, sr_scale(load, w->toe_share)), "the forefoot keeps its share of the load",
                         0.0, SR_NLP_INF, 100.0);
  }
  if (s->lean == 0) {
    const sr_ex off = sr_sub(pressure_ahead(p), sr_scale(sr_posture_load(p), w->pressure_ahead));
    sr_posture_constrain(p, off, "centre of pressure ahead of the ankle", 0.0, 0.0, 0.05 * weight);
  }
  return p;
}

static sr_ex pose_cost(const sr_posture *p, const stance *s, sr_effort effort, const sr_model *m)
{
  const sr_ex strain = sr_posture_effort(p, effort);
  if (s->lean == 0) return strain;
  const double weight = m->mass * 9.80665;
  // the lean decides [cm], effort only picks among equal leans
  return sr_add(sr_scale(pressure_ahead(p), -100.0 * s->lean / weight), sr_scale(strain, 1e-3));
}

static void put(sr_task_result *r, sr_arena *keep, double value, const char *stance_name, const char *what)
{
  sr_task_metric(r, keep, sr_arena_printf(keep, "%s_%s", stance_name, what), value, "predicted");
}

// Distance of the pressure, required and available plantarflexor torque.
static void report_pose(const sr_posture *p, const double *z, const stance *s, sr_task_result *r, sr_arena *keep)
{
  const double weight = p->model->mass * 9.80665;
  const sr_ex ahead = pressure_ahead(p);
  double distance;
  sr_posture_evaluate(p, z, &ahead, 1, &distance, keep);
  put(r, keep, 100.0 * distance / weight, s->name, "pressure_ahead_of_ankle_cm");
  for (int leg = 0; leg < 2; leg++) {
    if ((s->legs >> leg & 1) == 0) continue;
    double moment[5];
    sr_posture_ankle_moments(p, z, (sr_leg)leg, moment, keep);
    const sr_isometric most = sr_posture_available(p, z, (sr_leg)leg);
    put(r, keep, moment[4], s->name, sr_arena_printf(keep, "required_torque_%s_N_m", side_name[leg]));
    put(r, keep, most.total, s->name, sr_arena_printf(keep, "available_torque_%s_N_m", side_name[leg]));
    put(r, keep, moment[4] / most.total, s->name,
        sr_arena_printf(keep, "required_over_available_%s_1", side_name[leg]));
  }
}

// Solves one pose; false (with the reason in the result) if it has no solution.
static bool solve_pose(const sr_task_run *run, const stance *s, sr_effort effort, sr_task_result *r, sr_arena *keep,
                       sr_posture **posture, double **z)
{
  sr_posture *p = *posture = pose_problem(run, s, keep);
  *z = sr_alloc(keep, double, p->nz);
  sr_posture_guess(p, 0.0, 0.05 * s->lean, 0.0, *z);
  const sr_ocp_result o = sr_posture_solve(p, run, pose_cost(p, s, effort, run->model), *z, keep);
  r->iterations += o.nlp.iterations;
  r->objective = o.nlp.objective;
  if (o.nlp.status == SR_NLP_SOLVED) return true;
  r->status = sr_task_status_of(o.nlp.status);
  r->why = sr_arena_printf(keep, "%s: %s; largest violated: %s", s->name, sr_nlp_status_text(o.nlp.status),
                           o.worst[0] ? o.worst : "none");
  return false;
}

void sr_stand_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r,
                    sr_solution *solution)
{
  static const stance all[] = {
      {"quiet", 3, 0},         {"lean_forward", 3, 1},          {"lean_backward", 3, -1},
      {"one_leg_left", 1, 0},  {"one_leg_left_forward", 1, 1},  {"one_leg_left_backward", 1, -1},
      {"one_leg_right", 2, 0}, {"one_leg_right_forward", 2, 1}, {"one_leg_right_backward", 2, -1}};
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = "", .status = SR_TASK_SOLVED};
  *solution = (sr_solution){0};
  sr_posture *p;
  double *z;
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    if (!solve_pose(run, &all[i], SR_EFFORT_SQUARE, r, keep, &p, &z)) return;
    report_pose(p, z, &all[i], r, keep);
    if (i == 0) sr_posture_save(p, z, r, keep);
  }
  for (int effort = 0; effort < 3; effort++) {
    if (!solve_pose(run, &all[0], (sr_effort)effort, r, keep, &p, &z)) return;
    sr_posture_shares(p, z, (sr_effort)effort, r, keep);
  }
}
