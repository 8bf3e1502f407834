// What the result says about nerves.
#include "course/parts.h"

// What is left of each nerve that the leg has, and from that number alone which skin feels nothing or less.
void sr_course_describe_nerves(const sr_leg_nerves *n, sr_arena *keep, sr_leg_result *out)
{
  const sr_nerve_tree *t = &n->tree;
  out->nerve_intact = sr_alloc(keep, double, t->nnode);
  out->numb = sr_alloc(keep, const char *, t->nnode);
  out->partly_numb = sr_alloc(keep, const char *, t->nnode);
  for (int i = 0; i < t->nnode; i++) {
    if (t->node[i].is_absent) continue;
    const double left = out->nerve_intact[out->nnerve++] = sr_nerve_intact(t, n->cut, i);
    if (t->node[i].kind != SR_NERVE_SENSORY || left >= 1.0) continue;
    if (left > 0.0)
      out->partly_numb[out->npartly_numb++] = t->node[i].skin;
    else
      out->numb[out->nnumb++] = t->node[i].skin;
  }
}

// The nerves that a leg has; `place` gives the index of a node among them.
static void tree_of(const sr_nerve_tree *t, sr_arena *keep, int *n, sr_nerve_result **out)
{
  int *place = sr_alloc(keep, int, t->nnode);
  *n = 0;
  *out = sr_alloc(keep, sr_nerve_result, t->nnode);
  for (int i = 0; i < t->nnode; i++) {
    const sr_nerve_node *x = &t->node[i];
    place[i] = x->is_absent ? -1 : *n;
    if (x->is_absent) continue;
    (*out)[(*n)++] = (sr_nerve_result){.id = x->id,
                                       .name_en = x->name_en,
                                       .name_zh = x->name_zh,
                                       .kind = sr_nerve_kind_text(x->kind),
                                       .supplies = x->muscle != NULL ? x->muscle : x->skin,
                                       .supplies_zh = x->skin_zh,
                                       .share = x->muscle != NULL ? x->share : 0.0,
                                       .parent = x->parent < 0 ? -1 : place[x->parent],
                                       .second_parent = x->second_share > 0.0 ? place[x->second_parent] : -1,
                                       .second_share = x->second_share};
  }
}

void sr_course_nerves(const sr_leg_nerves nerves[2], sr_arena *keep, sr_result *out)
{
  for (int leg = 0; leg < 2; leg++) tree_of(&nerves[leg].tree, keep, &out->nnerve[leg], &out->nerve[leg]);
}
