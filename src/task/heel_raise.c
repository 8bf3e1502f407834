// heel_raise: the greatest static rise of the heel at a given knee angle, on both legs or one, with no more than a
// fingertip for balance, and the activation that a small rise needs.
#include <math.h>
#include <stdio.h>

#include "task/posture.h"

#define SR_PI 3.14159265358979323846

static const char *const side_name[2] = {"left", "right"};
static const char *const side_mark[2] = {"l", "r"};

// Height of the heel over its height on the flat foot [m]: of the calcaneus' rearmost sphere.
static sr_ex heel_height(const sr_posture *p, sr_leg leg)
{
  for (int c = 0; c < p->model->ncontact; c++) {
    const sr_contact_sphere *s = &p->model->contact[c];
    if (p->model->contact_leg[c] != leg || s->name[0] != 'h') continue;
    return sr_shift(sr_body_point(&p->physics.body[s->body], s->centre).y, -s->radius);
  }
  return sr_const(p->graph, 0.0);
}

static sr_posture *pose_problem(const sr_task_run *run, const sr_task *task, sr_arena *keep)
{
  sr_posture *p = sr_posture_new(run->model, task->legs, run->weights->still.swing_clearance, keep);
  for (int leg = 0; leg < 2; leg++)
    if ((task->legs >> leg & 1) != 0)
      sr_posture_fix(p, leg == 0 ? "knee_angle_l" : "knee_angle_r", -task->knee_deg * SR_PI / 180.0);
  return p;
}

// Sum of the standing heels' heights.
static sr_ex rise(const sr_posture *p)
{
  sr_ex sum = sr_const(p->graph, 0.0);
  for (int leg = 0; leg < 2; leg++)
    if ((p->legs >> leg & 1) != 0) sum = sr_add(sum, heel_height(p, (sr_leg)leg));
  return sum;
}

static double value_of(const sr_posture *p, const double *z, sr_ex e, sr_arena *keep)
{
  double v;
  sr_posture_evaluate(p, z, &e, 1, &v, keep);
  return v;
}

// The greatest rise over several starts; the problem is not convex. NaN if none converged.
static double greatest(const sr_task_run *run, sr_posture *p, const sr_task *task, double *best_z, sr_ocp_result *last,
                       int *iterations, sr_arena *keep)
{
  const sr_ex height = rise(p);
  const sr_ex cost = sr_add(sr_scale(height, -100.0), sr_scale(sr_posture_effort(p, SR_EFFORT_SQUARE), 1e-3));
  double best = (double)NAN, *z = sr_alloc(keep, double, p->nz);
  for (int start = 0; start < 4; start++) {
    sr_posture_guess(p, 0.1 + 0.2 * start, 0.14, task->knee_deg * SR_PI / 180.0, z);
    const sr_ocp_result o = sr_posture_solve(p, run, cost, z, keep);
    *iterations += o.nlp.iterations;
    if (isnan(best)) *last = o;
    if (o.nlp.status != SR_NLP_SOLVED) continue;
    const double h = value_of(p, z, height, keep);
    if (!isnan(best) && h <= best) continue;
    best = h;
    *last = o;
    for (int i = 0; i < p->nz; i++) best_z[i] = z[i];
  }
  return best;
}

static void put(sr_task_result *r, sr_arena *keep, double value, const char *format, const char *side)
{
  sr_task_metric(r, keep, sr_arena_printf(keep, "%s_%s", side, format), value, "predicted");
}

static void report_rise(const sr_posture *p, const double *z, sr_task_result *r, sr_arena *keep)
{
  for (int leg = 0; leg < 2; leg++) {
    if ((p->legs >> leg & 1) == 0) continue;
    const char *side = side_name[leg];
    char name[32];
    put(r, keep, 100.0 * value_of(p, z, heel_height(p, (sr_leg)leg), keep), "heel_rise_cm", side);
    snprintf(name, sizeof name, "ankle_angle_%s", side_mark[leg]);
    put(r, keep, -z[sr_coord_find(&p->model->skeleton, name)] * 180.0 / SR_PI, "plantarflexion_deg", side);
    double moment[5];
    sr_posture_ankle_moments(p, z, (sr_leg)leg, moment, keep);
    put(r, keep, moment[4], "ankle_torque_N_m", side);
    put(r, keep, sr_posture_available(p, z, (sr_leg)leg).total, "available_torque_N_m", side);
  }
}

// The largest activation among the triceps and the deep plantarflexors of the standing legs.
static double peak_activation(const sr_posture *p, const double *z)
{
  double peak = 0.0;
  for (int k = 0; k < p->nm; k++) {
    const sr_model_muscle *m = &p->model->muscle[k];
    const bool is_standing = m->leg != SR_LEG_NONE && (p->legs >> m->leg & 1) != 0;
    const bool is_flexor = m->is_deep || m->base[0] == 's' || (m->base[0] == 'g' && m->base[1] == 'a');
    if (is_standing && is_flexor && m->par.capacity > 0.0) peak = fmax(peak, z[p->act + k]);
  }
  return peak;
}

// A small rise that most can hold: what activation it needs and who carries it, under three measures of effort.
static void small_rise(const sr_task_run *run, const sr_task *task, double greatest_rise, sr_task_result *r,
                       sr_arena *keep)
{
  const double small = 0.03 * run->model->length_ratio;  // [m] assumption (2 to 5 cm)
  const int nlegs = task->legs == 3 ? 2 : 1;
  if (greatest_rise < nlegs * small) return;
  for (int effort = 0; effort < 3; effort++) {
    sr_posture *p = pose_problem(run, task, keep);
    sr_posture_constrain(p, rise(p), "height of the small rise", nlegs * small, nlegs * small, 0.1);
    double *z = sr_alloc(keep, double, p->nz);
    sr_posture_guess(p, 0.2, 0.14, task->knee_deg * SR_PI / 180.0, z);
    const sr_ocp_result o = sr_posture_solve(p, run, sr_posture_effort(p, (sr_effort)effort), z, keep);
    r->iterations += o.nlp.iterations;
    if (o.nlp.status != SR_NLP_SOLVED) continue;
    sr_posture_shares(p, z, (sr_effort)effort, r, keep);
    sr_task_metric(r, keep, sr_arena_printf(keep, "small_rise_peak_activation_%s_1", sr_effort_name[effort]),
                   peak_activation(p, z), "predicted");
  }
}

void sr_heel_raise_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r,
                         sr_solution *solution)
{
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = "", .status = SR_TASK_SOLVED};
  *solution = (sr_solution){0};
  sr_posture *p = pose_problem(run, task, keep);
  double *z = sr_alloc(keep, double, p->nz);
  sr_ocp_result last = {0};
  const double height = greatest(run, p, task, z, &last, &r->iterations, keep);
  r->objective = last.nlp.objective;
  if (isnan(height)) {
    r->status = sr_task_status_of(last.nlp.status);
    r->why = sr_arena_printf(keep, "%s; largest violated: %s", sr_nlp_status_text(last.nlp.status),
                             last.worst[0] ? last.worst : "none");
    return;
  }
  const double least = 0.01 * run->model->length_ratio;  // [m] below this the heel has not left the ground
  if (height < least * (task->legs == 3 ? 2 : 1)) {
    r->status = SR_TASK_IMPOSSIBLE;
    r->why = sr_arena_printf(keep, "the greatest rise that is possible is %.1f cm; the heel does not leave the ground",
                             fmax(0.0, 100.0 * height / (task->legs == 3 ? 2 : 1)));
  }
  report_rise(p, z, r, keep);
  sr_task_metric(r, keep, "peak_activation_1", peak_activation(p, z), "predicted");
  sr_posture_save(p, z, r, keep);
  small_rise(run, task, height, r, keep);
}
