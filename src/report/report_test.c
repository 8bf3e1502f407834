#include "report/report.h"

#include <string.h>

#include "report/measured.h"
#include "report/metrics.h"
#include "report/report_test.h"
#include "report/svg.h"
#include "report/weeks.h"

// The page as it is saved: both languages woven.
static const char *woven(sr_result *r, const char *lang, sr_arena *keep)
{
  char *html = NULL;
  size_t size = 0;
  sr_error err = {0};
  CHECK(sr_report_html(r, lang, keep, &html, &size, &err));
  CHECK(html != NULL && strlen(html) == size);
  return html != NULL ? html : "";
}

TEST(report_has_every_string_in_both_languages)
{
  for (int i = 0; i < sr_string_count(); i++) {
    const char *id = sr_string_id(i), *en = sr_string_find(SR_EN, id), *zh = sr_string_find(SR_ZH, id);
    const bool may_be_empty = strncmp(id, "option.", 7) == 0 || strcmp(id, "space") == 0;
    CHECK(en != NULL && zh != NULL);
    if (en == NULL || zh == NULL) continue;
    if (!may_be_empty && (en[0] == '\0' || zh[0] == '\0')) sr_test_fail(__FILE__, __LINE__, "string '%s' is empty", id);
    for (int slot = 0; slot < 3; slot++) {
      static const char *const slots[] = {"{1}", "{2}", "{3}"};
      const char *mark = slots[slot];
      if (has(en, mark) != has(zh, mark))
        sr_test_fail(__FILE__, __LINE__, "string '%s' lacks %s in one language", id, mark);
    }
    for (int k = 0; k < i; k++)
      if (strcmp(sr_string_id(k), id) == 0) sr_test_fail(__FILE__, __LINE__, "string '%s' stands twice", id);
    if (strpbrk(en, "<>&\"") != NULL || strpbrk(zh, "<>&\"") != NULL)
      sr_test_fail(__FILE__, __LINE__, "string '%s' would have to be escaped", id);
  }
}

// Addresses stand in links that the reader may follow, and nowhere else.
TEST(report_loads_nothing)
{
  sr_arena *keep = sr_arena_new();
  const char *page = woven(sr_report_sample_weeks(keep), "en", keep);
  CHECK(count(page, "http://") == 0);
  CHECK(count(page, "https://") == count(page, "<a href=\"https://"));
  static const char *const loads[] = {"<link", "<img", "<iframe", "src=", "url(", "@import"};
  for (size_t i = 0; i < sizeof loads / sizeof *loads; i++)
    if (has(page, loads[i])) sr_test_fail(__FILE__, __LINE__, "the page contains '%s'", loads[i]);
  CHECK(has(page, "default-src 'none'"));
  // the one script is the page's own, and reaches for nothing
  static const char *const reaches[] = {"fetch(",    "XMLHttpRequest", "import", "eval(",
                                        "innerHTML", "location",       "cookie"};
  // the others are data, and a script that is packed: what it asks for is seen in the browser (tests/browser)
  CHECK(count(page, "<script") == count(page, "<script>") + count(page, "<script type=application/json id=") +
                                      count(page, "<script type=text/plain id=sr-app>"));
  CHECK(has(page, "<script>"));
  for (const char *script = page; (script = strstr(script, "<script>")) != NULL; script++) {
    const char *inside = between(script, "<script>", "</script>", keep);
    for (size_t i = 0; i < sizeof reaches / sizeof *reaches; i++)
      if (has(inside, reaches[i])) sr_test_fail(__FILE__, __LINE__, "the script contains '%s'", reaches[i]);
  }
  sr_arena_free(keep);
}

TEST(report_escapes_text_of_the_result)
{
  sr_arena *keep = sr_arena_new();
  const char *page = page_of(sr_report_sample(keep), "en", keep);
  CHECK(has(page, "&lt;test &amp; check&gt;"));
  CHECK(!has(page, "<test"));
  sr_arena_free(keep);
}

TEST(report_shows_every_task_and_both_names_of_the_nerves)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample(keep);
  static const char *const task[2][5] = {
      {"Standing", "Tiptoe, both legs", "Tiptoe, right leg alone", "Walking, 1.33 m/s", "Running, 3 m/s"},
      {"站立", "踮脚，双腿", "踮脚，仅右腿", "步行，1.33 m/s", "跑步，3 m/s"}};
  for (int lang = 0; lang < 2; lang++) {
    const char *page = page_of(r, lang == 0 ? "en" : "zh", keep);
    for (int i = 0; i < 5; i++) CHECK(has(page, task[lang][i]));
    CHECK(has(page, "Nerve to the medial head of gastrocnemius") && has(page, "腓肠肌内侧头肌支"));
    CHECK(has(page, "腓肠内侧皮神经"));
  }
  sr_arena_free(keep);
}

// An intervention in a week that was not run is told as such, and nothing is compared with it.
TEST(report_says_which_interventions_no_number_contains)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample(keep);
  CHECK(!has(page_of(r, "en", keep), "no number below contains it"));
  sr_epoch *e = sr_alloc(keep, sr_epoch, 3);
  sr_task_result later = {.task = "stand", .status = SR_TASK_NOT_RUN, .why = "later"};
  e[0] = r->epoch[0];
  e[0].when = "course";
  e[1] = (sr_epoch){.week = 2, .when = "before", .ntask = 1, .task = &later};
  e[2] = (sr_epoch){.week = 2, .when = "after", .ntask = 1, .task = &later};
  r->epoch = e;
  r->nepoch = 3;
  r->intervention[0].week = 2;
  const char *page = page_of(r, "en", keep);
  CHECK(has(page, "no number below contains it") && has(page, "<b>Weeks 2</b>: Later"));
  CHECK(!has(page, ">Right after<") && !has(page, "<mark>") && !has(page, "class=alarm"));
  sr_arena_free(keep);
}

// Legs that branch differently are drawn one by one, each with its own nerves and its own bar.
TEST(report_draws_each_leg_where_their_nerves_differ)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample(keep);
  const int nboth = count(page_of(r, "en", keep), "class=\"meter");
  CHECK(!has(page_of(r, "en", keep), "<h3>Left leg</h3>"));
  CHECK(has(page_of(r, "en", keep), "(50 % of its feeling left)"));
  r->nnerve[1]--;  // the right leg has one nerve less
  for (int e = 0; e < 2; e++) r->epoch[e].leg[1].nnerve--;
  const char *page = page_of(r, "en", keep);
  CHECK(has(page, "<h3>Left leg</h3>") && has(page, "<h3>Right leg</h3>"));
  CHECK(count(page, "class=\"meter") == nboth - 1);
  sr_arena_free(keep);
}

TEST(report_says_first_what_was_not_answered)
{
  sr_arena *keep = sr_arena_new();
  const char *page = page_of(sr_report_sample(keep), "en", keep);
  const char *alarm = strstr(page, "class=alarm"), *answer = strstr(page, "The answer in numbers");
  CHECK(alarm != NULL && answer != NULL && alarm < answer);
  CHECK(has(alarm != NULL ? alarm : "", "Stopped after 1000 iterations"));
  CHECK(!has(page, "98765"));  // the number of the run that did not converge
  sr_arena_free(keep);
}

TEST(report_of_one_epoch_has_no_after)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample(keep);
  r->nepoch = 1;
  r->nintervention = 0;
  const char *page = page_of(r, "en", keep);
  CHECK(!has(page, ">Right after<") && !has(page, "class=alarm"));
  CHECK(has(page, "Nothing was cut"));
  sr_arena_free(keep);
}

TEST(report_shows_the_weeks_of_a_longer_result)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample(keep);
  sr_epoch *e = sr_alloc(keep, sr_epoch, 3);
  memcpy(e, r->epoch, 2 * sizeof *e);
  e[2] = r->epoch[1];
  e[2].week = 26;
  e[2].when = "course";
  r->epoch = e;
  r->nepoch = 3;
  CHECK(has(page_of(r, "en", keep), "week 26"));
  sr_arena_free(keep);
}

TEST(report_survives_a_result_without_tasks_muscles_and_nerves)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample(keep);
  for (int i = 0; i < 2; i++) r->epoch[i] = (sr_epoch){.when = i == 0 ? "before" : "after"};
  r->nnerve[0] = r->nnerve[1] = r->nintervention = r->nnote = 0;
  CHECK(has(page_of(r, "zh", keep), "</html>"));
  sr_arena_free(keep);
}

TEST(report_refuses_a_language_it_does_not_speak)
{
  sr_arena *keep = sr_arena_new();
  char *html;
  size_t size;
  sr_error err = {0};
  CHECK(!sr_report_html(sr_report_sample(keep), "fr", keep, &html, &size, &err));
  CHECK(err.code == SR_BAD_VALUE && has(err.text, "en and zh"));
  sr_arena_free(keep);
}

TEST(report_tells_sentences_of_the_result_in_the_language_of_the_reader)
{
  sr_arena *keep = sr_arena_new();
  const char *page = page_of(sr_report_sample(keep), "zh", keep);
  CHECK(has(page, "比目鱼肌，右腿：激活程度在周期的 12 % 内处于上限"));
  CHECK(has(page_of(sr_report_sample(keep), "en", keep), "Soleus, right: activation is at its upper bound for 12 %"));
  sr_arena_free(keep);
}

TEST(report_says_first_which_weeks_were_not_computed)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample(keep);
  sr_epoch *e = sr_alloc(keep, sr_epoch, 4);
  sr_task_result later = {.task = "stand", .status = SR_TASK_NOT_RUN, .why = "later"};
  memcpy(e, r->epoch, 2 * sizeof *e);
  e[2] = (sr_epoch){.week = 2, .when = "course", .ntask = 1, .task = &later};
  e[3] = (sr_epoch){.week = 26, .when = "course", .ntask = 1, .task = &later};
  r->epoch = e;
  r->nepoch = 4;
  CHECK(has(page_of(r, "en", keep), "<b>Weeks 2, 26</b>: Later"));
  sr_arena_free(keep);
}

static void check_elements(const char *page)
{
  static const char *const element[][2] = {
      {"<table", "</table>"},     {"<svg", "</svg>"}, {"<section", "</section>"}, {"<figure", "</figure>"},
      {"<details", "</details>"}, {"<ul", "</ul>"},   {"<li", "</li>"},           {"<tr", "</tr>"},
      {"<tbody", "</tbody>"},     {"<div", "</div>"}, {"<td", "</td>"},           {"<article", "</article>"}};
  for (size_t i = 0; i < sizeof element / sizeof *element; i++)
    if (count(page, element[i][0]) != count(page, element[i][1]))
      sr_test_fail(__FILE__, __LINE__, "%d %s but %d %s", count(page, element[i][0]), element[i][0],
                   count(page, element[i][1]), element[i][1]);
  CHECK(count(page, "<table") == count(page, "<caption>"));
  CHECK(count(page, "role=img aria-labelledby") == count(page, "<desc "));
  // packed numbers may spell anything
  const char *packed = strstr(page, "<script type=application/json"), *bad = strstr(page, "nan");
  CHECK(bad == NULL || (packed != NULL && bad > packed));
  bad = strstr(page, "inf,");
  CHECK(bad == NULL || (packed != NULL && bad > packed));
}

TEST(report_opens_and_closes_every_element)
{
  sr_arena *keep = sr_arena_new();
  check_elements(page_of(sr_report_sample(keep), "en", keep));
  check_elements(page_of(sr_report_sample_weeks(keep), "zh", keep));
  check_elements(woven(sr_report_sample_weeks(keep), "zh", keep));
  sr_arena_free(keep);
}

TEST(report_reads_names_of_metrics)
{
  sr_arena *keep = sr_arena_new();
  sr_page p = page_for_names(keep);
  const sr_metric_name a = sr_metric_parse(&p, "ankle_moment_peak_left_N_m_kg");
  SAME(a.stem, "ankle_moment_peak");
  SAME(a.unit, "N m/kg");
  CHECK(a.side == 0 && a.muscle == NULL);
  const sr_metric_name b = sr_metric_parse(&p, "soleus_share_energy_right_1");
  SAME(sr_metric_key(&p, &b), "soleus:share_energy");
  SAME(b.unit, "%");
  NEAR(b.scale, 100.0, 0.0);
  const sr_metric_row row = {.name = b};
  SAME(sr_metric_label(&p, &row), "Soleus: share of the plantarflexion torque (least energy), right");
  const sr_metric_row left = {.name = sr_metric_parse(&p, "soleus_strength_left_right_1")};
  SAME(sr_metric_label(&p, &left), "Soleus: strength that is left at the end of the set, right");
  SAME(left.name.unit, "%");
  const sr_metric_name c = sr_metric_parse(&p, "cost_of_energy_per_m");
  SAME(c.stem, "cost_of_energy");
  SAME(c.unit, "1/m");
  SAME(sr_metric_parse(&p, "cadence_per_min").unit, "1/min");
  SAME(sr_metric_parse(&p, "step_frequency_Hz").unit, "Hz");
  sr_arena_free(keep);
}

// Every sentence that a task may leave is told in both languages, without a name that only files know.
TEST(report_tells_no_raw_names)
{
  static const struct {
    const char *text, *en, *zh;
  } row[] = {
      {"the heel does not leave the ground: the greatest rise that is possible is 0.3 cm, and 0.9 cm lacks 12.5 N m, "
       "most at ankle_angle_l",
       "The heel does not leave the ground: the greatest rise that is possible is 0.3 cm; for more, 12.5 N m are "
       "missing, most at: ankle angle, left",
       "足跟没有离开地面：最多只能抬起 0.3 cm；再高则缺少 12.5 N m，主要在踝角度，左腿"},
      {"quiet standing with the pressure this far in front of the ankle lacks 3.0 N m, most at knee_angle_r; the leans "
       "say "
       "how far it can be",
       "Quiet standing with the pressure this far in front of the ankle: 3.0 N m are missing, most at: knee angle, "
       "right; "
       "the leans say how far it can be",
       "压力中心在踝前这么远的安静站立：缺少 3.0 N m，主要在膝角度，右腿；前倾和后仰的结果说明可以到多远"},
      {"one_leg_left: not possible: 7.1 N m are missing, most at knee_angle_l",
       "Standing on the left leg: not possible, 7.1 N m are missing, most at: knee angle, left",
       "左腿单腿站立：做不到，缺少 7.1 N m，主要在膝角度，左腿"},
      {"with the speed free the greatest that is possible is 0.81 m/s (asked for: 1.33 m/s)",
       "With the speed free the greatest that is possible is 0.81 m/s; asked for were 1.33 m/s",
       "速度不作规定时，最快只能达到 0.81 m/s；要求的是 1.33 m/s"},
      {"another walk than the one before leads to, and 1.2% cheaper: part of the change is the change of gait",
       "Another gait than before, and 1.2 % less effort than the one before leads to: part of the change is the change "
       "of gait",
       "步态与之前不同，比沿用之前的步态省力 1.2 %：变化的一部分来自换了步态"},
      {"a mesh of 45 intervals leaves an error of 0.11 in the movement (allowed: 0.05)",
       "A mesh of 45 intervals is too coarse for this movement: it leaves an error of 0.11 (allowed 0.05)",
       "45 个区间的网格对这个动作太粗：误差为 0.11（允许 0.05）"},
      {"one_leg_right: the lifted leg is held up from outside with 3.0 N m, most at hip_flexion_l",
       "Standing on the right leg: the lifted leg cannot hold itself up (3.0 N m are missing, most at: hip flexion, "
       "left)",
       "右腿单腿站立：抬起的腿无法自己保持（缺少 3.0 N m，主要在髋屈曲，左腿）"},
      {"a joint is immobilised: what a leg in a cast does is not predicted",
       "A joint is immobilised: what a leg in a cast does is not predicted", "关节被固定：不预测打着石膏的腿能做什么"},
      {"At 3 times no walk was found from which to take the load of the muscles: the load before went on.",
       "At 3 times no walk was found from which to take the load of the muscles: the load before went on.",
       "有 3 个时间点没有求出可用来计算肌肉负荷的步行：沿用之前的负荷。"},
      {"From week 0.14 on the body is outside of those that the model of weight was made on: its weight, and what "
       "follows "
       "from it, is an extrapolation.",
       "From week 0.14 on the body is outside of those that the model of weight was made on: its weight, and what "
       "follows "
       "from it, is an extrapolation.",
       "从第 0.14 周起，身体超出了体重模型所依据的范围：体重以及由它得出的结果都是外推。"},
      {"the heel does not leave the ground: on the flat foot already 4.2 N m are missing, most at ankle_angle_r",
       "The heel does not leave the ground: on the flat foot already 4.2 N m are missing, most at: ankle angle, right",
       "足跟没有离开地面：全足着地时就已缺少 4.2 N m，主要在踝角度，右腿"},
      {"with the flight free its height is 1.2 cm at most (asked for: 3.4 cm)",
       "With the flight free its height is 1.2 cm at most; asked for were 3.4 cm",
       "腾空高度不作规定时，最高只能达到 1.2 cm；要求的是 3.4 cm"},
      {"the feet cannot leave the ground: the greatest clearance that is possible is -1.5 cm",
       "The feet cannot leave the ground: the greatest clearance that is possible is −1.5 cm",
       "双脚无法离开地面：最多只能离地 −1.5 cm"},
      {"the cost of a metre has no least from 0.8 to 1.8 m/s",
       "The energy per metre has no least between 0.8 and 1.8 m/s", "在 0.8 至 1.8 m/s 之间，每米能耗没有最小值"},
      {"followed forward in time without feedback the movement lasts for 62% of the solved phase",
       "Followed forward in time without feedback the movement lasts for 62 % of the solved phase",
       "不加反馈地按时间向前推算时，动作能维持所求阶段的 62 %"},
      {"greatest rise: the toes of the left foot are nearly straight, it stands on their tips",
       "Greatest rise: the toes of the left foot are nearly straight, it stands on their tips",
       "最高的踮脚：左足足趾几乎伸直，以趾尖站立"},
      {"greatest rise: the greatest torque of the right leg was not found",
       "Greatest rise: the greatest torque of the right leg was not found", "最高的踮脚：没有求出右腿的最大力矩"},
      {"soleus_r is the first to tire", "The first to tire: soleus, right", "最先疲劳的肌肉：比目鱼肌，右腿"},
      {"1000 hops exhaust no muscle", "1000 hops exhaust no muscle", "连续跳 1000 次仍没有肌肉力竭"},
      {"100 raises do not exhaust the calf", "100 raises do not exhaust the calf", "踮脚 100 次仍未使小腿力竭"},
      {"the greatest rise of the healthy body, half of which a raise has to reach, is not found",
       "The greatest rise of the healthy body, half of which a raise has to reach, is not found",
       "没有求出健康身体的最大踮脚高度（每次踮脚须达到其一半）"},
      {"standing on the other leg lacks 5.0 N m, most at knee_angle_l",
       "Standing on the other leg: 5.0 N m are missing, most at: knee angle, left",
       "用另一条腿站立：缺少 5.0 N m，主要在膝角度，左腿"},
      {"a raise has to reach 4.5 cm, the greatest rise that is possible is 3.0 cm",
       "A raise has to reach 4.5 cm, the greatest rise that is possible is 3.0 cm",
       "每次踮脚须达到 4.5 cm，而可能的最大踮脚高度为 3.0 cm"},
      {"at the end of the set gasmed_l is tired most: 71% of its strength is left",
       "At the end of the set this muscle is tired most: gastrocnemius, medial head, left; 71 % of its strength is "
       "left",
       "结束时最疲劳的肌肉：腓肠肌内侧头，左腿，剩余力量 71 %"},
      {"quiet standing: time limit reached", "Quiet standing: time limit reached", "安静站立：达到时间上限"},
      {"a posture of a raise: iteration limit reached; largest violated: constraint both legs stand alike: 0.2 "
       "(allowed "
       "1e-07)",
       "A posture of a raise: iteration limit reached; violated most: both legs stand alike, by 0.2 (allowed 1e-07)",
       "一次踮脚中的姿势：达到迭代次数上限；违反最多的条件：双腿站姿相同，超出 0.2（允许 1e-07）"},
      {"soleus_l activation at its upper bound for 11% of the hop",
       "Soleus, left: activation is at its upper bound for 11 % of the hop",
       "比目鱼肌，左腿：激活程度在单次纵跳的 11 % 内处于上限"},
      {"iteration limit reached; largest violated: none", "iteration limit reached", "达到迭代次数上限"},
      {"the solver gave up; largest violated: defect of ankle_angle_r speed at 43% of the movement: 0.02 (allowed "
       "1e-06)",
       "the solver gave up; violated most: the rate of change of: Ankle angle, right: speed, at 43 % of the movement, "
       "by "
       "0.02 (allowed 1e-06)",
       "求解器放弃；违反最多的条件：变化率，踝角度，右腿：速度，在动作的 43 % 处，超出 0.02（允许 1e-06）"},
      {"quiet: iteration limit reached; largest violated: constraint force balance of soleus_l: 1.2 (allowed 1e-07)",
       "Quiet standing: iteration limit reached; violated most: balance of fibre and tendon: Soleus, left, by 1.2 "
       "(allowed "
       "1e-07)",
       "安静站立：达到迭代次数上限；违反最多的条件：肌纤维与肌腱的力平衡：比目鱼肌，左腿，超出 1.2（允许 1e-07）"},
      {"something new about hip_flexion_l and vasti_r", "Something new about hip flexion, left and vasti, right",
       "Something new about 髋屈曲，左腿 and 股肌（内侧、中间、外侧），右腿"}};
  sr_arena *keep = sr_arena_new();
  sr_page p = page_for_names(keep);
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    p.lang = SR_EN;
    SAME(sr_told(&p, row[i].text), row[i].en);
    p.lang = SR_ZH;
    SAME(sr_told(&p, row[i].text), row[i].zh);
  }
  sr_arena_free(keep);
}

// The title promises what the page tells: what the legs do, and the look.
TEST(report_names_the_look_in_its_title)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample(keep);
  CHECK(has(page_of(r, "en", keep), "<h1>What the legs can still do, and how they look</h1>"));
  CHECK(has(page_of(r, "zh", keep), "<h1>神经切断之后，双腿还能做什么，看起来怎样</h1>"));
  r->nintervention = 0;
  CHECK(has(page_of(r, "en", keep), "<h1>What the legs can do, and how they look</h1>"));
  sr_arena_free(keep);
}

// Where one leg is cut the first screen tells the leg that is worse off, also where the other one got better by more.
TEST(report_first_screen_tells_the_worse_leg)
{
  for (int worse = 0; worse < 2; worse++) {
    static const char *const side[2] = {"left", "right"};
    const char *other = side[1 - worse];
    sr_arena *keep = sr_arena_new();
    sr_result *r = sr_report_sample(keep);
    sr_task_result *stand = &r->epoch[1].task[0], *walk = &r->epoch[1].task[3];
    set_metric(stand, sr_arena_printf(keep, "quiet_required_over_available_%s_1", other), 0.086);
    set_metric(walk, sr_arena_printf(keep, "ankle_work_positive_%s_J_kg", other), 8.0);
    const char *page = page_of(r, "en", keep);
    CHECK(has(row_of(page, "Standing", keep), "takes more strength") &&
          has(row_of(page, "Standing", keep), "14.4 instead of"));
    CHECK(has(row_of(page, "Walking", keep), "weaker") &&
          has(row_of(page, "Walking", keep), "about 7 tenths are left"));
    sr_arena_free(keep);
  }
}

// A walk at the speed that was measured has the measured band behind its joints and ground forces, no other movement
// has.
TEST(report_lays_measured_walking_behind_the_walk_of_that_speed)
{
  sr_arena *keep = sr_arena_new();
  double lo[SR_NPHASE], hi[SR_NPHASE];
  static const char walk[] = "walk:speed_m_s=1.33";
  // none beyond a tenth; at 1.2 m/s one stride was measured, without a spread
  static const char *const other[] = {"walk:speed_m_s=0.9", "walk:speed_m_s=1.2", "walk:speed=preferred",
                                      "run:speed_m_s=1.33", "walk:speed_m_s=1.33,slope_percent=5"};
  CHECK(sr_is_measured(keep, walk) && sr_is_measured(keep, "walk:speed_m_s=1.4"));
  for (size_t i = 0; i < sizeof other / sizeof *other; i++)
    CHECK(!sr_is_measured(keep, other[i]) && !sr_measured_band(keep, other[i], "knee_angle", "", lo, hi));
  CHECK(sr_measured_band(keep, walk, "ankle_angle", "_power", lo, hi) &&
        !sr_measured_band(keep, walk, "mtp_angle", "", lo, hi));
  CHECK(sr_measured_band(keep, walk, "knee_angle", "", lo, hi));
  NEAR(0.5 * (lo[0] + hi[0]), 0.5 * (lo[100] + hi[100]), 1e-12);            // the cycle closes
  for (int i = 0; i < SR_NPHASE; i++) CHECK(lo[i] < hi[i] && hi[i] < 0.0);  // flexion is negative
  const char *page = page_of(sr_report_sample(keep), "en", keep);
  CHECK(count(page, "class=\"band measured\"") == 11);
  // where the model is not like the measured woman is said below these charts
  CHECK(
      has(between(page, "<details class=chapter><summary><h2>Walking, 1.33 m/s", "</details>", keep), "lacks the dip"));
  CHECK(!has(between(page, "<details class=chapter><summary><h2>Tiptoe, both legs", "</details>", keep),
             "lacks the dip"));
  CHECK(strstr(page, "id=claims") < strstr(page, "id=tasks") && strstr(page, "id=ask") < strstr(page, "id=tasks"));
  sr_arena_free(keep);
}

// Muscles of hip and thigh take over, so they are drawn like those of the calf.
TEST(report_draws_every_muscle_of_the_leg)
{
  sr_arena *keep = sr_arena_new();
  const char *page = page_of(sr_report_sample(keep), "en", keep);
  static const char *const muscle[] = {"Soleus", "Iliopsoas", "Gluteus maximus", "Hamstrings", "Vasti"};
  for (size_t i = 0; i < sizeof muscle / sizeof *muscle; i++) {
    const char *panel = sr_arena_printf(keep, "class=h>%s<", muscle[i]);
    if (count(page, panel) != 3) sr_test_fail(__FILE__, __LINE__, "%s: %d panels", muscle[i], count(page, panel));
    CHECK(has(page, sr_arena_printf(keep, "<th scope=row>%s</th><td class=track", muscle[i])));
  }
  // an empty bar is empty: its ground is no colour of loss
  const char *bar = strstr(page, "\n.bar{");
  CHECK(bar != NULL && strncmp(strstr(bar, "background:"), "background:var(--line)", 22) == 0);
  sr_arena_free(keep);
}

TEST(report_prints_numbers_with_three_digits_and_a_true_minus)
{
  sr_arena *keep = sr_arena_new();
  sr_page p = page_for_names(keep);
  SAME(sr_number(&p, -1234.5, sr_decimals(-1234.5, 0.0)), "−1234");
  SAME(sr_number(&p, 0.31249, sr_decimals(0.31249, 0.2)), "0.312");
  SAME(sr_number(&p, -0.001, 2), "0.00");
  SAME(sr_signed(&p, 4.26, 1), "+4.3");
  SAME(sr_number(&p, (double)NAN, 1), "–");
  sr_arena_free(keep);
}

// --- all movements, slips, players

// The movement stands in the group of the words that it deserves.
static bool is_said(const char *page, const char *group, const char *movement, sr_arena *keep)
{
  return has(between(page, sr_arena_printf(keep, "<b>%s</b><ul>", group), "</ul>", keep), movement);
}

TEST(report_says_which_movements_change_and_which_hardly_do)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  set_metric(&r->epoch[1].task[0], "quiet_required_over_available_left_1", 0.1);
  set_metric(&r->epoch[1].task[0], "quiet_required_over_available_right_1", 0.1);
  const char *page = page_of(r, "en", keep);
  CHECK(is_said(page, "Can no longer be done", "Tiptoe, right leg alone", keep));
  CHECK(is_said(page, "Weaker", "Tiptoe, both legs (height of the heel: −14 %; right after: −14 %)", keep));
  CHECK(is_said(page, "Weaker", "Walking, 1.33 m/s (positive work of the ankle: −34 %; right after: −34 %)", keep));
  CHECK(is_said(page, "No answer", "Running, 3 m/s", keep));
  // it hardly changes right after and takes more later: the list says what the first screen says
  CHECK(has(row_of(page, "Standing", keep), "takes more strength"));
  CHECK(is_said(page, "Takes more strength", "+5.8 points; right after: +1.4 points", keep));
  CHECK(is_said(page_of(r, "zh", keep), "更费力", "+5.8 个百分点；切断当天：+1.4 个百分点", keep));
  sr_arena_free(keep);
}

static void rename_metric(sr_task_result *t, const char *from, const char *to)
{
  for (int i = 0; i < t->nmetric; i++)
    if (strcmp(t->metric[i].name, from) == 0) t->metric[i].name = to;
}

// Positive work over the cycle is called by its name; the push-off is told where the result has it.
TEST(report_calls_a_push_off_only_what_is_one)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  CHECK(has(row_of(page_of(r, "en", keep), "Walking", keep), "positive work of the ankle"));
  CHECK(has(row_of(page_of(r, "zh", keep), "步行", keep), "踝关节正功"));
  for (int i = 0; i < r->nepoch + r->ncontrol; i++) {
    sr_epoch *e = i < r->nepoch ? &r->epoch[i] : &r->control[i - r->nepoch];
    for (int k = 0; k < e->ntask; k++) {
      if (!sr_is_task(e->task[k].task, "walk")) continue;
      rename_metric(&e->task[k], "ankle_work_positive_left_J_kg", "ankle_push_off_work_left_J_kg");
      rename_metric(&e->task[k], "ankle_work_positive_right_J_kg", "ankle_push_off_work_right_J_kg");
    }
  }
  const char *page = page_of(r, "en", keep);
  CHECK(has(row_of(page, "Walking", keep), "push-off of the ankle"));
  CHECK(is_said(page, "Weaker", "Walking, 1.33 m/s (push-off of the ankle: −34 %", keep));
  sr_arena_free(keep);
}

// What was done has one name: the cut where a nerve is cut, the change elsewhere.
TEST(report_calls_what_was_done_by_one_name)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  CHECK(has(page_of(r, "en", keep), "without the cut") && !has(page_of(r, "en", keep), "without the change"));
  CHECK(has(page_of(r, "zh", keep), "不切断时") && !has(page_of(r, "zh", keep), "不改变时"));
  for (int i = 0; i < r->nintervention; i++) r->intervention[i].kind = "toxin";
  CHECK(has(page_of(r, "en", keep), "without the change") && !has(page_of(r, "en", keep), "without the cut"));
  CHECK(has(page_of(r, "zh", keep), "不改变时") && !has(page_of(r, "zh", keep), "{it}"));
  sr_arena_free(keep);
}

// "Still possible" stands with its condition, and that with the legs in which anatomy breaks it.
TEST(report_lead_says_what_one_more_branch_takes)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  const char *lead = between(page_of(r, "en", keep), "<p class=sum>", "</p>", keep);
  CHECK(has(lead, "In 30 to 100 of 100 dissected legs, by series, the nerve to soleus leaves together with"));
  CHECK(has(lead, "this is lost: tiptoe, right leg alone"));
  CHECK(has(between(page_of(r, "zh", keep), "<p class=sum>", "</p>", keep), "每 100 条有 30 至 100 条"));
  for (int i = 0; i < r->nslip; i++)
    for (int k = 0; k < r->slip[i].ntask; k++) r->slip[i].task[k].status = SR_TASK_SOLVED;
  CHECK(!has(between(page_of(r, "en", keep), "<p class=sum>", "</p>", keep), "dissected legs"));
  sr_arena_free(keep);
}

// The printed change is the difference of the printed girths, also where the unrounded one rounds to another digit.
TEST(report_girth_adds_up_as_it_is_printed)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  for (int side = 0; side < 2; side++)
    for (int e = 0; e < r->nepoch; e++)
      for (int i = 0; i < r->epoch[e].leg[side].nmetric; i++) {
        sr_metric *m = &r->epoch[e].leg[side].metric[i];
        const bool is_later = r->epoch[e].week == 104.0;
        if (strcmp(m->name, "girth_max_cm") == 0) m->value = is_later ? 31.16 : 33.72;
        if (strcmp(m->name, "girth_change_cm") == 0) m->value = is_later ? -2.56 : 0.0;
      }
  const char *look = between(page_of(r, "en", keep), "<article class=look>", "</article>", keep);
  CHECK(has(look, "<p class=big>−2.5<small> cm") && has(look, "31.2 cm, before: 33.7 cm"));
  sr_arena_free(keep);
}

// A line has every column: before, right after, half a year, two years, the control, the change; words where there is
// no number, the range of other bodies and how many of them can.
TEST(report_tells_every_movement_in_one_table)
{
  sr_arena *keep = sr_arena_new();
  const char *page = page_of(sr_report_sample_weeks(keep), "en", keep);
  const char *table = between(page, "<table class=abilities>", "</table>", keep);
  CHECK(has(table, "After 6 months") && has(table, "After 2 years") && has(table, "Without the cut"));
  const char *walk = between(table, "<b>Walking", "</tr>", keep);
  CHECK(count(walk, "<td class=num>") == 6 && has(walk, "0.312<span class=band>0.281…0.349</span>"));
  CHECK(has(walk, "11 of 11 bodies can") && has(walk, "8 of 11 bodies can") && has(walk, "right after: −34 %"));
  const char *cost = between(table, "Energy to carry 1 kg over 1 m", "</tr>", keep);
  CHECK(has(cost, "3.42<span class=band>3.08…3.83</span>") && has(cost, "+8.5 %"));
  CHECK(has(cost, "less than bodies differ"));
  CHECK(has(row_of(page, "Walking", keep), "of 11 bodies can"));
  CHECK(has(between(table, "<b>Running", "</tr>", keep), ">not found<"));
  const char *tiptoe = between(table, "<b>Tiptoe, right leg alone", "</tr>", keep);
  CHECK(has(tiptoe, ">impossible<") && has(tiptoe, "3.2 cm at most") && has(tiptoe, "no longer possible"));
  sr_arena_free(keep);
}

TEST(report_tells_what_a_slip_would_take)
{
  sr_arena *keep = sr_arena_new();
  sr_result *r = sr_report_sample_weeks(keep);
  const char *table = between(page_of(r, "en", keep), "<table class=slips>", "</section>", keep);
  const char *soleus = between(table, "<b>Nerve to soleus", "</tr>", keep);
  CHECK(has(soleus, "<td>Soleus</td>") && has(soleus, "64 %<span class=band>30…100 %</span>"));
  CHECK(has(soleus, ">impossible<") && has(soleus, ">not found<") && !has(soleus, "3.71"));
  const char *skin = between(table, "<b>Medial sural cutaneous nerve", "</tr>", keep);
  CHECK(has(skin, "Skin: back of the calf") && has(skin, "no such variant known") && count(skin, "as intended") == 3);
  CHECK(has(table, "it is not proof that there is none"));
  r->nslip = 0;
  CHECK(!has(page_of(r, "en", keep), "<table class=slips>"));
  sr_arena_free(keep);
}

// 51 frames of 34 whole numbers on either side, of the walk alone: what is held does not play. Nothing shows without
// its script, and nothing plays by itself.
TEST(report_plays_movements)
{
  sr_arena *keep = sr_arena_new();
  const char *page = page_of(sr_report_sample(keep), "en", keep);
  CHECK(count(page, "<figure class=player hidden") == 1 && count(page, "data-at=") == 2 && !has(page, "autoplay"));
  const char *at = strstr(page, "data-at=\"");
  CHECK(at != NULL && count(between(at, "\"", "\">", keep), " ") == 51 * 34);
  CHECK(has(page, "data-seconds=1.0500") && has(page, "data-seconds=1.0800") && has(page, "data-way=1400"));
  CHECK(has(page, "aria-label=\"Place in the movement\"") && has(page, "prefers-reduced-motion"));
  sr_arena_free(keep);
}

// --- both languages in one page

static const char *weave(sr_arena *keep, sr_lang first, const char *en, const char *zh)
{
  sr_text out = sr_text_new(keep);
  const sr_text a = {.at = sr_arena_strdup(keep, en), .size = strlen(en)},
                b = {.at = sr_arena_strdup(keep, zh), .size = strlen(zh)};
  return sr_weave(keep, first, &a, &b, &out) ? out.at : NULL;
}

TEST(report_weaves_two_languages)
{
  sr_arena *keep = sr_arena_new();
  SAME(weave(keep, SR_EN, "<p>1 <b>a</b></p>", "<p>1 <b>甲</b></p>"),
       "<p>1 <b><span class=en lang=en>a</span><span class=zh lang=zh-Hans>甲</span></b></p>");
  SAME(weave(keep, SR_EN, "<svg><text>a</text></svg>", "<svg><text>甲</text></svg>"),
       "<svg><text><tspan class=en lang=en>a</tspan><tspan class=zh lang=zh-Hans>甲</tspan></text></svg>");
  SAME(weave(keep, SR_ZH, "<svg><title>a</title></svg>", "<svg><title>甲</title></svg>"),
       "<svg><title data-other data-other-text=\"a\">甲</title></svg>");
  SAME(weave(keep, SR_EN, "<i a=1 title=\"x > y\" b>", "<i a=1 title=\"甲\" b>"),
       "<i a=1 title=\"x > y\" b data-other data-other-title=\"甲\">");
  SAME(weave(keep, SR_EN, "<br/>x", "<br/>"), "<br/><span class=en lang=en>x</span>");
  CHECK(weave(keep, SR_EN, "<p>a</p>", "<b>a</b>") == NULL);
  CHECK(weave(keep, SR_EN, "<p>a</p><br>", "<p>a</p>") == NULL);
  CHECK(weave(keep, SR_EN, "<p id=a>", "<p class=a>") == NULL);
  sr_arena_free(keep);
}

// Nothing of a rendering is lost: every text of either language stands in the page, and every id once.
TEST(report_holds_both_languages_in_one_page)
{
  sr_arena *keep = sr_arena_new();
  for (int k = 0; k < 4; k++) {
    sr_result *r = k % 2 == 0 ? sr_report_sample(keep) : sr_report_sample_weeks(keep);
    const char *page = woven(r, k < 2 ? "en" : "zh", keep);
    CHECK(has(page, k < 2 ? "<html lang=en data-lang=en data-other data-other-lang=zh-Hans data-other-data-lang=zh>"
                          : "<html lang=zh-Hans data-lang=zh data-other data-other-lang=en data-other-data-lang=en>"));
    CHECK(
        has(page, "<span class=en lang=en>What the legs can do</span><span class=zh lang=zh-Hans>双腿能做什么</span>"));
    CHECK(count(page, "class=en ") == count(page, "class=zh "));
    for (const char *id = page; (id = strstr(id, " id=")) != NULL; id += 4) {
      const size_t n = strcspn(id + 4, " >");
      const char *one = sr_arena_printf(keep, " id=%.*s", (int)n, id + 4);
      CHECK(count(page, sr_arena_printf(keep, "%s ", one)) + count(page, sr_arena_printf(keep, "%s>", one)) == 1);
    }
  }
  sr_arena_free(keep);
}
