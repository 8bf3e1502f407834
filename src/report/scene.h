// What the script of the page draws from: series over weeks, legs and movements as JSON with packed numbers.
#ifndef SR_REPORT_SCENE_H
#define SR_REPORT_SCENE_H
#include "report/page.h"
#include "text/json.h"

void sr_page_scene(sr_page *p);  // the section with timeline, leg and movements; empty until its script runs
void sr_page_scene_script(sr_page *p);
void sr_page_scene_style(sr_page *p);

// A text in both languages, {"en": .., "zh": ..}; the expression gives it in that of the page.
#define SR_SCENE_BOTH(w, key, p, expression)                     \
  do {                                                           \
    const sr_lang scene_lang = (p)->lang;                        \
    sr_json_begin_object(w, key);                                \
    for (int scene_k = 0; scene_k < 2; scene_k++) {              \
      (p)->lang = scene_k == 0 ? SR_EN : SR_ZH;                  \
      sr_json_string(w, scene_k == 0 ? "en" : "zh", expression); \
    }                                                            \
    sr_json_end_object(w);                                       \
    (p)->lang = scene_lang;                                      \
  } while (0)

void sr_scene_series(sr_page *p, sr_json_writer *w);  // numbers of every epoch, with those of the control
void sr_scene_legs(sr_page *p, sr_json_writer *w);    // surfaces, innervation, girth along the shank
void sr_scene_moves(sr_page *p, sr_json_writer *w);   // movements with activations

// Bytes as base64; numbers as two bytes each, little end first.
const char *sr_pack_bytes(sr_page *p, const unsigned char *at, int n);
const char *sr_pack_shorts(sr_page *p, const int *at, int n);
#endif
