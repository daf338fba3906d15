// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A tuple-like get that returns by value cannot be a crossing binding.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

#include <tuple>
struct point { int x, y; };
template <int I> int get(const point& p) { return I ? p.y : p.x; }
template <> struct std::tuple_size<point> : std::integral_constant<std::size_t, 2> {};
template <std::size_t I> struct std::tuple_element<I, point> { using type = int; };
[[weft::coroutine]] weft::generator<int> coordinates(point p) {
  auto [x, y] = p;
// CHECK: [[#@LINE-1]]:17: error: 'get' for structured binding 'x' returns by value and the binding lives across a pause [weft-binding-by-value]
  weft::yield(x);
  weft::yield(y);
}
