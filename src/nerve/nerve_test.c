#include "nerve/nerve.h"

#include "test.h"
#include "text/json.h"

static const char *const all_muscles[] = {"iliopsoas", "glutmax", "recfem", "hamstrings", "bfsh", "vasti",
                                          "gasmed",    "gaslat",  "soleus", "tibpost",    "fdl",  "fhl",
                                          "perlong",   "perbrev", "tibant", "edl",        "ehl",  NULL};

// The tree of the product and a leg of it, in which nothing is cut.
typedef struct leg {
  sr_arena *arena;
  sr_nerve_tree tree;
  double *cut;
} leg;

// A leg with these variants (a list that ends with NULL, or NULL for none).
static leg leg_new(const char *const *variants)
{
  leg l = {.arena = sr_arena_new()};
  char *text = NULL;
  size_t size = 0;
  int n = 0;
  sr_error err = {0};
  sr_nerve_tree common = {0};
  CHECK(sr_file_read(sr_test_path("data/nerves.toml"), l.arena, &text, &size, &err));
  if (!text || !sr_nerve_load("nerves.toml", text, l.arena, &common, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  for (; variants && variants[n];) n++;
  if (!sr_nerve_apply_variants(&common, variants, n, l.arena, &l.tree, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  l.cut = sr_alloc(l.arena, double, l.tree.nnode + 1);
  return l;
}

static void cut(leg *l, const char *id, double fraction)
{
  const int i = sr_nerve_find(&l->tree, id);
  CHECK(i >= 0);
  if (i >= 0) l->cut[i] = fraction;
}

static double innervated(const leg *l, const char *muscle)
{
  return sr_nerve_innervated(&l->tree, l->cut, muscle);
}

static double sensation(const leg *l, const char *id)
{
  const int i = sr_nerve_find(&l->tree, id);
  return i < 0 ? -1.0 : sr_nerve_intact(&l->tree, l->cut, i);
}

// Exactly the muscles of the list (ends with NULL) have lost everything, all others nothing.
static void check_lost(const leg *l, const char *const *lost)
{
  for (const char *const *m = all_muscles; *m; m++) {
    bool is_lost = false;
    for (const char *const *k = lost; *k; k++) is_lost = is_lost || strcmp(*k, *m) == 0;
    if (innervated(l, *m) != (is_lost ? 0.0 : 1.0))
      sr_test_fail(__FILE__, __LINE__, "%s: %g innervated", *m, innervated(l, *m));
  }
}
#define LOST(l, ...) check_lost(&(l), (const char *const[]){__VA_ARGS__, NULL})
#define VARIANTS(...) ((const char *const[]){__VA_ARGS__, NULL})

TEST(nerve_every_muscle_is_supplied_once)
{
  leg l = leg_new(NULL);
  int nmotor = 0, nmuscle = 0;
  for (; all_muscles[nmuscle];) nmuscle++;
  for (int i = 0; i < l.tree.nnode; i++) nmotor += l.tree.node[i].kind == SR_NERVE_MOTOR;
  NEAR(nmotor, nmuscle, 0);
  for (int k = 0; k < nmuscle; k++) {
    char id[64];
    snprintf(id, sizeof id, "nerve_to_%s", all_muscles[k]);
    const int i = sr_nerve_find(&l.tree, id);
    CHECK(i >= 0 && strcmp(l.tree.node[i].muscle, all_muscles[k]) == 0 && l.tree.node[i].share == 1.0);
  }
  sr_arena_free(l.arena);
}

TEST(nerve_every_row_has_a_source_and_both_names)
{
  leg l = leg_new(NULL);
  for (int i = 0; i < l.tree.nnode; i++) {
    const sr_nerve_node *n = &l.tree.node[i];
    CHECK(n->source && n->source[0] && n->name_en[0] && n->name_zh[0] && n->parent < i);
  }
  CHECK(l.tree.nvariant >= 8);
  for (int i = 0; i < l.tree.nvariant; i++) {
    const sr_nerve_variant *v = &l.tree.variant[i];
    CHECK(v->source && v->source[0] && v->text_en[0] && v->text_zh[0] && v->frequency > 0.0);
  }
  sr_arena_free(l.arena);
}

TEST(nerve_nothing_cut_leaves_everything_whole)
{
  leg l = leg_new(VARIANTS("soleus_from_gaslat", "soleus_twig_to_gasmed", "gasmed_second_nerve", "sural_with_lscn"));
  check_lost(&l, (const char *const[]){NULL});
  for (int i = 0; i < l.tree.nnode; i++) NEAR(sr_nerve_intact(&l.tree, l.cut, i), 1.0, 0.0);
  NEAR(innervated(&l, "plantaris"), 1.0, 0.0);  // not in the tree: nothing is known to have been cut
  sr_arena_free(l.arena);
}

TEST(nerve_both_heads_cut_takes_the_gastrocnemius_alone)
{
  leg l = leg_new(NULL);
  cut(&l, "nerve_to_gasmed", 1.0);
  cut(&l, "nerve_to_gaslat", 1.0);
  LOST(l, "gasmed", "gaslat");
  for (int i = 0; i < l.tree.nnode; i++)
    if (l.tree.node[i].kind == SR_NERVE_SENSORY) NEAR(sr_nerve_intact(&l.tree, l.cut, i), 1.0, 0.0);
  sr_arena_free(l.arena);
}

// The nerves that the article names are sensory.
TEST(nerve_sural_cutaneous_nerves_numb_skin_and_take_no_muscle)
{
  leg l = leg_new(NULL);
  cut(&l, "medial_sural_cutaneous", 1.0);
  cut(&l, "lateral_sural_cutaneous", 1.0);
  check_lost(&l, (const char *const[]){NULL});
  NEAR(sensation(&l, "medial_sural_cutaneous"), 0.0, 0.0);
  NEAR(sensation(&l, "lateral_sural_cutaneous"), 0.0, 0.0);
  NEAR(sensation(&l, "saphenous"), 1.0, 0.0);
  const int medial = sr_nerve_find(&l.tree, "medial_sural_cutaneous");
  SAME(l.tree.node[medial].name_zh, "腓肠内侧皮神经");
  SAME(l.tree.node[sr_nerve_find(&l.tree, "lateral_sural_cutaneous")].name_zh, "腓肠外侧皮神经");
  SAME(l.tree.node[sr_nerve_find(&l.tree, "nerve_to_gasmed")].name_zh, "腓肠肌内侧头肌支");
  sr_arena_free(l.arena);
}

TEST(nerve_trunks_take_exactly_their_muscles)
{
  leg l = leg_new(NULL);
  cut(&l, "tibial", 1.0);
  LOST(l, "gasmed", "gaslat", "soleus", "tibpost", "fdl", "fhl");
  NEAR(sensation(&l, "plantar"), 0.0, 0.0);
  NEAR(sensation(&l, "first_web"), 1.0, 0.0);
  cut(&l, "tibial", 0.0);
  cut(&l, "common_fibular", 1.0);
  LOST(l, "perlong", "perbrev", "tibant", "edl", "ehl");
  NEAR(sensation(&l, "first_web"), 0.0, 0.0);
  cut(&l, "common_fibular", 0.0);
  cut(&l, "deep_fibular", 1.0);
  LOST(l, "tibant", "edl", "ehl");
  cut(&l, "deep_fibular", 0.0);
  cut(&l, "sciatic", 1.0);
  LOST(l, "hamstrings", "bfsh", "gasmed", "gaslat", "soleus", "tibpost", "fdl", "fhl", "perlong", "perbrev", "tibant",
       "edl", "ehl");
  NEAR(sensation(&l, "saphenous"), 1.0, 0.0);
  sr_arena_free(l.arena);
}

TEST(nerve_partial_cuts_multiply_along_a_path)
{
  leg l = leg_new(NULL);
  cut(&l, "nerve_to_soleus", 0.5);
  NEAR(innervated(&l, "soleus"), 0.5, 1e-15);
  NEAR(innervated(&l, "gasmed"), 1.0, 0.0);
  cut(&l, "tibial", 0.5);
  NEAR(innervated(&l, "soleus"), 0.25, 1e-15);
  NEAR(innervated(&l, "gasmed"), 0.5, 1e-15);
  sr_arena_free(l.arena);
}

TEST(nerve_variant_soleus_from_gaslat_makes_the_cut_take_the_soleus)
{
  leg l = leg_new(VARIANTS("soleus_from_gaslat"));
  cut(&l, "nerve_to_gaslat", 1.0);
  LOST(l, "gaslat", "soleus");
  cut(&l, "nerve_to_gaslat", 0.0);
  cut(&l, "nerve_to_soleus", 1.0);
  LOST(l, "soleus");
  sr_arena_free(l.arena);
}

TEST(nerve_variant_twig_keeps_part_of_the_medial_head)
{
  leg l = leg_new(VARIANTS("soleus_twig_to_gasmed"));
  const double share = l.tree.variant[sr_nerve_find_variant(&l.tree, "soleus_twig_to_gasmed")].twig_share;
  cut(&l, "nerve_to_gasmed", 1.0);
  NEAR(innervated(&l, "gasmed"), share, 1e-15);
  cut(&l, "nerve_to_soleus", 0.5);
  NEAR(innervated(&l, "gasmed"), 0.5 * share, 1e-15);
  cut(&l, "nerve_to_soleus", 0.0);
  cut(&l, "soleus_twig_to_gasmed", 1.0);  // the twig itself can be looked for and cut
  LOST(l, "gasmed");
  sr_arena_free(l.arena);
}

TEST(nerve_variants_add_up_in_one_leg)
{
  leg l = leg_new(VARIANTS("soleus_twig_to_gasmed", "gasmed_second_nerve", "soleus_from_gaslat", "deep_one_trunk"));
  cut(&l, "nerve_to_gasmed", 1.0);
  NEAR(innervated(&l, "gasmed"), 1.0 - 0.9 * 0.7, 1e-15);
  cut(&l, "nerve_to_gaslat", 1.0);  // takes the soleus with the twig below it
  NEAR(innervated(&l, "gasmed"), 0.3, 1e-15);
  cut(&l, "gasmed_second_nerve", 1.0);
  LOST(l, "gasmed", "gaslat", "soleus");
  cut(&l, "nerve_to_tibpost", 1.0);
  LOST(l, "gasmed", "gaslat", "soleus", "tibpost", "fdl", "fhl");
  sr_arena_free(l.arena);
}

TEST(nerve_variant_mscn_from_gasmed_numbs_the_calf)
{
  leg l = leg_new(VARIANTS("mscn_from_gasmed"));
  cut(&l, "nerve_to_gasmed", 1.0);
  LOST(l, "gasmed");
  NEAR(sensation(&l, "medial_sural_cutaneous"), 0.0, 0.0);
  sr_arena_free(l.arena);
}

TEST(nerve_sural_formation_decides_what_stays_of_its_skin)
{
  leg common = leg_new(NULL), alone = leg_new(VARIANTS("sural_mscn_alone")),
      lscn = leg_new(VARIANTS("sural_with_lscn"));
  leg *legs[] = {&common, &alone, &lscn};
  const double medial_left[] = {0.5, 0.0, 0.5}, both_left[] = {0.5, 0.0, 0.0};
  for (int k = 0; k < 3; k++) {
    cut(legs[k], "medial_sural_cutaneous", 1.0);
    NEAR(sensation(legs[k], "sural"), medial_left[k], 1e-15);
    cut(legs[k], "lateral_sural_cutaneous", 1.0);
    NEAR(sensation(legs[k], "sural"), both_left[k], 1e-15);
    cut(legs[k], "sural", 1.0);
    NEAR(sensation(legs[k], "sural"), 0.0, 0.0);
    sr_arena_free(legs[k]->arena);
  }
}

TEST(nerve_bad_variants_are_refused)
{
  leg l = leg_new(NULL);
  sr_nerve_tree out;
  sr_error err = {0};
  CHECK(!sr_nerve_apply_variants(&l.tree, VARIANTS("no_such"), 1, l.arena, &out, &err));
  CHECK(err.code == SR_BAD_VALUE && strstr(err.text, "no_such"));
  CHECK(!sr_nerve_apply_variants(&l.tree, VARIANTS("sural_mscn_alone", "sural_with_lscn"), 2, l.arena, &out, &err));
  CHECK(!sr_nerve_apply_variants(&l.tree, VARIANTS("mscn_from_gasmed", "mscn_from_gasmed"), 2, l.arena, &out, &err));
  sr_arena_free(l.arena);
}

// Each text lacks one thing that a row needs; the message says which.
TEST(nerve_bad_files_are_refused_with_a_place)
{
#define HEAD "schema = \"surae-nerves/1\"\n[variant]\n[note]\n"
#define ROW(id, rest) "[node." id "]\nname_en = \"a\"\nname_zh = \"b\"\n" rest
  static const char *const text[][2] = {
      {HEAD ROW("a", "kind = \"trunk\"\n"), "source"},
      {HEAD ROW("a", "kind = \"root\"\nsource = \"s\"\n"), "kind"},
      {HEAD ROW("a", "kind = \"motor\"\nsource = \"s\"\n"), "muscle"},
      {HEAD ROW("a", "kind = \"trunk\"\nparent = \"b\"\nsource = \"s\"\n"), "stands before"},
      {HEAD ROW("a", "kind = \"motor\"\nmuscle = \"m\"\nshare = 1.5\nsource = \"s\"\n"), "share"},
      {HEAD ROW("a", "kind = \"motor\"\nmuscle = \"m\"\nshare = 0.5\nsource = \"s\"\n"), "add up"},
      {HEAD ROW("a", "kind = \"trunk\"\ncolour = \"red\"\nsource = \"s\"\n"), "colour"},
      {"schema = \"other/1\"\n", "schema"},
      {HEAD, "node"},
      {"[node\n", "nerves.toml:1"}};
  sr_arena *arena = sr_arena_new();
  for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
    sr_nerve_tree tree;
    sr_error err = {0};
    CHECK(!sr_nerve_load("nerves.toml", text[k][0], arena, &tree, &err));
    if (err.code != SR_BAD_VALUE || !strstr(err.text, text[k][1]) || !strstr(err.text, "nerves.toml"))
      sr_test_fail(__FILE__, __LINE__, "case %d: '%s'", (int)k, err.text);
  }
  sr_arena_free(arena);
}

TEST(nerve_print_shows_tree_variants_and_the_naming_note)
{
  leg l = leg_new(NULL);
  sr_text out = sr_text_new(l.arena);
  sr_nerve_print(&l.tree, &out);
  for (int i = 0; i < l.tree.nnode; i++)
    CHECK(strstr(out.at, l.tree.node[i].id) && strstr(out.at, l.tree.node[i].name_zh));
  for (int i = 0; i < l.tree.nvariant; i++) CHECK(strstr(out.at, l.tree.variant[i].id));
  CHECK(strstr(out.at, "They are sensory"));
  CHECK(strstr(out.at, "Hwang et al. 2003"));
  sr_arena_free(l.arena);
}

TEST(nerve_json_says_what_a_cut_takes)
{
  leg l = leg_new(NULL);
  sr_text out = sr_text_new(l.arena);
  sr_json root;
  sr_error err = {0};
  sr_nerve_print_json(&l.tree, &out);
  CHECK(sr_json_parse("nerves.json", out.at, out.size, l.arena, &root, &err));
  const sr_json *nodes = sr_json_get(&root, "nodes");
  NEAR(nodes->n, l.tree.nnode, 0);
  const sr_json *takes = sr_json_get(&nodes->child[sr_nerve_find(&l.tree, "tibial")], "cut_takes");
  NEAR(sr_json_get(takes, "muscles")->n, 6, 0);
  NEAR(sr_json_get(sr_json_get(takes, "muscles"), "soleus")->number, 1.0, 0.0);
  NEAR(sr_json_get(sr_json_get(takes, "skin"), "sural")->number, 0.5, 1e-15);
  sr_arena_free(l.arena);
}

// A nerve that a variant adds can be cut by its name, so it is listed with what its cut takes from such a leg.
TEST(nerve_lists_the_nerves_of_variants)
{
  leg l = leg_new(NULL);
  sr_text text = sr_text_new(l.arena), json = sr_text_new(l.arena);
  sr_json root;
  sr_error err = {0};
  sr_nerve_print(&l.tree, &text);
  sr_nerve_print_json(&l.tree, &json);
  CHECK(sr_json_parse("nerves.json", json.at, json.size, l.arena, &root, &err));
  const sr_json *nodes = sr_json_get(&root, "variant_nodes");
  int ntwig = 0;
  for (int i = 0; i < l.tree.nvariant; i++) {
    const sr_nerve_variant *v = &l.tree.variant[i];
    if (!v->twig_muscle) continue;
    CHECK(strstr(text.at, sr_arena_printf(l.arena, "\n%s ", v->id)) != NULL);
    if (nodes == NULL || ntwig >= nodes->n) continue;
    const sr_json *node = &nodes->child[ntwig++];
    SAME(sr_json_get(node, "id")->string, v->id);
    NEAR(sr_json_get(sr_json_get(sr_json_get(node, "cut_takes"), "muscles"), v->twig_muscle)->number, v->twig_share,
         1e-15);
  }
  CHECK(nodes != NULL && ntwig == nodes->n && ntwig == 3);
  sr_arena_free(l.arena);
}
