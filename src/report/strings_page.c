// Words of the page: headings, captions, keys, notes.
#include "report/strings.h"

const sr_string_row sr_strings_page[] = {
    // joints between words
    {"comma", {", ", "，"}},
    {"semicolon", {"; ", "；"}},
    {"colon", {": ", "："}},
    {"stop", {". ", "。"}},
    {"space", {" ", ""}},
    {"side.left", {"left", "左腿"}},
    {"side.right", {"right", "右腿"}},
    {"side.each", {"each leg", "每条腿"}},
    {"side.l", {"L", "左"}},
    {"side.r", {"R", "右"}},
    {"week", {"week {1}", "第 {1} 周"}},
    {"weeks.in", {"week {1}", "第 {1} 周"}},
    {"weeks", {"Weeks {1}", "第 {1} 周"}},
    {"data.csv", {"Data (CSV)", "数据（CSV）"}},
    {"kernel", {"arithmetic kernel", "运算内核"}},
    {"unit.optimal", {"L/L₀", "L/L₀"}},

    // head
    {"page.title", {"surae: what the legs can do, and how they look", "surae：双腿还能做什么，看起来怎样"}},
    {"page.cut", {"What the legs can still do, and how they look", "神经{it}之后，双腿还能做什么，看起来怎样"}},
    {"page.healthy", {"What the legs can do, and how they look", "双腿能做什么，看起来怎样"}},
    {"person.female", {"Woman", "女性"}},
    {"person.male", {"Man", "男性"}},
    {"person.years", {"years", "岁"}},
    {"done.title", {"What was done", "做了什么"}},
    {"done.nothing",
     {"Nothing was cut, blocked or taken away: these are the legs as they are.",
      "没有切断、阻断或切除任何结构：这是双腿现在的样子。"}},
    {"kind.transect", {"Nerve cut", "切断神经"}},
    {"kind.repair", {"Nerve repaired", "修复神经"}},
    {"kind.block", {"Nerve blocked for a time", "暂时阻断神经"}},
    {"kind.toxin", {"Botulinum toxin", "注射肉毒毒素"}},
    {"kind.ablate", {"Nerve ablated with radiofrequency", "射频毁损神经"}},
    {"kind.resect", {"Muscle taken out", "切除肌肉"}},
    {"kind.immobilise", {"Joint immobilised", "关节固定"}},
    {"legs.left", {"left leg", "左腿"}},
    {"legs.right", {"right leg", "右腿"}},
    {"legs.both", {"both legs", "双腿"}},
    {"done.later",
     {"Later than anything that is computed: no number below contains it.",
      "晚于所有已计算的时间：下文的数字都不包含它。"}},
    {"done.between",
     {"Not yet in “right after”: the numbers of later weeks contain it.",
      "“{it}当天”尚不包含它；更晚各周的数字包含它。"}},
    {"cut.whole", {"all of it", "全部"}},
    {"cut.part", {"{1} % of it", "其中 {1} %"}},
    {"failed.title", {"Not answered", "没有得到答案"}},
    {"failed.rule",
     {"No solution was reached for these, so nothing is said about them below. This is not the same as “cannot be "
      "done”.",
      "这些内容没有算出结果，因此下文不对它们下任何结论。这并不等于“做不到”。"}},
    {"status.solved", {"solved", "已求解"}},
    {"status.impossible", {"cannot be done", "做不到"}},
    {"status.not_converged", {"no answer (the computation did not converge)", "无答案（计算未收敛）"}},
    {"status.interrupted", {"no answer (the computation was interrupted)", "无答案（计算被中断）"}},
    {"status.not_run", {"not computed", "未计算"}},

    // tasks
    {"task.stand", {"Standing", "站立"}},
    {"task.heel_raise", {"Tiptoe", "踮脚"}},
    {"task.walk", {"Walking", "步行"}},
    {"task.run", {"Running", "跑步"}},
    {"task.hop", {"Hopping", "连续跳"}},
    {"task.jump", {"Jumping", "纵跳"}},
    {"task.kick", {"Kicking", "踢球"}},
    {"task.turn", {"Turning", "转身"}},
    {"option.legs=both", {"both legs", "双腿"}},
    {"option.legs=left", {"left leg alone", "仅左腿"}},
    {"option.legs=right", {"right leg alone", "仅右腿"}},
    {"option.leg=left", {"with the left foot", "左脚"}},
    {"option.leg=right", {"with the right foot", "右脚"}},
    {"option.knee_deg=0", {"", ""}},
    {"option.knee_deg", {"knee bent {1}°", "屈膝 {1}°"}},
    {"option.speed_m_s", {"{1} m/s", "{1} m/s"}},
    {"option.speed=preferred", {"preferred speed", "自选速度"}},
    {"option.speed=fastest", {"fastest speed", "最快速度"}},
    {"option.slope_percent", {"slope {1} %", "坡度 {1} %"}},
    {"option.repeat=yes", {"repeated to exhaustion", "重复至力竭"}},
    {"option.repeat=no", {"", ""}},
    {"option.rate_hz", {"{1} per second", "每秒 {1} 次"}},
    {"option.height=greatest", {"as high as can be", "尽可能高"}},

    // answer
    {"answer.title", {"The answer in numbers", "具体数字"}},
    {"answer.lead",
     {"Each movement was predicted twice from physics and from least effort, before and after. No recorded motion was "
      "followed. “Right after” is the day of the {it}: the nerve is changed, the rest of the body is not.",
      "每个动作都由物理规律和最省力原则预测了两次：之前与{it}当天，没有照搬任何录制的动作。“{it}当天”神经已经{it}"
      "，身体其余部分尚未变化。"}},
    {"answer.later",
     {"“After {1}” is the same once more, with the body that the slow model of muscle, fat and tendon has reached by "
      "then; below it, the same week without the {it}.",
      "“{1}后”是再预测一次，用的是肌肉、脂肪和肌腱的慢速模型届时得到的身体；其下的“不{it}"
      "时”是同一个人同一时间的数值。"}},
    {"answer.later1",
     {"“After {1}” is the same once more, with the body that the slow model of muscle, fat and tendon has reached by "
      "then.",
      "“{1}后”是再预测一次，用的是肌肉、脂肪和肌腱的慢速模型届时得到的身体。"}},
    {"answer.lead1",
     {"Each movement was predicted from physics and from least effort. No recorded motion was followed.",
      "每个动作都由物理规律和最省力原则预测，没有照搬任何录制的动作。"}},
    {"answer.caption", {"What the legs can do", "双腿能做什么"}},
    {"answer.more", {"More numbers of each movement", "每个动作的更多数字"}},
    {"able.title", {"Which movements change, right after", "哪些动作会变（{it}当天）"}},
    {"able.title_later",
     {"Which movements change after {1}, against the same week without the {it}",
      "{1}后哪些动作会变（与同一时间不{it}时相比）"}},
    {"able.title1", {"All movements", "全部动作"}},
    {"able.lost", {"Can no longer be done", "再也做不到"}},
    {"able.other", {"Weaker", "变弱"}},
    {"able.effort", {"Takes more strength", "更费力"}},
    {"able.gain", {"More, or takes less strength", "增加或更省力"}},
    {"able.same", {"Hardly changes", "几乎不变"}},
    {"able.unknown", {"No answer", "没有答案"}},
    {"able.why", {" ({1})", "（{1}）"}},
    {"able.percent", {"{1} %", "{1} %"}},
    {"able.points", {"{1} points", "{1} 个百分点"}},
    {"able.caption", {"All movements", "全部动作"}},
    {"able.movement", {"Movement", "动作"}},
    {"able.after", {"Right after", "{it}当天"}},
    {"able.against",
     {"right after against before; small: later against the same week without the {it}",
      "{it}当天与之前相比；小字：之后与同一时间不{it}时相比"}},
    {"able.against0", {"right after against before", "{it}当天与之前相比"}},
    {"able.against1", {"right after, and small later, against before", "{it}当天（小字：之后）与之前相比"}},
    {"able.cannot", {"impossible", "做不到"}},
    {"able.not_found", {"not found", "没有求出"}},
    {"able.most", {"{1} {2} at most", "最多 {1} {2}"}},
    {"able.bodies", {"{1} of {2} bodies can", "{2} 个身体中 {1} 个能"}},
    {"able.is_same", {"hardly changes", "几乎不变"}},
    {"able.is_lost", {"no longer possible", "再也做不到"}},
    {"able.later", {"after {1}: {2}", "{1}后：{2}"}},
    {"able.only_now", {"right after; not computed later", "{it}当天；之后未计算"}},
    {"able.now", {"right after: {1}", "{it}当天：{1}"}},
    {"able.note",
     {"“Hardly changes” is said below 3 % (of shares: 3 points). Cold starts of one walk from other guesses differ by "
      "more in some numbers: by about 10 % in the positive work of the ankle, 4 % in the stride, 1 % in the peak power "
      "and moment of the ankle. A change as small as these may be nothing. “Not found” is not “impossible”: the search "
      "ended without an answer. Less energy is no gain by itself: effort is more than energy.",
      "变化小于 3 %（占比为 3 "
      "个百分点）时称为“几乎不变”。同一步行从不同初值重新求解时，有些数字的差别更大：踝关节正功约 10 %，步幅 4 "
      "%，踝功率和力矩峰值 1 "
      "%。与此相当的变化可能什么也不是。“没有求出”不等于“做不到”：只是搜索没有得到答案。能量减少本身不算好处：用力不只"
      "是能量。"}},
    {"able.note_bodies",
     {"Small ranges are the 5th to 95th percentile over other bodies of this size, which differ in strength, tendon "
      "and toes, and of those only who can do it; a body for which the movement was not found counts as one that "
      "cannot.",
      "小字范围是同样身材、但力量、跟腱和足趾不同的其他身体的第 5 至第 95 "
      "百分位，只计能完成者；没有求出该动作的身体计为不能。"}},
    {"slip.title", {"If the knife slips", "如果切错了一处"}},
    {"slip.lead",
     {"Other branches lie close to those that are cut. Each line is the same intervention with one more branch cut "
      "({1}), right after: what it takes, in how many legs anatomy invites it, and what daily movements then are.",
      "被切断的分支旁边还有别的分支。每一行是同样的干预再多切断一处（{1}"
      "），在当天：会失去什么，有多大比例的腿在解剖上容"
      "易发生，以及日常动作会怎样。"}},
    {"slip.caption", {"One more branch, against the intended cut", "多切断一处，与预定的切断相比"}},
    {"slip.branch", {"Branch", "分支"}},
    {"slip.takes", {"What it would take as well", "还会失去"}},
    {"slip.invited", {"Legs in which it hangs below a nerve that is cut", "该分支位于被切断神经之下的腿的比例"}},
    {"slip.intended", {"As intended", "按预定"}},
    {"slip.as_intended", {"as intended", "同预定"}},
    {"slip.numb", {"Skin: {1}", "皮肤：{1}"}},
    {"slip.no_variant", {"no such variant known", "未见这种变异的报道"}},
    {"slip.note",
     {"Small figures: change against the intended cut. How often knives slip is not known and is not computed; the "
      "percentages are of legs in dissections, with their range. “Not found” means that the walk after the intended "
      "cut "
      "could not be followed to a walk of this body: it is not proof that there is none.",
      "小字：与预定切断相比的变化。手术切错的频率不明，也没有计算；百分比指解剖研究中的腿及其范围。“没有求出”是指从预定"
      "切断后的步行出发没有找到这个身体的步行，并不证明不存在。"}},
    {"variant.soleus_from_gaslat", {"nerve to soleus from that of the lateral head", "比目鱼肌神经发自外侧头肌支"}},
    {"variant.deep_one_trunk",
     {"branch of the deep flexors from that of tibialis posterior", "深层屈肌的分支发自胫骨后肌肌支"}},
    {"variant.sural_with_lscn", {"sural nerve from the lateral skin nerve", "腓肠神经发自外侧皮神经"}},
    {"variant.mscn_from_gasmed", {"skin nerve from that of the medial head", "皮神经发自内侧头肌支"}},
    {"look.change", {"{1}, before: {2}", "{1}，之前：{2}"}},
    {"col.quantity", {"Quantity", "量"}},
    {"col.value", {"Now", "现在"}},
    {"col.before", {"Before", "之前"}},
    {"col.after", {"Right after", "{it}当天"}},
    {"col.change", {"Change", "变化"}},
    {"col.nospread", {"spread not computed", "未计算离散范围"}},
    {"col.grade", {"Grade", "等级"}},
    {"counts.beyond", {"more than bodies differ", "大于身体之间的差异"}},
    {"counts.within", {"less than bodies differ", "小于身体之间的差异"}},
    {"counts.rule",
     {"Small figures under a number are its range over other plausible bodies (5th to 95th percentile). A change is "
      "less than bodies differ where other bodies have that number before the {it}. It is no chance for that: each "
      "of these bodies changes as well.",
      "数字下方的小字是在其他合理身体之间的范围（第 5 至第 95 "
      "百分位）。若{it}之前其他身体就有这样的数值，则称变化“小于身体之间的差异”。但这并不是偶然：其中每个身体也都会随之"
      "改变。"}},
    {"counts.none",
     {"The spread of these numbers, over plausible bodies and over repeated solves, is not in this result yet, so it "
      "cannot say which changes count. Treat changes of a few percent as nothing, and less energy for the same walk as "
      "no gain: effort is more than energy.",
      "本结果尚未包含这些数字的离散范围（不同身体之间、重复求解之间），因此无法判断哪些变化算数。百分之几的变化请当作没"
      "有变化"
      "；走同样的路所需能量减少也不算好处：用力不只是能量。"}},

    {"look.caption", {"Change of the greatest girth (cm)", "最大周径的变化（cm）"}},
    {"look.each", {"Each leg", "每条腿"}},
    {"look.note",
     {"Small figures: 5th to 95th percentile over the constants of the slow model, not over people. Girth is one "
      "number "
      "and no measure of a leg; what the legs can do stands beside it.",
      "小字：慢速模型各常数的第 5 至第 95 "
      "百分位，不是人群的差异。周径只是一个数字，不能评价一条腿；腿能做什么写在旁边。"}},
    {"cell.without", {"without {1}", "不{it}时 {1}"}},
    {"col.without", {"Without the {it}", "不{it}时"}},
    {"col.later", {"After {1}", "{1}后"}},
    {"time.day", {"{1} day", "{1} 天"}},
    {"time.days", {"{1} days", "{1} 天"}},
    {"time.week", {"{1} week", "{1} 周"}},
    {"time.weeks", {"{1} weeks", "{1} 周"}},
    {"time.month", {"{1} month", "{1} 个月"}},
    {"time.months", {"{1} months", "{1} 个月"}},
    {"time.year", {"{1} year", "{1} 年"}},
    {"time.years", {"{1} years", "{1} 年"}},

    // nerves and muscles
    {"nerve.title", {"Why: the nerves of the leg", "为什么：腿部的神经"}},
    {"nerve.lead",
     {"The nerve is the only line to a muscle. Where it is cut the muscle falls silent at once, which is the loss of "
      "strength, and wastes over months, which is the loss of girth; the muscles that are left do more. A nerve "
      "branches "
      "like a tree: a cut takes away all that hangs below it. The bars show how much still arrives in "
      "the left and the right leg.",
      "神经是通往肌肉的唯一线路。切断后，肌肉立刻不再收缩（力量因此下降），数月内逐渐萎缩（周径因此变小），其余肌肉"
      "则要多出力。神经像树一样分支：切断一处，其下的一切都会失去。横条表示左腿和右腿各还剩多少神经供应。"}},
    {"nerve.motor", {"motor branch: moves a muscle", "运动支：支配肌肉"}},
    {"nerve.sensory", {"sensory branch: feeling of the skin", "感觉支：皮肤感觉"}},
    {"nerve.trunk", {"trunk", "神经干"}},
    {"mark.transect", {"cut", "切断"}},
    {"mark.repair", {"repaired", "修复"}},
    {"mark.block", {"blocked", "阻断"}},
    {"mark.toxin", {"toxin", "毒素"}},
    {"mark.ablate", {"ablated", "毁损"}},
    {"mark.resect", {"taken out", "切除"}},
    {"nerve.whole", {"Nerves that are untouched", "未受影响的神经"}},
    {"nerve.names", {"Two pairs of names that are easily confused", "两组容易混淆的名称"}},
    {"nerve.note",
     {"The article behind this case names the medial and lateral sural cutaneous nerves (腓肠内侧皮神经, "
      "腓肠外侧皮神经). These are nerves of the skin: cutting them makes a part of the calf and foot numb and wastes "
      "no muscle. What wastes the two heads of the gastrocnemius is a cut of their motor branches from the tibial "
      "nerve (腓肠肌内侧头肌支, 腓肠肌外侧头肌支).",
      "介绍这类手术的文章说切断的是腓肠内侧皮神经和腓肠外侧皮神经。它们是皮神经：切断后小腿和足部的一部分皮肤会麻木，但"
      "不会有任何肌肉萎缩。真正使腓肠肌两个头萎缩的，是切"
      "断胫神经发出的腓肠肌内侧头肌支和腓肠肌外侧头肌支。"}},
    {"nerve.skin",
     {"In this scenario a nerve of the skin was changed: what is lost through it is feeling, not force.",
      "本方案改变的神经中有皮神经：由此失去的是感觉，而不是力量。"}},
    {"nerve.left", {"Left leg", "左腿"}},
    {"nerve.right", {"Right leg", "右腿"}},
    {"numb.all", {"{1} (no feeling)", "{1}（无感觉）"}},
    {"numb.part", {"{1} ({2} % of its feeling left)", "{1}（感觉剩 {2} %）"}},
    {"numb.title", {"Skin with less feeling", "感觉减退的皮肤"}},
    {"numb.none", {"No skin loses its feeling.", "没有皮肤失去感觉。"}},
    {"muscles.title", {"The muscles of the leg", "腿部的肌肉"}},
    {"muscles.lead",
     {"How much of its nerve still reaches each muscle, and the greatest force it can make. ",
      "每块肌肉还剩多少神经供应，以及它能发出的最大力量。"}},
    {"muscles.same", {"Both legs are alike.", "双腿相同。"}},
    {"muscles.differ", {"The legs differ.", "双腿不同。"}},
    {"muscles.caption", {"Nerve supply and greatest force of each muscle", "各肌肉的神经供应与最大力量"}},
    {"col.muscle", {"Muscle", "肌肉"}},
    {"col.nerve", {"Nerve that arrives", "到达的神经"}},
    {"col.force", {"Greatest force (N)", "最大力量（N）"}},
    {"col.force_before", {"Force before (N)", "之前的力量（N）"}},
    {"col.force_after", {"Force right after (N)", "{it}当天的力量（N）"}},
    {"col.force_later", {"After {1} (N)", "{1}后（N）"}},
    {"muscle.gasmed", {"Gastrocnemius, medial head", "腓肠肌内侧头"}},
    {"muscle.gaslat", {"Gastrocnemius, lateral head", "腓肠肌外侧头"}},
    {"muscle.soleus", {"Soleus", "比目鱼肌"}},
    {"muscle.tibpost", {"Tibialis posterior", "胫骨后肌"}},
    {"muscle.fdl", {"Flexor digitorum longus", "趾长屈肌"}},
    {"muscle.fhl", {"Flexor hallucis longus", "踇长屈肌"}},
    {"muscle.perlong", {"Fibularis longus", "腓骨长肌"}},
    {"muscle.perbrev", {"Fibularis brevis", "腓骨短肌"}},
    {"muscle.tibant", {"Tibialis anterior", "胫骨前肌"}},
    {"muscle.edl", {"Extensor digitorum longus", "趾长伸肌"}},
    {"muscle.ehl", {"Extensor hallucis longus", "踇长伸肌"}},
    {"muscle.iliopsoas", {"Iliopsoas", "髂腰肌"}},
    {"muscle.glutmax", {"Gluteus maximus", "臀大肌"}},
    {"muscle.recfem", {"Rectus femoris", "股直肌"}},
    {"muscle.hamstrings", {"Hamstrings", "腘绳肌"}},
    {"muscle.bfsh", {"Biceps femoris, short head", "股二头肌短头"}},
    {"muscle.vasti", {"Vasti", "股肌（内侧、中间、外侧）"}},

    // figures
    {"key.title", {"How to read the figures", "怎样看图"}},
    {"key.before", {"before", "之前"}},
    {"key.after", {"right after", "{it}当天"}},
    {"key.now", {"now", "现在"}},
    {"key.left", {"dashed: left leg, where it differs", "虚线：左腿（与右腿不同时）"}},
    {"key.off", {"foot leaves the ground", "足离地"}},
    {"key.lost", {"what is lost: a changed nerve and all below it", "失去的部分：被改变的神经及其以下"}},
    {"key.signs",
     {"Hip flexion and ankle dorsiflexion are positive; knee flexion is negative; toe extension is positive. Moments "
      "are those the body makes at the joint (internal), positive towards the positive angle, so push-off at the ankle "
      "is negative. Power is positive where the muscles give energy. Curves of walking run from one contact of a foot "
      "to the next contact of the same foot (0 to 100 %).",
      "髋屈曲、踝背屈为正；膝屈曲为负；足趾伸展为正。力矩是身体在关节处产生的（内力矩），与角度正方向一致者为正，因此蹬"
      "地时踝力矩为负。肌肉输出能量时功率为正。步行曲线从一侧足触地到同侧足再次触地（0 至 100 %）。"}},
    {"play.title", {"The movement, played", "动作（播放）"}},
    {"play.play", {"Play", "播放"}},
    {"play.pause", {"Pause", "暂停"}},
    {"play.slider", {"Place in the movement", "动作进程"}},
    {"play.speed", {"Speed of playing", "播放速度"}},
    {"play.real", {"real time", "实际速度"}},
    {"play.slow", {"{1} of real time", "实际速度的 {1}"}},
    {"play.seconds", {"s", "秒"}},
    {"play.impossible", {" (cannot be done; the most that is reached)", "（做不到；图为所能达到的极限）"}},
    {"play.caption",
     {"Both play by the same clock, each over its own cycle; the body stays in place and the ground goes by (a mark "
      "per "
      "0.25 m). The right leg is drawn strong, the left leg pale; thin lines are the force of the ground.",
      "两者用同一时钟播放，各按自己的周期；身体停在原处，地面向后移动（每 0.25 "
      "米一个标记）。右腿线条清晰，左腿线条较淡；细线是地面的作用力。"}},
    {"play.caption_once",
     {"Both play by the same clock from the start of the movement. The right leg is drawn strong, the left leg pale; "
      "thin lines are the force of the ground.",
      "两者用同一时钟，从动作开始播放。右腿线条清晰，左腿线条较淡；细线是地面的作用力。"}},
    {"fig.sticks", {"The movement", "动作"}},
    {"fig.sticks.posture", {"The posture", "姿势"}},
    {"fig.sticks.caption",
     {"Side view, walking to the right, from one contact of the right foot to the next. The right leg is drawn strong, "
      "the left leg pale; thin lines are the force of the ground on each foot.",
      "侧面图，向右前进，从右足触地到下一次右足触地。右腿线条清晰，左腿线条较淡；细线是地面对每只脚的作用力。"}},
    {"fig.sticks.caption_once",
     {"Side view, facing right, from the start to the end of the movement. The right leg is drawn strong, the left leg "
      "pale; thin lines are the force of the ground on each foot.",
      "侧面图，面向右，从动作开始到结束。右腿线条清晰，左腿线条较淡；细线是地面对每只脚的作用力。"}},
    {"fig.sticks.caption_left",
     {"Side view, facing right, from the start to the end of the movement. The left leg, which carries, is drawn "
      "strong, the right leg pale; thin lines are the force of the ground.",
      "侧面图，面向右，从动作开始到结束。承重的左腿线条清晰，右腿线条较淡；细线是地面的作用力。"}},
    {"play.caption_left",
     {"Both play by the same clock from the start of the movement. The left leg, which carries, is drawn strong, the "
      "right leg pale; thin lines are the force of the ground.",
      "两者用同一时钟，从动作开始播放。承重的左腿线条清晰，右腿线条较淡；细线是地面的作用力。"}},
    {"fig.sticks.held_left",
     {"Side view, facing right. The left leg, which carries, is drawn strong, the right leg pale; thin lines are the "
      "force of the ground.",
      "侧面图，面向右。承重的左腿线条清晰，右腿线条较淡；细线是地面的作用力。"}},
    {"fig.sticks.held",
     {"Side view, facing right. The right leg is drawn strong, the left leg pale; thin lines are the force of the "
      "ground on each foot.",
      "侧面图，面向右。右腿线条清晰，左腿线条较淡；细线是地面对每只脚的作用力。"}},
    {"fig.joints", {"Joints", "关节"}},
    {"fig.joints.caption",
     {"Angle, internal moment and power of each joint over the gait cycle in percent, from contact to contact of the "
      "same foot. Knee flexion is negative, dorsiflexion positive. The shaded area lies between before and after.",
      "各关节的角度、内力矩与功率，横轴为步态周期百分比（同侧足触地至再次触地）。膝屈曲为负，踝背屈为正。阴影是之前与之"
      "后之间的差。"}},
    {"fig.joints.caption_once",
     {"Angle, internal moment and power of each joint over the movement in percent. Knee flexion is negative, "
      "dorsiflexion positive. The shaded area lies between before and after.",
      "各关节的角度、内力矩与功率，横轴为动作进程百分比。膝屈曲为负，踝背屈为正。阴影是之前与之后之间的差。"}},
    {"fig.measured",
     {"measured: one healthy woman walking at 1.33 m/s, mean ± one standard deviation of 11 trials;",
      "实测：一位健康女性以 1.33 m/s 步行，11 次的平均值 ± 一个标准差；"}},
    {"fig.ground", {"Force of the ground", "地面反作用力"}},
    {"fig.ground.caption",
     {"Force of the ground on one foot in percent of body weight, over the cycle of that foot.",
      "地面对一只脚的作用力，以体重百分比表示，横轴为该足的周期。"}},
    {"grf.vertical", {"Vertical", "垂直方向"}},
    {"grf.fore", {"Fore and aft", "前后方向"}},
    {"fig.activation", {"Activation of each muscle", "各肌肉的激活程度"}},
    {"fig.activation.caption",
     {"0: at rest, 1: all that the muscle has. A muscle without its nerve stays at 0.",
      "0 表示静息，1 表示肌肉全力收缩。失去神经的肌肉始终为 0。"}},
    {"fig.force", {"Force in each tendon", "各肌腱的力"}},
    {"fig.force.caption",
     {"Each panel has its own scale. What remains without a nerve is the passive pull of the stretched muscle.",
      "各图的纵轴刻度不同。失去神经后剩下的，是肌肉被拉长时的被动张力。"}},
    {"fig.fibre", {"Length of the muscle fibres", "肌纤维长度"}},
    {"fig.fibre.caption",
     {"In multiples of L₀, the length at which a fibre is strongest.", "以 L₀（肌纤维发力最大时的长度）为 1。"}},
    {"kind.angle", {"{1} angle", "{1}角度"}},
    {"kind.moment", {"{1} moment", "{1}力矩"}},
    {"kind.power", {"{1} power", "{1}功率"}},
    {"joint.hip", {"Hip", "髋"}},
    {"joint.knee", {"Knee", "膝"}},
    {"joint.ankle", {"Ankle", "踝"}},
    {"joint.toes", {"Toe", "足趾"}},
    {"joint.toe", {"Toe", "足趾"}},
    {"way.flexion", {"flexion", "屈曲"}},
    {"way.extension", {"extension", "伸展"}},
    {"way.dorsiflexion", {"dorsiflexion", "背屈"}},
    {"way.plantarflexion", {"plantarflexion", "跖屈"}},
    {"way.generation", {"energy given", "输出能量"}},
    {"way.absorption", {"energy taken", "吸收能量"}},
    {"way.up", {"up", "向上"}},
    {"way.forward", {"forward", "向前"}},
    {"way.backward", {"backward", "向后"}},
    {"tag.none", {"no nerve", "无神经"}},
    {"tag.part", {"{1} % of nerve", "神经剩 {1} %"}},
    {"effort.held", {"How hard each muscle works", "各肌肉用了多少力"}},
    {"effort.peak", {"How hard each muscle works at its peak", "各肌肉最用力时用了多少力"}},
    {"effort.caption",
     {"Activation, from 0 (at rest) to 1 (all that the muscle has); muscles that stay below 0.02 are left out",
      "激活程度：0 为静息，1 为全力；始终低于 0.02 的肌肉未列出"}},
    {"limits.title", {"What limits it", "受什么限制"}},
    {"metrics.all", {"All numbers of this task", "这个动作的全部数字"}},
    {"metrics.caption", {"All numbers: {1}", "全部数字：{1}"}},

    {"limits.full", {"{1}, at full strength: {2}", "{1}，已用尽全力：{2}"}},
    {"limits.none", {"No bound is reached.", "没有达到任何界限。"}},

    // weeks
    {"weeks.title", {"Over weeks and years", "数周到数年"}},
    {"weeks.lead",
     {"Muscles without a nerve waste and turn to fat and scar; muscles that do more in their place grow (compensatory "
      "hypertrophy). At every week that is listed each movement is predicted anew with the body of that week. The "
      "dashed "
      "grey line is the same person without the {it}.",
      "失神经的肌肉会萎缩，并被脂肪和瘢痕取代；代替它们多出力的肌肉会增大（代偿性肥大）。到了所列的每一周，都用当时的身"
      "体"
      "重新预测每个动作。灰色虚线是同一个人不{it}时的情形。"}},
    {"weeks.lead1",
     {"Between the weeks that are listed muscles grow and waste with what they do. At every one of these weeks each "
      "movement is predicted anew with the body of that week.",
      "在所列各周之间，肌肉随使用而增大或萎缩；到了每一周，都用当时的身体重新预测每个动作。"}},
    {"weeks.line", {"with the {it}", "{it}后"}},
    {"weeks.range",
     {"5th to 95th percentile of calculations with other plausible constants",
      "换用其他合理常数计算的第 5 至第 95 百分位"}},
    {"weeks.control", {"without the {it}", "不{it}时"}},
    {"axis.weeks", {"{1} weeks", "{1} 周"}},
    {"weeks.thin", {"thin: the part of a muscle that can contract", "细线：肌肉中仍能收缩的部分"}},
    {"weeks.done", {"week of a later intervention", "之后又做干预的周"}},
    {"weeks.cross", {"no answer at this week", "该周没有答案"}},
    {"weeks.caption",
     {"Dots are the weeks that were computed; the lines between them are straight. The axis is in weeks and is "
      "logarithmic (of week + 1), so that the first weeks can be seen beside the years.",
      "圆点是计算过的周，其间以直线相连。横轴单位为周，取（周数 + "
      "1）的对数，使最初几周与数年都看得清。"}},
    {"weeks.no_range",
     {"Movements carry no range: it was computed for the body alone.", "动作的数字没有范围：范围只对身体本身计算过。"}},
    {"weeks.range_bodies",
     {"Ranges of movements are over other bodies of this size, which differ in strength, tendon and toes.",
      "动作的范围是同样身材、但力量、跟腱和足趾不同的其他身体之间的范围。"}},
    {"weeks.look", {"The look", "外形"}},
    {"chart.quiet_required_over_available", {"Share in use of the calf’s strength", "已用的小腿能力占比"}},
    {"weeks.volume", {"Volume of the calf muscles", "小腿肌肉的体积"}},
    {"weeks.force", {"Greatest force of the calf muscles", "小腿肌肉的最大力量"}},
    {"weeks.muscles", {"The calf muscles", "小腿肌肉"}},
    {"weeks.ankle", {"Ankle, tendon and the first weeks", "踝、跟腱与最初几周"}},
    {"weeks.tasks", {"What the legs can do", "双腿能做什么"}},
    {"volume.total", {"volume of the whole muscle", "整块肌肉的体积"}},
    {"volume.contractile", {"volume that can contract", "能收缩的体积"}},
    {"volume.force", {"greatest force", "最大力量"}},
    {"profile.title", {"Where the leg is thick", "小腿哪里粗"}},
    {"profile.axis", {"Height above the ankle", "踝以上的高度"}},
    {"profile.girth", {"girth (cm)", "周径（cm）"}},
    {"profile.at", {"greatest girth {1} cm, {2} cm above the ankle", "最大周径 {1} cm，在踝上 {2} cm"}},
    {"profile.control", {"{1}, without the {it}", "{1}，不{it}时"}},
    {"profile.outline", {"Outline", "轮廓"}},
    {"profile.caption",
     {"Left: girth along the shank; a dot marks the thickest place. Right: the same as outlines, to scale, as if the "
      "leg "
      "were round; grey is before, the blue line is the later week.",
      "左：沿小腿各高度的周径，圆点是最粗处。右：同样的数据画成轮廓，按比例，假定小腿为圆形；灰色为之前，蓝线为之后的该"
      "周。"}},
    {"course.title", {"What each week looks like", "每一周是什么样"}},
    {"course.caption", {"The main numbers at each point in time", "各时间点的主要数字"}},
    {"course.control",
     {"Below each number stand its range over the constants of the slow model, where it was computed, and what the "
      "same person would have without the {it}.",
      "每个数字下方是它在慢速模型常数范围内的变动区间（如已计算），以及同一个人不{it}时的数值。"}},
    {"unknowns.title", {"Which unknown matters most", "哪些未知因素最重要"}},
    {"unknowns.lead",
     {"Many constants of the slow model are known only within a range. Each was drawn from its range many times; the "
      "table says how much of the spread of an outcome comes from which. These are what better measurements would have "
      "to settle.",
      "慢速模型的许多常数只知道大致范围。计算时从这些范围中反复抽取；表中列出结果的离散有多少来自哪个常数。要让结果更确"
      "定，"
      "就需要把它们测得更准。"}},
    {"unknowns.note",
     {"↑: the more of it, the larger the number (a change of girth that is larger is less thinning); ↓: the other way. "
      "A "
      "dot: not among the five greatest, or below 2 %. Shares of a few percent can be chance of the drawing.",
      "↑：该因素越大，数值越大（周径变化的数值越大，即变细越少）；↓：相反。圆点：不在前五位之内，或不足 2 "
      "%。百分之几的份额"
      "可能只是抽样的偶然。"}},
    {"col.unknown", {"Unknown", "未知因素"}},

    // what is known
    {"known.title", {"What has been measured in people", "已有的人体研究"}},
    {"known.lead",
     {"None of these outcomes was used to compute the numbers above. They are few, and much was published by those who "
      "operate.",
      "以上数字的计算没有用到这些结果。这类资料很少，而且不少由实施手术的一方发表。"}},
    {"known.girth",
     {"After the nerve of the medial head and half of the soleus were cut, the girth of the calf fell from 34.1 cm by "
      "2.67 cm on average within 14 months. Of 700 people about 18 were disabled for a short time and 682 were not; 28 "
      "were dissatisfied.",
      "切断腓肠肌内侧头神经及一半比目鱼肌的神经后，14 个月内小腿周径从 34.1 cm 平均减少 2.67 cm。700 人中约 18 "
      "人出现短期功能障碍，682 人没有；28 人不满意。"}},
    {"known.contracture",
     {"Eleven people were treated because the foot could no longer be brought up to level: 17 ankles, 22° short on "
      "average. How often this happens is not known.",
      "有 11 人因足部无法抬平而接受治疗：共 17 个踝关节，平均差 22°。发生的频率不明。"}},
    {"known.twig",
     {"In 3 of 7 dissected legs the medial head also had a twig from the nerve of the soleus: cutting its own branch "
      "then takes away only a part.",
      "解剖的 7 条腿中有 3 "
      "条，腓肠肌内侧头还接受来自比目鱼肌神经的小支：此时只切断它自己的分支，只能去除一部分神经供应。"}},
    {"evidence.series", {"Weak: patients of one centre, no comparison group", "证据弱：单中心病例，无对照组"}},
    {"evidence.cases", {"Weak: cases that came for treatment", "证据弱：仅为就诊病例"}},
    {"evidence.anatomy", {"Weak: few dissections", "证据弱：解剖例数少"}},
    {"ask.title", {"Worth asking before anyone decides", "做决定之前值得问清楚"}},
    {"ask.nerve",
     {"Which nerve will be cut, by its full name: a motor branch or a nerve of the skin?",
      "要切断的神经全名是什么：运动支，还是皮神经？"}},
    {"ask.back",
     {"Can it be undone? A nerve of which a piece was taken out does not grow back together.",
      "能恢复吗？切除一段的神经不会自行重新接上。"}},
    {"ask.after",
     {"How many people were seen again after more than a year, and what was done for those who were worse off?",
      "术后一年以上仍随访的有多少人？情况变差的人得到了怎样的处理？"}},
    {"ask.who",
     {"Who offers it, in which hospital and under which licence, and who answers for harm?",
      "由谁、在哪家医院、以什么资质实施？出现损害由谁负责？"}},

    // how sure
    {"sure.title", {"How sure is this?", "有多可靠？"}},
    {"sure.lead",
     {"Every number carries one of three grades. None of them is a promise for one person.",
      "每个数字都标有三个等级之一。任何一个都不是对某个人的保证。"}},
    {"grade.legend",
     {"● calibrated  ◐ predicted  ○ assumed. What this means is explained under “How sure is this?”.",
      "● 已校准　◐ 预测　○ 假定。含义见“有多可靠？”一节。"}},
    {"grade.calibrated", {"calibrated", "已校准"}},
    {"grade.predicted", {"predicted", "预测"}},
    {"grade.assumed", {"assumed", "假定"}},
    {"grade.count", {"{1} numbers", "{1} 个数字"}},
    {"grade.calibrated.text",
     {"A constant of the healthy model was set with measurements of this kind, so agreement in health is no proof. The "
      "change after the nerve is changed was not set.",
      "健康模型中的某个常数是用这类测量值确定的，因此健康状态下的吻合不能作为证明；神经改变之后的变化没有调整过。"}},
    {"grade.predicted.text",
     {"Follows from physics and least effort, over weeks also from published constants of muscle, fat and tendon; no "
      "measurement of this kind was used.",
      "由物理规律和最省力原则得出，数周之间还依据已发表的肌肉、脂肪和肌腱常数；没有使用这类测量值。"}},
    {"grade.assumed.text",
     {"Rests on a value that no one has measured; its direction is more certain than its size.",
      "依赖一个尚无人测量过的数值；方向比大小更可信。"}},
    {"sure.health",
     {"Against measured people the healthy model is not right everywhere", "健康模型与实测的人并不处处相符"}},
    {"sure.misfit",
     {"In walking at 1.33 m/s the ankle of the model lacks the dip after the heel lands and bends up early; knee and "
      "hip swing forward about 4 % of the cycle too early; the peak power of the ankle is about three quarters of that "
      "of the measured woman; the force peaks are higher; the hip flexes hard from mid-stance on; tibialis anterior "
      "holds the foot up in swing at 0.35 of its activation, which takes little in people.",
      "以 1.33 m/s 步行时：模型的踝在足跟着地后没有下落，过早背屈；膝和髋约早 4 % "
      "周期摆向前方；踝功率峰值约为实测女性的四分之三；地面力峰值偏高；支撑中期起髋用力屈曲；摆动相胫骨前肌以 0.35 "
      "的激活抬足，而人只需很少。"}},
    {"sure.raises",
     {"Heel raises to exhaustion: the healthy model does more than people, who manage about 30. The ratio counts, not "
      "the number.",
      "重复至力竭的踮脚：健康模型做的次数多于真人（约 30 次）。应看比例，而不是次数。"}},
    {"sure.spread",
     {"Cold starts of the same walk from other guesses differ by about 10 % in the positive work of the ankle, 4 % in "
      "the stride and 1 % in the peak power and moment of the ankle. The same movement on a mesh twice as fine has a "
      "stride 7 mm shorter, a second force peak 0.01 body weights higher, a flight of the jump 4 mm lower and a "
      "take-off "
      "0.02 m/s slower: changes below that say nothing.",
      "同一步行从不同初值重新求解，踝关节正功相差约 10 %，步幅 4 %，踝功率和力矩峰值 1 %。同一动作在加密一倍的网格上，"
      "步幅短 7 mm，第二力峰高 0.01 倍体重，跳跃腾空高度低 4 mm，起跳速度慢 0.02 m/s：小于此的变化没有意义。"}},
    {"notes.title", {"What this result assumes, and what it does not hold", "本结果的假定与未包含的内容"}},
    {"solves.title", {"How it was computed", "怎样计算的"}},
    {"solves.lead",
     {"The figures are what a solver of optimal control found for each task; they are printed so that others can check "
      "them.",
      "这些数字是最优控制求解器对每个动作求得的结果，列出以便他人核对。"}},
    {"solves.caption", {"Outcome of each solve", "每次求解的结果"}},
    {"col.task", {"Task", "动作"}},
    {"col.when", {"When", "时间"}},
    {"col.status", {"Outcome", "结果"}},
    {"col.iterations", {"Iterations", "迭代次数"}},
    {"col.mesh", {"Mesh × degree", "网格 × 阶数"}},
    {"col.objective", {"Objective", "目标值"}},
    {"footer",
     {"A computation about a model of a person, not medical advice about a person. Talk to a doctor who does not sell "
      "the operation.",
      "这是对人体模型的计算，不是针对个人的医疗建议。请咨询与该手术没有利益关系的医生。"}},
    {NULL, {NULL, NULL}}};
