// XML with indentation.
#include "load/osim_xml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text/number.h"

static void indent(sr_xml *x)
{
  for (int i = 0; i < x->depth; i++) sr_text_append(x->out, "\t", 1);
}

// A text as XML holds it (XML 1.0, 2.4).
static void escaped(sr_text *out, const char *s)
{
  for (; *s; s++) {
    const char *as = *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : *s == '>' ? "&gt;" : *s == '"' ? "&quot;" : NULL;
    if (as != NULL)
      sr_text_append(out, as, strlen(as));
    else
      sr_text_append(out, (unsigned char)*s < 0x20 ? "_" : s, 1);
  }
}

void sr_xml_open(sr_xml *x, const char *tag, const char *name)
{
  SR_ASSERT(x->depth < (int)(sizeof x->open / sizeof *x->open));
  indent(x);
  sr_text_print(x->out, "<%s", tag);
  if (name != NULL) {
    sr_text_print(x->out, " name=\"");
    escaped(x->out, name);
    sr_text_print(x->out, "\"");
  }
  sr_text_print(x->out, ">\n");
  x->open[x->depth++] = tag;
}

void sr_xml_close(sr_xml *x)
{
  SR_ASSERT(x->depth > 0);
  const char *tag = x->open[--x->depth];
  indent(x);
  sr_text_print(x->out, "</%s>\n", tag);
}

// What vsnprintf would write, in the arena of the text.
static const char *printed(sr_xml *x, const char *format, va_list args)
{
  va_list again;
  va_copy(again, args);
  const int n = vsnprintf(NULL, 0, format, args);
  SR_ASSERT(n >= 0);
  char *text = sr_alloc(x->out->arena, char, n + 1);
  vsnprintf(text, (size_t)n + 1, format, again);
  va_end(again);
  return text;
}

void sr_xml_word(sr_xml *x, const char *tag, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  const char *text = printed(x, format, args);
  va_end(args);
  indent(x);
  sr_text_print(x->out, "<%s>", tag);
  escaped(x->out, text);
  sr_text_print(x->out, "</%s>\n", tag);
}

void sr_xml_numbers(sr_xml *x, const char *tag, const double *value, int n)
{
  indent(x);
  sr_text_print(x->out, "<%s>", tag);
  for (int i = 0; i < n; i++) {
    char word[32];
    sr_number_print(value[i], word);
    sr_text_print(x->out, "%s%s", i ? " " : "", word);
  }
  sr_text_print(x->out, "</%s>\n", tag);
}

void sr_xml_number(sr_xml *x, const char *tag, double value)
{
  sr_xml_numbers(x, tag, &value, 1);
}

// A comment may hold no double hyphen (XML 1.0, 2.5).
void sr_xml_comment(sr_xml *x, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  const char *text = printed(x, format, args);
  va_end(args);
  SR_ASSERT(strstr(text, "--") == NULL);
  indent(x);
  sr_text_print(x->out, "<!--%s-->\n", text);
}
