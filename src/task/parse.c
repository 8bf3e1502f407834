// Tasks as people write them: name[:key=value,...].
#include <stdio.h>
#include <string.h>

#include "task/task.h"
#include "text/number.h"
#include "text/utf8.h"

// What each task takes, and what the contract knows of it but this version does not.
static const struct {
  const char *name, *later[3];
  bool has_legs, has_knee, has_speed;
} family[] = {[SR_TASK_STAND] = {.name = "stand", .has_knee = true},
              [SR_TASK_HEEL_RAISE] = {.name = "heel_raise", .later = {"repeat"}, .has_legs = true, .has_knee = true},
              [SR_TASK_WALK] = {.name = "walk", .later = {"speed", "slope_percent"}, .has_speed = true}};
enum { NFAMILY = sizeof family / sizeof *family };

// A text that is being read: the task so far, and which of its keys have been given.
typedef struct reader {
  const char *text;
  sr_task *task;
  bool has_legs, has_knee, has_speed;
  sr_error *err;
} reader;

static sr_quote quote(const char *s)
{
  return sr_utf8_quote(s, strlen(s));
}

#define bad(r, ...) sr_fail((r)->err, SR_BAD_VALUE, __VA_ARGS__)

static bool read_number(const reader *r, const char *key, const char *value, double lo, double hi, double *out)
{
  double x;
  if (!sr_number_read(value, &x) || !(x >= lo && x <= hi))
    return bad(r, "task '%s': %s '%s' must be a number from %g to %g", r->text, key, quote(value).text, lo, hi);
  *out = x == 0.0 ? 0.0 : x;  // -0 is 0
  return true;
}

static bool read_legs(const reader *r, const char *value)
{
  static const char *const name[] = {"left", "right", "both"};
  for (int i = 0; i < 3; i++)
    if (strcmp(value, name[i]) == 0) {
      r->task->legs = i + 1;
      return true;
    }
  return bad(r, "task '%s': legs must be left, right or both, not '%s'", r->text, quote(value).text);
}

static bool is_first(const reader *r, const char *key, bool *is_given)
{
  if (*is_given) return bad(r, "task '%s': %s is given twice", r->text, key);
  *is_given = true;
  return true;
}

static bool unknown_key(const reader *r, const char *key)
{
  const sr_task_family f = r->task->family;
  const char *allowed = family[f].has_speed ? "speed_m_s" : family[f].has_legs ? "legs, knee_deg" : "knee_deg";
  for (int i = 0; family[f].later[i] != NULL; i++)
    if (strcmp(key, family[f].later[i]) == 0)
      return bad(r, "task '%s': '%s' is not built yet; allowed: %s", r->text, key, allowed);
  return bad(r, "task '%s': unknown key '%s'; allowed: %s", r->text, quote(key).text, allowed);
}

static bool read_option(reader *r, char *option)
{
  char *equals = strchr(option, '=');
  if (equals == NULL) return bad(r, "task '%s': '%s' must be key=value", r->text, quote(option).text);
  *equals = '\0';
  const char *key = option, *value = equals + 1;
  sr_task *t = r->task;
  if (family[t->family].has_legs && strcmp(key, "legs") == 0)
    return is_first(r, key, &r->has_legs) && read_legs(r, value);
  if (family[t->family].has_knee && strcmp(key, "knee_deg") == 0)
    return is_first(r, key, &r->has_knee) && read_number(r, key, value, 0.0, 100.0, &t->knee_deg);
  if (family[t->family].has_speed && strcmp(key, "speed_m_s") == 0)
    return is_first(r, key, &r->has_speed) && read_number(r, key, value, 0.3, 2.5, &t->speed_m_s);
  return unknown_key(r, key);
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

static bool read_family(const reader *r, const char *name)
{
  static const char *const later[] = {"run", "hop", "jump", "kick", "turn"};
  for (int i = 0; i < NFAMILY; i++)
    if (strcmp(name, family[i].name) == 0) {
      r->task->family = (sr_task_family)i;
      return true;
    }
  for (size_t i = 0; i < sizeof later / sizeof *later; i++)
    if (strcmp(name, later[i]) == 0)
      return bad(r, "task '%s' is not built yet; there are stand, heel_raise and walk", name);
  return bad(r, "unknown task '%s'; there are stand, heel_raise and walk", quote(name).text);
}

// The canonical text, so that two tasks are the same where their keys are.
static void write_key(sr_task *t)
{
  static const char *const legs[] = {"", "left", "right", "both"};
  char knee[32], speed[32];
  sr_number_print(t->knee_deg, knee);
  sr_number_print(t->speed_m_s, speed);
  const char *name = family[t->family].name;
  if (t->family == SR_TASK_STAND && t->knee_deg > 0.0)
    snprintf(t->key, sizeof t->key, "%s:knee_deg=%s", name, knee);
  else if (t->family == SR_TASK_STAND)
    snprintf(t->key, sizeof t->key, "%s", name);
  else if (t->family == SR_TASK_HEEL_RAISE)
    snprintf(t->key, sizeof t->key, "%s:legs=%s,knee_deg=%s", name, legs[t->legs], knee);
  else
    snprintf(t->key, sizeof t->key, "%s:speed_m_s=%s", name, speed);
}

bool sr_task_parse(const char *text, sr_task *out, sr_error *err)
{
  char copy[128];
  *out = (sr_task){.legs = 3, .speed_m_s = 1.33};
  reader r = {.text = text, .task = out, .err = err};
  if (strlen(text) >= sizeof copy) return bad(&r, "task '%.40s...' is too long", text);
  snprintf(copy, sizeof copy, "%s", text);
  char *options = strchr(copy, ':');
  if (options != NULL) *options++ = '\0';
  if (!read_family(&r, copy) || !read_options(&r, options)) return false;
  write_key(out);
  return true;
}
