#include "task/leap.h"

#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "task/posture.h"

// The joints of a jump are faster than those of a walk: bounds beyond any jumper (knee and ankle reach 15 to 20 rad/s,
// from memory), so that muscles decide and not they. The pelvis may go as low as in a full squat.
static void widen_bounds(sr_movement *p)
{
  const sr_model *m = p->model;
  const sr_layout *l = &p->layout;
  for (int j = 0; j < l->nq; j++) {
    const bool is_slide = m->coord[j].is_translation;
    sr_bound *speed = &p->ocp.x[l->qd + j], *rate = &p->ocp.u[l->qdd + j];
    speed->hi = is_slide ? 8.0 : 45.0;
    rate->hi = is_slide ? 500.0 : 6000.0;
    speed->lo = -speed->hi;
    rate->lo = -rate->hi;
  }
  sr_bound *height = &p->ocp.x[l->q + sr_coord_find(&m->skeleton, "pelvis_ty")];
  height->lo = 0.25 * m->length_ratio;
  height->hi = 2.0 * m->length_ratio;
}

bool sr_leap_is_alike(const sr_model *m, int legs)
{
  return legs == 3 && sr_model_is_symmetric(m);
}

// Lowest point of a sphere over the ground [m].
static sr_ex bottom_of(const sr_contact_sphere *s, const sr_body_motion *body)
{
  return sr_shift(sr_body_point(&body[s->body], s->centre).y, -s->radius);
}

// Legs that are equal do the same, which spares the search: where both begin alike, equal accelerations keep them so.
static void move_alike(sr_movement *p)
{
  const sr_model *m = p->model;
  for (int j = 0; j < p->layout.nq; j++)
    if (m->coord[j].leg == SR_LEG_LEFT)
      sr_movement_path(p, sr_sub(p->now.qdd[j], p->now.qdd[m->coord[j].mirror]), "both legs move alike", 0.0, 0.0,
                       100.0);
}

// A free leg is off the ground and carried along, neither kicked up as a counterweight nor flung back: the thigh
// between hanging and level, the shank between level behind and hanging. Where standing has it elsewhere, as far as
// there.
static void carry_leg(sr_movement *p, const sr_leap_weights *w, sr_leg leg, const sr_leap_stance *stance)
{
  const sr_model *m = p->model;
  const int tilt = sr_coord_find(&m->skeleton, "pelvis_tilt");
  const int hip = sr_coord_find(&m->skeleton, leg == SR_LEG_LEFT ? "hip_flexion_l" : "hip_flexion_r");
  const int knee = sr_coord_find(&m->skeleton, leg == SR_LEG_LEFT ? "knee_angle_l" : "knee_angle_r");
  const sr_ex thigh = sr_add(p->now.q[tilt], p->now.q[hip]), shank = sr_add(thigh, p->now.q[knee]);
  const double thigh0 = stance->x[tilt] + stance->x[hip], shank0 = thigh0 + stance->x[knee];
  sr_movement_path(p, thigh, "pitch of the free thigh", fmin(0.0, thigh0), fmax(w->free_thigh, thigh0), 0.5);
  sr_movement_path(p, shank, "pitch of the free shank", fmin(-w->free_shank, shank0), fmax(0.0, shank0), 0.5);
  for (int c = 0; c < m->ncontact; c++)
    if (m->contact_leg[c] == leg)
      sr_movement_path(p, bottom_of(&m->contact[c], p->physics.body), "the free foot off the ground", w->clearance,
                       SR_NLP_INF, 0.1);
}

sr_movement *sr_leap_new(const sr_task_run *run, int legs, const sr_leap_stance *stance, int np, double flight,
                         sr_leap_demand demand, sr_arena *keep)
{
  const sr_model *m = run->model;
  const double sunk = -0.2;  // [m] no flight at all: deeper than any foot that carries a body
  sr_movement *p = sr_movement_new(m, run->weights->walk.rest, np, 0, keep);
  widen_bounds(p);
  p->ocp.p[SR_LEAP_FLIGHT] = (sr_bound){"flight", demand == SR_LEAP_MOST_FLIGHT ? sunk : flight, flight, 0.05};
  for (int leg = 0; leg < 2; leg++)
    if ((legs >> leg & 1) == 0) carry_leg(p, &run->weights->leap, (sr_leg)leg, stance);
  if (sr_leap_is_alike(m, legs)) move_alike(p);
  return p;
}

sr_leap_end sr_leap_in_flight(sr_movement *p, const sr_ex *x, sr_ex clearance, sr_arena *keep)
{
  const sr_model *m = p->model;
  const sr_layout *l = &p->layout;
  sr_graph *g = p->ocp.ends;
  sr_ex still[SR_MAX_COORD];
  sr_body_motion body[SR_MAX_BODY];
  sr_leap_end e;
  for (int j = 0; j < l->nq; j++) still[j] = sr_const(g, 0.0);  // accelerations, which nothing here depends on
  sr_body_motions(&m->skeleton, g, x + l->q, x + l->qd, still, body);
  sr_model_centre_of_mass(m, g, body, &e.com, &e.com_velocity);
  for (int c = 0; c < m->ncontact; c++)
    sr_movement_end(p, sr_sub(bottom_of(&m->contact[c], body), clearance),
                    sr_arena_printf(keep, "%s off the ground", m->contact[c].name), 0.0, SR_NLP_INF, 0.1);
  return e;
}

sr_ex sr_leap_apex(const sr_leap_end *e)
{
  return sr_add(e->com.y, sr_scale(sr_sq(e->com_velocity.y), 0.5 / SR_GRAVITY));
}

void sr_leap_maximise(sr_movement *p, const sr_leap_weights *w, sr_leap_demand demand, sr_ex wanted)
{
  p->ocp.running = sr_scale(p->ocp.running, 100.0 / w->height);
  p->ocp.final = sr_scale(demand == SR_LEAP_MOST_FLIGHT ? p->end_par[SR_LEAP_FLIGHT] : wanted, -100.0);
}

sr_leap_stance sr_leap_stand(const sr_task_run *run, int legs, int *iterations, sr_arena *keep)
{
  const sr_model *m = run->model;
  const sr_static_weights *w = &run->weights->still;
  const sr_layout l = sr_layout_of(m);
  sr_posture *p = sr_posture_new(m, w, legs, keep);
  sr_posture_bend_knees(p, 0.0);
  sr_posture_allow_missing(p, 300.0);  // [N m] who cannot hold the leg that is lifted begins to move at once
  for (int leg = 0; leg < 2; leg++)
    if (sr_posture_decides(p, leg)) sr_posture_keep_foot_down(p, (sr_leg)leg);
  sr_held h = sr_held_new(p, keep);
  const sr_posture_start start = {.ahead = w->pressure_ahead};
  sr_held_begin(&h, run, sr_add(sr_posture_effort(p, SR_EFFORT_SQUARE), sr_posture_price(p)), &start, keep);
  *iterations += h.iterations;
  sr_leap_stance out = {.solve = h.solve, .x = sr_alloc(keep, double, l.nx)};
  memcpy(out.x + l.q, h.z, (size_t)l.nq * sizeof *out.x);
  for (int k = 0; k < l.nm; k++) {
    out.x[l.act + k] = h.z[p->act + k];
    out.x[l.force + k] = fmax(0.0, h.z[p->force + k]);  // a slack muscle's is 1e-4 of either sign
  }
  out.x[l.trunk] = h.z[p->trunk];
  out.com_height = sr_posture_value(p, h.z, p->physics.com.y);
  return out;
}

void sr_leap_cannot_stand(const sr_leap_stance *stance, int iterations, sr_task_result *r, sr_arena *keep)
{
  r->status = sr_task_status_of(stance->solve.nlp.status);
  r->iterations = iterations;
  r->why = sr_arena_printf(keep, "quiet standing: %s", sr_nlp_status_text(stance->solve.nlp.status));
}

sr_mesh sr_leap_coarse(const sr_task_run *run)
{
  return (sr_mesh){run->weights->leap.coarse_intervals, run->weights->leap.coarse_degree};
}

sr_ocp_result sr_leap_search(const sr_movement *p, const sr_task_run *run, const sr_traj *guess, int nguess,
                             int *iterations, sr_traj *t, sr_arena *keep)
{
  const sr_leap_weights *w = &run->weights->leap;
  const sr_mesh mesh = run->mesh.nint > 0 ? run->mesh : (sr_mesh){w->intervals, w->degree};
  sr_ocp_result best = {.nlp.status = SR_NLP_FAILED};
  if (run->start != NULL && run->start->traj.npoint > 0) {
    best = sr_movement_solve_from(p, run, &run->start->traj, mesh, false, iterations, t, keep);
    if (best.nlp.status == SR_NLP_SOLVED || best.nlp.status == SR_NLP_INTERRUPTED) return best;
  }
  for (int i = 0; i < nguess; i++) {
    sr_traj coarse = guess[i];
    const sr_ocp_result r = sr_movement_solve(p, run, SR_START_STANDING, false, iterations, &coarse, keep);
    if (r.nlp.status == SR_NLP_INTERRUPTED) return r;
    best = sr_movement_solve_from(p, run, &coarse, mesh, false, iterations, t, keep);
    if (best.nlp.status == SR_NLP_SOLVED || best.nlp.status == SR_NLP_INTERRUPTED) break;
  }
  return best;
}

sr_leap_record sr_leap_record_of(const sr_movement *p, const sr_traj *t, const char *cost_unit, int nrow,
                                 sr_arena *keep)
{
  sr_leap_record l = {.rec = sr_recording_columns(p, cost_unit, keep)};
  l.com_vy = sr_columns_append(&l.rec.columns, "com_vy", "m/s", p->physics.com_velocity.y);
  l.com_y = sr_columns_find(&l.rec.columns, "com_py");
  sr_recording_fill(&l.rec, p, t, nrow, keep);
  return l;
}

double sr_leap_load(const sr_leap_record *l, int row)
{
  const sr_columns *c = &l->rec.columns;
  return sr_recording_row(&l->rec, c->ground_y[0], row) + sr_recording_row(&l->rec, c->ground_y[1], row);
}

// Share of a joint in the positive work of hip, knee and ankle of both legs [%].
static void share_of_work(const sr_metrics *b)
{
  static const struct {
    const char *name, *coord[2];
  } joint[] = {{"hip", {"hip_flexion_l", "hip_flexion_r"}},
               {"knee", {"knee_angle_l", "knee_angle_r"}},
               {"ankle", {"ankle_angle_l", "ankle_angle_r"}}};
  double work[3][2], all = 0.0;
  for (int j = 0; j < 3; j++)
    for (int leg = 0; leg < 2; leg++) {
      const int coord = sr_coord_find(&b->m->skeleton, joint[j].coord[leg]);
      work[j][leg] = sr_recording_integral(b->rec, b->rec->columns.power[coord], SR_POSITIVE);
      all += work[j][leg];
    }
  for (int leg = 0; leg < 2; leg++)
    for (int j = 0; j < 3; j++)
      sr_metrics_put_leg(b, sr_arena_printf(b->keep, "%s_work_share", joint[j].name), leg, "percent",
                         100.0 * work[j][leg] / all);
}

void sr_leap_legs(const sr_metrics *b)
{
  const sr_model *m = b->m;
  share_of_work(b);
  for (int leg = 0; leg < 2; leg++) {
    sr_metrics_put_leg(b, "grf_vertical_peak", leg, "bw",
                       sr_recording_greatest(b->rec, b->rec->columns.ground_y[leg]) / sr_model_weight(m));
    sr_metrics_joints(b, leg);
    sr_metrics_achilles(b, leg);
    sr_metrics_muscles(b, leg);
    sr_metrics_margin(b, leg);
  }
}

static void prove_impossible(const sr_leap_kind *kind, const sr_task *task, const sr_task_run *run,
                             const sr_leap_stance *stance, double wanted, int *iterations, sr_task_result *r,
                             sr_solution *s, sr_arena *keep)
{
  const sr_movement *p = kind->problem(task, run, stance, SR_LEAP_MOST_FLIGHT, keep);
  sr_traj t;
  const sr_ocp_result o = kind->solve(task, run, p, stance, iterations, &t, keep);
  const double most = t.p[SR_LEAP_FLIGHT];
  if (o.nlp.status != SR_NLP_SOLVED || most > 0.99 * wanted) return;
  *r = (sr_task_result){.task = r->task, .why = ""};
  sr_movement_judge(p, &o, &t, *iterations, 0.0, (double)INFINITY, r, keep);
  r->status = SR_TASK_IMPOSSIBLE;
  r->why = kind->why_not(100.0 * most, 100.0 * wanted, keep);
  sr_task_metric(r, keep, kind->most, 100.0 * most, "predicted");
  kind->fill(p, run, stance, &t, sr_movement_mesh_error(p, &t, keep), r, keep);
  *s = (sr_solution){.is_full_cycle = true, .traj = t};
}

void sr_leap_solve(const sr_leap_kind *kind, const sr_task *task, const sr_task_run *run, double wanted, sr_arena *keep,
                   sr_task_result *r, sr_solution *s)
{
  *s = (sr_solution){0};
  *r = (sr_task_result){.task = sr_arena_strdup(keep, task->key), .why = ""};
  const double allowed = run->weights->leap.mesh_error;
  int iterations = 0;
  const sr_leap_stance stance = sr_leap_stand(run, task->legs, &iterations, keep);
  sr_traj t = {0};
  if (stance.solve.nlp.status != SR_NLP_SOLVED) {
    sr_leap_cannot_stand(&stance, iterations, r, keep);
    return;
  }
  const sr_movement *p = kind->problem(task, run, &stance, SR_LEAP_AS_ASKED, keep);
  sr_ocp_result o = kind->solve(task, run, p, &stance, &iterations, &t, keep);
  const double error = sr_movement_refine(p, run, allowed, &iterations, &o, &t, keep);
  sr_movement_judge(p, &o, &t, iterations, error, allowed, r, keep);
  if (r->status == SR_TASK_SOLVED) {
    kind->fill(p, run, &stance, &t, error, r, keep);
    *s = (sr_solution){.is_full_cycle = true, .traj = t};
  } else if (o.nlp.status != SR_NLP_SOLVED && r->status != SR_TASK_INTERRUPTED && !run->without_proof) {
    prove_impossible(kind, task, run, &stance, wanted, &iterations, r, s, keep);
    r->iterations = iterations;
  }
}
