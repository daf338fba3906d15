// Structured bindings of arrays, tuple-like types and plain members, by value
// and by reference, with pauses between their uses.
// RUN: %check %s %t

#include "trace.h"

#include <tuple>
#include <utility>

struct point {
  int x, y;
};
struct with_object {
  tracer t;
  int n;
};
struct bits {
  unsigned low : 3, high : 5;
};

with_object make(int n) { return {tracer("made", n), n + 1}; }

[[weft::coroutine]] weft::generator<int> members(point p) {
  auto [x, y] = p;
  weft::yield(x);
  x = 10;
  weft::yield(p.x + x + y);
  auto& [rx, ry] = p;
  rx = 20;
  weft::yield(p.x + ry);
  ry += 1;
  weft::yield(p.y);
  const auto& [t, n] = make(3);
  weft::yield(t.check().number + n);
  auto&& [u, m] = make(5);
  m += 1;
  weft::yield(u.check().number + m);
  auto [v, w] = make(7);
  weft::yield(v.check().number + w);
}

[[weft::coroutine]] weft::generator<int> arrays() {
  int list[3] = {1, 2, 3};
  auto [a, b, c] = list;
  list[0] = 9;
  weft::yield(a + b + c);
  auto& [ra, rb, rc] = list;
  weft::yield(ra + rb + rc);
  rb = 8;
  weft::yield(list[1] + rc);
  tracer objects[2] = {tracer("o1", 1), tracer("o2", 2)};
  auto& [o1, o2] = objects;
  weft::yield(o1.check().number + o2.number);
}

[[weft::coroutine]] weft::generator<int> tuples() {
  auto [a, b] = std::make_pair(1, tracer("in pair", 2));
  weft::yield(a + b.check().number);
  a = 5;
  weft::yield(a);
  std::tuple<int, long, char> t{1, 2, 'c'};
  auto& [i, l, c] = t;
  l = 40;
  weft::yield(static_cast<int>(i + std::get<1>(t)));
  weft::yield(c);
  auto [copy_i, copy_l, copy_c] = t;
  i = 100;
  weft::yield(copy_i + static_cast<int>(copy_l) + (copy_c == 'c'));
}

[[weft::coroutine]] weft::generator<int> in_loops() {
  std::pair<int, tracer> list[] = {{1, tracer("one", 1)}, {2, tracer("two", 2)}};
  for (auto& [key, value] : list) {
    weft::yield(key);
    value.number *= 10;
    weft::yield(value.number);
  }
  for (auto [key, value] : list)
    weft::yield(key + value.check().number);
  for (const auto& [key, value] : list) {
    if (key == 2)
      break;
    weft::yield(value.number);
  }
  if (auto [a, b] = point{1, 2}; a < b) {
    weft::yield(a);
    weft::yield(b);
  }
}

[[weft::coroutine]] weft::generator<int> bit_fields() {
  bits source{5, 17};
  auto& [low, high] = source;
  weft::yield(static_cast<int>(low));
  high = 3;
  weft::yield(static_cast<int>(source.high));
}

int main() {
  trace::exercise("members", [] { return members({1, 2}); });
  trace::exercise("arrays", [] { return arrays(); });
  trace::exercise("tuples", [] { return tuples(); });
  trace::exercise("loops", [] { return in_loops(); });
  trace::exercise("bits", [] { return bit_fields(); });
}
