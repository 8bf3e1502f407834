// What a run leaves in its folder.
#ifndef SR_CLI_SAVE_H
#define SR_CLI_SAVE_H
#include "cli/progress.h"

// "walk:speed_m_s=1.33" at "before" -> "before_walk_speed_m_s_1.33": a name that every file system takes. Epochs of
// later weeks have their week in front.
char *sr_movement_name(const sr_epoch *e, const char *task, sr_arena *keep);
// DIR/result.json, and from it DIR/report.html and DIR/sto/.
bool sr_save_result(const char *dir, const sr_result *r, sr_arena *keep, sr_error *err);
bool sr_save_views(const char *dir, const sr_result *r, const char *lang, sr_arena *keep, sr_error *err);
// Appends a run to DIR/run_log.jsonl: a line for the run, one for each solve, one for the end.
bool sr_save_log(const char *dir, const sr_result *r, const sr_progress *p, int exit_code, sr_arena *keep,
                 sr_error *err);
#endif
