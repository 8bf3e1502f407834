// Hostile input: every reader of text gets the same bytes; none may crash, hang or touch what is not its own.
// Built by `make fuzz` with clang's fuzzer, which brings its own main.
#include <stdint.h>
#include <string.h>

#include "load/data.h"
#include "load/scenario.h"
#include "result/result.h"
#include "task/task.h"
#include "text/json.h"
#include "text/toml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

// A refusal must say where: the name of the file comes first.
static void check_refusal(bool is_good, const sr_error *err)
{
  SR_ASSERT(is_good || err->code != SR_OK);
  SR_ASSERT(is_good || strncmp(err->text, "fuzz", 4) == 0);
}

// The nerve tree that scenarios are checked against, read once.
static const sr_nerve_tree *our_tree(void)
{
  static sr_nerve_tree tree;
  static sr_arena *keep;  // held here so that the leak check sees it
  if (tree.nnode > 0) return &tree;
  sr_error err = {0};
  size_t size = 0;
  const char *text = sr_data_find("nerves.toml", &size);
  keep = sr_arena_new();
  SR_ASSERT(text && sr_nerve_load("nerves.toml", text, keep, &tree, &err));
  return &tree;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  sr_arena *keep = sr_arena_new();
  char *text = sr_alloc(keep, char, size + 1);
  if (size > 0) memcpy(text, bytes, size);
  sr_error err = {0};
  sr_toml toml = {0};
  check_refusal(sr_toml_parse("fuzz", text, size, keep, &toml, &err), &err);
  sr_json json = {0};
  check_refusal(sr_json_parse("fuzz", text, size, keep, &json, &err), &err);
  sr_result result = {0};
  check_refusal(sr_result_from_json("fuzz", text, size, keep, &result, &err), &err);
  sr_task task = {0};
  sr_task_parse(text, &task, &err);

  sr_scenario scenario = {0};
  check_refusal(sr_scenario_parse("fuzz", text, size, our_tree(), keep, &scenario, &err), &err);
  sr_arena_free(keep);
  return 0;
}
