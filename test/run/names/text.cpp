// Text that is not what it seems: comments, raw strings, line continuations,
// preprocessor branches and `#` lines inside a body.
// RUN: %check %s %t

#include "trace.h"

struct bus {
  int yield(int n) { return n + 1; }
  int yield_from = 3;
};

[[weft::coroutine]] weft::generator<int> text(/* weft::yield(0); */ int n) {
  // weft::yield(100);
  const char* raw = R"x(weft::yield(a"b}{)x";
  std::printf("  %s\n", raw); /* } */ weft::yield(1 /* , 2 */); // weft::yield(3)
  const char* quoted = "weft::yield(\"5\"); }";
  std::printf("  %s %c\n", quoted, '}');
  weft::
      yield // a pause over three lines
      (n);
#if 1
  weft::yield(2);
#else
  weft::yield(-2);
  } this is no C++
#endif
#ifdef NOT_DEFINED
  weft::yield(-3);
#endif
  int a = \
      4;
  weft::yield(a);
  bus b;
  weft::yield(b.yield(1));
  weft::yield(b.yield_from);
  weft::yield(b . yield (2)); weft::yield(6); { weft::yield(7); }
  int yes = 1, no = 0; if (yes) weft::yield(8); else weft::yield(no);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-variable"
  int unused = 9;
#pragma GCC diagnostic pop
}

int main() {
  trace::exercise("text", [] { return text(5); });
}
