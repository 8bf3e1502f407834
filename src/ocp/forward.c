// A solution followed forward in time: from its start, with those of its controls that are given, the others found anew
// at every instant from the equations that tie them. Radau IIA of order 5 with steps of its own inside each interval
// (Hairer & Wanner 1996, IV.8, as a differential-algebraic system of index 1).
#include <math.h>
#include <string.h>

#include "math/dense.h"
#include "ocp/transcription.h"

enum { STAGES = 3 };

// One step. The unknowns of a stage are its states and the controls that are found, y (STAGES * n), n = nx + nfree.
typedef struct stepper {
  const sr_transcription *t;
  const sr_ocp_free *free;
  const sr_piece *piece;
  const sr_traj *traj;
  sr_radau radau;
  int nx, nin, n;
  double length;   // of a step, of 0..1
  double *z;       // inputs of the point, of every stage       (STAGES * nin)
  double *y, *dy;  // unknowns, Newton residual and step        (STAGES * n)
  double *matrix;  // its factors                               (STAGES n * STAGES n)
  int *swap;
  int *place;  // of a control among those that are found, -1   (nu)
  int *row;    // of an output among the equations of a stage, -1 (nx + npath)
  double *in, *out, *scratch;
} stepper;

// Puts the unknowns of all stages into the inputs and evaluates a tape of the point there.
static void evaluate(stepper *s, const sr_tape *tape)
{
  for (int k = 0; k < STAGES; k++) {
    double *z = s->z + k * s->nin;
    memcpy(z, s->y + k * s->n, (size_t)s->nx * sizeof *z);
    for (int i = 0; i < s->free->n; i++) z[s->nx + s->free->control[i]] = s->y[k * s->n + s->nx + i];
    for (int i = 0; i < s->nin; i++) s->in[i * SR_BATCH + k] = z[i];
  }
  sr_tape_eval(tape, STAGES, SR_BATCH, s->in, s->out, s->scratch);
}

// Minus the residual of   D y - h T f = 0,   c = 0   at every stage.
static void residual(stepper *s, const double *start)
{
  evaluate(s, s->piece->con);
  for (int k = 0; k < STAGES; k++) {
    double *r = s->dy + k * s->n;
    for (int i = 0; i < s->nx; i++) {
      r[i] = s->length * s->out[i * SR_BATCH + k] - s->radau.diff[k + 1][0] * start[i];
      for (int j = 0; j < STAGES; j++) r[i] -= s->radau.diff[k + 1][j + 1] * s->y[j * s->n + i];
    }
    for (int i = 0; i < s->free->n; i++) r[s->nx + i] = -s->out[(s->nx + s->free->path[i]) * SR_BATCH + k];
  }
}

static bool factor(stepper *s)
{
  const int n = s->n, all = STAGES * n;
  memset(s->matrix, 0, (size_t)all * (size_t)all * sizeof *s->matrix);
  for (int k = 0; k < STAGES; k++)
    for (int j = 0; j < STAGES; j++)
      for (int i = 0; i < s->nx; i++) s->matrix[(k * n + i) * all + j * n + i] = s->radau.diff[k + 1][j + 1];
  evaluate(s, s->piece->jac);
  for (int e = 0; e < s->piece->njac; e++) {
    const int output = s->piece->jac_row[e], input = s->piece->jac_col[e], row = s->row[output];
    const int control = input - s->nx;
    if (row < 0 || control >= s->t->o.nu || (control >= 0 && s->place[control] < 0)) continue;
    const int col = control < 0 ? input : s->nx + s->place[control];
    const double factor = output < s->nx ? -s->length : 1.0;
    for (int k = 0; k < STAGES; k++) s->matrix[(k * n + row) * all + k * n + col] += factor * s->out[e * SR_BATCH + k];
  }
  return sr_dense_factor(all, s->matrix, s->swap);
}

// Newton's method, with new derivatives where the old ones do not halve the step; converged when a step is below
// rounding of the largest unknown. False where it is lost.
static bool solve(stepper *s, const double *start)
{
  const int all = STAGES * s->n;
  double last = HUGE_VAL;
  bool is_old = true;
  for (int it = 0; it < 40; it++) {
    if (is_old && !factor(s)) return false;
    residual(s, start);
    sr_dense_solve(all, s->matrix, s->swap, s->dy);
    double step = 0.0, size = 1.0;
    for (int i = 0; i < all; i++) {
      s->y[i] += s->dy[i];
      step = fmax(step, fabs(s->dy[i]));
      size = fmax(size, fabs(s->y[i]));
    }
    if (!isfinite(step)) return false;
    if (step <= 1e-10 * size) return true;
    is_old = step > 0.5 * last;
    last = step;
  }
  return false;
}

// Start of a step at `at` (0..1) of interval k: what is given of the controls and known data, and as a guess the found
// solution, moved so that it begins at x.
static void begin(stepper *s, int k, double at, double part, const double *x)
{
  const sr_ocp *o = &s->t->o;
  const sr_radau *c = &s->t->radau;
  const double *found = s->traj->x + k * c->s * o->nx, *u = s->traj->u + (k * c->s + 1) * o->nu;
  const double *d = sr_data_of(s->t, s->traj);
  double l[SR_RADAU_MAX + 1];
  double *was = s->dy;  // free until the first residual
  sr_lagrange(c->s + 1, c->node, at, l);
  sr_combine(c->s + 1, l, found, o->nx, was);
  for (int i = 0; i < STAGES; i++) {
    const double place = at + part * s->radau.node[i + 1];
    double *z = s->z + i * s->nin + o->nx, *y = s->y + i * s->n;
    sr_lagrange(c->s + 1, c->node, place, l);
    sr_combine(c->s + 1, l, found, o->nx, y);
    for (int j = 0; j < o->nx; j++) y[j] += x[j] - was[j];
    sr_lagrange(c->s, c->node + 1, place, l);
    sr_combine(c->s, l, u, o->nu, z);
    for (int j = 0; j < s->free->n; j++) y[o->nx + j] = z[s->free->control[j]];
    for (int j = 0; j < o->np; j++) z[o->nu + j] = s->traj->p[j];
    if (d != NULL) sr_combine(c->s, l, d + k * c->s * o->nd, o->nd, z + o->nu + o->np);
  }
}

static void number_unknowns(stepper *s)
{
  const sr_ocp *o = &s->t->o;
  for (int i = 0; i < o->nu; i++) s->place[i] = -1;
  for (int i = 0; i < o->nx + o->npath; i++) s->row[i] = i < o->nx ? i : -1;
  for (int i = 0; i < s->free->n; i++) {
    s->place[s->free->control[i]] = i;
    s->row[o->nx + s->free->path[i]] = o->nx + i;
  }
}

int sr_ocp_forward(const sr_transcription *t, const sr_traj *traj, const sr_ocp_free *free, int steps, double *x,
                   sr_arena *work)
{
  SR_ASSERT(traj->mesh.nint == t->mesh.nint && traj->mesh.degree == t->mesh.degree && steps > 0);
  const sr_mark top = sr_arena_mark(work);
  const sr_ocp *o = &t->o;
  const int n = o->nx + free->n, nin = o->nx + o->nu + o->np + o->nd, all = STAGES * n;
  const sr_blocks_eval e = sr_blocks_eval_new(&t->blocks, work);
  stepper s = {.t = t,
               .free = free,
               .piece = t->blocks.block[SR_BLOCK_POINT].piece,
               .traj = traj,
               .radau = sr_radau_make(STAGES),
               .nx = o->nx,
               .nin = nin,
               .n = n,
               .length = 1.0 / (t->mesh.nint * steps),
               .z = sr_alloc(work, double, STAGES *nin),
               .y = sr_alloc(work, double, all),
               .dy = sr_alloc(work, double, all),
               .matrix = sr_alloc(work, double, (size_t)all *(size_t)all),
               .swap = sr_alloc(work, int, all),
               .place = sr_alloc(work, int, o->nu),
               .row = sr_alloc(work, int, o->nx + o->npath),
               .in = e.in,
               .out = e.out,
               .scratch = e.scratch};
  number_unknowns(&s);
  double *now = sr_alloc(work, double, o->nx);
  memcpy(now, traj->x, (size_t)o->nx * sizeof *now);
  memcpy(x, now, (size_t)o->nx * sizeof *x);
  int k = 0;
  for (bool is_good = true; k < t->mesh.nint && is_good; k += is_good) {
    for (int i = 0; i < steps && is_good; i++) {
      begin(&s, k, (double)i / steps, 1.0 / steps, now);
      is_good = solve(&s, now);
      memcpy(now, s.y + (STAGES - 1) * n, (size_t)o->nx * sizeof *now);
    }
    if (is_good) memcpy(x + (k + 1) * o->nx, now, (size_t)o->nx * sizeof *x);
  }
  sr_arena_release(work, top);
  return k;
}
