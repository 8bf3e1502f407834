// The model as an OpenSim 4.5 file (.osim): the same body, coordinates, muscles and contact, so that the movements
// of a result play there and other tools can go on from them. What OpenSim has no word for stands in its comments.
#ifndef SR_LOAD_OSIM_WRITE_H
#define SR_LOAD_OSIM_WRITE_H
#include "base/files.h"
#include "model/model.h"

// The text of the file; `name` is what OpenSim calls the model. Fails only for a body or path that the format has no
// room for (more than three rotations in a joint, a bent path over several joints).
bool sr_osim_print(const sr_model *m, const char *name, sr_text *out, sr_error *err);
// The same into a file.
bool sr_osim_write(const char *path, const sr_model *m, const char *name, sr_error *err);
#endif
