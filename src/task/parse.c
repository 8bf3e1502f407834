// Tasks as people write them: name[:key=value,...].
#include <stdio.h>
#include <string.h>

#include "task/task.h"
#include "text/number.h"
#include "text/utf8.h"

// Keys and what they may be; a key that says the same as another one (speed and speed_m_s) may not stand beside it.
#define KEYS(ROW)                             \
  ROW(LEGS, "legs", "left, right or both")    \
  ROW(LEG, "leg", "left or right")            \
  ROW(KNEE, "knee_deg", "")                   \
  ROW(SPEED_M_S, "speed_m_s", "")             \
  ROW(SPEED, "speed", "preferred or fastest") \
  ROW(SLOPE, "slope_percent", "")             \
  ROW(RATE, "rate_hz", "")                    \
  ROW(HEIGHT, "height", "greatest")           \
  ROW(REPEAT, "repeat", "yes or no")
#define KEY_ENUM(id, name, words) id,
typedef enum key { KEYS(KEY_ENUM) NKEY } key;
#define KEY_ROW(id, name, words) {name, words},
static const struct {
  const char *name, *words;
} key_of[] = {KEYS(KEY_ROW)};

#define BIT(k) (1u << (unsigned)(k))

// What each task takes (keys), and what it is without any key.
static const struct {
  const char *name;
  unsigned keys;
  double slowest, fastest;  // speeds that make sense [m/s]
  sr_task usual;
} family[] = {
    [SR_TASK_STAND] = {.name = "stand", .keys = BIT(KNEE), .usual = {.legs = 3}},
    [SR_TASK_HEEL_RAISE] = {.name = "heel_raise", .keys = BIT(LEGS) | BIT(KNEE) | BIT(REPEAT), .usual = {.legs = 3}},
    [SR_TASK_WALK] = {.name = "walk",
                      .keys = BIT(SPEED_M_S) | BIT(SPEED) | BIT(SLOPE),
                      .slowest = 0.3,
                      .fastest = 2.5,
                      .usual = {.legs = 3, .speed_m_s = 1.33}},
    [SR_TASK_RUN] = {.name = "run",
                     .keys = BIT(SPEED_M_S) | BIT(SPEED) | BIT(SLOPE),
                     .slowest = 1.5,
                     .fastest = 8.0,
                     .usual = {.legs = 3, .speed_m_s = 3.0}},
    [SR_TASK_HOP] = {.name = "hop", .keys = BIT(LEGS) | BIT(RATE) | BIT(HEIGHT), .usual = {.legs = 3, .rate_hz = 2.2}},
    [SR_TASK_JUMP] = {.name = "jump", .keys = BIT(LEGS), .usual = {.legs = 3}},
    [SR_TASK_KICK] = {.name = "kick", .keys = BIT(LEG), .usual = {.legs = 2}}};
enum { NFAMILY = sizeof family / sizeof *family };

// A text that is being read: the task so far, and which of its keys have been given.
typedef struct reader {
  const char *text;
  sr_task *task;
  unsigned given;
  sr_error *err;
} reader;

static sr_quote quote(const char *s)
{
  return sr_utf8_quote(s, strlen(s));
}

#define bad(r, ...) sr_fail((r)->err, SR_BAD_VALUE, __VA_ARGS__)

static bool read_number(const reader *r, key k, const char *value, double lo, double hi, double *out)
{
  double x;
  if (!sr_number_read(value, &x) || !(x >= lo && x <= hi))
    return bad(r, "task '%s': %s '%s' must be a number from %g to %g", r->text, key_of[k].name, quote(value).text, lo,
               hi);
  *out = x == 0.0 ? 0.0 : x;  // -0 is 0
  return true;
}

// The place of a value in a list of words.
static bool read_word(const reader *r, key k, const char *value, const char *const *list, int n, int *out)
{
  for (int i = 0; i < n; i++)
    if (strcmp(value, list[i]) == 0) {
      *out = i;
      return true;
    }
  return bad(r, "task '%s': %s must be %s, not '%s'", r->text, key_of[k].name, key_of[k].words, quote(value).text);
}

static bool read_value(const reader *r, key k, const char *value)
{
  static const char *const legs[] = {"left", "right", "both"}, *const speed[] = {"preferred", "fastest"},
                           *const height[] = {"greatest"}, *const yes[] = {"no", "yes"};
  sr_task *t = r->task;
  int i = 0;
  switch (k) {
    case LEGS:
    case LEG:
      if (!read_word(r, k, value, legs, k == LEG ? 2 : 3, &i)) return false;
      t->legs = i + 1;
      return true;
    case KNEE:
      return read_number(r, k, value, 0.0, 100.0, &t->knee_deg);
    case SPEED_M_S:
      return read_number(r, k, value, family[t->family].slowest, family[t->family].fastest, &t->speed_m_s);
    case SPEED:
      if (!read_word(r, k, value, speed, 2, &i)) return false;
      if (i == 0 && t->family == SR_TASK_RUN)
        return bad(r, "task '%s': run has no preferred speed; speed must be fastest", r->text);
      t->speed = i == 0 ? SR_SPEED_PREFERRED : SR_SPEED_FASTEST;
      return true;
    case SLOPE:
      return read_number(r, k, value, -20.0, 20.0, &t->slope_percent);
    case RATE:
      return read_number(r, k, value, 1.0, 4.0, &t->rate_hz);
    case HEIGHT:
      t->rate_hz = 0.0;
      return read_word(r, k, value, height, 1, &i);
    case REPEAT:
      if (!read_word(r, k, value, yes, 2, &i)) return false;
      t->repeat = i == 1;
      return true;
    case NKEY:
      break;
  }
  return false;
}

// The keys of a set, for people.
static const char *list_keys(unsigned set, char out[128])
{
  size_t n = 0;
  out[0] = '\0';
  for (int k = 0; k < NKEY; k++)
    if ((set & BIT(k)) != 0) n += (size_t)snprintf(out + n, 128 - n, "%s%s", n > 0 ? ", " : "", key_of[k].name);
  return out;
}

// Two ways to say one thing.
static unsigned rivals(key k)
{
  if (k == SPEED || k == SPEED_M_S) return BIT(SPEED) | BIT(SPEED_M_S);
  if (k == RATE || k == HEIGHT) return BIT(RATE) | BIT(HEIGHT);
  return BIT(k);
}

static bool read_option(reader *r, char *option)
{
  char *equals = strchr(option, '='), room[128];
  if (equals == NULL) return bad(r, "task '%s': '%s' must be key=value", r->text, quote(option).text);
  *equals = '\0';
  const unsigned keys = family[r->task->family].keys;
  for (int k = 0; k < NKEY; k++) {
    if (strcmp(option, key_of[k].name) != 0) continue;
    if ((keys & BIT(k)) == 0) break;
    if ((r->given & BIT(k)) != 0) return bad(r, "task '%s': %s is given twice", r->text, option);
    if ((r->given & rivals((key)k)) != 0)
      return bad(r, "task '%s': only one of %s may be given", r->text, list_keys(rivals((key)k), room));
    r->given |= BIT(k);
    return read_value(r, (key)k, equals + 1);
  }
  return bad(r, "task '%s': unknown key '%s'; allowed: %s", r->text, quote(option).text, list_keys(keys, room));
}

// Every piece between commas, an empty one too.
static bool read_options(reader *r, char *options)
{
  while (options != NULL) {
    char *comma = strchr(options, ',');
    if (comma != NULL) *comma++ = '\0';
    if (!read_option(r, options)) return false;
    options = comma;
  }
  return true;
}

// All tasks, for people: "stand, heel_raise and walk".
static const char *list_families(char out[128])
{
  size_t n = 0;
  for (int i = 0; i < NFAMILY; i++)
    n += (size_t)snprintf(out + n, 128 - n, "%s%s", family[i].name,
                          i < NFAMILY - 2    ? ", "
                          : i == NFAMILY - 2 ? " and "
                                             : "");
  return out;
}

static bool read_family(const reader *r, const char *name)
{
  char room[128];
  for (int i = 0; i < NFAMILY; i++)
    if (strcmp(name, family[i].name) == 0) {
      *r->task = family[i].usual;
      r->task->family = (sr_task_family)i;
      return true;
    }
  if (strcmp(name, "turn") == 0)  // in the contract, but it needs a body that is not planar
    return bad(r, "task '%s' is not built yet; there are %s", name, list_families(room));
  return bad(r, "unknown task '%s'; there are %s", quote(name).text, list_families(room));
}

// One more key=value of a canonical text.
static void write_pair(sr_task *t, key k, const char *value)
{
  const size_t n = strlen(t->key);
  snprintf(t->key + n, sizeof t->key - n, "%s%s=%s", strchr(t->key, ':') == NULL ? ":" : ",", key_of[k].name, value);
}

static void write_number(sr_task *t, key k, double value)
{
  char text[32];
  sr_number_print(value, text);
  write_pair(t, k, text);
}

// The canonical text, so that two tasks are the same where their keys are: what decides a movement always, the rest
// where it is not as usual.
static void write_key(sr_task *t)
{
  static const char *const legs[] = {"", "left", "right", "both"};
  const unsigned keys = family[t->family].keys;
  snprintf(t->key, sizeof t->key, "%s", family[t->family].name);
  if ((keys & BIT(LEGS)) != 0) write_pair(t, LEGS, legs[t->legs]);
  if ((keys & BIT(LEG)) != 0) write_pair(t, LEG, legs[t->legs]);
  if ((keys & BIT(KNEE)) != 0 && (t->family == SR_TASK_HEEL_RAISE || t->knee_deg > 0.0))
    write_number(t, KNEE, t->knee_deg);
  if (t->speed != SR_SPEED_GIVEN)
    write_pair(t, SPEED, t->speed == SR_SPEED_PREFERRED ? "preferred" : "fastest");
  else if ((keys & BIT(SPEED_M_S)) != 0)
    write_number(t, SPEED_M_S, t->speed_m_s);
  if (t->slope_percent != 0.0) write_number(t, SLOPE, t->slope_percent);
  if ((keys & BIT(HEIGHT)) != 0 && t->rate_hz == 0.0)
    write_pair(t, HEIGHT, "greatest");
  else if ((keys & BIT(RATE)) != 0)
    write_number(t, RATE, t->rate_hz);
  if (t->repeat) write_pair(t, REPEAT, "yes");
}

bool sr_task_is_gait(const sr_task *t)
{
  return t->family == SR_TASK_WALK || t->family == SR_TASK_RUN;
}

bool sr_task_has_rivals(const sr_task *t)
{
  return sr_task_is_gait(t) && t->speed != SR_SPEED_PREFERRED;
}

bool sr_task_parse(const char *text, sr_task *out, sr_error *err)
{
  char copy[128];
  *out = (sr_task){0};
  reader r = {.text = text, .task = out, .err = err};
  if (strlen(text) >= sizeof copy) return bad(&r, "task '%.40s...' is too long", text);
  snprintf(copy, sizeof copy, "%s", text);
  char *options = strchr(copy, ':');
  if (options != NULL) *options++ = '\0';
  if (!read_family(&r, copy) || !read_options(&r, options)) return false;
  write_key(out);
  return true;
}
