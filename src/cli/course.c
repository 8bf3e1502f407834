// surae course
#include <string.h>

#include "cli/cli.h"

static double metric(const sr_metric *list, int n, const char *name)
{
  const sr_metric *m = sr_metric_find(list, n, name);
  return m != NULL ? m->value : 0.0;
}

static double total_volume(const sr_leg_result *l, const char *muscle)
{
  for (int i = 0; i < l->nmuscle; i++)
    if (strcmp(l->muscle[i].muscle, muscle) == 0) return l->muscle[i].total_volume_ml;
  return 0.0;
}

// A line per epoch and leg.
static void print_epochs(FILE *out, const char *title, const sr_epoch *e, int n)
{
  static const char *const side[2] = {"left", "right"};
  static const char *const muscle[] = {"soleus", "gasmed", "gaslat"};
  fprintf(out, "%s\n%8s %-7s %-6s %8s %8s %17s %7s %7s %8s %8s %8s %6s\n", title, "week", "when", "leg", "girth cm",
          "change", "5 to 95%", "fat mm", "ankle", "soleus", "gasmed", "gaslat", "kg");
  for (int i = 0; i < n; i++)
    for (int leg = 0; leg < 2; leg++) {
      const sr_leg_result *l = &e[i].leg[leg];
      const sr_metric *change = sr_metric_find(l->metric, l->nmetric, "girth_change_cm");
      if (change == NULL) continue;
      char band[32] = "";
      if (change->has_band) snprintf(band, sizeof band, "%.2f to %.2f", change->p05, change->p95);
      fprintf(out, "%8g %-7s %-6s %8.1f %+8.2f %17s %7.1f %7.1f", e[i].week, e[i].when, side[leg],
              metric(l->metric, l->nmetric, "girth_max_cm"), change->value, band,
              metric(l->metric, l->nmetric, "calf_fat_mm"), metric(l->metric, l->nmetric, "dorsiflexion_deg"));
      for (size_t k = 0; k < sizeof muscle / sizeof *muscle; k++) fprintf(out, " %8.1f", total_volume(l, muscle[k]));
      fprintf(out, " %6.1f\n", metric(e[i].metric, e[i].nmetric, "mass_kg"));
    }
}

int sr_cli_course(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  sr_nerve_tree tree;
  sr_scenario s;
  sr_result r;
  sr_error err = {0};
  if (!sr_cli_scenario(a->operand, keep, &tree, &s, &err)) return sr_cli_fail(c, &err);
  if (a->nweek > 0) {
    s.nweek = a->nweek;
    s.week = a->weeks;
  }
  if (a->has_seed) s.seed = a->seed;
  s.ntask = s.nalways = s.nmore_week = 0;
  sr_progress p = sr_progress_new(c->err, sr_cli_progress_style(c, a), keep);
  const sr_course_options o = sr_cli_course_options(c, &p, keep);
  const bool is_good = sr_course_predict(&s, &tree, &o, keep, &r, &err);
  sr_progress_end(&p);
  if (!is_good) return sr_cli_fail(c, &err);
  const bool is_stopped = c->stop != NULL && *c->stop != 0;
  if (a->is_json) {
    size_t size;
    const char *text = sr_result_to_json(&r, keep, &size);
    fwrite(text, 1, size, c->out);
  } else {
    print_epochs(c->out,
                 "the life of the scenario (volumes of whole muscles in ml, ankle: passive dorsiflexion in degrees)",
                 r.epoch, r.nepoch);
    print_epochs(c->out, "\nthe same life without interventions", r.control, r.ncontrol);
  }
  return is_stopped ? 130 : 0;
}
