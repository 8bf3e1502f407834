// With u and w what couples a pair to the rest z, and f the right-hand side,
//   (a  b  u') (v)   (f_v)        v = (f_r - w' z) / b
//   (b  0  w') (r) = (f_r)  =>    r = (f_v - a v - u' z) / b
//   (u  w  B ) (z)   (f_z)        (B - (u w' + w u') / b + w w' a / b^2) z = f_z - u f_r / b - w (f_v - a f_r / b) / b
// where only places that w touches fill in. A row alone, of pivot a, leaves B - u u' / a.
#include "math/condensed.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/error.h"

static const double least_share = 1e-8;  // of the largest entry of its equation: the least b that is taken
static const double most_added = 1e12;   // by a row alone, to an entry of what is left

// One part. Its neighbours: first the nw that the equation touches (all, if it is alone), then those that only the
// unknown does.
typedef struct leaf {
  int n, nw;
  int at;                 // of its neighbours among those of all
  int update;             // of its updates: for p < nw, q = p .. n - 1
  int diagonal, coupled;  // slots of a and b
} leaf;

// A neighbour of a part, and the slots of its entries with the unknown (or the row that is alone) and the equation.
typedef struct neighbour {
  int index, u, w;
} neighbour;

struct sr_condensed {
  int n, nnz, npart;
  const sr_part *part;
  leaf *leaf;            // (npart)
  neighbour *neighbour;  // (all neighbours)
  double *u, *w;         // (all neighbours) as last eliminated
  double *a, *b;         // (npart)
  int *update;           // (all updates) slots
  int *slot;             // (nnz) of the entries of A
  double *value;         // (nleft + own slots + 1): what is left, what touches a part, zero
  size_t nvalue;
  int left, nleft, *index, *row, *col;  // what is left: rows, entries, which index a row is, places of the entries
  sr_ldl *ldl;
  double *x, *scratch;  // (left), (most neighbours)
};

// An entry that touches a part, in the list of each index of a part.
typedef struct link {
  int other, slot, next;
} link;

// An entry of what is left, and where its slot is to be written.
typedef struct place {
  int i, j, to;
} place;

// Slots while the lists are made: those that touch a part count down from -1, `none` is that of zero.
enum { NONE = INT_MIN };
typedef struct maker {
  sr_condensed *c;
  bool *is_part, *is_gone;  // (n) stands in a part, is eliminated
  int *head, *position;     // (n) first link; scratch: place among the neighbours, from 1
  link *link;
  place *place;
  int nlink, link_room, nplace, place_room, nneighbour, neighbour_room, nupdate, update_room, nown;
  sr_arena *work;
} maker;

// Room for `more` elements behind the first n.
static void *with_room(void *old, size_t size, int n, int more, int *room, sr_arena *work)
{
  if (n + more <= *room) return old;
  *room = 2 * (n + more) + 1024;
  char *larger = sr_arena_alloc(work, (size_t)*room, size);
  if (n > 0) memcpy(larger, old, size * (size_t)n);
  return larger;
}

static void add_link(maker *m, int i, int other, int slot)
{
  m->link = with_room(m->link, sizeof *m->link, m->nlink, 1, &m->link_room, m->work);
  m->link[m->nlink] = (link){other, slot, m->head[i]};
  m->head[i] = m->nlink++;
}

// The slot of entry (i, j): of an index that stands in a part found in its list, or new; else to be numbered later, and
// written where `to` says.
static int slot_of(maker *m, int i, int j, int to)
{
  if (!m->is_part[i] && !m->is_part[j]) {
    m->place = with_room(m->place, sizeof *m->place, m->nplace, 1, &m->place_room, m->work);
    m->place[m->nplace++] = (place){i < j ? i : j, i < j ? j : i, to};
    return NONE;
  }
  const int of = m->is_part[i] ? i : j, other = of == i ? j : i;
  for (int k = m->head[of]; k >= 0; k = m->link[k].next)
    if (m->link[k].other == other) return m->link[k].slot;
  const int slot = -1 - m->nown++;
  add_link(m, of, other, slot);
  if (other != of && m->is_part[other]) add_link(m, other, of, slot);
  return slot;
}

// Adds the neighbours of index i that are not eliminated, besides itself and `not_this`, with the slots of their
// entries.
static void add_neighbours(maker *m, leaf *f, int i, int not_this, bool is_u)
{
  sr_condensed *c = m->c;
  for (int k = m->head[i]; k >= 0; k = m->link[k].next) {
    const int other = m->link[k].other;
    if (other == i || other == not_this || m->is_gone[other]) continue;
    if (m->position[other] == 0) {
      c->neighbour = with_room(c->neighbour, sizeof *c->neighbour, m->nneighbour, 1, &m->neighbour_room, m->work);
      c->neighbour[m->nneighbour++] = (neighbour){other, NONE, NONE};
      m->position[other] = ++f->n;
    }
    neighbour *at = &c->neighbour[f->at + m->position[other] - 1];
    *(is_u ? &at->u : &at->w) = m->link[k].slot;
  }
}

static void plan_part(maker *m, const sr_part *part, leaf *f)
{
  sr_condensed *c = m->c;
  const int row = part->row, unknown = part->unknown;
  const bool is_alone = unknown < 0;
  *f = (leaf){.at = m->nneighbour, .update = m->nupdate};
  f->diagonal = is_alone ? slot_of(m, row, row, 0) : slot_of(m, unknown, unknown, 0);
  f->coupled = is_alone ? NONE : slot_of(m, row, unknown, 0);
  add_neighbours(m, f, row, unknown, is_alone);
  f->nw = f->n;
  if (!is_alone) add_neighbours(m, f, unknown, row, true);
  m->is_gone[row] = true;
  if (!is_alone) m->is_gone[unknown] = true;
  c->update = with_room(c->update, sizeof(int), m->nupdate, f->nw * f->n, &m->update_room, m->work);
  for (int p = 0; p < f->nw; p++)
    for (int q = p; q < f->n; q++, m->nupdate++)
      c->update[m->nupdate] =
          slot_of(m, c->neighbour[f->at + p].index, c->neighbour[f->at + q].index, c->nnz + m->nupdate);
  for (int p = 0; p < f->n; p++) m->position[c->neighbour[f->at + p].index] = 0;
}

static int key_of(const place *p, bool is_by_row)
{
  return is_by_row ? p->i : p->j;
}

// The places in the order of their rows or columns; those of one keep the order in which they come in `from` (NULL: as
// they were made).
static int *sort_places(const maker *m, const int *from, bool is_by_row)
{
  int *start = sr_alloc(m->work, int, m->c->n + 1), *sorted = sr_alloc(m->work, int, m->nplace);
  for (int k = 0; k < m->nplace; k++) start[key_of(&m->place[k], is_by_row) + 1]++;
  for (int i = 0; i < m->c->n; i++) start[i + 1] += start[i];
  for (int k = 0; k < m->nplace; k++) {
    const int p = from ? from[k] : k;
    sorted[start[key_of(&m->place[p], is_by_row)]++] = p;
  }
  return sorted;
}

// Numbers the entries of what is left by rows and in them by columns, those at one place once: matrices of one
// structure are then numbered alike, in whatever order their entries were given.
static void number_left(maker *m, sr_arena *keep)
{
  sr_condensed *c = m->c;
  int *new_index = sr_alloc(m->work, int, c->n);
  c->index = sr_alloc(keep, int, c->n);
  for (int i = 0; i < c->n; i++) {
    if (m->is_part[i]) continue;
    new_index[i] = c->left;
    c->index[c->left++] = i;
  }
  const int *sorted = sort_places(m, sort_places(m, NULL, false), true);
  c->row = sr_alloc(keep, int, m->nplace);
  c->col = sr_alloc(keep, int, m->nplace);
  for (int k = 0; k < m->nplace; k++) {
    const place *p = &m->place[sorted[k]], *before = k > 0 ? &m->place[sorted[k - 1]] : NULL;
    if (before == NULL || before->i != p->i || before->j != p->j) {
      c->row[c->nleft] = new_index[p->j];
      c->col[c->nleft++] = new_index[p->i];
    }
    *(p->to < c->nnz ? &c->slot[p->to] : &c->update[p->to - c->nnz]) = c->nleft - 1;
  }
}

// Slots that touch a part stand behind those of what is left, and behind them that of zero.
static int settled(const maker *m, int slot)
{
  return slot >= 0 ? slot : m->c->nleft + (slot == NONE ? m->nown : -1 - slot);
}

static int *settle(const maker *m, const int *slot, int n, sr_arena *keep)
{
  int *final = sr_alloc(keep, int, n);
  for (int i = 0; i < n; i++) final[i] = settled(m, slot[i]);
  return final;
}

static void plan(sr_condensed *c, const int *row, const int *col, sr_arena *keep)
{
  sr_arena *work = sr_arena_new();
  maker m = {.c = c, .work = work};
  m.is_part = sr_alloc(work, bool, c->n);
  m.is_gone = sr_alloc(work, bool, c->n);
  m.head = sr_alloc(work, int, c->n);
  m.position = sr_alloc(work, int, c->n);
  for (int i = 0; i < c->n; i++) m.head[i] = -1;
  for (int k = 0; k < c->npart; k++) {
    m.is_part[c->part[k].row] = true;
    if (c->part[k].unknown >= 0) m.is_part[c->part[k].unknown] = true;
  }
  c->slot = sr_alloc(work, int, c->nnz);
  for (int e = 0; e < c->nnz; e++) c->slot[e] = slot_of(&m, row[e], col[e], e);
  int most = 0;
  for (int k = 0; k < c->npart; k++) {
    plan_part(&m, &c->part[k], &c->leaf[k]);
    if (c->leaf[k].n > most) most = c->leaf[k].n;
  }
  number_left(&m, keep);
  for (int k = 0; k < c->npart; k++) {
    leaf *f = &c->leaf[k];
    f->diagonal = settled(&m, f->diagonal);
    f->coupled = settled(&m, f->coupled);
  }
  c->slot = settle(&m, c->slot, c->nnz, keep);
  c->update = settle(&m, c->update, m.nupdate, keep);
  const neighbour *made = c->neighbour;
  c->neighbour = sr_alloc(keep, neighbour, m.nneighbour);
  for (int i = 0; i < m.nneighbour; i++)
    c->neighbour[i] = (neighbour){made[i].index, settled(&m, made[i].u), settled(&m, made[i].w)};
  c->u = sr_alloc(keep, double, m.nneighbour);
  c->w = sr_alloc(keep, double, m.nneighbour);
  c->nvalue = (size_t)c->nleft + (size_t)m.nown + 1;
  c->value = sr_alloc(keep, double, c->nvalue);
  c->scratch = sr_alloc(keep, double, most);
  sr_arena_free(work);
}

sr_condensed *sr_condensed_new(int n, int nnz, const int *row, const int *col, int npart, const sr_part *part,
                               sr_isa isa, sr_arena *keep)
{
  sr_condensed *c = sr_alloc(keep, sr_condensed, 1);
  *c = (sr_condensed){.n = n, .nnz = nnz, .npart = npart, .part = part};
  c->leaf = sr_alloc(keep, leaf, npart);
  c->a = sr_alloc(keep, double, npart);
  c->b = sr_alloc(keep, double, npart);
  plan(c, row, col, keep);
  c->x = sr_alloc(keep, double, c->left);
  c->ldl = sr_ldl_new(c->left, c->nleft, c->row, c->col, isa, keep);
  return c;
}

static double largest(int n, const double *x)
{
  double most = 0.0;
  for (int i = 0; i < n; i++) most = fmax(most, fabs(x[i]));
  return most;
}

// Takes the row out of what it touches: value -= u u' / a.
static bool eliminate_alone(sr_condensed *c, const leaf *f, double a, const double *u)
{
  const double most = largest(f->n, u);
  if (!(fabs(a) * most_added >= most * most && fabs(a) > 0.0)) return false;
  const int *update = c->update + f->update;
  for (int p = 0; p < f->n; p++) {
    const double y = u[p] / a;
    for (int q = p; q < f->n; q++) c->value[*update++] -= u[q] * y;
  }
  return true;
}

// value -= (u w' + w u') / b - w w' a / b^2
static bool eliminate_pair(sr_condensed *c, const leaf *f, double a, double b, const double *u, const double *w)
{
  if (!(fabs(b) >= least_share * largest(f->nw, w) && fabs(b) > 0.0)) return false;
  const int *update = c->update + f->update;
  double *change = c->scratch;
  for (int p = 0; p < f->nw; p++) {
    const double y = w[p] / b, z = (u[p] - a * y) / b;
    for (int q = p; q < f->n; q++) change[q] = w[q] * z + u[q] * y;
    for (int q = p; q < f->n; q++) c->value[*update++] -= change[q];
  }
  return true;
}

bool sr_condensed_factor(sr_condensed *c, const double *value, double threshold, sr_inertia *in)
{
  int positive = 0, negative = 0;
  memset(c->value, 0, c->nvalue * sizeof *c->value);
  for (int e = 0; e < c->nnz; e++) c->value[c->slot[e]] += value[e];
  for (int k = 0; k < c->npart; k++) {
    const leaf *f = &c->leaf[k];
    double *u = c->u + f->at, *w = c->w + f->at;
    const neighbour *at = c->neighbour + f->at;
    for (int i = 0; i < f->n; i++) u[i] = c->value[at[i].u], w[i] = c->value[at[i].w];
    const double a = c->a[k] = c->value[f->diagonal], b = c->b[k] = c->value[f->coupled];
    const bool is_alone = c->part[k].unknown < 0;
    if (!(is_alone ? eliminate_alone(c, f, a, u) : eliminate_pair(c, f, a, b, u, w))) return false;
    positive += !is_alone || a > 0.0;
    negative += !is_alone || a < 0.0;
  }
  *in = sr_ldl_factor(c->ldl, c->value, threshold);
  in->positive += positive;
  in->negative += negative;
  return true;
}

void sr_condensed_solve(sr_condensed *c, double *x)
{
  for (int k = 0; k < c->npart; k++) {
    const leaf *f = &c->leaf[k];
    const neighbour *at = c->neighbour + f->at;
    const double *u = c->u + f->at, *w = c->w + f->at;
    const int row = c->part[k].row, unknown = c->part[k].unknown;
    const double v = x[row] / (unknown < 0 ? c->a[k] : c->b[k]);
    for (int i = 0; i < f->n; i++) x[at[i].index] -= u[i] * v;
    if (unknown < 0) continue;
    const double r = (x[unknown] - c->a[k] * v) / c->b[k];
    for (int i = 0; i < f->nw; i++) x[at[i].index] -= w[i] * r;
  }
  for (int i = 0; i < c->left; i++) c->x[i] = x[c->index[i]];
  sr_ldl_solve(c->ldl, c->x);
  for (int i = 0; i < c->left; i++) x[c->index[i]] = c->x[i];
  for (int k = c->npart - 1; k >= 0; k--) {
    const leaf *f = &c->leaf[k];
    const neighbour *at = c->neighbour + f->at;
    const double *u = c->u + f->at, *w = c->w + f->at;
    const int row = c->part[k].row, unknown = c->part[k].unknown;
    double of_u = 0.0, of_w = 0.0;
    for (int i = 0; i < f->n; i++) of_u += u[i] * x[at[i].index];
    if (unknown < 0) {
      x[row] = (x[row] - of_u) / c->a[k];
      continue;
    }
    for (int i = 0; i < f->nw; i++) of_w += w[i] * x[at[i].index];
    const double v = (x[row] - of_w) / c->b[k];
    x[row] = (x[unknown] - c->a[k] * v - of_u) / c->b[k];
    x[unknown] = v;
  }
}

sr_ldl_size sr_condensed_size(const sr_condensed *c)
{
  return sr_ldl_size_of(c->ldl);
}
