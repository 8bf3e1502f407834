// Numbers of a gait cycle: all of them from its columns and its events.
#include <math.h>

#include "task/walk_cycle.h"

// What the metrics are made from, and where they go.
typedef struct book {
  const sr_walk_cycle *c;
  const sr_model *m;
  double weight;  // [N]
  const char *grade;
  sr_task_result *r;
  sr_arena *keep;
} book;

static const char *const side_name[2] = {"left", "right"};

static void put(const book *b, const char *name, double value)
{
  sr_task_metric(b->r, b->keep, name, value, b->grade);
}

// A metric of one leg: name_left_unit.
static void put_leg(const book *b, const char *name, int leg, const char *unit, double value)
{
  put(b, sr_arena_printf(b->keep, "%s_%s_%s", name, side_name[leg], unit), value);
}

// Row of a column's largest value.
static int peak_row(const book *b, int column)
{
  int at = 0;
  for (int i = 1; i < b->c->nrow; i++)
    if (sr_walk_cycle_row(b->c, column, i) > sr_walk_cycle_row(b->c, column, at)) at = i;
  return at;
}

static double greatest(const book *b, int column)
{
  return sr_walk_cycle_row(b->c, column, peak_row(b, column));
}

static double least(const book *b, int column)
{
  double best = sr_walk_cycle_row(b->c, column, 0);
  for (int i = 1; i < b->c->nrow; i++) best = fmin(best, sr_walk_cycle_row(b->c, column, i));
  return best;
}

typedef enum part { ALL, POSITIVE, NEGATIVE } part;

// Integral over the cycle of a column or of its positive or negative part.
static double integral(const book *b, int column, part which)
{
  const int n = b->c->nrow;
  double sum = 0.0;
  for (int i = 0; i < n; i++) {
    double y = sr_walk_cycle_row(b->c, column, i);
    if (which == POSITIVE) y = fmax(y, 0.0);
    if (which == NEGATIVE) y = fmin(y, 0.0);
    sum += i == 0 || i == n - 1 ? 0.5 * y : y;
  }
  return sum * b->c->duration / (n - 1);
}

// Time of a row, and of an event, as percent of the cycle.
static double row_time(const book *b, int row)
{
  return b->c->duration * row / (b->c->nrow - 1);
}

static double percent(const book *b, double time)
{
  return 100.0 * time / b->c->duration;
}

// How far the heel lands in front of where the other heel landed: the two steps of a cycle add up to the stride.
static double step_length(const book *b, int leg)
{
  const double own_at = b->c->events.foot[leg].contact, far_at = b->c->events.foot[1 - leg].contact;
  if (isnan(own_at) || isnan(far_at)) return (double)NAN;
  const double own = sr_walk_cycle_at(b->c, b->c->columns.heel_x[leg], own_at);
  const double far = sr_walk_cycle_at(b->c, b->c->columns.heel_x[1 - leg], far_at);
  return own - far + (far_at > own_at ? b->c->distance : 0.0);
}

// The two peaks of the vertical force, the largest values before and after the middle of stance, and the trough in its
// middle half.
static void vertical_peaks(const book *b, int leg)
{
  const sr_gait_events *e = &b->c->events;
  const double stance = e->foot[leg].stance;
  double first = (double)NAN, second = (double)NAN, trough = (double)NAN;
  for (int i = 0; i < b->c->nrow; i++) {
    const double since = sr_foot_since_contact(e, leg, row_time(b, i));
    if (since < 0.0) continue;
    const double force = sr_walk_cycle_row(b->c, b->c->columns.ground_y[leg], i) / b->weight;
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
  const int along = b->c->columns.ground_x[leg];
  put_leg(b, "step_length", leg, "m", step_length(b, leg));
  put_leg(b, "stance", leg, "percent", percent(b, b->c->events.foot[leg].stance));
  vertical_peaks(b, leg);
  put_leg(b, "propulsive_impulse", leg, "bw_s", integral(b, along, POSITIVE) / b->weight);
  put_leg(b, "braking_impulse", leg, "bw_s", integral(b, along, NEGATIVE) / b->weight);
}

static void joint_numbers(const book *b, int leg)
{
  static const struct {
    const char *name, *coord[2];
  } joint[] = {{"hip", {"hip_flexion_l", "hip_flexion_r"}},
               {"knee", {"knee_angle_l", "knee_angle_r"}},
               {"ankle", {"ankle_angle_l", "ankle_angle_r"}}};
  const sr_columns *c = &b->c->columns;
  for (int j = 0; j < 3; j++) {
    const int coord = sr_coord_find(&b->m->skeleton, joint[j].coord[leg]);
    const char *name = joint[j].name;
    put_leg(b, sr_arena_printf(b->keep, "%s_work_positive", name), leg, "J_kg",
            integral(b, c->power[coord], POSITIVE) / b->m->mass);
    put_leg(b, sr_arena_printf(b->keep, "%s_power_peak", name), leg, "W_kg", greatest(b, c->power[coord]) / b->m->mass);
    put_leg(b, sr_arena_printf(b->keep, "%s_angle_min", name), leg, "deg", least(b, c->coord[coord]));
    put_leg(b, sr_arena_printf(b->keep, "%s_angle_max", name), leg, "deg", greatest(b, c->coord[coord]));
  }
  const int ankle = sr_coord_find(&b->m->skeleton, joint[2].coord[leg]);
  put_leg(b, "ankle_moment_peak", leg, "N_m_kg", fmax(0.0, -least(b, c->moment[ankle])) / b->m->mass);
}

// Force in the Achilles tendon: all of the triceps.
static void achilles(const book *b, int leg)
{
  double best = 0.0;
  for (int i = 0; i < b->c->nrow; i++) {
    double sum = 0.0;
    for (int k = 0; k < b->m->nmuscle; k++)
      if (b->m->muscle[k].group == SR_TRICEPS && b->m->muscle[k].leg == (sr_leg)leg)
        sum += sr_walk_cycle_row(b->c, b->c->columns.tendon_force[k], i);
    best = fmax(best, sum);
  }
  put_leg(b, "achilles_force_peak", leg, "N", best);
}

// Peak activation; of the calf the peak force too; of the triceps when in the leg's own cycle it is most active.
static void muscle_numbers(const book *b, int leg, int k)
{
  const sr_model_muscle *x = &b->m->muscle[k];
  const int activation = b->c->columns.activation[k];
  put_leg(b, sr_arena_printf(b->keep, "%s_activation_peak", x->base), leg, "1", greatest(b, activation));
  if (x->group == SR_THIGH) return;
  put_leg(b, sr_arena_printf(b->keep, "%s_force_peak", x->base), leg, "N", greatest(b, b->c->columns.tendon_force[k]));
  if (x->group != SR_TRICEPS) return;
  const double since = row_time(b, peak_row(b, activation)) - b->c->events.foot[leg].contact;
  const double at = greatest(b, activation) > 0.0 ? percent(b, since < 0.0 ? since + b->c->duration : since)
                                                  : (double)NAN;  // a denervated muscle has no peak
  put_leg(b, sr_arena_printf(b->keep, "%s_activation_peak_at", x->base), leg, "percent", at);
}

static void leg_numbers(const book *b, int leg)
{
  foot_numbers(b, leg);
  joint_numbers(b, leg);
  achilles(b, leg);
  for (int group = SR_TRICEPS; group <= SR_THIGH; group++)
    for (int k = 0; k < b->m->nmuscle; k++)
      if (b->m->muscle[k].leg == (sr_leg)leg && b->m->muscle[k].group == (sr_muscle_group)group)
        muscle_numbers(b, leg, k);
}

// Gross metabolic cost: all muscles' rates and the basal rate, per body mass and distance.
static double cost_of_transport(const book *b)
{
  double energy = sr_model_basal_rate(b->m) * b->c->duration;
  for (int k = 0; k < b->m->nmuscle; k++) energy += integral(b, b->c->columns.metabolic_rate[k], ALL);
  return energy / (b->m->mass * b->c->distance);
}

void sr_walk_metrics(const sr_walk_cycle *c, const sr_model *m, const char *grade, sr_task_result *r, sr_arena *keep)
{
  const book b = {c, m, sr_model_weight(m), grade, r, keep};
  put(&b, "speed_m_s", c->distance / c->duration);
  put(&b, "stride_length_m", c->distance);
  put(&b, "stride_time_s", c->duration);
  put(&b, "cadence_per_min", 120.0 / c->duration);
  put(&b, "double_support_percent", percent(&b, sr_gait_double_support(&c->events)));
  put(&b, "cost_of_transport_J_kg_m", cost_of_transport(&b));
  for (int i = 0; i < c->ncost; i++)
    put(&b, sr_arena_printf(keep, "cost_of_%s_per_m", sr_walk_cost_name[i]),
        integral(&b, c->cost[i], ALL) / c->duration);
  for (int leg = 0; leg < 2; leg++) leg_numbers(&b, leg);
}
