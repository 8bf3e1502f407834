// What is equal in two models, what pain and a mirror do to one.
#include "model/model.h"

#include <math.h>
#include <string.h>

// True if two muscles differ in nothing but side.
static bool is_same_muscle(const sr_model_muscle *a, const sr_model_muscle *b)
{
  sr_muscle x = a->par, y = b->par;
  memset(x.name, 0, sizeof x.name);
  memset(y.name, 0, sizeof y.name);
  return memcmp(&x, &y, sizeof x) == 0 && a->act_max == b->act_max;
}

bool sr_model_is_healthy(const sr_model *m)
{
  for (int k = 0; k < m->nmuscle; k++)
    if (m->muscle[k].par.capacity != 1.0 || m->muscle[k].act_max != 1.0) return false;
  return true;
}

bool sr_model_is_same_body(const sr_model *a, const sr_model *b)
{
  if (a->nmuscle != b->nmuscle || a->mass != b->mass || a->skeleton.nbody != b->skeleton.nbody) return false;
  for (int k = 0; k < a->nmuscle; k++)
    if (!is_same_muscle(&a->muscle[k], &b->muscle[k])) return false;
  for (int i = 0; i < a->skeleton.nbody; i++)
    if (a->skeleton.body[i].mass != b->skeleton.body[i].mass) return false;
  return true;
}

bool sr_model_is_symmetric(const sr_model *m)
{
  for (int k = 0; k < m->nmuscle; k++)
    if (!is_same_muscle(&m->muscle[k], &m->muscle[m->mirror_muscle[k]])) return false;
  return true;
}

double sr_model_act_most(const sr_model_muscle *m, double rest)
{
  return fmax(rest, m->act_max);
}

sr_model sr_model_mirrored(const sr_model *m)
{
  sr_model out = *m;
  for (int k = 0; k < m->nmuscle; k++) {
    const sr_model_muscle *other = &m->muscle[m->mirror_muscle[k]];
    sr_muscle *par = &out.muscle[k].par;
    char name[sizeof par->name];
    memcpy(name, par->name, sizeof name);
    *par = other->par;
    memcpy(par->name, name, sizeof name);
    out.muscle[k].act_max = other->act_max;
  }
  return out;
}

int sr_model_find_muscle(const sr_model *m, const char *name)
{
  for (int k = 0; k < m->nmuscle; k++)
    if (strcmp(m->muscle[k].par.name, name) == 0) return k;
  return -1;
}
