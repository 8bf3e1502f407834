// surae model export
#include <string.h>

#include "base/constants.h"
#include "base/files.h"
#include "cli/cli.h"
#include "load/osim_write.h"

// Both legs as a Wavefront OBJ: an object per surface, x forward, y up, z to the right, in metres.
static bool write_obj(const char *path, sr_surface leg[2][SR_MESHES], sr_arena *keep, sr_error *err)
{
  static const char *const side[2] = {"left", "right"};
  const double aside[2] = {-0.1, 0.1};  // of the legs from the middle, for the eye only [m]
  sr_text t = sr_text_new(keep);
  int first = 1;
  sr_text_print(&t, "# surae: legs from knee to foot; x forward, y up, z to the right [m]\n");
  for (int i = 0; i < 2; i++)
    for (int k = 0; k < SR_MESHES; k++) {
      const sr_surface *m = &leg[i][k];
      if (m->ntriangle == 0) continue;
      sr_text_print(&t, "o %s_%s\n", side[i], m->name);
      for (int v = 0; v < m->nvertex; v++)
        sr_text_print(&t, "v %.5f %.5f %.5f\n", (double)m->position[3 * v], (double)m->position[3 * v + 1],
                      (double)m->position[3 * v + 2] + aside[i]);
      for (int f = 0; f < m->ntriangle; f++)
        sr_text_print(&t, "f %d %d %d\n", m->triangle[3 * f] + first, m->triangle[3 * f + 1] + first,
                      m->triangle[3 * f + 2] + first);
      first += m->nvertex;
    }
  return sr_file_write(path, t.at, t.size, err);
}

int sr_cli_export(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  const double tiptoe = 30.0 * SR_DEGREE;  // of --tiptoe: about what one leg reaches
  sr_nerve_tree tree;
  sr_scenario s;
  sr_error err = {0};
  if (!sr_cli_scenario(a->scenario, keep, &tree, &s, &err)) return sr_cli_fail(c, &err);
  sr_progress p = sr_progress_new(c->err, sr_cli_progress_style(c, a), keep);
  const sr_course_options o = sr_cli_course_options(c, &p, keep);
  bool is_good;
  if (sr_ends_with(a->out, ".obj")) {
    sr_surface legs[2][SR_MESHES];
    is_good = sr_course_legs(&s, &tree, a->week, a->is_tiptoe ? tiptoe : 0.0, &o, keep, legs, &err) &&
              write_obj(a->out, legs, keep, &err);
  } else {
    sr_model *m = sr_alloc(keep, sr_model, 1);
    is_good = sr_course_body(&s, &tree, a->week, &o, keep, m, &err) && sr_osim_write(a->out, m, "surae", &err);
  }
  sr_progress_end(&p);
  if (!is_good) return sr_cli_fail(c, &err);
  fprintf(c->out, "model: %s\n", a->out);
  return 0;
}
