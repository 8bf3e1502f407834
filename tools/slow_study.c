// The slow model of one muscle in a made-up life, as CSV: what tools/validation_slow.py compares with published
// results. Standard input, one command a line:
//   set NAME VALUE         a constant of data/tissue.toml (in its SI unit or weeks), to try what another value does
//   at WEEK WHAT VALUE     a step of the story, as in cohort/story.h; those of one week in their order, weeks rising
//   beside SHARE           the printed muscle is the neighbour of that of the life, which carried SHARE of their force:
//                          it takes what the other has lost
//   points N               the same at N points of the set of unknowns, instead of at the values themselves
//   run WEEKS STEP         prints a row every STEP weeks
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cohort/story.h"
#include "load/tissue.h"
#include "math/sample.h"

static bool find_word(const char *text, sr_story_word *out)
{
  for (int w = 0; w < SR_STORY_NWORD; w++)
    if (strcmp(sr_story_word_text((sr_story_word)w), text) == 0) return *out = (sr_story_word)w, true;
  return false;
}

static void live(int point, const sr_tissue_params *p, const sr_story *l, double weeks, double step)
{
  sr_arena *a = sr_arena_new();
  const sr_story_told told = sr_story_tell(p, l, weeks, step, a);
  for (int k = 0; k < told.n; k++) {
    const sr_tissue_readout r = told.at[k].read;
    printf("%d,%.10g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g\n", point,
           told.at[k].week, r.total, r.innervated, r.denervated, r.fat, r.scar, r.oedema, r.section, r.capacity, r.drive,
           r.len_opt, r.passive_scale, r.soreness, told.at[k].nerve, told.at[k].dose);
  }
  sr_arena_free(a);
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
  sr_story l = {0};
  sr_arena *a = sr_arena_new();
  char line[128], word[32];
  double x, y;
  int points = 0, status = 0;
  printf(
      "point,week,total,innervated,denervated,fat,scar,oedema,section,capacity,drive,length,passive,soreness,nerve,"
      "dose\n");
  while (status == 0 && fgets(line, sizeof line, stdin) != NULL) {
    sr_story_step e = {0};
    bool is_good = true;
    if (sscanf(line, "set %31s %lf", word, &x) == 2) {
      is_good = set(&par, word, x);
    } else if (sscanf(line, "at %lf %31s %lf", &e.week, word, &e.value) == 3) {
      is_good = l.nstep < SR_STORY_STEPS && find_word(word, &e.what);
      if (is_good) l.step[l.nstep++] = e;
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
