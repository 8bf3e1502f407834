// The nerve tree of the leg: who supplies whom, and what a cut takes away. Knows muscles by name only.
#ifndef SR_NERVE_NERVE_H
#define SR_NERVE_NERVE_H
#include "base/arena.h"
#include "base/error.h"
#include "base/files.h"

typedef enum sr_nerve_kind { SR_NERVE_TRUNK, SR_NERVE_MOTOR, SR_NERVE_SENSORY } sr_nerve_kind;

typedef struct sr_nerve_node {
  const char *id;  // e.g. nerve_to_gasmed
  const char *name_en, *name_zh;
  sr_nerve_kind kind;
  int parent;                   // index; -1 for a root
  int second_parent;            // index of a second nerve that joins here (sural nerve); used where second_share > 0
  double second_share;          // share of this node's fibres that come through it, 0..1
  const char *muscle;           // supplied muscle, NULL unless motor
  const char *skin, *skin_zh;   // what goes numb in words, NULL unless sensory
  double share;                 // share of that muscle's motor axons that run through this node, 0..1
  double axons_mean, axons_sd;  // counted motor axons of the nerve; 0 where no count was found
  bool is_absent;               // a variant in which this leg has no such nerve
  const char *source;
} sr_nerve_node;

// A published anatomical variant: what it changes and in how many legs it is found.
typedef struct sr_nerve_variant {
  const char *id, *text_en, *text_zh, *source;
  double frequency;                   // 0..1
  double frequency_lo, frequency_hi;  // range between series (one series: exact binomial 95% interval)
  int nnode;
  const char **node;        // the nodes that get another parent, or are absent, or (one node) carry the twig
  const char *new_parent;   // the parent they get (NULL when the variant only adds a twig or removes a nerve)
  bool is_absent;           // the nodes do not exist in such a leg
  const char *twig_muscle;  // extra muscle supplied through `node` (or NULL) ...
  double twig_share;        // ... and the share of its axons
} sr_nerve_variant;

// What a reader of the tree must know; data, so that it has a source too.
typedef struct sr_nerve_note {
  const char *id, *text_en, *text_zh, *source;
} sr_nerve_note;

typedef struct sr_nerve_tree {
  int nnode;
  sr_nerve_node *node;  // parents before children
  int nvariant;
  sr_nerve_variant *variant;
  int nnote;
  sr_nerve_note *note;
} sr_nerve_tree;

// Reads the tree from the text of nerves.toml; `path` is for messages.
bool sr_nerve_load(const char *path, const char *text, sr_arena *keep, sr_nerve_tree *out, sr_error *err);
// The tree of a leg with these variants (ids). Nodes keep their indices; a twig is a new node at the end whose id is
// the variant's.
bool sr_nerve_apply_variants(const sr_nerve_tree *t, const char *const *ids, int n, sr_arena *keep, sr_nerve_tree *out,
                             sr_error *err);
int sr_nerve_find(const sr_nerve_tree *t, const char *id);          // index, -1 if there is none
int sr_nerve_find_variant(const sr_nerve_tree *t, const char *id);  // index, -1 if there is none
const char *sr_nerve_kind_text(sr_nerve_kind kind);                 // "trunk", "motor", "sensory"
// Fraction of a muscle's motor axons that still reach it after each node has lost the fraction cut[i] (nnode): a
// product along the path to the root, summed over the branches that supply the muscle. 1 = untouched, and 1 for a
// muscle that no node of the tree supplies.
double sr_nerve_innervated(const sr_nerve_tree *t, const double *cut, const char *muscle);
// Fraction of a node's fibres that are still joined to the spinal cord: of a sensory node the feeling left in its
// territory. 1 for a nerve that this leg does not have.
double sr_nerve_intact(const sr_nerve_tree *t, const double *cut, int node);

// What `surae nerves` shows: the tree, the variants with their frequencies, the notes, and the sources by number.
void sr_nerve_print(const sr_nerve_tree *t, sr_text *out);
// The same as JSON, with what a full cut of each node takes.
void sr_nerve_print_json(const sr_nerve_tree *t, sr_text *out);
#endif
