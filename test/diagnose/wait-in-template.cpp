// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What suspends only in an instantiation of an ordinary template: a wait would be
// lost, a call is driven.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

struct device {
  [[weft::fiber]] int read();
};
struct memory {
  int read();
};
template <class D> int twice(D& d) {
  return d.read() * 2;
  // CHECK: [[#@LINE-1]]:10: warning: an instantiation of this template drives 'device::read' to its end: it cannot suspend the fiber here [-Wweft-driven-in-template]
}
template <class C> void put(C& c) {
  c.send(1);
  // CHECK: [[#@LINE-1]]:3: error: 'weft::channel<int>::send' suspends in an instantiation of this template, which is not a fiber function [weft-wait-in-template]
}
[[weft::fiber]] void uses(device& d, memory& m, weft::channel<int>& c) {
  twice(d);
  twice(m);
  put(c);
}
