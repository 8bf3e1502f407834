// The shape of one leg from the knee to the foot: bones, calf muscles, fascia, fat and skin by levels, and what a tape
// around it reads. A level is a fraction of the shank: 0 at the knee joint, 1 at the ankle joint, negative above.
// Equations: docs/theory/shape.md.
#ifndef SR_SHAPE_SHAPE_H
#define SR_SHAPE_SHAPE_H
#include "base/arena.h"
#include "base/error.h"

// What fills the fascia, from the bones outwards: along every ray from the centre a layer lies on those before it. With
// the compartment in which soft muscle can give way to its neighbours; what has none is no muscle and never changes.
#define SR_SHAPE_LAYERS(ROW)                                                \
  ROW(SR_TIBPOST, "tibpost", SR_POSTERIOR)                                  \
  ROW(SR_FDL, "fdl", SR_POSTERIOR)                                          \
  ROW(SR_FHL, "fhl", SR_POSTERIOR)                                          \
  ROW(SR_EHL, "ehl", SR_ANTERIOR)                                           \
  ROW(SR_PERBREV, "perbrev", SR_ANTERIOR)                                   \
  ROW(SR_REST, "rest", SR_NOWHERE) /* vessels, septa, pads, joint, thigh */ \
  ROW(SR_TIBANT, "tibant", SR_ANTERIOR)                                     \
  ROW(SR_EDL, "edl", SR_ANTERIOR)                                           \
  ROW(SR_PERLONG, "perlong", SR_ANTERIOR)                                   \
  ROW(SR_SOLEUS, "soleus", SR_POSTERIOR)                                    \
  ROW(SR_GASLAT, "gaslat", SR_POSTERIOR)                                    \
  ROW(SR_GASMED, "gasmed", SR_POSTERIOR)                                    \
  ROW(SR_ACHILLES, "achilles", SR_NOWHERE) /* its tendon */
typedef enum sr_compartment { SR_ANTERIOR, SR_POSTERIOR, SR_COMPARTMENTS, SR_NOWHERE = SR_COMPARTMENTS } sr_compartment;
#define SR_SHAPE_ENUM(id, name, compartment) id,
typedef enum sr_layer { SR_SHAPE_LAYERS(SR_SHAPE_ENUM) SR_LAYERS } sr_layer;
#undef SR_SHAPE_ENUM
const char *sr_layer_name(sr_layer layer);
sr_layer sr_layer_find(const char *name);  // SR_LAYERS if there is none
sr_compartment sr_layer_compartment(sr_layer layer);
bool sr_layer_is_muscle(sr_layer layer);

// A measure over levels (or over the rings of the foot): monotone cubic between its knots, constant beyond.
enum { SR_PROFILE_MAX = 16 };
typedef struct sr_profile {
  int n;
  double at[SR_PROFILE_MAX], value[SR_PROFILE_MAX];
} sr_profile;
double sr_profile_at(const sr_profile *c, double at);

// A triangle rounded by a rolling circle: corners (x forward, z outwards) and radius over levels    [m]
enum { SR_TIBIA, SR_FIBULA, SR_BONES };
typedef struct sr_bone_shape {
  sr_profile x[3], z[3], radius;
} sr_bone_shape;

// Where a layer lies. Those before `direction` are a muscle's alone.
typedef struct sr_layer_shape {
  double begin, end, peak;       // levels of the belly, and of its greatest section
  double fullness;               // sum of the powers of the belly's profile                       [-]
  double ankle_arm, knee_arm;    // lengthening of the belly per angle                             [m/rad]
  sr_profile direction, spread;  // middle and half width as seen from the centre                  [rad]
} sr_layer_shape;

// All that data/shape.toml says of a leg; measures are those of a shank of `length`.
typedef struct sr_shape_table {
  double length;  // [m]
  double muscle;  // muscle of that leg                                            [m3]
  sr_bone_shape bone[SR_BONES];
  sr_profile centre_x, centre_z;            // from where the layers are measured                            [m]
  sr_profile front, back, medial, lateral;  // outline: half axes                         [m]
  sr_profile front_medial_power, front_lateral_power, back_power;  // and powers of its quarters  [-]
  double front_follows;  // how much the front half axis follows the others               [-]
  sr_profile rest_frame, rest_flesh, achilles_area;  // [m2]
  sr_layer_shape layer[SR_LAYERS];
  double softness;             // share of a change that spreads over the whole compartment     [-]
  double tendon_give;          // stretch of the Achilles tendon under the load of tiptoe       [m]
  sr_profile fat_profile;      // thickness at a level over that at its thickest                [-]
  double fat_least, fat_most;  // of `fat`, what people have                                    [m]
  double fat_exponent;         // d ln(layer) / d ln(fat mass)                                  [-]
  double skin_thickness;       // [m]
  double skin_elastic;         // share by which loose skin shortens by itself                  [-]
  sr_profile sink;             // how far drawn skin follows a hollow                           [-]
  sr_profile foot_top_x, foot_top_y, foot_sole_x, foot_sole_y, foot_medial, foot_lateral, foot_aside, foot_power;
  double toe_joint[2];  // forward and up of the ankle                                   [m]
} sr_shape_table;

// One leg of one person, laid out for its healthy muscles.
typedef struct sr_shape_leg sr_shape_leg;
// Shank `length` [m], `volume` (SR_LAYERS) of the healthy muscles [m3], other layers are not read. `table` must outlive
// the leg. NULL for a length or volume that no leg has.
const sr_shape_leg *sr_shape_build(const sr_shape_table *table, double length, const double *volume, bool is_left,
                                   sr_arena *keep, sr_error *err);

double sr_shape_length(const sr_shape_leg *leg);  // of the shank [m]

// What changes from week to week and from pose to pose.
typedef struct sr_shape_state {
  double volume[SR_LAYERS];  // whole muscles, with fat, scar and fluid in them; others are not read [m3]
  double fat;                // layer where it is thickest                                       [m]
  double knee, ankle;        // flexion < 0, dorsiflexion > 0                                    [rad]
  bool is_on_toes;           // the Achilles tendon gives, the toes stay on the ground
  double softness;           // share of a change that spreads over the whole compartment         [-]
} sr_shape_state;
sr_shape_state sr_shape_standing(const sr_shape_leg *leg, double fat);  // the healthy leg

// Section of a layer at a level                                                                 [m2]
double sr_shape_area(const sr_shape_leg *leg, const sr_shape_state *s, sr_layer layer, double level);
// Girth: perimeter of the taut outline + 2 pi (fat + skin)                                      [m]
double sr_shape_girth(const sr_shape_leg *leg, const sr_shape_state *s, double level);
typedef struct sr_girth {
  double girth, level;  // [m], [-]
} sr_girth;
// The calf: the greatest girth between the levels 0.14 and 0.64, in steps of 0.02.
sr_girth sr_shape_calf(const sr_shape_leg *leg, const sr_shape_state *s);
// The layer of fat with which the calf has that girth; it may lie outside what people have      [m]
double sr_shape_fat_at_girth(const sr_shape_leg *leg, const sr_shape_state *s, double girth);
// The layer after the person's fat mass has changed by a ratio                                  [m]
double sr_shape_fat_at_ratio(const sr_shape_table *t, double before, double ratio);
// Surface of the skin between the levels 0.1 and 0.9                                            [m2]
double sr_shape_skin(const sr_shape_leg *leg, const sr_shape_state *s);
// Skin reserve: the old skin, shortened by its elastic share, over what the leg needs now, less 1; 0 where that is not
// too much. A geometric index, no forecast of folds                                             [-]
double sr_shape_skin_reserve(const sr_shape_table *t, double skin_before, double skin_now);

// A closed polygon in the plane of a section: x forward, z to the right of the person, from the line knee to ankle [m]
enum { SR_POLYGON_MAX = 96 };
typedef struct sr_polygon {
  const char *name;
  int n;
  double at[SR_POLYGON_MAX][2];
} sr_polygon;
// skin, fascia (the taut outline), tibia, fibula, then the layers that are drawn: all but the rest. n = 0: none there.
enum { SR_POLYGON_SKIN, SR_POLYGON_FASCIA, SR_POLYGON_BONE, SR_POLYGON_LAYER = 4, SR_POLYGONS = 4 + SR_LAYERS - 1 };
void sr_shape_section(const sr_shape_leg *leg, const sr_shape_state *s, double level, sr_polygon out[SR_POLYGONS]);

// A closed surface, triangles counter-clockwise from outside. Vertices of one mesh stand for the same places in every
// state, so that a viewer may interpolate. x forward, y up, z to the right of the person; y = 0 under the foot; the
// line from knee to ankle is upright at x = z = 0.
// Vertices run ring by ring from top to bottom, npoint in each; last the middles of both lids.
typedef struct sr_surface {
  const char *name;
  int nring, npoint, nvertex, ntriangle;
  float *position;  // (nvertex * 3) [m]
  int *triangle;    // (ntriangle * 3)
} sr_surface;
enum { SR_MESHES = 3 + SR_LAYERS - 1 };  // skin, tibia, fibula, then the layers that are drawn
// Returns how high the ankle joint is above the ground                                         [m]
double sr_shape_meshes(const sr_shape_leg *leg, const sr_shape_state *s, sr_arena *keep, sr_surface out[SR_MESHES]);
double sr_surface_volume(const sr_surface *m);  // [m3]
#endif
