#include "task/metrics.h"

#include <math.h>

const char *const sr_side_name[2] = {"left", "right"};

void sr_metrics_put(const sr_metrics *b, const char *name, double value)
{
  sr_task_metric(b->r, b->keep, name, value, b->grade);
}

void sr_metrics_put_leg(const sr_metrics *b, const char *name, int leg, const char *unit, double value)
{
  sr_metrics_put(b, sr_arena_printf(b->keep, "%s_%s_%s", name, sr_side_name[leg], unit), value);
}

void sr_metrics_joints(const sr_metrics *b, int leg)
{
  static const struct {
    const char *name, *coord[2];
  } joint[] = {{"hip", {"hip_flexion_l", "hip_flexion_r"}},
               {"knee", {"knee_angle_l", "knee_angle_r"}},
               {"ankle", {"ankle_angle_l", "ankle_angle_r"}}};
  const sr_columns *c = &b->rec->columns;
  for (int j = 0; j < 3; j++) {
    const int coord = sr_coord_find(&b->m->skeleton, joint[j].coord[leg]);
    const char *name = joint[j].name;
    sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_work_positive", name), leg, "J_kg",
                       sr_recording_integral(b->rec, c->power[coord], SR_POSITIVE) / b->m->mass);
    sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_power_peak", name), leg, "W_kg",
                       sr_recording_greatest(b->rec, c->power[coord]) / b->m->mass);
    sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_angle_min", name), leg, "deg",
                       sr_recording_least(b->rec, c->coord[coord]));
    sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_angle_max", name), leg, "deg",
                       sr_recording_greatest(b->rec, c->coord[coord]));
  }
  const int ankle = sr_coord_find(&b->m->skeleton, joint[2].coord[leg]);
  sr_metrics_put_leg(b, "ankle_moment_peak", leg, "N_m_kg",
                     fmax(0.0, -sr_recording_least(b->rec, c->moment[ankle])) / b->m->mass);
}

static bool is_triceps(const sr_model_muscle *x, int leg)
{
  return x->group == SR_TRICEPS && x->leg == (sr_leg)leg;
}

void sr_metrics_achilles(const sr_metrics *b, int leg)
{
  const sr_columns *c = &b->rec->columns;
  double best = 0.0, given = 0.0;
  for (int i = 0; i < b->rec->nrow; i++) {
    double sum = 0.0;
    for (int k = 0; k < b->m->nmuscle; k++)
      if (is_triceps(&b->m->muscle[k], leg)) sum += sr_recording_row(b->rec, c->tendon_force[k], i);
    best = fmax(best, sum);
  }
  for (int k = 0; k < b->m->nmuscle; k++)
    if (is_triceps(&b->m->muscle[k], leg)) given += sr_recording_integral(b->rec, c->tendon_power[k], SR_POSITIVE);
  sr_metrics_put_leg(b, "achilles_force_peak", leg, "N", best);
  sr_metrics_put_leg(b, "achilles_energy_returned", leg, "J", given);
}

static void muscle_numbers(const sr_metrics *b, int leg, int k)
{
  const sr_model_muscle *x = &b->m->muscle[k];
  const sr_columns *c = &b->rec->columns;
  sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_activation_peak", x->base), leg, "1",
                     sr_recording_greatest(b->rec, c->activation[k]));
  if (x->group == SR_THIGH) return;
  sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_force_peak", x->base), leg, "N",
                     sr_recording_greatest(b->rec, c->tendon_force[k]));
  sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_work_positive", x->base), leg, "J",
                     sr_recording_integral(b->rec, c->fibre_power[k], SR_POSITIVE));
  sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_work_negative", x->base), leg, "J",
                     sr_recording_integral(b->rec, c->fibre_power[k], SR_NEGATIVE));
}

void sr_metrics_muscles(const sr_metrics *b, int leg)
{
  for (int group = SR_TRICEPS; group <= SR_THIGH; group++)
    for (int k = 0; k < b->m->nmuscle; k++)
      if (b->m->muscle[k].leg == (sr_leg)leg && b->m->muscle[k].group == (sr_muscle_group)group)
        muscle_numbers(b, leg, k);
}

void sr_metrics_margin(const sr_metrics *b, int leg)
{
  double left = (double)NAN;
  for (int k = 0; k < b->m->nmuscle; k++) {
    const sr_model_muscle *x = &b->m->muscle[k];
    if (x->leg != (sr_leg)leg || (x->group != SR_TRICEPS && x->group != SR_DEEP) || x->par.capacity <= 0.0) continue;
    left = fmin(left, fmax(0.0, x->act_max - sr_recording_greatest(b->rec, b->rec->columns.activation[k])));
  }
  sr_metrics_put_leg(b, "plantarflexor_margin", leg, "1", left);
}

double sr_metrics_energy(const sr_metrics *b)
{
  double energy = sr_model_basal_rate(b->m) * b->rec->duration;
  for (int k = 0; k < b->m->nmuscle; k++)
    energy += sr_recording_integral(b->rec, b->rec->columns.metabolic_rate[k], SR_ALL);
  return energy;
}
