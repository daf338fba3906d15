// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Operators and conversions have to wait.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

struct number {
  [[weft::fiber]] number operator+(int n) { return *this; }
  // CHECK: [[#@LINE-1]]:26: error: 'operator+' cannot be a fiber function in this version [weft-fiber-name]
  [[weft::fiber]] operator int() { return 1; }
  // CHECK: [[#@LINE-1]]:19: error: 'operator int' cannot be a fiber function in this version [weft-fiber-name]
};
