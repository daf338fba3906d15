// Scope guards see whether an exception is on its way, also when it was raised
// at the pause; objects die innermost first, before the handler.
// RUN: %check %s %t

#include "trace.h"

struct guard {
  const char* name;
  int entered = std::uncaught_exceptions();
  explicit guard(const char* name) : name(name) {}
  guard(const guard&) = delete;
  ~guard() {
    std::printf("  %s %s\n", name, std::uncaught_exceptions() > entered ? "fails" : "succeeds");
  }
};

[[weft::coroutine]] weft::generator<int> guarded_steps(int n) {
  guard a("a");
  weft::yield(1);
  {
    guard b("b");
    weft::yield(2);
    if (n == 2)
      throw 2;
  }
  try {
    guard c("c");
    weft::yield(3);
    guard d("d");
    if (n == 3)
      throw 3;
    weft::yield(4);
  } catch (int i) {
    guard e("e");
    std::printf("  caught %d\n", i);
  }
  guard f("f");
  weft::yield(5);
}

[[weft::coroutine]] weft::generator<int> driven_by_a_destructor() {
  guard inner("inner");
  weft::yield(1);
  std::printf("  uncaught inside: %d\n", std::uncaught_exceptions());
}

struct runs_when_destroyed {
  weft::generator<int> g;
  ~runs_when_destroyed() {
    while (g.next())
      trace::show_value(g);
  }
};

int main() {
  for (int n = 0; n < 4; ++n)
    trace::exercise("steps", [n] { return guarded_steps(n); });
  trace::guarded([] {
    runs_when_destroyed r{driven_by_a_destructor()};
    throw 1;
  });
}
