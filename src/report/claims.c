// The statements of the article, one by one: what this run computes, what has been measured in people, and whether they
// agree. A verdict follows from the numbers of the result; where it holds none, nothing is claimed.
#include <math.h>
#include <string.h>

#include "report/measure.h"
#include "report/weeks.h"

typedef enum sr_claim_verdict { AGREES, PARTLY, DISAGREES, UNTESTED, UNSOURCED } sr_claim_verdict;

// What this run says to a statement; words NULL where it holds no number for it.
typedef struct sr_reply {
  const char *words;
  sr_claim_verdict verdict;
} sr_reply;

static const sr_reply no_reply = {NULL, UNTESTED};

static const char *last_time(sr_page *p)
{
  return sr_time_words(p, p->later->week);
}

static double number(sr_page *p, const sr_epoch *e, sr_source source, const char *name)
{
  const sr_what w = {.source = source, .name = name, .side = sr_changed_leg(p)};
  const sr_metric *m = sr_epoch_number(p, e, &w);
  return m != NULL ? m->value : (double)NAN;
}

static double innervated(sr_page *p, const sr_epoch *e, const char *muscle)
{
  const sr_leg_result *leg = e != NULL ? &e->leg[sr_changed_leg(p)] : NULL;
  for (int m = 0; leg != NULL && m < leg->nmuscle; m++)
    if (strcmp(leg->muscle[m].muscle, muscle) == 0) return leg->muscle[m].innervated;
  return (double)NAN;
}

// The medial head has lost its nerve, so that what the article says of that can be tested.
static bool is_cut(sr_page *p)
{
  return p->later != NULL && innervated(p, p->after != NULL ? p->after : p->before, "gasmed") <= 0.0;
}

// A movement of this kind whose name holds the option, "" for any.
static const sr_pair *find_pair(const sr_page *p, const char *kind, const char *option)
{
  for (int i = 0; i < p->npair; i++)
    if (sr_is_task(p->pair[i].task, kind) && strstr(p->pair[i].task, option) != NULL) return &p->pair[i];
  return NULL;
}

static const char *percent(sr_page *p, double x)
{
  return sr_arena_printf(p->keep, "%s %%", sr_signed(p, x, 0));
}

// Share of the gastrocnemius in the positive work of the three calf muscles before the change [percent].
static double share_of_gastrocnemius(sr_page *p, const char *kind)
{
  const sr_pair *t = find_pair(p, kind, "");
  static const char *const muscle[] = {"gasmed", "gaslat", "soleus"};
  double work[3] = {0.0};
  for (int k = 0; k < 3; k++) {
    const sr_metric *m =
        t == NULL ? NULL
                  : sr_metric_printed(p, t->before, sr_arena_printf(p->keep, "%s_work_positive_right_J", muscle[k]));
    if (m == NULL) return (double)NAN;
    work[k] = m->value;
  }
  return 100.0 * (work[0] + work[1]) / (work[0] + work[1] + work[2]);
}

// A quarter of the push-off work in walking is no idle muscle.
static sr_reply soleus_leads(sr_page *p)
{
  const double walk = share_of_gastrocnemius(p, "walk"), run = share_of_gastrocnemius(p, "run");
  if (!isfinite(walk) || !isfinite(run)) return no_reply;
  return (sr_reply){sr_say_with(p, "claim.s1.here", sr_number(p, walk, 0), sr_number(p, run, 0)),
                    walk >= 50.0                  ? DISAGREES
                    : walk >= 25.0 || run <= walk ? PARTLY
                                                  : AGREES};
}

// Whole volume of the medial head at the times at which flaps without a nerve were measured, in percent of before.
static const char *volumes_left(sr_page *p)
{
  static const double at[] = {26.0, 52.0};
  const double before = number(p, p->before, SR_OF_TOTAL, "gasmed");
  sr_text list = sr_text_new(p->keep);
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < p->r->nepoch; i++) {
      const sr_epoch *e = &p->r->epoch[i];
      const double now = number(p, e, SR_OF_TOTAL, "gasmed");
      if (fabs(e->week - at[k]) > 1.5 || !isfinite(now) || !(before > 0.0)) continue;
      sr_text_print(&list, "%s%s", list.size > 0 ? sr_say(p, "comma") : "",
                    sr_say_with(p, "box.flap_at", sr_number(p, 100.0 * now / before, 0), sr_time_words(p, e->week)));
    }
  return list.size > 0 ? list.at : "–";
}

static sr_reply wastes(sr_page *p)
{
  const double before = number(p, p->before, SR_OF_CONTRACTILE, "gasmed"),
               then = number(p, p->later, SR_OF_CONTRACTILE, "gasmed");
  if (!is_cut(p) || !(before > 0.0) || !isfinite(then)) return no_reply;
  const double left = 100.0 * then / before;
  return (sr_reply){sr_say_with3(p, "claim.s2.here", sr_number(p, left, 0), last_time(p), volumes_left(p)),
                    left < 50.0   ? AGREES
                    : left < 90.0 ? PARTLY
                                  : DISAGREES};
}

// Force that does not return by the end contradicts "better in two to three weeks".
static sr_reply early_weakness(sr_page *p)
{
  const sr_pair *t = find_pair(p, "heel_raise", sr_changed_leg(p) == 0 ? "legs=left" : "legs=right");
  for (int k = 0; t == NULL && k < 3; k++)
    t = find_pair(p, "heel_raise", k == 0 ? "legs=left" : k == 1 ? "legs=right" : "legs=");
  if (t == NULL || !is_cut(p) || strstr(t->task, "repeat=yes") != NULL) return no_reply;
  const sr_measure m = sr_measure_of(p, t);
  if (m.row.before == NULL || m.row.after == NULL || m.row.later == NULL) return no_reply;
  const double lost = m.row.before->value - m.row.after->value, back = m.row.later->value - m.row.after->value;
  return (sr_reply){sr_say_with3(p, "claim.s3.here", sr_number(p, m.row.after->value, 1),
                                 sr_number(p, m.row.later->value, 1), last_time(p)),
                    lost <= 0.0 || back > 0.5 * lost ? AGREES : PARTLY};
}

// A tape repeats to about half a centimetre (assumption, 0.3 to 0.7 cm).
static sr_reply early_thinning(sr_page *p)
{
  const double seen = 0.5;
  for (int i = 0; is_cut(p) && i < p->r->nepoch; i++) {
    const sr_epoch *e = &p->r->epoch[i];
    const sr_metric *printed = sr_changed_number(p, e, "girth_change_cm");
    const double change = printed != NULL ? printed->value : (double)NAN;
    if (e->week < 1.5 || e->week > 3.0 || !isfinite(change)) continue;
    return (sr_reply){sr_say_with(p, "claim.s4.here", sr_signed(p, change, 1), sr_time_words(p, e->week)),
                      change <= -seen         ? AGREES
                      : change <= -0.5 * seen ? PARTLY
                                              : DISAGREES};
  }
  return no_reply;
}

// Standing little, the quick movements much: in part where one of these hardly changes.
static sr_reply standing_and_quick(sr_page *p)
{
  const sr_pair *stand = find_pair(p, "stand", "");
  static const char *const quick[] = {"run", "jump", "kick"};
  sr_text list = sr_text_new(p->keep);
  bool is_all = true;
  if (stand == NULL || !is_cut(p)) return no_reply;
  const sr_measure s = sr_measure_of(p, stand);
  for (int k = 0; k < 3; k++) {
    const sr_pair *t = find_pair(p, quick[k], "");
    if (t == NULL) continue;
    const sr_measure m = sr_measure_of(p, t);
    if (!isfinite(m.change)) continue;
    is_all &= sr_is_worse(m.verdict);
    sr_text_print(&list, "%s%s", list.size > 0 ? sr_say(p, "semicolon") : "",
                  sr_say_with(p, "claim.s5.change",
                              sr_arena_printf(p->keep, "%s%s%s", sr_task_name(p, t->task), sr_say(p, "comma"),
                                              sr_say(p, m.label)),
                              percent(p, m.change)));
  }
  if (s.now == NULL || s.without == NULL || list.size == 0) return no_reply;
  return (sr_reply){
      sr_say_with3(p, "claim.s5.here", sr_number(p, s.now->value, 0), sr_number(p, s.without->value, 0), list.at),
      is_all && fabs(s.change) < 10.0 ? AGREES : PARTLY};
}

static sr_reply push_off(sr_page *p)
{
  const sr_pair *raise = find_pair(p, "heel_raise", "repeat=yes"), *walk = find_pair(p, "walk", "speed_m_s");
  if (raise == NULL || walk == NULL || !is_cut(p)) return no_reply;
  const sr_measure r = sr_measure_of(p, raise), w = sr_measure_of(p, walk);
  if (r.now == NULL || r.without == NULL || !isfinite(w.change)) return no_reply;
  if (!(r.without->value > 0.0)) return no_reply;
  return (sr_reply){sr_say_with3(p, "claim.s6.here", sr_number(p, 100.0 * r.now->value / r.without->value, 0),
                                 sr_say(p, w.label), percent(p, w.change)),
                    r.verdict == SR_WEAKER && w.verdict == SR_WEAKER ? AGREES : PARTLY};
}

static sr_reply foot_up(sr_page *p)
{
  const double now = number(p, p->later, SR_OF_LEG, "dorsiflexion_deg"),
               without = number(p, sr_control_of(p, p->later), SR_OF_LEG, "dorsiflexion_deg");
  if (!is_cut(p) || !isfinite(now) || !isfinite(without)) return no_reply;
  return (sr_reply){sr_say_with(p, "claim.s7.here", sr_number(p, now, 0), sr_number(p, without, 0)),
                    now < without - 2.0   ? AGREES
                    : now < without - 0.5 ? PARTLY
                                          : DISAGREES};
}

// With the nerve to the soleus cut as well: each movement that was tried.
static sr_reply wrong_nerve(sr_page *p)
{
  const sr_slip_result *s = NULL;
  for (int i = 0; i < p->r->nslip; i++)
    if (strcmp(p->r->slip[i].node, "nerve_to_soleus") == 0) s = &p->r->slip[i];
  if (s == NULL || s->ntask == 0) return no_reply;
  sr_text list = sr_text_new(p->keep);
  int nlost = 0, ndaily = 0;
  for (int i = 0; i < s->ntask; i++) {
    const bool is_daily = sr_is_task(s->task[i].task, "stand") || sr_is_task(s->task[i].task, "walk");
    ndaily += is_daily;
    nlost += is_daily && s->task[i].status == SR_TASK_IMPOSSIBLE;
    sr_text_print(&list, "%s%s", i > 0 ? sr_say(p, "semicolon") : "",
                  sr_say_with(p, "claim.s5.change", sr_task_name(p, s->task[i].task),
                              s->task[i].status == SR_TASK_SOLVED       ? sr_say(p, "first.possible")
                              : s->task[i].status == SR_TASK_IMPOSSIBLE ? sr_say(p, "able.cannot")
                                                                        : sr_say(p, "able.not_found")));
  }
  return (sr_reply){sr_say_with(p, "claim.s8.here", list.at, ""), ndaily > 0 && nlost == ndaily ? AGREES : PARTLY};
}

static sr_reply no_return(sr_page *p)
{
  const double left = innervated(p, p->later, "gasmed");
  if (!is_cut(p) || !isfinite(left)) return no_reply;
  return (sr_reply){sr_say_with(p, "claim.s9.here", sr_number(p, 100.0 * left, 0), last_time(p)), left < 0.05 ? AGREES
                                                                                                  : left < 0.5
                                                                                                      ? PARTLY
                                                                                                      : DISAGREES};
}

// Only a life in which weight is gained can test it.
static sr_reply fat(sr_page *p)
{
  if (p->later == NULL) return no_reply;
  const double kg = number(p, p->later, SR_OF_BODY, "mass_kg") - number(p, p->before, SR_OF_BODY, "mass_kg"),
               mm = number(p, p->later, SR_OF_LEG, "calf_fat_mm") - number(p, p->before, SR_OF_LEG, "calf_fat_mm");
  if (!isfinite(kg) || !isfinite(mm)) return no_reply;
  return (sr_reply){sr_say_with3(p, "claim.s10.here", sr_signed(p, kg, 1), last_time(p), sr_signed(p, mm, 1)),
                    kg < 1.0   ? UNTESTED
                    : mm > 0.2 ? AGREES
                               : DISAGREES};
}

// Skin of the shank is the integral of the girth along it.                                              [cm^2]
static double skin_area(const sr_epoch *e, int side)
{
  const sr_leg_result *leg = &e->leg[side];
  double sum = 0.0;
  for (int i = 1; i < leg->nprofile; i++)
    sum += 0.5 * fabs(leg->profile_height_cm[i] - leg->profile_height_cm[i - 1]) *
           (leg->profile_girth_cm[i] + leg->profile_girth_cm[i - 1]);
  return sum;
}

// Area says nothing about folds: whether skin sags is not computed.
static sr_reply skin(sr_page *p)
{
  const double reserve = p->later != NULL ? number(p, p->later, SR_OF_LEG, "skin_reserve_percent") : (double)NAN;
  if (!is_cut(p) || !isfinite(reserve)) return no_reply;
  const double before = skin_area(p->before, sr_changed_leg(p)), now = skin_area(p->later, sr_changed_leg(p));
  const double whole = now > 0.0 ? fmax(0.0, 100.0 * (before / now - 1.0)) : (double)NAN;
  return (sr_reply){
      sr_say_with3(p, "claim.s11.here", sr_number(p, fmax(reserve, 0.0), 1), sr_number(p, whole, 1), last_time(p)),
      UNTESTED};
}

static sr_reply compensates(sr_page *p)
{
  if (!is_cut(p)) return no_reply;
  const double now = number(p, p->later, SR_OF_TOTAL, "soleus"),
               without = number(p, sr_control_of(p, p->later), SR_OF_TOTAL, "soleus"),
               girth = number(p, p->later, SR_OF_LEG, "girth_change_cm");
  if (!isfinite(now) || !(without > 0.0)) return no_reply;
  const double grown = 100.0 * (now / without - 1.0);
  // it grows, and the leg stays thinner nevertheless
  return (sr_reply){sr_say_with(p, "claim.s12.here", sr_signed(p, grown, 0), last_time(p)), grown < 1.0    ? DISAGREES
                                                                                            : girth < -0.3 ? PARTLY
                                                                                                           : AGREES};
}

// Is the nerve of the medial head a branch of a nerve of the skin that the article names?
static sr_reply names(sr_page *p)
{
  const sr_nerve_result *tree = p->r->nerve[1];
  int at = -1;
  for (int i = 0; i < p->r->nnerve[1]; i++)
    if (strcmp(tree[i].id, "nerve_to_gasmed") == 0) at = i;
  if (at < 0) return no_reply;
  for (int up = tree[at].parent; up >= 0; up = tree[up].parent)
    if (strcmp(tree[up].kind, "sensory") == 0) return no_reply;
  return (sr_reply){sr_say_with(p, "claim.names.here", sr_number(p, 100.0 * tree[at].share, 0), ""), DISAGREES};
}

static sr_reply who(sr_page *p)
{
  return (sr_reply){sr_say(p, "claim.s13.here"), UNSOURCED};
}

static sr_reply one_number(sr_page *p)
{
  return (sr_reply){sr_say(p, "claim.s14.here"), AGREES};
}

// Where what was measured is printed; "" where a source has no address.
static const struct {
  const char *id, *source, *link;
} source_of[] = {
    {"names", "Ann Anat 2015; 202: 36-44", "https://doi.org/10.1016/j.aanat.2015.08.002"},
    {"names", "Ann Plast Surg 2003; 50: 517-522", "https://doi.org/10.1097/01.SAP.0000044364.71359.BC"},
    {"s1", "Perry, Gait Analysis", ""},
    {"s2", "Ann Plast Surg 2014; 72: 680-684", "https://doi.org/10.1097/SAP.0b013e318268a8cc"},
    {"s4", "Yonsei Med J 2019; 60: 876-881", "https://doi.org/10.3349/ymj.2019.60.9.876"},
    {"s5", "Plast Reconstr Surg 2008 (Jul): 178-187",
     "https://hub.tmu.edu.tw/en/publications/selective-neurectomy-of-the-gastrocnemius-and-soleus-muscles-for-"},
    {"s6", "Physiotherapy 2017", "https://doi.org/10.1016/j.physio.2017.03.002"},
    {"s7", "Ann Plast Surg 2015; 75: 19-23", "https://doi.org/10.1097/SAP.0b013e3182a884ea"},
    {"s8", "Ann Plast Surg 2003; 50: 517-522", "https://doi.org/10.1097/01.SAP.0000044364.71359.BC"},
    {"s8", "Ann Anat 2023; 245: 151997", ""},
    {"s9", "Direct neurectomy, 11 years",
     "https://musculoskeletalkey.com/"
     "direct-neurectomy-of-the-motor-branches-of-the-tibial-nerve-in-hemiplegic-adults-an-"
     "assessment-with-a-mean-follow-up-period-of-11-years/"},
};

static void sources(sr_page *p, const char *id)
{
  for (size_t i = 0; i < sizeof source_of / sizeof *source_of; i++) {
    if (strcmp(source_of[i].id, id) != 0) continue;
    if (source_of[i].link[0] != '\0')
      sr_text_print(&p->out, "<span class=\"band wrap\"><a href=\"%s\" rel=noreferrer lang=en>%s</a></span>",
                    source_of[i].link, source_of[i].source);
    else
      sr_text_print(&p->out, "<span class=\"band wrap\" lang=en>%s</span>", source_of[i].source);
  }
}

static void claim(sr_page *p, const char *id, sr_reply reply)
{
  static const char *const verdict[] = {"verdict.agrees", "verdict.partly", "verdict.disagrees", "verdict.untested",
                                        "verdict.unsourced"};
  static const char *const style[] = {"yes", "part", "no", "open", "open"};
  const sr_claim_verdict v = reply.words == NULL ? UNTESTED : reply.verdict;
  sr_text_print(&p->out, "<tr class=%s><th scope=row>%s</th><td data-label=\"%s\">%s</td><td data-label=\"%s\">%s",
                style[v], sr_say(p, sr_arena_printf(p->keep, "claim.%s", id)), sr_say(p, "claims.here"),
                reply.words != NULL ? reply.words : sr_say(p, "claim.none"), sr_say(p, "claims.measured"),
                sr_say(p, sr_arena_printf(p->keep, "claim.%s.known", id)));
  sources(p, id);
  sr_text_print(&p->out, "</td><td data-label=\"%s\"><b>%s</b></td></tr>\n", sr_say(p, "claims.verdict"),
                sr_say(p, verdict[v]));
}

void sr_page_claims(sr_page *p)
{
  static const struct {
    const char *id;
    sr_reply (*reply)(sr_page *p);
  } row[] = {{"names", names},       {"s1", soleus_leads},   {"s2", wastes},
             {"s3", early_weakness}, {"s4", early_thinning}, {"s5", standing_and_quick},
             {"s6", push_off},       {"s7", foot_up},        {"s8", wrong_nerve},
             {"s9", no_return},      {"s10", fat},           {"s11", skin},
             {"s12", compensates},   {"s13", who},           {"s14", one_number}};
  if (p->r->nintervention == 0) return;
  static const char *const head[] = {"claims.said", "claims.here", "claims.measured", "claims.verdict"};
  sr_text_print(&p->out,
                "<section id=claims><h2>%s</h2><p class=lead>%s</p><div class=scroll tabindex=0><table "
                "class=claims><caption>%s</caption>"
                "<thead><tr>",
                sr_say(p, "claims.title"), sr_say(p, "claims.lead"), sr_say(p, "claims.caption"));
  for (int i = 0; i < 4; i++) sr_text_print(&p->out, "<th scope=col>%s</th>", sr_say(p, head[i]));
  sr_text_print(&p->out, "</tr></thead><tbody>");
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) claim(p, row[i].id, row[i].reply(p));
  sr_text_print(&p->out, "</tbody></table></div>");
  sr_csv_of_table(p, "claims.csv");
  sr_text_print(&p->out, "</section>\n");
}
