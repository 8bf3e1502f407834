// Numbers of a gait cycle: all of them from its columns and its events.
#include <math.h>

#include "task/gait_cycle.h"
#include "task/metrics.h"

typedef struct book {
  sr_metrics to;
  const sr_gait_cycle *c;
  const sr_recording *rec;
  double weight;  // [N]
  bool is_run;
} book;

static void put_leg(const book *b, const char *name, int leg, const char *unit, double value)
{
  sr_metrics_put_leg(&b->to, name, leg, unit, value);
}

// Time of an event as percent of the cycle.
static double percent(const book *b, double time)
{
  return 100.0 * time / b->rec->duration;
}

// How far the heel lands in front of where the other heel landed: the two steps of a cycle add up to the stride.
static double step_length(const book *b, int leg)
{
  const double own_at = b->c->events.foot[leg].contact, far_at = b->c->events.foot[1 - leg].contact;
  if (isnan(own_at) || isnan(far_at)) return (double)NAN;
  const double own = sr_recording_at(b->rec, b->rec->columns.heel_x[leg], own_at);
  const double far = sr_recording_at(b->rec, b->rec->columns.heel_x[1 - leg], far_at);
  return own - far + (far_at > own_at ? b->c->distance : 0.0);
}

// The two peaks of the vertical force, the largest values before and after the middle of stance, and the trough in its
// middle half.
static void vertical_peaks(const book *b, int leg)
{
  const sr_gait_events *e = &b->c->events;
  const double stance = e->foot[leg].stance;
  double first = (double)NAN, second = (double)NAN, trough = (double)NAN;
  for (int i = 0; i < b->rec->nrow; i++) {
    const double since = sr_foot_since_contact(e, leg, sr_recording_time(b->rec, i));
    if (since < 0.0) continue;
    const double force = sr_recording_row(b->rec, b->rec->columns.ground_y[leg], i) / b->weight;
    double *peak = since < 0.5 * stance ? &first : &second;
    *peak = fmax(*peak, force);
    if (fabs(since - 0.5 * stance) < 0.25 * stance) trough = fmin(trough, force);
  }
  put_leg(b, "grf_vertical_first_peak", leg, "bw", first);
  put_leg(b, "grf_vertical_trough", leg, "bw", trough);
  put_leg(b, "grf_vertical_second_peak", leg, "bw", second);
}

// The leg on the ground.
static void foot_numbers(const book *b, int leg)
{
  const int along = b->rec->columns.ground_x[leg];
  put_leg(b, "step_length", leg, "m", step_length(b, leg));
  put_leg(b, "stance", leg, "percent", percent(b, b->c->events.foot[leg].stance));
  if (b->is_run) put_leg(b, "contact", leg, "s", b->c->events.foot[leg].stance);
  if (b->is_run)
    put_leg(b, "grf_vertical_peak", leg, "bw",
            sr_recording_greatest(b->rec, b->rec->columns.ground_y[leg]) / b->weight);
  vertical_peaks(b, leg);
  put_leg(b, "propulsive_impulse", leg, "bw_s", sr_recording_integral(b->rec, along, SR_POSITIVE) / b->weight);
  put_leg(b, "braking_impulse", leg, "bw_s", sr_recording_integral(b->rec, along, SR_NEGATIVE) / b->weight);
}

// Of the triceps: when in the leg's own cycle it is most active.
static void activation_peak_at(const book *b, int leg, int k)
{
  const int activation = b->rec->columns.activation[k], peak = sr_recording_peak(b->rec, activation);
  const double since = sr_recording_time(b->rec, peak) - b->c->events.foot[leg].contact;
  const double at = sr_recording_greatest(b->rec, activation) > 0.0
                        ? percent(b, since < 0.0 ? since + b->rec->duration : since)
                        : (double)NAN;  // a denervated muscle has no peak
  put_leg(b, sr_arena_printf(b->to.keep, "%s_activation_peak_at", b->to.m->muscle[k].base), leg, "percent", at);
}

// The ankle's last burst of positive work before the foot leaves the ground [J]: what it gave up to then without a
// pause, however it was loaded before.
static double push_off(const book *b, int leg)
{
  const sr_foot_events *e = &b->c->events.foot[leg];
  const int power =
      b->rec->columns.power[sr_coord_find(&b->to.m->skeleton, leg == 0 ? "ankle_angle_l" : "ankle_angle_r")];
  const int n = b->rec->nrow - 1;  // the last row is the first one again
  const double row = b->rec->duration / n;
  if (isnan(e->contact) || isnan(e->stance)) return (double)NAN;
  const int off = (int)floor((e->contact + e->stance) / row), stance = (int)ceil(e->stance / row);
  double work = 0.0;
  for (int i = 0; i <= stance; i++) {
    const double now = sr_recording_row(b->rec, power, ((off - i) % n + n) % n);
    if (now > 0.0)
      work += now * row;
    else if (work > 0.0)
      break;
  }
  return work;
}

static void leg_numbers(const book *b, int leg)
{
  const sr_model *m = b->to.m;
  foot_numbers(b, leg);
  sr_metrics_joints(&b->to, leg);
  put_leg(b, "ankle_push_off_work", leg, "J_kg", push_off(b, leg) / m->mass);
  sr_metrics_achilles(&b->to, leg);
  sr_metrics_margin(&b->to, leg);
  sr_metrics_muscles(&b->to, leg);
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].leg == (sr_leg)leg && m->muscle[k].group == SR_TRICEPS) activation_peak_at(b, leg, k);
}

// Of a run: steps per second; the share of the cycle for which a foot stays on the ground, mean of both feet; how long
// both are off it, per step.
static void run_numbers(const book *b)
{
  const sr_gait_events *e = &b->c->events;
  const double stances = e->foot[0].stance + e->foot[1].stance, both = sr_gait_double_support(e);
  sr_metrics_put(&b->to, "step_frequency_Hz", 2.0 / e->duration);
  sr_metrics_put(&b->to, "duty_factor_1", 0.5 * stances / e->duration);
  sr_metrics_put(&b->to, "flight_time_s", 0.5 * (e->duration - stances + both));
}

void sr_gait_metrics(const sr_gait_cycle *c, const sr_model *m, bool is_run, const char *grade, sr_task_result *r,
                     sr_arena *keep)
{
  const book b = {{&c->rec, m, grade, r, keep}, c, &c->rec, sr_model_weight(m), is_run};
  const double duration = c->rec.duration;
  sr_metrics_put(&b.to, "speed_m_s", c->distance / duration);
  sr_metrics_put(&b.to, "stride_length_m", c->distance);
  sr_metrics_put(&b.to, "stride_time_s", duration);
  sr_metrics_put(&b.to, "cadence_per_min", 120.0 / duration);
  if (is_run) run_numbers(&b);
  sr_metrics_put(&b.to, "double_support_percent", percent(&b, sr_gait_double_support(&c->events)));
  sr_metrics_put(&b.to, "cost_of_transport_J_kg_m", sr_metrics_energy(&b.to) / (m->mass * c->distance));
  for (int i = 0; i < c->rec.ncost; i++)
    sr_metrics_put(&b.to, sr_arena_printf(keep, "cost_of_%s_per_m", c->rec.cost_name[i]),
                   sr_recording_integral(&c->rec, c->rec.cost[i], SR_ALL) / duration);
  for (int leg = 0; leg < 2; leg++) leg_numbers(&b, leg);
}
