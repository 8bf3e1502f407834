// A page from the made-up result of the report's tests, for tests/browser.
//   surae_sample_page LANG FILE.html
#include <stdio.h>

#include "report/report.h"
#include "report/sample.h"

int main(int argc, char **argv)
{
  sr_arena *keep = sr_arena_new();
  sr_error err = {0};
  char *html = NULL;
  size_t size = 0;
  if (argc != 3) return fprintf(stderr, "sample_page LANG FILE.html\n"), 2;
  const bool is_done = sr_report_html(sr_report_sample_weeks(keep), argv[1], keep, &html, &size, &err) &&
                       sr_file_write(argv[2], html, size, &err);
  if (!is_done) fprintf(stderr, "sample_page: %s\n", err.text);
  sr_arena_free(keep);
  return is_done ? 0 : 1;
}
