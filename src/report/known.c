// What has been measured in people after this operation, with its source and how strong it is, and what to ask before
// it. Shown where a motor branch of the gastrocnemius is changed; the questions also where nothing was.
#include <string.h>

#include "report/page.h"

// Each row: id of the text, id of the kind of evidence, source as printed, link.
static const struct {
  const char *text, *kind, *source, *link;
} study[] = {
    {"known.girth", "evidence.series", "Plast Reconstr Surg 2008 (Jul): 178-187, n = 700",
     "https://hub.tmu.edu.tw/en/publications/"
     "selective-neurectomy-of-the-gastrocnemius-and-soleus-muscles-for-"},
    {"known.contracture", "evidence.cases", "Ann Plast Surg 2015; 75: 19-23, n = 11",
     "https://doi.org/10.1097/SAP.0b013e3182a884ea"},
    {"known.twig", "evidence.anatomy", "Plast Reconstr Surg 2008 (Jul): 178-187, n = 7",
     "https://hub.tmu.edu.tw/en/publications/"
     "selective-neurectomy-of-the-gastrocnemius-and-soleus-muscles-for-"},
};

static bool touches_gastrocnemius(const sr_page *p)
{
  for (int i = 0; i < p->r->nintervention; i++)
    for (int k = 0; k < p->r->intervention[i].ntarget; k++)
      if (strncmp(p->r->intervention[i].target[k], "nerve_to_gas", 12) == 0) return true;
  return false;
}

void sr_page_known(sr_page *p)
{
  if (!touches_gastrocnemius(p)) return;
  sr_text_print(&p->out, "<section id=known><h2>%s</h2><p class=lead>%s</p><ul class=known>", sr_say(p, "known.title"),
                sr_say(p, "known.lead"));
  for (size_t i = 0; i < sizeof study / sizeof *study; i++)
    sr_text_print(&p->out, "<li>%s <span class=unit>%s · <a href=\"%s\" rel=noreferrer>%s</a></span></li>\n",
                  sr_say(p, study[i].text), sr_say(p, study[i].kind), study[i].link, study[i].source);
  sr_text_print(&p->out, "</ul></section>\n");
}

void sr_page_ask(sr_page *p)
{
  static const struct {
    const char *title, *question[5];
  } part[] = {{"ask.part_who", {"ask.who", "ask.dropped", "ask.harm", "ask.after"}},
              {"ask.part_what", {"ask.nerve", "ask.find", "ask.slip", "ask.try"}},
              {"ask.part_then", {"ask.back", "ask.stiff", "ask.less"}}};
  sr_text_print(&p->out, "<section id=ask><h2>%s</h2><p class=lead>%s</p><div class=\"grid three ask\">",
                sr_say(p, "ask.title"), sr_say(p, "ask.lead"));
  for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
    sr_text_print(&p->out, "<div><h3>%s</h3><ul>", sr_say(p, part[i].title));
    for (int k = 0; k < 5 && part[i].question[k] != NULL; k++)
      sr_text_print(&p->out, "<li>%s</li>", sr_say(p, part[i].question[k]));
    sr_text_print(&p->out, "</ul></div>\n");
  }
  sr_text_print(&p->out, "</div></section>\n");
}
