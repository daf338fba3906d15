// After Rust's and Roslyn's suites: conditional construction, overlapping slots,
// values moved between them, large locals, going on after an exception.
// RUN: %check %s %t

#include "trace.h"

#include <optional>

// conditional-drop
[[weft::coroutine]] weft::generator<int> conditional(bool some, bool move) {
  std::optional<tracer> kept;
  {
    tracer b("b", 1);
    if (some)
      weft::yield(1);
    if (move)
      kept.emplace(std::move(b));
    weft::yield(2);
  }
  weft::yield(kept ? 3 : 4);
}

// overlap-locals
[[weft::coroutine]] weft::generator<int> overlap() {
  int sum = 0;
  {
    long a[4] = {1, 2, 3, 4};
    weft::yield(static_cast<int>(a[0]));
    for (long n : a)
      sum += static_cast<int>(n);
  }
  {
    char b[32] = "text";
    weft::yield(b[0]);
    sum += b[3];
  }
  {
    tracer c("c", 5);
    {
      double d = 1.5;
      weft::yield(static_cast<int>(2 * d));
      sum += static_cast<int>(d);
    }
    {
      short e = 7;
      weft::yield(e);
      sum += e;
    }
    sum += c.check().number;
  }
  weft::yield(sum);
}

// size-moved-locals: slots between which objects move
[[weft::coroutine]] weft::generator<int> moved() {
  tracer first("x", 1);
  weft::yield(first.number);
  tracer second = std::move(first);
  weft::yield(second.check().number);
  tracer third = std::move(second);
  weft::yield(third.check().number);
}

// drop-yield-twice, drop-control-flow
[[weft::coroutine]] weft::generator<int> control(int how) {
  for (int i = 0; i < 2; ++i) {
    tracer a("a", i);
    if (how == 0) {
      tracer inner("inner");
      weft::yield(0);
      break;
    }
    weft::yield(1);
    tracer b("b", i);
    if (how == 1)
      return;
    weft::yield(2);
  }
  tracer after("after");
  weft::yield(3);
}

// coroutine-resume-after-panic
[[weft::coroutine]] weft::generator<int> fails_twice() {
  tracer t("t");
  for (int i = 0;; ++i) {
    try {
      weft::yield(i);
      if (i < 2)
        throw i;
      throw "end";
    } catch (int n) {
      at("going on after", n);
    }
  }
}

// addassign-yield: C++ sequences the right side first
[[weft::coroutine]] weft::coroutine<int, int, int> add_assign() {
  int n = 10;
  int got = weft::yield<int>(n);
  n += got;
  return n;
}

int main() {
  for (int how = 0; how < 4; ++how)
    trace::exercise("conditional", [how] { return conditional(how & 1, how & 2); });
  trace::exercise("overlap", [] { return overlap(); });
  trace::exercise("moved", [] { return moved(); });
  for (int how = 0; how < 3; ++how)
    trace::exercise("control", [how] { return control(how); });
  trace::exercise("fails twice", [] { return fails_twice(); });
  trace::exercise("add assign", [] { return add_assign(); });
}
