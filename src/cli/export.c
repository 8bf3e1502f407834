// surae model export
#include "cli/cli.h"
#include "load/osim_write.h"

int sr_cli_export(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  sr_nerve_tree tree;
  sr_scenario s;
  sr_error err = {0};
  sr_model *m = sr_alloc(keep, sr_model, 1);
  if (!sr_cli_scenario(a->scenario, keep, &tree, &s, &err)) return sr_cli_fail(c, &err);
  sr_progress p = sr_progress_new(c->err, sr_cli_progress_style(c, a), keep);
  const sr_course_options o = sr_cli_course_options(c, &p, keep);
  const bool is_good = sr_course_body_at(&s, &tree, a->week, &o, keep, m, &err);
  sr_progress_end(&p);
  if (!is_good || !sr_osim_write(a->out, m, "surae", &err)) return sr_cli_fail(c, &err);
  fprintf(c->out, "model: %s\n", a->out);
  return 0;
}
