// Every word of the report in both languages, by subject: {id, {English, Chinese}}. {1}, {2}, {3} stand for what is
// filled in; a row without an id closes a table.
#ifndef SR_REPORT_STRINGS_H
#define SR_REPORT_STRINGS_H
#include "report/page.h"

typedef struct sr_string_row {
  const char *id, *text[2];
} sr_string_row;

extern const sr_string_row sr_strings_page[], sr_strings_first[], sr_strings_told[], sr_strings_names[],
    sr_strings_scene[], sr_strings_set[];
#endif
