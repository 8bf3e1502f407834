// Small nonlinear programs with known answers, for tests. Most are of W. Hock, K. Schittkowski, "Test examples for
// nonlinear programming codes", LNEMS 187, 1981: their numbers, starts and answers.
#ifndef SR_NLP_HS_PROBLEMS_H
#define SR_NLP_HS_PROBLEMS_H

enum { HS_VAR_MOST = 16, HS_CON_MOST = 64 };

typedef struct hs_problem {
  const char *name, *start;
  const char *best;     // least value of the cost
  const char *also;     // values at other local minima, which are answers too; NULL where none is known or reached
  const char *program;  // as formula.h reads it
} hs_problem;

extern const hs_problem hs_problems[];
extern const int hs_problem_count;
#endif
