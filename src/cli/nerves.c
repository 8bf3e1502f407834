// surae nerves
#include "cli/cli.h"
#include "load/model.h"

int sr_cli_nerves(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  sr_nerve_tree tree;
  sr_error err = {0};
  if (!sr_nerve_tree_load(keep, &tree, &err)) return sr_cli_fail(c, &err);
  sr_text text = sr_text_new(keep);
  if (a->is_json)
    sr_nerve_print_json(&tree, &text);
  else
    sr_nerve_print(&tree, &text);
  fwrite(text.at, 1, text.size, c->out);
  return 0;
}
