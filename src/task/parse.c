// Tasks as people write them: name[:key=value,...].
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "task/task.h"

static bool parse_number(const char *text, const char *value, double lo, double hi, double *out, sr_error *err)
{
  char *end;
  const double x = strtod(value, &end);
  if (end == value || *end != '\0' || !(x >= lo && x <= hi))
    return sr_fail(err, SR_BAD_VALUE, "task '%s': '%s' must be a number from %g to %g", text, value, lo, hi);
  *out = x;
  return true;
}

static bool parse_legs(const char *text, const char *value, int *out, sr_error *err)
{
  static const char *const name[] = {"left", "right", "both"};
  for (int i = 0; i < 3; i++)
    if (strcmp(value, name[i]) == 0) {
      *out = i + 1;
      return true;
    }
  return sr_fail(err, SR_BAD_VALUE, "task '%s': legs must be left, right or both, not '%s'", text, value);
}

static bool parse_option(const char *text, char *option, sr_task *t, sr_error *err)
{
  char *equals = strchr(option, '=');
  if (equals == NULL) return sr_fail(err, SR_BAD_VALUE, "task '%s': '%s' must be key=value", text, option);
  *equals = '\0';
  const char *key = option, *value = equals + 1;
  if (t->family == SR_TASK_HEEL_RAISE && strcmp(key, "legs") == 0) return parse_legs(text, value, &t->legs, err);
  if (t->family != SR_TASK_WALK && strcmp(key, "knee_deg") == 0)
    return parse_number(text, value, 0.0, 100.0, &t->knee_deg, err);
  if (t->family == SR_TASK_WALK && strcmp(key, "speed_m_s") == 0)
    return parse_number(text, value, 0.3, 2.5, &t->speed_m_s, err);
  const char *allowed = t->family == SR_TASK_WALK         ? "speed_m_s"
                        : t->family == SR_TASK_HEEL_RAISE ? "legs, knee_deg"
                                                          : "knee_deg";
  return sr_fail(err, SR_BAD_VALUE, "task '%s': unknown key '%s'; allowed: %s", text, key, allowed);
}

bool sr_task_parse(const char *text, sr_task *out, sr_error *err)
{
  static const char *const name[] = {"stand", "heel_raise", "walk"};
  static const char *const later[] = {"run", "hop", "jump", "kick", "turn"};
  char copy[128];
  if (strlen(text) >= sizeof copy) return sr_fail(err, SR_BAD_VALUE, "task '%.40s...' is too long", text);
  snprintf(copy, sizeof copy, "%s", text);
  char *options = strchr(copy, ':');
  if (options != NULL) *options++ = '\0';
  *out = (sr_task){.legs = 3, .speed_m_s = 1.33};
  int family = -1;
  for (int i = 0; i < 3; i++)
    if (strcmp(copy, name[i]) == 0) family = i;
  for (size_t i = 0; family < 0 && i < sizeof later / sizeof later[0]; i++)
    if (strcmp(copy, later[i]) == 0)
      return sr_fail(err, SR_BAD_VALUE, "task '%s' is not built yet; there are stand, heel_raise and walk", copy);
  if (family < 0) return sr_fail(err, SR_BAD_VALUE, "unknown task '%s'; there are stand, heel_raise and walk", copy);
  out->family = (sr_task_family)family;
  for (char *save = NULL, *o = options != NULL ? strtok_r(options, ",", &save) : NULL; o != NULL;
       o = strtok_r(NULL, ",", &save))
    if (!parse_option(text, o, out, err)) return false;
  static const char *const legs[] = {"", "left", "right", "both"};
  if (out->family == SR_TASK_STAND) snprintf(out->key, sizeof out->key, "stand");
  if (out->family == SR_TASK_STAND && out->knee_deg > 0.0)
    snprintf(out->key, sizeof out->key, "stand:knee_deg=%g", out->knee_deg);
  if (out->family == SR_TASK_HEEL_RAISE)
    snprintf(out->key, sizeof out->key, "heel_raise:legs=%s,knee_deg=%g", legs[out->legs], out->knee_deg);
  if (out->family == SR_TASK_WALK) snprintf(out->key, sizeof out->key, "walk:speed_m_s=%g", out->speed_m_s);
  return true;
}
