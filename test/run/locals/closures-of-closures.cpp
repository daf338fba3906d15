// A closure that captures another closure, both kept over pauses.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> closures(int n) {
  for (int i = 0; i < n; ++i) {
    auto f = [i, t = tracer("loop", i)] { return t.check().number + i; };
    auto g = [&f] { return f() * 10; };
    weft::yield(g());
    auto h = [f] { return f() * 100; };
    weft::yield(h() + g());
  }
}

int main() {
  trace::exercise("closures", [] { return closures(2); });
}
