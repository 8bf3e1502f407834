// Sentences of the result in the reader's language: whole where the catalogue knows them, else by their pattern, else
// as they stand.
#include <stdio.h>
#include <string.h>

#include "report/page.h"

// The text of the catalogue whose English is this text, NULL if there is none.
static const char *whole(const sr_page *p, const char *text)
{
  for (int i = 0; i < sr_string_count(); i++)
    if (strcmp(sr_string_find(SR_EN, sr_string_id(i)), text) == 0) return sr_string_find(p->lang, sr_string_id(i));
  return NULL;
}

// "soleus_r" or "ankle_angle_l" in words.
static const char *part_name(sr_page *p, const char *part)
{
  char *base = sr_arena_strdup(p->keep, part);
  const size_t n = strlen(base);
  const bool has_side = n > 2 && base[n - 2] == '_' && (base[n - 1] == 'l' || base[n - 1] == 'r');
  const char *side = !has_side ? "" : sr_say(p, base[n - 1] == 'l' ? "side.left" : "side.right");
  if (has_side) base[n - 2] = '\0';
  const char *name = sr_string_find(p->lang, sr_arena_printf(p->keep, "muscle.%s", base));
  if (name == NULL) name = sr_string_find(p->lang, sr_arena_printf(p->keep, "coordinate.%s", base));
  if (name == NULL) return sr_html(p, part);
  return sr_arena_printf(p->keep, "%s%s%s", name, has_side ? sr_say(p, "comma") : "", side);
}

// "soleus_r activation": the part and what of it; the angle itself where nothing follows.
static const char *quantity(sr_page *p, const char *text)
{
  char *part = sr_arena_strdup(p->keep, text), *what = strchr(part, ' ');
  if (what != NULL) *what++ = '\0';
  const char *known = what == NULL ? NULL : sr_string_find(p->lang, sr_arena_printf(p->keep, "quantity.%s", what));
  if (what == NULL) return part_name(p, part);
  return sr_arena_printf(p->keep, "%s%s%s", part_name(p, part), sr_say(p, "colon"),
                         known != NULL ? known : sr_html(p, what));
}

// "<quantity> at its upper bound for 12% of the cycle"
static const char *bound(sr_page *p, const char *text)
{
  static const char *const side[] = {"upper", "lower"};
  for (int i = 0; i < 2; i++) {
    const char *middle = sr_arena_printf(p->keep, " at its %s bound for ", side[i]), *at = strstr(text, middle);
    double percent;
    if (at == NULL || sscanf(at + strlen(middle), "%lf%% of the cycle", &percent) != 1) continue;
    const char *what = quantity(p, sr_arena_printf(p->keep, "%.*s", (int)(at - text), text));
    return sr_say_with(p, i == 0 ? "told.upper" : "told.lower", what, sr_number(p, percent, 0));
  }
  return NULL;
}

// "lean_forward", "greatest rise": the name of a posture alone.
static const char *posture(const sr_page *p, sr_arena *keep, const char *text)
{
  return sr_string_find(p->lang, sr_arena_printf(keep, "pose.%s", text));
}

// "greatest rise: ankle_angle_r at its lower bound"
static const char *range_end(sr_page *p, const char *text)
{
  char pose[64], part[64], side[8], last[8];
  if (sscanf(text, "%63[^:]: %63s at its %7s %7s", pose, part, side, last) != 4 || strcmp(last, "bound") != 0)
    return NULL;
  return sr_say_with(p, "told.end", sr_told(p, pose), part_name(p, part));
}

static const char *rise(sr_page *p, const char *text)
{
  double cm;
  if (sscanf(text, "the greatest rise that is possible is %lf cm;", &cm) != 1) return NULL;
  return sr_say_with(p, "told.rise", sr_number(p, cm, 1), "");
}

const char *sr_told(sr_page *p, const char *text)
{
  if (text == NULL || text[0] == '\0') return "";
  const char *known = whole(p, text);
  if (known == NULL) known = bound(p, text);
  if (known == NULL) known = range_end(p, text);
  if (known == NULL) known = posture(p, p->keep, text);
  if (known == NULL) known = rise(p, text);
  if (known != NULL) return known;
  const char *end = text + strcspn(text, " :;,.");  // an identifier stays as it is written
  return memchr(text, '_', (size_t)(end - text)) != NULL ? sr_html(p, text) : sr_capital(p, text);
}
