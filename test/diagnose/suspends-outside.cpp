// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where no function could be paused, nothing suspends.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

[[weft::fiber]] int wait_for(int n);

struct resource {
  int value;
  resource() : value(wait_for(1)) {}
  // CHECK: [[#@LINE-1]]:22: error: 'wait_for' suspends, which constructors, destructors and initialisers outside of functions cannot [weft-suspends-outside]
  ~resource() { wait_for(2); }
  // CHECK: [[#@LINE-1]]:17: error: 'wait_for' suspends, which
};
int global = wait_for(3);
// CHECK: [[#@LINE-1]]:14: error: 'wait_for' suspends, which
// What is evaluated elsewhere than where it is written.
[[weft::fiber]] int with_default(int n = wait_for(4));
// CHECK: [[#@LINE-1]]:42: error: 'wait_for' suspends, which
[[weft::fiber]] void inner() {
  struct local {
    int member = wait_for(5);
    // CHECK: [[#@LINE-1]]:18: error: 'wait_for' suspends, which
  };
  auto lambda = [](int n = wait_for(6)) { return n; };
  // CHECK: [[#@LINE-1]]:28: error: 'wait_for' suspends, which
  lambda(wait_for(7));
}
