// XML with indentation, as much of it as osim_write.c needs.
#ifndef SR_LOAD_OSIM_XML_H
#define SR_LOAD_OSIM_XML_H
#include "base/files.h"
#include "model/model.h"

typedef struct sr_xml {
  sr_text *out;
  int depth;
  const char *open[16];  // (depth)
} sr_xml;
void sr_xml_open(sr_xml *x, const char *tag, const char *name);  // <tag name="name">; name may be NULL
void sr_xml_close(sr_xml *x);
void sr_xml_word(sr_xml *x, const char *tag, const char *format, ...) __attribute__((format(printf, 3, 4)));
void sr_xml_numbers(sr_xml *x, const char *tag, const double *value, int n);
void sr_xml_number(sr_xml *x, const char *tag, double value);
void sr_xml_comment(sr_xml *x, const char *format, ...) __attribute__((format(printf, 2, 3)));

// OpenSim's name of the joint above a body ("hip_r" above "femur_r").
void sr_osim_joint_name(const char *body, char out[32]);
// One muscle with its path.
bool sr_osim_muscle(sr_xml *x, const sr_model *m, const sr_model_muscle *muscle, sr_error *err);
#endif
