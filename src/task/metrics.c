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

// The force of all of the triceps.
void sr_metrics_achilles(const sr_metrics *b, int leg)
{
  double best = 0.0;
  for (int i = 0; i < b->rec->nrow; i++) {
    double sum = 0.0;
    for (int k = 0; k < b->m->nmuscle; k++)
      if (b->m->muscle[k].group == SR_TRICEPS && b->m->muscle[k].leg == (sr_leg)leg)
        sum += sr_recording_row(b->rec, b->rec->columns.tendon_force[k], i);
    best = fmax(best, sum);
  }
  sr_metrics_put_leg(b, "achilles_force_peak", leg, "N", best);
}

void sr_metrics_muscle(const sr_metrics *b, int leg, int k)
{
  const sr_model_muscle *x = &b->m->muscle[k];
  const sr_columns *c = &b->rec->columns;
  sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_activation_peak", x->base), leg, "1",
                     sr_recording_greatest(b->rec, c->activation[k]));
  if (x->group == SR_THIGH) return;
  sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_force_peak", x->base), leg, "N",
                     sr_recording_greatest(b->rec, c->tendon_force[k]));
}

double sr_metrics_energy(const sr_metrics *b)
{
  double energy = sr_model_basal_rate(b->m) * b->rec->duration;
  for (int k = 0; k < b->m->nmuscle; k++)
    energy += sr_recording_integral(b->rec, b->rec->columns.metabolic_rate[k], SR_ALL);
  return energy;
}
