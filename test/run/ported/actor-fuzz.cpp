// After FoundationDB's actor tests: loops in loops with every exit, tries in
// loops, and long runs that must not grow the stack.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::coroutine<int, int, int> actor(int seed) {
  int state = 0;
  for (int outer = 0; outer < 5; ++outer) {
    tracer round("round", outer);
    state++;
    try {
      if (state & 1) {
        int got = weft::yield<int>(100 + outer);
        if (got % 7 == seed)
          throw got;
        if (got % 5 == seed)
          continue;
      } else {
        for (int i : {1, 2, 3}) {
          tracer each("each", i);
          if ((++state & 1) == 0)
            weft::yield<int>(200 + i);
          else if (i == seed)
            break;
        }
      }
      weft::yield<int>(300 + state);
    } catch (int n) {
      state += n;
      if (n > 20)
        return state;
      continue;
    }
    for (;;) {
      if (state++ > 10 + seed)
        break;
      if (state % 4 == 0)
        continue;
      int got = weft::yield<int>(400 + state);
      state += got % 3;
    }
  }
  return state;
}

[[weft::coroutine]] weft::generator<int> long_loop(int n) {
  int passed = 0;
  for (int i = 0; i < n; ++i) {
    if (i % 1000 != 0) {
      ++passed;
      continue;
    }
    weft::yield(passed);
  }
}

[[weft::coroutine]] weft::generator<int> long_run(int n) {
  for (int i = 0; i < n; ++i)
    weft::yield(i);
}

int main() {
  for (int seed = 0; seed < 5; ++seed)
    trace::exercise("actor", [seed] { return actor(seed); }, trace::all, 8);
  trace::exercise("long loop", [] { return long_loop(3000); });
  long sum = 0;
  for (int n : long_run(1000000))
    sum += n;
  std::printf("%ld\n", sum);
}
