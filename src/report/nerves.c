// The nerve tree as an indented list: where it was cut, what hangs below, what still arrives. Then the muscles.
#include <math.h>
#include <string.h>

#include "report/weeks.h"

// A tree that is drawn: of one leg, or of both where they are alike (leg 0 then stands for both).
typedef struct sr_drawn {
  int leg;
  bool is_both;
} sr_drawn;

static const sr_epoch *shown(const sr_page *p)
{
  return p->after != NULL ? p->after : p->before;
}

static double intact(const sr_page *p, int leg, int i)
{
  const sr_leg_result *l = &shown(p)->leg[leg];
  return l->nnerve > 0 ? l->nerve_intact[i] : 1.0;
}

// The least that is left of a node in what is drawn.
static double least(const sr_page *p, sr_drawn d, int i)
{
  return d.is_both ? fmin(intact(p, 0, i), intact(p, 1, i)) : intact(p, d.leg, i);
}

static bool trees_agree(const sr_page *p)
{
  const sr_result *r = p->r;
  for (int i = 0; r->nnerve[0] == r->nnerve[1] && i < r->nnerve[0]; i++)
    if (strcmp(r->nerve[0][i].id, r->nerve[1][i].id) != 0 || r->nerve[0][i].parent != r->nerve[1][i].parent ||
        r->nerve[0][i].second_share != r->nerve[1][i].second_share)
      return false;
  return r->nnerve[0] == r->nnerve[1];
}

static bool is_on(const sr_intervention_result *v, sr_drawn d)
{
  return d.is_both || strcmp(v->side, "both") == 0 || strcmp(v->side, d.leg == 0 ? "left" : "right") == 0;
}

// The first intervention on a node that the numbers shown contain, NULL if there is none.
static const sr_intervention_result *done_at(const sr_page *p, sr_drawn d, const char *id)
{
  for (int i = 0; i < p->r->nintervention; i++) {
    const sr_intervention_result *v = &p->r->intervention[i];
    for (int k = 0; sr_is_shown(p, v) && is_on(v, d) && k < v->ntarget; k++)
      if (strcmp(v->target[k], id) == 0) return v;
  }
  return NULL;
}

// The mark beside a node: "cut", "blocked", ...
static void mark(sr_page *p, sr_drawn d, const char *id)
{
  const sr_intervention_result *v = done_at(p, d, id);
  if (v == NULL) return;
  const char *words = sr_string_find(p->lang, sr_arena_printf(p->keep, "mark.%s", v->kind));
  sr_text_print(&p->out, " <mark>%s</mark>", words != NULL ? words : sr_html(p, v->kind));
}

static bool is_touched(const sr_page *p, sr_drawn d, int i)
{
  const sr_nerve_result *tree = p->r->nerve[d.leg];
  if (least(p, d, i) < 1.0 || done_at(p, d, tree[i].id) != NULL) return true;
  for (int k = i + 1; k < p->r->nnerve[d.leg]; k++)
    if (tree[k].parent == i && is_touched(p, d, k)) return true;
  return false;
}

// A bar of 0 to 100 % with the number beside it.
static void meter(sr_page *p, double share, const char *side)
{
  const double percent = 100.0 * fmin(fmax(share, 0.0), 1.0);
  sr_text_print(&p->out,
                "<span class=\"meter%s\"><span class=side>%s</span><span class=bar aria-hidden=true>"
                "<i style=\"width:%.0f%%\"></i></span><span class=num>%.0f %%</span></span>",
                share < 1.0 ? " less" : "", side, percent, percent);
}

// A muscle by its name, or skin in words.
static const char *supplied(sr_page *p, const sr_nerve_result *n)
{
  if (n->supplies == NULL) return "";
  if (strcmp(n->kind, "motor") == 0) return sr_muscle_name(p, n->supplies);
  return sr_capital(p, p->lang == SR_ZH && n->supplies_zh != NULL ? n->supplies_zh : n->supplies);
}

static void node_line(sr_page *p, sr_drawn d, int i)
{
  const sr_nerve_result *n = &p->r->nerve[d.leg][i];
  const char *zh = sr_html(p, n->name_zh), *en = sr_capital(p, n->name_en);
  sr_text_print(&p->out,
                "<div class=node><span class=name><i class=\"kind %s\" title=\"%s\"></i><b>%s</b> <span class=alt "
                "lang=%s>%s</span>",
                sr_html(p, n->kind),
                sr_say(p, strcmp(n->kind, "motor") == 0     ? "nerve.motor"
                          : strcmp(n->kind, "sensory") == 0 ? "nerve.sensory"
                                                            : "nerve.trunk"),
                p->lang == SR_ZH ? zh : en, p->lang == SR_ZH ? "en" : "zh-Hans", p->lang == SR_ZH ? en : zh);
  mark(p, d, n->id);
  sr_text_print(&p->out, "</span><span class=sup>%s</span>", supplied(p, n));
  for (int leg = 0; leg < 2; leg++)
    if (d.is_both || d.leg == leg) meter(p, intact(p, leg, i), sr_say(p, leg == 0 ? "side.l" : "side.r"));
  sr_text_print(&p->out, "</div>");
}

static void subtree(sr_page *p, sr_drawn d, int i)
{
  int nchild = 0;
  sr_text_print(&p->out, "<li class=\"%s%s\">", least(p, d, i) < 1.0 ? "lost" : "",
                done_at(p, d, p->r->nerve[d.leg][i].id) != NULL ? " cut" : "");
  node_line(p, d, i);
  for (int k = i + 1; k < p->r->nnerve[d.leg]; k++) {
    if (p->r->nerve[d.leg][k].parent != i) continue;
    if (nchild++ == 0) sr_text_print(&p->out, "<ul>");
    subtree(p, d, k);
  }
  sr_text_print(&p->out, "%s</li>\n", nchild > 0 ? "</ul>" : "");
}

static int count_roots(const sr_page *p, sr_drawn d, bool want_touched)
{
  int n = 0;
  for (int i = 0; i < p->r->nnerve[d.leg]; i++)
    n += p->r->nerve[d.leg][i].parent < 0 && is_touched(p, d, i) == want_touched;
  return n;
}

static void roots(sr_page *p, sr_drawn d, bool want_touched)
{
  sr_text_print(&p->out, "<ul class=tree>");
  for (int i = 0; i < p->r->nnerve[d.leg]; i++)
    if (p->r->nerve[d.leg][i].parent < 0 && is_touched(p, d, i) == want_touched) subtree(p, d, i);
  sr_text_print(&p->out, "</ul>");
}

// Roots that are touched first; the untouched ones fold away.
static void tree(sr_page *p, sr_drawn d)
{
  const int ntouched = count_roots(p, d, true), nwhole = count_roots(p, d, false);
  if (!d.is_both) sr_text_print(&p->out, "<h3>%s</h3>", sr_say(p, d.leg == 0 ? "nerve.left" : "nerve.right"));
  if (ntouched > 0) roots(p, d, true);
  if (nwhole == 0) return;
  sr_text_print(&p->out, "<details%s><summary>%s</summary>", ntouched == 0 ? " open" : "", sr_say(p, "nerve.whole"));
  roots(p, d, false);
  sr_text_print(&p->out, "</details>");
}

static bool feels_less(const sr_page *p, int leg, int i)
{
  return strcmp(p->r->nerve[leg][i].kind, "sensory") == 0 && intact(p, leg, i) < 1.0;
}

// The skin of a leg that feels less: all of its feeling gone, or how much is left.
static void numb_leg(sr_page *p, int leg)
{
  int n = 0;
  for (int i = 0; i < p->r->nnerve[leg]; i++) {
    if (!feels_less(p, leg, i)) continue;
    if (n++ == 0)
      sr_text_print(&p->out, "<li>%s%s", sr_say(p, leg == 0 ? "side.left" : "side.right"), sr_say(p, "colon"));
    const double left = intact(p, leg, i);
    const char *skin = supplied(p, &p->r->nerve[leg][i]);
    sr_text_print(&p->out, "%s%s", n > 1 ? sr_say(p, "semicolon") : "",
                  left > 0.0 ? sr_say_with(p, "numb.part", skin, sr_number(p, 100.0 * left, 0))
                             : sr_say_with(p, "numb.all", skin, ""));
  }
  if (n > 0) sr_text_print(&p->out, "</li>");
}

static void numbness(sr_page *p)
{
  int n = 0;
  for (int leg = 0; leg < 2; leg++)
    for (int i = 0; i < p->r->nnerve[leg]; i++) n += feels_less(p, leg, i);
  if (n == 0) {
    sr_text_print(&p->out, "<p class=note>%s</p>", sr_say(p, "numb.none"));
    return;
  }
  sr_text_print(&p->out, "<h3>%s</h3><ul>", sr_say(p, "numb.title"));
  for (int leg = 0; leg < 2; leg++) numb_leg(p, leg);
  sr_text_print(&p->out, "</ul>");
}

static bool cuts_skin_nerve(const sr_page *p)
{
  for (int leg = 0; leg < 2; leg++)
    for (int i = 0; i < p->r->nnerve[leg]; i++)
      if (strcmp(p->r->nerve[leg][i].kind, "sensory") == 0 &&
          done_at(p, (sr_drawn){leg, false}, p->r->nerve[leg][i].id))
        return true;
  return false;
}

void sr_page_nerves(sr_page *p)
{
  if (p->r->nnerve[0] + p->r->nnerve[1] == 0) return;
  sr_text_print(&p->out, "<section id=why><h2>%s</h2><p class=lead>%s</p>", sr_say(p, "nerve.title"),
                sr_say(p, "nerve.lead"));
  if (trees_agree(p))
    tree(p, (sr_drawn){0, true});
  else
    for (int leg = 0; leg < 2; leg++) tree(p, (sr_drawn){leg, false});
  sr_text_print(
      &p->out,
      "<p class=key><span><i class=\"kind motor\"></i> %s</span><span><i class=\"kind sensory\"></i> %s</span>",
      sr_say(p, "nerve.motor"), sr_say(p, "nerve.sensory"));
  sr_text_print(&p->out, "<span><i class=\"kind trunk\"></i> %s</span></p>", sr_say(p, "nerve.trunk"));
  numbness(p);
  sr_text_print(&p->out, "<aside><h3>%s</h3><p>%s</p>", sr_say(p, "nerve.names"), sr_say(p, "nerve.note"));
  if (cuts_skin_nerve(p)) sr_text_print(&p->out, "<p><b>%s</b></p>", sr_say(p, "nerve.skin"));
  sr_text_print(&p->out, "</aside></section>\n");
}

static const sr_muscle_result *find_muscle(const sr_epoch *e, int side, const char *muscle)
{
  for (int m = 0; e != NULL && m < e->leg[side].nmuscle; m++)
    if (strcmp(e->leg[side].muscle[m].muscle, muscle) == 0) return &e->leg[side].muscle[m];
  return NULL;
}

static bool legs_agree(const sr_epoch *e)
{
  for (int m = 0; e != NULL && m < e->leg[0].nmuscle; m++) {
    const sr_muscle_result *l = &e->leg[0].muscle[m], *r = find_muscle(e, 1, l->muscle);
    if (r == NULL || fabs(l->innervated - r->innervated) > 1e-9) return false;
    if (fabs(l->max_force_N - r->max_force_N) > 0.005 * l->max_force_N) return false;
  }
  return true;
}

// Cells of one muscle on one side: what of the nerve arrives, greatest force before and after.
static void later_force(sr_page *p, const char *muscle, int side)
{
  const sr_what w = {.source = SR_OF_FORCE, .name = muscle, .side = side};
  sr_text_print(&p->out, "<td class=num>%s%s</td>", sr_metric_with_band(p, sr_epoch_number(p, p->later, &w), 0),
                sr_control_text(p, sr_epoch_number(p, sr_control_of(p, p->later), &w), 0));
}

static void muscle_cells(sr_page *p, const char *muscle, int side)
{
  const sr_muscle_result *a = find_muscle(p->before, side, muscle), *b = find_muscle(p->after, side, muscle);
  const sr_muscle_result *now = b != NULL ? b : a;
  sr_text_print(&p->out, "<td>");
  if (now != NULL) meter(p, now->innervated, "");
  sr_text_print(&p->out, "</td><td class=num>%s</td>", a != NULL ? sr_number(p, a->max_force_N, 0) : "–");
  if (p->after != NULL)
    sr_text_print(&p->out, "<td class=num>%s</td>", b != NULL ? sr_number(p, b->max_force_N, 0) : "–");
  if (p->later != NULL) later_force(p, muscle, side);
}

static void muscle_head(sr_page *p, bool is_one)
{
  const int span = 2 + (p->after != NULL ? 1 : 0) + (p->later != NULL ? 1 : 0);
  sr_text_print(&p->out, "<div class=scroll tabindex=0><table class=\"muscles%s\"><caption>%s</caption><thead>",
                is_one ? "" : " two", sr_say(p, "muscles.caption"));
  if (!is_one)
    sr_text_print(&p->out,
                  "<tr><td></td><th scope=colgroup colspan=%d>%s</th><th scope=colgroup colspan=%d>%s</th></tr>", span,
                  sr_say(p, "side.left"), span, sr_say(p, "side.right"));
  sr_text_print(&p->out, "<tr><th scope=col>%s</th>", sr_say(p, "col.muscle"));
  for (int side = is_one ? 1 : 0; side < 2; side++) {
    sr_text_print(&p->out, "<th scope=col>%s</th><th scope=col class=num>%s</th>", sr_say(p, "col.nerve"),
                  sr_say(p, p->after != NULL ? "col.force_before" : "col.force"));
    if (p->after != NULL) sr_text_print(&p->out, "<th scope=col class=num>%s</th>", sr_say(p, "col.force_after"));
    if (p->later != NULL)
      sr_text_print(&p->out, "<th scope=col class=num>%s</th>",
                    sr_say_with(p, "col.force_later", sr_time_words(p, p->later->week), ""));
  }
  sr_text_print(&p->out, "</tr></thead><tbody>");
}

void sr_page_muscles(sr_page *p)
{
  const sr_epoch *e = p->after != NULL ? p->after : p->before;
  if (e->leg[1].nmuscle == 0) return;
  const bool is_one = legs_agree(p->before) && legs_agree(p->after) && legs_agree(p->later);
  sr_text_print(&p->out, "<section><h2>%s</h2><p class=lead>%s%s</p>", sr_say(p, "muscles.title"),
                sr_say(p, "muscles.lead"), sr_say(p, is_one ? "muscles.same" : "muscles.differ"));
  muscle_head(p, is_one);
  for (int m = 0; m < SR_NMUSCLE; m++) {
    if (find_muscle(e, 1, sr_leg_muscle[m]) == NULL) continue;
    sr_text_print(&p->out, "<tr><th scope=row>%s</th>", sr_muscle_name(p, sr_leg_muscle[m]));
    for (int side = is_one ? 1 : 0; side < 2; side++) muscle_cells(p, sr_leg_muscle[m], side);
    sr_text_print(&p->out, "</tr>\n");
  }
  sr_text_print(&p->out, "</tbody></table></div>");
  sr_csv_of_table(p, "muscles.csv");
  sr_text_print(&p->out, "</section>\n");
}
