// A frame inside the coroutine object: in members, arrays and static storage,
// with objects and over-aligned ones in it.
// RUN: %check %s %t

#include "trace.h"

using inline_ints = weft::generator<int, weft::inline_frame<200>>;

[[weft::coroutine]] weft::generator<int, weft::inline_frame<200>> counting(const char* name, int n) {
  tracer t(name, n);
  for (int i = 0; i < n; ++i)
    weft::yield(i);
}

[[weft::coroutine]] weft::coroutine<int, int, int, weft::inline_frame<96>> adder() {
  int sum = 0;
  for (;;) {
    int got = weft::yield<int>(sum);
    if (got == 0)
      return sum;
    sum += got;
  }
}

[[weft::coroutine]] weft::generator<int, weft::inline_frame<256, 64>> over_aligned() {
  trace::aligned a("aligned");
  weft::yield(1);
  a.verify();
  weft::yield(2);
}

struct owner {
  inline_ints numbers = counting("member", 3);
  weft::coroutine<int, int, int, weft::inline_frame<96>> sums = adder();
};

auto static_one = counting("static", 2);

int main() {
  {
    owner o;
    o.numbers.next();
    o.numbers.next();
    std::printf("%d\n", o.numbers.value());
    o.sums.next();
    o.sums.send(4);
    o.sums.send(5);
    o.sums.send(0);
    std::printf("%d\n", o.sums.result());
  }
  inline_ints list[2] = {counting("first", 2), counting("second", 2)};
  list[1].next();
  list[0].next();
  list[0].next();
  list[1].close();
  std::printf("%d %d\n", list[0].done(), list[1].done());
  auto a = over_aligned();
  while (a.next())
    std::printf("%d\n", a.value());
  for (int n : static_one)
    std::printf("%d\n", n);
}
