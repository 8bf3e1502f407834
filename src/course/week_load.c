#include "course/week_load.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double first_power = 1.5, power_step = 0.5;

static int column(const sr_curves *c, const char *muscle, const char *what)
{
  char label[64];
  snprintf(label, sizeof label, "%s/%s", muscle, what);
  return sr_curves_find(c, label);
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

// Integral over one cycle, by the trapezoidal rule: the weight of a row.
static double weight(const sr_curves *c, int i)
{
  const double *time = c->at;
  const int n = c->ncol;
  const double before = i > 0 ? time[i * n] - time[(i - 1) * n] : 0.0;
  const double after = i < c->nrow - 1 ? time[(i + 1) * n] - time[i * n] : 0.0;
  return 0.5 * (before + after);
}

// Force of a leg's Achilles tendon in a row, over the greatest of its muscles.
static double pull(const sr_model *m, sr_leg leg, const sr_curves *c, int row)
{
  double force = 0.0, most = 0.0;
  for (int k = 0; k < m->nmuscle; k++) {
    if (m->muscle[k].leg != leg || m->muscle[k].group != SR_TRICEPS) continue;
    force += c->at[row * c->ncol + column(c, m->muscle[k].par.name, "tendon_force")];
    most += m->muscle[k].par.f_max;
  }
  return force / most;
}

static void achilles(const sr_model *m, sr_leg leg, double standing, const stride *s, const sr_curves *stand,
                     const sr_curves *walk, double *row)
{
  add(row, pull(m, leg, stand, 0), standing);
  for (int i = 0; i < walk->nrow; i++) {
    const double f = pull(m, leg, walk, i);
    for (int j = 0; j < STRIDES; j++) add(row, f * s[j].ratio, s[j].per_week * weight(walk, i));
  }
}

static void share(double *x, double *y)
{
  for (int p = 0; p < SR_LOAD_POWERS; p++) x[p] = y[p] = 0.5 * (x[p] + y[p]);
}

// Equal legs have equal loads to the last bit, whatever the order of summation was and though the walk of a whole cycle
// that a hurt body leads to limps a little: the mean of both, which is the same in the mirror.
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

bool sr_week_load_of(const sr_load_table *t, const sr_habits *h, const sr_model *m, const sr_task_result *stand,
                     const sr_task_result *walk, sr_week_load *out)
{
  *out = (sr_week_load){0};
  if (stand->curves.nrow < 1 || walk->curves.nrow < 2) return false;
  stride s[STRIDES];
  strides_of(t, h, s);
  const double standing = h->standing_h_per_day * 7.0 * 3600.0;
  const sr_curves *c = &walk->curves;
  for (int k = 0; k < m->nmuscle; k++) {
    const sr_muscle *par = &m->muscle[k].par;
    const int act = column(c, par->name, "activation"), still = column(&stand->curves, par->name, "activation");
    if (act < 0 || still < 0) return false;
    add(out->command[k], stand->curves.at[still], standing);
    for (int i = 0; i < c->nrow; i++)
      for (int j = 0; j < STRIDES; j++)
        add(out->command[k], fmin(1.0, c->at[i * c->ncol + act] * s[j].ratio), s[j].per_week * weight(c, i));
    for (int p = 0; p < SR_LOAD_POWERS; p++)
      out->muscle[k][p] = out->command[k][p] * pow(par->capacity, first_power + p * power_step);
  }
  for (int leg = 0; leg < 2; leg++) achilles(m, (sr_leg)leg, standing, s, &stand->curves, c, out->achilles[leg]);
  if (sr_model_is_symmetric(m)) make_equal(m, out);
  return true;
}

double sr_week_load_at(const double *row, double power)
{
  const double x = (power - first_power) / power_step;
  const int k = x < 0.0 ? 0 : x >= SR_LOAD_POWERS - 2 ? SR_LOAD_POWERS - 2 : (int)x;
  if (row[k] <= 0.0 || row[k + 1] <= 0.0) return 0.0;
  return row[k] * exp((x - k) * log(row[k + 1] / row[k]));
}
