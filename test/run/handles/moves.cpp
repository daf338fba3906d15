// Coroutine objects move, are kept in containers, are assigned and returned; the
// frame stays where it is.
// RUN: %check %s %t

#include "trace.h"

#include <memory>
#include <utility>
#include <vector>

[[weft::coroutine]] weft::generator<int> counting(const char* name, int n) {
  tracer t(name, n);
  int* address = &n;
  for (int i = 0; i < n; ++i)
    weft::yield(i + *address);
}

weft::generator<int> pass(weft::generator<int> g) { return g; }

[[weft::coroutine]] weft::generator<int> round_robin(std::vector<weft::generator<int>> all) {
  bool some = true;
  while (some) {
    some = false;
    for (auto& g : all)
      if (!g.done() && g.next()) {
        some = true;
        weft::yield(g.value());
      }
  }
}

struct member {
  weft::generator<int> g = counting("member", 2);
};

int main() {
  auto a = counting("a", 3);
  a.next();
  auto b = std::move(a);
  std::printf("%d %d\n", a.done(), b.value());
  b.next();
  std::printf("%d\n", b.value());
  auto c = pass(std::move(b));
  c.next();
  std::printf("%d\n", c.value());
  c = counting("assigned", 5);
  c.next();
  std::printf("%d\n", c.value());
  c = {};
  std::printf("%d\n", c.done());
  using std::swap;
  auto x = counting("x", 1), y = counting("y", 2);
  x.next();
  swap(x, y);
  y.next();
  std::printf("%d %d\n", x.done(), y.done());

  std::vector<weft::generator<int>> all;
  all.push_back(counting("one", 1));
  all.push_back(counting("three", 3));
  all.push_back(counting("two", 2));
  auto r = round_robin(std::move(all));
  trace::advance(r, trace::many);
  auto owned = std::make_unique<weft::generator<int>>(counting("owned", 2));
  owned->next();
  owned.reset();
  member m;
  m.g.next();
  member n = std::move(m);
  n.g.next();
  std::printf("%d\n", n.g.value());
}
