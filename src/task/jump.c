// jump: the greatest height from quiet standing, with a countermovement, on both legs or on one.
#include <math.h>
#include <string.h>

#include "base/constants.h"
#include "task/drift.h"
#include "task/leap.h"

enum { ROWS = 401, SAVED_STEP = 4 };

// From quiet standing (every state is known) to the air, without forward speed: the jumper comes down where he stood.
static sr_movement *problem_of(const sr_task *task, const sr_task_run *run, const sr_leap_stance *stance,
                               sr_leap_demand demand, sr_arena *keep)
{
  const sr_leap_weights *w = &run->weights->leap;
  sr_movement *p = sr_leap_new(run, task->legs, stance, SR_LEAP_PARAMETERS, w->clearance, demand, keep);
  p->ocp.p[SR_LEAP_DURATION] = (sr_bound){"duration", 0.3, w->jump_time, 0.5};
  // effort of the whole jump, whatever it lasts
  sr_movement_effort(p, &run->weights->walk.effort, sr_inv(p->par[SR_LEAP_DURATION]));
  for (int i = 0; i < p->layout.nx; i++)
    sr_movement_end(p, p->x0[i], sr_arena_printf(keep, "standing %s", p->ocp.x[i].name), stance->x[i], stance->x[i],
                    p->ocp.x[i].scale);
  const sr_leap_end off = sr_leap_in_flight(p, p->x1, p->end_par[SR_LEAP_FLIGHT], keep);
  sr_movement_end(p, off.com_velocity.x, "forward speed at take-off", 0.0, 0.0, 1.0);
  sr_movement_end(p, off.com_velocity.y, "speed at take-off", 0.0, SR_NLP_INF, 1.0);
  sr_leap_maximise(p, w, demand, sr_leap_apex(&off));
  return p;
}

// A crouch and back: bent most at 63% of the time.
typedef struct crouch {
  const sr_model *model;
  int legs;
  double depth, duration;  // share of a knee angle of 80 deg, [s]
} crouch;

static void pose(const void *who, double time, double *q)
{
  const crouch *c = who;
  const double share = fmin(fmax(time / c->duration, 0.0), 1.0);
  const double down = pow(sin(SR_PI * pow(share, 1.5)), 2.0) * c->depth * SR_DEGREE;
  sr_guess_set(c->model, q, "pelvis_tilt", -20.0 * down);
  static const char *const joint[3][2] = {
      {"hip_flexion_l", "hip_flexion_r"}, {"knee_angle_l", "knee_angle_r"}, {"ankle_angle_l", "ankle_angle_r"}};
  for (int leg = 0; leg < 2; leg++) {
    const bool is_free = (c->legs >> leg & 1) == 0;
    sr_guess_set(c->model, q, joint[0][leg], 70.0 * down + (is_free ? 60.0 * SR_DEGREE : 0.0));
    sr_guess_set(c->model, q, joint[1][leg], -80.0 * down - (is_free ? 60.0 * SR_DEGREE : 0.0));
    sr_guess_set(c->model, q, joint[2][leg], 30.0 * down);
  }
}

static sr_traj guess_of(const sr_movement *p, const sr_leap_stance *stance, const crouch *c, sr_mesh mesh,
                        sr_arena *keep)
{
  sr_traj t = sr_guess_make(p, &(sr_guess){.pose = pose, .who = c, .is_grounded = true}, c->duration, mesh, keep);
  memcpy(t.x, stance->x, (size_t)p->layout.nx * sizeof *t.x);
  t.p[SR_LEAP_FLIGHT] = p->ocp.p[SR_LEAP_FLIGHT].hi;
  return t;
}

static sr_ocp_result solve(const sr_task *task, const sr_task_run *run, const sr_movement *p,
                           const sr_leap_stance *stance, int *iterations, sr_traj *t, sr_arena *keep)
{
  const crouch from[] = {{run->model, task->legs, 1.0, 0.8}, {run->model, task->legs, 0.6, 0.6}};
  enum { N = sizeof from / sizeof *from };
  sr_traj guess[N];
  for (int i = 0; i < N; i++) guess[i] = guess_of(p, stance, &from[i], sr_leap_coarse(run), keep);
  return sr_leap_search(p, run, guess, N, iterations, t, keep);
}

// The last row in which the ground still carries something.
static int takeoff_row(const sr_leap_record *l)
{
  int row = l->rec.nrow - 1;
  while (row > 0 && sr_leap_load(l, row) < 20.0) row--;
  return row;
}

// Greatest power of the force of the ground on the centre of mass [W].
static double peak_power(const sr_leap_record *l)
{
  double best = 0.0;
  for (int i = 0; i < l->rec.nrow; i++) best = fmax(best, sr_leap_load(l, i) * sr_recording_row(&l->rec, l->com_vy, i));
  return best;
}

static void fill_result(const sr_movement *p, const sr_task_run *run, const sr_leap_stance *stance, const sr_traj *t,
                        double error, sr_task_result *r, sr_arena *keep)
{
  const sr_leap_record l = sr_leap_record_of(p, t, "1/s", ROWS, keep);
  const sr_metrics b = {&l.rec, p->model, "predicted", r, keep};
  const int off = takeoff_row(&l), last = ROWS - 1;
  const double speed = sr_recording_row(&l.rec, l.com_vy, last), from = sr_recording_row(&l.rec, l.com_y, off);
  const double apex = sr_recording_row(&l.rec, l.com_y, last) + speed * speed / (2.0 * SR_GRAVITY);
  sr_metrics_put(&b, "mesh_error_1", error);
  sr_metrics_put(&b, "jump_height_m", apex - stance->com_height);
  sr_metrics_put(&b, "flight_height_m", apex - from);
  sr_metrics_put(&b, "takeoff_speed_m_s", sr_recording_row(&l.rec, l.com_vy, off));
  sr_metrics_put(&b, "duration_s", sr_recording_time(&l.rec, off));
  sr_metrics_put(&b, "countermovement_depth_m", stance->com_height - sr_recording_least(&l.rec, l.com_y));
  sr_metrics_put(&b, "power_peak_W_kg", peak_power(&l) / p->model->mass);
  sr_metrics_put(&b, "energy_J_kg", sr_metrics_energy(&b) / p->model->mass);
  sr_leap_legs(&b);
  sr_recording_save(&l.rec, SAVED_STEP, &r->curves, keep);
  sr_movement_limits(p, t, "jump", r, keep);
  if (run->is_verified) sr_movement_drift(p, t, r, keep);
}

// The proof of `impossible`: the feet as far off the ground at the end as can be.
static const char *why_not(double most, double wanted, sr_arena *keep)
{
  (void)wanted;
  return sr_arena_printf(keep, "the feet cannot leave the ground: the greatest clearance that is possible is %.1f cm",
                         most);
}

void sr_jump_solve(const sr_task *task, const sr_task_run *run, sr_arena *keep, sr_task_result *r, sr_solution *s)
{
  static const sr_leap_kind kind = {problem_of, solve, fill_result, why_not, "greatest_clearance_cm"};
  sr_leap_solve(&kind, task, run, run->weights->leap.clearance, keep, r, s);
}
