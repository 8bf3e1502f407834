// surae report
#include "report/report.h"

#include "cli/cli.h"

int sr_cli_report(const sr_cli *c, const sr_args *a, sr_arena *keep)
{
  const char *from = sr_arena_printf(keep, "%s/result.json", a->operand);
  const char *to = a->out != NULL ? a->out : sr_arena_printf(keep, "%s/report.html", a->operand);
  char *text, *html;
  size_t size;
  sr_result r;
  sr_error err = {0};
  if (!sr_file_read(from, keep, &text, &size, &err) || !sr_result_from_json(from, text, size, keep, &r, &err) ||
      !sr_report_html(&r, a->lang != NULL ? a->lang : r.lang, keep, &html, &size, &err) ||
      !sr_file_write(to, html, size, &err))
    return sr_cli_fail(c, &err);
  fprintf(c->out, "report: %s\n", to);
  return 0;
}
