#include "task/gait_events.h"

#include <math.h>
#include <stdbool.h>

// t modulo the duration, 0 <= . < duration
static double within(double t, double duration)
{
  const double rest = t - duration * floor(t / duration);
  return rest >= duration ? 0.0 : rest;  // rounding
}

// Time at which the line from sample i to the next one (after the last: the first, a cycle later) passes SR_LOADED.
static double crossing(const double *time, const double *force, int n, int i, double duration)
{
  const int next = (i + 1) % n;
  const double t1 = time[next] + (next == 0 ? duration : 0.0);
  return time[i] + (t1 - time[i]) * (SR_LOADED - force[i]) / (force[next] - force[i]);
}

// From the segment in which the load rises to the next one in which it falls.
static sr_foot_events interval_from(const double *time, const double *force, int n, int rise, double duration)
{
  const double contact = crossing(time, force, n, rise, duration);
  int fall = (rise + 1) % n;
  while (force[(fall + 1) % n] >= SR_LOADED) fall = (fall + 1) % n;
  const double toe_off = crossing(time, force, n, fall, duration) + (fall < rise ? duration : 0.0);
  return (sr_foot_events){.contact = within(contact, duration), .stance = toe_off - contact};
}

sr_foot_events sr_foot_events_of(const double *time, const double *force, int n, double duration)
{
  sr_foot_events longest = {.contact = (double)NAN, .stance = force[0] >= SR_LOADED ? duration : 0.0};
  bool is_found = false;
  for (int i = 0; i < n; i++) {
    if (force[i] >= SR_LOADED || force[(i + 1) % n] < SR_LOADED) continue;
    const sr_foot_events e = interval_from(time, force, n, i, duration);
    if (is_found && e.stance <= longest.stance) continue;
    longest = e;
    is_found = true;
  }
  return longest;
}

sr_gait_events sr_gait_events_from(const sr_gait_events *e, double start)
{
  sr_gait_events out = *e;
  for (int foot = 0; foot < 2; foot++) out.foot[foot].contact = within(e->foot[foot].contact - start, e->duration);
  return out;
}

double sr_foot_since_contact(const sr_gait_events *e, int foot, double time)
{
  const double since = within(time - e->foot[foot].contact, e->duration);
  return since <= e->foot[foot].stance ? since : -1.0;
}

double sr_gait_double_support(const sr_gait_events *e)
{
  const sr_foot_events *l = &e->foot[0], *r = &e->foot[1];
  if (isnan(l->contact) || isnan(r->contact)) return l->stance * r->stance / e->duration;  // one is all or nothing
  double both = 0.0;
  for (int turn = -1; turn <= 1; turn++) {
    const double on = r->contact + turn * e->duration;
    both += fmax(0.0, fmin(l->contact + l->stance, on + r->stance) - fmax(l->contact, on));
  }
  return both;
}
