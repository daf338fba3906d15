// Where the left operand comes before the right one, it has its value when the
// right one pauses, whatever changes meanwhile.
// RUN: %check %s %t

#include "trace.h"

int shared = 3;
int next() { return ++shared; }

[[weft::coroutine]] weft::coroutine<int, int, int> ordered(int& seen) {
  int shifted = seen << weft::yield<int>(1);
  trace::print("shifted", shifted);
  int back = shared >> weft::yield<int>(2);
  trace::print("back", back);
  int called = next() << weft::yield<int>(3);
  trace::print("called", called);
  long wide = static_cast<long>(seen) << weft::yield<int>(4);
  trace::print("wide", wide);
  return (next(), weft::yield<int>(5));
}

int main() {
  int seen = 5;
  auto c = ordered(seen);
  c.next();
  for (int step = 1; !c.done(); ++step) {
    trace::print("value", c.value());
    seen += 10;
    shared += 100;
    c.send(step % 3);
  }
  trace::print("result", c.result());
  trace::print("shared", shared);
}
