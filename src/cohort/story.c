#include "cohort/story.h"

#include <math.h>

const char *sr_story_word_text(sr_story_word w)
{
#define TEXT(id, word) word,
  static const char *const text[] = {SR_STORY_WORDS(TEXT)};
#undef TEXT
  SR_ASSERT(w >= 0 && w < SR_STORY_NWORD);
  return text[w];
}

// What goes on between steps.
typedef struct present {
  sr_tissue_input in;
  sr_lesion lesion;
  bool is_cut;
  double distance;
} present;

static void cut(present *n, double week, double distance, sr_lesion_kind kind)
{
  n->is_cut = true;
  n->distance = distance;
  n->in.axons = 0.0;
  n->lesion = (sr_lesion){.kind = kind, .share = 1.0, .week = week, .repair_week = week, .repaired = 1.0};
}

static void happen(const sr_tissue_params *p, const sr_story_step *e, sr_tissue_muscle *s, present *n)
{
  const double v = e->value;
  switch (e->what) {
    case SR_STORY_LOAD:
      n->in.load = v;
      n->in.stress = 0.0;
      break;
    case SR_STORY_DOSE:
      n->in.stress = v;
      n->in.load = 0.0;
      break;
    case SR_STORY_AXONS:
      n->in.axons = v;
      break;
    case SR_STORY_IMMOBILISED:
      n->in.is_immobile = v > 0.0;
      break;
    case SR_STORY_HELD:
      n->in.held = v;
      break;
    case SR_STORY_TOXIN:
      sr_tissue_inject(p, s, v);
      break;
    case SR_STORY_ABLATE:
      cut(n, e->week, v, SR_LESION_BURN);
      break;
    case SR_STORY_SUTURE:
      cut(n, e->week, v, SR_LESION_CUT);
      break;
    case SR_STORY_SWELL:
      s->oedema = fmax(0.0, s->oedema + v - sr_tissue_read(p, s).total);
      break;
    case SR_STORY_WOUND:
      sr_tissue_wound(p, s);
      break;
    case SR_STORY_RESECT:
      sr_tissue_resect(p, s, v);
      break;
    case SR_STORY_OEDEMA_WEEKS:  // of the whole life: taken before it begins
    case SR_STORY_NWORD:
      break;
  }
}

// The neighbour's load: (1 - share x what the other still has) / (1 - share), to the power.
static double neighbour_load(const sr_tissue_params *p, double share, double other)
{
  return pow((1.0 - share * other) / (1.0 - share), p->power);
}

sr_story_told sr_story_tell(const sr_tissue_params *par, const sr_story *l, double weeks, double step, sr_arena *keep)
{
  sr_tissue_params p = *par;
  for (int e = 0; e < l->nstep; e++)
    if (l->step[e].what == SR_STORY_OEDEMA_WEEKS) p.swelling_time = l->step[e].value;
  const int nstep = (int)lround(weeks / step);
  sr_story_told out = {.n = nstep + 1, .at = sr_alloc(keep, sr_story_week, nstep + 1)};
  sr_tissue_muscle s = sr_tissue_healthy(), beside = s;
  const sr_tissue_step t = sr_tissue_step_new(&p, step);
  present n = {.in = {.axons = 1.0, .load = 1.0, .held = 1.0}};
  for (int k = 0, e = 0; k <= nstep; k++) {
    const double week = k * step;
    for (; e < l->nstep && l->step[e].week <= week + 1e-9; e++) happen(&p, &l->step[e], &s, &n);
    sr_tissue_connect(&p, &s, n.in.axons, 0.0);
    const sr_tissue_muscle *told = l->beside > 0.0 ? &beside : &s;
    out.at[k] =
        (sr_story_week){.week = week, .read = sr_tissue_read(&p, told), .nerve = told->nerve, .dose = told->dose};
    const double before = sr_tissue_read(&p, &s).capacity;
    if (n.is_cut) n.in.axons = sr_lesion_returned(&p, &n.lesion, n.distance, week + step);
    s = sr_tissue_advance(&t, s, &n.in);
    const double mean = 0.5 * (before + sr_tissue_read(&p, &s).capacity);
    beside =
        sr_tissue_advance(&t, beside, &(sr_tissue_input){.axons = 1.0, .load = neighbour_load(&p, l->beside, mean)});
  }
  return out;
}
