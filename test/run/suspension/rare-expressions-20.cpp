// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What C++20 has added to expressions and statements.

// ORACLE: plain
// STANDARD: 20
// RUN: %check %s %t

#include "fibers.h"

struct point {
  int x, y;
  bool operator==(const point&) const = default;
};
template <class T> concept small = sizeof(T) <= 4;

template <class T> [[weft::fiber]] T ceded(T value) {
  cede();
  return value;
}

[[weft::fiber]] void with_pauses(int n) {
  point p(ceded(n), 2);
  at("in parentheses", p.x + p.y);
  at("rewritten", p != point{ceded(1), 3});
  if (p.x) [[likely]]
    cede();
}

template <class T> [[weft::fiber]] int dependent(T value) {
  cede();
  point p{.x = static_cast<int>(value), .y = static_cast<int>(sizeof(T))};
  if (small<T>)
    p.x += ceded(10);
  if (requires { value.x; })
    p.x += 100;
  return p.x + p.y;
}

/// Of a type that depends: the designators are all that the template shows.
template <class P> [[weft::fiber]] int designated(P other) {
  cede();
  P p{.x = 1, .y = other.x};
  cede();
  return p.x + p.y;
}

[[weft::fiber]] void all() {
  at("designated", designated(point{5, 6}));
  with_pauses(1);
  at("short", dependent<short>(1));
  at("long", dependent<long long>(1));
}

int main() { trace::exercise("rare expressions of C++20", all); }
