#include "task/gait_cycle.h"

#include <math.h>

// A periodic record of columns at uneven times within one cycle.
typedef struct record {
  int n;
  double duration, distance;
  double *time, *at;
  const sr_columns *columns;
} record;

// The whole cycle: after a symmetric half the second half is the first with the legs exchanged.
static record whole_cycle(const sr_traj *t, const sr_columns *c, const double *half, bool is_full_cycle, sr_arena *keep)
{
  const int n = t->npoint - 1, parts = is_full_cycle ? 1 : 2;
  record r = {.n = n * parts, .duration = t->p[0] * parts, .distance = t->p[0] * t->p[1] * parts, .columns = c};
  r.time = sr_alloc(keep, double, r.n);
  r.at = sr_alloc(keep, double, r.n * c->n);
  for (int i = 0; i < r.n; i++) {
    const int from = i % n, part = i / n;
    r.time[i] = t->p[0] * (t->tau[from + 1] + part);
    for (int k = 0; k < c->n; k++) {
      const int source = part == 1 ? c->at[k].mirror : k;
      r.at[i * c->n + k] = half[from * c->n + source] + (c->at[k].moves_along ? part * t->p[0] * t->p[1] : 0.0);
    }
  }
  return r;
}

// Value of a column at any time, linear between points and periodic beyond them.
static double value_at(const record *r, int column, double time)
{
  const double turns = floor(time / r->duration), within = time - turns * r->duration;
  int after = 0;
  while (after < r->n && r->time[after] < within) after++;
  const int before = (after + r->n - 1) % r->n, next = after % r->n;
  const double t0 = r->time[before] - (after == 0 ? r->duration : 0.0);
  const double t1 = r->time[next] + (after == r->n ? r->duration : 0.0);
  const double travel = r->columns->at[column].moves_along ? r->distance : 0.0;
  const double v0 = r->at[before * r->columns->n + column] - (after == 0 ? travel : 0.0);
  const double v1 = r->at[next * r->columns->n + column] + (after == r->n ? travel : 0.0);
  return v0 + (v1 - v0) * (within - t0) / (t1 - t0) + turns * travel;
}

// Events of both feet in the record.
static sr_gait_events events_of(const record *r, sr_arena *keep)
{
  sr_gait_events e = {.duration = r->duration};
  double *force = sr_alloc(keep, double, r->n);
  for (int foot = 0; foot < 2; foot++) {
    for (int i = 0; i < r->n; i++) force[i] = r->at[i * r->columns->n + r->columns->ground_y[foot]];
    e.foot[foot] = sr_foot_events_of(r->time, force, r->n, r->duration);
  }
  return e;
}

sr_gait_cycle sr_gait_cycle_of(const sr_movement *p, const sr_traj *t, bool is_full_cycle, sr_leg first, int nrow,
                               sr_arena *keep)
{
  sr_gait_cycle c = {.rec = sr_recording_columns(p, "1/m", keep)};
  const sr_columns *columns = &c.rec.columns;
  // row 0, the start, repeats the end of the cycle and is left out
  const double *half = sr_recording_points(&c.rec, p, t, 1, keep);
  const record r = whole_cycle(t, columns, half, is_full_cycle, keep);
  c.rec.nrow = nrow;
  c.rec.duration = r.duration;
  c.distance = r.distance;
  c.rec.at = sr_alloc(keep, double, nrow * columns->n);
  const sr_gait_events events = events_of(&r, keep);
  const double contact = events.foot[first].contact, start = isnan(contact) ? 0.0 : contact,
               x0 = value_at(&r, columns->coord[sr_coord_find(&p->model->skeleton, "pelvis_tx")], start);
  c.events = sr_gait_events_from(&events, start);
  for (int i = 0; i < nrow; i++)
    for (int k = 0; k < columns->n; k++)
      c.rec.at[i * columns->n + k] =
          value_at(&r, k, start + r.duration * i / (nrow - 1)) - (columns->at[k].moves_along ? x0 : 0.0);
  return c;
}
