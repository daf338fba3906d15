// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function-try-block: what the body throws is handled where the parameters are still
// alive; a handler pauses, ends, or throws on.

// RUN: %check %s %t
// ORACLE: threads

#include "trace.h"

[[weft::coroutine]] weft::coroutine<int, void, int> counts(int given, int last) try {
  tracer local("local", last);
  for (int i = 0; i < last; ++i)
    weft::yield(i);
  if (last == 2)
    throw tracer("thrown", 2);
  return given;
} catch (const tracer& caught) {
  // The body's variables are gone.
  weft::yield(caught.check().number + given);
} catch (int n) {
  weft::yield(n);
  throw;
}

// No pause in the body, one in the handler.
[[weft::coroutine]] weft::generator<int> handles(int n)
try {
  if (n > 0)
    throw n;
} catch (int caught) {
  for (int i = 0; i < caught; ++i)
    weft::yield(i);
}

struct object {
  tracer own{"member", 1};
  [[weft::coroutine]] weft::generator<int> member(int n) try {
    weft::yield(own.number + n);
    throw n;
  } catch (int caught) {
    weft::yield(own.check().number + caught);
  }
};

int main() {
  trace::exercise("to the end", [] { return counts(7, 1); });
  trace::exercise("thrown", [] { return counts(7, 2); });
  trace::exercise("handler", [] { return handles(2); });
  trace::exercise("nothing", [] { return handles(0); });
  object o;
  trace::exercise("member", [&] { return o.member(5); });
}
