// The primitives named without their namespace, through using-declarations,
// aliases and globally qualified.
// RUN: %check %s %t

#include "trace.h"

using namespace weft;

[[weft::coroutine]] generator<int> unqualified(int n) {
  for (int i = 0; i < n; ++i)
    yield(i);
  weft::yield(-1);
  ::weft::yield(-2);
}

[[weft::coroutine]] coroutine<int, int, int> receiving() {
  int got = yield<int>(1);
  return got + 1;
}

[[weft::coroutine]] generator<int> delegating() {
  yield_from(unqualified(2));
  yield(3);
}

template <class T> using values_of = weft::generator<T>;

[[weft::coroutine]] values_of<int> aliased() {
  yield(1);
}

int main() {
  trace::exercise("unqualified", [] { return unqualified(2); });
  trace::exercise("receiving", [] { return receiving(); });
  trace::exercise("delegating", [] { return delegating(); });
  trace::exercise("aliased", [] { return aliased(); });
}
