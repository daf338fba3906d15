// A pause in the increment of a `for`, which `continue` reaches and `break` does
// not.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::coroutine<int, int> in_increment(int n) {
  int got = 0;
  for (int i = 0; i < n; got = weft::yield<int>(i), ++i) {
    if (got == 1)
      continue;
    at("body", got);
    if (got == 3)
      break;
  }
}

[[weft::coroutine]] weft::generator<int> plain(int n) {
  for (int i = 0; i < n; weft::yield(i++)) {
    tracer body("body", i);
    if (i == 1)
      continue;
    at("end of body");
  }
}

int main() {
  trace::exercise("increment", [] { return in_increment(5); });
  trace::exercise("plain", [] { return plain(3); });
}
