// A result: everything a run found, in one structure that is saved as result.json (schema surae-result/1), read back,
// and is all that the report sees. Named columns with units; no clock time, host or path.
#ifndef SR_RESULT_RESULT_H
#define SR_RESULT_RESULT_H
#include "base/arena.h"
#include "base/error.h"
#include "base/files.h"

#define SR_TASK_STATUSES(ROW)                 \
  ROW(SR_TASK_SOLVED, "solved")               \
  ROW(SR_TASK_IMPOSSIBLE, "impossible")       \
  ROW(SR_TASK_NOT_CONVERGED, "not_converged") \
  ROW(SR_TASK_INTERRUPTED, "interrupted")     \
  ROW(SR_TASK_NOT_RUN, "not_run")
#define SR_TASK_STATUS_ENUM(name, text) name,
typedef enum sr_task_status { SR_TASK_STATUSES(SR_TASK_STATUS_ENUM) } sr_task_status;
#undef SR_TASK_STATUS_ENUM
const char *sr_task_status_text(sr_task_status s);

// One number. The name ends in its unit (stride_length_m). `grade`: "predicted", "calibrated" or "assumed". A value
// that could not be computed is NaN and is saved as null.
typedef struct sr_metric {
  const char *name;
  double value;
  const char *grade;
  bool has_band;
  double p05, p95;
} sr_metric;

// Curves over a movement: columns with a unit each, nrow samples; column 0 is time_s (tasks that take no time have
// one row and no trajectory). Coordinates are in deg (m for translations), knee flexion negative, dorsiflexion
// positive.
typedef struct sr_curves {
  int nrow, ncol;
  const char **label;  // e.g. ankle_angle_r, ankle_angle_r_moment, grf_r_vy, soleus_r/activation
  const char **unit;   // deg, m, N_m, W, N, -, ...
  double *at;          // (nrow * ncol) row by row
} sr_curves;

typedef struct sr_task_result {
  const char *task;  // canonical: walk:speed_m_s=1.33
  sr_task_status status;
  const char *why;  // one sentence; "" when solved without remark
  int iterations;
  int mesh_intervals, mesh_degree;  // 0 for static tasks
  double objective;
  int nmetric;
  sr_metric *metric;
  int nlimit;
  const char **limit;  // what limits it: "soleus_r activation at its bound 1", ...
  // The same movement by bodies like this one that differ in strength, tendon and toes: how many were tried, how many
  // can do it. Metrics have the bands of those who can. 0: none were tried.
  int nbody, nbody_solved;
  sr_curves curves;
} sr_task_result;

// 5 to 95% of a number over the unknown constants.
typedef struct sr_band {
  bool is_known;
  double p05, p95;
} sr_band;

// Volumes of the calf's muscles are anatomy; those of thigh and hip are derived from peak force (docs/theory/model.md).
typedef struct sr_muscle_result {
  const char *muscle;  // without side
  double innervated, contractile_volume_ml, total_volume_ml, max_force_N, optimal_fibre_length_m;
  sr_band contractile_band, total_band, force_band;
} sr_muscle_result;

// A surface of the standing leg as rings of points from top to bottom; the points of one name stand for the same places
// in every epoch. x forward, y up from the ground, z to the right of the person, the line from knee to ankle upright at
// x = z = 0                                                                                    [0.1 mm]
#define SR_RINGS_MOST 32767
typedef struct sr_rings {
  const char *name;  // skin, tibia, fibula, achilles, or a muscle without side
  int nring, npoint;
  int *at;  // (nring * npoint * 3), none beyond SR_RINGS_MOST
} sr_rings;

typedef struct sr_leg_shape {
  int ankle_height, shank_length;  // of the joint above the ground; from knee to ankle joint [0.1 mm]
  int nsurface;                    // 0: no shape is known
  sr_rings *surface;
} sr_leg_shape;

typedef struct sr_leg_result {
  int nmuscle;
  sr_muscle_result *muscle;
  int nnerve;
  double *nerve_intact;  // (nnerve) what is left of each node of this leg's tree, 0..1; none where nothing was run
  int nnumb, npartly_numb;
  const char **numb, **partly_numb;  // skin that feels nothing, skin that feels less, in words
  int nmetric;
  sr_metric *metric;                             // girth_max_cm, dorsiflexion_deg, ... once they are built
  int nprofile;                                  // girth along the shank: at this height above the ankle ...
  double *profile_height_cm, *profile_girth_cm;  // ... this girth
  sr_leg_shape shape;
} sr_leg_result;

typedef struct sr_epoch {
  double week;
  const char *when;  // before, after, course
  int nmetric;
  sr_metric *metric;     // of the whole body: mass_kg, ...
  sr_leg_result leg[2];  // 0 left, 1 right
  int ntask;
  sr_task_result *task;
} sr_epoch;

typedef struct sr_intervention_result {
  double week;
  const char *kind, *side;
  int ntarget;
  const char **target, **target_zh;
  double fraction;
} sr_intervention_result;

// What it would do to cut one more branch that lies near those that are cut: a slip of the knife on the same legs.
typedef struct sr_slip_result {
  const char *node, *name_en, *name_zh, *kind;
  double week;       // of the intervention
  const char *side;  // left, right, both
  // the anatomical variant in which that branch hangs below a nerve that is cut (NULL: none known), and in how many
  // legs
  const char *variant;
  double frequency, frequency_lo, frequency_hi;
  int nmuscle;
  const char **muscle;  // that lose some of their supply by the slip
  int nnumb;
  const char **numb;  // skin that loses feeling by the slip, in words
  int ntask;
  sr_task_result *task;  // right after, without curves; none where no muscle is lost
} sr_slip_result;

typedef struct sr_nerve_result {  // a node of a leg's tree, parents before children
  const char *id, *name_en, *name_zh, *kind;
  const char *supplies;     // a muscle, or skin in words; NULL for a trunk
  const char *supplies_zh;  // skin only
  double share;             // of that muscle's motor axons; 0 where it is no motor nerve
  int parent;               // -1 for a root
  int second_parent;        // a second nerve that joins here with second_share of the fibres; -1 for none
  double second_share;
} sr_nerve_result;

// Which unknown constant moves an outcome, over the sampled bodies.
typedef struct sr_influence_result {
  const char *outcome;          // girth_change_cm_week_104, ...
  const char *unknown, *about;  // name of the constant, and in words
  double rank_correlation;      // Spearman's: the direction
  double share;                 // of the outcome's variance
} sr_influence_result;

typedef struct sr_result {
  const char *version;  // of the program
  const char *kernel;
  const char *lang;
  // person
  const char *sex;
  double age_yr, height_m, mass_kg;
  int nintervention;
  sr_intervention_result *intervention;
  int nnerve[2];  // of the left and the right leg, each with its own anatomy
  sr_nerve_result *nerve[2];
  int nepoch;
  sr_epoch *epoch;
  int ncontrol;  // the same life without interventions, epoch by epoch
  sr_epoch *control;
  int ninfluence;
  sr_influence_result *influence;  // for each outcome the greatest first
  int nslip;
  sr_slip_result *slip;
  int nnote;
  const char **note;  // what the reader must know: not modelled, not built, assumptions
} sr_result;

// Adding to a result. Lists grow by doubling in `keep`; names and grades are copied. A list is filled by these calls or
// by reading a result, never by hand and by these calls.
sr_metric *sr_metric_add(sr_metric **list, int *n, sr_arena *keep, const char *name, double value, const char *grade);
void sr_task_metric(sr_task_result *t, sr_arena *keep, const char *name, double value, const char *grade);
void sr_task_limit(sr_task_result *t, sr_arena *keep, const char *format, ...) __attribute__((format(printf, 3, 4)));
void sr_epoch_metric(sr_epoch *e, sr_arena *keep, const char *name, double value, const char *grade);
void sr_leg_metric(sr_leg_result *l, sr_arena *keep, const char *name, double value, const char *grade);
void sr_result_note(sr_result *r, sr_arena *keep, const char *format, ...) __attribute__((format(printf, 3, 4)));

// The same in another arena. / Left and right exchanged in every name and label.
sr_task_result sr_task_result_copy(const sr_task_result *from, sr_arena *keep);
void sr_task_result_mirror(sr_task_result *r, sr_arena *keep);

// Text of result.json / a result read back; everything is allocated in `keep`. All numbers keep every bit, except
// those of trajectories, which have 7 significant digits. Writing what was read gives the same bytes.
char *sr_result_to_json(const sr_result *r, sr_arena *keep, size_t *size);
bool sr_result_from_json(const char *path, const char *text, size_t size, sr_arena *keep, sr_result *out,
                         sr_error *err);
// The same for one task alone, for whoever keeps tasks by themselves.
char *sr_task_result_to_json(const sr_task_result *t, sr_arena *keep, size_t *size);
bool sr_task_result_from_json(const char *path, const char *text, size_t size, sr_arena *keep, sr_task_result *out,
                              sr_error *err);
const sr_task_result *sr_result_find_task(const sr_epoch *e, const char *task);  // NULL if absent
// The epoch that is held against the first one: the first marked `after` that was run. NULL if there is none.
const sr_epoch *sr_result_after(const sr_result *r);
bool sr_epoch_is_run(const sr_epoch *e);                                          // false where every task is not_run
const sr_metric *sr_metric_find(const sr_metric *list, int n, const char *name);  // NULL if absent
int sr_curves_find(const sr_curves *c, const char *label);                        // its column, -1 if absent
bool sr_result_metric(const sr_task_result *t, const char *name, double *value);  // false if absent
const double *sr_result_column(const sr_curves *c, const char *label,
                               double *scratch);  // copies column, NULL if absent

// The coordinates as an OpenSim motion (.mot, degrees, short names) that its viewer plays; `name` heads the file.
bool sr_result_write_mot(const char *path, const sr_curves *c, const char *name, sr_error *err);
// All columns as an OpenSim table (.sto), with their units in the header.
bool sr_result_write_sto(const char *path, const sr_curves *c, const char *name, sr_error *err);
#endif
