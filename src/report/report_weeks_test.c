// Tests of the report of a life over weeks.
#include "report/metrics.h"
#include "report/report_test.h"
#include "report/svg.h"
#include "report/weeks.h"

// Girth stands beside the tasks, with its band and without the change, at every week after the first day.
TEST(report_shows_girth_beside_the_tasks_with_band_and_control)
{
  sr_arena *keep = sr_arena_new();
  const char *page = page_of(sr_report_sample_weeks(keep), "en", keep);
  const char *first = between(page, "<div class=pair>", "<div class=boxes>", keep);
  const char *look = between(first, "<article class=look>", "</article>", keep);
  CHECK(has(between(first, "<article class=use>", "</article>", keep), "<th scope=row>Walking"));
  CHECK(has(look, "<p class=big>−2.5<small> cm"));
  CHECK(has(look, "girth of the calf after 2 years, each leg: "));
  CHECK(has(look, "−3.0 to −2.0 cm in 9 of 10 calculations"));
  CHECK(has(look, "<p class=was>without the cut: 0 cm"));
  CHECK(has(look, "<span class=at-week data-series=\"leg.girth_max_cm.right\">31.2</span> cm"));
  static const char *const row[] = {"2 weeks</th><td class=num>−0.6<span class=band>−0.7…−0.5</span></td>",
                                    "6 months</th><td class=num>−2.4<span class=band>−2.9…−1.9</span></td>",
                                    "5 years</th><td class=num>−2.6<span class=band>−3.1…−2.1</span></td>"};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    const char *line = between(look, row[i], "</tr>", keep);
    CHECK(has(line, "</td><td class=num>0</td>"));  // the control, in a cell of its own
  }
  CHECK(has(page_of(sr_report_sample_weeks(keep), "zh", keep), "2 年后小腿周径的变化，每条腿"));
  sr_arena_free(keep);
}

// Function is told of the same later week as girth, and against the same week without the change.
TEST(report_first_screen_and_table_tell_two_years_and_the_control)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  set_metric(&r->epoch[4].task[3], "ankle_work_positive_left_J_kg", 0.25);
  set_metric(&r->epoch[4].task[3], "ankle_work_positive_right_J_kg", 0.25);
  const char *page = page_of(r, "en", keep);
  CHECK(has(page, "Each movement after 2 years, against the same week without the cut"));
  CHECK(has(row_of(page, "Walking", keep), "0.250 instead of 0.312 J/kg"));
  const char *table = between(page, "<table class=\"metrics", "</table>", keep);
  CHECK(has(table, ">After 2 years</th>"));
  CHECK(has(table, "0.250<span class=band>0.184…0.230</span><span class=without>without 0.312</span>"));
  sr_arena_free(keep);
}

// What gets better, what gets worse, what is uncertain and what cannot be undone: said in both languages, with its
// evidence, and never a movement without an answer as if it had one.
TEST(report_says_what_is_better_worse_uncertain_and_for_good)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  r->epoch[4].task[3].nbody = 11;
  r->epoch[4].task[3].nbody_solved = 8;
  const char *page = page_of(r, "en", keep);
  CHECK(has(between(page, "class=\"box unsure\"", "</ul>", keep), "of 11 other bodies 8 can do it then and 3 cannot"));
  CHECK(has(between(page, "class=\"box better\"", "</ul>", keep), "2.5 cm less girth after 2 years"));
  CHECK(has(between(page, "class=\"box worse\"", "</ul>", keep), "can no longer be tensed"));
  CHECK(has(between(page, "class=\"box unsure\"", "</ul>", keep), "by −3.0 to −2.0 cm, in 1 of 10"));
  CHECK(has(between(page, "class=\"box undo\"", "</ul>", keep), "does not grow back together"));
  CHECK(has(between(page, "class=\"box worse\"", "</ul>", keep), "<span class=ev>◐ predicted</span>"));
  for (int i = 0; i < r->nintervention; i++) r->intervention[i].kind = "toxin";
  CHECK(has(between(page_of(r, "zh", keep), "class=\"box undo\"", "</ul>", keep), "会自行消退：注射肉毒毒素"));
  r->epoch[4].task[3].status = SR_TASK_NOT_CONVERGED;
  page = page_of(r, "en", keep);
  CHECK(has(row_of(page, "Walking", keep), "no answer") && !has(row_of(page, "Walking", keep), "instead"));
  CHECK(has(between(page, "class=\"box unsure\"", "</ul>", keep), "have no answer"));
  r->epoch[4].task[3].status = SR_TASK_IMPOSSIBLE;
  const char *gone = row_of(page_of(r, "en", keep), "Walking", keep);
  CHECK(has(gone, "no longer possible") && has(gone, "<i class=lost style=\"width:100%\">") && !has(gone, "instead"));
  sr_arena_free(keep);
}

// Each statement of the article has a line with its verdict; a result without weeks tests few of them.
TEST(report_tells_the_statements_of_the_article)
{
  sr_arena *keep = sr_arena_new();
  const char *page = page_of(sr_report_sample_weeks(keep), "en", keep);
  const char *claims = between(page, "<section id=claims>", "</section>", keep);
  CHECK(count(claims, "<th scope=row>") == 15);
  CHECK(has(between(claims, "medial and lateral sural cutaneous", "</tr>", keep), "<b>disagrees</b>"));
  CHECK(has(between(claims, "makes it waste", "</tr>", keep), "<b>agrees</b>"));
  const char *skin = between(claims, "the skin sags", "</tr>", keep);
  CHECK(has(skin, "<b>not tested here</b>") && has(skin, "0.0 % if skin shortens") &&
        has(skin, "3.9 % if it does not"));
  CHECK(has(between(claims, "makes it waste", "</tr>", keep), "40 % after 6 months"));
  // what was measured lies within the band, and then below it
  sr_result *narrow = sr_report_sample_weeks(keep);
  CHECK(!has(between(page, "class=\"box unsure\"", "</ul>", keep), "may waste more than computed"));
  for (int e = 0; e < narrow->nepoch; e++)
    for (int side = 0; side < 2; side++)
      for (int k = 0; k < narrow->epoch[e].leg[side].nmuscle; k++)
        narrow->epoch[e].leg[side].muscle[k].total_band.is_known = false;
  CHECK(has(between(page_of(narrow, "en", keep), "class=\"box unsure\"", "</ul>", keep),
            "30 % after 6 months; the medial head here keeps 40 % after 6 months"));
  CHECK(has(between(claims, "Regular hospitals", "</tr>", keep), "no source"));
  const char *bare = page_of(sr_report_sample(keep), "en", keep);
  CHECK(has(between(bare, "makes it waste", "</tr>", keep), "<b>not tested here</b>"));
  sr_arena_free(keep);
}

// The chart with this heading, up to its end.
static const char *chart_of(const char *page, const char *heading, sr_arena *keep)
{
  const char *weeks = strstr(page, "<section class=weeks id=weeks>");
  CHECK(weeks != NULL);
  return between(weeks != NULL ? weeks : "", sr_arena_printf(keep, "class=h>%s<", heading), "</svg>", keep);
}

TEST(report_draws_bands_and_the_control_over_weeks)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  const char *page = page_of(r, "en", keep);
  const char *girth = chart_of(page, "Greatest girth of the calf", keep);
  CHECK(count(girth, "class=\"band\"") == 1 && count(girth, "class=\"line control\"") == 1);
  CHECK(count(girth, "<circle class=\"at\"") == 6);  // a dot per epoch
  CHECK(has(girth, "33.7 → 31.1"));
  const char *volume = chart_of(page, "Gastrocnemius, medial head", keep);
  CHECK(has(volume, "line a thin"));
  // where the legs differ each has its own line and its own table row
  for (int i = 0; i < r->nepoch; i++) r->epoch[i].leg[0] = r->control[i > 0 ? i - 1 : 0].leg[0];
  page = page_of(r, "en", keep);
  girth = chart_of(page, "Greatest girth of the calf", keep);
  CHECK(count(girth, "line a left") == 1 && count(girth, "<circle class=\"at open\"") == 6);
  CHECK(has(page, "Greatest girth of the calf, left <span") && has(page, "Greatest girth of the calf, right <span"));
  CHECK(has(page, "Left leg: Height above the ankle"));
  sr_arena_free(keep);
}

// A straight line in the chart of weeks would join what was not computed: the crosses tell where.
TEST(report_shows_a_task_that_failed_in_a_later_week)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  const char *page = page_of(r, "en", keep);
  CHECK(has(between(page, "class=alarm", "</div>", keep), "<b>Running, 3 m/s</b> (week 26): no answer"));
  const char *run = between(strstr(page, "<table class=course>"), ">Running, 3 m/s<", "</tbody>", keep);
  CHECK(count(run, "class=cross") == 3);  // the day of the change, the cast, week 26
  CHECK(has(page, "<b>Weeks 2</b>: A joint is immobilised"));
  CHECK(has(page_of(r, "zh", keep), "<b>第 2 周</b>：关节被固定"));
  CHECK(!has(page, "98765"));
  CHECK(has(page, "no answer at this week") && count(page, "<path class=cross") > 3);
  // a task that fails only two years on is told where its number would stand
  r->epoch[4].task[3].status = SR_TASK_NOT_CONVERGED;
  page = page_of(r, "en", keep);
  CHECK(has(between(page, "class=alarm", "</div>", keep), "<b>Walking, 1.33 m/s</b> (week 104): no answer"));
  CHECK(has(page, "<b>After 2 years: no answer"));
  sr_arena_free(keep);
}

TEST(report_tells_each_week_in_a_table)
{
  sr_arena *keep = sr_arena_new();
  const char *page = page_of(sr_report_sample_weeks(keep), "en", keep);
  const char *table = between(page, "<table class=course>", "</table>", keep);
  static const char *const head[] = {"<b>Before</b>",   "<b>Right after</b>", "<b>2 weeks</b>",
                                     "<b>6 months</b>", "<b>2 years</b>",     "<b>5 years</b>"};
  for (size_t i = 0; i < sizeof head / sizeof *head; i++) CHECK(has(table, head[i]));
  CHECK(has(table, "31.2<span class=band>30.7…31.7</span><span class=without>without 33.7</span>"));
  static const char *const row[] = {"Soleus: volume of the whole muscle, each leg", "Ankle bends up under 15 N m",
                                    "Skin to spare", "Effort that pain allows", "Body mass"};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) CHECK(has(table, row[i]));
  sr_arena_free(keep);
}

TEST(report_tells_which_unknown_matters)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  const char *page = page_of(r, "en", keep);
  CHECK(has(page, "<caption>Change of the greatest girth</caption>"));
  CHECK(has(page, "How long a muscle without its nerve takes to waste") && has(page, "↑ 31 %"));
  CHECK(has(page, "A constant that no catalogue knows [-]") && has(page, "↓ 12 %"));
  const char *zh = page_of(r, "zh", keep);
  CHECK(has(zh, "失神经肌肉萎缩所需的时间") && has(zh, "此人静息耗能与公式之比"));
  sr_arena_free(keep);
}

// The constants that the slow model draws, by their names in the data.
TEST(report_names_every_unknown_constant)
{
  static const char names[] =
      "power size_power size_least size_most dead_band waste_time grow_time dose_most immobile drive_full drive_loss "
      "drive_fall_time drive_rise_time denervated_time residue denervated_fat disuse_fat fat_time denervated_scar "
      "scar_time unit_most sprout_time axon_speed regrowth_delay regrowth_spread repair_share repair_time burn_share "
      "toxin_most toxin_half toxin_time swelling swelling_time wound_pain pain_time habit_time sore accustom_time "
      "length_time contraction fibre_stiffness scar_stiffness tendon_power tendon_least tendon_most tendon_time "
      "fat_energy lean_energy glycogen_energy fat_upkeep lean_upkeep fat_making lean_making feeding adaptation "
      "adaptation_time forbes glycogen glycogen_water sodium sodium_loss sodium_carbohydrate carbohydrate rest_scale "
      "sitting_level standing walk_power walk_cubic step run_cost run_speed stair_rise stair_down jump_rise "
      "heel_raise_rise efficiency thighs shanks feet body_fat fat_exponent";
  sr_arena *keep = sr_arena_new();
  char *list = sr_arena_strdup(keep, names), *save = NULL;
  for (char *name = strtok_r(list, " ", &save); name != NULL; name = strtok_r(NULL, " ", &save))
    if (sr_string_find(SR_EN, sr_arena_printf(keep, "unknown.%s", name)) == NULL)
      sr_test_fail(__FILE__, __LINE__, "constant '%s' has no words", name);
  sr_arena_free(keep);
}

// No control where nothing was done; the later week is told all the same.
TEST(report_of_weeks_without_interventions_has_no_control)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  r->nintervention = 0;
  r->epoch[1] = r->epoch[0];
  r->epoch++, r->nepoch--;
  r->epoch[0].when = "course";
  const char *page = page_of(r, "en", keep);
  CHECK(!has(page, "class=without") && !has(page, "class=\"line control\"") && !has(page, ">Right after<"));
  CHECK(has(page, ">After 2 years</th>") && has(page, "<section class=weeks id=weeks>"));
  sr_arena_free(keep);
}

TEST(report_tells_time_in_words)
{
  static const struct {
    double week;
    const char *en, *zh;
  } row[] = {{0.14, "1 day", "1 天"}, {0.5, "4 days", "4 天"},     {1, "1 week", "1 周"},
             {6, "6 weeks", "6 周"},  {13, "3 months", "3 个月"},  {26, "6 months", "6 个月"},
             {52, "1 year", "1 年"},  {78, "1.5 years", "1.5 年"}, {104, "2 years", "2 年"},
             {260, "5 years", "5 年"}};
  sr_arena *keep = sr_arena_new();
  sr_page p = page_for_names(keep);
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    p.lang = SR_EN;
    SAME(sr_time_words(&p, row[i].week), row[i].en);
    p.lang = SR_ZH;
    SAME(sr_time_words(&p, row[i].week), row[i].zh);
  }
  sr_arena_free(keep);
}

// Ticks are round, at most six steps, and hold the span up to a fiftieth of a step.
TEST(report_axes_hold_what_they_show)
{
  for (double hi = 1e-3; hi < 1e5; hi *= 3.7)
    for (double lo = -hi; lo < hi; lo += 0.31 * hi) {
      const sr_plot plot = sr_plot_new(300.0, 200.0, (sr_span){lo, hi});
      const double n = (plot.y1 - plot.y0) / plot.ystep;
      const double spare = 0.0201 * plot.ystep;  // the overhang that needs no tick of its own
      CHECK(plot.y0 <= lo + spare && plot.y1 >= hi - spare);
      NEAR(n, round(n), 1e-6);
      CHECK(n >= 1.0 && n <= 6.0);
    }
}
