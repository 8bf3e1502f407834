#include "nlp/formula.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expr/expr.h"

enum { LIST_MOST = 16, RELATION_MOST = 64 };

// What is left to read, and the unknowns x_1 .. x_n; x[n] stands for `x` alone.
typedef struct reader {
  const char *at;
  sr_graph *graph;
  const sr_ex *x;
  int nvar;
} reader;

static sr_ex sum(reader *r);

// A text that is no formula is a bug of the test.
static void expect(const reader *r, bool is_good, const char *what)
{
  if (!is_good) fprintf(stderr, "formula: expected %s at '%s'\n", what, r->at);
  SR_ASSERT(is_good);
}

static bool is_at_end(reader *r)
{
  while (isspace((unsigned char)*r->at)) r->at++;
  return *r->at == '\0';
}

static bool take(reader *r, const char *word)
{
  if (is_at_end(r)) return false;
  const size_t n = strlen(word);
  if (strncmp(r->at, word, n) != 0) return false;
  r->at += n;
  return true;
}

static double number(reader *r)
{
  char *end;
  const double value = strtod(r->at, &end);
  expect(r, end > r->at, "a number");
  r->at = end;
  return value;
}

static sr_ex unknown(reader *r)
{
  if (!isdigit((unsigned char)*r->at)) return r->x[r->nvar];
  const int i = (int)number(r);
  expect(r, i >= 1 && i <= r->nvar, "an unknown of the problem before");
  return r->x[i - 1];
}

static sr_ex atom(reader *r)
{
  static const struct {
    const char *name;
    sr_ex (*of)(sr_ex);
  } function[] = {{"sqrt(", sr_sqrt}, {"exp(", sr_exp},   {"log(", sr_log},     {"sin(", sr_sin}, {"cos(", sr_cos},
                  {"tanh(", sr_tanh}, {"atan(", sr_atan}, {"asinh(", sr_asinh}, {"(", NULL}};
  for (size_t i = 0; i < sizeof function / sizeof *function; i++) {
    if (!take(r, function[i].name)) continue;
    const sr_ex inner = sum(r);
    expect(r, take(r, ")"), "')'");
    return function[i].of ? function[i].of(inner) : inner;
  }
  if (take(r, "pi")) return sr_const(r->graph, acos(-1.0));
  return take(r, "x") ? unknown(r) : sr_const(r->graph, number(r));
}

// a^k: products where k is whole, exp(k log a) otherwise
static sr_ex power(sr_ex a, double k)
{
  if (k < 0.0) return sr_inv(power(a, -k));
  if (k != floor(k)) return sr_exp(sr_scale(sr_log(a), k));
  if (k == 0.0) return sr_const(a.g, 1.0);
  if (fmod(k, 2.0) == 1.0) return k == 1.0 ? a : sr_mul(a, power(a, k - 1.0));
  return sr_sq(power(a, 0.5 * k));
}

static sr_ex factor(reader *r)
{
  if (take(r, "-")) return sr_neg(factor(r));
  const sr_ex base = atom(r);
  return take(r, "^") ? power(base, number(r)) : base;
}

static sr_ex product(reader *r)
{
  sr_ex y = factor(r);
  for (;;) {
    if (take(r, "*"))
      y = sr_mul(y, factor(r));
    else if (take(r, "/"))
      y = sr_div(y, factor(r));
    else
      return y;
  }
}

static sr_ex sum(reader *r)
{
  sr_ex y = product(r);
  for (;;) {
    if (take(r, "+"))
      y = sr_add(y, product(r));
    else if (take(r, "-"))
      y = sr_sub(y, product(r));
    else
      return y;
  }
}

double sr_formula_number(const char *text)
{
  sr_arena *work = sr_arena_new();
  reader r = {.at = text, .graph = sr_graph_new(work)};
  double value = (double)NAN;
  expect(&r, sr_is_const(sum(&r), &value) && is_at_end(&r), "a number and nothing after it");
  sr_arena_free(work);
  return value;
}

int sr_formula_list(const char *text, double *value, int most)
{
  reader r = {.at = text};
  int n = 0;
  while (!is_at_end(&r)) {
    expect(&r, n < most, "the end of the list");
    value[n++] = number(&r);
  }
  return n;
}

// The program, filled relation by relation.
typedef struct program {
  reader r;
  sr_ex cost, *con;
  int ncon;
  double *xl, *xu, *gl, *gu;
} program;

// One side of a relation: things with commas between them.
typedef struct side {
  int n;
  sr_ex item[LIST_MOST];
  double value;  // where it is one number
  bool is_number;
  char relation;  // to the side after it: '<' (or equal), '>', '='; 0 at the end
} side;

static side read_side(reader *r)
{
  side s = {0};
  do {
    expect(r, s.n < LIST_MOST, "fewer items");
    s.item[s.n++] = sum(r);
  } while (take(r, ","));
  s.is_number = s.n == 1 && sr_is_const(s.item[0], &s.value);
  s.relation = take(r, "<=") ? '<' : take(r, ">=") ? '>' : take(r, "=") ? '=' : '\0';
  return s;
}

static int index_of(const reader *r, sr_ex a)
{
  for (int i = 0; i <= r->nvar; i++)
    if (a.id == r->x[i].id) return i;
  return -1;
}

// lo <= item <= hi; of an unknown only what is given
static void bound(program *p, sr_ex item, double lo, double hi)
{
  const int n = p->r.nvar, i = index_of(&p->r, item), last = i == n ? n - 1 : i;
  if (i < 0) {
    expect(&p->r, p->ncon < RELATION_MOST, "fewer constraints");
    p->con[p->ncon] = item;
    p->gl[p->ncon] = lo;
    p->gu[p->ncon++] = hi;
    return;
  }
  for (int k = i == n ? 0 : i; k <= last; k++) {
    if (lo > -SR_NLP_INF) p->xl[k] = lo;
    if (hi < SR_NLP_INF) p->xu[k] = hi;
  }
}

// A chain of two or three sides, of which all but one are numbers; of two that are not, the difference is bounded by
// zero.
static void read_relation(program *p)
{
  side s[3];
  int n = 0, held = 0;
  do {
    expect(&p->r, n < 3, "at most two relations");
    s[n++] = read_side(&p->r);
  } while (s[n - 1].relation);
  expect(&p->r, n > 1, "a relation");
  if (n == 2 && !s[0].is_number && !s[1].is_number) {
    s[0].item[0] = sr_sub(s[0].item[0], s[1].item[0]);
    s[1] = (side){.is_number = true};
  }
  while (s[held].is_number) held++;
  double lo = -SR_NLP_INF, hi = SR_NLP_INF;
  for (int k = 0; k < n; k++) {
    if (k == held) continue;
    expect(&p->r, s[k].is_number && abs(k - held) == 1, "numbers beside what is bounded");
    const char relation = s[k < held ? k : held].relation;
    const bool is_below = (relation == '<') == (k < held);
    if (relation == '=' || is_below) lo = s[k].value;
    if (relation == '=' || !is_below) hi = s[k].value;
  }
  for (int i = 0; i < s[held].n; i++) bound(p, s[held].item[i], lo, hi);
}

// One of the functions of a program as a tape, NULL where there is nothing to compute.
typedef struct function {
  const sr_tape *tape;
  double *work;
} function;

// Inputs of all of them: x, the unknown that stands for all (not used), multipliers of the constraints, weight of the
// cost.
typedef struct functions {
  int nvar, ncon;
  double *in;
  function cost, gradient, con, jacobian, hessian;
} functions;

static void evaluate(const functions *f, const function *one, const double *x, double *out)
{
  memcpy(f->in, x, (size_t)f->nvar * sizeof *x);
  if (one->tape) sr_tape_eval1(one->tape, f->in, out, one->work);
}

static double objective(void *self, const double *x)
{
  const functions *f = self;
  double cost = 0.0;
  evaluate(f, &f->cost, x, &cost);
  return cost;
}

static void gradient(void *self, const double *x, double *grad)
{
  const functions *f = self;
  evaluate(f, &f->gradient, x, grad);
}

static void constraints(void *self, const double *x, double *g)
{
  const functions *f = self;
  evaluate(f, &f->con, x, g);
}

static void jacobian(void *self, const double *x, double *value)
{
  const functions *f = self;
  evaluate(f, &f->jacobian, x, value);
}

static void hessian(void *self, const double *x, double sigma, const double *lambda, double *value)
{
  const functions *f = self;
  for (int i = 0; i < f->ncon; i++) f->in[f->nvar + 1 + i] = lambda[i];
  f->in[f->nvar + 1 + f->ncon] = sigma;
  evaluate(f, &f->hessian, x, value);
}

static function function_of(const sr_graph *g, const sr_ex *out, int n, sr_arena *keep)
{
  if (n == 0) return (function){0};
  const sr_tape *tape = sr_tape_new(g, out, n, keep);
  return (function){.tape = tape, .work = sr_alloc(keep, double, sr_tape_work(tape))};
}

static function entries(const sr_graph *g, const sr_sparse *m, const int **row, const int **col, sr_arena *keep)
{
  int *r = sr_alloc(keep, int, m->nnz), *c = sr_alloc(keep, int, m->nnz);
  sr_ex *value = sr_alloc(keep, sr_ex, m->nnz);
  for (int e = 0; e < m->nnz; e++) {
    r[e] = m->at[e].row;
    c[e] = m->at[e].col;
    value[e] = m->at[e].value;
  }
  *row = r;
  *col = c;
  return function_of(g, value, m->nnz, keep);
}

// Derivatives of cost, constraints and Lagrangian.
static sr_nlp differentiate(const program *p, sr_arena *keep)
{
  sr_graph *g = p->r.graph;
  const int n = p->r.nvar, m = p->ncon;
  sr_nlp nlp = {.nvar = n, .ncon = m, .xl = p->xl, .xu = p->xu, .gl = p->gl, .gu = p->gu};
  sr_ex *grad = sr_alloc(keep, sr_ex, n), lagrangian = sr_const(g, 0.0);
  sr_gradient(p->cost, p->r.x, n, grad);
  const sr_sparse jac = sr_jacobian(g, p->con, m, keep);
  for (int i = 0; i < m; i++) lagrangian = sr_add(lagrangian, sr_mul(sr_input(g), p->con[i]));
  lagrangian = sr_add(lagrangian, sr_mul(sr_input(g), p->cost));
  const sr_sparse hes = sr_hessian_first(lagrangian, n, keep);
  functions *f = sr_alloc(keep, functions, 1);
  *f = (functions){.nvar = n, .ncon = m, .in = sr_alloc(keep, double, n + 1 + m + 1)};
  f->cost = function_of(g, &p->cost, 1, keep);
  f->gradient = function_of(g, grad, n, keep);
  f->con = function_of(g, p->con, m, keep);
  f->jacobian = entries(g, &jac, &nlp.jac_row, &nlp.jac_col, keep);
  f->hessian = entries(g, &hes, &nlp.hes_row, &nlp.hes_col, keep);
  nlp.njac = jac.nnz, nlp.nhes = hes.nnz;
  nlp.self = f;
  nlp.objective = objective, nlp.gradient = gradient;
  nlp.constraints = constraints, nlp.jacobian = jacobian;
  nlp.hessian = hessian;
  return nlp;
}

sr_nlp sr_formula_program(const char *text, int nvar, sr_arena *keep)
{
  sr_graph *g = sr_graph_new(keep);
  sr_ex *x = sr_alloc(keep, sr_ex, nvar + 1);
  program p = {.r = {.at = text, .graph = g, .x = x, .nvar = nvar}};
  p.xl = sr_alloc(keep, double, nvar), p.xu = sr_alloc(keep, double, nvar);
  p.gl = sr_alloc(keep, double, RELATION_MOST), p.gu = sr_alloc(keep, double, RELATION_MOST);
  p.con = sr_alloc(keep, sr_ex, RELATION_MOST);
  for (int i = 0; i <= nvar; i++) x[i] = sr_input(g);
  for (int i = 0; i < nvar; i++) p.xl[i] = -SR_NLP_INF, p.xu[i] = SR_NLP_INF;
  expect(&p.r, take(&p.r, "min"), "'min'");
  p.cost = sum(&p.r);
  while (take(&p.r, ";")) read_relation(&p);
  expect(&p.r, is_at_end(&p.r), "';' or the end");
  return differentiate(&p, keep);
}
