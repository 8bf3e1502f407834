// Nonlinear programs as a book prints them, for tests: one text gives the program, with exact derivatives by `expr`.
//
//   "min x1*x4*(x1 + x2 + x3) + x3; x1*x2*x3*x4 >= 25; x1^2 + x2^2 + x3^2 + x4^2 = 40; 1 <= x <= 5"
// The cost, then relations. An unknown alone between numbers is given bounds, anything else is a constraint; `x` is
// every unknown, and things with commas between them share their bounds. Known are + - * / ^, a number as power, pi,
// and the functions of one argument of `expr`.
#ifndef SR_NLP_FORMULA_H
#define SR_NLP_FORMULA_H
#include "nlp/nlp.h"

double sr_formula_number(const char *text);                      // without unknowns: "-sqrt(3)/2 - pi/3"
int sr_formula_list(const char *text, double *value, int most);  // "0 1.05 2.9": their count
sr_nlp sr_formula_program(const char *text, int nvar, sr_arena *keep);
#endif
