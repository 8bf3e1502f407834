#include "course/life.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "load/model.h"

enum { NSIDE = 2 };

struct sr_life_plan {
  const sr_life_tables *table;
  const sr_scenario *scenario;
  const sr_model *healthy;
  bool has_interventions;
  sr_nerve_tree tree[NSIDE];
  int nlesion[NSIDE];
  sr_lesion *lesion[NSIDE];
  double *length[NSIDE];             // of the nerves
  sr_supply *supply[SR_MAX_MUSCLE];  // NULL: the muscle is in no leg's tree
  const sr_shape_leg *leg[NSIDE];
  sr_shape_state standing[NSIDE];                        // healthy
  double girth[NSIDE], girth_level[NSIDE], skin[NSIDE];  // greatest girth and where it is
  sr_layer layer[SR_MAX_MUSCLE];                         // SR_LAYERS: no muscle of the shank
  double mass_share[3];                                  // both thighs, shanks, feet over the body
};

bool sr_life_tables_load(sr_life_tables *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_rows person;
  const bool is_good = sr_tissue_table_load(&out->tissue, err) && sr_energy_table_load(&out->energy, err) &&
                       sr_shape_data_load(&out->shape, err) && sr_load_table_load(&out->loads, err) &&
                       sr_rows_open("person.toml", work, &person, err) &&
                       sr_volume_table_read(person, &out->volume, err);
  sr_arena_free(work);
  return is_good;
}

// --- the plan

static bool acts_on(const sr_intervention *x, sr_leg leg)
{
  return (x->side & (leg == SR_LEG_LEFT ? SR_LEFT : SR_RIGHT)) != 0;
}

static bool names(const sr_intervention *x, const char *target)
{
  for (int i = 0; i < x->ntarget; i++)
    if (strcmp(x->target[i], target) == 0) return true;
  return false;
}

static bool is_of_nerves(sr_intervention_kind k)
{
  return k == SR_TRANSECT || k == SR_BLOCK || k == SR_ABLATE;
}

// The first repair of a node after a week; NULL: none.
static const sr_intervention *repair_of(const sr_scenario *s, sr_leg leg, const char *node, double week)
{
  for (int i = 0; i < s->nintervention; i++) {
    const sr_intervention *x = &s->intervention[i];
    if (x->kind == SR_REPAIR && x->week >= week && acts_on(x, leg) && names(x, node)) return x;
  }
  return NULL;
}

static void find_lesions(sr_life_plan *p, sr_leg leg, sr_arena *keep)
{
  const sr_scenario *s = p->scenario;
  int room = 0;
  for (int i = 0; i < s->nintervention; i++) room += s->intervention[i].ntarget;
  p->lesion[leg] = sr_alloc(keep, sr_lesion, room + 1);
  for (int i = 0; p->has_interventions && i < s->nintervention; i++) {
    const sr_intervention *x = &s->intervention[i];
    if (!is_of_nerves(x->kind) || !acts_on(x, leg)) continue;
    for (int k = 0; k < x->ntarget; k++) {
      const int node = sr_nerve_find(&p->tree[leg], x->target[k]);
      const sr_intervention *repair = x->kind == SR_TRANSECT ? repair_of(s, leg, x->target[k], x->week) : NULL;
      if (node < 0) continue;  // a nerve of the other leg's anatomy
      p->lesion[leg][p->nlesion[leg]++] =
          (sr_lesion){.kind = x->kind == SR_TRANSECT ? SR_LESION_CUT
                              : x->kind == SR_ABLATE ? SR_LESION_BURN
                                                     : SR_LESION_BLOCK,
                      .node = node,
                      .share = x->fraction,
                      .week = x->week,
                      .end_week = x->kind == SR_BLOCK ? x->week + x->duration_weeks : (double)INFINITY,
                      .repair_week = repair != NULL ? repair->week : (double)INFINITY,
                      .repaired = repair != NULL ? repair->fraction : 0.0};
    }
  }
}

static double mass_of(const sr_model *m, const char *name)
{
  double sum = 0.0;
  for (int b = 0; b < m->skeleton.nbody; b++)
    if (strncmp(m->skeleton.body[b].name, name, strlen(name)) == 0) sum += m->skeleton.body[b].mass;
  return sum;
}

// The bodies that share in the mass of a segment: thigh, shank, foot.
enum { SEGMENTS = 3, PARTS = 3 };
static const char *const segment[SEGMENTS][PARTS] = {{"femur"}, {"tibia"}, {"talus", "calcn", "toes"}};

static bool plan_leg(sr_life_plan *p, const sr_nerve_tree *tree, sr_leg leg, sr_arena *keep, sr_error *err)
{
  const sr_scenario *s = p->scenario;
  if (!sr_nerve_apply_variants(tree, s->variant[leg], s->nvariant[leg], keep, &p->tree[leg], err)) return false;
  p->length[leg] = sr_alloc(keep, double, p->tree[leg].nnode);
  if (!sr_nerve_lengths_load(&p->tree[leg], p->length[leg], err)) return false;
  find_lesions(p, leg, keep);
  p->leg[leg] = sr_shape_of_model(&p->table->shape, p->healthy, leg, keep, err);
  if (p->leg[leg] == NULL || !sr_shape_of_person(&p->table->shape, &s->person, p->leg[leg], &p->standing[leg], err))
    return false;
  const sr_girth calf = sr_shape_calf(p->leg[leg], &p->standing[leg]);
  p->girth[leg] = calf.girth;
  p->girth_level[leg] = calf.level;
  p->skin[leg] = sr_shape_skin(p->leg[leg], &p->standing[leg]);
  for (int k = 0; k < p->healthy->nmuscle; k++) {
    const sr_model_muscle *m = &p->healthy->muscle[k];
    if (m->leg != leg) continue;
    p->layer[k] = sr_layer_find(m->base);
    p->supply[k] = sr_supply_new(&p->tree[leg], p->length[leg], p->lesion[leg], p->nlesion[leg], m->base, keep);
  }
  return true;
}

sr_life_plan *sr_life_plan_new(const sr_life_tables *t, const sr_scenario *s, const sr_nerve_tree *tree,
                               const sr_model *healthy, bool with_interventions, sr_arena *keep, sr_error *err)
{
  sr_life_plan *p = sr_alloc(keep, sr_life_plan, 1);
  p->table = t;
  p->scenario = s;
  p->healthy = healthy;
  p->has_interventions = with_interventions;
  for (int leg = 0; leg < NSIDE; leg++)
    if (!plan_leg(p, tree, (sr_leg)leg, keep, err)) return NULL;
  for (int i = 0; i < SEGMENTS; i++)
    for (int k = 0; k < PARTS && segment[i][k] != NULL; k++)
      p->mass_share[i] += mass_of(healthy, segment[i][k]) / healthy->mass;
  return p;
}

int sr_life_nhabits(const sr_life_plan *p)
{
  return p->scenario->nhabits;
}

const sr_habits *sr_life_habits(const sr_life_plan *p, double week)
{
  const sr_scenario *s = p->scenario;
  const sr_habits *now = &s->habits[0];
  for (int i = 1; i < s->nhabits; i++)
    if (s->habits[i].week <= week) now = &s->habits[i];
  return now;
}

// Weeks at which an intervention begins or ends.
static double event_week(const sr_intervention *x, bool is_end)
{
  const bool has_end = x->kind == SR_BLOCK || x->kind == SR_IMMOBILISE;
  if (!is_end) return x->week;
  return has_end ? x->week + x->duration_weeks : (double)INFINITY;
}

double sr_life_next_event(const sr_life_plan *p, double week)
{
  double next = (double)INFINITY;
  for (int i = 0; p->has_interventions && i < p->scenario->nintervention; i++)
    for (int end = 0; end < 2; end++) {
      const double at = event_week(&p->scenario->intervention[i], end == 1);
      if (at > week) next = fmin(next, at);
    }
  for (int i = 1; i < p->scenario->nhabits; i++)
    if (p->scenario->habits[i].week > week) next = fmin(next, p->scenario->habits[i].week);
  return next;
}

// How much is done to a leg: axons lost of all its muscles, then the number of interventions.
static void harm(const sr_life_plan *p, sr_leg leg, double out[2])
{
  double week = 0.0;
  out[0] = out[1] = 0.0;
  for (int i = 0; i < p->scenario->nintervention; i++) {
    const sr_intervention *x = &p->scenario->intervention[i];
    week = fmax(week, x->week);
    out[1] += acts_on(x, leg) ? 1.0 : 0.0;
  }
  for (int k = 0; k < p->healthy->nmuscle; k++)
    if (p->healthy->muscle[k].leg == leg)
      out[0] += 1.0 - sr_supply_after(&p->table->tissue.par, p->supply[k], week).axons;
}

// The leg to which more is done; of two to which as much is done, that of the first intervention on one leg alone: the
// other one in the mirror.
bool sr_life_is_worse_on_the_left(const sr_life_plan *p)
{
  double left[2], right[2];
  if (!p->has_interventions) return false;
  harm(p, SR_LEG_LEFT, left);
  harm(p, SR_LEG_RIGHT, right);
  for (int i = 0; i < 2; i++)
    if (left[i] != right[i]) return left[i] > right[i];
  for (int i = 0; i < p->scenario->nintervention; i++) {
    const sr_intervention *x = &p->scenario->intervention[i];
    if (acts_on(x, SR_LEG_LEFT) != acts_on(x, SR_LEG_RIGHT)) return acts_on(x, SR_LEG_LEFT);
  }
  return false;
}

static bool is_cast_at(const sr_intervention *x, double week)
{
  return x->kind == SR_IMMOBILISE && x->week <= week && week < x->week + x->duration_weeks;
}

bool sr_life_is_in_cast(const sr_life_plan *p, double week)
{
  for (int i = 0; p->has_interventions && i < p->scenario->nintervention; i++)
    if (is_cast_at(&p->scenario->intervention[i], week)) return true;
  return false;
}

// Whether a cast holds a joint that the muscle crosses.
static bool is_held(const sr_life_plan *p, int muscle, double week)
{
  static const char *const joint[][2] = {
      {"hip", "hip_flexion"}, {"knee", "knee_angle"}, {"ankle", "ankle_angle"}, {"toe", "mtp_angle"}};
  const sr_model_muscle *m = &p->healthy->muscle[muscle];
  for (int i = 0; p->has_interventions && i < p->scenario->nintervention; i++) {
    const sr_intervention *x = &p->scenario->intervention[i];
    if (!is_cast_at(x, week) || !acts_on(x, m->leg)) continue;
    for (size_t k = 0; k < sizeof joint / sizeof *joint; k++) {
      char coord[32];
      snprintf(coord, sizeof coord, "%s_%c", joint[k][1], m->leg == SR_LEG_LEFT ? 'l' : 'r');
      const int c = sr_coord_find(&p->healthy->skeleton, coord);
      if (names(x, joint[k][0]) && c >= 0 && sr_path_crosses(&p->healthy->skeleton, &m->path, c)) return true;
    }
  }
  return false;
}

const sr_shape_leg *sr_life_leg(const sr_life_plan *p, sr_leg leg)
{
  return p->leg[leg];
}

double sr_life_girth_before(const sr_life_plan *p, sr_leg leg)
{
  return p->girth[leg];
}

const sr_model *sr_life_healthy(const sr_life_plan *p)
{
  return p->healthy;
}

const sr_nerve_tree *sr_life_tree(const sr_life_plan *p, sr_leg leg)
{
  return &p->tree[leg];
}

void sr_life_cuts(const sr_life_plan *p, sr_leg leg, double week, double *cut)
{
  const sr_tissue_params *par = &p->table->tissue.par;
  double *left = cut;
  for (int i = 0; i < p->tree[leg].nnode; i++) left[i] = 1.0;
  for (int i = 0; i < p->nlesion[leg]; i++) {
    const sr_lesion *l = &p->lesion[leg][i];
    if (week < l->week || (l->kind == SR_LESION_BLOCK && week >= l->end_week)) continue;
    const double back = l->kind == SR_LESION_BLOCK ? 0.0 : sr_lesion_returned(par, l, p->length[leg][l->node], week);
    left[l->node] *= 1.0 - l->share * (1.0 - back);
  }
  for (int i = 0; i < p->tree[leg].nnode; i++) cut[i] = 1.0 - left[i];
}

// --- constants

enum { OWN_UNKNOWNS = 3 };  // body fat, exponent of the layer of fat, softness of the compartments

int sr_life_nunknown(const sr_life_plan *p)
{
  return OWN_UNKNOWNS + sr_tissue_nunknown(&p->table->tissue) + sr_energy_nunknown(&p->table->energy);
}

// Which table the unknown is in, and its number there.
typedef struct place {
  enum { OF_PERSON, OF_TISSUE, OF_ENERGY } table;
  int k;
} place;
static place place_of(const sr_life_plan *p, int k)
{
  const int n = sr_tissue_nunknown(&p->table->tissue);
  if (k < OWN_UNKNOWNS) return (place){OF_PERSON, k};
  k -= OWN_UNKNOWNS;
  return k < n ? (place){OF_TISSUE, sr_tissue_unknown(&p->table->tissue, k)}
               : (place){OF_ENERGY, sr_energy_unknown(&p->table->energy, k - n)};
}

const char *sr_life_unknown_name(const sr_life_plan *p, int k)
{
  static const char *const own[OWN_UNKNOWNS] = {"body_fat", "fat_exponent", "softness"};
  const place at = place_of(p, k);
  return at.table == OF_PERSON   ? own[at.k]
         : at.table == OF_TISSUE ? sr_tissue_param_name(at.k)
                                 : sr_energy_param_name(at.k);
}

const char *sr_life_unknown_about(const sr_life_plan *p, int k)
{
  static const char *const own[OWN_UNKNOWNS] = {"fat over body mass at the start [-]",
                                                "how far the layer over the calf follows the fat of the body [-]",
                                                "share of a change of a muscle that spreads over its compartment [-]"};
  const place at = place_of(p, k);
  return at.table == OF_PERSON   ? own[at.k]
         : at.table == OF_TISSUE ? sr_tissue_param_meaning(at.k)
                                 : sr_energy_param_meaning(at.k);
}

sr_life_constants sr_life_constants_own(const sr_life_plan *p)
{
  return (sr_life_constants){p->table->tissue.par, p->table->energy.par,
                             sr_body_fat(&p->table->volume, &p->scenario->person), p->table->shape.leg.fat_exponent,
                             p->table->shape.leg.softness};
}

sr_life_constants sr_life_constants_drawn(const sr_life_plan *p, const double *u)
{
  sr_life_constants c = sr_life_constants_own(p);
  const sr_volume_table *v = &p->table->volume;
  // a stated fat fraction is known; one from a formula has the formula's spread
  if (p->scenario->person.body_fat_percent <= 0.0) {
    const sr_spread spread = sr_spread_normal(c.body_fat, v->fat_spread);
    c.body_fat = fmin(v->fat_most, fmax(v->fat_least, sr_spread_value(&spread, u[0])));
  }
  c.fat_exponent = sr_spread_value(&p->table->shape.fat_exponent_spread, u[1]);
  c.softness = sr_spread_value(&p->table->shape.softness_spread, u[2]);
  c.tissue = sr_tissue_draw(&p->table->tissue, u + OWN_UNKNOWNS);
  c.energy = sr_energy_draw(&p->table->energy, u + OWN_UNKNOWNS + sr_tissue_nunknown(&p->table->tissue));
  return c;
}

// --- the life

bool sr_life_new(const sr_life_plan *p, const sr_life_constants *c, sr_life *out, sr_error *err)
{
  const sr_life_constants own = sr_life_constants_own(p);
  const sr_habits *start = sr_life_habits(p, 0.0);
  *out = (sr_life){.plan = p, .par = *c};
  if (!sr_energy_person_of(&p->table->energy, &c->energy, &p->scenario->person, c->body_fat, start, &out->person,
                           err) ||
      !sr_energy_person_of(&p->table->energy, &own.energy, &p->scenario->person, own.body_fat, start, &out->own, err))
    return false;
  for (int k = 0; k < p->healthy->nmuscle; k++) out->muscle[k] = sr_tissue_healthy();
  out->tendon[0] = out->tendon[1] = 1.0;
  out->body = sr_energy_start(&out->person);
  return true;
}

// Grams over the muscle's own mass now. Who takes out more than there is leaves a thousandth: what is not there at all
// has no length and no stiffness.
static double share_of_mass(const sr_life *l, int k, double mass)
{
  const double most = 0.999;
  const double volume = sr_tissue_read(&l->par.tissue, &l->muscle[k]).total * l->plan->healthy->muscle[k].volume;
  const double now = volume * SR_MUSCLE_DENSITY;
  return now > 0.0 ? fmin(most, mass / now) : most;
}

// A muscle that surgery of this kind touches: cut out of, or with its own nerve laid open.
static bool is_wounded(const sr_life_plan *p, const sr_intervention *x, const sr_model_muscle *m)
{
  if (!acts_on(x, m->leg)) return false;
  if (x->kind == SR_RESECT) return names(x, m->base);
  if (x->kind != SR_TRANSECT && x->kind != SR_REPAIR && x->kind != SR_ABLATE) return false;
  for (int i = 0; i < x->ntarget; i++) {
    const int node = sr_nerve_find(&p->tree[m->leg], x->target[i]);
    const char *supplied = node >= 0 ? p->tree[m->leg].node[node].muscle : NULL;
    if (supplied != NULL && strcmp(supplied, m->base) == 0) return true;
  }
  return false;
}

void sr_life_events(sr_life *l)
{
  const sr_life_plan *p = l->plan;
  for (int k = 0; k < p->healthy->nmuscle; k++) {
    const sr_model_muscle *m = &p->healthy->muscle[k];
    const sr_supply_state s = sr_supply_after(&l->par.tissue, p->supply[k], l->week);
    sr_tissue_connect(&l->par.tissue, &l->muscle[k], s.axons, s.blocked);
    for (int i = 0; p->has_interventions && i < p->scenario->nintervention; i++) {
      const sr_intervention *x = &p->scenario->intervention[i];
      if (x->week != l->week || !acts_on(x, m->leg) || !names(x, m->base)) continue;
      if (x->kind == SR_TOXIN) sr_tissue_inject(&l->par.tissue, &l->muscle[k], x->dose_U / x->ntarget);
      if (x->kind == SR_RESECT)
        sr_tissue_resect(&l->par.tissue, &l->muscle[k], share_of_mass(l, k, x->mass_g * 1e-3 / x->ntarget));
    }
  }
}

void sr_life_wounds(sr_life *l)
{
  const sr_life_plan *p = l->plan;
  for (int k = 0; k < p->healthy->nmuscle; k++)
    for (int i = 0; p->has_interventions && i < p->scenario->nintervention; i++) {
      const sr_intervention *x = &p->scenario->intervention[i];
      if (x->week == l->week && is_wounded(p, x, &p->healthy->muscle[k]))
        sr_tissue_wound(&l->par.tissue, &l->muscle[k]);
    }
}

// The load of a muscle over the healthy one, `share` of the way along a line.
static double load_at(const double *begin, const double *end, const double *healthy, double share, double power)
{
  const double most = sr_week_load_at(healthy, power);
  if (!(most > 0.0)) return 1.0;
  const double a = sr_week_load_at(begin, power), b = sr_week_load_at(end, power);
  return (a + share * (b - a)) / most;
}

// One step of all muscles, in the middle of which the load is taken.
static void step(sr_life *l, const sr_tissue_step *t, double to, double share, const sr_week_line *line,
                 const sr_week_load *healthy)
{
  const sr_week_load *begin = &line->begin, *end = &line->end;
  const sr_life_plan *p = l->plan;
  const double power = l->par.tissue.power;
  for (int k = 0; k < p->healthy->nmuscle; k++) {
    const sr_supply_state before = sr_supply_before(&l->par.tissue, p->supply[k], to);
    const sr_supply_state after = sr_supply_after(&l->par.tissue, p->supply[k], l->week);
    const bool works = l->muscle[k].nerve > 0.0 && l->muscle[k].blocked < 1.0 && l->muscle[k].present > 0.0;
    const sr_tissue_input in = {
        .axons = before.axons,
        .blocked = after.blocked,
        .load = works ? load_at(begin->muscle[k], end->muscle[k], healthy->muscle[k], share, power) : 0.0,
        .command = works ? load_at(begin->command[k], end->command[k], healthy->command[k], share, power) : 0.0,
        .is_immobile = is_held(p, k, l->week),
        .held = 1.0};
    l->muscle[k] = sr_tissue_advance(t, l->muscle[k], &in);
  }
  for (int leg = 0; leg < NSIDE; leg++)
    l->tendon[leg] = sr_tissue_tendon(
        t, l->tendon[leg], load_at(begin->achilles[leg], end->achilles[leg], healthy->achilles[leg], share, power));
}

void sr_life_advance(sr_life *l, double to, const sr_week_line *line, const sr_week_load *healthy)
{
  const double from = l->week, span = to - from;
  if (!(span > 0.0)) return;
  const int n = (int)ceil(span - 1e-9);
  const sr_tissue_step t = sr_tissue_step_new(&l->par.tissue, span / n);
  const sr_habits *h = sr_life_habits(l->plan, from);
  const sr_energy_habits living = sr_energy_habits_of(h);
  for (int i = 0; i < n; i++) {
    const double next = i == n - 1 ? to : from + span * (i + 1) / n;
    const double middle = from + span * (i + 0.5) / n;
    step(l, &t, next, (middle - line->from) / (line->to - line->from), line, healthy);
    const sr_energy_input in = {.intake = sr_energy_intake_of(h, &l->own, &l->person, &l->body),
                                .activity = sr_energy_activity(&l->person, &living)};
    l->body = sr_energy_advance(&l->person, l->body, &in, span / n);
    l->week = next;
  }
}

sr_energy_readout sr_life_weight(const sr_life *l)
{
  return sr_energy_read(&l->person, &l->body, l->plan->mass_share);
}

// More mass of the same density distribution: inertia grows with it.
static void add_mass(sr_model *m, const char *name, double more, double before)
{
  if (more == 0.0) return;
  const double ratio = (before + more) / before;
  for (int b = 0; b < m->skeleton.nbody; b++) {
    sr_body *x = &m->skeleton.body[b];
    if (strncmp(x->name, name, strlen(name)) != 0) continue;
    x->mass *= ratio;
    for (int i = 0; i < 3; i++) x->inertia[i] *= ratio;
  }
}

void sr_life_model(const sr_life *l, sr_model *out)
{
  const sr_life_plan *p = l->plan;
  *out = *p->healthy;
  for (int k = 0; k < out->nmuscle; k++) {
    const sr_tissue_readout r = sr_tissue_read(&l->par.tissue, &l->muscle[k]);
    sr_muscle *m = &out->muscle[k].par;
    m->capacity = r.capacity;
    m->passive_scale = r.passive_scale;
    m->len_opt *= r.len_opt;
    out->muscle[k].act_max = r.effort_most;
    if (out->muscle[k].group == SR_TRICEPS) m->tendon_k *= l->tendon[out->muscle[k].leg];
  }
  const sr_energy_readout r = sr_life_weight(l);
  const double more[SEGMENTS] = {r.thighs, r.shanks, r.feet};
  for (int i = 0; i < SEGMENTS; i++) {
    double before = 0.0;
    for (int k = 0; k < PARTS && segment[i][k] != NULL; k++) before += mass_of(p->healthy, segment[i][k]);
    for (int k = 0; k < PARTS && segment[i][k] != NULL; k++) add_mass(out, segment[i][k], more[i], before);
  }
  add_mass(out, "torso", r.trunk, mass_of(p->healthy, "torso"));
  out->mass += r.trunk + r.thighs + r.shanks + r.feet;
}

sr_shape_state sr_life_shape(const sr_life *l, sr_leg leg)
{
  const sr_life_plan *p = l->plan;
  sr_shape_state s = p->standing[leg];
  for (int k = 0; k < p->healthy->nmuscle; k++)
    if (p->healthy->muscle[k].leg == leg && p->layer[k] < SR_LAYERS)
      s.volume[p->layer[k]] *= sr_tissue_read(&l->par.tissue, &l->muscle[k]).total;
  sr_shape_table t = {.fat_exponent = l->par.fat_exponent};
  s.softness = l->par.softness;
  s.fat = sr_shape_fat_at_ratio(&t, s.fat, sr_life_weight(l).fat_ratio);
  return s;
}

sr_leg_look sr_life_look(const sr_life *l, sr_leg leg)
{
  const sr_life_plan *p = l->plan;
  const sr_shape_state s = sr_life_shape(l, leg);
  const sr_girth g = sr_shape_calf(p->leg[leg], &s);
  return (sr_leg_look){g.girth, g.level, sr_shape_girth(p->leg[leg], &s, p->girth_level[leg]), s.fat};
}

double sr_life_skin_reserve(const sr_life *l, sr_leg leg)
{
  const sr_life_plan *p = l->plan;
  const sr_shape_state s = sr_life_shape(l, leg);
  return sr_shape_skin_reserve(&p->table->shape.leg, p->skin[leg], sr_shape_skin(p->leg[leg], &s));
}
