// surae model export
#include "cli/cli.h"
#include "load/osim_write.h"

int sr_cli_export(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  sr_nerve_tree tree;
  sr_scenario s;
  sr_error err = {0};
  sr_model *m = sr_alloc(keep, sr_model, 1);
  if (a->week > 0.0) {
    sr_fail(
        &err, SR_BAD_VALUE,
        "--week %g: weeks after the operation need the slow model of tissue, which is not built yet; 0 and below are",
        a->week);
    return sr_cli_fail(c, &err);
  }
  if (!sr_cli_scenario(a->scenario, keep, &tree, &s, &err) || !sr_course_body(&s, &tree, a->week, true, m, &err) ||
      !sr_osim_write(a->out, m, "surae", &err))
    return sr_cli_fail(c, &err);
  sr_cli_tell_idle(c, &s);
  fprintf(c->out, "model: %s\n", a->out);
  return 0;
}
