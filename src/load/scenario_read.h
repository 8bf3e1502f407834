// Checked reading of TOML tables for scenario files: unknown keys, wrong types, ranges; each error names its line.
#ifndef SR_LOAD_SCENARIO_READ_H
#define SR_LOAD_SCENARIO_READ_H
#include "load/scenario.h"
#include "text/toml.h"

typedef struct sr_scenario_reader {
  const char *path;
  const sr_nerve_tree *tree;
  sr_arena *keep, *work;
  sr_error *err;
} sr_scenario_reader;

// Fails with "path:line: " in front of the message.
#define sr_scenario_bad(r, line, ...) \
  sr_fail((r)->err, SR_BAD_VALUE, "%s:%d: %s", (r)->path, (line), sr_arena_printf((r)->work, __VA_ARGS__))

// A list of words, and the place of one in it (-1 if absent).
typedef struct sr_names {
  int n;
  const char *const *at;
} sr_names;
#define SR_NAMES(...) \
  ((sr_names){(int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)), (const char *const[]){__VA_ARGS__}})
int sr_names_find(sr_names list, const char *name);
// The word a writer may have meant: at most a third of the letters differ, or one holds the other as whole words
// ("soleus" and "nerve_to_soleus"); NULL if there is none.
const char *sr_names_nearest(sr_names list, const char *name);

// A number of a table: its key, limits (both allowed), unit for messages, place.
typedef struct sr_scenario_row {
  const char *key;
  double lo, hi;
  const char *unit;
  double *out;
} sr_scenario_row;

// A table as a message calls it ("[person]") with its keys.
typedef struct sr_scenario_table {
  const char *title;
  const sr_toml *at;
} sr_scenario_table;

bool sr_scenario_keys(const sr_scenario_reader *r, sr_scenario_table t, sr_names allowed);
// Reads a number within limits; an absent key leaves *out alone, or fails if it is required.
bool sr_scenario_number(const sr_scenario_reader *r, sr_scenario_table t, sr_scenario_row row, bool is_required);
bool sr_scenario_whole(const sr_scenario_reader *r, sr_scenario_table t, sr_scenario_row row, long *out);
// A text that is there and not empty; or none (NULL).
bool sr_scenario_text(const sr_scenario_reader *r, sr_scenario_table t, const char *key, const char **out);
bool sr_scenario_text_or_none(const sr_scenario_reader *r, sr_scenario_table t, const char *key, const char **out);
// A list of n numbers; an absent key leaves them alone, or fails if it is required.
bool sr_scenario_numbers(const sr_scenario_reader *r, sr_scenario_table t, const char *key, bool is_required, int n,
                         double *out);
// The place of a word in a list of allowed ones; an absent key leaves *out alone, or fails if it is required.
bool sr_scenario_choice(const sr_scenario_reader *r, sr_scenario_table t, const char *key, sr_names allowed,
                        bool is_required, int *out);
// A list of different, non-empty strings; an absent key leaves *n and *out alone.
bool sr_scenario_words(const sr_scenario_reader *r, sr_scenario_table t, const char *key, int *n, const char ***out);
// The tables of an array [[key]]; none if absent.
bool sr_scenario_tables(const sr_scenario_reader *r, const sr_toml *root, const char *key, const sr_toml **array);

bool sr_scenario_read_interventions(const sr_scenario_reader *r, const sr_toml *root, sr_scenario *out);
#endif
