// The slow model of one muscle in a made-up life, as CSV: what tools/validation_slow.py compares with published
// results. Standard input, one command a line:
//   set NAME VALUE         a constant of data/tissue.toml (in its SI unit or weeks), to try what another value does
//   at WEEK WHAT VALUE     load | stress | axons | immobilised | held | toxin U | burn M | suture M | swell TOTAL |
//                          wound 1 | resect SHARE; those of one week in their order, weeks rising. burn, suture: a
//                          nerve so far away [m]; swell: the total volume that swelling gives
//   beside SHARE           the printed muscle is the neighbour of that of the life, which carried SHARE of their force:
//                          it takes what the other has lost
//   points N               the same at N points of the set of unknowns, instead of at the values themselves
//   run WEEKS STEP         prints a row every STEP weeks
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load/tissue.h"
#include "math/sample.h"
#include "tissue/supply.h"

enum { EVENTS_MAX = 64 };

typedef struct event {
  double week, value;
  char what[16];
} event;

typedef struct life {
  int nevent;
  event event[EVENTS_MAX];
  double beside;  // 0: the muscle itself
} life;

// What goes on, between events.
typedef struct now {
  sr_tissue_input in;
  sr_lesion lesion;
  bool is_cut;
  double distance;
} now;

static bool happen(const sr_tissue_params *p, const event *e, sr_tissue_muscle *s, now *n)
{
  const double v = e->value;
  const bool is_suture = strcmp(e->what, "suture") == 0;
  if (strcmp(e->what, "load") == 0) {
    n->in.load = v;
    n->in.stress = 0.0;
  } else if (strcmp(e->what, "stress") == 0) {
    n->in.stress = v;
    n->in.load = 0.0;
  } else if (strcmp(e->what, "axons") == 0) {
    n->in.axons = v;
  } else if (strcmp(e->what, "immobilised") == 0) {
    n->in.is_immobile = v > 0.0;
  } else if (strcmp(e->what, "held") == 0) {
    n->in.held = v;
  } else if (strcmp(e->what, "toxin") == 0) {
    sr_tissue_inject(p, s, v);
  } else if (strcmp(e->what, "wound") == 0) {
    sr_tissue_wound(p, s);
  } else if (strcmp(e->what, "resect") == 0) {
    sr_tissue_resect(p, s, v);
  } else if (strcmp(e->what, "swell") == 0) {
    s->oedema = fmax(0.0, s->oedema + v - sr_tissue_read(p, s).total);
  } else if (is_suture || strcmp(e->what, "burn") == 0) {
    n->is_cut = true;
    n->distance = v;
    n->in.axons = 0.0;
    n->lesion = (sr_lesion){.kind = is_suture ? SR_LESION_CUT : SR_LESION_BURN,
                            .share = 1.0,
                            .week = e->week,
                            .repair_week = e->week,
                            .repaired = 1.0};
  } else {
    return false;
  }
  return true;
}

static void print_row(int point, double week, const sr_tissue_params *p, const sr_tissue_muscle *s)
{
  const sr_tissue_readout r = sr_tissue_read(p, s);
  printf("%d,%.10g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g\n", point, week,
         r.total, r.innervated, r.denervated, r.fat, r.scar, r.oedema, r.section, r.capacity, r.drive, r.len_opt,
         r.passive_scale, r.soreness, s->nerve, s->dose);
}

// The neighbour's load: (1 - share x what the other still has) / (1 - share), to the power.
static double neighbour_load(const sr_tissue_params *p, double share, double other)
{
  return pow((1.0 - share * other) / (1.0 - share), p->power);
}

static void live(int point, const sr_tissue_params *p, const life *l, double weeks, double step)
{
  sr_tissue_muscle s = sr_tissue_healthy(), beside = s;
  const sr_tissue_step t = sr_tissue_step_new(p, step);
  now n = {.in = {.axons = 1.0, .load = 1.0, .held = 1.0}};
  const int nstep = (int)lround(weeks / step);
  for (int k = 0, e = 0; k <= nstep; k++) {
    const double week = k * step;
    for (; e < l->nevent && l->event[e].week <= week + 1e-9; e++) happen(p, &l->event[e], &s, &n);
    sr_tissue_connect(p, &s, n.in.axons, 0.0);
    print_row(point, week, p, l->beside > 0.0 ? &beside : &s);
    const double before = sr_tissue_read(p, &s).capacity;
    if (n.is_cut) n.in.axons = sr_lesion_returned(p, &n.lesion, n.distance, week + step);
    s = sr_tissue_advance(&t, s, &n.in);
    const double mean = 0.5 * (before + sr_tissue_read(p, &s).capacity);
    beside =
        sr_tissue_advance(&t, beside, &(sr_tissue_input){.axons = 1.0, .load = neighbour_load(p, l->beside, mean)});
  }
}

static bool set(sr_tissue_params *p, const char *name, double value)
{
  for (int k = 0; k < SR_TISSUE_NPARAM; k++)
    if (strcmp(sr_tissue_param_name(k), name) == 0) {
      p->all[k] = value;
      return true;
    }
  return false;
}

// Constants that were set stay set at every point.
static sr_tissue_params drawn(const sr_tissue_table *table, const sr_tissue_params *par, const double *u)
{
  sr_tissue_params p = sr_tissue_draw(table, u);
  for (int k = 0; k < SR_TISSUE_NPARAM; k++)
    if (par->all[k] != table->par.all[k]) p.all[k] = par->all[k];
  return p;
}

int main(void)
{
  sr_tissue_table table;
  sr_error err = {0};
  if (!sr_tissue_table_load(&table, &err)) return fprintf(stderr, "%s\n", err.text), 2;
  sr_tissue_params par = table.par;
  life l = {0};
  sr_arena *a = sr_arena_new();
  char line[128], word[32];
  double x, y;
  int points = 0, status = 0;
  printf(
      "point,week,total,innervated,denervated,fat,scar,oedema,section,capacity,drive,length,passive,soreness,nerve,"
      "dose\n");
  while (status == 0 && fgets(line, sizeof line, stdin) != NULL) {
    event e = {0};
    bool is_good = true;
    if (sscanf(line, "set %31s %lf", word, &x) == 2) {
      is_good = set(&par, word, x);
    } else if (sscanf(line, "at %lf %15s %lf", &e.week, e.what, &e.value) == 3) {
      sr_tissue_muscle s = sr_tissue_healthy();
      now n = {0};
      is_good = l.nevent < EVENTS_MAX && happen(&par, &e, &s, &n);
      if (is_good) l.event[l.nevent++] = e;
    } else if (sscanf(line, "beside %lf", &x) == 1) {
      l.beside = x;
    } else if (sscanf(line, "points %lf", &x) == 1) {
      points = (int)x;
    } else if (sscanf(line, "run %lf %lf", &x, &y) == 2) {
      if (points == 0) live(0, &par, &l, x, y);
      if (points > 0) {
        const sr_sample_set set = sr_sample_set_new(points, sr_tissue_nunknown(&table), 1, a);
        for (int k = 0; k < set.n; k++) {
          const sr_tissue_params p = drawn(&table, &par, &set.u[k * set.dim]);
          live(k, &p, &l, x, y);
        }
      }
    } else {
      is_good = false;
    }
    if (!is_good) {
      fprintf(stderr, "slow_study: not understood: %s", line);
      status = 2;
    }
  }
  sr_arena_free(a);
  return status;
}
