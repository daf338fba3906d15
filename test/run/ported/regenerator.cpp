// Generators after regenerator's suite: the small ones, nested cleanup, backward
// jumps, reentry, newborn coroutines, labelled loops.
// RUN: %check %s %t

#include "trace.h"

// "collatz"
[[weft::coroutine]] weft::generator<int> collatz(int n) {
  int count = 0;
  weft::yield(n);
  while (n != 1) {
    count++;
    if (n % 2)
      weft::yield(n = n * 3 + 1);
    else
      weft::yield(n >>= 1);
  }
  std::printf("  count %d\n", count);
}

// "simple argument yielder", with an expression
[[weft::coroutine]] weft::generator<int> argument(int x) {
  weft::yield(x);
  weft::yield(x + 1);
}

// "try-finally generator": the guard is the `finally`
struct finally {
  const char* name;
  ~finally() { std::printf("  finally %s\n", name); }
};
[[weft::coroutine]] weft::coroutine<int, void, int> finally_generator(int condition) {
  weft::yield(0);
  try {
    finally f{"outer"};
    weft::yield(1);
    try {
      finally g{"inner"};
      weft::yield(2);
      if (condition)
        throw 100;
      weft::yield(3);
    } catch (int e) {
      if (condition == 2)
        return 22;
      std::printf("  inner %d\n", e);
      throw;
    }
    weft::yield(4);
    if (condition == 3)
      throw 200;
  } catch (int e) {
    std::printf("  outer %d\n", e);
    return -e;
  }
  weft::yield(5);
  return 7;
}

// "catch parameter shadowing"
[[weft::coroutine]] weft::generator<int> parameter_shadowing(int x) {
  int y = x + 1;
  try {
    weft::yield(x + 2);
    throw x + 3;
  } catch (int x) {
    std::printf("  handler %d\n", x);
    x += 100;
    y += x;
  }
  weft::yield(x);
  try {
    weft::yield(x + 4);
    throw x + 5;
  } catch (int x) {
    y += x;
  }
  weft::yield(x);
  weft::yield(y);
}

// "empty while loops"
[[weft::coroutine]] weft::generator<int> empty_loops() {
  int n = 3;
  while (n-- > 0)
    ;
  do {
  } while (n++ < 2);
  for (; n < 5; ++n) {
  }
  weft::yield(n);
  while (n > 100) {
  }
  for (;;)
    break;
}

// "labeled break and continue", as goto
[[weft::coroutine]] weft::generator<int> labelled(int limit) {
  bool loop = true;
  while (loop) {
    weft::yield(0);
    for (int i = 0; i < 4; ++i) {
      weft::yield(i);
      for (int j = 0; j < 4; ++j) {
        if (i == 1)
          goto next_i;
        if (j == 2)
          goto next_i;
        if (i * j > limit)
          goto done;
        weft::yield(10 * i + j);
      }
    next_i:;
    }
    loop = false;
  }
done:
  weft::yield(-1);
}

// "for loop with var decl and no update"
[[weft::coroutine]] weft::generator<int> no_update(int n) {
  for (int i = n, limit = n + 3; i < limit;) {
    weft::yield(i++);
  }
}

// "switch statement generator"
[[weft::coroutine]] weft::coroutine<int, int, int> switching(int a) {
  switch (int got = weft::yield<int>(a); got - a) {
  case 0: {
    int b = weft::yield<int>(100);
    return b;
  }
  case 1:
    return 200 + got;
  default:
    if (got > 3)
      break;
    weft::yield<int>(300);
  }
  return 400;
}

int main() {
  trace::exercise("collatz", [] { return collatz(6); });
  trace::exercise("argument", [] { return argument(3); });
  for (int c = 0; c < 4; ++c)
    trace::exercise("finally", [c] { return finally_generator(c); });
  trace::exercise("shadowing", [] { return parameter_shadowing(7); });
  trace::exercise("empty loops", [] { return empty_loops(); });
  trace::exercise("labelled", [] { return labelled(5); });
  trace::exercise("labelled", [] { return labelled(1); });
  trace::exercise("no update", [] { return no_update(2); });
  for (int a = -3; a < 3; ++a)
    trace::exercise("switching", [a] { return switching(a); });
}
