// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A template becomes one state machine: its calls suspend in all instantiations,
// or in none, unless they call an object.

// RUN: not %weft --check %s -- %gxx -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
#include <weft/fiber.h>

struct device {
  [[weft::fiber]] int read();
};
struct memory {
  int read();
};
[[weft::fiber]] int get(device& d);
int get(memory& m);
struct functor {
  [[weft::fiber]] int operator()();
};

template <class D> [[weft::fiber]] int twice(D& d) {
  return d.read() * 2;
  // CHECK: [[#@LINE-1]]:10: error: 'device::read' is called here in one instantiation, and something else in another [weft-instantiations-differ]
}
template <class D> [[weft::fiber]] int through(D& d) {
  return get(d);
  // CHECK: [[#@LINE-1]]:10: error: 'get' is called here in one
}
template <class F> [[weft::fiber]] int call(F f) { return f(); }
// CHECK: [[#@LINE-1]]:59: error: 'functor::operator()' is called here in one
template <class R> [[weft::fiber]] int sum(R& range) {
  int sum = 0;
  for (int each : range)
    // CHECK: [[#@LINE-1]]:19: error: a range that waits is called here in one
    sum += each;
  return sum;
}
struct logic {
  int operator&&(int right) const;
};
template <class T> [[weft::fiber]] int logical(T left, device& d) {
  return left && d.read();
  // CHECK: [[#@LINE-1]]:10: error: an overloaded operator is called here in one
}
[[weft::fiber]] void operators(device& d) {
  logical(true, d);
  logical(logic{}, d);
}
[[weft::fiber]] void ranges(weft::channel<int>& c, int (&array)[2]) {
  sum(c);
  sum(array);
}
struct whole {
  whole(whole&&);
  whole(const whole&);
};
struct part : whole {};
// GCC moves the one and copies the other before C++20.
template <class T> [[weft::fiber]] whole sliced(T value, device& d) {
  d.read();
  return value;
  // CHECK: [[#@LINE-1]]:10: error: a move constructor is called here in one
}
[[weft::fiber]] void slices(whole w, part p, device& d) {
  sliced(w, d);
  sliced(p, d);
}
[[weft::fiber]] void uses(device& d, memory& m) {
  twice(d);
  twice(m);
  through(d);
  through(m);
  call(functor());
  call([] { return 1; });
}
