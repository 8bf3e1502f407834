#include "task/recording.h"

#include <math.h>

sr_recording sr_recording_columns(const sr_movement *p, const char *cost_unit, sr_arena *keep)
{
  sr_recording r = {.ncost = p->ncost, .cost_name = p->cost_name};
  r.columns = sr_columns_of(p->model, p->ocp.point, &p->now, &p->physics, keep);
  for (int i = 0; i < p->ncost; i++)
    r.cost[i] = sr_columns_append(&r.columns, sr_arena_printf(keep, "cost/%s", p->cost_name[i]), cost_unit, p->cost[i]);
  return r;
}

double *sr_recording_points(const sr_recording *r, const sr_movement *p, const sr_traj *t, int first, sr_arena *keep)
{
  const sr_columns *c = &r->columns;
  const sr_layout *l = &p->layout;
  const int n = t->npoint - first, np = p->ocp.np, nd = p->ocp.nd;
  sr_ex *out = sr_alloc(keep, sr_ex, c->n);
  for (int i = 0; i < c->n; i++) out[i] = c->at[i].value;
  const sr_tape *tape = sr_tape_new(p->ocp.point, out, c->n, keep);
  double *in = sr_alloc(keep, double, l->nx + l->nu + np + nd), *at = sr_alloc(keep, double, n * c->n);
  double *work = sr_alloc(keep, double, sr_tape_work(tape));
  for (int i = 0; i < n; i++) {
    const int row = i + first;
    for (int k = 0; k < l->nx; k++) in[k] = t->x[row * l->nx + k];
    for (int k = 0; k < l->nu; k++) in[l->nx + k] = t->u[row * l->nu + k];
    for (int k = 0; k < np; k++) in[l->nx + l->nu + k] = t->p[k];
    for (int k = 0; k < nd; k++) in[l->nx + l->nu + np + k] = t->d[row * nd + k];
    sr_tape_eval1(tape, in, at + i * c->n, work);
  }
  return at;
}

void sr_recording_fill(sr_recording *r, const sr_movement *p, const sr_traj *t, int nrow, sr_arena *keep)
{
  const double *point = sr_recording_points(r, p, t, 0, keep);
  const int n = r->columns.n;
  r->nrow = nrow;
  r->duration = t->p[0];
  r->at = sr_alloc(keep, double, nrow *n);
  for (int i = 0, k = 0; i < nrow; i++) {
    const double tau = (double)i / (nrow - 1);
    while (k < t->npoint - 2 && t->tau[k + 1] < tau) k++;
    const double w = fmin(1.0, (tau - t->tau[k]) / (t->tau[k + 1] - t->tau[k]));
    for (int j = 0; j < n; j++) r->at[i * n + j] = (1.0 - w) * point[k * n + j] + w * point[(k + 1) * n + j];
  }
}

sr_recording sr_recording_of(const sr_movement *p, const sr_traj *t, const char *cost_unit, int nrow, sr_arena *keep)
{
  sr_recording r = sr_recording_columns(p, cost_unit, keep);
  sr_recording_fill(&r, p, t, nrow, keep);
  return r;
}

double sr_recording_row(const sr_recording *r, int column, int row)
{
  return r->at[row * r->columns.n + column];
}

double sr_recording_at(const sr_recording *r, int column, double time)
{
  const double rows = time / r->duration * (r->nrow - 1);
  const int before = rows < r->nrow - 2 ? (int)rows : r->nrow - 2;
  const double from = sr_recording_row(r, column, before), to = sr_recording_row(r, column, before + 1);
  return from + (to - from) * (rows - before);
}

double sr_recording_time(const sr_recording *r, int row)
{
  return r->duration * row / (r->nrow - 1);
}

int sr_recording_peak(const sr_recording *r, int column)
{
  int at = 0;
  for (int i = 1; i < r->nrow; i++)
    if (sr_recording_row(r, column, i) > sr_recording_row(r, column, at)) at = i;
  return at;
}

double sr_recording_greatest(const sr_recording *r, int column)
{
  return sr_recording_row(r, column, sr_recording_peak(r, column));
}

double sr_recording_least(const sr_recording *r, int column)
{
  double best = sr_recording_row(r, column, 0);
  for (int i = 1; i < r->nrow; i++) best = fmin(best, sr_recording_row(r, column, i));
  return best;
}

double sr_recording_integral(const sr_recording *r, int column, sr_part part)
{
  double sum = 0.0;
  for (int i = 0; i < r->nrow; i++) {
    double y = sr_recording_row(r, column, i);
    if (part == SR_POSITIVE) y = fmax(y, 0.0);
    if (part == SR_NEGATIVE) y = fmin(y, 0.0);
    sum += i == 0 || i == r->nrow - 1 ? 0.5 * y : y;
  }
  return sum * r->duration / (r->nrow - 1);
}

void sr_recording_save(const sr_recording *r, int step, sr_curves *out, sr_arena *keep)
{
  const int n = r->columns.n, rows = (r->nrow - 1) / step + 1;
  *out = (sr_curves){.nrow = rows, .ncol = 1};
  out->label = sr_alloc(keep, const char *, n + 1);
  out->unit = sr_alloc(keep, const char *, n + 1);
  out->label[0] = "time_s";
  out->unit[0] = "s";
  int *from = sr_alloc(keep, int, n + 1);
  for (int k = 0; k < n; k++) {
    const sr_column *c = &r->columns.at[k];
    if (c->is_inner) continue;
    from[out->ncol] = k;
    out->label[out->ncol] = c->label;
    out->unit[out->ncol++] = c->unit;
  }
  out->at = sr_alloc(keep, double, rows * out->ncol);
  for (int i = 0; i < rows; i++) {
    double *row = out->at + i * out->ncol;
    row[0] = sr_recording_time(r, i * step);
    for (int k = 1; k < out->ncol; k++) row[k] = sr_recording_row(r, from[k], i * step);
  }
}
