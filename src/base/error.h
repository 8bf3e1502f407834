// Errors of three kinds are never mixed: our bug (SR_ASSERT), bad input or files (sr_error), and the outcome
// of a solve (a status in the result).
#ifndef SR_BASE_ERROR_H
#define SR_BASE_ERROR_H
#include <stdbool.h>

// one list of codes and texts, so that they cannot drift apart: name, exit code of the program, meaning
#define SR_ERROR_CODES(ROW)                             \
  ROW(SR_OK, 0, "no error")                             \
  ROW(SR_BAD_VALUE, 2, "bad input")                     \
  ROW(SR_BAD_FILE, 3, "file cannot be read or written") \
  ROW(SR_INTERNAL, 3, "internal error")                 \
  ROW(SR_INTERRUPTED, 130, "interrupted")

#define SR_ERROR_ENUM(name, exit_code, text) name,
typedef enum sr_code { SR_ERROR_CODES(SR_ERROR_ENUM) } sr_code;
#undef SR_ERROR_ENUM

typedef struct sr_error {
  sr_code code;
  char text[512];  // one sentence: where, what, what is allowed
} sr_error;

// Fills *err (which may be NULL) and returns false, so that a caller can write `return sr_fail(err, ...)`.
bool sr_fail(sr_error *err, sr_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
int sr_exit_code(sr_code code);

_Noreturn void sr_assert_failed(const char *what, const char *file, int line);
#define SR_ASSERT(condition) ((condition) ? (void)0 : sr_assert_failed(#condition, __FILE__, __LINE__))
#endif
