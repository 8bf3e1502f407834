// The files of data/ as they were when the program was built: a run needs no files beside its own input.
#ifndef SR_LOAD_DATA_H
#define SR_LOAD_DATA_H
#include <stddef.h>

// Text of data/<name> ("nerves.toml"), NUL-terminated, *size bytes before the NUL; NULL and *size = 0 if absent.
const char *sr_data_find(const char *name, size_t *size);
// Names in alphabetic order by index from 0; NULL behind the last.
const char *sr_data_name(int index);
#endif
