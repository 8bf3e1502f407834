// UTF-8: the check every text file goes through, one character out, and a short quotation for messages.
#ifndef SR_TEXT_UTF8_H
#define SR_TEXT_UTF8_H
#include <stddef.h>

// Length of the well-formed character at s (1..4), 0 if there is none within n bytes. Overlong forms, surrogates and
// codes above U+10FFFF are not well-formed (Unicode 15, table 3-7).
int sr_utf8_length(const char *s, size_t n);
// Place of the first byte that belongs to no well-formed character; `size` if all is well.
size_t sr_utf8_check(const char *text, size_t size);
// Writes the character `code` (a Unicode scalar value) and gives its length, 0 if `code` is none.
int sr_utf8_put(unsigned long code, char out[4]);

// The start of s, at most 40 bytes and never past the end of a line, for quoting in a message; "..." marks a cut.
typedef struct sr_quote {
  char text[48];
} sr_quote;
sr_quote sr_utf8_quote(const char *s, size_t n);
#endif
