#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cohort/cohort.h"
#include "text/json.h"

enum { AREAS_MOST = 64 };

// The areas in the order of the rows.
static int areas_of(const sr_verdict *v, int n, const char **area)
{
  int found = 0;
  for (int i = 0; i < n; i++) {
    int k = 0;
    while (k < found && strcmp(area[k], v[i].row->area) != 0) k++;
    if (k == found && found < AREAS_MOST) area[found++] = v[i].row->area;
  }
  return found;
}

// --- text

static const char *verdict_text(const sr_verdict *v)
{
  if (v->score.is_scored) return v->score.within_1sd ? "within 1 SD" : v->score.within_2sd ? "within 2 SD" : "OUTSIDE";
  if (v->score.has_band) return v->score.is_in_band ? "in band" : "OUT OF BAND";
  return v->ours.is_known ? "listed" : "-";
}

static const char *number(char *room, size_t size, double x)
{
  if (!isfinite(x)) return "-";
  const double a = fabs(x);
  snprintf(room, size, a >= 100.0 ? "%.0f" : a >= 10.0 ? "%.1f" : a >= 0.1 ? "%.2f" : "%.3f", x);
  return room;
}

static void print_row(const sr_verdict *v, sr_text *out)
{
  const sr_row *r = v->row;
  char published[32], sd[32], ours[32], low[32], high[32], z[32], band[72] = "";
  if (isfinite(v->ours.p05) && v->ours.is_known)
    snprintf(band, sizeof band, "%s to %s", number(low, sizeof low, v->ours.p05),
             number(high, sizeof high, v->ours.p95));
  sr_text_print(out, "%-5s %-9s %9s %7s %9s %20s %6s  %-11s %-10s %s; %s%s%s\n", r->id, r->unit,
                number(published, sizeof published, r->published), number(sd, sizeof sd, r->sd),
                v->ours.is_known ? number(ours, sizeof ours, v->ours.value) : "-", band,
                number(z, sizeof z, v->score.z), verdict_text(v), r->is_calibrated ? "calibrated" : "predicted",
                r->quantity, r->population, v->ours.why != NULL ? "; " : "", v->ours.why != NULL ? v->ours.why : "");
  if (sr_verdict_group_of(v) != SR_GROUP_HELD && r->cause != NULL) sr_text_print(out, "      %s\n", r->cause);
}

static void print_tally(const char *name, const sr_tally *t, sr_text *out)
{
  char bias[32], rms[32];
  sr_text_print(out, "%-14s %5d %9d %7d %12d %12d %8d %8d %9s %8s\n", name, t->rows, t->compared, t->scored,
                t->within_1sd, t->within_2sd, t->banded, t->in_band, number(bias, sizeof bias, t->bias_in_sd),
                number(rms, sizeof rms, t->rms_in_sd));
}

static void print_summary(const sr_verdict *v, int n, sr_text *out)
{
  const char *area[AREAS_MOST];
  const int narea = areas_of(v, n, area);
  for (int calibrated = 0; calibrated < 2; calibrated++) {
    sr_text_print(out, "\n%s\n%-14s %5s %9s %7s %12s %12s %8s %8s %9s %8s\n",
                  calibrated ? "rows that set a constant (they show that the fit holds, no more)"
                             : "predicted rows (they set no constant)",
                  "area", "rows", "compared", "scored", "within 1 SD", "within 2 SD", "banded", "in band", "bias, SD",
                  "RMS, SD");
    for (int i = 0; i < narea; i++) {
      const sr_tally t = sr_tally_of(v, n, area[i], calibrated);
      if (t.rows > 0) print_tally(area[i], &t, out);
    }
    const sr_tally all = sr_tally_of(v, n, NULL, calibrated);
    print_tally("all", &all, out);
  }
}

static void print_curve(const sr_curve_verdict *c, sr_text *out)
{
  char rmse[32], in_sd[32], r[32], most[32], lag[16] = "-";
  const sr_measured_curve *m = c->curve;
  const bool is_known = c->answered > 0;
  if (is_known) snprintf(lag, sizeof lag, "%d%%", c->score.lag);
  sr_text_print(out, "%-5s %-9s %9s %9s %7s %9s %6s  %-10s %s; %s%s%s\n", m->id, m->unit,
                is_known ? number(rmse, sizeof rmse, c->score.rmse) : "-",
                is_known ? number(in_sd, sizeof in_sd, c->score.rmse_in_sd) : "-",
                is_known ? number(r, sizeof r, c->score.r) : "-",
                is_known ? number(most, sizeof most, c->score.r_most) : "-", lag,
                c->study->is_calibrated ? "calibrated" : "predicted", m->quantity, c->study->population,
                c->why != NULL ? "; " : "", c->why != NULL ? c->why : "");
}

void sr_validate_print(const sr_findings *f, sr_text *out)
{
  const sr_verdict *v = f->verdict;
  const int n = f->n;
  static const char *const title[] = {"outside one published SD, or out of the band", "inside",
                                      "no published spread: listed, not scored", "not compared"};
  for (int group = 0; group < 4; group++) {
    sr_text_print(out, "%s%s\n%-5s %-9s %9s %7s %9s %20s %6s  %-11s %-10s %s\n", group > 0 ? "\n" : "", title[group],
                  "row", "unit", "published", "SD", "ours", "ours, 5 to 95%", "z", "", "", "what; who");
    for (int i = 0; i < n; i++)
      if ((int)sr_verdict_group_of(&v[i]) == group) print_row(&v[i], out);
  }
  if (f->ncurve > 0)
    sr_text_print(
        out,
        "\ncurves over the cycle: root mean square of the difference, alone and over that of the SD; "
        "cross-correlation at no lag, the greatest, and its lag (> 0: ours is late)\n%-5s %-9s %9s %9s %7s %9s "
        "%6s  %-10s %s\n",
        "curve", "unit", "RMSE", "in SD", "r", "greatest", "lag", "", "what; who");
  for (int i = 0; i < f->ncurve; i++) {
    const sr_curve_study *of = f->curve[i].study;
    print_curve(&f->curve[i], out);
    const bool is_last = i + 1 == f->ncurve || f->curve[i + 1].study != of;
    if (is_last && of->cause != NULL && f->curve[i].answered > 0) sr_text_print(out, "      %s\n", of->cause);
  }
  print_summary(v, n, out);
}

// --- JSON

static void write_tally(sr_json_writer *w, const char *area, const sr_tally *t)
{
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "area", area);
  sr_json_integer(w, "rows", t->rows);
  sr_json_integer(w, "compared", t->compared);
  sr_json_integer(w, "scored", t->scored);
  sr_json_integer(w, "within_1sd", t->within_1sd);
  sr_json_integer(w, "within_2sd", t->within_2sd);
  sr_json_integer(w, "banded", t->banded);
  sr_json_integer(w, "in_band", t->in_band);
  sr_json_number(w, "bias_in_sd", t->bias_in_sd);
  sr_json_number(w, "rms_in_sd", t->rms_in_sd);
  sr_json_end_object(w);
}

// null where nothing is known.
static void maybe(sr_json_writer *w, const char *key, bool is_known, bool value)
{
  if (is_known)
    sr_json_bool(w, key, value);
  else
    sr_json_string(w, key, NULL);
}

static void write_row(sr_json_writer *w, const sr_verdict *v)
{
  const sr_row *r = v->row;
  const sr_ours *o = &v->ours;
  const double none = (double)NAN;
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "id", r->id);
  sr_json_string(w, "area", r->area);
  sr_json_string(w, "quantity", r->quantity);
  sr_json_string(w, "intervention", r->intervention);
  sr_json_string(w, "population", r->population);
  sr_json_integer(w, "n", r->n);
  sr_json_string(w, "unit", r->unit);
  sr_json_number(w, "published", r->published);
  sr_json_number(w, "sd", r->sd);
  sr_json_string(w, "spread", r->spread);
  sr_json_number(w, "predicted", o->is_known ? o->value : none);
  sr_json_number(w, "predicted_sd", o->is_known ? o->sd : none);
  sr_json_number(w, "predicted_p05", o->is_known ? o->p05 : none);
  sr_json_number(w, "predicted_p95", o->is_known ? o->p95 : none);
  sr_json_integer(w, "persons", o->persons);
  sr_json_integer(w, "persons_answered", o->answered);
  sr_json_number(w, "bias", v->score.bias);
  sr_json_number(w, "z", v->score.z);
  maybe(w, "within_1sd", v->score.is_scored, v->score.within_1sd);
  maybe(w, "within_2sd", v->score.is_scored, v->score.within_2sd);
  if (v->score.has_band) sr_json_numbers(w, "band", r->band, 2);
  maybe(w, "in_band", v->score.has_band, v->score.is_in_band);
  if (o->ninfluence > 0) {
    sr_json_begin_array(w, "influences");
    for (int i = 0; i < o->ninfluence; i++) {
      sr_json_begin_object(w, NULL);
      sr_json_string(w, "constant", o->influence[i].name);
      sr_json_number(w, "share", o->influence[i].share);
      sr_json_number(w, "rank_correlation", o->influence[i].rank_correlation);
      sr_json_end_object(w);
    }
    sr_json_end_array(w);
  }
  sr_json_bool(w, "calibrated", r->is_calibrated);
  sr_json_string(w, "cause", r->cause);
  sr_json_string(w, "why", o->why);
  sr_json_string(w, "source", r->source);
  sr_json_end_object(w);
}

// At the points of the measured curve.
static void write_points(sr_json_writer *w, const char *key, const double y[SR_CURVE_SAMPLES])
{
  double at[SR_CURVE_POINTS];
  for (int i = 0; i < SR_CURVE_POINTS; i++) at[i] = y[i * (SR_CURVE_SAMPLES - 1) / (SR_CURVE_POINTS - 1)];
  sr_json_numbers(w, key, at, SR_CURVE_POINTS);
}

static void write_curve(sr_json_writer *w, const sr_curve_verdict *c)
{
  const bool is_known = c->answered > 0;
  const double none = (double)NAN;
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "id", c->curve->id);
  sr_json_string(w, "area", c->study->area);
  sr_json_string(w, "quantity", c->curve->quantity);
  sr_json_string(w, "population", c->study->population);
  sr_json_integer(w, "n", c->study->n);
  sr_json_string(w, "unit", c->curve->unit);
  sr_json_string(w, "spread", c->study->spread);
  sr_json_integer(w, "persons", c->persons);
  sr_json_integer(w, "persons_answered", c->answered);
  sr_json_number(w, "rmse", is_known ? c->score.rmse : none);
  sr_json_number(w, "rmse_in_sd", is_known ? c->score.rmse_in_sd : none);
  sr_json_number(w, "cross_correlation", is_known ? c->score.r : none);
  sr_json_number(w, "cross_correlation_most", is_known ? c->score.r_most : none);
  sr_json_number(w, "lag_percent", is_known ? c->score.lag : none);
  sr_json_numbers(w, "published", c->curve->mean, SR_CURVE_POINTS);
  if (c->curve->has_sd) sr_json_numbers(w, "sd", c->curve->sd, SR_CURVE_POINTS);
  if (is_known) write_points(w, "predicted", c->ours);
  if (c->answered > 1) write_points(w, "predicted_sd", c->ours_sd);
  sr_json_bool(w, "calibrated", c->study->is_calibrated);
  sr_json_string(w, "cause", c->study->cause);
  sr_json_string(w, "why", c->why);
  sr_json_string(w, "source", c->study->source);
  sr_json_end_object(w);
}

const char *sr_validate_json(const sr_findings *f, const char *version, sr_arena *keep, size_t *size)
{
  const sr_verdict *v = f->verdict;
  const int n = f->n;
  const char *area[AREAS_MOST];
  const int narea = areas_of(v, n, area);
  sr_json_writer w = sr_json_writer_new(keep);
  sr_json_begin_object(&w, NULL);
  sr_json_string(&w, "schema", "surae-validate/1");
  sr_json_string(&w, "version", version);
  for (int calibrated = 0; calibrated < 2; calibrated++) {
    sr_json_begin_array(&w, calibrated ? "summary_calibrated" : "summary_predicted");
    for (int i = 0; i <= narea; i++) {
      const sr_tally t = sr_tally_of(v, n, i < narea ? area[i] : NULL, calibrated);
      if (t.rows > 0) write_tally(&w, i < narea ? area[i] : "all", &t);
    }
    sr_json_end_array(&w);
  }
  sr_json_begin_array(&w, "rows");
  for (int i = 0; i < n; i++) write_row(&w, &v[i]);
  sr_json_end_array(&w);
  sr_json_begin_array(&w, "curves");  // every 5% of the cycle
  for (int i = 0; i < f->ncurve; i++) write_curve(&w, &f->curve[i]);
  sr_json_end_array(&w);
  sr_json_end_object(&w);
  sr_text_append(&w.text, "\n", 1);
  *size = w.text.size;
  return w.text.at;
}
