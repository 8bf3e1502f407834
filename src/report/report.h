// The report: one self-contained HTML file from a result alone. Sees nothing but `result`.
#ifndef SR_REPORT_REPORT_H
#define SR_REPORT_REPORT_H
#include "result/result.h"

// lang: "en" or "zh". The text lives in `keep`.
bool sr_report_html(const sr_result *r, const char *lang, sr_arena *keep, char **html, size_t *size, sr_error *err);
#endif
