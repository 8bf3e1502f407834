#include "cohort/lived.h"

#include <math.h>
#include <string.h>

#include "base/constants.h"

// Close together where toxin comes and goes.
static const double held[] = {2, 4, 8, 13, 17, 20, 26, 34, 42, 52, 65, 78, 104};
enum { NHELD = sizeof held / sizeof *held };

int sr_lived_weeks(const sr_row *row, double week[SR_LIVED_WEEKS])
{
  if (strcmp(row->measure, "girth_held") == 0) {
    memcpy(week, held, sizeof held);
    return NHELD;
  }
  week[0] = row->week;
  if (strcmp(row->measure, "girth_share") != 0 || row->final == row->week) return 1;
  week[row->final > row->week] = row->final;
  week[row->final < row->week] = row->week;
  return 2;
}

static double change(const sr_person_leg *leg)
{
  return 100.0 * (leg->girth - leg->girth_before);
}

// Straight between the weeks that are looked at.
static double held_weeks(const sr_person_leg *leg)
{
  int least = 0;
  for (int i = 1; i < NHELD; i++)
    if (change(&leg[i]) < change(&leg[least])) least = i;
  const double half = 0.5 * change(&leg[least]);
  if (!(half < 0.0)) return isnan(half) ? half : 0.0;
  for (int i = least + 1; i < NHELD; i++)
    if (change(&leg[i]) > half) {
      const double before = change(&leg[i - 1]);
      return held[i - 1] + (held[i] - held[i - 1]) * (half - before) / (change(&leg[i]) - before);
    }
  return held[NHELD - 1];
}

double sr_lived_value(const sr_row *row, const sr_person_leg *own, const sr_person_leg *against)
{
  if (strcmp(row->measure, "dorsiflexion") == 0) return row->factor * own->dorsiflexion / SR_DEGREE;
  if (strcmp(row->measure, "girth_held") == 0) return held_weeks(own);
  if (strcmp(row->measure, "girth_share") == 0) {
    double week[SR_LIVED_WEEKS];
    const int n = sr_lived_weeks(row, week), last = row->final > row->week ? n - 1 : 0;
    return 100.0 * change(&own[n - 1 - last]) / change(&own[last]);
  }
  return change(own) - (against != NULL ? change(against) : 0.0);
}
