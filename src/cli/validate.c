// surae validate
#include <string.h>

#include "cli/cli.h"
#include "cohort/cohort.h"
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

static bool save(const char *dir, const sr_text *text, const sr_text *page, const char *json, size_t size,
                 sr_arena *keep, sr_error *err)
{
  return sr_directory_make(dir, err) &&
         sr_file_write(sr_arena_printf(keep, "%s/validation.html", dir), page->at, page->size, err) &&
         sr_file_write(sr_arena_printf(keep, "%s/validation.txt", dir), text->at, text->size, err) &&
         sr_file_write(sr_arena_printf(keep, "%s/validation.json", dir), json, size, err);
}

int sr_cli_validate(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  sr_validation v;
  sr_findings found;
  sr_error err = {0};
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
  if (a->out != NULL && !save(a->out, &text, &page, json, size, keep, &err)) return sr_cli_fail(c, &err);
  fwrite(a->is_json ? json : text.at, 1, a->is_json ? size : text.size, c->out);
  return c->stop != NULL && *c->stop != 0 ? 130 : 0;
}
