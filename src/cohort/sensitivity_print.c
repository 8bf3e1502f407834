#include <math.h>
#include <stdio.h>

#include "cohort/sensitivity_parts.h"
#include "text/json.h"

const double sr_share_worth = 0.02;

static const char *number(char *room, size_t size, double x)
{
  if (!isfinite(x)) return "-";
  const double a = fabs(x);
  snprintf(room, size, a >= 100.0 ? "%.0f" : a >= 10.0 ? "%.1f" : a >= 0.1 ? "%.2f" : "%.3f", x);
  return room;
}

// --- text

static void print_slow(const sr_slow_sensitivity *s, sr_text *out)
{
  char value[32], low[32], high[32];
  sr_text_print(out, "\n%s, week %g (%s): ", s->what, s->week, s->of);
  if (s->why != NULL) {
    sr_text_print(out, "%s\n", s->why);
    return;
  }
  sr_text_print(out, "%s %s, 5 to 95%% %s to %s\n", number(value, sizeof value, s->value), s->unit,
                number(low, sizeof low, s->p05), number(high, sizeof high, s->p95));
  for (int i = 0; i < s->n && s->by[i].total > sr_share_worth; i++) {
    const sr_moved_by *b = &s->by[i];
    sr_text_print(out, "  %-18s alone %5.2f ± %.2f   in all %5.2f ± %.2f   %s\n", b->name, b->first, b->first_error,
                  b->total, b->total_error, b->about);
  }
}

static void print_head(const sr_task_sensitivity *t, int column, sr_text *out)
{
  sr_text_print(out, "  %-*s", column, "");
  for (int i = 0; i < t->nmetric; i++) sr_text_print(out, " %15.15s", t->metric[i].name);
  sr_text_print(out, "\n  %-*s", column, "base");
  for (int i = 0; i < t->nmetric; i++) sr_text_print(out, " %15.4g", t->metric[i].base);
  sr_text_print(out, "\n  %-*s", column, "healthy range");
  for (int i = 0; i < t->nmetric; i++) {
    char room[48];
    snprintf(room, sizeof room, "%g to %g", t->metric[i].range[0], t->metric[i].range[1]);
    sr_text_print(out, " %15s", room);
  }
  sr_text_print(out, "\n");
}

static void print_nudges(const sr_task_sensitivity *t, sr_text *out)
{
  for (int k = 0; k < t->nnudge; k++) {
    const sr_nudge_result *n = &t->nudge[k];
    sr_text_print(out, "  %-20s x %5.3f to %5.3f   ", n->name, n->factor[0], n->factor[1]);
    for (int i = 0; i < t->nmetric; i++) {
      char room[48] = "-";
      const double change = sr_nudge_change(t, n, i), elasticity = sr_nudge_elasticity(n, i);
      if (isfinite(change) && isfinite(elasticity))
        snprintf(room, sizeof room, "%+.0f%% (%+.2f)", 100.0 * change, elasticity);
      else if (isfinite(change))
        snprintf(room, sizeof room, "%+.0f%%", 100.0 * change);
      sr_text_print(out, " %15s", room);
    }
    for (int end = 0; end < 2; end++)
      if (n->end[end] != SR_MOVED_WITHIN)
        sr_text_print(out, "  %s: %s", end == 0 ? "down" : "up", sr_moved_end_text(n->end[end]));
    sr_text_print(out, "\n");
  }
}

static void print_numerics(const sr_task_sensitivity *t, sr_text *out)
{
  for (int k = 0; k < t->nnumerics; k++) {
    const sr_numerics_result *n = &t->numerics[k];
    sr_text_print(out, "  %-24s", n->name);
    for (int i = 0; i < t->nmetric; i++) sr_text_print(out, " %15.4g", n->value[i]);
    if (n->end != SR_MOVED_WITHIN) sr_text_print(out, "  %s", sr_moved_end_text(n->end));
    sr_text_print(out, "\n");
  }
  sr_text_print(out, "  %-24s", "spread within, % of range");
  for (int i = 0; i < t->nmetric; i++) {
    const double spread = sr_numerics_spread(t, i);
    char room[32];
    snprintf(room, sizeof room, "%.2g%s", 100.0 * spread, spread > SR_NUMERICS_MOST ? " ABOVE 2" : "");
    sr_text_print(out, " %15s", room);
  }
  sr_text_print(out, "\n");
}

void sr_sensitivity_print(const sr_sensitivity *s, sr_text *out)
{
  if (s->nslow > 0)
    sr_text_print(
        out,
        "weeks to years: share of the variance that a constant explains alone and with all its interactions, ± "
        "half of a 95%% interval\n%d pairs of points for one muscle, seed %llu\n",
        s->slow[0].pairs, s->seed);
  for (int i = 0; i < s->nslow; i++) print_slow(&s->slow[i], out);
  for (int i = 0; i < s->ntask; i++) {
    const sr_task_sensitivity *t = &s->task[i];
    sr_text_print(out, "\n%s, one parameter at a time", t->task);
    if (t->why != NULL) {
      sr_text_print(out, ": %s\n", t->why);
      continue;
    }
    sr_text_print(
        out,
        ": change from the lower to the upper end over the healthy range (percent of the metric per percent of "
        "the parameter)\n");
    print_head(t, 40, out);
    print_nudges(t, out);
    sr_text_print(out, "\n%s, the same movement with other numbers of the solver\n", t->task);
    print_head(t, 24, out);
    print_numerics(t, out);
  }
}

// --- JSON

static void write_slow(sr_json_writer *w, const sr_slow_sensitivity *s)
{
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "what", s->what);
  sr_json_string(w, "of", s->of);
  sr_json_number(w, "week", s->week);
  sr_json_string(w, "unit", s->unit);
  sr_json_string(w, "why", s->why);
  sr_json_number(w, "value", s->value);
  sr_json_number(w, "sd", s->sd);
  sr_json_number(w, "p05", s->p05);
  sr_json_number(w, "p95", s->p95);
  sr_json_integer(w, "pairs", s->pairs);
  sr_json_begin_array(w, "constants");
  for (int i = 0; i < s->n; i++) {
    sr_json_begin_object(w, NULL);
    sr_json_string(w, "constant", s->by[i].name);
    sr_json_string(w, "about", s->by[i].about);
    sr_json_number(w, "first", s->by[i].first);
    sr_json_number(w, "first_error", s->by[i].first_error);
    sr_json_number(w, "total", s->by[i].total);
    sr_json_number(w, "total_error", s->by[i].total_error);
    sr_json_end_object(w);
  }
  sr_json_end_array(w);
  sr_json_end_object(w);
}

static void write_nudge(sr_json_writer *w, const sr_task_sensitivity *t, const sr_nudge_result *n)
{
  double change[SR_MOVED_METRICS], elasticity[SR_MOVED_METRICS];
  for (int i = 0; i < t->nmetric; i++) {
    change[i] = 100.0 * sr_nudge_change(t, n, i);
    elasticity[i] = sr_nudge_elasticity(n, i);
  }
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "parameter", n->name);
  sr_json_string(w, "source", n->source);
  sr_json_numbers(w, "factor", n->factor, 2);
  sr_json_string(w, "end_low", sr_moved_end_text(n->end[0]));
  sr_json_string(w, "end_high", sr_moved_end_text(n->end[1]));
  sr_json_numbers(w, "low", n->value[0], t->nmetric);
  sr_json_numbers(w, "high", n->value[1], t->nmetric);
  sr_json_numbers(w, "change_percent_of_range", change, t->nmetric);
  sr_json_numbers(w, "elasticity", elasticity, t->nmetric);
  sr_json_end_object(w);
}

static void write_task(sr_json_writer *w, const sr_task_sensitivity *t)
{
  sr_json_begin_object(w, NULL);
  sr_json_string(w, "task", t->task);
  sr_json_string(w, "why", t->why);
  sr_json_number(w, "objective", t->objective);
  sr_json_begin_array(w, "metrics");
  for (int i = 0; i < t->nmetric; i++) {
    sr_json_begin_object(w, NULL);
    sr_json_string(w, "metric", t->metric[i].name);
    sr_json_number(w, "base", t->metric[i].base);
    sr_json_numbers(w, "healthy_range", t->metric[i].range, 2);
    sr_json_number(w, "numerical_spread_percent_of_range", 100.0 * sr_numerics_spread(t, i));
    sr_json_end_object(w);
  }
  sr_json_end_array(w);
  sr_json_begin_array(w, "parameters");
  for (int i = 0; i < t->nnudge; i++) write_nudge(w, t, &t->nudge[i]);
  sr_json_end_array(w);
  sr_json_begin_array(w, "numerics");
  for (int i = 0; i < t->nnumerics; i++) {
    sr_json_begin_object(w, NULL);
    sr_json_string(w, "changed", t->numerics[i].name);
    sr_json_string(w, "end", sr_moved_end_text(t->numerics[i].end));
    sr_json_number(w, "objective", t->numerics[i].objective);
    sr_json_numbers(w, "value", t->numerics[i].value, t->nmetric);
    sr_json_end_object(w);
  }
  sr_json_end_array(w);
  sr_json_end_object(w);
}

const char *sr_sensitivity_json(const sr_sensitivity *s, const char *version, sr_arena *keep, size_t *size)
{
  sr_json_writer w = sr_json_writer_new(keep);
  sr_json_begin_object(&w, NULL);
  sr_json_string(&w, "schema", "surae-sensitivity/1");
  sr_json_string(&w, "version", version);
  sr_json_integer(&w, "seed", (long long)s->seed);
  sr_json_begin_array(&w, "slow");
  for (int i = 0; i < s->nslow; i++) write_slow(&w, &s->slow[i]);
  sr_json_end_array(&w);
  sr_json_begin_array(&w, "tasks");
  for (int i = 0; i < s->ntask; i++) write_task(&w, &s->task[i]);
  sr_json_end_array(&w);
  sr_json_end_object(&w);
  sr_text_append(&w.text, "\n", 1);
  *size = w.text.size;
  return w.text.at;
}
