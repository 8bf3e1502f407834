// The data that the script of the page draws from, read back from the page.
#include "report/scene.h"

#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "report/sample.h"
#include "test.h"

static sr_json data_of(sr_result *r, sr_arena *keep)
{
  char *html = NULL;
  size_t size = 0;
  sr_error err = {0};
  sr_json root = {0};
  CHECK(sr_report_html(r, "en", keep, &html, &size, &err));
  const char *mark = "id=sr-data>", *at = html != NULL ? strstr(html, mark) : NULL;
  CHECK(at != NULL);
  if (at == NULL) return root;
  at += strlen(mark);
  const size_t n = (size_t)(strstr(at, "</script>") - at);
  if (!sr_json_parse("page", at, n, keep, &root, &err)) sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return root;
}

static const sr_json *path(const sr_json *o, const char *a, const char *b)
{
  const sr_json *x = o != NULL && o->kind == SR_JSON_OBJECT ? sr_json_get(o, a) : NULL;
  CHECK(x != NULL);
  return x == NULL || b == NULL ? x : sr_json_get(x, b);
}

// The same of legs and movements alone, which a page of a build without the 3D views does not have.
static sr_json views_of(sr_result *r, sr_arena *keep)
{
  sr_page p = {.r = r, .before = &r->epoch[0], .after = sr_result_after(r), .keep = keep, .out = sr_text_new(keep)};
  sr_json_writer w = sr_json_writer_new(keep);
  sr_json root = {0};
  sr_error err = {0};
  p.pair = sr_alloc(keep, sr_pair, r->epoch[0].ntask);
  for (int i = 0; i < r->epoch[0].ntask; i++)
    p.pair[p.npair++] = (sr_pair){.task = r->epoch[0].task[i].task, .before = &r->epoch[0].task[i]};
  sr_json_begin_object(&w, NULL);
  sr_scene_legs(&p, &w);
  sr_scene_moves(&p, &w);
  sr_json_end_object(&w);
  if (!sr_json_parse("views", w.text.at, w.text.size, keep, &root, &err))
    sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return root;
}

TEST(scene_bytes_are_packed_as_base64)
{
  sr_arena *keep = sr_arena_new();
  sr_page p = {.keep = keep};
  SAME(sr_pack_bytes(&p, (const unsigned char *)"Man", 3), "TWFu");
  SAME(sr_pack_bytes(&p, (const unsigned char *)"Ma", 2), "TWE=");
  SAME(sr_pack_bytes(&p, (const unsigned char *)"M", 1), "TQ==");
  SAME(sr_pack_bytes(&p, (const unsigned char *)"", 0), "");
  // little end first: 1 is 01 00, -2 is fe ff, 32767 is ff 7f
  SAME(sr_pack_shorts(&p, (const int[]){1, -2, 32767}, 3), "AQD+//9/");
  sr_arena_free(keep);
}

// Numbers at every epoch, those of the control beside them, null where there is none.
TEST(scene_series_follow_the_epochs)
{
  sr_arena *keep = sr_arena_new();
  const sr_json root = data_of(sr_report_sample_weeks(keep), keep);
  const sr_json *epochs = path(&root, "epochs", NULL), *girth = path(&root, "series", "leg.girth_max_cm.right");
  CHECK(epochs != NULL && epochs->n == 6 && girth != NULL);
  if (epochs == NULL || girth == NULL) return;
  SAME(path(&epochs->child[4], "label", "en")->string, "2 years");
  SAME(path(&epochs->child[4], "label", "zh")->string, "2 年");
  const sr_json *at = sr_json_get(girth, "at"), *control = sr_json_get(girth, "control"),
                *lo = sr_json_get(girth, "lo");
  CHECK(at->n == 6 && control->n == 6 && lo->n == 6);
  NEAR(at->child[0].number, 33.7, 1e-9);
  NEAR(at->child[4].number, 31.2, 1e-9);
  NEAR(lo->child[4].number, 30.7, 1e-9);
  NEAR(control->child[4].number, 33.7, 1e-9);
  SAME(path(girth, "unit", "en")->string, "cm");
  const sr_json *words = path(&root, "words", "zh");
  CHECK(words != NULL && sr_json_get(words, "slice.title") != NULL);
  sr_arena_free(keep);
}

// Surfaces as they are in the result, later ones by what differs; the left leg of a body alike on both sides is not
// written again.
TEST(scene_legs_hold_every_surface_once)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  sr_json root = views_of(r, keep);
  const sr_json *legs = path(&root, "legs", NULL), *surfaces = path(legs, "right", "surfaces");
  CHECK(surfaces != NULL && surfaces->n == 4 && path(legs, "left", "surfaces")->n == 0);
  CHECK(path(legs, "left", "mirror")->boolean);
  // 9 rings of 8 points of three numbers of two bytes; a difference is a digit and one byte each
  const sr_json *skin = &surfaces->child[0], *later = sr_json_get(skin, "later");
  CHECK(strlen(sr_json_get(skin, "at")->string) == 4 * 9 * 8 * 3 * 2 / 3);
  CHECK(later->n == 5 && later->child[0].kind == SR_JSON_NULL);  // right after nothing has changed its shape
  CHECK(later->child[4].string[0] == '1' && strlen(later->child[4].string) == 1 + 4 * 9 * 8 * 3 / 3);
  const sr_json *tibia = sr_json_get(&surfaces->child[1], "later");
  for (int i = 0; i < 5; i++) CHECK(tibia->child[i].kind == SR_JSON_NULL);
  // where one leg alone changes, both are written; a great change takes two bytes
  r->epoch[3].leg[0].shape.surface[0].at[0] += 500;
  root = views_of(r, keep);
  legs = path(&root, "legs", NULL);
  CHECK(!path(legs, "left", "mirror")->boolean && path(legs, "left", "surfaces")->n == 4);
  CHECK(sr_json_get(&path(legs, "left", "surfaces")->child[0], "later")->child[2].string[0] == '2');
  sr_arena_free(keep);
}

// 51 frames of 36 numbers and 34 activations of what moves, one of what is held; nothing of a task without an answer.
TEST(scene_moves_hold_frames_and_activations)
{
  sr_arena *keep = sr_arena_new();
  const sr_json root = views_of(sr_report_sample_weeks(keep), keep);
  const sr_json *moves = path(&root, "moves", NULL);
  bool has_walk = false;
  for (int i = 0; moves != NULL && i < moves->n; i++) {
    const sr_json *takes = sr_json_get(&moves->child[i], "takes");
    if (strcmp(sr_json_get(&moves->child[i], "task")->string, "walk:speed_m_s=1.33") != 0) continue;
    has_walk = true;
    CHECK(takes->n == 2 && sr_json_get(&moves->child[i], "loop")->boolean);
    for (int k = 0; k < takes->n; k++) {
      CHECK(sr_json_get(&takes->child[k], "frames")->number == 51.0);
      CHECK(strlen(sr_json_get(&takes->child[k], "at")->string) == 4 * 51 * 36 * 2 / 3);
      CHECK(strlen(sr_json_get(&takes->child[k], "act")->string) == 4 * 51 * 34 / 3);
      NEAR(sr_json_get(&takes->child[k], "way")->number, 1.4, 1e-9);
    }
    NEAR(sr_json_get(&takes->child[0], "seconds")->number, 1.05, 1e-9);
  }
  CHECK(has_walk);
  sr_arena_free(keep);
}

// A text of the result cannot end the script.
TEST(scene_texts_cannot_close_the_script)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  for (int e = 0; e < r->nepoch; e++) r->epoch[e].task[3].task = "walk:speed=</script>";
  const sr_json root = data_of(r, keep);
  CHECK(root.kind == SR_JSON_OBJECT);
  sr_arena_free(keep);
}
