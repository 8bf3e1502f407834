// The section that the timeline drives, and the data of its script. Numbers by name for whoever shows a number "at the
// week": <span class=at-week data-series=...>, see README.md.
#include "report/scene.h"

#include <math.h>
#include <string.h>

#include "report/answer.h"
#include "report/app.h"
#include "report/strings.h"
#include "report/weeks.h"

const char *sr_pack_bytes(sr_page *p, const unsigned char *at, int n)
{
  static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char *out = sr_alloc(p->keep, char, 4 * ((n + 2) / 3) + 1), *c = out;
  for (int i = 0; i < n; i += 3) {
    const unsigned b1 = i + 1 < n ? at[i + 1] : 0, b2 = i + 2 < n ? at[i + 2] : 0;
    const unsigned bits = (unsigned)at[i] << 16 | b1 << 8 | b2;
    *c++ = digit[bits >> 18];
    *c++ = digit[bits >> 12 & 63];
    *c++ = i + 1 < n ? digit[bits >> 6 & 63] : '=';
    *c++ = i + 2 < n ? digit[bits & 63] : '=';
  }
  *c = '\0';
  return out;
}

const char *sr_pack_shorts(sr_page *p, const int *at, int n)
{
  unsigned char *byte = sr_alloc(p->keep, unsigned char, 2 * n + 1);
  for (int i = 0; i < n; i++) {
    SR_ASSERT(at[i] >= -32768 && at[i] <= 32767);
    const unsigned v = (unsigned)at[i] & 0xffffu;
    byte[2 * i] = (unsigned char)(v & 255u);
    byte[2 * i + 1] = (unsigned char)(v >> 8);
  }
  return sr_pack_bytes(p, byte, 2 * n);
}

// At most the decimals that are shown and two more.
static double rounded(double x, int decimals)
{
  const double scale = pow(10.0, decimals + 2);
  return round(x * scale) / scale;
}

typedef double (*reading)(const sr_metric *m);
static double value_of(const sr_metric *m)
{
  return m->value;
}
static double low_of(const sr_metric *m)
{
  return m->has_band ? m->p05 : (double)NAN;
}
static double high_of(const sr_metric *m)
{
  return m->has_band ? m->p95 : (double)NAN;
}

static void values(sr_page *p, sr_json_writer *w, const char *key, const sr_what *what, bool is_control, reading read)
{
  const int n = p->r->nepoch, decimals = sr_what_decimals(p, what);
  double *x = sr_alloc(p->keep, double, n);
  bool has = false;
  for (int i = 0; i < n; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    const sr_metric *m = sr_epoch_number(p, is_control ? sr_control_of(p, e) : e, what);
    x[i] = m != NULL ? rounded(read(m), decimals) : (double)NAN;
    has |= isfinite(x[i]);
  }
  if (has) sr_json_numbers(w, key, x, n);
}

static void series(sr_page *p, sr_json_writer *w, const char *name, const sr_what *what)
{
  bool has = false;
  for (int i = 0; i < p->r->nepoch; i++) has |= sr_epoch_number(p, &p->r->epoch[i], what) != NULL;
  if (!has) return;
  sr_json_begin_object(w, name);
  SR_SCENE_BOTH(w, "unit", p, sr_what_unit(p, what));
  sr_json_integer(w, "decimals", sr_what_decimals(p, what));
  values(p, w, "at", what, false, value_of);
  values(p, w, "lo", what, false, low_of);
  values(p, w, "hi", what, false, high_of);
  values(p, w, "control", what, true, value_of);
  sr_json_end_object(w);
}

static void series_of_task(sr_page *p, sr_json_writer *w, const sr_pair *t)
{
  sr_metric_row *rows;
  const int n = sr_answer_rows(p, t, &rows);
  for (int k = 0; k < n; k++) {
    const sr_what what = {.source = SR_OF_TASK, .name = rows[k].full, .task = t->task};
    series(p, w, sr_arena_printf(p->keep, "task.%s.%s", t->task, rows[k].full), &what);
  }
}

void sr_scene_series(sr_page *p, sr_json_writer *w)
{
  static const char *const of_leg[] = {"girth_max_cm",    "girth_at_old_level_cm", "girth_max_height_cm",
                                       "girth_change_cm", "calf_fat_mm",           "skin_reserve_percent",
                                       "dorsiflexion_deg"};
  static const char *const of_body[] = {"mass_kg", "fat_percent"};
  static const sr_source source[] = {SR_OF_TOTAL, SR_OF_CONTRACTILE, SR_OF_FORCE};
  static const char *const source_name[] = {"total_volume_ml", "contractile_volume_ml", "max_force_N"};
  sr_json_begin_object(w, "series");
  for (int side = 0; side < 2; side++) {
    const char *leg = side == 0 ? "left" : "right";
    for (size_t k = 0; k < sizeof of_leg / sizeof *of_leg; k++)
      series(p, w, sr_arena_printf(p->keep, "leg.%s.%s", of_leg[k], leg),
             &(sr_what){.source = SR_OF_LEG, .name = of_leg[k], .side = side});
    for (int m = 0; m < SR_NMUSCLE; m++)
      for (int k = 0; k < 3; k++)
        series(p, w, sr_arena_printf(p->keep, "muscle.%s.%s.%s", sr_leg_muscle[m], source_name[k], leg),
               &(sr_what){.source = source[k], .name = sr_leg_muscle[m], .side = side});
  }
  for (int k = 0; k < 2; k++)
    series(p, w, sr_arena_printf(p->keep, "body.%s", of_body[k]), &(sr_what){.source = SR_OF_BODY, .name = of_body[k]});
  for (int i = 0; i < p->npair; i++) series_of_task(p, w, &p->pair[i]);
  sr_json_end_object(w);
}

static void epochs(sr_page *p, sr_json_writer *w)
{
  sr_json_begin_array(w, "epochs");
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    sr_json_begin_object(w, NULL);
    sr_json_number(w, "week", e->week);
    sr_json_string(w, "when", e->when);
    SR_SCENE_BOTH(w, "label", p, sr_epoch_when(p, e));
    sr_json_end_object(w);
  }
  sr_json_end_array(w);
}

// Words of the catalogue whose id begins with "scene.".
static void words(sr_page *p, sr_json_writer *w)
{
  sr_json_begin_object(w, "words");
  for (int lang = 0; lang < 2; lang++) {
    sr_json_begin_object(w, lang == 0 ? "en" : "zh");
    for (const sr_string_row *r = sr_strings_scene; r->id != NULL; r++)
      sr_json_string(w, r->id + strlen("scene."), sr_words_of(p, (sr_lang)lang, r->text[lang]));
    sr_json_end_object(w);
  }
  sr_json_end_object(w);
}

static bool has_scene(const sr_page *p)
{
  return sr_is_described(p->before) && p->r->nepoch > 1;
}

void sr_page_scene_style(sr_page *p)
{
  if (has_scene(p)) sr_text_append(&p->out, sr_app_style, strlen(sr_app_style));
}

// Nothing here is seen until the script runs: a page without scripts has the charts and strips alone.
void sr_page_scene(sr_page *p)
{
  if (!has_scene(p)) return;
  sr_text_print(&p->out, "<section id=sr-scene class=scene hidden><h2 data-say=title>%s</h2>",
                sr_say(p, "scene.title"));
  sr_text_print(&p->out, "<p class=lead data-say=lead>%s</p>", sr_say(p, "scene.lead"));
  sr_text_print(&p->out, "<div id=sr-weeks class=weeks-bar></div>");
  if (sr_app_bundle[0] != '\0')
    sr_text_print(&p->out, "<div id=sr-leg class=stage-box></div><div id=sr-replay class=stage-box></div>");
  sr_text_print(&p->out, "<p class=note id=sr-no3d data-say=%s%s>%s</p>", sr_app_bundle[0] == '\0' ? "none" : "nowebgl",
                sr_app_bundle[0] == '\0' ? "" : " hidden",
                sr_say(p, sr_app_bundle[0] == '\0' ? "scene.none" : "scene.nowebgl"));
  sr_text_print(&p->out, "</section>\n");
}

// "<" may not stand in a script: a text could close it.
static void append_safe(sr_text *out, const char *text, size_t n)
{
  size_t from = 0;
  for (size_t i = 0; i < n; i++) {
    if (text[i] != '<') continue;
    sr_text_append(out, text + from, i - from);
    sr_text_append(out, "\\u003c", 6);
    from = i + 1;
  }
  sr_text_append(out, text + from, n - from);
}

void sr_page_scene_script(sr_page *p)
{
  if (!has_scene(p)) return;
  sr_json_writer w = sr_json_writer_new(p->keep);
  sr_json_begin_object(&w, NULL);
  sr_json_number(&w, "mass_kg", p->r->mass_kg);
  sr_json_number(&w, "height_m", p->r->height_m);
  epochs(p, &w);
  words(p, &w);
  sr_scene_series(p, &w);
  if (sr_app_bundle[0] != '\0') {
    sr_scene_legs(p, &w);
    sr_scene_moves(p, &w);
  }
  sr_json_end_object(&w);
  sr_text_print(&p->out, "<script type=application/json id=sr-data>");
  append_safe(&p->out, w.text.at, w.text.size);
  sr_text_print(&p->out, "</script>\n");
  if (sr_app_bundle[0] != '\0') {
    sr_text_print(&p->out, "<script type=text/plain id=sr-app>");
    sr_text_append(&p->out, sr_app_bundle, strlen(sr_app_bundle));
    sr_text_print(&p->out, "</script>\n");
  }
  sr_text_print(&p->out, "<script>");
  sr_text_append(&p->out, sr_app_weeks, strlen(sr_app_weeks));
  sr_text_print(&p->out, "</script>\n");
}
