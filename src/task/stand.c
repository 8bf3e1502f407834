// stand: quiet standing and the furthest lean each way with the whole foot on the ground, on two legs and on one.
// Static: sway needs feedback, which a static task has not, so nothing is said about it.
#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "task/posture.h"

static const char *const side_name[2] = {"left", "right"};
// centre of mass ahead of where quiet standing has it, in a start that leans backward, not or forward [m]
static const double lean_start[3] = {-0.02, 0.0, 0.08};

// One standing problem: what it is called, which legs stand, which way it leans (0 quiet, +1 forward, -1 backward).
typedef struct stance {
  const char *name;
  int legs, lean;
} stance;

// Distance of the centre of pressure in front of the ankle, times the load: sum x F - x_ankle sum F.
static sr_ex pressure_ahead(const sr_posture *p)
{
  return sr_sub(sr_posture_pressure(p), sr_mul(sr_posture_ankle_x(p), sr_posture_load(p)));
}

static sr_posture *problem_of(const sr_task_run *run, const sr_static_weights *w, const stance *s, double knee,
                              sr_arena *keep)
{
  sr_posture *p = sr_posture_new(run->model, w, s->legs, keep);
  sr_posture_bend_knees(p, knee);
  sr_posture_allow_missing(p, 300.0);
  for (int leg = 0; leg < 2; leg++)
    if (sr_posture_decides(p, leg)) sr_posture_keep_foot_down(p, (sr_leg)leg);
  if (s->lean == 0) {
    const sr_ex off = sr_sub(pressure_ahead(p), sr_scale(sr_posture_load(p), w->pressure_ahead));
    sr_posture_constrain(p, off, "centre of pressure ahead of the ankle", 0.0, 0.0, 0.05 * sr_model_weight(run->model));
  }
  return p;
}

// Quiet standing: least effort. A lean: it decides [cm], effort only picks among equals.
static sr_ex cost_of(const sr_posture *p, const stance *s)
{
  const sr_ex effort = sr_posture_effort(p, SR_EFFORT_SQUARE), price = sr_posture_price(p);
  if (s->lean == 0) return sr_add(effort, price);
  const sr_ex ahead = sr_scale(pressure_ahead(p), -100.0 * s->lean / sr_model_weight(p->model));
  return sr_add(sr_add(ahead, sr_scale(effort, 1e-3)), price);
}

// A lean from where quiet standing on the same legs is and from a start that leans; quiet standing from a start. With
// bent knees from others, in which the trunk leans, too, while torque is missing.
static sr_held solve_stance(const sr_task_run *run, const sr_static_weights *w, const stance *s, double knee,
                            const sr_held *quiet, sr_arena *keep)
{
  sr_held h = sr_held_new(problem_of(run, w, s, knee, keep), keep);
  const sr_ex cost = cost_of(h.posture, s);
  if (s->lean != 0 && quiet->posture != NULL) sr_held_solve(&h, run, cost, quiet->z, keep);
  const sr_posture_start foot = {.ahead = w->pressure_ahead + lean_start[s->lean + 1]};
  for (int i = 0; i < sr_posture_leans(knee) && (i == 0 || !sr_held_is(&h)); i++) {
    const sr_posture_start start = sr_posture_leaning(w, &foot, knee, i);
    sr_held_begin(&h, run, cost, &start, keep);
  }
  return h;
}

static void put(sr_task_result *r, sr_arena *keep, double value, const char *stance_name, const char *what,
                const char *grade)
{
  sr_task_metric(r, keep, sr_arena_printf(keep, "%s_%s", stance_name, what), value, grade);
}

// Distance of the pressure, required and available plantarflexor torque; what a healthy calf can give was set on
// published torques. Required over available above 1 says how much
// more it would take.
static void report_pose(const sr_held *at, const stance *s, sr_task_result *r, sr_arena *keep)
{
  const sr_posture *p = at->posture;
  const double distance = sr_posture_value(p, at->z, pressure_ahead(p)) / sr_model_weight(p->model);
  put(r, keep, 100.0 * distance, s->name, "pressure_ahead_of_ankle_cm", "predicted");
  for (int leg = 0; leg < 2; leg++) {
    if (!sr_posture_stands_on(p, leg)) continue;
    const double need = sr_posture_ankle_moments(p, at->z, (sr_leg)leg, keep).need;
    const double most = sr_posture_available(p, at->z, (sr_leg)leg, s->name, r, keep);
    const char *side = side_name[leg];
    put(r, keep, need, s->name, sr_arena_printf(keep, "required_torque_%s_N_m", side), "predicted");
    put(r, keep, most, s->name, sr_arena_printf(keep, "available_torque_%s_N_m", side), "calibrated");
    put(r, keep, need / most, s->name, sr_arena_printf(keep, "required_over_available_%s_1", side), "predicted");
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
static void judge(const sr_held *at, const stance *s, sr_task_result *r, sr_arena *keep)
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

// One stance in the result; its posture is NULL if it was not solved. If torque is missing while the lifted leg is
// where legs are usually lifted to, once more with that leg wherever it helps.
static sr_held report_stance(const sr_task_run *run, const stance *s, double knee, const sr_held *quiet,
                             sr_task_result *r, sr_arena *keep)
{
  const sr_static_weights *w = &run->weights->still;
  sr_held h = solve_stance(run, w, s, knee, quiet, keep);
  r->iterations += h.iterations;
  for (int behind = 0; behind < 2 && s->legs != 3 && !sr_held_is(&h); behind++) {
    if (h.solve.nlp.status == SR_NLP_INTERRUPTED) break;
    const sr_static_weights anywhere = sr_posture_free_lifted_leg(w, behind == 1);
    const sr_held free = solve_stance(run, &anywhere, s, knee, quiet, keep);
    r->iterations += free.iterations;
    if (sr_held_is_better(&free, &h)) h = free;
  }
  if (s->legs == 3 && s->lean == 0) r->objective = h.solve.nlp.objective;
  if (!is_solved(&h.solve, s->name, r, keep)) return (sr_held){0};
  report_pose(&h, s, r, keep);
  judge(&h, s, r, keep);
  return h;
}

// Who carries the moment in quiet standing, under three measures of effort.
static void report_shares(const sr_task_run *run, const sr_held *quiet, sr_task_result *r, sr_arena *keep)
{
  const sr_posture *p = quiet->posture;
  double *z = sr_alloc(keep, double, p->nz);
  for (int effort = 0; effort < 3; effort++) {
    memcpy(z, quiet->z, (size_t)p->nz * sizeof *z);
    const sr_ocp_result o = sr_posture_least(p, run, (sr_effort)effort, sr_posture_price(p), z, &r->iterations, keep);
    if (is_solved(&o, sr_effort_name[effort], r, keep)) sr_posture_shares(p, z, (sr_effort)effort, r, keep);
  }
}

void sr_stand_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r,
                    sr_solution *solution)
{
  static const stance all[] = {
      {"quiet", 3, 0},         {"lean_forward", 3, 1},          {"lean_backward", 3, -1},
      {"one_leg_left", 1, 0},  {"one_leg_left_forward", 1, 1},  {"one_leg_left_backward", 1, -1},
      {"one_leg_right", 2, 0}, {"one_leg_right_forward", 2, 1}, {"one_leg_right_backward", 2, -1}};
  const double knee = task->knee_deg * SR_DEGREE;
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = "", .status = SR_TASK_SOLVED};
  *solution = (sr_solution){0};
  sr_held quiet = {0};
  for (size_t i = 0; i < sizeof all / sizeof all[0] && r->status != SR_TASK_INTERRUPTED; i++) {
    const sr_held at = report_stance(run, &all[i], knee, &quiet, r, keep);
    if (all[i].lean == 0) quiet = at;
    if (i != 0 || at.posture == NULL) continue;
    sr_posture_save(at.posture, at.z, r, keep);
    report_shares(run, &at, r, keep);
  }
}
