// The movement as a strip of stick figures, before above after, with the force of the ground on each foot.
#include "report/sticks.h"

#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "report/svg.h"

#define NPOSE 10
static const char *const point_name[SR_NPOINT] = {"hip",    "knee",   "ankle", "heel",  "toejoint",
                                                  "toetip", "pelvis", "head",  "lumbar"};

// Where a strip stands on the page: ground line and scale.
typedef struct sr_strip {
  double ground, scale, slot;  // [px], [px/m], [px] between figures
  double newton;               // [m/N] length of a force arrow
  int near;                    // the leg that is drawn strong: 0 left, 1 right
} sr_strip;

bool sr_stick_fetch(sr_page *p, const sr_task_result *t, sr_stick *s)
{
  bool is_whole = true;
  s->has_force = true;
  for (int side = 0; side < 2; side++) {
    const char c = side == 1 ? 'r' : 'l';
    for (int k = 0; k < SR_LUMBAR; k++) {
      const char *name = k < SR_PELVIS ? sr_arena_printf(p->keep, "%s_%c", point_name[k], c) : point_name[k];
      is_whole &= sr_movement_column(p, t, sr_arena_printf(p->keep, "%s_px", name), s->x[side][k]);
      is_whole &= sr_movement_column(p, t, sr_arena_printf(p->keep, "%s_py", name), s->y[side][k]);
    }
    const bool has_lumbar = sr_movement_column(p, t, "lumbar_px", s->x[side][SR_LUMBAR]) &&
                            sr_movement_column(p, t, "lumbar_py", s->y[side][SR_LUMBAR]);
    if (!has_lumbar) memcpy(s->x[side][SR_LUMBAR], s->x[side][SR_PELVIS], sizeof s->x[side][SR_PELVIS]);
    if (!has_lumbar) memcpy(s->y[side][SR_LUMBAR], s->y[side][SR_PELVIS], sizeof s->y[side][SR_PELVIS]);
    s->has_force &= sr_movement_column(p, t, sr_arena_printf(p->keep, "cop_%c_px", c), s->cop[side]);
    s->has_force &= sr_movement_column(p, t, sr_arena_printf(p->keep, "grf_%c_vx", c), s->fx[side]);
    s->has_force &= sr_movement_column(p, t, sr_arena_printf(p->keep, "grf_%c_vy", c), s->fy[side]);
  }
  return is_whole;
}

bool sr_stick_has_force(const sr_stick *s, int side, int i)
{
  return s->has_force && s->fy[side][i] >= 20.0 && isfinite(s->cop[side][i]);
}

// One body weight is an arrow of 0.45 m.
double sr_stick_arrow(const sr_page *p)
{
  return 0.45 / (p->r->mass_kg * SR_GRAVITY);
}

static void limb(sr_page *p, const sr_stick *s, const sr_strip *strip, int side, int i, double x0, const int *chain,
                 int n, const char *style)
{
  sr_text_print(&p->out, "<path class=\"%s\" d=\"", style);
  for (int k = 0; k < n; k++)
    sr_text_print(&p->out, "%c%.1f %.1f", k == 0 ? 'M' : 'L',
                  x0 + strip->scale * (s->x[side][chain[k]][i] - s->x[1][SR_PELVIS][i]),
                  strip->ground - strip->scale * s->y[side][chain[k]][i]);
  sr_text_print(&p->out, "\"/>");
}

static void force(sr_page *p, const sr_stick *s, const sr_strip *strip, int side, int i, double x0)
{
  if (!sr_stick_has_force(s, side, i)) return;
  const double x = x0 + strip->scale * (s->cop[side][i] - s->x[1][SR_PELVIS][i]), k = strip->newton * strip->scale;
  sr_text_print(&p->out, "<path class=push d=\"M%.1f %.1fl%.1f %.1f\"/>", x, strip->ground, k * s->fx[side][i],
                -k * s->fy[side][i]);
}

// The far leg is drawn first and pale, the trunk over it, the near leg last.
static void pose(sr_page *p, const sr_stick *s, const sr_strip *strip, int i, double x0, const char *style)
{
  static const int leg[] = {SR_HIP, SR_KNEE, SR_ANKLE},
                   foot[] = {SR_ANKLE, SR_HEEL, SR_TOEJOINT, SR_TOETIP, SR_TOEJOINT, SR_ANKLE};
  static const int trunk[] = {SR_HIP, SR_LUMBAR, SR_HEAD};
  const char *far = sr_arena_printf(p->keep, "stick far %s", style);
  const char *near = sr_arena_printf(p->keep, "stick %s", style);
  for (int k = 0; k < 2; k++) {
    const int side = k == 0 ? 1 - strip->near : strip->near;
    force(p, s, strip, side, i, x0);
    limb(p, s, strip, side, i, x0, leg, 3, k == 0 ? far : near);
    limb(p, s, strip, side, i, x0, foot, 6, k == 0 ? far : near);
    if (k == 0) limb(p, s, strip, 1, i, x0, trunk, 3, near);
  }
  sr_text_print(&p->out, "<circle class=\"head %s\" cx=%.1f cy=%.1f r=%.1f />", style,
                x0 + strip->scale * (s->x[1][SR_HEAD][i] - s->x[1][SR_PELVIS][i]),
                strip->ground - strip->scale * s->y[1][SR_HEAD][i], 0.085 * strip->scale);
}

// The movement as a row of figures, one every tenth of it.
static void strip_of(sr_page *p, const sr_stick *s, const sr_strip *strip, const char *style, const char *words)
{
  sr_svg_text(p, 0.0, strip->ground - 168.0, "h", words);
  sr_text_print(&p->out, "<path class=floor d=\"M0 %.1fH%.1f\"/>", strip->ground, NPOSE * strip->slot);
  for (int k = 0; k < NPOSE; k++) {
    const int i = k * (SR_NPHASE - 1) / NPOSE;
    const double x0 = (k + 0.5) * strip->slot;
    pose(p, s, strip, i, x0, style);
    sr_svg_text(p, x0, strip->ground + 16.0, "x", sr_arena_printf(p->keep, "%d %%", i));
  }
}

// A held posture as one figure.
static void posture(sr_page *p, const sr_stick *s, const sr_strip *strip, double x0, const char *style,
                    const char *words)
{
  sr_text_print(&p->out, "<path class=floor d=\"M%.1f %.1fH%.1f\"/>", x0 - 0.45 * strip->slot, strip->ground,
                x0 + 0.45 * strip->slot);
  pose(p, s, strip, 0, x0, style);
  sr_svg_text(p, x0, strip->ground + 16.0, "x", words);
}

// The points that are drawn, in metres: side view, right is forward.
static sr_text points(sr_page *p, const sr_stick s[2], const bool has[2], bool is_held)
{
  sr_text csv = sr_text_new(p->keep);
  sr_text_print(&csv, "when,percent,leg,point,x_m,y_m");
  for (int e = 0; e < 2; e++)
    for (int n = 0; has[e] && n < (is_held ? 1 : NPOSE); n++)
      for (int side = 0; side < 2; side++)
        for (int k = 0; k < SR_NPOINT; k++) {
          const int i = n * (SR_NPHASE - 1) / NPOSE;
          if (k >= SR_PELVIS && side == 0) continue;  // the trunk has no side
          sr_text_print(&csv, "\n%s,%d,%s,%s,%.3f,%.3f", e == 0 ? "before" : "after", i,
                        k >= SR_PELVIS ? ""
                        : side == 0    ? "left"
                                       : "right",
                        point_name[k], s[e].x[side][k][i], s[e].y[side][k][i]);
        }
  return csv;
}

static void draw(sr_page *p, const char *task, const sr_stick s[2], const bool has[2], double top, bool is_held,
                 bool is_left)
{
  const double slot = is_held ? 150.0 : 104.0, row = is_held ? 190.0 : 206.0, n = has[0] + has[1];
  const char *title = sr_say(p, is_held ? "fig.sticks.posture" : "fig.sticks");
  const char *moved = is_left ? "fig.sticks.caption_left" : "fig.sticks.caption_once";
  const char *caption = sr_say(p, !is_held  ? (sr_is_cyclic(task) ? "fig.sticks.caption" : moved)
                                  : is_left ? "fig.sticks.held_left"
                                            : "fig.sticks.held");
  const char *words[2] = {sr_say(p, p->after == NULL ? "col.value" : "col.before"), sr_say(p, "col.after")};
  sr_text_print(&p->out, "<figure><h3>%s</h3><div class=\"scroll %s\" tabindex=0>", title, is_held ? "held" : "wide");
  sr_svg_open(p, is_held ? 2.0 * slot : NPOSE * slot + 20.0, is_held ? row - 2.0 : n * row - 2.0, title, caption);
  for (int e = 0, k = 0; e < 2; e++) {
    if (!has[e]) continue;
    // a figure is 150 px tall
    const sr_strip strip = {.ground = row * (is_held ? 1 : k + 1) - 24.0,
                            .scale = 142.0 / fmax(top, 0.1),
                            .slot = slot,
                            .newton = sr_stick_arrow(p),
                            .near = is_left ? 0 : 1};
    if (is_held)
      posture(p, &s[e], &strip, (k + 0.5) * slot, e == 0 ? "b" : "a", words[e]);
    else
      strip_of(p, &s[e], &strip, e == 0 ? "b" : "a", words[e]);
    k++;
  }
  sr_svg_close(p);
  const sr_text csv = points(p, s, has, is_held);
  sr_text_print(&p->out, "</div><figcaption>%s ", caption);
  sr_csv_button(p, &csv, sr_file_of(p, task, "points"));
  sr_text_print(&p->out, "</figcaption></figure>\n");
}

void sr_page_sticks(sr_page *p, const sr_pair *t)
{
  sr_page_player(p, t);
  const sr_task_result *side[2] = {t->before, t->after};
  sr_stick *s = sr_alloc(p->keep, sr_stick, 2);
  bool has[2];
  double top = 0.0;
  for (int e = 0; e < 2; e++) {
    has[e] = sr_is_answer(side[e]) && sr_stick_fetch(p, side[e], &s[e]);
    for (int i = 0; has[e] && i < SR_NPHASE; i++) top = fmax(top, s[e].y[1][SR_HEAD][i]);
  }
  if (has[0] || has[1])
    draw(p, t->task, s, has, top, !sr_has_curves(t->before) && !sr_has_curves(t->after),
         strstr(t->task, "legs=left") != NULL);
}
