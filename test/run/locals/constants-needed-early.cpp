// Local constants that types, local classes and closures in front of the body need.
// RUN: %check %s %t
#include "trace.h"
#include <array>
#include <utility>
template <int N> int times(int k) { return N * k; }
[[weft::coroutine]] weft::generator<int> constants(int p) {
  constexpr int n = 3, m = n + 1;
  std::array<int, n> a{{1, 2, p}};
  weft::yield(a[0]);
  for (int x : a)
    weft::yield(x + m);
  {
    const int p = 7;
    auto f = [](int k) { return k * p; };
    auto g = [p](int k) { return k * p; };
    auto h = [&p](int k) { return k * p; };
    const int& r = p;
    weft::yield(f(2) + g(3) + h(4) + r);
    std::array<char, p> chars{};
    weft::yield(static_cast<int>(chars.size()));
    weft::yield(f(1) + static_cast<int>(chars.size()));
  }
  struct point {
    int x, y;
    int rows[m];
    int sum() const { return x + y + n; }
  };
  enum kind { small = n, large };
  point q{1, 2, {}};
  kind k = large;
  auto moved = [q, k](int by) { return point{q.x + by, q.y + k, {}}; };
  weft::yield(moved(2).sum());
  static constexpr int size = 2;
  static int counter = 0;
  std::pair<std::array<point, size>, int> both{{{q, q}}, 4};
  auto bump = [] { return ++counter + size; };
  weft::yield(bump());
  weft::yield(both.second + bump() + both.first[1].y);
}
template <class T> [[weft::coroutine]] weft::generator<int> dependent(T p) {
  constexpr int n = sizeof(p) / 4 + 2;
  const int m = n;
  std::array<T, n> a{{T(1), T(2)}};
  weft::yield(static_cast<int>(a[0]));
  auto z = times<m>(p);
  for (auto x : a)
    weft::yield(static_cast<int>(x) + z);
  auto f = [=](T k) { return k * n + z; };
  weft::yield(static_cast<int>(f(p)));
  weft::yield(static_cast<int>(f(p + 1)));
}
int main() {
  trace::exercise("constants", [] { return constants(5); });
  trace::exercise("dependent", [] { return dependent(5); });
  trace::exercise("dependent, long", [] { return dependent(5L); });
}
