// Dense part of the sparse factorisation: one front, of which the leading columns are eliminated.
//
//   P A P' = L D L' + (0 0; 0 S),   D of 1x1 and 2x2 pivots chosen among the leading `ncandidate` columns
#ifndef SR_MATH_FRONT_H
#define SR_MATH_FRONT_H
#include <stdbool.h>

// A front of `n` rows, lower triangle by columns: entry (i, j), i >= j, at a[i + j ld]. The strict upper triangle is
// scratch. ld is a multiple of SR_FRONT_ALIGN, there are as many columns, and the padding is zero.
enum { SR_FRONT_ALIGN = 8 };
typedef struct sr_front {
  int n, ncandidate, ld;
  double *a;      // (ld * ld) aligned to 64 bytes; going out: L in the first npivot columns, S behind
  double *w;      // (ld * ncandidate) scratch: the columns of L D
  double *spare;  // (4 * ld) scratch
  int *order;     // (ncandidate) what stands where; permuted like the rows
  double *diag;   // (ncandidate) D: its diagonal ...
  double *off;    // (ncandidate) ... and in the first column of a 2x2 pivot its off-diagonal entry, else 0
  // a pivot may let entries grow by 1/threshold; one that would is left to the parent, or at a root made this large
  double threshold, least;
  bool is_root;
  int npivot, npositive, nnegative, nzero;  // out: eliminated columns and the signs of D; zero: replaced by `least`
} sr_front;

static inline int sr_front_pad(int n)
{
  return (n + SR_FRONT_ALIGN - 1) / SR_FRONT_ALIGN * SR_FRONT_ALIGN;
}

// One set of machine instructions. Results differ between them by rounding alone.
typedef enum sr_isa { SR_ISA_GENERIC, SR_ISA_AVX2, SR_ISA_AVX512, SR_ISA_COUNT } sr_isa;
typedef struct sr_kernel {
  void (*factor)(sr_front *f);
  // Adds a triangle x of n rows, column by column, to rows and columns at[i] of a, ascending; those from `own` on are
  // moved by `shift`. run[i]: how many of the rows from i on stand one behind the other.
  void (*add)(int n, const int *at, const int *run, int own, int shift, const double *x, double *a, int ld);
  // x (n): rows of the front. forward: x_j of the npivot leading rows solved, the others less L x; backward: the
  // leading rows from all the others.
  void (*forward)(int n, int npivot, const double *l, int ld, double *x);
  void (*backward)(int n, int npivot, const double *l, int ld, double *x);
} sr_kernel;
const char *sr_isa_name(sr_isa isa);
bool sr_isa_works(sr_isa isa);  // built in, and this processor has it
sr_isa sr_isa_best(void);       // the widest that works, or the one that the process uses
void sr_isa_use(sr_isa isa);    // from now on, for the whole process; must work. SR_ISA_COUNT: the widest again
const sr_kernel *sr_kernel_of(sr_isa isa);  // isa must work
#endif
