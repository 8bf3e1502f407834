// Reads data/nerves.toml. Every row is checked: known keys only, a source, a parent that stands before its child, and
// shares that add up to one whole muscle.
#include <math.h>
#include <string.h>

#include "nerve/nerve.h"
#include "text/toml.h"

// What the readers below share: where we are, for messages.
typedef struct reader {
  const char *path;
  sr_error *err;
} reader;

static bool has_key(const char *const *keys, const char *key)
{
  for (; *keys; keys++)
    if (strcmp(*keys, key) == 0) return true;
  return false;
}

// A row is a table with known keys only and with a source.
static bool check_row(const reader *r, const sr_toml *row, const char *const *keys)
{
  if (row->kind != SR_TOML_TABLE)
    return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s' must be a table", r->path, row->line, row->key);
  for (int i = 0; i < row->n; i++)
    if (!has_key(keys, row->child[i].key))
      return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s': unknown key '%s'", r->path, row->child[i].line, row->key,
                     row->child[i].key);
  const sr_toml *source = sr_toml_get(row, "source");
  if (!source || source->kind != SR_TOML_STRING || source->string[0] == '\0')
    return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s': every row needs a source", r->path, row->line, row->key);
  return true;
}

// A text of the row; NULL where it is absent and optional.
static bool read_text(const reader *r, const sr_toml *row, const char *key, bool is_needed, const char **out)
{
  const sr_toml *value = sr_toml_get(row, key);
  *out = value && value->kind == SR_TOML_STRING ? value->string : NULL;
  if (*out || (!value && !is_needed)) return true;
  return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s' needs a text '%s'", r->path, value ? value->line : row->line,
                 row->key, key);
}

// A number of the row within lo .. hi; the fallback where it is absent, unless that is NaN.
static bool read_number(const reader *r, const sr_toml *row, const char *key, double lo, double hi, double fallback,
                        double *out)
{
  const sr_toml *value = sr_toml_get(row, key);
  const bool is_number = value && (value->kind == SR_TOML_FLOAT || value->kind == SR_TOML_INTEGER);
  *out = is_number ? value->number : fallback;
  if ((value && !is_number) || !(*out >= lo && *out <= hi))
    return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s' needs a number '%s' from %g to %g", r->path,
                   value ? value->line : row->line, row->key, key, lo, hi);
  return true;
}

// The index of the node that `key` names; it must stand before this row. -1 where the key is absent.
static bool read_node(const reader *r, const sr_nerve_tree *t, const sr_toml *row, const char *key, int *out)
{
  const char *id;
  if (!read_text(r, row, key, false, &id)) return false;
  *out = id ? sr_nerve_find(t, id) : -1;
  if (id && *out < 0)
    return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s': %s '%s' must be a node that stands before it", r->path,
                   row->line, row->key, key, id);
  return true;
}

static bool read_kind(const reader *r, const sr_toml *row, sr_nerve_kind *out)
{
  const char *text;
  if (!read_text(r, row, "kind", true, &text)) return false;
  for (*out = SR_NERVE_TRUNK; *out <= SR_NERVE_SENSORY; *out = (sr_nerve_kind)(*out + 1))
    if (strcmp(text, sr_nerve_kind_text(*out)) == 0) return true;
  return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s': kind '%s', must be trunk, motor or sensory", r->path, row->line,
                 row->key, text);
}

// A motor node has a muscle, a sensory node has skin, a trunk has neither.
static bool check_supply(const reader *r, const sr_toml *row, const sr_nerve_node *n)
{
  const bool fits = (n->muscle != NULL) == (n->kind == SR_NERVE_MOTOR) &&
                    (n->skin != NULL) == (n->kind == SR_NERVE_SENSORY) && (n->skin != NULL) == (n->skin_zh != NULL);
  if (fits) return true;
  return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s': motor needs muscle, sensory needs skin and skin_zh, trunk neither",
                 r->path, row->line, row->key);
}

static bool read_row_of_node(const reader *r, const sr_nerve_tree *t, const sr_toml *row, sr_nerve_node *n)
{
  static const char *const keys[] = {"name_en", "name_zh",       "kind",         "parent",     "muscle",
                                     "share",   "skin",          "skin_zh",      "axons_mean", "axons_sd",
                                     "source",  "second_parent", "second_share", NULL};
  if (!check_row(r, row, keys)) return false;
  *n = (sr_nerve_node){.id = row->key, .source = sr_toml_get(row, "source")->string};
  if (!read_text(r, row, "name_en", true, &n->name_en) || !read_text(r, row, "name_zh", true, &n->name_zh) ||
      !read_kind(r, row, &n->kind) || !read_text(r, row, "muscle", false, &n->muscle) ||
      !read_text(r, row, "skin", false, &n->skin) || !read_text(r, row, "skin_zh", false, &n->skin_zh) ||
      !check_supply(r, row, n))
    return false;
  if (!read_node(r, t, row, "parent", &n->parent) || !read_node(r, t, row, "second_parent", &n->second_parent))
    return false;
  const double share = n->kind == SR_NERVE_MOTOR ? 1.0 : 0.0, second = n->second_parent < 0 ? 0.0 : 1.0;
  return read_number(r, row, "share", 0.0, 1.0, share, &n->share) &&
         read_number(r, row, "second_share", 0.0, second, 0.0, &n->second_share) &&
         read_number(r, row, "axons_mean", 0.0, 1e6, 0.0, &n->axons_mean) &&
         read_number(r, row, "axons_sd", 0.0, 1e6, 0.0, &n->axons_sd);
}

// The list `node` of a variant: ids of nodes of the tree.
static bool read_nodes(const reader *r, const sr_nerve_tree *t, const sr_toml *row, sr_arena *keep, sr_nerve_variant *v)
{
  const sr_toml *list = sr_toml_get(row, "node");
  if (!list || list->kind != SR_TOML_ARRAY || list->n < 1)
    return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s' needs node = [\"...\"]", r->path, row->line, row->key);
  v->nnode = list->n;
  v->node = sr_alloc(keep, const char *, list->n);
  for (int k = 0; k < list->n; k++) {
    v->node[k] = list->child[k].kind == SR_TOML_STRING ? list->child[k].string : "";
    if (sr_nerve_find(t, v->node[k]) < 0)
      return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s': no node is called '%s'", r->path, list->child[k].line,
                     row->key, v->node[k]);
  }
  return true;
}

// A variant does exactly one thing: nodes get another parent (one that stands before them), or are absent, or one node
// carries a twig to a muscle of the tree.
static bool check_change(const reader *r, const sr_nerve_tree *t, const sr_toml *row, const sr_nerve_variant *v)
{
  if ((v->new_parent != NULL) + v->is_absent + (v->twig_muscle != NULL) != 1 || (v->twig_muscle && v->nnode != 1) ||
      (v->twig_muscle != NULL) != (v->twig_share > 0.0))
    return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s' needs one of new_parent, is_absent, twig_muscle with twig_share",
                   r->path, row->line, row->key);
  const int parent = v->new_parent ? sr_nerve_find(t, v->new_parent) : -1;
  for (int k = 0; v->new_parent && k < v->nnode; k++)
    if (parent < 0 || parent >= sr_nerve_find(t, v->node[k]))
      return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s': new_parent '%s' must be a node that stands before '%s'",
                     r->path, row->line, row->key, v->new_parent, v->node[k]);
  for (int i = 0; v->twig_muscle && i < t->nnode; i++)
    if (t->node[i].muscle && strcmp(t->node[i].muscle, v->twig_muscle) == 0) return true;
  return !v->twig_muscle || sr_fail(r->err, SR_BAD_VALUE, "%s:%d: '%s': no nerve supplies the muscle '%s'", r->path,
                                    row->line, row->key, v->twig_muscle);
}

static bool read_row_of_variant(const reader *r, const sr_nerve_tree *t, const sr_toml *row, sr_arena *keep,
                                sr_nerve_variant *v)
{
  static const char *const keys[] = {"text_en",    "text_zh",   "frequency",   "frequency_lo", "frequency_hi", "node",
                                     "new_parent", "is_absent", "twig_muscle", "twig_share",   "source",       NULL};
  if (!check_row(r, row, keys)) return false;
  const sr_toml *absent = sr_toml_get(row, "is_absent");
  if (absent && absent->kind != SR_TOML_BOOL)
    return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: is_absent must be true or false", r->path, absent->line);
  *v = (sr_nerve_variant){.id = row->key, .source = sr_toml_get(row, "source")->string};
  v->is_absent = absent && absent->boolean;
  return read_text(r, row, "text_en", true, &v->text_en) && read_text(r, row, "text_zh", true, &v->text_zh) &&
         read_number(r, row, "frequency", 0.0, 1.0, (double)NAN, &v->frequency) &&
         read_number(r, row, "frequency_lo", 0.0, v->frequency, (double)NAN, &v->frequency_lo) &&
         read_number(r, row, "frequency_hi", v->frequency, 1.0, (double)NAN, &v->frequency_hi) &&
         read_nodes(r, t, row, keep, v) && read_text(r, row, "new_parent", false, &v->new_parent) &&
         read_text(r, row, "twig_muscle", false, &v->twig_muscle) &&
         read_number(r, row, "twig_share", 0.0, 1.0, 0.0, &v->twig_share) && check_change(r, t, row, v);
}

static bool read_row_of_note(const reader *r, const sr_toml *row, sr_nerve_note *n)
{
  static const char *const keys[] = {"text_en", "text_zh", "source", NULL};
  if (!check_row(r, row, keys)) return false;
  *n = (sr_nerve_note){.id = row->key, .source = sr_toml_get(row, "source")->string};
  return read_text(r, row, "text_en", true, &n->text_en) && read_text(r, row, "text_zh", true, &n->text_zh);
}

// The shares of the nodes that supply a muscle add up to 1 (to rounding).
static bool check_shares(const reader *r, const sr_nerve_tree *t)
{
  for (int i = 0; i < t->nnode; i++) {
    double sum = 0.0;
    for (int k = 0; t->node[i].muscle && k < t->nnode; k++)
      if (t->node[k].muscle && strcmp(t->node[k].muscle, t->node[i].muscle) == 0) sum += t->node[k].share;
    if (t->node[i].muscle && !(fabs(sum - 1.0) <= 1e-9))
      return sr_fail(r->err, SR_BAD_VALUE, "%s: the shares of the nerves to '%s' add up to %g, must be 1", r->path,
                     t->node[i].muscle, sum);
  }
  return true;
}

// The table of the file that holds the rows of one sort.
static bool find_table(const reader *r, const sr_toml *root, const char *key, const sr_toml **out)
{
  *out = sr_toml_get(root, key);
  if (*out && (*out)->kind == SR_TOML_TABLE) return true;
  return sr_fail(r->err, SR_BAD_VALUE, "%s:1: the file needs tables [%s.<id>]", r->path, key);
}

static bool check_schema(const reader *r, const sr_toml *root)
{
  static const char *const keys[] = {"schema", "node", "variant", "note", NULL};
  for (int i = 0; i < root->n; i++)
    if (!has_key(keys, root->child[i].key))
      return sr_fail(r->err, SR_BAD_VALUE, "%s:%d: unknown key '%s'", r->path, root->child[i].line, root->child[i].key);
  const sr_toml *schema = sr_toml_get(root, "schema");
  if (schema && schema->kind == SR_TOML_STRING && strcmp(schema->string, "surae-nerves/1") == 0) return true;
  return sr_fail(r->err, SR_BAD_VALUE, "%s:1: schema must be \"surae-nerves/1\"", r->path);
}

bool sr_nerve_load(const char *path, const char *text, sr_arena *keep, sr_nerve_tree *out, sr_error *err)
{
  const reader r = {path, err};
  sr_toml root;
  const sr_toml *node, *variant, *note;
  *out = (sr_nerve_tree){0};
  if (!sr_toml_parse(path, text, strlen(text), keep, &root, err) || !check_schema(&r, &root) ||
      !find_table(&r, &root, "node", &node) || !find_table(&r, &root, "variant", &variant) ||
      !find_table(&r, &root, "note", &note))
    return false;
  out->node = sr_alloc(keep, sr_nerve_node, node->n + 1);
  out->variant = sr_alloc(keep, sr_nerve_variant, variant->n + 1);
  out->note = sr_alloc(keep, sr_nerve_note, note->n + 1);
  // a node becomes visible to the next rows only when it is complete: parents stand before children
  for (; out->nnode < node->n; out->nnode++)
    if (!read_row_of_node(&r, out, &node->child[out->nnode], &out->node[out->nnode])) return false;
  for (; out->nvariant < variant->n; out->nvariant++)
    if (!read_row_of_variant(&r, out, &variant->child[out->nvariant], keep, &out->variant[out->nvariant])) return false;
  for (; out->nnote < note->n; out->nnote++)
    if (!read_row_of_note(&r, &note->child[out->nnote], &out->note[out->nnote])) return false;
  return check_shares(&r, out);
}
