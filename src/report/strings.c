// The catalogue of words: its tables as one.
#include "report/strings.h"

#include <string.h>

static const sr_string_row *const table[] = {sr_strings_page,  sr_strings_first, sr_strings_told,
                                             sr_strings_names, sr_strings_scene, sr_strings_set};
enum { NTABLE = sizeof table / sizeof *table };

int sr_string_count(void)
{
  int n = 0;
  for (int k = 0; k < NTABLE; k++)
    for (const sr_string_row *r = table[k]; r->id != NULL; r++) n++;
  return n;
}

const char *sr_string_id(int i)
{
  for (int k = 0; k < NTABLE; k++)
    for (const sr_string_row *r = table[k]; r->id != NULL; r++)
      if (i-- == 0) return r->id;
  return NULL;
}

const char *sr_string_find(sr_lang lang, const char *id)
{
  for (int k = 0; k < NTABLE; k++)
    for (const sr_string_row *r = table[k]; r->id != NULL; r++)
      if (strcmp(r->id, id) == 0) return r->text[lang];
  return NULL;
}

const char *sr_string_translate(sr_lang lang, const char *english)
{
  for (int k = 0; k < NTABLE; k++)
    for (const sr_string_row *r = table[k]; r->id != NULL; r++)
      if (strcmp(r->text[SR_EN], english) == 0) return r->text[lang];
  return NULL;
}
