#include "tissue/supply.h"

#include <math.h>
#include <string.h>

// A lesion that the muscle's axons pass, and how far from the muscle.
typedef struct hit {
  const sr_lesion *lesion;
  double distance;
} hit;

// One of the nerves that supply the muscle.
typedef struct branch {
  double share;
  int nhit;
  hit *hit;
} branch;

struct sr_supply {
  int nbranch, nhit;
  double share;  // sum over the branches
  branch *branch;
};

static double arrived(const sr_tissue_params *p, double distance, double weeks)
{
  const double t = weeks - p->regrowth_delay - distance / (7.0 * p->axon_speed);
  return t > 0.0 ? -expm1(-t / p->regrowth_spread) : 0.0;
}

double sr_lesion_returned(const sr_tissue_params *p, const sr_lesion *l, double distance, double week)
{
  if (l->kind == SR_LESION_BURN) return p->burn_share * arrived(p, distance, week - l->week);
  if (l->kind == SR_LESION_BLOCK || !(week > l->repair_week)) return 0.0;
  const double regain = p->repair_share * exp(-(l->repair_week - l->week) / p->repair_time);
  return l->repaired * regain * arrived(p, distance, week - l->repair_week);
}

// Lesions on the way from node i up to the root.
static void follow(const sr_nerve_tree *tree, const double *length, const sr_lesion *lesion, int nlesion, int i,
                   branch *b)
{
  double distance = 0.0;
  for (; i >= 0; i = tree->node[i].parent) {
    SR_ASSERT(!(tree->node[i].second_share > 0.0));  // sensory nerves alone have two parents
    distance += length[i];
    for (int k = 0; k < nlesion; k++)
      if (lesion[k].node == i) b->hit[b->nhit++] = (hit){.lesion = &lesion[k], .distance = distance};
  }
}

sr_supply *sr_supply_new(const sr_nerve_tree *tree, const double *length, const sr_lesion *lesion, int nlesion,
                         const char *muscle, sr_arena *keep)
{
  sr_supply *s = sr_alloc(keep, sr_supply, 1);
  *s = (sr_supply){.branch = sr_alloc(keep, branch, tree->nnode)};
  for (int i = 0; i < tree->nnode; i++) {
    const sr_nerve_node *node = &tree->node[i];
    if (node->kind != SR_NERVE_MOTOR || strcmp(node->muscle, muscle) != 0) continue;
    branch *b = &s->branch[s->nbranch++];
    *b = (branch){.share = node->share, .hit = sr_alloc(keep, hit, nlesion)};
    follow(tree, length, lesion, nlesion, i, b);
    s->share += b->share;
    s->nhit += b->nhit;
  }
  return s;
}

bool sr_supply_is_whole(const sr_supply *s)
{
  return s->nhit == 0;
}

//   axons = sum over branches of share x product over lesions (1 - share lost (1 - returned)) / sum of shares
static sr_supply_state supply_at(const sr_tissue_params *p, const sr_supply *s, double week, bool is_after)
{
  double axons = 0.0, conduct = 0.0;
  if (sr_supply_is_whole(s)) return (sr_supply_state){.axons = 1.0};
  for (int k = 0; k < s->nbranch; k++) {
    const branch *b = &s->branch[k];
    double alive = b->share, open = 1.0;
    for (int i = 0; i < b->nhit; i++) {
      const sr_lesion *l = b->hit[i].lesion;
      const bool has_begun = is_after ? week >= l->week : week > l->week;
      const bool has_ended = is_after ? week >= l->end_week : week > l->end_week;
      if (!has_begun) continue;
      if (l->kind != SR_LESION_BLOCK)
        alive *= 1.0 - l->share * (1.0 - sr_lesion_returned(p, l, b->hit[i].distance, week));
      else if (!has_ended)
        open *= 1.0 - l->share;
    }
    axons += alive;
    conduct += alive * open;
  }
  return (sr_supply_state){.axons = axons / s->share, .blocked = axons > 0.0 ? 1.0 - conduct / axons : 0.0};
}

sr_supply_state sr_supply_before(const sr_tissue_params *p, const sr_supply *s, double week)
{
  return supply_at(p, s, week, false);
}

sr_supply_state sr_supply_after(const sr_tissue_params *p, const sr_supply *s, double week)
{
  return supply_at(p, s, week, true);
}
