// The nerve tree of the leg: who supplies whom, and what a cut takes away. Knows muscles by name only.
#ifndef SR_NERVE_NERVE_H
#define SR_NERVE_NERVE_H
#include "base/arena.h"
#include "base/error.h"

typedef enum sr_nerve_kind { SR_NERVE_TRUNK, SR_NERVE_MOTOR, SR_NERVE_SENSORY } sr_nerve_kind;

typedef struct sr_nerve_node {
  const char *id;          // e.g. nerve_to_gasmed
  const char *name_en, *name_zh;
  sr_nerve_kind kind;
  int parent;              // index; -1 for a root
  const char *muscle;      // supplied muscle, NULL unless motor
  const char *skin;        // what goes numb in words, NULL unless sensory
  double share;            // share of that muscle's motor axons that run through this node, 0..1
  const char *source;
} sr_nerve_node;

// A published anatomical variant: what it changes and in how many legs it is found.
typedef struct sr_nerve_variant {
  const char *id, *text_en, *text_zh, *source;
  double frequency;        // 0..1
  double frequency_lo, frequency_hi;  // range between series
  const char *node;        // the node that gets another parent ...
  const char *new_parent;  // ... this one (may be NULL when the variant only adds a twig)
  const char *twig_muscle; // extra muscle supplied through `node` (or NULL) ...
  double twig_share;       // ... and the share of its axons
} sr_nerve_variant;

typedef struct sr_nerve_tree {
  int nnode;
  sr_nerve_node *node;     // parents before children
  int nvariant;
  sr_nerve_variant *variant;
} sr_nerve_tree;

// Reads the tree from the text of nerves.toml; `path` is for messages.
bool sr_nerve_load(const char *path, const char *text, sr_arena *keep, sr_nerve_tree *out, sr_error *err);
// The tree of a leg with these variants (ids).
bool sr_nerve_apply_variants(const sr_nerve_tree *t, const char *const *ids, int n, sr_arena *keep, sr_nerve_tree *out,
                             sr_error *err);
int sr_nerve_find(const sr_nerve_tree *t, const char *id);  // index, -1 if there is none
// Fraction of a muscle's motor axons that still reach it after each node has lost the fraction cut[i] (nnode): a
// product along the path to the root, summed over the branches that supply the muscle. 1 = untouched.
double sr_nerve_innervated(const sr_nerve_tree *t, const double *cut, const char *muscle);
// Fraction of sensation left in the territory of a sensory node.
double sr_nerve_sensation(const sr_nerve_tree *t, const double *cut, int node);
#endif
