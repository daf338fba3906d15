// Macros around pauses: that yield, that are yielded, that hide loops, variables
// and handlers, with stringised arguments.
// RUN: %check %s %t

#include "trace.h"

#define EMIT(x) weft::yield(x)
#define EMIT_TWICE(x)                                                          \
  do {                                                                         \
    weft::yield(x);                                                            \
    weft::yield(x);                                                            \
  } while (0)
#define ASK(x) weft::yield<int>(x)
#define FOR_EACH(i, n) for (int i = 0; i < (n); ++i)
#define ANSWER 42
#define NAMED(x) std::printf("  " #x " %d\n", (x))
#define LOCAL(type, name, init) type name(init)
#define IF_POSITIVE(n, then)                                                   \
  if ((n) > 0) {                                                               \
    then;                                                                      \
  }
#define PASTE(a, b) a##b
#define TRACED tracer PASTE(traced_, __LINE__)("traced")
#define BODY_OF(n)                                                             \
  {                                                                            \
    tracer t("in macro", n);                                                   \
    weft::yield(t.number);                                                     \
  }

[[weft::coroutine]] weft::generator<int> yielding(int n) {
  EMIT(n);
  EMIT(ANSWER);
  weft::yield(ANSWER + 1);
  EMIT_TWICE(n + 1);
  FOR_EACH(i, 2) { EMIT(i); }
  FOR_EACH(i, 2)
  EMIT(10 * i);
  LOCAL(tracer, t, "local");
  NAMED(n + 1);
  EMIT(t.number);
  IF_POSITIVE(n, weft::yield(n))
  if (n)
    EMIT(7);
  else
    EMIT(8);
  TRACED;
  EMIT(9);
  BODY_OF(3)
  EMIT(__LINE__ > 0);
}

[[weft::coroutine]] weft::coroutine<int, int> asking() {
  int n = ASK(1);
  NAMED(n);
  const int m = ASK(n);
  NAMED(m);
  n = ASK(ANSWER);
  if (ASK(n))
    NAMED(n);
}

int main() {
  trace::exercise("yielding", [] { return yielding(5); });
  trace::exercise("asking", [] { return asking(); });
}
