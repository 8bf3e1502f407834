// The numbers that all movements report: of joints, tendons and muscles, per leg.
#ifndef SR_TASK_METRICS_H
#define SR_TASK_METRICS_H
#include "task/recording.h"

// What the metrics are made from, and where they go.
typedef struct sr_metrics {
  const sr_recording *rec;
  const sr_model *m;
  const char *grade;
  sr_task_result *r;
  sr_arena *keep;
} sr_metrics;
extern const char *const sr_side_name[2];  // left, right

void sr_metrics_put(const sr_metrics *b, const char *name, double value);
// A metric of one leg: name_left_unit.
void sr_metrics_put_leg(const sr_metrics *b, const char *name, int leg, const char *unit, double value);
// Work, peak power and range of hip, knee and ankle, and the ankle's peak moment.
void sr_metrics_joints(const sr_metrics *b, int leg);
// Peak force in the Achilles tendon, and the energy that it gives back.
void sr_metrics_achilles(const sr_metrics *b, int leg);
// Of every muscle of a leg, the calf first, its peak activation; of the calf peak force and the work of its fibres too.
void sr_metrics_muscles(const sr_metrics *b, int leg);
// How far the calf is from its limit: what is left of the activation of the plantarflexor that comes nearest to what it
// can or may do.
void sr_metrics_margin(const sr_metrics *b, int leg);
// Metabolic energy of the whole body over the recording [J].
double sr_metrics_energy(const sr_metrics *b);
#endif
