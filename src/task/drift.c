#include "task/drift.h"

#include <math.h>

#include "base/constants.h"

int sr_movement_forward(const sr_movement *p, const sr_traj *t, int steps, double *x, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  const int n = l->nq + l->nm;
  int *control = sr_alloc(keep, int, n), *path = sr_alloc(keep, int, n);
  for (int j = 0; j < l->nq; j++) {
    control[j] = l->qdd + j;
    path[j] = j;  // the equation of motion
  }
  for (int k = 0; k < l->nm; k++) {
    control[l->nq + k] = l->force_rate + k;
    path[l->nq + k] = sr_movement_balance_row(p, k);
  }
  const sr_ocp_free found = {.n = n, .control = control, .path = path};
  return sr_ocp_forward(sr_ocp_transcribe_again(&p->ocp, *p->transcribed, t->mesh, keep), t, &found, steps, x, keep);
}

// Largest difference at the end of an interval between two records of states, of joint angles [deg] or of places [m].
static double difference(const sr_movement *p, const double *a, const double *b, bool is_place)
{
  double most = 0.0;
  for (int j = 0; j < p->layout.nq; j++)
    if (p->model->coord[j].is_translation == is_place) most = fmax(most, fabs(a[p->layout.q + j] - b[p->layout.q + j]));
  return is_place ? most : most / SR_DEGREE;
}

void sr_movement_drift(const sr_movement *p, const sr_traj *t, sr_task_result *r, sr_arena *keep)
{
  enum { STEPS = 4, SHARES = 4 };
  static const double share[SHARES] = {0.1, 0.25, 0.5, 1.0};  // of the phase that was solved
  const int nx = p->layout.nx, n = t->mesh.nint, degree = t->mesh.degree;
  double *coarse = sr_alloc(keep, double, (n + 1) * nx), *fine = sr_alloc(keep, double, (n + 1) * nx);
  const int lasted_coarse = sr_movement_forward(p, t, STEPS, coarse, keep);
  const int lasted = sr_movement_forward(p, t, 2 * STEPS, fine, keep);
  for (int i = 0; i < SHARES; i++) {
    const int k = (int)(share[i] * n + 0.5);
    const bool is_there = k <= lasted, is_twice = is_there && k <= lasted_coarse;
    const double *own = t->x + k * degree * nx, *x = fine + k * nx;
    const double percent = 100.0 * share[i];
    sr_task_metric(r, keep, sr_arena_printf(keep, "drift_at_%.0f_percent_deg", percent),
                   is_there ? difference(p, x, own, false) : (double)NAN, "predicted");
    sr_task_metric(r, keep, sr_arena_printf(keep, "drift_at_%.0f_percent_m", percent),
                   is_there ? difference(p, x, own, true) : (double)NAN, "predicted");
    sr_task_metric(r, keep, sr_arena_printf(keep, "drift_step_error_at_%.0f_percent_deg", percent),
                   is_twice ? difference(p, x, coarse + k * nx, false) : (double)NAN, "predicted");
  }
  if (lasted < n)
    sr_task_limit(r, keep,
                  "followed forward in time without feedback the movement lasts for %.0f%% of the solved phase",
                  100.0 * lasted / n);
}
