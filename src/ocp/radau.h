// Radau IIA points and weights, and interpolation between them (Hairer & Wanner 1996, IV.5).
#ifndef SR_OCP_RADAU_H
#define SR_OCP_RADAU_H

enum { SR_RADAU_MAX = 6 };  // the mesh error of degree 4 needs 6 points

// One interval, mapped to 0..1. node[0] = 0 is its start, node[1..s] are the collocation points, node[s] = 1.
typedef struct sr_radau {
  int s;
  double node[SR_RADAU_MAX + 1];
  double weight[SR_RADAU_MAX + 1];                  // quadrature, weight[0] = 0; exact for degree 2s-2
  double diff[SR_RADAU_MAX + 1][SR_RADAU_MAX + 1];  // diff[i][j] = l_j'(node[i])
} sr_radau;
sr_radau sr_radau_make(int s);

// Lagrange polynomials of n nodes at x: l (n).
void sr_lagrange(int n, const double *node, double x, double *l);
// y (n) = sum_j l_j row_j, with the rows of the nodes lying one after the other.
void sr_combine(int nnode, const double *l, const double *row, int n, double *y);
#endif
