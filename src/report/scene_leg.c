// The legs for the script: the surfaces of the first epoch as whole numbers, of later ones what differs.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/scene.h"

static int count_of(const sr_rings *x)
{
  return 3 * x->nring * x->npoint;
}

// The same surface in another epoch; NULL where its points do not stand for the same places.
static const sr_rings *same_in(const sr_leg_shape *s, const sr_rings *x)
{
  for (int i = 0; i < s->nsurface; i++) {
    const sr_rings *y = &s->surface[i];
    if (strcmp(y->name, x->name) == 0) return y->nring == x->nring && y->npoint == x->npoint ? y : NULL;
  }
  return NULL;
}

// The differences as one byte each, as two where they are too great, null where there are none.
static void change(sr_page *p, sr_json_writer *w, const sr_rings *was, const sr_rings *now)
{
  const int n = count_of(was);
  int *d = sr_alloc(p->keep, int, n), most = 0;
  unsigned char *byte = sr_alloc(p->keep, unsigned char, n);
  for (int i = 0; i < n; i++) {
    d[i] = now != NULL ? now->at[i] - was->at[i] : 0;
    // beyond 3.2 m no leg is drawn
    d[i] = d[i] < -SR_RINGS_MOST ? -SR_RINGS_MOST : d[i] > SR_RINGS_MOST ? SR_RINGS_MOST : d[i];
    if (abs(d[i]) > most) most = abs(d[i]);
    byte[i] = (unsigned char)((unsigned)d[i] & 255u);
  }
  if (most == 0)
    sr_json_string(w, NULL, NULL);
  else if (most < 128)
    sr_json_string(w, NULL, sr_arena_printf(p->keep, "1%s", sr_pack_bytes(p, byte, n)));
  else
    sr_json_string(w, NULL, sr_arena_printf(p->keep, "2%s", sr_pack_shorts(p, d, n)));
}

static void surface(sr_page *p, sr_json_writer *w, int leg, const sr_rings *x)
{
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "name", x->name);
  sr_json_integer(w, "rings", x->nring);
  sr_json_integer(w, "points", x->npoint);
  sr_json_string(w, "at", sr_pack_shorts(p, x->at, count_of(x)));
  sr_json_begin_array(w, "later");
  for (int i = 1; i < p->r->nepoch; i++) change(p, w, x, same_in(&p->r->epoch[i].leg[leg].shape, x));
  sr_json_end_array(w);
  sr_json_end_object(w);
}

// The left leg is the right one in the mirror, at every epoch.
static bool is_mirror(const sr_page *p)
{
  for (int e = 0; e < p->r->nepoch; e++) {
    const sr_leg_shape *l = &p->r->epoch[e].leg[0].shape, *r = &p->r->epoch[e].leg[1].shape;
    if (l->nsurface != r->nsurface || l->ankle_height != r->ankle_height || l->shank_length != r->shank_length)
      return false;
    for (int i = 0; i < l->nsurface; i++) {
      const sr_rings *x = &l->surface[i], *y = same_in(r, x);
      if (y == NULL) return false;
      for (int k = 0; k < count_of(x); k++)
        if (abs(x->at[k] - (k % 3 == 2 ? -y->at[k] : y->at[k])) > 1) return false;
    }
  }
  return true;
}

static void muscles(sr_page *p, sr_json_writer *w, int leg)
{
  const int n = p->r->nepoch;
  double *x = sr_alloc(p->keep, double, n);
  sr_json_begin_array(w, "muscles");
  for (int m = 0; m < SR_NMUSCLE; m++) {
    for (int i = 0; i < n; i++) {
      const sr_leg_result *l = &p->r->epoch[i].leg[leg];
      x[i] = (double)NAN;
      for (int k = 0; k < l->nmuscle; k++)
        if (strcmp(l->muscle[k].muscle, sr_leg_muscle[m]) == 0) x[i] = round(1000.0 * l->muscle[k].innervated) / 1000.0;
    }
    sr_json_begin_object(w, NULL);
    sr_json_string(w, "name", sr_leg_muscle[m]);
    SR_SCENE_BOTH(w, "label", p, sr_muscle_name(p, sr_leg_muscle[m]));
    sr_json_numbers(w, "innervated", x, n);
    sr_json_end_object(w);
  }
  sr_json_end_array(w);
}

// Girth at heights above the ankle, at each epoch [cm].
static void profile(sr_page *p, sr_json_writer *w, int leg)
{
  const sr_leg_result *first = &p->r->epoch[0].leg[leg];
  double *x = sr_alloc(p->keep, double, first->nprofile + 1);
  sr_json_numbers(w, "height", first->profile_height_cm, first->nprofile);
  sr_json_begin_array(w, "girth");
  for (int i = 0; i < p->r->nepoch; i++) {
    const sr_leg_result *l = &p->r->epoch[i].leg[leg];
    const bool is_same = l->nprofile == first->nprofile;
    for (int k = 0; is_same && k < l->nprofile; k++) x[k] = round(1000.0 * l->profile_girth_cm[k]) / 1000.0;
    sr_json_numbers(w, NULL, x, is_same ? l->nprofile : 0);
  }
  sr_json_end_array(w);
}

void sr_scene_legs(sr_page *p, sr_json_writer *w)
{
  if (p->before->leg[0].shape.nsurface == 0 || p->before->leg[1].shape.nsurface == 0) return;
  const bool is_one = is_mirror(p);
  sr_json_begin_object(w, "legs");
  for (int leg = 1; leg >= 0; leg--) {
    const sr_leg_shape *s = &p->before->leg[leg].shape;
    sr_json_begin_object(w, leg == 0 ? "left" : "right");
    sr_json_integer(w, "ankle", s->ankle_height);
    sr_json_integer(w, "shank", s->shank_length);
    muscles(p, w, leg);
    profile(p, w, leg);
    sr_json_bool(w, "mirror", leg == 0 && is_one);
    sr_json_begin_array(w, "surfaces");
    for (int i = 0; i < s->nsurface && !(leg == 0 && is_one); i++) surface(p, w, leg, &s->surface[i]);
    sr_json_end_array(w);
    sr_json_end_object(w);
  }
  sr_json_end_object(w);
}
