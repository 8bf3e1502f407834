// A walk followed forward in time, by our integrator and by SUNDIALS' IDA, which shares nothing with it.
#include "task/drift.h"

#include "load/model.h"
#include "ocp/radau.h"
#include "task/gait_problem.h"
#include "task/task.h"
#include "test.h"

#ifdef SR_HAS_SUNDIALS
#include <ida/ida.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

// Everything that the residual needs: the equations as a tape, and the solution whose controls are given.
typedef struct ida_problem {
  const sr_movement *p;
  const sr_traj *t;
  const sr_tape *tape;  // dx/dt, then equations of motion and force balances
  sr_radau radau;
  int interval, nfree;
  double *in, *out, *work;
} ida_problem;

static ida_problem ida_problem_new(const sr_movement *p, const sr_traj *t, sr_arena *a)
{
  const sr_layout *l = &p->layout;
  ida_problem q = {.p = p, .t = t, .radau = sr_radau_make(t->mesh.degree), .nfree = l->nq + l->nm};
  sr_ex *out = sr_alloc(a, sr_ex, l->nx + q.nfree);
  for (int i = 0; i < l->nx; i++) out[i] = p->ocp.xdot[i];
  for (int j = 0; j < l->nq; j++) out[l->nx + j] = p->ocp.path[j];
  for (int k = 0; k < l->nm; k++) out[l->nx + l->nq + k] = p->ocp.path[sr_movement_balance_row(p, k)];
  q.tape = sr_tape_new(p->ocp.point, out, l->nx + q.nfree, a);
  q.in = sr_alloc(a, double, sr_graph_inputs(p->ocp.point));
  q.out = sr_alloc(a, double, l->nx + q.nfree);
  q.work = sr_alloc(a, double, sr_tape_work(q.tape));
  return q;
}

// Unknowns: x, then accelerations, then rates of tendon force.
static int ida_residual(double time, N_Vector y, N_Vector dy, N_Vector r, void *of)
{
  ida_problem *q = of;
  const sr_layout *l = &q->p->layout;
  const sr_traj *t = q->t;
  const double place = time / t->p[0] * t->mesh.nint - q->interval;
  double weight[SR_RADAU_MAX + 1];
  sr_lagrange(q->radau.s, q->radau.node + 1, place, weight);
  const double *unknown = N_VGetArrayPointer(y), *rate = N_VGetArrayPointer(dy);
  double *out = N_VGetArrayPointer(r), *u = q->in + l->nx;
  memcpy(q->in, unknown, (size_t)l->nx * sizeof *q->in);
  sr_combine(q->radau.s, weight, t->u + (q->interval * q->radau.s + 1) * l->nu, l->nu, u);
  memcpy(u + l->qdd, unknown + l->nx, (size_t)l->nq * sizeof *u);
  memcpy(u + l->force_rate, unknown + l->nx + l->nq, (size_t)l->nm * sizeof *u);
  memcpy(u + l->nu, t->p, 2 * sizeof *u);
  sr_tape_eval1(q->tape, q->in, q->out, q->work);
  for (int i = 0; i < l->nx; i++) out[i] = q->out[i] - rate[i];
  for (int i = 0; i < q->nfree; i++) out[l->nx + i] = q->out[l->nx + i];
  return 0;
}

// The states after n intervals.
static void follow_with_ida(ida_problem *q, int n, double *x)
{
  const sr_layout *l = &q->p->layout;
  const int size = l->nx + q->nfree;
  SUNContext context;
  CHECK(SUNContext_Create(NULL, &context) == 0);
  N_Vector y = N_VNew_Serial(size, context), dy = N_VNew_Serial(size, context), kind = N_VNew_Serial(size, context);
  SUNMatrix matrix = SUNDenseMatrix(size, size, context);
  SUNLinearSolver solver = SUNLinSol_Dense(y, matrix, context);
  void *ida = IDACreate(context);
  N_VConst(0.0, y);
  N_VConst(0.0, dy);
  memcpy(N_VGetArrayPointer(y), q->t->x, (size_t)l->nx * sizeof *x);
  for (int i = 0; i < size; i++) N_VGetArrayPointer(kind)[i] = i < l->nx ? 1.0 : 0.0;
  CHECK(IDAInit(ida, ida_residual, 0.0, y, dy) == 0 && IDASStolerances(ida, 1e-9, 1e-9) == 0);
  CHECK(IDASetUserData(ida, q) == 0 && IDASetId(ida, kind) == 0 && IDASetMaxNumSteps(ida, 20000) == 0);
  CHECK(IDASetLinearSolver(ida, solver, matrix) == 0);
  for (q->interval = 0; q->interval < n; q->interval++) {
    const double length = q->t->p[0] / q->t->mesh.nint, from = q->interval * length, to = from + length;
    double at;
    // given controls jump from interval to interval, so each is a problem of its own
    CHECK(IDAReInit(ida, from, y, dy) == 0);
    CHECK(IDASetStopTime(ida, to) == 0);
    CHECK(IDACalcIC(ida, IDA_YA_YDP_INIT, to) == 0);
    CHECK(IDAGetConsistentIC(ida, y, dy) == 0);
    CHECK(IDASolve(ida, to, &at, y, dy, IDA_NORMAL) >= 0);
  }
  memcpy(x, N_VGetArrayPointer(y), (size_t)l->nx * sizeof *x);
  IDAFree(&ida);
  SUNLinSolFree(solver);
  SUNMatDestroy(matrix);
  N_VDestroy(y);
  N_VDestroy(dy);
  N_VDestroy(kind);
  SUNContext_Free(&context);
}
#endif

// The walk keeps to itself without any feedback: half a cycle ends where it was predicted, to a few degrees; a quarter
// of it to a tenth of one.
TEST_SLOW(a_walk_followed_forward_stays_a_walk)
{
  static const sr_person woman = {.sex = SR_FEMALE, .age_yr = 25.0, .height_m = 1.70, .mass_kg = 62.0};
  sr_arena *a = sr_arena_new();
  sr_model *m = sr_alloc(a, sr_model, 1);
  sr_weights w;
  sr_task task;
  CHECK(sr_model_load(&woman, m, NULL) && sr_weights_load(&w, NULL) && sr_task_parse("walk", &task, NULL));
  sr_task_result r;
  sr_solution s;
  sr_task_solve(&task, &(sr_task_run){.model = m, .weights = &w, .is_verified = true}, a, &r, &s);
  double quarter = 1e9, all = 1e9, step = 1e9;
  CHECK(sr_result_metric(&r, "drift_at_25_percent_deg", &quarter) && quarter < 0.1);
  CHECK(sr_result_metric(&r, "drift_at_100_percent_deg", &all) && all < 10.0);
  CHECK(sr_result_metric(&r, "drift_step_error_at_100_percent_deg", &step) && step < 0.05);
#ifdef SR_HAS_SUNDIALS
  enum { INTERVALS = 10 };
  const sr_movement *p = sr_gait_problem_new(m, &w, &(sr_gait){.speed = 1.33}, a);
  const sr_traj *t = &s.traj;
  const int nx = p->layout.nx;
  double *ours = sr_alloc(a, double, (t->mesh.nint + 1) * nx), *theirs = sr_alloc(a, double, nx);
  CHECK(sr_movement_forward(p, t, 8, ours, a) >= INTERVALS);
  ida_problem q = ida_problem_new(p, t, a);
  follow_with_ida(&q, INTERVALS, theirs);
  const double *own = t->x + INTERVALS * t->mesh.degree * nx;
  double moved = 0.0;
  for (int i = 0; i < nx; i++) {
    const double scale = p->ocp.x[i].scale;
    NEAR(ours[INTERVALS * nx + i] / scale, theirs[i] / scale, 2e-5);
    moved = fmax(moved, fabs(own[i] - theirs[i]) / scale);
  }
  CHECK(moved > 1e-4);  // what both agree on is not the solution itself
#endif
  sr_arena_free(a);
}
