// `break`, `continue`, `return` and `goto` out of a `try` with pauses, in loops
// and nested.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> in_loop(int how) {
  for (int i = 0; i < 4; ++i) {
    tracer body("body", i);
    try {
      tracer inner("inner", i);
      weft::yield(i);
      if (i == 1) {
        if (how == 0)
          continue;
        if (how == 1)
          break;
        if (how == 2)
          return {};
        if (how == 3)
          goto out;
        throw i;
      }
      weft::yield(10 + i);
    } catch (int n) {
      at("handler", n);
      if (how == 4)
        continue;
      if (how == 5)
        break;
      if (how == 6)
        return {};
      if (how == 7)
        goto out;
    }
    at("end of round", i);
  }
  weft::yield(100);
out:
  weft::yield(200);
}

[[weft::coroutine]] weft::coroutine<int, void, int> return_from_nested(int n) {
  try {
    tracer a("a");
    try {
      tracer b("b", 1);
      weft::yield(1);
      if (n == 0)
        return b.number;
      if (n == 1)
        throw 3;
    } catch (int k) {
      return 10 * k;
    }
    weft::yield(2);
    if (n == 2)
      return 22;
    throw 4;
  } catch (int k) {
    at("outer handler");
    return 100 * k;
  }
}

[[weft::coroutine]] weft::generator<int> loop_inside() {
  try {
    for (int i = 0;; ++i) {
      tracer body("body", i);
      weft::yield(i);
      if (i == 2)
        throw i;
    }
  } catch (int n) {
    at("handler", n);
  }
  for (int tries = 0; tries < 3; ++tries) {
    try {
      weft::yield(tries);
      at("work", tries);
      if (tries < 2)
        throw tries;
      break;
    } catch (int) {
      at("again");
    }
  }
}

int main() {
  for (int how = 0; how < 9; ++how)
    trace::exercise("in loop", [how] { return in_loop(how); }, trace::all, 4);
  for (int n = 0; n < 4; ++n)
    trace::exercise("return", [n] { return return_from_nested(n); });
  trace::exercise("loop inside", [] { return loop_inside(); });
}
