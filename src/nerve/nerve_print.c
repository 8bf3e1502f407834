// The tree as a reader sees it: text for the terminal and JSON for scripts.
#include <string.h>

#include "nerve/nerve.h"
#include "text/json.h"

// The sources in the order of their first use; a row refers to one by its number.
typedef struct source_list {
  int n;
  const char **text;
} source_list;

static int source_number(source_list *s, const char *text)
{
  for (int i = 0; i < s->n; i++)
    if (strcmp(s->text[i], text) == 0) return i + 1;
  s->text[s->n++] = text;
  return s->n;
}

// What a node supplies, in words: the muscle with the node's share of its axons, or the skin.
static void print_supply(const sr_nerve_node *n, sr_text *out)
{
  if (n->kind == SR_NERVE_MOTOR) sr_text_print(out, " -> %s %g %%", n->muscle, 100.0 * n->share);
  if (n->kind == SR_NERVE_SENSORY) sr_text_print(out, " -> skin: %s / %s", n->skin, n->skin_zh);
  if (n->axons_mean > 0.0) sr_text_print(out, "; axons %g +- %g", n->axons_mean, n->axons_sd);
}

static void print_node(const sr_nerve_tree *t, int i, int depth, source_list *s, sr_text *out)
{
  const sr_nerve_node *n = &t->node[i];
  const int indent = 2 * depth, width = 36 - indent;
  sr_text_print(out, "%*s%-*s %-8s %s %s", indent, "", width, n->id, sr_nerve_kind_text(n->kind), n->name_en,
                n->name_zh);
  print_supply(n, out);
  if (n->second_share > 0.0)
    sr_text_print(out, "; %g %% joins from %s", 100.0 * n->second_share, t->node[n->second_parent].id);
  sr_text_print(out, "%s [%d]\n", n->is_absent ? "; absent in this leg" : "", source_number(s, n->source));
  for (int k = i + 1; k < t->nnode; k++)
    if (t->node[k].parent == i) print_node(t, k, depth + 1, s, out);
}

// The leg that has this variant alone, where that adds a nerve (the last node of the tree); false where it adds none.
static bool leg_with_twig(const sr_nerve_tree *t, const sr_nerve_variant *v, sr_arena *keep, sr_nerve_tree *out)
{
  return v->twig_muscle && sr_nerve_apply_variants(t, &v->id, 1, keep, out, NULL);
}

// Nerves that only legs with a variant have, named like the variant.
static void print_twigs(const sr_nerve_tree *t, source_list *s, sr_text *out)
{
  sr_text_print(out, "\nNerves that only a leg with the variant of that name has / 仅有相应变异的下肢才有的神经\n\n");
  for (int i = 0; i < t->nvariant; i++) {
    sr_nerve_tree own;
    if (!leg_with_twig(t, &t->variant[i], out->arena, &own)) continue;
    print_node(&own, own.nnode - 1, 0, s, out);
  }
}

// What a variant changes, in the words of the tree.
static void print_change(const sr_nerve_variant *v, sr_text *out)
{
  sr_text_print(out, "      changes: ");
  for (int k = 0; k < v->nnode; k++) sr_text_print(out, "%s%s", k ? ", " : "", v->node[k]);
  if (v->new_parent) sr_text_print(out, " below %s", v->new_parent);
  if (v->is_absent) sr_text_print(out, " absent");
  if (v->twig_muscle)
    sr_text_print(out, " also carries %g %% of %s, in the nerve %s", 100.0 * v->twig_share, v->twig_muscle, v->id);
}

static void print_variants(const sr_nerve_tree *t, source_list *s, sr_text *out)
{
  sr_text_print(out, "\nVariants (share of legs, with the range between series) / 解剖变异(出现率与范围)\n");
  for (int i = 0; i < t->nvariant; i++) {
    const sr_nerve_variant *v = &t->variant[i];
    sr_text_print(out, "  %-24s %3.0f %% (%.0f to %.0f %%)\n      %s\n      %s\n", v->id, 100.0 * v->frequency,
                  100.0 * v->frequency_lo, 100.0 * v->frequency_hi, v->text_en, v->text_zh);
    print_change(v, out);
    sr_text_print(out, " [%d]\n", source_number(s, v->source));
  }
}

void sr_nerve_print(const sr_nerve_tree *t, sr_text *out)
{
  source_list s = {.text = sr_alloc(out->arena, const char *, t->nnode + t->nvariant + t->nnote + 1)};
  sr_text_print(out, "Nerves of one leg (both legs alike) / 一侧下肢的神经(两侧相同)\n\n");
  for (int i = 0; i < t->nnode; i++)
    if (t->node[i].parent < 0) print_node(t, i, 0, &s, out);
  print_twigs(t, &s, out);
  print_variants(t, &s, out);
  sr_text_print(out, "\nNotes / 说明\n");
  for (int i = 0; i < t->nnote; i++)
    sr_text_print(out, "  %s [%d]\n  %s\n", t->note[i].text_en, source_number(&s, t->note[i].source),
                  t->note[i].text_zh);
  sr_text_print(out, "\nSources / 来源\n");
  for (int i = 0; i < s.n; i++) sr_text_print(out, "  [%d] %s\n", i + 1, s.text[i]);
}

// What a full cut of one node takes: each muscle with the fraction of its axons that is lost, each skin likewise.
static void json_takes(sr_json_writer *w, const sr_nerve_tree *t, int i, double *cut)
{
  cut[i] = 1.0;
  sr_json_begin_object(w, "cut_takes");
  sr_json_begin_object(w, "muscles");
  for (int k = 0; k < t->nnode; k++) {
    const char *muscle = t->node[k].muscle;
    bool is_first = muscle != NULL;
    for (int j = 0; j < k && is_first; j++) is_first = !t->node[j].muscle || strcmp(t->node[j].muscle, muscle) != 0;
    const double lost = is_first ? 1.0 - sr_nerve_innervated(t, cut, muscle) : 0.0;
    if (lost > 0.0) sr_json_number(w, muscle, lost);
  }
  sr_json_end_object(w);
  sr_json_begin_object(w, "skin");
  for (int k = 0; k < t->nnode; k++) {
    const double lost = t->node[k].skin ? 1.0 - sr_nerve_intact(t, cut, k) : 0.0;
    if (lost > 0.0) sr_json_number(w, t->node[k].id, lost);
  }
  sr_json_end_object(w);
  sr_json_end_object(w);
  cut[i] = 0.0;
}

static void json_node(sr_json_writer *w, const sr_nerve_tree *t, int i, double *cut)
{
  const sr_nerve_node *n = &t->node[i];
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "id", n->id);
  sr_json_string(w, "name_en", n->name_en);
  sr_json_string(w, "name_zh", n->name_zh);
  sr_json_string(w, "kind", sr_nerve_kind_text(n->kind));
  sr_json_string(w, "parent", n->parent < 0 ? NULL : t->node[n->parent].id);
  if (n->second_share > 0.0) {
    sr_json_string(w, "second_parent", t->node[n->second_parent].id);
    sr_json_number(w, "second_share", n->second_share);
  }
  if (n->muscle) {
    sr_json_string(w, "muscle", n->muscle);
    sr_json_number(w, "share", n->share);
  }
  if (n->skin) {
    sr_json_string(w, "skin", n->skin);
    sr_json_string(w, "skin_zh", n->skin_zh);
  }
  if (n->axons_mean > 0.0) {
    sr_json_number(w, "axons_mean", n->axons_mean);
    sr_json_number(w, "axons_sd", n->axons_sd);
  }
  if (n->is_absent) sr_json_bool(w, "is_absent", true);
  json_takes(w, t, i, cut);
  sr_json_string(w, "source", n->source);
  sr_json_end_object(w);
}

static void json_variant(sr_json_writer *w, const sr_nerve_variant *v)
{
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "id", v->id);
  sr_json_string(w, "text_en", v->text_en);
  sr_json_string(w, "text_zh", v->text_zh);
  sr_json_number(w, "frequency", v->frequency);
  sr_json_number(w, "frequency_lo", v->frequency_lo);
  sr_json_number(w, "frequency_hi", v->frequency_hi);
  sr_json_begin_array(w, "node");
  for (int k = 0; k < v->nnode; k++) sr_json_string(w, NULL, v->node[k]);
  sr_json_end_array(w);
  if (v->new_parent) sr_json_string(w, "new_parent", v->new_parent);
  if (v->is_absent) sr_json_bool(w, "is_absent", true);
  if (v->twig_muscle) {
    sr_json_string(w, "twig_muscle", v->twig_muscle);
    sr_json_number(w, "twig_share", v->twig_share);
  }
  sr_json_string(w, "source", v->source);
  sr_json_end_object(w);
}

static void json_note(sr_json_writer *w, const sr_nerve_note *n)
{
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "id", n->id);
  sr_json_string(w, "text_en", n->text_en);
  sr_json_string(w, "text_zh", n->text_zh);
  sr_json_string(w, "source", n->source);
  sr_json_end_object(w);
}

void sr_nerve_print_json(const sr_nerve_tree *t, sr_text *out)
{
  double *cut = sr_alloc(out->arena, double, t->nnode + 1);
  sr_json_writer w = sr_json_writer_new(out->arena);
  sr_json_begin_object(&w, NULL);
  sr_json_string(&w, "schema", "surae-nerves/1");
  sr_json_begin_array(&w, "nodes");
  for (int i = 0; i < t->nnode; i++) json_node(&w, t, i, cut);
  sr_json_end_array(&w);
  sr_json_begin_array(&w, "variant_nodes");
  for (int i = 0; i < t->nvariant; i++) {
    sr_nerve_tree own;
    if (!leg_with_twig(t, &t->variant[i], out->arena, &own)) continue;
    double *none = sr_alloc(out->arena, double, own.nnode);
    json_node(&w, &own, own.nnode - 1, none);
  }
  sr_json_end_array(&w);
  sr_json_begin_array(&w, "variants");
  for (int i = 0; i < t->nvariant; i++) json_variant(&w, &t->variant[i]);
  sr_json_end_array(&w);
  sr_json_begin_array(&w, "notes");
  for (int i = 0; i < t->nnote; i++) json_note(&w, &t->note[i]);
  sr_json_end_array(&w);
  sr_json_end_object(&w);
  sr_text_append(out, w.text.at, w.text.size);
}
