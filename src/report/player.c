// A movement that plays: before and after side by side, in real time or slower. The points travel in the page, 51
// frames in whole millimetres; the script draws them and shows the player, so that a page without scripts has the strip
// alone.
#include <math.h>
#include <string.h>

#include "report/sticks.h"

enum { FRAMES = 51, STEP = (SR_NPHASE - 1) / (FRAMES - 1) };

static bool is_played(const sr_pair *t)
{
  static const char *const kind[] = {"walk", "run", "hop", "jump", "kick", "heel_raise"};
  for (size_t i = 0; i < sizeof kind / sizeof *kind; i++)
    if (sr_is_task(t->task, kind[i])) return true;
  return false;
}

static void put(sr_page *p, double metres)
{
  sr_text_print(&p->out, "%d ", (int)lround(1000.0 * metres));
}

// A frame: six points of the leg behind and of the leg in front, lumbar joint, head (x and y each), and for each foot
// where the force of the ground acts and its arrow. `moved` is taken from every x: the way of the body where it goes on
// for ever.
static void frame(sr_page *p, const sr_stick *s, int i, double moved, int near)
{
  const int order[2] = {1 - near, near};
  for (int n = 0; n < 2; n++)
    for (int k = 0; k <= SR_TOETIP; k++) put(p, s->x[order[n]][k][i] - moved), put(p, s->y[order[n]][k][i]);
  put(p, s->x[1][SR_LUMBAR][i] - moved), put(p, s->y[1][SR_LUMBAR][i]);
  put(p, s->x[1][SR_HEAD][i] - moved), put(p, s->y[1][SR_HEAD][i]);
  for (int n = 0; n < 2; n++) {
    const int side = order[n];
    const bool has = sr_stick_has_force(s, side, i);
    const double arrow = sr_stick_arrow(p);
    put(p, has ? s->cop[side][i] - moved : 0.0);
    put(p, has ? arrow * s->fx[side][i] : 0.0);
    put(p, has ? arrow * s->fy[side][i] : 0.0);
  }
}

// The leg in front is the right one, unless the left one alone carries.
static bool is_left_near(const char *task)
{
  return strstr(task, "legs=left") != NULL;
}

static double duration(const sr_curves *c)
{
  return c->at[(c->nrow - 1) * c->ncol] - c->at[0];  // column 0 is time_s
}

// One side of the player; nothing where it has no curves.
static void side(sr_page *p, const sr_task_result *t, const char *style, const char *words, sr_stick *s)
{
  if (!sr_has_curves(t) || !sr_stick_fetch(p, t, s)) return;
  const double *x = s->x[1][SR_PELVIS], way = sr_is_cyclic(t->task) ? x[SR_NPHASE - 1] - x[0] : 0.0;
  const char *status = t->status == SR_TASK_SOLVED ? "" : sr_say(p, "play.impossible");
  sr_text_print(&p->out, "<i data-style=%s data-words=\"%s%s\" data-seconds=%.4f data-way=%.0f data-at=\"", style,
                words, status, duration(&t->curves), 1000.0 * way);
  for (int i = 0; i < SR_NPHASE; i += STEP)
    frame(p, s, i, x[0] + way * i / (SR_NPHASE - 1.0), is_left_near(t->task) ? 0 : 1);
  sr_text_print(&p->out, "\"></i>");
}

void sr_page_player(sr_page *p, const sr_pair *t)
{
  if (!is_played(t) || (!sr_has_curves(t->before) && !sr_has_curves(t->after))) return;
  sr_stick *s = sr_alloc(p->keep, sr_stick, 1);
  sr_text_print(&p->out,
                "<figure class=player hidden data-loop=%d data-unit=\"%s\"><h3>%s</h3>"
                "<div class=scroll><svg role=img aria-label=\"%s\"></svg></div>",
                sr_is_cyclic(t->task) || sr_is_task(t->task, "hop") ? 1 : 0, sr_say(p, "play.seconds"),
                sr_say(p, "play.title"), sr_task_name(p, t->task));
  side(p, t->before, "b", sr_say(p, p->after == NULL ? "col.value" : "col.before"), s);
  side(p, t->after, "a", sr_say(p, "col.after"), s);
  sr_text_print(&p->out,
                "<p class=controls><button type=button><b>%s</b><b hidden>%s</b></button><input type=range min=0 "
                "max=1000 value=0 "
                "aria-label=\"%s\"><output></output><select aria-label=\"%s\"><option value=1>%s</option><option "
                "value=.5>%s</option><option value=.25 selected>%s</option><option value=.1>%s</option></select></p>",
                sr_say(p, "play.play"), sr_say(p, "play.pause"), sr_say(p, "play.slider"), sr_say(p, "play.speed"),
                sr_say(p, "play.real"), sr_say_with(p, "play.slow", "½", ""), sr_say_with(p, "play.slow", "¼", ""),
                sr_say_with(p, "play.slow", "⅒", ""));
  sr_text_print(&p->out, "<figcaption>%s</figcaption></figure>\n",
                sr_say(p, sr_is_cyclic(t->task)   ? "play.caption"
                          : is_left_near(t->task) ? "play.caption_left"
                                                  : "play.caption_once"));
  p->nplayer++;
}

// clang-format off
static const char *const script[] = {
    "document.querySelectorAll('.player').forEach(box=>{\n",
    "const svg=box.querySelector('svg'),button=box.querySelector('button'),slider=box.querySelector('input'),"
    "speed=box.querySelector('select'),shown=box.querySelector('output'),[play,pause]=button.children,"
    "loop=box.dataset.loop==='1',still=matchMedia('(prefers-reduced-motion:reduce)').matches;\n",
    // the sides with their frames, and one box that holds all of them [mm]
    "const N=34,sides=[...box.querySelectorAll('i')].map(i=>{const v=i.dataset.at.trim().split(' ').map(Number);"
    "const f=[];for(let k=0;k<v.length;k+=N)f.push(v.slice(k,k+N));"
    "return{f,i,T:+i.dataset.seconds,way:+i.dataset.way,style:i.dataset.style}});\n",
    "let lo=1e9,hi=-1e9,top=0;for(const s of sides)for(const v of s.f)for(let k=0;k<28;k+=2){lo=Math.min(lo,v[k]);"
    "hi=Math.max(hi,v[k]);top=Math.max(top,v[k+1])}\n",
    "const pad=170,W=hi-lo+2*pad,H=top+360,ground=top+250,NS='http:'+'//www.w3.org/2000/svg';"
    "svg.setAttribute('viewBox','0 0 '+W*sides.length+' '+H);\n",
    "const make=(name,style,to)=>{const e=document.createElementNS(NS,name);e.setAttribute('class',style);"
    "to.append(e);return e};\n",
    // one leg lies behind and is pale, the trunk over it, the other leg in front
    "sides.forEach((s,n)=>{s.x0=n*W+pad-lo;const g=make('g','',svg),c=s.style;"
    "make('path','floor',g).setAttribute('d','M'+(n*W+40)+' '+ground+'H'+((n+1)*W-40));s.ticks=make('path','floor',g);"
    "const t=make('text','h',g);t.setAttribute('x',n*W+40);t.setAttribute('y',90);s.says=t;"
    "s.el=[make('path','push',g),make('path','stick far '+c,g),make('path','stick '+c,g),make('path','push',g),"
    "make('path','stick '+c,g)];s.head=make('circle','head '+c,g);s.head.setAttribute('r',85)});\n",
    "function draw(s,phase){const at=phase*(s.f.length-1),k=Math.min(Math.floor(at),s.f.length-2),u=at-k,"
    "a=s.f[k],b=s.f[k+1],v=a.map((x,i)=>x+u*(b[i]-x));\n",
    "const xy=k=>(s.x0+v[k]).toFixed(0)+' '+(ground-v[k+1]).toFixed(0),line=ks=>'M'+ks.map(xy).join('L');\n",
    "const leg=o=>line([o,o+2,o+4])+line([o+4,o+6,o+8,o+10,o+8,o+4]);\n",
    "const push=o=>a[o+2]&&b[o+2]?'M'+(s.x0+v[o]).toFixed(0)+' '+ground+'l'+v[o+1].toFixed(0)+' '+(-v[o+2]).toFixed(0):'';\n",
    "[push(28),leg(0),line([12,24,26]),push(31),leg(12)].forEach((d,i)=>s.el[i].setAttribute('d',d));"
    "s.head.setAttribute('cx',s.x0+v[26]);s.head.setAttribute('cy',ground-v[27]);\n",
    // the ground goes by in steps of 0.25 m
    "let d='';if(s.way)for(let x=-((phase*s.way)%250);x<W-80;x+=250)if(x>0)d+='M'+(s.x0+lo-pad+40+x).toFixed(0)+' '+"
    "(ground+18)+'h-90';s.ticks.setAttribute('d',d)}\n",
    "let t=0,last=0,on=false;const L=Math.max(...sides.map(s=>s.T));\n",
    "function say(){for(const s of sides)s.says.textContent=s.i.dataset.words}\n",
    "function show(){for(const s of sides)draw(s,loop?(t/s.T)%1:Math.min(t/s.T,1));"
    "const now=loop?t%sides[0].T:Math.min(t,L);shown.textContent=now.toFixed(2)+' '+box.dataset.unit}\n",
    "function place(){slider.value=Math.round(1000*(loop?(t/sides[0].T)%1:Math.min(t/L,1)))}\n",
    "function run(yes){on=yes;play.hidden=on;pause.hidden=!on;last=0;if(on)requestAnimationFrame(step)}\n",
    // a movement that ends rests for half a second; with reduced motion it plays once
    "function step(now){if(!on)return;if(last)t+=Math.min((now-last)/1e3,.1)*speed.value;last=now;"
    "if(!loop&&t>L+.5*speed.value){if(still){t=L;run(false)}else t=0}else if(loop&&still&&t>L){t=L;run(false)}"
    "show();place();if(on)requestAnimationFrame(step)}\n",
    "button.addEventListener('click',()=>{if(!on&&(still||!loop)&&t>=L)t=0;run(!on)});\n",
    "slider.addEventListener('input',()=>{run(false);t=slider.value/1000*(loop?sides[0].T*.9999:L);show()});\n",
    "document.addEventListener('surae:lang',()=>{say();show()});box.hidden=false;say();show()});\n",
    NULL,
};
// clang-format on

void sr_player_script(sr_page *p)
{
  for (int i = 0; p->nplayer > 0 && script[i] != NULL; i++) sr_text_print(&p->out, "%s", script[i]);
}
