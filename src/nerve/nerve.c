// What a cut takes away, and the tree of a leg that differs from the common one.
#include "nerve/nerve.h"

#include <string.h>

int sr_nerve_find(const sr_nerve_tree *t, const char *id)
{
  for (int i = 0; i < t->nnode; i++)
    if (strcmp(t->node[i].id, id) == 0) return i;
  return -1;
}

int sr_nerve_find_variant(const sr_nerve_tree *t, const char *id)
{
  for (int i = 0; i < t->nvariant; i++)
    if (strcmp(t->variant[i].id, id) == 0) return i;
  return -1;
}

const char *sr_nerve_kind_text(sr_nerve_kind kind)
{
  return kind == SR_NERVE_TRUNK ? "trunk" : kind == SR_NERVE_MOTOR ? "motor" : "sensory";
}

// Fraction of the fibres below node i that are still joined to the spinal cord.            [-] -> [-]
//   through(i) = (1 - cut_i) ((1 - w) through(parent) + w through(second parent)),   through(above a root) = 1
// with w the share of the fibres that come through the second parent (docs/theory/nerve.md, eq. 1).
static double through(const sr_nerve_tree *t, const double *cut, int i)
{
  if (i < 0) return 1.0;
  const sr_nerve_node *node = &t->node[i];
  const double left = 1.0 - cut[i], w = node->second_share;
  if (!(w > 0.0)) return left * through(t, cut, node->parent);
  return left * ((1.0 - w) * through(t, cut, node->parent) + w * through(t, cut, node->second_parent));
}

// innervated(muscle) = sum_i share_i through(i) / sum_i share_i over the nodes i that supply the muscle (eq. 2); the
// division makes an untouched muscle exactly 1, whatever the rounding of the shares.
double sr_nerve_innervated(const sr_nerve_tree *t, const double *cut, const char *muscle)
{
  double left = 0.0, all = 0.0;
  for (int i = 0; i < t->nnode; i++) {
    const sr_nerve_node *node = &t->node[i];
    if (node->kind != SR_NERVE_MOTOR || strcmp(node->muscle, muscle) != 0) continue;
    left += node->share * through(t, cut, i);
    all += node->share;
  }
  return all > 0.0 ? left / all : 1.0;
}

// intact(node) = through(node) (eq. 3); a nerve that this leg does not have leaves nothing numb.
double sr_nerve_intact(const sr_nerve_tree *t, const double *cut, int node)
{
  SR_ASSERT(node >= 0 && node < t->nnode);
  return t->node[node].is_absent ? 1.0 : through(t, cut, node);
}

// The nodes of a variant hang below `parent`.
static void move_nodes(sr_nerve_tree *t, const sr_nerve_variant *v)
{
  const int parent = sr_nerve_find(t, v->new_parent);
  for (int k = 0; k < v->nnode; k++) t->node[sr_nerve_find(t, v->node[k])].parent = parent;
}

// The nodes of a variant carry nothing, and what they joined comes through its first parent alone.
static void remove_nodes(sr_nerve_tree *t, const sr_nerve_variant *v)
{
  for (int k = 0; k < v->nnode; k++) {
    const int gone = sr_nerve_find(t, v->node[k]);
    t->node[gone].is_absent = true;
    for (int i = 0; i < t->nnode; i++)
      if (t->node[i].second_share > 0.0 && t->node[i].second_parent == gone) t->node[i].second_share = 0.0;
  }
}

// A new motor node with share s below the variant's node; the muscle's other nodes keep 1 - s of theirs (eq. 4).
static void add_twig(sr_nerve_tree *t, const sr_nerve_variant *v, sr_arena *keep)
{
  for (int i = 0; i < t->nnode; i++) {
    sr_nerve_node *node = &t->node[i];
    if (node->kind == SR_NERVE_MOTOR && strcmp(node->muscle, v->twig_muscle) == 0) node->share *= 1.0 - v->twig_share;
  }
  const int from = sr_nerve_find(t, v->node[0]);
  t->node[t->nnode++] =
      (sr_nerve_node){.id = v->id,
                      .name_en = sr_arena_printf(keep, "extra branch of the %s", t->node[from].name_en),
                      .name_zh = sr_arena_printf(keep, "%s的额外分支", t->node[from].name_zh),
                      .kind = SR_NERVE_MOTOR,
                      .parent = from,
                      .second_parent = -1,
                      .muscle = v->twig_muscle,
                      .share = v->twig_share,
                      .source = v->source};
}

// Two variants exclude each other where both move or remove the same node.
static bool is_conflict(const sr_nerve_variant *a, const sr_nerve_variant *b)
{
  if (a == b) return true;
  if (a->twig_muscle || b->twig_muscle) return false;
  for (int i = 0; i < a->nnode; i++)
    for (int k = 0; k < b->nnode; k++)
      if (strcmp(a->node[i], b->node[k]) == 0) return true;
  return false;
}

// The variants behind the ids, or an error that names the ones there are.
static bool find_all(const sr_nerve_tree *t, const char *const *ids, int n, const sr_nerve_variant **v, sr_error *err)
{
  for (int k = 0; k < n; k++) {
    const int at = sr_nerve_find_variant(t, ids[k]);
    if (at < 0) return sr_fail(err, SR_BAD_VALUE, "no nerve variant is called '%s'; `surae nerves` lists them", ids[k]);
    v[k] = &t->variant[at];
    for (int i = 0; i < k; i++)
      if (is_conflict(v[i], v[k]))
        return sr_fail(err, SR_BAD_VALUE, "nerve variants '%s' and '%s' exclude each other in one leg", ids[i], ids[k]);
  }
  return true;
}

bool sr_nerve_apply_variants(const sr_nerve_tree *t, const char *const *ids, int n, sr_arena *keep, sr_nerve_tree *out,
                             sr_error *err)
{
  const sr_nerve_variant **v = sr_alloc(keep, const sr_nerve_variant *, n > 0 ? n : 1);
  if (!find_all(t, ids, n, v, err)) return false;
  *out = *t;
  out->node = sr_alloc(keep, sr_nerve_node, t->nnode + n);
  memcpy(out->node, t->node, (size_t)t->nnode * sizeof *t->node);
  for (int k = 0; k < n; k++) {
    if (v[k]->twig_muscle) add_twig(out, v[k], keep);
    if (v[k]->new_parent) move_nodes(out, v[k]);
    if (v[k]->is_absent) remove_nodes(out, v[k]);
  }
  return true;
}
