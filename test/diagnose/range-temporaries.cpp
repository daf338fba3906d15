// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Temporaries of a range that live as long as the loop, where the lowering does not
// keep them yet: only as compilers do that.

// RUN: not %weft --check %s -- %clangxx -std=c++23 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: %s
// RUN: %weft --check %s -- %clangxx -std=c++20 -I%runtime

#include <weft/fiber.h>

struct range {
  explicit range(int size) : size(size) {}
  range(const range&);
  ~range();
  const int* begin() const;
  const int* end() const;
  range copy() const { return *this; }
  int size;
};

[[weft::fiber]] int list() {
  int sum = 0;
  for (const range& each : {range(1).copy(), range(2)}) {
    // CHECK: [[#@LINE-1]]:28: error: cannot suspend inside a range-for over a braced list that keeps temporaries alive yet [weft-range-temporaries]
    weft::this_fiber::yield();
    sum += each.size;
  }
  return sum;
}
template <class T> [[weft::fiber]] int dependent() {
  int sum = 0;
  for (int each : T(1).copy()) {
    // CHECK: [[#@LINE-1]]:19: error: cannot suspend inside a range-for over a range of dependent type that keeps temporaries alive yet [weft-range-temporaries]
    weft::this_fiber::yield();
    sum += each;
  }
  return sum;
}
template <class T> [[weft::fiber]] int without() {
  int sum = 0;
  for (int each : T(1)) {
    weft::this_fiber::yield();
    sum += each;
  }
  return sum;
}
// CHECK: 2 errors generated.
[[weft::fiber]] int main() { return list() + dependent<range>() + without<range>(); }
