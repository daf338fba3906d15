// The operand of a yield awaits a value, or holds one that does: each pauses once.
// RUN: %check %s %t

#include "trace.h"

int twice(int n) { return 2 * n; }

[[weft::coroutine]] weft::coroutine<int, int> directly() {
  weft::yield(weft::yield<int>(1));
  weft::yield(1 + weft::yield<int>(2));
  weft::yield(twice(weft::yield<int>(twice(weft::yield<int>(3)))));
  int n = weft::yield<int>(weft::yield<int>(4));
  weft::yield(n);
}

[[weft::coroutine]] weft::coroutine<tracer, int> objects() {
  tracer first("first");
  weft::yield(tracer("second", weft::yield<int>(first)));
  at("end");
}

template <class T> [[weft::coroutine]] weft::coroutine<T, T> pattern(T one) {
  T got = weft::yield<T>(one);
  weft::yield(got);
}

template <class C> void drive(C c) {
  for (int sent = 10;; ++sent) {
    const bool paused = sent == 10 ? c.next() : [&] {
      try {
        return c.send(sent);
      } catch (const weft::coroutine_error&) {
        return c.next();
      }
    }();
    std::printf("paused %d\n", paused);
    if (!paused)
      break;
    std::printf("value %d\n", c.value());
  }
}

int main() {
  drive(directly());
  drive(pattern(5));
  auto o = objects();
  o.next();
  at(o.value().check().name);
  o.send(3);
  at(o.value().check().name, o.value().number);
  o.next();
}
