// The test harness: TEST(name) { ... } anywhere, run by tests/main.c, whose last line is
// "N passed, N failed, N skipped".
#ifndef SR_TEST_H
#define SR_TEST_H
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

typedef struct sr_test {
  const char *name, *file;
  bool is_slow;  // left out where SURAE_TEST_QUICK is set
  void (*run)(void);
  struct sr_test *next;
} sr_test;

void sr_test_register(sr_test *t);
// Records a failure of the running test; the test goes on.
void sr_test_fail(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
// Records the running test as skipped for a reason (a failure where SURAE_TEST_DATA is set); the caller returns next.
void sr_test_skip(const char *why);
// Where a file lies that the repository holds, by its path from the repository's root. The last eight answers stay
// valid.
const char *sr_test_path(const char *relative);

#define TEST_AS(id, slow)                                                                  \
  static void test_##id(void);                                                             \
  __attribute__((constructor)) static void test_register_##id(void)                        \
  {                                                                                        \
    static sr_test t = {.name = #id, .file = __FILE__, .is_slow = slow, .run = test_##id}; \
    sr_test_register(&t);                                                                  \
  }                                                                                        \
  static void test_##id(void)
#define TEST(id) TEST_AS(id, false)
// More than about a second: left out of the sanitizer run.
#define TEST_SLOW(id) TEST_AS(id, true)

#define CHECK(condition) ((condition) ? (void)0 : sr_test_fail(__FILE__, __LINE__, "not true: %s", #condition))
#define NEAR(a, b, tolerance)                                                                                        \
  do {                                                                                                               \
    const double near_a = (a), near_b = (b);                                                                         \
    if (!(fabs(near_a - near_b) <= (tolerance)))                                                                     \
      sr_test_fail(__FILE__, __LINE__, "%s = %.12g, expected %.12g +- %g", #a, near_a, near_b, (double)(tolerance)); \
  } while (0)
#define SAME(a, b)                                                                       \
  do {                                                                                   \
    const char *same_a = (a), *same_b = (b);                                             \
    if (strcmp(same_a, same_b) != 0)                                                     \
      sr_test_fail(__FILE__, __LINE__, "%s is '%s', expected '%s'", #a, same_a, same_b); \
  } while (0)
#endif
