// Our solver and IPOPT on the programs of src/nlp/hs_problems.c, as CSV: what tools/validation_solver.py summarises.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "nlp/formula.h"
#include "nlp/hs_problems.h"

static const double tolerance = 1e-9;

static void print_solve(const hs_problem *q, const char *name, sr_nlp_solver *solver)
{
  double x[HS_VAR_MOST];
  sr_arena *arena = sr_arena_new();
  const sr_nlp p = sr_formula_program(q->program, sr_formula_list(q->start, x, HS_VAR_MOST), arena);
  sr_nlp_options o = sr_nlp_options_default();
  o.tol = o.constraint_tol = tolerance;
  o.solver = solver;
  const sr_nlp_result r = sr_nlp_solve(&p, &o, x, NULL, NULL, NULL);
  printf("%s,%s,%d,%d,%s,%d,%d,%.12g,%.12g,%.3g,%s\n", q->name, name, p.nvar, p.ncon,
         r.status == SR_NLP_SOLVED ? "solved" : "not solved", r.iterations, r.factorisations, r.objective,
         sr_formula_number(q->best), r.violation, q->also ? q->also : "");
  sr_arena_free(arena);
}

int main(void)
{
  puts("problem,solver,nvar,ncon,status,iterations,factorisations,cost,best,violation,also");
  for (int k = 0; k < hs_problem_count; k++) {
    print_solve(&hs_problems[k], "ours", NULL);
    print_solve(&hs_problems[k], "IPOPT", sr_nlp_solve_ipopt);
  }
  return 0;
}
