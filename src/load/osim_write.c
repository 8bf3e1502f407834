// The model as an OpenSim file. Names of elements as in the files of OpenSim 4.5 itself; FunctionBasedPath is known
// from that version on.
#include "load/osim_write.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "load/osim_xml.h"

static bool is_side(const char *tail)
{
  return tail[0] == '_' && (tail[1] == 'l' || tail[1] == 'r') && tail[2] == '\0';
}

void sr_osim_joint_name(const char *body, char out[32])
{
  static const char *const table[][2] = {
      {"pelvis", "ground_pelvis"}, {"torso", "back"},     {"femur", "hip"}, {"tibia", "knee"},
      {"talus", "ankle"},          {"calcn", "subtalar"}, {"toes", "mtp"}};
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
    const size_t n = strlen(table[i][0]);
    if (strncmp(body, table[i][0], n) != 0 || (body[n] != '\0' && !is_side(body + n))) continue;
    snprintf(out, 32, "%s%s", table[i][1], body + n);
    return;
  }
  snprintf(out, 32, "%.20s_joint", body);
}

// Bones to look at, from the geometry folder that comes with OpenSim, in the size of the reference person (scale
// factors: opensim-core, Moco example 2D_gait.osim); %c is the side.
static const struct {
  const char *body, *file;
  double scale[3];
} bone[] = {
    {"pelvis", "r_pelvis.vtp", {0.96574, 0.96574, 0.985996}},
    {"pelvis", "l_pelvis.vtp", {0.96574, 0.96574, 0.985996}},
    {"pelvis", "sacrum.vtp", {0.96574, 0.96574, 0.985996}},
    {"torso", "hat_spine.vtp", {0.96574, 0.96574, 0.985996}},
    {"torso", "hat_ribs_scap.vtp", {0.96574, 0.96574, 0.985996}},
    {"torso", "hat_skull.vtp", {0.96574, 0.96574, 0.985996}},
    {"femur_%c", "femur_%c.vtp", {1.00275, 1.00275, 1.00275}},
    {"tibia_%c", "tibia_%c.vtp", {0.966732, 0.966732, 0.966732}},
    {"tibia_%c", "%c_fibula.vtp", {0.966732, 0.966732, 0.966732}},
    {"talus_%c", "%c_talus.vtp", {0.913924, 0.913924, 0.913924}},
    {"calcn_%c", "%c_foot.vtp", {0.913924, 0.913924, 0.913924}},
    {"toes_%c", "%c_bofoot.vtp", {0.913924, 0.913924, 0.913924}},
};

// A pattern with the side in the place of its %c.
static void with_side(const char *pattern, char side, char out[32])
{
  snprintf(out, 32, "%s", pattern);
  char *mark = strstr(out, "%c");
  if (mark == NULL) return;
  *mark = side;
  memmove(mark + 1, mark + 2, strlen(mark + 2) + 1);
}

static void write_bones(sr_xml *x, const sr_model *m, const sr_body *b)
{
  const char side = is_side(b->name + strlen(b->name) - 2) ? b->name[strlen(b->name) - 1] : 'r';
  int n = 0;
  for (size_t i = 0; i < sizeof bone / sizeof bone[0]; i++) {
    char body[32], file[32], name[40];
    with_side(bone[i].body, side, body);
    with_side(bone[i].file, side, file);
    if (strcmp(body, b->name) != 0) continue;
    if (n++ == 0) sr_xml_open(x, "attached_geometry", NULL);
    snprintf(name, sizeof name, "%s_geom_%d", b->name, n);
    sr_xml_open(x, "Mesh", name);
    sr_xml_word(x, "socket_frame", "..");
    double scale[3];
    for (int k = 0; k < 3; k++) scale[k] = bone[i].scale[k] * m->length_ratio;
    sr_xml_numbers(x, "scale_factors", scale, 3);
    sr_xml_word(x, "mesh_file", "%s", file);
    sr_xml_close(x);
  }
  if (n > 0) sr_xml_close(x);
}

static void write_bodies(sr_xml *x, const sr_model *m)
{
  sr_xml_open(x, "BodySet", "bodyset");
  sr_xml_open(x, "objects", NULL);
  for (int i = 0; i < m->skeleton.nbody; i++) {
    const sr_body *b = &m->skeleton.body[i];
    const double inertia[6] = {b->inertia[0], b->inertia[1], b->inertia[2], 0.0, 0.0, 0.0};
    sr_xml_open(x, "Body", b->name);
    write_bones(x, m, b);
    sr_xml_number(x, "mass", b->mass);
    sr_xml_numbers(x, "mass_center", b->com, 3);
    sr_xml_numbers(x, "inertia", inertia, 6);
    sr_xml_close(x);
  }
  sr_xml_close(x);
  sr_xml_close(x);
}

// Height of the pelvis at which the lowest contact sphere touches the ground, all angles at zero [m].
static double standing_height(const sr_model *m)
{
  double lowest = 0.0;
  for (int i = 0; i < m->ncontact; i++) {
    double y = m->contact[i].centre[1] - m->contact[i].radius;
    for (int b = m->contact[i].body; b >= 0; b = m->skeleton.body[b].parent) y += m->skeleton.body[b].pos[1];
    lowest = fmin(lowest, y);
  }
  return -lowest;
}

static void write_coordinate(sr_xml *x, const sr_model *m, int j)
{
  const double range[2] = {m->coord[j].lo, m->coord[j].hi};
  const bool is_height = strcmp(m->skeleton.coord[j], "pelvis_ty") == 0;
  sr_xml_open(x, "Coordinate", m->skeleton.coord[j]);
  sr_xml_number(x, "default_value", is_height ? standing_height(m) : 0.0);
  sr_xml_numbers(x, "range", range, 2);
  sr_xml_word(x, "clamped", "false");
  sr_xml_close(x);
}

static void write_axis(sr_xml *x, const sr_model *m, const char *name, const sr_axis *axis, const double *direction)
{
  sr_xml_open(x, "TransformAxis", name);
  sr_xml_word(x, "coordinates", "%s", axis != NULL ? m->skeleton.coord[axis->coord] : "");
  sr_xml_numbers(x, "axis", direction, 3);
  if (axis == NULL) {
    sr_xml_open(x, "Constant", "function");
    sr_xml_number(x, "value", 0.0);
  } else {
    sr_xml_open(x, axis->npoly == 2 ? "LinearFunction" : "PolynomialFunction", "function");
    sr_xml_numbers(x, "coefficients", axis->poly, axis->npoly);
  }
  sr_xml_close(x);
  sr_xml_close(x);
}

static bool is_parallel(const double *a, const double *b)
{
  const double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return fabs(dot) > 0.99;
}

// Three axes of one kind: those that the joint has, then unit vectors in other directions, which OpenSim wants.
static void write_axes(sr_xml *x, const sr_model *m, const sr_body *b, bool is_rotation)
{
  static const double unit[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  const double *direction[3];
  int n = 0;
  for (int k = 0; k < b->naxis; k++) {
    if (b->axis[k].is_rotation != is_rotation) continue;
    char name[32];
    snprintf(name, sizeof name, "%s%d", is_rotation ? "rotation" : "translation", n + 1);
    write_axis(x, m, name, &b->axis[k], b->axis[k].axis);
    direction[n++] = b->axis[k].axis;
  }
  for (int u = 0; u < 3 && n < 3; u++) {
    bool is_taken = false;
    for (int k = 0; k < n; k++) is_taken = is_taken || is_parallel(direction[k], unit[u]);
    if (is_taken) continue;
    char name[32];
    snprintf(name, sizeof name, "%s%d", is_rotation ? "rotation" : "translation", n + 1);
    write_axis(x, m, name, NULL, unit[u]);
    direction[n++] = unit[u];
  }
}

static bool check_axes(const sr_body *b, sr_error *err)
{
  int n[2] = {0, 0};
  for (int k = 0; k < b->naxis; k++) n[b->axis[k].is_rotation]++;
  if (n[0] <= 3 && n[1] <= 3) return true;
  return sr_fail(err, SR_INTERNAL, "body %s: a joint of the file has at most three rotations and three translations",
                 b->name);
}

static bool write_joint(sr_xml *x, const sr_model *m, const sr_body *b, sr_error *err)
{
  char name[32];
  sr_osim_joint_name(b->name, name);
  const char *parent = b->parent < 0 ? "ground" : m->skeleton.body[b->parent].name;
  char frame[40];
  snprintf(frame, sizeof frame, "%s_offset", parent);
  if (!check_axes(b, err)) return false;
  sr_xml_open(x, b->naxis > 0 ? "CustomJoint" : "WeldJoint", name);
  sr_xml_word(x, "socket_parent_frame", "%s", frame);
  sr_xml_word(x, "socket_child_frame", "/bodyset/%s", b->name);
  if (b->naxis > 0) {
    sr_xml_open(x, "coordinates", NULL);
    for (int k = 0; k < b->naxis; k++) write_coordinate(x, m, b->axis[k].coord);
    sr_xml_close(x);
  }
  sr_xml_open(x, "frames", NULL);
  sr_xml_open(x, "PhysicalOffsetFrame", frame);
  sr_xml_word(x, "socket_parent", "%s%s", b->parent < 0 ? "/" : "/bodyset/", parent);
  sr_xml_numbers(x, "translation", b->pos, 3);
  sr_xml_numbers(x, "orientation", b->euler, 3);
  sr_xml_close(x);
  sr_xml_close(x);
  if (b->naxis > 0) {
    sr_xml_open(x, "SpatialTransform", NULL);
    write_axes(x, m, b, true);
    write_axes(x, m, b, false);
    sr_xml_close(x);
  }
  sr_xml_close(x);
  return true;
}

static bool write_joints(sr_xml *x, const sr_model *m, sr_error *err)
{
  sr_xml_open(x, "JointSet", "jointset");
  sr_xml_open(x, "objects", NULL);
  for (int i = 0; i < m->skeleton.nbody; i++)
    if (!write_joint(x, m, &m->skeleton.body[i], err)) return false;
  sr_xml_close(x);
  sr_xml_close(x);
  return true;
}

// The joint's own torque, as in sr_coordinate; an expression of the format holds no blanks.
static void write_ligament(sr_xml *x, const sr_model *m, int j)
{
  const sr_coordinate *c = &m->coord[j];
  if (!c->has_limit_torque && c->damping == 0.0 && c->stiffness == 0.0) return;
  char name[48];
  snprintf(name, sizeof name, "ligaments_%s", m->skeleton.coord[j]);
  sr_xml_open(x, "ExpressionBasedCoordinateForce", name);
  sr_xml_word(x, "coordinate", "%s", m->skeleton.coord[j]);
  sr_text e = sr_text_new(x->out->arena);
  if (c->has_limit_torque)
    sr_text_print(&e, "%.12g*exp(%.12g*(q%+.12g))%+.12g*exp(%.12g*(q%+.12g))", c->k1, c->k2, -c->th2, c->k3, c->k4,
                  -c->th1);
  sr_text_print(&e, "%+.12g*qdot%+.12g*q", -c->damping, -c->stiffness);
  sr_xml_word(x, "expression", "%s", e.at);
  sr_xml_close(x);
}

static void write_contact_force(sr_xml *x, const sr_contact_sphere *s)
{
  char name[40];
  snprintf(name, sizeof name, "contact_%s", s->name);
  sr_xml_open(x, "SmoothSphereHalfSpaceForce", name);
  sr_xml_word(x, "socket_sphere", "/contactgeometryset/%s", s->name);
  sr_xml_word(x, "socket_half_space", "/contactgeometryset/floor");
  sr_xml_number(x, "stiffness", s->stiffness);
  sr_xml_number(x, "dissipation", s->dissipation);
  sr_xml_number(x, "static_friction", s->mu_static);
  sr_xml_number(x, "dynamic_friction", s->mu_dynamic);
  sr_xml_number(x, "viscous_friction", s->mu_viscous);
  sr_xml_number(x, "transition_velocity", s->v_transition);
  sr_xml_number(x, "derivative_smoothing", 1e-5);
  sr_xml_number(x, "hertz_smoothing", 300.0);
  sr_xml_number(x, "hunt_crossley_smoothing", 50.0);
  sr_xml_close(x);
}

static void write_trunk(sr_xml *x, const sr_model *m)
{
  sr_xml_open(x, "ActivationCoordinateActuator", "trunk");
  sr_xml_number(x, "min_control", -1.0);
  sr_xml_number(x, "max_control", 1.0);
  sr_xml_word(x, "coordinate", "%s", m->skeleton.coord[m->trunk_coord]);
  sr_xml_number(x, "optimal_force", m->trunk_torque);
  sr_xml_number(x, "activation_time_constant", m->trunk_tau);
  sr_xml_close(x);
}

static bool write_forces(sr_xml *x, const sr_model *m, sr_error *err)
{
  sr_xml_open(x, "ForceSet", "forceset");
  sr_xml_open(x, "objects", NULL);
  for (int i = 0; i < m->nmuscle; i++)
    if (!sr_osim_muscle(x, m, &m->muscle[i], err)) return false;
  write_trunk(x, m);
  for (int j = 0; j < m->skeleton.ncoord; j++) write_ligament(x, m, j);
  for (int i = 0; i < m->ncontact; i++) write_contact_force(x, &m->contact[i]);
  sr_xml_close(x);
  sr_xml_close(x);
  return true;
}

static void write_contact_geometry(sr_xml *x, const sr_model *m)
{
  const double upright[3] = {0.0, 0.0, -1.5707963267948966};
  sr_xml_open(x, "ContactGeometrySet", "contactgeometryset");
  sr_xml_open(x, "objects", NULL);
  sr_xml_open(x, "ContactHalfSpace", "floor");
  sr_xml_word(x, "socket_frame", "/ground");
  sr_xml_numbers(x, "orientation", upright, 3);
  sr_xml_close(x);
  for (int i = 0; i < m->ncontact; i++) {
    const sr_contact_sphere *s = &m->contact[i];
    sr_xml_open(x, "ContactSphere", s->name);
    sr_xml_word(x, "socket_frame", "/bodyset/%s", m->skeleton.body[s->body].name);
    sr_xml_numbers(x, "location", s->centre, 3);
    sr_xml_number(x, "radius", s->radius);
    sr_xml_close(x);
  }
  sr_xml_close(x);
  sr_xml_close(x);
}

static const char *const remarks[] = {
    "Made by surae. Angles in rad, lengths in m. Knee flexion is negative, dorsiflexion positive.",
    "The same as in surae: segments, joints, ranges, ligament torques, contact, muscle curves and parameters.",
    "Different: (1) the passive curve of OpenSim knows no shift, so its strain is set to meet ours at a quarter of the "
    "peak force. (2) The share of a muscle that its nerves still reach is the max_control of the muscle, times "
    "the greatest activation that pain allows. (3) The "
    "passive torque that bounds the balance about the locked subtalar axis has no element here. (4) The friction law "
    "of surae rounds the corner where sliding begins. (5) A muscle whose length is a polynomial has no line to draw. "
    "(6) An atrophied muscle's scale of passive force is left out.",
};

bool sr_osim_print(const sr_model *m, const char *name, sr_text *out, sr_error *err)
{
  sr_xml x = {.out = out};
  sr_text_print(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<OpenSimDocument Version=\"40500\">\n");
  x.depth = 1;
  x.open[0] = "OpenSimDocument";
  for (size_t i = 0; i < sizeof remarks / sizeof remarks[0]; i++) sr_xml_comment(&x, "%s", remarks[i]);
  sr_xml_open(&x, "Model", name);
  sr_xml_word(&x, "credits", "surae");
  sr_xml_word(&x, "length_units", "meters");
  sr_xml_word(&x, "force_units", "N");
  sr_xml_numbers(&x, "gravity", m->skeleton.gravity, 3);
  write_bodies(&x, m);
  if (!write_joints(&x, m, err) || !write_forces(&x, m, err)) return false;
  write_contact_geometry(&x, m);
  sr_xml_close(&x);
  sr_xml_close(&x);
  return true;
}

bool sr_osim_write(const char *path, const sr_model *m, const char *name, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_text text = sr_text_new(work);
  const bool is_good = sr_osim_print(m, name, &text, err) && sr_file_write(path, text.at, text.size, err);
  sr_arena_free(work);
  return is_good;
}
