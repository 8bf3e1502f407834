// heel_raise: the greatest static rise of the heel at a given knee angle, on both legs or one, with no more than a
// fingertip for balance, and the activation that a small rise needs.
#include <math.h>
#include <string.h>

#include "task/posture.h"

#define SR_PI 3.14159265358979323846

static const char *const side_name[2] = {"left", "right"};

// Height of the heel over its height on the flat foot [m]: of the calcaneus' rearmost sphere.
static sr_ex heel_height(const sr_posture *p, sr_leg leg)
{
  for (int c = 0; c < p->model->ncontact; c++) {
    const sr_contact_sphere *s = &p->model->contact[c];
    if (p->model->contact_leg[c] != leg || strncmp(s->name, "heel", 4) != 0) continue;
    return sr_shift(sr_body_point(&p->physics.body[s->body], s->centre).y, -s->radius);
  }
  return sr_const(p->graph, 0.0);
}

// Mean height of the standing heels [m].
static sr_ex rise(const sr_posture *p)
{
  const sr_ex left = heel_height(p, SR_LEG_LEFT), right = heel_height(p, SR_LEG_RIGHT);
  if (p->legs == 3) return sr_scale(sr_add(left, right), 0.5);
  return p->legs == 2 ? right : left;
}

static sr_posture *problem_of(const sr_task_run *run, const sr_task *task, sr_arena *keep)
{
  sr_posture *p = sr_posture_new(run->model, task->legs, run->weights->still.swing_clearance, keep);
  sr_posture_bend_knees(p, task->knee_deg * SR_PI / 180.0);
  // a little play, so that the stronger leg may carry more: the ball of the other foot then presses less
  const double level = 0.01 * run->model->length_ratio;  // [m] assumption 0.5 to 2 cm
  if (task->legs == 3 && !p->is_alike)
    sr_posture_constrain(p, sr_sub(heel_height(p, SR_LEG_RIGHT), heel_height(p, SR_LEG_LEFT)), "heels nearly level",
                         -level, level, 0.1);
  return p;
}

// A rise that is asked for, with the posture of least effort that holds it, or the torque that is missing.
typedef struct climb {
  const sr_task_run *run;
  const sr_task *task;
  sr_task_result *r;
  sr_arena *keep;
} climb;

typedef struct held {
  sr_posture *posture;
  double *z;
  sr_ocp_result solve;
  double missing;  // [N m]
} held;

static bool is_held(const held *h)
{
  return h->solve.nlp.status == SR_NLP_SOLVED && h->missing < sr_missing_least;
}

// Holds the heels at a height; from the posture of a lower rise where there is one.
static held hold(const climb *c, double height, const held *lower)
{
  held h = {.posture = problem_of(c->run, c->task, c->keep)};
  sr_posture *p = h.posture;
  sr_posture_allow_missing(p, 300.0);
  sr_posture_constrain(p, rise(p), "height of the heel", height, height, 0.1);
  h.z = sr_alloc(c->keep, double, p->nz);
  const double knee = c->task->knee_deg * SR_PI / 180.0, foot = 0.17 * c->run->model->length_ratio;
  // the foot pitches about the ball, 0.17 m from the heel; then from a higher and from a lower start
  static const double pitch[] = {0.0, 1.0, 2.0, 0.5, 4.0};
  for (int start = lower == NULL ? 1 : 0; start < 5; start++) {
    if (start == 0) memcpy(h.z, lower->z, (size_t)p->nz * sizeof *h.z);
    if (start > 0) sr_posture_start(p, asin(fmin(0.9, pitch[start] * height / foot)), 0.06, knee, h.z);
    h.solve =
        sr_posture_least(p, c->run, SR_EFFORT_SQUARE, sr_posture_price_of_missing(p), h.z, &c->r->iterations, c->keep);
    if (h.solve.nlp.status == SR_NLP_SOLVED || h.solve.nlp.status == SR_NLP_INTERRUPTED) break;
  }
  h.missing = sr_posture_missing(p, h.z).total;
  return h;
}

// Standing on flat feet, where no rise can be held.
static held flat(const climb *c, double step)
{
  held h = {.posture = problem_of(c->run, c->task, c->keep)};
  sr_posture_allow_missing(h.posture, 300.0);
  sr_posture_constrain(h.posture, rise(h.posture), "height of the heel", -SR_NLP_INF, 0.5 * step, 0.1);
  h.z = sr_alloc(c->keep, double, h.posture->nz);
  for (int start = 0; start < 3; start++) {
    sr_posture_start(h.posture, 0.0, 0.02 + 0.03 * start, c->task->knee_deg * SR_PI / 180.0, h.z);
    h.solve = sr_posture_least(h.posture, c->run, SR_EFFORT_SQUARE, sr_posture_price_of_missing(h.posture), h.z,
                               &c->r->iterations, c->keep);
    if (h.solve.nlp.status == SR_NLP_SOLVED || h.solve.nlp.status == SR_NLP_INTERRUPTED) break;
  }
  return h;
}

// The highest the heels can go from a posture, below `most` [m].
static held highest(const climb *c, const held *from, double most)
{
  held h = {.posture = problem_of(c->run, c->task, c->keep)};
  sr_posture *p = h.posture;
  const sr_ex height = rise(p);
  sr_posture_constrain(p, height, "height of the heel", -SR_NLP_INF, most, 0.1);
  h.z = sr_alloc(c->keep, double, p->nz);
  memcpy(h.z, from->z, (size_t)p->nz * sizeof *h.z);
  const sr_ex cost = sr_add(sr_scale(height, -100.0), sr_scale(sr_posture_effort(p, SR_EFFORT_SQUARE), 1e-3));
  h.solve = sr_posture_solve(p, c->run, cost, h.z, c->keep);
  c->r->iterations += h.solve.nlp.iterations;
  return h;
}

// The greatest rise that can be reached from the flat foot: step by step upward while the posture can be held, then as
// high as the last step allows. A posture that exists but lies beyond a height that cannot be held (perched on a
// nearly upright foot, which needs little torque) does not count. *above: the first step that could not be held.
static held greatest(const climb *c, double step, held *above)
{
  held low = {0};
  *above = hold(c, step, NULL);
  if (!is_held(above)) low = flat(c, step);
  for (int i = 2; is_held(above) && i < 40; i++) {
    low = *above;
    *above = hold(c, i * step, &low);
  }
  const bool is_proven = above->solve.nlp.status == SR_NLP_SOLVED;
  const double top = sr_posture_value(above->posture, above->z, rise(above->posture));
  if (above->solve.nlp.status == SR_NLP_INTERRUPTED) return *above;
  const held best = highest(c, &low, is_proven ? top : SR_NLP_INF);
  return best.solve.nlp.status == SR_NLP_SOLVED || !is_proven ? best : low;
}

static void put(sr_task_result *r, sr_arena *keep, double value, const char *what, const char *side)
{
  sr_task_metric(r, keep, sr_arena_printf(keep, "%s_%s", side, what), value, "predicted");
}

static void report_rise(const sr_posture *p, const double *z, sr_task_result *r, sr_arena *keep)
{
  for (int leg = 0; leg < 2; leg++) {
    if (!sr_posture_stands_on(p, leg)) continue;
    const char *side = side_name[leg];
    const sr_leg l = (sr_leg)leg;
    // the pad under a loaded heel gives way by some millimetres: that is no rise
    put(r, keep, fmax(0.0, 100.0 * sr_posture_value(p, z, heel_height(p, l))), "heel_rise_cm", side);
    put(r, keep, -z[sr_posture_coord(p, "ankle_angle_%s", l)] * 180.0 / SR_PI, "plantarflexion_deg", side);
    put(r, keep, sr_posture_ankle_moments(p, z, l, keep).need, "ankle_torque_N_m", side);
    put(r, keep, sr_posture_available(p, z, l).total, "available_torque_N_m", side);
  }
}

// The largest activation among the plantarflexors of the standing legs.
static double peak_activation(const sr_posture *p, const double *z)
{
  double peak = 0.0;
  for (int k = 0; k < p->nm; k++) {
    const sr_model_muscle *m = &p->model->muscle[k];
    const bool is_standing = m->leg != SR_LEG_NONE && sr_posture_stands_on(p, (int)m->leg);
    const bool is_flexor = m->group == SR_TRICEPS || m->group == SR_DEEP;
    if (is_standing && is_flexor && m->par.capacity > 0.0) peak = fmax(peak, z[p->act + k]);
  }
  return peak;
}

// A small rise that most can hold: what activation it needs and who carries it, under three measures of effort. Nothing
// is reported where it cannot be held.
static void small_rise(const climb *c)
{
  const double small = 0.03 * c->run->model->length_ratio;  // [m] assumption (2 to 5 cm)
  held h = hold(c, small, NULL);
  if (!is_held(&h)) return;
  double *z = sr_alloc(c->keep, double, h.posture->nz);
  for (int effort = 0; effort < 3; effort++) {
    memcpy(z, h.z, (size_t)h.posture->nz * sizeof *z);
    const sr_ex price = sr_posture_price_of_missing(h.posture);
    const sr_ocp_result o =
        sr_posture_least(h.posture, c->run, (sr_effort)effort, price, z, &c->r->iterations, c->keep);
    if (o.nlp.status != SR_NLP_SOLVED) continue;
    sr_posture_shares(h.posture, z, (sr_effort)effort, c->r, c->keep);
    sr_task_metric(c->r, c->keep, sr_arena_printf(c->keep, "small_rise_peak_activation_%s_1", sr_effort_name[effort]),
                   peak_activation(h.posture, z), "predicted");
  }
}

// The heel does not leave the ground: a rise of one step lacks torque, and the greatest rise falls short of it.
static void judge(const held *best, const held *above, double step, sr_task_result *r, sr_arena *keep)
{
  const double height = sr_posture_value(best->posture, best->z, rise(best->posture));
  if (height >= step * (1.0 - 1e-6)) return;
  const sr_missing missing = sr_posture_missing(above->posture, above->z);
  r->status = SR_TASK_IMPOSSIBLE;
  r->why = sr_arena_printf(keep,
                           "the heel does not leave the ground: the greatest rise that is possible is %.1f cm, and "
                           "%.1f cm lacks %.1f N m, most at %s",
                           fmax(0.0, 100.0 * height), 100.0 * step, missing.total, missing.coord);
}

void sr_heel_raise_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r,
                         sr_solution *solution)
{
  const double step = 0.01 * run->model->length_ratio;  // [m] below this the heel has not left the ground
  const climb c = {.run = run, .task = task, .r = r, .keep = keep};
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = "", .status = SR_TASK_SOLVED};
  *solution = (sr_solution){0};
  held above;
  const held best = greatest(&c, step, &above);
  r->objective = best.solve.nlp.objective;
  if (best.solve.nlp.status != SR_NLP_SOLVED) {
    r->status = sr_task_status_of(best.solve.nlp.status);
    r->why = sr_arena_printf(keep, "%s; largest violated: %s", sr_nlp_status_text(best.solve.nlp.status),
                             best.solve.worst[0] != '\0' ? best.solve.worst : "none");
    return;
  }
  judge(&best, &above, step, r, keep);
  report_rise(best.posture, best.z, r, keep);
  sr_task_metric(r, keep, "peak_activation_1", peak_activation(best.posture, best.z), "predicted");
  sr_posture_limits(best.posture, best.z, "greatest rise", r, keep);
  sr_posture_save(best.posture, best.z, r, keep);
  if (r->status == SR_TASK_SOLVED) small_rise(&c);
}
