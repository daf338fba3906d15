// An exception from the constructor of a local, a temporary, an array element or
// a member destroys exactly what was finished.
// RUN: %check %s %t

#include "trace.h"

struct pair_of {
  tracer first, second;
  explicit pair_of(int n) : first("first", n), second("second", n) { at("body of pair"); }
};

[[weft::coroutine]] weft::generator<int> locals() {
  tracer a("a");
  weft::yield(1);
  tracer b("b"), c("c");
  weft::yield(2);
  pair_of p(3);
  weft::yield(p.first.number);
  tracer list[3] = {tracer("l0"), tracer("l1"), tracer("l2")};
  weft::yield(list[1].number);
}

int use(const tracer& x, const tracer& y) { return x.number + y.number; }

[[weft::coroutine]] weft::generator<int> temporaries() {
  tracer a("a");
  weft::yield(use(tracer("t1", 1), a));
  int n = use(tracer("t3", 3), a);
  weft::yield(n);
}

[[weft::coroutine]] weft::generator<int> caught(int n) {
  for (int i = 0; i < n; ++i) {
    try {
      tracer a("a", i);
      weft::yield(i);
      pair_of p(i);
      weft::yield(-i);
    } catch (const trace::failure& f) {
      std::printf("  caught %s\n", f.where);
    }
  }
}

int main() {
  trace::exercise("locals", [] { return locals(); });
  trace::exercise("temporaries", [] { return temporaries(); });
  trace::exercise("caught", [] { return caught(3); });
}
