// What stands round the sections: the bar at the top, the end, and the script that switches the language and saves
// data. The script reaches for nothing; without it the page stands in the language it was made in.
#include <string.h>

#include "report/sticks.h"

void sr_page_bar(sr_page *p, const char *main)
{
  static const char *const part[][2] = {{"first", "bar.first"}, {"sr-scene", "bar.3d"},   {"why", "bar.why"},
                                        {"weeks", "bar.weeks"}, {"claims", "bar.claims"}, {"ask", "bar.ask"},
                                        {"tasks", "bar.tasks"}, {"sure", "bar.sure"}};
  sr_text_print(&p->out,
                "<a class=skip href=#main>%s</a>\n<header class=top><p class=brand>surae</p><nav aria-label=\"%s\">",
                sr_say(p, "bar.skip"), sr_say(p, "bar.parts"));
  for (size_t i = 0; i < sizeof part / sizeof *part; i++)
    if (strstr(main, sr_arena_printf(p->keep, " id=%s>", part[i][0])) != NULL ||
        strstr(main, sr_arena_printf(p->keep, " id=%s ", part[i][0])) != NULL)
      sr_text_print(&p->out, "<a href=#%s>%s</a>", part[i][0], sr_say(p, part[i][1]));
  sr_text_print(&p->out, "</nav><div class=langs role=group aria-label=\"%s\" hidden>", sr_say(p, "bar.lang"));
  for (int k = 0; k < 2; k++)
    sr_text_print(&p->out, "<button type=button data-to=%s lang=%s aria-pressed=%s>%s</button>", k == 0 ? "en" : "zh",
                  k == 0 ? "en" : "zh-Hans", (int)p->lang == k ? "true" : "false", k == 0 ? "English" : "中文");
  sr_text_print(&p->out, "</div></header>\n");
}

void sr_page_footer(sr_page *p)
{
  sr_text_print(&p->out, "<footer><p>%s</p><p>surae %s · %s %s</p></footer>\n", sr_say(p, "footer"),
                sr_html(p, p->r->version), sr_say(p, "kernel"), sr_html(p, p->r->kernel));
}

// clang-format off
static const char *const script[] = {
    "(()=>{const root=document.documentElement,all=s=>document.querySelectorAll(s);\n",
    // the other language lies in data-other-NAME: a switch exchanges the two
    "function say(to){if(root.dataset.lang===to)return;for(const e of all('[data-other]'))for(const a of [...e.attributes]){"
    "if(!a.name.startsWith('data-other-'))continue;const n=a.name.slice(11),v=a.value;"
    "if(n==='text'){a.value=e.textContent;e.textContent=v}else{a.value=e.getAttribute(n);e.setAttribute(n,v)}}\n",
    "document.dispatchEvent(new CustomEvent('surae:lang',{detail:to}))}\n",
    "for(const b of all('.langs button'))b.addEventListener('click',()=>say(b.dataset.to));\n",
    "if(root.hasAttribute('data-other'))document.querySelector('.langs').hidden=false;root.classList.add('scripted');\n",
    // a table as it is read: the lines within a cell become one
    "function rows(t){return[...t.rows].map(r=>[...r.cells].flatMap(c=>{const s=c.innerText.trim().replace(/\\s*\\n\\s*/g,'; ');"
    "return['\"'+s.replace(/\"/g,'\"\"')+'\"',...Array(c.colSpan-1).fill('')]}).join(',')).join('\\n')}\n",
    "for(const b of all('button.csv'))b.addEventListener('click',()=>{const before=b.parentElement.previousElementSibling;\n",
    "const text=b.dataset.csv||rows(before.matches('table')?before:before.querySelector('table'));\n",
    "const a=document.createElement('a');a.href=URL.createObjectURL(new Blob(['\\ufeff'+text+'\\n'],{type:'text/csv;charset=utf-8'}));"
    "a.download=b.dataset.file;a.click();setTimeout(()=>URL.revokeObjectURL(a.href),1e4)});\n",
    // what folds is open on paper
    "let closed=[];addEventListener('beforeprint',()=>{closed=[...all('details:not([open]):not(.deep)')];for(const d of closed)d.open=true});"
    "addEventListener('afterprint',()=>{for(const d of closed)d.open=false});\n",
    "})();\n",
    NULL,
};
// clang-format on

void sr_page_script(sr_page *p)
{
  sr_text_print(&p->out, "<script>\n");
  for (int i = 0; script[i] != NULL; i++) sr_text_print(&p->out, "%s", script[i]);
  sr_player_script(p);
  sr_text_print(&p->out, "</script>\n");
}
