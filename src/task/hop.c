// hop: hopping on the spot, on both legs or on one, at a given rate with least effort or as high as can be.
#include <math.h>

#include "base/constants.h"
#include "task/drift.h"
#include "task/endurance.h"
#include "task/gait_events.h"
#include "task/leap.h"

enum { TOP = SR_LEAP_PARAMETERS, HOP_PARAMETERS };  // one more parameter: height of the centre of mass at the top [m]
enum { ROWS = 401, SAVED_STEP = 4 };

// A hop in numbers: longest and shortest time from top to top [s]; one time where a rate is asked for.
static sr_bound duration_of(const sr_task *task)
{
  const double slowest = 1.0, fastest = 4.0;  // [1/s] the rates that may be asked for
  const double rate = task->rate_hz;
  return (sr_bound){"duration", 1.0 / (rate > 0.0 ? rate : fastest), 1.0 / (rate > 0.0 ? rate : slowest), 0.3};
}

// Every state returns; where both legs do the same, equal ones at the start do instead of the left leg's return.
static void write_return(sr_movement *p, bool is_alike, sr_arena *keep)
{
  const sr_model *m = p->model;
  const sr_layout *l = &p->layout;
  const int tx = l->q + sr_coord_find(&m->skeleton, "pelvis_tx");
  sr_movement_end(p, p->x0[tx], "start at zero", 0.0, 0.0, 0.5);
  for (int i = 0; i < l->nx; i++) {
    const int coord = i < l->qd ? i - l->q : i - l->qd;
    const bool repeats = is_alike && i < l->act && m->coord[coord].leg == SR_LEG_LEFT;
    const sr_ex from = repeats ? p->x0[sr_layout_mirror(l, m, i)] : p->x1[i];
    sr_movement_end(p, sr_sub(from, p->x0[i]),
                    sr_arena_printf(keep, repeats ? "alike %s" : "periodic %s", p->ocp.x[i].name), 0.0, 0.0,
                    p->ocp.x[i].scale);
  }
}

// A flight of height h: where the centre of mass is within h of its top y_t the ground carries nothing. With z the
// depth below that in cm, load over weight is at most
//   5 (z + sqrt(z^2 + 0.01)),   z = (y_t - h - y) / 1 cm
// which is 10 weights a centimetre further down, and so limits nobody there, and 0.25 at z = -0.1.
static void write_flight(sr_movement *p)
{
  const sr_ex below = sr_sub(sr_sub(p->par[TOP], p->par[SR_LEAP_FLIGHT]), p->physics.com.y);
  const sr_ex z = sr_scale(below, 100.0), most = sr_scale(sr_add(z, sr_sqrt(sr_shift(sr_sq(z), 0.01))), 5.0);
  const sr_ex load = sr_add(p->physics.ground_force[0].y, p->physics.ground_force[1].y);
  sr_movement_path(p, sr_sub(most, sr_scale(load, 1.0 / sr_model_weight(p->model))), "no force of the ground in flight",
                   0.0, SR_NLP_INF, 1.0);
}

// From top to top: in the air the centre of mass neither rises nor falls. The cost is the effort of one hop and, as in
// walking, a pitch of the trunk.
static sr_movement *problem_of(const sr_task *task, const sr_task_run *run, const sr_leap_stance *stance,
                               sr_leap_demand demand, sr_arena *keep)
{
  const sr_leap_weights *w = &run->weights->leap;
  const sr_model *m = run->model;
  sr_movement *p = sr_leap_new(run, task->legs, stance, HOP_PARAMETERS, w->hop_flight, demand, keep);
  p->ocp.p[SR_LEAP_DURATION] = duration_of(task);
  const sr_ex per = sr_inv(p->par[SR_LEAP_DURATION]);
  sr_movement_effort(p, &run->weights->walk.effort, per);
  const sr_ex pitch = sr_add(p->now.q[sr_coord_find(&m->skeleton, "pelvis_tilt")], p->now.q[m->trunk_coord]);
  sr_movement_cost(p, "upright", sr_div(sr_scale(sr_sq(pitch), run->weights->walk.upright), per));
  write_return(p, sr_leap_is_alike(m, task->legs), keep);
  write_flight(p);
  const sr_leap_end top = sr_leap_in_flight(p, p->x0, sr_scale(p->end_par[SR_LEAP_FLIGHT], 0.5), keep);
  p->ocp.p[TOP] = (sr_bound){"height of the centre of mass at the top", 0.2, 3.0, 0.5};
  sr_movement_end(p, sr_sub(top.com.y, p->end_par[TOP]), "height at the top", 0.0, 0.0, 0.1);
  sr_movement_end(p, top.com_velocity.y, "vertical speed at the top", 0.0, 0.0, 1.0);
  if (demand == SR_LEAP_MOST_FLIGHT || task->rate_hz == 0.0) sr_leap_maximise(p, w, demand, top.com.y);
  return p;
}

// Joints of the guess: bent most half-way from top to top, the ankles pointed in the air; a free leg hangs bent.
typedef struct bounce {
  const sr_model *model;
  int legs;
  double duration, flight, knee, com;  // [s], [s], [rad], [m]
} bounce;

static void pose(const void *who, double time, double *q)
{
  const bounce *b = who;
  const double down = 0.5 - 0.5 * cos(2.0 * SR_PI * time / b->duration), knee = b->knee * down;
  static const char *const joint[3][2] = {
      {"hip_flexion_l", "hip_flexion_r"}, {"knee_angle_l", "knee_angle_r"}, {"ankle_angle_l", "ankle_angle_r"}};
  for (int leg = 0; leg < 2; leg++) {
    const bool is_free = (b->legs >> leg & 1) == 0;
    sr_guess_set(b->model, q, joint[0][leg], is_free ? 20.0 * SR_DEGREE : 0.5 * knee);
    sr_guess_set(b->model, q, joint[1][leg], is_free ? -70.0 * SR_DEGREE : -knee - 5.0 * SR_DEGREE);
    sr_guess_set(b->model, q, joint[2][leg], is_free ? 0.0 : 0.5 * knee - 20.0 * SR_DEGREE * (1.0 - down));
  }
}

// The pose on the ground, and in the air a ballistic flight on top of it.
static sr_traj guess_of(const sr_movement *p, const bounce *b, sr_mesh mesh, sr_arena *keep)
{
  const sr_layout *l = &p->layout;
  const int ty = sr_coord_find(&p->model->skeleton, "pelvis_ty");
  sr_traj t = sr_guess_make(p, &(sr_guess){.pose = pose, .who = b, .is_grounded = true}, b->duration, mesh, keep);
  for (int i = 0; i < t.npoint; i++) {
    const double since = t.tau[i] < 0.5 ? t.tau[i] * b->duration : (t.tau[i] - 1.0) * b->duration;  // the top [s]
    if (fabs(since) > 0.5 * b->flight) continue;
    t.x[i * l->nx + l->q + ty] += 0.5 * SR_GRAVITY * (0.25 * b->flight * b->flight - since * since);
    t.x[i * l->nx + l->qd + ty] -= SR_GRAVITY * since;
    t.u[i * l->nu + l->qdd + ty] -= SR_GRAVITY;
  }
  t.p[SR_LEAP_FLIGHT] = p->ocp.p[SR_LEAP_FLIGHT].hi;
  t.p[TOP] = b->com;
  return t;
}

// Two guesses, a stiff and a soft one: the longer a hop lasts, the deeper it goes.
static sr_ocp_result solve(const sr_task *task, const sr_task_run *run, const sr_movement *p,
                           const sr_leap_stance *stance, int *iterations, sr_traj *t, sr_arena *keep)
{
  const double duration = task->rate_hz > 0.0 ? 1.0 / task->rate_hz : 0.7;
  const double knee = fmin(80.0, 120.0 * duration * duration) * SR_DEGREE;
  const bounce from[] = {{run->model, task->legs, duration, 0.4 * duration, knee, stance->com_height + 0.1},
                         {run->model, task->legs, duration, 0.3 * duration, 1.5 * knee, stance->com_height + 0.1}};
  enum { N = sizeof from / sizeof *from };
  sr_traj guess[N];
  for (int i = 0; i < N; i++) guess[i] = guess_of(p, &from[i], sr_leap_coarse(run), keep);
  return sr_leap_search(p, run, guess, N, iterations, t, keep);
}

// When both feet together are on the ground, as if they were one.
static sr_foot_events contact_of(const sr_leap_record *l, sr_arena *keep)
{
  const int n = l->rec.nrow - 1;  // the last row is the first one again
  double *time = sr_alloc(keep, double, n), *load = sr_alloc(keep, double, n);
  for (int i = 0; i < n; i++) {
    time[i] = sr_recording_time(&l->rec, i);
    load[i] = sr_leap_load(l, i);
  }
  return sr_foot_events_of(time, load, n, l->rec.duration);
}

static double peak_load(const sr_leap_record *l)
{
  double best = 0.0;
  for (int i = 0; i < l->rec.nrow; i++) best = fmax(best, sr_leap_load(l, i));
  return best;
}

// How long it can go on with the activations that it has (docs/theory/task.md, section 7): a muscle that tires is not
// spared here.
static void report_endurance(const sr_metrics *b, const sr_task_run *run)
{
  enum { MOST = 10000 };                               // hops: beyond it is no matter of minutes
  const int n = b->rec->nrow - 1, nm = b->m->nmuscle;  // the last row is the first one again
  double *act = sr_alloc(b->keep, double, n *nm);
  for (int i = 0; i < n; i++)
    for (int k = 0; k < nm; k++) act[i * nm + k] = sr_recording_row(b->rec, b->rec->columns.activation[k], i);
  const sr_endurance e = sr_endurance_of(b->m, run->weights, act, n, b->rec->duration, MOST);
  sr_metrics_put(b, "hops_to_exhaustion_1", isfinite(e.cycles) ? e.cycles : (double)NAN);
  sr_metrics_put(b, "time_to_exhaustion_s", isfinite(e.seconds) ? e.seconds : (double)NAN);
  if (e.muscle >= 0)
    sr_task_limit(b->r, b->keep, "%s is the first to tire", b->m->muscle[e.muscle].par.name);
  else
    sr_task_limit(b->r, b->keep, "%d hops exhaust no muscle", (int)MOST);
}

static void fill_result(const sr_movement *p, const sr_task_run *run, const sr_leap_stance *stance, const sr_traj *t,
                        double error, sr_task_result *r, sr_arena *keep)
{
  const sr_leap_record l = sr_leap_record_of(p, t, "1/s", ROWS, keep);
  const sr_metrics b = {&l.rec, p->model, "predicted", r, keep};
  const sr_foot_events contact = contact_of(&l, keep);
  const double top = sr_recording_row(&l.rec, l.com_y, 0), low = sr_recording_least(&l.rec, l.com_y);
  const double off = fmod(contact.contact + contact.stance, l.rec.duration);
  const double down = isnan(contact.contact) ? (double)NAN : sr_recording_at(&l.rec, l.com_y, contact.contact);
  const double energy = sr_metrics_energy(&b) / p->model->mass;
  sr_metrics_put(&b, "mesh_error_1", error);
  sr_metrics_put(&b, "rate_hz", 1.0 / l.rec.duration);
  sr_metrics_put(&b, "duration_s", l.rec.duration);
  sr_metrics_put(&b, "hop_height_m", top - stance->com_height);
  sr_metrics_put(&b, "flight_height_m", isnan(off) ? (double)NAN : top - sr_recording_at(&l.rec, l.com_y, off));
  sr_metrics_put(&b, "flight_time_s", l.rec.duration - contact.stance);
  sr_metrics_put(&b, "contact_time_s", contact.stance);
  sr_metrics_put(&b, "com_travel_m", top - low);
  // the leg as a spring: peak force over how far the centre of mass sinks on it
  sr_metrics_put(&b, "leg_stiffness_kN_m", 1e-3 * peak_load(&l) / (down - low));
  sr_metrics_put(&b, "energy_J_kg", energy);
  sr_metrics_put(&b, "metabolic_power_W_kg", energy / l.rec.duration);
  report_endurance(&b, run);
  sr_leap_legs(&b);
  sr_recording_save(&l.rec, SAVED_STEP, &r->curves, keep);
  sr_movement_limits(p, t, "hop", r, keep);
  if (run->is_verified) sr_movement_drift(p, t, r, keep);
}

// The proof of `impossible`: the highest flight there is.
static const char *why_not(double most, double wanted, sr_arena *keep)
{
  return sr_arena_printf(keep, "with the flight free its height is %.1f cm at most (asked for: %.1f cm)", most, wanted);
}

void sr_hop_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *s)
{
  static const sr_leap_kind kind = {problem_of, solve, fill_result, why_not, "greatest_flight_cm"};
  sr_leap_solve(&kind, task, run, run->weights->leap.hop_flight, keep, r, s);
}
