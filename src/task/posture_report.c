// What a static result says: who carries the ankle moment, what is at its bound, and every column.
#include "task/posture.h"

void sr_posture_shares(const sr_posture *p, const double *z, sr_effort effort, sr_task_result *r, sr_arena *keep)
{
  static const char *const side[2] = {"left", "right"};
  const double least = 5.0;  // [N m] below this moment a share means nothing
  for (int leg = 0; leg < 2; leg++) {
    if (!sr_posture_stands_on(p, leg)) continue;
    const sr_ankle_moments m = sr_posture_ankle_moments(p, z, (sr_leg)leg, keep);
    if (m.need <= least) continue;
    const struct {
      const char *name;
      double moment;
    } part[3] = {{"soleus", m.soleus}, {"gasmed", m.gasmed}, {"gaslat", m.gaslat}};
    for (int i = 0; i < 3; i++)
      sr_task_metric(r, keep,
                     sr_arena_printf(keep, "%s_share_%s_%s_1", part[i].name, sr_effort_name[effort], side[leg]),
                     part[i].moment / m.flexors, "predicted");
  }
}

// What the lifted leg does limits nothing; that it cannot lift itself is said.
void sr_posture_limits(const sr_posture *p, const double *z, const char *what, sr_task_result *r, sr_arena *keep)
{
  for (int i = 0; i < p->force; i++) {
    const sr_bound *b = sr_posture_bound(p, i);
    const bool is_activation = i >= p->act;
    const sr_leg leg = is_activation ? p->model->muscle[i - p->act].leg : p->model->coord[i].leg;
    if (b->lo == b->hi || sr_posture_is_lifted(p, leg)) continue;
    const double near = 0.005 * (b->hi - b->lo);
    if (z[i] > b->hi - near) sr_task_limit(r, keep, "%s: %s at its upper bound", what, p->problem.z[i].name);
    if (z[i] < b->lo + near && !is_activation)
      sr_task_limit(r, keep, "%s: %s at its lower bound", what, p->problem.z[i].name);
  }
  const sr_missing lifted = sr_posture_lifted_missing(p, z);
  if (lifted.total >= sr_missing_least)
    sr_task_limit(r, keep, "%s: the lifted leg is held up from outside with %.1f N m, most at %s", what, lifted.total,
                  lifted.coord);
}

void sr_posture_save(const sr_posture *p, const double *z, sr_task_result *r, sr_arena *keep)
{
  const sr_columns c = sr_columns_of(p->model, p->graph, &p->now, &p->physics, keep);
  sr_ex *e = sr_alloc(keep, sr_ex, c.n);
  r->curves = (sr_curves){.nrow = 1, .ncol = c.n + 1};
  r->curves.label = sr_alloc(keep, const char *, c.n + 1);
  r->curves.unit = sr_alloc(keep, const char *, c.n + 1);
  r->curves.at = sr_alloc(keep, double, c.n + 1);
  r->curves.label[0] = "time_s";
  r->curves.unit[0] = "s";
  for (int i = 0; i < c.n; i++) {
    e[i] = c.at[i].value;
    r->curves.label[i + 1] = c.at[i].label;
    r->curves.unit[i + 1] = c.at[i].unit;
  }
  sr_posture_evaluate(p, z, e, c.n, r->curves.at + 1, keep);
}
