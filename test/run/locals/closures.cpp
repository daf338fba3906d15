// Closures made in a body and kept over pauses: captures by value, by reference,
// by initialiser, by default, of structured bindings' sources, nested, mutable.
// RUN: %check %s %t

#include "trace.h"

#include <functional>

[[weft::coroutine]] weft::generator<int> by_value(int n) {
  tracer t("t", n);
  auto f = [t, n](int k) { return t.check().number * k + n; };
  weft::yield(f(2));
  n = 100;
  t.number = 50;
  weft::yield(f(3));
  auto g = [=] { return n + t.check().number; };
  n = 0;
  weft::yield(g());
  weft::yield(g() + n);
}

[[weft::coroutine]] weft::generator<int> by_reference(int n) {
  int local = 1;
  auto f = [&local, &n](int k) { return local += k * n; };
  weft::yield(f(1));
  local = 10;
  weft::yield(f(2));
  weft::yield(local);
  auto g = [&] {
    ++local;
    return local * n;
  };
  weft::yield(g());
  n = 7;
  weft::yield(g());
  weft::yield(local);
}

[[weft::coroutine]] weft::generator<int> by_initialiser() {
  auto counter = [n = 0, t = tracer("captured", 4)]() mutable { return ++n + t.check().number; };
  weft::yield(counter());
  weft::yield(counter());
  tracer source("source", 9);
  auto moved = [t = std::move(source)] { return t.check().number; };
  weft::yield(moved());
  weft::yield(counter());
}

[[weft::coroutine]] weft::generator<int> nested(int n) {
  int a = 1;
  auto outer = [&a, n](int k) {
    auto inner = [&a, n, k] { return a + n + k; };
    return inner();
  };
  weft::yield(outer(5));
  a = 100;
  weft::yield(outer(6));
  auto recursive = [](auto& self, int i) -> int { return i == 0 ? 0 : i + self(self, i - 1); };
  weft::yield(recursive(recursive, 4));
  auto generic = [&](auto x) { return static_cast<int>(x) + a; };
  weft::yield(generic(1.5) + generic('a'));
  weft::yield(generic(2));
}

[[weft::coroutine]] weft::generator<int> in_loops() {
  for (int i = 0; i < 3; ++i) {
    auto f = [i, t = tracer("loop", i)] { return t.check().number + i; };
    weft::yield(f());
    if (i == 1)
      continue;
    weft::yield(10 * f());
  }
}

[[weft::coroutine]] weft::generator<int> handed_on() {
  int sum = 0;
  std::function<int(int)> erased = [&sum](int n) { return sum += n; };
  weft::yield(erased(1));
  weft::yield(erased(2));
  weft::yield(sum);
  weft::yield([](int n) { return n * n; }(5));
  int (*plain)(int) = [](int n) { return -n; };
  weft::yield(plain(6));
  weft::yield(plain(7));
}

struct owner {
  int member = 3;
  [[weft::coroutine]] weft::generator<int> of_this(int n) {
    auto f = [this, n] { return member * n; };
    weft::yield(f());
    member = 4;
    weft::yield(f());
    auto g = [&] { return ++member + n; };
    weft::yield(g());
    weft::yield(member);
    auto h = [*this] { return member; };
    member = 50;
    weft::yield(h());
    weft::yield(h() + member);
  }
};

int main() {
  trace::exercise("by value", [] { return by_value(2); });
  trace::exercise("by reference", [] { return by_reference(3); });
  trace::exercise("initialiser", [] { return by_initialiser(); });
  trace::exercise("nested", [] { return nested(10); });
  trace::exercise("loops", [] { return in_loops(); });
  trace::exercise("handed on", [] { return handed_on(); });
  owner o;
  auto g = o.of_this(2);
  trace::advance(g, trace::many);
}
