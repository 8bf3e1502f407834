// Which axons reach a muscle in which week: lesions of the nerves of a leg, and what grows back. Weeks; metres.
// Theory: docs/theory/tissue.md, section 2.
#ifndef SR_TISSUE_SUPPLY_H
#define SR_TISSUE_SUPPLY_H
#include "nerve/nerve.h"
#include "tissue/muscle.h"

typedef enum sr_lesion_kind {
  SR_LESION_CUT,   // a segment is taken out: nothing grows back, unless it is repaired
  SR_LESION_BURN,  // the sheath stays: axons grow back along it
  SR_LESION_BLOCK  // axons live, and do not conduct until it ends
} sr_lesion_kind;

typedef struct sr_lesion {
  sr_lesion_kind kind;
  int node;            // of the nerve tree
  double share;        // of the fibres that are left in the node, 0..1
  double week;         // from then on
  double end_week;     // of a block
  double repair_week;  // of a cut; INFINITY: never
  double repaired;     // share of the cut fibres that are joined again
} sr_lesion;

// Share of the fibres of a lesion that are back at a muscle so far away                              [-]
//   cut, repaired:  repaired x repair_share exp(-waiting / repair_time) x arrived(week - repair_week)
//   burn:           burn_share x arrived(week - its week)
//   arrived(t) = 1 - exp(-(t - delay - distance / speed) / spread), 0 before
double sr_lesion_returned(const sr_tissue_params *p, const sr_lesion *l, double distance, double week);

// What stands between the spinal cord and one muscle.
typedef struct sr_supply sr_supply;
// length (nnode): of each nerve from its origin to its end or the muscle [m]. A lesion lies at the origin of its node:
// axons then grow over the whole length of the node and of those below it. lesion must outlive the supply.
sr_supply *sr_supply_new(const sr_nerve_tree *tree, const double *length, const sr_lesion *lesion, int nlesion,
                         const char *muscle, sr_arena *keep);
bool sr_supply_is_whole(const sr_supply *s);  // no lesion touches the muscle, in any week
// Fractions multiply along the path, as in sr_nerve_innervated.
typedef struct sr_supply_state {
  double axons;    // share alive and joined to the muscle
  double blocked;  // of those, the share that does not conduct
} sr_supply_state;
// Just before a week, or just after what happens in it: lesions that begin, blocks that end. For a step from one week
// to another, between which nothing begins or ends: axons before the latter, blocked after the former.
sr_supply_state sr_supply_before(const sr_tissue_params *p, const sr_supply *s, double week);
sr_supply_state sr_supply_after(const sr_tissue_params *p, const sr_supply *s, double week);
#endif
