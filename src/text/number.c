#include "text/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_digits(const char *s)
{
  return s + strspn(s, "0123456789");
}

// [+|-] digits [. digits] [e [+|-] digits]; one side of the point may be bare.
static bool is_plain(const char *s)
{
  if (*s == '+' || *s == '-') s++;
  const char *whole = s;
  s = skip_digits(s);
  bool has_digits = s > whole;
  if (*s == '.') {
    const char *part = ++s;
    s = skip_digits(s);
    has_digits |= s > part;
  }
  if (has_digits && (*s == 'e' || *s == 'E')) {
    s += s[1] == '+' || s[1] == '-' ? 2 : 1;
    has_digits = skip_digits(s) > s;
    s = skip_digits(s);
  }
  return has_digits && *s == '\0';
}

bool sr_number_read(const char *text, double *out)
{
  if (!is_plain(text)) return false;
  const double x = strtod(text, NULL);
  if (!(x - x == 0.0)) return false;
  *out = x;
  return true;
}

// 15 digits are the most that any decimal keeps through a double, 17 bring every double back (IEEE 754-2019, 5.12.2).
void sr_number_print(double value, char out[32])
{
  if (!(value - value == 0.0)) {
    snprintf(out, 32, "%s", value > 0.0 ? "inf" : value < 0.0 ? "-inf" : "nan");
    return;
  }
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(out, 32, "%.*g", digits, value);
    if (strtod(out, NULL) == value) return;
  }
}
