// heel_raise: the greatest static rise of the heel at a given knee angle, on both legs or one, with no more than a
// fingertip for balance, and the activation that a small rise needs.
#include "task/heel_raise.h"

#include <math.h>
#include <string.h>

#include "base/constants.h"

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

static sr_posture *problem_of(const sr_climb *c)
{
  const sr_model *m = c->run->model;
  sr_posture *p = sr_posture_passed(m, &c->weights, c->task->legs, &c->motion, c->keep);
  sr_posture_bend_knees(p, c->task->knee_deg * SR_PI / 180.0);
  // a little play, so that the stronger leg may carry more: the ball of the other foot then presses less
  const double level = c->weights.heels_level * m->length_ratio;
  if (c->task->legs == 3 && !p->is_alike)
    sr_posture_constrain(p, sr_sub(heel_height(p, SR_LEG_RIGHT), heel_height(p, SR_LEG_LEFT)), "heels nearly level",
                         -level, level, 0.1);
  return p;
}

// From the rearmost sphere to the joint about which the foot pitches [m].
static double heel_to_toes(const sr_model *m)
{
  const int toes = sr_body_find(&m->skeleton, "toes_r");
  for (int c = 0; c < m->ncontact; c++)
    if (m->contact_leg[c] == SR_LEG_RIGHT && strncmp(m->contact[c].name, "heel", 4) == 0)
      return m->skeleton.body[toes].pos[0] - m->contact[c].centre[0];
  return 0.0;
}

// Standing with the heel between two heights, torque from outside allowed; ready to be solved.
static sr_held standing(const sr_climb *c, double lo, double hi)
{
  sr_held h = sr_held_new(problem_of(c), c->keep);
  sr_posture_allow_missing(h.posture, 300.0);
  sr_posture_constrain(h.posture, rise(h.posture), "height of the heel", lo, hi, 0.1);
  return h;
}

static sr_ex effort_of(const sr_held *h)
{
  return sr_add(sr_posture_effort(h->posture, SR_EFFORT_SQUARE), sr_posture_price(h->posture));
}

static double knee_of(const sr_climb *c)
{
  return c->task->knee_deg * SR_PI / 180.0;
}

// From starts with the foot pitched so, at each lean of the trunk that bent knees allow.
static void try_starts(const sr_climb *c, sr_held *h, const sr_posture_start *foot, int n)
{
  const double knee = knee_of(c);
  for (int i = 0; i < sr_posture_leans(knee); i++)
    for (int k = 0; k < n && !sr_held_is(h) && h->solve.nlp.status != SR_NLP_INTERRUPTED; k++) {
      const sr_posture_start start = sr_posture_leaning(&c->weights, &foot[k], knee, i);
      sr_held_begin(h, c->run, effort_of(h), &start, c->keep);
    }
  c->r->iterations += h->iterations;
}

// Holds the heels at a height, from nothing: the foot pitches as far as lifts the heel so high, or otherwise.
sr_held sr_climb_hold_first(const sr_climb *c, double height)
{
  static const double pitch[] = {1.0, 2.0, 0.5, 4.0};
  sr_held h = standing(c, height, height);
  sr_posture_start foot[4] = {{0}};
  for (int i = 0; i < 4; i++) foot[i].heel_up = asin(fmin(0.9, pitch[i] * height / heel_to_toes(c->run->model)));
  try_starts(c, &h, foot, 4);
  return h;
}

// The same from the posture of a lower rise, and only from there while that gives an answer: a posture beyond a height
// that cannot be held is not reached.
sr_held sr_climb_hold(const sr_climb *c, double height, const sr_held *lower)
{
  sr_held h = standing(c, height, height);
  sr_held_solve(&h, c->run, effort_of(&h), lower->z, c->keep);
  c->r->iterations += h.iterations;
  const bool is_answer = h.solve.nlp.status == SR_NLP_SOLVED || h.solve.nlp.status == SR_NLP_INTERRUPTED;
  return is_answer ? h : sr_climb_hold_first(c, height);
}

// Standing on flat feet, where no rise can be held.
static sr_held flat(const sr_climb *c)
{
  static const sr_posture_start foot[] = {{.ahead = 0.02}, {.ahead = 0.05}, {.ahead = 0.08}};
  sr_held h = standing(c, -SR_NLP_INF, 0.5 * c->step);
  try_starts(c, &h, foot, 3);
  return h;
}

// The highest the heels can go from a posture, below `most` [m].
static sr_held highest(const sr_climb *c, const sr_held *from, double most)
{
  sr_held h = sr_held_new(problem_of(c), c->keep);
  const sr_ex height = rise(h.posture);
  sr_posture_constrain(h.posture, height, "height of the heel", -SR_NLP_INF, most, 0.1);
  const sr_ex strain = sr_scale(sr_posture_effort(h.posture, SR_EFFORT_SQUARE), 1e-3);
  const sr_ex cost = sr_add(sr_add(sr_scale(height, -100.0), strain), sr_posture_price(h.posture));
  sr_held_solve(&h, c->run, cost, from->z, c->keep);
  c->r->iterations += h.iterations;
  return h;
}

// The highest posture between one that is held and a height that is not, by halves, to a sixteenth of a step.
static sr_held highest_by_halves(const sr_climb *c, sr_held low, double lo, double hi)
{
  for (int i = 0; i < 4 && low.solve.nlp.status != SR_NLP_INTERRUPTED; i++) {
    const double middle = 0.5 * (lo + hi);
    const sr_held h = sr_climb_hold(c, middle, &low);
    *(sr_held_is(&h) ? &lo : &hi) = middle;
    if (sr_held_is(&h) || h.solve.nlp.status == SR_NLP_INTERRUPTED) low = h;
  }
  return low;
}

double sr_climb_rise(const sr_held *h)
{
  return sr_posture_value(h->posture, h->z, rise(h->posture));
}

// The greatest rise that can be reached from the flat foot: step by step upward while the posture can be held, then as
// high as the last step allows. A posture that exists but lies beyond a height that cannot be held (perched on a
// nearly upright foot, which needs little torque) does not count. *above: the first step that could not be held, for
// want of torque or, where that was not solved although torque from outside is allowed, because no foot reaches so
// high. Who cannot stand on the flat foot either has that posture, with the torque it lacks.
static sr_held greatest(const sr_climb *c, sr_held *above)
{
  sr_held low = {0};
  *above = sr_climb_hold_first(c, c->step);
  if (!sr_held_is(above)) low = flat(c);
  int steps = 1;
  for (; sr_held_is(above) && steps < 40; steps++) {
    low = *above;
    *above = sr_climb_hold(c, (steps + 1) * c->step, &low);
  }
  if (above->solve.nlp.status == SR_NLP_INTERRUPTED) return *above;
  if (!sr_held_is(&low)) return low;
  const bool is_proven = above->solve.nlp.status == SR_NLP_SOLVED;
  const sr_held best = highest(c, &low, is_proven ? sr_climb_rise(above) : SR_NLP_INF);
  if (best.solve.nlp.status == SR_NLP_SOLVED || best.solve.nlp.status == SR_NLP_INTERRUPTED) return best;
  return highest_by_halves(c, low, sr_climb_rise(&low), steps * c->step);
}

static bool leaves_the_ground(const sr_climb *c, const sr_held *best)
{
  return best->solve.nlp.status == SR_NLP_SOLVED && sr_climb_rise(best) >= c->step * (1.0 - 1e-6);
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
    put(r, keep, sr_posture_available(p, z, l, "greatest rise", r, keep), "available_torque_N_m", side);
  }
}

// Beyond what people do barefoot, and what ends the rise of a strong calf: said in words.
static void report_toes(const sr_posture *p, const double *z, sr_task_result *r, sr_arena *keep)
{
  const double straight = 5.0 * SR_PI / 180.0;
  for (int leg = 0; leg < 2; leg++)
    if (sr_posture_stands_on(p, leg) && z[sr_posture_coord(p, "mtp_angle_%s", (sr_leg)leg)] < straight)
      sr_task_limit(r, keep, "greatest rise: the toes of the %s foot are nearly straight, it stands on their tips",
                    side_name[leg]);
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
static void small_rise(const sr_climb *c)
{
  const double small = c->weights.small_rise * c->run->model->length_ratio;
  sr_held h = sr_climb_hold_first(c, small);
  if (!sr_held_is(&h)) return;
  double *z = sr_alloc(c->keep, double, h.posture->nz);
  for (int effort = 0; effort < 3; effort++) {
    memcpy(z, h.z, (size_t)h.posture->nz * sizeof *z);
    const sr_ex price = sr_posture_price(h.posture);
    const sr_ocp_result o =
        sr_posture_least(h.posture, c->run, (sr_effort)effort, price, z, &c->r->iterations, c->keep);
    if (o.nlp.status != SR_NLP_SOLVED) continue;
    sr_posture_shares(h.posture, z, (sr_effort)effort, c->r, c->keep);
    sr_task_metric(c->r, c->keep, sr_arena_printf(c->keep, "small_rise_peak_activation_%s_1", sr_effort_name[effort]),
                   peak_activation(h.posture, z), "predicted");
  }
}

// The heel does not leave the ground: a rise of one step lacks torque, and the greatest rise falls short of it, or the
// flat foot lacks torque already.
static void judge(const sr_climb *c, const sr_held *best, const sr_held *above)
{
  if (leaves_the_ground(c, best)) return;
  const bool is_standing = best->missing < sr_missing_least;
  const sr_held *lacks = is_standing ? above : best;
  const sr_missing missing = sr_posture_missing(lacks->posture, lacks->z);
  const double height = 100.0 * sr_climb_rise(best);
  c->r->status = SR_TASK_IMPOSSIBLE;
  c->r->why =
      is_standing
          ? sr_arena_printf(c->keep,
                            "the heel does not leave the ground: the greatest rise that is possible is %.1f cm, and "
                            "%.1f cm lacks %.1f N m, most at %s",
                            fmax(0.0, height), 100.0 * c->step, missing.total, missing.coord)
          : sr_arena_printf(c->keep,
                            "the heel does not leave the ground: on the flat foot already %.1f N m are missing, "
                            "most at %s",
                            missing.total, missing.coord);
}

sr_climb sr_climb_new(const sr_task *task, const sr_task_run *run, sr_task_result *r, sr_arena *keep)
{
  const sr_static_weights *w = &run->weights->still;
  return (sr_climb){
      .run = run, .task = task, .weights = *w, .step = w->rise_step * run->model->length_ratio, .r = r, .keep = keep};
}

sr_held sr_climb_best(sr_climb *c, sr_held *above)
{
  const sr_static_weights usual = c->weights;
  sr_held best = greatest(c, above);
  for (int behind = 0; behind < 2 && c->task->legs != 3 && !leaves_the_ground(c, &best); behind++) {
    if (best.solve.nlp.status == SR_NLP_INTERRUPTED) break;
    c->weights = sr_posture_free_lifted_leg(&usual, behind == 1);
    sr_held free_above;
    const sr_held free = greatest(c, &free_above);
    if (!leaves_the_ground(c, &free) && !sr_held_is_better(&free_above, above)) continue;
    best = free;
    *above = free_above;
  }
  return best;
}

bool sr_climb_report(const sr_climb *c, const sr_held *best, const sr_held *above)
{
  sr_task_result *r = c->r;
  r->objective = best->solve.nlp.objective;
  if (best->solve.nlp.status != SR_NLP_SOLVED) {
    r->status = sr_task_status_of(best->solve.nlp.status);
    r->why = sr_arena_printf(c->keep, "%s; largest violated: %s", sr_nlp_status_text(best->solve.nlp.status),
                             best->solve.worst[0] != '\0' ? best->solve.worst : "none");
    return false;
  }
  judge(c, best, above);
  report_rise(best->posture, best->z, r, c->keep);
  sr_task_metric(r, c->keep, "peak_activation_1", peak_activation(best->posture, best->z), "predicted");
  sr_posture_limits(best->posture, best->z, "greatest rise", r, c->keep);
  if (leaves_the_ground(c, best)) report_toes(best->posture, best->z, r, c->keep);
  sr_posture_save(best->posture, best->z, r, c->keep);
  return r->status == SR_TASK_SOLVED;
}

void sr_heel_raise_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r,
                         sr_solution *solution)
{
  if (task->repeat) {
    sr_heel_raises_solve(task, run, keep, r, solution);
    return;
  }
  sr_climb c = sr_climb_new(task, run, r, keep);
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = "", .status = SR_TASK_SOLVED};
  *solution = (sr_solution){0};
  sr_held above;
  const sr_held best = sr_climb_best(&c, &above);
  if (sr_climb_report(&c, &best, &above)) small_rise(&c);
}
