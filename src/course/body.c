// From a scenario and a week to a body, and what the result says about that body.
#include <stdlib.h>
#include <string.h>

#include "course/parts.h"

bool sr_course_leg(const sr_scenario *s, const sr_nerve_tree *tree, sr_leg leg, double week, bool with_cuts,
                   sr_arena *keep, sr_leg_nerves *out, sr_error *err)
{
  if (!sr_nerve_apply_variants(tree, s->variant[leg], s->nvariant[leg], keep, &out->tree, err)) return false;
  out->cut = sr_alloc(keep, double, out->tree.nnode);
  if (with_cuts) sr_scenario_cuts(s, &out->tree, leg, week, out->cut);
  return true;
}

bool sr_course_body(const sr_scenario *s, const sr_nerve_tree *tree, double week, bool with_cuts, sr_model *out,
                    sr_error *err)
{
  sr_arena *work = sr_arena_new();
  bool is_good = sr_model_load(&s->person, out, err);
  for (int leg = 0; is_good && leg < 2; leg++) {
    sr_leg_nerves n;
    is_good = sr_course_leg(s, tree, (sr_leg)leg, week, with_cuts, work, &n, err);
    if (is_good) sr_model_apply_nerves(out, (sr_leg)leg, &n.tree, n.cut);
  }
  sr_arena_free(work);
  return is_good;
}

static void describe_leg(const sr_model *m, sr_leg leg, const sr_leg_nerves *n, const char *lang, sr_arena *keep,
                         sr_leg_result *out)
{
  *out = (sr_leg_result){.muscle = sr_alloc(keep, sr_muscle_result, m->nmuscle),
                         .numb = sr_alloc(keep, const char *, n->tree.nnode)};
  for (int k = 0; k < m->nmuscle; k++) {
    const sr_model_muscle *x = &m->muscle[k];
    if (x->leg != leg) continue;
    out->muscle[out->nmuscle++] = (sr_muscle_result){.muscle = sr_arena_strdup(keep, x->base),
                                                     .innervated = x->par.capacity,
                                                     .contractile_volume_ml = x->volume * 1e6,
                                                     .total_volume_ml = x->volume * 1e6,
                                                     .max_force_N = x->par.f_max * x->par.capacity,
                                                     .optimal_fibre_length_m = x->par.len_opt};
  }
  for (int i = 0; i < n->tree.nnode; i++)
    if (n->tree.node[i].kind == SR_NERVE_SENSORY && !n->tree.node[i].is_absent &&
        sr_nerve_sensation(&n->tree, n->cut, i) < 0.5)
      out->numb[out->nnumb++] =
          strcmp(lang, "zh") == 0 && n->tree.node[i].skin_zh != NULL ? n->tree.node[i].skin_zh : n->tree.node[i].skin;
}

void sr_course_describe(const sr_model *m, const sr_leg_nerves nerves[2], const char *lang, sr_arena *keep, sr_epoch *e)
{
  for (int leg = 0; leg < 2; leg++) describe_leg(m, (sr_leg)leg, &nerves[leg], lang, keep, &e->leg[leg]);
}

// Share of a node's own fibres that are left: all that runs through it and its parents.
static double intact(const sr_leg_nerves *n, int node)
{
  double left = 1.0;
  for (int i = node; i >= 0; i = n->tree.node[i].parent) left *= 1.0 - n->cut[i];
  return left;
}

void sr_course_nerves(const sr_leg_nerves nerves[2], sr_arena *keep, sr_result *out)
{
  const sr_nerve_tree *t = &nerves[0].tree;  // nodes keep their indices under variants
  out->nnerve = t->nnode < nerves[1].tree.nnode ? t->nnode : nerves[1].tree.nnode;
  out->nerve = sr_alloc(keep, sr_nerve_result, out->nnerve);
  for (int i = 0; i < out->nnerve; i++) {
    const sr_nerve_node *x = &t->node[i];
    out->nerve[i] = (sr_nerve_result){.id = x->id,
                                      .name_en = x->name_en,
                                      .name_zh = x->name_zh,
                                      .kind = sr_nerve_kind_text(x->kind),
                                      .supplies = x->muscle != NULL ? x->muscle
                                                  : x->skin != NULL ? x->skin
                                                                    : "",
                                      .parent = x->parent,
                                      .left_intact = intact(&nerves[0], i),
                                      .right_intact = intact(&nerves[1], i)};
  }
}
