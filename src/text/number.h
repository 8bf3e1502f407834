// Numbers as text, alike in every file and on the command line.
#ifndef SR_TEXT_NUMBER_H
#define SR_TEXT_NUMBER_H
#include <stdbool.h>

// A plain decimal number and nothing around it: no blanks, no hexadecimal, no inf, no nan, nothing beyond a double.
bool sr_number_read(const char *text, double *out);
// The fewest digits that read back to the same double; nan, inf or -inf where it is none.
void sr_number_print(double value, char out[32]);
#endif
