// Text of the page: escaping, numbers, names.
#include <math.h>
#include <string.h>

#include "report/page.h"

const char *const sr_leg_muscle[SR_NMUSCLE] = {"gasmed",  "gaslat",     "soleus", "tibpost", "fdl", "fhl",
                                               "perlong", "perbrev",    "tibant", "edl",     "ehl", "iliopsoas",
                                               "glutmax", "hamstrings", "recfem", "vasti",   "bfsh"};

bool sr_is_cut(const sr_result *r)
{
  for (int i = 0; r != NULL && i < r->nintervention; i++)
    if (strcmp(r->intervention[i].kind, "transect") == 0) return true;
  return false;
}

const char *sr_words_of(const sr_page *p, sr_lang lang, const char *text)
{
  static const char *const it[2][2] = {{"change", "改变"}, {"cut", "切断"}};
  const char *name = it[sr_is_cut(p->r)][lang];
  if (strstr(text, "{it}") == NULL) return text;
  sr_text t = sr_text_new(p->keep);
  for (const char *s = text; *s != '\0'; s++) {
    const bool is_it = strncmp(s, "{it}", 4) == 0;
    sr_text_append(&t, is_it ? name : s, is_it ? strlen(name) : 1);
    s += is_it ? 3 : 0;
  }
  return t.at;
}

const char *sr_say(const sr_page *p, const char *id)
{
  const char *s = sr_string_find(p->lang, id);
  SR_ASSERT(s != NULL);
  return sr_words_of(p, p->lang, s);
}

const char *sr_say_with3(sr_page *p, const char *id, const char *a, const char *b, const char *c)
{
  const char *const filled[] = {a, b, c};
  sr_text t = sr_text_new(p->keep);
  for (const char *s = sr_say(p, id); *s != '\0'; s++) {
    const bool is_slot = s[0] == '{' && s[1] >= '1' && s[1] <= '3' && s[2] == '}';
    const char *with = is_slot ? filled[s[1] - '1'] : s;
    sr_text_append(&t, with, is_slot ? strlen(with) : 1);
    s += is_slot ? 2 : 0;
  }
  return t.at;
}

const char *sr_say_with(sr_page *p, const char *id, const char *a, const char *b)
{
  return sr_say_with3(p, id, a, b, "");
}

const char *sr_html(sr_page *p, const char *text)
{
  sr_text t = sr_text_new(p->keep);
  sr_text_append(&t, "", 0);
  for (const char *s = text == NULL ? "" : text; *s != '\0'; s++) {
    const char *code = *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : *s == '>' ? "&gt;" : *s == '"' ? "&quot;" : NULL;
    if (*s == '\'') code = "&#39;";
    sr_text_append(&t, code != NULL ? code : s, code != NULL ? strlen(code) : 1);
  }
  return t.at;
}

const char *sr_capital(sr_page *p, const char *text)
{
  char *s = sr_arena_strdup(p->keep, sr_html(p, text));
  if (s[0] >= 'a' && s[0] <= 'z') s[0] = (char)(s[0] - 'a' + 'A');
  return s;
}

void sr_csv_button(sr_page *p, const sr_text *csv, const char *file)
{
  sr_text_print(&p->out, "<button type=button class=csv data-file=\"%s\" data-csv=\"", sr_html(p, file));
  sr_text_print(&p->out, "%s", sr_html(p, csv->at));
  sr_text_print(&p->out, "\" aria-label=\"%s%s%s\">%s</button>", sr_say(p, "data.csv"), sr_say(p, "colon"),
                sr_html(p, file), sr_say(p, "data.csv"));
}

void sr_csv_of_table(sr_page *p, const char *file)
{
  sr_text_print(&p->out,
                "<p class=note><button type=button class=csv data-file=\"%s\" aria-label=\"%s%s%s\">%s</button></p>",
                sr_html(p, file), sr_say(p, "data.csv"), sr_say(p, "colon"), sr_html(p, file), sr_say(p, "data.csv"));
}

const char *sr_file_of(sr_page *p, const char *task, const char *what)
{
  char *name = sr_arena_printf(p->keep, "%s_%s.csv", task, what);
  for (char *s = name; *s != '\0'; s++)
    if (strchr(":=,", *s) != NULL) *s = '_';
  return name;
}

int sr_decimals(double a, double b)
{
  const double x = fmax(isfinite(a) ? fabs(a) : 0.0, isfinite(b) ? fabs(b) : 0.0);
  return x >= 99.95 ? 0 : x >= 9.995 ? 1 : x >= 0.9995 || x == 0.0 ? 2 : 3;
}

const char *sr_number(sr_page *p, double x, int decimals)
{
  if (!isfinite(x)) return "–";
  const bool is_zero = fabs(x) < 0.5 * pow(10.0, -decimals);
  return sr_arena_printf(p->keep, "%s%.*f", x < 0.0 && !is_zero ? "−" : "", decimals, fabs(x));
}

const char *sr_signed(sr_page *p, double x, int decimals)
{
  const bool is_zero = fabs(x) < 0.5 * pow(10.0, -decimals);
  return is_zero ? "0" : sr_arena_printf(p->keep, "%s%s", x > 0.0 ? "+" : "", sr_number(p, x, decimals));
}

bool sr_is_answer(const sr_task_result *t)
{
  return t != NULL && (t->status == SR_TASK_SOLVED || t->status == SR_TASK_IMPOSSIBLE);
}

bool sr_is_shown(const sr_page *p, const sr_intervention_result *v)
{
  const sr_epoch *e = p->after != NULL ? p->after : p->before;
  return v->week < e->week || (v->week == e->week && strcmp(e->when, "before") != 0);
}

bool sr_is_task(const char *task, const char *kind)
{
  const size_t n = strlen(kind);
  return strncmp(task, kind, n) == 0 && (task[n] == '\0' || task[n] == ':');
}

const char *sr_status_name(const sr_page *p, const sr_task_result *t)
{
  static const char *const id[] = {"status.solved", "status.impossible", "status.not_converged", "status.interrupted",
                                   "status.not_run"};
  return sr_say(p, id[t == NULL ? SR_TASK_NOT_RUN : t->status]);
}

const char *sr_muscle_name(sr_page *p, const char *muscle)
{
  const char *name = sr_string_find(p->lang, sr_arena_printf(p->keep, "muscle.%s", muscle));
  return name != NULL ? name : sr_html(p, muscle);
}

// One option of a task in words: "legs=both" -> "both legs"; an unknown option stays as it is written.
static const char *option_name(sr_page *p, const char *key, const char *value)
{
  const char *both = sr_string_find(p->lang, sr_arena_printf(p->keep, "option.%s=%s", key, value));
  if (both != NULL) return both;
  const char *with = sr_arena_printf(p->keep, "option.%s", key);
  if (sr_string_find(p->lang, with) != NULL) return sr_say_with(p, with, sr_html(p, value), "");
  return sr_html(p, sr_arena_printf(p->keep, "%s %s", key, value));
}

const char *sr_task_name(sr_page *p, const char *task)
{
  char *rest = sr_arena_strdup(p->keep, task), *save = NULL;
  const char *kind = strtok_r(rest, ":", &save);
  const char *known = kind == NULL ? "" : sr_string_find(p->lang, sr_arena_printf(p->keep, "task.%s", kind));
  sr_text t = sr_text_new(p->keep);
  sr_text_print(&t, "%s", known != NULL ? known : sr_html(p, kind));
  for (char *o = strtok_r(NULL, ",", &save); o != NULL; o = strtok_r(NULL, ",", &save)) {
    char *value = strchr(o, '=');
    if (value != NULL) *value++ = '\0';
    const char *words = option_name(p, o, value != NULL ? value : "");
    if (words[0] != '\0') sr_text_print(&t, "%s%s", sr_say(p, "comma"), words);
  }
  return t.at;
}
