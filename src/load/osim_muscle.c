// Muscles of an OpenSim file: DeGrooteFregly2016Muscle with a path of points, or with its length as a polynomial.
#include <math.h>
#include <stdio.h>

#include "load/osim_xml.h"
#include "text/json.h"

enum { FIT = 6 };  // coefficients of the polynomial that stands for the straight part of a bent path

// Coefficients of a polynomial of two coordinates; a path has no more.
typedef struct length_fit {
  int ncoord, coord[2], order;
  double k[12][12];  // of q0^i q1^j; powers of the tables and of the fit stay below 12
  double error;      // [m]
} length_fit;

static bool add_coordinate(length_fit *f, int coord)
{
  for (int i = 0; i < f->ncoord; i++)
    if (f->coord[i] == coord) return true;
  if (f->ncoord == 2) return false;
  f->coord[f->ncoord++] = coord;
  return true;
}

static bool add_term(length_fit *f, const sr_path_term *term)
{
  int power[2] = {0, 0};
  for (int i = 0; i < term->n; i++) {
    if (term->power[i] == 0) continue;
    if (!add_coordinate(f, term->coord[i])) return false;
    power[term->coord[i] == f->coord[0] ? 0 : 1] += term->power[i];
  }
  if (power[0] + power[1] >= 12) return false;
  f->k[power[0]][power[1]] += term->k;
  if (power[0] + power[1] > f->order) f->order = power[0] + power[1];
  return true;
}

// Straight part of a path [m] with one coordinate at q and the others at zero.
static double straight_length(const sr_model *m, const sr_path *path, int coord, double q, sr_arena *work)
{
  sr_graph *g = sr_graph_new(work);
  sr_ex at[SR_MAX_COORD];
  for (int j = 0; j < m->skeleton.ncoord; j++) at[j] = sr_const(g, j == coord ? q : 0.0);
  sr_path straight = *path;
  straight.nterm = 0;
  double length = 0.0;
  const bool is_number = sr_is_const(sr_path_length(&m->skeleton, g, &straight, at), &length);
  SR_ASSERT(is_number);
  return length;
}

// The one coordinate that the straight part of a path depends on; -1 if there are several or none.
static int straight_coordinate(const sr_model *m, const sr_path *path)
{
  sr_arena *work = sr_arena_new();
  int found = -1, n = 0;
  const double rest = straight_length(m, path, 0, 0.0, work);
  for (int j = 0; j < m->skeleton.ncoord; j++)
    if (fabs(straight_length(m, path, j, 0.3, work) - rest) > 1e-9) {
      found = j;
      n++;
    }
  sr_arena_free(work);
  return n == 1 ? found : -1;
}

// Coefficients c of the polynomial of degree FIT-1 through f at the Chebyshev points of [lo, hi]: Newton's divided
// differences, multiplied out.
static void interpolate(const double *x, const double *f, double *c)
{
  double d[FIT];
  for (int i = 0; i < FIT; i++) d[i] = f[i];
  for (int order = 1; order < FIT; order++)
    for (int i = FIT - 1; i >= order; i--) d[i] = (d[i] - d[i - 1]) / (x[i] - x[i - order]);
  for (int i = 0; i < FIT; i++) c[i] = 0.0;
  for (int i = FIT - 1; i >= 0; i--) {  // c <- c (q - x_i) + d_i
    for (int k = FIT - 1; k > 0; k--) c[k] = c[k - 1] - x[i] * c[k];
    c[0] = d[i] - x[i] * c[0];
  }
}

static bool add_straight(length_fit *f, const sr_model *m, const sr_path *path)
{
  enum { CHECKS = 50 };
  const double pi = 3.14159265358979323846;
  const int coord = straight_coordinate(m, path);
  if (coord < 0 || !add_coordinate(f, coord)) return false;
  sr_arena *work = sr_arena_new();
  const double lo = m->coord[coord].lo, hi = m->coord[coord].hi;
  double x[FIT], y[FIT], c[FIT];
  for (int i = 0; i < FIT; i++) {
    x[i] = 0.5 * (lo + hi) + 0.5 * (hi - lo) * cos(pi * (i + 0.5) / FIT);
    y[i] = straight_length(m, path, coord, x[i], work);
  }
  interpolate(x, y, c);
  for (int i = 0; i < FIT; i++) *(f->coord[0] == coord ? &f->k[i][0] : &f->k[0][i]) += c[i];
  if (f->order < FIT - 1) f->order = FIT - 1;
  for (int i = 0; i <= CHECKS; i++) {
    const double q = lo + (hi - lo) * i / CHECKS;
    const double fit = ((((c[5] * q + c[4]) * q + c[3]) * q + c[2]) * q + c[1]) * q + c[0];
    f->error = fmax(f->error, fabs(fit - straight_length(m, path, coord, q, work)));
  }
  sr_arena_free(work);
  return true;
}

// /jointset/ankle_r/ankle_angle_r
static void coordinate_path(const sr_model *m, int coord, sr_text *out)
{
  for (int i = 0; i < m->skeleton.nbody; i++) {
    const sr_body *b = &m->skeleton.body[i];
    for (int k = 0; k < b->naxis; k++) {
      if (b->axis[k].coord != coord) continue;
      char joint[32];
      sr_osim_joint_name(b->name, joint);
      sr_text_print(out, "/jointset/%s/%s", joint, m->skeleton.coord[coord]);
      return;
    }
  }
}

// Coefficients in the order of OpenSim's MultivariatePolynomialFunction: ascending powers of the last argument first.
static void write_polynomial(sr_xml *x, const length_fit *f)
{
  double list[12 * 13 / 2];
  int n = 0;
  const int last = f->ncoord == 2 ? f->order : 0;
  for (int i = 0; i <= f->order; i++)
    for (int j = 0; j <= last && i + j <= f->order; j++) list[n++] = f->k[i][j];
  sr_xml_open(x, "length_function", NULL);
  sr_xml_open(x, "MultivariatePolynomialFunction", NULL);
  sr_xml_numbers(x, "coefficients", list, n);
  sr_xml_word(x, "dimension", "%d", f->ncoord);
  sr_xml_word(x, "order", "%d", f->order);
  sr_xml_close(x);
  sr_xml_close(x);
}

static bool function_path(sr_xml *x, const sr_model *m, const sr_model_muscle *muscle, sr_error *err)
{
  const sr_path *path = &muscle->path;
  length_fit f = {0};
  for (int t = 0; t < path->nterm; t++)
    if (!add_term(&f, &path->term[t]))
      return sr_fail(err, SR_INTERNAL, "muscle %s: its path depends on more coordinates than a file can hold",
                     muscle->par.name);
  if (path->npoint > 0 && !add_straight(&f, m, path))
    return sr_fail(err, SR_INTERNAL, "muscle %s: the straight part of its path crosses several joints",
                   muscle->par.name);
  sr_xml_open(x, "FunctionBasedPath", "path");
  if (path->npoint > 0)
    sr_xml_comment(x, "The straight part is a polynomial here, within %.1g mm of the model's", 1e3 * f.error);
  sr_text coords = sr_text_new(x->out->arena);
  for (int i = 0; i < f.ncoord; i++) {
    if (i > 0) sr_text_append(&coords, " ", 1);
    coordinate_path(m, f.coord[i], &coords);
  }
  sr_xml_word(x, "coordinate_paths", "%s", coords.at);
  write_polynomial(x, &f);
  sr_xml_close(x);
  return true;
}

static void point_path(sr_xml *x, const sr_model *m, const sr_model_muscle *muscle)
{
  sr_xml_open(x, "GeometryPath", "path");
  sr_xml_open(x, "PathPointSet", NULL);
  sr_xml_open(x, "objects", NULL);
  for (int i = 0; i < muscle->path.npoint; i++) {
    const sr_path_point *p = &muscle->path.point[i];
    char name[40];
    snprintf(name, sizeof name, "%s_P%d", muscle->par.name, i + 1);
    sr_xml_open(x, "PathPoint", name);
    sr_xml_word(x, "socket_parent_frame", "/bodyset/%s", m->skeleton.body[p->body].name);
    sr_xml_numbers(x, "location", p->at, 3);
    sr_xml_close(x);
  }
  sr_xml_close(x);
  sr_xml_close(x);
  sr_xml_close(x);
}

// OpenSim's tendon curve has the same form, with kT = ln(6) / strain at f_max. Its passive curve knows no shift:
//   e0' = e0 + shift 4 / (4 + ln(1/4))
// makes both curves meet at a quarter of f_max. The capacity c caps the control, and so
// does pain: activation then ends at c times the greatest one.
static void parameters(sr_xml *x, const sr_model_muscle *muscle)
{
  const sr_muscle *p = &muscle->par;
  const double most = p->capacity * muscle->act_max;
  sr_xml_number(x, "min_control", 0.0);
  sr_xml_number(x, "max_control", most);
  sr_xml_number(x, "max_isometric_force", p->f_max);
  sr_xml_number(x, "optimal_fiber_length", p->len_opt);
  sr_xml_number(x, "tendon_slack_length", p->len_slack);
  sr_xml_number(x, "pennation_angle_at_optimal", p->penn_opt);
  sr_xml_number(x, "max_contraction_velocity", p->v_max);
  sr_xml_word(x, "ignore_tendon_compliance", "false");
  sr_xml_word(x, "ignore_activation_dynamics", "false");
  sr_xml_number(x, "activation_time_constant", p->tau_act);
  sr_xml_number(x, "deactivation_time_constant", p->tau_deact);
  sr_xml_number(x, "default_activation", fmin(0.05, most));
  sr_xml_number(x, "fiber_damping", p->damping);
  sr_xml_number(x, "passive_fiber_strain_at_one_norm_force",
                p->passive_strain + p->passive_shift * 4.0 / (4.0 + log(0.25)));
  sr_xml_number(x, "tendon_strain_at_one_norm_force", log(6.0) / p->tendon_k);
  sr_xml_word(x, "ignore_passive_fiber_force", "false");
  sr_xml_word(x, "tendon_compliance_dynamics_mode", "implicit");
}

bool sr_osim_muscle(sr_xml *x, const sr_model *m, const sr_model_muscle *muscle, sr_error *err)
{
  sr_xml_open(x, "DeGrooteFregly2016Muscle", muscle->par.name);
  if (muscle->path.nterm == 0)
    point_path(x, m, muscle);
  else if (!function_path(x, m, muscle, err))
    return false;
  parameters(x, muscle);
  sr_xml_close(x);
  return true;
}
