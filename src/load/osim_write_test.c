#include "load/osim_write.h"

#include <stdlib.h>

#include "load/model.h"
#include "test.h"

// A model and its file.
typedef struct written {
  sr_arena *arena;
  sr_model *model;
  sr_text text;
} written;

static written write_default(const char *name)
{
  written w = {.arena = sr_arena_new()};
  sr_error err = {0};
  const sr_scenario s = sr_scenario_default(w.arena);
  w.model = sr_alloc(w.arena, sr_model, 1);
  w.text = sr_text_new(w.arena);
  CHECK(sr_model_load(&s.person, w.model, &err));
  CHECK(sr_osim_print(w.model, name, &w.text, &err));
  return w;
}

static int count(const char *text, const char *part)
{
  int n = 0;
  for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) n++;
  return n;
}

// Depth left open at the end; -1 where an element closes that is not the innermost open one.
static int unbalanced(const char *text)
{
  enum { DEEPEST = 32 };
  char open[DEEPEST][48];
  int depth = 0;
  for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at + 1, '<')) {
    if (strncmp(at, "<?", 2) == 0) continue;
    if (strncmp(at, "<!--", 4) == 0) {
      at = strstr(at, "-->");
      if (at == NULL) return -1;
      continue;
    }
    const bool is_close = at[1] == '/';
    char name[48];
    if (sscanf(at + 1 + is_close, "%47[A-Za-z0-9_]", name) != 1) return -1;
    if (is_close && (depth == 0 || strcmp(open[--depth], name) != 0)) return -1;
    if (!is_close && depth == DEEPEST) return -1;
    if (!is_close) snprintf(open[depth++], sizeof open[0], "%s", name);
  }
  return depth;
}

TEST(osim_is_well_formed_with_any_name)
{
  static const char *const name[] = {"surae", "a<b>&\"c\"", "", "\n--"};
  for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
    written w = write_default(name[i]);
    CHECK(unbalanced(w.text.at) == 0);
    sr_arena_free(w.arena);
  }
}

TEST(osim_holds_every_body_coordinate_and_muscle_once)
{
  written w = write_default("surae");
  const sr_model *m = w.model;
  for (int i = 0; i < m->skeleton.nbody; i++)
    CHECK(count(w.text.at, sr_arena_printf(w.arena, "<Body name=\"%s\">", m->skeleton.body[i].name)) == 1);
  for (int j = 0; j < m->skeleton.ncoord; j++) {
    CHECK(count(w.text.at, sr_arena_printf(w.arena, "<Coordinate name=\"%s\">", m->skeleton.coord[j])) == 1);
    CHECK(count(w.text.at, sr_arena_printf(w.arena, "<coordinates>%s</coordinates>", m->skeleton.coord[j])) == 1);
  }
  for (int k = 0; k < m->nmuscle; k++)
    CHECK(count(w.text.at, sr_arena_printf(w.arena, "<DeGrooteFregly2016Muscle name=\"%s\">", m->muscle[k].par.name)) ==
          1);
  for (int i = 0; i < m->ncontact; i++)
    CHECK(count(w.text.at, sr_arena_printf(w.arena, "<ContactSphere name=\"%s\">", m->contact[i].name)) == 1);
  CHECK(count(w.text.at, "<PathPoint ") + count(w.text.at, "<FunctionBasedPath ") > m->nmuscle);
  sr_arena_free(w.arena);
}

// Length that the file gives a muscle whose path is a polynomial, at one pose.
static double length_in_file(const written *w, const sr_model_muscle *muscle, const double *q)
{
  const char *at = strstr(w->text.at, sr_arena_printf(w->arena, "Muscle name=\"%s\"", muscle->par.name));
  const char *paths = strstr(at, "<coordinate_paths>"), *list = strstr(at, "<coefficients>");
  const int dimension = atoi(strstr(at, "<dimension>") + strlen("<dimension>"));
  const int order = atoi(strstr(at, "<order>") + strlen("<order>"));
  double x[2] = {0.0, 0.0}, length = 0.0;
  for (int j = 0; j < w->model->skeleton.ncoord; j++) {
    const char *found = strstr(paths, sr_arena_printf(w->arena, "/%s", w->model->skeleton.coord[j]));
    if (found == NULL || found > list) continue;
    x[memchr(paths, ' ', (size_t)(found - paths)) != NULL] = q[j];
  }
  char *next = strchr(list, '>');
  next++;
  for (int i = 0; i <= order; i++)
    for (int k = 0; k <= (dimension == 2 ? order - i : 0); k++)
      length += strtod(next, &next) * pow(x[0], i) * pow(x[1], k);
  CHECK(strncmp(next, "</coefficients>", 15) == 0);  // no number too many or too few
  return length;
}

static double length_in_model(const written *w, const sr_model_muscle *muscle, const double *q)
{
  sr_graph *g = sr_graph_new(w->arena);
  sr_ex at[SR_MAX_COORD];
  double length = 0.0;
  for (int j = 0; j < w->model->skeleton.ncoord; j++) at[j] = sr_const(g, q[j]);
  CHECK(sr_is_const(sr_path_length(&w->model->skeleton, g, &muscle->path, at), &length));
  return length;
}

TEST(osim_polynomial_paths_have_the_lengths_of_the_model)
{
  written w = write_default("surae");
  const sr_model *m = w.model;
  int nchecked = 0;
  for (int k = 0; k < m->nmuscle; k++) {
    if (m->muscle[k].path.nterm == 0) continue;
    for (int n = 0; n <= 4; n++) {
      double q[SR_MAX_COORD];
      for (int j = 0; j < m->skeleton.ncoord; j++) {
        const double share = fmod(0.25 * n + 0.37 * j * n, 1.0);  // spread over the range
        q[j] = m->coord[j].lo + (m->coord[j].hi - m->coord[j].lo) * share;
      }
      NEAR(length_in_file(&w, &m->muscle[k], q), length_in_model(&w, &m->muscle[k], q), 1e-5);
      nchecked++;
    }
  }
  CHECK(nchecked >= 5 * 2 * 8);  // six muscles of the thigh and two of the calf, both legs
  sr_arena_free(w.arena);
}

TEST(osim_denervated_muscle_cannot_be_driven)
{
  written w = write_default("surae");
  sr_error err = {0};
  w.model->muscle[sr_model_find_muscle(w.model, "soleus_l")].par.capacity = 0.5;
  w.model->muscle[sr_model_find_muscle(w.model, "soleus_l")].act_max = 0.5;
  sr_text text = sr_text_new(w.arena);
  CHECK(sr_osim_print(w.model, "cut", &text, &err));
  const char *muscle = strstr(text.at, "Muscle name=\"soleus_l\"");
  CHECK(muscle != NULL);
  NEAR(atof(strstr(muscle, "<max_control>") + strlen("<max_control>")), 0.25, 0.0);
  sr_arena_free(w.arena);
}

TEST(osim_file_that_cannot_be_written_is_an_error)
{
  written w = write_default("surae");
  sr_error err = {0};
  CHECK(!sr_osim_write("/no_such_folder/x.osim", w.model, "surae", &err));
  CHECK(err.code == SR_BAD_FILE);
  sr_arena_free(w.arena);
}
