// TOML: examples of the standard (https://toml.io/en/v1.0.0) and what it forbids.
#include "text/toml.h"

#include "base/files.h"
#include "test.h"

static bool parse(sr_arena *keep, const char *text, sr_toml *root, sr_error *err)
{
  return sr_toml_parse("t.toml", text, strlen(text), keep, root, err);
}

static const sr_toml *get2(const sr_toml *t, const char *a, const char *b)
{
  return sr_toml_get(sr_toml_get(t, a), b);
}

TEST(toml_reads_the_strings_of_the_standard)
{
  static const char text[] =
      "str = \"I'm a string. \\\"You can quote me\\\". Name\\tJos\\u00E9\\nLocation\\tSF.\"\n"
      "str1 = \"\"\"\nRoses are red\nViolets are blue\"\"\"\n"
      "str2 = \"\"\"\\\n   The quick brown \\\n\n\n  \t fox jumps over \\\n the lazy dog.\\\n  \"\"\"\n"
      "str6 = \"\"\"Here are fifteen quotation marks: \"\"\\\"\"\"\\\"\"\"\\\"\"\"\\\"\"\"\\\".\"\"\"\n"
      "str7 = \"\"\"\"This,\" she said, \"is just a pointless statement.\"\"\"\"\n"
      "winpath = 'C:\\Users\\nodejs\\templates'\n"
      "regex2 = '''I [dw]on't need \\d{2} apples'''\n"
      "lines = '''\nThe first newline is\ntrimmed in raw strings.\n'''\n"
      "quot15 = '''Here are fifteen quotation marks: \"\"\"\"\"\"\"\"\"\"\"\"\"\"\"'''\n"
      "str3 = ''''That,' she said, 'is still pointless.''''\n"
      "wide = \"\\U0001F9B5\"\nempty = \"\"\n";
  sr_arena *a = sr_arena_new();
  sr_toml t = {0};
  sr_error err = {0};
  if (!parse(a, text, &t, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  SAME(sr_toml_get(&t, "str")->string, "I'm a string. \"You can quote me\". Name\tJos\xC3\xA9\nLocation\tSF.");
  SAME(sr_toml_get(&t, "str1")->string, "Roses are red\nViolets are blue");
  SAME(sr_toml_get(&t, "str2")->string, "The quick brown fox jumps over the lazy dog.");
  SAME(sr_toml_get(&t, "str6")->string, "Here are fifteen quotation marks: \"\"\"\"\"\"\"\"\"\"\"\"\"\"\".");
  SAME(sr_toml_get(&t, "str7")->string, "\"This,\" she said, \"is just a pointless statement.\"");
  SAME(sr_toml_get(&t, "winpath")->string, "C:\\Users\\nodejs\\templates");
  SAME(sr_toml_get(&t, "regex2")->string, "I [dw]on't need \\d{2} apples");
  SAME(sr_toml_get(&t, "lines")->string, "The first newline is\ntrimmed in raw strings.\n");
  SAME(sr_toml_get(&t, "quot15")->string, "Here are fifteen quotation marks: \"\"\"\"\"\"\"\"\"\"\"\"\"\"\"");
  SAME(sr_toml_get(&t, "str3")->string, "'That,' she said, 'is still pointless.'");
  SAME(sr_toml_get(&t, "wide")->string, "\xF0\x9F\xA6\xB5");
  SAME(sr_toml_get(&t, "empty")->string, "");
  sr_arena_free(a);
}

TEST(toml_reads_the_numbers_of_the_standard)
{
  static const struct {
    const char *text;
    sr_toml_kind kind;
    double value;
  } row[] = {{"+99", SR_TOML_INTEGER, 99},
             {"42", SR_TOML_INTEGER, 42},
             {"0", SR_TOML_INTEGER, 0},
             {"-17", SR_TOML_INTEGER, -17},
             {"1_000", SR_TOML_INTEGER, 1000},
             {"5_349_221", SR_TOML_INTEGER, 5349221},
             {"53_49_221", SR_TOML_INTEGER, 5349221},
             {"0xDEADBEEF", SR_TOML_INTEGER, 3735928559.0},
             {"0xdead_beef", SR_TOML_INTEGER, 3735928559.0},
             {"0o755", SR_TOML_INTEGER, 493},
             {"0b11010110", SR_TOML_INTEGER, 214},
             {"+1.0", SR_TOML_FLOAT, 1},
             {"3.1415", SR_TOML_FLOAT, 3.1415},
             {"-0.01", SR_TOML_FLOAT, -0.01},
             {"5e+22", SR_TOML_FLOAT, 5e22},
             {"1e06", SR_TOML_FLOAT, 1e6},
             {"-2E-2", SR_TOML_FLOAT, -0.02},
             {"6.626e-34", SR_TOML_FLOAT, 6.626e-34},
             {"224_617.445_991_228", SR_TOML_FLOAT, 224617.445991228}};
  sr_arena *a = sr_arena_new();
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    sr_toml t = {0};
    sr_error err = {0};
    if (!parse(a, sr_arena_printf(a, "x = %s # note", row[i].text), &t, &err))
      sr_test_fail(__FILE__, __LINE__, "%s", err.text);
    else {
      CHECK(t.child[0].kind == row[i].kind);
      NEAR(t.child[0].number, row[i].value, 0.0);
    }
  }
  sr_toml t = {0};
  CHECK(parse(a, "a = inf\nb = -inf\nc = +nan\nd = true\ne = 9223372036854775807\nf = -9223372036854775808", &t, NULL));
  CHECK(isinf(t.child[0].number) && isinf(t.child[1].number) && t.child[1].number < 0.0 && isnan(t.child[2].number));
  CHECK(t.child[3].kind == SR_TOML_BOOL && t.child[3].boolean);
  CHECK(t.child[4].integer == 9223372036854775807LL && t.child[5].integer == -9223372036854775807LL - 1);
  sr_arena_free(a);
}

TEST(toml_reads_tables_and_lists)
{
  static const char text[] =
      "name = { first = \"Tom\", \"last name\" = \"Preston-Werner\", pet.legs = 4 }\n"
      "site.\"google.com\" = true\n3.14159 = \"pi\"\nfruit . flavor = 'banana'\n"
      "mixed = [ [1, 2], [\"a\", 'b'], # note\n  { x = 1 },\n]\nempty = []\n"
      "[ dog . \"tater.man\" ]\r\ntype.name = \"pug\"\r\n"
      "[x.y.z.w]\n[x]\n"
      "[fruit.apple.taste]\nsweet = true\n"
      "[[product]]\nsku = 1\n[product.box]\nw = 1\n[[product]]\n[[product.variety]]\nq=1\n[[product.variety]]\nq=2\n"
      "[product.box]\nw = 2";
  sr_arena *a = sr_arena_new();
  sr_toml t = {0};
  sr_error err = {0};
  if (!parse(a, text, &t, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  SAME(get2(&t, "name", "last name")->string, "Preston-Werner");
  CHECK(get2(sr_toml_get(&t, "name"), "pet", "legs")->integer == 4);
  CHECK(get2(&t, "site", "google.com")->boolean);
  SAME(get2(&t, "3", "14159")->string, "pi");
  SAME(get2(&t, "fruit", "flavor")->string, "banana");
  const sr_toml *mixed = sr_toml_get(&t, "mixed");
  CHECK(mixed->n == 3 && mixed->line == 5 && mixed->child[2].line == 6 && mixed->child[1].n == 2);
  CHECK(sr_toml_get(&t, "empty")->n == 0 && sr_toml_get(&t, "empty")->kind == SR_TOML_ARRAY);
  SAME(get2(get2(&t, "dog", "tater.man"), "type", "name")->string, "pug");
  CHECK(get2(get2(&t, "x", "y"), "z", "w")->kind == SR_TOML_TABLE);
  CHECK(get2(sr_toml_get(&t, "fruit"), "apple", "taste")->child[0].boolean);
  const sr_toml *product = sr_toml_get(&t, "product");
  CHECK(product->kind == SR_TOML_ARRAY && product->n == 2);
  CHECK(get2(&product->child[0], "box", "w")->integer == 1 && get2(&product->child[1], "box", "w")->integer == 2);
  CHECK(sr_toml_get(&product->child[1], "variety")->n == 2 && sr_toml_get(&product->child[1], "sku") == NULL);
  CHECK(sr_toml_get(NULL, "x") == NULL && sr_toml_get(mixed, "x") == NULL);
  sr_arena_free(a);
}

TEST(toml_refuses_what_the_standard_forbids)
{
  static const char *const row[] = {"key = # INVALID",
                                    "first = \"Tom\" last = \"Preston-Werner\"",
                                    "= \"no key name\"",
                                    "name = \"Tom\"\nname = \"Pradyun\"",
                                    "spelling = \"favorite\"\n\"spelling\" = \"favourite\"",
                                    "fruit.apple = 1\nfruit.apple.smooth = true",
                                    "a = \"\\x41\"",
                                    "a = \"line\nbreak\"",
                                    "a = 'it''s'",
                                    "a = '''fifteen: '''''''''''''''''",
                                    "a = \"\\uD800\"",
                                    "a = \"\\u00\"",
                                    "a = \"\\U00110000\"",
                                    "a = \"\\u0000\"",
                                    "a = \"open",
                                    "a = '''open",
                                    "a = 042",
                                    "a = -01",
                                    "a = 1__0",
                                    "a = _1",
                                    "a = 1_",
                                    "a = +0x1",
                                    "a = 0xG",
                                    "a = .7",
                                    "a = 7.",
                                    "a = 3.e+20",
                                    "a = 1e",
                                    "a = 1e1.5",
                                    "a = 9223372036854775808",
                                    "a = 1e999",
                                    "a = truth",
                                    "a = True",
                                    "a = NaN",
                                    "a = 1979-05-27T07:32:00Z",
                                    "a = 07:32:00",
                                    "[fruit]\napple = 1\n[fruit]\norange = 2",
                                    "[fruit]\napple = 1\n[fruit.apple]\nx = 1",
                                    "[fruit]\napple.color = 1\n[fruit.apple]",
                                    "[a.b.c]\nz = 9\n[a]\nb.c.t = 1",
                                    "[product]\ntype = { name = \"Nail\" }\ntype.edible = false",
                                    "[product]\ntype.name = \"Nail\"\ntype = { edible = false }",
                                    "[fruit.physical]\nx = 1\n[[fruit]]\nname = 1",
                                    "fruits = []\n[[fruits]]",
                                    "[[fruits]]\n[[fruits.varieties]]\n[fruits.varieties]",
                                    "[[fruits]]\n[fruits.physical]\n[[fruits.physical]]",
                                    "a = {x = 1}\n[a.y]",
                                    "a = [1 2]",
                                    "a = [1,,2]",
                                    "a = [1",
                                    "a = {x = 1,}",
                                    "a = {x = 1\n}",
                                    "a = {x = 1, x = 2}",
                                    "[a",
                                    "[a]]",
                                    "[[a]",
                                    "[]",
                                    "[a..b]",
                                    "a.b. = 1",
                                    "\"\"\"k\"\"\" = 1",
                                    "a = \"\xC0\x80\"",
                                    "a = \"\xED\xA0\x80\"",
                                    "a = \"\xFF\"",
                                    "a = \"\x01\"",
                                    "# \x01",
                                    "a = 1\rb = 2",
                                    "\xEF\xBB\xBF\xEF\xBB\xBF = 1"};
  sr_arena *a = sr_arena_new();
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    sr_toml t = {0};
    sr_error err = {0};
    if (parse(a, row[i], &t, &err)) sr_test_fail(__FILE__, __LINE__, "accepted: %s", row[i]);
    CHECK(err.code == SR_BAD_VALUE && strncmp(err.text, "t.toml:", 7) == 0);
  }
  sr_arena_free(a);
}

TEST(toml_names_the_line)
{
  sr_arena *a = sr_arena_new();
  sr_toml t = {0};
  sr_error err = {0};
  CHECK(!parse(a, "a = '''x\ny\r\nz'''\n\nb = \"\"\"p\\\n  \n q\"\"\"\nc = [1,\n2,\n  oops]", &t, &err));
  CHECK(strncmp(err.text, "t.toml:10: 'oops]'", 18) == 0);
  CHECK(!parse(a, "a = 1\n\n# x\n a = 2", &t, &err));
  SAME(err.text, "t.toml:4: 'a' stands here for the second time, the first is in line 1");
  CHECK(!parse(a, "a = 1\nb = \"\xE8\x85\"", &t, &err));
  CHECK(strncmp(err.text, "t.toml:2: byte 0xE8 is no UTF-8", 31) == 0);
  sr_arena_free(a);
}

// Built by repeating a piece; the limits must end it with a message.
static void check_repeated(const char *head, const char *piece, int n)
{
  sr_arena *a = sr_arena_new();
  sr_text text = sr_text_new(a);
  sr_text_print(&text, "%s", head);
  for (int i = 0; i < n; i++) sr_text_print(&text, piece, i);
  sr_toml t = {0};
  sr_error err = {0};
  CHECK(!sr_toml_parse("t.toml", text.at, text.size, a, &t, &err));
  CHECK(err.code == SR_BAD_VALUE && strlen(err.text) < 200);
  sr_arena_free(a);
}

TEST(toml_limits_hold)
{
  check_repeated("a = ", "[", 100000);
  check_repeated("a = ", "{a%x = ", 100000);
  check_repeated("a", ".a%d", 100000);
  check_repeated("[a", ".a%d", 100000);
  check_repeated("", "a%d = 1\n", 100000);
  check_repeated("a = [", "%d,", 300000);
  check_repeated("a = ", "1", 100000);
  check_repeated("", "[[a]]\n[a.a%d]\n", 100000);
  check_repeated("a = \"", "x", 200000);
}
