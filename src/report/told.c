// Sentences of the result in the reader's language: whole where the catalogue knows them, else by their pattern, else
// as they stand.
#include <stdio.h>
#include <string.h>

#include "report/page.h"

// The name of a muscle or coordinate, with its side behind it; NULL where the catalogue knows no such part.
static const char *known_part(sr_page *p, const char *part)
{
  char *base = sr_arena_strdup(p->keep, part);
  const size_t n = strlen(base);
  const bool has_side = n > 2 && base[n - 2] == '_' && (base[n - 1] == 'l' || base[n - 1] == 'r');
  const char *side = !has_side ? "" : sr_say(p, base[n - 1] == 'l' ? "side.left" : "side.right");
  if (has_side) base[n - 2] = '\0';
  const char *name = sr_string_find(p->lang, sr_arena_printf(p->keep, "muscle.%s", base));
  if (name == NULL) name = sr_string_find(p->lang, sr_arena_printf(p->keep, "coordinate.%s", base));
  if (name == NULL) return NULL;
  return sr_arena_printf(p->keep, "%s%s%s", name, has_side ? sr_say(p, "comma") : "", side);
}

// "soleus_r" or "ankle_angle_l" in words.
static const char *part_name(sr_page *p, const char *part)
{
  const char *known = known_part(p, part);
  return known != NULL ? known : sr_html(p, part);
}

// The same within a sentence: it starts small in English.
static const char *part_within(sr_page *p, const char *part)
{
  char *s = sr_arena_strdup(p->keep, part_name(p, part));
  if (s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z') s[0] = (char)(s[0] - 'A' + 'a');
  return s;
}

// Any sentence with the parts that it names in words, and everything else as it stands.
static const char *with_parts_named(sr_page *p, const char *text)
{
  static const char word[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  sr_text t = sr_text_new(p->keep);
  sr_text_append(&t, "", 0);
  while (*text != '\0') {
    const size_t n = strspn(text, word), gap = n > 0 ? n : strcspn(text, word);
    const char *piece = sr_arena_printf(p->keep, "%.*s", (int)gap, text);
    const bool is_part = n > 0 && strchr(piece, '_') != NULL && known_part(p, piece) != NULL;
    sr_text_print(&t, "%s", is_part ? part_within(p, piece) : sr_html(p, piece));
    text += gap;
  }
  return t.at;
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

// "<quantity> at its upper bound for 12% of the cycle", or of the jump, ...
static const char *bound(sr_page *p, const char *text)
{
  static const char *const side[] = {"upper", "lower"};
  for (int i = 0; i < 2; i++) {
    const char *middle = sr_arena_printf(p->keep, " at its %s bound for ", side[i]), *at = strstr(text, middle);
    double percent;
    char of[32];
    if (at == NULL || sscanf(at + strlen(middle), "%lf%% of the %31s", &percent, of) != 2) continue;
    const char *span = sr_string_find(p->lang, sr_arena_printf(p->keep, "span.%s", of));
    if (span == NULL) continue;
    const char *what = quantity(p, sr_arena_printf(p->keep, "%.*s", (int)(at - text), text));
    return sr_say_with3(p, i == 0 ? "told.upper" : "told.lower", what, sr_number(p, percent, 0), span);
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

// How much torque is missing and where.
static const char *lack(sr_page *p, double torque, const char *part)
{
  return sr_say_with(p, "told.lack", sr_number(p, torque, 1), part_within(p, part));
}

// A posture that lacks torque: a rise, quiet standing, a stance among others.
static const char *lacking(sr_page *p, const char *text)
{
  double cm, next, torque;
  char part[64], pose[64];
  if (sscanf(
          text,
          "the heel does not leave the ground: the greatest rise that is possible is %lf cm, and %lf cm lacks %lf N m, "
          "most at %63[a-zA-Z0-9_]",
          &cm, &next, &torque, part) == 4)
    return sr_say_with(p, "told.rise", sr_number(p, cm, 1), lack(p, torque, part));
  if (sscanf(
          text,
          "the heel does not leave the ground: on the flat foot already %lf N m are missing, most at %63[a-zA-Z0-9_]",
          &torque, part) == 2)
    return sr_say_with(p, "told.flat", lack(p, torque, part), "");
  if (sscanf(text,
             "quiet standing with the pressure this far in front of the ankle lacks %lf N m, most at %63[a-zA-Z0-9_]",
             &torque, part) == 2)
    return sr_say_with(p, "told.quiet", lack(p, torque, part), "");
  if (sscanf(text, "standing on the other leg lacks %lf N m, most at %63[a-zA-Z0-9_]", &torque, part) == 2)
    return sr_say_with(p, "told.stance", lack(p, torque, part), "");
  if (sscanf(text, "%63[^:]: the lifted leg is held up from outside with %lf N m, most at %63[a-zA-Z0-9_]", pose,
             &torque, part) == 3)
    return sr_say_with(p, "told.held", sr_told(p, pose), lack(p, torque, part));
  if (sscanf(text, "%63[^:]: not possible: %lf N m are missing, most at %63[a-zA-Z0-9_]", pose, &torque, part) == 3)
    return sr_say_with(p, "told.missing", sr_told(p, pose), lack(p, torque, part));
  return NULL;
}

// A set of heel raises or hops: none, or what ended it.
static const char *raises(sr_page *p, const char *text)
{
  double least, most, percent;
  char part[64];
  if (sscanf(text, "a raise has to reach %lf cm, the greatest rise that is possible is %lf cm", &least, &most) == 2)
    return sr_say_with(p, "told.raise", sr_number(p, least, 1), sr_number(p, most, 1));
  if (sscanf(text, "at the end of the set %63[a-zA-Z0-9_] is tired most: %lf%% of its strength is left", part,
             &percent) == 2)
    return sr_say_with(p, "told.tired", part_within(p, part), sr_number(p, percent, 0));
  int end = 0;
  if (sscanf(text, "%63[a-zA-Z0-9_] is the first to tire%n", part, &end) == 1 && end > 0)
    return sr_say_with(p, "told.first_to_tire", part_within(p, part), "");
  if (sscanf(text, "%lf hops exhaust no muscle%n", &most, &end) == 1 && end > 0)
    return sr_say_with(p, "told.no_hops", sr_number(p, most, 0), "");
  if (sscanf(text, "%lf raises do not exhaust the calf%n", &most, &end) == 1 && end > 0)
    return sr_say_with(p, "told.not_exhausted", sr_number(p, most, 0), "");
  return NULL;
}

// What is possible where what was asked for is not: a speed, a flight, a jump.
static const char *most_possible(sr_page *p, const char *text)
{
  double most, wanted;
  if (sscanf(text, "with the speed free the greatest that is possible is %lf m/s (asked for: %lf m/s)", &most,
             &wanted) == 2)
    return sr_say_with(p, "told.speed", sr_number(p, most, 2), sr_number(p, wanted, 2));
  if (sscanf(text, "with the flight free its height is %lf cm at most (asked for: %lf cm)", &most, &wanted) == 2)
    return sr_say_with(p, "told.hop", sr_number(p, most, 1), sr_number(p, wanted, 1));
  if (sscanf(text, "the feet cannot leave the ground: the greatest clearance that is possible is %lf cm", &most) == 1)
    return sr_say_with(p, "told.jump", sr_number(p, most, 1), "");
  if (sscanf(text, "the cost of a metre has no least from %lf to %lf m/s", &most, &wanted) == 2)
    return sr_say_with(p, "told.no_least", sr_number(p, most, 1), sr_number(p, wanted, 1));
  return NULL;
}

// How long a solved movement holds without feedback.
static const char *drift(sr_page *p, const char *text)
{
  double percent;
  if (sscanf(text, "followed forward in time without feedback the movement lasts for %lf%%", &percent) != 1)
    return NULL;
  return sr_say_with(p, "told.drift", sr_number(p, percent, 0), "");
}

// "greatest rise: the greatest torque of the left leg was not found"
static const char *no_torque(sr_page *p, const char *text)
{
  char pose[64], side[8];
  int end = 0;
  if (sscanf(text, "%63[^:]: the greatest torque of the %7s leg was not found%n", pose, side, &end) != 2 || end == 0)
    return NULL;
  return sr_say_with(p, side[0] == 'l' ? "told.no_torque_left" : "told.no_torque_right", sr_told(p, pose), "");
}

// How a walk was found or not: another gait, a mesh that is too coarse.
static const char *walk_found(sr_page *p, const char *text)
{
  double percent, intervals, error, allowed;
  if (sscanf(text,
             "another walk than the one before leads to, and %lf%% cheaper: part of the change is the change of gait",
             &percent) == 1)
    return sr_say_with(p, "told.another_walk", sr_number(p, percent, 1), "");
  if (sscanf(text, "a mesh of %lf intervals leaves an error of %lf in the movement (allowed: %lf)", &intervals, &error,
             &allowed) == 3)
    return sr_say_with(p, "told.mesh", sr_number(p, intervals, 0),
                       sr_say_with(p, "told.of_allowed", sr_arena_printf(p->keep, "%.2g", error),
                                   sr_arena_printf(p->keep, "%.2g", allowed)));
  return NULL;
}

// "force balance of soleus_r" in words: the kind of condition and what it is about.
static const char *condition(sr_page *p, const char *name)
{
  static const char *const about[] = {"equation of motion of ", "equilibrium of ",        "force balance of ",
                                      "slowest activation of ", "fastest activation of ", "periodic "};
  for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
    const size_t n = strlen(about[i]);
    if (strncmp(name, about[i], n) != 0) continue;
    const char *id = sr_arena_printf(p->keep, "about.%.*s", (int)n - 1, about[i]);
    return sr_say_with(p, id, quantity(p, name + n), "");
  }
  const char *known = sr_string_translate(p->lang, name);
  return known != NULL ? known : with_parts_named(p, name);
}

// "defect of ankle_angle_r speed at 43% of the movement: 0.02 (allowed 1e-06)": what a solve left violated most.
static const char *violated(sr_page *p, const char *text)
{
  static const char *const kind[] = {"defect of ", "path constraint ", "end condition ", "constraint "};
  const char *colon = strrchr(text, ':');
  double by, allowed, percent;
  if (colon == NULL || sscanf(colon, ": %lf (allowed %lf)", &by, &allowed) != 2) return with_parts_named(p, text);
  char *name = sr_arena_printf(p->keep, "%.*s", (int)(colon - text), text), *at = strstr(name, " at ");
  const bool has_place = at != NULL && sscanf(at, " at %lf%% of the movement", &percent) == 1;
  if (has_place) *at = '\0';
  for (size_t i = 0; i < sizeof kind / sizeof *kind; i++)
    if (strncmp(name, kind[i], strlen(kind[i])) == 0) name += strlen(kind[i]);
  const char *what = strncmp(text, kind[0], strlen(kind[0])) == 0 ? sr_say_with(p, "told.defect", quantity(p, name), "")
                                                                  : condition(p, name);
  if (has_place) what = sr_say_with(p, "told.place", what, sr_number(p, percent, 0));
  return sr_say_with(
      p, "told.by", what,
      sr_say_with(p, "told.allowed", sr_arena_printf(p->keep, "%.2g", by), sr_arena_printf(p->keep, "%.2g", allowed)));
}

// "[posture: ]iteration limit reached[; largest violated: ...]": how a solve ended.
static const char *outcome(sr_page *p, const char *text)
{
  static const char middle[] = "; largest violated: ";
  const char *at = strstr(text, middle), *worst = at != NULL ? at + strlen(middle) : "none";
  const int length = at != NULL ? (int)(at - text) : (int)strlen(text);
  const char *end = sr_arena_printf(p->keep, "%.*s", length, text), *colon = strstr(end, ": ");
  const char *status = sr_string_translate(p->lang, colon != NULL ? colon + 2 : end);
  if (status == NULL) return NULL;
  if (colon != NULL)
    status = sr_arena_printf(p->keep, "%s%s%s", sr_told(p, sr_arena_printf(p->keep, "%.*s", (int)(colon - end), end)),
                             sr_say(p, "colon"), status);
  return strcmp(worst, "none") == 0 ? status : sr_say_with(p, "told.outcome", status, violated(p, worst));
}

// How often the load of the muscles had to be carried on.
static const char *lost_walk(sr_page *p, const char *text)
{
  double times;
  if (sscanf(text, "At %lf times no walk was found", &times) != 1) return NULL;
  return sr_say_with(p, "told.lost_walk", sr_number(p, times, 0), "");
}

// Since when the model of weight is asked for more than it knows.
static const char *outside(sr_page *p, const char *text)
{
  double week;
  if (sscanf(text, "From week %lf on the body is outside", &week) != 1) return NULL;
  return sr_say_with(p, "told.outside", sr_number(p, week, 2), "");
}

// A letter that begins a sentence.
static const char *begun(sr_page *p, const char *text)
{
  char *s = sr_arena_strdup(p->keep, text);
  if (s[0] >= 'a' && s[0] <= 'z') s[0] = (char)(s[0] - 'a' + 'A');
  return s;
}

const char *sr_told(sr_page *p, const char *text)
{
  if (text == NULL || text[0] == '\0') return "";
  const char *known = sr_string_translate(p->lang, text);
  if (known != NULL) return begun(p, known);
  known = bound(p, text);
  if (known == NULL) known = range_end(p, text);
  if (known == NULL) known = posture(p, p->keep, text);
  if (known == NULL) known = lacking(p, text);
  if (known == NULL) known = raises(p, text);
  if (known == NULL) known = most_possible(p, text);
  if (known == NULL) known = drift(p, text);
  if (known == NULL) known = no_torque(p, text);
  if (known == NULL) known = walk_found(p, text);
  if (known == NULL) known = lost_walk(p, text);
  if (known == NULL) known = outside(p, text);
  if (known == NULL) known = outcome(p, text);
  if (known != NULL) return known;
  const char *words = with_parts_named(p, text), *end = text + strcspn(text, " :;,.");
  // an identifier stays as it is written
  return memchr(text, '_', (size_t)(end - text)) == NULL ? begun(p, words) : words;
}
