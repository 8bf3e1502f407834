#include "course/slips.h"

#include <string.h>

const sr_intervention *sr_slips_intervention(const sr_scenario *s)
{
  for (int i = 0; i < s->nintervention; i++) {
    const sr_intervention *x = &s->intervention[i];
    if (x->kind == SR_TRANSECT || x->kind == SR_ABLATE || x->kind == SR_BLOCK) return x;
  }
  return NULL;
}

static bool is_target(const sr_intervention *cut, const char *id)
{
  for (int i = 0; i < cut->ntarget; i++)
    if (strcmp(cut->target[i], id) == 0) return true;
  return false;
}

// Near a nerve that is cut: the trunk that it leaves, the other branches of that trunk, and the trunks beside it.
static bool is_near(const sr_nerve_tree *t, int target, int node)
{
  const int trunk = t->node[target].parent;
  if (trunk < 0) return false;
  if (node == trunk || t->node[node].parent == trunk) return true;
  return t->node[node].kind == SR_NERVE_TRUNK && t->node[node].parent == t->node[trunk].parent;
}

static bool is_slip(const sr_nerve_tree *t, const sr_intervention *cut, int node)
{
  if (t->node[node].is_absent || is_target(cut, t->node[node].id)) return false;
  for (int i = 0; i < cut->ntarget; i++) {
    const int target = sr_nerve_find(t, cut->target[i]);
    if (target >= 0 && is_near(t, target, node)) return true;
  }
  return false;
}

// The variant in which the branch hangs below a nerve that is cut: who cuts that at its origin cuts the branch.
static const sr_nerve_variant *invitation(const sr_nerve_tree *t, const sr_intervention *cut, const char *id)
{
  for (int v = 0; v < t->nvariant; v++) {
    const sr_nerve_variant *x = &t->variant[v];
    if (x->new_parent == NULL || !is_target(cut, x->new_parent)) continue;
    for (int i = 0; i < x->nnode; i++)
      if (strcmp(x->node[i], id) == 0) return x;
  }
  return NULL;
}

static bool is_listed(const char *const *list, int n, const char *name)
{
  for (int i = 0; i < n; i++)
    if (strcmp(list[i], name) == 0) return true;
  return false;
}

// What one leg loses by the slip, added to the list of muscles and of numb skin and taken from the body.
static void take_from_leg(const sr_life_plan *plan, sr_leg leg, double week, const char *id, sr_model *body,
                          sr_slip_result *out, sr_arena *keep)
{
  const sr_nerve_tree *t = sr_life_tree(plan, leg);
  const int node = sr_nerve_find(t, id);
  if (node < 0 || t->node[node].is_absent) return;
  double *before = sr_alloc(keep, double, t->nnode), *after = sr_alloc(keep, double, t->nnode);
  sr_life_cuts(plan, leg, week, before);
  memcpy(after, before, (size_t)t->nnode * sizeof *after);
  after[node] = 1.0;
  for (int k = 0; k < body->nmuscle; k++) {
    sr_model_muscle *x = &body->muscle[k];
    if (x->leg != leg) continue;
    const double had = sr_nerve_innervated(t, before, x->base), has = sr_nerve_innervated(t, after, x->base);
    if (!(has < had)) continue;
    x->par.capacity *= has / had;
    if (!is_listed(out->muscle, out->nmuscle, x->base)) out->muscle[out->nmuscle++] = sr_arena_strdup(keep, x->base);
  }
  for (int i = 0; i < t->nnode; i++)
    if (t->node[i].kind == SR_NERVE_SENSORY && sr_nerve_intact(t, after, i) < sr_nerve_intact(t, before, i) &&
        !is_listed(out->numb, out->nnumb, t->node[i].skin))
      out->numb[out->nnumb++] = t->node[i].skin;
}

// The slip to a node without its movements; false if it takes nothing.
static bool describe(const sr_life_plan *plan, const sr_intervention *cut, const sr_nerve_tree *t, int node,
                     sr_model *body, sr_slip_result *out, sr_arena *keep)
{
  static const char *const side[] = {"", "left", "right", "both"};
  const sr_nerve_node *x = &t->node[node];
  const sr_nerve_variant *v = invitation(t, cut, x->id);
  *out = (sr_slip_result){.node = x->id,
                          .name_en = x->name_en,
                          .name_zh = x->name_zh,
                          .kind = sr_nerve_kind_text(x->kind),
                          .week = cut->week,
                          .side = side[cut->side],
                          .muscle = sr_alloc(keep, const char *, body->nmuscle),
                          .numb = sr_alloc(keep, const char *, 2 * t->nnode)};
  if (v != NULL) {
    out->variant = v->id;
    out->frequency = v->frequency;
    out->frequency_lo = v->frequency_lo;
    out->frequency_hi = v->frequency_hi;
  }
  for (int leg = 0; leg < 2; leg++)
    if (((unsigned)cut->side & (1u << (unsigned)leg)) != 0)
      take_from_leg(plan, (sr_leg)leg, cut->week, x->id, body, out, keep);
  return out->nmuscle + out->nnumb > 0;
}

// Tasks of daily life, as far as they were answered.
static bool is_tried(const sr_task *task, const sr_answer *answer)
{
  const bool is_daily =
      task->family == SR_TASK_STAND || task->family == SR_TASK_HEEL_RAISE || task->family == SR_TASK_WALK;
  return is_daily && !task->repeat && answer->result.task != NULL && answer->result.status != SR_TASK_INTERRUPTED;
}

void sr_slips_fill(sr_search *s, const sr_life_plan *plan, const sr_intervention *cut, const sr_task *task,
                   const sr_seat *seat, sr_result *out)
{
  sr_arena *work = sr_arena_new();
  const sr_nerve_tree *t = sr_life_tree(plan, (cut->side & 1) != 0 ? SR_LEG_LEFT : SR_LEG_RIGHT);
  const int ntask = seat->epoch->ntask;
  out->slip = sr_alloc(s->keep, sr_slip_result, t->nnode);
  sr_errand *list = sr_alloc(work, sr_errand, t->nnode * ntask);
  int n = 0;
  for (int node = 0; node < t->nnode; node++) {
    sr_model *body = sr_alloc(work, sr_model, 1);
    sr_slip_result *slip = &out->slip[out->nslip];
    *body = seat->body;
    if (!is_slip(t, cut, node) || !describe(plan, cut, t, node, body, slip, s->keep)) continue;
    out->nslip++;
    for (int i = 0; i < ntask && slip->nmuscle > 0; i++)
      if (is_tried(&task[i], &seat->answer[i])) {
        slip->ntask++;
        list[n++] = (sr_errand){.week = cut->week,
                                .when = sr_arena_printf(work, "after, slip to %s", slip->node),
                                .task = &task[i],
                                .body = body,
                                .from = &seat->answer[i],
                                .without_proof = true};
      }
  }
  sr_search_errands(s, "slips", list, n);
  const sr_errand *next = list;
  for (int k = 0; k < out->nslip; k++) {
    sr_slip_result *slip = &out->slip[k];
    slip->task = sr_alloc(s->keep, sr_task_result, slip->ntask);
    for (int i = 0; i < slip->ntask; i++, next++) {
      slip->task[i] = next->answer.result;
      slip->task[i].curves = (sr_curves){0};
    }
  }
  sr_arena_free(work);
}
