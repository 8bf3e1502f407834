// One muscle over weeks to years: nerve, fibres, fat, scar, swelling, length, drive, pain. Everything is over the
// healthy muscle of the same person (1 = as before): sections of fibres over its section, volumes over its volume. Time
// in weeks. README.md tells how a course drives it. Theory: docs/theory/tissue.md.
#ifndef SR_TISSUE_MUSCLE_H
#define SR_TISSUE_MUSCLE_H
#include <stdbool.h>

// Constants: table of data/tissue.toml, key there and field here, meaning.
#define SR_TISSUE_ROWS(ROW)                                                                            \
  ROW(load, power, "power of the stress in a dose [-]")                                                \
  ROW(load, size_power, "power of the dose in the size that it keeps [-]")                             \
  ROW(load, size_least, "size of fibres without any dose [-]")                                         \
  ROW(load, size_most, "size of fibres under the greatest dose [-]")                                   \
  ROW(load, dead_band, "a change of dose that does nothing [-]")                                       \
  ROW(load, waste_time, "time constant of wasting [wk]")                                               \
  ROW(load, grow_time, "time constant of growth, new or again [wk]")                                   \
  ROW(load, dose_most, "greatest dose that full effort gives [-]")                                     \
  ROW(load, immobile, "dose of an immobilised muscle over what it would be [-]")                       \
  ROW(drive, drive_loss, "loss of voluntary drive without any dose [-]")                               \
  ROW(drive, drive_full, "load with which the drive stays full, over that before [-]")                 \
  ROW(drive, drive_fall_time, "its time constant [wk]")                                                \
  ROW(drive, drive_rise_time, "time constant of its return [wk]")                                      \
  ROW(denervated, denervated_time, "time constant of fibres without a nerve, beyond disuse [wk]")      \
  ROW(denervated, residue, "section that denervated fibres keep [-]")                                  \
  ROW(denervated, denervated_fat, "fat in a muscle without a nerve, in the long run [-]")              \
  ROW(denervated, disuse_fat, "fat in the place of fibres lost by disuse [-]")                         \
  ROW(denervated, fat_time, "time constant of fat [wk]")                                               \
  ROW(denervated, denervated_scar, "scar in a muscle without a nerve, in the long run [-]")            \
  ROW(denervated, scar_time, "time constant of scar [wk]")                                             \
  ROW(sprouting, unit_most, "greatest motor unit over its own size [-]")                               \
  ROW(sprouting, sprout_time, "time constant of sprouting [wk]")                                       \
  ROW(regrowth, axon_speed, "growth of an axon [m/d]")                                                 \
  ROW(regrowth, regrowth_delay, "from a repair or burn to the first axons under way and at work [wk]") \
  ROW(regrowth, regrowth_spread, "time constant from the first axon that arrives to the others [wk]")  \
  ROW(regrowth, repair_share, "axons that a repair at once brings back [-]")                           \
  ROW(regrowth, repair_time, "waiting for a repair after which that is e-fold less [wk]")              \
  ROW(regrowth, burn_share, "axons that come back after a burn [-]")                                   \
  ROW(toxin, toxin_most, "end plates that the greatest dose blocks [-]")                               \
  ROW(toxin, toxin_half, "dose of toxin with half of the greatest effect [U]")                         \
  ROW(toxin, toxin_time, "time constant of its wearing off [wk]")                                      \
  ROW(wound, swelling, "swelling of a muscle that was operated on, or its nerve [-]")                  \
  ROW(wound, swelling_time, "its time constant [wk]")                                                  \
  ROW(wound, wound_pain, "effort that pain forbids just after [-]")                                    \
  ROW(wound, pain_time, "its time constant [wk]")                                                      \
  ROW(wound, habit_time, "time constant of relearning coordination [wk]")                              \
  ROW(wound, sore, "soreness over excess of dose [-]")                                                 \
  ROW(wound, accustom_time, "time constant of getting used to a dose [wk]")                            \
  ROW(length, length_time, "time constant of the number of sarcomeres in series [wk]")                 \
  ROW(length, contraction, "shortening of a muscle turned to scar [-]")                                \
  ROW(length, fibre_stiffness, "share of passive stiffness that lies in the fibres [-]")               \
  ROW(length, scar_stiffness, "the rest: its gain per volume of scar [-]")                             \
  ROW(tendon, tendon_power, "power of the dose in the stiffness that it keeps [-]")                    \
  ROW(tendon, tendon_least, "stiffness without any dose [-]")                                          \
  ROW(tendon, tendon_most, "stiffness under the greatest dose [-]")                                    \
  ROW(tendon, tendon_time, "time constant of a tendon [wk]")

#define SR_TISSUE_FIELD(table, name, meaning) double name;
#define SR_TISSUE_COUNT(table, name, meaning) +1
enum { SR_TISSUE_NPARAM = 0 SR_TISSUE_ROWS(SR_TISSUE_COUNT) };
typedef union sr_tissue_params {
  struct {
    SR_TISSUE_ROWS(SR_TISSUE_FIELD)
  };
  double all[SR_TISSUE_NPARAM];  // the same by number, in the order of the rows
} sr_tissue_params;
#undef SR_TISSUE_FIELD
#undef SR_TISSUE_COUNT
const char *sr_tissue_param_name(int k);
const char *sr_tissue_param_meaning(int k);

typedef struct sr_tissue_muscle {
  double present;     // share of the muscle that was not cut out
  double axons;       // share of its motor axons that are alive and joined to it
  double blocked;     // of those, the share that does not conduct
  double nerve;       // of the fibres, the share joined to an axon, its own or a sprout
  double toxin;       // of the end plates, the share that toxin holds
  double section;     // of fibres whose nerve works
  double den_fast;    // of fibres without: what disuse alone would take ...
  double den_slow;    // ... and the rest
  double fat;         // volume above that of the healthy muscle
  double scar;        // the same
  double oedema;      // volume
  double length;      // optimal fibre length over that before
  double drive;       // greatest voluntary activation over that before
  double pain;        // effort that pain forbids
  double accustomed;  // dose that the muscle is used to
  double dose;        // dose of the last step's end
} sr_tissue_muscle;
sr_tissue_muscle sr_tissue_healthy(void);

// What happens over a step. The dose that a muscle feels is load / (section that works)^power + stress: the stress of
// the fibres that work, to the power, summed over the tasks and over that of the healthy muscle.
typedef struct sr_tissue_input {
  double axons;  // share alive and joined at the step's end: fewer than now die at its begin, more arrive in its course
  double blocked;  // of those, the share that does not conduct, throughout
  double load;     // sum n integral F^power dt of its active force F, over that of the healthy muscle. Between two
                   // solutions of the movement this stays and the section changes.
  double stress;   // the same of F over the section, where that is known instead (weights that follow strength); else 0
  // sum n integral a^power dt of the activation that is asked for, over that before: the drive follows it. 0: not known
  // by itself, and load + stress stands for it.
  double command;
  bool is_immobile;  // in a cast
  double held;       // fibre length there over the usual one: 1 neutral, below 1 shortened. Read if is_immobile.
} sr_tissue_input;

// Constants for steps of one length, made once per set of parameters.
typedef struct sr_tissue_step {
  sr_tissue_params par;
  double log_least, log_most;  // logarithm of the dose over the dead band at which size_least, size_most are reached
  // what a step leaves of a distance from rest: exp(-dt / time)
  double waste, grow, drive_fall, drive_rise, denervated, fat, scar, oedema, pain, accustom, length, tendon;
  double half_waste, half_grow, half_sprout, half_toxin;  // the same for half a step
} sr_tissue_step;
sr_tissue_step sr_tissue_step_new(const sr_tissue_params *p, double dt_wk);
// The muscle one step on. A healthy muscle under its own dose stays what it is, bit for bit.
sr_tissue_muscle sr_tissue_advance(const sr_tissue_step *t, sr_tissue_muscle s, const sr_tissue_input *in);

// Events, at once. Axons: what a cut leaves, or a block; as in sr_tissue_input, more than now have no effect.
void sr_tissue_connect(const sr_tissue_params *p, sr_tissue_muscle *s, double axons, double blocked);
void sr_tissue_inject(const sr_tissue_params *p, sr_tissue_muscle *s, double dose_U);  // toxin, units of onabotulinum
void sr_tissue_resect(const sr_tissue_params *p, sr_tissue_muscle *s, double share);   // of what is there, by mass
void sr_tissue_wound(const sr_tissue_params *p, sr_tissue_muscle *s);  // surgery on the muscle or on its nerve

typedef struct sr_tissue_readout {
  double capacity;       // active force at full effort over the healthy one: drive x section that works
  double section;        // of the fibres that work
  double passive_scale;  // passive force at a given length
  double len_opt;        // optimal fibre length over that before
  double drive;
  double effort_most;  // 1 - pain: the most that one is willing to do, over the capacity
  double soreness;     // 0 none .. 1 as sore as can be
  double innervated, denervated, fat, scar, oedema, total;  // volumes; fat and scar: beyond those of the healthy muscle
} sr_tissue_readout;
sr_tissue_readout sr_tissue_read(const sr_tissue_params *p, const sr_tissue_muscle *s);

// Size, section of a fibre, that a dose keeps in the long run                                          [-] -> [-]
double sr_tissue_size_kept(const sr_tissue_step *t, double dose);

// Stiffness of a tendon over that before, one step on; dose: sum n integral F^power dt of the force of all its muscles,
// over that before.
double sr_tissue_tendon(const sr_tissue_step *t, double stiffness, double dose);
// What is left of the habit of the old coordination, `weeks` after a muscle was lost; 1 on the day.
double sr_tissue_habit(const sr_tissue_params *p, double weeks);
#endif
