// `yield_from`: values pass through in order, its value is the inner result, and
// the inner coroutine dies where its full-expression or scope ends.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::coroutine<int, void, int> inner(int n) {
  tracer t("inner", n);
  for (int i = 0; i < n; ++i)
    weft::yield(i);
  return 10 * n;
}

[[weft::coroutine]] weft::coroutine<int, void, int> outer(int n) {
  tracer t("outer", n);
  int sum = weft::yield_from(inner(n));
  std::printf("  sum %d\n", sum);
  sum = weft::yield_from(inner(1));
  weft::yield(sum);
  weft::yield_from(inner(0));
  const int last = weft::yield_from(inner(2));
  if (weft::yield_from(inner(1)) == 10)
    at("ten");
  return weft::yield_from(inner(1 + last / 100));
}

[[weft::coroutine]] weft::generator<int> numbers(int from, int to) {
  tracer t("numbers", from);
  while (from < to)
    weft::yield(from++);
}

[[weft::coroutine]] weft::generator<int> several() {
  weft::yield_from(numbers(0, 2));
  tracer t("between");
  weft::yield_from(numbers(5, 5));
  for (int i = 0; i < 2; ++i) {
    tracer round("round", i);
    weft::yield_from(numbers(10 * i, 10 * i + 2));
  }
  weft::yield(-1);
}

[[weft::coroutine]] weft::generator<int> local() {
  auto g = numbers(0, 3);
  tracer t("after g");
  g.next();
  weft::yield(100 + g.value());
  weft::yield_from(g);
  std::printf("  done %d\n", g.done());
  weft::yield_from(g);
  weft::yield(-1);
}

[[weft::coroutine]] weft::generator<int> parameter(weft::generator<int> g) {
  tracer t("holder");
  weft::yield_from(g);
  weft::yield(-1);
}

[[weft::coroutine]] weft::generator<int> moved(weft::generator<int> g) {
  auto h = std::move(g);
  weft::yield_from(std::move(h));
  weft::yield(-2);
}

[[weft::coroutine]] weft::coroutine<int, void, int> tail(int n) {
  if (n == 0)
    return 5;
  weft::yield(n);
  return weft::yield_from(tail(n - 1));
}

int main() {
  trace::exercise("outer", [] { return outer(2); });
  trace::exercise("several", [] { return several(); });
  trace::exercise("local", [] { return local(); });
  trace::exercise("parameter", [] { return parameter(numbers(0, 2)); });
  trace::exercise("moved", [] { return moved(parameter(numbers(0, 2))); });
  trace::exercise("tail", [] { return tail(3); });
}
