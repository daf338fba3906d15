// Control flow after Kotlin's box tests: break and return through cleanup, several
// handlers, a throw from a handler, loops that look like switches.
// RUN: %check %s %t

#include "trace.h"

struct cleanup {
  const char* name;
  explicit cleanup(const char* name) : name(name) {}
  cleanup(const cleanup&) = delete;
  ~cleanup() { std::printf("  cleanup %s\n", name); }
};

// breakFinally
[[weft::coroutine]] weft::generator<int> break_finally() {
  while (true) {
    cleanup c("loop");
    weft::yield(1);
    break;
  }
  do {
    cleanup c("do");
    weft::yield(2);
    continue;
  } while (false);
  weft::yield(3);
}

// returnFromFinally, doubleBreak
[[weft::coroutine]] weft::coroutine<int, void, int> double_break(bool early) {
  for (;;) {
    cleanup outer("outer");
    for (;;) {
      cleanup inner("inner");
      try {
        cleanup in_try("try");
        weft::yield(1);
        if (early)
          return 1;
        break;
      } catch (...) {
        at("caught");
        throw;
      }
    }
    weft::yield(2);
    break;
  }
  return 2;
}

// multipleCatchBlocks, throwFromCatch, throwFromFinally
[[weft::coroutine]] weft::generator<int> throw_from_catch(int n) {
  try {
    try {
      cleanup c("first");
      weft::yield(n);
      if (n == 1)
        throw 1;
      if (n == 2)
        throw 2L;
    } catch (int i) {
      cleanup c("int");
      at("int", i);
      throw 3.0;
    } catch (long l) {
      at("long", l);
    }
    weft::yield(10);
  } catch (double d) {
    at("double");
    trace::print("d", d);
  }
  weft::yield(20);
}

// whileStatement, doWhileStatement, forWithStep, switchLikeWhen
[[weft::coroutine]] weft::generator<char> when(int from, int to) {
  int step = from < to ? 1 : -1;
  for (int i = from; i != to; i += step) {
    if (i == 1) {
      weft::yield('1');
    } else if (i == 2 || i == 3) {
      weft::yield('2');
      if (i == 3)
        continue;
      weft::yield('3');
    } else if (i < 0) {
      break;
    }
    weft::yield('.');
  }
}

// complexChainSuspend
struct chain {
  int sum = 0;
  chain& add(int n) {
    sum += n;
    return *this;
  }
};
[[weft::coroutine]] weft::coroutine<int, int, int> chains() {
  chain c;
  int n = weft::yield<int>(1);
  c.add(n).add(n + 1);
  int m = weft::yield<int>(c.sum);
  chain& r = c.add(m);
  n = weft::yield<int>(r.sum);
  r.add(n).add(m);
  return c.sum;
}

// varSpilling/cleanup: a variable that is dead over one pause and used over another
[[weft::coroutine]] weft::generator<int> spilling(int n) {
  int a = n;
  weft::yield(a);
  int b = a + 1;
  weft::yield(0);
  weft::yield(b);
  a = b + 1;
  weft::yield(0);
  if (n > 0) {
    int c = a * 2;
    weft::yield(c);
    a = c;
  } else {
    int d = a * 3, e = d;
    weft::yield(d);
    weft::yield(e);
  }
  weft::yield(a);
}

int main() {
  trace::exercise("break", [] { return break_finally(); });
  trace::exercise("double", [] { return double_break(false); });
  trace::exercise("double", [] { return double_break(true); });
  for (int n = 0; n < 3; ++n)
    trace::exercise("throw", [n] { return throw_from_catch(n); });
  trace::exercise("when", [] { return when(0, 5); });
  trace::exercise("when", [] { return when(5, -3); });
  trace::exercise("chains", [] { return chains(); });
  trace::exercise("spilling", [] { return spilling(1); });
  trace::exercise("spilling", [] { return spilling(0); });
}
