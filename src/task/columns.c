#include "task/columns.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/constants.h"

// Adds a column; returns its place.
static int add(sr_columns *c, const char *unit, sr_ex value, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
static int add(sr_columns *c, const char *unit, sr_ex value, const char *format, ...)
{
  sr_column *x = &c->at[c->n];
  *x = (sr_column){.unit = unit, .value = value};
  va_list list;
  va_start(list, format);
  vsnprintf(x->label, sizeof x->label, format, list);
  va_end(list);
  return c->n++;
}

// A forward position.
static int add_along(sr_columns *c, sr_ex value, const char *name, const char *tail)
{
  const int k = add(c, "m", value, "%s%s_px", name, tail);
  c->at[k].moves_along = true;
  return k;
}

// Coordinates in deg (m), their moments [N m] and powers [W]; the pelvis has no muscle of its own and so no moment.
static void joints(sr_columns *c, const sr_model *m, const sr_instant *now, const sr_physics *p)
{
  for (int j = 0; j < m->skeleton.ncoord; j++) {
    const char *name = m->skeleton.coord[j];
    const bool is_slide = m->coord[j].is_translation;
    c->coord[j] = add(c, is_slide ? "m" : "deg", sr_scale(now->q[j], is_slide ? 1.0 : 1.0 / SR_DEGREE), "%s", name);
    c->at[c->coord[j]].moves_along = strcmp(name, "pelvis_tx") == 0;
  }
  for (int j = 0; j < m->skeleton.ncoord; j++) {
    const char *name = m->skeleton.coord[j];
    c->moment[j] = c->power[j] = -1;
    if (strncmp(name, "pelvis", 6) == 0) continue;
    c->moment[j] = add(c, "N_m", p->need[j], "%s_moment", name);
    c->power[j] = add(c, "W", sr_mul(p->need[j], now->qd[j]), "%s_power", name);
  }
}

static void ground(sr_columns *c, const sr_physics *p)
{
  static const char *side[2] = {"_l", "_r"};
  for (int leg = 0; leg < 2; leg++) {
    c->ground_x[leg] = add(c, "N", p->ground_force[leg].x, "grf%s_vx", side[leg]);
    c->ground_y[leg] = add(c, "N", p->ground_force[leg].y, "grf%s_vy", side[leg]);
    // one newton in the divisor keeps the quotient finite when the foot is off the ground
    const sr_ex load = sr_sqrt(sr_shift(sr_sq(p->ground_force[leg].y), 1.0));
    add_along(c, sr_div(p->centre_of_pressure[leg], load), "cop", side[leg]);
  }
}

static void muscles(sr_columns *c, const sr_model *m, const sr_instant *now, const sr_physics *p, sr_graph *g)
{
  for (int k = 0; k < m->nmuscle; k++) {
    const sr_muscle *par = &m->muscle[k].par;
    const sr_fibre *f = &p->fibre[k];
    // a denervated muscle has no activation, whatever the optimiser leaves in the unused unknown
    c->activation[k] = add(c, "-", par->capacity > 0.0 ? now->act[k] : sr_const(g, 0.0), "%s/activation", par->name);
    c->tendon_force[k] = add(c, "N", f->tendon_force, "%s/tendon_force", par->name);
    add(c, "N", f->f_active, "%s/active_force", par->name);
    add(c, "len_opt", f->len_n, "%s/fibre_length", par->name);
    add(c, "v_max", f->v_n, "%s/fibre_velocity", par->name);
    c->metabolic_rate[k] = add(c, "W", p->heat_and_work[k], "%s/metabolic_rate", par->name);
  }
}

// Power of fibres (active and passive) and of tendons: what they give to the skeleton where it is above 0. Together
// they are tendon force times the speed at which the path shortens.
static void powers(sr_columns *c, const sr_model *m, const sr_physics *p)
{
  for (int k = 0; k < m->nmuscle; k++) {
    const sr_muscle *par = &m->muscle[k].par;
    const sr_fibre *f = &p->fibre[k];
    const sr_ex shortening = sr_scale(f->v_n, -par->v_max * par->len_opt);
    c->fibre_power[k] = add(c, "W", sr_mul(sr_add(f->f_active, f->f_passive), shortening), "%s/fibre_power", par->name);
    c->tendon_power[k] = add(c, "W", sr_neg(sr_mul(f->tendon_force, f->tendon_speed)), "%s/tendon_power", par->name);
    c->at[c->fibre_power[k]].is_inner = c->at[c->tendon_power[k]].is_inner = true;
  }
}

// Points of the stick figure, and the centre of mass.
static void points(sr_columns *c, const sr_model *m, const sr_physics *p)
{
  static const struct {
    const char *name, *body;
    bool is_paired;
    double at[3];  // [m] on the reference person, in the body frame
  } mark[] = {{"pelvis", "pelvis", false, {0.0, 0.0, 0.0}},  {"lumbar", "torso", false, {0.0, 0.0, 0.0}},
              {"head", "torso", false, {0.0, 0.62, 0.0}},    {"hip", "femur", true, {0.0, 0.0, 0.0}},
              {"knee", "tibia", true, {0.0, 0.0, 0.0}},      {"ankle", "talus", true, {0.0, 0.0, 0.0}},
              {"heel", "calcn", true, {0.0, 0.0, 0.0}},      {"toejoint", "toes", true, {0.0, 0.0, 0.0}},
              {"toetip", "toes", true, {0.065, -0.005, 0.0}}};
  static const char *suffix[2] = {"_l", "_r"};
  for (size_t i = 0; i < sizeof mark / sizeof mark[0]; i++)
    for (int leg = 0; leg < (mark[i].is_paired ? 2 : 1); leg++) {
      const char *tail = mark[i].is_paired ? suffix[leg] : "";
      char body[32];
      snprintf(body, sizeof body, "%s%s", mark[i].body, tail);
      const int b = sr_body_find(&m->skeleton, body);
      if (b < 0) continue;
      double at[3];
      for (int k = 0; k < 3; k++) at[k] = mark[i].at[k] * m->length_ratio;
      const sr_xvec x = sr_body_point(&p->body[b], at);
      const int along = add_along(c, x.x, mark[i].name, tail);
      if (strcmp(mark[i].name, "heel") == 0) c->heel_x[leg] = along;
      add(c, "m", x.y, "%s%s_py", mark[i].name, tail);
    }
  add_along(c, p->com.x, "com", "");
  add(c, "m", p->com.y, "com_py");
}

// The label of the other leg: exchanges the side mark `_l`/`_r` that ends the name or stands before `_` or `/`.
static void other_side(const char *label, char *out, size_t size)
{
  snprintf(out, size, "%s", label);
  for (char *s = out; *s != '\0'; s++)
    if (s[0] == '_' && (s[1] == 'l' || s[1] == 'r') && (s[2] == '\0' || s[2] == '_' || s[2] == '/')) {
      s[1] = s[1] == 'l' ? 'r' : 'l';
      return;
    }
}

sr_columns sr_columns_of(const sr_model *m, sr_graph *g, const sr_instant *now, const sr_physics *p, sr_arena *keep)
{
  const int room = 3 * m->skeleton.ncoord + 8 * m->nmuscle + 60 + SR_SPARE_COLUMNS;
  sr_columns c = {.at = sr_alloc(keep, sr_column, room), .heel_x = {-1, -1}};
  joints(&c, m, now, p);
  ground(&c, p);
  muscles(&c, m, now, p, g);
  points(&c, m, p);
  powers(&c, m, p);
  for (int i = 0; i < c.n; i++) {
    char other[sizeof c.at[i].label];
    other_side(c.at[i].label, other, sizeof other);
    c.at[i].mirror = sr_columns_find(&c, other);
    if (c.at[i].mirror < 0) c.at[i].mirror = i;
  }
  return c;
}

int sr_columns_append(sr_columns *c, const char *label, const char *unit, sr_ex value)
{
  const int own = add(c, unit, value, "%s", label);
  c->at[own].mirror = own;
  return own;
}

int sr_columns_find(const sr_columns *c, const char *label)
{
  for (int i = 0; i < c->n; i++)
    if (strcmp(c->at[i].label, label) == 0) return i;
  return -1;
}
