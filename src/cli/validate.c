// surae validate
#include <string.h>

#include "cli/cli.h"
#include "cohort/cohort.h"
#include "cohort/sensitivity.h"
#include "text/json.h"

typedef struct teller {
  const sr_cli *c;
  bool is_json;
} teller;

static void tell(void *who, int done, int total, const char *what)
{
  const teller *t = who;
  if (t->is_json) {
    sr_arena *a = sr_arena_new();
    sr_json_writer w = sr_json_writer_new(a);
    w.is_flat = true;
    sr_json_begin_object(&w, NULL);
    sr_json_integer(&w, "done", done);
    sr_json_integer(&w, "total", total);
    sr_json_string(&w, "what", what);
    sr_json_end_object(&w);
    fprintf(t->c->err, "%s\n", w.text.at);
    sr_arena_free(a);
  } else if (t->c->is_live) {
    fprintf(t->c->err, "\r[%d/%d] %-60.60s%s", done, total, what, done == total ? "\n" : "");
  } else if (done == total || done * 20 / total != (done - 1) * 20 / total) {
    fprintf(t->c->err, "[%d/%d] %s\n", done, total, what);
  }
  fflush(t->c->err);
}

static int unknown_area(const sr_cli *c, const sr_validation *v, const char *name)
{
  fprintf(c->err, "surae: --area: there is no '%.60s'; allowed:", name);
  for (int i = 0; i < v->nrow; i++) {
    int k = 0;
    while (strcmp(v->row[k].area, v->row[i].area) != 0) k++;
    if (k == i) fprintf(c->err, "%s %s", i > 0 ? "," : "", v->row[i].area);
  }
  fprintf(c->err, "\n");
  return 2;
}

static bool save(const char *dir, const char *name, const sr_text *text, const sr_text *page, const char *json,
                 size_t size, sr_arena *keep, sr_error *err)
{
  return sr_directory_make(dir, err) &&
         sr_file_write(sr_arena_printf(keep, "%s/%s.html", dir, name), page->at, page->size, err) &&
         sr_file_write(sr_arena_printf(keep, "%s/%s.txt", dir, name), text->at, text->size, err) &&
         sr_file_write(sr_arena_printf(keep, "%s/%s.json", dir, name), json, size, err);
}

// Saves where that is asked for, prints: the exit code.
static int give(const sr_cli *c, const sr_args *a, const char *name, const sr_text *text, const sr_text *page,
                const char *json, size_t size, sr_arena *keep)
{
  sr_error err = {0};
  if (a->out != NULL && !save(a->out, name, text, page, json, size, keep, &err)) return sr_cli_fail(c, &err);
  fwrite(a->is_json ? json : text->at, 1, a->is_json ? size : text->size, c->out);
  return c->stop != NULL && *c->stop != 0 ? 130 : 0;
}

int sr_cli_sensitivity(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  teller t = {c, a->is_json_progress};
  const sr_sensitivity_options o = {.without_constants = a->area != NULL && strcmp(a->area, "movements") == 0,
                                    .without_movements = a->area != NULL && strcmp(a->area, "constants") == 0,
                                    .is_quick = a->is_quick,
                                    .threads = sr_cli_threads(a),
                                    .pairs = a->pairs > 0 ? (int)a->pairs : 1009,
                                    .life_pairs = a->pairs > 0 ? (int)a->pairs : 1009,
                                    .seed = a->has_seed ? (unsigned long long)a->seed : 1,
                                    .stop = c->stop,
                                    .progress = tell,
                                    .who = &t};
  sr_sensitivity found;
  sr_error err = {0};
  if (!sr_sensitivity_run(&o, keep, &found, &err)) return sr_cli_fail(c, &err);
  sr_text text = sr_text_new(keep);
  size_t size;
  sr_sensitivity_print(&found, &text);
  const char *json = sr_sensitivity_json(&found, sr_cli_version(keep), keep, &size);
  const sr_text page = sr_sensitivity_page(&found, sr_cli_version(keep), keep);
  return give(c, a, "sensitivity", &text, &page, json, size, keep);
}

int sr_cli_validate(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  sr_validation v;
  sr_findings found;
  sr_error err = {0};
  if (a->is_sensitivity) return sr_cli_sensitivity(c, a, keep);
  if (!sr_validation_load(keep, &v, &err)) return sr_cli_fail(c, &err);
  if (a->area != NULL && !sr_validation_has_area(&v, a->area)) return unknown_area(c, &v, a->area);
  teller t = {c, a->is_json_progress};
  const sr_validate_options o = {.area = a->area,
                                 .is_quick = a->is_quick,
                                 .threads = sr_cli_threads(a),
                                 .points = 101,
                                 .stop = c->stop,
                                 .progress = tell,
                                 .who = &t};
  if (!sr_validate(&v, &o, keep, &found, &err)) return sr_cli_fail(c, &err);
  sr_text text = sr_text_new(keep);
  size_t size;
  sr_validate_print(&found, &text);
  const char *json = sr_validate_json(&found, sr_cli_version(keep), keep, &size);
  const sr_text page = sr_validate_page(&found, sr_cli_version(keep), keep);
  return give(c, a, "validation", &text, &page, json, size, keep);
}
