#include "course/epoch.h"

#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "task/task.h"

static void describe_muscles(const sr_life *l, const sr_model *body, sr_leg leg, sr_arena *keep, sr_leg_result *out)
{
  out->muscle = sr_alloc(keep, sr_muscle_result, body->nmuscle);
  for (int k = 0; k < body->nmuscle; k++) {
    const sr_model_muscle *x = &body->muscle[k];
    if (x->leg != leg) continue;
    const sr_tissue_muscle *m = &l->muscle[k];
    const sr_tissue_readout r = sr_tissue_read(&l->par.tissue, m);
    out->muscle[out->nmuscle++] = (sr_muscle_result){.muscle = sr_arena_strdup(keep, x->base),
                                                     .innervated = m->nerve * (1.0 - m->blocked) * (1.0 - m->toxin),
                                                     .contractile_volume_ml = r.innervated * x->volume * 1e6,
                                                     .total_volume_ml = r.total * x->volume * 1e6,
                                                     .max_force_N = x->par.f_max * r.capacity,
                                                     .optimal_fibre_length_m = x->par.len_opt};
  }
}

double sr_epoch_dorsiflexion(const sr_model *body, sr_leg leg)
{
  const double examiner = 15.0;  // assumption, 10 to 20 N m: what an examiner's hand gives
  return sr_task_dorsiflexion(body, leg, 0.0, examiner);
}

static void describe_look(const sr_life *l, const sr_model *body, sr_leg leg, sr_arena *keep, sr_leg_result *out)
{
  enum { LEVELS = 21 };
  const sr_leg_look now = sr_life_look(l, leg);
  const sr_shape_state s = sr_life_shape(l, leg);
  const double length = sr_shape_length(sr_life_leg(l->plan, leg));
  sr_leg_metric(out, keep, "girth_max_cm", 100.0 * now.girth_max, "predicted");
  sr_leg_metric(out, keep, "girth_max_height_cm", 100.0 * length * (1.0 - now.level), "predicted");
  sr_leg_metric(out, keep, "girth_at_old_level_cm", 100.0 * now.girth_at_old_level, "predicted");
  sr_leg_metric(out, keep, "girth_change_cm", 100.0 * (now.girth_max - sr_life_girth_before(l->plan, leg)),
                "predicted");
  sr_leg_metric(out, keep, "calf_fat_mm", 1000.0 * now.fat, "predicted");
  sr_leg_metric(out, keep, "skin_reserve_percent", 100.0 * sr_life_skin_reserve(l, leg), "predicted");
  sr_leg_metric(out, keep, "dorsiflexion_deg", sr_epoch_dorsiflexion(body, leg) / SR_DEGREE, "predicted");
  sr_leg_metric(out, keep, "achilles_stiffness_percent", 100.0 * l->tendon[leg], "predicted");
  double sore = 0.0, effort = 1.0;
  for (int k = 0; k < body->nmuscle; k++) {
    if (body->muscle[k].leg != leg || body->muscle[k].group == SR_THIGH) continue;
    const sr_tissue_readout r = sr_tissue_read(&l->par.tissue, &l->muscle[k]);
    sore = fmax(sore, r.soreness);
    effort = fmin(effort, r.effort_most);
  }
  sr_leg_metric(out, keep, "calf_soreness_percent", 100.0 * sore, "assumed");
  sr_leg_metric(out, keep, "effort_that_pain_allows_percent", 100.0 * effort, "assumed");
  out->nprofile = LEVELS;
  out->profile_height_cm = sr_alloc(keep, double, LEVELS);
  out->profile_girth_cm = sr_alloc(keep, double, LEVELS);
  for (int i = 0; i < LEVELS; i++) {
    const double level = (double)i / (LEVELS - 1);
    out->profile_height_cm[i] = 100.0 * length * (1.0 - level);
    out->profile_girth_cm[i] = 100.0 * sr_shape_girth(sr_life_leg(l->plan, leg), &s, level);
  }
}

// Every second point of every so manieth ring; the last ring is kept.
static sr_rings coarse(const sr_surface *m, int step, sr_arena *keep)
{
  const int npoint = m->npoint / 2, nring = (m->nring - 1) / step + 1;
  sr_rings out = {.name = sr_arena_strdup(keep, m->name), .nring = nring, .npoint = npoint};
  int *at = out.at = sr_alloc(keep, int, 3 * nring * npoint);
  for (int r = 0; r < nring; r++) {
    const int ring = r + 1 < nring ? r * step : m->nring - 1;
    for (int i = 0; i < npoint; i++)
      for (int k = 0; k < 3; k++) *at++ = (int)lround(1e4 * (double)m->position[3 * (ring * m->npoint + 2 * i) + k]);
  }
  return out;
}

void sr_epoch_draw(const sr_life *l, sr_arena *keep, sr_epoch *e)
{
  sr_arena *work = sr_arena_new();
  sr_surface mesh[SR_MESHES];
  for (int leg = 0; leg < 2; leg++) {
    const sr_shape_leg *shape = sr_life_leg(l->plan, (sr_leg)leg);
    const sr_shape_state s = sr_life_shape(l, (sr_leg)leg);
    sr_leg_shape *out = &e->leg[leg].shape;
    out->ankle_height = (int)lround(1e4 * sr_shape_meshes(shape, &s, work, mesh));
    out->shank_length = (int)lround(1e4 * sr_shape_length(shape));
    out->surface = sr_alloc(keep, sr_rings, SR_MESHES);
    // the skin has the feet, whose rings are few
    for (int i = 0; i < SR_MESHES; i++)
      out->surface[out->nsurface++] = coarse(&mesh[i], strcmp(mesh[i].name, "skin") == 0 ? 1 : 2, keep);
  }
  sr_arena_free(work);
}

void sr_epoch_describe(const sr_life *l, const sr_model *body, sr_arena *keep, sr_epoch *e)
{
  sr_leg_nerves nerves[2];
  const sr_energy_readout r = sr_life_weight(l);
  sr_epoch_metric(e, keep, "mass_kg", r.mass, "predicted");
  sr_epoch_metric(e, keep, "fat_percent", 100.0 * r.fat_fraction, "predicted");
  for (int leg = 0; leg < 2; leg++) {
    e->leg[leg] = (sr_leg_result){0};
    nerves[leg].tree = *sr_life_tree(l->plan, (sr_leg)leg);
    nerves[leg].cut = sr_alloc(keep, double, nerves[leg].tree.nnode);
    sr_life_cuts(l->plan, (sr_leg)leg, l->week, nerves[leg].cut);
    describe_muscles(l, body, (sr_leg)leg, keep, &e->leg[leg]);
    describe_look(l, body, (sr_leg)leg, keep, &e->leg[leg]);
    sr_course_describe_nerves(&nerves[leg], keep, &e->leg[leg]);
  }
}
