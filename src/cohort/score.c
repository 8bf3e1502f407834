#include <math.h>
#include <string.h>

#include "cohort/cohort.h"

sr_score sr_score_of(const sr_row *row, const sr_ours *ours)
{
  sr_score s = {.bias = (double)NAN, .in_sd = (double)NAN, .z = (double)NAN};
  if (!ours->is_known || isnan(row->published)) return s;
  s.bias = ours->value - row->published;
  s.has_band = !isnan(row->band[0]);
  s.is_in_band = s.has_band && ours->value >= row->band[0] && ours->value <= row->band[1];
  if (isnan(row->sd)) return s;
  s.is_scored = true;
  s.in_sd = s.bias / row->sd;
  s.within_1sd = fabs(s.in_sd) <= 1.0;
  s.within_2sd = fabs(s.in_sd) <= 2.0;
  if (row->n > 0) s.z = s.bias / sqrt(row->sd * row->sd / row->n + ours->uncertainty * ours->uncertainty);
  return s;
}

sr_verdict_group sr_verdict_group_of(const sr_verdict *v)
{
  if (!v->ours.is_known) return SR_GROUP_NOT_COMPARED;
  if (v->score.is_scored) return v->score.within_1sd ? SR_GROUP_HELD : SR_GROUP_MISSED;
  if (v->score.has_band) return v->score.is_in_band ? SR_GROUP_HELD : SR_GROUP_MISSED;
  return SR_GROUP_LISTED;
}

sr_tally sr_tally_of(const sr_verdict *v, int n, const char *area, bool is_calibrated)
{
  sr_tally t = {0};
  double sum = 0.0, squares = 0.0;
  for (int i = 0; i < n; i++) {
    const sr_row *row = v[i].row;
    const sr_score *s = &v[i].score;
    if (row->is_calibrated != is_calibrated || (area != NULL && strcmp(row->area, area) != 0)) continue;
    t.rows++;
    t.compared += v[i].ours.is_known;
    t.banded += s->has_band;
    t.in_band += s->is_in_band;
    if (!s->is_scored) continue;
    t.scored++;
    t.within_1sd += s->within_1sd;
    t.within_2sd += s->within_2sd;
    sum += s->in_sd;
    squares += s->in_sd * s->in_sd;
  }
  t.bias_in_sd = t.scored > 0 ? sum / t.scored : (double)NAN;
  t.rms_in_sd = t.scored > 0 ? sqrt(squares / t.scored) : (double)NAN;
  return t;
}
