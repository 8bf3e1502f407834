// UTF-8 after Unicode 15, section 3.9.
#include "text/utf8.h"

#include <stdbool.h>
#include <string.h>

static bool is_tail(unsigned char c)
{
  return (c & 0xC0) == 0x80;
}

// Well-formed byte sequences: the second byte has a narrower range after E0, ED, F0 and F4 (Unicode 15, table 3-7).
int sr_utf8_length(const char *s, size_t n)
{
  const unsigned char *u = (const unsigned char *)s;
  if (n == 0) return 0;
  if (u[0] < 0x80) return 1;
  if (u[0] < 0xC2 || u[0] > 0xF4) return 0;
  const int length = u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 4;
  if (n < (size_t)length) return 0;
  const unsigned char low = u[0] == 0xE0 ? 0xA0 : u[0] == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = u[0] == 0xED ? 0x9F : u[0] == 0xF4 ? 0x8F : 0xBF;
  if (u[1] < low || u[1] > high) return 0;
  for (int i = 2; i < length; i++)
    if (!is_tail(u[i])) return 0;
  return length;
}

size_t sr_utf8_check(const char *text, size_t size)
{
  size_t i = 0;
  while (i < size) {
    const int length = sr_utf8_length(text + i, size - i);
    if (length == 0) return i;
    i += (size_t)length;
  }
  return size;
}

int sr_utf8_put(unsigned long code, char out[4])
{
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0;
  const int length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  static const unsigned char lead[5] = {0, 0x00, 0xC0, 0xE0, 0xF0};
  for (int i = length - 1; i > 0; i--, code >>= 6) out[i] = (char)(0x80 | (code & 0x3F));
  out[0] = (char)(lead[length] | code);
  return length;
}

sr_quote sr_utf8_quote(const char *s, size_t n)
{
  sr_quote q = {{0}};
  size_t at = 0;
  while (at < n && (unsigned char)s[at] >= 0x20) {
    const int length = sr_utf8_length(s + at, n - at);
    if (length == 0) break;
    if (at + (size_t)length > 40) {
      memcpy(q.text + at, "...", 4);
      return q;
    }
    memcpy(q.text + at, s + at, (size_t)length);
    at += (size_t)length;
  }
  return q;
}
