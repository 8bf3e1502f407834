// stand: quiet standing and the furthest lean each way with the whole foot on the ground, on two legs and on one.
// Static: sway needs feedback, which a static task has not, so nothing is said about it.
#include <math.h>
#include <string.h>

#include "task/posture.h"

#define SR_PI 3.14159265358979323846

static const char *const side_name[2] = {"left", "right"};
static const double lean_start[3] = {0.0, 0.08, -0.02};  // centre of mass ahead of where quiet standing has it [m]

// One standing problem: what it is called, which legs stand, which way it leans (0 quiet, +1 forward, -1 backward).
typedef struct stance {
  const char *name;
  int legs, lean;
} stance;

// A stance that was solved.
typedef struct pose {
  sr_posture *posture;
  double *z;
} pose;

static double weight_of(const sr_model *m)
{
  return m->mass * 9.80665;
}

// Distance of the centre of pressure in front of the ankle, times the load: sum x F - x_ankle sum F.
static sr_ex pressure_ahead(const sr_posture *p)
{
  return sr_sub(sr_posture_pressure(p), sr_mul(sr_posture_ankle_x(p), sr_posture_load(p)));
}

// The whole foot on the ground: heel and forefoot each keep a share of the foot's load.
static void keep_foot_down(sr_posture *p, const sr_static_weights *w, sr_leg leg)
{
  const sr_ex heel = sr_posture_foot_share(p, true, leg), front = sr_posture_foot_share(p, false, leg);
  const sr_ex load = sr_add(heel, front);
  sr_posture_constrain(p, sr_sub(heel, sr_scale(load, w->heel_share)), "the heel keeps its share of the load", 0.0,
                       SR_NLP_INF, 100.0);
  sr_posture_constrain(p, sr_sub(front, sr_scale(load, w->toe_share)), "the forefoot keeps its share of the load", 0.0,
                       SR_NLP_INF, 100.0);
}

static sr_posture *problem_of(const sr_task_run *run, const stance *s, double knee, sr_arena *keep)
{
  const sr_static_weights *w = &run->weights->still;
  sr_posture *p = sr_posture_new(run->model, s->legs, w->swing_clearance, keep);
  sr_posture_bend_knees(p, knee);
  sr_posture_allow_missing(p, 100.0);
  for (int leg = 0; leg < 2; leg++)
    if (sr_posture_decides(p, leg)) keep_foot_down(p, w, (sr_leg)leg);
  if (s->lean == 0) {
    const sr_ex off = sr_sub(pressure_ahead(p), sr_scale(sr_posture_load(p), w->pressure_ahead));
    sr_posture_constrain(p, off, "centre of pressure ahead of the ankle", 0.0, 0.0, 0.05 * weight_of(run->model));
  }
  return p;
}

static sr_ocp_result solve_quiet(const sr_task_run *run, pose *at, sr_effort effort, int *iterations, sr_arena *keep)
{
  return sr_posture_least(at->posture, run, effort, sr_posture_price_of_missing(at->posture), at->z, iterations, keep);
}

// The lean decides [cm]; effort only picks among equal leans. From the start given in z and from one that leans.
static sr_ocp_result solve_lean(const sr_task_run *run, const stance *s, double knee, pose *at, int *iterations,
                                sr_arena *keep)
{
  const sr_posture *p = at->posture;
  const sr_ex ahead = sr_scale(pressure_ahead(p), -100.0 * s->lean / weight_of(run->model));
  const sr_ex strain = sr_scale(sr_posture_effort(p, SR_EFFORT_SQUARE), 1e-3);
  const sr_ex cost = sr_add(sr_add(ahead, strain), sr_posture_price_of_missing(p));
  double *z = sr_alloc(keep, double, p->nz);
  sr_posture_start(p, 0.0, run->weights->still.pressure_ahead + lean_start[s->lean > 0 ? 1 : 2], knee, z);
  sr_ocp_result best = sr_posture_solve(p, run, cost, at->z, keep);
  const sr_ocp_result other = sr_posture_solve(p, run, cost, z, keep);
  *iterations += best.nlp.iterations + other.nlp.iterations;
  const bool is_better = other.nlp.status == SR_NLP_SOLVED &&
                         (best.nlp.status != SR_NLP_SOLVED || other.nlp.objective < best.nlp.objective);
  if (!is_better) return best;
  memcpy(at->z, z, (size_t)p->nz * sizeof *z);
  return other;
}

static void put(sr_task_result *r, sr_arena *keep, double value, const char *stance_name, const char *what)
{
  sr_task_metric(r, keep, sr_arena_printf(keep, "%s_%s", stance_name, what), value, "predicted");
}

// Distance of the pressure, required and available plantarflexor torque. Required over available above 1 says how much
// more it would take.
static void report_pose(const pose *at, const stance *s, sr_task_result *r, sr_arena *keep)
{
  const sr_posture *p = at->posture;
  const double distance = sr_posture_value(p, at->z, pressure_ahead(p)) / weight_of(p->model);
  put(r, keep, 100.0 * distance, s->name, "pressure_ahead_of_ankle_cm");
  for (int leg = 0; leg < 2; leg++) {
    if (!sr_posture_stands_on(p, leg)) continue;
    const double need = sr_posture_ankle_moments(p, at->z, (sr_leg)leg, keep).need;
    const double most = sr_posture_available(p, at->z, (sr_leg)leg).total;
    const char *side = side_name[leg];
    put(r, keep, need, s->name, sr_arena_printf(keep, "required_torque_%s_N_m", side));
    put(r, keep, most, s->name, sr_arena_printf(keep, "available_torque_%s_N_m", side));
    put(r, keep, need / most, s->name, sr_arena_printf(keep, "required_over_available_%s_1", side));
  }
}

// What a solve that did not converge leaves in the result. The first one gives the reason.
static bool is_solved(const sr_ocp_result *o, const char *name, sr_task_result *r, sr_arena *keep)
{
  if (o->nlp.status == SR_NLP_SOLVED) return true;
  if (r->status == SR_TASK_NOT_CONVERGED || r->status == SR_TASK_INTERRUPTED) return false;
  r->status = sr_task_status_of(o->nlp.status);
  r->why = sr_arena_printf(keep, "%s: %s; largest violated: %s", name, sr_nlp_status_text(o->nlp.status),
                           o->worst[0] != '\0' ? o->worst : "none");
  return false;
}

// A stance in which torque is missing is impossible, and that is the proof; the lean of the same legs says what is
// possible. Quiet standing on two legs decides about the task.
static void judge(const pose *at, const stance *s, sr_task_result *r, sr_arena *keep)
{
  const sr_missing missing = sr_posture_missing(at->posture, at->z);
  if (missing.total < sr_missing_least) {
    sr_posture_limits(at->posture, at->z, s->name, r, keep);
    return;
  }
  sr_task_limit(r, keep, "%s: not possible: %.1f N m are missing, most at %s", s->name, missing.total, missing.coord);
  if (s->legs != 3 || s->lean != 0 || r->status != SR_TASK_SOLVED) return;
  r->status = SR_TASK_IMPOSSIBLE;
  r->why = sr_arena_printf(keep,
                           "quiet standing with the pressure this far in front of the ankle lacks %.1f N m, most at "
                           "%s; the leans say how far it can be",
                           missing.total, missing.coord);
}

static pose solve_stance(const sr_task_run *run, const stance *s, double knee, const pose *quiet, sr_task_result *r,
                         sr_arena *keep)
{
  pose at = {.posture = problem_of(run, s, knee, keep)};
  at.z = sr_alloc(keep, double, at.posture->nz);
  if (s->lean == 0 || quiet->posture == NULL)
    sr_posture_start(at.posture, 0.0, run->weights->still.pressure_ahead, knee, at.z);
  else
    memcpy(at.z, quiet->z, (size_t)at.posture->nz * sizeof *at.z);
  const sr_ocp_result o = s->lean == 0 ? solve_quiet(run, &at, SR_EFFORT_SQUARE, &r->iterations, keep)
                                       : solve_lean(run, s, knee, &at, &r->iterations, keep);
  if (s->legs == 3 && s->lean == 0) r->objective = o.nlp.objective;
  if (!is_solved(&o, s->name, r, keep)) return (pose){0};
  report_pose(&at, s, r, keep);
  judge(&at, s, r, keep);
  return at;
}

// Who carries the moment in quiet standing, under three measures of effort.
static void report_shares(const sr_task_run *run, const pose *quiet, sr_task_result *r, sr_arena *keep)
{
  for (int effort = 0; effort < 3; effort++) {
    pose at = *quiet;
    at.z = sr_alloc(keep, double, at.posture->nz);
    memcpy(at.z, quiet->z, (size_t)at.posture->nz * sizeof *at.z);
    const sr_ocp_result o = solve_quiet(run, &at, (sr_effort)effort, &r->iterations, keep);
    if (is_solved(&o, sr_effort_name[effort], r, keep)) sr_posture_shares(at.posture, at.z, (sr_effort)effort, r, keep);
  }
}

void sr_stand_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r,
                    sr_solution *solution)
{
  static const stance all[] = {
      {"quiet", 3, 0},         {"lean_forward", 3, 1},          {"lean_backward", 3, -1},
      {"one_leg_left", 1, 0},  {"one_leg_left_forward", 1, 1},  {"one_leg_left_backward", 1, -1},
      {"one_leg_right", 2, 0}, {"one_leg_right_forward", 2, 1}, {"one_leg_right_backward", 2, -1}};
  const double knee = task->knee_deg * SR_PI / 180.0;
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = "", .status = SR_TASK_SOLVED};
  *solution = (sr_solution){0};
  pose quiet = {0};
  for (size_t i = 0; i < sizeof all / sizeof all[0] && r->status != SR_TASK_INTERRUPTED; i++) {
    const pose at = solve_stance(run, &all[i], knee, &quiet, r, keep);
    if (all[i].lean == 0) quiet = at;
    if (i != 0 || at.posture == NULL) continue;
    sr_posture_save(at.posture, at.z, r, keep);
    report_shares(run, &at, r, keep);
  }
}
