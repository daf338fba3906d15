// A pause as an argument: of a call, a constructor, a member, inside a nested
// call, beside temporaries that live until the end of the statement.
// RUN: %check %s %t

#include "trace.h"

struct sink {
  int total = 0;
  sink& add(int n) {
    std::printf("  add %d\n", n);
    total += n;
    return *this;
  }
};

int use(int a, int b) { return a - b; }
int taking(tracer t, int n) { return t.check().number * n; }
tracer make(int n) { return tracer("made", n); }

[[weft::coroutine]] weft::coroutine<int, int> one_argument() {
  int n = use(weft::yield<int>(1), 5);
  std::printf("  n %d\n", n);
  n = taking(make(weft::yield<int>(3)), 2);
  std::printf("  n %d\n", n);
  sink s;
  s.add(weft::yield<int>(4));
  std::printf("  total %d\n", s.total);
  tracer constructed("constructed", weft::yield<int>(5));
  constructed.check();
}

[[weft::coroutine]] weft::coroutine<int, int> nested() {
  int n = use(use(weft::yield<int>(1), 1), 1);
  std::printf("  n %d\n", n);
  sink s;
  s.add(use(weft::yield<int>(2), 0)).add(7);
  std::printf("  total %d\n", s.total);
}

int main() {
  trace::exercise("one argument", [] { return one_argument(); });
  trace::exercise("nested", [] { return nested(); });
}
