// When the feet carry load in a periodic gait: what all numbers of a cycle hang on.
#ifndef SR_TASK_GAIT_EVENTS_H
#define SR_TASK_GAIT_EVENTS_H

#define SR_LOADED 20.0  // vertical force from which a foot counts as on the ground [N]; laboratories use 10 to 50

// Stance is the longest time in a cycle for which a foot stays loaded; a shorter one is a scuff and no event.
typedef struct sr_foot_events {
  double contact;  // stance begins, within the cycle [s]; NAN for a foot that is never or always loaded
  double
      stance;  // its duration [s]: toe-off is at contact + stance, maybe in the next cycle; 0 never, all of it always
} sr_foot_events;

typedef struct sr_gait_events {
  double duration;         // of the cycle [s]
  sr_foot_events foot[2];  // 0 left, 1 right
} sr_gait_events;

// Events of one foot from its vertical force [N] at n rising times within one cycle, linear between them and from the
// last to the first: the crossings of SR_LOADED lie between samples.
sr_foot_events sr_foot_events_of(const double *time, const double *force, int n, double duration);
// The same events in a cycle that begins at `start` [s].
sr_gait_events sr_gait_events_from(const sr_gait_events *e, double start);
// How long a foot has been loaded at a time of the cycle: 0 to its stance [s]; -1 while it is not in stance.
double sr_foot_since_contact(const sr_gait_events *e, int foot, double time);
// Time in a cycle for which both feet are in stance [s].
double sr_gait_double_support(const sr_gait_events *e);
#endif
