// Objects, loops and conditions of every kind, without exceptions and RTTI.
// RUN: %check %s %t
// MODE: bare

#include <weft/coroutine.h>

#include <cstdio>
#include <utility>

struct object {
  int n;
  explicit object(int n) : n(n) { std::printf("+%d ", n); }
  object(object&& from) : n(std::exchange(from.n, 0)) { std::printf(">%d ", n); }
  ~object() { std::printf("-%d ", n); }
};

[[weft::coroutine]] weft::coroutine<object, int, int> all(object p, int rounds) {
  const object& extended = object(100);
  while (int got = weft::yield<int>(p)) {
    switch (got) {
    case 1: {
      object in_case(11);
      weft::yield(in_case);
      break;
    }
    case 2:
      if (object chosen(22); chosen.n) {
        int m = weft::yield<int>(chosen);
        got = m;
      }
      continue;
    default:
      goto out;
    }
    weft::yield(object(got + extended.n));
    if (--rounds == 0)
      return got;
  }
out:
  object last(33);
  weft::yield(last);
  return {};
}

int main() {
  for (int how = 0; how < 4; ++how) {
    weft::coroutine<object, int, int> c = all(object(1), 1);
    bool paused = c.next();
    paused = c.send(how);
    while (paused) {
      std::printf("(%d) ", c.value().n);
      if (how == 2) {
        how = 9;
        paused = c.send(0);
        paused = c.send(0);
      } else
        paused = c.next();
    }
    if (how == 1)
      std::printf("=%d ", c.result());
    std::printf("\n");
    if (how == 9)
      how = 2;
  }
}
