// Coroutines whose frame is a local variable behave as any: all operations,
// arguments, delegation, moved-from scopes, loops that make them anew.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> counting(const char* name, int n) {
  tracer t(name, n);
  for (int i = 0; i < n; ++i)
    weft::yield(i);
}
[[weft::coroutine]] weft::coroutine<int, int, int> adder() {
  tracer t("adder");
  int sum = 0;
  for (int i = 0; i < 3; ++i) {
    int got = weft::yield<int>(sum);
    sum += got;
  }
  return sum;
}
[[weft::coroutine]] weft::generator<int> delegating(int n) {
  weft::yield_from(counting("inner", n));
  weft::yield(-1);
}
[[weft::coroutine]] weft::generator<int> failing() {
  tracer t("failing");
  weft::yield(1);
  throw 5;
}
struct holder {
  int n = 3;
  [[weft::coroutine]] weft::generator<int> items() {
    for (int i = 0; i < n; ++i)
      weft::yield(i * n);
  }
};

int main() {
  for (int round = 0; round < 3; ++round) {
    auto g = counting("round", round);
    g.next();
    if (round == 1)
      continue;
    for (int n : g)
      std::printf("%d\n", n);
  }
  auto c = adder();
  c.next();
  c.send(1);
  try {
    c.next();
  } catch (const weft::coroutine_error& e) {
    std::printf("%s\n", e.what());
  }
  c.send(2);
  c.send(3);
  std::printf("%d %d\n", c.done(), c.result());
  auto d = delegating(2);
  d.next();
  std::printf("%d\n", d.value());
  d.close();
  std::printf("%d\n", d.done());
  for (int n : delegating(2))
    std::printf("%d\n", n);
  auto f = failing();
  f.next();
  trace::guarded([&] { f.next(); });
  auto r = failing();
  r.next();
  trace::guarded([&] { r.raise(std::make_exception_ptr(trace::raised())); });
  std::printf("%d %d\n", f.done(), r.done());
  auto unstarted = counting("never", 2);
  auto closed = counting("closed", 2);
  closed.next();
  closed.close();
  holder h;
  for (int n : h.items())
    std::printf("%d\n", n);
  auto items = h.items();
  h.n = 2;
  while (items.next())
    std::printf("%d\n", items.value());
  const auto* address = &unstarted;
  std::printf("%d\n", address->done());
}
