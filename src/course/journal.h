// What a run has solved, kept beside its result: who asks the same question again need not solve it again.
//
// A file that only grows. Each record has a length and a checksum and is written at once and brought to the disk, so
// that a run that is killed loses what it was solving and nothing else. All doubles are kept bit by bit: what goes on
// from a record cannot be told from what never stopped.
#ifndef SR_COURSE_JOURNAL_H
#define SR_COURSE_JOURNAL_H
#include "task/task.h"

typedef struct sr_journal sr_journal;

// Opens the journal for a question: in words, everything that all its solves depend on (build, person, nerves,
// interventions). With `is_resumed` the records of an earlier run that asked the same can be found; without it, and
// where that run asked something else, the journal starts empty. A torn or damaged record is dropped with all behind
// it. NULL where the file cannot be used, or another run is using it.
sr_journal *sr_journal_open(const char *path, const char *question, bool is_resumed, sr_error *err);
void sr_journal_close(sr_journal *j);       // NULL is allowed
int sr_journal_count(const sr_journal *j);  // records of the earlier run

// The solve with this key (which epoch, task, stage, start) as the earlier run left it; false if there is none.
bool sr_journal_find(const sr_journal *j, const char *key, sr_arena *keep, sr_task_result *r, sr_solution *s);
// Adds a solve of a body of this model. Several threads may find and append at the same time.
void sr_journal_append(sr_journal *j, const char *key, const sr_model *m, const sr_task_result *r,
                       const sr_solution *s);
// Why no more could be written, NULL if all was: the run itself goes on.
const char *sr_journal_trouble(const sr_journal *j);
// Digest of what a solve starts from or is used to; 0 for none (NULL, or a solution without points).
unsigned long long sr_journal_digest(const sr_model *m, const sr_solution *start);
// Digest of what differs between the bodies of a run: what nerves, time and pain make of the muscles, masses, and how
// other bodies differ from the person's (load/bodies.h).
unsigned long long sr_journal_body(const sr_model *m);
#endif
