// The shape of one leg from the knee to the foot: bones, calf muscles, fascia, fat and skin by levels, and what a tape
// around it reads. A level is a fraction of the shank: 0 at the knee joint, 1 at the ankle joint, negative above.
#ifndef SR_SHAPE_SHAPE_H
#define SR_SHAPE_SHAPE_H
#include "base/arena.h"
#include "base/error.h"

// What fills the fascia, from the bones outwards: along every ray from the centre a layer lies on those before it.
#define SR_SHAPE_LAYERS(ROW)                                                             \
  ROW(SR_TIBPOST, "tibpost")                                                             \
  ROW(SR_FDL, "fdl")                                                                     \
  ROW(SR_FHL, "fhl")                                                                     \
  ROW(SR_EHL, "ehl")                                                                     \
  ROW(SR_PERBREV, "perbrev")                                                             \
  ROW(SR_REST, "rest") /* vessels, septa, pads, joint, thigh: no muscle, never changes */ \
  ROW(SR_TIBANT, "tibant")                                                               \
  ROW(SR_EDL, "edl")                                                                     \
  ROW(SR_PERLONG, "perlong")                                                             \
  ROW(SR_SOLEUS, "soleus")                                                               \
  ROW(SR_GASLAT, "gaslat")                                                               \
  ROW(SR_GASMED, "gasmed")                                                               \
  ROW(SR_ACHILLES, "achilles") /* the tendon: no muscle, never changes */
#define SR_SHAPE_ENUM(id, name) id,
typedef enum sr_layer { SR_SHAPE_LAYERS(SR_SHAPE_ENUM) SR_LAYERS } sr_layer;
#undef SR_SHAPE_ENUM
const char *sr_layer_name(sr_layer layer);
sr_layer sr_layer_find(const char *name);  // SR_LAYERS if there is none
bool sr_layer_is_muscle(sr_layer layer);

enum { SR_SHAPE_KNOTS = 16, SR_SHAPE_RAYS = 96, SR_SHAPE_LEVELS = 69, SR_BONES = 2 };
#define SR_SHAPE_TOP (-0.30)  // level of index 0
#define SR_SHAPE_STEP 0.02    // from level to level

// A measure over levels (or over rings of the foot): monotone cubic between its knots, constant beyond.
typedef struct sr_curve {
  int n;
  double at[SR_SHAPE_KNOTS], value[SR_SHAPE_KNOTS];
} sr_curve;
double sr_curve_at(const sr_curve *c, double at);

// A triangle rounded by a rolling circle: corners (x forward, z outwards) and radius over levels    [m]
typedef struct sr_bone_shape {
  sr_curve x[3], z[3], radius;
} sr_bone_shape;

// Where a layer lies. The first four rows are a muscle's alone.
typedef struct sr_layer_shape {
  double begin, end, peak;     // levels of the belly, and of its greatest section
  double fullness;             // sum of the powers of the belly's profile                       [-]
  double ankle_arm;            // lever at the ankle between neutral and tiptoe                  [m]
  sr_curve direction, spread;  // middle and half width as seen from the centre                  [rad]
} sr_layer_shape;

// All that data/shape.toml says; measures are those of a shank of `length`.
typedef struct sr_shape_table {
  double length, foot_length;  // [m]
  double muscle;               // muscle of that leg                                             [m3]
  sr_bone_shape bone[SR_BONES];
  sr_curve centre_x, centre_z;  // from where the layers are measured                            [m]
  sr_curve front, back, medial, lateral, front_power, back_power;  // outline: half axes and powers
  double front_follows;            // how much the front half axis follows the others            [-]
  sr_curve rest_frame, rest_flesh, achilles_area;  // [m2]
  sr_layer_shape layer[SR_LAYERS];
  double tendon_give;           // stretch of the Achilles tendon under the load of tiptoe       [m]
  sr_curve fat_profile;         // thickness at a level over that at its thickest                [-]
  double fat_range[2];          // least and greatest amplitude                                  [m]
  double fat_exponent;          // d ln(layer) / d ln(fat mass)                                  [-]
  double skin_thickness;        // [m]
  double skin_elastic;          // share by which loose skin shortens by itself                  [-]
  sr_curve sink;                // how far drawn skin follows a hollow                           [-]
  sr_curve foot_top_x, foot_top_y, foot_sole_x, foot_sole_y, foot_medial, foot_lateral, foot_aside, foot_power;
  double toe_joint[2];          // forward and up of the ankle                                   [m]
} sr_shape_table;

// One leg of one person, laid out for its healthy muscles: per level and ray the bones, and how each layer is spread.
typedef struct sr_shape_leg {
  const sr_shape_table *table;
  bool is_left;
  double length, scale;                         // of the shank [m], and over that of the table
  double volume[SR_LAYERS];                     // healthy muscles                               [m3]
  double area_rest[SR_SHAPE_LEVELS], area_achilles[SR_SHAPE_LEVELS];  // sections                [m2]
  double belly[SR_LAYERS][SR_SHAPE_LEVELS];     // section of a muscle over its volume, at rest  [1/m]
  double centre[SR_SHAPE_LEVELS][2];            // x, z                                          [m]
  double core[SR_SHAPE_LEVELS][SR_SHAPE_RAYS];  // r^2 / 2 of the bones' far side                [m2]
  double spread[SR_SHAPE_LEVELS][SR_LAYERS][SR_SHAPE_RAYS];  // of a layer's section over angle  [1/rad]
  double size[SR_SHAPE_LEVELS];                 // of the healthy outline over the table's       [-]
} sr_shape_leg;

// What changes from week to week and from pose to pose.
typedef struct sr_shape_state {
  double volume[SR_LAYERS];   // whole muscles, with fat, scar and fluid in them; others are not read  [m3]
  double stretch[SR_LAYERS];  // bellies against standing: below 0 shorter                       [m]
  double fat;                 // layer where it is thickest                                      [m]
  double knee, ankle, toes;   // flexion < 0, dorsiflexion > 0, extension > 0; for drawings      [rad]
} sr_shape_state;

// Lays the leg out: shank `length` [m], `volume` (SR_LAYERS) of the healthy muscles [m3] (equations 4 to 8 of
// docs/theory/shape.md). `table` must outlive the leg. Errors: a length or volume that no leg has.
bool sr_shape_build(const sr_shape_table *table, double length, const double *volume, bool is_left, sr_shape_leg *out,
                    sr_error *err);
// The healthy leg, standing.
sr_shape_state sr_shape_standing(const sr_shape_leg *leg, double fat);
// Turns the ankle (and the toes back, so that they stay on the ground) and lets bellies follow their tendons. A loaded
// Achilles tendon gives.
void sr_shape_turn_ankle(const sr_shape_leg *leg, double ankle, bool is_loaded, sr_shape_state *s);

double sr_shape_level(int index);  // of the grid on which girths are computed: 0 <= index < SR_SHAPE_LEVELS
// Section of a layer at a level                                                                 [m2]
double sr_shape_area(const sr_shape_leg *leg, const sr_shape_state *s, sr_layer layer, double level);
// Girth on every level of the grid: perimeter of the taut outline + 2 pi (fat + skin)           (SR_SHAPE_LEVELS) [m]
void sr_shape_girths(const sr_shape_leg *leg, const sr_shape_state *s, double *girth);
double sr_shape_girth(const sr_shape_leg *leg, const sr_shape_state *s, double level);  // linear between levels [m]
typedef struct sr_girth {
  double girth, level;  // [m], [-]
} sr_girth;
// The calf: the greatest girth between the levels 0.14 and 0.64.
sr_girth sr_shape_calf(const sr_shape_leg *leg, const sr_shape_state *s);
// Gives the fat with which the calf has that girth. Error: a girth that those muscles cannot have.
bool sr_shape_fit_fat(const sr_shape_leg *leg, sr_shape_state *s, double girth, sr_error *err);
// The layer of fat after the person's fat mass has changed by a ratio                           [m]
double sr_shape_fat(const sr_shape_table *t, double before, double ratio);
// Skin reserve between the levels 0.1 and 0.9: area of the old skin, shortened by its elastic share, over the area that
// the new leg needs, less 1; 0 where it is not too much                                         [-]
double sr_shape_skin_reserve(const sr_shape_leg *leg, const sr_shape_state *before, const sr_shape_state *now);

// A closed polygon in the plane of a section: x forward, z to the right of the person, from the line knee to ankle [m]
enum { SR_POLYGON_MAX = 96 };
typedef struct sr_polygon {
  const char *name;
  int n;
  double at[SR_POLYGON_MAX][2];
} sr_polygon;
// skin, fascia (the taut outline), tibia, fibula, then the layers that have a section of their own (all but the rest).
enum { SR_POLYGONS = 4 + SR_LAYERS - 1 };
void sr_shape_section(const sr_shape_leg *leg, const sr_shape_state *s, double level, sr_polygon out[SR_POLYGONS]);

// A closed surface, triangles counter-clockwise from outside. Vertices of one mesh stand for the same places in every
// state, so that a viewer may interpolate. x forward, y up, z to the right of the person; y = 0 under the foot; the line
// from knee to ankle is upright at x = z = 0.
typedef struct sr_mesh {
  const char *name;
  int nvertex, ntriangle;
  float *position;  // (nvertex * 3) [m]
  int *triangle;    // (ntriangle * 3)
} sr_mesh;
// skin, tibia, fibula, the muscles and the tendon.
enum { SR_MESHES = 3 + SR_LAYERS - 1 };
void sr_shape_meshes(const sr_shape_leg *leg, const sr_shape_state *s, sr_arena *keep, sr_mesh out[SR_MESHES]);
double sr_mesh_volume(const sr_mesh *m);  // [m3]
#endif
