#include "cohort/body.h"

#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "task/task.h"

static double volume(const sr_model *m, const char *muscle)
{
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].leg == SR_LEG_RIGHT && strcmp(m->muscle[k].base, muscle) == 0) return 1e6 * m->muscle[k].volume;
  return (double)NAN;
}

// Greatest plantarflexion torque at neutral                                                                     [N m]
static double torque(const sr_model *m, double knee_deg)
{
  return sr_task_isometric(m, SR_LEG_RIGHT, 0.0, -knee_deg * SR_DEGREE, 0.0, 1.0).total;
}

double sr_body_row_value(const sr_row *row, const sr_shape_data *shape, const sr_person *p, const sr_model *m)
{
  if (strcmp(row->measure, "volume") == 0) return volume(m, row->muscle);
  if (strcmp(row->measure, "girth") == 0) return 100.0 * sr_calf_girth_of(shape, p);
  if (strcmp(row->measure, "torque") == 0) return torque(m, row->knee_deg);
  if (strcmp(row->measure, "torque_bent") == 0) return 100.0 * (torque(m, row->knee_deg) / torque(m, 0.0) - 1.0);
  return sr_task_dorsiflexion(m, SR_LEG_RIGHT, -row->knee_deg * SR_DEGREE, row->torque) / SR_DEGREE;
}
