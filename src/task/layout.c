#include "task/layout.h"

sr_layout sr_layout_of(const sr_model *m)
{
  const int nq = m->skeleton.ncoord, nm = m->nmuscle;
  return (sr_layout){.nq = nq,
                     .nm = nm,
                     .q = 0,
                     .qd = nq,
                     .act = 2 * nq,
                     .force = 2 * nq + nm,
                     .trunk = 2 * nq + 2 * nm,
                     .nx = 2 * nq + 2 * nm + 1,
                     .qdd = 0,
                     .act_rate = nq,
                     .force_rate = nq + nm,
                     .drive = nq + 2 * nm,
                     .nu = nq + 2 * nm + 1};
}

int sr_layout_mirror(const sr_layout *l, const sr_model *m, int i)
{
  if (i < l->qd) return m->coord[i].mirror;
  if (i < l->act) return l->qd + m->coord[i - l->qd].mirror;
  if (i < l->force) return l->act + m->mirror_muscle[i - l->act];
  if (i < l->trunk) return l->force + m->mirror_muscle[i - l->force];
  return i;
}
