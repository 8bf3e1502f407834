// The style sheet: quiet, light and dark, phone and paper. Grey is before, blue is after, vermilion is what is lost:
// blue and vermilion of the palette of Okabe and Ito 2008 (Color Universal Design), darkened or lightened for contrast.
#include "report/page.h"

// clang-format off
const char *const sr_report_style[] = {
    // colours: --b before, --a after, --x lost; blue and vermilion keep apart for all common kinds of colour blindness
    ":root{--bg:#fcfbf9;--card:#ffffff;--ink:#1f2328;--soft:#5c636b;--line:#e3e0da;--grid:#ecebe7;--b:#8b8f96;"
    "--a:#0f5fb3;--band:#0f5fb31f;--x:#b5420f;--xbg:#fdf0e8;--xline:#efc4ab}\n",
    "@media (prefers-color-scheme:dark){:root{--bg:#15171a;--card:#1d2024;--ink:#e8e6e1;--soft:#a2a8b0;"
    "--line:#32363c;--grid:#2a2e33;--b:#8e949d;--a:#6fb3ff;--band:#6fb3ff26;--x:#ff9c66;--xbg:#2b201a;"
    "--xline:#6b4530}}\n",
    // page
    "*{box-sizing:border-box}\n",
    "html{-webkit-text-size-adjust:100%}\n",
    "body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.6 system-ui,-apple-system,\"Segoe UI\","
    "\"Helvetica Neue\",Arial,\"Noto Sans\",\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif;"
    "font-variant-numeric:tabular-nums lining-nums}\n",
    "main{max-width:1080px;margin:0 auto;padding:44px 24px 56px}\n",
    "h1,h2{font-family:Charter,\"Iowan Old Style\",Georgia,\"Noto Serif\",\"Songti SC\",\"Noto Serif CJK SC\","
    "serif;font-weight:600;line-height:1.2;letter-spacing:-.01em;text-wrap:balance}\n",
    ":lang(zh) h1,:lang(zh) h2{letter-spacing:0}\n",
    "h1{font-size:2.5rem;margin:.1em 0 .25em}\n",
    "h2{font-size:1.6rem;margin:0 0 .5em}\n",
    "h3{font-size:1rem;font-weight:600;margin:0 0 .5em}\n",
    "h4{font-size:.875rem;font-weight:600;color:var(--soft);margin:0 0 .25em}\n",
    "p,ul{margin:0 0 .8em}\n",
    "ul{padding-left:1.2em}\n",
    "section{margin-top:72px}\n",
    "section.dones{margin-top:28px}\n",
    ".brand{font-size:.8rem;letter-spacing:.18em;text-transform:uppercase;color:var(--soft);margin:0}\n",
    ".person{font-size:1.1rem;color:var(--soft);margin:0}\n",
    ".lead{max-width:68ch;color:var(--soft)}\n",
    ".note{max-width:76ch;font-size:.85rem;color:var(--soft);margin:.8em 0 0}\n",
    ".unit,.alt,.done .alt,.done code{color:var(--soft);font-weight:400}\n",
    ".unit{white-space:nowrap;font-size:.9em}\n",
    "code{font-size:.85em}\n",
    "footer{max-width:1032px;margin:0 auto 64px;padding:20px 24px 0;border-top:1px solid var(--line);font-size:.85rem;color:var(--soft)}\n",
    "a{color:var(--a)}\n",
    ":focus-visible{outline:2px solid var(--a);outline-offset:2px}\n",
    // what was done, what failed, asides
    ".done{border-left:3px solid var(--x);padding:2px 0 2px 16px;margin-bottom:16px}\n",
    ".done p{margin:0 0 .3em}\n",
    ".done ul{margin:0;padding:0;list-style:none}\n",
    ".alarm{margin-top:28px;padding:18px 22px;background:var(--xbg);border:1px solid var(--xline);"
    "border-radius:10px}\n",
    ".alarm h2{font-size:1.15rem;color:var(--x)}\n",
    ".alarm p:last-child{margin:0;font-size:.9rem}\n",
    "aside{margin-top:28px;padding:18px 22px;background:var(--card);border:1px solid var(--line);"
    "border-radius:10px}\n",
    "aside p{max-width:76ch}\n",
    "aside p:last-child{margin:0}\n",
    // one language is shown, the other waits
    "[data-lang=en] .zh,[data-lang=zh] .en{display:none}\n",
    // the bar
    ".skip{position:absolute;left:-99em}.skip:focus{left:16px;top:10px;z-index:9;background:var(--card);padding:6px 14px}\n",
    ".top{position:sticky;top:0;z-index:5;display:flex;align-items:center;gap:12px 28px;padding:10px max(24px,calc(50vw - "
    "516px));background:var(--bg);border-bottom:1px solid var(--line)}\n",
    ".top nav{display:flex;gap:22px;flex:1;overflow-x:auto;font-size:.88rem;scrollbar-width:none}.top nav a{color:var(--soft);"
    "text-decoration:none;white-space:nowrap;padding:4px 0}.top nav a:hover{color:var(--a)}\n",
    ".langs{display:flex;border:1px solid var(--line);border-radius:99px;padding:2px}.langs[hidden]{display:none}"
    ".langs button{font:inherit;font-size:.82rem;line-height:1.5;border:0;background:none;color:var(--soft);padding:3px "
    "12px;border-radius:99px;cursor:pointer;white-space:nowrap}.langs button[aria-pressed=true]{background:var(--a);color:var(--bg)}\n",
    "section,h2{scroll-margin-top:72px}\n",
    "button.csv{font:inherit;font-size:.82rem;color:var(--a);background:none;border:1px solid var(--line);border-radius:99px;"
    "padding:1px 12px;cursor:pointer;white-space:nowrap}button.csv:hover{border-color:var(--a)}html:not(.scripted) "
    ".csv{display:none}\n",
    // the first screen: the look beside the use, then four answers
    "section.first{margin-top:40px}.pair{display:grid;grid-template-columns:minmax(0,4fr) minmax(0,7fr);gap:20px;margin:24px 0 "
    "20px;align-items:stretch}\n",
    ".pair article,.box{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:24px 26px}\n",
    ".pair h3,.box h3{font-size:.95rem;color:var(--soft);margin:0 0 .4em}.pair p{margin:0;font-size:.92rem;line-height:1.5}"
    ".pair .was{color:var(--soft)}.pair details{margin-top:12px}.pair .note{margin-top:12px}\n",
    ".big{font-family:Charter,\"Iowan Old Style\",Georgia,\"Noto Serif\",serif;font-size:3.1rem!important;"
    "line-height:1.1!important;margin:0 0 .1em!important;white-space:nowrap}.big small{font-family:system-ui,sans-serif;font-size:1rem;"
    "color:var(--soft);font-weight:400}\n",
    ".look>svg{margin-top:22px;max-width:420px}.look .key{margin:6px 0 0;gap:2px 16px;font-size:.8rem}.look table{font-size:.85rem}"
    ".look td,.look th{padding:4px 10px 4px 0}.look .legs .band{display:block}.look .band{display:inline;margin-left:.5em}\n",
    ".look caption{font-weight:400;color:var(--soft)}\n",
    ".moves{font-size:.9rem;margin-top:16px}.moves caption{font-weight:400;color:var(--soft);font-size:.82rem}"
    ".moves td,.moves th{padding:7px 12px 7px 0;vertical-align:middle}.moves .unit{display:block;white-space:normal;font-size:.8rem;"
    "line-height:1.35}.moves th[scope=row]{min-width:140px}.moves td:last-child{min-width:208px}.moves td:nth-child(2){min-width:92px}.moves tbody tr:last-child>*{"
    "border-bottom:0}\n",
    ".moves .worse b,.moves .gone b,.box .no{color:var(--x)}.moves .open b{color:var(--soft);font-weight:400}.moves .same b{"
    "font-weight:400}\n",
    ".grid>*{min-width:0}.sum{font-family:Charter,\"Iowan Old Style\",Georgia,\"Noto Serif\",\"Songti SC\",\"Noto Serif CJK SC\",serif;font-size:1.32rem;line-height:1.5;max-width:62ch;margin:0 0 .5em}\n",
    ".stats{margin-top:18px}.stats dl{display:grid;grid-template-columns:1fr 1fr;gap:8px 16px;margin:4px 0 0}.stats div{display:flex;flex-direction:column}.stats dt{font-size:.8rem;color:var(--soft);line-height:1.3}.stats dd{margin:0;font-size:1.02rem}\n",
    ".bar2{width:84px;min-width:72px}.bar2 span{display:flex;height:9px;border-radius:5px;overflow:hidden;background:var(--grid)}.bar2 i{"
    "background:var(--a)}@media (forced-colors:active){.bar2 i{forced-color-adjust:none}}.bar2 i.lost,.swatch.lost{background:repeating-linear-gradient(135deg,var(--x) 0 2px,transparent 2px 5px)}\n",
    ".boxes{columns:2;column-gap:20px}.box{break-inside:avoid;margin:0 0 20px}.box ul{list-style:none;margin:0;padding:0}.box li{"
    "padding:9px 0;border-top:1px solid var(--grid);font-size:.92rem;line-height:1.5}.box li:first-child{border:0;padding-top:2px}"
    ".box h3{color:var(--ink);font-size:1.05rem}\n",
    ".box{border-top:3px solid var(--b)}.box.better{border-top-color:var(--a)}.box.worse,.box.undo{border-top-color:var(--x)}\n",
    ".ev{display:inline-block;font-size:.75rem;color:var(--soft);white-space:nowrap}.advice{margin:24px 0 0;font-size:1.02rem;"
    "max-width:80ch}\n",
    // statements of the article
    ".claims{font-size:.88rem;min-width:760px}.claims th[scope=row]{width:24%;font-weight:500}.claims td:nth-child(2){width:31%}"
    ".claims td:nth-child(4){width:11%}.claims .no b{color:var(--x)}.claims .yes b{color:var(--a)}.claims td{line-height:1.45}\n",
    ".ask{margin-top:20px}.ask li{margin-bottom:.6em}.ask ul{margin:0}\n",
    ".without{display:block;font-size:.78rem;color:var(--soft);font-weight:400}\n",
    "span.cross{color:var(--x);font-weight:600}\n",
    ".course{font-size:.84rem}.course th:first-child{position:sticky;left:0;background:var(--bg);min-width:168px;"
    "z-index:1}\n",
    ".course thead b{color:var(--ink);font-weight:600}.course td,.course thead th{padding:6px 0 6px 8px}.course .grade{width:2.4em}"
    ".course tr>th:first-child{padding-left:0}.course thead .grade{visibility:hidden}\n",
    ".course tbody tr:hover>th:first-child{background:var(--grid)}\n",
    ".course tr.group th{position:static;background:none}\n",
    ".unknowns .bar{width:44px;margin-left:8px;vertical-align:middle}.unknowns .bar i{background:var(--a)}\n",
    ".unknowns td{min-width:96px}.unknowns th:first-child{width:52%}.unknowns{max-width:860px}\n",
    // every movement in a line
    ".able{padding:0;list-style:none;margin:0 0 24px}.able>li{padding:3px 0 3px 14px;border-left:3px solid var(--line);"
    "margin-bottom:12px;max-width:90ch}.able>li.lost{border-color:var(--x)}.able li.lost b{color:var(--x)}.able ul{margin:0;"
    "font-size:.92rem}\n",
    ".abilities,.slips{font-size:.88rem}.abilities th:first-child{min-width:150px}.abilities td,.abilities thead .num{"
    "padding:6px 0 6px 12px}.abilities tr.of>*{border-top:1px solid var(--line)}.abilities th br+.unit{white-space:normal}"
    ".abilities .unit{white-space:normal}.abilities thead .num,.slips thead .num{white-space:normal}.abilities td:last-child{"
    "white-space:normal;min-width:112px}.unfound{color:var(--soft)}\n",
    ".slips td{white-space:normal}.slips th:first-child{min-width:140px;max-width:200px}.slips td:nth-child(2){min-width:170px;max-width:"
    "260px}.slips thead .num{min-width:84px}.wrap{white-space:normal}.slips td.num{min-width:74px}\n",
    // tables
    ".scroll{overflow-x:auto}\n",
    "table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.4}\n",
    "caption{text-align:left;font-weight:600;padding:0 0 8px}\n",
    "th,td{padding:7px 12px 7px 0;border-bottom:1px solid var(--grid);text-align:left;vertical-align:top;"
    "font-weight:400}\n",
    "th:last-child,td:last-child{padding-right:0}\n",
    "thead th{color:var(--soft);font-size:.82rem;border-bottom:1px solid var(--line);vertical-align:bottom}\n",
    ".num{text-align:right;white-space:nowrap}\n",
    ".percent{color:var(--soft);padding-left:0}\n",
    ".grade{text-align:center;width:3.5em}\n",
    ".band{display:block;font-size:.78rem;color:var(--soft);font-weight:400}\n",
    "td b{font-weight:600}\n",
    "tr.group th{font-weight:600;padding-top:20px;border-bottom:1px solid var(--line)}\n",
    "tr.remark td{color:var(--x);white-space:normal}\n",
    "table.metrics tbody tr>th:first-child{width:44%}\n",
    "tbody tr:not(.group):not(.remark):hover>*{background:var(--grid)}\n",
    "details{margin-top:20px}\n",
    "summary{cursor:pointer;color:var(--a);font-size:.95rem}\n",
    "details[open]>summary{margin-bottom:14px}\n",
    ".muscles td:nth-child(5),.muscles thead tr:nth-child(2) th:nth-child(5),"
    ".muscles th[scope=colgroup]:nth-child(3){padding-left:24px}\n",
    // nerve tree
    ".tree,.tree ul{list-style:none;margin:0;padding:0}\n",
    ".tree ul{margin-left:9px;border-left:1px solid var(--line)}\n",
    ".tree ul>li{position:relative;padding-left:20px}\n",
    ".tree ul>li::before{content:\"\";position:absolute;left:0;top:17px;width:14px;"
    "border-top:1px solid var(--line)}\n",
    ".tree ul>li:last-child::after{content:\"\";position:absolute;left:-1px;top:18px;bottom:0;width:1px;"
    "background:var(--bg)}\n",
    ".tree .lost>.node .name b{color:var(--x)}\n",
    ".tree li.lost::before{border-top:2px solid var(--x)}\n",
    ".node{display:grid;grid-template-columns:1fr minmax(120px,200px) 104px 104px;gap:0 16px;"
    "align-items:baseline;padding:5px 0;font-size:.9rem;line-height:1.5}\n",
    ".node b{font-weight:500}\n",
    ".alt{font-size:.85em}\n",
    ".sup{color:var(--soft);font-size:.85em}\n",
    ".tree>li{margin-bottom:10px}\n",
    "mark{background:var(--x);color:var(--bg);font-size:.75rem;padding:1px 8px;border-radius:9px;"
    "white-space:nowrap}\n",
    ".kind{display:inline-block;width:9px;height:9px;margin-right:8px;background:var(--soft);border-radius:50%}\n",
    ".kind.sensory{background:none;border:1.5px solid var(--soft)}\n",
    ".kind.trunk{height:3px;border-radius:0;vertical-align:middle}\n",
    ".lost>.node .kind{background-color:var(--x)}\n",
    ".lost>.node .kind.sensory{background:none;border-color:var(--x)}\n",
    ".meter{display:inline-flex;align-items:center;gap:6px;font-size:.78rem;color:var(--soft);white-space:nowrap}\n",
    ".meter .num{min-width:3.2em}\n",
    ".bar{display:inline-block;width:38px;height:5px;background:var(--line);border-radius:3px;overflow:hidden}\n",
    ".bar i{display:block;height:100%;background:var(--b)}\n",
    ".meter.less .bar i{background:var(--x)}\n",
    ".meter.less .num{color:var(--x);font-weight:600}\n",
    "td .bar{width:84px}\n",
    "td .side:empty{display:none}\n",
    // figures
    "figure{margin:36px 0 0}\n",
    "figcaption{max-width:86ch;font-size:.85rem;color:var(--soft);margin-top:10px}\n",
    ".grid{display:grid;gap:22px 20px}\n",
    ".three{grid-template-columns:repeat(3,1fr)}\n",
    ".two{grid-template-columns:repeat(2,1fr)}\n",
    ".four{grid-template-columns:repeat(4,1fr)}\n",
    ".key{display:flex;flex-wrap:wrap;gap:4px 22px;font-size:.85rem;color:var(--soft);margin:.2em 0 16px}\n",
    ".sample{width:28px;height:8px;vertical-align:middle;display:inline-block}\n",
    ".swatch{display:inline-block;width:14px;height:10px;border-radius:2px;background:var(--x)}\n",
    "svg{display:block;width:100%;height:auto;overflow:visible;font-family:inherit}\n",
    "svg text{fill:var(--soft);font-size:10.5px}\n",
    "svg .h{fill:var(--ink);font-size:12px;font-weight:600}\n",
    "svg .u{fill:var(--soft);font-weight:400;font-size:11px}\n",
    "svg .n,svg .x1{text-anchor:end}\n",
    "svg .x{text-anchor:middle}\n",
    "svg .way{text-anchor:end;font-size:10px}\n",
    "svg .tag{text-anchor:end;fill:var(--x);font-weight:600}\n",
    "svg path{fill:none}\n",
    "svg .tick{stroke:var(--grid);stroke-width:1}\n",
    "svg .zero{stroke:var(--b);stroke-width:.8}\n",
    "svg .line{stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\n",
    "svg .b{stroke:var(--b)}\n",
    "svg .a{stroke:var(--a)}\n",
    "svg .k{stroke:var(--ink)}\n",
    "svg .left{stroke-dasharray:5 4;stroke-linecap:butt;stroke-width:1.6}\n",
    "svg .off{stroke-width:1;stroke-dasharray:1.5 2.5}\n",
    "svg path.band{fill:var(--band);stroke:none}\n",
    // weeks
    ".weeks .grid h3{grid-column:1/-1;margin:14px 0 -6px;padding-top:14px;border-top:1px solid var(--line)}\n",
    ".weeks .grid>h3:first-child{border:0;padding-top:0;margin-top:0}\n",
    "svg .control{stroke:var(--b);stroke-width:1.6;stroke-dasharray:5 4}\n",
    "svg .thin{stroke-width:1.2}\n",
    "svg circle.at{fill:var(--a)}svg circle.open{fill:var(--bg);stroke:var(--a);stroke-width:1.4}"
    "svg circle.at.was{fill:var(--b)}\n",
    "svg .late3{opacity:.35}svg .late2{opacity:.62}\n",
    "svg path.cross{stroke:var(--x);stroke-width:1.8;stroke-linecap:round}svg .done{stroke:var(--x)}\n",
    "svg path.was{fill:var(--line);stroke:none}svg path.now{stroke-width:1.6}\n",
    ".swatch.range{background:var(--band)}.swatch.measured{background:var(--line)}svg path.measured{fill:var(--line);opacity:.75}\n",
    // stick figures
    ".wide svg{min-width:820px}\n",
    ".held svg{max-width:330px}\n",
    "svg .stick{stroke-width:3;stroke-linecap:round;stroke-linejoin:round}\n",
    "svg .far{opacity:.45;stroke-width:2.4}\n",
    "svg .head{fill:var(--bg);stroke-width:2.4}\n",
    "svg .push{stroke:var(--x);stroke-width:1.1;opacity:.75}\n",
    "svg .floor{stroke:var(--line);stroke-width:1}\n",
    // players
    ".player svg{max-height:340px}.player svg text{font-size:68px}.player .stick,.player .head,.player .push,"
    ".player .floor{vector-effect:non-scaling-stroke}.player i{display:none}\n",
    ".controls{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:center;margin:10px 0 0;font-size:.9rem}"
    ".controls input{flex:1 1 180px;accent-color:var(--a)}.controls button,.controls select{font:inherit;color:inherit;"
    "background:var(--card);border:1px solid var(--line);border-radius:8px;padding:5px 14px;min-width:5.5em;min-height:34px}"
    ".controls button{color:var(--a);cursor:pointer}.controls output{min-width:3.6em;color:var(--soft)}\n",
    ".known{max-width:80ch}\n",
    ".known li{margin-bottom:.7em}\n",
    ".known .unit{display:block;white-space:normal}\n",
    // effort
    ".effort caption{font-weight:400;color:var(--soft);font-size:.85rem}\n",
    "th .dot{position:static;display:inline-block;margin:0 6px 0 0}\n",
    ".effort th:first-child{width:30%;white-space:nowrap}\n",
    ".effort .num{width:5.5em}\n",
    ".effort .track{padding-right:22px;padding-left:10px}\n",
    ".effort .track div{position:relative;height:20px;background:linear-gradient(var(--line),"
    "var(--line)) 0 50%/100% 1px no-repeat}\n",
    ".effort .scale{padding-right:22px;padding-left:10px}\n",
    ".scale div{display:flex;justify-content:space-between}\n",
    ".dot{position:absolute;top:50%;width:11px;height:11px;margin:-5.5px 0 0 -5.5px;border-radius:50%;"
    "background:var(--b)}\n",
    ".dot.a{background:var(--a)}\n",
    ".link{position:absolute;top:50%;height:3px;margin-top:-1.5px;background:var(--a);opacity:.35}\n",
    // a chapter folds under its heading
    ".chapter .note+h3{margin-top:36px}.chapter>summary{cursor:pointer;list-style-position:outside}.chapter>summary h2{display:inline;font-size:1.35rem}.chapter[open]>summary{margin-bottom:18px}section.task:has(.chapter:not([open])){margin-top:18px}"
    "html:not(.scripted) .top nav a[href=\"#sr-scene\"]{display:none}\n",
    // outcome, grades
    ".outcome{margin:0 0 .6em;font-size:.92rem;max-width:86ch}\n",
    ".outcome b{font-weight:600}\n",
    ".outcome.no b,.outcome.bad b{color:var(--x)}\n",
    ".limits{font-size:.9rem}\n",
    ".task>h3,.task figure+h3{margin-top:36px}\n",
    ".grades{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:18px 28px;"
    "margin:20px 0 32px}\n",
    ".grades dt{font-weight:600}\n",
    ".grades dd{margin:.2em 0 0;font-size:.9rem;color:var(--soft)}\n",
    // phone
    "@media (max-width:920px){.pair{grid-template-columns:1fr}.ask.three{grid-template-columns:1fr}}\n",
    "@media (max-width:640px){.chapter>summary{list-style-position:inside}.boxes{columns:1}.pair article,.box{padding:18px 18px}.top{padding:8px 16px;flex-wrap:wrap}.top nav{order:3;flex-basis:100%}.langs{margin-left:auto}section,h2{scroll-margin-top:96px}.moves thead{display:none}.moves tr{display:grid;grid-template-columns:1fr auto;padding:10px 0;border-bottom:1px solid var(--grid)}.moves td,.moves th{border:0;padding:1px 0}.moves .bar2{grid-column:1/3;width:auto;padding:5px 0}.moves td:last-child{grid-column:1/3;min-width:0}.moves tbody tr:last-child{border:0}main{padding:32px 16px 64px}h1{font-size:1.8rem}h2{font-size:1.35rem}section{"
    "margin-top:52px}body{font-size:15px}.three,.two{grid-template-columns:1fr}.four{"
    "grid-template-columns:repeat(2,1fr);gap:16px 12px}"
    "table{font-size:.82rem}th,td{padding-right:8px}table.metrics tr{"
    "display:grid;grid-template-columns:1fr 1fr 1.1fr .8fr 2em;border-bottom:1px solid var(--grid)}"
    "table.metrics th,table.metrics td{border:0;width:auto}table.metrics tbody tr>th:first-child,"
    "table.metrics tr.remark td{grid-column:1/-1;width:auto;padding-bottom:0}table.metrics thead th:first-child{"
    "display:none}table.metrics .grade{width:auto;font-size:.7rem}table.metrics thead .grade{visibility:hidden}table.metrics thead .band{display:none}table.metrics thead .num{white-space:normal}.muscles thead .num{white-space:normal}table.metrics.one tr{grid-template-columns:1fr 2em}table.metrics.later tr{grid-template-columns:1fr 1fr 1fr .6fr 1.2fr 1.6em}table.metrics.one.later tr{grid-template-columns:1fr 1fr 2em}.course th:first-child{min-width:132px}.abilities,.slips{min-width:600px}.abilities th:first-child,.slips th:first-child,.unknowns th:first-child{position:sticky;left:0;background:var(--bg);min-width:118px;max-width:128px;padding-right:4px;z-index:1}.unknowns th:first-child{width:150px;max-width:150px}.scroll:has(.abilities,.slips,.unknowns,.course,.solves){margin-right:-16px;padding-right:16px;mask-image:linear-gradient(90deg,#000 calc(100% - 28px),#0003)}.claims,.claims tbody,.claims tr,.claims th,.claims td,.claims caption{display:block}.claims{min-width:0!important}.claims thead{display:none}.claims tr{padding:12px 0;border-bottom:1px solid var(--line)}.claims th[scope=row],.claims td{border:0;padding:2px 0;width:auto!important;min-width:0}.claims td::before{content:attr(data-label);display:block;font-size:.74rem;color:var(--soft)}.slips{min-width:780px}.player .scroll{overflow:visible}.node{grid-template-columns:1fr 1fr;"
    "padding:7px 0}.name{grid-column:1/3}.sup{grid-column:1/3}.sup:empty{display:none}.tree ul>li{"
    "padding-left:14px}.tree ul>li::before{width:10px}.effort th:first-child{white-space:normal;width:36%}"
    ".effort .num{width:3.6em}.muscles.two,.course,.unknowns{min-width:560px}.muscles .bar{width:36px}.muscles .meter .num{"
    "min-width:2.8em}.solves{min-width:620px}}\n",
    // paper
    "@media print{:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#ccc;--grid:#e6e6e6;--b:#888;"
    "--a:#0f5fb3;--band:#0f5fb31f;--x:#b5420f;--xbg:#fff;--xline:#e5b79c}body{font-size:10.5pt;"
    "-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;padding:0}section{"
    "margin-top:28pt}figure svg,.pair article,.box li,aside,.done,tr{break-inside:avoid}h2,h3{break-after:avoid}.csv,summary,.player,.top,.skip{"
    "display:none!important}.pair{grid-template-columns:minmax(0,4fr) minmax(0,6fr);gap:12pt}.pair article,.box{padding:12pt}.moves{font-size:8.5pt}.moves td:last-child,.moves th[scope=row]{min-width:0}.bar2{display:none}.moves td[aria-hidden]{display:none}.look details,.deep,#solves{display:none}.big{font-size:24pt!important}.sum{font-size:13pt}h1{font-size:22pt}h2{font-size:15pt}section{break-inside:auto}.four svg,.three svg{max-width:100%}details::details-content{content-visibility:visible;height:auto}.scroll{overflow:visible}.course{font-size:6.5pt}.course th:first-child{position:static;min-width:0}}\n",
    NULL,
};
// clang-format on
