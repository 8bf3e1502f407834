// Skeleton dynamics against an independent multibody code: planar 10 and 3D 31 coordinates, with and without contact.
#include <stdlib.h>

#include "model/model.h"
#include "test.h"
#include "text/json.h"

static double number(const sr_json *o, const char *key)
{
  const sr_json *v = sr_json_get(o, key);
  return v != NULL ? v->number : 0.0;
}

static void numbers(const sr_json *o, const char *key, double *out)
{
  const sr_json *v = sr_json_get(o, key);
  for (int i = 0; v != NULL && i < v->n; i++) out[i] = v->child[i].number;
}

static void read_axis(const sr_json *o, const sr_skeleton *s, sr_axis *x)
{
  x->coord = sr_coord_find(s, sr_json_get(o, "coord")->string);
  x->is_rotation = strcmp(sr_json_get(o, "type")->string, "r") == 0;
  numbers(o, "axis", x->axis);
  x->npoly = sr_json_get(o, "poly")->n;
  numbers(o, "poly", x->poly);
}

static void read_body(const sr_json *o, const sr_skeleton *s, sr_body *b)
{
  snprintf(b->name, sizeof b->name, "%s", sr_json_get(o, "name")->string);
  b->parent = sr_body_find(s, sr_json_get(o, "parent")->string);
  b->mass = number(o, "mass");
  numbers(o, "pos", b->pos);
  numbers(o, "euler", b->euler);
  numbers(o, "com", b->com);
  numbers(o, "I", b->inertia);
  const sr_json *dofs = sr_json_get(o, "dofs");
  b->naxis = dofs->n;
  for (int k = 0; k < dofs->n; k++) read_axis(&dofs->child[k], s, &b->axis[k]);
}

static void read_contact(const sr_json *o, const sr_skeleton *s, sr_contact_sphere *c)
{
  snprintf(c->name, sizeof c->name, "%s", sr_json_get(o, "body")->string);
  c->body = sr_body_find(s, sr_json_get(o, "body")->string);
  numbers(o, "loc", c->centre);
  c->radius = number(o, "radius");
  c->stiffness = number(o, "stiffness");
  c->dissipation = number(o, "dissipation");
  c->mu_static = number(o, "static_friction");
  c->mu_dynamic = number(o, "dynamic_friction");
  c->mu_viscous = number(o, "viscous_friction");
  c->v_transition = number(o, "transition_velocity");
}

static void read_model(const sr_json *o, bool with_contact, sr_model *m)
{
  const sr_json *coords = sr_json_get(o, "coords"), *bodies = sr_json_get(o, "bodies");
  sr_skeleton *s = &m->skeleton;
  s->ncoord = coords->n;
  for (int j = 0; j < coords->n; j++) snprintf(s->coord[j], sizeof s->coord[j], "%s", coords->child[j].string);
  numbers(o, "gravity", s->gravity);
  for (int i = 0; i < bodies->n; i++) {
    read_body(&bodies->child[i], s, &s->body[i]);
    s->nbody = i + 1;
    m->mass += s->body[i].mass;
  }
  const sr_json *contacts = sr_json_get(o, "contacts");
  for (int c = 0; with_contact && c < contacts->n; c++) read_contact(&contacts->child[c], s, &m->contact[c]);
  m->ncontact = with_contact ? contacts->n : 0;
}

// Largest |tau - oracle| over the states, relative to the largest |oracle| of that state.
static double worst_difference(const sr_model *m, const sr_json *states, sr_arena *a)
{
  const int n = m->skeleton.ncoord;
  sr_graph *g = sr_graph_new(a);
  sr_ex in[3 * SR_MAX_COORD], *q = in, *qd = in + n, *qdd = in + 2 * n;
  for (int j = 0; j < 3 * n; j++) in[j] = sr_input(g);
  const sr_instant now = {.q = q, .qd = qd, .qdd = qdd, .trunk = sr_const(g, 0.0)};
  const sr_physics p = sr_model_physics(m, g, &now, a);
  const sr_tape *tape = sr_tape_new(g, p.need, n, a);
  double *work = sr_alloc(a, double, sr_tape_work(tape)), worst = 0.0;
  for (int k = 0; k < states->n; k++) {
    double x[3 * SR_MAX_COORD], tau[SR_MAX_COORD], want[SR_MAX_COORD], size = 0.0, off = 0.0;
    numbers(&states->child[k], "q", x);
    numbers(&states->child[k], "qd", x + n);
    numbers(&states->child[k], "qdd", x + 2 * n);
    numbers(&states->child[k], "tau", want);
    sr_tape_eval1(tape, x, tau, work);
    for (int j = 0; j < n; j++) {
      size = fmax(size, fabs(want[j]));
      off = fmax(off, fabs(tau[j] - want[j]));
    }
    worst = fmax(worst, off / size);
  }
  return worst;
}

static bool read_json(const char *path, sr_arena *a, sr_json *root)
{
  char *text = NULL;
  size_t size = 0;
  sr_error err = {0};
  if (sr_file_read(path, a, &text, &size, &err) && sr_json_parse(path, text, size, a, root, &err)) return true;
  sr_test_fail(__FILE__, __LINE__, "%s", err.text);
  return false;
}

static void compare(const char *name)
{
  sr_arena *a = sr_arena_new();
  sr_json root;
  if (read_json(sr_test_path(name), a, &root))
    for (int contact = 0; contact < 2; contact++) {
      sr_model *m = sr_alloc(a, sr_model, 1);
      read_model(&root, contact == 1, m);
      // rounding alone gives about 1e-13
      NEAR(worst_difference(m, sr_json_get(&root, contact == 1 ? "contact_states" : "states"), a), 0.0, 1e-9);
    }
  sr_arena_free(a);
}

TEST(planar_inverse_dynamics_agrees_with_simbody)
{
  compare("tests/data/oracle_planar10.json");
}

TEST(spatial_inverse_dynamics_agrees_with_simbody)
{
  compare("tests/data/oracle_hamner31.json");
}

// All 50 states of the full oracle files, where they are at hand.
static void compare_full(const char *model)
{
  const char *root = getenv("SURAE_TEST_DATA");
  if (root == NULL) {
    sr_test_skip("SURAE_TEST_DATA names no folder with the full oracle files");
    return;
  }
  sr_arena *a = sr_arena_new();
  for (int contact = 0; contact < 2; contact++) {
    sr_json model_json, states;
    sr_model *m = sr_alloc(a, sr_model, 1);
    if (!read_json(sr_arena_printf(a, "%s/oracles/%s_model.json", root, model), a, &model_json)) break;
    if (!read_json(sr_arena_printf(a, "%s/oracles/%s_id%s.json", root, model, contact == 1 ? "_contact" : ""), a,
                   &states))
      break;
    read_model(&model_json, contact == 1, m);
    NEAR(worst_difference(m, sr_json_get(&states, "states"), a), 0.0, 1e-9);
  }
  sr_arena_free(a);
}

TEST(all_planar_oracle_states)
{
  compare_full("planar10");
}

TEST(all_spatial_oracle_states)
{
  compare_full("hamner31");
}
