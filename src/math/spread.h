// How an unknown number is spread, and its value at a probability.
#ifndef SR_MATH_SPREAD_H
#define SR_MATH_SPREAD_H

typedef enum sr_spread_kind {
  SR_SPREAD_NONE,  // known: its value is a
  SR_SPREAD_NORMAL,
  SR_SPREAD_LOGNORMAL,
  SR_SPREAD_UNIFORM
} sr_spread_kind;

typedef struct sr_spread {
  sr_spread_kind kind;
  double a, b;       // as below
  double low, high;  // ends of uniform
} sr_spread;
sr_spread sr_spread_none(double value);
sr_spread sr_spread_normal(double mean, double sd);          // sd > 0
sr_spread sr_spread_lognormal(double median, double sdlog);  // median > 0; sdlog > 0, of the natural logarithm
sr_spread sr_spread_uniform(double low, double high);        // low < high

// x with probability u of a value below it; 0 < u < 1. Rises with u.
double sr_spread_value(const sr_spread *s, double u);

// Of a list of n numbers those that are not known, in its order: how many, where each stands in the list, and the list
// at a point of their set (u: one probability for each). Known numbers are left as they are.
int sr_spread_nunknown(const sr_spread *list, int n);
int sr_spread_unknown(const sr_spread *list, int n, int unknown);
void sr_spread_draw(const sr_spread *list, int n, const double *u, double *value);

// Of the standard normal.
double sr_normal_value(double u);
#endif
