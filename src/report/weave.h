// Two renderings of one page, in two languages, as one page that holds both.
#ifndef SR_REPORT_WEAVE_H
#define SR_REPORT_WEAVE_H
#include "report/page.h"

// What agrees is written once: tags, numbers, drawings. Where a text differs both stand in it,
//   <span class=en lang=en>...</span><span class=zh lang=zh-Hans>...</span>   (tspan within a drawing),
// and the style sheet hides the one that `html[data-lang]` does not name. Attributes, and text that can hold no element
// (title, desc, option), show `first`; the other language travels in data-other-NAME, data-other-text, for the script
// to swap. Scripts and styles are taken from `first`. False where the two do not have the same elements.
bool sr_weave(sr_arena *keep, sr_lang first, const sr_text *en, const sr_text *zh, sr_text *out);
#endif
