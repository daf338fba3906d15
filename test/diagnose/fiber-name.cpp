// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is called where no call is written cannot be a fiber function.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

struct pointer {
  [[weft::fiber]] int* operator->() { return nullptr; }
  // CHECK: [[#@LINE-1]]:24: error: 'operator->' cannot be a fiber function in this version [weft-fiber-name]
};
[[weft::fiber]] int operator""_seconds(unsigned long long n) { return n; }
// CHECK: [[#@LINE-1]]:21: error: 'operator""_seconds' cannot be a fiber function in this version [weft-fiber-name]
