#include "course/week_load.h"

#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "task/layout.h"

static const double first_power = 1.5, power_step = 0.5;

// What a muscle does in quiet standing.
static double still_value(const sr_curves *stand, const char *muscle, const char *what)
{
  char label[64];
  snprintf(label, sizeof label, "%s/%s", muscle, what);
  const int column = sr_curves_find(stand, label);
  SR_ASSERT(column >= 0);
  return stand->at[column];
}

// Force of a leg's Achilles tendon in quiet standing, over the greatest of its muscles.
static double still_pull(const sr_model *m, sr_leg leg, const sr_curves *stand)
{
  double force = 0.0, most = 0.0;
  for (int k = 0; k < m->nmuscle; k++) {
    if (m->muscle[k].leg != leg || m->muscle[k].group != SR_TRICEPS) continue;
    force += still_value(stand, m->muscle[k].par.name, "tendon_force");
    most += m->muscle[k].par.f_max;
  }
  return force / most;
}

// Adds n dt (x)^p at every power.
static void add(double *row, double x, double n)
{
  if (x <= 0.0 || n <= 0.0) return;
  double y = n * x * sqrt(x);
  const double step = sqrt(x);
  for (int k = 0; k < SR_LOAD_POWERS; k++, y *= step) row[k] += y;
}

// A kind of stride: how often in a week, and its forces over those of walking.
typedef struct stride {
  double per_week, ratio;
} stride;
enum { STRIDES = 6 };

static void strides_of(const sr_load_table *t, const sr_habits *h, stride out[STRIDES])
{
  const double days = 7.0, legs = 2.0;  // a stair, as a step, is one leg's; a jump and a heel raise are both's
  out[0] = (stride){h->steps_per_day * days / legs, 1.0};
  out[1] = (stride){h->stairs_per_day * days / legs, t->stairs_up};
  out[2] = (stride){h->stairs_per_day * days / legs, t->stairs_down};
  out[3] = (stride){h->running_km_per_week * 1000.0 / t->running_stride, t->running};
  out[4] = (stride){h->jumps_per_week, t->jump};
  out[5] = (stride){h->heel_raises_per_week, t->heel_raise};
}

// A walk as its solver left it, by the person's own sides.
typedef struct stretch {
  const sr_model *model;
  sr_layout layout;
  const sr_traj *traj;
  double *dt;        // (npoint) what a point stands for [s]
  bool is_half;      // the other half is the same with the legs exchanged
  bool is_mirrored;  // solved with left and right exchanged
  stride stride[STRIDES];
} stretch;

// A muscle on the side where the solver had it, or in the other half of a cycle.
static int solved_as(const stretch *w, int muscle, bool is_other_half)
{
  return w->is_mirrored != is_other_half ? w->model->mirror_muscle[muscle] : muscle;
}

// A denervated muscle has no activation, whatever the solver leaves in the unused unknown.
static double activation(const stretch *w, int point, int muscle, bool is_other_half)
{
  const int as = solved_as(w, muscle, is_other_half);
  const sr_model_muscle *who = &w->model->muscle[w->is_mirrored ? w->model->mirror_muscle[as] : as];
  return who->par.capacity > 0.0 ? w->traj->x[point * w->layout.nx + w->layout.act + as] : 0.0;
}

// Force of a leg's Achilles tendon, over the greatest of its muscles.
static double pull(const stretch *w, int point, sr_leg leg, bool is_other_half)
{
  double force = 0.0, most = 0.0;
  for (int k = 0; k < w->model->nmuscle; k++) {
    const sr_model_muscle *x = &w->model->muscle[k];
    if (x->leg != leg || x->group != SR_TRICEPS) continue;
    const int as = solved_as(w, k, is_other_half);
    force += w->traj->x[point * w->layout.nx + w->layout.force + as] * x->par.f_max;
    most += x->par.f_max;
  }
  return force / most;
}

// What the values of every point (of both halves of a half cycle) come to in a week, none above `most` whatever stands
// in for a stride. Each half is summed by itself, so that both legs of a symmetric walk have the same to the last bit.
static void add_strides(double *row, const stretch *w, const double *x, double most)
{
  const int n = w->traj->npoint;
  double sum[2][SR_LOAD_POWERS] = {{0}};
  for (int half = 0; half < (w->is_half ? 2 : 1); half++)
    for (int i = 1; i < n; i++)
      for (int j = 0; j < STRIDES; j++)
        add(sum[half], fmin(most, x[half * n + i] * w->stride[j].ratio), w->stride[j].per_week * w->dt[i]);
  for (int p = 0; p < SR_LOAD_POWERS; p++) row[p] += sum[0][p] + sum[1][p];
}

static stretch stretch_of(const sr_model *m, const sr_solution *walk, bool is_mirrored, sr_arena *work)
{
  const sr_traj *t = &walk->traj;
  stretch w = {.model = m,
               .layout = sr_layout_of(m),
               .traj = t,
               .dt = sr_alloc(work, double, t->npoint),
               .is_half = !walk->is_full_cycle,
               .is_mirrored = is_mirrored};
  sr_mesh_weights(t->mesh, w.dt);
  for (int i = 0; i < t->npoint; i++) w.dt[i] *= t->p[0];
  return w;
}

static void muscle_load(const stretch *w, int k, double still, double standing, double *x, sr_week_load *out)
{
  const int n = w->traj->npoint;
  for (int i = 0; i < n; i++) {
    x[i] = activation(w, i, k, false);
    x[n + i] = activation(w, i, k, true);
  }
  add(out->command[k], still, standing);
  add_strides(out->command[k], w, x, 1.0);
  for (int p = 0; p < SR_LOAD_POWERS; p++)
    out->muscle[k][p] = out->command[k][p] * pow(w->model->muscle[k].par.capacity, first_power + p * power_step);
}

static void achilles_load(const stretch *w, sr_leg leg, double still, double standing, double *x, sr_week_load *out)
{
  const int n = w->traj->npoint;
  for (int i = 0; i < n; i++) {
    x[i] = pull(w, i, leg, false);
    x[n + i] = pull(w, i, leg, true);
  }
  add(out->achilles[leg], still, standing);
  add_strides(out->achilles[leg], w, x, (double)INFINITY);
}

static void share(double *x, double *y)
{
  for (int p = 0; p < SR_LOAD_POWERS; p++) x[p] = y[p] = 0.5 * (x[p] + y[p]);
}

// Equal legs have equal loads to the last bit, though a posture that was solved for both is equal to rounding only, and
// though the walk of a whole cycle that a hurt body leads to limps a little: the mean of both, which is the same in the
// mirror. Legs that differ by rounding would be taken for unequal from then on, and walk so.
static void make_equal(const sr_model *m, sr_week_load *out)
{
  for (int k = 0; k < m->nmuscle; k++) {
    const int right = m->mirror_muscle[k];
    if (m->muscle[k].leg != SR_LEG_LEFT) continue;
    share(out->muscle[k], out->muscle[right]);
    share(out->command[k], out->command[right]);
  }
  share(out->achilles[SR_LEG_LEFT], out->achilles[SR_LEG_RIGHT]);
}

bool sr_week_load_of(const sr_load_table *t, const sr_habits *h, const sr_model *m, const sr_curves *stand,
                     const sr_solution *walk, bool is_mirrored, sr_week_load *out)
{
  *out = (sr_week_load){0};
  if (stand->nrow < 1 || walk->traj.npoint < 2) return false;
  sr_arena *work = sr_arena_new();
  stretch w = stretch_of(m, walk, is_mirrored, work);
  strides_of(t, h, w.stride);
  const double standing = h->standing_h_per_day * 7.0 * 3600.0;
  double *x = sr_alloc(work, double, 2 * w.traj->npoint);
  for (int k = 0; k < m->nmuscle; k++)
    muscle_load(&w, k, still_value(stand, m->muscle[k].par.name, "activation"), standing, x, out);
  for (int leg = 0; leg < 2; leg++) achilles_load(&w, (sr_leg)leg, still_pull(m, (sr_leg)leg, stand), standing, x, out);
  if (sr_model_is_symmetric(m)) make_equal(m, out);
  sr_arena_free(work);
  return true;
}

double sr_week_load_at(const double *row, double power)
{
  const double x = (power - first_power) / power_step;
  const int k = x < 0.0 ? 0 : x >= SR_LOAD_POWERS - 2 ? SR_LOAD_POWERS - 2 : (int)x;
  if (row[k] <= 0.0 || row[k + 1] <= 0.0) return 0.0;
  return row[k] * exp((x - k) * log(row[k + 1] / row[k]));
}
