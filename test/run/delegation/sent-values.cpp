// What is sent while a coroutine delegates reaches the innermost; afterwards the
// outer one receives again.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::coroutine<int, int, int> adder(int rounds) {
  tracer t("adder", rounds);
  int sum = 0;
  for (int i = 0; i < rounds; ++i) {
    int got = weft::yield<int>(sum);
    sum += got;
  }
  return sum;
}

[[weft::coroutine]] weft::coroutine<int, int, int> twice() {
  int first = weft::yield_from(adder(2));
  int between = weft::yield<int>(1000 + first);
  int second = weft::yield_from(adder(2));
  return first + between + second;
}

[[weft::coroutine]] weft::coroutine<int, int, int> deeper() {
  int all = weft::yield_from(twice());
  tracer t("deeper", all);
  int more = weft::yield_from(adder(1));
  all += more;
  return all;
}

int main() {
  trace::exercise("adder", [] { return adder(3); });
  trace::exercise("twice", [] { return twice(); });
  trace::exercise("deeper", [] { return deeper(); });
}
