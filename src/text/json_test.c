// JSON: round trip and what RFC 8259 forbids.
#include "text/json.h"

#include <stdint.h>

#include "test.h"

static bool parse(sr_arena *keep, const char *text, sr_json *root, sr_error *err)
{
  return sr_json_parse("t.json", text, strlen(text), keep, root, err);
}

TEST(json_numbers_come_back_bit_for_bit)
{
  sr_arena *a = sr_arena_new();
  uint64_t bits = 0x9E3779B97F4A7C15u;
  for (int i = 0; i < 20000; i++) {
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    double x = 0.0;
    memcpy(&x, &bits, sizeof x);
    if (!isfinite(x)) continue;
    sr_json root = {0};
    sr_json_writer w = sr_json_writer_new(a);
    sr_json_number(&w, NULL, x);
    CHECK(parse(a, w.text.at, &root, NULL) && memcmp(&root.number, &x, sizeof x) == 0);
  }
  const double none[2] = {(double)NAN, -(double)INFINITY};
  sr_json_writer w = sr_json_writer_new(a);
  sr_json_numbers(&w, NULL, none, 2);
  SAME(w.text.at, "[null, null]\n");
  sr_arena_free(a);
}

TEST(json_is_written_in_one_form)
{
  sr_arena *a = sr_arena_new();
  sr_json_writer w = sr_json_writer_new(a);
  const double girth[3] = {34.5, 33.25, 0.1};
  sr_json_begin_object(&w, NULL);
  sr_json_string(&w, "name", "\xE8\x85\xBF \"leg\"\n\\\x01\xFF");
  sr_json_numbers(&w, "girth", girth, 3);
  sr_json_begin_array(&w, "epochs");
  sr_json_begin_object(&w, NULL);
  sr_json_integer(&w, "week", 2);
  sr_json_bool(&w, "good", true);
  sr_json_end_object(&w);
  sr_json_begin_object(&w, NULL);
  sr_json_end_object(&w);
  sr_json_end_array(&w);
  sr_json_begin_array(&w, "none");
  sr_json_end_array(&w);
  sr_json_string(&w, "why", NULL);
  sr_json_number(&w, "x", (double)NAN);
  sr_json_end_object(&w);
  SAME(w.text.at,
       "{\n  \"name\": \"\xE8\x85\xBF \\\"leg\\\"\\u000a\\\\\\u0001\xEF\xBF\xBD\",\n  \"girth\": [34.5, 33.25, 0.1],\n"
       "  \"epochs\": [\n    {\n      \"week\": 2,\n      \"good\": true\n    },\n    {}\n  ],\n  \"none\": [],\n"
       "  \"why\": null,\n  \"x\": null\n}\n");
  sr_json root = {0};
  sr_error err = {0};
  CHECK(sr_json_parse("t.json", w.text.at, w.text.size, a, &root, &err));
  SAME(sr_json_get(&root, "name")->string, "\xE8\x85\xBF \"leg\"\n\\\x01\xEF\xBF\xBD");
  CHECK(sr_json_get(&root, "girth")->n == 3);
  NEAR(sr_json_get(&root, "girth")->child[1].number, 33.25, 0.0);
  CHECK(sr_json_get(&sr_json_get(&root, "epochs")->child[0], "good")->boolean);
  CHECK(sr_json_get(&root, "why")->kind == SR_JSON_NULL && sr_json_get(&root, "absent") == NULL);
  sr_arena_free(a);
}

TEST(json_reads_escapes)
{
  sr_arena *a = sr_arena_new();
  sr_json root = {0};
  CHECK(parse(a, " [\"\\ud83e\\uddb5\\u817F\\/\\b\", -0.5e+2, 0, [], {}] ", &root, NULL));
  SAME(root.child[0].string, "\xF0\x9F\xA6\xB5\xE8\x85\xBF/\b");
  NEAR(root.child[1].number, -50.0, 0.0);
  CHECK(root.n == 5 && root.child[4].kind == SR_JSON_OBJECT);
  sr_arena_free(a);
}

TEST(json_refuses_what_is_none)
{
  static const char *const row[] = {
      "",        " ",           "{",         "[",   "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\"}",     "[1 2]",  "01",
      "-",       "1.",          ".5",        "+1",  "1e",   "NaN",        "nul",   "tru",         "\"open", "\"\n\"",
      "\"\\x\"", "\"\\ud83e\"", "\"\\u00\"", "1 2", "[1]]", "\"\xFF\"",   "1e999", "\"\\u0000\"", "[1}"};
  sr_arena *a = sr_arena_new();
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    sr_json root = {0};
    sr_error err = {0};
    if (parse(a, row[i], &root, &err)) sr_test_fail(__FILE__, __LINE__, "accepted: %s", row[i]);
    CHECK(strncmp(err.text, "t.json:", 7) == 0);
  }
  char deep[4000];
  memset(deep, '[', sizeof deep - 1);
  deep[sizeof deep - 1] = '\0';
  sr_json root = {0};
  sr_error err = {0};
  CHECK(!parse(a, deep, &root, &err));
  CHECK(!parse(a, "[1,\n2,\n x]", &root, &err) && strncmp(err.text, "t.json:3:", 9) == 0);
  sr_arena_free(a);
}
