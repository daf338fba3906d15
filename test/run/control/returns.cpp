// `return` from every depth, with and without a result, destroys what it leaves
// after its operand was evaluated.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::coroutine<int, void, int> anywhere(int n) {
  tracer outer("outer", 5);
  if (n == 0)
    return outer.number;
  weft::yield(1);
  for (int i = 0;; ++i) {
    tracer body("body", i);
    weft::yield(i);
    if (n == 1)
      return body.number + outer.number;
    switch (n) {
    case 2:
      return 22;
    case 3: {
      tracer inner("inner");
      weft::yield(33);
      return inner.number + i;
    }
    }
    while (n == 4) {
      tracer loop("loop");
      return 44;
    }
    do {
      if (n == 5)
        return {};
    } while (false);
    if (i == 2)
      return i;
  }
}

[[weft::coroutine]] weft::generator<int> without(int n) {
  tracer outer("outer");
  if (n == 0)
    return {};
  weft::yield(1);
  {
    tracer inner("inner");
    if (n == 1)
      return {};
    weft::yield(2);
    return {};
  }
}

[[weft::coroutine]] weft::coroutine<void, void, int> no_pause(int n) {
  tracer local("local", n);
  return local.number * 2;
}

struct by_value {
  int v;
  ~by_value() { v = -1; }
};

[[weft::coroutine]] weft::coroutine<int, void, int> operand_first() {
  by_value local{7};
  weft::yield(local.v);
  return local.v; // read before the destructor runs
}

int main() {
  for (int n = 0; n < 7; ++n)
    trace::exercise("anywhere", [n] { return anywhere(n); });
  for (int n = 0; n < 3; ++n)
    trace::exercise("without", [n] { return without(n); });
  trace::exercise("no pause", [] { return no_pause(21); });
  trace::exercise("operand first", [] { return operand_first(); });
}
