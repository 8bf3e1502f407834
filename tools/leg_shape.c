// The leg of a person as JSON, for tools/shape_view.py: girths, sections and meshes.
//   surae_leg_shape SCENARIO.toml ANKLE_DEG [MUSCLE=RATIO...]    below 0 the person stands on the toes
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/constants.h"
#include "load/model.h"
#include "load/shape.h"

static void stop(const char *text)
{
  fprintf(stderr, "leg_shape: %s\n", text);
  exit(2);
}

static void print_section(const sr_shape_leg *leg, const sr_shape_state *s, double level, const char *end)
{
  static sr_polygon p[SR_POLYGONS];
  sr_shape_section(leg, s, level, p);
  printf("{\"level\": %g, \"girth_cm\": %.4f, \"polygons\": {", level, 100.0 * sr_shape_girth(leg, s, level));
  for (int i = 0; i < SR_POLYGONS; i++) {
    printf("%s\"%s\": [", i > 0 ? ", " : "", p[i].name);
    for (int k = 0; k < p[i].n; k++) printf("%s[%.6g, %.6g]", k > 0 ? ", " : "", p[i].at[k][0], p[i].at[k][1]);
    printf("]");
  }
  printf("}, \"areas_cm2\": {");
  for (int l = 0; l < SR_LAYERS; l++)
    printf("%s\"%s\": %.4g", l > 0 ? ", " : "", sr_layer_name((sr_layer)l),
           1e4 * sr_shape_area(leg, s, (sr_layer)l, level));
  printf("}}%s\n", end);
}

static void print_mesh(const sr_surface *m, const char *end)
{
  printf("{\"name\": \"%s\", \"position\": [", m->name);
  for (int i = 0; i < 3 * m->nvertex; i++) printf("%s%.6g", i > 0 ? ", " : "", (double)m->position[i]);
  printf("], \"triangle\": [");
  for (int i = 0; i < 3 * m->ntriangle; i++) printf("%s%d", i > 0 ? ", " : "", m->triangle[i]);
  printf("], \"volume_ml\": %.6g}%s\n", 1e6 * sr_surface_volume(m), end);
}

int main(int argc, char **argv)
{
  static sr_model m;
  static sr_shape_data data;
  sr_arena *keep = sr_arena_new();
  sr_nerve_tree tree;
  sr_scenario scenario;
  sr_error err = {0};
  sr_shape_state s;
  if (argc < 3) stop("leg_shape SCENARIO.toml ANKLE_DEG [MUSCLE=RATIO...]");
  if (!sr_nerve_tree_load(keep, &tree, &err) || !sr_scenario_read(argv[1], &tree, keep, &scenario, &err) ||
      !sr_model_load(&scenario.person, &m, &err) || !sr_shape_data_load(&data, &err))
    stop(err.text);
  const sr_shape_leg *leg = sr_shape_of_model(&data, &m, SR_LEG_RIGHT, keep, &err);
  if (leg == NULL || !sr_shape_of_person(&data, &scenario.person, leg, &s, &err)) stop(err.text);
  s.ankle = SR_DEGREE * atof(argv[2]);
  s.is_on_toes = s.ankle < 0.0;
  for (int i = 3; i < argc; i++) {
    char *ratio = strchr(argv[i], '=');
    if (ratio == NULL) stop("after the angle come MUSCLE=RATIO");
    *ratio = '\0';
    const sr_layer l = sr_layer_find(argv[i]);
    if (l == SR_LAYERS || !sr_layer_is_muscle(l)) stop("no such muscle");
    s.volume[l] *= atof(ratio + 1);
  }
  const sr_girth calf = sr_shape_calf(leg, &s);
  printf("{\"fat_mm\": %.4f, \"girth_cm\": %.4f, \"level\": %g, \"sections\": [\n", 1e3 * s.fat, 100.0 * calf.girth,
         calf.level);
  for (int i = 0; i <= 68; i++) print_section(leg, &s, -0.30 + 0.02 * i, i < 68 ? "," : "], \"meshes\": [");
  static sr_surface mesh[SR_MESHES];
  sr_shape_meshes(leg, &s, keep, mesh);
  for (int i = 0; i < SR_MESHES; i++) print_mesh(&mesh[i], i + 1 < SR_MESHES ? "," : "]}");
  sr_arena_free(keep);
  return 0;
}
